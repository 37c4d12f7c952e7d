// SPDX-License-Identifier: Apache-2.0
// tenbin's own binary files as somebody may have changed them: tallies, checkpoints, records and
// posteriors. Digests are put right, so that what stands behind them is read.
#include <doctest/doctest.h>
#include <netcdf.h>

#include <cstring>
#include <filesystem>
#include <limits>
#include <map>

#include "bell.hpp"
#include "fixture.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/futures/tally.hpp"
#include "tenbin/infer/sample.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/checkpoint_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/posterior_draws.hpp"
#include "tenbin/io/posterior_file.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/io/tally_file.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/num/random.hpp"

namespace own_files_test {

using namespace tenbin;

namespace {

constexpr int blocks = 3;

Tally empty(bool exact) {
  const std::vector<Measure> measures{{{}, milex_unit, true}, {{}, chance_unit, false}};
  return empty_tally(measures, exact ? blocks * futures_per_block : most_exact_futures + 1);
}
Tally some(bool exact) {
  Tally t = empty(exact);
  const std::array<double, 3> x{1.5, 0, -2e6};
  const std::array<GroupRun, 2> groups{{{0, 2}, {31, 3}}};
  for (Distribution& d : t.parts) d.add(x, groups);
  t.blocks = {2};
  return t;
}
bool accepted(std::string_view bytes, bool exact) {
  Tally t = empty(exact);
  return from_bytes(bytes, blocks, t);
}

}  // namespace

TEST_CASE("a tally's bytes come back, and sums that no futures can leave are refused") {
  for (const bool exact : {true, false}) {
    CAPTURE(exact);
    const std::string bytes = to_bytes(some(exact));
    Tally back = empty(exact);
    REQUIRE(from_bytes(bytes, blocks, back));
    CHECK(to_bytes(back) == bytes);
    CHECK_FALSE(accepted(bytes, !exact));
    for (std::size_t size = 0; size < bytes.size(); ++size)
      CHECK_FALSE(accepted(std::string_view(bytes).substr(0, size), exact));
    const auto with = [&](auto&& change) {  // of the first distribution's numbers
      Tally t = some(exact);
      DistributionData data = t.parts[0].archived();
      change(data);
      REQUIRE(t.parts[0].restore(std::move(data)));
      return accepted(to_bytes(t), exact);
    };
    using Data = DistributionData;
    const auto one = static_cast<Data::Wide>(1);
    CHECK(with([](Data&) {}));
    CHECK_FALSE(with([](Data& d) { d.keep = Keep::moments; }));
    CHECK_FALSE(with([](Data& d) { d.unit *= 2; }));
    CHECK_FALSE(with([](Data& d) { d.unit = missing; }));
    CHECK_FALSE(with([](Data& d) { d.counts[0] = 1'000'000; }));
    CHECK_FALSE(with([](Data& d) { d.counts[0] = -1; }));
    CHECK_FALSE(with([](Data& d) { d.positive[0] = 3; }));
    CHECK_FALSE(with([&](Data& d) { d.sums[0] += one << 126; }));
    CHECK_FALSE(with([&](Data& d) { d.squares += one << 126; }));
    CHECK_FALSE(with([](Data& d) { d.values.add(std::array{1.0}); }));
    CHECK_FALSE(with([](Data& d) { d.sketch.emplace_back().add(1); }));
  }
}

TEST_CASE("a tally whose counts are longer than its bytes, or whose bins are none, is refused") {
  for (const bool exact : {true, false}) {
    CAPTURE(exact);
    const std::string frame = to_bytes(some(exact)),
                      good = frame.substr(sizeof(ArchiveHeader),
                                          frame.size() - sizeof(ArchiveHeader) - 8);
    const auto with = [&](std::size_t place, auto number) {
      std::string body = good;
      REQUIRE(place + sizeof number <= body.size());
      std::memcpy(body.data() + place, &number, sizeof number);
      return accepted(framed<Tally>(ArchiveKind::tally, body), exact);
    };
    // blocks and parts, each with their number; of the first part what is kept, unit, absent,
    // counts, above and below 0, sums, squares, values; least, most, bins
    constexpr std::size_t parts = 8 + 4, keep = parts + 8, absent = keep + 12, counts = absent + 1,
                          sums = counts + 3 * 8 * draw_groups,
                          values = sums + 16 * (draw_groups + 1);
    const std::size_t bins = values + 8 + (exact ? 3 * 8 : 0) + 16;
    CHECK(with(counts, std::int64_t{2}));
    CHECK_FALSE(with(0, ~std::uint64_t{0}));
    CHECK_FALSE(with(parts, ~std::uint64_t{0}));
    CHECK_FALSE(with(keep, 99));
    CHECK_FALSE(with(absent, char{2}));
    CHECK_FALSE(with(values, ~std::uint64_t{0}));
    CHECK_FALSE(with(values, std::uint64_t{1} << 61));
    CHECK_FALSE(with(bins, ~std::uint64_t{0}));
    if (!exact) CHECK_FALSE(with(bins + 8, ~std::uint64_t{0}));  // a bin beyond the last
  }
}

TEST_CASE("a tally that names a block twice, or one that there is not, is refused") {
  const auto with = [](std::vector<int> numbers) {
    Tally t = some(true);
    t.blocks = std::move(numbers);
    return accepted(to_bytes(t), true);
  };
  CHECK(with({0}));
  CHECK(with({2, 1}));
  CHECK_FALSE(with({2, 2}));
  CHECK_FALSE(with({blocks}));
  CHECK_FALSE(with({-1}));
}

TEST_CASE("a part of a tally is read whole or not at all") {
  const auto out = std::filesystem::temp_directory_path() / "tenbin-own-files-test.csv";
  const std::string path = out.string() + ".checkpoint.0.all";
  write_tally_part(out, "0.all", {"key", "12345678"});
  const auto read = [&] { return read_tally_parts(out, "key"); };
  REQUIRE(read().size() == 1);
  CHECK(read()[0] == "12345678");
  CHECK_THROWS_AS(read_tally_parts(out, "another key"), Error);
  Problems problems;
  const std::string bytes = *read_bytes(path, problems);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    write_text(path, std::string_view(bytes).substr(0, size));
    CHECK(read().empty());
  }
  std::string changed = bytes;
  changed[bytes.size() / 2] ^= 1;
  write_text(path, changed);
  CHECK(read().empty());
  CHECK(has_tally_parts(out));
  remove_tally_parts(out);
  CHECK_FALSE(has_tally_parts(out));
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
  CHECK(none({"spending", 1, -1, 3, {}, {}}));
}

