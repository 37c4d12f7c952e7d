// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/safety.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "fixture.hpp"
#include "near.hpp"
#include "tenbin/fit/placebo.hpp"
#include "tenbin/fit/reading.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/model/past.hpp"

namespace safety_test {

using namespace tenbin;

TEST_CASE("troops: an unnamed guest is none, a later year is the last known, an earlier unknown") {
  Panel p = fixture::panel();
  p.presence = {{1, 0, 2010, 9900}, {2, 0, 2010, 100}, {1, 0, 2015, 4900}, {1, 2, 2018, 50}};
  const SafetyRecord r(p);
  CHECK(r.troops(0, 2010) == 10000);
  CHECK(r.troops_of(1, 0, 2010) == 9900);
  CHECK(r.troops_of(1, 0, 2012) == 0);
  CHECK_FALSE(known(r.troops_of(1, 0, 2009)));
  CHECK(r.troops(0, 2012) == 0);
  CHECK(r.troops(2, 2030) == 50);
  CHECK(r.troops(0, 2030) == 0);
  CHECK_FALSE(known(r.troops(0, 2009)));
  CHECK(r.presence(0, 2015) == approx(std::log(50.0 / 101)));
  CHECK(r.presence(0, 2014) == 0);  // 2009 is not known
  CHECK(SafetyRecord(fixture::panel()).presence(0, 2015) == 0);
}

TEST_CASE("war: an interstate war counts in its first year and the two after") {
  Panel p = fixture::panel();
  p.wars = {{0, 1, 2000, 2010, "one", WarPlace::abroad},
            {1, -1, 2000, 2003, "inside", WarPlace::none}};
  const SafetyRecord r(p);
  CHECK(r.war(0, 1999) == 0);
  for (const int year : {2000, 2001, 2002}) CHECK(r.war(0, year) == 1);
  CHECK(r.war(0, 2003) == 0);
  CHECK(r.war(1, 2000) == 0);
}

TEST_CASE(
    "exposure: by nearness within the region, not of who is bound, at war, or the aggressor") {
  Panel p = fixture::panel();
  p.ties.clear();
  for (State& s : p.states) s.region = "here";
  p.states[3].region = "elsewhere";
  p.aggressions = {{1, 2010, 2011, p.states[0].lat, p.states[0].lon, "here", "a war", 0.5},
                   {1, 2012, 2012, p.states[0].lat, p.states[0].lon, "here", "another", 1}};
  const SafetyRecord r(p);
  CHECK(r.exposure(0, 2009) == 0);
  CHECK(r.exposure(0, 2010) == approx(0.5 * (1 - std::exp(-2.0))));
  CHECK(r.exposure(0, 2012) == approx(1 - std::exp(-2.0)));
  CHECK(r.exposure(1, 2010) == 0);
  CHECK(r.exposure(3, 2010) == 0);
  Panel bound = p;
  bound.ties = {{1, 0, 2000, 2010, 0.3, "", ""}};
  CHECK(SafetyRecord(bound).exposure(0, 2010) == 0);
  CHECK(SafetyRecord(bound).exposure(0, 2011) > 0);
  Panel at_war = p;
  at_war.wars = {{0, 1, 2010, 2010, "own", WarPlace::home}};
  CHECK(SafetyRecord(at_war).exposure(0, 2010) == 0);
}

TEST_CASE("as of a year nobody knows how long an aggression will be felt: two years, or so far") {
  Panel p = fixture::panel();
  p.aggressions = {{1, 2010, 2019, 0, 0, "here", "long", 1},
                   {1, 2015, 2015, 0, 0, "here", "short", 1},
                   {1, 2018, 2018, 0, 0, "here", "later", 1}};
  const auto ends = [&](int year) {
    std::vector<int> all;
    for (const Aggression& a : as_of(p, year).aggressions) all.push_back(a.end);
    return all;
  };
  CHECK(ends(2009).empty());
  CHECK(ends(2010) == std::vector{2011});
  CHECK(ends(2014) == std::vector{2014});
  CHECK(ends(2016) == std::vector{2016, 2015});
  CHECK(ends(2020) == std::vector{2019, 2015, 2018});
}

TEST_CASE("the error of a slope under heavy tails is that of slopes fitted again and again") {
  constexpr int rows = 200, fits = 1500;
  for (const double df : {2.5, 3.0, 30.0}) {
    std::vector<double> x(rows), y(rows), scale(rows);
    double sum = 0, square = 0, error = 0;
    for (int n = 0; n < fits; ++n) {
      for (int k = 0; k < rows; ++k) {
        const auto row = static_cast<std::uint32_t>(k), fit = static_cast<std::uint32_t>(n);
        x[k] = fixture::unit(row, 0, 3) - 0.3;
        scale[k] = 0.05 + 0.1 * fixture::unit(row, 1, 3);
        y[k] = 0.2 * x[k] +
               scale[k] * student_t(fixture::unit(row, fit, 4), fixture::unit(row, fit, 5), df);
      }
      const Slope s = student_slope(x, y, scale, df);
      sum += s.value, square += s.value * s.value, error = s.error;
    }
    const double mean = sum / fits, sd = std::sqrt(square / fits - mean * mean);
    CHECK(mean == approx(0.2).epsilon(0.01));
    CHECK(error == approx(sd).epsilon(0.08));  // four errors of the sd
  }
}

TEST_CASE("a placebo tells an answer to rivals from one to anybody") {
  // Stocks move at random; in the made-up figures a state answers its rivals, or nobody.
  const Panel p = fixture::panel();
  const auto past = past_of(p, 2020);
  Posterior posterior;
  posterior.spending = fixture::draws(Equation::spending);
  posterior.economy = fixture::draws(Equation::economy);
  const auto lines = placebo(*past, posterior, {.permutations = 60}, {});
  REQUIRE(!lines.empty());
  for (const PlaceboLine& l : lines) {
    CHECK((l.term == "rivals" || l.term == "allies"));
    CHECK((l.p > 0 && l.p <= 1));
    CHECK(l.permutations == 60);
    CHECK(l.first <= l.last);
    CHECK(l.error > 0);
  }
  const auto again = placebo(*past, posterior, {.permutations = 60}, {.threads = 3});
  REQUIRE(again.size() == lines.size());
  for (std::size_t k = 0; k < lines.size(); ++k) CHECK(again[k].p == lines[k].p);
  CHECK(placebo(*past, posterior, {}, {}, [](double) { return false; }).empty());
}

TEST_CASE("a placebo's verdict travels with priors, and stands in words beside its answer") {
  const std::string world = std::string(TENBIN_SOURCE) + "/data/priors/world.toml";
  const PriorsFile shipped = read_priors(world);
  REQUIRE(shipped.placebos.size() == 2);
  CHECK(shipped.placebos[0].term == "rivals");
  CHECK(!shipped.placebos[0].finding());
  CHECK(shipped.placebos[1].finding());
  CHECK(shipped.spending[place(SpendingParameter::rival_mean)].a == 0);
  PriorSet priors{"world", shipped.spending, shipped.economy, shipped.placebos};
  priors.placebos[0].p = 0.29;
  priors.placebos[1].p = 0.04;
  FitOptions asked{.priors = priors};
  CHECK(placebo_sentence(asked) ==
        "Placebo test: the response to rivals is at least as large with random partners in 29% of "
        "the trials (may be chance); the response to allies is at least as large with random "
        "partners "
        "in 4% of the trials (more than chance).");
  asked.without = {"rivals"};
  CHECK(placebo_sentence(asked).find("rivals") == std::string::npos);
  CHECK(placebo_sentence({}).empty());

  const auto again = [](const PriorsFile& file) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("tenbin-placebo-" + std::to_string(::getpid()) + ".toml");
    std::ofstream(path) << priors_text(file);
    return read_priors(path);
  };
  const PriorsFile read = again(shipped);
  REQUIRE(read.placebos.size() == 2);
  CHECK(read.placebos[1].p == shipped.placebos[1].p);
  CHECK(read.placebos[1].spread == shipped.placebos[1].spread);
  CHECK(read.placebos[1].exchanges == 2000);
  PriorsFile wrong = shipped;
  wrong.placebos[0].p = 1.5;
  CHECK_THROWS_AS(again(wrong), Error);
}

}  // namespace safety_test
