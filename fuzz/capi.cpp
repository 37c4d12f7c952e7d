// SPDX-License-Identifier: Apache-2.0
// Any sequence of calls of the C interface, read off bytes: no call may crash, hang, or break what
// tenbin.h promises. tests/capi_fuzz.cpp drives it with random bytes under the sanitizers;
// libFuzzer may too.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "tenbin.h"

namespace {

[[noreturn]] void broken(const char* promise) {
  std::fprintf(stderr, "a promise of tenbin.h is broken: %s\n", promise);
  std::abort();
}
void require(bool holds, const char* promise) {
  if (!holds) broken(promise);
}

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}
  bool done() const { return at_ == end_; }
  std::uint8_t next() { return at_ == end_ ? 0 : *at_++; }
  /// One of the words, or a text of the bytes that follow; `junk` holds it.
  const char* text(const std::vector<const char*>& words, std::string& junk) {
    const std::uint8_t which = next();
    if (which < 0xe0) return words[which % words.size()];
    if (which == 0xff) return nullptr;
    junk.clear();
    for (int k = next() % 24; k > 0 && !done(); --k) junk += static_cast<char>(next());
    if (std::strtod(junk.c_str(), nullptr) > 600) junk.insert(0, "x");  // no fit of hours
    return junk.c_str();
  }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

const std::string source = TENBIN_SOURCE, tiny = source + "/tests/data/tiny",
                  scenario = tiny + "/scenario.toml", east = source + "/data/east-asia",
                  announced = source + "/scenarios/japan-announced.toml",
                  published = source + "/fuzz/seeds/rivalries/b",
                  written = std::string(TENBIN_WORK) + "/fuzz.fit",
                  page = std::string(TENBIN_WORK) + "/fuzz.html",
                  folder = std::string(TENBIN_WORK) + "/fuzz-panel";
const std::vector<const char*> paths{
    tiny.c_str(), scenario.c_str(), east.c_str(), announced.c_str(), written.c_str(), "",
    ".",          "/no/such/place", "/dev/null",  page.c_str()};
const std::vector<const char*> settings{
    "threads",     "futures",  "priors",   "terms",        "without",      "leave-out",
    "chains",      "warmup",   "draws",    "accept",       "seed",         "as-of",
    "pair",        "money",    "until",    "growth",       "years",        "origins",
    "states",      "cache",    "horizons", "tolerance",    "year",         "",
    "chians",      "fit-seed", "state",    "that",         "lever",        "regret",
    "probability", "all",      "file",     "figures-only", "draws-judged", "digits"};
const std::vector<const char*> values{"1",    "2",     "4",      "20",        "50",    "0",
                                      "-1",   "0.5",   "wide",   "world",     "JPN",   "CHN,JPN",
                                      "2012", "2015:", "2010,x", "reference", "real",  "rivals",
                                      "",     "nan",   "1e400",  "2024",      "a,b,c", "2040"};
const std::vector<const char*> questions{
    "settings",   "questions",    "panel",      "coverage",  "races",   "backtest",
    "scores",     "diff",         "medians",    "posterior", "reach",   "posterior_economy",
    "scenarios",  "sample_stats", "parameters", "project",   "compare", "sample_stats_economy",
    "responses",  "burden",       "balance",    "risk",      "",        "quantile",
    "summary",    "explain",      "solve",      "plan",      "regret",  "check",
    "richardson", "verify",       "stability"};
const std::vector<const char*> sources{"sipri", "rivalries", "vdem", "rivalries", "", "world-bank"};

struct Countdown {
  int left;
};
int observe(double part, void* context) {
  require(part >= 0 && part <= 1, "the part done lies within 0 to 1");
  auto& countdown = *static_cast<Countdown*>(context);
  require(countdown.left >= 0, "who said stop is not asked again");
  return --countdown.left >= 0;
}

/// Reads every element of every array, and every text.
void read_all(const tenbin_result* result) {
  double sum = 0;
  std::size_t letters = 0;
  for (std::size_t which = 0; which < tenbin_array_count(result); ++which) {
    tenbin_array a;
    require(tenbin_get_array(result, which, &a) == TENBIN_DONE,
            "an array that is counted is there");
    require(a.rank >= 1 && a.rank <= TENBIN_MOST_DIMENSIONS, "ranks are 1 to 3");
    std::int64_t size[3]{1, 1, 1}, stride[3]{};
    for (int d = 0; d < a.rank; ++d)
      size[d] = a.size[d], stride[d] = a.stride[d], letters += std::strlen(a.dimension[d]);
    for (std::int64_t i = 0; i < size[0]; ++i)
      for (std::int64_t j = 0; j < size[1]; ++j)
        for (std::int64_t k = 0; k < size[2]; ++k) {
          const char* place =
              static_cast<const char*>(a.data) + i * stride[0] + j * stride[1] + k * stride[2];
          if (a.type == TENBIN_TEXT)
            letters += std::strlen(*reinterpret_cast<const char* const*>(place));
          else if (a.type == TENBIN_FLOAT64)
            sum += *reinterpret_cast<const double*>(place);
          else if (a.type == TENBIN_INT32)
            sum += *reinterpret_cast<const std::int32_t*>(place);
          else
            sum += *reinterpret_cast<const std::uint8_t*>(place);
        }
  }
  require((tenbin_result_kind(result) < 0) == (result == nullptr), "a result has a kind");
  for (std::size_t k = 0; k < tenbin_attribute_count(result); ++k)
    letters += std::strlen(tenbin_attribute(result, tenbin_attribute_name(result, k)));
  static volatile double kept;  // so that nothing is left out
  kept = sum + static_cast<double>(letters);
  static_cast<void>(kept);
}

