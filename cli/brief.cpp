// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "card.hpp"
#include "common.hpp"
#include "tenbin/io/outputs.hpp"
#include "tenbin/questions/output.hpp"
#include "tenbin/questions/page.hpp"
#include "tenbin/questions/workbook.hpp"

namespace tenbin::cli {
namespace brief_verb {

struct BriefFlags : Flags {
  std::vector<std::string> scenarios;
  bool plain = false;
};

void run(const BriefFlags& flags) {
  Runs runs = runs_of(flags.scenarios, flags);
  check_outputs(flags, inputs_of(runs));
  if (flags.out != "-") require_ending(flags.out, ".html");
  runs.posterior = posterior_of(*runs.past, flags);
  Work work;
  work.observer = progress_observer(flags);
  const BriefingPage page = briefing_page(runs, language_of(flags.settings.lang.value_or("en")),
                                          flags.plain, flags.execution(), work.begin("projecting"));
  work.finish();
  if (!flags.quiet) show_notes(page.notes);
  if (!page.no_sliders.empty() && !flags.quiet)
    print_error("note: the page has no sliders: {}\n", page.no_sliders);
  hold_interruption();
  Outputs outputs;
  if (flags.out != "-") outputs.write(flags.out, page.html);
  if (flags.settings.xlsx)
    write_workbook(*flags.settings.xlsx, page.html, page.projections, outputs);
  if (flags.settings.card)
    outputs.write(*flags.settings.card, png_of(page.card, *flags.settings.card));
  outputs.finish();
  if (flags.out == "-") return print_data(page.html);
  if (!flags.quiet) print_out("{}\n", health_line(*runs.posterior));
  print_out("{}\n{}\n", page.headline, flags.out);
}

}  // namespace brief_verb

void add_brief(CLI::App& program) {
  using namespace brief_verb;
  auto flags = std::make_shared<BriefFlags>();
  CLI::App& verb = *program.add_subcommand(
      "brief", "figures to posterior to futures to one self-contained page");
  verb.add_option("SCENARIOS", flags->scenarios, "scenario files; the first is the baseline")
      ->required();
  verb.add_option("-o,--out", flags->out, "HTML file to write; - is the screen")->required();
  verb.add_flag("--plain", flags->plain,
                "a page without a script: no sliders, and computed with the whole posterior");
  add_posterior(verb, *flags);
  add_settings(verb, *flags, {"futures", "seed", "threads", "lang", "xlsx", "card"});
  add_common(verb, *flags);
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::cli
