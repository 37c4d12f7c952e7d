// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/risk.hpp"

#include <algorithm>
#include <tuple>

#include "tenbin/core/problem.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {

std::vector<DisputeRisk> dispute_risks(const Past& past) {
  if (past.dyads().empty()) return {};
  const auto& [draws, scale] =
      std::tie(past.panel().dispute_model->draws, past.panel().dispute_model->scale);
  std::vector<DisputeRisk> risks;
  for (const Dyad& dyad : past.dyads()) {
    const auto x = past.disputes().covariates(dyad.a, dyad.b, past.year());
    std::array<std::vector<double>, severities> p;
    for (std::size_t d = 0; d < draws.size(); ++d) {
      const OnsetRisk risk = onset_risk(dispute_slopes(draws.draw(d), scale), *x);
      for (std::size_t s = 0; s < severities; ++s) p[s].push_back(risk[s]);
    }
    DisputeRisk risk{.a = dyad.a, .b = dyad.b, .past = dyad.past};
    for (std::size_t s = 0; s < severities; ++s) risk.risk[s] = band(std::move(p[s]));
    risks.push_back(std::move(risk));
  }
  std::stable_sort(risks.begin(), risks.end(),
                   [](const auto& x, const auto& y) { return x.risk[0].mean > y.risk[0].mean; });
  return risks;
}

DisputeQuestion ask_disputes(std::vector<Measure>& measures, std::span<const Schedule> schedules,
                             bool every_year) {
  const int start = schedules[0].start, end = schedules[0].end,
            first = every_year ? start + 1 : end;
  DisputeQuestion q{.years = static_cast<std::size_t>(end - first + 1), .at = measures.size()};
  for (const Dyad& d : schedules[0].drawn()) q.dyads.emplace_back(d.a, d.b);
  for (const Schedule& s : schedules) TENBIN_ASSERT(s.drawn().size() == q.dyads.size());
  const auto count = [start, end](const Ensemble& e, std::size_t d, int f, std::size_t severity) {
    int years = 0;
    for (int year = start + 1; year <= end; ++year) years += e.dispute(year, d)[f] > severity;
    return years;
  };
  const auto ask = [&](auto read) {
    measures.push_back({[=](std::span<const Ensemble> all, std::span<double> room) {
                          for (std::size_t f = 0; f < room.size(); ++f)
                            room[f] = read(all, static_cast<int>(f));
                          return std::span<const double>(room);
                        },
                        chance_unit, false});
  };
  using All = std::span<const Ensemble>;
  for (std::size_t run = 0; run < schedules.size(); ++run)
    for (std::size_t d = 0; d < q.dyads.size(); ++d) {
      for (int year = first; year <= end; ++year)
        ask([=](All all, int f) { return all[run].dispute(year, d)[f] > 0; });
      for (std::size_t s = 0; s < severities; ++s)
        ask([=](All all, int f) { return count(all[run], d, f, s) > 0; });
      ask([=](All all, int f) { return count(all[run], d, f, 0); });
      ask([=](All all, int f) { return count(all[run], d, f, 0) - count(all[0], d, f, 0); });
    }
  return q;
}

std::vector<DisputeOutlook> read_disputes(const Tally& tally, const DisputeQuestion& q, int run) {
  std::vector<DisputeOutlook> outlooks;
  std::size_t at =
      q.at + static_cast<std::size_t>(run) * q.dyads.size() * (q.years + severities + 2);
  for (const auto& [a, b] : q.dyads) {
    DisputeOutlook o{.a = a, .b = b};
    for (std::size_t k = 0; k < q.years; ++k) o.in.push_back(tally.parts[at++].positive());
    for (Chance& once : o.once) once = tally.parts[at++].positive();
    o.count = tally.parts[at].mean(), o.count_error = tally.parts[at++].mean_error();
    o.change = tally.parts[at].mean(), o.change_error = tally.parts[at++].mean_error();
    outlooks.push_back(std::move(o));
  }
  return outlooks;
}

