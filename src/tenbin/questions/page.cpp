// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/page.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/page/card.hpp"
#include "tenbin/page/carried.hpp"
#include "tenbin/page/localised.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/page.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/fitting.hpp"

// live_script.S; empty where the program is built without the script.
extern "C" const char tenbin_live_script[], tenbin_live_script_end[], tenbin_live_style[],
    tenbin_live_style_end[];

namespace tenbin {
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
  if (auto card = scorecard_beside(runs.scenarios[0].panel_folder, runs.panel()))
    return {std::move(card), {}};
  return {{},
          "The scorecard beside this panel was made before one of its tables changed, and is not "
          "shown: " +
              mend};
}

/// The focus of the first scenario that changes its own focus, if no scenario changes the focus of
/// the first one.
std::optional<StateIndex> other_focus(const Runs& runs) {
  const StateIndex focus = runs.scenarios[0].focus;
  std::optional<StateIndex> other;
  for (std::size_t s = 1; s < runs.scenarios.size(); ++s) {
    const std::vector<char> changed = changed_states(runs.schedules[0], runs.schedules[s]);
    if (changed[focus]) return std::nullopt;
    if (const StateIndex own = runs.scenarios[s].focus; !other && changed[own]) other = own;
  }
  return other;
}

/// A live page carries draws of every state: above this number its file would be too large to send.
constexpr int most_states_live = 40;

/// Share of GDP and military spending of every state, scenario and year.
TidyTable projections_of(const Briefing& b) {
  TidyTable table;
  for (const char* name : {"scenario", "country", "quantity"}) table.text(name);
  table.integer("year");
  for (const double level : band_levels) table.number(fmt::format("q{:02.0f}", 100 * level));
  table.number("mean");
  for (const ScenarioAnswers& a : b.scenarios)
    for (const auto& [fan, quantity] : {std::pair(&a.burden, std::string("share of GDP")),
                                        std::pair(&a.milex, "million " + money_of(b.panel).unit)})
      for (StateIndex i = 0; i < b.panel.size(); ++i)
        for (int year = a.scenario.start; year <= a.scenario.end; ++year) {
          const Band& band = fan->at(year, i);
          if (!band.exists) continue;
          table << a.scenario.name << b.panel.states[i].name << quantity << year;
          for (const double q : band.quantile) table << q;
          table << band.mean;
        }
  return table;
}

}  // namespace

DocumentScript live_script() {
  return {{tenbin_live_script, tenbin_live_script_end}, {tenbin_live_style, tenbin_live_style_end}};
}

std::optional<Scorecard> scorecard_beside(const std::filesystem::path& folder, const Panel& panel) {
  const auto path = folder / "scorecard.toml";
  if (!std::filesystem::exists(path)) return std::nullopt;
  Scorecard card = read_scorecard(path);
  if (card.figures_hash != panel.figures_hash) return std::nullopt;
  return card;
}

BriefingPage briefing_page(Runs runs, Language language, bool plain, const Execution& execution,
                           const std::function<bool(double)>& go_on) {
  require_same_disputes(runs);
  const std::optional<StateIndex> other = other_focus(runs);
  Beside beside = read_beside(runs);
  const DocumentScript script = plain ? DocumentScript{} : live_script();
  BriefingPage result;
  if (other) {
    StateIndex& focus = runs.scenarios[0].focus;
    const std::vector<State>& states = runs.panel().states;
    result.notes.push_back({runs.files[0].string(),
                            fmt::format("the page is about {}: no scenario changes {}",
                                        states[*other].name, states[focus].name),
                            "Set focus in the first scenario to choose another state",
                            Problem::Kind::note});
    focus = *other;
  }
  result.live = !script.text.empty() && runs.panel().size() <= most_states_live;
  if (!plain && !result.live)
    result.no_sliders =
        script.text.empty()
            ? "this tenbin was built without the engine for pages; ./run builds it"
            : fmt::format("with more than {} states its file would be too large", most_states_live);
  std::optional<LivePage> page;
  Briefing briefing;
  if (result.live) {
    page = {carried(runs, *runs.posterior), script};
    page->carried.record = std::move(beside.record);
    page->carried.no_record = std::move(beside.no_record);
    page->carried.creator = creator();
    briefing = brief_compiled(page->carried, runs, execution, go_on);
  } else {
    briefing = brief(runs, *runs.posterior, execution, go_on);
    briefing.creator = creator();
    briefing.record = std::move(beside.record);
    briefing.no_record = std::move(beside.no_record);
  }
  if (go_on && !go_on(1)) return result;
  result.html = render(briefing, language, page ? &*page : nullptr);
  briefing = localised(std::move(briefing), language);
  result.headline = Narrative(briefing).headline();
  result.card = card_svg(briefing);
  result.projections = projections_of(briefing);
  return result;
}

}  // namespace tenbin
