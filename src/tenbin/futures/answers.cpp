// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/answers.hpp"

#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

/// Asks for every year and state.
template <class Make>
Place ask_all(std::vector<Measure>& measures, const Schedule& s, Make&& make) {
  const Place place{measures.size(), s.start, s.end, s.states()};
  for (int year = s.start; year <= s.end; ++year)
    for (StateIndex i = 0; i < s.states(); ++i) measures.push_back(make(year, i));
  return place;
}

}  // namespace

Place ask_fan(std::vector<Measure>& measures, const Schedule& s, int run, Quantity q,
              bool quantiles) {
  return ask_all(measures, s, [=](int year, StateIndex i) {
    return Measure{[=](std::span<const Ensemble> runs, std::span<double>) {
                     return row(runs[run], q, year, i);
                   },
                   unit_of(q), quantiles};
  });
}

Fan read_fan(const Tally& tally, const Place& place) {
  Fan f{place.start, place.states, {}};
  for (std::size_t k = 0; k < place.size(); ++k)
    f.bands.push_back(tally.parts[place.at + k].band());
  return f;
}

Place ask_comparison(std::vector<Measure>& measures, const Schedule& s, int base, int changed,
                     Quantity q) {
  return ask_all(measures, s, [=](int year, StateIndex i) {
    return Measure{
        [=](std::span<const Ensemble> runs, std::span<double> room) -> std::span<const double> {
          const auto a = row(runs[base], q, year, i), b = row(runs[changed], q, year, i);
          for (std::size_t f = 0; f < room.size(); ++f) room[f] = b[f] - a[f];
          return room;
        },
        unit_of(q)};
  });
}

Place ask_comparison(std::vector<Measure>& measures, const Schedule& s, int base, int changed,
                     Quantity q, const std::array<Place, 2>& fans) {
  const Place place = ask_comparison(measures, s, base, changed, q);
  for (std::size_t k = 0; k < place.size(); ++k)
    measures[place.at + k].between = {fans[0].at + k, fans[1].at + k};
  return place;
}

Comparison read_comparison(const Tally& tally, const Place& place) {
  Comparison c{place.start, place.states, {}};
  for (std::size_t k = 0; k < place.size(); ++k) {
    const Distribution& d = tally.parts[place.at + k];
    c.differences.push_back({tally.band(place.at + k), d.positive(), d.negative(), d.mean_error()});
  }
  return c;
}

std::size_t ask_at_least(std::vector<Measure>& measures, int run, Quantity q, int state, int year,
                         double limit) {
  measures.push_back(
      {[=](std::span<const Ensemble> runs, std::span<double> room) -> std::span<const double> {
         const auto x = row(runs[run], q, year, state);
         for (std::size_t f = 0; f < room.size(); ++f) room[f] = x[f] >= limit;
         return room;
       },
       chance_unit, false});
  return measures.size() - 1;
}

ResponseTable ask_responses(std::vector<Run>& runs, std::vector<Measure>& measures) {
  const Schedule& s = *runs[0].schedule;
  ResponseTable table;
  for (StateIndex to = 0; to < s.states(); ++to) {
    if (s.law[to] == Law::idle) continue;
    const int run = add_raised(runs, to, raised);
    for (StateIndex of = 0; of < s.states(); ++of)
      for (const int years : response_years) {
        if (s.law[of] != Law::equation || of == to || s.start + years > s.end) continue;
        table.rows.push_back({of, to, years, measures.size()});
        measures.push_back(
            {[=, year = s.start + years](std::span<const Ensemble> r,
                                         std::span<double> room) -> std::span<const double> {
               const auto a = r[0].milex(year, of), b = r[run].milex(year, of);
               for (std::size_t f = 0; f < room.size(); ++f) room[f] = (b[f] - a[f]) / a[f];
               return room;
             },
             change_unit});
      }
  }
  return table;
}

std::vector<Response> read_responses(const Tally& tally, const ResponseTable& table) {
  std::vector<Response> responses;
  for (const auto& row : table.rows) {
    const Distribution& d = tally.parts[row.at];
    responses.push_back({row.of, row.to, row.years, d.band(), d.positive(), d.negative()});
  }
  return responses;
}

std::size_t ask_regret(std::vector<Measure>& measures, const std::vector<RunOutcome>& runs,
                       bool more_is_better, double unit) {
  const std::size_t at = measures.size();
  const double sign = more_is_better ? 1 : -1;
  for (const RunOutcome& own : runs) {
    const auto behind = [=](std::span<const Ensemble> r, std::span<double> room) {
      for (std::size_t f = 0; f < room.size(); ++f) {
        const auto value = [&](const RunOutcome& o) {
          return sign * o.read(r[o.run], static_cast<int>(f));
        };
        double best = value(own);
        const double here = best;
        for (const RunOutcome& other : runs) best = maximum(best, value(other));
        room[f] = best - here;
      }
    };
    measures.push_back(
        {[=](std::span<const Ensemble> r, std::span<double> room) -> std::span<const double> {
           behind(r, room);
           return room;
         },
         unit});
    measures.push_back(
        {[=](std::span<const Ensemble> r, std::span<double> room) -> std::span<const double> {
           behind(r, room);
           for (double& x : room) x = x == 0;
           return room;
         },
         chance_unit, false});
  }
  return at;
}

Regret read_regret(const Tally& tally, std::size_t at, std::size_t which) {
  return {tally.parts[at + 2 * which].band(), tally.parts[at + 2 * which + 1].positive()};
}

}  // namespace tenbin
