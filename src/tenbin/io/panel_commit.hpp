// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Several files of a panel's folder change as a whole: either all of them or none, also where the
/// writer is killed in between.

namespace tenbin {

/// A lock on a panel's folder, which ends with the object or the process. Readers share it; a
/// writer has it alone. Where the file system has no locks, or the folder cannot be opened, it
/// holds nothing.
class PanelLock {
 public:
  enum class Kind { read, write };
  /// Waits until the lock is free.
  PanelLock(const std::filesystem::path& folder, Kind kind);
  ~PanelLock();
  PanelLock(const PanelLock&) = delete;
  PanelLock& operator=(const PanelLock&) = delete;

 private:
  int folder_ = -1;
};

/// New files of one folder, which take their names together. The caller holds the lock to write.
class PanelChange {
 public:
  explicit PanelChange(std::filesystem::path folder) : folder_(std::move(folder)) {}
  /// Removes what was written, unless it is listed.
  ~PanelChange();
  PanelChange(const PanelChange&) = delete;
  PanelChange& operator=(const PanelChange&) = delete;

  /// Writes a file beside its name and flushes it to disk. Throws Error (output).
  void write(const std::string& name, std::string_view text);
  /// Gives all files their names: first a list of them is written (.commit), so that
  /// finish_commit() can go on where a killed process stopped. Throws Error (output).
  void commit();

 private:
  std::filesystem::path folder_;
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>>
      files_;  // part, and its name
  bool listed_ = false;
};

/// Finishes a commit that a killed process began, or does nothing. The caller holds the lock to
/// write. Throws Error (output) where it cannot, such as in a folder that may not be written.
void finish_commit(const std::filesystem::path& folder);
/// Whether a commit was begun and not finished. Throws Error where that cannot be seen.
bool has_commit(const std::filesystem::path& folder);

}  // namespace tenbin
