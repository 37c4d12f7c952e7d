// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "common.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin::app {
namespace {

/// States of "JPN,USA" or of another panel's folder.
std::vector<StateIndex> states_named(const std::string& text, const Panel& panel) {
  std::vector<std::string> ids;
  if (std::filesystem::is_directory(text)) {
    for (const State& s : read_panel(text).states) ids.push_back(s.id);
  } else {
    std::stringstream list(text);
    for (std::string id; std::getline(list, id, ',');) ids.push_back(id);
  }
  std::vector<StateIndex> states;
  Problems problems;
  for (const std::string& id : ids) {
    if (const auto found = panel.find(id))
      states.push_back(*found);
    else
      problems.push_back({"--leave-out", fmt::format("state \"{}\" is not in the panel", id),
                          unknown_state_mend(id, panel)});
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return states;
}

void print_table(const Posterior& p) {
  fmt::print("\n{:<28} {:>9} {:>9} {:>9} {:>9} {:>7} {:>7}\n", "parameter", "mean", "sd", "5 %",
             "95 %", "R-hat", "ESS");
  const auto part = [](Equation equation, const std::vector<Summary>& summaries) {
    for (std::size_t k = 0; k < global_count(equation); ++k) {
      const Summary& s = summaries[k];
      fmt::print("{:<28} {:>9.4f} {:>9.4f} {:>9.4f} {:>9.4f} {:>7.4f} {:>7.0f}{}\n",
                 fmt::format("{}.{}", equation_name(equation), s.name), s.mean, s.sd, s.q05, s.q95,
                 s.rhat, s.ess_bulk,
                 prior_driven(parameters(equation)[k], s.sd) ? "  prior-driven" : "");
    }
  };
  part(Equation::spending, p.spending_summary);
  part(Equation::economy, p.economy_summary);
}

}  // namespace

void add_fit_verb(CLI::App& app) {
  struct Flags {
    std::string panel, out, leave_out;
    FitFlags fit;
    CommonFlags common;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App* verb = app.add_subcommand("fit", "figures to posterior: who arms in response to whom");
  verb->add_option("PANEL", flags->panel, "a panel's folder")->required();
  verb->add_option("-o,--out", flags->out, "netCDF file to write")->required();
  verb->add_option("--leave-out", flags->leave_out,
                   "states whose rows are not fitted: ids with commas, or another panel's folder");
  add_fit(*verb, flags->fit, false);
  add_common(*verb, flags->common);
  verb->callback([flags] {
    PanelReading reading = read_panel_checked(flags->panel);
    if (!reading.panel) throw Error(std::move(reading.problems));
    check_output(flags->out, {flags->panel, flags->fit.priors});
    if (!flags->common.quiet) point_to_notes(reading.problems, flags->panel);
    const Panel& panel = *reading.panel;
    if (!flags->leave_out.empty())
      flags->fit.options.leave_out = states_named(flags->leave_out, panel);
    const Posterior posterior = fit_aloud(panel, flags->fit, flags->common);
    auto rows = fitted_rows(panel);
    std::erase_if(rows, [&](const Row& r) {
      return std::ranges::find(flags->fit.options.leave_out, r.state) !=
             flags->fit.options.leave_out.end();
    });
    write_posterior(flags->out,
                    {posterior.spending, posterior.economy, provenance(panel, posterior.asked)},
                    row_table(Equation::spending, rows, panel));
    fmt::print("{}\n", health_line(posterior));
    print_table(posterior);
  });
}

void add_priors(CLI::App& app) {
  struct Flags {
    std::string in, out;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App* verb =
      app.add_subcommand("priors", "hyperparameters of a fit as priors for another panel");
  verb->add_option("FILE", flags->in, "a posterior that tenbin fit wrote")->required();
  verb->add_option("-o,--out", flags->out, "TOML file to write")->required();
  verb->callback([flags] {
    check_output(flags->out, {flags->in});
    PosteriorFile file = read_posterior(flags->in);
    Posterior posterior{.spending = std::move(file.spending), .economy = std::move(file.economy)};
    summarise(posterior);
    const PriorSet set = priors_from(posterior, file.attributes["panel"]);
    std::vector<std::string> left_out;
    std::stringstream ids(file.attributes["left_out"]);
    for (std::string id; ids >> id;) left_out.push_back(id);
    write_priors(flags->out, {set.name,
                              fmt::format("panel {}, {}, hash {}, priors {}",
                                          file.attributes["panel"], file.attributes["vintage"],
                                          file.attributes["panel_hash"], file.attributes["priors"]),
                              left_out, set.spending, set.economy});
  });
}

void add_parameters(CLI::App& app) {
  CLI::App* verb =
      app.add_subcommand("parameters", "the table of parameters with their wide priors");
  verb->callback([] {
    for (const Equation equation : {Equation::spending, Equation::economy}) {
      fmt::print("{}{} equation\n", equation == Equation::economy ? "\n" : "",
                 equation_name(equation));
      for (const ParameterSpec& p : parameters(equation)) {
        std::string prior =
            p.scope == Scope::global
                ? fmt::format("{}({}, {})", p.wide.kind == Prior::Kind::normal ? "N" : "Gamma",
                              p.wide.a, p.wide.b)
            : p.scope == Scope::state ? "one a state"
                                      : "one a year";
        if (p.scope == Scope::global && p.lower != -unbounded)
          prior += p.upper == unbounded ? fmt::format(" above {}", p.lower)
                                        : fmt::format(" in ({}, {})", p.lower, p.upper);
        fmt::print("  {:<18} {:<22} {:<18} {}\n", p.name, prior, p.unit, p.meaning);
      }
    }
  });
}

}  // namespace tenbin::app
