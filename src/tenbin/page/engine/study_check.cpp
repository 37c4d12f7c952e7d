// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/engine/study_check.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "tenbin/core/levers.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/model/disputes.hpp"
#include "tenbin/model/draws_check.hpp"

namespace tenbin {
namespace {

/// std::ranges::all_of, which the C++ library of the page's compiler has not.
template <class All, class Holds>
bool all_of(const All& all, const Holds& holds) {
  return std::all_of(all.begin(), all.end(), holds);
}

constexpr int most_count = 1 << 30;  // of cases, events, rows: sums of two are whole numbers still
bool is_count(int n) { return n >= 0 && n <= most_count; }
bool is_end(int year) { return is_year(year) || year == still_going; }

/// Indices of states.
struct Inside {
  int states;
  bool operator()(StateIndex i) const { return i >= 0 && i < states; }
  template <class Row>
  bool pairs(const std::vector<Row>& rows) const {
    return all_of(rows, [&](const Row& x) { return (*this)(x.a) && (*this)(x.b); });
  }
  template <class Row>
  bool own(const std::vector<Row>& rows) const {
    return all_of(rows, [&](const Row& x) { return (*this)(x.state); });
  }
};
Inside inside(const PageStudy& s) { return {s.panel.size()}; }

template <class Row>
bool spans(const std::vector<Row>& rows) {
  return all_of(rows, [](const Row& x) { return is_year(x.start) && is_end(x.end); });
}
template <class Row>
bool dated(const std::vector<Row>& rows) {
  return all_of(rows, [](const Row& x) { return is_year(x.year); });
}

bool is_rule(const StockRule& r) {
  return r.decay > 0 && r.decay < 1 && r.prior_growth > -r.decay && r.prior_growth < 1 &&
         r.fading_length > 0 && r.fading_length < 1e9;
}

bool has_cells(const PageStudy& s) {
  const Panel& p = s.panel;
  return p.states.size() <= most_page_states && is_year(p.first_year) && is_year(p.last_year) &&
         p.years() > 0 && p.years() < 1000 &&
         p.milex.size() == p.states.size() * static_cast<std::size_t>(p.years()) &&
         is_rule(p.stock_rule) && all_of(p.milex, [](const MilexCell& c) {
           return c.kind >= MilexKind::none && c.kind <= MilexKind::imputed;
         });
}

bool names_states(const PageStudy& s) {
  const Panel& p = s.panel;
  const Inside in = inside(s);
  return in.pairs(p.rivalries) && in.pairs(p.ties) && in.pairs(p.disputes) &&
         in.pairs(p.dispute_past) && in.pairs(p.borders) && in.pairs(p.listed_races) &&
         in.own(p.missiles) && in.own(p.growth) && in.own(p.regime) && in.own(p.plans) &&
         in.own(p.pledges) && in.own(p.own_shares) && in.own(p.majors) && in.own(p.personnel) &&
         in.own(p.wars) && in.own(p.stories) && in.own(p.nuclear) && in.own(p.outside_danger) &&
         in.own(p.price_levels) && in.own(p.economy) && in.own(p.expectations) &&
         all_of(p.presence, [&](const PresenceRow& r) { return in(r.guest) && in(r.host); }) &&
         all_of(p.aggressions, [&](const Aggression& a) { return in(a.aggressor); }) &&
         all_of(p.indicators,
                [&](const IndicatorRow& r) {
                  return (r.actor == -1 || in(r.actor)) && (r.target == -1 || in(r.target));
                }) &&
         all_of(p.wars, [&](const War& w) { return w.against == -1 || in(w.against); });
}

bool names_years(const PageStudy& s) {
  const Panel& p = s.panel;
  return spans(p.rivalries) && spans(p.ties) && spans(p.borders) && spans(p.majors) &&
         spans(p.wars) && spans(p.listed_races) && spans(p.aggressions) && dated(p.presence) &&
         dated(p.nuclear) && dated(p.outside_danger) && dated(p.price_levels) && dated(p.economy) &&
         dated(p.expectations) && dated(p.indicators) && dated(p.own_shares) && dated(p.disputes) &&
         dated(p.growth) && dated(p.regime) && dated(p.personnel) && dated(p.price_index) &&
         dated(p.stories) && is_year(p.price_year) && is_year(p.disputes_until) &&
         all_of(p.states, [](const State& x) { return !x.entered || is_year(*x.entered); }) &&
         all_of(p.missiles, [](const Missile& x) { return is_year(x.in_service); }) &&
         all_of(p.ledger, [](const LedgerRow& x) { return is_year(x.first) && is_year(x.last); }) &&
         all_of(p.plans,
                [](const PlanRow& x) {
                  return is_year(x.announced) && is_year(x.from) && is_year(x.by) &&
                         static_cast<std::size_t>(x.kind) < promise_kinds;
                }) &&
         all_of(p.pledges,
                [](const Pledge& x) {
                  return is_year(x.announced) && is_year(x.from) && (x.by == 0 || is_year(x.by)) &&
                         (x.withdrawn == 0 || is_year(x.withdrawn)) &&
                         static_cast<std::size_t>(x.kind) < pledge_kind_names.size() &&
                         static_cast<std::size_t>(x.measure) < pledge_measure_names.size() &&
                         static_cast<std::size_t>(x.form) < pledge_form_names.size() &&
                         static_cast<std::size_t>(x.as) < plan_mode_names.size();
                }) &&
         all_of(p.keeping, [](const Keeping& x) {
           return is_year(x.as_of) && x.lateness > 0 &&
                  all_of(x.kinds, [](const KindKeeping& k) { return k.sd >= 0; });
         });
}

/// As panel_records.cpp requires it: an onset is counted among the years that are remembered.
bool has_past(const PageStudy& s) {
  return all_of(s.panel.dispute_past, [](const DisputePast& x) {
    return is_year(x.as_of) && is_year(x.last) && x.last <= x.as_of && x.recent >= 0 &&
           (x.recent == 0 || x.recent <= dispute_memory - (x.as_of - x.last));
  });
}

bool has_danger(const PageStudy& s) {
  return all_of(s.panel.danger, [](const DangerModel& m) {
    return is_year(m.first) && is_year(m.last) && is_count(m.rows) && is_count(m.fatal.onsets) &&
           is_count(m.force.onsets);
  });
}

bool has_disputes(const PageStudy& s) {
  if (!s.panel.dispute_model) return true;
  const DisputeModel& m = *s.panel.dispute_model;
  const auto counted = [](const Reliability& r) { return is_count(r.cases) && is_count(r.events); };
  const auto judged = [&](const Classification& c) {
    return is_count(c.cases) && is_count(c.events) && all_of(c.tenths, counted) &&
           all_of(c.classes, counted);
  };
  return has_shape(m.draws) && m.draws.width == dispute_numbers && is_year(m.first) &&
         is_year(m.last) && is_count(m.rows) && is_count(m.onsets) && all_of(m.judged, judged) &&
         judged(m.peace_alone) && (m.within.empty() || m.within.size() == longest_span) &&
         all_of(m.within,
                [](const SpanRate& r) { return is_count(r.spans) && is_count(r.with_onset); }) &&
         all_of(m.simulated, [](const SimulatedCount& c) {
           return static_cast<std::size_t>(c.severity) < severities && is_year(c.first) &&
                  is_year(c.last) && is_count(c.observed);
         });
}

bool is_lever(const Lever& l, const Inside& in) {
  return static_cast<std::size_t>(l.kind) < lever_table.size() &&
         (in(l.state) || (l.state == all_states && spec(l).has(Gives::state_or_all))) &&
         in(l.other) && all_of(l.states, in) &&
         static_cast<std::size_t>(l.reaction) < reaction_table.size() &&
         static_cast<std::size_t>(l.as) < plan_mode_names.size() && is_year(l.from) &&
         is_year(l.by) && dated(l.path);
}

/// Presets are compared future by future: they share years, seed and disputes with the first.
bool has_scenarios(const PageStudy& s) {
  if (s.scenarios.empty() || s.scenarios.size() > most_page_scenarios) return false;
  const Panel& p = s.panel;
  const Scenario& first = s.scenarios[0];
  const Inside in = inside(s);
  if (first.start <= p.first_year + 1 || first.start > p.last_year || first.end <= first.start ||
      first.end - first.start > 100)
    return false;
  return all_of(s.scenarios, [&](const Scenario& one) {
    return one.futures > 0 && one.futures <= most_futures && one.start == first.start &&
           one.end == first.end && one.seed == first.seed && one.disputes == first.disputes &&
           in(one.focus) && all_of(one.levers, [&](const Lever& l) { return is_lever(l, in); }) &&
           all_of(one.blocs, [&](const Bloc& b) { return all_of(b.members, in); });
  });
}

bool has_sliders(const PageStudy& s) {
  const Inside in = inside(s);
  return s.sliders.size() <= most_page_sliders &&
         all_of(s.sliders, [&](const Slider& one) { return is_lever(one.lever, in); });
}

/// In the order of need: a later check relies on the earlier ones.
constexpr std::array<std::pair<bool (*)(const PageStudy&), std::string_view>, 8> checks{
    {{has_cells, "its figures do not have the size that its states and years name"},
     {names_states, "a row names a state that it does not hold"},
     {names_years, "a row names a year that is none"},
     {has_past, "a past of disputes contradicts itself"},
     {has_disputes, "its model of disputes is not whole"},
     {has_danger, "its model of danger is not whole"},
     {has_scenarios, "a scenario names years, states or a number of futures that it cannot have"},
     {has_sliders, "a slider moves a lever that is none"}}};

}  // namespace

std::string fault_of(const PageStudy& study) {
  for (const auto& [holds, otherwise] : checks)
    if (!holds(study)) return std::string(otherwise);
  for (const Draws* draws : {&study.spending, &study.economy})
    if (draws->values.size() > 0 && draws->width > 0 &&
        draws->values.size() / draws->width > carried_draws)
      return "it holds more draws than a page carries";
  const std::string fault = fault_of(study.spending, Equation::spending);
  return fault.empty() ? fault_of(study.economy, Equation::economy) : fault;
}

}  // namespace tenbin
