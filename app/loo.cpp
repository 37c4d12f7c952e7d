// SPDX-License-Identifier: Apache-2.0
#include "tenbin/study/loo.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "common.hpp"
#include "tenbin/io/atomic_file.hpp"

namespace tenbin::app {
namespace loo_verb {

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

void print(const std::vector<TermComparison>& table) {
  fmt::print("{:<20} {:>10} {:>8} {:>7} {:>10} {:>8} {:>8} {:>7}\n", "model", "elpd", "se", "p_loo",
             "difference", "se", "worst k", "k > 0.7");
  for (const TermComparison& line : table)
    fmt::print("{:<20} {:>10.1f} {:>8.1f} {:>7.1f} {:>10.1f} {:>8.1f} {:>8.2f} {:>7}  {}\n",
               name_of(line), line.elpd, line.elpd_se, line.p_loo, line.difference,
               line.difference_se, line.worst_k, line.high_k, verdict(line));
  fmt::print(
      "\nelpd: expected log density of a row left out, summed; higher is better. The difference "
      "is\n"
      "to all terms, paired by row, and its standard error is too small where few rows decide.\n"
      "Rows with a Pareto k above 0.7 are not to be trusted.\n");
}

nlohmann::ordered_json json_of(const std::vector<TermComparison>& table) {
  nlohmann::ordered_json lines = nlohmann::ordered_json::array();
  for (const TermComparison& line : table)
    lines.push_back({{"without", line.without},
                     {"elpd", line.elpd},
                     {"elpd_se", line.elpd_se},
                     {"p_loo", line.p_loo},
                     {"difference", line.difference},
                     {"difference_se", line.difference_se},
                     {"worst_k", line.worst_k},
                     {"rows_k_above_0.7", line.high_k},
                     {"rhat_max", line.health.rhat_max},
                     {"ess_bulk_min", line.health.ess_bulk_min},
                     {"divergences", line.health.divergences},
                     {"says", verdict(line)}});
  return lines;
}

std::string csv_of(const std::vector<TermComparison>& table) {
  std::string text =
      "without,elpd,elpd_se,p_loo,difference,difference_se,worst_k,rows_k_above_0.7\n";
  for (const TermComparison& line : table)
    text += fmt::format("{},{},{},{},{},{},{},{}\n", line.without, line.elpd, line.elpd_se,
                        line.p_loo, line.difference, line.difference_se, line.worst_k, line.high_k);
  return text;
}

}  // namespace loo_verb

void add_loo(CLI::App& program) {
  using namespace loo_verb;
  struct Flags {
    std::string panel, out, terms;
    bool json = false;
    FitFlags fit;
    CommonFlags common;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = *program.add_subcommand(
      "loo", "what each term is worth: leave-one-out comparison of the model with and without it");
  verb.add_option("PANEL", flags->panel, "a panel's folder")->required();
  verb.add_option("--without", flags->terms, "terms to switch off, one at a time (default: each)");
  verb.add_option("-o,--out", flags->out, "CSV file to write");
  verb.add_flag("--json", flags->json, "the table as JSON");
  add_fit(verb, flags->fit, false);
  add_setting(verb, "terms", flags->fit.terms);
  add_common(verb, flags->common);
  verb.callback([flags] {
    const Panel panel = panel_to_work_on(flags->panel, {flags->out}, flags->fit, flags->common);
    std::vector<std::string> terms = terms_named(flags->terms, "--without");
    const FitOptions options = options_of(flags->fit, panel);
    if (terms.empty())
      for (const TermSpec& t : spending_terms) terms.emplace_back(t.name);
    const auto off_already = [&](const std::string& term) {
      return std::ranges::find(options.without, term) != options.without.end();
    };
    if (flags->terms.empty()) std::erase_if(terms, off_already);
    for (const std::string& term : terms)
      if (off_already(term))
        throw Error({{"--without", fmt::format("{} is no term of this set on this panel", term),
                      "Give --terms all to have it"}});
    Progress progress("comparing", flags->common.quiet);
    const auto table =
        compare_terms(panel, options, terms, flags->common.execution(), [&](double part) {
          progress.show(part);
          return !interruption_asked();
        });
    stop_if_asked();
    if (!flags->out.empty()) write_text(flags->out, csv_of(table));
    if (flags->json)
      fmt::print("{}\n", json_of(table).dump(2));
    else
      print(table);
  });
}

}  // namespace tenbin::app
