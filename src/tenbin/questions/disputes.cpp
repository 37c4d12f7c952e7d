// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/disputes.hpp"

#include <algorithm>

#include "tenbin/io/dispute_file.hpp"
#include "tenbin/model/danger_fit.hpp"
#include "tenbin/page/words.hpp"
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
  DisputeFit fit;  // to the years of training
  std::array<Classification, severities> judged;
  Classification alone;                   // of any onset, by years of peace alone
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
  options.sampler.warmup = inputs.settings.warmup.value_or(options.sampler.warmup);
  options.sampler.draws = inputs.settings.draws.value_or(options.sampler.draws);
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
  const Posterior posterior = tenbin::fit(
      *past,
      {.warmup = 300, .draws = 250, .without = switched_off(TermSet::standard, past->rows())},
      work.execution, work.begin(fmt::format("fitting spending as of {}", origin)));
  work.finish();
  simulated = simulate_disputes(panel, model_of(fit), posterior, origin, test.second, futures,
                                work.execution);
}

void DisputeModelQuestion::answer(Work& work) {
  fit = fitted(record.dyad_years(train.first, train.second), work, "fitting");
  const auto later = record.dyad_years(test.first, test.second);
  judged = judge(model_of(fit), later);
  alone = judge_peace_alone(record.dyad_years(train.first, train.second), later);
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
  model.danger = fit_danger(panel);
  return {{path, disputes_text(model)}};
}

/// Columns part (coefficients, judged, peace alone, reliability by tenth, reliability by class,
/// simulated), name (with the severity in front), what, value.
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
  const auto add_judged = [&](const char* part, std::string_view severity,
                              const Classification& c) {
    for (const auto& [what, value] : {std::pair{"auc", c.auc},
                                      {"brier", c.brier},
                                      {"log_loss", c.log_loss},
                                      {"expected", c.expected},
                                      {"events", static_cast<double>(c.events)},
                                      {"cases", static_cast<double>(c.cases)}})
      add(part, std::string(severity), what, value);
  };
  const auto add_reliability = [&](const char* part, std::string_view severity, const auto& rows) {
    int number = 0;
    for (const Reliability& r : rows) {
      const std::string name = fmt::format("{} {}", severity, ++number);
      add(part, name, "cases", r.cases);
      add(part, name, "expected", r.expected);
      add(part, name, "events", r.events);
    }
  };
  for (std::size_t s = 0; s < severities; ++s) {
    add_judged("judged", severity_names[s], judged[s]);
    add_reliability("reliability by tenth", severity_names[s], judged[s].tenths);
    add_reliability("reliability by class", severity_names[s], judged[s].classes);
  }
  add_judged("peace alone", severity_names[0], alone);
  for (const SimulatedCount& c : simulated)
    for (const auto& [what, value] : {std::pair{"observed", static_cast<double>(c.observed)},
                                      {"mean", c.mean},
                                      {"low", c.low},
                                      {"high", c.high}})
      add("simulated",
          fmt::format("{} {}-{}", severity_names[static_cast<std::size_t>(c.severity)], c.first,
                      c.last),
          what, value);
  return table;
}

void add_fit(std::string& text, const DisputeFit& fit) {
  say(text, "fitted to {}-{}: {} relevant dyad-years, {} onsets ({:.2f} %)\n", fit.first, fit.last,
      fit.rows, fit.onsets, 100.0 * fit.onsets / fit.rows);
  say(text, "R-hat at most {:.4f}, effective draws at least {:.0f}, divergences {} of {}\n\n",
      fit.health.rhat_max, fit.health.ess_bulk_min, fit.health.divergences, fit.health.draws);
  const auto heading = [&](const char* of) {
    say(text, "{:<22} {:>8} {:>8} {:>18}  a standard deviation of\n", of, "mean", "sd",
        "90% range");
  };
  const std::array<const char*, severities> of{"log odds of an onset", "of force in it",
                                               "of a death in force"};
  for (std::size_t k = 0; k < fit.summary.size(); ++k) {
    const Summary& s = fit.summary[k];
    const bool calibration = k >= severities * dispute_logit;
    const std::size_t covariate = k % dispute_logit;
    if (!calibration && covariate == 0) text += k > 0 ? "\n" : "", heading(of[k / dispute_logit]);
    if (k == severities * dispute_logit) text += "\ncalibration of the log odds of an onset\n";
    const auto under = s.name.find('_');
    const bool prefixed = !calibration && k >= dispute_logit;
    say(text, "{:<22} {:>8.3f} {:>8.3f} {:>8.3f} to {:>6.3f}  {}\n",
        prefixed ? s.name.substr(under + 1) : s.name, s.mean, s.sd, s.q05, s.q95,
        calibration
            ? (k % 2 == severities * dispute_logit % 2 ? "times its distance from that of 2 of 100"
                                                       : "times what it is above that of 10 of 100")
        : covariate == 0 ? "(all at their means)"
                         : dispute_covariate_meanings[covariate - 1]);
  }
}

void DisputeModelQuestion::add_judgement(std::string& text) const {
  say(text, "\njudged on {}:{}, {} dyad-years\n{:<30} {:>7} {:>9} {:>9} {:>7} {:>10} {:>20}\n",
      test.first, test.second, alone.cases, "", "AUC", "Brier", "log loss", "came", "expected",
      "expected / observed");
  const auto score = [&](const char* name, const Classification& c) {
    say(text, "{:<30} {:>7.3f} {:>9.5f} {:>9.5f} {:>7} {:>10.1f} {:>20.3f}\n", name, c.auc, c.brier,
        c.log_loss, c.events, c.expected, c.expected / c.events);
  };
  score("any", judged[0]);
  score("any, by years of peace alone", alone);
  score("with force", judged[1]);
  score("with a death", judged[2]);
  say(text,
      "\nreliability of the probability of any onset (standard errors of observed less expected)\n"
      "{:>12} {:>10} {:>10} {:>8} {:>16}\n",
      "dyad-years", "mean risk", "expected", "onsets", "standard errors");
  const auto line = [&](const Reliability& r) {
    if (r.cases == 0) return;
    const double p = r.expected / r.cases, sd = square_root(r.expected * (1 - p));
    say(text, "{:>12} {:>9.2f}% {:>10.1f} {:>8} {:>16}\n", r.cases, 100 * p, r.expected, r.events,
        signed_number((r.events - r.expected) / sd, 1));
  };
  text += "by tenths of the risk\n";
  for (const Reliability& r : judged[0].tenths) line(r);
  text += "by classes of risk\n";
  for (const Reliability& r : judged[0].classes) line(r);
}

void DisputeModelQuestion::add_simulation(std::string& text) const {
  if (simulated.empty()) {
    text += "\nno futures are drawn: the years judged do not follow those fitted\n";
    return;
  }
  say(text,
      "\nonsets drawn in {} futures as of {}, and what came among the same dyads\n{:<20} {:>8} "
      "{:>8} {:>16} {:>18}\n",
      1000, test.first - 1, "", "came", "drawn", "90% range", "drawn over came");
  for (const SimulatedCount& c : simulated)
    say(text, "{:<20} {:>8} {:>8.1f} {:>16} {:>18.3f}\n",
        fmt::format("{}, {}-{}", severity_names[static_cast<std::size_t>(c.severity)], c.first,
                    c.last),
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