/// How often each call was made, and how often it did what it was asked.
struct Counts {
  int made[17]{}, done[17]{};
} counts;

class Session {
 public:
  ~Session() {
    for (tenbin_study* s : studies_) tenbin_close(s);
    for (tenbin_result* r : results_) tenbin_close_result(r);
  }

  void step(Bytes& bytes) {
    const std::uint8_t call = bytes.next() % 17, which = bytes.next();
    tenbin_study*& study = studies_[which < 200 ? 0 : which % 3];
    tenbin_result*& result = results_[which / 3 % 4];
    Countdown countdown{which % 7 == 0 ? bytes.next() % 8 : 1'000'000};
    if (call == 0) return open(study, which);
    if (call == 15) return put(result, nullptr);
    if (call == 16) return read_all(result);
    tenbin_result* fresh = nullptr;
    const int code = call <= 8 ? make(call, which, bytes, study, result, countdown)
                               : ask(call, which, bytes, study, countdown, fresh);
    ++counts.made[call];
    counts.done[call] += code == TENBIN_DONE;
    judge(study, code);
    require(code == TENBIN_DONE || fresh == nullptr, "a call that fails gives no result");
    if (fresh == nullptr) return;
    read_all(fresh);
    put(result, fresh);
  }

 private:
  static void open(tenbin_study*& study, std::uint8_t which) {
    tenbin_close(study);
    study = tenbin_open();
    for (const auto& [name, value] : {std::pair{"chains", "1"},
                                      {"warmup", "20"},
                                      {"draws", "4"},
                                      {"futures", "40"},
                                      {"origins", "2015"},
                                      {"horizons", "1"},
                                      {"threads", "2"},
                                      {"priors", "wide"}})
      require(tenbin_set(study, name, value) == TENBIN_DONE, "a good setting is taken");
    if (which % 4 == 0) return;  // else it goes on as a user would
    require(tenbin_read_scenario(study, scenario.c_str()) == TENBIN_DONE,
            "a good scenario is read");
    require(tenbin_fit(study, nullptr, nullptr) == TENBIN_DONE, "and fitted");
  }
  static void put(tenbin_result*& result, tenbin_result* fresh) {
    tenbin_close_result(result);
    result = fresh;
  }

  /// Calls 1 to 8, which give no result.
  static int make(std::uint8_t call, std::uint8_t which, Bytes& bytes, tenbin_study* study,
                  const tenbin_result* result, Countdown& countdown) {
    std::string one, two;
    switch (call) {
      case 1: {
        const char* name = bytes.text(settings, one);
        const char* value = bytes.text(values, two);
        return tenbin_set(study, name, value);
      }
      case 2:
        return tenbin_read_panel(study, bytes.text(paths, one));
      case 3:
        return tenbin_read_scenario(study, bytes.text(paths, one));
      case 6:
        return tenbin_read_posterior(study, bytes.text(paths, one));
      case 7:
        return tenbin_use_posterior(study, result);
      case 8:
        return tenbin_write_posterior(study, which % 2 ? written.c_str()
                                             : bytes.text(paths, one) == nullptr
                                                 ? nullptr
                                                 : "/no/such/place");
      default:
        return tenbin_fit(study, observe, &countdown);
    }
  }
  /// Calls 9 to 14, most of which give a result.
  static int ask(std::uint8_t call, std::uint8_t which, Bytes& bytes, tenbin_study* study,
                 Countdown& countdown, tenbin_result*& fresh) {
    std::string one, two;
    switch (call) {
      case 9:
        return tenbin_project(study, which % 2, observe, &countdown, &fresh);
      case 13:
        return tenbin_brief(study, which % 2 ? page.c_str() : "", 1, observe, &countdown);
      case 14: {
        const char* files[]{published.c_str(), bytes.text(paths, one)};
        return tenbin_import(study, bytes.text(sources, two), files, which % 3, folder.c_str(),
                             &fresh);
      }
      default:
        return tenbin_ask(study, bytes.text(questions, one), observe, &countdown, &fresh);
    }
  }
  static void judge(const tenbin_study* study, int code) {
    require(code == TENBIN_DONE || code == TENBIN_USAGE || code == TENBIN_REFUSED ||
                code == TENBIN_OUTPUT || code == TENBIN_STOPPED,
            "a wrong call is no bug");
    if (study == nullptr) return require(code == TENBIN_USAGE, "without a study nothing is done");
    const std::size_t count = tenbin_problem_count(study);
    require(code == TENBIN_DONE || code == TENBIN_STOPPED || count > 0, "a failure has its words");
    for (std::size_t k = 0; k <= count; ++k)
      for (int part = -1; part <= TENBIN_KIND + 1; ++part) {
        const char* text = tenbin_problem(study, k, part);
        const bool there = k < count && part >= 0 && part <= TENBIN_KIND;
        require(there == (text != nullptr), "every part of a problem is there, and no other");
      }
  }

  tenbin_study* studies_[3]{};
  tenbin_result* results_[4]{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace fs = std::filesystem;
  fs::copy(tiny, folder,
           fs::copy_options::recursive | fs::copy_options::skip_existing);  // to import into
  Bytes bytes(data, size);
  Session session;
  while (!bytes.done()) session.step(bytes);
  return 0;
}

/// Calls of one kind (1 set, 2 read_panel ... 14 import) that did what they were asked; -1: none
/// such.
extern "C" int capi_calls_done(int call) {
  return call >= 1 && call <= 14 ? counts.done[call] : -1;
}
extern "C" int capi_calls_made() {
  int made = 0;
  for (const int n : counts.made) made += n;
  return made;
}
