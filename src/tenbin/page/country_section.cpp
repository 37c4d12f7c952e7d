// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/country_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "tenbin/page/answer_charts.hpp"
#include "tenbin/page/chart_table.hpp"
#include "tenbin/page/palette.hpp"
#include "tenbin/page/phrases.hpp"
#include "tenbin/page/section_charts.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {
namespace {

using fmt::arg;

class CountrySection : Section {
 public:
  CountrySection(const Briefing& b, const Narrative& narrative) : Section(b), f_(narrative) {}

  std::string whole() const {
    std::vector<StateIndex> near = f_.neighbours(), far;
    std::stable_partition(near.begin(), near.end(), [&](StateIndex i) { return i == base_.focus; });
    for (StateIndex i = 0; i < panel_.size(); ++i)
      if (std::ranges::find(near, i) == near.end()) far.push_back(i);
    const std::string others = charts(far);
    return fmt::format(
        "<section id=\"countries\"><h2>{}</h2><p class=\"soft\">{}</p>{}{}{}</section>",
        say(phrases.countries),
        say(phrases.countries_chart, arg("from", panel_.first_year), arg("plans", f_.plans()),
            arg("to", base_.end)),
        charts(near), together(near),
        others.empty() ? ""
                       : fmt::format("<details><summary>{}</summary>{}</details>",
                                     say(phrases.countries_others), others));
  }

 private:
  static constexpr int stacked_years = 20;  // before today

  /// Countries with figures in all of the stacked years, by spending in the last year, the largest
  /// first.
  std::vector<StateIndex> stacked(std::vector<StateIndex> states) const {
    std::erase_if(states, [&](StateIndex i) {
      if (!exists(i, Quantity::milex)) return true;
      for (int year = first_stacked(); year <= base_.start; ++year)
        if (!panel_.cell(i, year).present()) return true;
      return false;
    });
    std::ranges::stable_sort(states, std::greater{}, [&](StateIndex i) { return ending(i); });
    return states;
  }
  int first_stacked() const { return std::max(panel_.first_year, base_.start - stacked_years); }
  double ending(StateIndex i) const { return b_.scenarios[0].milex.at(base_.end, i).median(); }

  /// Spending of some countries together, and their order then and now.
  std::string together(const std::vector<StateIndex>& near) const {
    const std::vector<StateIndex> states = stacked(near);
    if (states.size() < 2) return "";
    StackedChart chart{.first_year = first_stacked(), .now = base_.start, .scale = money_.axis()};
    ChartTable ranks{{say("Country"), say("Spending in {year}", arg("year", base_.start)),
                      say("Place in {year}", arg("year", base_.start)),
                      say("Median in {year}", arg("year", base_.end)),
                      say("Place in {year}", arg("year", base_.end))},
                     {}};
    std::vector<StateIndex> today = states;
    const auto now = [&](StateIndex i) { return panel_.cell(i, base_.start).milex; };
    std::ranges::stable_sort(today, std::greater{}, now);
    for (std::size_t k = 0; k < states.size(); ++k) {
      const StateIndex i = states[k];
      StackedChart::Row row{capitalised(short_name(panel_.states[i])), {}, colour(i, k)};
      for (int year = chart.first_year; year <= base_.start; ++year)
        row.amount.push_back(panel_.cell(i, year).milex);
      for (int year = base_.start + 1; year <= base_.end; ++year)
        row.amount.push_back(b_.scenarios[0].milex.at(year, i).median());
      ranks.rows.push_back({row.name, money_.text(now(i)),
                            fmt::to_string(1 + (std::ranges::find(today, i) - today.begin())),
                            money_.text(ending(i)), fmt::to_string(k + 1)});
      chart.rows.push_back(std::move(row));
    }
    const std::string title =
        say("Spending of these countries together, observed and medians on {plans}, billion {unit}",
            arg("plans", f_.plans()), arg("unit", money_.unit));
    chart.label = in_words(title, ranks);
    return fmt::format(
        "<details><summary>{}</summary><figure class=\"card coverage\" "
        "tabindex=\"0\"><figcaption>{}</figcaption>{}{}</figure><p class=\"soft\">{}</p></details>",
        say("Total and ranking"), title, draw(chart), as_table(ranks, b_.language),
        say("Countries with figures in every year since {year}; a sum of medians is not the median "
            "of the sum.",
            arg("year", chart.first_year)));
  }

  /// The focus and its rival in the colours of all charts, others in two greys by turns.
  const char* colour(StateIndex i, std::size_t place) const {
    if (i == base_.focus) return palette::own;
    if (f_.rival() == i) return palette::rival_light;
    return place % 2 ? "#c9ced2" : "#dfe3e6";
  }

  /// Charts of some countries, in each unit on an axis of their own kind: shares on one that all
  /// share, money on one for each.
  std::string charts(const std::vector<StateIndex>& states) const {
    std::string html;
    for (const Quantity q : quantities) {
      double highest = 0;
      for (const StateIndex i : states) highest = std::max(highest, top(i, q));
      std::string figures;
      for (const StateIndex i : states)
        if (exists(i, q)) figures += figure(i, q, q == Quantity::burden ? highest : top(i, q));
      if (!figures.empty())
        html += fmt::format("<div class=\"pick unit-{}\"><div class=\"small\">{}</div></div>",
                            static_cast<int>(q == Quantity::milex), figures);
    }
    return html;
  }

  double observed(StateIndex i, Quantity q, int year) const {
    const MilexCell& c = panel_.cell(i, year);
    return q == Quantity::burden ? c.burden : c.milex;
  }

  /// The largest number that the chart of a country shows; 0 where it has none.
  double top(StateIndex i, Quantity q) const {
    if (!exists(i, q)) return 0;
    double high = 0;
    for (int year = panel_.first_year; year <= base_.start; ++year)
      if (const double v = observed(i, q, year); known(v)) high = std::max(high, v);
    for (int year = base_.start; year <= base_.end; ++year)
      high = std::max(high, series(b_.scenarios[0], q).at(year, i).high80());
    return high;
  }

  std::string figure(StateIndex i, Quantity q, double highest) const {
    SmallFan c{.first_year = panel_.first_year,
               .start = base_.start,
               .end = base_.end,
               .highest = highest,
               .own = i == base_.focus};
    for (int year = panel_.first_year; year <= base_.start; ++year)
      c.observed.push_back(observed(i, q, year));
    for (int year = base_.start; year <= base_.end; ++year) {
      const Band& band = series(b_.scenarios[0], q).at(year, i);
      c.low.push_back(band.low80());
      c.middle.push_back(band.median());
      c.high.push_back(band.high80());
    }
    const auto text = [&](double v) {
      return q == Quantity::burden ? share_text(v) : money_.text(v);
    };
    c.text = text(c.middle.back());
    c.label = say("{state}: {from} {now}, {year} {median} ({low} to {high})",
                  arg("state", panel_.states[i].name), arg("from", base_.start),
                  arg("now", known(c.observed.back()) ? text(c.observed.back()) : "?"),
                  arg("year", base_.end), arg("median", c.text), arg("low", text(c.low.back())),
                  arg("high", text(c.high.back())));
    return fmt::format("<figure><figcaption>{}</figcaption>{}</figure>",
                       isolated(capitalised(short_name(panel_.states[i]))), draw(c));
  }

  const Narrative& f_;
};

}  // namespace

std::string country_section(const Briefing& briefing, const Narrative& narrative) {
  return CountrySection(briefing, narrative).whole();
}

}  // namespace tenbin