namespace {

/// The bytes with one bit flipped (k even), or without their end.
std::string damaged(std::string bytes, std::uint32_t k) {
  const auto u = uniforms({.seed = 27, .purpose = Purpose::test, .index = k, .entity = 1});
  const auto at = static_cast<std::size_t>(u[0] * static_cast<double>(bytes.size()));
  if (k % 2 == 1)
    bytes.resize(at);
  else
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << static_cast<int>(u[1] * 8)));
  return bytes;
}

constexpr std::uint32_t damages = 600;

}  // namespace

TEST_CASE("no bit flipped and no end cut in a checkpoint changes what a fit takes up") {
  const auto path = std::filesystem::temp_directory_path() / "tenbin-own-files-damage.checkpoint";
  std::filesystem::remove(path);
  std::vector<ChainPart> parts;
  for (int k = 0; k < 3; ++k)
    parts.push_back({"spending", 1, k * 5, k * 5 + 5, std::vector<double>(40, 0.5 + k),
                     std::vector<double>(100, -0.25 * k)});
  {
    CheckpointFile file(path, "key");
    for (const ChainPart& part : parts) file.append(part);
  }
  Problems problems;
  const std::string bytes = *read_bytes(path, problems);
  int refused = 0, shorter = 0;
  for (std::uint32_t k = 0; k < damages; ++k) {
    CAPTURE(k);
    write_text(path, damaged(bytes, k));
    try {
      const CheckpointFile file(path, "key");
      const std::size_t blocks =
          file.done().empty() ? 0 : static_cast<std::size_t>(file.done()[0].iteration / 5);
      REQUIRE(blocks < parts.size());
      ++shorter;
      if (blocks == 0) continue;
      CHECK(file.done()[0].state == parts[blocks - 1].state);
      std::vector<double> records;
      for (std::size_t b = 0; b < blocks; ++b)
        records.insert(records.end(), parts[b].records.begin(), parts[b].records.end());
      CHECK(file.done()[0].records == records);
    } catch (const Error&) {
      ++refused;
    }
  }
  CHECK(refused + shorter == damages);
  CHECK(shorter > 0);
  std::filesystem::remove(path);
}

