// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/futures_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/classic_netcdf.hpp"

namespace tenbin {

FuturesFile::FuturesFile(const std::filesystem::path& path)
    : path_(path), beside_(name_beside(path)) {}

// Delegates, so that the destructor removes the part where this constructor throws.
FuturesFile::FuturesFile(const std::filesystem::path& path, const Panel& panel, int start, int end,
                         std::int64_t futures,
                         const std::vector<std::pair<StateIndex, StateIndex>>& dyads,
                         const std::map<std::string, std::string>& attributes)
    : FuturesFile(path) {
  futures_ = static_cast<std::uint64_t>(futures);
  enum { year, state, future, dyad };
  NcLayout layout{.dimensions = {{"year", static_cast<std::size_t>(end - start + 1)},
                                 {"state", panel.states.size()},
                                 {"future", static_cast<std::size_t>(futures_)}},
                  .attributes = {nc_attribute("format", 1)},
                  .variables = {{"year", NcType::integer, {year}, {}}}};
  for (const auto& [name, text] : attributes) layout.attributes.push_back(nc_attribute(name, text));
  std::vector<std::string> data(1), ids, pairs;
  for (int y = start; y <= end; ++y) append_nc(data[0], y);
  for (const State& s : panel.states) ids.push_back(s.id);
  for (const auto& [a, b] : dyads) pairs.push_back(ids[a] + "-" + ids[b]);
  if (!dyads.empty()) layout.dimensions.push_back({"dyad", dyads.size()});
  data.push_back(add_nc_texts(layout, "state", state, ids));
  if (!dyads.empty()) data.push_back(add_nc_texts(layout, "dyad", dyad, pairs));
  const auto add = [&](const char* name, NcType type, std::size_t of, const char* meaning,
                       const std::string& unit) {
    layout.variables.push_back({name,
                                type,
                                {year, of, future},
                                {nc_attribute("long_name", meaning), nc_attribute("units", unit)}});
  };
  add("milex", NcType::real, state, "military expenditure", "millions of " + panel.currency);
  add("burden", NcType::real, state, "military expenditure as share of GDP", "1");
  if (!dyads.empty())
    add("dispute", NcType::byte, dyad, "1 where a militarised dispute began", "1");

  const std::vector<std::uint64_t> places = layout.places();
  milex_ = places[data.size()];
  burden_ = places[data.size() + 1];
  dispute_ = places[data.size() + 2];
  take_room(places.back());
  write(0, layout.head());
  for (std::size_t k = 0; k < data.size(); ++k) write(places[k], data[k]);
}

FuturesFile::~FuturesFile() {
  if (file_ >= 0) ::close(file_);
  std::error_code ignored;
  if (!beside_.empty()) std::filesystem::remove(beside_, ignored);
}

/// A disk without room for them is told of before any work.
void FuturesFile::take_room(std::uint64_t bytes) {
  file_ = ::open(beside_.c_str(), O_WRONLY | O_CLOEXEC);
  if (file_ < 0) fail(errno);
  const int failed = ::posix_fallocate(file_, 0, static_cast<off_t>(bytes));
  if (failed == ENOSPC || failed == EFBIG || failed == EIO) fail(failed);
  if (::ftruncate(file_, static_cast<off_t>(bytes)) != 0) fail(errno);
}

void FuturesFile::write(std::uint64_t place, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(place));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) fail(done < 0 ? errno : ENOSPC);
    place += static_cast<std::uint64_t>(done);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

void FuturesFile::fail(int reason) const {
  throw Error(
      {{path_.string(), fmt::format("the futures cannot be written: {}", std::strerror(reason)),
        "Look at the folder and at the space on the disk"}},
      Error::Reason::output);
}

void FuturesFile::add(const Ensemble& b) {
  const auto first = static_cast<std::uint64_t>(b.first);
  const auto count = static_cast<std::size_t>(b.futures);
  for (const auto& [place, values] : {std::pair{milex_, &b.milexes}, {burden_, &b.burdens}})
    for (std::size_t row = 0; row < static_cast<std::size_t>(b.years()) * b.states; ++row) {
      row_.clear();
      for (std::size_t k = 0; k < count; ++k) append_nc(row_, (*values)[row * b.stride + k]);
      write(place + 8 * (row * futures_ + first), row_);
    }
  std::uint64_t row = 0;
  for (int year = b.start; year <= b.end; ++year)
    for (std::size_t d = 0; d < b.dyads.size(); ++d, ++row) {
      const auto onsets = b.dispute(year, d);
      row_.assign(onsets.begin(), onsets.end());
      write(dispute_ + row * futures_ + first, row_);
    }
}

void FuturesFile::close() {
  if (::close(std::exchange(file_, -1)) != 0) fail(errno);
}

void FuturesFile::finish(Outputs& outputs) {
  close();
  outputs.add(beside_, path_);
  beside_.clear();
}

}  // namespace tenbin
