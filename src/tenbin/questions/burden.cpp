// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tenbin/futures/tables.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/certainty.hpp"
#include "tenbin/questions/columns.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Burden {
  static constexpr QuestionSpec spec{
      .name = "burden",
      .about = About::scenario,
      .posterior = true,
      .summary = "announced targets: share, gap and the year they are reached"};

  explicit Burden(const Inputs& inputs) : runs(*inputs.runs) {}
  void ask(Measures& m) { question = ask_targets(m.list, runs.panel(), runs.schedules[0], 0); }
  void read(const Tally& tally) { targets = read_targets(tally, question, runs.panel()); }
  TidyTable table() const;
  std::string text() const;
  Problems notes() const;

  const Runs& runs;
  TargetQuestion question;
  std::vector<TargetOutlook> targets;
};

/// Columns scenario, state, announced, announced_in, by, kind (where the plan is kept as its kind
/// is), target, now, gap, then chances: in_time, ever, year_reached, in_that_year.
TidyTable Burden::table() const {
  TidyTable table;
  table.text("scenario");
  table.text("state");
  table.number("announced", "{:.6g}");
  table.integer("announced_in");
  table.integer("by");
  table.text("kind");
  for (const char* name : {"target", "now", "gap"}) table.number(name, "{:.6g}");
  add_chance(table, "in_time");
  add_chance(table, "ever");
  table.number("year_reached");
  add_chance(table, "in_that_year");
  for (const TargetOutlook& o : targets)
    table << runs.scenarios[0].id << runs.panel().states[o.state].id << o.announced
          << o.announced_in << o.by
          << (o.by_kind ? pledge_kind_names[static_cast<std::size_t>(o.kind)] : "") << o.target
          << o.now << o.gap << o.in_time << o.ever << (o.year_reached ? o.year_reached : missing)
          << o.in_that_year;
  return table;
}

std::string Burden::text() const {
  const Money money = money_of(runs.panel());
  std::string text =
      fmt::format("Announced targets under \"{}\", {} futures, shares by the panel's measure\n\n",
                  runs.scenarios[0].name, runs.scenarios[0].futures);
  if (targets.empty())
    return text + "none: the panel has no plan that was announced by the start (plans.csv)\n";
  AlignedText rows("<<>>>>>");
  rows.row({"state", "announced", "target", "now", "gap", "met in its year",
            "first year as likely as not"});
  for (const TargetOutlook& o : targets) {
    const std::string reached_in =
        o.year_reached > question.start ? ", " + chance_text(o.in_that_year) : "";
    rows.row(
        {runs.panel().states[o.state].id, fmt::format("{:.3g} % by {}", 100 * o.announced, o.by),
         percent(o.target), percent(o.now), o.gap > 0 ? money.text(o.gap) : "met",
         known(o.in_time.p)       ? chance_text(o.in_time)
         : o.by <= question.start ? "its year is past"
                                  : "after the end",
         o.year_reached ? fmt::format("{}{}", o.year_reached, reached_in)
                        : fmt::format("not by {}; ever {}", question.end, chance_text(o.ever))});
  }
  text += rows.text();
  const Keeping* const keeping = keeping_in(runs.panel(), question.start);
  if (keeping == nullptr) return text;
  AlignedText kept("<>>>>");
  kept.row({fmt::format("past promises, ended by {}", keeping->as_of), "promises", "country cases",
            "change nothing", "the others close"});
  for (std::size_t k = 0; k < promise_kinds; ++k)
    if (std::ranges::any_of(targets, [&](const TargetOutlook& o) {
          return o.by_kind && static_cast<std::size_t>(o.kind) == k;
        })) {
      const KindKeeping& kind = keeping->kinds[k];
      kept.row({promise_words(static_cast<PledgeKind>(k)), fmt::format("{}", kind.promises),
                fmt::format("{}", kind.cases), fmt::format("{:.0f} %", 100 * kind.ignored),
                fmt::format("{:.0f} % (± {:.0f}) of the gap", 100 * kind.mean, 100 * kind.sd)});
    }
  return text + "\n" + kept.text();
}

Problems Burden::notes() const {
  Certainty certainty;
  for (const TargetOutlook& o : targets) {
    certainty.see(o.ever);
    if (known(o.in_time.p)) certainty.see(o.in_time);
  }
  return certainty.notes(runs.scenarios[0].futures);
}

}  // namespace

QuestionEntry burden_question() { return entry_of<Burden>(); }

}  // namespace tenbin
