// SPDX-License-Identifier: Apache-2.0
// Forecasts of today, on record before they can be known.
#include "tenbin/evidence/register.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "tenbin/evidence/premises.hpp"
#include "tenbin/futures/schedule.hpp"
#include "tenbin/io/register_file.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

constexpr std::int64_t register_futures = 8000;  // quantiles of all of them are exact

struct RegisterForecasts {
  static constexpr QuestionSpec spec{
      .name = "register",
      .about = About::panel_and_scenarios,
      .posterior = true,
      .settings = "futures seed as-of csv",
      .summary = "forecasts of a panel's next years as a file that shows every later change"};

  explicit RegisterForecasts(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const { return rows; }
  std::string text() const;
  Problems notes() const { return skipped; }
  std::vector<TextFile> files() const {
    if (!inputs.settings.csv) return {};
    return {{*inputs.settings.csv, csv_text(rows)}};
  }

  Tally tally_of(std::size_t scenario, const Schedule& schedule,
                 const std::vector<Measure>& measures, Work& work) const;
  void add_scenario(std::size_t scenario, const RegisterMaker& maker, Work& work);

  const Inputs inputs;
  std::shared_ptr<const Past> past;
  std::vector<Scenario> scenarios;  // the first is the baseline
  Problems skipped;
  std::vector<RegisterEntry> entries;
  std::size_t of_baseline = 0;
  TidyTable rows;
};

/// Scenarios that can be registered beside the baseline, and why others cannot.
std::vector<Scenario> registered_scenarios(const Runs& runs, const Past& past, Problems& skipped) {
  std::vector<Scenario> kept;
  const auto skip = [&](const Scenario& s, std::string why, std::string mend) {
    skipped.push_back({s.id, std::move(why), std::move(mend), Problem::Kind::note});
  };
  for (const Scenario& s : runs.scenarios) {
    if (s.start != past.year())
      throw Error({{s.id, fmt::format("it starts in {}, the register in {}", s.start, past.year()),
                    "Give scenarios that start with the last figures"}});
    const std::string lever = undecided_lever(s, past.panel());
    if (!s.announced_plans)
      skip(s, "is not registered: no table can say that announced plans were withdrawn", "");
    else if (!lever.empty())
      skip(s,
           fmt::format("is not registered: no table of a panel decides whether its {} came", lever),
           "");
    else if (!s.levers.empty())
      kept.push_back(s);
  }
  return kept;
}

RegisterForecasts::RegisterForecasts(const Inputs& given) : inputs(given) {
  Settings settings = inputs.settings;
  past = past_as_of(*inputs.panel, settings);
  Scenario base{.id = std::string(baseline_name),
                .name = "Announced plans",
                .start = past->year(),
                .end = register_end(past->panel(), past->year()),
                .futures = settings.futures.value_or(register_futures)};
  require_within("futures", base.futures, 100, 1'000'000);
  base.seed = settings.seed.value_or(base.seed);
  std::vector<Scenario> others;
  if (inputs.runs) others = registered_scenarios(*inputs.runs, *past, skipped);
  for (const Scenario& s : others) base.end = std::max(base.end, s.end);
  for (Scenario& s : others) s.end = base.end, s.futures = base.futures, s.seed = base.seed;
  scenarios.push_back(std::move(base));
  for (Scenario& s : others) scenarios.push_back(std::move(s));
}

/// Adds up the futures of one scenario; each is alone, so that none changes another's bits.
Tally RegisterForecasts::tally_of(std::size_t s, const Schedule& schedule,
                                  const std::vector<Measure>& measures, Work& work) const {
  const Posterior& posterior = inputs.fitted();
  const Projection projection{{{.schedule = &schedule}},
                              &posterior.spending,
                              &posterior.economy,
                              {.futures = scenarios[0].futures}};
  Tally sums = tally(
      projection, measures, work.execution,
      {.go_on = [&, observer = work.begin("simulating futures")](double part) {
        return observer((static_cast<double>(s) + part) / static_cast<double>(scenarios.size()));
      }});
  work.finish();
  return sums;
}

/// What decides the bits of the numbers, beside version and panel.
std::string settings_text(const Scenario& base, const Panel& panel, const FitOptions& options) {
  const auto all = provenance(panel, options);
  std::string text = fmt::format("futures={} seed={}", base.futures, base.seed);
  for (const auto& [name, shown] : {std::pair{"seed", "fit-seed"},
                                    {"chains", "chains"},
                                    {"warmup", "warmup"},
                                    {"draws", "draws"},
                                    {"target_accept", "accept"},
                                    {"priors", "priors"},
                                    {"without", "without"},
                                    {"left_out", "leave-out"}}) {
    std::string value = all.at(name);
    std::ranges::replace(value, ' ', '+');
    if (!value.empty()) text += fmt::format(" {}={}", shown, value);
  }
  return text;
}

void RegisterForecasts::add_scenario(std::size_t k, const RegisterMaker& maker, Work& work) {
  const Scenario& s = scenarios[k];
  std::vector<Measure> measures;
  const Schedule plan = schedule(*past, s);
  const RegisterQuestion asked = ask_figures(measures, *past, plan);
  const std::vector<RegisterEntry> baseline(entries.begin(),
                                            entries.begin() + static_cast<long>(of_baseline));
  std::vector<RegisterEntry> own =
      scenario_entries(tally_of(k, plan, measures, work), asked, *past, s, baseline, maker);
  if (own.empty())
    skipped.push_back({s.id,
                       fmt::format("is not registered: within {} years it changes no median by "
                                   "{:.1f} % or more",
                                   registered_ahead.back(), 100 * least_difference),
                       "", Problem::Kind::note});
  for (RegisterEntry& e : own) entries.push_back(std::move(e));
}

void RegisterForecasts::answer(Work& work) {
  const RegisterMaker maker{creator(),
                            settings_text(scenarios[0], past->panel(), inputs.fitted().asked)};
  std::vector<Measure> measures;
  const Schedule plan = schedule(*past, scenarios[0]);
  const RegisterQuestion asked = ask_baseline(measures, *past, plan);
  entries = baseline_entries(tally_of(0, plan, measures, work), asked, *past, maker);
  of_baseline = entries.size();
  for (std::size_t s = 1; s < scenarios.size(); ++s) add_scenario(s, maker, work);
  for (StateIndex i = 0; i < past->panel().size(); ++i)
    if (!past->panel().cell(i, past->year()).observed())
      skipped.push_back({past->panel().states[i].id,
                         fmt::format("has no published figure of {}: nothing of its spending is "
                                     "registered",
                                     past->year()),
                         "", Problem::Kind::note});
  rows = register_table(entries);
}

std::string RegisterForecasts::text() const {
  std::string text = fmt::format(
      "Register of {} forecasts, made from {} (figures up to {})\n\n", entries.size(),
      past->panel().vintage.empty() ? past->panel().name : past->panel().vintage, past->year());
  AlignedText counts("<>>");
  counts.row({"what", "announced plans", "scenarios"});
  for (std::size_t k = 0; k < registered_names.size(); ++k) {
    std::array<int, 2> count{};
    for (std::size_t e = 0; e < entries.size(); ++e)
      if (entries[e].what == static_cast<Registered>(k)) ++count[e >= of_baseline];
    counts.row({std::string(registered_names[k]), fmt::format("{}", count[0]),
                fmt::format("{}", count[1])});
  }
  return text + counts.text() +
         fmt::format(
             "\nSeal (the chain of the last line): {}\nPublish the seal elsewhere: whoever has it "
             "can show that no line was changed.\n-o FILE.csv writes the register; tenbin resolve "
             "FILE.csv PANEL scores it.\n",
             seal_of(rows));
}

}  // namespace

QuestionEntry register_question() { return entry_of<RegisterForecasts>(); }

}  // namespace tenbin
