// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenbin/core/ensemble.hpp"
#include "tenbin/core/panel.hpp"
#include "tenbin/io/outputs.hpp"

namespace tenbin {

/// Every future of one scenario on disk: classic netCDF (io/classic_netcdf.hpp) with milex and
/// burden by year, state and future, and onsets of disputes by year, dyad and future where they are
/// drawn, which xarray reads. Blocks may come in any order, one at a time: the bytes are the same.
class FuturesFile {
 public:
  /// Begins beside `path`, with room on the disk for all futures. Throws Error (output), as every
  /// member.
  FuturesFile(const std::filesystem::path& path, const Panel& panel, int start, int end,
              std::int64_t futures, const std::vector<std::pair<StateIndex, StateIndex>>& dyads,
              const std::map<std::string, std::string>& attributes);
  ~FuturesFile();  // unless finished, nothing is left
  FuturesFile(const FuturesFile&) = delete;
  FuturesFile& operator=(const FuturesFile&) = delete;

  void add(const Ensemble& block);
  /// Closes the file and hands it over: it has no name yet.
  void finish(Outputs& outputs);

 private:
  explicit FuturesFile(const std::filesystem::path& path);
  void take_room(std::uint64_t bytes);
  void write(std::uint64_t place, std::string_view bytes);
  void close();
  [[noreturn]] void fail(int reason) const;

  std::filesystem::path path_, beside_;
  int file_ = -1;
  std::uint64_t futures_ = 0, milex_ = 0, burden_ = 0, dispute_ = 0;  // their places
  std::string row_;
};

}  // namespace tenbin
