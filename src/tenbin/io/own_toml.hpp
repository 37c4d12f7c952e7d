// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tenbin/io/toml_tree.hpp"

/// TOML files that tenbin writes for itself (priors, disputes.toml, keeping.toml, scorecard.toml):
/// their first line is digest = "SHA-256 of all bytes after this line". Who changes such a file by
/// hand writes digest = "edited".

namespace tenbin {

/// The text below a line with its digest.
std::string with_digest(std::string_view toml);

/// The text after the line with its digest; the whole text if its first line is no such line.
std::string_view after_digest(std::string_view toml);

/// Reads a file that with_digest() made, without the key "digest". A digest that is wrong or
/// missing is the one problem reported, and the text is not parsed.
std::optional<TomlNode> read_own_toml(const std::filesystem::path& path, Problems& problems);

}  // namespace tenbin
