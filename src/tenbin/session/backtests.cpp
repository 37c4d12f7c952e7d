// SPDX-License-Identifier: Apache-2.0
#include "tenbin/session/backtests.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "tenbin/io/digest.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/record_file.hpp"

namespace tenbin {
namespace {

/// "2000:2022" or "2000,2005,2010": each once, in order.
std::vector<int> numbers_of(const std::string& text, const std::string& flag, int low, int high) {
  std::vector<int> numbers;
  const auto refuse = [&] {
    throw Error(
        {{flag, fmt::format("\"{}\" is no list of whole numbers within {} to {}", text, low, high),
          "Write FIRST:LAST, or numbers with commas"}});
  };
  for (const std::string& piece : pieces(text)) {
    int first = 0, last = 0, end = 0, end_of_range = 0;
    const int found = std::sscanf(piece.c_str(), "%d%n:%d%n", &first, &end, &last, &end_of_range);
    if (found == 1) last = first;
    if (found < 1 || (found == 2 ? end_of_range : end) != static_cast<int>(piece.size()) ||
        first < low || last > high || first > last)
      refuse();
    for (int n = first; n <= last; ++n) numbers.push_back(n);
  }
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (numbers.empty()) refuse();
  return numbers;
}

/// Priors may know nothing of an origin's future, and nothing of the panel's own states, whose
/// figures would count twice.
void check_priors(const PriorsFile& file, const std::string& path, int origin, const Panel& panel,
                  Problems& problems) {
  if (file.last_year == 0 || file.last_year > origin)
    problems.push_back(
        {path,
         file.last_year == 0 ? "the file does not say up to which year its figures go"
                             : fmt::format("these priors know figures up to {}, the origin is {}",
                                           file.last_year, origin),
         fmt::format("Give --priors wide, or priors of `tenbin fit --as-of {}`", origin)});
  std::vector<std::string> own;
  for (const State& s : panel.states)
    if (std::ranges::find(file.left_out, s.id) == file.left_out.end()) own.push_back(s.id);
  if (!own.empty())
    problems.push_back(
        {path,
         fmt::format("these priors were fitted to {} of this panel's own states ({}{})", own.size(),
                     own[0], own.size() > 1 ? ", ..." : ""),
         "Give --priors wide: no figure may count twice"});
}

/// The priors of every origin, checked.
std::map<int, PriorSet> priors_by_origin(const Panel& panel, const std::vector<int>& origins,
                                         const std::string& name) {
  std::map<int, PriorSet> priors;
  Problems problems;
  for (const int origin : origins) {
    if (name == "wide") {
      priors[origin] = {};
      continue;
    }
    const std::filesystem::path path =
        name == "world" ? world_priors(origin) : std::filesystem::path(name);
    if (name == "world" && !std::filesystem::exists(path)) {
      problems.push_back({"--origins", fmt::format("there are no world priors as of {}", origin),
                          "Give --priors wide, or origins within 2000:2024"});
      continue;
    }
    PriorsFile file = read_priors(path);
    check_priors(file, path.filename().string(), origin, panel, problems);
    priors[origin] = {file.name, std::move(file.spending), std::move(file.economy)};
    if (name != "world" && !problems.empty()) break;
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return priors;
}

/// Everything that decides the bits of an origin's record.
std::string key_of(const Panel& panel, int origin, const BacktestOptions& o) {
  std::string key =
      fmt::format("backtest 2\norigin {}\nhorizons {}\nfutures {}\nterms {}\n", origin,
                  fmt::join(o.horizons, ","), o.futures, static_cast<int>(o.terms));
  for (const auto& [name, value] : provenance(panel, o.fit)) key += name + "=" + value + "\n";
  const PriorSet priors = o.priors(origin);
  for (const Priors* set : {&priors.spending, &priors.economy})
    for (const Prior& p : *set)
      key += fmt::format("{} {} {}\n", static_cast<int>(p.kind), p.a, p.b);
  return key;
}

}  // namespace

BacktestOptions backtest_options(const Panel& panel, const BacktestSettings& settings,
                                 const FitSettings& fit, const std::string& without) {
  BacktestOptions options{.origins = numbers_of(settings.origins, "--origins",
                                                panel.first_year + 10, panel.last_year - 1),
                          .horizons = numbers_of(settings.horizons, "--horizons", 1, 50),
                          .futures = settings.futures,
                          .fit = fit.options,
                          .terms = fit.term_set()};
  require_within("futures", options.futures, 100, 1'000'000);
  options.fit.without = terms_named(without, "--without");
  options.fit.priors.name = fit.priors;
  const auto priors = std::make_shared<const std::map<int, PriorSet>>(
      priors_by_origin(panel, options.origins, fit.priors));
  options.priors = [priors](int origin) { return priors->at(origin); };
  return options;
}

RecordStore store_in(const std::filesystem::path& folder, const Panel& panel,
                     const BacktestOptions& options) {
  const auto place = [folder](const std::string& key) {
    return folder / (sha256_hex(key).substr(0, 20) + ".record");
  };
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw Error({{folder.string(), "the cache's folder cannot be made: " + failed.message(),
                  "Give another with --cache"}},
                Error::Reason::output);
  return {.find =
              [=, &panel, &options](int origin) {
                const std::string key = key_of(panel, origin, options);
                return read_record(place(key), key);
              },
          .keep =
              [=, &panel, &options](const OriginRecord& record) {
                const std::string key = key_of(panel, record.origin, options);
                write_record(place(key), key, record);
              }};
}

TidyTable forecast_table(std::span<const OriginRecord> records) {
  TidyTable table;
  for (const char* name : {"method", "what", "state"}) table.text(name);
  table.integer("origin");
  table.integer("horizon");
  for (const char* name : {"observed", "mean", "sd", "median", "crps", "log_score", "pit", "low50",
                           "high50", "low80", "high80", "low95", "high95"})
    table.number(name);
  for (const OriginRecord& r : records)
    for (const ScoredForecast& f : r.forecasts) {
      table << f.method << scored_names[static_cast<std::size_t>(f.what)] << f.state << f.origin
            << f.horizon << f.observed << f.mean << f.sd << f.median << f.crps << f.log_score
            << f.pit;
      for (std::size_t k = 0; k < interval_levels.size(); ++k) table << f.low[k] << f.high[k];
    }
  return table;
}

TidyTable score_table(const Scorecard& card) {
  TidyTable table;
  table.text("what");
  for (const char* name : {"horizon", "cases", "origins"}) table.integer(name);
  table.text("method");
  for (const char* name : {"crps", "log_score", "absolute_error", "coverage50", "coverage80",
                           "coverage95", "skill", "skill_se", "dm", "dm_p"})
    table.number(name);
  for (const auto* boards : {&card.milex, &card.burden})
    for (const HorizonScores& h : *boards)
      for (const MethodScore& m : h.methods)
        table << scored_names[static_cast<std::size_t>(h.what)] << h.horizon << h.cases << h.origins
              << m.method << m.crps << m.log_score << m.absolute_error << m.coverage[0]
              << m.coverage[1] << m.coverage[2] << m.skill << m.skill_se << m.dm << m.dm_p;
  return table;
}

}  // namespace tenbin
