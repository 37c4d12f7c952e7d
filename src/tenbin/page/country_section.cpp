// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/country_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tenbin/page/answer_charts.hpp"
#include "tenbin/page/phrases.hpp"
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
        "<section id=\"countries\"><h2>{}</h2><p class=\"soft\">{}</p>{}{}</section>",
        say(phrases.countries),
        say(phrases.countries_chart, arg("from", panel_.first_year), arg("plans", f_.plans()),
            arg("to", base_.end)),
        charts(near),
        others.empty() ? ""
                       : fmt::format("<details><summary>{}</summary>{}</details>",
                                     say(phrases.countries_others), others));
  }

 private:
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
