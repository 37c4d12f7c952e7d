// SPDX-License-Identifier: Apache-2.0
// Two releases of a panel: what changed, and whether it matters.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/text_file.hpp"
#include "tenbin/study/revision.hpp"

namespace tenbin::app {
namespace {

struct Flags {
  std::string before, after, out, medians, states;
  double tolerance = 0.001;
  int year = 0, shown = 15;
  std::int64_t futures = 8000;
  bool figures_only = false;
  FitFlags fit;
  CommonFlags common;
};

/// From how many fitted states a panel says enough of itself for wide priors.
constexpr int fewest_for_wide = fewest_for_wave;

std::string money_text(const Panel& p) {
  return p.price_year == 0 ? "current money" : fmt::format("constant money of {}", p.price_year);
}

/// "+3.4 %", or "4249 times" where it is no change but another number.
std::string change_text(double change) {
  if (!known(change)) return "-";
  if (change > 10) return fmt::format("{:.4g} times", 1 + change);
  if (change < -0.95) return fmt::format("1/{:.4g} of it", 1 / (1 + change));
  return fmt::format("{:+.1f} %", 100 * change);
}
/// A change of some per cent with one digit after the point.
std::string moved(double from, double to) {
  return known(from) && known(to) ? fmt::format("{:+.1f}", 100 * (to / from - 1)) : "-";
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

const char* name_of(MilexKind kind) {
  static constexpr std::array names{"none", "reported", "estimate", "uncertain", "imputed"};
  return names[static_cast<std::size_t>(kind)];
}

std::string csv_of(const FigureRevisions& figures) {
  std::string csv = "state,year,what,before,after,change\n";
  const auto number = [](double x) { return known(x) ? fmt::format("{}", x) : std::string(); };
  for (const Revision& r : figures.all) {
    static constexpr std::array names{"milex", "burden", "kind"};
    const bool kind = r.what == Revision::What::kind;
    csv += fmt::format(
        "{},{},{},{},{},{}\n", csv_field(r.state), r.year, names[static_cast<std::size_t>(r.what)],
        kind ? name_of(r.kind_before) : number(r.before),
        kind ? name_of(r.kind_after) : number(r.after), kind ? "" : number(r.change()));
  }
  for (const StateRevision& s : figures.states) {
    for (const int year : s.added) csv += fmt::format("{},{},added,,,\n", csv_field(s.state), year);
    for (const int year : s.gone) csv += fmt::format("{},{},gone,,,\n", csv_field(s.state), year);
  }
  return csv;
}

std::string csv_of(const Conclusions& c) {
  std::string csv =
      "state,year,quantity,before,revised_figures,after,by_revision,by_new_years,error\n";
  const auto number = [](double x) { return known(x) ? fmt::format("{:.6g}", x) : std::string(); };
  for (const MovedMedian& m : c.medians)
    for (const auto& [name, of] : {std::pair{"milex", &m.milex}, std::pair{"burden", &m.burden}})
      csv += fmt::format("{},{},{},{},{},{},{},{},{}\n", csv_field(m.state), c.year, name,
                         number(of->before), number(of->revised), number(of->after),
                         number(of->revised / of->before - 1), number(of->after / of->revised - 1),
                         name == std::string_view("milex") ? number(m.error) : "");
  return csv;
}

void print_money(const Panel& before, const Panel& after, const CommonMoney& money) {
  if (money.same) {
    fmt::print("Both are in {}.\n", money_text(after));
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
      "Brought to {}: a unit of {} counts {:.4g} in the middle state (nine in ten states: {:.4g} "
      "to "
      "{:.4g}), the ratio on which most of its years agree.\n",
      money_text(after), money_text(before), at(0.5), at(0.05), at(0.95));
  if (!money.by_others.empty()) {
    std::vector<std::string> names;
    for (const StateIndex i : money.by_others) names.push_back(before.states[i].id);
    fmt::print("Without a year in both, by the middle state's: {}.\n", fmt::join(names, " "));
  }
}

void print_figures(const FigureRevisions& figures, const Panel& before, const Flags& flags) {
  int milex = 0, burden = 0, kind = 0, states = 0, gone = 0;
  std::map<int, int> added;
  for (const StateRevision& s : figures.states) {
    milex += s.milex;
    burden += s.burden;
    kind += s.kind;
    states += s.milex > 0;
    gone += static_cast<int>(s.gone.size());
    for (const int year : s.added) ++added[year];
  }
  int new_years = 0, earlier = 0;
  for (const auto& [year, count] : added) (year > before.last_year ? new_years : earlier) += count;
  fmt::print("\nFigures: {} state-years in both\n", figures.compared);
  fmt::print("  added     {} after {}, {} of earlier years\n", new_years, before.last_year,
             earlier);
  fmt::print("  gone      {}\n", gone);
  fmt::print(
      "  revised   milex {} ({:.1f} %, in {} states), burden {}, kind {}; smaller than {:.3g} % is "
      "not counted\n",
      milex, figures.compared ? 100.0 * milex / figures.compared : 0.0, states, burden, kind,
      100 * flags.tolerance);
  if (!figures.states_added.empty())
    fmt::print("  new states: {}\n", fmt::join(figures.states_added, " "));
  if (!figures.states_gone.empty())
    fmt::print("  states gone: {}\n", fmt::join(figures.states_gone, " "));

  std::vector<const StateRevision*> by_size;
  for (const StateRevision& s : figures.states)
    if (s.largest.year != 0) by_size.push_back(&s);
  std::ranges::stable_sort(by_size, std::ranges::greater{}, [](const StateRevision* s) {
    return std::abs(std::log(s->largest.after / s->largest.before));
  });
  const std::size_t shown = std::min(by_size.size(), static_cast<std::size_t>(flags.shown));
  if (shown > 0) fmt::print("\n{:<6} {:>14}  {}\n", "state", "years revised", "largest");
  for (std::size_t k = 0; k < shown; ++k) {
    const StateRevision& s = *by_size[k];
    fmt::print("{:<6} {:>14}  {} in {}: {:.5g} to {:.5g}\n", s.state,
               fmt::format("{} of {}", s.milex, s.in_both), change_text(s.largest.change()),
               s.largest.year, s.largest.before, s.largest.after);
  }
  if (shown < by_size.size())
    fmt::print("... {} states more; -o FILE.csv writes every figure\n", by_size.size() - shown);
  std::string old_years;
  for (const StateRevision& s : figures.states) {
    std::vector<int> years;
    std::ranges::copy_if(s.added, std::back_inserter(years),
                         [&](int year) { return year <= before.last_year; });
    if (!years.empty())
      old_years +=
          fmt::format("{}{} {}", old_years.empty() ? "" : "; ", s.state, years_text(years));
    if (!s.gone.empty())
      old_years +=
          fmt::format("{}{} {} gone", old_years.empty() ? "" : "; ", s.state, years_text(s.gone));
  }
  if (!old_years.empty()) fmt::print("Earlier years that only one has: {}\n", old_years);
  for (const TableRevision& t : figures.tables) {
    fmt::print("{}: {} rows added, {} gone\n", t.table, t.added.size(), t.gone.size());
    const auto some = [](const char* sign, const std::vector<std::string>& rows) {
      for (std::size_t k = 0; k < std::min<std::size_t>(rows.size(), 5); ++k)
        fmt::print("  {} {}\n", sign, rows[k]);
    };
    some("+", t.added);
    some("-", t.gone);
  }
}

void print_parameters(const Conclusions& c) {
  fmt::print("\n{:<20} {:>9} {:>9} {:>9}   {}\n", "what the fit says", "before", "revised", "after",
             "in sd of before: revised figures, new years");
  for (const MovedParameter& p : c.parameters) {
    const double revised = (p.mean.revised - p.mean.before) / p.sd.before,
                 years = (p.mean.after - p.mean.revised) / p.sd.before;
    const bool sign = std::abs(p.above_0.after - p.above_0.before) > 0.1;
    fmt::print("{:<20} {:>9.4f} {:>9.4f} {:>9.4f}   {:+.2f}, {:+.2f}{}\n", p.spec->name,
               p.mean.before, p.mean.revised, p.mean.after, revised, years,
               sign ? fmt::format("; above 0 with {:.0f} %, was {:.0f} %", 100 * p.above_0.after,
                                  100 * p.above_0.before)
                    : "");
  }
}

const char* new_years(const Conclusions& c) {
  return c.last_after > c.last_before + 1 ? "new years" : "new year";
}

void print_medians(const Conclusions& c, const Panel& before, const Flags& flags) {
  const auto wanted = states_named(flags.states, before, "--states");
  for (const StateIndex i : wanted) {
    const auto m = std::ranges::find(c.medians, before.states[i].id, &MovedMedian::state);
    if (m == c.medians.end())
      fmt::print("\n{}: not projected in both", before.states[i].name);
    else
      fmt::print("\n{} {} median: {} %, of which revised data {}, {} {} (give or take {:.1f})",
                 before.states[i].name, c.year, moved(m->milex.before, m->milex.after),
                 moved(m->milex.before, m->milex.revised), new_years(c),
                 moved(m->milex.revised, m->milex.after), 200 * m->error);
  }
  if (!wanted.empty()) fmt::print("\n");
  std::vector<const MovedMedian*> rows;
  for (const MovedMedian& m : c.medians)
    if (wanted.empty() ||
        std::ranges::any_of(wanted, [&](StateIndex i) { return before.states[i].id == m.state; }))
      rows.push_back(&m);
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const MovedMedian* m) {
    return std::abs(std::log(m->milex.after / m->milex.before));
  });
  const std::size_t shown =
      wanted.empty() ? std::min(rows.size(), static_cast<std::size_t>(flags.shown)) : rows.size();
  fmt::print("\nMedians of {} in {}, per cent\n{:<6} {:>8} {:>22} {:>16} {:>8}   {}\n", c.year,
             "milex", "state", "moved", "of which revised data", new_years(c), "error", "burden");
  for (std::size_t k = 0; k < shown; ++k) {
    const MovedMedian& m = *rows[k];
    fmt::print(
        "{:<6} {:>8} {:>22} {:>16} {:>8}   {}\n", m.state, moved(m.milex.before, m.milex.after),
        moved(m.milex.before, m.milex.revised), moved(m.milex.revised, m.milex.after),
        fmt::format("{:.1f}", 200 * m.error),
        known(m.burden.before) && known(m.burden.after)
            ? fmt::format("{:.2f} to {:.2f} % of GDP", 100 * m.burden.before, 100 * m.burden.after)
            : "no share of GDP");
  }
  if (shown < rows.size())
    fmt::print("... {} states more; --medians FILE.csv writes all, --states JPN,CHN picks\n",
               rows.size() - shown);
  fmt::print("error: two Monte Carlo errors of one median; a smaller move says nothing\n");
}

void print_races(const Conclusions& c) {
  fmt::print("\nRaces by the rule, among rivals: {} before, {} after\n", c.races_before,
             c.races_after);
  if (c.races.empty()) fmt::print("none came, none went\n");
  for (const MovedRace& r : c.races)
    fmt::print("  {} {}-{} {}-{}: {}, probability {:.0f} % (was {:.0f} % on the other figures)\n",
               r.gone ? "gone" : "new ", r.a, r.b, r.start, r.end,
               r.because == MovedRace::Because::revision
                   ? "by revision alone, so no race is reported"
                   : "by the new years",
               100 * r.chance, 100 * r.chance_other);
}

Panel side(const std::string& folder, const Flags& flags) {
  return panel_to_work_on(folder, {flags.out, flags.medians}, {}, flags.common);
}

FitOptions options_for(const Flags& flags, const Panel& panel) {
  FitFlags fit = flags.fit;
  if (fit.priors.empty()) fit.priors = panel.size() >= fewest_for_wide ? "wide" : "world";
  return options_of(fit, panel);
}

void run(const Flags& flags) {
  const Panel before = side(flags.before, flags), after = side(flags.after, flags);
  if ((before.price_year == 0) != (after.price_year == 0))
    throw Error(
        {{flags.after,
          fmt::format("one panel is in {}, the other in {}", money_text(before), money_text(after)),
          "Compare panels that are both in constant or both in current money"}});
  if (after.last_year < before.last_year)
    throw Error({{flags.after,
                  fmt::format("it ends in {}, before {} does, in {}", after.last_year, flags.before,
                              before.last_year),
                  "Give the earlier release first"}});
  const CommonMoney money = common_money(before, after);
  const FigureRevisions figures = compare_figures(before, after, money, flags.tolerance);
  if (!flags.common.quiet) {
    fmt::print("{} ({}; {}-{})\nagainst\n{} ({}; {}-{})\n\n", after.name, after.vintage,
               after.first_year, after.last_year, before.name, before.vintage, before.first_year,
               before.last_year);
    print_money(before, after, money);
    print_figures(figures, before, flags);
  }
  if (!flags.out.empty()) write_text(flags.out, csv_of(figures));
  if (flags.figures_only) return;
  ConclusionOptions options{.before = options_for(flags, before),
                            .revised = options_for(flags, cut(after, before.last_year)),
                            .after = options_for(flags, after),
                            .year = flags.year,
                            .futures = flags.futures};
  Progress progress("refitting both", flags.common.quiet);
  const Conclusions c = compare_conclusions(before, after, money, options, flags.common.execution(),
                                            [&](double part) {
                                              progress.show(part);
                                              return !interruption_asked();
                                            });
  stop_if_asked();
  if (!flags.medians.empty()) write_text(flags.medians, csv_of(c));
  if (flags.common.quiet) return;
  fmt::print(
      "\nRefitted three ways, priors {}: the figures before; the later ones up to {}; all of the "
      "later ones.\n",
      options.after.priors.name, before.last_year);
  print_parameters(c);
  print_medians(c, before, flags);
  print_races(c);
}

}  // namespace

