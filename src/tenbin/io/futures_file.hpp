// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tenbin/core/ensemble.hpp"
#include "tenbin/core/panel.hpp"
#include "tenbin/io/outputs.hpp"

namespace tenbin {

/// Every future of one scenario on disk: netCDF-4 with milex and burden by year, state and future,
/// and onsets of disputes by year, dyad and future where they are drawn, which xarray reads. Blocks
/// may come in any order, one at a time.
class FuturesFile {
 public:
  /// Begins beside `path`. Throws Error (output), as every member.
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
  struct Open;
  explicit FuturesFile(const std::filesystem::path& path);
  std::filesystem::path path_, beside_;
  std::unique_ptr<Open> open_;
  std::vector<double> room_;
  std::vector<signed char> flags_;
};

}  // namespace tenbin
