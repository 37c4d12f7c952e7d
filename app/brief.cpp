// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "runs.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/session/page.hpp"

namespace tenbin::app {
namespace brief_verb {

struct BriefFlags : RunFlags {
  bool plain = false;
};

}  // namespace brief_verb

void add_brief(CLI::App& program) {
  using namespace brief_verb;
  auto flags = std::make_shared<BriefFlags>();
  CLI::App& verb = *program.add_subcommand(
      "brief", "figures to posterior to futures to one self-contained page");
  verb.add_option("SCENARIOS", flags->scenarios, "scenario files; the first is the baseline")
      ->required();
  add_run_flags(verb, *flags, "HTML");
  verb.add_flag("--plain", flags->plain,
                "a page without a script: no sliders, and computed with the whole posterior");
  verb.callback([flags] {
    const Runs runs = prepare_runs(*flags);
    Progress progress("projecting", flags->common.quiet);
    const BriefingPage page =
        briefing_page(runs, flags->plain, flags->common.execution(), [&](double part) {
          progress.show(part);
          return !interruption_asked();
        });
    stop_if_asked();
    if (!page.no_sliders.empty() && !flags->common.quiet)
      fmt::print(stderr, "note: the page has no sliders: {}\n", page.no_sliders);
    write_text(flags->out, page.html);
    if (!flags->common.quiet) fmt::print("{}\n", health_line(runs.posterior));
    fmt::print("{}\n{}\n", page.headline, flags->out);
  });
}

}  // namespace tenbin::app
