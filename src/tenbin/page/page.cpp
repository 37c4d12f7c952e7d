// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/page.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "tenbin/page/answer_section.hpp"
#include "tenbin/page/country_section.hpp"
#include "tenbin/page/document.hpp"
#include "tenbin/page/hero.hpp"
#include "tenbin/page/localised.hpp"
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

/// A part of the page that opens on demand. A link to its inside opens it.
std::string folded(const char* id, const std::string& title, const std::string& body) {
  if (body.empty()) return "";
  return fmt::format(
      "<details class=\"fold\"><summary><h2>{}</h2></summary><div id=\"{}\">{}</div></details>",
      title, id, body);
}

/// The frame: headline, contents, the hero chart, six answers, then the sections in their order.
class Page : Section {
 public:
  /// `measured`: what the engine says, where the page is live.
  Page(const Briefing& b, const LivePage* live, const Measured* measured)
      : Section(b), live_(live), measured_(measured), narrative_(b) {}

  /// Header, contents and all sections: what is there once for each language. `other`: the same
  /// page in the other language, of a live page.
  std::string sheet(const Page* other) const {
    std::string body;
    for (const std::string& section : sections()) body += "\n" + section;
    return header(other) + contents(body) +
           fmt::format("<main data-state=\"{}\" data-unit=\"0\" data-scenario=\"0\">\n",
                       base_.focus) +
           hero() + body + "\n</main>\n";
  }

  std::string whole(const Page* other) const {
    std::string html = "<div id=\"sheet\">" + sheet(other) + "</div>";
    if (live_) html += carried_elements(*live_) + other_element_of(other->sheet(this));
    html += "<script type=\"application/json\" id=\"tenbin-data\">" +
            page_data(b_, live_ == nullptr) + "</script>";
    return html_document(title(), joined({narrative_.headline(), narrative_.deck()}, b_.language),
                         b_.language, style(), html, live_ ? live_->script : DocumentScript{});
  }

  std::string title() const {
    return say("{state}: a tenbin briefing", fmt::arg("state", panel_.states[base_.focus].name));
  }

 private:
  std::vector<std::string> sections() const {
    const FuturesSection futures(b_);
    const AllianceSection allies(b_);
    const GroundsSection grounds(b_);
    const std::size_t carried = live_ ? live_->carried.study.spending.size() : 0;
    return {
        answer_section(b_, narrative_),
        cannot_section(narrative_, b_.language),
        policy(),
        country_section(b_, narrative_),
        folded("promises", say("Who keeps promises"), allies.burden_sharing()),
        folded("threats", say("Who threatens whom"), ReactionSection(b_).whole()),
        folded("reach", say("Missile reach"), allies.reach(live_ != nullptr)),
        folded("balance", say("Balance of the blocs"), allies.balance()),
        folded("risk", say("Arms races and incidents"), risk_section(b_, narrative_)),
        folded("history", say("Background in dates"), grounds.history()),
        folded("trust", say("Can I trust this?"),
               grounds.record() + grounds.evidence() + grounds.drivers() + grounds.checks(carried)),
        folded("sources", say("Data and method"), grounds.sources() + grounds.cite()),
        grounds.made()};
  }

  std::string header(const Page* other) const {
    const std::string deck = narrative_.deck();
    return fmt::format(
        "<a class=\"skip\" href=\"#top\">{}</a>\n<header>{}<p "
        "class=\"kicker\">{}</p><h1>{}</h1>{}</header>\n",
        say("Skip to the first chart"), other ? other->button() : "", kicker(),
        escape(narrative_.headline()),
        deck.empty() ? "" : "<p class=\"deck\">" + escape(deck) + "</p>");
  }

  /// Opens the page in this one's language.
  std::string button() const {
    constexpr std::array words{"In English", "日本語で読む"};
    return fmt::format(
        "<button type=\"button\" id=\"language\" lang=\"{}\" data-title=\"{}\">{}</button>",
        code(b_.language), escape(title()), words[static_cast<std::size_t>(b_.language)]);
  }

  /// What is above the headline: the country and the year and source of the figures.
  std::string kicker() const {
    constexpr Sentence sentences[2]{"tenbin briefing · {state} · data to {year}",
                                    "tenbin briefing · {state} · data to {year} ({source})"};
    return say(sentences[!panel_.vintage.empty()], fmt::arg("state", name(base_.focus)),
               fmt::arg("year", base_.start),
               fmt::arg("source", isolated(translated(panel_.vintage, b_.language))));
  }

  /// Links to the parts that the page has.
  std::string contents(const std::string& body) const {
    struct Link {
      const char* id;
      Sentence words;
    };
    constexpr std::array<Link, 11> links{{{"answers", "In short"},
                                          {"policy", "Try a policy"},
                                          {"countries", "Country by country"},
                                          {"promises", "Promises"},
                                          {"threats", "Threats"},
                                          {"reach", "Reach"},
                                          {"balance", "Balance"},
                                          {"risk", "Races and incidents"},
                                          {"history", "Background"},
                                          {"trust", "Can I trust this?"},
                                          {"sources", "Data and method"}}};
    std::string html = "<nav aria-label=\"" + say("Contents") + "\">";
    for (const auto& [id, words] : links)
      if (body.find(fmt::format(" id=\"{}\"", id)) != std::string::npos)
        html += fmt::format("<a href=\"#{}\">{}</a>", id, say(words));
    return html + "</nav>\n";
  }

  /// The chart of the focus, with its events; a live page adds one slider and what follows from it.
  std::string hero() const {
    return fmt::format("<section id=\"top\" class=\"{}\">{}{}</section>",
                       live_ ? "hero tried" : "hero", hero_figure(b_, narrative_),
                       live_ ? hero_controls(b_) : "");
  }

  std::string policy() const {
    const FuturesSection futures(b_);
    const std::string tables = futures.comparison_tables();
    return "<section id=\"policy\"><h2>" + say("Try a policy") + "</h2>" + pickers() + "\n" +
           (live_ ? live_section(b_, *live_, *measured_, first_chart()) : futures.charts()) +
           futures.scenario_words() +
           (tables.empty() ? ""
                           : "<details><summary>" + say("All scenarios as a table") + "</summary>" +
                                 tables + "</details>") +
           "</section>";
  }

  std::string pickers() const {
    const auto legend = [&](Sentence words) { return "<legend>" + say(words) + "</legend>"; };
    std::string html = "<div class=\"pickers\"><fieldset>" + legend("Country");
    for (StateIndex i = 0; i < panel_.size(); ++i)
      if (exists(i, Quantity::milex)) html += chip("state", i, name(i), i == base_.focus);
    html += "</fieldset><fieldset>" + legend("Unit") + chip("unit", 0, say("share of GDP"), true) +
            chip("unit", 1, escape(money_.unit), false) + "</fieldset><fieldset>" +
            legend("Scenario");
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
  const Measured* measured_;
  Narrative narrative_;
};

}  // namespace

std::string render(const Briefing& briefing, Language language, const LivePage* live) {
  const Briefing own = localised(briefing, language);
  if (!live) return Page(own, nullptr, nullptr).whole(nullptr);
  const Measured measured = measure(briefing, *live);
  const Briefing other = localised(briefing, other_than(language));
  const Page translation(other, live, &measured);
  return Page(own, live, &measured).whole(&translation);
}

}  // namespace tenbin
