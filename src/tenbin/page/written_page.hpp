// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tenbin/page/carried.hpp"

namespace tenbin {

/// A live page's file, taken apart. The file may hold any bytes.
class WrittenPage {
 public:
  /// `path` is for messages.
  WrittenPage(std::string path, std::string_view text);

  const std::string& html() const { return html_; }

  /// What it carries. Throws Error where it carries nothing, or another tenbin than `creator` wrote
  /// it, or what it carries is damaged.
  Carried carried(const std::string& creator) const;

  /// The page that it should be, as `computed` has it, but stowed with this page's deflate, which
  /// may be another library's.
  std::string as_stowed_here(std::string computed) const;

  /// In which it was written.
  Language language() const;

  /// Whether its seal is that of its contents.
  bool sealed() const;

  [[noreturn]] void refuse(const std::string& what, const std::string& fix) const;

 private:
  std::optional<std::string_view> stowed(const char* element) const;
  std::string bytes(const char* element) const;

  std::string path_, html_;
};

/// What stands between <head> or <body> and its end, or nothing.
std::string_view head_of(std::string_view html);
std::string_view body_of(std::string_view html);

/// The first piece that differs, with the heading and the row it stands under.
std::optional<std::string> first_difference(const std::string& given, const std::string& computed);

/// Of a page whose text is as computed but whose form is not, as a browser that saves it, a mail
/// gateway or a cleaner of HTML leaves it: the texts that stand in it beside those computed, such
/// as what its own script drew.
struct Rewritten {
  std::size_t added = 0, with_a_number = 0;
  std::string first;  // of those with a number
};
/// Nothing where a text that was computed is not there, in its order.
std::optional<Rewritten> rewritten(const std::string& given, const std::string& computed);

}  // namespace tenbin
