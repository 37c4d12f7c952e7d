// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

#include "tenbin/infer/metric.hpp"
#include "tenbin/infer/vectors.hpp"
#include "tenbin/num/random.hpp"

/// The no-U-turn sampler: multinomial trajectories (Betancourt 2017) with the generalised
/// criterion, checked across half-trajectories too, a block-diagonal metric, and warm-up in windows
/// of doubling length as in Stan. It knows no state and no alliance: a log density is anything that
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
  NutsStep step;
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
  template <class Visit>
  void visit_state(Visit&& visit) {
    for (double* x : {&centre_, &count_, &error_, &average_}) visit(*x);
  }

 private:
  double target_, centre_ = 0, count_ = 0, error_ = 0, average_ = 0;
};

/// Windows after which the metric is learnt anew: every tenth iteration up to the 75th, then
/// windows of 25, 50, 100, ... up to the last 50, which tune the step size alone. A warm-up below
/// 150 has the same shape in small.
inline std::vector<int> metric_windows(int warmup) {
  int first = 75, last = 50, window = 25, early = 10;
  if (warmup < 150)
    first = static_cast<int>(0.15 * warmup), last = static_cast<int>(0.1 * warmup),
    window = warmup - first - last, early = 5;
  std::vector<int> ends;
  for (int end = early; end < first; end += early) ends.push_back(end - 1);
  if (first >= early) ends.push_back(first - 1);
  for (int begin = first; begin < warmup - last && window > 0;) {
    int end = begin + window;
    if (end + 2 * window > warmup - last) end = warmup - last;
    ends.push_back(end - 1);
    begin = end;
    window *= 2;
  }
  return ends;
}

inline double log_add(double a, double b) {
  const double high = std::max(a, b);
  if (high == -std::numeric_limits<double>::infinity()) return high;
  return high + log1p(exp(std::min(a, b) - high));
}

}  // namespace detail

/// Blocks of coordinates whose correlations the metric learns, where a density names them.
template <class F>
std::vector<CoordinateBlocks> coordinate_blocks(const F& density) {
  if constexpr (requires { density.coordinate_blocks(); })
    return density.coordinate_blocks();
  else
    return {};
}

/// One chain. It moves in coordinates y in which the metric is 1: the density's coordinates are L
/// y. An iteration allocates nothing, unless it ends a window of the metric.
template <LogDensity Density>
class NutsChain {
 public:
  NutsChain(Density density, std::span<const double> start, int chain, const NutsOptions& options)
      : density_(std::move(density)),
        options_(options),
        chain_(chain),
        n_(density_.size()),
        metric_(n_, coordinate_blocks(density_)),
        step_size_tuner_(options.target_accept),
        windows_(detail::metric_windows(options.warmup)),
        position_(n_),
        slope_(n_),
        front_(n_),
        back_(n_),
        sample_(n_) {
    for (int d = 0; d <= options.max_depth + 1; ++d) trees_.emplace_back(n_);
    find_start(start);
    position_ = sample_.y;
    metric_.guess(slope_);
    metric_.whiten(position_, sample_.y);
    evaluate(sample_);
    step_size_ = reasonable_step_size();
    step_size_tuner_.restart(step_size_);
  }

  bool finished() const { return done_ >= options_.warmup + options_.draws; }
  bool warming_up() const { return done_ < options_.warmup; }
  /// Iterations done.
  int iteration() const { return done_; }
  double step_size() const { return step_size_; }

  /// One iteration. Afterwards position() is a draw, one to keep if the chain was not warming up.
  NutsStep advance() {
    const bool warmup = warming_up();
    const NutsStep step = iterate();
    metric_.position(sample_.y, position_);
    if (warmup) {
      step_size_ = step_size_tuner_.learn(step.acceptance);
      if (!windows_.empty() && done_ <= windows_.back()) {
        density_(position_, slope_);
        metric_.add(position_, slope_);
      }
      if (std::find(windows_.begin(), windows_.end(), done_) != windows_.end()) {
        metric_.learn();
        metric_.whiten(position_, sample_.y);
        evaluate(sample_);
        step_size_ = reasonable_step_size();
        step_size_tuner_.restart(step_size_);
      }
      if (done_ + 1 == options_.warmup) step_size_ = step_size_tuner_.tuned();
    }
    ++done_;
    return step;
  }
  std::span<const double> position() const { return position_; }

  /// Everything that a chain of the same density, options and number needs to go on from here.
  std::vector<double> state() {
    std::vector<double> numbers;
    visit_state([&](auto& x) { numbers.push_back(static_cast<double>(x)); });
    return numbers;
  }
  /// Goes on from a state() of such a chain, to the same bits. False where as many numbers are
  /// given but a count among them is none: then the chain must not be used.
  [[nodiscard]] bool resume(std::span<const double> state) {
    bool counts = true;
    visit_state([&](auto& x) {
      using Number = std::remove_reference_t<decltype(x)>;
      const double next = state.front();
      state = state.subspan(1);
      if constexpr (std::is_integral_v<Number>)
        if (!(next >= 0 && next <= static_cast<double>(std::numeric_limits<Number>::max()))) {
          counts = false;
          return;
        }
      x = static_cast<Number>(next);
    });
    if (counts) evaluate(sample_);
    return counts;
  }

