// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "tenbin/briefing/page.hpp"
#include "tenbin/briefing/seal.hpp"
#include "tenbin/briefing/written_page.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/session/page.hpp"
#include "tenbin/study/carried.hpp"

namespace tenbin::app {
namespace verify_verb {

/// The text of a page's file. Throws Error.
std::string text_of(const std::string& path) {
  Problems problems;
  auto text = read_text(path, problems);
  if (!text) throw Error(std::move(problems));
  return std::move(*text);
}

bool is_number(const Piece& p) {
  return !p.element && p.text.size() < 200 && p.text.find_first_of("0123456789") != p.text.npos;
}

}  // namespace verify_verb

void add_verify(CLI::App& program) {
  using namespace verify_verb;
  struct Flags {
    std::string page;
    CommonFlags common;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = *program.add_subcommand(
      "verify", "computes a page again from what it carries: is every number as it says?");
  verb.add_option("FILE", flags->page, "a page of tenbin brief")->required();
  add_common(verb, flags->common);
  verb.callback([flags] {
    const WrittenPage page(flags->page, text_of(flags->page));
    const Carried carried = page.carried(creator());
    Progress progress("computing the page again", flags->common.quiet);
    const Briefing again = brief(carried, flags->common.execution(), [&](double part) {
      progress.show(part);
      return !interruption_asked();
    });
    stop_if_asked();
    const LivePage live{carried, live_script()};
    if (live.script.text.empty())
      page.refuse("this tenbin was built without the engine for pages, and cannot write one again",
                  "Build it with ./run");
    const std::string computed = page.as_stowed_here(render(again, &live));
    const bool same_script = page.html().find(live.script.text) != std::string::npos;
    const char* const other_build =
        "Its script is not this build's either: another build of this version may have written it";
    if (const auto found = first_difference(page.html(), computed))
      page.refuse(*found, !same_script    ? other_build
                          : page.sealed() ? "The page was made, or sealed again, with other numbers"
                                          : "The page was changed after it was written");
    if (!page.sealed())
      page.refuse("its seal is not that of its contents",
                  "The page was changed after it was written");
    if (page.html() != computed)
      page.refuse(same_script
                      ? "its numbers are as computed, but spaces, style or head are not as "
                        "this tenbin writes them"
                      : "its numbers are as computed, but its script is not the one of this "
                        "build",
                  "Open it only if you trust whoever sent it");
    const auto all = tenbin::pieces(body_of(page.html()));
    const Scenario& base = carried.study.scenarios[0];
    fmt::print(
        "{}: every piece with a number ({}), and every other byte, is as computed again\n"
        "from what it carries: the figures of panel {} (its files had the hash {}), {} scenarios, "
        "{} draws of the posterior; {} futures, seed {}; written by {}\n"
        "taken as carried, not computed: the fit's summaries and health{}\n",
        flags->page, std::count_if(all.begin(), all.end(), is_number),
        harmless(carried.study.panel.name), harmless(carried.study.panel.hash.substr(0, 16)),
        carried.study.scenarios.size(), carried.study.spending.size(), base.futures, base.seed,
        carried.creator, carried.record ? ", and the scorecard of its past" : "");
  });
}

}  // namespace tenbin::app
