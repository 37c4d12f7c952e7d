// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "tenbin/infer/sample.hpp"
#include "tenbin/model/parameter_layout.hpp"
#include "tenbin/model/simulate.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

constexpr Equation both[] = {Equation::spending, Equation::economy};
constexpr Execution alone{.threads = 1};  // data sets run side by side, not chains

const Priors& priors_of(const PriorSet& set, Equation equation) {
  return equation == Equation::spending ? set.spending : set.economy;
}

/// Draws of one equation fitted to a table, one chain after the other.
Draws fit_table(Equation equation, const RowTable& rows, const Priors& priors, const FitOptions& o,
                std::uint64_t seed, const NutsObserver& observer) {
  const NutsOptions nuts{
      .warmup = o.warmup, .draws = o.draws, .target_accept = o.target_accept, .seed = seed};
  const Beside beside{.observer = observer};
  if (equation == Equation::spending)
    return sample(SpendingDensity(rows, priors, o.without), o.chains, nuts, alone, beside);
  return sample(EconomyDensity(rows, priors, o.without), o.chains, nuts, alone, beside);
}

/// Number of evenly spaced draws, of all chains, below the truth: 0 to rank_draws.
int rank_of(const Draws& draws, std::size_t quantity, double truth) {
  int rank = 0;
  for (std::size_t k = 0; k < rank_draws; ++k) {
    const std::size_t d = (2 * k + 1) * draws.size() / (2 * rank_draws);
    rank += draws.draw(d)[quantity] < truth;
  }
  return rank;
}

/// Counts data sets done, and stops all when the observer says so.
class Count {
 public:
  Count(double all, const FitObserver& observer) : all_(all), observer_(observer) {}
  void one() {
    if (observer_ && !observer_(++done_ / all_)) stopped_ = true;
  }
  bool stopped() const { return stopped_; }
  /// Within a data set: only whether to go on.
  NutsObserver watch() {
    return [this](const NutsEvent& event) {
      if (event.iteration % 64 == 0 && observer_ && !observer_(done_ / all_)) stopped_ = true;
      return !stopped_.load();
    };
  }

 private:
  double all_;
  const FitObserver& observer_;
  std::atomic<int> done_{0};
  std::atomic<bool> stopped_{false};
};

std::vector<std::string> names_of(Equation equation, const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& c : columns)
    for (std::size_t e = 0; e < c.size(); ++e)
      names.push_back(std::string(equation_name(equation)) + "." + c.label(e));
  return names;
}

/// Histogram and chi-square of a quantity's ranks over data sets.
RankLine rank_line(const std::vector<std::vector<int>>& ranks, std::size_t quantity) {
  RankLine line{.histogram = std::vector<int>(rank_bins)};
  for (const auto& own : ranks) ++line.histogram[own[quantity] * rank_bins / (rank_draws + 1)];
  const double expected = static_cast<double>(ranks.size()) / rank_bins;
  for (const int n : line.histogram) line.chi_square += (n - expected) * (n - expected) / expected;
  line.p = gamma_tail(0.5 * (rank_bins - 1), 0.5 * line.chi_square);
  return line;
}

}  // namespace

const RankLine* Calibration::worst() const {
  const auto found = std::ranges::min_element(lines, {}, &RankLine::p);
  return found == lines.end() ? nullptr : &*found;
}

bool Calibration::passes() const {
  return worst() != nullptr && worst()->p > 0.01 / static_cast<double>(lines.size());
}

Calibration calibrate(const Past& past, const CalibrationOptions& options,
                      const Execution& execution, const FitObserver& observer) {
  const std::vector<Row> rows = rows_to_fit(past, options.fit.leave_out);
  Calibration result{.sets = options.sets};
  Count count(2.0 * options.sets, observer);
  std::vector<double> rhats;
  for (const Equation equation : both) {
    const RowTable table = table_to_fit(equation, rows, past.panel());
    const Priors& priors = priors_of(options.fit.priors, equation);
    const std::vector<Column> columns = equation == Equation::spending
                                            ? SpendingDensity(table, priors).columns()
                                            : EconomyDensity(table, priors).columns();
    const std::vector<std::string> names = names_of(equation, columns);
    Priors sampled = priors;
    for (std::size_t k = 0; k < sampled.size(); ++k)
      if (names[k] == options.planted)
        sampled[k].b *= sampled[k].kind == Prior::Kind::normal ? 2 : 0.5;
    std::vector<std::vector<int>> ranks(options.sets);
    std::vector<double> worst_rhat(options.sets);
    std::vector<int> divergences(options.sets);
    for_each_block(execution, options.sets, [&](int set, int) {
      if (count.stopped()) return;
      const auto number = static_cast<std::uint32_t>(set);
      const std::vector<double> truth =
          prior_draw(equation, priors, columns, options.fit.seed, number, table.mean_danger());
      const RowTable drawn = simulate(equation, table, columns, truth, options.fit.seed, number);
      const Draws draws = fit_table(equation, drawn, sampled, options.fit,
                                    options.fit.seed + 1 + number, count.watch());
      if (draws.chains == 0) return;
      for (std::size_t k = 0; k < truth.size(); ++k)
        ranks[set].push_back(rank_of(draws, k, truth[k]));
      divergences[set] =
          static_cast<int>(std::ranges::count_if(draws.divergent, [](char d) { return d != 0; }));
      for (std::size_t k = 0; k < global_count(equation); ++k)
        worst_rhat[set] = std::max(worst_rhat[set], summarise(draws.series(k), draws.chains).rhat);
      count.one();
    });
    if (count.stopped()) return {};
    for (std::size_t k = 0; k < names.size(); ++k) {
      result.lines.push_back(rank_line(ranks, k));
      result.lines.back().name = names[k];
      result.lines.back().global = k < global_count(equation);
    }
    for (const int d : divergences) result.divergences += d;
    result.draws += static_cast<std::size_t>(options.sets) * options.fit.chains * options.fit.draws;
    rhats.insert(rhats.end(), worst_rhat.begin(), worst_rhat.end());
  }
  std::ranges::sort(rhats);
  result.rhat_median = quantile_sorted(rhats, 0.5);
  return result;
}