TEST_CASE("no bit flipped and no end cut in a tally's part or a record changes a number") {
  const auto out = std::filesystem::temp_directory_path() / "tenbin-own-files-damage.csv";
  const std::string path = out.string() + ".checkpoint.0.all", tally = to_bytes(some(false));
  write_tally_part(out, "0.all", {"key", tally});
  Problems problems;
  const std::string part = *read_bytes(path, problems);
  for (std::uint32_t k = 0; k < damages; ++k) {
    CAPTURE(k);
    write_text(path, damaged(part, k));
    try {
      CHECK(read_tally_parts(out, "key").empty());
    } catch (const Error&) {  // of another run
    }
  }
  remove_tally_parts(out);
  OriginRecord origin{.origin = 2010, .rhat_max = 1.01, .divergences = 0, .draws = 100};
  origin.forecasts = {{.method = "tenbin", .state = "ALP", .origin = 2010, .horizon = 5}};
  const std::string record = record_bytes("key", origin);
  REQUIRE(record_of("key", record));
  for (std::uint32_t k = 0; k < damages; ++k) {
    CAPTURE(k);
    CHECK_FALSE(accepted(damaged(tally, k), false));
    CHECK_FALSE(record_of("key", damaged(record, k)));
  }
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

TEST_CASE("a record of an origin with a count or a quantity that is none is no record") {
  OriginRecord good{.origin = 2010, .rhat_max = 1.01, .divergences = 0, .draws = 100};
  good.forecasts = {{.method = "tenbin", .state = "ALP", .origin = 2010, .horizon = 5}};
  good.forecasts[0].median = missing;
  good.forecasts[0].log_score = -unbounded;
  good.forecasts[0].high = {4, 5, 6};
  good.joint = {{"tenbin", Scored::burden, 2010, 5, 3, 0.25}};
  const auto back = [&](auto&& change) {
    OriginRecord r = good;
    change(r);
    return record_of("key", record_bytes("key", r));
  };
  const auto record = back([](OriginRecord&) {});
  REQUIRE(record);
  CHECK(record->forecasts[0].high[2] == 6);
  CHECK_FALSE(known(record->forecasts[0].median));
  CHECK(record->forecasts[0].log_score == -unbounded);
  CHECK(record->joint[0].what == Scored::burden);
  constexpr auto none = static_cast<Scored>(scored_names.size());
  CHECK_FALSE(back([](OriginRecord& r) { r.origin = -1; }));
  CHECK_FALSE(back([](OriginRecord& r) { r.divergences = -1; }));
  CHECK_FALSE(back([](OriginRecord& r) { r.draws = std::numeric_limits<int>::min(); }));
  CHECK_FALSE(back([](OriginRecord& r) { r.forecasts[0].what = none; }));
  CHECK_FALSE(back([](OriginRecord& r) { r.forecasts[0].origin = -1; }));
  CHECK_FALSE(back([](OriginRecord& r) { r.forecasts[0].horizon = -1; }));
  CHECK_FALSE(back([](OriginRecord& r) { r.joint[0].what = none; }));
  CHECK_FALSE(back([](OriginRecord& r) { r.joint[0].horizon = -1; }));
  CHECK_FALSE(back([](OriginRecord& r) { r.joint[0].states = -1; }));
  const std::string bytes = record_bytes("key", good);
  CHECK_FALSE(record_of("another key", bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(record_of("key", std::string_view(bytes).substr(0, size)));
  CHECK_FALSE(record_of("key", bytes + "x"));
}

namespace {

/// Groups of a posterior in memory, from draws.
struct Group {
  const Draws& draws;
  std::map<std::string, std::size_t> lengths;
  std::vector<int> years;

  bool has(const std::string& name) const { return lengths.contains(name); }
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

TEST_CASE("events in two languages and base rates of the embedded panel, and what a year knows") {
  const Panel panel = read_panel(std::string(TENBIN_SOURCE) + "/data/east-asia");
  REQUIRE(panel.events.size() == 70);
  CHECK(panel.events.front().date == "1947-05-03");
  for (const Event& e : panel.events) {
    CHECK_MESSAGE(!e.title.empty(), e.date);
    CHECK_MESSAGE(!e.title_ja.empty(), e.date);
    CHECK_MESSAGE(!e.states.empty(), e.date);
    CHECK_MESSAGE(std::to_string(e.year) == e.date.substr(0, 4), e.date);
  }
  CHECK(std::ranges::is_sorted(panel.events, {}, &Event::date));
  REQUIRE(panel.base_rates.size() == 2);
  CHECK(panel.base_rates[1].cases == 17);
  for (const auto& entry : std::filesystem::directory_iterator(TENBIN_SOURCE "/data/east-asia"))
    if (const std::string file = entry.path().filename().string();
        file.ends_with(".csv") || (file.ends_with(".toml") && file != "panel.toml"))
      CHECK_MESSAGE(panel.notice.find(file) != std::string::npos, file << " is not in the NOTICE");
  REQUIRE(panel.rates.size() == 1);
  CHECK(panel.rates[0].currency == "JPY");
  const Panel then = as_of(panel, 2024);
  CHECK(then.events.back().year <= 2024);
  REQUIRE(then.base_rates.size() == 1);
  CHECK(then.base_rates[0].cases == 9);
}

}  // namespace own_files_test
