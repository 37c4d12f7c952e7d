// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/package.hpp"

#include <fmt/format.h>
#include <zip.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <new>

#include "tenbin/io/read_file.hpp"

namespace tenbin {
namespace {

constexpr std::size_t most_members = 4096;

/// Entries of the package's own list, counted before a library believes it.
std::size_t listed(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = bytes.find("PK\x01\x02", at)) != std::string_view::npos; at += 4)
    ++count;
  return count;
}

zip_t* zip(const std::shared_ptr<void>& holder) { return static_cast<zip_t*>(holder.get()); }

/// A lack of memory says nothing of the file. Some functions of libzip give no code for it, or
/// another one: errno, 0 before they are called, says so too.
void require_memory(const zip_error_t* error) {
  const int code = zip_error_code_zip(error);
  if (code == ZIP_ER_MEMORY || code == ZIP_ER_OK || errno == ENOMEM ||
      (code == ZIP_ER_ZLIB && zip_error_code_system(error) == Z_MEM_ERROR))
    throw std::bad_alloc();
}

}  // namespace

std::optional<PublishedFile> read_published(const std::filesystem::path& path, Problems& problems) {
  const auto refuse = [&](std::string what, std::string mend) {
    problems.push_back({path.string(), std::move(what), std::move(mend)});
    return std::nullopt;
  };
  auto bytes = read_file(path, largest_file, problems);
  if (!bytes) return std::nullopt;
  PublishedFile file{path.filename().string(), std::move(*bytes)};
  if (file.bytes.empty()) return refuse("the file is empty", get_again);
  return file;
}

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

Package::Package(std::string_view bytes) {
  if (const std::size_t count = listed(bytes); count > most_members)
    throw Refusal{fmt::format("the zip package lists {} files", count), do_not_trust};
  zip_error_t error;
  zip_error_init(&error);
  errno = 0;
  zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* const opened = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (!opened) {
    const zip_error_t why = error;
    const int number = errno;
    if (source) zip_source_free(source);
    zip_error_fini(&error);
    errno = number;
    require_memory(&why);
    throw Refusal{"the zip package is damaged or cut short", get_again};
  }
  zip_error_fini(&error);
  zip_ = std::shared_ptr<void>(opened, [](void* p) { zip_discard(static_cast<zip_t*>(p)); });
  const zip_int64_t count = zip_get_num_entries(opened, 0);
  for (zip_int64_t k = 0; k < count; ++k) {
    zip_stat_t about;
    if (zip_stat_index(opened, static_cast<zip_uint64_t>(k), 0, &about) != 0) continue;
    members_.push_back(
        {about.name ? about.name : "", about.size,
         (about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE});
  }
}

bool Package::has(const std::string& name) const {
  return std::ranges::find(members_, name, &Member::name) != members_.end();
}

void Package::read(const std::string& name, std::uint64_t most,
                   const std::function<bool(std::string_view)>& take) const {
  const auto member = std::ranges::find(members_, name, &Member::name);
  if (member == members_.end()) throw Refusal{fmt::format("{} is not in it", name), get_again};
  if (member->locked)
    throw Refusal{fmt::format("{} is locked with a password", name), "Unlock it first"};
  if (member->bytes > most)
    throw Refusal{fmt::format("{} holds {} MB, and at most {} are read", name, member->bytes >> 20,
                              most >> 20),
                  do_not_trust};
  errno = 0;
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen(zip(zip_), name.c_str(), 0), zip_fclose);
  if (!file) require_memory(zip_get_error(zip(zip_)));
  if (!file) throw Refusal{fmt::format("{} cannot be unpacked", name), get_again};
  std::string room(std::size_t{1} << 16, '\0');
  std::uint64_t total = 0;
  while (true) {
    errno = 0;
    const zip_int64_t got = zip_fread(file.get(), room.data(), room.size());
    if (got < 0) require_memory(zip_file_get_error(file.get()));
    if (got < 0) throw Refusal{fmt::format("{} is damaged or cut short", name), get_again};
    if (got == 0) return;
    total += static_cast<std::uint64_t>(got);  // the package's word for its size may be a lie
    if (total > most)
      throw Refusal{fmt::format("{} unpacks to more than {} MB", name, most >> 20), do_not_trust};
    if (!take(std::string_view(room).substr(0, static_cast<std::size_t>(got)))) return;
  }
}

}  // namespace tenbin
