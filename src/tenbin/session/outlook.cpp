// SPDX-License-Identifier: Apache-2.0
#include "tenbin/session/outlook.hpp"

#include <bit>
#include <cstdint>

#include "tenbin/io/digest.hpp"
#include "tenbin/session/columns.hpp"

namespace tenbin {

QuantileQuestion ask_quantiles(const Runs& runs) {
  QuantileQuestion q;
  q.burden = ask_fan(q.measures, runs.schedules[0], 0, Quantity::burden);
  q.milex = ask_fan(q.measures, runs.schedules[0], 0, Quantity::milex);
  return q;
}

TidyTable quantile_table(const Runs& runs, const QuantileQuestion& asked, const Tally& t,
                         const std::string& written) {
  TidyTable table;
  table.text("scenario");
  table.text("state");
  table.integer("year");
  table.text("quantity");
  add_band(table, written);
  for (const auto& [quantity, place] :
       {std::pair{Quantity::burden, asked.burden}, {Quantity::milex, asked.milex}}) {
    const Fan fan = read_fan(t, place);
    for (StateIndex i = 0; i < runs.panel.size(); ++i)
      for (int year = place.start; year <= place.end; ++year)
        if (fan.at(year, i).exists)
          table << runs.scenarios[0].id << runs.panel.states[i].id << year
                << quantity_name(quantity) << fan.at(year, i);
  }
  return table;
}

std::string quantile_digest(const Fan& burden, const Fan& milex) {
  std::string bytes;
  for (const Fan* fan : {&burden, &milex})
    for (const Band& band : fan->bands)
      for (const double q : band.quantile) {
        const bool exists = band.exists && known(q);
        const auto bits = exists ? std::bit_cast<std::uint64_t>(q) : 0x7ff8000000000000U;
        for (int k = 0; k < 64; k += 8) bytes += static_cast<char>(bits >> k & 0xff);
      }
  return sha256_hex(bytes);
}

Outlook outlook(const Runs& runs, const Tallying& tallying, bool every_year) {
  const int count = static_cast<int>(runs.scenarios.size());
  std::vector<Measure> measures;
  const RaceQuestion rivals = ask_races(measures, runs.panel, runs.schedules[0], count);
  const DisputeQuestion question = ask_disputes(measures, runs.schedules, every_year);
  Outlook o{std::vector<std::vector<RaceOutlook>>(count),
            dispute_risks(runs.panel, runs.scenarios[0].start),
            std::vector<std::vector<DisputeOutlook>>(count)};
  if (measures.empty()) return o;
  const Tally t = tallying(runs.projection(), measures);
  if (t.parts.empty()) return o;
  for (int s = 0; s < count; ++s) {
    o.races[s] = read_races(t, rivals, s);
    o.disputes[s] = read_disputes(t, question, s);
  }
  return o;
}

TidyTable outlook_table(const Runs& runs, const Outlook& o) {
  TidyTable table;
  for (const char* name : {"scenario", "state_a", "state_b"}) table.text(name);
  table.integer("year");
  table.text("what");
  add_chance(table, "probability");
  const auto add = [&](const Scenario& s, StateIndex a, StateIndex b, int year, const char* what,
                       const Chance& c) {
    table << s.id << runs.panel.states[a].id << runs.panel.states[b].id << year << what << c;
  };
  for (std::size_t s = 0; s < o.races.size(); ++s)
    for (const RaceOutlook& r : o.races[s])
      for (std::size_t k = 0; k < r.by.size(); ++k)
        add(runs.scenarios[s], r.a, r.b, runs.scenarios[s].start + 1 + static_cast<int>(k), "race",
            r.by[k]);
  for (const DisputeRisk& r : o.risks)
    add(runs.scenarios[0], r.a, r.b, runs.scenarios[0].start + 1, "dispute next year",
        {r.risk.mean, r.error});
  for (std::size_t s = 0; s < o.disputes.size(); ++s)
    for (const DisputeOutlook& d : o.disputes[s]) {
      for (std::size_t k = 0; k < d.in.size(); ++k)
        add(runs.scenarios[s], d.a, d.b, runs.scenarios[s].start + 1 + static_cast<int>(k),
            "dispute", d.in[k]);
      add(runs.scenarios[s], d.a, d.b, runs.scenarios[s].end, "dispute by then", d.any);
    }
  return table;
}

}  // namespace tenbin
