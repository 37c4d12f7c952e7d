// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/reading.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/model/safety.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

struct TermSentence {
  const char* term;
  Equation equation;
  const char* parameter;
  bool signed_effect;
  const char* text;          // {} is the effect and its interval
  double (*effect)(double);  // of the parameter's value, in percent; increasing
};

double percent_of_log(double x) { return 100 * expm1(x); }
double of_doubling(double x) { return percent_of_log(x * log(2.0)); }
double of_a_tenth(double x) { return percent_of_log(x * log(1.1)); }

constexpr auto spending = Equation::spending, economy = Equation::economy;
constexpr TermSentence sentences[] = {
    {"pull", spending, "pull_mean", false, "the gap between burden and target closes by {} a year",
     [](double x) { return 100 * inverse_logit(x); }},
    {"threat", spending, "threat_slope", true,
     "where 1 + threat / own stock doubles, the target moves by {}", of_doubling},
    {"support", spending, "support_slope", true,
     "where 1 + support / own stock doubles, the target moves by {}", of_doubling},
    {"persistence", spending, "persistence_mean", true,
     "of a year's change {} carries on into the next", [](double x) { return 100 * x; }},
    {"income", spending, "income_mean", true, "when GDP rises by 10 %, milex moves by {}",
     of_a_tenth},
    {"rivals", spending, "rival_mean", true,
     "a year after rivals' arming raised their stock and the own together by 10 %, milex moves by "
     "{}",
     of_a_tenth},
    {"allies", spending, "ally_response", true,
     "a year after protectors' arming raised their stock and the own together by 10 %, milex moves "
     "by {}",
     of_a_tenth},
    {"wave", spending, "wave_sd", false,
     "the world's common wave is pushed by {} in a typical year", percent_of_log},
    {"unrest", spending, "unrest_slope", true,
     "where a state's shocks of the past years were twice as large, the next one's scale is larger "
     "by {}",
     of_doubling},
    {"danger", spending, "danger_between", true,
     "where the yearly danger of a fatal dispute is usually a percentage point higher, the target "
     "is higher by {}",
     percent_of_log},
    {"danger", spending, "danger_within", true,
     "where a state's own danger rises by a percentage point, its target moves by {}",
     percent_of_log},
    {"cover", spending, "cover_slope", true,
     "with a whole treaty of defence by a major power the target moves by {}", percent_of_log},
    {"presence", spending, "presence_response", true,
     "when foreign troops in the country have doubled in five years, milex moves by {} a year",
     of_doubling},
    {"war", spending, "war_response", true,
     "in the year a war of its own begins and the two after, milex moves by {} a year",
     percent_of_log},
    {"exposure", spending, "exposure_response", true,
     "500 km from a great power's aggression milex moves by {} a year while it is felt",
     [](double x) { return percent_of_log(x * nearness_at(500)); }},
    {"shocks", spending, "scale_mean", false,
     "a typical state's own shock of a year has a scale of {}",
     [](double x) { return percent_of_log(exp(x)); }},
    {"trend", economy, "trend_mean", true, "a typical state's GDP grows by {} a year",
     percent_of_log},
    {"memory", economy, "own_growth", true,
     "of a growth of GDP above the world's {} is expected to go on",
     [](double x) { return 100 * x; }},
    {"convergence", economy, "convergence", true,
     "where GDP a head is half as large, GDP is expected to grow faster by {} a year",
     of_doubling}};

/// One decimal; 0.0 without a sign.
std::string one_decimal(double x) {
  const std::string text = fmt::format("{:.1f}", x);
  return text == "-0.0" ? "0.0" : text;
}

std::string with_interval(double middle, double low, double high) {
  return fmt::format("{} % (90 %: {} to {} %)", one_decimal(middle), one_decimal(low),
                     one_decimal(high));
}

}  // namespace

std::vector<TermReading> read_terms(const Posterior& p) {
  std::vector<TermReading> readings;
  for (const TermSentence& s : sentences) {
    if (std::ranges::find(p.asked.without, s.term) != p.asked.without.end()) {
      readings.push_back({.term = s.term, .sentence = "switched off: nothing answers to it"});
      continue;
    }
    const bool of_spending = s.equation == spending;
    const std::size_t k = parameter_index(parameters(s.equation), s.parameter);
    const ParameterSpec& spec = parameters(s.equation)[k];
    const Draws& draws = of_spending ? p.spending : p.economy;
    const Summary& summary = (of_spending ? p.spending_summary : p.economy_summary)[k];
    const Prior& used = (of_spending ? p.asked.priors.spending : p.asked.priors.economy)[k];
    const double ratio = summary.sd / prior_sd(used, spec.lower, spec.upper);
    const std::vector<double> values = draws.series(draws.find(s.parameter)->offset);
    const auto& placebos = p.asked.priors.placebos;
    const auto verdict = std::ranges::find(placebos, s.term, &PlaceboVerdict::term);
    const auto above = std::ranges::count_if(values, [](double x) { return x > 0; });
    readings.push_back(
        {.term = s.term,
         .parameter = s.parameter,
         .sentence = fmt::format(
             fmt::runtime(s.text),
             with_interval(s.effect(summary.median), s.effect(summary.q05), s.effect(summary.q95))),
         .signed_effect = s.signed_effect,
         .positive = static_cast<double>(above) / static_cast<double>(values.size()),
         .placebo = verdict == placebos.end() ? "" : placebo_words(*verdict),
         .prior_share = ratio * ratio});
  }
  return readings;
}

std::string placebo_words(const PlaceboVerdict& v) {
  return fmt::format("at least as large with random partners in {}% of the trials ({})",
                     static_cast<int>(100 * v.p + 0.5),
                     v.finding() ? "more than chance" : "may be chance");
}

std::vector<PlaceboVerdict> placebo_verdicts(const FitOptions& asked) {
  std::vector<PlaceboVerdict> verdicts = asked.priors.placebos;
  std::erase_if(verdicts, [&](const PlaceboVerdict& v) {
    return std::ranges::find(asked.without, v.term) != asked.without.end();
  });
  return verdicts;
}

std::string placebo_sentence(const FitOptions& asked) {
  std::string text;
  for (const PlaceboVerdict& v : placebo_verdicts(asked))
    text += fmt::format("{} response to {} is {}", text.empty() ? "Placebo test: the" : "; the",
                        v.term, placebo_words(v));
  return text.empty() ? text : text + ".";
}

std::string share_words(double share) {
  return share < 0.1    ? "the figures"
         : share < 0.36 ? "mostly the figures"
         : share < 0.64 ? "figures and prior alike"
                        : "mostly the prior";
}

std::vector<GlobalSummary> global_summaries(const Posterior& p) {
  std::vector<GlobalSummary> lines;
  for (const Equation equation : {Equation::spending, Equation::economy}) {
    const auto& summaries = equation == Equation::spending ? p.spending_summary : p.economy_summary;
    for (std::size_t k = 0; k < global_count(equation); ++k) {
      const ParameterSpec& spec = parameters(equation)[k];
      if (std::ranges::find(p.asked.without, spec.term) != p.asked.without.end()) continue;
      lines.push_back({fmt::format("{}.{}", equation_name(equation), summaries[k].name),
                       &summaries[k], prior_driven(spec, summaries[k].sd)});
    }
  }
  return lines;
}

}  // namespace tenbin
