// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/covariates.hpp"

#include <algorithm>
#include <map>

namespace tenbin {

namespace {

/// arcsin of x in [0, sqrt 1/2], radians; Newton on our own sine, so that distances have the same
/// bits everywhere.
double arcsine(double x) {
  constexpr double turn = 6.28318530717958647693;
  double y = x;
  for (int k = 0; k < 6; ++k) y += (x - cos_two_pi(y / turn - 0.25)) / cos_two_pi(y / turn);
  return y;
}

}  // namespace

double great_circle(double lat_a, double lon_a, double lat_b, double lon_b) {
  const auto sine = [](double degrees) { return cos_two_pi(degrees / 360 - 0.25); };
  const auto cosine = [](double degrees) { return cos_two_pi(degrees / 360); };
  const double a = sine((lat_b - lat_a) / 2), b = sine((lon_b - lon_a) / 2);
  const double h = clamp(a * a + cosine(lat_a) * cosine(lat_b) * b * b, 0.0, 1.0);
  constexpr double right_angle = 1.57079632679489661923;
  const double half_angle =
      h <= 0.5 ? arcsine(square_root(h)) : right_angle - arcsine(square_root(1 - h));
  return 2 * earth_radius * half_angle;
}

std::vector<double> distances(const Panel& panel, std::span<const Link> links) {
  std::vector<double> result;
  for (const Link& l : links) {
    const State &a = panel.states[l.i], &b = panel.states[l.j];
    result.push_back(a.has_place() && b.has_place() ? great_circle(a.lat, a.lon, b.lat, b.lon)
                                                    : missing);
  }
  return result;
}

Topology topology(const Panel& panel) {
  Topology result{.states = panel.size(), .stock_rule = panel.stock_rule};
  const auto add = [](std::vector<Link>& links, StateIndex i, StateIndex j) {
    for (const Link& l : links)
      if (l.i == i && l.j == j) return;
    links.push_back({i, j});
  };
  for (const Spell& s : panel.rivalries)
    add(result.threats, s.a, s.b), add(result.threats, s.b, s.a);
  for (const Spell& s : panel.ties)
    add(result.covers, s.b, s.a);  // the protected counts the protector
  const auto order = [](const Link& x, const Link& y) {
    return std::pair(x.i, x.j) < std::pair(y.i, y.j);
  };
  std::sort(result.threats.begin(), result.threats.end(), order);
  std::sort(result.covers.begin(), result.covers.end(), order);
  result.distance = distances(panel, result.threats);
  return result;
}

Relations<double> relations(const Panel& panel, const Topology& topology, int year) {
  const int n = panel.size();
  const auto key = [n](StateIndex i, StateIndex j) { return i * n + j; };
  std::map<int, double> hostility, cover;
  const auto raise = [](std::map<int, double>& m, int k, double value) {
    m[k] = std::max(m[k], value);
  };
  for (const Spell& s : panel.rivalries)
    if (s.holds(year))
      raise(hostility, key(s.a, s.b), s.value), raise(hostility, key(s.b, s.a), s.value);
  for (const Spell& s : panel.ties)
    if (s.holds(year)) raise(cover, key(s.b, s.a), s.value);
  const auto value = [&](const std::map<int, double>& m, const Link& l) {
    const auto found = m.find(key(l.i, l.j));
    return found == m.end() ? 0.0 : found->second;
  };
  Relations<double> r;
  for (const Link& l : topology.threats) r.hostility.push_back(value(hostility, l));
  for (const Link& l : topology.covers) r.cover.push_back(value(cover, l));
  r.reach.assign(n, 0.0);
  for (const Missile& m : panel.missiles)
    if (m.in_service <= year) r.reach[m.state] = std::max(r.reach[m.state], m.range_km);
  const std::vector<char> major = majors_in(panel, year);
  for (const Link& l : topology.covers) r.by_major.push_back(major[l.j]);
  r.weight.assign(n, 1.0);
  r.bearing.resize(topology.threats.size());
  r.threat_weight.resize(topology.threats.size());
  r.cover_weight.resize(topology.covers.size());
  weigh(topology, r);
  return r;
}

std::vector<double> stocks(const Panel& panel) {
  const StockRule& rule = panel.stock_rule;
  const int years = panel.years();
  std::vector<double> stock(static_cast<std::size_t>(panel.size()) * years, 0.0);
  for (StateIndex i = 0; i < panel.size(); ++i) {
    double* const k = stock.data() + static_cast<std::size_t>(i) * years;
    int last = -1;  // place of the last year with expenditure
    for (int t = 0; t < years; ++t) {
      const MilexCell& cell = panel.cell(i, panel.first_year + t);
      if (!cell.present()) {
        if (t > 0) k[t] = next_stock(rule, k[t - 1], 0.0);
        continue;
      }
      if (last < 0) {
        k[t] = cell.milex / (rule.decay + rule.prior_growth);
      } else {
        const int gap = t - last;
        if (gap > 1 && gap <= longest_bridged_gap + 1) {  // fill the missing years log-linearly
          const double from = panel.cell(i, panel.first_year + last).milex;
          const double slope = log(cell.milex / from) / gap;
          for (int s = last + 1; s < t; ++s)
            k[s] = next_stock(rule, k[s - 1], from * exp(slope * (s - last)));
        }
        k[t] = next_stock(rule, k[t - 1], cell.milex);
      }
      last = t;
    }
  }
  return stock;
}

Wedge wedge_of(double gap, int years) {
  const double lasting = Wedge::lasting_sd * Wedge::lasting_sd,
               decade = Wedge::decade_sd * Wedge::decade_sd;
  const double part = lasting / (lasting + decade * 10 / years);
  return {.mean = part * gap, .sd = square_root(lasting * (1 - part) + decade)};
}

std::vector<double> unrests(const Panel& panel) {
  constexpr double way = 0.1;  // of the usual change towards the newest
  std::vector<double> result;
  for (StateIndex i = 0; i < panel.size(); ++i) {
    double unrest = Unrest::start, usual = panel.stock_rule.prior_growth;
    for (int year = panel.first_year; year <= panel.last_year; ++year) {
      const MilexCell &c = panel.cell(i, year), &before = panel.cell(i, year - 1);
      if (c.present() && before.present()) {
        const double change = clamp(log(c.milex / before.milex), -Limits::growth, Limits::growth);
        unrest = with_shock(unrest, change - usual);
        usual += way * (change - usual);
      }
      result.push_back(unrest);
    }
  }
  return result;
}

}  // namespace tenbin
