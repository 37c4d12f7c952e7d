// SPDX-License-Identifier: Apache-2.0
#include "tenbin/engine/study.hpp"

#include <algorithm>

#include "tenbin/engine/archive.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/project/project.hpp"

namespace tenbin {

// All of a panel and of its scenarios but the places of files: what the engine computes with, and
// what the page says of it.

template <class Ar>
void fields(Ar& ar, State& x) {
  ar(x.id, x.name, x.capital, x.lat, x.lon, x.entered);
}
template <class Ar>
void fields(Ar& ar, MilexCell& x) {
  ar(x.milex, x.burden, x.kind, x.source);
}
template <class Ar>
void fields(Ar& ar, Spell& x) {
  ar(x.a, x.b, x.start, x.end, x.value, x.kind, x.basis);
}
template <class Ar>
void fields(Ar& ar, Missile& x) {
  ar(x.state, x.system, x.missile_class, x.range_km, x.in_service, x.status, x.source);
}
template <class Ar>
void fields(Ar& ar, Dispute& x) {
  ar(x.a, x.b, x.year, x.hostility_level);
}
template <class Ar>
void fields(Ar& ar, DisputePast& x) {
  ar(x.a, x.b, x.as_of, x.last, x.recent, x.basis, x.status);
}
template <class Ar>
void fields(Ar& ar, GrowthRow& x) {
  ar(x.state, x.year, x.growth, x.source, x.status);
}
template <class Ar>
void fields(Ar& ar, DemocracyRow& x) {
  ar(x.state, x.year, x.democracy);
}
template <class Ar>
void fields(Ar& ar, PersonnelRow& x) {
  ar(x.state, x.year, x.personnel);
}
template <class Ar>
void fields(Ar& ar, PriceRow& x) {
  ar(x.year, x.index);
}
template <class Ar>
void fields(Ar& ar, PlanRow& x) {
  ar(x.state, x.announced, x.burden, x.from, x.by, x.definition, x.to_panel, x.adherence_mean,
     x.adherence_sd, x.adherence_max, x.status, x.source);
}
template <class Ar>
void fields(Ar& ar, Border& x) {
  ar(x.a, x.b, x.type, x.start, x.end);
}
template <class Ar>
void fields(Ar& ar, Major& x) {
  ar(x.state, x.start, x.end);
}
template <class Ar>
void fields(Ar& ar, War& x) {
  ar(x.state, x.against, x.start, x.end, x.name);
}
template <class Ar>
void fields(Ar& ar, ListedRace& x) {
  ar(x.a, x.b, x.start, x.end);
}
template <class Ar>
void fields(Ar& ar, Story& x) {
  ar(x.state, x.year, x.text, x.source);
}
template <class Ar>
void fields(Ar& ar, Column& x) {
  ar(x.name, x.elements, x.offset, x.fixed);
}
template <class Ar>
void fields(Ar& ar, Draws& x) {
  ar(x.chains, x.draws_per_chain, x.columns, x.width, x.values);
}
template <class Ar>
void fields(Ar& ar, DisputeScale& x) {
  ar(x.mean, x.sd);
}
template <class Ar>
void fields(Ar& ar, SpanRate& x) {
  ar(x.spans, x.with_onset);
}
template <class Ar>
void fields(Ar& ar, SimulatedCount& x) {
  ar(x.first, x.last, x.observed, x.mean, x.low, x.high);
}
template <class Ar>
void fields(Ar& ar, Reliability& x) {
  ar(x.cases, x.events, x.expected);
}
template <class Ar>
void fields(Ar& ar, Classification& x) {
  ar(x.cases, x.events, x.auc, x.brier, x.log_loss, x.expected, x.tenths, x.classes);
}
template <class Ar>
void fields(Ar& ar, DisputeModel& x) {
  ar(x.fitted_to, x.first, x.last, x.rows, x.onsets, x.scale, x.draws, x.within, x.judged_on,
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
void fields(Ar& ar, LedgerRow& x) {
  ar(x.table, x.column, x.label, x.release, x.date, x.file, x.first, x.last);
}
template <class Ar>
void fields(Ar& ar, Panel& x) {
  ar(x.name, x.currency, x.vintage, x.licence, x.hash, x.figures_hash, x.notice, x.disputes_hash,
     x.price_year, x.share_of_world, x.first_year, x.last_year, x.states, x.milex, x.rivalries,
     x.ties, x.missiles, x.disputes, x.disputes_until, x.dispute_past, x.growth, x.regime, x.plans,
     x.borders, x.majors, x.personnel, x.wars, x.listed_races, x.price_index, x.stories, x.ledger,
     x.dispute_model);
}
template <class Ar>
void fields(Ar& ar, Value& x) {
  ar(x.mean, x.sd, x.low, x.high);
}
template <class Ar>
void fields(Ar& ar, YearValue& x) {
  ar(x.year, x.value);
}
template <class Ar>
void fields(Ar& ar, Lever& x) {
  ar(x.kind, x.state, x.other, x.from, x.by, x.value, x.adherence, x.as, x.states, x.reaction,
     x.path, x.why);
}
template <class Ar>
void fields(Ar& ar, Bloc& x) {
  ar(x.name, x.members);
}
template <class Ar>
void fields(Ar& ar, Scenario& x) {
  ar(x.id, x.name, x.about, x.start, x.end, x.futures, x.seed, x.focus, x.announced_plans,
     x.disputes, x.blocs, x.levers);
}
template <class Ar>
void fields(Ar& ar, Slider& x) {
  ar(x.lever, x.low, x.high, x.step, x.rest);
}
template <class Ar>
void fields(Ar& ar, PageStudy& x) {
  ar(x.panel, x.scenarios, x.sliders, x.spending, x.economy);
}

namespace {

/// Every index of the study points at something, so that no work on it reads elsewhere.
bool sound(const PageStudy& s) {
  const Panel& p = s.panel;
  const auto inside = [&](StateIndex i) { return i >= 0 && i < p.size(); };
  const auto pairs = [&](const auto& all) {
    return std::all_of(all.begin(), all.end(),
                       [&](const auto& x) { return inside(x.a) && inside(x.b); });
  };
  const auto states = [&](const auto& all) {
    return std::all_of(all.begin(), all.end(), [&](const auto& x) { return inside(x.state); });
  };
  const auto draws = [](const Draws& d) {
    return d.size() > 0 && d.values.size() == d.size() * d.width &&
           std::all_of(d.columns.begin(), d.columns.end(),
                       [&](const Column& c) { return c.offset + c.size() <= d.width; });
  };
  // Everything that futures look up by name is there, of the size that is looked up.
  const auto named = [](const Draws& d, Equation equation) {
    const Column* states = nullptr;
    for (const ParameterSpec& spec : parameters(equation)) {
      const Column* c = d.find(spec.name);
      if (!c || c->elements.empty() != (spec.scope == Scope::global)) return false;
      if (spec.scope != Scope::state) continue;
      if (states && states->elements != c->elements) return false;
      states = c;
    }
    const Column* wave = d.find("wave");
    return states && (equation == Equation::economy || (wave && !wave->elements.empty()));
  };
  const auto disputes = [](const DisputeModel& m) {
    return m.draws.width == dispute_covariates + 2;
  };
  const auto lever = [&](const Lever& l) {
    return l.kind >= LeverKind::plan && l.kind <= LeverKind::path &&
           (inside(l.state) || (l.state == all_states && l.kind == LeverKind::response)) &&
           inside(l.other) && std::all_of(l.states.begin(), l.states.end(), inside) &&
           l.reaction >= Reaction::rival_response && l.reaction <= Reaction::support_slope;
  };
  const auto bloc = [&](const Bloc& b) {
    return std::all_of(b.members.begin(), b.members.end(), inside);
  };
  const auto scenario = [&](const Scenario& one) {
    return one.futures > 0 && one.futures <= most_futures && one.start == s.scenarios[0].start &&
           one.end == s.scenarios[0].end && one.start > p.first_year + 1 &&
           one.start <= p.last_year && one.end > one.start && one.end <= one.start + 100 &&
           inside(one.focus) && std::all_of(one.levers.begin(), one.levers.end(), lever) &&
           std::all_of(one.blocs.begin(), one.blocs.end(), bloc);
  };
  return p.years() > 0 && p.years() < 1000 &&
         std::all_of(s.scenarios.begin(), s.scenarios.end(), scenario) &&
         std::all_of(s.sliders.begin(), s.sliders.end(),
                     [&](const Slider& one) { return lever(one.lever); }) &&
         p.milex.size() == p.states.size() * static_cast<std::size_t>(p.years()) &&
         pairs(p.rivalries) && pairs(p.ties) && pairs(p.disputes) && pairs(p.dispute_past) &&
         pairs(p.borders) && states(p.missiles) && states(p.growth) && states(p.regime) &&
         states(p.plans) && states(p.majors) && states(p.personnel) && states(p.wars) &&
         states(p.stories) && pairs(p.listed_races) && !s.scenarios.empty() &&
         (!p.dispute_model || (draws(p.dispute_model->draws) && disputes(*p.dispute_model))) &&
         draws(s.spending) && draws(s.economy) && named(s.spending, Equation::spending) &&
         named(s.economy, Equation::economy);
}

}  // namespace

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

std::optional<PageStudy> from_bytes(std::span<const unsigned char> bytes) {
  PageStudy study;
  ArchiveReader ar(bytes);
  ar(study);
  if (!ar.whole() || !sound(study)) return std::nullopt;
  return study;
}

}  // namespace tenbin
