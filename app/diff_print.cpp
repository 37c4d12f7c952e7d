// SPDX-License-Identifier: Apache-2.0
#include "diff_print.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "common.hpp"
#include "runs.hpp"

namespace tenbin::app {
namespace {

std::string money_text(const Panel& p) {
  return p.price_year == 0 ? "current money" : fmt::format("constant money of {}", p.price_year);
}

/// "+3.4 %", or "4249 times" where it is no change but another number.
std::string change_text(double change) {
  if (!known(change)) return "-";
  if (change > 10) return fmt::format("{:.4g} times", 1 + change);
  if (change < -0.95) return fmt::format("1/{:.4g} of it", 1 / (1 + change));
  const std::string text = fmt::format("{:+.1f} %", 100 * change);
  return text == "-0.0 %" ? "+0.0 %" : text;
}
std::string change_text(const Moved& m) { return change_text(m.after / m.before - 1); }

/// A change in per cent with one digit after the point.
std::string moved(double from, double to) {
  if (!known(from) || !known(to)) return "-";
  const std::string text = fmt::format("{:+.1f}", 100 * (to / from - 1));
  return text == "-0.0" ? "+0.0" : text;
}

/// Millions, with at least three digits.
std::string amount(double x) {
  return x < 100 ? fmt::format("{:.3g}", x) : fmt::format("{:.0f}", x);
}

/// "1990-1992 1995".
std::string years_text(const std::vector<int>& years) {
  std::string text;
  for (std::size_t k = 0; k < years.size();) {
    std::size_t end = k;
    while (end + 1 < years.size() && years[end + 1] == years[end] + 1) ++end;
    text += fmt::format("{}{}", text.empty() ? "" : " ", years[k]);
    if (end > k) text += fmt::format("-{}", years[end]);
    k = end + 1;
  }
  return text;
}

bool is_wanted(const DiffTold& told, const std::string& id) {
  return told.wanted.empty() || std::ranges::any_of(told.wanted, [&](StateIndex i) {
           return told.before.states[i].id == id;
         });
}

void print_counts(const DiffTold& told, const FigureRevisions& figures, double tolerance) {
  int milex = 0, burden = 0, kind = 0, states = 0, gone = 0, new_years = 0, earlier = 0;
  for (const StateRevision& s : figures.states) {
    milex += s.milex;
    burden += s.burden;
    kind += s.kind;
    states += s.milex > 0;
    gone += static_cast<int>(s.gone.size());
    for (const int year : s.added) (year > told.before.last_year ? new_years : earlier) += 1;
  }
  fmt::print("\nFigures: {} state-years in both\n", figures.compared);
  fmt::print("  added     {} after {}, {} of earlier years\n", new_years, told.before.last_year,
             earlier);
  fmt::print("  gone      {}\n", gone);
  fmt::print(
      "  revised   milex {} ({:.1f} %, in {} states), share of GDP {}, kind {}; smaller than "
      "{:.3g} "
      "% is not counted\n",
      milex, figures.compared ? 100.0 * milex / figures.compared : 0.0, states, burden, kind,
      100 * tolerance);
  if (!figures.states_added.empty())
    fmt::print("  new states: {}\n", fmt::join(figures.states_added, " "));
  if (!figures.states_gone.empty())
    fmt::print("  states gone: {}\n", fmt::join(figures.states_gone, " "));
}

void print_largest(const DiffTold& told, const FigureRevisions& figures) {
  std::vector<const StateRevision*> rows;
  for (const StateRevision& s : figures.states)
    if (s.largest.year != 0 && is_wanted(told, s.state)) rows.push_back(&s);
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const StateRevision* s) {
    return std::abs(std::log(s->largest.after / s->largest.before));
  });
  const std::size_t shown = std::min(rows.size(), told.rows);
  if (shown == 0) return;
  fmt::print(
      "\nRevised milex (millions), and the last year that both have, where forecasts begin\n"
      "{:<6} {:>9}  {:<40} {:>5} {:>10} {:>13}\n",
      "state", "years", "largest", "last", "milex", "share of GDP");
  for (std::size_t k = 0; k < shown; ++k) {
    const StateRevision& s = *rows[k];
    fmt::print("{:<6} {:>9}  {:<40} {:>5} {:>10} {:>13}\n", s.state,
               fmt::format("{} of {}", s.milex, s.in_both),
               fmt::format("{} in {}: {} to {}", change_text(s.largest.change()), s.largest.year,
                           amount(s.largest.before), amount(s.largest.after)),
               s.last, change_text(s.last_milex), change_text(s.last_burden));
  }
  if (shown < rows.size())
    fmt::print("... {} states more; -o FILE.csv writes every figure, --states JPN,CHN picks\n",
               rows.size() - shown);
}

