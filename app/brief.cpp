// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/briefing/page.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/io/text_file.hpp"
#include "tenbin/study/carried.hpp"

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
  bool plain = false;
};

/// A live page carries draws of every state: above this number its file would be too large to send.
constexpr int most_states_live = 40;

}  // namespace

#ifdef TENBIN_LIVE
extern "C" const char tenbin_live_script[], tenbin_live_script_end[], tenbin_live_style[],
    tenbin_live_style_end[];
DocumentScript live_script() {
  return {{tenbin_live_script, tenbin_live_script_end}, {tenbin_live_style, tenbin_live_style_end}};
}
#else
DocumentScript live_script() { return {}; }
#endif

void add_brief(CLI::App& app) {
  auto flags = std::make_shared<BriefFlags>();
  CLI::App* verb =
      app.add_subcommand("brief", "figures to posterior to futures to one self-contained page");
  verb->add_option("SCENARIOS", flags->scenarios, "scenario files; the first is the baseline")
      ->required();
  add_run_flags(*verb, *flags, "HTML");
  verb->add_flag("--plain", flags->plain,
                 "a page without a script: no sliders, and computed with the whole posterior");
  verb->callback([flags] {
    const Runs runs = prepare_runs(*flags);
    require_same_disputes(runs);
    Beside beside = read_beside(runs);
    const DocumentScript script = flags->plain ? DocumentScript{} : live_script();
    const bool live = !script.text.empty() && runs.panel.size() <= most_states_live;
    if (!flags->plain && !live && !flags->common.quiet)
      fmt::print(stderr, "note: the page has no sliders: {}\n",
                 script.text.empty()
                     ? "this tenbin was built without the engine for pages; ./run builds it"
                     : fmt::format("with more than {} states its file would be too large",
                                   most_states_live));
    Progress progress("projecting", flags->common.quiet);
    const auto go_on = [&](double part) {
      progress.show(part);
      return !interruption_asked();
    };
    const Execution execution = flags->common.execution();
    std::optional<LivePage> page;
    Briefing briefing;
    if (live) {
      page = {carried(runs.panel, runs.scenarios, runs.posterior), script};
      page->carried.record = std::move(beside.record);
      page->carried.no_record = std::move(beside.no_record);
      page->carried.creator = creator;
      briefing = brief(page->carried, execution, go_on);
    } else {
      briefing = brief(runs.panel, runs.scenarios, runs.posterior, execution, go_on);
      briefing.creator = creator;
      briefing.record = std::move(beside.record);
      briefing.no_record = std::move(beside.no_record);
    }
    stop_if_asked();
    write_text(flags->out, render(briefing, page ? &*page : nullptr));
    if (!flags->common.quiet) fmt::print("{}\n", health_line(runs.posterior));
    fmt::print("{}\n{}\n", headline(briefing), flags->out);
  });
}

}  // namespace tenbin::app