void add_diff(CLI::App& app) {
  auto flags = std::make_shared<Flags>();
  flags->fit.priors.clear();
  CLI::App* verb = app.add_subcommand(
      "diff", "two releases of a panel: what changed, and which conclusions moved");
  verb->add_option("BEFORE", flags->before, "the earlier panel's folder")->required();
  verb->add_option("AFTER", flags->after, "the later panel's folder")->required();
  verb->add_option("-o,--out", flags->out, "CSV of every figure added, gone or revised");
  verb->add_option("--medians", flags->medians, "CSV of every state's medians");
  verb->add_option("--states", flags->states, "whose medians are printed: JPN,CHN");
  verb->add_option("--year", flags->year, "of the medians (five years after the later panel's end)")
      ->check(CLI::Range(1900, 2200));
  verb->add_option("--tolerance", flags->tolerance,
                   "a smaller relative change is no revision (0.001)")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--shown", flags->shown, "rows of a table on the screen (15)")
      ->check(CLI::Range(1, 100000));
  verb->add_option("--futures", flags->futures, "futures of each of the three (8000)")
      ->check(CLI::Range(std::int64_t{100}, std::int64_t{10'000'000}));
  verb->add_flag("--figures-only", flags->figures_only, "no refit");
  add_fit(*verb, flags->fit, false);
  add_common(*verb, flags->common);
  verb->callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
