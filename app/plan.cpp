// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/core/levers.hpp"
#include "tenbin/project/schedule.hpp"

namespace tenbin::app {
namespace plan_verb {

/// A step of one year, and which levers act in it.
struct Step {
  const char* says;
  std::vector<LeverKind> levers;
};
const std::vector<Step> steps{
    {"1  hostility, cover, reach and weight of the year take effect; they are felt a year later",
     {LeverKind::hostility, LeverKind::commitment, LeverKind::reach, LeverKind::weight}},
    {"2  economy: GDP of every state grows by what is expected, its momentum, the world's cycle "
     "and "
     "a shock",
     {LeverKind::growth}},
    {"3  threat, cover, rivals' and allies' rise, from the stocks and relations of the year before",
     {}},
    {"4  spending: pull of the target, momentum, income, rivals, allies and wave give the mean; "
     "plans, then caps, change it; a shock follows; a path replaces all of it",
     {LeverKind::response, LeverKind::plan, LeverKind::pressure, LeverKind::cap, LeverKind::path}},
    {"5  stock: what is left of the old one, and the year's milex times its efficiency",
     {LeverKind::efficiency}},
    {"6  disputes: onsets by dyad, and the hostility that one with force leaves, felt a year later",
     {}}};

std::string announced_words(const PlanRow& p, const Panel& panel) {
  return fmt::format("{} has announced {:.3g} % of GDP by {} ({} by the panel's measure), from {}",
                     panel.states[p.state].name, 100 * p.burden, p.by,
                     percent(p.burden * p.to_panel), p.from);
}

void print_lever(std::size_t number, const LeverWords& w) {
  fmt::print("     lever {}: {}\n       held: {}\n       responds: {}\n", number, w.does, w.held,
             w.responds);
  if (!w.why.empty()) fmt::print("       why: {}\n", w.why);
}

}  // namespace plan_verb

void add_plan(CLI::App& program) {
  using namespace plan_verb;
  auto path = std::make_shared<std::string>();
  CLI::App& verb =
      *program.add_subcommand("plan", "the order of a year's step, with a scenario's levers in it");
  verb.add_option("SCENARIO", *path, "a scenario file")->required();
  verb.callback([path] {
    ScenarioReading reading = read_scenario_checked(*path);
    if (!reading.scenario) throw Error(std::move(reading.problems));
    const Scenario& s = *reading.scenario;
    const Panel& panel = *reading.panel;
    fmt::print("{}: {} to {}, one year after the other, in this order\n\n", s.name, s.start + 1,
               s.end);
    for (const Step& step : steps) {
      fmt::print("  {}\n", step.says);
      if (&step == &steps.back()) {
        const std::string why =
            s.disputes ? past_of(panel, s.start)->no_disputes() : "the scenario says \"none\"";
        if (!why.empty()) fmt::print("     none: {}\n", why);
      }
      const auto acts = [&](LeverKind kind) {
        return std::ranges::find(step.levers, kind) != step.levers.end();
      };
      if (s.announced_plans && acts(LeverKind::plan))
        for (const PlanRow& p : panel.plans)
          if (p.announced <= s.start && p.by > s.start)
            fmt::print("     announced: {}\n", announced_words(p, panel));
      for (std::size_t k = 0; k < s.levers.size(); ++k)
        if (acts(s.levers[k].kind)) print_lever(k + 1, words(s.levers[k], panel));
    }
    fmt::print(
        "\nOf two levers on one thing the later one wins; a lever's plan stands in front of "
        "announced ones.\n");
    if (!reading.problems.empty()) fmt::print("\n");
    std::fflush(stdout);
    show(reading.problems);
  });
}

}  // namespace tenbin::app
