// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/live.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/analyse/tables.hpp"
#include "tenbin/core/levers.hpp"

namespace tenbin {
namespace {

/// Builds the sliders of a focus: its own policy, then what rivals and protectors do, then what is
/// assumed where the figures are silent.
class Choice {
 public:
  Choice(const Past& past, const Scenario& base)
      : past_(past),
        panel_(past.panel()),
        base_(base),
        from_(base.start + 1),
        topology_(past.topology()),
        relations_(past.relations(past.year())) {}

  std::vector<Slider> all() {
    const StateIndex focus = base_.focus;
    const double now = panel_.cell(focus, base_.start).burden;
    if (known(now)) {
      plan(focus, now);
      cap(focus, now);
    }
    efficiency(focus);
    std::vector<ThreatShare> threats = threat_shares(past_);
    std::erase_if(threats, [&](const ThreatShare& t) { return t.state != focus; });
    std::stable_sort(threats.begin(), threats.end(),
                     [](const auto& a, const auto& b) { return a.share > b.share; });
    std::vector<ThreatShare> rivals = threats;
    if (rivals.size() > 2) rivals.resize(2);
    for (const ThreatShare& r : rivals) {
      growth(r.rival);
      hostility(focus, r.rival);
    }
    const int cover = strongest_cover(focus);
    if (cover >= 0) commitment(topology_.covers[cover].j, focus, relations_.cover[cover]);
    // Money says least of a rival whose share of GDP nobody knows.
    for (const ThreatShare& t : threats)
      if (!last_with_burden(panel_, t.rival, base_.start)) weight(t.rival);
    if (known(now) && cover >= 0) pressure(topology_.covers[cover].j);
    response(Reaction::rival_response, -0.5, 3, 0.05);
    response(Reaction::threat_slope, -0.2, 1, 0.02);
    if (sliders_.size() > most_sliders) sliders_.resize(most_sliders);
    return std::move(sliders_);
  }

 private:
  /// `rest` NaN: the lever is absent until it is moved.
  void add(Lever lever, double low, double high, double step, double rest) {
    lever.from = from_;
    sliders_.push_back({std::move(lever), low, high, step, rest});
  }
  int target_year() const { return std::min(base_.start + 7, base_.end); }
  void plan(StateIndex i, double now) {
    add({.kind = LeverKind::plan, .state = i, .by = target_year(), .as = PlanMode::exactly}, 0.002,
        std::max(0.05, 2 * now), 0.0005, missing);
  }
  void cap(StateIndex i, double now) {
    add({.kind = LeverKind::cap, .state = i}, 0.5 * now, std::max(0.03, 2 * now), 0.0005, missing);
  }
  void efficiency(StateIndex i) {
    add({.kind = LeverKind::efficiency, .state = i}, 0.5, 2, 0.05, 1);
  }
  void growth(StateIndex i) {
    add({.kind = LeverKind::growth, .state = i}, -0.05, 0.05, 0.0025, 0);
  }
  void hostility(StateIndex a, StateIndex b) {
    for (std::size_t k = 0; k < topology_.threats.size(); ++k)
      if (topology_.threats[k].i == a && topology_.threats[k].j == b)
        add({.kind = LeverKind::hostility, .state = a, .other = b}, 0, 1, 0.05,
            relations_.hostility[k]);
  }
  void commitment(StateIndex protector, StateIndex of, double now) {
    add({.kind = LeverKind::commitment, .state = protector, .other = of}, 0, 1, 0.05, now);
  }
  void weight(StateIndex i) { add({.kind = LeverKind::weight, .state = i}, 0, 50, 0.5, 1); }
  /// Place of the cover that weighs most in money, or -1.
  int strongest_cover(StateIndex of) const {
    int best = -1;
    double most = 0;
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
            .adherence = ally_adherence};
    for (std::size_t k = 0; k < topology_.covers.size(); ++k)
      if (topology_.covers[k].j == protector && relations_.cover[k] > 0)
        l.states.push_back(topology_.covers[k].i);
    add(std::move(l), 0.01, 0.05, 0.001, missing);
  }
  void response(Reaction reaction, double low, double high, double step) {
    add({.kind = LeverKind::response, .state = all_states, .reaction = reaction}, low, high, step,
        missing);
  }

  const Past& past_;
  const Panel& panel_;
  const Scenario& base_;
  int from_;
  const Topology& topology_;
  const Relations<double>& relations_;
  std::vector<Slider> sliders_;
};

}  // namespace

int first_carried_wave(const Scenario& base) { return base.start - oldest_figures; }

PageStudy page_study(const Past& past, const std::vector<Scenario>& scenarios,
                     const Posterior& posterior) {
  const int wave = first_carried_wave(scenarios[0]);
  return {.panel = past.panel(),
          .scenarios = scenarios,
          .sliders = Choice(past, scenarios[0]).all(),
          .spending = first_draws(posterior.spending, carried_draws, wave),
          .economy = first_draws(posterior.economy, carried_draws, wave)};
}

std::string slider_words(const Slider& slider, const Panel& panel) {
  const Lever& l = slider.lever;
  const auto name = [&](StateIndex i) { return panel.states[i].name; };
  switch (l.kind) {
    case LeverKind::plan:
      return fmt::format("{} reaches just this share of GDP in {}", name(l.state), l.by);
    case LeverKind::cap:
      return fmt::format("A rule at home caps {}'s share of GDP", name(l.state));
    case LeverKind::efficiency:
      return fmt::format("What {}'s money buys", name(l.state));
    case LeverKind::growth:
      return fmt::format("{}'s economy grows faster or slower, a year", name(l.state));
    case LeverKind::hostility:
      return fmt::format("How far {} and {} count each other as a threat", name(l.state),
                         name(l.other));
    case LeverKind::commitment:
      return fmt::format("How far {} is bound to defend {}", name(l.state), name(l.other));
    case LeverKind::weight:
      return fmt::format("How much heavier {} weighs than its money", name(l.state));
    case LeverKind::pressure:
      return fmt::format("{} presses its allies to this share of GDP by {}", name(l.state), l.by);
    case LeverKind::response:
      return l.reaction == Reaction::rival_response
                 ? "Assumption: everybody's answer to its rivals' rise"
                 : "Assumption: how far felt threat raises everybody's target";
    default:
      return "";
  }
}

}  // namespace tenbin
