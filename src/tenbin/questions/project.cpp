// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/project.hpp"

#include <bit>
#include <mutex>

#include "tenbin/io/digest.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {

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

void Project::ask(Measures& m) {
  burden_place = ask_fan(m.list, runs.schedules[0], 0, Quantity::burden);
  milex_place = ask_fan(m.list, runs.schedules[0], 0, Quantity::milex);
}

void Project::read(const Tally& tally) {
  burden = read_fan(tally, burden_place);
  milex = read_fan(tally, milex_place);
}

TidyTable Project::table() const {
  TidyTable table;
  table.text("scenario");
  table.text("state");
  table.integer("year");
  table.text("quantity");
  add_band(table, fmt::format("{{:.{}g}}", digits));
  const Scenario& s = runs.scenarios[0];
  for (const auto& [quantity, fan] :
       {std::pair{Quantity::burden, &burden}, {Quantity::milex, &milex}})
    for (StateIndex i = 0; i < runs.panel().size(); ++i)
      for (int year = s.start; year <= s.end; ++year)
        if (fan->at(year, i).exists)
          table << s.id << runs.panel().states[i].id << year << quantity_name(quantity)
                << fan->at(year, i);
  return table;
}

std::string Project::text() const {
  const Scenario& s = runs.scenarios[0];
  const Money money = money_of(runs.panel());
  AlignedText rows(">>>");
  rows.row({"", "share of GDP", "spending"});
  for (int year = s.start + 1; year <= s.end; ++year) {
    if (year != s.end && year % 5 != 0) continue;
    const Band &share = burden.at(year, s.focus), &sum = milex.at(year, s.focus);
    if (!sum.exists) continue;
    rows.row({fmt::format("{}", year),
              share.exists ? fmt::format("{} ({} to {})", percent(share.median()),
                                         percent(share.low80()), percent(share.high80()))
                           : std::string("not known"),
              fmt::format("{} ({} to {})", money.text(sum.median()), money.text(sum.low80()),
                          money.text(sum.high80()))});
  }
  return fmt::format(
      "{} under \"{}\": median, and the middle 80 % of {} futures. -o FILE.csv has every state and "
      "year.\n\n{}\nquantiles {}\n",
      runs.panel().states[s.focus].name, s.name, s.futures, rows.text(),
      quantile_digest(burden, milex));
}

namespace {

/// Writes every future; memory holds one block a thread.
std::unique_ptr<FuturesFile> keep_futures(const Runs& runs, const std::string& path, Work& work) {
  if (work.execution.ranks > 1)
    throw Error({{"--keep", "every future goes to one file, which one rank writes",
                  "Start one rank, or leave --keep out"}});
  std::vector<std::pair<StateIndex, StateIndex>> dyads;
  for (const Dyad& d : runs.schedules[0].drawn()) dyads.emplace_back(d.a, d.b);
  const Scenario& s = runs.scenarios[0];
  const std::map<std::string, std::string> about{{"creator", creator()},
                                                 {"scenario", s.id},
                                                 {"panel", runs.panel().name},
                                                 {"panel_hash", runs.panel().hash},
                                                 {"disputes_hash", runs.panel().disputes_hash}};
  auto file =
      std::make_unique<FuturesFile>(path, runs.panel(), s.start, s.end, s.futures, dyads, about);
  const Projection projection = measures_of(runs).projection;
  const auto observer = work.begin("writing futures");
  bool go_on = true;
  int done = 0;
  std::mutex guard;
  project_blocks(
      projection, work.execution,
      [&](int, int, std::span<const Ensemble> block) {
        const std::lock_guard lock(guard);  // the file's library is not safe for threads
        file->add(block[0]);
        go_on = observer(1.0 * ++done / projection.blocks());
      },
      {},
      [&] {
        const std::lock_guard lock(guard);
        return go_on;
      });
  work.finish();
  return file;
}

}  // namespace

void Project::prepare(Work& work) {
  if (!keep.empty()) kept = keep_futures(runs, keep, work);
}

void Project::hand_over(Outputs& outputs) {
  if (kept) kept->finish(outputs);
}

QuestionEntry project_question() { return entry_of<Project>(); }

}  // namespace tenbin
