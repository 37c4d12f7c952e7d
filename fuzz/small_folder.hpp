// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "in_memory.hpp"
#include "tenbin/io/panel_reader.hpp"

/// A panel's folder in memory with the least that a panel needs.

namespace tenbin::fuzz {

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 3> small_folder{{
    {"panel.toml", "format = 1\nname = \"small\"\ncurrency = \"US dollars\"\nprice_year = 2024\n"},
    {"states.csv",
     "state,name,capital,lat,lon,entered\nCHN,China,Beijing,39.9,116.4,1860\n"
     "JPN,Japan,Tokyo,35.7,139.8,1860\nPRK,North Korea,Pyongyang,39,125.7,1948\n"
     "USA,United States,Washington,38.9,-77,1816\n"},
    {"milex.csv",
     "state,year,milex,burden,kind,source\n"
     "CHN,2017,230000,0.0175,reported,x\nCHN,2018,232600,0.0172,reported,x\n"
     "CHN,2019,234700,0.0167,reported,x\nCHN,2020,247800,0.0172,reported,x\n"
     "JPN,2017,51600,0.0105,reported,x\nJPN,2018,51600,0.0101,reported,x\n"
     "JPN,2019,53100,0.0101,reported,x\nJPN,2020,56400,0.0105,estimate,x\n"
     "PRK,2019,4800,,imputed,x\nUSA,2017,797600,0.033,reported,x\n"
     "USA,2018,826000,0.0334,reported,x\nUSA,2019,826000,0.0323,reported,x\n"
     "USA,2020,853400,0.0322,reported,x\n"},
}};

inline void write_small_folder(const MemoryFolder& folder) {
  for (const auto& [name, text] : small_folder) folder.write(name, text);
}

/// A folder with the files, for the time of the process.
inline const MemoryFolder& small_folder_here() {
  static const MemoryFolder folder;
  static const bool written = (write_small_folder(folder), true);
  static_cast<void>(written);
  return folder;
}

/// Puts back the file of a name, or takes it away.
inline void restore_small_folder(const MemoryFolder& folder, std::string_view name) {
  for (const auto& [own, text] : small_folder)
    if (own == name) return folder.write(name, text);
  folder.remove(name);
}

inline Panel small_folder_panel() {
  const MemoryFolder folder;
  write_small_folder(folder);
  return read_panel(folder.path());
}

}  // namespace tenbin::fuzz
