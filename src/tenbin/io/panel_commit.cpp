// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/panel_commit.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>
#include <string>
#include <system_error>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/read_file.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

constexpr const char* list_name = ".commit";

using FinishedFiles = std::vector<std::pair<fs::path, fs::path>>;

/// Renames each part that is still there to its file. Parts are flushed already. After a failure
/// the list and the other parts stay, for finish_commit().
void rename_all(const fs::path& folder, const FinishedFiles& files) {
  std::error_code failure;
  for (const auto& [part, file] : files) {
    const bool there = fs::exists(part, failure);
    if (!there && !failure) continue;
    if (there) fs::rename(part, file, failure);
    require_memory(failure);
    if (failure)
      throw Error({{file.string(), "the finished file cannot take its name: " + failure.message(),
                    "The panel is in between; tenbin check finishes the change"}},
                  Error::Reason::output);
  }
  sync_folder_of(folder / list_name);
  if (!fs::remove(folder / list_name, failure) && failure)
    throw Error({{(folder / list_name).string(), "it cannot be removed: " + failure.message(),
                  "All files are in place; remove it by hand"}},
                Error::Reason::output);
}

/// Only names of this folder: the list may come from anybody.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name.find('/') == std::string::npos && name != "." && name != "..";
}

}  // namespace

PanelLock::PanelLock(const fs::path& folder, Kind kind)
    : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (folder_ < 0) return;
  while (::flock(folder_, kind == Kind::read ? LOCK_SH : LOCK_EX) != 0 && errno == EINTR) {
  }
}

PanelLock::~PanelLock() {
  if (folder_ >= 0) ::close(folder_);
}

PanelChange::~PanelChange() {
  std::error_code ignored;
  if (!listed_)
    for (const auto& part : files_) fs::remove(part.first, ignored);
}

void PanelChange::write(const std::string& name, std::string_view text) {
  auto& [part, file] = files_.emplace_back(fs::path(), folder_ / name);
  part = write_beside(file, text);
  flush_beside(part, file);
}

void PanelChange::commit() {
  std::string list;
  for (const auto& [part, file] : files_)
    list += part.filename().string() + "\n" + file.filename().string() + "\n";
  const fs::path listing = folder_ / list_name;
  listed_ = true;
  try {
    write_text(listing, list);
  } catch (...) {
    std::error_code failure;
    listed_ = fs::exists(listing, failure) || failure;
    throw;
  }
  rename_all(folder_, files_);
}

bool has_commit(const fs::path& folder) {
  std::error_code failure;
  const bool there = fs::exists(folder / list_name, failure);
  require_memory(failure);
  if (failure)
    throw Error({{(folder / list_name).string(), "it cannot be looked for: " + failure.message(),
                  "Look at the folder's permissions and the disk"}});
  return there;
}

void finish_commit(const fs::path& folder) {
  if (!has_commit(folder)) return;
  Problems problems;
  const auto list = read_file(folder / list_name, largest_text, problems);
  if (!list) throw Error(std::move(problems), Error::Reason::output);
  std::istringstream lines(*list);
  FinishedFiles files;
  for (std::string part, file; std::getline(lines, part) && std::getline(lines, file);)
    if (is_plain_name(part) && is_plain_name(file) && part.ends_with(".part"))
      files.emplace_back(folder / part, folder / file);
  rename_all(folder, files);
}

}  // namespace tenbin
