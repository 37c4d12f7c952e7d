// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/carried.hpp"

#include <algorithm>

#include "tenbin/engine/archive.hpp"
#include "tenbin/study/live.hpp"

namespace tenbin {

template <class Ar>
void fields(Ar& ar, Summary& x) {
  ar(x.name, x.fixed, x.mean, x.sd, x.mcse_mean, x.q05, x.median, x.q95, x.ess_bulk, x.ess_tail,
     x.rhat);
}
template <class Ar>
void fields(Ar& ar, Health& x) {
  ar(x.rhat_max, x.ess_bulk_min, x.ess_tail_min, x.rhat_worst, x.ess_worst, x.divergences,
     x.max_depth_hits, x.draws);
}
template <class Ar>
void fields(Ar& ar, Prior& x) {
  ar(x.kind, x.a, x.b);
}
template <class Ar>
void fields(Ar& ar, PriorSet& x) {
  ar(x.name, x.spending, x.economy);
}
template <class Ar>
void fields(Ar& ar, FitOptions& x) {
  ar(x.chains, x.warmup, x.draws, x.target_accept, x.seed, x.priors, x.without, x.leave_out);
}
template <class Ar>
void fields(Ar& ar, Posterior& x) {
  ar(x.spending_summary, x.economy_summary, x.spending_health, x.economy_health, x.asked,
     x.rows_spending, x.rows_economy);
}
template <class Ar>
void fields(Ar& ar, MethodScore& x) {
  ar(x.method, x.crps, x.log_score, x.absolute_error, x.coverage, x.width, x.energy, x.skill,
     x.skill_se, x.dm, x.dm_p);
}
template <class Ar>
void fields(Ar& ar, HorizonScores& x) {
  ar(x.what, x.horizon, x.cases, x.origins, x.methods, x.pit);
}
template <class Ar>
void fields(Ar& ar, StateScores& x) {
  ar(x.state, x.boards);
}
template <class Ar>
void fields(Ar& ar, Miss& x) {
  ar(x.state, x.origin, x.horizon, x.off, x.beyond, x.story, x.source);
}
template <class Ar>
void fields(Ar& ar, PlanCase& x) {
  ar(x.state, x.origin, x.horizon, x.pit, x.crps);
}
template <class Ar>
void fields(Ar& ar, TermWorth& x) {
  ar(x.term, x.horizon, x.change, x.error);
}
template <class Ar>
void fields(Ar& ar, Scorecard& x) {
  ar(x.panel, x.figures_hash, x.release, x.setup, x.origins, x.first_origin, x.last_origin,
     x.states, x.milex, x.burden, x.by_state, x.misses, x.plans, x.terms);
}
template <class Ar>
void fields(Ar& ar, Carried& x) {
  ar(x.creator, x.fit, x.record, x.no_record);
}

namespace {

bool sound(const Scorecard& card) {
  const auto boards = [](const std::vector<HorizonScores>& all) {
    return std::all_of(all.begin(), all.end(), [](const auto& h) { return !h.methods.empty(); });
  };
  return boards(card.milex) && boards(card.burden) &&
         std::all_of(card.by_state.begin(), card.by_state.end(),
                     [&](const StateScores& s) { return boards(s.boards); });
}

}  // namespace

Carried carried(const Panel& panel, const std::vector<Scenario>& scenarios,
                const Posterior& posterior) {
  Carried c{.study = page_study(panel, scenarios, posterior)};
  const int wave = first_carried_wave(scenarios[0]);
  const auto cut = [&](const Draws& draws, const std::vector<Summary>& all) {
    std::vector<Summary> few;
    for (const std::size_t k : carried_places(draws, wave)) few.push_back(all[k]);
    return few;
  };
  c.fit.spending_summary = cut(posterior.spending, posterior.spending_summary);
  c.fit.economy_summary = cut(posterior.economy, posterior.economy_summary);
  c.fit.spending_health = posterior.spending_health;
  c.fit.economy_health = posterior.economy_health;
  c.fit.asked = posterior.asked;
  c.fit.rows_spending = posterior.rows_spending;
  c.fit.rows_economy = posterior.rows_economy;
  return c;
}

Briefing brief(const Carried& carried, const Execution& execution,
               const std::function<bool(double)>& go_on) {
  Posterior posterior = carried.fit;
  posterior.spending = carried.study.spending;
  posterior.economy = carried.study.economy;
  Briefing b = brief(carried.study.panel, carried.study.scenarios, posterior, execution, go_on);
  b.creator = carried.creator;
  b.record = carried.record;
  b.no_record = carried.no_record;
  return b;
}

std::vector<unsigned char> record_bytes(Carried carried) {
  ArchiveWriter ar;
  ar(carried);
  return std::move(ar.bytes);
}

bool put_record(std::span<const unsigned char> bytes, Carried& carried) {
  ArchiveReader ar(bytes);
  ar(carried);
  const Posterior& fit = carried.fit;
  return ar.whole() && fit.spending_summary.size() == carried.study.spending.width &&
         fit.economy_summary.size() == carried.study.economy.width &&
         fit.asked.priors.spending.size() >= global_count(Equation::spending) &&
         fit.asked.priors.economy.size() >= global_count(Equation::economy) &&
         (!carried.record || sound(*carried.record));
}

}  // namespace tenbin
