// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenbin/io/text.hpp"
#include "tenbin/page/carried.hpp"
#include "tenbin/page/page.hpp"
#include "tenbin/page/seal.hpp"
#include "tenbin/page/written_page.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/page.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Verify {
  static constexpr QuestionSpec spec{
      .name = "verify",
      .about = About::file,
      .settings = "file",
      .summary = "computes a page again from what it carries: is every number as it says?"};

  explicit Verify(const Inputs& inputs)
      : path(inputs.names[0]), page(path, text_of_file(path)), carried(page.carried(creator())) {}
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;

  static std::string text_of_file(const std::string& path);
  void require_same(const std::string& computed, const std::string& script) const;

  std::string path;
  WrittenPage page;
  Carried carried;
};

std::string Verify::text_of_file(const std::string& path) {
  Problems problems;
  auto text = read_text(path, problems);
  if (!text) throw Error(std::move(problems));
  return std::move(*text);
}

void Verify::answer(Work& work) {
  const Briefing again = brief(carried, work.execution, work.begin("computing the page again"));
  work.finish();
  const LivePage live{carried, live_script()};
  if (live.script.text.empty())
    page.refuse("this tenbin was built without the engine for pages, and cannot write one again",
                "Build it with ./run");
  try {
    require_same(page.as_stowed_here(render(again, page.language(), &live)), live.script.text);
  } catch (Error& difference) {
    difference.reason = Error::Reason::no;
    throw;
  }
}

/// Throws Error with the first thing in which the page is not as computed.
void Verify::require_same(const std::string& computed, const std::string& script) const {
  const bool same_script = page.html().find(script) != std::string::npos;
  const char* const other_build =
      "Its script is not this build's either: another build of this version may have written it";
  const char* const changed = "The page was changed after it was written";
  const auto found = first_difference(page.html(), computed);
  if (const auto form = found ? rewritten(page.html(), computed) : std::nullopt)
    page.refuse(
        fmt::format(
            "its numbers are as computed, but its form was rewritten, for example by a "
            "browser that saved it{}",
            form->with_a_number > 0
                ? fmt::format("; {} numbers stand in it beside them, such as its script draws "
                              "(the first: \u201c{}\u201d)",
                              form->with_a_number, form->first)
                : ""),
        "For a page that holds byte by byte, ask for the file as it was written");
  if (found)
    page.refuse(*found, !same_script    ? other_build
                        : page.sealed() ? "The page was made, or sealed again, with other numbers"
                                        : changed);
  if (!page.sealed()) page.refuse("its seal is not that of its contents", changed);
  if (page.html() != computed)
    page.refuse(same_script ? "its numbers are as computed, but spaces, style or head are not as "
                              "this tenbin writes them"
                            : "its numbers are as computed, but its script is not the one of this "
                              "build",
                "Open it only if you trust whoever sent it");
}

std::size_t numbers_in(const std::string& html) {
  const auto all = tenbin::pieces(body_of(html));
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Piece& p) {
    return !p.element && p.text.size() < 200 &&
           p.text.find_first_of("0123456789") != std::string::npos;
  }));
}

/// One row: columns file, pieces_with_a_number, panel, panel_hash, scenarios, draws, futures, seed,
/// written_by.
TidyTable Verify::table() const {
  const Scenario& base = carried.study.scenarios[0];
  TidyTable table;
  table.text("file");
  table.integer("pieces_with_a_number");
  table.text("panel");
  table.text("panel_hash");
  for (const char* name : {"scenarios", "draws"}) table.integer(name);
  for (const char* name : {"futures", "seed"}) table.number(name);
  table.text("written_by");
  table << path << static_cast<int>(numbers_in(page.html()))
        << printable(carried.study.panel.name, LineEnds::replaced)
        << printable(carried.study.panel.hash, LineEnds::replaced)
        << static_cast<int>(carried.study.scenarios.size())
        << static_cast<int>(carried.study.spending.size()) << static_cast<double>(base.futures)
        << static_cast<double>(base.seed) << carried.creator;
  return table;
}

std::string Verify::text() const {
  const Scenario& base = carried.study.scenarios[0];
  return fmt::format(
      "{}: every piece with a number ({}), and every other byte, is as computed again\n"
      "from what it carries: the figures of panel {} (its files had the hash {}), {} scenarios, "
      "{} draws of the posterior; {} futures, seed {}; written by {}\n"
      "taken as carried, not computed: the fit's summaries and health{}\n",
      path, numbers_in(page.html()), printable(carried.study.panel.name, LineEnds::replaced),
      printable(carried.study.panel.hash.substr(0, 16), LineEnds::replaced),
      carried.study.scenarios.size(), carried.study.spending.size(), base.futures, base.seed,
      carried.creator, carried.record ? ", and the scorecard of its past" : "");
}

}  // namespace

QuestionEntry verify_question() { return entry_of<Verify>(); }

}  // namespace tenbin
