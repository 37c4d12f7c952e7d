// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "tenbin/page/narrative.hpp"
#include "tenbin/page/page.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

using Json = nlohmann::ordered_json;

/// Six significant digits, null for NaN: what a reader can copy.
Json number(double x) {
  if (!known(x)) return nullptr;
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", x);
  return Json::parse(text);
}

Json band_json(const Band& b) {
  if (!b.exists) return nullptr;
  Json list = Json::array();
  for (const double q : b.quantile) list.push_back(number(q));
  return list;
}

/// [state][year] of something with a band.
template <class Get>
Json by_state_and_year(const Scenario& s, int states, Get&& get) {
  Json all = Json::array();
  for (int i = 0; i < states; ++i) {
    Json years = Json::array();
    for (int year = s.start; year <= s.end; ++year) years.push_back(get(year, i));
    all.push_back(std::move(years));
  }
  return all;
}

Json scenario_json(const ScenarioAnswers& a, const Panel& panel, Language language, bool bands) {
  const Scenario& s = a.scenario;
  Json levers = Json::array();
  for (const Lever& l : s.levers) {
    const LeverWords w = words(l, panel, language);
    levers.push_back(
        {{"does", w.does}, {"held", w.held}, {"responds", w.responds}, {"why", w.why}});
  }
  Json j{{"id", s.id}, {"name", s.name}, {"about", s.about}, {"levers", levers}};
  if (!bands) return j;
  j["burden"] = by_state_and_year(s, panel.size(),
                                  [&](int year, int i) { return band_json(a.burden.at(year, i)); });
  j["milex"] = by_state_and_year(s, panel.size(),
                                 [&](int year, int i) { return band_json(a.milex.at(year, i)); });
  if (a.burden_change.states > 0) {
    const auto difference = [](const Difference& d) {
      return d.band.exists ? Json{{"band", band_json(d.band)},
                                  {"positive", number(d.positive.p)},
                                  {"negative", number(d.negative.p)}}
                           : Json(nullptr);
    };
    j["burden_change"] = by_state_and_year(
        s, panel.size(), [&](int year, int i) { return difference(a.burden_change.at(year, i)); });
    j["milex_change"] = by_state_and_year(
        s, panel.size(), [&](int year, int i) { return difference(a.milex_change.at(year, i)); });
  }
  return j;
}

/// Who threatens whom at the start, by each measure.
Json threats_json(const Briefing& b) {
  Json list = Json::array();
  for (const Threat& t : b.threats.pairs)
    list.push_back({{"threatened", b.panel.states[t.threatened].id},
                    {"by", b.panel.states[t.other].id},
                    {"money", number(t.money_share)},
                    {"purchasing_power", number(t.purchasing_share)},
                    {"risk", number(t.risk_share)},
                    {"money_risk", number(t.money_risk_share)},
                    {"chance_of_death", number(t.fatal)},
                    {"hostility", number(t.hostility)},
                    {"basis", t.basis}});
  return list;
}

/// [way of counting]: the ratio of the blocs' stocks by scenario and year.
Json balance_json(const Briefing& b) {
  Json cuts = Json::object();
  for (const BalanceAnswers& answers : b.balance) {
    Json scenarios = Json::array();
    for (const auto& years : answers.years) {
      scenarios.push_back(Json::array());
      for (const BalanceYear& y : years) scenarios.back().push_back(band_json(y.ratio));
    }
    cuts[std::string(balance_cut_names[static_cast<std::size_t>(answers.cut)])] =
        std::move(scenarios);
  }
  return cuts;
}

}  // namespace

std::string page_data(const Briefing& b, bool bands) {
  const Scenario& base = b.scenarios[0].scenario;
  const Panel& panel = b.panel;
  Json j{{"format", 1}, {"creator", b.creator}};
  j["panel"] = {{"name", panel.name},         {"vintage", panel.vintage},
                {"hash", panel.hash},         {"disputes_hash", panel.disputes_hash},
                {"currency", panel.currency}, {"price_year", panel.price_year}};
  j["start"] = base.start;
  j["end"] = base.end;
  j["futures"] = base.futures;
  j["seed"] = base.seed;
  j["focus"] = panel.states[base.focus].id;
  const Narrative narrative(b);
  j["headline"] = narrative.headline();
  j["deck"] = narrative.deck();
  j["levels"] = band_levels;
  Json states = Json::array();
  for (int i = 0; i < panel.size(); ++i) {
    Json observed = Json::array();
    for (int year = panel.first_year; year <= panel.last_year; ++year) {
      const MilexCell& c = panel.cell(i, year);
      if (c.present())
        observed.push_back({{"year", year},
                            {"milex", number(c.milex)},
                            {"burden", number(c.burden)},
                            {"imputed", c.kind == MilexKind::imputed}});
    }
    states.push_back({{"id", panel.states[i].id},
                      {"name", panel.states[i].name},
                      {"observed", std::move(observed)}});
  }
  j["states"] = std::move(states);
  j["scenarios"] = Json::array();
  for (const ScenarioAnswers& a : b.scenarios)
    j["scenarios"].push_back(scenario_json(a, panel, b.language, bands));
  j["parameters"] = Json::array();
  for (const ParameterRow& r : b.parameters)
    j["parameters"].push_back({{"equation", equation_name(r.spec->equation)},
                               {"name", r.spec->name},
                               {"mean", number(r.summary.mean)},
                               {"sd", number(r.summary.sd)},
                               {"q05", number(r.summary.q05)},
                               {"q95", number(r.summary.q95)},
                               {"rhat", number(r.summary.rhat)},
                               {"prior_driven", r.prior_driven}});
  if (!b.threats.pairs.empty()) j["threats"] = threats_json(b);
  if (!b.balance.empty()) j["balance"] = balance_json(b);
  j["notes"] = b.notes;
  std::string text = j.dump(-1, ' ', false, Json::error_handler_t::replace);
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos; at += 6)
    text.replace(at, 1, "\\u003c");  // never ends its element
  return text;
}

}  // namespace tenbin