void print_earlier_years(const DiffTold& told, const FigureRevisions& figures) {
  std::vector<std::string> parts;
  for (const StateRevision& s : figures.states) {
    std::vector<int> years;
    std::ranges::copy_if(s.added, std::back_inserter(years),
                         [&](int year) { return year <= told.before.last_year; });
    if (!years.empty()) parts.push_back(fmt::format("{} {}", s.state, years_text(years)));
    if (!s.gone.empty()) parts.push_back(fmt::format("{} {} gone", s.state, years_text(s.gone)));
  }
  if (!parts.empty()) fmt::print("Earlier years that only one has: {}\n", fmt::join(parts, "; "));
}

void print_tables(const FigureRevisions& figures) {
  constexpr std::size_t most = 5;
  for (const TableRevision& t : figures.tables) {
    fmt::print("{}: {} rows added, {} gone\n", t.table, t.added.size(), t.gone.size());
    for (std::size_t k = 0; k < std::min(t.added.size(), most); ++k)
      fmt::print("  + {}\n", t.added[k]);
    for (std::size_t k = 0; k < std::min(t.gone.size(), most); ++k)
      fmt::print("  - {}\n", t.gone[k]);
  }
}

void print_parameters(const Conclusions& c) {
  if (c.parameters.empty()) return;
  const auto moved_by = [](const MovedParameter& p) {
    return std::abs(p.mean.after - p.mean.before) / p.sd.before;
  };
  const MovedParameter& most = *std::ranges::max_element(c.parameters, {}, moved_by);
  fmt::print(
      "\nOf the {} numbers of the spending equation {} moved most, by {:.1f} of its standard "
      "deviations{}. (tenbin parameters says what each means.)\n",
      c.parameters.size(), most.spec->name, moved_by(most),
      moved_by(most) < 0.5 ? ": the figures say of reactions what they said before" : "");
  fmt::print("{:<18} {:>9} {:>9} {:>9}   {}\n", "", "before", "revised", "after",
             "moved, in sd: by revised data, by new years");
  for (const MovedParameter& p : c.parameters) {
    const bool sign = std::abs(p.above_0.after - p.above_0.before) > 0.1;
    fmt::print("{:<18} {:>9.4f} {:>9.4f} {:>9.4f}   {:+.2f}, {:+.2f}{}\n", p.spec->name,
               p.mean.before, p.mean.revised, p.mean.after,
               (p.mean.revised - p.mean.before) / p.sd.before,
               (p.mean.after - p.mean.revised) / p.sd.before,
               sign ? fmt::format("; above 0 with {:.0f} %, was {:.0f} %", 100 * p.above_0.after,
                                  100 * p.above_0.before)
                    : "");
  }
}

const char* new_years(const Conclusions& c) {
  return c.last_after > c.last_before + 1 ? "new years" : "new year";
}

/// "Japan 2030 median of milex: +2.1 %, of which revised data +0.4, new year +1.7".
void print_sentences(const DiffTold& told, const Conclusions& c) {
  fmt::print("\n");
  for (const StateIndex i : told.wanted) {
    const State& state = told.before.states[i];
    const auto m = std::ranges::find(c.medians, state.id, &MovedMedian::state);
    if (m == c.medians.end()) {
      fmt::print("{}: not projected in both\n", state.name);
      continue;
    }
    fmt::print("{} {} median of milex: {} %, of which revised data {}, {} {}", state.name, c.year,
               moved(m->milex.before, m->milex.after), moved(m->milex.before, m->milex.revised),
               new_years(c), moved(m->milex.revised, m->milex.after));
    if (known(m->foretold) && known(m->came))
      fmt::print("; {} came {} % off what the figures up to {} foretold", c.last_after,
                 moved(m->foretold, m->came), c.last_before);
    fmt::print("\n");
  }
}

