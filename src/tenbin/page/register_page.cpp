// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/register_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tenbin/page/document.hpp"
#include "tenbin/page/style.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {

std::string registered_words(Registered what) {
  static constexpr std::array words{
      "spending",  "share of GDP", "incident with force", "death in an incident",
      "arms race", "promise met"};
  return words[static_cast<std::size_t>(what)];
}

std::string ahead_words(const RegisterScore& s) {
  if (s.what == Registered::promise) return "in its year";
  const char* const form = is_quantity(s.what) ? "{} year{} ahead" : "within {} year{}";
  return fmt::format(fmt::runtime(form), s.ahead, s.ahead == 1 ? "" : "s");
}

double register_gain(double own, double other) {
  return other > 0 ? 100 * (1 - own / other) : missing;
}

namespace {

constexpr std::size_t most_listed = 500;  // rows of a table on the page

class RegisterPage {
 public:
  RegisterPage(const Register& reg, const ResolvedRegister& resolved, const Panel& panel)
      : reg_(reg), resolved_(resolved), panel_(panel) {}
  std::string body(const std::string& name) const {
    return "<header><p class=\"kicker\">tenbin register</p><h1>" + escape(verdict()) + "</h1>" +
           about(name) + "</header>\n<main>" + chain() + scores() + quantities() + chances() +
           others(Fate::no_case, "Void: the if did not come") +
           others(Fate::undecidable, "Undecidable") + waiting() + "</main>";
  }
  std::string verdict() const;

 private:
  static std::string soft(const std::string& text) {
    return "<p class=\"soft\">" + escape(text) + "</p>";
  }
  static std::string table(const std::vector<std::string>& heads) {
    std::string html = "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>";
    for (const std::string& h : heads)
      html += (&h == &heads.front() ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">") +
              escape(h) + "</th>";
    return html + "</tr></thead><tbody>";
  }
  static std::string end() { return "</tbody></table></div></section>"; }
  static std::string row(const std::vector<std::string>& cells) {
    std::string html = "<tr>";
    for (std::size_t k = 0; k < cells.size(); ++k)
      html += k == 0 ? "<th scope=\"row\">" + cells[k] + "</th>"
                     : "<td class=\"n\">" + cells[k] + "</td>";
    return html + "</tr>";
  }
  static std::string section(const std::string& title) {
    return "<section><h2>" + escape(title) + "</h2>";
  }
  std::string name(const std::string& id) const {
    const auto i = panel_.find(id);
    return i ? isolated(panel_.states[*i].name) : escape(id);
  }
  std::string subject(const RegisterEntry& e) const {
    return name(e.state) + (e.other.empty() ? "" : " and " + name(e.other)) +
           (e.condition.empty() ? "" : " (" + escape(e.scenario) + ")");
  }
  std::string amount(const RegisterEntry& e, double x) const {
    if (!known(x)) return "-";
    return escape(e.what == Registered::share ? percent(x) : fmt::format("{:.4g} bn", x / 1000));
  }
  template <class Use>
  std::size_t each(Fate fate, bool quantity, Use use) const {
    std::size_t count = 0;
    for (std::size_t k = 0; k < reg_.lines.size(); ++k) {
      const RegisterEntry& e = reg_.lines[k].entry;
      if (resolved_.of[k].fate != fate || is_quantity(e.what) != quantity) continue;
      if (count++ < most_listed) use(e, resolved_.of[k]);
    }
    return count;
  }
  std::string about(const std::string& name) const;
  std::string chain() const;
  std::string scores() const;
  std::string quantities() const;
  std::string chances() const;
  std::string others(Fate fate, const std::string& title) const;
  std::string waiting() const;

