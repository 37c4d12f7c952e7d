// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/briefing/page.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin::app {
namespace {

/// The scorecard beside the panel, if it is of these very figures.
void add_record(const std::filesystem::path& folder, Briefing& briefing) {
  const auto path = folder / "scorecard.toml";
  const std::string mend =
      "tenbin backtest --scorecard writes a scorecard.toml into the panel's folder";
  if (!std::filesystem::exists(path)) {
    briefing.no_record =
        "Nobody has tried yet how good these forecasts would have been on this "
        "panel's past: " +
        mend;
    return;
  }
  Scorecard card = read_scorecard(path);
  if (card.figures_hash == briefing.panel.figures_hash)
    briefing.record = std::move(card);
  else
    briefing.no_record =
        "The scorecard beside this panel was made before one of its tables "
        "changed, and is not shown: " +
        mend;
}

}  // namespace

void add_brief(CLI::App& app) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* verb =
      app.add_subcommand("brief", "figures to posterior to futures to one self-contained page");
  verb->add_option("SCENARIOS", flags->scenarios, "scenario files; the first is the baseline")
      ->required();
  add_run_flags(*verb, *flags, "HTML");
  verb->callback([flags] {
    const Runs runs = prepare_runs(*flags);
    Progress progress("projecting", flags->common.quiet);
    Briefing briefing = brief(runs.panel, runs.scenarios, runs.posterior, flags->common.execution(),
                              [&](double part) {
                                progress.show(part);
                                return !interruption_asked();
                              });
    stop_if_asked();
    briefing.creator = "tenbin " TENBIN_VERSION;
    add_record(runs.scenarios[0].panel_folder, briefing);
    write_text(flags->out, render(briefing));
    if (!flags->common.quiet) fmt::print("{}\n", health_line(runs.posterior));
    fmt::print("{}\n{}\n", headline(briefing), flags->out);
  });
}

}  // namespace tenbin::app
