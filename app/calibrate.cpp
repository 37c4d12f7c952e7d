// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "common.hpp"
#include "tenbin/briefing/rank_plot.hpp"
#include "tenbin/io/atomic_file.hpp"

namespace tenbin::app {
namespace calibrate_verb {

struct Flags {
  std::string panel, out, plot, planted;
  int sets = 500;
  std::vector<double> recover;
  bool json = false;
  FitFlags fit;
  CommonFlags common;
};

std::string csv_of(const Calibration& c) {
  std::string text = "quantity,chi_square,p";
  for (int b = 0; b < rank_bins; ++b)
    text += fmt::format(",rank_{}_{}", b * (rank_draws + 1) / rank_bins,
                        (b + 1) * (rank_draws + 1) / rank_bins - 1);
  text += "\n";
  for (const RankLine& line : c.lines) {
    text += fmt::format("{},{:.4f},{:.6g}", line.name, line.chi_square, line.p);
    for (const int n : line.histogram) text += fmt::format(",{}", n);
    text += "\n";
  }
  return text;
}

bool judged(const Calibration& c) { return c.sets >= Calibration::fewest_sets; }

std::string verdict(const Calibration& c) {
  if (!judged(c))
    return fmt::format("too few data sets to judge, {} at least", Calibration::fewest_sets);
  return c.passes() ? "calibrated" : "NOT CALIBRATED";
}

void print(const Calibration& c) {
  fmt::print("{:<28} {:>10} {:>10}\n", "parameter", "chi-square", "p");
  for (const RankLine& line : c.lines)
    if (line.global) fmt::print("{:<28} {:>10.1f} {:>10.4f}\n", line.name, line.chi_square, line.p);
  const auto states = std::ranges::count_if(c.lines, [](const RankLine& l) { return !l.global; });
  fmt::print(
      "\n{} data sets, {} quantities ({} of states and years); {} divergences in {} draws; "
      "median over data sets of the largest R-hat {:.3f}\n",
      c.sets, c.lines.size(), states, c.divergences, c.draws, c.rhat_median);
  fmt::print("smallest p {:.2g} ({}); the limit is 1 % over all quantities, {:.2g}: {}\n",
             c.worst()->p, c.worst()->name, 0.01 / static_cast<double>(c.lines.size()), verdict(c));
}

nlohmann::ordered_json json_of(const Calibration& c) {
  nlohmann::ordered_json lines = nlohmann::ordered_json::array();
  for (const RankLine& line : c.lines)
    lines.push_back({{"quantity", line.name},
                     {"chi_square", line.chi_square},
                     {"p", line.p},
                     {"histogram", line.histogram}});
  return {{"format", 1},
          {"sets", c.sets},
          {"judged", judged(c)},
          {"passes", c.passes()},
          {"limit", 0.01 / static_cast<double>(c.lines.size())},
          {"divergences", c.divergences},
          {"draws", c.draws},
          {"quantities", lines}};
}

void print(const std::vector<Recovery>& recoveries) {
  fmt::print("{:>8} {:>6} {:>8} {:>8} {:>8} {:>10} {:>10} {:>10}\n", "true", "sets", "found",
             "error", "sd", "90 % width", "covered", "above 0");
  for (const Recovery& r : recoveries)
    fmt::print("{:>8.3f} {:>6} {:>8.3f} {:>8.3f} {:>8.3f} {:>10.3f} {:>8.0f} % {:>8.0f} %\n",
               r.truth, r.sets, r.mean, r.bias_se, r.sd, r.width, 100 * r.coverage,
               100 * r.above_zero);
  fmt::print(
      "\nrival_mean. found: mean of the posterior means, with its Monte Carlo error. covered: 90 "
      "%% "
      "intervals that\nhold the truth; above 0: those that lie above 0.\n");
}

nlohmann::ordered_json json_of(const std::vector<Recovery>& recoveries) {
  nlohmann::ordered_json lines = nlohmann::ordered_json::array();
  for (const Recovery& r : recoveries)
    lines.push_back({{"truth", r.truth},
                     {"sets", r.sets},
                     {"mean", r.mean},
                     {"error", r.bias_se},
                     {"sd", r.sd},
                     {"width_90", r.width},
                     {"coverage_90", r.coverage},
                     {"above_0", r.above_zero}});
  return lines;
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

void check_size(const Flags& flags) {
  Problems problems;
  if (flags.fit.options.chains * flags.fit.options.draws < rank_draws)
    problems.push_back(
        {"--draws", fmt::format("a true value is ranked among {} draws of all chains", rank_draws),
         "Give more"});
  for (const double truth : flags.recover)
    if (!(std::abs(truth) <= 5))
      problems.push_back(
          {"--recover", "a rival response lies within -5 to 5", "Give such a number"});
  if (!problems.empty()) throw Error(std::move(problems));
}

void run(const Flags& flags) {
  const Panel panel =
      panel_to_work_on(flags.panel, {flags.out, flags.plot}, flags.fit, flags.common);
  check_planted(flags.planted);
  check_size(flags);
  FitOptions fit = options_of(flags.fit, panel);
  fit.without.clear();  // calibration is of every term
  const CalibrationOptions options{.sets = flags.sets, .fit = fit, .planted = flags.planted};
  Progress progress("calibrating", flags.common.quiet);
  const FitObserver observer = [&](double part) {
    progress.show(part);
    return !interruption_asked();
  };
  if (!flags.recover.empty()) {
    const auto recoveries =
        recover(panel, options, flags.recover, flags.common.execution(), observer);
    stop_if_asked();
    if (flags.json)
      fmt::print("{}\n", json_of(recoveries).dump(2));
    else
      print(recoveries);
    return;
  }
  const Calibration calibration = calibrate(panel, options, flags.common.execution(), observer);
  stop_if_asked();
  if (!flags.out.empty()) write_text(flags.out, csv_of(calibration));
  if (!flags.plot.empty()) write_text(flags.plot, rank_plot(calibration));
  if (flags.json)
    fmt::print("{}\n", json_of(calibration).dump(2));
  else
    print(calibration);
  if (judged(calibration) && !calibration.passes()) throw Answer{no};
}

}  // namespace calibrate_verb

void add_calibrate(CLI::App& program) {
  using namespace calibrate_verb;
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = *program.add_subcommand(
      "calibrate", "does the fit find what is there? Figures drawn from the prior, and fitted");
  verb.add_option("PANEL", flags->panel, "a panel's folder; its covariates stay as they are")
      ->required();
  CLI::Option* const out =
      verb.add_option("-o,--out", flags->out, "CSV file for rank histograms and chi-squares");
  CLI::Option* const plot =
      verb.add_option("--plot", flags->plot, "SVG file for the rank histograms");
  verb.add_option("--sets", flags->sets, "data sets")->check(CLI::Range(20, 100000));
  CLI::Option* const plant = verb.add_option(
      "--plant", flags->planted,
      "a global parameter whose prior's sd is doubled in the sampler only: a bug that "
      "must be found");
  verb.add_option("--recover", flags->recover,
                  "instead: rival responses (rival_mean) to put into figures drawn under a fit")
      ->delimiter(',')
      ->excludes(out)
      ->excludes(plot)
      ->excludes(plant);
  verb.add_flag("--json", flags->json, "the result as JSON");
  flags->fit.options = CalibrationOptions{}.fit;
  flags->fit.priors = "wide";
  add_fit(verb, flags->fit, false);
  add_common(verb, flags->common);
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
