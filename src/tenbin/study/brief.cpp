// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/brief.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tenbin/model/covariates.hpp"

namespace tenbin {
namespace {

constexpr int years_ahead = 5;  // of the headline

/// Growth that the scenario expects for a state after the start, or NaN.
double expected_growth(const Panel& panel, StateIndex state, int year) {
  for (const GrowthRow& row : panel.growth)
    if (row.state == state && row.year == year) return row.growth;
  return missing;
}

std::vector<ReactionRow> reactions(const Panel& panel, const Posterior& posterior, int year) {
  std::vector<ReactionRow> rows;
  const auto summary = [&](const char* name, std::size_t k) {
    return posterior.spending_summary[posterior.spending.find(name)->offset + k];
  };
  const double rival_sd = wide_sd(spec(SpendingParameter::rival_response));
  const Column* states = posterior.spending.find("rival_response");
  for (std::size_t k = 0; k < states->elements.size(); ++k) {
    const auto i = panel.find(states->elements[k]);
    if (!i) continue;
    ReactionRow row{
        *i, summary("rival_response", k), summary("pull", k), summary("income", k), false, {}};
    row.rival_prior_driven =
        !row.rival_response.fixed && prior_driven(rival_sd, row.rival_response.sd);
    row.resting = band(resting_burdens(panel, posterior, *i, expected_growth(panel, *i, year)));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<CoverLink> covers(const Panel& panel, int year) {
  const Topology links = topology(panel);
  const Relations<double> now = relations(panel, links, year);
  std::vector<CoverLink> all;
  for (std::size_t k = 0; k < links.covers.size(); ++k)
    if (now.cover[k] > 0) all.push_back({links.covers[k].i, links.covers[k].j, now.cover[k]});
  return all;
}

void add_parameters(Equation equation, const Priors& used, const std::vector<Summary>& summaries,
                    std::vector<ParameterRow>& rows) {
  for (std::size_t k = 0; k < global_count(equation); ++k) {
    const ParameterSpec& spec = parameters(equation)[k];
    if (summaries[k].fixed) continue;
    rows.push_back({&spec, summaries[k], prior_driven(spec, summaries[k].sd),
                    from_used_prior(spec, used[k], summaries[k].sd)});
  }
}

/// How often a state's observed share was larger `years` later.
BaseRate larger_later(const Panel& panel, int years) {
  BaseRate rate;
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int year = panel.first_year; year + years <= panel.last_year; ++year) {
      const MilexCell &then = panel.cell(i, year), &later = panel.cell(i, year + years);
      if (!then.observed() || !later.observed() || !known(then.burden + later.burden)) continue;
      ++rate.cases;
      rate.events += later.burden > then.burden;
    }
  return rate;
}

/// Largest Monte Carlo error among the probabilities that the page prints.
double worst_error(const Briefing& b) {
  double worst = b.more_than_now.error;
  for (const TargetOutlook& t : b.targets)
    if (known(t.in_time.p)) worst = std::max(worst, t.in_time.error);
  for (const ScenarioAnswers& a : b.scenarios)
    for (const Comparison* c : {&a.burden_change, &a.milex_change})
      for (const Difference& d : c->differences)
        if (d.band.exists) worst = std::max(worst, d.positive.error);
  return worst;
}

}  // namespace

Briefing brief(const Panel& panel, const std::vector<Scenario>& scenarios,
               const Posterior& posterior, const Execution& execution,
               const std::function<bool(double)>& go_on) {
  const Scenario& base = scenarios[0];
  std::vector<Schedule> schedules;
  for (const Scenario& s : scenarios) schedules.push_back(schedule(panel, s));
  Projection projection{{}, &posterior.spending, &posterior.economy, {.futures = base.futures}};
  for (const Schedule& s : schedules) projection.runs.push_back({.schedule = &s});

  struct Places {
    Place burden, milex, burden_change, milex_change;
  };
  std::vector<Places> places;
  std::vector<Measure> measures;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const int run = static_cast<int>(s);
    Places p;
    p.burden = ask_fan(measures, schedules[s], run, Quantity::burden);
    p.milex = ask_fan(measures, schedules[s], run, Quantity::milex);
    if (s > 0) {
      p.burden_change = ask_comparison(measures, schedules[s], 0, run, Quantity::burden);
      p.milex_change = ask_comparison(measures, schedules[s], 0, run, Quantity::milex);
    }
    places.push_back(p);
  }
  const TargetQuestion targets = ask_targets(measures, panel, schedules[0], 0);
  Briefing b{.panel = panel};
  b.shown_year = std::min(base.start + years_ahead, base.end);
  const double now = panel.cell(base.focus, base.start).burden;
  const std::size_t more_than_now =
      ask_at_least(measures, 0, Quantity::burden, base.focus, b.shown_year, known(now) ? now : 1.0);
  const RaceQuestion races =
      ask_races(measures, panel, schedules[0], static_cast<int>(scenarios.size()));
  const DisputeQuestion disputes = ask_disputes(measures, schedules, false);
  std::vector<BalanceQuestion> balance;
  if (base.blocs.size() >= 2)
    for (std::size_t s = 0; s < scenarios.size(); ++s)
      balance.push_back(ask_balance(measures, panel, schedules[s], static_cast<int>(s),
                                    base.blocs[0], base.blocs[1]));
  const Tally t = tally(projection, measures, execution, {.go_on = go_on});

  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    ScenarioAnswers a{
        scenarios[s], read_fan(t, places[s].burden), read_fan(t, places[s].milex), {}, {}};
    if (s > 0) {
      a.burden_change = read_comparison(t, places[s].burden_change);
      a.milex_change = read_comparison(t, places[s].milex_change);
    }
    b.scenarios.push_back(std::move(a));
  }
  b.reactions = reactions(panel, posterior, base.start + 1);
  b.threats = threat_shares(panel, base.start);
  b.covers = covers(panel, base.start);
  b.reach = reach_table(panel, base.start);
  for (const BalanceQuestion& q : balance) b.balance.push_back(read_balance(t, q));
  b.targets = read_targets(t, targets, panel);
  b.more_than_now = t.parts[more_than_now].positive();
  b.more_before = larger_later(panel, b.shown_year - base.start);
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    b.races.push_back(read_races(t, races, static_cast<int>(s)));
    b.disputes.push_back(read_disputes(t, disputes, static_cast<int>(s)));
  }
  b.risks = dispute_risks(panel, base.start);
  b.no_disputes = no_disputes(panel, base.start);
  b.race_rate = race_rate(panel, base.start, base.end - base.start);
  if (states_judged(schedules[0].law) <= most_states_in_short)
    b.stability =
        stability(schedules[0], posterior.spending, posterior.economy, {}, execution, go_on);
  add_parameters(Equation::spending, posterior.asked.priors.spending, posterior.spending_summary,
                 b.parameters);
  add_parameters(Equation::economy, posterior.asked.priors.economy, posterior.economy_summary,
                 b.parameters);
  b.spending_health = posterior.spending_health;
  b.economy_health = posterior.economy_health;
  b.priors = posterior.asked.priors.name;
  b.notes = schedules[0].notes;
  // Probabilities are shown as "63 of 100"; half a point more, since the largest of thousands of
  // estimated errors is an overestimate.
  if (const double worst = worst_error(b); worst > 0.015)
    b.notes.push_back(
        fmt::format("With {} futures the Monte Carlo error of a probability reaches {:.0f} of 100: "
                    "more than the last digit shown. More futures make it smaller",
                    base.futures, 100 * worst));
  if (const auto off = missed(posterior.asked.without, panel); !off.empty())
    b.notes.push_back(fmt::format("This fit was made without {}; futures do not answer to that",
                                  fmt::join(off, ", ")));
  return b;
}

}  // namespace tenbin
