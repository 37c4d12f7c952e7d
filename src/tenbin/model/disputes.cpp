// SPDX-License-Identifier: Apache-2.0
#include "tenbin/model/disputes.hpp"

#include <algorithm>
#include <map>

#include "tenbin/model/covariates.hpp"
#include "tenbin/model/dispute_step.hpp"

namespace tenbin {
namespace {

constexpr int democracy_carried = 5;  // years

/// Years with an onset as a pattern: the last is known, the others lie evenly between it and the
/// oldest that counts.
unsigned spread(const DisputePast& p) {
  const int newest = p.as_of - p.last, room = dispute_memory - newest;
  unsigned pattern = 0;
  for (int k = 0; k < p.recent; ++k) pattern |= 1u << (newest + k * room / p.recent);
  return pattern;
}

}  // namespace

Severity severity_of(const Dispute& d) {
  if (d.fatality_level >= lives_lost) return Severity::fatal;
  return d.hostility_level >= force_used ? Severity::force : Severity::any;
}

DisputeRecord::DisputeRecord(const Panel& panel, std::vector<double> stocks)
    : panel_(panel),
      stock_(std::move(stocks)),
      total_(panel.years(), 0.0),
      democracy_(stock_.size(), missing),
      onsets_(static_cast<std::size_t>(panel.size()) * panel.size()),
      borders_(onsets_.size()),
      rivalries_(onsets_.size()) {
  const int years = panel.years();
  for (StateIndex i = 0; i < panel.size(); ++i)
    for (int t = 0; t < years; ++t)
      total_[t] += stock_[static_cast<std::size_t>(i) * years + t] / panel.share_of_world;
  for (const DemocracyRow& r : panel.regime)
    if (r.year >= panel.first_year && r.year <= panel.last_year)
      democracy_[static_cast<std::size_t>(r.state) * years + (r.year - panel.first_year)] =
          r.democracy;
  std::vector<std::map<int, Severity>> by_year(onsets_.size());
  for (const Dispute& d : panel.disputes) {
    Severity& worst = by_year[place(d.a, d.b)].try_emplace(d.year, Severity::any).first->second;
    worst = std::max(worst, severity_of(d));
  }
  for (std::size_t k = 0; k < onsets_.size(); ++k)
    for (const auto& [year, worst] : by_year[k]) onsets_[k].push_back({year, worst});
  for (const Spell& r : panel.rivalries) rivalries_[place(r.a, r.b)].push_back(r);
  for (const Border& b : panel.borders) borders_[place(b.a, b.b)].push_back(b);
}

bool DisputeRecord::relevant(StateIndex a, StateIndex b, int year) const {
  for (const Border& border : borders_[place(a, b)])
    if (border.holds(year)) return true;
  for (const Major& m : panel_.majors)
    if ((m.state == a || m.state == b) && m.holds(year)) return true;
  return false;
}

std::optional<DisputeHistory> DisputeRecord::history(StateIndex a, StateIndex b, int year) const {
  const auto first = panel_.states[a].entered, second = panel_.states[b].entered;
  if (!first || !second || std::max(*first, *second) > year) return std::nullopt;
  if (!told(year)) return std::nullopt;
  for (const DisputePast& p : panel_.dispute_past)
    if (p.as_of == year && std::minmax(p.a, p.b) == std::minmax(a, b))
      return DisputeHistory{.last = p.last, .pattern = spread(p)};
  DisputeHistory h{.last = std::max({*first, *second, first_dispute_history}), .never = true};
  for (const Onset& o : onsets_[place(a, b)]) {
    if (o.year > year) break;
    h.last = o.year;
    h.never = false;
    if (o.year > year - dispute_memory) h.pattern |= 1u << (year - o.year);
  }
  return h;
}

bool DisputeRecord::told(int year) const {
  return year <= panel_.disputes_until ||
         std::any_of(panel_.dispute_past.begin(), panel_.dispute_past.end(),
                     [&](const DisputePast& p) { return p.as_of == year; });
}

double DisputeRecord::democracy_of(StateIndex i, int year) const {
  for (int y = std::min(year, panel_.last_year);
       y >= std::max(year - democracy_carried, panel_.first_year); --y) {
    const double d =
        democracy_[static_cast<std::size_t>(i) * panel_.years() + (y - panel_.first_year)];
    if (known(d)) return d;
  }
  return missing;
}

std::optional<DisputeVector> DisputeRecord::covariates(StateIndex a, StateIndex b, int year) const {
  const auto past = history(a, b, year);
  if (!past || year < panel_.first_year || year > panel_.last_year) return std::nullopt;
  const int t = year - panel_.first_year;
  const double ka = stock_[static_cast<std::size_t>(a) * panel_.years() + t],
               kb = stock_[static_cast<std::size_t>(b) * panel_.years() + t];
  const State &sa = panel_.states[a], &sb = panel_.states[b];
  const double free = minimum(democracy_of(a, year), democracy_of(b, year));
  if (!(ka > 0) || !(kb > 0) || !sa.has_place() || !sb.has_place() ||
      !known(democracy_of(a, year) + democracy_of(b, year)))
    return std::nullopt;
  DisputeVector x;
  x[distance] = log(maximum(great_circle(sa.lat, sa.lon, sb.lat, sb.lon), 1.0));
  x[larger_share] = log(maximum(ka, kb) / total_[t]);
  x[imbalance] = absolute(log(ka / kb));
  x[democracy] = free;
  x[land_border] = 0;
  for (const Border& border : borders_[place(a, b)])
    if (border.type == by_land && border.holds(year)) x[land_border] = 1;
  x[rivalry] = 0;
  for (const Spell& r : rivalries_[place(a, b)])
    if (r.holds(year)) x[rivalry] = std::max(x[rivalry], r.value);
  x[recent] = log(1.0 + past->recent());
  x[peace] = log(1.0 + (year - past->last));
  return x;
}

std::vector<DyadYear> DisputeRecord::dyad_years(int first, int last) const {
  std::vector<DyadYear> rows;
  for (StateIndex a = 0; a < panel_.size(); ++a)
    for (StateIndex b = a + 1; b < panel_.size(); ++b)
      for (int year = first; year <= std::min(last, panel_.disputes_until); ++year) {
        if (!relevant(a, b, year - 1)) continue;
        const auto x = covariates(a, b, year - 1);
        if (!x) continue;
        DyadYear row{.a = a, .b = b, .year = year, .x = *x};
        for (const Onset& o : onsets_[place(a, b)])
          if (o.year == year) row.onset = true, row.worst = o.worst;
        rows.push_back(row);
      }
  return rows;
}

DisputeLack dispute_lack(const Panel& panel, const DisputeRecord& record, int start) {
  if (!panel.dispute_model) return DisputeLack::model;
  if (panel.dispute_model->last > start) return DisputeLack::late_model;
  if (!record.told(start)) return DisputeLack::past;
  for (StateIndex a = 0; a < panel.size(); ++a)
    for (StateIndex b = a + 1; b < panel.size(); ++b)
      if (record.relevant(a, b, start) && record.covariates(a, b, start))
        return DisputeLack::nothing;
  return DisputeLack::dyads;
}

std::string no_disputes(const Panel& panel, DisputeLack lack, int start) {
  const std::string none = ", so futures draw no disputes and their risk is not judged";
  switch (lack) {
    case DisputeLack::nothing:
      break;
    case DisputeLack::model:
      return "the panel's folder holds no disputes.toml (tenbin disputes writes one)" + none;
    case DisputeLack::late_model:
      return "the panel's disputes.toml was fitted to years up to " +
             std::to_string(panel.dispute_model->last) + ", later than " + std::to_string(start) +
             none;
    case DisputeLack::past:
      return "the panel tells of no dyad's past up to " + std::to_string(start) + none;
    case DisputeLack::dyads:
      return "the panel has no relevant dyad (contiguity.csv, majors.csv) whose states' places, "
             "entry, stocks and democracy (regime.csv) are known in " +
             std::to_string(start) + none;
  }
  return {};
}

DisputeScale scale_of(std::span<const DyadYear> rows) {
  DisputeScale scale;
  const double n = static_cast<double>(rows.size());
  for (std::size_t k = 0; k < dispute_covariates; ++k) {
    double sum = 0, square = 0;
    for (const DyadYear& r : rows) sum += r.x[k];
    scale.mean[k] = sum / n;
    for (const DyadYear& r : rows) square += (r.x[k] - scale.mean[k]) * (r.x[k] - scale.mean[k]);
    scale.sd[k] = square > 0 ? square_root(square / n) : 1;
  }
  return scale;
}

OnsetRisk onset_risk(const DisputeSlopes<double>& slopes, const DisputeVector& x) {
  OnsetRisk risk;
  double p = 1;
  for (std::size_t s = 0; s < severities; ++s) {
    const DisputeLogit<double>& logit = slopes.logit[s];
    double eta = logit.intercept;
    for (std::size_t k = 0; k < dispute_covariates; ++k) eta += logit.slope[k] * x[k];
    risk[s] = p *= inverse_logit(s == 0 ? slopes.calibrated(eta) : eta);
  }
  return risk;
}

DisputeSlopes<double> dispute_slopes(std::span<const double> draw, const DisputeScale& scale) {
  return dispute_slopes<double>(scale, [&](std::size_t number) { return draw[number]; });
}

}  // namespace tenbin
