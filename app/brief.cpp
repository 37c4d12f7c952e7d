// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/briefing/page.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/dispute_file.hpp"
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

/// The risk of disputes, by the posterior beside the panel.
void add_disputes(const std::filesystem::path& folder, int start, Briefing& briefing) {
  const auto path = folder / "disputes.toml";
  if (!std::filesystem::exists(path)) {
    briefing.no_disputes =
        "The panel's folder holds no disputes.toml (tenbin disputes writes one), so the risk of "
        "disputes is not judged";
    return;
  }
  DisputeFile file = read_disputes(path);
  auto risks = dispute_risks(briefing.panel, start, file.draws, file.scale);
  if (risks.empty()) {
    briefing.no_disputes = fmt::format(
        "The panel tells of no dyad's past up to {}, so the risk of disputes is not judged", start);
    return;
  }
  briefing.disputes = {
      std::move(risks), std::move(file.judged), file.judged_on, file.first, file.last, file.rows,
      file.onsets};
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
    add_disputes(runs.scenarios[0].panel_folder, runs.scenarios[0].start, briefing);
    write_text(flags->out, render(briefing));
    if (!flags->common.quiet) fmt::print("{}\n", health_line(runs.posterior));
    fmt::print("{}\n{}\n", headline(briefing), flags->out);
  });
}

}  // namespace tenbin::app
