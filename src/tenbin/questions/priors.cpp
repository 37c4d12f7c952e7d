// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <sstream>

#include "tenbin/io/posterior_file.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {

PriorsFile priors_file(const Posterior& posterior, std::map<std::string, std::string> of) {
  PriorSet set = priors_from(posterior, of["panel"]);
  return {set.name,
          fmt::format("panel {}, {}, hash {}, priors {}", of["panel"], of["vintage"],
                      of["panel_hash"], of["priors"]),
          words_of(of["left_out"]),
          std::atoi(of["last_year"].c_str()),
          {},
          std::move(set.spending),
          std::move(set.economy)};
}

namespace {

/// What a fit knows of the global parameters, widened, as priors for another panel.
struct PriorsQuestion {
  static constexpr QuestionSpec spec{
      .name = "priors",
      .about = About::file,
      .settings = "file toml placebo",
      .summary = "hyperparameters of a fit as priors for another panel"};

  static constexpr bool is_file = true;

  explicit PriorsQuestion(const Inputs& inputs)
      : path(inputs.names[0]),
        toml(inputs.settings.toml.value_or("")),
        placebo(inputs.settings.placebo.value_or("")) {}
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const {
    return toml.empty() ? std::vector<TextFile>() : std::vector{TextFile{toml, priors_text(found)}};
  }

  void put_placebo();

  std::string path, toml, placebo;
  PriorsFile found;
};

void PriorsQuestion::answer(Work&) {
  PosteriorFile file = read_posterior(path);
  std::string off;
  std::stringstream without(file.attributes["without"]);
  std::vector<std::string> terms;
  for (std::string term; without >> term;) {
    for (const TermSpec& t : equation_terms)
      if (t.name == term && t.standard && t.always) off += " " + term;
    terms.push_back(term);
  }
  mark_fixed(file.spending, Equation::spending, terms);
  mark_fixed(file.economy, Equation::economy, terms);
  if (!off.empty())
    throw Error({{path, "this fit switched terms off:" + off,
                  "Fit without --without; a parameter held at 0 gives no prior"}});
  Posterior posterior{.spending = std::move(file.spending), .economy = std::move(file.economy)};
  summarise(posterior);
  found = priors_file(posterior, file.attributes);
  if (!placebo.empty()) read_setting("placebo", [&] { put_placebo(); });
}

/// An answer that wrong partners show as often as 1 in 20 is no finding: its prior is 0, give or
/// take what the wrong ones give; no answer is surer than they are.
void PriorsQuestion::put_placebo() {
  enum { term, spread, p, permutations };
  Problems problems;
  const Table table(placebo, {{"term"}, {"placebo_sd"}, {"p"}, {"permutations"}}, problems);
  std::set<std::string> seen;  // the first row of a term is of all years
  const char* mend = "Give a file that tenbin placebo -o wrote";
  table.each([&](const Table::RowView& row) {
    const std::string name = row.text(term);
    const auto wrong = row.number(spread, 1e-6, 10, mend), one_sided = row.number(p, 0, 1, mend),
               exchanges = row.number(permutations, 1, 1e6, mend);
    if (!wrong || !one_sided || !exchanges || !seen.insert(name).second) return;
    const PlaceboVerdict verdict{name, *one_sided, *wrong, static_cast<int>(*exchanges)};
    const auto prior = [&](SpendingParameter q) -> Prior& { return found.spending[place(q)]; };
    Prior& mean =
        prior(name == "rivals" ? SpendingParameter::rival_mean : SpendingParameter::ally_response);
    mean.b = !verdict.finding() ? *wrong : std::max(mean.b, *wrong);
    if (!verdict.finding()) mean.a = 0;
    if (!verdict.finding() && name == "rivals")
      prior(SpendingParameter::rival_sd) = {Prior::Kind::normal, 0, *wrong};
    found.placebos.push_back(verdict);
  });
  std::erase_if(problems, [](const Problem& q) { return q.kind != Problem::Kind::refuse; });
  if (!problems.empty()) throw Error(std::move(problems));
}

/// Columns equation, parameter, mean and sd of a normal, cut to the parameter's bounds.
TidyTable PriorsQuestion::table() const {
  TidyTable table;
  for (const char* name : {"equation", "parameter"}) table.text(name);
  for (const char* name : {"mean", "sd"}) table.number(name);
  for (const Equation equation : {Equation::spending, Equation::economy}) {
    const Priors& priors = equation == Equation::spending ? found.spending : found.economy;
    for (std::size_t k = 0; k < priors.size(); ++k)
      table << equation_name(equation) << parameters(equation)[k].name << priors[k].a
            << priors[k].b;
  }
  return table;
}

std::string PriorsQuestion::text() const {
  if (!toml.empty()) return fmt::format("{} holds them: give it to tenbin fit --priors\n", toml);
  return priors_text(found);
}

}  // namespace

QuestionEntry priors_question() { return entry_of<PriorsQuestion>(); }

}  // namespace tenbin
