// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A page as a browser holds it, so that the page can tell whether it is as it was written.

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

/// SHA-256 of all pieces of a page's head, but its own line there, and of its body, a line each, in
/// hexadecimal digits. Whoever can compute it can seal another page: it tells damage, not fraud.
std::string seal(std::string_view head, std::string_view body);

}  // namespace tenbin
