// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/problem.hpp"

namespace tenbin {

/// Whole file as bytes, or nothing and a problem.
std::optional<std::string> read_bytes(const std::filesystem::path& path, Problems& problems);

/// Text of a file without its byte-order mark. Refuses what is not UTF-8 (with the line) and NUL
/// bytes.
std::optional<std::string> read_text(const std::filesystem::path& path, Problems& problems);

/// Writes beside the file, then renames: the file is the old one or the new one, never half of one.
/// Throws Error (output) when that cannot be done; nothing is left under the final name then.
void write_text(const std::filesystem::path& path, std::string_view text);

/// A fresh name beside `path` for writing; rename it to `path` when the file is whole. Throws Error
/// (output) where `path` is something else than a file (a folder, a device, a pipe), which a rename
/// would replace.
std::filesystem::path name_beside(const std::filesystem::path& path);
/// Flushes the finished file to disk and gives it its final name. Throws Error (output).
void rename_into_place(const std::filesystem::path& beside, const std::filesystem::path& path);

/// SHA-256 of bytes, 32 of them.
std::string sha256(std::string_view bytes);
/// The same in 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// The candidate nearest to a misspelt word, or empty when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace tenbin
