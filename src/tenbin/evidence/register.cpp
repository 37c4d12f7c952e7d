// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/register.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "tenbin/evidence/premises.hpp"
#include "tenbin/futures/answers.hpp"
#include "tenbin/num/elementary.hpp"
#include "tenbin/past/baselines.hpp"

namespace tenbin {
namespace {

constexpr int longest_promise = 15;  // years

/// Announced plans and promises in force after `start`, by state.
std::vector<PlanRow> plans_in_force(const Panel& panel, int start) {
  std::vector<PlanRow> plans = panel.plans;
  const std::vector<PlanRow> promises = promises_in_force(panel, start);
  plans.insert(plans.end(), promises.begin(), promises.end());
  std::erase_if(plans, [&](const PlanRow& p) { return p.announced > start || p.by <= start; });
  return plans;
}

/// To four digits, as a reader can check it.
double rounded(double share) { return std::strtod(fmt::format("{:.4g}", share).c_str(), nullptr); }

}  // namespace

int register_end(const Panel& panel, int start) {
  int end = start + registered_ahead.back();
  for (const PlanRow& p : plans_in_force(panel, start))
    if (p.by <= start + longest_promise) end = std::max(end, p.by);
  return end;
}

double planned_share(const Panel& panel, StateIndex i, int start, int year) {
  const double now = panel.cell(i, start).burden;
  double share = missing;
  for (const PlanRow& p : plans_in_force(panel, start)) {
    const double target = p.burden * p.to_panel;
    if (p.state != i || !(target > now)) continue;
    const double way = minimum(1.0, static_cast<double>(year - start) / (p.by - start));
    const double then = now * exp(way * log(target / now));
    if (!(then <= share)) share = then;
  }
  return share;
}

double planned_spending(const Panel& panel, StateIndex i, int start, int year) {
  double growth = 0;
  for (int t = start + 1; t <= year; ++t) {
    const GrowthRow* latest = nullptr;
    for (const GrowthRow& r : panel.growth)
      if (r.state == i && r.year <= t && (!latest || r.year > latest->year)) latest = &r;
    if (!latest) return missing;
    growth += latest->growth;
  }
  const MilexCell& now = panel.cell(i, start);
  return now.milex * planned_share(panel, i, start, year) / now.burden * exp(growth);
}

// --- asking ------------------------------------------------------------------------------------

namespace {

/// The chance that a dyad has an incident that reaches more than `severity` within `span` years.
Measure incident_within(std::size_t dyad, int start, int span, std::size_t severity) {
  return {[=](std::span<const Ensemble> all, std::span<double> room) -> std::span<const double> {
            for (double& x : room) x = 0;
            for (int year = start + 1; year <= start + span; ++year) {
              const auto reached = all[0].dispute(year, dyad);
              for (std::size_t f = 0; f < room.size(); ++f)
                if (reached[f] > severity) room[f] = 1;
            }
            return room;
          },
          chance_unit, false};
}

Measure figure(Registered what, StateIndex i, int year) {
  const Quantity q = what == Registered::spending ? Quantity::milex : Quantity::burden;
  return {[=](std::span<const Ensemble> all, std::span<double>) { return row(all[0], q, year, i); },
          unit_of(q), true};
}

}  // namespace

RegisterQuestion ask_figures(std::vector<Measure>& measures, const Past& past,
                             const Schedule& schedule) {
  RegisterQuestion q;
  for (StateIndex i = 0; i < past.panel().size(); ++i) {
    const MilexCell& now = past.panel().cell(i, schedule.start);
    if (!now.observed() || schedule.law[i] == Law::idle) continue;
    for (const Registered what : {Registered::spending, Registered::share})
      for (const int ahead : registered_ahead) {
        if (what == Registered::share && !known(now.burden)) continue;
        q.figures.push_back({what, i, schedule.start + ahead, measures.size()});
        measures.push_back(figure(what, i, schedule.start + ahead));
      }
  }
  return q;
}

RegisterQuestion ask_baseline(std::vector<Measure>& measures, const Past& past,
                              const Schedule& schedule) {
  RegisterQuestion q = ask_figures(measures, past, schedule);
  const int start = schedule.start;
  for (std::size_t d = 0; d < schedule.drawn().size(); ++d)
    for (const int span : registered_spans) {
      const Dyad& dyad = schedule.drawn()[d];
      q.incidents.push_back(
          {dyad.a, dyad.b, span, measures.size(), measures.size() + 1, measures.size() + 2});
      for (std::size_t severity = 0; severity < severities; ++severity)
        measures.push_back(incident_within(d, start, span, severity));
    }
  for (const PlanRow& p : plans_in_force(past.panel(), start)) {
    if (p.by > schedule.end || !known(past.panel().cell(p.state, start).burden)) continue;
    const double share = rounded(p.burden * p.to_panel);
    q.promises.push_back(
        {p, share, ask_at_least(measures, 0, Quantity::burden, p.state, p.by, share)});
  }
  q.races = ask_races(measures, past, {&schedule, 1});
  return q;
}

// --- entries -----------------------------------------------------------------------------------

namespace {

/// Makes the entries of one scenario.
class EntryMaker {
 public:
  EntryMaker(const Past& past, std::string_view scenario, const RegisterMaker& maker)
      : panel_(past.panel()), start_(past.year()), scenario_(scenario), maker_(maker) {}

