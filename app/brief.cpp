// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "beside.hpp"
#include "common.hpp"
#include "runs.hpp"
#include "tenbin/briefing/page.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin::app {
void add_brief(CLI::App& app) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* verb =
      app.add_subcommand("brief", "figures to posterior to futures to one self-contained page");
  verb->add_option("SCENARIOS", flags->scenarios, "scenario files; the first is the baseline")
      ->required();
  add_run_flags(*verb, *flags, "HTML");
  verb->callback([flags] {
    const Runs runs = prepare_runs(*flags);
    Beside beside = read_beside(runs);
    Progress progress("projecting", flags->common.quiet);
    Briefing briefing = brief(runs.panel, runs.scenarios, runs.posterior, flags->common.execution(),
                              [&](double part) {
                                progress.show(part);
                                return !interruption_asked();
                              });
    stop_if_asked();
    briefing.creator = "tenbin " TENBIN_VERSION;
    briefing.record = std::move(beside.record);
    briefing.no_record = std::move(beside.no_record);
    briefing.disputes = std::move(beside.disputes);
    briefing.no_disputes = std::move(beside.no_disputes);
    write_text(flags->out, render(briefing));
    if (!flags->common.quiet) fmt::print("{}\n", health_line(runs.posterior));
    fmt::print("{}\n{}\n", headline(briefing), flags->out);
  });
}

}  // namespace tenbin::app
