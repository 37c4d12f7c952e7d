// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
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

/// Finished files, each beside the name that it shall have.
using FinishedFiles = std::vector<std::pair<std::filesystem::path, std::filesystem::path>>;

/// Gives all files of one folder their names: first a list of them is written (.commit), so that
/// finish_commit() can go on where a killed process stopped. The caller holds the lock to write.
/// Throws Error (output).
void commit(const std::filesystem::path& folder, const FinishedFiles& files);

/// Finishes a commit that a killed process began, or does nothing. The caller holds the lock to
/// write. Throws Error (output) where it cannot, such as in a folder that may not be written.
void finish_commit(const std::filesystem::path& folder);
/// Whether a commit was begun and not finished.
bool has_commit(const std::filesystem::path& folder);

}  // namespace tenbin
