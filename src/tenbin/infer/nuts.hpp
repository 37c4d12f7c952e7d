// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "tenbin/num/random.hpp"

/// The no-U-turn sampler: multinomial trajectories (Betancourt 2017) with the generalised
/// criterion, checked across half-trajectories too, a diagonal metric, and warm-up in windows of
/// doubling length as in Stan. It knows no state and no alliance: a log density is anything that
/// meets the concept.

namespace tenbin {

template <class F>
concept LogDensity = requires(F& f, std::span<const double> theta, std::span<double> grad) {
  { f.size() } -> std::convertible_to<std::size_t>;
  { f(theta, grad) } -> std::same_as<double>;  // -inf outside the support, never throws; fills grad
};

struct NutsOptions {
  int warmup = 1000;           // iterations that tune step size and metric and are thrown away
  int draws = 1000;            // kept iterations
  double target_accept = 0.8;  // raise towards 0.95 when divergences remain; costs time
  int max_depth = 10;          // trajectories of at most 2^10 steps
  double jitter =
      0.5;  // chains start uniformly this far around the density's start, in free coordinates
  std::uint64_t seed = 1;
};

/// What one iteration did.
struct NutsStep {
  double log_density = 0;
  double acceptance = 0;  // mean over the trajectory
  int tree_depth = 0;
  int leapfrogs = 0;
  bool divergent = false;
};

/// Told of each iteration; answers whether to go on. Called from the chain's own thread.
struct NutsEvent {
  int chain = 0, iteration = 0, iterations = 0;
  bool warmup = false;
};
using NutsObserver = std::function<bool(const NutsEvent&)>;

namespace detail {

/// Dual averaging of the log step size (Nesterov; Hoffman and Gelman 2014), constants as there.
class StepSizeTuner {
 public:
  explicit StepSizeTuner(double target) : target_(target) {}
  void restart(double step_size) {
    centre_ = log(10 * step_size);
    count_ = error_ = average_ = 0;
  }
  double learn(double acceptance) {
    ++count_;
    const double weight = 1 / (count_ + 10);
    error_ = (1 - weight) * error_ + weight * (target_ - std::min(1.0, acceptance));
    const double current = centre_ - error_ * square_root(count_) / 0.05;
    const double share = exp(-0.75 * log(count_));
    average_ = share * current + (1 - share) * average_;
    return exp(current);
  }
  double tuned() const { return exp(average_); }

 private:
  double target_, centre_ = 0, count_ = 0, error_ = 0, average_ = 0;
};

/// Running variances of a window (Welford), shrunk towards 1e-3 as in Stan.
class MetricTuner {
 public:
  explicit MetricTuner(std::size_t n) : mean_(n), squares_(n) {}
  void add(std::span<const double> x) {
    ++count_;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double d = x[k] - mean_[k];
      mean_[k] += d / count_;
      squares_[k] += d * (x[k] - mean_[k]);
    }
  }
  /// Writes the variances as the inverse metric and forgets the window.
  void finish(std::span<double> inverse_metric) {
    if (count_ < 2) return;
    for (std::size_t k = 0; k < inverse_metric.size(); ++k) {
      const double variance = squares_[k] / (count_ - 1);
      inverse_metric[k] = count_ / (count_ + 5) * variance + 1e-3 * 5 / (count_ + 5);
    }
    std::fill(mean_.begin(), mean_.end(), 0.0);
    std::fill(squares_.begin(), squares_.end(), 0.0);
    count_ = 0;
  }

 private:
  double count_ = 0;
  std::vector<double> mean_, squares_;
};

/// Slow windows of 25, 50, 100, ... iterations between the first 75 and the last 50 of the warm-up.
struct MetricWindows {
  int begin = 0;          // first iteration that is collected
  std::vector<int> ends;  // iterations after which the metric is renewed
};
inline MetricWindows metric_windows(int warmup) {
  int first = 75, last = 50, window = 25;
  if (warmup < 150)
    first = static_cast<int>(0.15 * warmup), last = static_cast<int>(0.1 * warmup),
    window = warmup - first - last;
  MetricWindows windows{.begin = first};
  for (int begin = first; begin < warmup - last && window > 0;) {
    int end = begin + window;
    if (end + 2 * window > warmup - last) end = warmup - last;
    windows.ends.push_back(end - 1);
    begin = end;
    window *= 2;
  }
  return windows;
}

inline double log_add(double a, double b) {
  const double high = std::max(a, b);
  if (high == -std::numeric_limits<double>::infinity()) return high;
  return high + log1p(exp(std::min(a, b) - high));
}

}  // namespace detail

