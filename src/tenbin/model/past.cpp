// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/past.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace tenbin {
namespace {

std::atomic<std::size_t> built{0};

bool in_order(const Link& a, const Link& b) { return a.i != b.i ? a.i < b.i : a.j < b.j; }

/// Place of a link, or -1.
int place_of(const std::vector<Link>& links, StateIndex i, StateIndex j) {
  const auto found = std::lower_bound(links.begin(), links.end(), Link{i, j}, in_order);
  if (found == links.end() || found->i != i || found->j != j) return -1;
  return static_cast<int>(found - links.begin());
}

/// Years from which relations may differ from those of the year before.
std::set<int> turning_points(const Panel& panel) {
  std::set<int> years;
  for (const auto* spells : {&panel.rivalries, &panel.ties})
    for (const Spell& s : *spells) {
      years.insert(s.start);
      if (s.end != still_going) years.insert(s.end + 1);
    }
  for (const Missile& m : panel.missiles) years.insert(m.in_service);
  for (const Major& m : panel.majors) {
    years.insert(m.start);
    if (m.end != still_going) years.insert(m.end + 1);
  }
  return years;
}

/// Pairs of the panel's spells and of the dyads.
Topology whole_topology(const Panel& panel, const std::vector<Dyad>& dyads) {
  Topology t = topology(panel);
  if (dyads.empty()) return t;
  for (const Dyad& d : dyads) add_link(t.threats, d.a, d.b), add_link(t.threats, d.b, d.a);
  t.distance = distances(panel, t.threats);
  return t;
}

/// Growth of GDP between two years with known shares of GDP.
double gdp_growth(const MilexCell& now, const MilexCell& before) {
  const auto log_gdp = [](const MilexCell& x) { return log(x.milex) - log(x.burden); };
  return clamp(log_gdp(now) - log_gdp(before), -Limits::gdp_growth, Limits::gdp_growth);
}

/// The row of a state's year with the covariates of the year before; the figures of three years
/// must be there.
Row row_of(const Past& past, const Felt<double>& before, StateIndex i, int year) {
  const Panel& panel = past.panel();
  const MilexCell &c = panel.cell(i, year), &c1 = panel.cell(i, year - 1),
                  &c2 = panel.cell(i, year - 2);
  const GrowthMemory<double> memory = past.memory(i, year - 1);
  return {
      .state = i,
      .year = year,
      .milex_growth = clamp(log(c.milex / c1.milex), -Limits::growth, Limits::growth),
      .milex_growth_lag = clamp(log(c1.milex / c2.milex), -Limits::growth_lag, Limits::growth_lag),
      .log_burden_lag = clamp(log(c1.burden), Limits::log_burden_low, Limits::log_burden_high),
      .gdp_growth = gdp_growth(c, c1),
      .gdp_growth_lag = known(c2.burden) ? gdp_growth(c1, c2) : missing,
      .own_growth_lag = memory.own,
      .world_growth_lag = memory.world,
      .income_lag = memory.income,
      .threat_lag = before.threat,
      .support_lag = before.support,
      .rival_growth_lag = clamp(before.rival_rise, -Limits::rise, Limits::rise),
      .ally_growth_lag = clamp(before.ally_rise, -Limits::rise, Limits::rise),
      .unrest_lag = log_unrest(past.unrest(i, year - 1)),
      .treaty_lag = before.treaty,
      .danger_lag = past.danger(i, year - 1),
      .presence_lag = past.safety().presence(i, year - 1),
      .war = past.safety().war(i, year),
      .exposure = past.safety().exposure(i, year)};
}

/// Whether a state's year has the figures that a row needs.
bool has_row(const Panel& panel, StateIndex i, int year) {
  const MilexCell &c = panel.cell(i, year), &c1 = panel.cell(i, year - 1);
  return c.observed() && c1.observed() && panel.cell(i, year - 2).observed() && known(c.burden) &&
         known(c1.burden);
}

}  // namespace

Past::Past(std::shared_ptr<const Panel> whole, int year)
    : panel_(cut(std::move(whole), year)),
      year_(year),
      stocks_(tenbin::stocks(*panel_)),
      unrests_(unrests(*panel_)),
      disputes_(*panel_, stocks_),
      danger_(*panel_, stocks_),
      safety_(*panel_),
      dangers_(find_dangers()),
      dispute_lack_(tenbin::dispute_lack(*panel_, disputes_, year)),
      no_disputes_(tenbin::no_disputes(*panel_, dispute_lack_, year)),
      dyads_(find_dyads()),
      topology_(whole_topology(*panel_, dyads_)),
      relations_(find_relations()),
      real_(*panel_, MoneyKind::real),
      nominal_(*panel_, MoneyKind::nominal) {
  find_links(topology_, dyads_);
  find_lasting();
  incomes_ = find_incomes();
  wedges_ = find_wedges();
  rows_ = find_rows();
  mean_danger_ = find_mean_dangers();
  for (Row& r : rows_) {
    r.danger_mean = mean_danger_[r.state];
    r.danger_lag -= r.danger_mean;
  }
  ++built;
}

