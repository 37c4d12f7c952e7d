// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/readers.hpp"

namespace tenbin {

const std::vector<Reader>& readers() {
  static const std::vector<Reader> all{
      {"sipri", "SIPRI's military expenditure workbook, .xlsx", "states milex", read_sipri},
      {"world-bank", "an indicator of the World Bank, .csv or .zip", "milex personnel price_index",
       read_world_bank},
      {"gmsd",
       "shares of GDP of the Global Military Spending Dataset, of Our World in Data, .csv or .zip",
       "milex", read_gmsd},
      {"nmc", "COW national material capabilities, .csv or .zip", "milex personnel", read_nmc},
      {"cow-disputes", "COW dyadic disputes, .csv or .zip", "disputes", read_cow_disputes},
      {"cow-alliances", "COW directed alliances, .csv or .zip", "ties", read_cow_alliances},
      {"atop", "ATOP directed dyad-years, .csv or .zip", "ties", read_atop},
      {"rivalries", "strategic rivalries of Thompson and others, .csv", "rivalries",
       read_rivalries},
      {"vdem", "V-Dem country-years, .csv or .zip", "regime", read_vdem},
      {"troopdata", "American troops by host, of the R package troopdata, .csv", "presence",
       read_troopdata},
      {"warheads", "nuclear warheads by state, of Our World in Data, .csv or .zip", "nuclear",
       read_warheads},
      {"dyad-years", "dyad-years of the R package peacesciencer, .csv",
       "disputes ties rivalries contiguity", read_dyad_years}};
  return all;
}

}  // namespace tenbin
