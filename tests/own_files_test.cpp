// SPDX-License-Identifier: Apache-2.0
// tenbin's own binary files as somebody may have changed them: tallies, checkpoints, records and
// posteriors. Digests are put right, so that what stands behind them is read.
#include <doctest/doctest.h>
#include <netcdf.h>

#include <cstring>
#include <filesystem>
#include <map>

#include "bell.hpp"
#include "fixture.hpp"
#include "tenbin/analyse/tally.hpp"
#include "tenbin/infer/sample.hpp"
#include "tenbin/io/checkpoint_file.hpp"
#include "tenbin/io/posterior_draws.hpp"
#include "tenbin/io/posterior_file.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/io/tally_file.hpp"
#include "tenbin/io/text_file.hpp"

namespace own_files_test {

using namespace tenbin;

namespace {

constexpr int blocks = 3;

Tally empty(bool exact) {
  const std::vector<Measure> measures{{{}, milex_unit, true}, {{}, chance_unit, false}};
  return empty_tally(measures, exact ? blocks * futures_per_block : most_exact_futures + 1);
}
std::vector<std::uint64_t> some_words(bool exact) {
  Tally t = empty(exact);
  const std::array<double, 3> x{1.5, 0, -2e6};
  const std::array<GroupRun, 2> groups{{{0, 2}, {31, 3}}};
  for (Distribution& d : t.parts) d.add(x, groups);
  t.blocks = {2};
  return to_words(t);
}
bool accepted(const std::vector<std::uint64_t>& words, bool exact) {
  Tally t = empty(exact);
  return from_words(words, blocks, t);
}

}  // namespace

TEST_CASE("a tally's words come back, and words that no futures can leave are refused") {
  for (const bool exact : {true, false}) {
    CAPTURE(exact);
    const auto words = some_words(exact);
    CHECK(accepted(words, exact));
    CHECK_FALSE(accepted(words, !exact));
    for (std::size_t size = 0; size < words.size(); ++size)
      CHECK_FALSE(
          accepted({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(size)}, exact));
    const auto with = [&](std::size_t place, std::uint64_t word) {
      auto other = words;
      other[place] = word;
      return accepted(other, exact);
    };
    // blocks, their numbers, absent, counts, above and below 0, sums, squares
    constexpr std::size_t absent = 2, counts = 3, above = counts + draw_groups,
                          sums = above + 2 * draw_groups, squares = sums + 2 * draw_groups;
    CHECK(with(1, 0));
    CHECK_FALSE(with(0, ~std::uint64_t{0}));
    CHECK_FALSE(with(1, blocks));
    CHECK_FALSE(with(1, std::uint64_t{1} << 32));
    CHECK_FALSE(with(absent, 2));
    CHECK_FALSE(with(counts, 1'000'000));
    CHECK_FALSE(with(counts, ~std::uint64_t{0}));
    CHECK_FALSE(with(above, 3));
    CHECK_FALSE(with(sums + 1, std::uint64_t{1} << 62));
    CHECK_FALSE(with(squares + 1, ~std::uint64_t{0} >> 1));
    CHECK_FALSE(with(squares + 2, ~std::uint64_t{0}));  // number of values
  }
}

TEST_CASE("a tally that names a block twice is refused") {
  auto words = some_words(true);
  words[0] = 2;
  words.insert(words.begin() + 1, 2);
  CHECK_FALSE(accepted(words, true));
  words[1] = 1;
  CHECK(accepted(words, true));
}

TEST_CASE("a part of a tally is read whole or not at all") {
  const auto part = [](std::string body) {
    body.insert(0, "tenbin tally 1\n");
    return tally_part_of(body + sha256(body));
  };
  const auto whole = part("key\n12345678");
  REQUIRE(whole);
  CHECK(whole->key == "key");
  CHECK(whole->words.size() == 1);
  CHECK(part("key\n")->words.empty());
  CHECK_FALSE(part("key\n1234567"));
  CHECK_FALSE(part("no end of the key"));
  CHECK_FALSE(tally_part_of(""));
  CHECK_FALSE(tally_part_of("tenbin tally 1\n"));
}

TEST_CASE("a checkpoint's block with numbers that no chain has ends what is taken up") {
  const ChainPart first{"spending", 1, 0, 3, {1, 2}, {}}, next{"spending", 1, 3, 5, {3, 4}, {5}};
  const std::string good = checkpoint_block(first) + checkpoint_block(next);
  const CheckpointParts parts = checkpoint_parts_of(good);
  REQUIRE(parts.done.size() == 1);
  CHECK(parts.good == good.size());
  CHECK(parts.done[0].iteration == 5);
  CHECK(parts.done[0].state == next.state);
  CHECK(checkpoint_parts_of(good.substr(0, good.size() - 1)).done[0].iteration == 3);
  const auto none = [](const ChainPart& part) {
    return checkpoint_parts_of(checkpoint_block(part)).done.empty();
  };
  CHECK_FALSE(none(first));
  CHECK(none({"spending", -1, 0, 3, {}, {}}));
  CHECK(none({"spending", 1, 0, -3, {}, {}}));
  CHECK(none({"spending", 1, 0, 0, {}, {}}));
  CHECK(none({"spending", 1, 2, 3, {}, {}}));  // does not follow
}

namespace {

Draws draws_after(const std::vector<ChainPart>& parts, std::vector<ChainPart>* saved = nullptr) {
  Journal journal{.done = parts,
                  .due = [](const std::string&, int) { return true; },
                  .save =
                      [&](const ChainPart& part) {
                        if (saved) saved->push_back(part);
                      }};
  return sample(Bell{}, 1, {.warmup = 4, .draws = 4}, {.threads = 1}, {"spending", {}, &journal});
}

}  // namespace

TEST_CASE("a sampler goes on from a part to the same bits, and refuses one whose counts are none") {
  std::vector<ChainPart> saved;
  const Draws whole = draws_after({}, &saved);
  REQUIRE(saved.size() == 8);
  ChainPart part = saved[5];  // after two draws
  part.begin = 0;
  part.records.insert(part.records.begin(), saved[4].records.begin(), saved[4].records.end());
  CHECK(draws_after({part}).values == whole.values);
  const auto refused = [&](auto&& change) {
    ChainPart other = part;
    change(other);
    CHECK_THROWS_AS(draws_after({other}), Error);
  };
  for (const double bad : {missing, -1.0, 1e300, 3.0}) {
    refused([&](ChainPart& p) { p.state[0] = bad; });  // iterations done
    if (bad != 3.0) {
      refused([&](ChainPart& p) { p.state[1] = bad; });    // number of the last random iteration
      refused([&](ChainPart& p) { p.records[3] = bad; });  // tree depth of the first draw
      refused([&](ChainPart& p) { p.records[4] = bad; });  // its leapfrog steps
    }
  }
  refused([](ChainPart& p) { p.records.pop_back(); });
  refused([](ChainPart& p) { p.state.push_back(0); });
  refused([](ChainPart& p) { p.iteration = 1000; });
}

TEST_CASE("a record of an origin with a line that is none is no record") {
  const std::string
      origin = "origin 2010 1.01 0 100\n",
      forecast =
          "forecast\ttenbin\t0\tALP\t2010\t5\t1\t1.1\t0.2\tnan\t0.1\t-inf\t0.4\t1\t2\t3\t4"
          "\t5\t6",
      joint = "joint\ttenbin\t1\t2010\t5\t3\t0.25\n";
  const auto record = record_of(origin + forecast + "\n" + joint);
  REQUIRE(record);
  CHECK(record->forecasts[0].high[2] == 6);
  CHECK_FALSE(known(record->forecasts[0].median));
  CHECK(record->joint[0].what == Scored::burden);
  CHECK_FALSE(record_of("origin 2010\n"));
  CHECK_FALSE(record_of("origin 2010 1.01 0 nan\n"));
  CHECK_FALSE(record_of("origin 2010 1.01 0 1e10\n"));
  CHECK_FALSE(record_of(forecast + "\t7\n"));
  CHECK_FALSE(record_of(forecast.substr(0, 40)));
  CHECK_FALSE(record_of("joint\ttenbin\t2\t2010\t5\t3\t0.25\n"));
  CHECK_FALSE(record_of("joint\n"));
  CHECK_FALSE(record_of("x\n"));
}

namespace {

/// Groups of a posterior in memory, from draws.
struct Group {
  const Draws& draws;
  std::map<std::string, std::size_t> lengths;
  std::vector<int> years;