  const Register& reg_;
  const ResolvedRegister& resolved_;
  const Panel& panel_;
};

std::string RegisterPage::verdict() const {
  int quantities = 0, inside = 0;
  for (const RegisterScore& s : resolved_.scores)
    if (is_quantity(s.what)) quantities += s.cases, inside += s.inside80;
  const int due = resolved_.counted(Fate::scored);
  if (due == 0) return "No forecast of this register has come due yet";
  if (quantities == 0) return fmt::format("{} forecasts of this register have come due", due);
  return fmt::format(
      "{} forecasts of this register have come due; {} of {} outcomes of spending and share lay in "
      "the likely range (80%)",
      due, inside, quantities);
}

std::string RegisterPage::about(const std::string& file) const {
  const auto first = std::ranges::find_if(reg_.lines, &RegisterLine::intact);
  std::string text = fmt::format("Register {}", file);
  if (first != reg_.lines.end())
    text += fmt::format(", made by {} from {}, with figures up to {}", first->entry.made_by,
                        first->entry.made, first->entry.known_until);
  return soft(fmt::format(
      "{}. Outcomes are taken from {} ({}), with figures up to {}. {} of {} entries are not yet "
      "due, {} are void, {} are undecidable ({:.1f}% of those due). Seal: {}.",
      text, panel_.name, panel_.vintage, panel_.last_year, resolved_.counted(Fate::open),
      reg_.lines.size(), resolved_.counted(Fate::no_case), resolved_.counted(Fate::undecidable),
      100 * resolved_.undecidable(), reg_.seal));
}

std::string RegisterPage::chain() const {
  if (reg_.breaks.empty())
    return soft("The chain holds: every line is as it was written, in its place.");
  std::string html = section("The chain is broken") + table({"Line", "Entry", "What"});
  for (const ChainBreak& b : reg_.breaks)
    html += row({fmt::format("{}", b.line), escape(b.id), escape(b.what)});
  return html + end();
}

std::string gain_text(double own, double other) {
  const double gain = register_gain(own, other);
  return known(gain) ? signed_number(gain, 0) + "%" : "-";
}

std::string RegisterPage::scores() const {
  if (resolved_.scores.empty()) return "";
  std::string html =
      section("Scores") +
      soft(
          "Spending and share of GDP: mean quantile score of the logarithm (0.05 is about 5% of "
          "the level). Chances: mean Brier score. Smaller is better. The gain is by how much the "
          "score is below that of the other forecast, on the same entries; a negative gain means "
          "that tenbin is worse.") +
      table({"What", "Entries", "Score", "Gain on no change", "Gain on the announced plan",
             "In the likely range (80%)"});
  for (const RegisterScore& s : resolved_.scores)
    html += row({escape(registered_words(s.what) + ", " + ahead_words(s) +
                        (s.condition ? ", scenarios whose if came" : "")),
                 fmt::format("{}", s.cases), fmt::format("{:.4f}", s.score),
                 s.with_no_change > 0 ? gain_text(s.own_beside_no_change, s.no_change) : "-",
                 s.with_plan > 0
                     ? fmt::format("{} ({})", gain_text(s.own_beside_plan, s.plan), s.with_plan)
                     : "-",
                 is_quantity(s.what) ? fmt::format("{} of {}", s.inside80, s.cases) : "-"});
  return html + end();
}

std::string RegisterPage::quantities() const {
  std::string rows;
  const std::size_t count =
      each(Fate::scored, true, [&](const RegisterEntry& e, const Resolution& r) {
        rows +=
            row({subject(e) + fmt::format(", {}", e.year), escape(registered_words(e.what)),
                 amount(e, e.quantile[3]),
                 amount(e, e.quantile[1]) + " to " + amount(e, e.quantile[5]), amount(e, r.outcome),
                 r.inside80 ? "inside" : "outside", amount(e, e.no_change), amount(e, e.plan)});
      });
  if (count == 0) return "";
  return section("Forecast and outcome") +
         soft(fmt::format(
             "Spending is in billions of the register's money; the outcome is its "
             "growth since the register's last year, by the later release.{}",
             count > most_listed ? fmt::format(" The first {} of {}.", most_listed, count) : "")) +
         table({"Country, year", "What", "Median", "Likely range (80%)", "Outcome", "", "No change",
                "Plan"}) +
         rows + end();
}

std::string RegisterPage::chances() const {
  std::string rows;
  const std::size_t count =
      each(Fate::scored, false, [&](const RegisterEntry& e, const Resolution& r) {
        rows += row({subject(e) + (e.from == e.year ? fmt::format(", {}", e.year)
                                                    : fmt::format(", {} to {}", e.from, e.year)),
                     escape(registered_words(e.what)), fmt::format("{:.0f}%", 100 * e.chance),
                     r.outcome > 0 ? "it came" : "it did not come",
                     known(e.no_change) ? fmt::format("{:.0f}%", 100 * e.no_change) : "-"});
      });
  if (count == 0) return "";
  return section("Chances and events") +
         table({"Countries, years", "What", "Chance", "Outcome", "Simple forecast"}) + rows + end();
}

std::string RegisterPage::others(Fate fate, const std::string& title) const {
  std::string rows;
  for (const bool quantity : {true, false})
    each(fate, quantity, [&](const RegisterEntry& e, const Resolution& r) {
      rows += "<tr><th scope=\"row\">" + escape(e.id) + "</th><td>" + escape(r.why) + "</td></tr>";
    });
  if (rows.empty()) return "";
  return section(title) + table({"Entry", "Why"}) + rows + end();
}

std::string RegisterPage::waiting() const {
  std::map<std::pair<int, Registered>, int> open;
  for (std::size_t k = 0; k < reg_.lines.size(); ++k)
    if (resolved_.of[k].fate == Fate::open)
      ++open[{reg_.lines[k].entry.year, reg_.lines[k].entry.what}];
  if (open.empty()) return "";
  std::string html = section("Not yet due") + table({"Last year", "What", "Entries"});
  for (const auto& [key, count] : open)
    html += row({fmt::format("{}", key.first), escape(registered_words(key.second)),
                 fmt::format("{}", count)});
  return html + end();
}

}  // namespace

std::string render_register(const Register& reg, const ResolvedRegister& resolved,
                            const Panel& panel, const std::string& name) {
  const RegisterPage page(reg, resolved, panel);
  return html_document("Outcomes of the forecasts: a tenbin register", page.verdict() + ".",
                       Language::english, std::string(page_style), page.body(name));
}

}  // namespace tenbin