RaceQuestion ask_races(std::vector<Measure>& measures, const Past& past, const Schedule& schedule,
                       int runs, const RaceRule& rule) {
  const Panel& panel = past.panel();
  RaceQuestion q{.start = schedule.start, .end = schedule.end, .runs = runs, .at = measures.size()};
  const auto projected = [&](StateIndex i) { return schedule.law[i] != Law::idle; };
  for (const Spell& s : panel.rivalries) {
    const std::pair dyad = std::minmax(s.a, s.b);
    if (!s.holds(schedule.start) || !projected(s.a) || !projected(s.b)) continue;
    if (std::find(q.dyads.begin(), q.dyads.end(), std::pair<StateIndex, StateIndex>(dyad)) ==
        q.dyads.end())
      q.dyads.push_back(dyad);
  }
  // Years of growth in a row up to the start, at most one fewer than make a race.
  const GrowthRecord& record = past.growth(MoneyKind::real);
  std::vector<int> before(panel.size(), 0);
  for (StateIndex i = 0; i < panel.size(); ++i)
    while (before[i] < rule.years - 1 && record.grows(i, schedule.start - before[i], rule.growth))
      ++before[i];
  const auto in_race = [=, start = schedule.start](const Ensemble& e, StateIndex a, StateIndex b,
                                                   int f, int last) {
    int row = std::min(before[a], before[b]);
    const auto grows = [&](StateIndex i, int year) {
      return e.milex(year, i)[f] >= (1 + rule.growth) * e.milex(year - 1, i)[f];
    };
    for (int year = start + 1; year <= last; ++year) {
      row = grows(a, year) && grows(b, year) ? row + 1 : 0;
      if (row >= rule.years) return true;
    }
    return false;
  };
  for (int run = 0; run < runs; ++run)
    for (const auto& [a, b] : q.dyads) {
      for (int year = q.start + 1; year <= q.end; ++year)
        measures.push_back({[=, a = a, b = b](std::span<const Ensemble> all,
                                              std::span<double> room) -> std::span<const double> {
                              for (std::size_t f = 0; f < room.size(); ++f)
                                room[f] = in_race(all[run], a, b, static_cast<int>(f), year);
                              return room;
                            },
                            chance_unit, false});
      measures.push_back(
          {[=, a = a, b = b, end = q.end](std::span<const Ensemble> all,
                                          std::span<double> room) -> std::span<const double> {
             for (std::size_t f = 0; f < room.size(); ++f)
               room[f] = in_race(all[run], a, b, static_cast<int>(f), end) -
                         in_race(all[0], a, b, static_cast<int>(f), end);
             return room;
           },
           chance_unit, false});
    }
  return q;
}

std::vector<RaceOutlook> read_races(const Tally& tally, const RaceQuestion& q, int run) {
  std::vector<RaceOutlook> outlooks;
  const std::size_t years = static_cast<std::size_t>(q.end - q.start), each = years + 1;
  for (std::size_t d = 0; d < q.dyads.size(); ++d) {
    const std::size_t at = q.at + (static_cast<std::size_t>(run) * q.dyads.size() + d) * each;
    RaceOutlook o{.a = q.dyads[d].first, .b = q.dyads[d].second};
    for (std::size_t k = 0; k < years; ++k) {
      o.by.push_back(tally.parts[at + k].positive());
      if (o.more_likely_than_not == 0 && o.by.back().p >= 0.5)
        o.more_likely_than_not = q.start + 1 + static_cast<int>(k);
    }
    o.change = tally.parts[at + years].mean();
    o.change_error = tally.parts[at + years].mean_error();
    outlooks.push_back(std::move(o));
  }
  return outlooks;
}

RaceRate race_rate(const Panel& panel, int last, int span, const RaceRule& rule) {
  const GrowthRecord record(panel, MoneyKind::real, false);
  RaceRate rate{.span = span};
  const auto observed = [&](StateIndex i, int first, int end) {
    for (int year = first; year <= end; ++year)
      if (!panel.cell(i, year).observed() || !known(record.spending(i, year))) return false;
    return true;
  };
  for (const RivalYears& r :
       rival_years(panel, record.first_year(), std::min(last, record.last_year())))
    for (int start = r.start; start + span <= r.end; ++start) {
      if (!observed(r.a, start, start + span) || !observed(r.b, start, start + span)) continue;
      ++rate.spans;
      rate.with_race += !races_of(record, r.a, r.b, start + 1, start + span, rule).empty();
    }
  return rate;
}

}  // namespace tenbin
