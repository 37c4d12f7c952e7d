// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/balance.hpp"

#include <algorithm>

#include "tenbin/futures/tables.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Balance {
  static constexpr QuestionSpec spec{
      .name = "balance",
      .about = About::scenario,
      .posterior = true,
      .summary = "the blocs' stocks, weighed by whom they reach and how far they count"};

  explicit Balance(const Inputs& inputs);
  void ask(Measures& m);
  void read(const Tally& tally);
  TidyTable table() const;
  std::string text() const;
  Problems notes() const;

  /// Two blocs against each other, in one cut.
  struct Cut {
    BalanceCut cut;
    BalanceQuestion question;
    std::vector<BalanceYear> years;
  };
  struct Pair {
    const Bloc* first;
    const Bloc* second;
    std::vector<Cut> cuts;  // the whole stocks first
  };
  const Runs& runs;
  std::vector<Pair> pairs;  // every pair of the first scenario's blocs
};

Balance::Balance(const Inputs& inputs) : runs(*inputs.runs) {
  const std::vector<Bloc>& blocs = runs.scenarios[0].blocs;
  if (blocs.size() < 2)
    throw Error({{runs.files.front().string(), "a balance needs two blocs",
                  "Write [blocs] and below it two lists, such as china = [\"CHN\"]"}});
  for (const Bloc& b : blocs)
    if (std::ranges::all_of(b.members,
                            [&](StateIndex i) { return runs.schedules[0].law[i] == Law::idle; }))
      throw Error({{runs.files.front().string(),
                    fmt::format("no member of bloc {} has figures at the start", b.name),
                    "Name members with figures, or take the bloc out"}});
  for (std::size_t a = 0; a < blocs.size(); ++a)
    for (std::size_t b = a + 1; b < blocs.size(); ++b)
      if (!shared_member(blocs[a], blocs[b])) {
        Pair pair{&blocs[a], &blocs[b], {}};
        for (const BalanceCut cut :
             balance_cuts(runs.panel(), runs.scenarios[0].start, blocs[a], blocs[b]))
          pair.cuts.push_back({cut, {}, {}});
        pairs.push_back(std::move(pair));
      }
  if (pairs.empty())
    throw Error({{runs.files.front().string(), "every two blocs share a state",
                  "Put a state into one of two blocs"}});
}

void Balance::ask(Measures& m) {
  for (Pair& p : pairs)
    for (Cut& c : p.cuts)
      c.question =
          ask_balance(m.list, runs.panel(), runs.schedules[0], 0, *p.first, *p.second, c.cut);
}

void Balance::read(const Tally& tally) {
  for (Pair& p : pairs)
    for (Cut& c : p.cuts) c.years = read_balance(tally, c.question);
}

/// Columns scenario, first, second, cut (whole, by treaty, in the region, purchasing power), year,
/// quantity (first, second: M USD; ratio), quantiles and
/// mean, first_ahead with its error.
TidyTable Balance::table() const {
  TidyTable table;
  for (const char* name : {"scenario", "first", "second", "cut"}) table.text(name);
  table.integer("year");
  table.text("quantity");
  add_band(table);
  add_chance(table, "first_ahead");
  for (const Pair& pair : pairs)
    for (const Cut& cut : pair.cuts)
      for (const BalanceYear& y : cut.years)
        for (const auto& [name, band] :
             {std::pair{"first", &y.first}, {"second", &y.second}, {"ratio", &y.ratio}})
          table << runs.scenarios[0].id << pair.first->name << pair.second->name
                << balance_cut_names[static_cast<std::size_t>(cut.cut)] << y.year << name << *band
                << y.first_ahead;
  return table;
}

std::string Balance::text() const {
  const Money money = money_of(runs.panel());
  const auto stock = [&](const Band& b) {
    return fmt::format("{} ({} to {})", money.text(b.median()), money.text(b.low80()),
                       money.text(b.high80()));
  };
  const auto ratio = [](const BalanceYear& y) {
    return fmt::format("{:.2f} ({:.2f} to {:.2f})", y.ratio.median(), y.ratio.low80(),
                       y.ratio.high80());
  };
  std::string text;
  for (const Pair& p : pairs) {
    const std::string &one = p.first->name, &two = p.second->name;
    const std::vector<BalanceYear>& whole = p.cuts.front().years;
    say(text,
        "{}{} against {}: stock that bears on the other bloc, median (and likely range, 80%)\n",
        text.empty() ? "" : "\n", one, two);
    AlignedText rows("<>>>>");
    rows.row({"year", one, two, "ratio", "first ahead"});
    for (const BalanceYear& y : whole)
      rows.row({fmt::format("{}", y.year), stock(y.first), stock(y.second), ratio(y),
                chance_text(y.first_ahead)});
    text += rows.text();
    say(text, "\n{} over {}, by what is counted\n", one, two);
    AlignedText cuts("<>>>");
    const std::size_t middle = whole.size() / 2;
    cuts.row({"", fmt::format("{}", whole.front().year), fmt::format("{}", whole[middle].year),
              fmt::format("{}", whole.back().year)});
    for (const Cut& c : p.cuts)
      cuts.row({std::string(balance_cut_words[static_cast<std::size_t>(c.cut)]),
                ratio(c.years.front()), ratio(c.years[middle]), ratio(c.years.back())});
    text += cuts.text();
  }
  return text +
         fmt::format(
             "By treaty, a member that is bound to defend another of its bloc counts as far as its "
             "strongest promise goes: a lever\non a commitment moves it. In the region, {:.0f} % "
             "of "
             "a member's stock counts if no member of the other bloc lies in\nits region: an "
             "assumption. Purchasing power takes the military price levels of the start.\n",
             100 * share_in_region);
}

Problems Balance::notes() const {
  Certainty certainty;
  for (const Pair& p : pairs)
    for (const BalanceYear& y : p.cuts.front().years) certainty.see(y.first_ahead);
  return certainty.notes(runs.scenarios[0].futures);
}

}  // namespace

QuestionEntry balance_question() { return entry_of<Balance>(); }

}  // namespace tenbin
