// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/disputes.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "tenbin/core/problem.hpp"
#include "tenbin/futures/distribution.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/infer/sample.hpp"

namespace tenbin {

DisputeFit fit_disputes(std::span<const DyadYear> rows, const DisputeFitOptions& options,
                        const Execution& execution, const std::function<bool(double)>& observer) {
  DisputeFit fit{.rows = static_cast<int>(rows.size())};
  for (const DyadYear& r : rows) fit.onsets += r.onset;
  if (fit.onsets == 0)
    throw Error({{"disputes.csv", "has no onset among the relevant dyads of these years",
                  "Give a panel with disputes.csv, contiguity.csv and majors.csv"}});
  const auto [first, last] = std::ranges::minmax_element(rows, {}, &DyadYear::year);
  fit.first = first->year, fit.last = last->year;
  fit.scale = scale_of(rows);
  std::vector<DyadYear> used(rows.begin(), rows.end());
  if (options.peace_only)
    for (DyadYear& r : used)
      for (std::size_t k = 0; k < dispute_covariates; ++k)
        if (k != peace) r.x[k] = fit.scale.mean[k];
  std::atomic<int> done{0};
  const double all =
      static_cast<double>(options.chains) * (options.sampler.warmup + options.sampler.draws);
  fit.draws =
      sample(DisputeDensity(used, fit.scale), options.chains, options.sampler, execution,
             {"disputes", [&](const NutsEvent&) { return !observer || observer(++done / all); }});
  if (fit.draws.chains == 0) return fit;
  if (options.peace_only)  // the rest follows its prior and has no say
    for (std::size_t d = 0; d < fit.draws.size(); ++d)
      for (std::size_t k = 0; k < dispute_covariates; ++k)
        if (k != peace) fit.draws.values[d * fit.draws.width + 1 + k] = 0;
  fit.summary = summarise(fit.draws);
  fit.health = health(fit.draws, fit.summary, options.sampler.max_depth);
  return fit;
}

double onset_probability(const DisputeFit& fit, const DisputeVector& x) {
  double sum = 0;
  for (std::size_t d = 0; d < fit.draws.size(); ++d)
    sum += onset_probability(fit.draws.draw(d), fit.scale, x);
  return sum / static_cast<double>(fit.draws.size());
}

Classification judge(const DisputeFit& fit, std::span<const DyadYear> rows) {
  std::vector<double> p;
  std::vector<char> came;
  for (const DyadYear& r : rows) {
    p.push_back(onset_probability(fit, r.x));
    came.push_back(r.onset);
  }
  return classify(p, came);
}

std::vector<SpanRate> span_rates(std::span<const DyadYear> rows) {
  std::vector<SpanRate> rates(longest_span);
  const auto follows = [&](std::size_t r) {
    return r > 0 && rows[r].a == rows[r - 1].a && rows[r].b == rows[r - 1].b &&
           rows[r].year == rows[r - 1].year + 1;
  };
  int known = 0,
      quiet = 0;  // years of the dyad without a gap, and without an onset, up to this one
  for (std::size_t r = 0; r < rows.size(); ++r) {
    known = follows(r) ? known + 1 : 1;
    quiet = rows[r].onset ? 0 : known == 1 ? 1 : quiet + 1;
    for (int span = 1; span <= std::min(known, longest_span); ++span) {
      ++rates[span - 1].spans;
      rates[span - 1].with_onset += quiet < span;
    }
  }
  return rates;
}

DisputeModel model_of(const DisputeFit& fit) {
  constexpr int kept = 400;
  DisputeModel model{
      .first = fit.first,
      .last = fit.last,
      .rows = fit.rows,
      .onsets = fit.onsets,
      .scale = fit.scale,
      .draws = {.equation = fit.draws.equation,
                .chains = 1,
                .draws_per_chain = std::min(kept, static_cast<int>(fit.draws.size())),
                .columns = fit.draws.columns,
                .width = fit.draws.width}};
  const std::size_t few = model.draws.size();
  for (std::size_t d = 0; d < few; ++d) {
    const auto row = fit.draws.draw(d * fit.draws.size() / few);
    model.draws.values.insert(model.draws.values.end(), row.begin(), row.end());
  }
  return model;
}

std::vector<SimulatedCount> simulate_disputes(const Panel& panel, const DisputeModel& model,
                                              const Posterior& posterior, int origin, int last,
                                              std::int64_t futures, const Execution& execution) {
  Panel known = as_of(panel, origin);
  known.dispute_model = std::make_shared<DisputeModel>(model);
  const Scenario scenario{.start = origin, .end = last, .futures = futures};
  const Schedule plan = schedule(*past_of(std::move(known), origin), scenario);
  std::map<int, int> came;  // by year
  std::set<std::array<int, 3>> seen;
  std::set<std::pair<StateIndex, StateIndex>> dyads;
  for (const Dyad& d : plan.dyads) dyads.emplace(d.a, d.b);
  for (const Dispute& d : panel.disputes) {
    const std::pair<StateIndex, StateIndex> dyad = std::minmax(d.a, d.b);
    if (dyads.contains(dyad) && seen.insert({dyad.first, dyad.second, d.year}).second)
      ++came[d.year];
  }
  std::vector<SimulatedCount> counts;
  for (int first = origin + 1; first <= last; first = counts.back().last + 1) {
    const int end = first + 9;
    counts.push_back({.first = first, .last = last - end < 5 ? last : end});
  }
  if (counts.size() != 1) counts.push_back({.first = origin + 1, .last = last});
  for (SimulatedCount& c : counts)
    for (int year = c.first; year <= c.last; ++year) c.observed += came[year];

  const Projection projection{
      {{.schedule = &plan}}, &posterior.spending, &posterior.economy, {.futures = futures}};
  std::vector<std::vector<double>> drawn(counts.size(),
                                         std::vector<double>(static_cast<std::size_t>(futures)));
  project_blocks(projection, execution, [&](int, int, std::span<const Ensemble> runs) {
    const Ensemble& e = runs[0];
    for (std::size_t k = 0; k < counts.size(); ++k)
      for (int year = counts[k].first; year <= counts[k].last; ++year)
        for (std::size_t d = 0; d < e.dyads.size(); ++d) {
          const auto onsets = e.onset(year, d);
          for (int f = 0; f < e.futures; ++f) drawn[k][e.first + f] += onsets[f];
        }
  });
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const Band b = band(std::move(drawn[k]));
    counts[k].mean = b.mean, counts[k].low = b.quantile[0], counts[k].high = b.quantile[6];
  }
  return counts;
}

}  // namespace tenbin
