// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/io/futures_file.hpp"
#include "tenbin/io/tidy_file.hpp"
#include "tenbin/session/outlook.hpp"

namespace tenbin::app {
namespace project_verb {

struct ProjectFlags : RunFlags {
  int digits = 6;
  std::string all;  // file for every future
};

/// Writes every future; memory holds one block a thread.
void keep_all(const ProjectFlags& flags, const Runs& runs) {
  if (flags.common.execution().ranks > 1)
    throw Error({{"--all", "every future goes to one file, which one rank writes",
                  "Start one rank, or leave --all out"}});
  std::vector<std::pair<StateIndex, StateIndex>> dyads;
  for (const Dyad& d : runs.schedules[0].drawn()) dyads.emplace_back(d.a, d.b);
  FuturesFile file(flags.all, runs.panel(), runs.scenarios[0].start, runs.scenarios[0].end,
                   runs.scenarios[0].futures, dyads,
                   {{"creator", creator()},
                    {"scenario", runs.scenarios[0].id},
                    {"panel", runs.panel().name},
                    {"panel_hash", runs.panel().hash},
                    {"disputes_hash", runs.panel().disputes_hash}});
  Progress progress("writing futures", flags.common.quiet);
  const Projection projection = runs.projection();
  int done = 0;
  std::mutex guard;
  project_blocks(
      projection, flags.common.execution(),
      [&](int, int, std::span<const Ensemble> block) {
        const std::lock_guard lock(guard);  // the file's library is not safe for threads
        file.add(block[0]);
        progress.show(1.0 * ++done / projection.blocks());
      },
      {}, [] { return !interruption_asked(); });
  stop_if_asked();
  file.finish();
}

}  // namespace project_verb

void add_project(CLI::App& program) {
  using namespace project_verb;
  auto flags = std::make_shared<ProjectFlags>();
  CLI::App& verb = *program.add_subcommand("project", "futures of one scenario as quantiles");
  add_scenario(verb, *flags);
  add_run_flags(verb, *flags, "CSV");
  add_resume_flags(verb, *flags);
  verb.add_option("--digits", flags->digits, "digits of each number; 17 tell every bit")
      ->check(CLI::Range(1, 17));
  verb.add_option("--all", flags->all, "netCDF file for every future");
  verb.callback([flags] {
    const Runs runs = prepare_runs(*flags);
    if (!flags->all.empty()) {
      auto inputs = inputs_of(*flags, runs);
      inputs.emplace_back(flags->out);
      check_output(flags->all, inputs);
      keep_all(*flags, runs);
    }
    const QuantileQuestion asked = ask_quantiles(runs);
    const Tally t = tally_aloud(runs.projection(), asked.measures, *flags, "project");
    if (!first_rank()) return;
    deliver(*flags,
            csv_text(quantile_table(runs, asked, t, fmt::format("{{:.{}g}}", flags->digits))));
    if (!flags->common.quiet)
      fmt::print("quantiles {}\n",
                 quantile_digest(read_fan(t, asked.burden), read_fan(t, asked.milex)));
  });
}

}  // namespace tenbin::app