/// One chain. Nothing is allocated after construction.
template <LogDensity Density>
class NutsChain {
 public:
  NutsChain(Density density, std::span<const double> start, int chain, const NutsOptions& options)
      : density_(std::move(density)),
        options_(options),
        chain_(chain),
        n_(density_.size()),
        inverse_metric_(n_, 1.0),
        front_(n_),
        back_(n_),
        sample_(n_),
        momentum_(n_) {
    for (int d = 0; d <= options.max_depth + 1; ++d) trees_.emplace_back(n_);
    find_start(start);
  }

  /// Runs warm-up and draws; hands each kept draw to `keep(theta, step)`. Stops early when the
  /// observer says so.
  template <class Keep>
  void run(const NutsObserver& observer, Keep&& keep) {
    detail::StepSizeTuner step_size(options_.target_accept);
    detail::MetricTuner metric(n_);
    const detail::MetricWindows windows = detail::metric_windows(options_.warmup);
    step_size_ = reasonable_step_size();
    step_size.restart(step_size_);
    const int total = options_.warmup + options_.draws;
    for (int it = 0; it < total; ++it) {
      const bool warmup = it < options_.warmup;
      const NutsStep step = iterate();
      if (warmup) {
        step_size_ = step_size.learn(step.acceptance);
        if (!windows.ends.empty() && it >= windows.begin && it <= windows.ends.back())
          metric.add(sample_.q);
        if (std::find(windows.ends.begin(), windows.ends.end(), it) != windows.ends.end()) {
          metric.finish(inverse_metric_);
          step_size_ = reasonable_step_size();
          step_size.restart(step_size_);
        }
        if (it + 1 == options_.warmup) step_size_ = step_size.tuned();
      } else {
        keep(std::span<const double>(sample_.q), step);
      }
      if (observer && !observer({chain_, it + 1, total, warmup})) return;
    }
  }

 private:
  struct Point {
    explicit Point(std::size_t n) : q(n), p(n), g(n) {}
    std::vector<double> q, p, g;  // position, momentum, gradient
    double log_density = 0;
  };
  struct End {
    explicit End(std::size_t n) : p(n), v(n) {}
    std::vector<double> p, v;  // momentum and velocity
  };
  /// A stretch of trajectory: its two ends, the sum of momenta, and one point drawn from it.
  struct Tree {
    explicit Tree(std::size_t n) : first(n), last(n), rho(n), q(n), g(n) {}
    End first, last;
    std::vector<double> rho, q, g;
    double log_density = 0, log_weight = 0;
    bool good = true;
  };

  double random(std::uint32_t number, int which) const {
    return uniforms({options_.seed, Purpose::trajectory, iteration_,
                     static_cast<std::uint32_t>(chain_), number})[which];
  }

  void find_start(std::span<const double> start) {
    double scale = options_.jitter;
    for (std::uint32_t attempt = 0; attempt < 100; ++attempt) {
      for (std::size_t k = 0; k < n_; ++k)
        sample_.q[k] =
            start[k] + scale * (2 * uniforms({options_.seed, Purpose::chain_start, attempt,
                                              static_cast<std::uint32_t>(chain_),
                                              static_cast<std::uint32_t>(k)})[0] -
                                1);
      sample_.log_density = density_(sample_.q, sample_.g);
      if (std::isfinite(sample_.log_density)) return;
      scale *= 0.9;
    }
  }

  void draw_momentum() {
    for (std::size_t k = 0; k < n_; ++k)
      sample_.p[k] = normal({options_.seed, Purpose::momentum, iteration_,
                             static_cast<std::uint32_t>(chain_), static_cast<std::uint32_t>(k)}) /
                     square_root(inverse_metric_[k]);
  }

  double kinetic(std::span<const double> p) const {
    double energy = 0;
    for (std::size_t k = 0; k < n_; ++k) energy += inverse_metric_[k] * p[k] * p[k];
    return 0.5 * energy;
  }

  void leapfrog(Point& x, double step) {
    for (std::size_t k = 0; k < n_; ++k) x.p[k] += 0.5 * step * x.g[k];
    for (std::size_t k = 0; k < n_; ++k) x.q[k] += step * inverse_metric_[k] * x.p[k];
    x.log_density = density_(x.q, x.g);
    for (std::size_t k = 0; k < n_; ++k) x.p[k] += 0.5 * step * x.g[k];
  }

  /// Doubles or halves a step until one leapfrog's acceptance crosses 0.8 (Hoffman and Gelman 2014,
  /// algorithm 4).
  double reasonable_step_size() {
    double step = step_size_;
    int direction = 0;
    for (int k = 0; k < 60; ++k) {
      ++iteration_;
      draw_momentum();
      front_ = sample_;
      const double before = sample_.log_density - kinetic(sample_.p);
      leapfrog(front_, step);
      const double change = front_.log_density - kinetic(front_.p) - before;
      const int wanted =
          change > -0.22314355131420976 ? 1 : -1;  // log 0.8; NaN asks for a smaller step
      if (direction == 0) direction = wanted;
      if (wanted != direction) break;
      step = direction > 0 ? 2 * step : 0.5 * step;
    }
    return step;
  }