void print_medians(const DiffTold& told, const Conclusions& c) {
  if (!told.wanted.empty()) print_sentences(told, c);
  std::vector<const MovedMedian*> rows;
  for (const MovedMedian& m : c.medians)
    if (is_wanted(told, m.state)) rows.push_back(&m);
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const MovedMedian* m) {
    return std::abs(std::log(m->milex.after / m->milex.before));
  });
  const std::size_t shown = told.wanted.empty() ? std::min(rows.size(), told.rows) : rows.size();
  const bool longer = c.last_after > c.last_before;
  fmt::print(
      "\nMedians of {} under the baseline: moved by per cent, of which by revised data and by the "
      "{}\n{:<6} {:>24} {:>6}   {:>24} {:>6}   {:<12} {}\n",
      c.year, new_years(c), "state", "milex", "noise", "share of GDP", "noise", "% of GDP",
      longer ? fmt::format("{} against what was foretold", c.last_after) : "");
  const auto three = [](const Moved& m) {
    return fmt::format("{:>8}{:>8}{:>8}", moved(m.before, m.after), moved(m.before, m.revised),
                       moved(m.revised, m.after));
  };
  const auto noise = [](double error) {
    return known(error) ? fmt::format("{:.1f}", 200 * error) : std::string("-");
  };
  for (std::size_t k = 0; k < shown; ++k) {
    const MovedMedian& m = *rows[k];
    fmt::print("{:<6} {} {:>6}   {} {:>6}   {:<12} {}\n", m.state, three(m.milex),
               noise(m.milex_error), three(m.burden), noise(m.burden_error),
               known(m.burden.before) && known(m.burden.after)
                   ? fmt::format("{:.2f} > {:.2f}", 100 * m.burden.before, 100 * m.burden.after)
                   : "unknown",
               longer ? moved(m.foretold, m.came) : "");
  }
  if (shown < rows.size())
    fmt::print("... {} states more; --medians FILE.csv writes all, --states JPN,CHN picks\n",
               rows.size() - shown);
  fmt::print(
      "noise: two Monte Carlo errors of the difference of two medians; a smaller move says "
      "nothing. "
      "It is not the width of the forecast.\n");
}

void print_races(const DiffTold& told, const Conclusions& c) {
  for (const Panel* panel : {&told.before, &told.after})
    if (panel->rivalries.empty()) {
      fmt::print("\nRaces: {} has no rivalries.csv, so none can be judged\n", panel->name);
      return;
    }
  fmt::print("\nRaces by the rule, among rivals: {} before, {} after\n", c.races_before,
             c.races_after);
  if (c.races.empty()) fmt::print("none came, none went\n");
  for (const MovedRace& r : c.races)
    fmt::print("  {} {}-{} {}-{}: {}; probability {:.0f} %, {:.0f} % on the other figures\n",
               r.gone ? "gone" : "new ", r.a, r.b, r.start, r.end,
               r.because == MovedRace::Because::revision ? "by revision alone, which is no race"
                                                         : "by the new years",
               100 * r.chance, 100 * r.chance_other);
}

}  // namespace

void print_money(const DiffTold& told, const CommonMoney& money) {
  if (told.before.currency != told.after.currency)
    fmt::print("One calls its money \"{}\", the other \"{}\": they are taken for the same.\n",
               printable(told.before.currency), printable(told.after.currency));
  if (money.same) {
    fmt::print("Both are in {}.\n", money_text(told.after));
    return;
  }
  std::vector<double> factors;
  for (const double f : money.factor)
    if (known(f)) factors.push_back(f);
  std::ranges::sort(factors);
  const auto at = [&](double part) {
    return factors[static_cast<std::size_t>(part * static_cast<double>(factors.size() - 1))];
  };
  fmt::print(
      "Brought to {}: figures in {} are multiplied by {:.4g} in the middle state ({:.4g} to {:.4g} "
      "in nine of ten), for prices and exchange rates; the ratio on which most of a state's years "
      "agree.\n",
      money_text(told.after), money_text(told.before), at(0.5), at(0.05), at(0.95));
  for (const StateIndex i : told.wanted)
    fmt::print("  {} {:.4f}\n", told.before.states[i].id,
               money.factor[static_cast<std::size_t>(i)]);
  if (money.by_others.empty()) return;
  std::vector<std::string> names;
  for (const StateIndex i : money.by_others) names.push_back(told.before.states[i].id);
  fmt::print("Without a year in both, by the middle state's: {}.\n", fmt::join(names, " "));
}

void print_figures(const DiffTold& told, const FigureRevisions& figures, double tolerance) {
  print_counts(told, figures, tolerance);
  print_largest(told, figures);
  print_earlier_years(told, figures);
  print_tables(figures);
}

void print_conclusions(const DiffTold& told, const Conclusions& c, const std::string& priors) {
  fmt::print(
      "\nFitted three ways, priors {}: the figures before; the later ones up to {}; all of the "
      "later "
      "ones.\n",
      priors, c.last_before);
  print_parameters(c);
  print_medians(told, c);
  print_races(told, c);
}

}  // namespace tenbin::app
