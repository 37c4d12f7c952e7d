// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/core/levers.hpp"
#include "tenbin/infer/nuts.hpp"
#include "tenbin/parallel/execution.hpp"
#include "tenbin/past/promises.hpp"

namespace tenbin {

/// Log posterior of how promises are kept, docs/model.md section 6 (Levers). A promise is taken up
/// with a probability by kind, which differs between promises; where it is, a state closes a part
/// of its gap, normal by kind, on a way ((t - from + 1) / years)^lateness; else its share only
/// moves as it did before. Free coordinates: see `coordinates`.
class KeepingDensity {
 public:
  /// `pledges`: of the panel, for kinds and for who promised together.
  KeepingDensity(std::span<const PromiseCase> cases, std::span<const Pledge> pledges);

  enum Coordinate : std::size_t {
    taken_mean,    // logit of the probability that a promise is taken up, its mean over kinds
    taken_spread,  // log sd over kinds
    taken,         // by kind, in units of that sd
    closed_mean = taken + promise_kinds,  // part of the gap, its mean over kinds
    closed_spread,                        // log sd over kinds
    closed,                               // by kind, in units of that sd
    width_mean = closed + promise_kinds,  // log sd of the part closed, over states
    width,                                // by kind, in units of width_spread
    lateness = width + promise_kinds,     // log
    noise,                                // log factor on a state's usual changes
    between_promises,                     // log sd of the logit over promises of a kind
    coordinates
  };
  std::size_t size() const { return coordinates; }
  double operator()(std::span<const double> theta, std::span<double> grad) const;
  std::vector<double> start() const;
  /// taken, closed, width by kind, then lateness, noise, between_promises: of the next promise.
  std::vector<Column> columns() const;
  void constrain(std::span<const double> theta, std::span<double> out) const;

 private:
  struct Promise {  // what states promised together
    std::size_t kind;
    std::vector<std::size_t> cases;  // of cases_
  };
  /// Adds a promise's log density and its slopes by the natural coordinates.
  struct Natural;
  void add(const Promise& promise, const Natural& at, double& density, Natural& slope) const;

  std::vector<PromiseCase> cases_;
  std::vector<Promise> promises_;
};

struct KeepingOptions {
  int chains = 4;
  NutsOptions sampler{.warmup = 500, .draws = 1000, .target_accept = 0.9, .seed = 20261122};
};

struct KeepingFit {
  std::vector<PromiseCase> cases;
  Draws draws;      // KeepingDensity::columns()
  Keeping keeping;  // means of the next promise
};

/// How promises were kept that had run out by a year. If stopped, the draws have no chains.
KeepingFit fit_keeping(const Panel& panel, int until, const KeepingOptions& options,
                       const Execution& execution, const NutsObserver& observer = {});

}  // namespace tenbin
