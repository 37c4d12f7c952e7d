// SPDX-License-Identifier: Apache-2.0
// Diagnostics and leave-one-out against R's packages posterior and loo, on the same numbers.
// tests/reference/diagnostics.R wrote the references.
#include "tenbin/infer/diagnostics.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "near.hpp"
#include "tenbin/infer/psis.hpp"

namespace diagnostics_test {

using namespace tenbin;

namespace {

/// Lines of a reference file: first field as text, the others as numbers.
std::vector<std::vector<std::string>> reference(const std::string& name) {
  std::ifstream in(std::string(TENBIN_SOURCE) + "/tests/reference/" + name);
  std::vector<std::vector<std::string>> lines;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::stringstream fields(line);
    lines.emplace_back();
    for (std::string f; std::getline(fields, f, ',');) lines.back().push_back(f);
  }
  return lines;
}

/// The same numbers as in R: exact integers until the logarithm.
class Logistic {
 public:
  explicit Logistic(double state) : state_(state) {}
  double operator()() {
    state_ = std::fmod(state_ * 16807, 2147483647);
    const double u = state_ / 2147483647;
    return std::log(u / (1 - u));
  }

 private:
  double state_;
};

struct Kind {
  int length;
  double persistence, offset;
  double (*transform)(double);
};
const std::map<std::string, Kind> kinds{
    {"slow", {500, 0.7, 0, [](double x) { return x; }}},
    {"odd", {501, 0.2, 0, [](double x) { return x; }}},
    {"antithetic", {400, -0.5, 0, [](double x) { return x; }}},
    {"apart", {300, 0.3, 4, [](double x) { return x; }}},
    {"heavy", {600, 0.4, 0, [](double x) { return x * x * x; }}},
    {"ties", {250, 0.5, 0, [](double x) { return std::nearbyint(x); }}},
    {"short", {6, 0.1, 0, [](double x) { return x; }}}};

std::vector<double> series(const Kind& kind) {
  Logistic noise(20261122);
  std::vector<double> x;
  for (int chain = 0; chain < 4; ++chain) {
    double last = 0;
    for (int t = 0; t < kind.length; ++t) {
      last = kind.persistence * last + noise();
      x.push_back(kind.transform(last + (chain == 3 ? kind.offset : 0)));
    }
  }
  return x;
}

}  // namespace

TEST_CASE("R-hat, effective draws, errors and quantiles equal R's posterior package") {
  const auto lines = reference("diagnostics.csv");
  REQUIRE(lines.size() == kinds.size());
  for (const auto& line : lines) {
    CAPTURE(line[0]);
    const Summary s = summarise(series(kinds.at(line[0])), 4);
    const double ours[] = {s.rhat, s.ess_bulk, s.ess_tail, s.mcse_mean, s.q05, s.q95};
    for (int k = 0; k < 6; ++k) {
      CAPTURE(k);
      CHECK(ours[k] == approx(std::stod(line[k + 1])).epsilon(1e-9));
    }
  }
}

TEST_CASE("leave-one-out equals R's loo package") {
  const auto lines = reference("loo.csv");
  REQUIRE(lines.size() == 30);
  Logistic noise(11);
  for (int i = 1; i <= 30; ++i) {
    CAPTURE(i);
    std::vector<double> log_likelihood(1000);
    for (double& x : log_likelihood) x = -(0.02 + 0.05 * i) * std::abs(noise()) - i / 10.0;
    const LeftOutRow left = leave_one_out(log_likelihood);
    CHECK(left.elpd == approx(std::stod(lines[i - 1][0])).epsilon(1e-9));
    CHECK(left.lpd - left.elpd == approx(std::stod(lines[i - 1][1])).epsilon(1e-8));
    CHECK(left.pareto_k == approx(std::stod(lines[i - 1][2])).epsilon(1e-8));
  }
}

TEST_CASE("an observation that every draw explains alike leaves the others as they are") {
  const LeftOutRow left = leave_one_out(std::vector<double>(500, -1.25));
  CHECK(left.elpd == approx(-1.25));
  CHECK(left.lpd == approx(-1.25));
}

TEST_CASE("draws tied where the tail begins have an infinite k, not a smoothed one") {
  std::vector<double> log_likelihood(1000, -1.0);
  Logistic noise(3);
  for (int d = 0; d < 60; ++d) log_likelihood[d] = -3 - std::abs(noise());  // the heaviest weights
  for (int d = 60; d < 260; ++d) log_likelihood[d] = -2;                    // tied below them
  const LeftOutRow left = leave_one_out(log_likelihood);
  CHECK(left.pareto_k > 0.7);
  CHECK(std::isfinite(left.elpd));
}

TEST_CASE(
    "the worst of a fit is never lost: a quantity that stood still is not healthy") {  // a bug once
  const auto summary = [](std::string name, double rhat, double ess, bool fixed = false) {
    Summary s{.name = std::move(name), .fixed = fixed};
    s.rhat = rhat;
    s.ess_bulk = s.ess_tail = ess;
    return s;
  };
  Draws draws{.chains = 4, .draws_per_chain = 250};
  draws.divergent.resize(draws.size());
  draws.tree_depth.resize(draws.size());
  const std::vector<Summary> still{summary("a", 3, 5), summary("b", NAN, NAN),
                                   summary("c", 1, 900)};
  CHECK_FALSE(healthy(health(draws, still, 10)));
  CHECK(health(draws, still, 10).rhat_worst == "b");
  const std::vector<Summary> off{summary("a", 1.001, 800), summary("b", NAN, NAN, true)};
  CHECK(healthy(health(draws, off, 10)));
  CHECK(health(draws, off, 10).ess_bulk_min == 800);
}

}  // namespace diagnostics_test
