// SPDX-License-Identifier: Apache-2.0
// Outcomes of a register's forecasts.
#include "tenbin/evidence/resolve.hpp"

#include <filesystem>

#include "tenbin/io/register_file.hpp"
#include "tenbin/page/register_page.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

struct Resolve {
  static constexpr QuestionSpec spec{
      .name = "resolve",
      .about = About::file_and_panel,
      .settings = "file page",
      .summary =
          "outcomes of a register's forecasts, their scores, and whether a line of it was changed"};

  explicit Resolve(const Inputs& inputs)
      : panel(*inputs.panel),
        file(std::filesystem::path(inputs.names[0]).filename().string()),
        page(inputs.settings.page.value_or("")),
        reg(read_register(inputs.names[0])),
        resolved(resolve(reg, panel)) {}
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const {
    if (page.empty()) return {};
    return {{page, render_register(reg, resolved, panel, file)}};
  }
  bool holds() const { return reg.breaks.empty(); }

  const Panel& panel;
  std::string file, page;
  Register reg;
  ResolvedRegister resolved;
};

/// Columns line, id, scenario, what, state, other, from, year, fate, why, median, low, high (80 %),
/// chance, no_change, plan, outcome, then scores: score, no_change_score, plan_score, interval,
/// no_change_interval, log_score, inside80.
TidyTable Resolve::table() const {
  TidyTable table;
  table.integer("line");
  for (const char* name : {"id", "scenario", "what", "state", "other"}) table.text(name);
  table.integer("from");
  table.integer("year");
  table.text("fate");
  table.text("why");
  for (const char* name :
       {"median", "low", "high", "chance", "no_change", "plan", "outcome", "score",
        "no_change_score", "plan_score", "interval", "no_change_interval", "log_score", "inside80"})
    table.number(name, "{:.6g}");
  for (std::size_t k = 0; k < reg.lines.size(); ++k) {
    const RegisterEntry& e = reg.lines[k].entry;
    const Resolution& r = resolved.of[k];
    const bool inside = r.fate == Fate::scored && is_quantity(e.what);
    table << reg.lines[k].line << e.id << e.scenario << registered_name(e.what) << e.state
          << e.other << e.from << e.year << fate_name(r.fate) << r.why << e.quantile[3]
          << e.quantile[1] << e.quantile[5] << e.chance << e.no_change << e.plan << r.outcome
          << r.score << r.no_change << r.plan << r.interval << r.no_change_interval << r.log_score
          << (inside ? static_cast<double>(r.inside80) : missing);
  }
  return table;
}

/// Where the chain is broken, or that it is not.
std::string chain_text(const Register& reg) {
  if (reg.breaks.empty())
    return fmt::format("The chain holds: {} lines as they were written. Seal: {}\n",
                       reg.lines.size(), reg.seal);
  std::string text = fmt::format("THE CHAIN IS BROKEN in {} place{}:\n", reg.breaks.size(),
                                 reg.breaks.size() > 1 ? "s" : "");
  for (const ChainBreak& b : reg.breaks)
    say(text, "  line {}{}: {}\n", b.line, b.id.empty() ? "" : fmt::format(" ({})", b.id), b.what);
  return text + "Lines that are not as they were written are not scored.\n";
}

std::string score_text(const ResolvedRegister& resolved) {
  AlignedText rows("<>>>>>");
  rows.row(
      {"", "entries", "score", "gain on no change", "gain on plan (entries)", "in the 80 % range"});
  const auto gain = [](double own, double other) {
    const double x = register_gain(own, other);
    return known(x) ? signed_number(x, 0) + " %" : std::string("-");
  };
  for (const RegisterScore& s : resolved.scores)
    rows.row({registered_words(s.what) + ", " + ahead_words(s) +
                  (s.condition ? ", scenarios whose if came" : ""),
              fmt::format("{}", s.cases), fmt::format("{:.4f}", s.score),
              s.with_no_change > 0 ? gain(s.own_beside_no_change, s.no_change) : "-",
              s.with_plan > 0 ? fmt::format("{} ({})", gain(s.own_beside_plan, s.plan), s.with_plan)
                              : "-",
              is_quantity(s.what) ? fmt::format("{} of {}", s.inside80, s.cases) : "-"});
  return rows.text() +
         "Score: of spending and share the mean quantile score of the logarithm (0.05 is about 5% "
         "of the level), of\nchances the Brier score. Smaller is better; a negative gain means "
         "that "
         "tenbin is worse.\n";
}

std::string Resolve::text() const {
  std::string text = chain_text(reg);
  say(text, "\nOutcomes by {} (figures up to {}): ", panel.name, panel.last_year);
  for (std::size_t k = 0; k < fate_names.size(); ++k)
    if (resolved.count[k] > 0 || static_cast<Fate>(k) == Fate::scored)
      say(text, "{}{} {}", k > 0 ? ", " : "", resolved.count[k], fate_names[k]);
  if (const double part = resolved.undecidable(); part > 0)
    say(text, "; {:.1f}% of those due are undecidable", 100 * part);
  text += "\n";
  if (!resolved.scores.empty()) text += "\n" + score_text(resolved);
  int shown = 0;
  for (std::size_t k = 0; k < reg.lines.size() && shown < 10; ++k)
    if (resolved.of[k].fate == Fate::undecidable) {
      say(text, "{}undecidable: {}: {}\n", shown++ == 0 ? "\n" : "", reg.lines[k].entry.id,
          resolved.of[k].why);
    }
  return text + "\n-o FILE.csv has every entry; --page FILE.html is the public table.\n";
}

}  // namespace

QuestionEntry resolve_question() { return entry_of<Resolve>(); }

}  // namespace tenbin
