// SPDX-License-Identifier: Apache-2.0
// What runs on several threads gives the bits of one thread. The thread sanitizer runs these cases.
#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "made_posterior.hpp"
#include "near.hpp"
#include "some_posterior.hpp"
#include "tenbin/fit/backtest.hpp"
#include "tenbin/fit/calibrate.hpp"
#include "tenbin/fit/disputes.hpp"
#include "tenbin/fit/loo.hpp"
#include "tenbin/io/checkpoint_file.hpp"
#include "tenbin/io/posterior_netcdf.hpp"
#include "tenbin/parallel/execution.hpp"

namespace threads_test {

using namespace tenbin;

namespace {

namespace fs = std::filesystem;

/// A folder of this process alone, removed at the end.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("tenbin-threads-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

const FitOptions quick{.chains = 3, .warmup = 30, .draws = 20};

RowTable table() {
  const Panel panel = fixture::panel();
  return row_table(Equation::spending, fitted_rows(panel), panel);
}

/// A fit of the fixture that keeps its parts in `file`, ten iterations at a time.
Posterior fit_with_journal(CheckpointFile& file, const Execution& execution) {
  std::array<std::atomic<int>, 6> calls{};
  Journal journal{.done = file.done()};
  journal.due = [&](const std::string& equation, int chain) {
    return ++calls[2 * chain + (equation == "economy")] % 10 == 0;
  };
  journal.save = [&](const ChainPart& part) { file.append(part); };
  return fit(*past_of(fixture::panel()), quick, execution, {}, &journal);
}

}  // namespace

TEST_CASE("each block is worked on once, by one worker at a time" *
          doctest::test_suite("threads")) {
  std::vector<int> times(1000), by_worker(3);
  for_each_block({.threads = 3}, 1000, [&](int block, int worker) {
    ++times[block];
    ++by_worker[worker];
  });
  CHECK(times == std::vector<int>(1000, 1));
  CHECK(by_worker[0] + by_worker[1] + by_worker[2] == 1000);
}

TEST_CASE("the first exception of a block ends the work and is rethrown" *
          doctest::test_suite("threads")) {
  std::atomic<int> worked{0};
  CHECK_THROWS_WITH_AS(for_each_block({.threads = 3}, 100000,
                                      [&](int block, int) {
                                        if (block == 7) throw std::runtime_error("block 7");
                                        ++worked;
                                      }),
                       "block 7", std::runtime_error);
  CHECK(worked >= 7);
  CHECK(worked < 100000);
}

TEST_CASE("a fit has the same bits on one thread and on three" * doctest::test_suite("threads")) {
  const Panel panel = fixture::panel();
  const Posterior one = fit(*past_of(panel), quick, {.threads = 1}),
                  three = fit(*past_of(panel), quick, {.threads = 3});
  REQUIRE(!one.spending.values.empty());
  CHECK(one.spending.values == three.spending.values);
  CHECK(one.economy.values == three.economy.values);
  const RowTable rows = table();
  const auto loo_one = leave_one_out(rows, one.spending, {.threads = 1}),
             loo_three = leave_one_out(rows, one.spending, {.threads = 3});
  REQUIRE(loo_one.size() == rows.rows.size());
  REQUIRE(loo_three.size() == rows.rows.size());
  for (std::size_t r = 0; r < rows.rows.size(); ++r) CHECK(loo_one[r].elpd == loo_three[r].elpd);
}

TEST_CASE("chains on three threads share a checkpoint, and a resumed fit has the same bits" *
          doctest::test_suite("threads")) {
  const Folder folder;
  const fs::path path = folder / "fit.checkpoint";
  Posterior whole;
  {
    CheckpointFile file(path, "key");
    whole = fit_with_journal(file, {.threads = 3});
  }
  std::vector<ChainPart> parts;
  {
    const CheckpointFile file(path, "key");
    parts = file.done();
  }
  REQUIRE(parts.size() == 6);  // three chains of two equations
  for (const ChainPart& part : parts) CHECK(part.iteration == quick.warmup + quick.draws);
  fs::resize_file(path, fs::file_size(path) / 2);  // as after a kill
  CheckpointFile file(path, "key");
  const Posterior resumed = fit_with_journal(file, {.threads = 2});
  CHECK(resumed.spending.values == whole.spending.values);
  CHECK(resumed.economy.values == whole.economy.values);
}

TEST_CASE("threads write, read and export posteriors at the same time" *
          doctest::test_suite("threads")) {
  const Folder folder;
  const PosteriorFile full = some_posterior({"ALP", "DEL"}, 1990);
  const std::string exported = posterior_netcdf(full);
  std::atomic<int> same{0};
  for_each_block({.threads = 4}, 12, [&](int block, int) {
    const fs::path path = folder / (std::to_string(block) + ".fit");
    write_posterior(path, full);
    const PosteriorFile read = read_posterior(path);
    same += read.spending.values == full.spending.values && read.attributes == full.attributes &&
            posterior_netcdf(read) == exported;
  });
  CHECK(same == 12);
}

TEST_CASE("calibration and recovery have the same bits on one thread and on three" *
          doctest::test_suite("threads")) {
  const Panel panel = fixture::panel();
  const CalibrationOptions options{.sets = 3, .fit = {.chains = 1, .warmup = 20, .draws = 99}};
  const Calibration one = calibrate(*past_of(panel), options, {.threads = 1}),
                    three = calibrate(*past_of(panel), options, {.threads = 3});
  REQUIRE(!one.lines.empty());
  REQUIRE(one.lines.size() == three.lines.size());
  for (std::size_t k = 0; k < one.lines.size(); ++k)
    CHECK(one.lines[k].histogram == three.lines[k].histogram);
  CHECK(one.rhat_median == three.rhat_median);
  const std::vector<std::vector<Planted>> plans{
      {{SpendingParameter::rival_mean, 0.1}, {SpendingParameter::ally_response, 0.2}}};
  const auto found_one = recover(*past_of(panel), options, plans, {.threads = 1}),
             found_three = recover(*past_of(panel), options, plans, {.threads = 3});
  REQUIRE(found_one.size() == 2);
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(found_one[k].mean == found_three[k].mean);
    CHECK(found_one[k].sd == found_three[k].sd);
  }
}

TEST_CASE("a back-test on three threads tells one observer at a time, with the bits of one" *
          doctest::test_suite("threads")) {
  const Panel panel = fixture::panel();
  const BacktestOptions options{.origins = {2008, 2010, 2012},
                                .horizons = {1, 3},
                                .futures = 100,
                                .fit = {.chains = 1, .warmup = 30, .draws = 20}};
  std::vector<int> kept;  // without a lock of its own: one thread at a time calls keep
  double last = 0;
  const RecordStore store{.find = [](int) { return std::nullopt; },
                          .keep = [&](const OriginRecord& r) { kept.push_back(r.origin); }};
  const auto observer = [&](double part) {
    last = part;
    return true;
  };
  const auto one = backtest(panel, options, {.threads = 1}),
             three = backtest(panel, options, {.threads = 3}, observer, store);
  REQUIRE(one.size() == 3);
  REQUIRE(three.size() == 3);
  CHECK(kept.size() == 3);
  CHECK(last == approx(1));
  for (std::size_t k = 0; k < one.size(); ++k) {
    REQUIRE(one[k].forecasts.size() == three[k].forecasts.size());
    for (std::size_t f = 0; f < one[k].forecasts.size(); ++f)
      CHECK(one[k].forecasts[f].crps == three[k].forecasts[f].crps);
    CHECK(one[k].rhat_max == three[k].rhat_max);
  }
}

}  // namespace threads_test
