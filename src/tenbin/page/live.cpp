// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/live.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/core/levers.hpp"
#include "tenbin/futures/threats.hpp"
#include "tenbin/page/narrative.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

/// Builds the sliders of a focus: its own policy, then what rivals and protectors do, then what is
/// assumed where the figures are silent.
class Choice {
 public:
  Choice(const Past& past, const Scenario& base)
      : panel_(past.panel()),
        base_(base),
        from_(base.start + 1),
        topology_(past.topology()),
        threats_(threats(past)),
        relations_(past.relations(past.year())) {}

  std::vector<Slider> all() {
    const StateIndex focus = base_.focus;
    const double now = panel_.cell(focus, base_.start).burden;
    if (known(now)) {
      add({.kind = LeverKind::plan, .state = focus, .by = target_year(), .as = PlanMode::exactly});
      add({.kind = LeverKind::cap, .state = focus});
    }
    add({.kind = LeverKind::efficiency, .state = focus});
    std::vector<StateIndex> rivals;  // by what threatens the focus most
    for (const Threat& t : threats_.pairs)
      if (t.threatened == focus && t.is_rival()) rivals.push_back(t.other);
    if (!rivals.empty()) add({.kind = LeverKind::growth, .state = rivals[0]});
    for (std::size_t k = 0; k < std::min<std::size_t>(rivals.size(), 2); ++k)
      hostility(focus, rivals[k]);
    const int cover = strongest_cover(focus);
    if (cover >= 0) {
      commitment(topology_.covers[cover], relations_.cover[cover]);
      presence(topology_.covers[cover].j, focus);
    }
    // Money says least of a rival whose share of GDP nobody knows.
    for (const StateIndex rival : rivals)
      if (!last_with_burden(panel_, rival, base_.start))
        add({.kind = LeverKind::weight, .state = rival});
    if (known(now) && cover >= 0) pressure(topology_.covers[cover].j);
    for (std::size_t r = 0; r < reaction_table.size(); ++r)
      if (reaction_table[r].slider.step > 0)
        add({.kind = LeverKind::response,
             .state = all_states,
             .reaction = static_cast<Reaction>(r)});
    if (sliders_.size() > most_sliders) sliders_.resize(most_sliders);
    return std::move(sliders_);
  }

 private:
  /// A slider over the range of the table; `rest`, where the table has none.
  void add(Lever lever, double rest = missing) {
    const SliderRange& s = slider_range(lever);
    const double now =
        lever.state == all_states ? missing : panel_.cell(lever.state, base_.start).burden;
    const auto end = [&](double fixed, double by_now) {
      return by_now > 0 ? std::max(fixed, by_now * now) : fixed;
    };
    lever.from = from_;
    sliders_.push_back({std::move(lever), end(s.low, s.low_by_now), end(s.high, s.high_by_now),
                        s.step, known(s.rest) ? s.rest : rest});
  }
  int target_year() const { return std::min(base_.start + 7, base_.end); }
  void hostility(StateIndex a, StateIndex b) {
    for (std::size_t k = 0; k < topology_.threats.size(); ++k)
      if (topology_.threats[k].i == a && topology_.threats[k].j == b)
        add({.kind = LeverKind::hostility, .state = a, .other = b}, relations_.hostility[k]);
  }
  void commitment(const Link& cover, double now) {
    add({.kind = LeverKind::commitment, .state = cover.j, .other = cover.i}, now);
  }
  /// Troops of a protector in the focus, from none to twice as many as now.
  void presence(StateIndex guest, StateIndex host) {
    for (const Guest& g : threats_.guests)
      if (g.guest == guest && g.host == host && g.troops >= 200) {
        add({.kind = LeverKind::presence, .state = guest, .other = host}, g.troops);
        sliders_.back().high = 2 * g.troops;
      }
  }
  /// Place of the cover that weighs most in money, or -1.
  int strongest_cover(StateIndex of) const {
    int best = -1;
    const double own = panel_.cell(of, base_.start).milex;
    double most = known(own) ? own : 0;  // who spends less protects nobody
    for (std::size_t k = 0; k < topology_.covers.size(); ++k) {
      const double weight =
          relations_.cover[k] * panel_.cell(topology_.covers[k].j, base_.start).milex;
      if (topology_.covers[k].i == of && weight > most) best = static_cast<int>(k), most = weight;
    }
    return best;
  }
  /// A protector presses all whom it protects.
  void pressure(StateIndex protector) {
    Lever l{.kind = LeverKind::pressure,
            .state = protector,
            .by = target_year(),
            .adherence = spec(LeverKind::pressure).adherence};
    if (const Keeping* keeping = keeping_in(panel_, base_.start)) {
      l.adherence = adherence_of(keeping->of(pressed_kind));
      l.lateness = keeping->lateness;
    }
    for (std::size_t k = 0; k < topology_.covers.size(); ++k)
      if (topology_.covers[k].j == protector && relations_.cover[k] > 0)
        l.states.push_back(topology_.covers[k].i);
    add(std::move(l));
  }

  const Panel& panel_;
  const Scenario& base_;
  int from_;
  const Topology& topology_;
  Threats threats_;
  const Relations<double>& relations_;
  std::vector<Slider> sliders_;
};

}  // namespace

int first_carried_wave(const Scenario& base) { return base.start - oldest_figures; }

Panel carried_panel(Panel panel) {
  for (Pledge& p : panel.pledges)  // a page shows none of these texts
    for (std::string* text : {&p.definition, &p.source, &p.notes, &p.status}) text->clear();
  return panel;
}

PageStudy page_study(const Past& past, const std::vector<Scenario>& scenarios,
                     const Posterior& posterior) {
  const int wave = first_carried_wave(scenarios[0]);
  std::vector<Scenario> presets = scenarios;
  for (Scenario& one : presets) one.panel_folder.clear();  // no place on this machine in a page
  return {.panel = carried_panel(past.panel()),
          .scenarios = std::move(presets),
          .sliders = Choice(past, scenarios[0]).all(),
          .spending = first_draws(posterior.spending, carried_draws, wave),
          .economy = first_draws(posterior.economy, carried_draws, wave)};
}

std::string slider_words(const Slider& slider, const Panel& panel, Language language) {
  const Lever& l = slider.lever;
  const std::string_view words =
      spec(l).has(Gives::reaction) ? spec(l.reaction).slider_words : spec(l).slider_words;
  const auto name = [&](StateIndex i) {
    return i == all_states ? "" : short_name(panel.states[i]);
  };
  return capitalised(fmt::format(fmt::runtime(translated(words, language)),
                                 fmt::arg("state", name(l.state)), fmt::arg("other", name(l.other)),
                                 fmt::arg("by", l.by)));
}

}  // namespace tenbin
