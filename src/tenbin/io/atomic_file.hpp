// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace tenbin {

/// Writes beside the file, then renames: the file is the old one or the new one, never half of one.
/// Throws Error (output) when that cannot be done; nothing is left under the final name then.
void write_text(const std::filesystem::path& path, std::string_view text);

/// A fresh name beside `path` for writing; rename it to `path` when the file is whole. Throws Error
/// (output) where `path` is something else than a file (a folder, a device, a pipe), which a rename
/// would replace.
std::filesystem::path name_beside(const std::filesystem::path& path);
/// Flushes the finished file to disk and gives it its final name. Throws Error (output).
void rename_into_place(const std::filesystem::path& beside, const std::filesystem::path& path);

}  // namespace tenbin
