// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/measures.hpp"

#include <fmt/format.h>

#include "tenbin/core/problem.hpp"

namespace tenbin {
namespace {

using Kind = MeasureParameter::Kind;
using enum FindingPanel;

constexpr double first_year = 1800, last_year = 2200;
const MeasureParameter first{"first", Kind::year, "first year of the rows", first_year, last_year};
const MeasureParameter last{"last", Kind::year, "last year of the rows", first_year, last_year};
const MeasureParameter waves{.name = "waves",
                             .kind = Kind::word,
                             .meaning =
                                 "what the years have in common: one wave of the world, or "
                                 "one of each region",
                             .choices = "world region",
                             .required = false};
const MeasureParameter dyads{.name = "dyads",
                             .kind = Kind::word,
                             .meaning =
                                 "whose disputes count: relevant (all politically relevant "
                                 "dyads) or close (neighbours and rivals, as in the model)",
                             .choices = "relevant close"};
MeasureParameter states_of(std::string_view name, std::string_view meaning) {
  return {name, Kind::states, meaning};
}

// clang-format off
const std::vector<Computation> table{
  {{"danger-long-run", world, "percent of spending per percentage point of danger",
    "spending in the long run on the yearly danger of a dispute with a death",
    {first, last, waves, dyads}},
   danger_long_run},
  {{"danger-short-run", world, "log of spending a year per probability of 1",
    "change of spending in a year on the yearly danger of a dispute with a death",
    {first, last, waves, dyads}},
   danger_short_run},
  {{"presence-response", world, "log of spending a year per log of troops over five years",
    "spending of hosts on the change of foreign troops in them",
    {first, last, waves, {"guest", Kind::state, "whose troops, and whose allies the hosts are"},
     {"kind", Kind::word, "whose spending: hosts or non-allies", 0, 0, "hosts non-allies"},
     states_of("hosts", "the hosts, while bound to the guest by a treaty")}},
   presence_response},
  {{"exposure-response", world, "log of spending a year per unit of nearness",
    "spending of a region's states on how near they are to a capital, in some years",
    {{"rows_from", Kind::year, "first year of the rows", first_year, last_year},
     {"first", Kind::year, "first year in which nearness counts", first_year, last_year},
     {"last", Kind::year, "last year in which it counts", first_year, last_year},
     {"state", Kind::state, "to whose capital"},
     {"region", Kind::word, "region (of regions.csv) whose states are exposed"},
     states_of("placebos", "other capitals, to which nearness should not count")}},
   exposure_response},
  {{"leader-response", world, "log of spending per log of the leader's spending",
    "spending of an alliance's smaller states on the growth of its leader's, beside all other states of the year",
    {first, last, waves, {"leader", Kind::state, "the leader"}, {"enemy", Kind::state, "the main enemy"},
     states_of("followers", "the smaller states, while the leader is bound to them"),
     {"lag", Kind::number, "years after the leader's growth", 0, 5}}},
   leader_response},
  {{"neighbour-response", world, "log of spending per log of the others' spending",
    "spending of an alliance's states on the growth of the others', the nearer the more",
    {first, last, waves, states_of("members", "the states of the alliance")}},
   neighbour_response},
  {{"partner-response", world, "log of spending per log of the partners' stock",
    "spending on the rise of rivals' or allies' stocks, with other states in their place as placebo",
    {first, last, waves,
     {"partners", Kind::word, "rivals or allies", 0, 0, "rivals allies"},
     {"permutations", Kind::number, "how often partners are exchanged", 20, 100'000}}},
   partner_response},
  {{"growth-gap", world, "percentage points of growth a year",
    "change of the mean growth of spending in one group of states less that in another",
    {states_of("members", "the group"), states_of("others", "the other group"),
     states_of("wider", "a wider choice of the other group, for a figure"),
     {"before", Kind::numbers, "two years: growth before is from the first to the second", first_year, last_year},
     {"after", Kind::numbers, "two years: growth after", first_year, last_year},
     {"below", Kind::number, "only states of both groups whose share of GDP at the end of the years before is below this", 0, 1, {}, false}}},
   growth_gap},
  {{"loop-gain", embedded, "times what spending would be if nobody answered a change",
    "what states' answers to each other add to spending in ten years", {}, true},
   loop_gain_of_panel},
  {{"race-rule", catalogue, "share of the listed races",
    "in how many listed arms races the rule of yearly growth holds",
    {{"growth", Kind::number, "smallest growth a year, a share", 0, 1},
     {"years", Kind::number, "smallest number of years running", 1, 50}, last}},
   race_rule},
  {{"dispute-slope", embedded, "log odds of a dispute per unit",
    "a coefficient of the structural danger of disputes, per unit of its covariate",
    {{"covariate", Kind::word, "the covariate", 0, 0, "log_km land_border larger_share imbalance democracy ally rival"},
     {"outcome", Kind::word, "force (a dispute with force) or fatal (with a death)", 0, 0, "force fatal"}}},
   dispute_slope},
  {{"total-increment", none, "1/year",
    "slope of the yearly increment of two blocs' total on the mean of both years' totals",
    {{"totals", Kind::numbers, "totals of consecutive years, any money", 0, 1e12}}},
   total_increment},
};
// clang-format on

}  // namespace

const ParameterValues* Given::find(std::string_view name) const {
  const auto found = given_.find(name);
  return found == given_.end() ? nullptr : &found->second;
}

double Given::number(std::string_view name, double otherwise) const {
  const ParameterValues* v = find(name);
  return v && !v->numbers.empty() ? v->numbers[0] : otherwise;
}

const std::vector<double>& Given::numbers(std::string_view name) const {
  static const std::vector<double> none_given;
  const ParameterValues* v = find(name);
  return v ? v->numbers : none_given;
}

std::string Given::word(std::string_view name, std::string_view otherwise) const {
  const ParameterValues* v = find(name);
  return v && !v->words.empty() ? v->words[0] : std::string(otherwise);
}

std::vector<StateIndex> Given::states(std::string_view name) const {
  TENBIN_ASSERT(panel_ != nullptr);
  std::vector<StateIndex> states;
  Problems problems;
  if (const ParameterValues* v = find(name))
    for (const std::string& id : v->words) {
      if (const auto i = panel_->find(id))
        states.push_back(*i);
      else
        problems.push_back({panel_->name,
                            fmt::format("has no state \"{}\" of the finding's {}", id, name),
                            "Give a panel that holds all states of the finding"});
    }
  if (!problems.empty()) throw Error(std::move(problems));
  return states;
}

std::vector<char> Given::members(std::string_view name) const {
  std::vector<char> members(panel_->states.size(), false);
  for (const StateIndex i : states(name)) members[i] = true;
  return members;
}

std::span<const Computation> computations() { return table; }

const Computation* find_computation(std::string_view name) {
  for (const Computation& c : table)
    if (c.spec.name == name) return &c;
  return nullptr;
}

const ComputationSpec* computation_spec(std::string_view name) {
  const Computation* const c = find_computation(name);
  return c ? &c->spec : nullptr;
}

std::vector<std::string> computation_names() {
  std::vector<std::string> names;
  for (const Computation& c : computations()) names.emplace_back(c.spec.name);
  return names;
}

Computed compute(const Finding& finding, const Grounds& grounds) {
  const Computation* computation = find_computation(finding.computation);
  TENBIN_ASSERT(computation != nullptr);
  return computation->of(
      grounds, Given(finding.parameters, grounds.past ? &grounds.past->panel() : nullptr));
}

}  // namespace tenbin
