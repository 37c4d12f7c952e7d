// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/risk.hpp"

#include <algorithm>
#include <memory>
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

namespace {

/// The rule in futures: growth of the years up to the start counts too.
class FutureRule {
 public:
  FutureRule(const GrowthRecord& record, int states, int start, const RaceRule& rule)
      : start_(start), rule_(rule), before_(states, 0) {
    for (StateIndex i = 0; i < states; ++i)  // at most one year fewer than make a race
      while (before_[i] < rule.years - 1 && record.grows(i, start - before_[i], rule.growth))
        ++before_[i];
  }
  /// Whether it holds for a dyad by the end of a year in future f; each side may be in another run.
  bool holds(const Ensemble& of_a, StateIndex a, const Ensemble& of_b, StateIndex b, std::size_t f,
             int last) const {
    const auto grows = [&](const Ensemble& e, StateIndex i, int year) {
      return e.milex(year, i)[f] >= (1 + rule_.growth) * e.milex(year - 1, i)[f];
    };
    int row = std::min(before_[a], before_[b]);
    for (int year = start_ + 1; year <= last; ++year) {
      row = grows(of_a, a, year) && grows(of_b, b, year) ? row + 1 : 0;
      if (row >= rule_.years) return true;
    }
    return false;
  }

 private:
  int start_;
  RaceRule rule_;
  std::vector<int> before_;  // by state: years in a row up to the start
};

/// A measure of each future, by a function of (all runs, future).
template <class Of>
Measure measure_of(Of of) {
  return {[of](std::span<const Ensemble> all, std::span<double> room) -> std::span<const double> {
            for (std::size_t f = 0; f < room.size(); ++f) room[f] = of(all, f);
            return room;
          },
          chance_unit, false};
}

/// Rivals at the start whose spending is projected.
std::vector<std::pair<StateIndex, StateIndex>> projected_rivals(const Panel& panel,
                                                                const Schedule& schedule) {
  std::vector<std::pair<StateIndex, StateIndex>> dyads;
  const auto projected = [&](StateIndex i) { return schedule.law[i] != Law::idle; };
  for (const Spell& s : panel.rivalries) {
    const std::pair<StateIndex, StateIndex> dyad = std::minmax(s.a, s.b);
    if (!s.holds(schedule.start) || !projected(s.a) || !projected(s.b)) continue;
    if (std::find(dyads.begin(), dyads.end(), dyad) == dyads.end()) dyads.push_back(dyad);
  }
  return dyads;
}

}  // namespace

RaceQuestion ask_races(std::vector<Measure>& measures, const Past& past,
                       std::span<const Schedule> schedules, const RaceRule& rule) {
  using All = std::span<const Ensemble>;
  const int start = schedules[0].start, end = schedules[0].end, states = schedules[0].states();
  RaceQuestion q{.dyads = projected_rivals(past.panel(), schedules[0]),
                 .start = start,
                 .end = end,
                 .at = measures.size()};
  const auto rule_at = [&](double growth) {
    return std::make_shared<const FutureRule>(past.growth(MoneyKind::real), states, start,
                                              RaceRule{growth, rule.years});
  };
  const auto asked = rule_at(rule.growth);
  std::vector<std::shared_ptr<const FutureRule>> others;
  for (const double growth : race_growths) others.push_back(rule_at(growth));
  for (std::size_t run = 0; run < schedules.size(); ++run) {
    const std::vector<char> moved = changed_states(schedules[0], schedules[run]);
    for (const auto& dyad : q.dyads) {
      const StateIndex a = dyad.first, b = dyad.second;
      const std::size_t of_a = moved[a] ? run : 0, of_b = moved[b] ? run : 0;
      const auto in = [=](All all, std::size_t run_a, std::size_t run_b, std::size_t f) -> double {
        return asked->holds(all[run_a], a, all[run_b], b, f, end);
      };
      for (int year = start + 1; year <= end; ++year)
        measures.push_back(measure_of([=](All all, std::size_t f) -> double {
          return asked->holds(all[run], a, all[run], b, f, year);
        }));
      measures.push_back(measure_of(
          [=](All all, std::size_t f) { return in(all, run, run, f) - in(all, 0, 0, f); }));
      measures.push_back(measure_of(
          [=](All all, std::size_t f) { return in(all, of_a, of_b, f) - in(all, 0, 0, f); }));
      measures.push_back(measure_of(
          [=](All all, std::size_t f) { return in(all, run, run, f) - in(all, of_a, of_b, f); }));
      for (const auto& other : others)
        measures.push_back(measure_of([=](All all, std::size_t f) -> double {
          return other->holds(all[run], a, all[run], b, f, end);
        }));
    }
  }
  return q;
}

std::vector<RaceOutlook> read_races(const Tally& tally, const RaceQuestion& q, int run) {
  std::vector<RaceOutlook> outlooks;
  const std::size_t years = static_cast<std::size_t>(q.end - q.start),
                    each = years + 3 + race_growths.size();
  for (std::size_t d = 0; d < q.dyads.size(); ++d) {
    std::size_t at = q.at + (static_cast<std::size_t>(run) * q.dyads.size() + d) * each;
    RaceOutlook o{.a = q.dyads[d].first, .b = q.dyads[d].second};
    for (std::size_t k = 0; k < years; ++k) {
      o.by.push_back(tally.parts[at++].positive());
      if (o.more_likely_than_not == 0 && o.by.back().p >= 0.5)
        o.more_likely_than_not = q.start + 1 + static_cast<int>(k);
    }
    for (auto [mean, error] : {std::pair{&o.change, &o.change_error},
                               {&o.itself, &o.itself_error},
                               {&o.answers, &o.answers_error}}) {
      *mean = tally.parts[at].mean();
      *error = tally.parts[at++].mean_error();
    }
    for (Chance& chance : o.at_growth) chance = tally.parts[at++].positive();
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
