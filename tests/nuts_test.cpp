// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <mutex>

#include "near.hpp"
#include "tenbin/infer/diagnostics.hpp"
#include "tenbin/infer/sample.hpp"

namespace nuts_test {

using namespace tenbin;

namespace {

/// A density with one column that reports its coordinates (or a function of them) as they are.
struct Plain {
  std::size_t n;
  std::size_t size() const { return n; }
  std::vector<double> start() const { return std::vector<double>(n, 0.0); }
  std::vector<Column> columns() const {
    Column c{.name = "x"};
    for (std::size_t k = 0; k < n; ++k) c.elements.push_back(std::to_string(k));
    return {c};
  }
  void constrain(std::span<const double> theta, std::span<double> out) const {
    std::copy(theta.begin(), theta.end(), out.begin());
  }
};

/// Fifty dimensions, sds from 0.1 to 10, correlation 0.9^|i-j| (an autoregression): the precision
/// is tridiagonal.
struct CorrelatedNormal : Plain {
  static constexpr double rho = 0.9;
  CorrelatedNormal() : Plain{50} {}
  static double sd(std::size_t k) { return 0.1 * std::pow(100.0, static_cast<double>(k) / 49); }
  double operator()(std::span<const double> x, std::span<double> g) const {
    double log_density = 0;
    std::fill(g.begin(), g.end(), 0.0);
    for (std::size_t k = 0; k < n; ++k) {
      const double z = x[k] / sd(k), before = k ? x[k - 1] / sd(k - 1) : 0,
                   variance = k ? 1 - rho * rho : 1;
      const double e = z - (k ? rho * before : 0);
      log_density -= 0.5 * e * e / variance;
      g[k] -= e / variance / sd(k);
      if (k) g[k - 1] += rho * e / variance / sd(k - 1);
    }
    return log_density;
  }
};

/// Ten independent Student-t with 5 degrees of freedom.
struct Student : Plain {
  Student() : Plain{10} {}
  double operator()(std::span<const double> x, std::span<double> g) const {
    double log_density = 0;
    for (std::size_t k = 0; k < n; ++k)
      log_density -= 3 * std::log1p(x[k] * x[k] / 5), g[k] = -6 * x[k] / (5 + x[k] * x[k]);
    return log_density;
  }
};

/// Eight schools (Rubin 1981), non-centred: mu ~ N(0, 5), tau ~ half-Cauchy(0, 5), as in
/// posteriordb.
struct EightSchools : Plain {
  EightSchools() : Plain{10} {}
  static constexpr double y[8] = {28, 8, -3, 7, -1, 1, 18, 12},
                          sigma[8] = {15, 10, 16, 11, 9, 11, 10, 18};
  std::vector<Column> columns() const {
    return {{"theta", {"1", "2", "3", "4", "5", "6", "7", "8"}, 0}, {"mu", {}, 8}, {"tau", {}, 9}};
  }
  void constrain(std::span<const double> q, std::span<double> out) const {
    const double tau = std::exp(q[9]);
    for (int j = 0; j < 8; ++j) out[j] = q[8] + tau * q[j];
    out[8] = q[8];
    out[9] = tau;
  }
  double operator()(std::span<const double> q, std::span<double> g) const {
    const double mu = q[8], tau = std::exp(q[9]);
    double log_density = -0.5 * mu * mu / 25 - std::log1p(tau * tau / 25) + q[9];
    g[8] = -mu / 25;
    g[9] = -2 * tau * tau / (25 + tau * tau) + 1;
    for (int j = 0; j < 8; ++j) {
      const double e = (y[j] - mu - tau * q[j]) / sigma[j];
      log_density -= 0.5 * (q[j] * q[j] + e * e);
      g[j] = -q[j] + e * tau / sigma[j];
      g[8] += e / sigma[j];
      g[9] += e * tau * q[j] / sigma[j];
    }
    return log_density;
  }
};

/// Eight schools by quadrature over tau: given tau, mu is normal, and given both so is each theta.
struct EightSchoolsTruth {
  struct Moments {
    double mean = 0, sd = 0;
  } mu, tau, theta1, theta3;
  double tau_median = 0;

