// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/briefing/page.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/text_file.hpp"

namespace tenbin::app {

void add_brief(CLI::App& app) {
  struct Flags {
    std::vector<std::string> scenarios;
    std::string out;
    int futures = 0;
    FitFlags fit;
    CommonFlags common;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App* verb =
      app.add_subcommand("brief", "figures to posterior to futures to one self-contained page");
  verb->add_option("SCENARIOS", flags->scenarios, "scenario files; the first is the baseline")
      ->required();
  verb->add_option("-o,--out", flags->out, "HTML file to write")->required();
  verb->add_option("--futures", flags->futures,
                   "futures, instead of the first scenario's own number")
      ->check(CLI::Range(1, 10'000'000));
  add_fit(*verb, flags->fit, true);
  add_common(*verb, flags->common);
  verb->callback([flags] {
    const Runs runs =
        run_scenarios(flags->scenarios, flags->out, flags->futures, flags->fit, flags->common);
    Briefing briefing = brief(runs.panel, runs.scenarios, runs.ensembles, runs.posterior,
                              flags->common.execution());
    briefing.creator = "tenbin " TENBIN_VERSION;
    write_text(flags->out, render(briefing));
    if (!flags->common.quiet) fmt::print("{}\n", health_line(runs.posterior));
    fmt::print("{}\n{}\n", headline(briefing), flags->out);
  });
}

}  // namespace tenbin::app
