// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/brief.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tenbin/fit/reading.hpp"

namespace tenbin {
namespace {

constexpr int years_ahead = 5;  // of the scenario tables

/// Growth of GDP in the panel's measure that growth.csv expects of a state, or NaN.
double growth_given(const Past& past, StateIndex state, int year) {
  for (const GrowthRow& row : past.panel().growth)
    if (row.state == state && row.year == year) return row.growth + past.wedge(state).mean;
  return missing;
}

std::vector<ReactionRow> reactions(const Past& past, const Posterior& posterior) {
  const Panel& panel = past.panel();
  std::vector<double> growth;
  for (StateIndex i = 0; i < panel.size(); ++i)
    growth.push_back(growth_given(past, i, past.year() + 1));
  std::vector<std::vector<double>> resting = resting_burdens(past, posterior, growth);
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
    row.resting = band(std::move(resting[*i]));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<CoverLink> covers(const Past& past) {
  const Topology& links = past.topology();
  const Relations<double>& now = past.relations(past.year());
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

/// Median of a state's observed shares in first..last, rounded to a tenth of a per cent of GDP; NaN
/// where fewer than half of the years are known.
double usual_share(const Panel& panel, StateIndex state, int first, int last) {
  std::vector<double> shares;
  for (int year = std::max(first, panel.first_year); year <= last; ++year)
    if (const MilexCell& c = panel.cell(state, year); c.observed() && known(c.burden))
      shares.push_back(c.burden);
  if (2 * static_cast<int>(shares.size()) <= last - first) return missing;
  std::ranges::nth_element(shares, shares.begin() + shares.size() / 2);
  return std::round(1000 * shares[shares.size() / 2]) / 1000;
}

/// Levels that a reader knows: the share of the ten years that ended six years ago, and the highest
/// one announced. Where these are no news, a fifth below and a quarter above today's.
Ending ending_levels(const Panel& panel, const Scenario& base, const TargetQuestion& announced) {
  Ending e;
  const MilexCell& cell = panel.cell(base.focus, base.start);
  if (!cell.observed() || !known(cell.burden)) return e;
  e.now = cell.burden;
  const int from = base.start - 15, to = base.start - 6;
  e.low = usual_share(panel, base.focus, from, to);
  if (e.low < 0.95 * e.now)
    e.low_from = from, e.low_to = to;
  else
    e.low = 0.8 * e.now;
  for (const TargetQuestion::Row& row : announced.rows)
    if (const double here = row.plan.burden * row.plan.to_panel;
        row.plan.state == base.focus && base.announced_plans && !(here <= e.high))
      e.high = here;
  e.high_announced = e.high > 1.05 * e.now;
  if (!e.high_announced) e.high = 1.25 * e.now;
  return e;
}

/// Largest Monte Carlo error among the probabilities that the page prints.
double worst_error(const Briefing& b) {
  double worst = std::max({b.ending.at_low.error, b.ending.at_now.error, b.ending.at_high.error});
  for (const TargetOutlook& t : b.targets)
    if (known(t.in_time.p)) worst = std::max(worst, t.in_time.error);
  for (const ScenarioAnswers& a : b.scenarios)
    for (const Comparison* c : {&a.burden_change, &a.milex_change})
      for (const Difference& d : c->differences)
        if (d.band.exists) worst = std::max(worst, d.positive.error);
  return worst;
}

/// What a briefing asks of its futures, all in one tally.
class FutureQuestions {
 public:
  explicit FutureQuestions(const Compiled& compiled)
      : compiled_(compiled), base_(compiled.scenarios[0]) {
    const auto& schedules = compiled.schedules;
    for (std::size_t s = 0; s < schedules.size(); ++s) ask_scenario(s);
    targets_ = ask_targets(measures, compiled.panel(), schedules[0], 0);
    ending_ = ending_levels(compiled.panel(), base_, targets_);
    for (const double level : {ending_.low, ending_.now, ending_.high})
      if (ending_.exists())
        endings_.push_back(
            ask_at_least(measures, 0, Quantity::burden, base_.focus, base_.end, level));
    races_ = ask_races(measures, *compiled.past, schedules);
    disputes_ = ask_disputes(measures, schedules, false);
    if (base_.blocs.size() < 2 || shared_member(base_.blocs[0], base_.blocs[1])) return;
    for (const BalanceCut cut :
         balance_cuts(compiled.panel(), base_.start, base_.blocs[0], base_.blocs[1])) {
      balance_.push_back({cut, {}});
      for (std::size_t s = 0; s < schedules.size(); ++s)
        balance_.back().questions.push_back(ask_balance(measures, compiled.panel(), schedules[s],
                                                        static_cast<int>(s), base_.blocs[0],
                                                        base_.blocs[1], cut));
    }
  }

  std::vector<Measure> measures;

  int shown_year() const { return std::min(base_.start + years_ahead, base_.end); }

  void read(const Tally& t, Briefing& b) const {
    for (std::size_t s = 0; s < places_.size(); ++s) {
      const auto& [burden, milex, burden_change, milex_change] = places_[s];
      b.scenarios.push_back(
          {compiled_.scenarios[s], read_fan(t, burden), read_fan(t, milex), {}, {}});
      if (s == 0) continue;
      b.scenarios.back().burden_change = read_comparison(t, burden_change);
      b.scenarios.back().milex_change = read_comparison(t, milex_change);
    }
    for (const auto& [cut, questions] : balance_) {
      b.balance.push_back({cut, {}});
      for (const BalanceQuestion& q : questions)
        b.balance.back().years.push_back(read_balance(t, q));
    }
    b.targets = read_targets(t, targets_, compiled_.panel());
    b.ending = ending_;
    if (ending_.exists()) {
      const Chance above = t.parts[endings_[0]].positive();
      b.ending.at_low = {1 - above.p, above.error};
      b.ending.at_now = t.parts[endings_[1]].positive();
      b.ending.at_high = t.parts[endings_[2]].positive();
    }
    for (int s = 0; s < static_cast<int>(places_.size()); ++s) {
      b.races.push_back(read_races(t, races_, s));
      b.disputes.push_back(read_disputes(t, disputes_, s));
    }
  }

 private:
  struct Places {
    Place burden, milex, burden_change, milex_change;
  };

  struct BalanceOfCut {
    BalanceCut cut;
    std::vector<BalanceQuestion> questions;  // by scenario
  };

  void ask_scenario(std::size_t s) {
    const Schedule& schedule = compiled_.schedules[s];
    const int run = static_cast<int>(s);
    Places p;
    p.burden = ask_fan(measures, schedule, run, Quantity::burden);
    p.milex = ask_fan(measures, schedule, run, Quantity::milex);
    if (s > 0) {
      p.burden_change = ask_comparison(measures, schedule, 0, run, Quantity::burden,
                                       {places_[0].burden, p.burden});
      p.milex_change =
          ask_comparison(measures, schedule, 0, run, Quantity::milex, {places_[0].milex, p.milex});
    }
    places_.push_back(p);
  }

  const Compiled& compiled_;
  const Scenario& base_;
  std::vector<Places> places_;  // by scenario
  TargetQuestion targets_;
  Ending ending_;
  std::vector<std::size_t> endings_;  // of its three levels
  RaceQuestion races_;
  DisputeQuestion disputes_;
  std::vector<BalanceOfCut> balance_;
};

/// What the past says without any future.
void add_past(const Past& past, const Scenario& base, Briefing& b) {
  b.threats = threats(past);
  b.covers = covers(past);
  b.reach = reach_table(past);
  b.risks = dispute_risks(past);
  b.dispute_lack = past.dispute_lack();
  b.race_rate = race_rate(past.panel(), base.start, base.end - base.start);
}

constexpr int predictive_sets = 200;  // of drawn figures

/// What the fit says.
void add_fit(const Past& past, const Posterior& posterior, const Execution& execution,
             Briefing& b) {
  b.reactions = reactions(past, posterior);
  add_parameters(Equation::spending, posterior.asked.priors.spending, posterior.spending_summary,
                 b.parameters);
  add_parameters(Equation::economy, posterior.asked.priors.economy, posterior.economy_summary,
                 b.parameters);
  b.spending_health = posterior.spending_health;
  b.economy_health = posterior.economy_health;
  b.predictive =
      posterior_check(past, posterior.spending, posterior.asked, predictive_sets, execution);
  b.priors = posterior.asked.priors.name;
  b.placebos = placebo_verdicts(posterior.asked);
}

void add_notes(const Compiled& compiled, const Posterior& posterior, Briefing& b) {
  b.notes = compiled.schedules[0].notes;
  // Probabilities are shown as "63 of 100"; half a point more, since the largest of thousands of
  // estimated errors is an overestimate.
  if (const double worst = worst_error(b); worst > 0.015)
    b.notes.push_back(
        fmt::format("With {} simulations the simulation error of a probability reaches {:.0f} "
                    "percentage points, more than the last digit shown. More simulations make it "
                    "smaller",
                    compiled.scenarios[0].futures, 100 * worst));
  if (const auto off = missed(posterior.asked.without, compiled.past->rows()); !off.empty())
    b.notes.push_back(fmt::format(
        "This fit was made without {}; simulations do not respond to that", fmt::join(off, ", ")));
}

}  // namespace

Briefing brief(const Compiled& compiled, const Posterior& posterior, const Execution& execution,
               const std::function<bool(double)>& go_on) {
  const Scenario& base = compiled.scenarios[0];
  Projection projection{{}, &posterior.spending, &posterior.economy, {.futures = base.futures}};
  for (const Schedule& s : compiled.schedules) projection.runs.push_back({.schedule = &s});
  const FutureQuestions questions(compiled);
  Briefing b{
      .past = compiled.past, .panel = compiled.panel(), .shown_year = questions.shown_year()};
  questions.read(tally(projection, questions.measures, execution, {.go_on = go_on}), b);
  add_past(*compiled.past, base, b);
  add_fit(*compiled.past, posterior, execution, b);
  const Schedule& first = compiled.schedules[0];
  if (states_judged(first.law) <= most_states_in_short)
    b.stability = stability(first, posterior.spending, posterior.economy, {}, execution, go_on);
  add_notes(compiled, posterior, b);
  return b;
}

}  // namespace tenbin
