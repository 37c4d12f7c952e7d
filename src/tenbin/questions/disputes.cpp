// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/disputes.hpp"

#include <algorithm>

#include "tenbin/io/dispute_file.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

using Span = std::pair<int, int>;  // first and last year

/// The dispute model: fitted to one span of years, judged on a later one.
struct DisputeModelQuestion {
  static constexpr QuestionSpec spec{
      .name = "disputes",
      .about = About::panel,
      .settings = "chains warmup draws train test whole model",
      .summary = "the dispute model: fitted to earlier years, judged on later ones"};

  explicit DisputeModelQuestion(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const;

  DisputeFit fitted(const std::vector<DyadYear>& rows, Work& work, const char* doing) const;
  void simulate(Work& work);
  void add_judgement(std::string& text) const;
  void add_simulation(std::string& text) const;

  const Panel& panel;
  Span train, test, whole;
  std::string path;  // of the model; empty: none is made
  DisputeFitOptions options;
  const DisputeRecord& record;
  DisputeFit fit;                         // to the years of training
  Classification judged, alone;           // with all covariates; by years of peace alone
  std::vector<SimulatedCount> simulated;  // empty if the years judged do not follow those fitted
  DisputeFit final;                       // to all years, for the model
};

DisputeModelQuestion::DisputeModelQuestion(const Inputs& inputs)
    : panel(*inputs.panel),
      train(span_named(inputs.settings.train.value_or("1950:1989"), "--train")),
      test(span_named(inputs.settings.test.value_or("1990:2010"), "--test")),
      whole(span_named(inputs.settings.whole.value_or("1950:2014"), "--whole")),
      path(inputs.settings.model.value_or("")),
      record(inputs.past->disputes()) {
  options.chains = inputs.settings.chains.value_or(4);
  options.sampler.warmup = inputs.settings.warmup.value_or(300);
  options.sampler.draws = inputs.settings.draws.value_or(500);
  Problems problems;
  for (const auto& [span, flag] :
       {std::pair{train, "--train"}, {test, "--test"}, {whole, "--whole"}})
    if (span.second > panel.disputes_until && panel.disputes_until > 0)
      problems.push_back(
          {flag,
           fmt::format("ends in {}, but the panel's disputes end in {}: no year after "
                       "it is known to be quiet",
                       span.second, panel.disputes_until),
           fmt::format("Give years up to {}", panel.disputes_until)});
  if (!problems.empty()) throw Error(std::move(problems));
  const auto has_onset = [&](const Span& span) {
    return std::ranges::any_of(record.dyad_years(span.first, span.second), &DyadYear::onset);
  };
  if (!has_onset(train))
    throw Error({{"disputes.csv", "has no onset among the relevant dyads of these years",
                  "Give a panel with disputes.csv, contiguity.csv and majors.csv"}});
  if (!has_onset(test))
    throw Error({{"--test", "there is no onset among the relevant dyads of these years",
                  "Give years that the panel's disputes reach"}});
}

DisputeFit DisputeModelQuestion::fitted(const std::vector<DyadYear>& rows, Work& work,
                                        const char* doing) const {
  DisputeFit result = fit_disputes(rows, options, work.execution, work.begin(doing));
  work.finish();
  return result;
}

/// Futures as of the last year fitted, which know nothing later, over the years judged.
void DisputeModelQuestion::simulate(Work& work) {
  constexpr std::int64_t futures = 1000;
  const int origin = test.first - 1;
  const auto past = past_of(as_of(panel, origin), origin);
  const Posterior posterior =
      tenbin::fit(*past, {.draws = 500, .without = switched_off(TermSet::standard, past->rows())},
                  work.execution, work.begin(fmt::format("fitting spending as of {}", origin)));
  work.finish();
  simulated = simulate_disputes(panel, model_of(fit), posterior, origin, test.second, futures,
                                work.execution);
}

void DisputeModelQuestion::answer(Work& work) {
  fit = fitted(record.dyad_years(train.first, train.second), work, "fitting");
  const auto later = record.dyad_years(test.first, test.second);
  judged = judge(fit, later);
  options.peace_only = true;
  alone =
      judge(fitted(record.dyad_years(train.first, train.second), work, "fitting peace years alone"),
            later);
  options.peace_only = false;
  if (train.second == test.first - 1) simulate(work);
  if (!path.empty())
    final = fitted(record.dyad_years(whole.first, whole.second), work, "fitting all years");
}

std::vector<TextFile> DisputeModelQuestion::files() const {
  if (path.empty()) return {};
  DisputeModel model = model_of(final);
  model.fitted_to = panel.name + ", " + panel.vintage;
  model.within = span_rates(record.dyad_years(whole.first, whole.second));
  model.judged_on = fmt::format("fitted to {}-{}, judged on {}-{}", train.first, train.second,
                                test.first, test.second);
  model.judged = judged;
  model.peace_alone = alone;
  model.simulated = simulated;
  return {{path, disputes_text(model)}};
}

/// Columns part (coefficients, judged, peace alone, reliability by tenth, reliability by class,
/// simulated), name, what, value.
TidyTable DisputeModelQuestion::table() const {
  TidyTable table;
  for (const char* name : {"part", "name", "what"}) table.text(name);
  table.number("value");
  const auto add = [&](const char* part, const std::string& name, const char* what, double value) {
    table << part << name << what << value;
  };
  for (const Summary& s : fit.summary)
    for (const auto& [what, value] :
         {std::pair{"mean", s.mean}, {"sd", s.sd}, {"q05", s.q05}, {"q95", s.q95}})
      add("coefficients", s.name, what, value);
  for (const auto& [part, c] : {std::pair{"judged", &judged}, {"peace alone", &alone}})
    for (const auto& [what, value] : {std::pair{"auc", c->auc},
                                      {"brier", c->brier},
                                      {"log_loss", c->log_loss},
                                      {"expected", c->expected},
                                      {"events", static_cast<double>(c->events)},
                                      {"cases", static_cast<double>(c->cases)}})
      add(part, "", what, value);
  const auto add_reliability = [&](const char* part, const auto& rows) {
    int number = 0;
    for (const Reliability& r : rows) {
      const std::string name = fmt::format("{}", ++number);
      add(part, name, "cases", r.cases);
      add(part, name, "expected", r.expected);
      add(part, name, "events", r.events);
    }
  };
  add_reliability("reliability by tenth", judged.tenths);
  add_reliability("reliability by class", judged.classes);
  for (const SimulatedCount& c : simulated)
    for (const auto& [what, value] : {std::pair{"observed", static_cast<double>(c.observed)},
                                      {"mean", c.mean},
                                      {"low", c.low},
                                      {"high", c.high}})
      add("simulated", fmt::format("{}-{}", c.first, c.last), what, value);
  return table;
}

void add_fit(std::string& text, const DisputeFit& fit) {
  say(text, "fitted to {}-{}: {} relevant dyad-years, {} onsets ({:.2f} %)\n", fit.first, fit.last,
      fit.rows, fit.onsets, 100.0 * fit.onsets / fit.rows);
  say(text, "R-hat at most {:.4f}, effective draws at least {:.0f}, divergences {} of {}\n\n",
      fit.health.rhat_max, fit.health.ess_bulk_min, fit.health.divergences, fit.health.draws);
  say(text, "{:<14} {:>8} {:>8} {:>18}  a standard deviation of\n", "", "mean", "sd", "9 in 10");
  for (const Summary& s : fit.summary) {
    const auto k = std::ranges::find(dispute_covariate_names, s.name);
    say(text, "{:<14} {:>8.3f} {:>8.3f} {:>8.3f} to {:>6.3f}  {}\n", s.name, s.mean, s.sd, s.q05,
        s.q95,
        k != dispute_covariate_names.end()
            ? dispute_covariate_meanings[k - dispute_covariate_names.begin()]
        : s.name == "force" ? "(share of onsets in which force is used)"
                            : "(all at their means)");
  }
}

void DisputeModelQuestion::add_judgement(std::string& text) const {
  const Classification &c = judged, &simple = alone;
  say(text, "\njudged on {}: {} dyad-years, {} onsets\n{:<22} {:>7} {:>9} {:>9} {:>10} {:>20}\n",
      fmt::format("{}:{}", test.first, test.second), c.cases, c.events, "", "AUC", "Brier",
      "log loss", "expected", "expected / observed");
  for (const auto& [name, one] :
       {std::pair{"all covariates", &c}, {"years of peace alone", &simple}})
    say(text, "{:<22} {:>7.3f} {:>9.5f} {:>9.5f} {:>10.1f} {:>20.3f}\n", name, one->auc, one->brier,
        one->log_loss, one->expected, one->expected / one->events);
  say(text, "\nreliability by tenths of the risk\n{:>12} {:>10} {:>10} {:>8}\n", "dyad-years",
      "mean risk", "expected", "onsets");
  const auto line = [&](const Reliability& r) {
    if (r.cases == 0) return;
    say(text, "{:>12} {:>9.2f}% {:>10.1f} {:>8}\n", r.cases, 100 * r.expected / r.cases, r.expected,
        r.events);
  };
  for (const Reliability& r : c.tenths) line(r);
  say(text, "by classes of risk\n");
  for (const Reliability& r : c.classes) line(r);
}

void DisputeModelQuestion::add_simulation(std::string& text) const {
  if (simulated.empty()) {
    text += "\nno futures are drawn: the years judged do not follow those fitted\n";
    return;
  }
  say(text,
      "\nonsets drawn in {} futures as of {}, and what came among the same dyads\n{:<12} {:>8} "
      "{:>8} {:>16} {:>18}\n",
      1000, test.first - 1, "years", "came", "drawn", "9 in 10", "drawn over came");
  for (const SimulatedCount& c : simulated)
    say(text, "{:<12} {:>8} {:>8.1f} {:>16} {:>18.3f}\n", fmt::format("{}-{}", c.first, c.last),
        c.observed, c.mean, fmt::format("{:.0f} to {:.0f}", c.low, c.high), c.mean / c.observed);
}

std::string DisputeModelQuestion::text() const {
  std::string text;
  add_fit(text, fit);
  add_judgement(text);
  add_simulation(text);
  if (!path.empty())
    say(text,
        "\n{}: {} draws of a fit to {}-{}, {} onsets in {} dyad-years; R-hat at most {:.4f}\n",
        path, model_of(final).draws.size(), final.first, final.last, final.onsets, final.rows,
        final.health.rhat_max);
  return text;
}

}  // namespace

QuestionEntry disputes_question() { return entry_of<DisputeModelQuestion>(); }

}  // namespace tenbin