  EightSchoolsTruth() {
    constexpr int cells = 200000;
    constexpr double top = 2000;
    double mass = 0;
    std::vector<double> weights(cells), taus(cells);
    Moments* const all[4] = {&mu, &tau, &theta1, &theta3};
    for (const bool weigh : {true, false}) {  // first the normalising constant, then the moments
      double cumulated = 0;
      for (int k = 0; k < cells; ++k) {
        const double u = (k + 0.5) / cells, t = taus[k] = top * u * u * u,
                     width = 3 * top * u * u / cells;
        double precision = 1.0 / 25, weighted = 0, log_p = -std::log1p(t * t / 25);
        for (int j = 0; j < 8; ++j) {
          const double v = EightSchools::sigma[j] * EightSchools::sigma[j] + t * t;
          precision += 1 / v;
          weighted += EightSchools::y[j] / v;
          log_p -= 0.5 * (std::log(v) + EightSchools::y[j] * EightSchools::y[j] / v);
        }
        const double m = weighted / precision, v = 1 / precision;
        if (weigh) {
          log_p += 0.5 * (std::log(v) + m * m / v);
          mass += weights[k] = std::exp(log_p + 30) * width;
          continue;
        }
        const double w = weights[k] / mass;
        cumulated += w;
        if (cumulated < 0.5) tau_median = t;
        const auto add = [&](Moments& x, double mean, double variance) {
          x.mean += w * mean, x.sd += w * (variance + mean * mean);
        };
        add(mu, m, v);
        add(tau, t, 0);
        const auto theta = [&](Moments& x, int j) {
          const double s2 = EightSchools::sigma[j] * EightSchools::sigma[j],
                       shrink = t * t / (s2 + t * t);
          add(x, shrink * EightSchools::y[j] + (1 - shrink) * m,
              shrink * s2 + (1 - shrink) * (1 - shrink) * v);
        };
        theta(theta1, 0);
        theta(theta3, 2);
      }
    }
    for (Moments* x : all) x->sd = std::sqrt(x->sd - x->mean * x->mean);
  }
};

/// The mean within five of its own Monte Carlo errors.
void check_mean(const Summary& s, double truth) {
  CHECK(std::abs(s.mean - truth) < 5 * s.mcse_mean);
}

}  // namespace

TEST_CASE("NUTS finds a correlated normal in fifty dimensions") {
  const Draws d = sample(CorrelatedNormal{}, 4, {.draws = 2000, .seed = 1}, {});
  const auto summaries = summarise(d);
  for (std::size_t k = 0; k < 50; ++k) {
    check_mean(summaries[k], 0);
    const double sd = CorrelatedNormal::sd(k);
    CHECK(summaries[k].sd == approx(sd).epsilon(5 / std::sqrt(2 * summaries[k].ess_tail)));
    CHECK(summaries[k].q95 ==
          approx(1.6448536269514722 * sd).epsilon(10 / std::sqrt(summaries[k].ess_tail)));
    CHECK(summaries[k].rhat < 1.01);
  }
  double product = 0;
  for (std::size_t k = 0; k < d.size(); ++k)
    product += d.values[k * 50] * d.values[k * 50 + 1] / d.size();
  CHECK(product / CorrelatedNormal::sd(0) / CorrelatedNormal::sd(1) == approx(0.9).epsilon(0.08));
}

TEST_CASE("NUTS finds the tails of a Student-t") {
  const Draws d = sample(Student{}, 4, {.draws = 4000, .seed = 2}, {});
  for (const Summary& s : summarise(d)) {
    check_mean(s, 0);
    CHECK(s.q95 == approx(2.015048373333024).epsilon(10 / std::sqrt(s.ess_tail)));  // 95 % of t(5)
    CHECK(s.sd == approx(std::sqrt(5.0 / 3)).epsilon(0.1));
    CHECK(s.rhat < 1.01);
  }
}

TEST_CASE("NUTS finds eight schools") {
  const Draws d = sample(EightSchools{}, 4, {.draws = 10000, .target_accept = 0.95, .seed = 3}, {});
  const auto summaries = summarise(d);
  const EightSchoolsTruth truth;
  const auto near = [&](const char* name, double mean, double sd) {
    const auto found = std::find_if(summaries.begin(), summaries.end(),
                                    [&](const Summary& s) { return s.name == name; });
    REQUIRE(found != summaries.end());
    check_mean(*found, mean);
    CHECK(found->sd == approx(sd).epsilon(0.05));
    CHECK(found->rhat < 1.01);
  };
  near("mu", truth.mu.mean, truth.mu.sd);
  near("tau", truth.tau.mean, truth.tau.sd);
  near("theta[1]", truth.theta1.mean, truth.theta1.sd);
  near("theta[3]", truth.theta3.mean, truth.theta3.sd);
  CHECK(summaries[9].median == approx(truth.tau_median).epsilon(0.05));
  int divergences = 0;
  for (const char c : d.divergent) divergences += c;
  CHECK(divergences <= 40);
}

TEST_CASE("chains have the same bits on one thread and on four" * doctest::test_suite("threads")) {
  const Draws one =
      sample(EightSchools{}, 4, {.warmup = 200, .draws = 200, .seed = 5}, {.threads = 1});
  const Draws four =
      sample(EightSchools{}, 4, {.warmup = 200, .draws = 200, .seed = 5}, {.threads = 4});
  CHECK(one.values == four.values);
  CHECK(one.values !=
        sample(EightSchools{}, 4, {.warmup = 200, .draws = 200, .seed = 6}, {}).values);
}

TEST_CASE("an observer can stop all chains" * doctest::test_suite("threads")) {
  const Draws d = sample(EightSchools{}, 4, {.warmup = 100, .draws = 100, .seed = 5}, {},
                         {.observer = [](const NutsEvent& e) { return e.iteration < 50; }});
  CHECK(d.chains == 0);
}

TEST_CASE("diagnostics: independent draws, correlated draws, and chains that disagree") {
  std::vector<double> independent(4000), correlated(4000), apart(4000);
  double x = 0;
  for (std::uint32_t k = 0; k < 4000; ++k) {
    const double z = normal({.seed = 8, .purpose = Purpose::test, .index = k});
    independent[k] = z;
    correlated[k] = x = 0.9 * x + std::sqrt(1 - 0.81) * z;
    apart[k] = z + (k < 1000 ? 2 : 0);
  }
  const Summary i = summarise(independent, 4), c = summarise(correlated, 4),
                a = summarise(apart, 4);
  CHECK(i.ess_bulk == approx(4000).epsilon(0.12));
  CHECK(i.rhat < 1.005);
  CHECK(c.ess_bulk == approx(4000 * 0.1 / 1.9).epsilon(0.4));  // (1 - rho) / (1 + rho)
  CHECK(c.mcse_mean > 3 * i.mcse_mean);
  CHECK(a.rhat > 1.1);
  CHECK(std::isnan(summarise(std::vector<double>(400, 1.0), 4).rhat));
}

TEST_CASE("a short warm-up moves too") {
  // It did not: the metric was renewed from one iteration and became NaN, so that chains stood
  // still.
  for (const int warmup : {40, 60, 100, 149, 150, 200}) {
    const Draws d = sample(EightSchools{}, 2, {.warmup = warmup, .draws = 100, .seed = 9}, {});
    int divergences = 0;
    for (const char c : d.divergent) divergences += c;
    CHECK(divergences < 40);
    CHECK(summarise(d)[8].sd > 1);
  }
}

TEST_CASE("a run stopped anywhere and resumed gives the bits of one never interrupted" *
          doctest::test_suite("threads")) {
  const NutsOptions options{.warmup = 150, .draws = 60, .seed = 7};
  const Draws whole = sample(EightSchools{}, 3, options, {});
  for (const int stop : {1, 9, 74, 75, 130, 149, 150, 151, 190, 209}) {  // a chain's iteration
    CAPTURE(stop);
    Journal first;
    std::mutex guard;
    const auto keep = [&](Journal& to) {
      return [&](const ChainPart& part) {
        const std::lock_guard lock(guard);
        for (ChainPart& old : to.done)
          if (old.chain == part.chain) {
            CHECK(part.begin == old.iteration);
            old.iteration = part.iteration;
            old.state = part.state;
            old.records.insert(old.records.end(), part.records.begin(), part.records.end());
            return;
          }
        to.done.push_back(part);
      };
    };
    first.due = [calls = 0](const std::string&, int) mutable { return ++calls % 37 == 0; };
    first.save = keep(first);
    const Draws cut = sample(
        EightSchools{}, 3, options, {.threads = 1},
        {.observer = [&](const NutsEvent& e) { return e.iteration < stop; }, .journal = &first});
    REQUIRE(cut.chains == 0);
    Journal second{.done = first.done, .due = {}, .save = {}};
    const Draws resumed = sample(EightSchools{}, 3, options, {}, {.journal = &second});
    CHECK(resumed.values == whole.values);
    CHECK(resumed.log_density == whole.log_density);
    CHECK(resumed.leapfrogs == whole.leapfrogs);
  }
}

}  // namespace nuts_test
