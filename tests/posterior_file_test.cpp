// SPDX-License-Identifier: Apache-2.0
// Posteriors as somebody may have damaged or doctored them: an error with words, or the very same
// numbers.
#include "tenbin/io/posterior_file.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <limits>
#include <new>

#include "some_posterior.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/in_child.hpp"
#include "tenbin/io/posterior_netcdf.hpp"

namespace posterior_file_test {

using namespace tenbin;

namespace {

const std::vector<std::string> all_states{"ALP", "BET", "GAM", "DEL"};

/// All that is said against a file's bytes; empty: they are read, and written again as they were.
std::string said(const std::string& bytes) {
  try {
    const std::string again = posterior_bytes(posterior_of(bytes, "x.fit"));
    CHECK(again == bytes);
    return {};
  } catch (const Error& error) {
    CHECK(error.reason == Error::Reason::input);
    for (const Problem& p : error.problems) CHECK(!p.mend.empty());
    return error.what();
  }
}

/// The same of a posterior after a change, with its digests right.
std::string said_of(const std::function<void(PosteriorFile&)>& change) {
  PosteriorFile file = some_posterior({"ALP", "DEL"}, 2018);
  change(file);
  return said(posterior_bytes(file));
}

/// What is said of a number of the spending equation's first chain, second draw.
std::string said_of_number(const char* name, double x) {
  return said_of([&](PosteriorFile& f) {
    f.spending.values[f.spending.width + f.spending.find(name)->offset] = x;
  });
}

bool has(const std::string& text, std::string_view part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a posterior comes back from its bytes and from its file to the last bit") {
  const PosteriorFile file = some_posterior(all_states, 1982);
  CHECK(said(posterior_bytes(file)).empty());
  const auto path = std::filesystem::temp_directory_path() / "tenbin-posterior-file-test.fit";
  write_posterior(path, file);
  const PosteriorFile back = read_posterior(path);
  CHECK(back.spending.values == file.spending.values);
  CHECK(back.economy.log_density == file.economy.log_density);
  CHECK(back.spending.divergent == file.spending.divergent);
  CHECK(back.attributes == file.attributes);
  CHECK(std::memcmp(back.spending_summary.data(), file.spending_summary.data(),
                    8 * file.spending_summary.size()) == 0);
  REQUIRE(back.observed.size() == 4);
  CHECK(back.observed[3].state == "DEL");
  CHECK(back.observed[3].gdp_growth == 0.03);
  std::filesystem::remove(path);
  CHECK_THROWS_AS(read_posterior(path), Error);
}

TEST_CASE("any changed byte, cut or addition of a posterior's file is noticed before it is read") {
  const std::string good = posterior_bytes(some_posterior({"ALP"}, 2019, 1));
  REQUIRE(said(good).empty());
  for (std::size_t k = 0; k < good.size(); ++k) {
    std::string bad = good;
    bad[k] = static_cast<char>(bad[k] ^ (1 << k % 8));
    const std::string words = said(bad);
    CHECK_MESSAGE(
        (has(words, "damaged") || (k < sizeof(ArchiveHeader) && has(words, "not a posterior"))),
        k << ": " << words);
  }
  for (std::size_t size = 0; size < good.size(); ++size) {
    const std::string words = said(good.substr(0, size));
    CHECK(has(words, size < 12 ? "not a posterior" : "it is cut short or damaged"));
  }
  for (const std::size_t more : {1, 7, 32, 4096})
    CHECK(has(said(good + std::string(more, 'x')), "it is cut short or damaged"));
  CHECK(has(said(good + good), "it is cut short or damaged"));
}

TEST_CASE("three thousand posteriors with random damage are refused, all of them") {
  const std::string good = posterior_bytes(some_posterior({"ALP", "DEL"}, 2019));
  int refused = 0;
  for (std::uint32_t n = 0; n < 3000; ++n) {
    std::string bad = good;
    for (std::uint32_t flips = 0; flips <= n % 5; ++flips) {
      const double u = fixture::unit(n, flips, 41);
      const auto bit = static_cast<std::size_t>(u * 8 * static_cast<double>(good.size()));
      bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    }
    refused += bad == good || !said(bad).empty();
  }
  CHECK(refused == 3000);
}

TEST_CASE("a body with random damage and right digests is refused, or is what it says") {
  const std::string good = posterior_bytes(some_posterior({"ALP", "DEL"}, 2019)),
                    body = good.substr(sizeof(ArchiveHeader),
                                       good.size() - sizeof(ArchiveHeader) - 8 - 32);
  const auto framed_again = [](const std::string& changed) {
    return with_sha256(framed<PosteriorArchive>(ArchiveKind::posterior, changed));
  };
  REQUIRE(framed_again(body) == good);
  int refused = 0;
  for (std::uint32_t n = 0; n < 3000; ++n) {
    std::string bad = body;
    for (std::uint32_t flips = 0; flips <= n % 5; ++flips) {
      const double u = fixture::unit(n, flips, 43);
      const auto bit = static_cast<std::size_t>(u * 8 * static_cast<double>(body.size()));
      bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    }
    refused += !said(framed_again(bad)).empty();  // said() compares what was read
  }
  CHECK(refused > 1000);
  for (std::size_t size = 0; size < body.size(); ++size)
    CHECK(!said(framed_again(body.substr(0, size))).empty());
}

TEST_CASE("numbers that no fit gives are refused, with their parameter, chain and draw") {
  CHECK(said_of([](PosteriorFile&) {}).empty());
  CHECK(has(said_of_number("target_mean", missing),
            "x.fit: this posterior is not what a fit gives: target_mean of the spending equation "
            "is nan in chain 1, draw 2, and must be from -50 to 3. Fit again"));
  CHECK(has(said_of_number("target", 100), "target[ALP] of the spending equation is 100 in"));
  CHECK(has(said_of_number("target", 3.1), "must be from -50 to 3"));
  for (const double x : {unbounded, 1e308, -0.1})
    CHECK(has(said_of_number("scale", x), "scale[ALP] of the spending equation is"));
  for (const double x : {-3.0, 0.0, 1.9, 1e7}) CHECK(has(said_of_number("df", x), "from 2 to 1"));
  CHECK(said_of_number("df", 2).empty());
  CHECK(has(said_of_number("pull", 1.5), "must be from 0 to 1"));
  CHECK(has(said_of_number("income", -unbounded), "income[ALP]"));
  CHECK(has(said_of([](PosteriorFile& f) {
              f.economy.values[7 * f.economy.width + f.economy.find("df")->offset] = 0;
            }),
            "df of the economy equation is 0 in chain 2, draw 4, and must be from 2 to 1000000"));
  CHECK(has(said_of([](PosteriorFile& f) {
              for (std::size_t d = 0; d < f.spending.size(); ++d)
                f.spending.values[d * f.spending.width + f.spending.find("pull_mean")->offset] =
                    missing;
            }),
            "is nan in chain 1, draw 1 (8 numbers of pull_mean are as wrong), and"));
}

TEST_CASE("everything wrong with a posterior is said at once") {
  const std::string words = said_of([](PosteriorFile& f) {
    f.spending.values[f.spending.find("df")->offset] = -3;
    f.spending.values[f.spending.find("wave")->offset + 1] = missing;
    f.economy.values[f.economy.find("scale")->offset] = unbounded;
    f.spending.log_density[5] = missing;
    f.attributes["seed"] = "abc";
    f.attributes["without"] = "foo";
  });
  for (const char* part :
       {"df of the spending", "wave[2019]", "scale[ALP] of the economy", "lp of the spending",
        "in chain 2, draw 2", "its seed is \"abc\"", "without \"foo\", which is no term"})
    CHECK(has(words, part));
  CHECK(std::count(words.begin(), words.end(), '\n') == 6);
}

TEST_CASE("what the sampler says, and summaries, are held to what they can be") {
  using File = PosteriorFile;
  for (const auto& [change, words] :
       std::vector<std::pair<std::function<void(File&)>, std::string>>{
           {[](File& f) { f.spending.log_density[0] = unbounded; }, "lp of the spending"},
           {[](File& f) { f.spending.log_density.pop_back(); }, "do not have the size"},
           {[](File& f) { f.spending.log_density.clear(); }, "0 numbers of lp for 8 draws"},
           {[](File& f) { f.economy.acceptance[1] = 1.1; }, "acceptance_rate of the economy"},
           {[](File& f) { f.spending.tree_depth[1] = -1; }, "tree_depth of the spending"},
           {[](File& f) { f.spending.leapfrogs[1] = -1; }, "n_steps of the spending"},
           {[](File& f) { f.spending.divergent[1] = 2; }, "diverging of the spending"},
           {[](File& f) { f.spending_summary.pop_back(); }, "its summary does not have the size"},
           {[](File& f) { f.economy_summary.clear(); }, "its summary does not have the size"},
           {[](File& f) { f.spending_summary[3] = missing; }, "summary of number 4 of a draw"},
           {[](File& f) { f.spending_summary[f.spending.width] = -1; }, "summary of number 1"},
           {[](File& f) { f.spending_summary[3 * f.spending.width] = 9; }, "summary of number 1"}})
    CHECK(has(said_of(change), words));
}

TEST_CASE("counts, names and settings of a posterior must agree") {
  using File = PosteriorFile;
  for (const auto& [change, words] :
       std::vector<std::pair<std::function<void(File&)>, std::string>>{
           {[](File& f) { f.spending.chains = 3; }, "do not have the size"},
           {[](File& f) { f.spending.chains = 1, f.spending.draws_per_chain = 8; },
            "its chains is \"2\""},
           {[](File& f) { f.economy.chains = 4, f.economy.draws_per_chain = 2; },
            "fewer than four"},
           {[](File& f) { f.spending.draws_per_chain = -4; }, "do not have the size"},
           {[](File& f) { f.spending.chains = std::numeric_limits<int>::max(); }, "the size"},
           {[](File& f) { f.spending.width -= 1; }, "do not have the size"},
           {[](File& f) { f.spending.columns.pop_back(); }, "do not have the size"},
           {[](File& f) { std::swap(f.spending.columns[0].name, f.spending.columns[2].name); },
            "do not have the size"},
           {[](File& f) { f.spending.equation = "economy"; }, "not of the spending equation"},
           {[](File& f) { f.economy.columns[11].elements[0] = "XXX"; }, "not of the same states"},
           {[](File& f) { f.spending.columns.back().elements[1] = "2025"; }, "not consecutive"},
           {[](File& f) { f.spending.columns[3].fixed = true; }, "pull_sd is switched off"},
           {[](File& f) { f.attributes["without"] = "war"; }, "war_response is switched off"},
           {[](File& f) { f.attributes["chains"] = "4"; }, "its chains is \"4\""},
           {[](File& f) { f.attributes["draws"] = ""; }, "its draws is \"\""},
           {[](File& f) { f.attributes["warmup"] = "-1"; }, "its warmup is \"-1\""},
           {[](File& f) { f.attributes["target_accept"] = "1.5"; }, "target_accept"},
           {[](File& f) { f.attributes["target_accept"] = "nan"; }, "target_accept"},
           {[](File& f) { f.attributes["panel_hash"] = "\x1b[31m"; }, "is no SHA-256"},
           {[](File& f) { f.attributes["creator"] = "somebody"; }, "tenbin did not write it"},
           {[](File& f) { f.attributes["more"] = "1"; }, "an attribute \"more\""},
           {[](File& f) { f.attributes.erase("priors"); }, "does not say its priors"},
           {[](File& f) { f.observed[0].state = "XXX"; }, "a row of XXX"},
           {[](File& f) { f.observed[0].year = -1; }, "-1 is no year"},
           {[](File& f) { f.observed[0].threat_lag = unbounded; }, "is not finite"}})
    CHECK(has(said_of(change), words));
  CHECK(said_of([](File& f) { f.observed[0].rival_growth_lag = missing; }).empty());
  PosteriorFile twice = some_posterior({"ALP", "ALP"}, 2018);
  CHECK(has(said(posterior_bytes(twice)), "target has the draws of a state twice"));
  PosteriorFile off = some_posterior({"ALP"}, 2018);
  off.attributes["without"] = "war";
  Column& war = off.spending.columns[place(SpendingParameter::war_response)];
  war.fixed = true;
  CHECK(has(said(posterior_bytes(off)), "war_response is switched off and yet not 0"));
  for (std::size_t d = 0; d < off.spending.size(); ++d)
    off.spending.values[d * off.spending.width + war.offset] = 0;
  CHECK(said(posterior_bytes(off)).empty());
}

TEST_CASE("a posterior of another panel, of its years or of its states is refused") {
  Panel panel = fixture::panel();
  const auto against = [&](const std::function<void(PosteriorFile&)>& change) -> std::string {
    PosteriorFile file = some_posterior(all_states, 1982);
    change(file);
    try {
      require_of_panel(file, panel, "x.fit");
      return {};
    } catch (const Error& error) {
      return error.what();
    }
  };
  using File = PosteriorFile;
  CHECK(against([](File&) {}).empty());
  CHECK(has(against([](File& f) { f.attributes["panel_hash"] = "ab"; }), "of another panel"));
  CHECK(has(against([](File& f) { f.attributes["last_year"] = "2019"; }), "figures up to 2019"));
  CHECK(has(against([](File& f) { f.attributes["panel"] = "\x1b[31mred"; }), "it calls its panel"));
  CHECK(has(against([](File& f) { f.attributes["left_out"] = "XXX"; }), "it left out XXX"));
  CHECK(has(against([](File& f) {
              for (Column& c : f.spending.columns)
                for (std::string& id : c.elements)
                  if (id == "BET") id = "XXX";
            }),
            "target has other states than the panel"));
  CHECK(has(against([](File& f) {
              for (Column& c : f.economy.columns)
                if (c.elements.size() == 4) std::swap(c.elements[0], c.elements[1]);
            }),
            "trend has other states than the panel, or in another order"));
  CHECK(has(against([](File& f) { f.economy.columns.back().elements.back() = "2021"; }),
            "cycle has draws of years"));
}

TEST_CASE("what is no posterior is called what it is") {
  CHECK(has(said("\x89HDF\r\n\x1a\n"), "a netCDF file, which is written for other programs"));
  CHECK(has(said(std::string("CDF\x01") + std::string(100, '\0')), "tenbin fit PANEL -o NAME.fit"));
  CHECK(has(said(""), "not a posterior of tenbin"));
  CHECK(has(said("format = 1\n"), "not a posterior of tenbin"));
  const std::string other = archive(ArchiveKind::tally, std::string("x"));
  CHECK(has(said(with_sha256(other)), "not a posterior of tenbin"));
  CHECK(has(said(with_sha256(archive(ArchiveKind::posterior, std::string("x")))),
            "another version of tenbin"));
}

TEST_CASE("a posterior's netCDF is made in memory, with the same bytes each time") {
  const PosteriorFile file = some_posterior(all_states, 1982);
  const std::string one = posterior_netcdf(file);
  CHECK(one.starts_with("\x89HDF"));
  CHECK(one == posterior_netcdf(file));
  CHECK(one.size() > 8 * file.spending.values.size());
  CHECK_FALSE(std::filesystem::exists("tenbin"));
  CHECK(has(said(one), "a netCDF file"));
}

TEST_CASE("what crashes in a process of its own is a lack of memory to the others") {
  CHECK(in_child([] { return std::string("made"); }) == "made");
  CHECK(in_child([] { return std::string(); }).empty());
  const std::string large(3'000'000, 'x');
  CHECK(in_child([&] { return large; }) == large);
  CHECK_THROWS_AS(in_child([]() -> std::string { std::abort(); }), std::bad_alloc);
  CHECK_THROWS_AS(in_child([]() -> std::string { throw std::bad_alloc(); }), std::bad_alloc);
  CHECK_THROWS_AS(in_child([]() -> std::string { std::_Exit(0); }), std::bad_alloc);
}

}  // namespace posterior_file_test