const Relations<double>& Past::relations(int year) const {
  const auto next = std::upper_bound(relations_.begin(), relations_.end(), year,
                                     [](int y, const Span& s) { return y < s.first; });
  return std::prev(next)->relations;
}

std::vector<Dyad> Past::find_dyads() const {
  std::vector<Dyad> dyads;
  if (!no_disputes_.empty()) return dyads;
  for (StateIndex a = 0; a < panel_->size(); ++a)
    for (StateIndex b = a + 1; b < panel_->size(); ++b) {
      if (!disputes_.relevant(a, b, year_)) continue;
      if (const auto x = disputes_.covariates(a, b, year_))
        dyads.push_back({.a = a,
                         .b = b,
                         .key = dyad_key(panel_->states[a].id, panel_->states[b].id),
                         .log_distance = (*x)[distance],
                         .land_border = (*x)[land_border],
                         .democracy = (*x)[democracy],
                         .past = *disputes_.history(a, b, year_)});
    }
  return dyads;
}

std::vector<Past::Span> Past::find_relations() const {
  constexpr int ever = std::numeric_limits<int>::min();
  std::vector<Span> spans{{ever, tenbin::relations(*panel_, topology_, ever)}};
  for (const int year : turning_points(*panel_))
    spans.push_back({year, tenbin::relations(*panel_, topology_, year)});
  return spans;
}

double Past::danger(StateIndex i, int year) const {
  if (dangers_.empty()) return typical_danger;
  const double p = of_year(dangers_, i, year, missing);
  return known(p) ? p : typical_danger;
}

std::vector<double> Past::find_dangers() const {
  const DangerModel* model = danger_model(*panel_, year_);
  std::vector<double> dangers;
  if (model == nullptr) return dangers;
  const int years = panel_->years();
  dangers.assign(static_cast<std::size_t>(panel_->size()) * years, missing);
  for (int t = 0; t < years; ++t) {
    const auto of_states = danger_.of_states(*model, panel_->first_year + t);
    for (StateIndex i = 0; i < panel_->size(); ++i)
      dangers[static_cast<std::size_t>(i) * years + t] = of_states[i];
  }
  for (const OutsideDanger& o : panel_->outside_danger)
    if (o.year >= panel_->first_year && o.year <= panel_->last_year) {
      double& p =
          dangers[static_cast<std::size_t>(o.state) * years + (o.year - panel_->first_year)];
      p = 1 - (1 - p) * (1 - o.fatal);
    }
  for (double& p : dangers) p *= 100;
  return dangers;
}

std::vector<double> Past::find_mean_dangers() const {
  const int n = panel_->size();
  std::vector<double> sum(n, 0.0), count(n, 0.0);
  for (const Row& r : rows_) sum[r.state] += r.danger_lag, ++count[r.state];
  for (StateIndex i = 0; i < n; ++i) {
    if (count[i] > 0) continue;
    for (int year = panel_->first_year; year <= panel_->last_year; ++year)
      if (!dangers_.empty() && known(of_year(dangers_, i, year, missing)))
        sum[i] += danger(i, year), ++count[i];
  }
  for (StateIndex i = 0; i < n; ++i) sum[i] = count[i] > 0 ? sum[i] / count[i] : typical_danger;
  return sum;
}

void Past::find_lasting() {
  const Panel& panel = *panel_;
  lasting_.resize(static_cast<std::size_t>(panel.size()) * panel.years());
  world_growth_.assign(panel.years(), typical_growth);
  for (int year = panel.first_year; year <= panel.last_year; ++year) {
    const int t = year - panel.first_year;
    double sum = 0;
    int count = 0;
    for (StateIndex i = 0; i < panel.size(); ++i) {
      LastingGrowth<double>& own = lasting_[static_cast<std::size_t>(i) * panel.years() + t];
      if (t > 0) own = lasting(i, year - 1);
      const MilexCell &c = panel.cell(i, year), &before = panel.cell(i, year - 1);
      if (!c.present() || !before.present() || !known(c.burden) || !known(before.burden)) continue;
      own.add(gdp_growth(c, before));
      sum += own.mean;
      ++count;
    }
    if (count > 0)
      world_growth_[t] = sum / count;
    else if (t > 0)
      world_growth_[t] = world_growth_[t - 1];
  }
}

