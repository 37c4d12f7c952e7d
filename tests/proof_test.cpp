// SPDX-License-Identifier: Apache-2.0
// What `tenbin verify` proves: the page alone, its figures against a panel, its posterior against
// another fit.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <functional>

#include "fixture.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/page/carried.hpp"
#include "tenbin/page/page.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/page.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/runs.hpp"

namespace proof_test {

using namespace tenbin;
namespace fs = std::filesystem;

namespace {

const fs::path tiny = fs::path(TENBIN_SOURCE) / "tests/data/tiny";

/// A panel's folder, its scenarios and a short fit of them, once.
struct Made {
  Runs runs;
  Posterior posterior;
  Made() {
    Problems problems;
    runs = read_runs({(tiny / "scenario.toml").string()}, problems);
    schedule_runs(runs, 60, std::nullopt);
    FitSettings settings;
    settings.priors = "wide";
    settings.options.chains = 2;
    settings.options.warmup = 40;
    settings.options.draws = 20;
    settings.draws_asked = true;
    posterior = fit(*runs.past, options_of(settings, *runs.past), {});
  }
};
const Made& made() {
  static const Made m;
  return m;
}

Carried carried_of(const Posterior& posterior) {
  Carried c = carried(made().runs, posterior);
  c.creator = creator();
  c.no_record = "Nobody tried";
  return c;
}

/// A page that is written honestly from what it is given.
fs::path page_of(const Carried& c) {
  const LivePage live{c, live_script()};
  const fs::path path = fs::temp_directory_path() / "tenbin_proof_test.html";
  write_text(path, render(brief(c, {}), Language::english, &live));
  return path;
}

/// What verify says: its text, or its problems.
struct Said {
  bool proved = false;
  Error::Reason reason = Error::Reason::input;
  std::string words;
  bool has(const std::string& part) const { return words.find(part) != std::string::npos; }
};
Said verify(const fs::path& page, const Settings& settings) {
  try {
    const Inputs inputs{.settings = settings, .names = {page.string()}};
    const PutQuestion put = question_named("verify").put(inputs);
    Work work;
    return {true, Error::Reason::input, put(work).text()};
  } catch (const Error& error) {
    Said said{false, error.reason, ""};
    for (const Problem& p : error.problems) said.words += p.text() + "\n";
    return said;
  }
}

Settings settings(const fs::path& panel = {}, bool refit = false) {
  Settings s;
  if (!panel.empty()) s.panel = panel.string();
  s.refit = refit;
  return s;
}

bool has_engine() {
  if (!live_script().text.empty()) return true;
  MESSAGE("built without the engine for pages: skipped");
  return false;
}

}  // namespace

TEST_CASE("an honest page passes verify, --panel and --refit, and each says what it proved") {
  if (!has_engine()) return;
  const fs::path page = page_of(carried_of(made().posterior));
  const Said plain = verify(page, settings());
  CHECK(plain.proved);
  CHECK(plain.has("taken as carried, not proved: the figures; the draws"));
  const Said compared = verify(page, settings(tiny));
  CHECK(compared.proved);
  CHECK(compared.has("the figures, and the hash of the panel's files, are the same"));
  CHECK(compared.has("taken as carried, not proved: the draws"));
  const Said again = verify(page, settings(tiny, true));
  CHECK_MESSAGE(again.proved, again.words);
  CHECK(
      again.has("fitted again to these figures (wide priors, seed 20261122, 2 chains of 40 + 20"));
  CHECK(again.has("the same to the last bit"));
  CHECK_FALSE(again.has("taken as carried"));
  fs::remove(page);
}

TEST_CASE("a doctored posterior that is briefed honestly passes verify, and fails --refit") {
  if (!has_engine()) return;
  struct Forgery {
    const char* what;
    std::function<void(Posterior&)> change;
    const char* found;
  };
  const std::vector<Forgery> forgeries{
      {"the last bit of one draw",
       [](Posterior& p) {
         double& x = p.spending.values[3 * p.spending.width + p.spending.find("target")->offset];
         x = std::nextafter(x, 1e9);
       },
       "numbers differ; draw 4 of target["},
      {"a whole parameter",
       [](Posterior& p) {
         for (std::size_t d = 0; d < p.spending.size(); ++d)
           p.spending.values[d * p.spending.width + p.spending.find("target")->offset] += 1.2;
         summarise(p);
       },
       "summaries of the spending equation: target["},
      {"the economy", [](Posterior& p) { p.economy.values[7] += 0.01; },
       "draws of the economy equation: 1 of"},
      {"a summary alone", [](Posterior& p) { p.spending_summary[0].sd *= 0.5; },
       "summaries of the spending equation"},
      {"the fit's health", [](Posterior& p) { p.spending_health.rhat_max = 1.001; },
       "health of the spending equation"},
      {"priors under another name", [](Posterior& p) { p.asked.priors.spending[0].b *= 2; },
       "priors: the page carries others"},
      {"another seed than it names", [](Posterior& p) { p.asked.seed = 5; }, "numbers differ"},
      {"rows", [](Posterior& p) { p.rows_spending += 1; }, "rows of the spending equation"}};
  for (const Forgery& forgery : forgeries) {
    CAPTURE(forgery.what);
    Posterior posterior = made().posterior;
    forgery.change(posterior);
    const fs::path page = page_of(carried_of(posterior));
    CHECK(verify(page, settings()).proved);
    CHECK(verify(page, settings(tiny)).proved);
    const Said again = verify(page, settings(tiny, true));
    CHECK_FALSE(again.proved);
    CHECK(again.reason == Error::Reason::no);
    CHECK_MESSAGE(again.has(forgery.found), again.words);
    CHECK(again.has("do not trust its numbers"));
    fs::remove(page);
  }
}

TEST_CASE("figures that are not the panel's fail --panel, and the first is named") {
  if (!has_engine()) return;
  struct Forgery {
    std::function<void(Panel&)> change;
    const char* found;
  };
  const std::vector<Forgery> forgeries{
      {[](Panel& p) { p.milex[5].milex *= 1.01; }, "1 figures of milex.csv differ; "},
      {[](Panel& p) { p.rivalries[0].value *= 0.5; }, "what the page has of rivalries.csv differs"},
      {[](Panel& p) { p.hash[3] ^= 1; }, "its files have the hash"},
      {[](Panel& p) { p.states[0].name += "x"; }, "its states are not the page's"},
      {[](Panel& p) { p.share_of_world *= 0.5; }, "another part of what the page has"}};
  for (const Forgery& forgery : forgeries) {
    Carried c = carried_of(made().posterior);
    forgery.change(c.study.panel);
    const fs::path page = page_of(c);
    const Said plain = verify(page, settings());
    CHECK_MESSAGE(plain.proved, plain.words);
    const Said compared = verify(page, settings(tiny));
    CHECK_FALSE(compared.proved);
    CHECK(compared.reason == Error::Reason::no);
    CHECK_MESSAGE(compared.has(forgery.found), compared.words);
    fs::remove(page);
  }
}

TEST_CASE("a page is not fitted again by what no fit takes, or by priors that are not at hand") {
  if (!has_engine()) return;
  Posterior posterior = made().posterior;
  posterior.asked.chains = 1 << 20;
  fs::path page = page_of(carried_of(posterior));
  CHECK(verify(page, settings(tiny, true)).has("which no fit takes"));
  posterior = made().posterior;
  posterior.asked.priors.name = "region.toml";
  page = page_of(carried_of(posterior));
  const Said unknown = verify(page, settings(tiny, true));
  CHECK(unknown.reason == Error::Reason::usage);
  CHECK(unknown.has("Give their file: --priors FILE"));
  Settings other = settings(tiny, true);
  other.priors = (fs::path(TENBIN_SOURCE) / "data/priors/as-of/2015.toml").string();
  CHECK(verify(page, other).has("and the page's are \"region.toml\""));
  CHECK(verify(page, settings({}, true)).has("Give the panel too: --panel FOLDER"));
  Settings nowhere = settings("nowhere");
  CHECK(verify(page, nowhere).has("--panel nowhere: there is no such folder"));
  fs::remove(page);
}

}  // namespace proof_test
