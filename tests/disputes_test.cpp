// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/disputes.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/fit/dispute_density.hpp"
#include "tenbin/fit/disputes.hpp"
#include "tenbin/model/covariates.hpp"
#include "tenbin/model/dispute_step.hpp"
#include "tenbin/past/classification.hpp"

namespace disputes_test {

using namespace tenbin;

namespace {

/// The fixture with borders, a major power and a past.
Panel with_disputes() {
  Panel p = fixture::panel();
  p.borders = {{0, 1, 1, 1900, still_going}, {0, 2, 5, 1990, 2000}};
  p.majors = {{2, 1995, 2005}};
  for (int year = 1980; year <= 2020; ++year)
    for (StateIndex i = 0; i < p.size(); ++i) p.regime.push_back({i, year, 0.1 + 0.1 * i});
  p.disputes = {
      {0, 1, 1985, 4}, {1, 0, 1985, 2}, {1, 0, 1990, 3}, {0, 1, 1991, 5, 1}, {0, 2, 2001, 4}};
  p.disputes_until = 2001;
  return p;
}

std::vector<DyadYear> made_up_rows(int count) {
  std::vector<DyadYear> rows;
  for (int r = 0; r < count; ++r) {
    DyadYear row{.a = 0, .b = 1, .year = 1950 + r};
    double eta = -1.5;
    for (std::size_t k = 0; k < dispute_covariates; ++k) {
      row.x[k] = 3 + 2 * fixture::unit(r, static_cast<std::uint32_t>(k), 31);
      eta += (k == peace ? -0.8 : 0.3) * (row.x[k] - 4);
    }
    row.onset = fixture::unit(r, 99, 32) < 1 / (1 + std::exp(-eta));
    row.worst = static_cast<Severity>(r % 3);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

TEST_CASE("a dyad is relevant where it borders, or holds a major power") {
  const Panel p = with_disputes();
  const DisputeRecord record(p, stocks(p));
  CHECK(record.relevant(1, 0, 1950));
  CHECK_FALSE(record.relevant(0, 2, 1989));
  CHECK(record.relevant(0, 2, 1990));
  CHECK(record.relevant(0, 2, 2003));  // a major power
  CHECK_FALSE(record.relevant(0, 2, 2006));
  CHECK_FALSE(record.relevant(0, 3, 2000));
}

TEST_CASE("a dyad's past counts years with an onset, and peace from the later entry on") {
  const Panel p = with_disputes();
  const DisputeRecord record(p, stocks(p));
  CHECK(record.history(0, 1, 1984)->last == 1900);
  CHECK(record.history(0, 1, 1985)->last == 1985);
  CHECK(record.history(0, 1, 1985)->recent() == 1);  // two disputes of one year are one
  CHECK(record.history(0, 1, 1991)->recent() == 3);
  CHECK(record.history(0, 1, 1995)->recent() == 2);
  CHECK(record.history(0, 1, 2001)->recent() == 0);
  CHECK(record.history(0, 4, 2000)->last == 1948);
  CHECK(record.history(0, 4, 2000)->never);
  CHECK_FALSE(record.history(0, 1, 2001)->never);
  CHECK_FALSE(record.history(0, 1, 2002));  // the panel's disputes end in 2001
  CHECK(record.dyad_years(2002, 2005).empty());
  CHECK_FALSE(record.history(0, 4, 1947));
  CHECK_FALSE(record.history(0, 5, 2000));  // its entry is not known
}

TEST_CASE("covariates are those of the year before, and the onset of the year itself") {
  const Panel p = with_disputes();
  const DisputeRecord record(p, stocks(p));
  const auto stock = stocks(p);
  const auto rows = record.dyad_years(1991, 1992);
  REQUIRE(rows.size() == 4);  // ALP and BET; ALP and GAM within 400 miles of water
  CHECK(rows[0].a == 0);
  CHECK(rows[0].b == 1);
  CHECK(rows[0].onset);
  CHECK(rows[0].worst == Severity::fatal);
  CHECK_FALSE(rows[1].onset);
  const int t = 1990 - p.first_year;
  double total = 0;
  for (StateIndex i = 0; i < p.size(); ++i) total += stock[i * p.years() + t];
  const double a = stock[t], b = stock[p.years() + t];
  CHECK(rows[0].x[distance] == approx(std::log(great_circle(35, 139, 39.9, 116.4))));
  CHECK(rows[0].x[larger_share] == approx(std::log(std::max(a, b) / total)));
  CHECK(rows[0].x[imbalance] == approx(std::abs(std::log(a / b))));
  CHECK(rows[0].x[democracy] == approx(0.1));
  CHECK(rows[0].x[land_border] == 1);
  CHECK(rows[2].x[land_border] == 0);
  CHECK(rows[0].x[rivalry] == 0.6);
  CHECK(rows[0].x[recent] == approx(std::log(3)));
  CHECK(rows[0].x[peace] == 0);
  CHECK(rows[1].x[peace] == 0);
  CHECK(rows[1].x[recent] == approx(std::log(4)));
}

TEST_CASE("the dispute density's gradient is that of central differences") {
  const auto rows = made_up_rows(400);
  DisputeDensity density(rows, scale_of(rows), {rows, std::vector<double>(rows.size(), -1.3)});
  std::vector<double> theta, grad(density.size()), other(density.size());
  REQUIRE(density.size() == dispute_numbers);
  for (std::uint32_t k = 0; k < density.size(); ++k)
    theta.push_back(2 * fixture::unit(k, 5, 33) - 1);
  density(theta, grad);
  for (std::size_t k = 0; k < theta.size(); ++k) {
    const double h = 1e-5, was = theta[k];
    theta[k] = was + h;
    const double up = density(theta, other);
    theta[k] = was - h;
    const double down = density(theta, other);
    theta[k] = was;
    CHECK(grad[k] == approx((up - down) / (2 * h)).epsilon(1e-6));
  }
}

TEST_CASE("the density's value is that of the probabilities it stands for") {
  const auto rows = made_up_rows(50);
  const DisputeScale scale = scale_of(rows);
  const std::vector<double> log_odds(rows.size(), -0.4);
  DisputeDensity density(rows, scale, {rows, log_odds});
  const auto by_hand = [&](const std::vector<double>& theta) {
    std::vector<double> draw(dispute_numbers);
    density.constrain(theta, draw);
    double sum = 0;
    for (std::size_t s = 0; s < severities; ++s)
      for (std::size_t k = 0; k < dispute_logit; ++k) {
        const double mean = s == 0 && k == 0 ? -4 : 0,
                     sd = s == 0 ? (k == 0 ? 2 : 1) : (k == 0 ? 1.5 : 0.5);
        sum -= std::pow((draw[s * dispute_logit + k] - mean) / sd, 2) / 2;
      }
    for (std::size_t k = dispute_numbers - 2; k < dispute_numbers; ++k)
      sum -= std::pow(draw[k] / 0.5, 2) / 2;
    DisputeSlopes<double> slopes = dispute_slopes(draw, scale);
    for (const DyadYear& r : rows) {  // the last 25 years say how far disputes go
      const double p = 1 / (1 + std::exp(-slopes.calibrated(-0.4)));
      sum += std::log(r.onset ? p : 1 - p);
      DisputeSlopes<double> plain = slopes;
      plain.spread = plain.bend = 0;
      const OnsetRisk risk = onset_risk(plain, r.x);
      sum += std::log(r.onset ? risk[0] : 1 - risk[0]);
      if (!r.onset || r.year <= rows.back().year - severity_years) continue;
      const double force = risk[1] / risk[0], death = risk[2] / risk[1];
      sum += std::log(r.reaches(Severity::force) ? force : 1 - force);
      if (r.reaches(Severity::force))
        sum += std::log(r.reaches(Severity::fatal) ? death : 1 - death);
    }
    return sum;
  };
  std::vector<double> a, b, grad(dispute_numbers);
  for (std::uint32_t k = 0; k < dispute_numbers; ++k) {
    a.push_back(fixture::unit(k, 1, 34) - 0.5);
    b.push_back(fixture::unit(k, 2, 34) - 0.5);
  }
  CHECK(density(a, grad) - density(b, grad) == approx(by_hand(a) - by_hand(b)));
}

TEST_CASE("the mode of a logit is where its gradient is 0, whatever rows fill its last batch") {
  for (const int count : {1, 63, 64, 65, 300}) {
    LogitRows rows{.columns = 3};
    for (int r = 0; r < count; ++r) {
      rows.x.insert(rows.x.end(), {1, fixture::unit(r, 1, 35), 5 * fixture::unit(r, 2, 35)});
      rows.came.push_back(r % 3 == 0);
      rows.offset.push_back(0.1 * r);
    }
    const Logit logit(rows, {{0, 2}, {0.5, 1}, {0, 0.1}});
    const Logit::Mode mode = logit.mode();
    std::vector<double> grad(3);
    const double density = logit(mode.beta, grad);
    for (const double g : grad) CHECK(std::abs(g) < 1e-9);
    double sum = 0;
    for (int r = 0; r < count; ++r) {
      double eta = 0.1 * r;
      for (std::size_t k = 0; k < 3; ++k) eta += mode.beta[k] * rows.x[3 * r + k];
      sum += (rows.came[r] ? eta : 0) - std::log1p(std::exp(eta));
    }
    sum -= std::pow(mode.beta[0] / 2, 2) / 2 + std::pow(mode.beta[1] - 0.5, 2) / 2 +
           std::pow(mode.beta[2] / 0.1, 2) / 2;
    CHECK(density == approx(sum));
    // curvature: central differences of the gradient
    std::vector<double> up(3), down(3), at = mode.beta;
    const auto curvature = logit.curvature(at);
    for (std::size_t k = 0; k < 3; ++k) {
      at[k] += 1e-5, logit(at, up), at[k] -= 2e-5, logit(at, down), at[k] += 1e-5;
      for (std::size_t j = 0; j < 3; ++j)
        CHECK(curvature[3 * k + j] == approx((down[j] - up[j]) / 2e-5).epsilon(1e-5));
    }
  }
}

TEST_CASE("a fit finds the coefficients that made the figures, and peace alone knows less") {
  const auto rows = made_up_rows(4000);
  DisputeFitOptions options;
  options.sampler.draws = 150;
  const DisputeFit fit = fit_disputes(rows, options, {});
  CHECK(healthy(fit.health));
  for (std::size_t k = 0; k < dispute_covariates; ++k) {
    const Summary& s = fit.summary[k + 1];
    const double true_value = (k == peace ? -0.8 : 0.3) * fit.scale.sd[k];
    CHECK(std::abs(s.mean - true_value) < 4 * s.sd);
  }
  const DisputeModel model = model_of(fit);
  const Classification all = judge(model, rows)[0], alone = judge_peace_alone(rows, rows);
  CHECK(all.auc > alone.auc);
  CHECK(all.log_loss < alone.log_loss);
  CHECK(all.expected == approx(all.events).epsilon(0.02));
}

TEST_CASE("a calibration learns from years that the fit before them has not seen") {
  // The last ten years know half as much: their log odds are half those of the years before.
  std::vector<DyadYear> rows;
  for (int r = 0; r < 20000; ++r) {
    DyadYear row{.a = 0, .b = 1, .year = 1950 + r % 50};
    for (std::size_t k = 0; k < dispute_covariates; ++k)
      row.x[k] = 2 * fixture::unit(r, static_cast<std::uint32_t>(k), 36) - 1;
    const double eta = -3.9 + 2 * row.x[recent], shrunk = -3.9 + 0.5 * (eta + 3.9);
    row.onset = fixture::unit(r, 99, 37) < 1 / (1 + std::exp(-(row.year >= 1990 ? shrunk : eta)));
    rows.push_back(row);
  }
  const DisputeFit fit = fit_disputes(rows, {}, {});
  const Summary& spread = fit.summary[dispute_numbers - 2];
  CHECK(std::abs(spread.mean + 0.5) < 3 * spread.sd);
  CHECK(spread.sd < 0.2);
  // Too few years: it says nothing.
  std::vector<DyadYear> few;
  for (const DyadYear& r : rows)
    if (r.year < 1958) few.push_back(r);
  CHECK(fit_disputes(few, {}, {}).summary[dispute_numbers - 2].mean == 0);
}

TEST_CASE("a panel without any dispute is refused") {
  auto rows = made_up_rows(20);
  for (DyadYear& r : rows) r.onset = false;
  CHECK_THROWS_AS(fit_disputes(rows, {}, {}), Error);
}

TEST_CASE("classification scores are those of a small case by hand") {
  const std::vector<double> p{0.1, 0.4, 0.4, 0.8};
  const std::vector<char> came{0, 0, 1, 1};
  const Classification c = classify(p, came);
  CHECK(c.auc == approx((1 + 0.5 + 1 + 1) / 4.0));
  CHECK(c.brier == approx((0.01 + 0.16 + 0.36 + 0.04) / 4));
  CHECK(c.log_loss == approx(-(std::log(.9) + std::log(.6) + std::log(.4) + std::log(.8)) / 4));
  CHECK(c.expected == approx(1.7));
  int cases = 0, events = 0;
  for (const Reliability& r : c.tenths) cases += r.cases, events += r.events;
  CHECK(c.classes[5].cases == 1);  // 0.1
  CHECK(c.classes[7].cases == 2);
  CHECK(c.classes[8].events == 1);
  CHECK(cases == 4);
  CHECK(events == 2);
}

TEST_CASE("a count of years without their names is spread evenly up to the last") {
  const auto years = [](int last, int count) {
    Panel p = fixture::disputing_panel();
    p.dispute_past = {{0, 1, 2020, last, count, "", "known"}};
    const DisputeHistory h = *DisputeRecord(p, stocks(p)).history(0, 1, 2020);
    CHECK(h.recent() == count);
    std::vector<int> all;
    for (int k = 0; k < dispute_memory; ++k)
      if (h.pattern >> k & 1) all.push_back(2020 - k);
    return all;
  };
  CHECK(years(2020, 1) == std::vector{2020});
  CHECK(years(2018, 2) == std::vector{2018, 2014});
  CHECK(years(2020, 10).size() == 10);
  CHECK(years(2012, 2) == std::vector{2012, 2011});
  CHECK(years(2010, 0).empty());
}

TEST_CASE("base rates of spans, counted by hand") {
  std::vector<DyadYear> rows;
  for (const auto& [a, year, onset] : {std::tuple{0, 2000, false},
                                       {0, 2001, true},
                                       {0, 2002, false},
                                       {0, 2003, false},
                                       {0, 2005, false},
                                       {0, 2006, false},
                                       {1, 2007, true}})
    rows.push_back({.a = a, .b = 2, .year = year, .onset = onset});
  const auto rates = span_rates(rows);
  REQUIRE(rates.size() == longest_span);
  const auto is = [&](int span, int spans, int with) {
    CHECK(rates[span - 1].spans == spans);
    CHECK(rates[span - 1].with_onset == with);
  };
  is(1, 7, 2);
  is(2, 4, 2);  // 2000-01, 01-02, 02-03; 05-06
  is(3, 2, 2);
  is(4, 1, 1);
  is(5, 0, 0);
}

}  // namespace disputes_test
