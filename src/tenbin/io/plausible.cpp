// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/plausible.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "tenbin/io/source_label.hpp"
#include "tenbin/io/states.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/num/median.hpp"

namespace tenbin {
namespace {

constexpr double largest_gdp = 60e6;   // millions of dollars: twice that of the United States
constexpr double gdp_factor = 25;      // from its order of size, over time and kinds of dollars
constexpr int listed_since = 1995;     // the order of size is today's
constexpr double gdp_of_others = 100;  // from the median of the panel's other states
constexpr double gdp_leap = 5;         // from one year to the next
constexpr double milex_leap = 20;
constexpr double war_burden = 0.12;     // as a median: seen in wars only
constexpr double least_share = 2e-5;    // of GDP, of a state that spends anything
constexpr double most_a_head = 2e7;     // dollars for each person under arms
constexpr double personnel_leap = 100;  // from one year to the next
constexpr int fewest_years = 10;
constexpr int fewest_pairs = 6;  // of a leap

/// Millions as billions, without more digits than they are worth.
std::string billions(double millions) {
  return millions >= 1e5 ? fmt::format("{:.0f} bn", millions / 1e3)
                         : fmt::format("{:.3g} bn", millions / 1e3);
}

/// The figures of one state, in order of years.
struct OwnFigures {
  StateIndex state;
  std::vector<std::pair<int, double>> gdp;  // implied, millions, of rows that were not imported
  std::vector<double> burdens;              // of these
  std::pair<int, double> milex{0, missing}, last_gdp{0, missing};  // the last, of any row
};

class Plausibility {
 public:
  Plausibility(const Panel& panel, const std::filesystem::path& folder)
      : panel_(panel), folder_(folder) {}
  Problems run();

 private:
  bool imported(const MilexCell& cell) const;
  OwnFigures figures_of(StateIndex i) const;
  void check_size(const OwnFigures& own);
  void check_money(const OwnFigures& own);
  void check_personnel();
  void check_leaps(const OwnFigures& own);
  void check_burdens(const OwnFigures& own);
  template <class Spells>
  void check_relation(const char* table, const Spells& spells);
  void check_disputes();
  void say(const char* table, std::string what, std::string mend, bool refuse = false) {
    problems_.push_back({(folder_ / table).string(), std::move(what), std::move(mend),
                         refuse ? Problem::Kind::refuse : Problem::Kind::note});
  }

