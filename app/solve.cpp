// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/solve.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "common.hpp"
#include "outcome.hpp"
#include "runs.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/core/levers.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin::app {
namespace solve_verb {

struct SolveFlags : RunFlags {
  std::size_t lever = 1;
  std::string low, high, that, find = "smallest";
  double probability = 0.5;
  bool json = false;
};

double bound(const std::string& text, const char* flag, const LeverSpec& spec) {
  const auto value = parse_share(text);
  if (!value || *value < spec.low || *value > spec.high)
    throw Error({{flag, fmt::format("{} is {}", spec.value_key, text),
                  fmt::format("Give a number from {} to {}", spec.low, spec.high)}});
  return *value;
}

SolveQuestion question(const SolveFlags& flags, const Runs& runs) {
  const std::vector<Lever>& levers = runs.scenarios[0].levers;
  if (flags.lever < 1 || flags.lever > levers.size())
    throw Error({{"--lever", fmt::format("there is no lever {}", flags.lever),
                  levers.empty() ? "Write a lever into the scenario"
                                 : fmt::format("tenbin plan {} numbers them: 1 to {}",
                                               flags.scenarios[0], levers.size())}});
  const Lever& lever = levers[flags.lever - 1];
  if (lever.kind == LeverKind::path)
    throw Error(
        {{"--lever", "a path has a value for each year", "Choose a lever with one number"}});
  const LeverSpec& s = spec(lever.kind);
  const Condition c = parse_condition(flags.that, "--that", runs);
  SolveQuestion q{.lever = flags.lever - 1,
                  .low = flags.low.empty() ? lever.value.low : bound(flags.low, "--low", s),
                  .high = flags.high.empty() ? lever.value.high : bound(flags.high, "--high", s),
                  .smallest = flags.find == "smallest",
                  .outcome = c.outcome,
                  .at_least = c.at_least,
                  .target = c.limit,
                  .probability = flags.probability};
  if (q.low >= q.high)
    throw Error({{"--low", fmt::format("{} is not below --high, {}", q.low, q.high),
                  "Give the smaller number to --low"}});
  return q;
}

std::string value_text(const LeverSpec& s, double value) {
  const bool share = s.unit == "share" || s.unit == "growth";
  return share ? fmt::format("{:.3f} %", 100 * value)
               : fmt::format("{:.5g}{}", value, s.unit == "km" ? " km" : "");
}

void print(const Solution& s, const SolveQuestion& q, const SolveFlags& flags, const Runs& runs) {
  const Lever& lever = runs.scenarios[0].levers[q.lever];
  const LeverSpec& l = spec(lever.kind);
  const std::string range = fmt::format("{} to {}", value_text(l, q.low), value_text(l, q.high));
  fmt::print("{}\n", words(lever, runs.panel()).does);
  if (!s.found) {
    const auto best =
        std::ranges::max_element(s.steps, {}, [](const SolveStep& step) { return step.chance.p; });
    fmt::print("No value of its {} from {} brings {} with probability {:g}; {}.\n", l.value_key,
               range, flags.that, q.probability,
               best->chance.p > 0
                   ? fmt::format("the nearest looked at is {}, with {}", value_text(l, best->value),
                                 chance_text(best->chance))
                   : std::string("none comes near it"));
    return;
  }
  fmt::print("The {} {} from {} at which {} holds with probability {:g}: {}, with {}.\n",
             flags.find, l.value_key, range, flags.that, q.probability, value_text(l, s.value),
             chance_text(s.chance));
  if (s.everywhere)
    fmt::print("Every value looked at does; the answer is the end of the range.\n");
  else if (s.earliest < s.latest)
    fmt::print("Within the Monte Carlo error of {} futures: {} to {}.\n", runs.scenarios[0].futures,
               value_text(l, s.earliest), value_text(l, s.latest));
}

}  // namespace solve_verb

void add_solve(CLI::App& program) {
  using namespace solve_verb;
  auto flags = std::make_shared<SolveFlags>();
  CLI::App& verb = *program.add_subcommand(
      "solve", "which value of a lever reaches a target; exit 1 if none does");
  add_scenario(verb, *flags);
  verb.add_option("--lever", flags->lever, "number of the lever, as tenbin plan shows it");
  verb.add_option(
          "--that", flags->that,
          "what must hold: \"burden:JPN:2035 >= 2 %\", \"balance:alliance/china:2035 >= 1\"")
      ->required();
  verb.add_option("--probability", flags->probability, "with which it must hold")
      ->check(CLI::Range(0.001, 0.999));
  verb.add_option("--low", flags->low, "smallest value to look at; the lever's range without it");
  verb.add_option("--high", flags->high, "largest value to look at");
  verb.add_option("--find", flags->find, "smallest (default) or largest value that does")
      ->check(CLI::IsMember({"smallest", "largest"}));
  verb.add_flag("--json", flags->json, "print the answer and every value looked at as JSON");
  add_setting(verb, "futures", flags->futures, "futures, instead of the scenario's own number");
  add_fit(verb, flags->fit, true);
  add_common(verb, flags->common);
  verb.callback([flags] {
    const Runs runs = prepare_runs(*flags);
    const SolveQuestion q = question(*flags, runs);
    Progress progress("solving", flags->common.quiet);
    const Solution s =
        solve(*runs.past, runs.scenarios[0], runs.posterior->spending, runs.posterior->economy, q,
              flags->common.execution(), [&](double part) {
                progress.show(part);
                return !interruption_asked();
              });
    stop_if_asked();
    if (first_rank() && flags->json) {
      nlohmann::ordered_json j{{"format", 1},
                               {"scenario", runs.scenarios[0].id},
                               {"lever", flags->lever},
                               {"that", flags->that},
                               {"probability", q.probability},
                               {"find", flags->find},
                               {"low", q.low},
                               {"high", q.high},
                               {"found", s.found},
                               {"everywhere", s.everywhere}};
      j["value"] = s.found ? nlohmann::ordered_json(s.value) : nlohmann::ordered_json(nullptr);
      j["within_error"] =
          s.found ? nlohmann::ordered_json{s.earliest, s.latest} : nlohmann::ordered_json(nullptr);
      for (const SolveStep& step : s.steps)
        j["looked_at"].push_back(
            {{"value", step.value}, {"p", step.chance.p}, {"error", step.chance.error}});
      fmt::print("{}\n", j.dump(2));
    } else if (first_rank()) {
      print(s, q, *flags, runs);
    }
    if (!s.found) throw Answer{no};
  });
}

}  // namespace tenbin::app
