// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/outputs.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <system_error>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/panel_commit.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

/// The old files of a set of names, which stand aside until the new ones have taken the names.
class OldFiles {
 public:
  ~OldFiles() { remove(); }

  /// Takes a file aside under a name of its own. `stays`: under its old name too, so that a rename
  /// replaces it in one step, where the file system has links.
  void take(const fs::path& target, bool stays) {
    std::error_code failure;
    const bool there = fs::exists(target, failure);
    if (failure) refuse(target, failure);
    if (!there) {
      new_.push_back(target);
      return;
    }
    aside_.reserve(aside_.size() + 1);  // no lack of memory once the file has left its name
    Aside old{{}, target};
    old.aside = name_beside(target);
    fs::remove(old.aside, failure);
    if (!stays || ::link(target.c_str(), old.aside.c_str()) != 0)
      fs::rename(target, old.aside, failure);
    if (failure) refuse(target, failure);
    aside_.push_back(std::move(old));
  }
  /// Puts every file back under its name, and removes what was not there. An old file that cannot
  /// take its name stays aside. Needs no memory.
  void put_back() {
    std::error_code ignored;
    for (const fs::path& path : new_) fs::remove(path, ignored);
    for (Aside& old : aside_) {
      std::error_code failure;
      fs::rename(old.aside, old.path, failure);
      if (!failure || fs::equivalent(old.aside, old.path, ignored)) continue;
      old.kept = true;
      fs::remove(old.path, ignored);  // a new file
    }
    remove();  // a rename between two names of one file leaves both
  }
  /// Where the old files are that could not be put back.
  Problems kept_aside() const {
    Problems all;
    for (const Aside& old : aside_)
      if (old.kept)
        all.push_back({old.path.string(), "the old file cannot take its name again either",
                       "It is in " + old.aside.string() + ": rename it"});
    return all;
  }
  [[noreturn]] static void refuse(const fs::path& path, const std::error_code& failure) {
    require_memory(failure);
    throw Error({{path.string(), "the finished file cannot take its name: " + failure.message(),
                  "Nothing was changed; look at the folder's permissions and space"}},
                Error::Reason::output);
  }

 private:
  struct Aside {
    fs::path aside, path;
    bool kept = false;
  };
  void remove() {
    std::error_code ignored;
    for (const Aside& old : aside_)
      if (!old.kept) fs::remove(old.aside, ignored);
  }

  std::vector<Aside> aside_;
  std::vector<fs::path> new_;  // names that no file had
};

}  // namespace

Outputs::~Outputs() {
  std::error_code ignored;
  for (const auto& part : parts_) fs::remove(part.first, ignored);
}

void Outputs::write(const fs::path& path, std::string_view text) {
  add(write_beside(path, text), path);
}

void Outputs::add(fs::path beside, fs::path path) {
  parts_.emplace_back(std::move(beside), std::move(path));
}

void Outputs::finish() {
  if (parts_.empty()) return;
  for (auto& part : parts_) part.second = through_link(part.second);
  for (const auto& [beside, path] : parts_) flush_beside(beside, path);
  if (parts_.size() == 1) {
    rename_into_place(parts_[0].first, parts_[0].second);
    return parts_.clear();
  }
  // Two runs that write the same files do so one after the other.
  const PanelLock alone(folder_of(parts_[0].second), PanelLock::Kind::write);
  OldFiles old;
  try {
    for (std::size_t k = parts_.size(); k-- > 0;) {
      old.take(parts_[k].second, k == 0);
      sync_folder_of(parts_[k].second);
    }
    for (const auto& [beside, path] : parts_) {
      std::error_code failure;
      fs::rename(beside, path, failure);
      if (failure) OldFiles::refuse(path, failure);
    }
  } catch (const Error& error) {
    old.put_back();
    Problems problems = error.problems;
    const Problems kept = old.kept_aside();
    if (kept.empty()) throw;
    problems.back().mend = "The files are in between";
    problems.insert(problems.end(), kept.begin(), kept.end());
    throw Error(std::move(problems), Error::Reason::output);
  } catch (...) {
    old.put_back();
    throw;
  }
  for (const auto& part : parts_) sync_folder_of(part.second);
  parts_.clear();
}

}  // namespace tenbin
