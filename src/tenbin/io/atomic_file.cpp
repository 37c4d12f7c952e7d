// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fstream>
#include <new>
#include <string>
#include <utility>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/read_file.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

Error output_error(const std::filesystem::path& path, std::string what, std::string mend) {
  return Error({{path.string(), std::move(what), std::move(mend)}}, Error::Reason::output);
}

/// The error of a file that cannot be written, for that reason of the system.
Error not_written(const fs::path& path, int why) {
  if (why == ENOMEM) throw std::bad_alloc();
  return output_error(path, fmt::format("the file cannot be written: {}", std::strerror(why)),
                      "Give a folder that exists, may be written and has space");
}

/// What the names of parts of a file begin with; a long name is cut, so that there is room.
std::string begin_of_part(const fs::path& path) {
  return "." + path.filename().string().substr(0, 100) + ".";
}

/// Whether that is the part of a run of this machine that was killed more than an hour ago;
/// `number` is what its name says behind its beginning.
bool is_stale(const fs::path& part, std::string_view number) {
  int process = 0;
  const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), process);
  if (error != std::errc{} || process <= 0 || ::kill(process, 0) == 0 || errno != ESRCH)
    return false;
  std::error_code failure;
  const auto age = fs::file_time_type::clock::now() - fs::last_write_time(part, failure);
  return !failure && age > std::chrono::hours(1);
}

/// Removes parts of a file or folder that a killed run left.
void remove_stale_parts(const fs::path& path) {
  const std::string begin = begin_of_part(path);
  std::error_code ignored;
  try {
    for (const std::string& name : names_in(folder_of(path)))
      if (name.starts_with(begin) && name.ends_with(".part") &&
          is_stale(folder_of(path) / name, std::string_view(name).substr(begin.size())))
        fs::remove_all(folder_of(path) / name, ignored);
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): what cannot be seen stays
  }
}

/// The mask of new files; it can only be read by setting it.
mode_t mask_of_process() {
  static const mode_t mask = [] {
    const mode_t now = ::umask(0);
    ::umask(now);
    return now;
  }();
  return mask;
}

}  // namespace

void require_memory(const std::error_code& error) {
  if (error == std::errc::not_enough_memory) throw std::bad_alloc();
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

fs::path through_link(const fs::path& path) {
  std::error_code failure;
  const auto type = fs::symlink_status(path, failure).type();
  if (type == fs::file_type::none) throw not_written(path, failure.value());
  if (type != fs::file_type::symlink) return path;
  fs::path target = fs::weakly_canonical(path, failure);
  if (failure) throw not_written(path, failure.value());
  return target;
}

void require_file_name(const fs::path& path) {
  std::error_code failure;
  const auto status = fs::status(path, failure);
  if (status.type() == fs::file_type::none) throw not_written(path, failure.value());
  if (fs::exists(status) && !fs::is_regular_file(status))
    throw output_error(path, "this is not a file",
                       "Give the name of a file; it is written beside and then renamed");
}

void sync_folder_of(const fs::path& path) {
  const int file = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

fs::path name_beside(const fs::path& path) {
  require_file_name(path);
  const fs::path target = through_link(path);
  remove_stale_parts(target);
  std::string name =
      (target.parent_path() / fmt::format("{}{}-XXXXXX.part", begin_of_part(target), ::getpid()))
          .string();
  const int file = ::mkostemps(name.data(), 5, O_CLOEXEC);  // new, and never through a link
  if (file < 0) throw not_written(path, errno);
  struct stat old {};
  const bool there = ::stat(target.c_str(), &old) == 0;
  if (const int why = errno; !there && why != ENOENT) {  // its mode may keep others out
    ::close(file);
    ::unlink(name.c_str());
    throw not_written(path, why);
  }
  // What cannot be given to the old file's owner stays the writer's.
  if (there && ::fchown(file, old.st_uid, old.st_gid) != 0) errno = 0;
  ::fchmod(file, there ? old.st_mode & 07777 : 0666 & ~mask_of_process());
  ::close(file);
  try {
    return name;
  } catch (...) {
    ::unlink(name.c_str());
    throw;
  }
}

void flush_beside(const fs::path& beside, const fs::path& path) {
  const int file = ::open(beside.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (flushed) return;
  std::error_code ignored;
  fs::remove(beside, ignored);
  throw output_error(path, "the file cannot be flushed to disk",
                     "Nothing was changed; look at the folder's permissions and space");
}

void rename_into_place(const fs::path& beside, const fs::path& path) {
  const fs::path target = through_link(path);
  flush_beside(beside, path);
  std::error_code failure, ignored;
  fs::rename(beside, target, failure);
  if (!failure) return sync_folder_of(target);
  require_memory(failure);
  fs::remove(beside, ignored);
  throw output_error(path, "the finished file cannot take its name: " + failure.message(),
                     "Nothing was changed; look at the folder's permissions and space");
}

fs::path write_beside(const fs::path& path, std::string_view text) {
  PartOfFile beside(name_beside(path));
  std::ofstream out(beside.path(), std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw not_written(path, errno);
  return beside.release();
}

void write_text(const fs::path& path, std::string_view text) {
  const PartOfFile beside(write_beside(path, text));
  rename_into_place(beside.path(), path);
}

FolderBeside::FolderBeside(const fs::path& folder) : folder_(through_link(folder)) {
  std::error_code failure;
  fs::create_directories(folder_of(folder_), failure);
  if (!failure) remove_stale_parts(folder_);
  while (!failure) {
    std::array<unsigned char, 6> chance{};
    std::string letters;
    if (::getrandom(chance.data(), chance.size(), 0) < 0) {
      failure.assign(errno, std::generic_category());
      break;
    }
    for (const unsigned char c : chance) letters += static_cast<char>('a' + c % 26);
    fs::path name = folder_.parent_path() /
                    fmt::format("{}{}-{}.part", begin_of_part(folder_), ::getpid(), letters);
    if (::mkdir(name.c_str(), 0777) == 0) {
      beside_ = std::move(name);
      return;
    }
    if (errno != EEXIST) failure.assign(errno, std::generic_category());
  }
  require_memory(failure);
  throw output_error(folder, "the folder cannot be made: " + failure.message(),
                     "Give a place that exists and may be written");
}

FolderBeside::~FolderBeside() {
  if (beside_.empty()) return;
  try {
    std::error_code failure;
    fs::remove_all(beside_, failure);
    if (failure) fs::remove_all(beside_, failure);  // an error may pass
  } catch (...) {                                   // without memory it stays, as after a kill
  }
}

void FolderBeside::take_place() {
  std::error_code failure;
  fs::rename(beside_, folder_, failure);
  require_memory(failure);
  if (failure)
    throw output_error(folder_, "the finished folder cannot take its name: " + failure.message(),
                       "Nothing was changed; look at the permissions");
  beside_.clear();
  sync_folder_of(folder_);
}

}  // namespace tenbin