  NutsStep iterate() {
    ++iteration_;
    draw_momentum();
    energy0_ = sample_.log_density - kinetic(sample_.p);
    front_ = sample_;
    back_ = sample_;
    step_ = {};
    acceptance_sum_ = 0;
    choices_ = 0;
    Tree& whole = trees_[options_.max_depth + 1];
    start_tree(whole, sample_);
    for (int depth = 0; depth < options_.max_depth; ++depth) {
      const bool forward = random(choices_++, 0) > 0.5;
      Tree& half = trees_[options_.max_depth];
      build(depth, forward ? front_ : back_, forward ? step_size_ : -step_size_, half, depth);
      if (!half.good) break;
      step_.tree_depth = depth + 1;
      const bool take = half.log_weight > whole.log_weight ||
                        random(choices_++, 1) < exp(half.log_weight - whole.log_weight);
      if (!forward) std::swap(whole, half);  // now `whole` is the earlier part in time
      const bool took_first = forward ? !take : take;
      join(whole, half, took_first);
      if (!whole.good) break;
    }
    sample_.q = whole.q;
    sample_.g = whole.g;
    step_.log_density = sample_.log_density = whole.log_density;
    step_.acceptance = step_.leapfrogs > 0 ? acceptance_sum_ / step_.leapfrogs : 0;
    return step_;
  }

  void start_tree(Tree& tree, const Point& x) {
    tree.first.p = tree.last.p = tree.rho = x.p;
    for (std::size_t k = 0; k < n_; ++k) tree.first.v[k] = inverse_metric_[k] * x.p[k];
    tree.last.v = tree.first.v;
    tree.q = x.q;
    tree.g = x.g;
    tree.log_density = x.log_density;
    tree.log_weight = 0;
    tree.good = true;
  }

  /// 2^depth steps from x onwards. `slot` names the scratch tree of this level.
  void build(int depth, Point& x, double step, Tree& out, int slot) {
    if (depth == 0) {
      leapfrog(x, step);
      ++step_.leapfrogs;
      const double change = x.log_density - kinetic(x.p) - energy0_;
      start_tree(out, x);
      out.log_weight = std::isfinite(change) ? change : -std::numeric_limits<double>::infinity();
      acceptance_sum_ += std::min(1.0, exp(out.log_weight));
      if (!(change > -1000)) step_.divergent = true, out.good = false;
      return;
    }
    build(depth - 1, x, step, out, slot - 1);
    if (!out.good) return;
    Tree& later = trees_[slot - 1];
    build(depth - 1, x, step, later, slot - 1);
    if (!later.good) {
      out.good = false;
      return;
    }
    const bool take_later =
        random(choices_++, 0) <
        exp(later.log_weight - detail::log_add(out.log_weight, later.log_weight));
    if (step < 0) std::swap(out, later);  // keep time order
    join(out, later, step < 0 ? take_later : !take_later);
  }

  bool turns(const End& a, const End& b, std::span<const double> rho) const {
    double at_a = 0, at_b = 0;
    for (std::size_t k = 0; k < n_; ++k) at_a += a.v[k] * rho[k], at_b += b.v[k] * rho[k];
    return !(at_a > 0 && at_b > 0);
  }

  /// a and b follow each other in time; a becomes both, with the drawn point of the one named.
  void join(Tree& a, Tree& b, bool keep_first) {
    for (std::size_t k = 0; k < n_; ++k) momentum_[k] = a.rho[k] + b.first.p[k];
    bool turned = turns(a.first, b.first, momentum_);
    for (std::size_t k = 0; k < n_; ++k) momentum_[k] = b.rho[k] + a.last.p[k];
    turned = turned || turns(a.last, b.last, momentum_);
    for (std::size_t k = 0; k < n_; ++k) a.rho[k] += b.rho[k];
    turned = turned || turns(a.first, b.last, a.rho);
    std::swap(a.last, b.last);
    a.log_weight = detail::log_add(a.log_weight, b.log_weight);
    if (!keep_first) {
      std::swap(a.q, b.q);
      std::swap(a.g, b.g);
      a.log_density = b.log_density;
    }
    a.good = !turned;
  }

  Density density_;
  NutsOptions options_;
  int chain_;
  std::size_t n_;
  std::vector<double> inverse_metric_;
  double step_size_ = 0.1;
  Point front_, back_, sample_;
  std::vector<double> momentum_;
  std::vector<Tree>
      trees_;  // [depth] scratch of build; the last two are the new half and the whole
  NutsStep step_;
  double energy0_ = 0, acceptance_sum_ = 0;
  std::uint32_t iteration_ = 0, choices_ = 0;
};

}  // namespace tenbin
