// SPDX-License-Identifier: Apache-2.0
// Two releases of a panel: what changed, and whether it matters.
#include <fmt/format.h>

#include <algorithm>

#include "common.hpp"
#include "diff_print.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/session/releases.hpp"
#include "tenbin/study/revision.hpp"

namespace tenbin::app {
namespace diff_verb {

struct Flags : DiffSettings {
  std::string before, after, out, medians, states;
  int shown = 15;
  bool figures_only = false;
  FitFlags fit;
  CommonFlags common;
};

Panel side(const std::string& folder, const Flags& flags) {
  return panel_to_work_on(folder, {flags.out, flags.medians}, {}, flags.common);
}

void run(const Flags& flags) {
  const Panel before = side(flags.before, flags), after = side(flags.after, flags);
  require_comparable(before, after, flags.before, flags.after, flags.year);
  const DiffTold told{before, after, states_named(flags.states, before, "--states"),
                      static_cast<std::size_t>(flags.shown)};
  const CommonMoney money = common_money(before, after);
  const FigureRevisions figures = compare_figures(before, after, money, flags.tolerance);
  if (!flags.out.empty()) write_text(flags.out, csv_text(figure_table(before, after, figures)));
  if (!flags.common.quiet) {
    fmt::print("{} ({}; {}-{})\nagainst\n{} ({}; {}-{})\n\n", after.name, after.vintage,
               after.first_year, after.last_year, before.name, before.vintage, before.first_year,
               before.last_year);
    print_money(told, money);
    print_figures(told, figures, flags.tolerance);
  }
  if (flags.figures_only) return;
  const ConclusionOptions options = conclusion_options(before, after, flags.fit, flags);
  Progress progress("refitting both", flags.common.quiet);
  const Conclusions c = compare_conclusions(before, after, money, options, flags.common.execution(),
                                            [&](double part) {
                                              progress.show(part);
                                              return !interruption_asked();
                                            });
  stop_if_asked();
  if (!flags.medians.empty()) write_text(flags.medians, csv_text(median_table(c)));
  if (!flags.common.quiet) print_conclusions(told, c, options.after.priors.name);
}

}  // namespace diff_verb

void add_diff(CLI::App& program) {
  using namespace diff_verb;
  auto flags = std::make_shared<Flags>();
  flags->fit.priors.clear();
  CLI::App& verb = *program.add_subcommand(
      "diff", "two releases of a panel: what changed, and which conclusions moved");
  verb.add_option("BEFORE", flags->before, "the earlier panel's folder")->required();
  verb.add_option("AFTER", flags->after, "the later panel's folder")->required();
  verb.add_option("-o,--out", flags->out, "CSV of every figure added, gone or revised");
  verb.add_option("--medians", flags->medians, "CSV of every state's medians");
  verb.add_option("--states", flags->states, "whose medians are printed: JPN,CHN");
  add_setting(verb, "year", flags->year);
  add_setting(verb, "tolerance", flags->tolerance);
  verb.add_option("--shown", flags->shown, "rows of a table on the screen (15)")
      ->check(CLI::Range(1, 100000));
  add_setting(verb, "futures", flags->futures, "futures of each of the three (8000)");
  verb.add_flag("--figures-only", flags->figures_only, "no refit");
  add_fit(verb, flags->fit, false);
  add_common(verb, flags->common);
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
