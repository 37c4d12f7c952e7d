// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace tenbin {

/// Removes a file at the end of a scope, if it has its name still.
class PartOfFile {
 public:
  explicit PartOfFile(std::filesystem::path path) noexcept : path_(std::move(path)) {}
  ~PartOfFile() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }
  PartOfFile(const PartOfFile&) = delete;
  PartOfFile& operator=(const PartOfFile&) = delete;
  const std::filesystem::path& path() const { return path_; }
  /// The path, for another one to remove.
  std::filesystem::path release() noexcept { return std::exchange(path_, {}); }

 private:
  std::filesystem::path path_;
};

/// A new folder beside the place that it shall have, under a name that cannot be foretold. It is
/// removed at the end of a scope unless it has taken its place. Folders that killed runs left long
/// ago are removed.
class FolderBeside {
 public:
  /// Makes the folders above it, too. Throws Error (output).
  explicit FolderBeside(const std::filesystem::path& folder);
  ~FolderBeside();
  FolderBeside(const FolderBeside&) = delete;
  FolderBeside& operator=(const FolderBeside&) = delete;
  const std::filesystem::path& path() const { return beside_; }
  /// Gives the folder its name, where there is nothing or an empty folder. Throws Error (output).
  void take_place();

 private:
  std::filesystem::path folder_, beside_;
};

/// Throws std::bad_alloc where an error of the system is a lack of memory.
void require_memory(const std::error_code& error);

/// The folder that a file is in; "." where its path names none.
std::filesystem::path folder_of(const std::filesystem::path& path);

/// Writes beside the file, then renames: the file is the old one or the new one, never half of one.
/// Throws Error (output) when that cannot be done; nothing is left under the final name then.
void write_text(const std::filesystem::path& path, std::string_view text);

/// Writes a text beside the file, under the name that it returns, for rename_into_place(). Throws
/// Error (output), or std::bad_alloc; nothing is left then.
std::filesystem::path write_beside(const std::filesystem::path& path, std::string_view text);

/// Throws Error (output) where `path` is something else than a file (a folder, a device, a pipe),
/// which a rename would replace.
void require_file_name(const std::filesystem::path& path);
/// A new, empty file beside `path` (beside its target where it is a link), under a name that cannot
/// be foretold, with the mode and owner of the file that is there; rename it to `path` when the
/// file is whole. Parts that killed runs left long ago are removed. Throws Error (output).
std::filesystem::path name_beside(const std::filesystem::path& path);
/// Where a file is written: the file that it names, where it is a link. Throws Error (output) where
/// that cannot be seen.
std::filesystem::path through_link(const std::filesystem::path& path);
/// Flushes a finished file to disk; otherwise removes it and throws Error (output).
void flush_beside(const std::filesystem::path& beside, const std::filesystem::path& path);
/// Flushes the names in the folder of a file to disk, as far as the file system can.
void sync_folder_of(const std::filesystem::path& path);
/// Flushes the finished file to disk, gives it its final name, and flushes the folder. Throws Error
/// (output).
void rename_into_place(const std::filesystem::path& beside, const std::filesystem::path& path);

}  // namespace tenbin
