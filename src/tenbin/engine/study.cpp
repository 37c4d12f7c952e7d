// SPDX-License-Identifier: Apache-2.0
#include "tenbin/engine/study.hpp"

#include <algorithm>

#include "tenbin/engine/archive.hpp"
#include "tenbin/engine/study_check.hpp"

namespace tenbin {

// All of a panel and of its scenarios but the places of files: what the engine computes with, and
// what the page says of it.

template <class Ar>
auto fields(Ar& ar, State& x) {
  return ar(x.id, x.name, x.capital, x.lat, x.lon, x.entered);
}
template <class Ar>
auto fields(Ar& ar, MilexCell& x) {
  return ar(x.milex, x.burden, x.kind, x.source);
}
template <class Ar>
auto fields(Ar& ar, Spell& x) {
  return ar(x.a, x.b, x.start, x.end, x.value, x.kind, x.basis);
}
template <class Ar>
auto fields(Ar& ar, Missile& x) {
  return ar(x.state, x.system, x.missile_class, x.range_km, x.in_service, x.status, x.source);
}
template <class Ar>
auto fields(Ar& ar, Dispute& x) {
  return ar(x.a, x.b, x.year, x.hostility_level);
}
template <class Ar>
auto fields(Ar& ar, DisputePast& x) {
  return ar(x.a, x.b, x.as_of, x.last, x.recent, x.basis, x.status);
}
template <class Ar>
auto fields(Ar& ar, GrowthRow& x) {
  return ar(x.state, x.year, x.growth, x.source, x.status);
}
template <class Ar>
auto fields(Ar& ar, DemocracyRow& x) {
  return ar(x.state, x.year, x.democracy);
}
template <class Ar>
auto fields(Ar& ar, PersonnelRow& x) {
  return ar(x.state, x.year, x.personnel);
}
template <class Ar>
auto fields(Ar& ar, PriceRow& x) {
  return ar(x.year, x.index);
}
template <class Ar>
auto fields(Ar& ar, PlanRow& x) {
  return ar(x.state, x.announced, x.burden, x.from, x.by, x.definition, x.to_panel,
            x.adherence_mean, x.adherence_sd, x.adherence_max, x.status, x.source);
}
template <class Ar>
auto fields(Ar& ar, Border& x) {
  return ar(x.a, x.b, x.type, x.start, x.end);
}
template <class Ar>
auto fields(Ar& ar, Major& x) {
  return ar(x.state, x.start, x.end);
}
template <class Ar>
auto fields(Ar& ar, War& x) {
  return ar(x.state, x.against, x.start, x.end, x.name);
}
template <class Ar>
auto fields(Ar& ar, ListedRace& x) {
  return ar(x.a, x.b, x.start, x.end);
}
template <class Ar>
auto fields(Ar& ar, Story& x) {
  return ar(x.state, x.year, x.text, x.source);
}
template <class Ar>
auto fields(Ar& ar, Column& x) {
  return ar(x.name, x.elements, x.offset, x.fixed);
}
template <class Ar>
auto fields(Ar& ar, Draws& x) {
  return ar(x.equation, x.chains, x.draws_per_chain, x.columns, x.width, x.values,
            left_out(x.log_density), left_out(x.acceptance), left_out(x.tree_depth),
            left_out(x.leapfrogs), left_out(x.divergent));
}
template <class Ar>
auto fields(Ar& ar, DisputeScale& x) {
  return ar(x.mean, x.sd);
}
template <class Ar>
auto fields(Ar& ar, SpanRate& x) {
  return ar(x.spans, x.with_onset);
}
template <class Ar>
auto fields(Ar& ar, SimulatedCount& x) {
  return ar(x.first, x.last, x.observed, x.mean, x.low, x.high);
}
template <class Ar>
auto fields(Ar& ar, Reliability& x) {
  return ar(x.cases, x.events, x.expected);
}
template <class Ar>
auto fields(Ar& ar, Classification& x) {
  return ar(x.cases, x.events, x.auc, x.brier, x.log_loss, x.expected, x.tenths, x.classes);
}
template <class Ar>
auto fields(Ar& ar, DisputeModel& x) {
  return ar(x.fitted_to, x.first, x.last, x.rows, x.onsets, x.scale, x.draws, x.within, x.judged_on,
            x.judged, x.peace_alone, x.simulated);
}
template <class Ar>
void fields(Ar& ar, std::shared_ptr<const DisputeModel>& x) {
  bool there = x != nullptr;
  ar(there);
  if (!there) return;
  DisputeModel model = x ? *x : DisputeModel{};
  ar(model);
  x = std::make_shared<DisputeModel>(std::move(model));
}
template <class Ar>
auto fields(Ar& ar, LedgerRow& x) {
  return ar(x.table, x.column, x.label, x.release, x.date, x.file, x.first, x.last);
}
template <class Ar>
auto fields(Ar& ar, Panel& x) {
  return ar(x.name, x.currency, x.vintage, x.licence, x.hash, x.figures_hash, x.notice,
            x.disputes_hash, x.price_year, x.share_of_world, x.first_year, x.last_year, x.states,
            x.milex, x.rivalries, x.ties, x.missiles, x.disputes, x.disputes_until, x.dispute_past,
            x.growth, x.regime, x.plans, x.borders, x.majors, x.personnel, x.wars, x.listed_races,
            x.price_index, x.stories, x.ledger, x.dispute_model);
}
template <class Ar>
auto fields(Ar& ar, Value& x) {
  return ar(x.mean, x.sd, x.low, x.high);
}
template <class Ar>
auto fields(Ar& ar, YearValue& x) {
  return ar(x.year, x.value);
}
template <class Ar>
auto fields(Ar& ar, Lever& x) {
  return ar(x.kind, x.state, x.other, x.from, x.by, x.value, x.adherence, x.as, x.states,
            x.reaction, x.path, x.why, left_out(x.line));
}
template <class Ar>
auto fields(Ar& ar, Bloc& x) {
  return ar(x.name, x.members);
}
template <class Ar>
auto fields(Ar& ar, Scenario& x) {
  return ar(x.id, x.name, x.about, left_out(x.panel_folder), x.start, x.end, x.futures, x.seed,
            x.focus, x.announced_plans, x.disputes, x.blocs, x.levers);
}
template <class Ar>
auto fields(Ar& ar, Slider& x) {
  return ar(x.lever, x.low, x.high, x.step, x.rest);
}
template <class Ar>
auto fields(Ar& ar, PageStudy& x) {
  return ar(x.panel, x.scenarios, x.sliders, x.spending, x.economy);
}

Lever lever_of(const Slider& slider, double value) {
  Lever lever = slider.lever;
  lever.value = {value, 0, value, value};
  return lever;
}

std::vector<std::size_t> carried_places(const Draws& draws, int first_wave) {
  std::vector<std::size_t> kept;
  for (const Column& c : draws.columns)
    for (std::size_t e = 0; e < c.size(); ++e)
      if (c.name != "wave" || e + 1 == c.size() || std::atoi(c.elements[e].c_str()) >= first_wave)
        kept.push_back(c.offset + e);
  return kept;
}

Draws first_draws(const Draws& draws, int count, int first_wave) {
  Draws few{.equation = draws.equation,
            .chains = 1,
            .draws_per_chain = std::min(count, static_cast<int>(draws.size()))};
  const std::vector<std::size_t> kept = carried_places(draws, first_wave);
  few.width = kept.size();
  std::size_t at = 0;  // in `kept`
  for (const Column& c : draws.columns) {
    Column own{.name = c.name, .offset = at, .fixed = c.fixed};
    for (; at < kept.size() && kept[at] < c.offset + c.size(); ++at)
      if (!c.elements.empty()) own.elements.push_back(c.elements[kept[at] - c.offset]);
    few.columns.push_back(std::move(own));
  }
  for (std::size_t d = 0; d < few.size(); ++d)
    for (const std::size_t k : kept) few.values.push_back(draws.draw(d)[k]);
  return few;
}

std::vector<unsigned char> to_bytes(PageStudy study) {
  ArchiveWriter ar;
  ar(study);
  return std::move(ar.bytes);
}

std::optional<PageStudy> from_bytes(std::span<const unsigned char> bytes, std::string* fault) {
  PageStudy study;
  ArchiveReader ar(bytes);
  ar(study);
  const std::string found =
      ar.whole() ? fault_of(study) : "its bytes end too early, or too late, or are none of a study";
  if (fault) *fault = found;
  if (!found.empty()) return std::nullopt;
  return study;
}

}  // namespace tenbin
