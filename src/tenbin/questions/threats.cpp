// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/threats.hpp"

#include <algorithm>
#include <cmath>

#include "tenbin/page/words.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

constexpr double least_share = 0.02;       // share of some measure
constexpr double least_risk_share = 0.05;  // of the risk, where the two are no rivals

/// The matrix of who threatens whom, in four measures.
struct ThreatsQuestion {
  static constexpr QuestionSpec spec{
      .name = "threats",
      .about = About::panel,
      .settings = "state",
      .summary = "who threatens whom: by money, purchasing power, risk, and money times risk"};

  explicit ThreatsQuestion(const Inputs& inputs)
      : panel(*inputs.panel), found(tenbin::threats(*inputs.past)) {
    if (!inputs.settings.state) return;
    const StateIndex only = state_named(*inputs.settings.state, panel);
    std::erase_if(found.pairs, [&](const Threat& t) { return t.threatened != only; });
    std::erase_if(found.guests, [&](const Guest& g) { return g.host != only; });
  }
  TidyTable table() const;
  std::string text() const;

  const Panel& panel;
  Threats found;
};

/// Columns threatened, other, year, hostility, basis, money and purchasing_power (M USD that bear
/// on the state), force, fatal (yearly probabilities), money_share, purchasing_power_share,
/// risk_share, money_risk_share, warheads, range_km, reaches (1 or 0), personnel, indicators.
TidyTable ThreatsQuestion::table() const {
  TidyTable table;
  table.text("threatened");
  table.text("other");
  table.integer("year");
  table.number("hostility");
  table.text("basis");
  for (const char* name :
       {"money", "purchasing_power", "force", "fatal", "money_share", "purchasing_power_share",
        "risk_share", "money_risk_share", "warheads", "range_km"})
    table.number(name);
  table.integer("reaches");
  table.number("personnel");
  table.text("indicators");
  for (const Threat& t : found.pairs) {
    std::string indicators;
    for (const IndicatorRow& r : t.indicators)
      indicators += fmt::format("{}{}: {}", indicators.empty() ? "" : "; ", r.indicator, r.value);
    table << panel.states[t.threatened].id << panel.states[t.other].id << found.year << t.hostility
          << t.basis << t.money << t.purchasing << t.force << t.fatal << t.money_share
          << t.purchasing_share << t.risk_share << t.money_risk_share << t.warheads << t.range
          << int{t.reaches} << t.personnel << indicators;
  }
  return table;
}

std::string percent_or_blank(double share) {
  return known(share) ? fmt::format("{:.0f} %", 100 * share) : "";
}

/// A probability with two digits at most.
std::string of_hundred(double p) {
  if (!known(p)) return "";
  return p >= 0.1 ? fmt::format("{:.0f} %", 100 * p) : fmt::format("{:.1f} %", 100 * p);
}

std::string ThreatsQuestion::text() const {
  std::string text = fmt::format(
      "Who threatens whom in {}: each one's share, by four measures\n"
      "money: stock at market prices, as far as hostility and reach make it bear on the state; "
      "purchasing power: the same at\nmilitary price levels; risk: yearly chance of a dispute with "
      "a death, {};\nmoney x risk: their product. A description, not a forecast of anybody's "
      "answer.\n\n",
      found.year,
      found.by_model ? "by the dispute model"
                     : "by the structural danger, without the dyad's past");
  AlignedText rows("<<>>>>>>><");
  rows.row({"", "from", "money", "purchasing", "risk", "money x risk", "with force", "with a death",
            "warheads", "rivals because of"});
  StateIndex last = -1;
  for (const Threat& t : found.pairs) {
    const bool first = t.threatened != last;
    const auto small = [](double share) { return !(share >= least_share); };
    const bool rivals = t.hostility > 0;
    if (!first && small(t.money_share) && small(t.money_risk_share) &&
        !(t.risk_share >= (rivals ? least_share : least_risk_share)))
      continue;
    last = t.threatened;
    rows.row({first ? panel.states[t.threatened].id : "", panel.states[t.other].id,
              rivals ? percent_or_blank(t.money_share) : "",
              rivals ? percent_or_blank(t.purchasing_share) : "", percent_or_blank(t.risk_share),
              rivals ? percent_or_blank(t.money_risk_share) : "", of_hundred(t.force),
              of_hundred(t.fatal), known(t.warheads) ? fmt::format("{:.0f}", t.warheads) : "",
              rivals ? t.basis : "no rivals"});
  }
  text += rows.text();
  if (!found.guests.empty()) {
    text += "\nForeign troops: ";
    for (std::size_t k = 0; k < found.guests.size(); ++k) {
      const Guest& g = found.guests[k];
      say(text, "{}{} {:.0f} in {} ({})", k > 0 ? ", " : "", panel.states[g.guest].id, g.troops,
          panel.states[g.host].id, g.year);
    }
    text += ".\n";
  }
  return text;
}

}  // namespace

QuestionEntry threats_question() { return entry_of<ThreatsQuestion>(); }

}  // namespace tenbin
