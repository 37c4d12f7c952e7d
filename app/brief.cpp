// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/briefing/page.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/io/text_file.hpp"
#include "tenbin/study/live.hpp"

namespace tenbin::app {
namespace {

/// The scorecard beside the panel's tables if it is of these very figures, or why it is not shown.
struct Beside {
  std::optional<Scorecard> record;
  std::string no_record;
};
Beside read_beside(const Runs& runs) {
  const auto path = std::filesystem::path(runs.scenarios[0].panel_folder) / "scorecard.toml";
  const std::string mend =
      "tenbin backtest --scorecard writes a scorecard.toml into the panel's folder";
  if (!std::filesystem::exists(path))
    return {{},
            "Nobody has tried yet how good these forecasts would have been on this panel's past: " +
                mend};
  Scorecard card = read_scorecard(path);
  if (card.figures_hash == runs.panel.figures_hash) return {std::move(card), {}};
  return {{},
          "The scorecard beside this panel was made before one of its tables changed, and is not "
          "shown: " +
              mend};
}

struct BriefFlags : RunFlags {
  bool live = false;
};

}  // namespace

#ifdef TENBIN_LIVE
extern "C" const char tenbin_live_script[], tenbin_live_script_end[], tenbin_live_style[],
    tenbin_live_style_end[];
LivePage live_page(const Runs& runs) {
  return {
      page_study(runs.panel, runs.scenarios, runs.posterior),
      {{tenbin_live_script, tenbin_live_script_end}, {tenbin_live_style, tenbin_live_style_end}}};
}
#else
LivePage live_page(const Runs&) {
  throw Error({{"--live", "this tenbin was built without the engine for pages",
                "Build it with .ci/build page, or leave --live out"}});
}
#endif

void add_brief(CLI::App& app) {
  auto flags = std::make_shared<BriefFlags>();
  CLI::App* verb =
      app.add_subcommand("brief", "figures to posterior to futures to one self-contained page");
  verb->add_option("SCENARIOS", flags->scenarios, "scenario files; the first is the baseline")
      ->required();
  add_run_flags(*verb, *flags, "HTML");
  verb->add_flag("--live", flags->live,
                 "a page with sliders that runs the model again as they move");
  verb->callback([flags] {
    const Runs runs = prepare_runs(*flags);
    require_same_disputes(runs);
    Beside beside = read_beside(runs);
    std::optional<LivePage> live;
    if (flags->live) live = live_page(runs);
    Progress progress("projecting", flags->common.quiet);
    Briefing briefing = brief(runs.panel, runs.scenarios, runs.posterior, flags->common.execution(),
                              [&](double part) {
                                progress.show(part);
                                return !interruption_asked();
                              });
    stop_if_asked();
    briefing.creator = "tenbin " TENBIN_VERSION;
    briefing.record = std::move(beside.record);
    briefing.no_record = std::move(beside.no_record);
    write_text(flags->out, render(briefing, live ? &*live : nullptr));
    if (!flags->common.quiet) fmt::print("{}\n", health_line(runs.posterior));
    fmt::print("{}\n{}\n", headline(briefing), flags->out);
  });
}

}  // namespace tenbin::app
