// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/calibrate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tenbin/evidence/predictive.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/page/rank_plot.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Calibrate {
  static constexpr QuestionSpec spec{
      .name = "calibrate",
      .about = About::panel,
      .settings = "priors chains warmup draws accept fit-seed sets plant recover predictive plot",
      .summary = "does the fit find what is there? Figures drawn from the prior, and fitted"};

  explicit Calibrate(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const;
  bool holds() const;

  const Past& past;
  CalibrationOptions options;
  std::vector<std::vector<Planted>> plans;  // values to recover; empty: rank statistics instead
  std::string plot;
  Calibration calibration;
  std::vector<Recovery> recoveries;
  bool predictive = false;  // features of drawn figures instead of either
  PredictiveCheck check;
};

bool judged(const Calibration& c) { return c.sets >= Calibration::fewest_sets; }

std::string verdict(const Calibration& c) {
  if (!judged(c))
    return fmt::format("too few data sets to judge, {} at least", Calibration::fewest_sets);
  return c.passes() ? "calibrated" : "NOT CALIBRATED";
}

/// "spending.rival_mean" must be a global parameter.
void check_planted(const std::string& name) {
  if (name.empty()) return;
  for (const Equation equation : {Equation::spending, Equation::economy})
    for (const ParameterSpec& p : parameters(equation))
      if (p.scope == Scope::global && name == fmt::format("{}.{}", equation_name(equation), p.name))
        return;
  throw Error({{"--plant", fmt::format("\"{}\" is no global parameter", name),
                "Name one as in spending.rival_mean; tenbin parameters lists them"}});
}

/// The slopes and means that can be planted.
std::string plantable_names() {
  std::string names;
  for (const ParameterSpec& p : spending_parameters)
    if (plantable(p)) names += (names.empty() ? "" : ", ") + std::string(p.name);
  return names;
}

/// "0.2", a rival response, or "danger_between=0.09".
std::optional<Planted> planted_of(const std::string& text, Problems& problems) {
  const std::size_t sign = text.find('=');
  const std::string name = sign == std::string::npos ? "rival_mean" : text.substr(0, sign);
  const auto found = std::ranges::find_if(
      spending_parameters, [&](const ParameterSpec& p) { return p.name == name && plantable(p); });
  if (found == spending_parameters.end()) {
    problems.push_back({"--recover", fmt::format("\"{}\" is nothing that can be planted", name),
                        "Name one of " + plantable_names()});
    return std::nullopt;
  }
  const auto value = parse_number(text.substr(sign == std::string::npos ? 0 : sign + 1));
  if (!value || std::abs(*value) > 5) {
    problems.push_back({"--recover", fmt::format("{}: the values lie within -5 to 5", name),
                        "Give such a number"});
    return std::nullopt;
  }
  return Planted{static_cast<SpendingParameter>(found - spending_parameters.begin()), *value};
}

/// "0,0.1,0.2", or plans as in "danger_between=0.09+war_response=0.02".
std::vector<std::vector<Planted>> plans_of(const std::string& text, Problems& problems) {
  std::vector<std::vector<Planted>> plans;
  for (std::string rest : pieces(text)) {
    auto& plan = plans.emplace_back();
    while (!rest.empty()) {
      const std::size_t plus = rest.find('+', 1);
      if (const auto planted = planted_of(rest.substr(0, plus), problems)) plan.push_back(*planted);
      rest = plus == std::string::npos ? "" : rest.substr(plus + 1);
    }
  }
  return plans;
}

Calibrate::Calibrate(const Inputs& inputs)
    : past(*inputs.past), plot(inputs.settings.plot.value_or("")) {
  const Settings& s = inputs.settings;
  Problems problems;
  predictive = s.predictive;
  if (s.recover || predictive)
    for (const auto& [set, flag] : {std::pair{s.plot.has_value(), "--plot"},
                                    {s.plant.has_value(), "--plant"},
                                    {s.recover && predictive, "--recover"}})
      if (set)
        throw Error(
            {{flag, fmt::format("{} excludes it", predictive ? "--predictive" : "--recover"),
              "Give one of them"}},
            Error::Reason::usage);
  options.sets = s.sets.value_or(500);
  options.planted = s.plant.value_or("");
  check_planted(options.planted);
  options.fit = options_of(
      fit_settings(s, {.options = CalibrationOptions{}.fit, .draws_asked = true, .priors = "wide"}),
      past);
  if (!s.recover && !predictive) options.fit.without.clear();  // calibration is of every term
  if (options.fit.chains * options.fit.draws < rank_draws)
    problems.push_back(
        {"--draws", fmt::format("a true value is ranked among {} draws of all chains", rank_draws),
         "Give more"});
  if (s.recover) plans = plans_of(*s.recover, problems);
  if (!problems.empty()) throw Error(std::move(problems));
}

void Calibrate::answer(Work& work) {
  const auto observer = work.begin("calibrating");
  if (predictive)
    check = predictive_check(past, options.fit, options.sets, work.execution, observer);
  else if (plans.empty())
    calibration = calibrate(past, options, work.execution, observer);
  else
    recoveries = recover(past, options, plans, work.execution, observer);
}

bool Calibrate::holds() const {
  return predictive || !plans.empty() || !judged(calibration) || calibration.passes();
}

std::vector<TextFile> Calibrate::files() const {
  if (plot.empty()) return {};
  return {{plot, rank_plot(calibration)}};
}

