// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>

#include "tenbin/core/problem.hpp"

namespace tenbin {
namespace {

Error output_error(const std::filesystem::path& path, std::string what, std::string mend) {
  return Error({{path.string(), std::move(what), std::move(mend)}}, Error::Reason::output);
}

}  // namespace

std::filesystem::path name_beside(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw output_error(path, "this is not a file",
                       "Give the name of a file; it is written beside and then renamed");
  return path.parent_path() / fmt::format(".{}.{}.part", path.filename().string(), ::getpid());
}

void rename_into_place(const std::filesystem::path& beside, const std::filesystem::path& path) {
  const int file = ::open(beside.c_str(), O_RDONLY);
  const bool flushed = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  std::error_code failure;
  if (flushed) std::filesystem::rename(beside, path, failure);
  if (flushed && !failure) return;
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  throw output_error(path,
                     flushed ? "the finished file cannot take its name: " + failure.message()
                             : std::string("the file cannot be flushed to disk"),
                     "Nothing was changed; look at the folder's permissions and space");
}

void write_text(const std::filesystem::path& path, std::string_view text) {
  const auto beside = name_beside(path);
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
      const std::string reason = std::strerror(errno);
      std::error_code ignored;
      std::filesystem::remove(beside, ignored);
      throw output_error(path, "the file cannot be written: " + reason,
                         "Give a folder that exists, may be written and has space");
    }
  }
  rename_into_place(beside, path);
}

}  // namespace tenbin