  RegisterEntry figure(const RegisterQuestion::Figure& f, const Band& band) const;
  RegisterEntry incident(const RegisterQuestion::Incident& i, Severity s, const Chance& c) const;
  RegisterEntry race(const RaceOutlook& outlook) const;
  RegisterEntry promise(const RegisterQuestion::Promise& p, const Chance& c) const;

 private:
  const std::string& name(StateIndex i) const { return panel_.states[i].name; }
  RegisterEntry entry(Registered what, StateIndex a, StateIndex b, int from, int year) const;
  void add_no_change(RegisterEntry& e, StateIndex i) const;
  void add_money(RegisterEntry& e, StateIndex i) const;
  void add_share(RegisterEntry& e, StateIndex i) const;

  const Panel& panel_;
  int start_;
  std::string scenario_;
  const RegisterMaker& maker_;
};

RegisterEntry EntryMaker::entry(Registered what, StateIndex a, StateIndex b, int from,
                                int year) const {
  RegisterEntry e{.made = panel_.vintage,
                  .known_until = start_,
                  .scenario = scenario_,
                  .what = what,
                  .state = panel_.states[a].id,
                  .other = b < 0 ? "" : panel_.states[b].id,
                  .from = from,
                  .year = year,
                  .panel = panel_.name,
                  .panel_hash = panel_.hash,
                  .price_year = panel_.price_year,
                  .made_by = maker_.made_by,
                  .settings = maker_.settings};
  e.id = fmt::format("{}-{}{}-{}{}{}-{}", start_, scenario_ == baseline_name ? "" : scenario_ + "-",
                     registered_name(what), e.state, b < 0 ? "" : "-", e.other, year);
  return e;
}

/// The random walk: the last figure, with the spread of the state's own yearly changes up to it.
void EntryMaker::add_no_change(RegisterEntry& e, StateIndex i) const {
  const auto value = [&](int year) {
    const MilexCell& c = panel_.cell(i, year);
    if (!c.observed()) return missing;
    return e.what == Registered::share ? c.burden : c.milex;
  };
  e.no_change = value(start_);
  std::vector<double> values;  // backward: the spread of changes is the same
  for (int year = start_; year >= first_baseline_year && known(value(year)); --year)
    values.push_back(log(value(year)));
  if (static_cast<int>(values.size()) < fewest_baseline_years) return;
  e.no_change_sd = baseline(Baseline::random_walk, values, values, e.year - start_).sd;
}

void EntryMaker::add_money(RegisterEntry& e, StateIndex i) const {
  e.base = panel_.cell(i, start_).milex;
  e.plan = planned_spending(panel_, i, start_, e.year);
  e.unit = panel_.price_year > 0
               ? fmt::format("million {}, prices of {}", panel_.currency, panel_.price_year)
               : fmt::format("million {}", panel_.currency);
  e.rule = "spending-1";
  e.resolved_by = fmt::format(
      "Spending of {0} in {1} over its spending in {2}, both as the deciding panel has them, "
      "against "
      "the forecast over base. Another price year, or a revision of {2}, is no error.",
      name(i), e.year, start_);
}

void EntryMaker::add_share(RegisterEntry& e, StateIndex i) const {
  e.plan = planned_share(panel_, i, start_, e.year);
  e.unit = "share of GDP";
  e.rule = "share-1";
  e.resolved_by = fmt::format(
      "Share of GDP of {} in {} as the deciding panel has it. A revision of earlier years counts "
      "as an error.",
      name(i), e.year);
}

RegisterEntry EntryMaker::figure(const RegisterQuestion::Figure& f, const Band& band) const {
  RegisterEntry e = entry(f.what, f.state, -1, f.year, f.year);
  e.quantile = band.quantile;
  add_no_change(e, f.state);
  if (f.what == Registered::spending)
    add_money(e, f.state);
  else
    add_share(e, f.state);
  return e;
}

RegisterEntry EntryMaker::incident(const RegisterQuestion::Incident& i, Severity severity,
                                   const Chance& c) const {
  const bool death = severity == Severity::fatal;
  RegisterEntry e =
      entry(death ? Registered::death : Registered::force, i.a, i.b, start_ + 1, start_ + i.span);
  e.unit = "chance";
  e.chance = c.p, e.chance_error = c.error;
  // every pair alike: how often relevant pairs had one in the years on which the model was judged
  const Classification& judged = panel_.dispute_model->judged[static_cast<std::size_t>(severity)];
  if (judged.cases > 0)
    e.no_change = -expm1(i.span * log1p(-static_cast<double>(judged.events) / judged.cases));
  e.rule = death ? "death-1" : "force-1";
  e.resolved_by = fmt::format(
      "1 if disputes.csv of the deciding panel has an incident of {} and {} of {} to {} with {}, "
      "else 0; decided once that table knows {}.",
      name(i.a), name(i.b), e.from, e.year,
      death ? "fatality_level 1 or more" : "hostility_level 4 or 5", e.year);
  return e;
}

RegisterEntry EntryMaker::race(const RaceOutlook& o) const {
  RegisterEntry e = entry(Registered::race, o.a, o.b, start_ + 1, start_ + race_span);
  const Chance& c = o.by[race_span - 1];
  e.unit = "chance";
  e.chance = c.p, e.chance_error = c.error;
  if (const RaceRate rate = race_rate(panel_, start_, race_span); rate.spans > 0)
    e.no_change = static_cast<double>(rate.with_race) / rate.spans;
  e.rule = "race-1";
  e.resolved_by = fmt::format(
      "1 if spending of both {} and {}, at constant prices of the deciding panel, is at least 1.08 "
      "times that of the year before in three years running, the last of them in {} to {}; else 0.",
      name(o.a), name(o.b), e.from, e.year);
  return e;
}

RegisterEntry EntryMaker::promise(const RegisterQuestion::Promise& p, const Chance& c) const {
  const double now = panel_.cell(p.plan.state, start_).burden;
  RegisterEntry e = entry(Registered::promise, p.plan.state, -1, p.plan.by, p.plan.by);
  e.unit = "chance";
  e.base = p.share;
  e.chance = c.p, e.chance_error = c.error;
  e.no_change = now >= p.share ? 1 : 0;
  e.plan = 1;
  e.rule = "promise-1";
  e.resolved_by = fmt::format(
      "1 if the share of GDP of {} in {} is at least {:.4g}, as the deciding panel has it; else 0. "
      "It is the {:.4g} announced in {}, by the panel's measure.",
      name(p.plan.state), p.plan.by, p.share, p.plan.burden, p.plan.announced);
  return e;
}

/// Gives entries of one id a letter: two promises of a state for one year.
void tell_apart(std::vector<RegisterEntry>& entries) {
  std::set<std::string> taken;
  for (RegisterEntry& e : entries)
    for (char letter = 'b'; !taken.insert(e.id).second; ++letter)
      e.id = fmt::format("{}{}", letter == 'b' ? e.id : e.id.substr(0, e.id.size() - 1), letter);
}

}  // namespace

std::vector<RegisterEntry> baseline_entries(const Tally& tally, const RegisterQuestion& q,
                                            const Past& past, const RegisterMaker& maker) {
  const EntryMaker make(past, baseline_name, maker);
  std::vector<RegisterEntry> entries;
  for (const RegisterQuestion::Figure& f : q.figures)
    if (const Band band = tally.band(f.at); band.exists) entries.push_back(make.figure(f, band));
  std::set<std::pair<StateIndex, StateIndex>> prone;
  for (const RegisterQuestion::Incident& i : q.incidents)
    if (i.span == registered_spans.back() && tally.parts[i.any].positive().p >= least_incident)
      prone.insert({i.a, i.b});
  for (const RegisterQuestion::Incident& i : q.incidents) {
    if (!prone.contains({i.a, i.b})) continue;
    entries.push_back(make.incident(i, Severity::force, tally.parts[i.force].positive()));
    entries.push_back(make.incident(i, Severity::fatal, tally.parts[i.death].positive()));
  }
  const auto observed = [&](StateIndex i) { return past.panel().cell(i, past.year()).observed(); };
  for (const RaceOutlook& o : read_races(tally, q.races, 0))
    if (observed(o.a) && observed(o.b)) entries.push_back(make.race(o));
  for (const RegisterQuestion::Promise& p : q.promises)
    entries.push_back(make.promise(p, tally.parts[p.at].positive()));
  tell_apart(entries);
  return entries;
}

std::vector<RegisterEntry> scenario_entries(const Tally& tally, const RegisterQuestion& q,
                                            const Past& past, const Scenario& scenario,
                                            const std::vector<RegisterEntry>& baseline,
                                            const RegisterMaker& maker) {
  std::vector<RegisterEntry> entries;
  if (!undecided_lever(scenario, past.panel()).empty()) return entries;
  const EntryMaker make(past, scenario.id, maker);
  for (const RegisterQuestion::Figure& f : q.figures) {
    const Band band = tally.band(f.at);
    if (!band.exists) continue;
    RegisterEntry e = make.figure(f, band);
    const auto beside = std::ranges::find_if(baseline, [&](const RegisterEntry& b) {
      return b.what == e.what && b.state == e.state && b.year == e.year;
    });
    if (beside == baseline.end() ||
        absolute(e.quantile[3] / beside->quantile[3] - 1) < least_difference)
      continue;
    std::vector<Premise> premises;
    for (const Lever& l : scenario.levers)
      if (const auto of = premises_of(l, past.panel(), past.year(), f.year))
        premises.insert(premises.end(), of->begin(), of->end());
    if (premises.empty()) continue;
    e.condition = premises_text(premises);
    e.condition_words = premises_words(premises, past.panel());
    entries.push_back(std::move(e));
  }
  return entries;
}

}  // namespace tenbin
