// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "tenbin/io/panel_reader.hpp"

namespace tenbin {

/// The research world with the tables of data/v2, made as data/priors/make wants it. `add` may put
/// more tables into the folder before it is read.
inline Panel research_world(
    const std::function<void(const std::filesystem::path& folder)>& add = {}) {
  namespace fs = std::filesystem;
  const fs::path folder =
      fs::temp_directory_path() / ("tenbin-world-" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::copy(std::string(TENBIN_RESEARCH) + "/data/world", folder);
  const std::string command =
      "/usr/bin/python3 '" TENBIN_SOURCE "/data/priors/world_tables' '" TENBIN_RESEARCH
      "/data/v2/world' '" TENBIN_RESEARCH "/data/raw/gdp_pop_gapminder.csv' '" +
      folder.string() + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  if (add) add(folder);
  Panel panel = read_panel(folder.string());
  fs::remove_all(folder);
  return panel;
}

}  // namespace tenbin
