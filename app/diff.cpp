// SPDX-License-Identifier: Apache-2.0
// Two releases of a panel: what changed, and whether it matters.
#include <fmt/format.h>

#include <algorithm>

#include "common.hpp"
#include "diff_print.hpp"
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

Panel side(const std::string& folder, const Flags& flags) {
  return panel_to_work_on(folder, {flags.out, flags.medians}, {}, flags.common);
}

FitOptions options_for(const Flags& flags, const Panel& panel) {
  FitFlags fit = flags.fit;
  if (fit.priors.empty()) fit.priors = panel.size() >= fewest_for_wide ? "wide" : "world";
  return options_of(fit, panel);
}

/// Refuses what cannot be compared.
void require_comparable(const Panel& before, const Panel& after, const Flags& flags) {
  const auto refuse = [](const std::string& where, std::string what, std::string mend) {
    throw Error({{where, std::move(what), std::move(mend)}});
  };
  if ((before.price_year == 0) != (after.price_year == 0))
    refuse(flags.after, "one panel is in constant money, the other in current money",
           "Compare panels that are both in constant or both in current money");
  if (after.last_year < before.last_year)
    refuse(flags.after,
           fmt::format("it ends in {}, before {} does, in {}", after.last_year, flags.before,
                       before.last_year),
           "Give the earlier release first");
  if (flags.year > 0 && flags.year <= after.last_year)
    refuse("--year",
           fmt::format("{} is not after the later panel's end, {}", flags.year, after.last_year),
           fmt::format("Give {} or later", after.last_year + 1));
  if (std::ranges::none_of(before.states,
                           [&](const State& s) { return after.find(s.id).has_value(); }))
    refuse(flags.after, fmt::format("no state of {} is in it", flags.before),
           "Compare two panels of the same states");
}

void run(const Flags& flags) {
  const Panel before = side(flags.before, flags), after = side(flags.after, flags);
  require_comparable(before, after, flags);
  const DiffTold told{before, after, states_named(flags.states, before, "--states"),
                      static_cast<std::size_t>(flags.shown)};
  const CommonMoney money = common_money(before, after);
  const FigureRevisions figures = compare_figures(before, after, money, flags.tolerance);
  if (!flags.out.empty()) write_text(flags.out, figures_csv(told, figures));
  if (!flags.common.quiet) {
    fmt::print("{} ({}; {}-{})\nagainst\n{} ({}; {}-{})\n\n", after.name, after.vintage,
               after.first_year, after.last_year, before.name, before.vintage, before.first_year,
               before.last_year);
    print_money(told, money);
    print_figures(told, figures, flags.tolerance);
  }
  if (flags.figures_only) return;
  const ConclusionOptions options{.before = options_for(flags, before),
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
  if (!flags.medians.empty()) write_text(flags.medians, medians_csv(c));
  if (!flags.common.quiet) print_conclusions(told, c, options.after.priors.name);
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
