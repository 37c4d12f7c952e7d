// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "tenbin/io/published/findings.hpp"
#include "tenbin/io/published/package.hpp"

/// One reader a source. Each throws Refusal where the file is not what it should be, and allocates
/// no more than a small multiple of the file.

namespace tenbin {

/// SIPRI's military expenditure workbook (.xlsx), any release with the sheets "Constant (YYYY) US$"
/// and "Share of GDP".
Findings read_sipri(const PublishedFile& file);
/// One indicator of the World Bank, the CSV or the zip that is downloaded.
Findings read_world_bank(const PublishedFile& file);
/// Shares of GDP of the Global Military Spending Dataset as Our World in Data gives them.
Findings read_gmsd(const PublishedFile& file);
/// Correlates of War: dyadic disputes, directed alliances, national material capabilities.
Findings read_cow_disputes(const PublishedFile& file);
Findings read_cow_alliances(const PublishedFile& file);
Findings read_nmc(const PublishedFile& file);
/// Alliance Treaty Obligations and Provisions, directed dyad-years.
Findings read_atop(const PublishedFile& file);
/// Strategic rivalries of Thompson and others, one row a rivalry.
Findings read_rivalries(const PublishedFile& file);
/// V-Dem, country-years: electoral democracy.
Findings read_vdem(const PublishedFile& file);
/// American troops by host as the R package troopdata gives them, country-years.
Findings read_troopdata(const PublishedFile& file);
/// Stockpiles of nuclear warheads of the Federation of American Scientists as Our World in Data
/// gives them. A 0 between years with warheads is unknown.
Findings read_warheads(const PublishedFile& file);
/// Dyad-years as the R package peacesciencer makes them: disputes, alliances, rivalries, borders.
Findings read_dyad_years(const PublishedFile& file);

struct Reader {
  std::string_view source;  // the word on the command line
  std::string_view says;    // what it reads, and from whom
  std::string_view fills;   // tables of a panel
  Findings (*read)(const PublishedFile&);
};
const std::vector<Reader>& readers();

}  // namespace tenbin
