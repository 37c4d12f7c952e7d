// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenbin/core/record.hpp"

namespace tenbin {

/// One origin's record in a file that knows of what it is: `key` names everything that went in.
void write_record(const std::filesystem::path& path, const std::string& key,
                  const OriginRecord& record);
/// The record, if the file is there, whole and of this key.
std::optional<OriginRecord> read_record(const std::filesystem::path& path, const std::string& key);

/// What its file holds.
struct KeptOrigin {
  std::string of;  // SHA-256 of the key
  OriginRecord record;
};
/// A record as the bytes of its file (core/archive.hpp), and back: nothing where the bytes are
/// damaged, are of another key, or hold a count or a quantity that cannot be.
std::string record_bytes(const std::string& key, const OriginRecord& record);
std::optional<OriginRecord> record_of(const std::string& key, std::string_view bytes);

/// A forecast of a method that was run elsewhere: a normal of log milex or log burden.
struct OutsideForecast {
  std::string method;
  Scored what = Scored::milex;
  std::string state;
  int origin = 0, horizon = 0;
  double mean = 0, sd = 0;
};
/// Reads state, origin, h, model, mean, sd and (optional, milex without it) what. Throws Error with
/// every problem.
std::vector<OutsideForecast> read_outside_forecasts(const std::filesystem::path& path);

}  // namespace tenbin