std::string text_of(const Calibration& c) {
  std::string text = fmt::format("{:<28} {:>10} {:>10}\n", "parameter", "chi-square", "p");
  for (const RankLine& line : c.lines)
    if (line.global) say(text, "{:<28} {:>10.1f} {:>10.4f}\n", line.name, line.chi_square, line.p);
  const auto states = std::ranges::count_if(c.lines, [](const RankLine& l) { return !l.global; });
  say(text,
      "\n{} data sets, {} quantities ({} of states and years); {} divergences in {} draws; "
      "median over data sets of the largest R-hat {:.3f}\n",
      c.sets, c.lines.size(), states, c.divergences, c.draws, c.rhat_median);
  say(text, "smallest p {:.2g} ({}); the limit is 1 % over all quantities, {:.2g}: {}\n",
      c.worst()->p, c.worst()->name, 0.01 / static_cast<double>(c.lines.size()), verdict(c));
  return text;
}

std::string text_of(const std::vector<Recovery>& recoveries) {
  std::string text =
      fmt::format("{:<18} {:>8} {:>6} {:>8} {:>8} {:>8} {:>10} {:>10} {:>10}\n", "parameter",
                  "true", "sets", "found", "error", "sd", "90 % width", "covered", "above 0");
  for (const Recovery& r : recoveries)
    say(text, "{:<18} {:>8.4f} {:>6} {:>8.4f} {:>8.4f} {:>8.4f} {:>10.4f} {:>8.0f} % {:>8.0f} %\n",
        spec(r.parameter).name, r.truth, r.sets, r.mean, r.bias_se, r.sd, r.width, 100 * r.coverage,
        100 * r.above_zero);
  say(text,
      "\nfound: mean of the posterior means, with its Monte Carlo error. covered: 90 "
      "% "
      "intervals that\nhold the truth; above 0: those that lie above 0.\n");
  return text;
}

TidyTable table_of(const Calibration& c) {
  TidyTable table;
  table.text("quantity");
  table.number("chi_square", "{:.4f}");
  table.number("p", "{:.6g}");
  for (int b = 0; b < rank_bins; ++b)
    table.integer(fmt::format("rank_{}_{}", b * (rank_draws + 1) / rank_bins,
                              (b + 1) * (rank_draws + 1) / rank_bins - 1));
  for (const RankLine& line : c.lines) {
    table << line.name << line.chi_square << line.p;
    for (const int n : line.histogram) table << n;
  }
  return table;
}

TidyTable table_of(const std::vector<Recovery>& recoveries) {
  TidyTable table;
  table.text("parameter");
  table.number("truth");
  table.integer("sets");
  for (const char* name : {"mean", "error", "sd", "width_90", "coverage_90", "above_0"})
    table.number(name);
  for (const Recovery& r : recoveries)
    table << std::string(spec(r.parameter).name) << r.truth << r.sets << r.mean << r.bias_se << r.sd
          << r.width << r.coverage << r.above_zero;
  return table;
}

struct FeatureWords {
  std::string_view words;
  double unit;  // shares are shown in per cent
};
constexpr std::array<FeatureWords, feature_count> feature_words{{
    {"country-years with a fall of more than 20%", 100},
    {"longest run of rises above 8% (years)", 1},
    {"correlation of growth within regions", 1},
    {"country-years above 10% of GDP", 100},
    {"standard deviation of growth", 100},
}};

std::string shown(double value, double unit) {
  if (!known(value)) return "-";
  return unit == 100 ? fmt::format("{:.1f}%", 100 * value) : fmt::format("{:.2g}", value);
}

std::string text_of(const PredictiveCheck& c) {
  std::string text = fmt::format(
      "Do figures that the model draws look like the observed ones? {} country-years; {} sets of "
      "figures drawn from the prior, and {} from the fit, each one year ahead of the observed year "
      "before. Likely range: 90%.\n\n",
      c.rows, c.sets, c.sets);
  AlignedText lines("<>>><");
  lines.row({"", "observed", "prior", "fit", ""});
  const auto range = [](const PredictiveRange& r, double unit) {
    return fmt::format("{} to {}", shown(r.low, unit), shown(r.high, unit));
  };
  for (const PredictiveLine& l : c.lines) {
    const FeatureWords& f = feature_words[static_cast<std::size_t>(l.feature)];
    const bool outside = l.observed < l.posterior.low || l.observed > l.posterior.high;
    lines.row({std::string(f.words), shown(l.observed, f.unit), range(l.prior, f.unit),
               range(l.posterior, f.unit), outside ? "outside the range of the fit" : ""});
  }
  return text + lines.text();
}

TidyTable table_of(const PredictiveCheck& c) {
  TidyTable table;
  table.text("feature");
  for (const char* name : {"observed", "prior_q05", "prior_median", "prior_q95", "prior_above",
                           "fit_q05", "fit_median", "fit_q95", "fit_above"})
    table.number(name);
  for (const PredictiveLine& l : c.lines) {
    table << std::string(feature_names[static_cast<std::size_t>(l.feature)]) << l.observed;
    for (const PredictiveRange* r : {&l.prior, &l.posterior})
      table << r->low << r->median << r->high << r->above;
  }
  return table;
}

/// Of rank statistics: columns quantity, chi_square, p and the counts of each bin of ranks. Of
/// recovered values: columns parameter, truth, sets, mean, error, sd, width_90, coverage_90,
/// above_0. Of predictive checks: columns feature, observed, and of figures drawn from the prior
/// and from the fit the quantiles and the share of the sets at or above the observed figure.
TidyTable Calibrate::table() const {
  if (predictive) return table_of(check);
  return plans.empty() ? table_of(calibration) : table_of(recoveries);
}

std::string Calibrate::text() const {
  if (predictive) return text_of(check);
  return plans.empty() ? text_of(calibration) : text_of(recoveries);
}

}  // namespace

QuestionEntry calibrate_question() { return entry_of<Calibrate>(); }

}  // namespace tenbin
