// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/carried.hpp"

#include <algorithm>

#include "tenbin/engine/archive.hpp"
#include "tenbin/model/draws_check.hpp"
#include "tenbin/study/live.hpp"

namespace tenbin {

template <class Ar>
auto fields(Ar& ar, Summary& x) {
  return ar(x.name, x.fixed, x.mean, x.sd, x.mcse_mean, x.q05, x.median, x.q95, x.ess_bulk,
            x.ess_tail, x.rhat);
}
template <class Ar>
auto fields(Ar& ar, Health& x) {
  return ar(x.rhat_max, x.ess_bulk_min, x.ess_tail_min, x.rhat_worst, x.ess_worst, x.divergences,
            x.max_depth_hits, x.draws);
}
template <class Ar>
auto fields(Ar& ar, Prior& x) {
  return ar(x.kind, x.a, x.b);
}
template <class Ar>
auto fields(Ar& ar, PriorSet& x) {
  return ar(x.name, x.spending, x.economy);
}
template <class Ar>
auto fields(Ar& ar, FitOptions& x) {
  return ar(x.chains, x.warmup, x.draws, x.target_accept, x.seed, x.priors, x.without, x.leave_out);
}
template <class Ar>
auto fields(Ar& ar, Posterior& x) {
  return ar(left_out(x.spending), left_out(x.economy), x.spending_summary, x.economy_summary,
            x.spending_health, x.economy_health, x.asked, x.rows_spending, x.rows_economy);
}
template <class Ar>
auto fields(Ar& ar, MethodScore& x) {
  return ar(x.method, x.crps, x.log_score, x.absolute_error, x.coverage, x.width, x.energy, x.skill,
            x.skill_se, x.dm, x.dm_p);
}
template <class Ar>
auto fields(Ar& ar, HorizonScores& x) {
  return ar(x.what, x.horizon, x.cases, x.origins, x.methods, x.pit);
}
template <class Ar>
auto fields(Ar& ar, StateScores& x) {
  return ar(x.state, x.boards);
}
template <class Ar>
auto fields(Ar& ar, Miss& x) {
  return ar(x.state, x.origin, x.horizon, x.off, x.beyond, x.story, x.source);
}
template <class Ar>
auto fields(Ar& ar, PlanCase& x) {
  return ar(x.state, x.origin, x.horizon, x.pit, x.crps);
}
template <class Ar>
auto fields(Ar& ar, TermWorth& x) {
  return ar(x.term, x.horizon, x.change, x.error);
}
template <class Ar>
auto fields(Ar& ar, Scorecard& x) {
  return ar(x.panel, x.figures_hash, x.release, x.setup, x.origins, x.first_origin, x.last_origin,
            x.states, x.milex, x.burden, x.by_state, x.misses, x.plans, x.terms);
}
template <class Ar>
auto fields(Ar& ar, Carried& x) {
  return ar(left_out(x.study), x.creator, x.fit, x.record, x.no_record);
}

namespace {

constexpr int most_count = 1 << 30;  // sums of two counts are whole numbers still
bool is_count(int n) { return n >= 0 && n <= most_count; }
bool is_horizon(int years) { return years >= 0 && years <= most_year; }

bool is_board(const HorizonScores& h) {
  return (h.what == Scored::milex || h.what == Scored::burden) && is_horizon(h.horizon) &&
         is_count(h.cases) && is_count(h.origins) && !h.methods.empty() &&
         std::ranges::all_of(h.pit, is_count);
}

/// Whether a page can say all that the card holds.
bool is_sound(const Scorecard& card) {
  const auto forecast = [](const auto& x) { return is_year(x.origin) && is_horizon(x.horizon); };
  return is_count(card.origins) && is_year(card.first_origin) && is_year(card.last_origin) &&
         std::ranges::all_of(card.milex, is_board) && std::ranges::all_of(card.burden, is_board) &&
         std::ranges::all_of(
             card.by_state,
             [](const StateScores& s) { return std::ranges::all_of(s.boards, is_board); }) &&
         std::ranges::all_of(card.misses, forecast) && std::ranges::all_of(card.plans, forecast) &&
         std::ranges::all_of(card.terms, [](const TermWorth& t) { return is_horizon(t.horizon); });
}

bool is_sound(const Health& h) {
  return is_count(h.divergences) && is_count(h.max_depth_hits) && h.draws <= most_count;
}

bool are_priors(const Priors& priors, Equation equation) {
  return priors.size() == global_count(equation) && std::ranges::all_of(priors, [](const Prior& p) {
           return p.kind == Prior::Kind::normal || p.kind == Prior::Kind::gamma;
         });
}

/// Whether a fit without draws can be that of a study.
bool is_of(const Posterior& fit, const PageStudy& study) {
  return fit.spending_summary.size() == study.spending.width &&
         fit.economy_summary.size() == study.economy.width && is_sound(fit.spending_health) &&
         is_sound(fit.economy_health) && is_count(fit.rows_spending) &&
         is_count(fit.rows_economy) && are_priors(fit.asked.priors.spending, Equation::spending) &&
         are_priors(fit.asked.priors.economy, Equation::economy) &&
         std::ranges::all_of(fit.asked.leave_out,
                             [&](StateIndex i) { return i >= 0 && i < study.panel.size(); });
}

}  // namespace

Carried carried(const Compiled& compiled, const Posterior& posterior) {
  Carried c{.study = page_study(*compiled.past, compiled.scenarios, posterior)};
  const int wave = first_carried_wave(compiled.scenarios[0]);
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
  const PageStudy& study = carried.study;
  const auto panel = std::make_shared<const Panel>(study.panel);
  return brief_compiled(
      carried,
      compile(std::make_shared<const Past>(panel, study.scenarios[0].start), study.scenarios),
      execution, go_on);
}

Briefing brief_compiled(const Carried& carried, const Compiled& compiled,
                        const Execution& execution, const std::function<bool(double)>& go_on) {
  Posterior posterior = carried.fit;
  posterior.spending = carried.study.spending;
  posterior.economy = carried.study.economy;
  Briefing b = brief(compiled, posterior, execution, go_on);
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
  return ar.whole() && is_of(carried.fit, carried.study) &&
         (!carried.record || is_sound(*carried.record));
}

}  // namespace tenbin
