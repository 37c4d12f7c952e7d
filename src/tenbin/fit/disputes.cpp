// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/disputes.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "tenbin/core/problem.hpp"
#include "tenbin/fit/dispute_density.hpp"
#include "tenbin/futures/distribution.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/infer/sample.hpp"

namespace tenbin {
namespace {

constexpr int calibrated_on = 10;  // years
constexpr int fewest_onsets = 20;  // in them, and before them

int onsets_of(std::span<const DyadYear> rows) {
  return static_cast<int>(std::ranges::count_if(rows, &DyadYear::onset));
}

/// The rows of the last years, with the log odds that a fit to the years before gives them.
DisputeDensity::Unseen unseen(std::span<const DyadYear> rows, const DisputeScale& scale, int last) {
  std::vector<DyadYear> before;
  DisputeDensity::Unseen later;
  for (const DyadYear& r : rows) (r.year > last - calibrated_on ? later.rows : before).push_back(r);
  if (onsets_of(before) < fewest_onsets || onsets_of(later.rows) < fewest_onsets) return {};
  const DisputeDensity density(before, scale);
  const auto slopes = dispute_slopes(density.mode(), scale);
  for (const DyadYear& r : later.rows) {
    const double p = onset_risk(slopes, r.x)[0];
    later.log_odds.push_back(log(p / (1 - p)));
  }
  return later;
}

}  // namespace

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
  const auto later = unseen(rows, fit.scale, fit.last);
  std::atomic<int> done{0};
  const double all =
      static_cast<double>(options.chains) * (options.sampler.warmup + options.sampler.draws);
  fit.draws =
      sample(DisputeDensity(rows, fit.scale, later), options.chains, options.sampler, execution,
             {"disputes", [&](const NutsEvent&) { return !observer || observer(++done / all); }});
  if (fit.draws.chains == 0) return fit;
  if (later.rows.empty())  // the calibration follows its prior alone and has no say
    for (const std::size_t number : {dispute_numbers - 2, dispute_numbers - 1}) {
      for (std::size_t d = 0; d < fit.draws.size(); ++d)
        fit.draws.values[d * fit.draws.width + number] = 0;
      fit.draws.columns[number].fixed = true;
    }
  fit.summary = summarise(fit.draws);
  fit.health = health(fit.draws, fit.summary, options.sampler.max_depth);
  return fit;
}

std::array<Classification, severities> judge(const DisputeModel& model,
                                             std::span<const DyadYear> rows) {
  std::vector<OnsetRisk> mean(rows.size());
  for (std::size_t d = 0; d < model.draws.size(); ++d) {
    const auto slopes = dispute_slopes(model.draws.draw(d), model.scale);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const OnsetRisk risk = onset_risk(slopes, rows[r].x);
      for (std::size_t s = 0; s < severities; ++s)
        mean[r][s] += risk[s] / static_cast<double>(model.draws.size());
    }
  }
  std::array<Classification, severities> judged;
  for (std::size_t s = 0; s < severities; ++s) {
    std::vector<double> p;
    std::vector<char> came;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      p.push_back(mean[r][s]);
      came.push_back(rows[r].reaches(static_cast<Severity>(s)));
    }
    judged[s] = classify(p, came);
  }
  return judged;
}

Classification judge_peace_alone(std::span<const DyadYear> train, std::span<const DyadYear> rows) {
  const DisputeScale scale = scale_of(train);
  const auto alone = [&](std::span<const DyadYear> all) {
    LogitRows given = dispute_rows(all, scale, Severity::any);
    LogitRows kept{.columns = 2, .came = std::move(given.came)};
    for (std::size_t r = 0; r < all.size(); ++r)
      kept.x.insert(kept.x.end(), {1, given.x[r * given.columns + 1 + peace]});
    return kept;
  };
  const auto beta = Logit(alone(train), {onset_intercept, onset_slope}).mode().beta;
  const LogitRows later = alone(rows);
  std::vector<double> p;
  for (std::size_t r = 0; r < later.size(); ++r)
    p.push_back(inverse_logit(beta[0] + beta[1] * later.x[2 * r + 1]));
  return classify(p, later.came);
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
  constexpr int kept = 200;
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

namespace {

/// Adds the decades from `first` to `last`, and, where there are several, all of them.
void add_spans(Severity severity, int first, int last, std::vector<SimulatedCount>& counts) {
  const std::size_t before = counts.size();
  for (int year = first; year <= last; year = counts.back().last + 1) {
    const int end = year + 9;
    counts.push_back({.severity = severity, .first = year, .last = last - end < 5 ? last : end});
  }
  if (counts.size() != before + 1)
    counts.push_back({.severity = severity, .first = first, .last = last});
}

}  // namespace

std::vector<SimulatedCount> simulate_disputes(const Panel& panel, const DisputeModel& model,
                                              const Posterior& posterior, int origin, int last,
                                              std::int64_t futures, const Execution& execution) {
  Panel known = as_of(panel, origin);
  known.dispute_model = std::make_shared<DisputeModel>(model);
  const Scenario scenario{.start = origin, .end = last, .futures = futures};
  const Schedule plan = schedule(*past_of(std::move(known), origin), scenario);
  std::map<std::array<int, 3>, int> came;  // by dyad and year: severities reached
  std::set<std::pair<StateIndex, StateIndex>> dyads;
  for (const Dyad& d : plan.dyads) dyads.emplace(d.a, d.b);
  for (const Dispute& d : panel.disputes) {
    const std::pair<StateIndex, StateIndex> dyad = std::minmax(d.a, d.b);
    if (!dyads.contains(dyad)) continue;
    int& reached = came[{dyad.first, dyad.second, d.year}];
    reached = std::max(reached, 1 + static_cast<int>(severity_of(d)));
  }
  std::vector<SimulatedCount> counts;
  for (std::size_t s = 0; s < severities; ++s)
    add_spans(static_cast<Severity>(s), origin + 1, last, counts);
  const auto reaches = [](const SimulatedCount& c, int reached) {
    return reached > static_cast<int>(c.severity);
  };
  for (SimulatedCount& c : counts)
    for (const auto& [key, reached] : came)
      c.observed += key[2] >= c.first && key[2] <= c.last && reaches(c, reached);

  const Projection projection{
      {{.schedule = &plan}}, &posterior.spending, &posterior.economy, {.futures = futures}};
  std::vector<std::vector<double>> drawn(counts.size(),
                                         std::vector<double>(static_cast<std::size_t>(futures)));
  project_blocks(projection, execution, [&](int, int, std::span<const Ensemble> runs) {
    const Ensemble& e = runs[0];
    for (std::size_t k = 0; k < counts.size(); ++k)
      for (int year = counts[k].first; year <= counts[k].last; ++year)
        for (std::size_t d = 0; d < e.dyads.size(); ++d) {
          const auto reached = e.dispute(year, d);
          for (int f = 0; f < e.futures; ++f)
            drawn[k][e.first + f] += reaches(counts[k], reached[f]);
        }
  });
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const Band b = band(std::move(drawn[k]));
    counts[k].mean = b.mean, counts[k].low = b.quantile[0], counts[k].high = b.quantile[6];
  }
  return counts;
}

}  // namespace tenbin
