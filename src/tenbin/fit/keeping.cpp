// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/keeping.hpp"

#include <algorithm>
#include <map>

#include "tenbin/infer/sample.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

namespace keeping {

/// Prior of the logit by kind beside the mean over kinds: a law binds more than an aim.
constexpr std::array<double, promise_kinds> firmness{0.75, 0.25, -0.25, -0.75};
constexpr double width_spread = 0.3;   // of log width over kinds
constexpr double definition_sd = 0.1;  // log: how far a promise's measure lies from the panel's

/// A number and its slopes by what a case hangs on.
struct Slopes {
  static constexpr std::size_t count = 4;  // closed, log width, log lateness, log noise
  double value = 0;
  std::array<double, count> by{};

  static Slopes of(double value, std::size_t which) {
    Slopes s{value, {}};
    s.by[which] = 1;
    return s;
  }
  template <class F>
  Slopes mapped(double result, F&& slope) const {
    Slopes s{result, {}};
    for (std::size_t k = 0; k < count; ++k) s.by[k] = slope(k);
    return s;
  }
};
Slopes operator+(const Slopes& a, const Slopes& b) {
  return a.mapped(a.value + b.value, [&](std::size_t k) { return a.by[k] + b.by[k]; });
}
Slopes operator-(const Slopes& a, const Slopes& b) {
  return a.mapped(a.value - b.value, [&](std::size_t k) { return a.by[k] - b.by[k]; });
}
Slopes operator*(const Slopes& a, const Slopes& b) {
  return a.mapped(a.value * b.value,
                  [&](std::size_t k) { return a.by[k] * b.value + a.value * b.by[k]; });
}
Slopes operator*(double c, const Slopes& a) {
  return a.mapped(c * a.value, [&](std::size_t k) { return c * a.by[k]; });
}
Slopes exp(const Slopes& a) {
  const double e = tenbin::exp(a.value);
  return a.mapped(e, [&](std::size_t k) { return e * a.by[k]; });
}
Slopes log(const Slopes& a) {
  return a.mapped(tenbin::log(a.value), [&](std::size_t k) { return a.by[k] / a.value; });
}
Slopes operator/(const Slopes& a, const Slopes& b) { return a * exp(-1.0 * log(b)); }

/// Log densities of a case's changes if its promise is taken up, and if not, without constants.
struct CaseDensity {
  Slopes taken, ignored;
};

/// Sums over a case's years, over the usual variance: of the steps of its way squared, of steps
/// times changes. A step is the part of the log gap that a year closes if all is closed.
struct WaySums {
  Slopes squares, along;
};

WaySums sum_way(const PromiseCase& c, double log_lateness) {
  const double weight = 1 / (c.usual * c.usual), late = tenbin::exp(log_lateness);
  std::array<double, 2> squares{}, along{};  // and their slopes by log lateness
  double before = 0, slope_before = 0;
  for (std::size_t k = 0; k < c.changes.size(); ++k) {
    const double log_part = tenbin::log(static_cast<double>(k + 1) / c.years);
    const double after = tenbin::exp(late * log_part), slope_after = after * late * log_part;
    const double step = c.gap * (after - before), slope = c.gap * (slope_after - slope_before);
    squares[0] += weight * step * step;
    squares[1] += 2 * weight * step * slope;
    along[0] += weight * step * c.changes[k];
    along[1] += weight * slope * c.changes[k];
    before = after;
    slope_before = slope_after;
  }
  return {{squares[0], {0, 0, squares[1], 0}}, {along[0], {0, 0, along[1], 0}}};
}

CaseDensity density_of(const PromiseCase& c, double closed, double log_width, double log_lateness,
                       double log_noise) {
  const Slopes mean = Slopes::of(closed, 0), width = exp(Slopes::of(log_width, 1)),
               noise = Slopes::of(log_noise, 3), precision = exp(-2.0 * noise);
  double still = 0;
  for (const double change : c.changes) still += change * change / (c.usual * c.usual);
  const WaySums way = sum_way(c, log_lateness);
  const Slopes along = way.along - mean * way.squares;
  const Slopes rest = Slopes{still, {}} - 2.0 * (mean * way.along) + mean * mean * way.squares;
  const double blur = definition_sd / c.gap;
  const Slopes variance = width * width + blur * blur * (mean * mean);
  const Slopes wider = Slopes{1, {}} + variance * precision * way.squares;
  const Slopes scales = -static_cast<double>(c.changes.size()) * noise;
  return {scales - 0.5 * (precision * rest) +
              0.5 * (variance * precision * precision * along * along / wider) - 0.5 * log(wider),
          scales - 0.5 * still * precision};
}

/// Points and weights of a standard normal, for a mean over promises.
constexpr int points = 15;
struct Points {
  std::array<double, points> at{}, weight{};
  Points() {
    double sum = 0;
    for (int k = 0; k < points; ++k) {
      at[k] = (k - points / 2) * 0.5;
      weight[k] = tenbin::exp(-0.5 * at[k] * at[k]);
      sum += weight[k];
    }
    for (double& w : weight) w /= sum;
  }
};
const Points& normal_points() {
  static const Points all;
  return all;
}

double logistic(double x) { return 1 / (1 + tenbin::exp(-x)); }

}  // namespace keeping
}  // namespace

