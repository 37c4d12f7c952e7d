// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/loo.hpp"

#include <algorithm>
#include <cmath>

#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Loo {
  static constexpr QuestionSpec spec{
      .name = "loo",
      .about = About::panel,
      .settings = "priors terms chains warmup draws accept fit-seed without",
      .summary =
          "what each term is worth: leave-one-out comparison of the model with and without it"};

  explicit Loo(const Inputs& inputs);
  void answer(Work& work) {
    lines = compare_terms(past, options, terms, work.execution, work.begin("comparing"));
  }
  TidyTable table() const;
  std::string text() const;

  const Past& past;
  FitOptions options;
  std::vector<std::string> terms;  // switched off one at a time
  std::vector<TermComparison> lines;
};

Loo::Loo(const Inputs& inputs)
    : past(*inputs.past),
      options(options_of(fit_settings(inputs.settings), past)),
      terms(terms_named(inputs.settings.without.value_or(""), "--without")) {
  const auto off_already = [&](const std::string& term) {
    return std::ranges::find(options.without, term) != options.without.end();
  };
  if (terms.empty()) {
    for (const TermSpec& t : equation_terms)
      if (t.equation == Equation::spending) terms.emplace_back(t.name);
    std::erase_if(terms, off_already);
  }
  for (const std::string& term : terms)
    if (off_already(term))
      throw Error({{"--without", fmt::format("{} is no term of this set on this panel", term),
                    "Give --terms all to have it"}});
}

std::string name_of(const TermComparison& line) {
  return line.without.empty() ? "all terms" : "without " + line.without;
}

/// What a difference says. A difference of a few standard errors and of at least 4 counts (Sivula,
/// Magnusson, Matamoros and Vehtari 2020).
std::string verdict(const TermComparison& line) {
  if (!healthy(line.health)) return "not to be judged: the chains have not mixed";
  if (line.high_k * 20 > line.rows) return "not to be judged: too many rows with a high k";
  if (line.without.empty()) return "";
  if (std::abs(line.difference) < 4 || std::abs(line.difference) < 2 * line.difference_se)
    return "no clear difference";
  return line.difference < 0 ? "the term helps" : "the term hurts";
}

std::string Loo::text() const {
  std::string text = fmt::format("{:<20} {:>10} {:>8} {:>7} {:>10} {:>8} {:>8} {:>7}\n", "model",
                                 "elpd", "se", "p_loo", "difference", "se", "worst k", "k > 0.7");
  for (const TermComparison& line : lines)
    say(text, "{:<20} {:>10.1f} {:>8.1f} {:>7.1f} {:>10.1f} {:>8.1f} {:>8.2f} {:>7}  {}\n",
        name_of(line), line.elpd, line.elpd_se, line.p_loo, line.difference, line.difference_se,
        line.worst_k, line.high_k, verdict(line));
  say(text,
      "\nelpd: expected log density of a row left out, summed; higher is better. The difference "
      "is\n"
      "to all terms, paired by row, and its standard error is too small where few rows decide.\n"
      "Rows with a Pareto k above 0.7 are not to be trusted.\n");
  return text;
}

/// Columns without (empty: all terms), elpd, elpd_se, p_loo, difference, difference_se, worst_k,
/// rows_k_above_0.7, rhat_max, ess_bulk_min, divergences, says.
TidyTable Loo::table() const {
  TidyTable table;
  table.text("without");
  for (const char* name : {"elpd", "elpd_se", "p_loo", "difference", "difference_se", "worst_k"})
    table.number(name);
  table.integer("rows_k_above_0.7");
  table.number("rhat_max");
  table.number("ess_bulk_min");
  table.integer("divergences");
  table.text("says");
  for (const TermComparison& line : lines)
    table << line.without << line.elpd << line.elpd_se << line.p_loo << line.difference
          << line.difference_se << line.worst_k << line.high_k << line.health.rhat_max
          << line.health.ess_bulk_min << line.health.divergences << verdict(line);
  return table;
}

}  // namespace

QuestionEntry loo_question() { return entry_of<Loo>(); }

}  // namespace tenbin
