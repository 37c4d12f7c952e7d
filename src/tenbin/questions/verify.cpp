// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/page/carried.hpp"
#include "tenbin/page/page.hpp"
#include "tenbin/page/seal.hpp"
#include "tenbin/page/written_page.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/page.hpp"
#include "tenbin/questions/proof.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Verify {
  static constexpr QuestionSpec spec{
      .name = "verify",
      .about = About::file,
      .settings = "file panel refit priors",
      .summary = "computes a page again from what it carries: is every number as it says?"};

  explicit Verify(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;

  static std::string text_of_file(const std::string& path);
  void compute_again(Work& work) const;
  void require_same(const std::string& computed, const std::string& script) const;
  void compare_record();
  void fit_again(Work& work) const;

  std::string path;
  WrittenPage page;
  Carried carried;
  std::string folder;                 // of the reader's panel; empty: none
  std::shared_ptr<const Past> past;   // of that panel at the scenarios' start
  std::optional<FitOptions> options;  // of the fit that is made again; empty: none is
  bool same_record = false;           // the scorecard that it carries is the panel's
};

Verify::Verify(const Inputs& inputs)
    : path(inputs.names[0]), page(path, text_of_file(path)), carried(page.carried(creator())) {
  const Settings& s = inputs.settings;
  if (s.refit && !s.panel)
    throw Error({{"--refit", "there is no panel to fit: a page cannot prove its own figures",
                  "Give the panel too: --panel FOLDER"}},
                Error::Reason::usage);
  if (s.priors && !s.refit)
    throw Error({{"--priors", "nothing is fitted without --refit", "Add --refit, or leave it out"}},
                Error::Reason::usage);
  if (!s.panel) return;
  folder = shipped_or(*s.panel);
  past = read_setting(
      "panel", [&] { return past_of(read_panel(folder), carried.study.scenarios[0].start); });
  if (s.refit)
    options =
        read_setting("priors", [&] { return options_of_page(carried, s.priors.value_or("")); });
}

std::string Verify::text_of_file(const std::string& path) {
  Problems problems;
  auto text = read_text(path, problems);
  if (!text) throw Error(std::move(problems));
  return std::move(*text);
}

/// Throws with what differs: the page from what it carries, that from the panel, or from the fit.
void Verify::answer(Work& work) {
  compute_again(work);
  if (!past) return;
  Problems different = differences_from_panel(carried, past->panel(), "--panel " + folder);
  if (!different.empty()) throw Error(std::move(different), Error::Reason::no);
  compare_record();
  if (options) fit_again(work);
}

/// The scorecard beside the panel's tables, if it is of these figures, is the one that the page
/// has.
void Verify::compare_record() {
  const auto beside = scorecard_beside(folder, past->panel());
  if (!beside || !carried.record) return;
  PageRecord mine;
  PageRecord theirs;
  mine.record = beside;
  theirs.record = carried.record;
  same_record = record_bytes(mine) == record_bytes(theirs);
  if (!same_record)
    throw Error({{"--panel " + folder, "its scorecard.toml is not the one that the page shows",
                  "Ask whoever sent the page which back-test it shows"}},
                Error::Reason::no);
}

void Verify::fit_again(Work& work) const {
  const Posterior again = fit(*past, *options, work.execution, work.begin("fitting again"));
  work.finish();
  Problems different =
      differences_from_fit(carried, tenbin::carried(compile(past, carried.study.scenarios), again));
  if (different.empty()) return;
  different.front().mend =
      "The page's posterior is not what these figures, seed, options and priors give: do not trust "
      "its numbers";
  throw Error(std::move(different), Error::Reason::no);
}

void Verify::compute_again(Work& work) const {
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
/// written_by, figures (as carried, or compared) and posterior (as carried, or fitted again).
TidyTable Verify::table() const {
  const Scenario& base = carried.study.scenarios[0];
  TidyTable table;
  table.text("file");
  table.integer("pieces_with_a_number");
  table.text("panel");
  table.text("panel_hash");
  for (const char* name : {"scenarios", "draws"}) table.integer(name);
  for (const char* name : {"futures", "seed"}) table.number(name);
  for (const char* name : {"written_by", "figures", "posterior"}) table.text(name);
  table << path << static_cast<int>(numbers_in(page.html()))
        << printable(carried.study.panel.name, LineEnds::replaced)
        << printable(carried.study.panel.hash, LineEnds::replaced)
        << static_cast<int>(carried.study.scenarios.size())
        << static_cast<int>(carried.study.spending.size()) << static_cast<double>(base.futures)
        << static_cast<double>(base.seed) << carried.creator << (past ? "compared" : "as carried")
        << (options ? "fitted again" : "as carried");
  return table;
}

std::string Verify::text() const {
  const Scenario& base = carried.study.scenarios[0];
  std::string text = fmt::format(
      "{}: every piece with a number ({}), and every other byte, is as computed again\n"
      "from what it carries: the figures of panel {} (its files had the hash {}), {} scenarios, "
      "{} draws of the posterior; {} futures, seed {}; written by {}\n",
      path, numbers_in(page.html()), printable(carried.study.panel.name, LineEnds::replaced),
      printable(carried.study.panel.hash.substr(0, 16), LineEnds::replaced),
      carried.study.scenarios.size(), carried.study.spending.size(), base.futures, base.seed,
      carried.creator);
  if (past)
    say(text, "compared with {}: the figures, and the hash of the panel's files, are the same{}\n",
        folder, same_record ? "; so is the scorecard of its past" : "");
  if (options)
    say(text,
        "fitted again to these figures ({} priors, seed {}, {} chains of {} + {} iterations): the "
        "draws, summaries and health are the same to the last bit\n",
        options->priors.name, options->seed, options->chains, options->warmup, options->draws);
  std::vector<std::string> taken;
  if (!past) taken.emplace_back("the figures");
  if (!options) taken.emplace_back("the draws, and the fit's summaries and health");
  if (carried.record && !same_record) taken.emplace_back("the scorecard of its past");
  if (!taken.empty())
    say(text, "taken as carried, not proved: {}{}\n", fmt::join(taken, "; "),
        !past      ? ". --panel FOLDER compares the figures, and --refit the posterior"
        : !options ? ". --refit fits again and compares the posterior"
                   : "");
  return text;
}

}  // namespace

QuestionEntry verify_question() { return entry_of<Verify>(); }

}  // namespace tenbin