/// What the model is made of, by kind; also slopes by them.
struct KeepingDensity::Natural {
  std::array<double, promise_kinds> taken{}, closed{}, log_width{};
  double log_lateness = 0, log_noise = 0, between = 0;
};

KeepingDensity::KeepingDensity(std::span<const PromiseCase> cases, std::span<const Pledge> pledges)
    : cases_(cases.begin(), cases.end()) {
  std::map<std::string, Promise> by_name;
  for (std::size_t c = 0; c < cases_.size(); ++c) {
    const Pledge& p = pledges[cases_[c].pledge];
    Promise& promise = by_name[p.pledge];
    promise.kind = static_cast<std::size_t>(p.kind);
    promise.cases.push_back(c);
  }
  for (auto& [name, promise] : by_name) promises_.push_back(std::move(promise));
}

void KeepingDensity::add(const Promise& promise, const Natural& at, double& density,
                         Natural& slope) const {
  using namespace keeping;
  const Points& over = normal_points();
  const std::size_t k = promise.kind, cases = promise.cases.size();
  std::vector<CaseDensity> each;
  std::vector<double> if_taken, if_ignored;  // densities over the higher of both
  double common = 0;
  for (const std::size_t c : promise.cases) {
    const CaseDensity d =
        density_of(cases_[c], at.closed[k], at.log_width[k], at.log_lateness, at.log_noise);
    const double higher = std::max(d.taken.value, d.ignored.value);
    common += higher;
    if_taken.push_back(tenbin::exp(d.taken.value - higher));
    if_ignored.push_back(tenbin::exp(d.ignored.value - higher));
    each.push_back(d);
  }
  std::array<double, points> log_density{}, taken{};
  for (int q = 0; q < points; ++q) {
    taken[q] = logistic(at.taken[k] + at.between * over.at[q]);
    log_density[q] = tenbin::log(over.weight[q]);
    for (std::size_t c = 0; c < cases; ++c)
      log_density[q] += tenbin::log(taken[q] * if_taken[c] + (1 - taken[q]) * if_ignored[c]);
  }
  const double highest = *std::ranges::max_element(log_density);
  double sum = 0;
  for (const double x : log_density) sum += tenbin::exp(x - highest);
  density += common + highest + tenbin::log(sum);
  std::vector<double> kept(cases, 0.0);  // probability that it was taken up, given the changes
  for (int q = 0; q < points; ++q) {
    const double weight = tenbin::exp(log_density[q] - highest) / sum;
    for (std::size_t c = 0; c < cases; ++c) {
      const double part = taken[q] * if_taken[c],
                   own = part / (part + (1 - taken[q]) * if_ignored[c]);
      kept[c] += weight * own;
      slope.taken[k] += weight * (own - taken[q]);
      slope.between += weight * (own - taken[q]) * over.at[q];
    }
  }
  for (std::size_t c = 0; c < cases; ++c) {
    const auto by = [&](std::size_t which) {
      return kept[c] * each[c].taken.by[which] + (1 - kept[c]) * each[c].ignored.by[which];
    };
    slope.closed[k] += by(0);
    slope.log_width[k] += by(1);
    slope.log_lateness += by(2);
    slope.log_noise += by(3);
  }
}

double KeepingDensity::operator()(std::span<const double> theta, std::span<double> grad) const {
  double density = 0;
  std::ranges::fill(grad, 0.0);
  const auto normal = [&](std::size_t k, double mean, double sd) {
    const double z = (theta[k] - mean) / sd;
    density -= 0.5 * z * z;
    grad[k] -= z / sd;
  };
  /// theta[k] is the log of a number that is half-normal.
  const auto half_normal = [&](std::size_t k, double sd) {
    const double z = tenbin::exp(theta[k]) / sd;
    density += theta[k] - 0.5 * z * z;
    grad[k] += 1 - z * z;
  };
  normal(taken_mean, 0, 1);
  half_normal(taken_spread, 1);
  normal(closed_mean, 0.8, 0.3);
  half_normal(closed_spread, 0.2);
  half_normal(width_mean, 0.4);
  normal(lateness, tenbin::log(1.5), 0.4);
  normal(noise, 0, 0.3);
  half_normal(between_promises, 1);
  Natural at{.log_lateness = theta[lateness],
             .log_noise = theta[noise],
             .between = tenbin::exp(theta[between_promises])};
  const double taken_sd = tenbin::exp(theta[taken_spread]),
               closed_sd = tenbin::exp(theta[closed_spread]);
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    for (const std::size_t z : {taken + k, closed + k, width + k}) normal(z, 0, 1);
    at.taken[k] = theta[taken_mean] + keeping::firmness[k] + taken_sd * theta[taken + k];
    at.closed[k] = theta[closed_mean] + closed_sd * theta[closed + k];
    at.log_width[k] = theta[width_mean] + keeping::width_spread * theta[width + k];
  }
  Natural slope;
  for (const Promise& promise : promises_) add(promise, at, density, slope);
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    grad[taken_mean] += slope.taken[k];
    grad[taken + k] += taken_sd * slope.taken[k];
    grad[taken_spread] += taken_sd * theta[taken + k] * slope.taken[k];
    grad[closed_mean] += slope.closed[k];
    grad[closed + k] += closed_sd * slope.closed[k];
    grad[closed_spread] += closed_sd * theta[closed + k] * slope.closed[k];
    grad[width_mean] += slope.log_width[k];
    grad[width + k] += keeping::width_spread * slope.log_width[k];
  }
  grad[lateness] += slope.log_lateness;
  grad[noise] += slope.log_noise;
  grad[between_promises] += at.between * slope.between;
  return std::isfinite(density) ? density : -std::numeric_limits<double>::infinity();
}

