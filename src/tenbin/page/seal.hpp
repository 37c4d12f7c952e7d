// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A page's body as a browser holds it, so that the page can tell whether it is as it was written.

namespace tenbin {

/// The begin of an element ("<th class=n>", attributes in their order), its end ("</th>"), or a
/// text between two tags with white space of ASCII made one space, none at its ends. A running
/// script is left out: the page's policy names its hash.
struct Piece {
  std::string text;
  bool element = false;
};
/// Of HTML as this folder writes it.
std::vector<Piece> pieces(std::string_view html);

/// SHA-256 of all pieces, a line each, in hexadecimal digits.
std::string seal(std::string_view html);

}  // namespace tenbin
