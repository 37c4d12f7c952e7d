// SPDX-License-Identifier: Apache-2.0
// tenbin's own binary files as somebody may have changed them: tallies, checkpoints and records
// (posterior_file_test.cpp: posteriors). Digests are put right, so that what stands behind them is
// read.
#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>
#include <limits>

#include "bell.hpp"
#include "fixture.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/futures/tally.hpp"
#include "tenbin/infer/sample.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/checkpoint_file.hpp"
#include "tenbin/io/panel_reader.hpp"
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
