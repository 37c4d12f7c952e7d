// SPDX-License-Identifier: Apache-2.0
#include "backtest_print.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace tenbin::app {
namespace {

/// A number, or a dash where there is none.
std::string or_dash(double x, int digits) {
  return known(x) ? fmt::format("{:.{}f}", x, digits) : "-";
}

std::string skill_text(const MethodScore& m) {
  return fmt::format("{:+.1f} ({})", 100 * m.skill, or_dash(100 * m.skill_se, 1));
}

void print_board(const std::vector<HorizonScores>& board) {
  if (board.empty()) return;
  const auto& methods = board.front().methods;
  fmt::print("\nLog {}: mean CRPS, and in per cent what tenbin gains on each (standard error)\n",
             scored_names[static_cast<std::size_t>(board.front().what)]);
  fmt::print("{:>2} {:>6} {:>8} {:>8}", "h", "cases", "origins", "tenbin");
  for (std::size_t m = 1; m < methods.size(); ++m)
    fmt::print(" {:>8} {:>13}", methods[m].method, "gain");
  fmt::print("\n");
  for (const HorizonScores& h : board) {
    fmt::print("{:>2} {:>6} {:>8} {:>8.4f}", h.horizon, h.cases, h.origins, h.own().crps);
    for (std::size_t m = 1; m < h.methods.size(); ++m)
      fmt::print(" {:>8.4f} {:>13}", h.methods[m].crps, skill_text(h.methods[m]));
    fmt::print("\n");
  }
}

void print_calibration(const std::vector<HorizonScores>& board) {
  fmt::print(
      "\nOf its intervals (a perfect forecast: 50, 80, 95 %), and against the best baseline\n"
      "{:>2} {:>5} {:>5} {:>5} {:>9} {:>9} {:>9} {:>8} {:>9} {:>10} {:>7} {:>7}\n",
      "h", "50 %", "80 %", "95 %", "width 80", "median", "log score", "energy", "best",
      "its energy", "DM", "p");
  for (const HorizonScores& h : board) {
    const MethodScore &own = h.own(), &best = h.best_baseline();
    fmt::print(
        "{:>2} {:>5.0f} {:>5.0f} {:>5.0f} {:>9.3f} {:>9.4f} {:>9.3f} {:>8} {:>9} {:>10} {:>7} "
        "{:>7}\n",
        h.horizon, 100 * own.coverage[0], 100 * own.coverage[1], 100 * own.coverage[2],
        own.width[1], own.absolute_error, own.log_score, or_dash(own.energy, 3), best.method,
        or_dash(best.energy, 3), or_dash(best.dm, 2), or_dash(best.dm_p, 3));
  }
}

void print_misses(const std::vector<Miss>& misses, int horizon) {
  bool first = true;
  for (const Miss& m : misses) {
    if (m.horizon != horizon) continue;
    if (first) fmt::print("\nWorst misses {} years ahead\n", horizon);
    first = false;
    fmt::print("  {} {} from {}: {:+.0f} % of the median; {:.1f} in 100 futures went so far{}\n",
               m.state, m.origin + m.horizon, m.origin, 100 * std::expm1(m.off), 100 * m.beyond,
               m.story.empty() ? "" : ". " + m.story);
  }
}

/// The same cases with and without the plans that were already announced.
void print_plans(const std::vector<PlanCase>& plans) {
  if (plans.empty()) return;
  fmt::print(
      "\nWhere a plan was already announced: part of futures below what came, and CRPS\n"
      "{:>5} {:>6} {:>5} {:>18} {:>18} {:>18}\n",
      "state", "origin", "year", "without it", "panel's measure", "as announced");
  for (const PlanCase& c : plans) {
    fmt::print("{:>5} {:>6} {:>5}", c.state, c.origin, c.origin + c.horizon);
    for (std::size_t k = 0; k < c.pit.size(); ++k)
      fmt::print("   {:>6.3f} {:>8.4f}", c.pit[k], c.crps[k]);
    fmt::print("\n");
  }
}

/// Lines of one term's horizons, in the order of the table.
void print_terms(const std::vector<TermWorth>& terms) {
  if (terms.empty()) return;
  fmt::print(
      "\nWithout one term: change of the CRPS in per cent (standard error); above 0 the term "
      "helps\n{:<14}",
      "term");
  for (const TermWorth& t : terms)
    if (t.term == terms[0].term) fmt::print(" {:>12}", fmt::format("h = {}", t.horizon));
  const std::string* before = nullptr;
  for (const TermWorth& t : terms) {
    if (before == nullptr || *before != t.term) fmt::print("\n{:<14}", t.term);
    before = &t.term;
    fmt::print(" {:>12}", fmt::format("{:+.2f} ({})", 100 * t.change, or_dash(100 * t.error, 2)));
  }
  fmt::print("\n");
}

nlohmann::ordered_json json_of(const std::vector<HorizonScores>& board) {
  nlohmann::ordered_json lines = nlohmann::ordered_json::array();
  const auto number = [](double x) { return known(x) ? nlohmann::ordered_json(x) : nullptr; };
  for (const HorizonScores& h : board)
    for (const MethodScore& m : h.methods)
      lines.push_back({{"what", scored_names[static_cast<std::size_t>(h.what)]},
                       {"horizon", h.horizon},
                       {"cases", h.cases},
                       {"origins", h.origins},
                       {"method", m.method},
                       {"crps", m.crps},
                       {"skill", m.skill},
                       {"skill_se", number(m.skill_se)},
                       {"diebold_mariano", number(m.dm)},
                       {"p", number(m.dm_p)},
                       {"log_score", m.log_score},
                       {"absolute_error", m.absolute_error},
                       {"energy", number(m.energy)},
                       {"coverage", m.coverage},
                       {"width", m.width}});
  return lines;
}

}  // namespace

void print(const Scorecard& card) {
  fmt::print("panel {}, as it stands in its release {}; {} origins, {} to {}; {}\n", card.panel,
             card.release, card.origins, card.first_origin, card.last_origin, card.setup);
  for (const auto* boards : {&card.milex, &card.burden}) {
    print_board(*boards);
    print_calibration(*boards);
  }
  for (const int h : {told_horizons[0], told_horizons[1]}) print_misses(card.misses, h);
  print_plans(card.plans);
  print_terms(card.terms);
}

void print_json(const Scorecard& card) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const auto* boards : {&card.milex, &card.burden})
    for (const auto& line : json_of(*boards)) all.push_back(line);
  fmt::print("{}\n",
             nlohmann::ordered_json{{"format", 1}, {"panel", card.panel}, {"scores", all}}.dump(2));
}

}  // namespace tenbin::app
