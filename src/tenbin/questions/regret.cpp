// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/regret.hpp"

#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {

Regrets::Regrets(const std::string& text, const Runs& runs) {
  const std::size_t colon = text.find(':');
  const std::string better = text.substr(0, colon);
  if (colon == std::string::npos || (better != "most" && better != "least"))
    throw Error({{"--regret", fmt::format("\"{}\" does not say what is best", text),
                  "Write most: or least: and an outcome, such as least:cost:JPN:2035"}});
  more_is_better_ = better == "most";
  name_ = text.substr(colon + 1);
  outcome_ = parse_outcome(name_, "--regret", runs);
  for (const Schedule& s : runs.schedules) readers_.push_back(reader(outcome_, runs.panel(), s));
}

void Regrets::ask(std::vector<Measure>& measures, const std::vector<int>& whole) {
  std::vector<RunOutcome> outcomes;
  for (std::size_t s = 0; s < whole.size(); ++s) outcomes.push_back({whole[s], readers_[s]});
  at_ = ask_regret(measures, outcomes, more_is_better_, unit_of(outcome_));
}

void Regrets::read(const Tally& tally) {
  for (std::size_t s = 0; s < readers_.size(); ++s) regrets.push_back(read_regret(tally, at_, s));
}

TidyTable Regrets::table(const Runs& runs) const {
  TidyTable table;
  for (const char* name : {"scenario", "outcome", "best"}) table.text(name);
  add_band(table);
  add_chance(table, "probability");
  for (std::size_t s = 0; s < regrets.size(); ++s)
    table << runs.scenarios[s].id << name_ << (more_is_better_ ? "most" : "least")
          << regrets[s].behind << regrets[s].best;
  return table;
}

std::string Regrets::text(const Runs& runs) const {
  std::string text = fmt::format(
      "Regret in {}: how far each lies behind the best, future by future ({} is best)\n", name_,
      more_is_better_ ? "most" : "least");
  const auto amount = [&](double x) { return outcome_text(outcome_, x, runs.panel()); };
  for (std::size_t s = 0; s < regrets.size(); ++s) {
    const Band& b = regrets[s].behind;
    say(text, "  {:<40} mean {}, middle {}, 1 in 20 above {}; best in {}\n", runs.scenarios[s].name,
        amount(b.mean), amount(b.median()), amount(b.quantile[6]), chance_text(regrets[s].best));
  }
  return text;
}

namespace {

struct RegretQuestion {
  static constexpr QuestionSpec spec{
      .name = "regret",
      .about = About::scenarios,
      .posterior = true,
      .settings = "regret",
      .summary = "how far each scenario lies behind the best, future by future",
      .fewest_scenarios = 2};

  explicit RegretQuestion(const Inputs& inputs)
      : runs(*inputs.runs), regrets(inputs.settings.regret.value_or(""), runs) {}
  void ask(Measures& m) {
    for (const Schedule& s : std::span(runs.schedules).subspan(1))
      m.projection.runs.push_back({.schedule = &s});
    std::vector<int> whole;
    for (std::size_t s = 0; s < runs.schedules.size(); ++s) whole.push_back(static_cast<int>(s));
    regrets.ask(m.list, whole);
  }
  void read(const Tally& tally) { regrets.read(tally); }
  TidyTable table() const { return regrets.table(runs); }
  std::string text() const { return regrets.text(runs); }
  Problems notes() const {
    Certainty certainty;
    for (const Regret& r : regrets.regrets) certainty.see(r.best);
    return certainty.notes(runs.scenarios[0].futures);
  }

  const Runs& runs;
  Regrets regrets;
};

}  // namespace

QuestionEntry regret_question() { return entry_of<RegretQuestion>(); }

}  // namespace tenbin
