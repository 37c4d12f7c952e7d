// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/analyse/answers.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin::app {
namespace {

std::string band_columns(const Band& b) {
  std::string text;
  for (const double q : b.quantile) text += b.exists ? fmt::format(",{:.6g}", q) : ",";
  return text + (b.exists ? fmt::format(",{:.6g}", b.mean) : ",");
}

constexpr const char* band_header = "q05,q10,q25,q50,q75,q90,q95,mean";
constexpr std::array quantities{std::pair{Quantity::burden, "burden"},
                                std::pair{Quantity::milex, "milex"}};

/// CSV field of a text.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

void add_project(CLI::App& app) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* verb = app.add_subcommand("project", "futures of one scenario as quantiles");
  verb->add_option("SCENARIO", flags->scenarios, "a scenario file")->required()->expected(1);
  add_run_flags(*verb, *flags, "CSV");
  verb->callback([flags] {
    const Runs runs = run_scenarios(*flags);
    const Panel& panel = runs.panel;
    std::string csv = fmt::format("scenario,state,year,quantity,{}\n", band_header);
    for (const auto& [quantity, name] : quantities) {
      const Fan f = fan(runs.ensembles[0], quantity, flags->common.execution());
      for (StateIndex i = 0; i < panel.size(); ++i)
        for (int year = runs.scenarios[0].start; year <= runs.scenarios[0].end; ++year)
          if (f.at(year, i).exists)
            csv += fmt::format("{},{},{},{}{}\n", field(runs.scenarios[0].id),
                               field(panel.states[i].id), year, name, band_columns(f.at(year, i)));
    }
    write_text(flags->out, csv);
  });
}

void add_compare(CLI::App& app) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* verb = app.add_subcommand("compare", "paired differences of scenarios from the first");
  verb->add_option("SCENARIOS", flags->scenarios,
                   "the baseline, then the scenarios to compare with it")
      ->required()
      ->expected(2, 1000);
  add_run_flags(*verb, *flags, "CSV");
  verb->callback([flags] {
    const Runs runs = run_scenarios(*flags);
    const Panel& panel = runs.panel;
    std::string csv =
        fmt::format("baseline,scenario,state,year,quantity,{},positive,negative\n", band_header);
    for (std::size_t s = 1; s < runs.scenarios.size(); ++s)
      for (const auto& [quantity, name] : quantities) {
        const Comparison c =
            compare(runs.ensembles[0], runs.ensembles[s], quantity, flags->common.execution());
        for (StateIndex i = 0; i < panel.size(); ++i)
          for (int year = runs.scenarios[0].start + 1; year <= runs.scenarios[0].end; ++year) {
            const Difference& d = c.at(year, i);
            if (d.band.exists)
              csv += fmt::format("{},{},{},{},{}{},{:.4f},{:.4f}\n", field(runs.scenarios[0].id),
                                 field(runs.scenarios[s].id), field(panel.states[i].id), year, name,
                                 band_columns(d.band), d.positive, d.negative);
          }
      }
    write_text(flags->out, csv);
  });
}

}  // namespace tenbin::app