  std::size_t length(const std::string& name) const { return lengths.at(name); }
  std::vector<std::string> texts(const std::string&, std::size_t) const {
    return draws.find("target")->elements;
  }
  std::vector<int> integers(const std::string& name, std::size_t size) const {
    if (name == "year") return years;
    return name == "n_steps" ? draws.leapfrogs : std::vector<int>(size, 1);
  }
  std::vector<double> doubles(const std::string& name, std::size_t size) const {
    if (name == "lp") return draws.log_density;
    if (name == "acceptance_rate") return std::vector<double>(size, 0.9);
    std::vector<double> all;
    for (std::size_t d = 0; d < draws.size(); ++d) {
      const Column& c = *draws.find(name);
      for (const double x : draws.draw(d).subspan(c.offset, c.size())) all.push_back(x);
    }
    return all;
  }
  void fail(const std::string& what) const { throw what; }
};

/// What is said of a posterior after a change; empty: it is read.
template <class Change>
std::string said(Change&& change) {
  Draws draws = fixture::draws(Equation::spending, 5);
  draws.log_density.assign(5, -1.5);
  draws.leapfrogs.assign(5, 7);
  Group group{draws, {{"chain", 1}, {"draw", 5}, {"state", 4}}, {}};
  for (const std::string& year : draws.find("wave")->elements)
    group.years.push_back(std::stoi(year));
  group.lengths["year"] = group.years.size();
  change(draws, group);
  try {
    const Draws back = read_draws(group, group, Equation::spending);
    CHECK(back.values == draws.values);
    return {};
  } catch (const std::string& what) {
    return what;
  }
}

}  // namespace

TEST_CASE("what a posterior's groups give is checked before it is used") {
  const auto value = [](const char* name, double x) {
    return said([=](Draws& d, Group&) { d.values[d.find(name)->offset] = x; });
  };
  const auto length = [](const char* name, std::size_t n) {
    return said([=](Draws&, Group& g) { g.lengths[name] = n; });
  };
  CHECK(said([](Draws&, Group&) {}).empty());
  CHECK(value("df", 1.5) == "a draw of df is not within its bounds");
  CHECK(value("scale", -1) == "a draw of scale is not within its bounds");
  CHECK(value("income", missing) == "a draw of income is not within its bounds");
  CHECK(value("target", unbounded) == "a draw of target is not within its bounds");
  CHECK(length("draw", 3) == "it holds no draws");
  CHECK(length("chain", 0) == "it holds no draws");
  CHECK(length("chain", (std::size_t{1} << 32) + 1) == "its dimension chain is too long");
  CHECK(length("state", 1'000'000) == "its dimension state is too long");
  CHECK(length("draw", 99'999'999) == "it holds too many numbers");
  CHECK(said([](Draws&, Group& g) { g.years[1] = g.years[0]; }) == "its years have a gap");
  CHECK(said([](Draws&, Group& g) { g.years[0] = std::numeric_limits<int>::min(); }) ==
        "its years have a gap");
  CHECK(said([](Draws& d, Group&) { d.log_density[1] = missing; }) ==
        "a number of its sample statistics is not finite");
  CHECK(said([](Draws& d, Group&) { d.leapfrogs[1] = -1; }) ==
        "a count of its sample statistics is negative");
}

TEST_CASE("numbers of values do not wrap") {
  constexpr std::size_t half = std::size_t{1} << 32;
  const auto of = [](std::vector<std::size_t> lengths) { return number_of_values(lengths); };
  CHECK(of({}) == 1);
  CHECK(of({4, 1000, 0}) == 0);
  CHECK(of({4, 1000, 17}) == 68000);
  CHECK_FALSE(of({half, half}));
  CHECK_FALSE(of({half, half, 0}));
  CHECK_FALSE(of({half, 2, half}));
}

/// A posterior's file of five draws each.
PosteriorFile five_draws() {
  PosteriorFile file{
      fixture::draws(Equation::spending, 5), fixture::draws(Equation::economy, 5), {}};
  for (Draws* d : {&file.spending, &file.economy}) {
    d->log_density.assign(5, -1.5);
    d->acceptance.assign(5, 0.9);
    d->tree_depth.assign(5, 3);
    d->leapfrogs.assign(5, 7);
    d->divergent.assign(5, 1);
  }
  return file;
}

/// Writes another number into the first place of a variable of a file's group.
void overwrite(const std::filesystem::path& path, const char* group, const char* variable) {
  int file, id, place;
  REQUIRE(nc_open(path.c_str(), NC_WRITE, &file) == NC_NOERR);
  REQUIRE(nc_inq_grp_ncid(file, group, &id) == NC_NOERR);
  REQUIRE(nc_inq_varid(id, variable, &place) == NC_NOERR);
  const std::size_t first[]{0, 0, 0};
  const double value = 0.123;
  REQUIRE(nc_put_var1_double(id, place, first, &value) == NC_NOERR);
  REQUIRE(nc_close(file) == NC_NOERR);
}

TEST_CASE("a posterior's file keeps the summaries of its draws, and believes no others") {
  const auto path = std::filesystem::temp_directory_path() / "tenbin-own-files-summary.nc";
  PosteriorFile file = five_draws();
  write_posterior(path, file, {});
  CHECK(read_posterior(path).spending_summary.empty());  // as older versions wrote it

  for (auto [draws, summary] :
       {std::pair{&file.spending, &file.spending_summary}, {&file.economy, &file.economy_summary}})
    for (std::size_t k = 0; k < summary_names.size() * draws->width; ++k)
      summary->push_back(k % 7 == 0 ? missing : 0.1 * static_cast<double>(k));
  const auto kept = [&](const char* group, const char* variable) {
    write_posterior(path, file, {});
    if (group != nullptr) overwrite(path, group, variable);
    const PosteriorFile back = read_posterior(path);
    const auto same = [](const std::vector<double>& a, const std::vector<double>& b) {
      return a.size() == b.size() && std::memcmp(a.data(), b.data(), 8 * a.size()) == 0;
    };
    CHECK((back.spending_summary.empty() || same(back.spending_summary, file.spending_summary)));
    CHECK((back.economy_summary.empty() || same(back.economy_summary, file.economy_summary)));
    return std::pair(!back.spending_summary.empty(), !back.economy_summary.empty());
  };
  CHECK(kept(nullptr, nullptr) == std::pair(true, true));
  CHECK(kept("posterior", "income_mean") == std::pair(false, true));
  CHECK(kept("posterior_economy", "momentum") == std::pair(true, false));
  CHECK(kept("summary", "rhat") == std::pair(false, true));
  std::filesystem::remove(path);
}

TEST_CASE("a posterior's file with a draw outside its bounds is refused with the reason") {
  const auto path = std::filesystem::temp_directory_path() / "tenbin-own-files-test.nc";
  const auto written = [&](auto&& change) -> std::string {
    PosteriorFile file = five_draws();
    change(file);
    write_posterior(path, file, {});
    try {
      const PosteriorFile back = read_posterior(path);
      CHECK(back.economy.values == file.economy.values);
      CHECK(back.spending.divergent == file.spending.divergent);
      return {};
    } catch (const Error& error) {
      return error.problems[0].what;
    }
  };
  CHECK(written([](PosteriorFile&) {}).empty());
  CHECK(written([](PosteriorFile& f) { f.economy.values[f.economy.find("df")->offset] = 0; }) ==
        "this is not a posterior of tenbin: a draw of df is not within its bounds");
  CHECK(written([](PosteriorFile& f) { f.spending.log_density[0] = missing; }) ==
        "this is not a posterior of tenbin: a number of its sample statistics is not finite");
  std::filesystem::remove(path);
}

}  // namespace own_files_test