/// By the last year up to each that has rows of both states.
std::vector<double> Past::find_incomes() const {
  const int years = panel_->years();
  std::vector<double> incomes(static_cast<std::size_t>(panel_->size()) * years, 0.0);
  const auto us = panel_->find("USA");
  if (!us) return incomes;
  std::map<int, double> leader;
  for (const EconomyRow& r : panel_->economy)
    if (r.state == *us && known(r.gdp_per_head)) leader[r.year] = log(r.gdp_per_head);
  std::vector<std::map<int, double>> relative(panel_->size());
  for (const EconomyRow& r : panel_->economy)
    if (const auto then = leader.find(r.year); then != leader.end() && known(r.gdp_per_head))
      relative[r.state][r.year] = log(r.gdp_per_head) - then->second;
  for (StateIndex i = 0; i < panel_->size(); ++i)
    for (int t = 0; t < years; ++t) {
      const auto next = relative[i].upper_bound(panel_->first_year + t);
      if (next != relative[i].begin())
        incomes[static_cast<std::size_t>(i) * years + t] = std::prev(next)->second;
    }
  return incomes;
}

std::vector<Wedge> Past::find_wedges() const {
  constexpr double odd = 0.25;  // a gap this wide is a break of a series, not a wedge
  std::vector<double> sum(panel_->size());
  std::vector<int> years(panel_->size());
  for (const EconomyRow& r : panel_->economy) {
    if (!known(r.real_growth) || r.year <= panel_->first_year || r.year > panel_->last_year)
      continue;
    const MilexCell &now = panel_->cell(r.state, r.year),
                    &before = panel_->cell(r.state, r.year - 1);
    if (!now.observed() || !before.observed() || !known(now.burden) || !known(before.burden))
      continue;
    const double gap = gdp_growth(now, before) - r.real_growth;
    if (absolute(gap) > odd) continue;
    sum[r.state] += gap;
    ++years[r.state];
  }
  std::vector<Wedge> wedges(panel_->size());
  for (StateIndex i = 0; i < panel_->size(); ++i)
    if (years[i] > 0) wedges[i] = wedge_of(sum[i] / years[i], years[i]);
  return wedges;
}

double Past::share_keeping(StateIndex i) const {
  const auto share = [&](int year) {
    const MilexCell& c = panel_->cell(i, year);
    return c.present() && known(c.burden) ? log(c.burden) : missing;
  };
  ShareKeeping keeping;
  const int from = std::max(panel_->first_year, year_ - ShareKeeping::years);
  for (int year = from + ShareKeeping::window; year <= year_; ++year) {
    const double change = share(year) - share(year - ShareKeeping::window);
    if (known(change)) keeping.squares += change * change, ++keeping.changes;
  }
  return keeping.part();
}

std::vector<Row> Past::find_rows() const {
  const Panel& panel = *panel_;
  std::vector<std::vector<Felt<double>>> felt;  // [year - first year]
  for (int year = panel.first_year; year < panel.last_year; ++year)
    felt.push_back(felt_in(*this, year));
  std::vector<Row> rows;
  for (StateIndex i = 0; i < panel.size(); ++i) {
    std::vector<Row> own;
    for (int year = panel.first_year + 2; year <= panel.last_year; ++year)
      if (has_row(panel, i, year))
        own.push_back(row_of(*this, felt[year - 1 - panel.first_year][i], i, year));
    if (static_cast<int>(own.size()) >= fewest_fitted_rows)
      rows.insert(rows.end(), own.begin(), own.end());
  }
  return rows;
}

std::shared_ptr<const Past> past_of(Panel panel, int year) {
  return std::make_shared<const Past>(std::make_shared<const Panel>(std::move(panel)), year);
}

std::shared_ptr<const Past> past_of(Panel panel) {
  const int year = panel.last_year;
  return past_of(std::move(panel), year);
}

std::size_t pasts_built() { return built; }

void add_link(std::vector<Link>& links, StateIndex i, StateIndex j) {
  const auto place = std::lower_bound(links.begin(), links.end(), Link{i, j}, in_order);
  if (place == links.end() || place->i != i || place->j != j) links.insert(place, {i, j});
}

void find_links(const Topology& topology, std::vector<Dyad>& dyads) {
  for (Dyad& d : dyads) {
    d.threats[0] = static_cast<std::size_t>(place_of(topology.threats, d.a, d.b));
    d.threats[1] = static_cast<std::size_t>(place_of(topology.threats, d.b, d.a));
    d.covers[0] = place_of(topology.covers, d.a, d.b);
    d.covers[1] = place_of(topology.covers, d.b, d.a);
  }
}

std::vector<Felt<double>> felt_in(const Past& past, int year) {
  const int n = past.panel().size();
  std::vector<double> now(n), before(n);
  for (StateIndex i = 0; i < n; ++i)
    now[i] = past.stock(i, year), before[i] = past.stock(i, year - 1);
  std::vector<Felt<double>> felt(n);
  feel<double>(past.topology(), past.relations(year), now, before, felt);
  return felt;
}

}  // namespace tenbin