  const Panel& panel_;
  const std::filesystem::path& folder_;
  bool dollars_ = false;
  std::map<StateIndex, double> latest_;  // implied GDP, millions
  Problems problems_;
};

bool Plausibility::imported(const MilexCell& cell) const {
  const std::string label = label_of(cell.source);
  return std::ranges::any_of(panel_.ledger, [&](const LedgerRow& row) {
    return row.table == "milex.csv" &&
           (label == row.label || label == row.label + std::string(scaled_mark));
  });
}

OwnFigures Plausibility::figures_of(StateIndex i) const {
  OwnFigures own{.state = i, .gdp = {}, .burdens = {}};
  for (int year = panel_.first_year; year <= panel_.last_year; ++year) {
    const MilexCell& cell = panel_.cell(i, year);
    if (!cell.present()) continue;
    own.milex = {year, cell.milex};
    if (!known(cell.burden)) continue;
    own.last_gdp = {year, cell.milex / cell.burden};
    if (imported(cell)) continue;
    own.gdp.emplace_back(year, cell.milex / cell.burden);
    own.burdens.push_back(cell.burden);
  }
  return own;
}

void Plausibility::check_size(const OwnFigures& own) {
  const auto& [year, gdp] = own.last_gdp;
  if (!known(gdp)) return check_money(own);
  const std::string& id = panel_.states[own.state].id;
  const std::string implied =
      fmt::format("milex and burden of {} imply a GDP of {} in {}", id, billions(gdp), year);
  constexpr const char* mend =
      "Milex is in millions of the panel's money, a burden a share of GDP: look at the units of "
      "both";
  if (dollars_ && gdp > largest_gdp) {
    say("milex.csv", implied + ", more dollars than any state has", mend, true);
    return;
  }
  const double listed = dollars_ ? KnownStates::all().gdp(id) * 1e3 : missing;
  if (known(listed) && year < listed_since) return;
  if (known(listed)) {
    if (gdp > listed * gdp_factor || gdp < listed / gdp_factor)
      say("milex.csv", fmt::format("{}; about {} would be expected", implied, billions(listed)),
          mend);
    return;
  }
  std::vector<double> others;
  for (const auto& [state, value] : latest_)
    if (state != own.state && !(dollars_ && value > largest_gdp)) others.push_back(value);
  const double middle = median(others);
  if (others.size() >= 2 && (gdp > middle * gdp_of_others || gdp < middle / gdp_of_others))
    say("milex.csv",
        fmt::format("{}; the panel's other states have {} in the middle", implied,
                    billions(middle)),
        mend);
}

/// Without shares of GDP: spending against the state's order of size.
void Plausibility::check_money(const OwnFigures& own) {
  const auto& [year, milex] = own.milex;
  const std::string& id = panel_.states[own.state].id;
  const double gdp = dollars_ ? KnownStates::all().gdp(id) * 1e3 : missing;
  if (!known(gdp) || year < listed_since) return;
  if (milex > gdp || milex < least_share * gdp)
    say("milex.csv",
        fmt::format("milex of {} in {} is {}, beside a GDP of about {}", id, year, billions(milex),
                    billions(gdp)),
        "Milex is in millions of the panel's money: look at its unit");
}

/// Persons under arms that leap from one year to the next, or are too few for what is spent.
void Plausibility::check_personnel() {
  std::map<StateIndex, std::map<int, double>> persons;
  for (const PersonnelRow& r : panel_.personnel) persons[r.state][r.year] = r.personnel;
  for (const auto& [state, by_year] : persons) {
    const auto& [year, last] = *by_year.rbegin();
    const MilexCell& cell = panel_.cell(state, year);
    const std::string& id = panel_.states[state].id;
    if (last > 0 && cell.present() && dollars_ && cell.milex * 1e6 / last > most_a_head)
      say("personnel.csv",
          fmt::format("{} has {:.0f} persons under arms in {} and spends {}", id, last, year,
                      billions(cell.milex)),
          "Give persons, not thousands");
    for (auto k = std::next(by_year.begin()); k != by_year.end(); ++k) {
      const double before = std::prev(k)->second, ratio = k->second / before;
      if (before <= 0 || k->second <= 0 || (ratio < personnel_leap && ratio > 1 / personnel_leap))
        continue;
      say("personnel.csv",
          fmt::format("persons under arms of {} are in {} {:.3g} times those of {}", id, k->first,
                      ratio, std::prev(k)->first),
          "Look for a change of unit");
      break;
    }
  }
}

void Plausibility::check_leaps(const OwnFigures& own) {
  for (std::size_t k = 1; k < own.gdp.size(); ++k) {
    const auto& [year, gdp] = own.gdp[k];
    const double ratio = gdp / own.gdp[k - 1].second;
    if (year != own.gdp[k - 1].first + 1 || (ratio < gdp_leap && ratio > 1 / gdp_leap)) continue;
    const double money =
        panel_.cell(own.state, year).milex / panel_.cell(own.state, year - 1).milex;
    if (money > milex_leap || money < 1 / milex_leap) continue;  // which is said of milex
    say("milex.csv",
        fmt::format(
            "the GDP that milex and burden of {} imply is in {} {:.3g} times the year before's",
            panel_.states[own.state].id, year, ratio),
        "Look for a change of unit in milex or in burden");
    return;
  }
}

void Plausibility::check_burdens(const OwnFigures& own) {
  const double middle = median(own.burdens);
  if (own.burdens.size() >= fewest_years && middle > war_burden)
    say("milex.csv",
        fmt::format("half of {}'s burdens are {:.1f} % of GDP or more, as only states at war had",
                    panel_.states[own.state].id, 100 * middle),
        fmt::format("If {:.3g} is percent, write \"{:.3g} %\" or divide by 100", middle, middle));
}

/// Pairs in a relation from year to year; a leap is more than half of them, and several.
template <class Spells>
void Plausibility::check_relation(const char* table, const Spells& spells) {
  std::map<int, int> pairs;
  for (int year = panel_.first_year; year <= panel_.last_year; ++year)
    for (const auto& s : spells) pairs[year] += s.start <= year && year <= s.end;
  for (int year = panel_.first_year + 1; year <= panel_.last_year; ++year) {
    const int before = pairs[year - 1], now = pairs[year];
    if (std::abs(now - before) < std::max(fewest_pairs, std::max(now, before) / 2 + 1)) continue;
    say(table, fmt::format("{} pairs in {}, {} in {}", before, year - 1, now, year),
        now < before
            ? "If a source ends there, leave the ends of what it found going on empty"
            : "If a source begins there, or a mark for unknown was read as yes, correct it");
    return;
  }
}

void Plausibility::check_disputes() {
  std::map<int, int> onsets;
  for (const Dispute& d : panel_.disputes) ++onsets[d.year];
  if (onsets.empty()) return;
  const int last = onsets.rbegin()->first, silent = panel_.disputes_until - last;
  int recent = 0;
  for (int year = last - 9; year <= last; ++year)
    recent += onsets.contains(year) ? onsets[year] : 0;
  if (silent >= 3 && recent >= 2 * 10)
    say("disputes.csv",
        fmt::format(
            "{} onsets in the ten years to {}, none in the {} after, which the ledger calls "
            "known",
            recent, last, silent),
        "If the source ends there, correct `last` in ledger.csv: later years are unknown, not "
        "peaceful");
}

Problems Plausibility::run() {
  const std::string currency = lower_case(panel_.currency);
  dollars_ = currency.find("dollar") != std::string::npos ||
             currency.find("usd") != std::string::npos || currency.find("us$") != std::string::npos;
  std::vector<OwnFigures> all;
  for (StateIndex i = 0; i < panel_.size(); ++i)
    if (OwnFigures own = figures_of(i); known(own.milex.second)) {
      if (known(own.last_gdp.second)) latest_[i] = own.last_gdp.second;
      all.push_back(std::move(own));
    }
  for (const OwnFigures& own : all) {
    check_size(own);
    check_leaps(own);
    check_burdens(own);
  }
  check_personnel();
  check_relation("rivalries.csv", panel_.rivalries);
  check_relation("ties.csv", panel_.ties);
  check_disputes();
  return std::move(problems_);
}

}  // namespace

Problems implausible(const Panel& panel, const std::filesystem::path& folder) {
  return Plausibility(panel, folder).run();
}

}  // namespace tenbin
