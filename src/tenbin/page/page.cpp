// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/page.hpp"

#include <fmt/format.h>

#include <cmath>

#include "tenbin/page/document.hpp"
#include "tenbin/page/risk_section.hpp"
#include "tenbin/page/sections.hpp"
#include "tenbin/page/style.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

/// A radio button as a chip. Ids are numbers of ours: nothing from a file enters an attribute that
/// means something.
std::string chip(const char* group, int number, const std::string& label, bool checked) {
  return fmt::format(
      "<label class=\"chip\"><input type=\"radio\" name=\"{0}\" "
      "id=\"{0}-{1}\"{2}><span>{3}</span></label>",
      group, number, checked ? " checked" : "", label);
}

/// The frame: headline, pickers, the sections in their order.
class Page : Section {
 public:
  Page(const Briefing& b, const LivePage* live) : Section(b), live_(live) {}

  std::string whole() const {
    const FuturesSection futures(b_);
    const AllianceSection allies(b_);
    const GroundsSection grounds(b_);
    std::string html =
        header() +
        fmt::format("<main data-state=\"{}\" data-unit=\"0\" data-scenario=\"0\">\n", base_.focus) +
        pickers();
    html += "\n" + (live_ ? live_section(b_, *live_, first_chart()) : futures.charts());
    for (const std::string& section :
         {futures.scenario_words(), futures.comparison_tables(), ReactionSection(b_).whole(),
          allies.burden_sharing(), allies.balance(), allies.reach(live_ != nullptr),
          risk_section(b_), grounds.drivers(), grounds.record(),
          grounds.sources(live_ ? live_->carried.study.spending.size() : 0)})
      html += "\n" + section;
    html += "\n</main>\n<script type=\"application/json\" id=\"tenbin-data\">" +
            page_data(b_, live_ == nullptr) + "</script>";
    return html_document(panel_.states[base_.focus].name + ": a tenbin briefing", style(), html,
                         live_ ? live_->script : DocumentScript{});
  }

 private:
  std::string header() const {
    return fmt::format(
        "<header><p class=\"kicker\">tenbin briefing</p><h1>{}</h1><p class=\"soft\">{} futures to "
        "{}, each one draw from the fitted model with its own shocks. \u201c8 in 10 futures\u201d "
        "is the range between the lowest and the highest tenth. \u00b1 is a probability's Monte "
        "Carlo error.{}{}</p></header>\n",
        escape(headline(b_)), base_.futures, base_.end, base_rate(), record());
  }
  /// How often the headline's event came before, as a sentence.
  std::string base_rate() const {
    const BaseRate& r = b_.more_before;
    if (r.cases == 0) return "";
    return fmt::format(
        " Base rate: in this panel a state's share was larger {} years later in {} of {} cases.",
        b_.shown_year - base_.start, r.events, r.cases);
  }

  /// What the past says of such forecasts, in a sentence.
  std::string record() const {
    if (!b_.record) return "";
    for (const HorizonScores& h : b_.record->burden) {
      if (h.horizon != b_.shown_year - base_.start || h.methods.size() < 2) continue;
      const MethodScore& best = h.best_baseline();
      return fmt::format(
          " Past record: {} years ahead tenbin's forecasts of shares of GDP were {:.0f} % {} than "
          "those of the best simple method ({} cases; see below).",
          h.horizon, std::abs(100 * best.skill), best.skill < 0 ? "worse" : "better", h.cases);
    }
    return "";
  }

  std::string pickers() const {
    std::string html = "<div class=\"pickers\"><fieldset><legend>State</legend>";
    for (StateIndex i = 0; i < panel_.size(); ++i)
      if (exists(i, Quantity::milex)) html += chip("state", i, name(i), i == base_.focus);
    html += "</fieldset><fieldset><legend>Unit</legend>" + chip("unit", 0, "share of GDP", true) +
            chip("unit", 1, escape(money_.unit), false) +
            "</fieldset><fieldset><legend>Scenario</legend>";
    for (std::size_t s = 0; s < b_.scenarios.size(); ++s)
      html +=
          chip("scenario", static_cast<int>(s), isolated(b_.scenarios[s].scenario.name), s == 0);
    return html + "</fieldset></div>";
  }

  /// What a live page shows until its engine answers.
  std::string first_chart() const {
    const StateIndex i = base_.focus;
    return FuturesSection(b_).fan(
        i, exists(i, Quantity::burden) ? Quantity::burden : Quantity::milex, b_.scenarios[0]);
  }

  /// The pickers' rules besides the page's own. A live page's script says in attributes what is
  /// picked: to ask which button is checked costs a browser 5 ms whenever it touches the page.
  std::string style() const {
    std::string scripted, plain;
    const auto show = [&](const char* group, int count) {
      for (int k = 0; k < count; ++k) {
        plain += fmt::format("body:has(#{0}-{1}:checked) .{0}-{1}{{display:block}}\n", group, k);
        scripted += fmt::format("main[data-{0}=\"{1}\"] .{0}-{1}{{display:block}}\n", group, k);
      }
    };
    show("state", panel_.size());
    show("unit", 2);
    show("scenario", static_cast<int>(b_.scenarios.size()));
    return std::string(page_style) +
           (live_ ? scripted + "@media (scripting:none){\n" + plain + "}\n" : plain);
  }

  const LivePage* live_;  // null: a page without a script
};

}  // namespace

std::string render(const Briefing& briefing, const LivePage* live) {
  return Page(briefing, live).whole();
}

}  // namespace tenbin
