// SPDX-License-Identifier: Apache-2.0
// The dispute model: fitted to one span of years, judged on a later one.
#include "tenbin/study/disputes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common.hpp"
#include "tenbin/io/dispute_file.hpp"

namespace tenbin::app {
namespace disputes_verb {

struct Flags {
  std::string panel, out, train = "1950:1989", test = "1990:2010", all = "1950:2014";
  int chains = 4, warmup = 300, draws = 500;
  CommonFlags common;
};

std::pair<int, int> span_of(const std::string& text, const char* flag) {
  int first = 0, last = 0, end = 0;
  if (std::sscanf(text.c_str(), "%d:%d%n", &first, &last, &end) != 2 ||
      end != static_cast<int>(text.size()) || first > last)
    throw Error({{flag, "\"" + text + "\" is no span of years", "Write 1950:1989"}});
  return {first, last};
}

void print_fit(const DisputeFit& fit) {
  fmt::print("fitted to {}-{}: {} relevant dyad-years, {} onsets ({:.2f} %)\n", fit.first, fit.last,
             fit.rows, fit.onsets, 100.0 * fit.onsets / fit.rows);
  fmt::print("R-hat at most {:.4f}, effective draws at least {:.0f}, divergences {} of {}\n\n",
             fit.health.rhat_max, fit.health.ess_bulk_min, fit.health.divergences,
             fit.health.draws);
  fmt::print("{:<14} {:>8} {:>8} {:>18}  a standard deviation of\n", "", "mean", "sd", "9 in 10");
  for (const Summary& s : fit.summary) {
    const auto k = std::ranges::find(dispute_covariate_names, s.name);
    fmt::print("{:<14} {:>8.3f} {:>8.3f} {:>8.3f} to {:>6.3f}  {}\n", s.name, s.mean, s.sd, s.q05,
               s.q95,
               k != dispute_covariate_names.end()
                   ? dispute_covariate_meanings[k - dispute_covariate_names.begin()]
               : s.name == "force" ? "(share of onsets in which force is used)"
                                   : "(all at their means)");
  }
}

void print_judgement(const Classification& c, const Classification& simple, const Flags& flags) {
  fmt::print("\njudged on {}: {} dyad-years, {} onsets\n{:<22} {:>7} {:>9} {:>9} {:>10} {:>20}\n",
             flags.test, c.cases, c.events, "", "AUC", "Brier", "log loss", "expected",
             "expected / observed");
  for (const auto& [name, one] :
       {std::pair{"all covariates", &c}, {"years of peace alone", &simple}})
    fmt::print("{:<22} {:>7.3f} {:>9.5f} {:>9.5f} {:>10.1f} {:>20.3f}\n", name, one->auc,
               one->brier, one->log_loss, one->expected, one->expected / one->events);
  fmt::print("\nreliability by tenths of the risk\n{:>12} {:>10} {:>10} {:>8}\n", "dyad-years",
             "mean risk", "expected", "onsets");
  const auto line = [](const Reliability& r) {
    if (r.cases == 0) return;
    fmt::print("{:>12} {:>9.2f}% {:>10.1f} {:>8}\n", r.cases, 100 * r.expected / r.cases,
               r.expected, r.events);
  };
  for (const Reliability& r : c.tenths) line(r);
  fmt::print("by classes of risk\n");
  for (const Reliability& r : c.classes) line(r);
}

/// Futures as of the last year fitted, which know nothing later, over the years judged.
std::vector<SimulatedCount> simulate_aloud(const Panel& panel, const DisputeFit& disputes,
                                           const std::pair<int, int>& test,
                                           const CommonFlags& common) {
  const int origin = test.first - 1;
  const auto past = past_of(as_of(panel, origin), origin);
  Progress progress(fmt::format("fitting spending as of {}", origin), common.quiet);
  const Posterior posterior =
      fit(*past, {.draws = 500, .without = switched_off(TermSet::standard, past->rows())},
          common.execution(), [&](double part) {
            progress.show(part);
            return !interruption_asked();
          });
  stop_if_asked();
  constexpr std::int64_t futures = 1000;
  auto counts = simulate_disputes(panel, model_of(disputes), posterior, origin, test.second,
                                  futures, common.execution());
  fmt::print(
      "\nonsets drawn in {} futures as of {}, and what came among the same dyads\n{:<12} {:>8} "
      "{:>8} {:>16} {:>18}\n",
      futures, origin, "years", "came", "drawn", "9 in 10", "drawn over came");
  for (const SimulatedCount& c : counts)
    fmt::print("{:<12} {:>8} {:>8.1f} {:>16} {:>18.3f}\n", fmt::format("{}-{}", c.first, c.last),
               c.observed, c.mean, fmt::format("{:.0f} to {:.0f}", c.low, c.high),
               c.mean / c.observed);
  return counts;
}

void run(const Flags& flags) {
  const auto train = span_of(flags.train, "--train"), test = span_of(flags.test, "--test"),
             whole = span_of(flags.all, "--all");
  const auto past = past_of(panel_to_work_on(flags.panel, {flags.out}, {}, flags.common));
  const Panel& panel = past->panel();
  Problems problems;
  for (const auto& [span, flag] : {std::pair{train, "--train"}, {test, "--test"}, {whole, "--all"}})
    if (span.second > panel.disputes_until && panel.disputes_until > 0)
      problems.push_back(
          {flag,
           fmt::format("ends in {}, but the panel's disputes end in {}: no year after "
                       "it is known to be quiet",
                       span.second, panel.disputes_until),
           fmt::format("Give years up to {}", panel.disputes_until)});
  if (!problems.empty()) throw Error(std::move(problems));
  const DisputeRecord& record = past->disputes();
  const auto rows = record.dyad_years(train.first, train.second),
             later = record.dyad_years(test.first, test.second);
  DisputeFitOptions options{.chains = flags.chains};
  options.sampler.warmup = flags.warmup, options.sampler.draws = flags.draws;
  const auto fit_aloud = [&](const std::vector<DyadYear>& rows, const char* doing) {
    Progress progress(doing, flags.common.quiet);
    DisputeFit fit = fit_disputes(rows, options, flags.common.execution(), [&](double part) {
      progress.show(part);
      return !interruption_asked();
    });
    stop_if_asked();
    return fit;
  };
  const DisputeFit fit = fit_aloud(rows, "fitting");
  print_fit(fit);
  if (std::ranges::none_of(later, &DyadYear::onset))
    throw Error({{"--test", "there is no onset among the relevant dyads of these years",
                  "Give years that the panel's disputes reach"}});
  options.peace_only = true;
  const Classification judged = judge(fit, later),
                       alone = judge(fit_aloud(rows, "fitting peace years alone"), later);
  print_judgement(judged, alone, flags);
  std::vector<SimulatedCount> simulated;
  if (train.second == test.first - 1)
    simulated = simulate_aloud(panel, fit, test, flags.common);
  else
    fmt::print("\nno futures are drawn: the years judged do not follow those fitted\n");
  if (flags.out.empty()) return;
  options.peace_only = false;
  const auto all = record.dyad_years(whole.first, whole.second);
  const DisputeFit final = fit_aloud(all, "fitting all years");
  DisputeModel model = model_of(final);
  model.fitted_to = panel.name + ", " + panel.vintage;
  model.within = span_rates(all);
  model.judged_on = fmt::format("fitted to {}-{}, judged on {}-{}", train.first, train.second,
                                test.first, test.second);
  model.judged = judged;
  model.peace_alone = alone;
  model.simulated = std::move(simulated);
  write_disputes(flags.out, model);
  fmt::print("\n{}: {} draws of a fit to {}-{}, {} onsets in {} dyad-years; R-hat at most {:.4f}\n",
             flags.out, model.draws.size(), final.first, final.last, final.onsets, final.rows,
             final.health.rhat_max);
}

}  // namespace disputes_verb

void add_disputes(CLI::App& program) {
  using namespace disputes_verb;
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = *program.add_subcommand(
      "disputes", "the dispute model: fitted to earlier years, judged on later ones");
  verb.add_option("PANEL", flags->panel,
                  "a panel with disputes.csv, contiguity.csv, majors.csv and regime.csv")
      ->required();
  verb.add_option("-o,--out", flags->out,
                  "TOML: draws of a fit to all years, for a panel's disputes.toml");
  verb.add_option("--all", flags->all, "years that are fitted for --out");
  verb.add_option("--train", flags->train, "years of the onsets fitted: FIRST:LAST");
  verb.add_option("--test", flags->test, "years judged: FIRST:LAST");
  verb.add_option("--chains", flags->chains, "chains")->check(CLI::Range(1, 64));
  verb.add_option("--warmup", flags->warmup, "iterations thrown away")
      ->check(CLI::Range(20, 100000));
  verb.add_option("--draws", flags->draws, "iterations kept a chain")->check(CLI::Range(4, 100000));
  add_common(verb, flags->common);
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::app
