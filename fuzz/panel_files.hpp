// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tenbin/io/panel_reader.hpp"

namespace tenbin::fuzz {

/// Every file that a panel may have, by the first byte of an input of the target `panel`.
inline const std::vector<std::string>& panel_files() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all{"panel.toml", "disputes.toml", "keeping.toml"};
    all.insert(all.end(), panel_tables().begin(), panel_tables().end());
    return all;
  }();
  return names;
}

}  // namespace tenbin::fuzz
