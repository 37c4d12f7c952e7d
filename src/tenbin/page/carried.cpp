// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/carried.hpp"

#include <algorithm>

#include "tenbin/core/archive.hpp"
#include "tenbin/model/draws_check.hpp"
#include "tenbin/page/live.hpp"

namespace tenbin {

namespace {

constexpr int most_count = 1 << 30;  // sums of two counts are whole numbers still
bool is_count(int n) { return n >= 0 && n <= most_count; }
bool is_horizon(int years) { return years >= 0 && years <= most_year; }

bool is_board(const HorizonScores& h) {
  return static_cast<std::size_t>(h.what) < scored_names.size() && is_horizon(h.horizon) &&
         is_count(h.cases) && is_count(h.origins) && !h.methods.empty() &&
         std::ranges::all_of(h.pit, is_count);
}

/// Whether a page can say all that the card holds.
bool is_sound(const Scorecard& card) {
  const auto forecast = [](const auto& x) { return is_year(x.origin) && is_horizon(x.horizon); };
  return is_count(card.origins) && is_year(card.first_origin) && is_year(card.last_origin) &&
         std::ranges::all_of(card.milex, is_board) && std::ranges::all_of(card.burden, is_board) &&
         std::ranges::all_of(card.gdp, is_board) &&
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
  return fit.spending.values.empty() && fit.economy.values.empty() &&
         fit.spending_summary.size() == study.spending.width &&
         fit.economy_summary.size() == study.economy.width && is_sound(fit.spending_health) &&
         is_sound(fit.economy_health) && is_count(fit.rows_spending) &&
         is_count(fit.rows_economy) && are_priors(fit.asked.priors.spending, Equation::spending) &&
         are_priors(fit.asked.priors.economy, Equation::economy) &&
         std::ranges::all_of(fit.asked.leave_out,
                             [&](StateIndex i) { return i >= 0 && i < study.panel.size(); });
}

}  // namespace

Carried carried(const Compiled& compiled, const Posterior& posterior) {
  Carried c;
  c.study = page_study(*compiled.past, compiled.scenarios, posterior);
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

std::string record_bytes(const PageRecord& record) {
  return archive(ArchiveKind::page_record, record);
}

bool put_record(std::string_view bytes, Carried& carried) {
  auto record = from_archive<PageRecord>(ArchiveKind::page_record, bytes);
  if (!record || !is_of(record->fit, carried.study) ||
      (record->record && !is_sound(*record->record)))
    return false;
  static_cast<PageRecord&>(carried) = std::move(*record);
  return true;
}

}  // namespace tenbin
