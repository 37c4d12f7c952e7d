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

/// Renames each part that is still there to its file. Parts are flushed already. After a failure
/// the list and the other parts stay, for finish_commit().
void rename_all(const fs::path& folder, const FinishedFiles& files) {
  std::error_code failure;
  for (const auto& [part, file] : files) {
    if (!fs::exists(part, failure)) continue;
    fs::rename(part, file, failure);
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

void commit(const fs::path& folder, const FinishedFiles& files) {
  std::string list;
  for (const auto& [part, file] : files)
    list += part.filename().string() + "\n" + file.filename().string() + "\n";
  write_text(folder / list_name, list);
  rename_all(folder, files);
}

bool has_commit(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / list_name, ignored);
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
