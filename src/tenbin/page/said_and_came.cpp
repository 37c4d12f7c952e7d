// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/said_and_came.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tenbin/page/chart.hpp"
#include "tenbin/page/document.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr int apart = 5, least_ahead = 5, past_shown = 12;  // years
using Forecasts = std::map<int, const ScoredForecast*>;     // by horizon

/// Quantiles of a forecast as a band has them; the outer two are not drawn.
Band band_of(const ScoredForecast& f) {
  Band b{.exists = true};
  const std::array logs{f.low[1], f.low[1], f.low[0], f.median, f.high[0], f.high[1], f.high[1]};
  for (std::size_t k = 0; k < logs.size(); ++k) b.quantile[k] = std::exp(logs[k]);
  return b;
}

/// Between two bands, on the log scale.
Band between(const Band& a, const Band& b, double part) {
  Band c{.exists = true};
  for (std::size_t k = 0; k < c.quantile.size(); ++k)
    c.quantile[k] = std::exp((1 - part) * std::log(a.quantile[k]) + part * std::log(b.quantile[k]));
  return c;
}

/// What one origin said, year by year from itself on: horizons that were not scored lie between
/// those that were.
std::vector<Band> bands_of(const Forecasts& forecasts, double start) {
  Band last{.exists = true};
  last.quantile.fill(start);
  std::vector<Band> bands{last};
  for (const auto& [h, f] : forecasts) {
    const Band next = band_of(*f);
    const int from = static_cast<int>(bands.size()) - 1;
    for (int year = from + 1; year <= h; ++year)
      bands.push_back(between(last, next, static_cast<double>(year - from) / (h - from)));
    last = next;
  }
  return bands;
}

std::string picture(const Forecasts& forecasts, const Panel& panel, StateIndex i, int origin) {
  const ScoredForecast& last = *forecasts.rbegin()->second;
  const int end = origin + last.horizon;
  FanChart c{.first_year = std::max(panel.first_year, origin - past_shown),
             .start = origin,
             .end = end,
             .scale = 100,
             .text = [](double x) { return fmt::format("{:.3g}%", x); }};
  for (int year = c.first_year; year <= end; ++year)
    c.observed.push_back(panel.cell(i, year).burden);
  c.bands = bands_of(forecasts, panel.cell(i, origin).burden);
  const bool above = last.observed > last.high[1], below = last.observed < last.low[1];
  const std::string said = fmt::format(
      "For {}: {} to {} in 8 of 10 futures; {} came{}", end, percent(std::exp(last.low[1])),
      percent(std::exp(last.high[1])), percent(std::exp(last.observed)),
      above   ? ", above them"
      : below ? ", below them"
              : "");
  c.label = fmt::format("{}, forecast of {}. {}", panel.states[i].name, origin, said);
  return fmt::format(
      "<figure class=\"card\"><figcaption><b>{}</b>, said at the end of {}. {}"
      "</figcaption>{}</figure>",
      isolated(panel.states[i].name), origin, escape(said), draw(c));
}

/// The share's forecasts of a state at an origin.
Forecasts forecasts_of(const OriginRecord& record, const std::string& state) {
  Forecasts found;
  for (const ScoredForecast& f : record.forecasts)
    if (f.method == own_method && f.what == Scored::burden && f.state == state)
      found[f.horizon] = &f;
  return found;
}

/// Every fifth origin, back from the last whose forecasts reach far enough.
std::vector<const OriginRecord*> pictured(std::span<const OriginRecord> records) {
  std::vector<const OriginRecord*> chosen;
  for (auto r = records.rbegin(); r != records.rend(); ++r)
    if (std::ranges::any_of(r->forecasts, [](const auto& f) { return f.horizon >= least_ahead; }) &&
        (chosen.empty() || chosen.back()->origin - r->origin >= apart))
      chosen.push_back(&*r);
  std::ranges::reverse(chosen);
  return chosen;
}

std::vector<StateIndex> largest(const Panel& panel, const std::vector<std::string>& ids) {
  std::vector<StateIndex> states;
  for (StateIndex i = 0; i < panel.size(); ++i)
    if (ids.empty() || std::ranges::find(ids, panel.states[i].id) != ids.end()) states.push_back(i);
  const auto spends = [&](StateIndex i) {
    const double x = panel.cell(i, panel.last_year).milex;
    return known(x) ? -x : 0.0;
  };
  std::ranges::stable_sort(states, {}, spends);
  if (states.size() > most_pictured) states.resize(most_pictured);
  return states;
}

}  // namespace

std::string said_and_came(std::span<const OriginRecord> records, const Panel& panel,
                          const std::vector<std::string>& states) {
  std::string pictures;
  const auto origins = pictured(records);
  for (const StateIndex i : largest(panel, states))
    for (const OriginRecord* r : origins) {
      const Forecasts forecasts = forecasts_of(*r, panel.states[i].id);
      if (forecasts.empty() || forecasts.rbegin()->first < least_ahead) continue;
      pictures += picture(forecasts, panel, i, r->origin);
    }
  if (pictures.empty()) return "";
  return "<section><h2>What was said, and what came</h2><p class=\"soft\">Share of GDP. Blue: the "
         "median and the middle 50% and 80% of the simulations, made from what was known at the "
         "end of that year, without announced plans. Black: what was spent. 20% of the outcomes "
         "should lie outside the pale band.</p><div class=\"many\">" +
         pictures + "</div></section>";
}

}  // namespace tenbin