namespace {

/// Globals of a posterior draw with the planted values, and new states and years drawn from them.
/// If the draw's own states were kept, all data sets would share one accident, such as a chance
/// correlation of the real states' targets with danger.
std::vector<double> planted_draw(std::span<const double> draw, const std::vector<Planted>& plan,
                                 const std::vector<Column>& columns, std::uint64_t seed,
                                 std::uint32_t number, std::span<const double> mean_danger) {
  const SpendingLayout at(columns);
  std::vector<double> values(draw.begin(), draw.end());
  for (const auto& [parameter, value] : plan) values[at.at(parameter)] = value;
  draw_states_and_years(columns, seed, number, mean_danger, values);
  for (const Column& c : columns)
    if (c.fixed) std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(c.offset), c.size(), 0.0);
  return values;
}

/// One value's line, from the summaries of its posteriors.
Recovery recovery_of(const Planted& planted, const std::vector<Summary>& found) {
  const double sets = static_cast<double>(found.size());
  Recovery r{.parameter = planted.parameter,
             .truth = planted.value,
             .sets = static_cast<int>(found.size())};
  double squares = 0;
  for (const Summary& s : found) {
    r.mean += s.mean / sets;
    squares += s.mean * s.mean / sets;
    r.sd += s.sd / sets;
    r.width += (s.q95 - s.q05) / sets;
    r.coverage += (s.q05 <= r.truth && r.truth <= s.q95) / sets;
    r.above_zero += (s.q05 > 0) / sets;
  }
  r.bias_se = square_root(std::max(0.0, squares - r.mean * r.mean) / sets);
  return r;
}

}  // namespace

std::vector<Recovery> recover(const Past& past, const CalibrationOptions& options,
                              const std::vector<std::vector<Planted>>& plans,
                              const Execution& execution, const FitObserver& observer) {
  const RowTable table =
      row_table(Equation::spending, rows_to_fit(past, options.fit.leave_out), past.panel());
  for (const auto& plan : plans)
    for (const Planted& planted : plan)
      if (const ParameterSpec& p = spec(planted.parameter);
          std::ranges::find(options.fit.without, p.term) != options.fit.without.end())
        throw Error({{"--recover", fmt::format("{}: {} is switched off here", p.name, p.term),
                      "Plant a value of a term that the fit has"}});
  const Draws fitted =
      fit_spending(table, options.fit, execution, [&](double) { return !observer || observer(0); });
  if (fitted.chains == 0) return {};
  const SpendingLayout at(fitted.columns);
  const std::vector<double> mean_danger = table.mean_danger();
  Count count(static_cast<double>(plans.size()) * options.sets, observer);
  std::vector<Recovery> result;
  for (std::size_t which = 0; which < plans.size(); ++which) {
    const std::vector<Planted>& plan = plans[which];
    std::vector<std::vector<Summary>> found(plan.size(), std::vector<Summary>(options.sets));
    for_each_block(execution, options.sets, [&](int set, int) {
      if (count.stopped()) return;
      const auto number = static_cast<std::uint32_t>(which * options.sets + set);
      const auto draw = fitted.draw(fitted.size() * set / options.sets);
      const RowTable drawn =
          simulate(Equation::spending, table, fitted.columns,
                   planted_draw(draw, plan, fitted.columns, options.fit.seed, number, mean_danger),
                   options.fit.seed, number);
      const Draws draws = fit_table(Equation::spending, drawn, options.fit.priors.spending,
                                    options.fit, options.fit.seed + 1 + number, count.watch());
      if (draws.chains == 0) return;
      for (std::size_t k = 0; k < plan.size(); ++k)
        found[k][set] = summarise(draws.series(at.at(plan[k].parameter)), draws.chains);
      count.one();
    });
    if (count.stopped()) return {};
    for (std::size_t k = 0; k < plan.size(); ++k) result.push_back(recovery_of(plan[k], found[k]));
  }
  return result;
}

}  // namespace tenbin