 private:
  template <class Visit>
  void visit_state(Visit&& visit) {
    visit(done_);
    visit(iteration_);
    visit(step_size_);
    step_size_tuner_.visit_state(visit);
    metric_.visit_state(visit);
    for (double& y : sample_.y) visit(y);
  }

  struct Point {
    explicit Point(std::size_t n) : y(n), p(n), g(n) {}
    std::vector<double> y, p, g;  // position, momentum, gradient
    double log_density = 0;
  };
  /// A stretch of trajectory: the momenta of its two ends, their sum over it, and one point drawn.
  struct Tree {
    explicit Tree(std::size_t n) : first(n), last(n), rho(n), y(n), g(n) {}
    std::vector<double> first, last, rho, y, g;
    double log_density = 0, log_weight = 0;
    bool good = true;
  };

  double random(std::uint32_t number, int which) const {
    return uniforms({options_.seed, Purpose::trajectory, iteration_,
                     static_cast<std::uint32_t>(chain_), number})[which];
  }

  void evaluate(Point& x) {
    metric_.position(x.y, position_);
    x.log_density = density_(position_, slope_);
    metric_.pull_back(slope_, x.g);
  }

  void find_start(std::span<const double> start) {
    double scale = options_.jitter;
    for (std::uint32_t attempt = 0; attempt < 100; ++attempt) {
      for (std::size_t k = 0; k < n_; ++k)
        sample_.y[k] =
            start[k] + scale * (2 * uniforms({options_.seed, Purpose::chain_start, attempt,
                                              static_cast<std::uint32_t>(chain_),
                                              static_cast<std::uint32_t>(k)})[0] -
                                1);
      evaluate(sample_);
      if (std::isfinite(sample_.log_density)) return;
      scale *= 0.9;
    }
  }

  void draw_momentum() {
    for (std::size_t k = 0; k < n_; ++k)
      sample_.p[k] = normal({options_.seed, Purpose::momentum, iteration_,
                             static_cast<std::uint32_t>(chain_), static_cast<std::uint32_t>(k)});
  }

  static double kinetic(std::span<const double> p) { return 0.5 * dot(p, p); }

  void leapfrog(Point& x, double step) {
    add_scaled(x.p, 0.5 * step, x.g);
    add_scaled(x.y, step, x.p);
    evaluate(x);
    add_scaled(x.p, 0.5 * step, x.g);
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
    sample_.y = whole.y;
    sample_.g = whole.g;
    step_.log_density = sample_.log_density = whole.log_density;
    step_.acceptance = step_.leapfrogs > 0 ? acceptance_sum_ / step_.leapfrogs : 0;
    return step_;
  }

  static void start_tree(Tree& tree, const Point& x) {
    tree.first = tree.last = tree.rho = x.p;
    tree.y = x.y;
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

  /// Whether a stretch with the summed momentum x + y turns back at one of its ends.
  static bool turns(std::span<const double> x, std::span<const double> y,
                    std::span<const double> first, std::span<const double> last) {
    const TwoProducts at = products_of_sum(x, y, first, last);
    return !(at.u > 0 && at.v > 0);
  }

  /// a and b follow each other in time; a becomes both, with the drawn point of the one named.
  static void join(Tree& a, Tree& b, bool keep_first) {
    a.good = !(turns(a.rho, b.first, a.first, b.first) || turns(b.rho, a.last, a.last, b.last) ||
               turns(a.rho, b.rho, a.first, b.last));
    add(a.rho, b.rho);
    std::swap(a.last, b.last);
    a.log_weight = detail::log_add(a.log_weight, b.log_weight);
    if (!keep_first) {
      std::swap(a.y, b.y);
      std::swap(a.g, b.g);
      a.log_density = b.log_density;
    }
  }

  Density density_;
  NutsOptions options_;
  int chain_, done_ = 0;
  std::size_t n_;
  Metric metric_;
  detail::StepSizeTuner step_size_tuner_;
  std::vector<int> windows_;  // last iterations of the metric's windows
  double step_size_ = 0.1;
  std::vector<double> position_, slope_;  // of the latest evaluation or draw
  Point front_, back_, sample_;
  std::vector<Tree>
      trees_;  // [depth] scratch of build; the last two are the new half and the whole
  NutsStep step_;
  double energy0_ = 0, acceptance_sum_ = 0;
  std::uint32_t iteration_ = 0, choices_ = 0;
};

}  // namespace tenbin
