// SPDX-License-Identifier: Apache-2.0
#include "tenbin/futures/threats.hpp"

#include <algorithm>
#include <map>

#include "tenbin/futures/risk.hpp"
#include "tenbin/num/elementary.hpp"

namespace tenbin {
namespace {

using Pair = std::pair<StateIndex, StateIndex>;

Pair pair_of(StateIndex a, StateIndex b) { return std::minmax(a, b); }

/// Yearly risks of each dyad.
std::map<Pair, Danger> risks_of(const Past& past, bool by_model) {
  std::map<Pair, Danger> risks;
  if (by_model)
    for (const DisputeRisk& r : dispute_risks(past))
      risks[{r.a, r.b}] = {r.risk[static_cast<std::size_t>(Severity::fatal)].mean,
                           r.risk[static_cast<std::size_t>(Severity::force)].mean};
  else if (const DangerModel* model = danger_model(past.panel(), past.year()))
    for (const DangerDyad& d : past.danger().dyads(past.year()))
      risks[{d.a, d.b}] = danger_of(*model, d.x);
  return risks;
}

/// The newest row up to a year that fits; null: there is none.
template <class Row, class Fits>
const Row* newest(const std::vector<Row>& rows, int year, Fits&& fits) {
  const Row* found = nullptr;
  for (const Row& r : rows)
    if (r.year <= year && fits(r) && (found == nullptr || r.year > found->year)) found = &r;
  return found;
}

/// Fills the evidence: hostility and its basis, warheads, range, persons under arms, indicators.
void describe(const Past& past, Threat& t) {
  const Panel& panel = past.panel();
  const int year = past.year();
  for (const Spell& s : panel.rivalries)
    if (s.holds(year) && pair_of(s.a, s.b) == pair_of(t.threatened, t.other) &&
        s.value >= t.hostility) {
      t.hostility = s.value;
      t.basis = s.basis;
    }
  const auto of_other = [&](const auto& row) { return row.state == t.other; };
  const auto* arms = newest(panel.nuclear, year, of_other);
  t.warheads = panel.nuclear.empty() ? missing : arms != nullptr ? arms->warheads : 0;
  const auto* people = newest(panel.personnel, year, of_other);
  t.personnel = people != nullptr ? people->personnel : missing;
  for (const Missile& m : panel.missiles)
    if (m.state == t.other && m.in_service <= year) t.range = std::max(t.range, m.range_km);
  const State &here = panel.states[t.threatened], &there = panel.states[t.other];
  t.reaches = t.range > 0 && here.has_place() && there.has_place() &&
              great_circle(here.lat, here.lon, there.lat, there.lon) <= t.range;
  for (const IndicatorRow& r : panel.indicators)
    if (r.year == year && r.actor == t.other && (r.target == t.threatened || r.target == -1))
      t.indicators.push_back(r);
}

/// The stock of the other as far as it bears on the threatened.
void weigh(const Past& past, Threat& t) {
  const Topology& topology = past.topology();
  const Relations<double>& relations = past.relations(past.year());
  for (std::size_t k = 0; k < topology.threats.size(); ++k)
    if (topology.threats[k].i == t.threatened && topology.threats[k].j == t.other)
      t.money = relations.threat_weight[k] * past.stock(t.other, past.year());
  t.purchasing = t.money / military_price(past.panel(), t.other, past.year());
}

/// Shares of each measure among the threats of one state. A measure that is not known of one that
/// weighs anything is not known of any.
void share(std::span<Threat> of_state) {
  const auto divide = [&](auto&& value, double Threat::*share) {
    double total = 0;
    for (const Threat& t : of_state)
      if (const double v = value(t); t.money > 0 || known(v)) total += v;
    for (Threat& t : of_state) t.*share = total > 0 ? value(t) / total : missing;
  };
  divide([](const Threat& t) { return t.money; }, &Threat::money_share);
  divide([](const Threat& t) { return t.money > 0 ? t.purchasing : 0.0; },
         &Threat::purchasing_share);
  divide([](const Threat& t) { return known(t.fatal) ? -log1p(-t.fatal) : missing; },
         &Threat::risk_share);
  divide([](const Threat& t) { return t.money > 0 ? t.money * t.fatal : 0.0; },
         &Threat::money_risk_share);
  std::stable_sort(of_state.begin(), of_state.end(), [](const Threat& x, const Threat& y) {
    const auto key = [](const Threat& t) {
      return std::pair(t.part(), known(t.risk_share) ? t.risk_share : 0.0);
    };
    return key(x) > key(y);
  });
}

}  // namespace

Threats threats(const Past& past) {
  const Panel& panel = past.panel();
  Threats result{.year = past.year(), .by_model = !past.dyads().empty()};
  const auto risks = risks_of(past, result.by_model);
  std::map<Pair, std::size_t> pairs;  // with hostility or a risk
  for (const auto& [pair, risk] : risks) pairs.emplace(pair, 0);
  for (const Spell& s : panel.rivalries)
    if (s.holds(past.year())) pairs.emplace(pair_of(s.a, s.b), 0);
  for (StateIndex i = 0; i < panel.size(); ++i) {
    const std::size_t first = result.pairs.size();
    for (const auto& [pair, unused] : pairs) {
      if (pair.first != i && pair.second != i) continue;
      Threat t{.threatened = i,
               .other = pair.first == i ? pair.second : pair.first,
               .fatal = missing,
               .force = missing};
      if (const auto found = risks.find(pair); found != risks.end())
        t.fatal = found->second.fatal, t.force = found->second.force;
      weigh(past, t);
      describe(past, t);
      result.pairs.push_back(std::move(t));
    }
    share(std::span(result.pairs).subspan(first));
  }
  std::map<Pair, Guest> guests;  // by host and guest
  for (const PresenceRow& r : panel.presence)
    if (Guest& g = guests[{r.host, r.guest}]; r.year <= past.year() && r.year >= g.year)
      g = {r.guest, r.host, r.year, r.troops};
  for (const auto& [pair, guest] : guests)
    if (guest.troops > 0) result.guests.push_back(guest);
  return result;
}

}  // namespace tenbin