std::vector<double> KeepingDensity::start() const {
  std::vector<double> theta(coordinates, 0.0);
  theta[taken_spread] = theta[between_promises] = tenbin::log(0.7);
  theta[closed_mean] = 0.8;
  theta[closed_spread] = tenbin::log(0.15);
  theta[width_mean] = tenbin::log(0.3);
  theta[lateness] = tenbin::log(1.5);
  return theta;
}

std::vector<Column> KeepingDensity::columns() const {
  std::vector<std::string> kinds(pledge_kind_names.begin(),
                                 pledge_kind_names.begin() + promise_kinds);
  std::vector<Column> columns;
  std::size_t offset = 0;
  for (const char* name : {"taken_up", "closed", "width"}) {
    columns.push_back({.name = name, .elements = kinds, .offset = offset});
    offset += kinds.size();
  }
  for (const char* name : {"lateness", "noise", "between_promises"})
    columns.push_back({.name = name, .offset = offset++});
  return columns;
}

void KeepingDensity::constrain(std::span<const double> theta, std::span<double> out) const {
  using namespace keeping;
  const Points& over = normal_points();
  const double between = tenbin::exp(theta[between_promises]);
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    const double logit =
        theta[taken_mean] + firmness[k] + tenbin::exp(theta[taken_spread]) * theta[taken + k];
    out[k] = 0;  // of the next promise: the mean over promises
    for (int q = 0; q < points; ++q)
      out[k] += over.weight[q] * logistic(logit + between * over.at[q]);
    out[promise_kinds + k] =
        theta[closed_mean] + tenbin::exp(theta[closed_spread]) * theta[closed + k];
    out[2 * promise_kinds + k] = tenbin::exp(theta[width_mean] + width_spread * theta[width + k]);
  }
  out[3 * promise_kinds] = tenbin::exp(theta[lateness]);
  out[3 * promise_kinds + 1] = tenbin::exp(theta[noise]);
  out[3 * promise_kinds + 2] = between;
}

namespace {

/// Means of the draws; the parts closed are as wide as states differ and their mean is uncertain.
Keeping mean_keeping(const Draws& draws, const std::vector<PromiseCase>& cases, const Panel& panel,
                     int until) {
  Keeping keeping{.as_of = until};
  const auto mean = [&](auto&& of) {
    double sum = 0;
    for (std::size_t d = 0; d < draws.size(); ++d) sum += of(draws.draw(d));
    return sum / static_cast<double>(draws.size());
  };
  using Draw = std::span<const double>;
  for (std::size_t k = 0; k < promise_kinds; ++k) {
    KindKeeping& kind = keeping.kinds[k];
    kind.ignored = 1 - mean([&](Draw d) { return d[k]; });
    kind.mean = mean([&](Draw d) { return d[promise_kinds + k]; });
    kind.sd = square_root(mean([&](Draw d) {
      const double away = d[promise_kinds + k] - kind.mean, width = d[2 * promise_kinds + k];
      return away * away + width * width;
    }));
    std::vector<std::string> names;
    for (const PromiseCase& c : cases) {
      const Pledge& p = panel.pledges[c.pledge];
      if (static_cast<std::size_t>(p.kind) != k) continue;
      ++kind.cases;
      if (std::ranges::find(names, p.pledge) == names.end()) names.push_back(p.pledge);
    }
    kind.promises = static_cast<int>(names.size());
  }
  keeping.lateness = mean([&](Draw d) { return d[3 * promise_kinds]; });
  return keeping;
}

}  // namespace

KeepingFit fit_keeping(const Panel& panel, int until, const KeepingOptions& options,
                       const Execution& execution, const NutsObserver& observer) {
  KeepingFit fit{.cases = promise_cases(panel, until), .draws = {}, .keeping = {}};
  fit.draws = sample(KeepingDensity(fit.cases, panel.pledges), options.chains, options.sampler,
                     execution, {"promises", observer});
  if (fit.draws.chains > 0) fit.keeping = mean_keeping(fit.draws, fit.cases, panel, until);
  return fit;
}

}  // namespace tenbin
