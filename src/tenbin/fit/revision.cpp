// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/revision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "tenbin/futures/answers.hpp"
#include "tenbin/num/median.hpp"

namespace tenbin {
namespace {

using YearRatio = std::pair<int, double>;

/// The ratio with which most years agree within `agreement` (relative), and those years; a year
/// weighs 1 / (1 + its distance from `near`).
std::pair<double, std::vector<YearRatio>> most_agreed(const std::vector<YearRatio>& ratios,
                                                      int near, double agreement) {
  std::pair<double, std::vector<YearRatio>> best{missing, {}};
  double most = 0;
  for (const YearRatio& centre : ratios) {
    std::vector<YearRatio> agree;
    double weight = 0;
    for (const YearRatio& other : ratios) {
      if (std::abs(other.second - centre.second) > agreement * centre.second) continue;
      agree.push_back(other);
      weight += 1 / (1.0 + std::abs(other.first - near));
    }
    if (weight > most) {
      most = weight;
      best = {centre.second, std::move(agree)};
    }
  }
  return best;
}

/// First roughly, so that years with small revisions count for their neighbourhood, then closely.
double agreed_ratio(const std::vector<YearRatio>& ratios, int near) {
  return most_agreed(most_agreed(ratios, near, 3e-3).second, near, 1e-4).first;
}

bool differs(double a, double b, double tolerance) {
  return std::abs(a - b) > tolerance * std::max(std::abs(a), std::abs(b));
}

std::set<std::string> ids(const Panel& panel) {
  std::set<std::string> all;
  for (const State& s : panel.states) all.insert(s.id);
  return all;
}

std::string text_of(const Spell& s, const Panel& panel, const char* arrow) {
  return fmt::format("{} {} {} {}-{} {}", panel.states[s.a].id, arrow, panel.states[s.b].id,
                     s.start, s.end == still_going ? "" : fmt::format("{}", s.end), s.value);
}

template <class Rows, class Text>
void compare_table(std::vector<TableRevision>& out, const char* name, const Rows& before,
                   const Rows& after, const Text& text) {
  std::multiset<std::string> old, fresh;
  for (const auto& row : before) old.insert(text(row, true));
  for (const auto& row : after) fresh.insert(text(row, false));
  TableRevision change{name, {}, {}};
  std::ranges::set_difference(fresh, old, std::back_inserter(change.added));
  std::ranges::set_difference(old, fresh, std::back_inserter(change.gone));
  if (!change.added.empty() || !change.gone.empty()) out.push_back(std::move(change));
}

std::vector<TableRevision> compare_tables(const Panel& before, const Panel& after) {
  std::vector<TableRevision> out;
  const auto panel = [&](bool old) -> const Panel& { return old ? before : after; };
  const auto spell = [&](const char* sign) {
    return [&, sign](const Spell& s, bool old) { return text_of(s, panel(old), sign); };
  };
  compare_table(out, "rivalries.csv", before.rivalries, after.rivalries, spell("against"));
  compare_table(out, "ties.csv", before.ties, after.ties, spell("defends"));
  compare_table(out, "missiles.csv", before.missiles, after.missiles,
                [&](const Missile& m, bool old) {
                  return fmt::format("{} {} {} km {}", panel(old).states[m.state].id, m.system,
                                     m.range_km, m.in_service);
                });
  compare_table(out, "disputes.csv", before.disputes, after.disputes,
                [&](const Dispute& d, bool old) {
                  return fmt::format("{}-{} {} level {}", panel(old).states[d.a].id,
                                     panel(old).states[d.b].id, d.year, d.hostility_level);
                });
  compare_table(out, "plans.csv", before.plans, after.plans, [&](const PlanRow& p, bool old) {
    return fmt::format("{} {} {:.4g} % by {}", panel(old).states[p.state].id, p.announced,
                       100 * p.burden, p.by);
  });
  compare_table(out, "growth.csv", before.growth, after.growth, [&](const GrowthRow& g, bool old) {
    return fmt::format("{} {} {:.4g} %", panel(old).states[g.state].id, g.year, 100 * g.growth);
  });
  return out;
}

/// The baseline: announced plans, no lever.
Scenario baseline(const Panel& panel, int end, std::int64_t futures) {
  Scenario s{.id = "baseline", .name = "baseline", .start = panel.last_year, .end = end};
  s.futures = futures;
  s.disputes = false;
  return s;
}

/// What one side says.
struct Side {
  std::shared_ptr<const Past> past;
  Posterior posterior;
  Fan milex, burden;
  std::vector<double> milex_error, burden_error;  // of a median, relative, by state
};

/// Relative Monte Carlo errors of the medians of a year: those of the means, which know that
/// futures share draws, times what a median of a normal has more.
std::vector<double> median_errors(const Tally& t, const Place& place, int year) {
  std::vector<double> errors;
  for (int i = 0; i < place.states; ++i) {
    const Distribution& d = t.parts[place.of(year, i)];
    errors.push_back(d.exists() ? std::sqrt(std::numbers::pi / 2) * d.mean_error() / d.mean()
                                : missing);
  }
  return errors;
}

Side side_of(std::shared_ptr<const Past> past, const FitOptions& options, int year,
             std::int64_t futures, const Execution& execution, const FitObserver& observer) {
  Side side{.past = std::move(past)};
  side.posterior = fit(*side.past, options, execution, observer);
  if (side.posterior.economy.chains == 0) return side;  // stopped
  const Schedule s = schedule(*side.past, baseline(side.past->panel(), year, futures));
  Projection projection{
      {{.schedule = &s}}, &side.posterior.spending, &side.posterior.economy, {.futures = futures}};
  std::vector<Measure> measures;
  const Place milex = ask_fan(measures, s, 0, Quantity::milex);
  const Place burden = ask_fan(measures, s, 0, Quantity::burden);
  const Tally t = tally(projection, measures, execution);
  side.milex = read_fan(t, milex);
  side.burden = read_fan(t, burden);
  side.milex_error = median_errors(t, milex, year);
  side.burden_error = median_errors(t, burden, year);
  return side;
}

double median_of(const Fan& fan, int year, const Panel& panel, const std::string& id) {
  const auto i = panel.find(id);
  return i && fan.at(year, *i).exists ? fan.at(year, *i).median() : missing;
}

/// The error of a difference of two sides' medians.
double error_of(const std::vector<double>& one, const Panel& first,
                const std::vector<double>& other, const Panel& second, const std::string& id) {
  const auto i = first.find(id), j = second.find(id);
  if (!i || !j) return missing;
  return std::hypot(one[static_cast<std::size_t>(*i)], other[static_cast<std::size_t>(*j)]);
}

double above_0(const Draws& draws, std::size_t column) {
  std::size_t above = 0;
  for (std::size_t d = 0; d < draws.size(); ++d) above += draws.draw(d)[column] > 0;
  return static_cast<double>(above) / static_cast<double>(draws.size());
}

std::vector<MovedParameter> parameters_of(const Side& before, const Side& revised,
                                          const Side& after) {
  std::vector<MovedParameter> moved;
  for (const ParameterSpec& spec : spending_parameters) {
    if (spec.scope != Scope::global) continue;
    MovedParameter m{.spec = &spec};
    bool fixed = false;
    const auto take = [&](const Side& w, auto which) {
      const auto& all = w.posterior.spending_summary;
      const auto found = std::ranges::find(all, spec.name, &Summary::name);
      if (found == all.end() || found->fixed) {
        fixed = true;
        return;
      }
      m.mean.*which = found->mean;
      m.sd.*which = found->sd;
      m.above_0.*which =
          above_0(w.posterior.spending, static_cast<std::size_t>(found - all.begin()));
      m.error = std::isnan(m.error) ? found->mcse_mean : std::hypot(m.error, found->mcse_mean);
    };
    take(before, &Moved::before);
    take(revised, &Moved::revised);
    take(after, &Moved::after);
    if (!fixed) moved.push_back(m);
  }
  return moved;
}

/// Races among a panel's rivals with the growth behind them.
class RaceFinder {
 public:
  RaceFinder(const Panel& panel, const RaceRule& rule)
      : panel_(panel), rule_(rule), record_(panel, MoneyKind::real) {
    if (record_.exists()) races_ = races_among_rivals(panel, record_, record_.last_year(), rule);
  }
  const std::vector<Race>& races() const { return races_; }
  /// Whether it has a race of these states that overlaps the years.
  bool has(const std::string& a, const std::string& b, int start, int end) const {
    return std::ranges::any_of(races_, [&](const Race& r) {
      const std::string &x = panel_.states[r.a].id, &y = panel_.states[r.b].id;
      return ((x == a && y == b) || (x == b && y == a)) && r.start <= end && start <= r.end;
    });
  }
  double chance(const std::string& a, const std::string& b, int start, int end) {
    const auto i = panel_.find(a), j = panel_.find(b);
    if (!i || !j) return missing;
    return race_odds(growth(*i), growth(*j), {*i, *j, start, end}, rule_).chance.p;
  }
  const Panel& panel() const { return panel_; }

 private:
  const StateGrowth& growth(StateIndex i) {
    const auto found = growth_.find(i);
    if (found != growth_.end()) return found->second;
    return growth_.emplace(i, state_growth(panel_, record_, i)).first->second;
  }

  const Panel& panel_;
  RaceRule rule_;
  GrowthRecord record_;
  std::vector<Race> races_;
  std::map<StateIndex, StateGrowth> growth_;
};

}  // namespace

CommonMoney common_money(const Panel& before, const Panel& after) {
  CommonMoney money;
  money.same = before.price_year == after.price_year;
  std::vector<double> known_factors;
  std::vector<bool> own(before.states.size());
  for (StateIndex i = 0; i < before.size(); ++i) {
    const auto j = after.find(before.states[i].id);
    double factor = j ? 1 : missing;
    own[static_cast<std::size_t>(i)] = true;
    if (j && !money.same) {
      std::vector<YearRatio> ratios;
      for (int year = before.first_year; year <= before.last_year; ++year) {
        const MilexCell &old = before.cell(i, year), &fresh = after.cell(*j, year);
        if (old.present() && fresh.present()) ratios.emplace_back(year, fresh.milex / old.milex);
      }
      own[static_cast<std::size_t>(i)] = !ratios.empty();
      factor = agreed_ratio(ratios, before.price_year);
    }
    if (known(factor)) known_factors.push_back(factor);
    money.factor.push_back(factor);
  }
  for (StateIndex i = 0; i < before.size() && !known_factors.empty(); ++i)
    if (!own[static_cast<std::size_t>(i)]) {
      money.factor[static_cast<std::size_t>(i)] = median(known_factors);
      money.by_others.push_back(i);
    }
  return money;
}

FigureRevisions compare_figures(const Panel& before, const Panel& after, const CommonMoney& money,
                                double tolerance) {
  FigureRevisions result;
  const std::set<std::string> old_ids = ids(before), new_ids = ids(after);
  std::ranges::set_difference(new_ids, old_ids, std::back_inserter(result.states_added));
  std::ranges::set_difference(old_ids, new_ids, std::back_inserter(result.states_gone));
  for (const std::string& id : new_ids) {
    const auto i = before.find(id);
    const StateIndex j = *after.find(id);
    if (!i) continue;
    const double factor = money.factor[static_cast<std::size_t>(*i)];
    StateRevision state{.state = id};
    for (int year = std::min(before.first_year, after.first_year);
         year <= std::max(before.last_year, after.last_year); ++year) {
      const MilexCell &old = before.cell(*i, year), &fresh = after.cell(j, year);
      if (!old.present() && !fresh.present()) continue;
      if (!old.present() || !fresh.present()) {
        (old.present() ? state.gone : state.added).push_back(year);
        continue;
      }
      ++state.in_both;
      state.last = year;
      state.last_milex = {old.milex * factor, missing, fresh.milex};
      state.last_burden = {old.burden, missing, fresh.burden};
      Revision r{.state = id, .year = year, .kind_before = old.kind, .kind_after = fresh.kind};
      if (differs(old.milex * factor, fresh.milex, tolerance)) {
        r.what = Revision::What::milex;
        r.before = old.milex * factor;
        r.after = fresh.milex;
        ++state.milex;
        if (state.largest.year == 0 ||
            std::abs(std::log(r.after / r.before)) >
                std::abs(std::log(state.largest.after / state.largest.before)))
          state.largest = r;
        result.all.push_back(r);
      }
      const bool one_missing = known(old.burden) != known(fresh.burden);
      if (one_missing || differs(old.burden, fresh.burden, tolerance)) {
        r.what = Revision::What::burden;
        r.before = old.burden;
        r.after = fresh.burden;
        ++state.burden;
        result.all.push_back(r);
      }
      if (old.kind != fresh.kind) {
        r.what = Revision::What::kind;
        r.before = r.after = missing;
        ++state.kind;
        result.all.push_back(r);
      }
    }
    result.compared += state.in_both;
    if (!state.added.empty() || !state.gone.empty() || state.milex || state.burden || state.kind)
      result.states.push_back(std::move(state));
  }
  result.tables = compare_tables(before, after);
  return result;
}

std::vector<MovedRace> compare_races(const Panel& before, const Panel& revised, const Panel& after,
                                     const RaceRule& rule) {
  RaceFinder old(before, rule), middle(revised, rule), fresh(after, rule);
  std::vector<MovedRace> moved;
  const auto look = [&](RaceFinder& has, RaceFinder& lacks, bool gone) {
    for (const Race& race : has.races()) {
      const std::string &a = has.panel().states[race.a].id, &b = has.panel().states[race.b].id;
      if (lacks.has(a, b, race.start, race.end)) continue;
      // the middle one has the later figures of the earlier years: what it shares with the later
      // one alone came by revision
      const bool in_middle = middle.has(a, b, race.start, race.end);
      const bool by_revision = gone ? !in_middle : in_middle;
      moved.push_back({a, b, race.start, race.end,
                       by_revision ? MovedRace::Because::revision : MovedRace::Because::new_years,
                       gone, has.chance(a, b, race.start, race.end),
                       lacks.chance(a, b, race.start, race.end)});
    }
  };
  look(fresh, old, false);
  look(old, fresh, true);
  return moved;
}

Conclusions compare_conclusions(const Panel& before, const Panel& after, const CommonMoney& money,
                                const ConclusionOptions& options, const Execution& execution,
                                const std::function<bool(double)>& go_on) {
  Conclusions result{.year = options.year > 0 ? options.year : after.last_year + 5,
                     .last_before = before.last_year,
                     .last_after = after.last_year};
  const auto earlier = past_of(before), known_again = past_of(after, before.last_year),
             later = past_of(after);
  const Panel& revised = known_again->panel();
  const auto third = [&](int k) {
    return [&go_on, k](double part) { return !go_on || go_on((k + part) / 3); };
  };
  const Side old =
      side_of(earlier, options.before, result.year, options.futures, execution, third(0));
  if (go_on && !go_on(1.0 / 3)) return result;
  const Side middle =
      side_of(known_again, options.revised, result.year, options.futures, execution, third(1));
  if (go_on && !go_on(2.0 / 3)) return result;
  const Side fresh =
      side_of(later, options.after, result.year, options.futures, execution, third(2));
  if (go_on && !go_on(1)) return result;

  for (StateIndex i = 0; i < before.size(); ++i) {
    const std::string& id = before.states[i].id;
    const double factor = money.factor[static_cast<std::size_t>(i)];
    MovedMedian m{.state = id};
    m.milex = {factor * median_of(old.milex, result.year, before, id),
               median_of(middle.milex, result.year, revised, id),
               median_of(fresh.milex, result.year, after, id)};
    m.burden = {median_of(old.burden, result.year, before, id),
                median_of(middle.burden, result.year, revised, id),
                median_of(fresh.burden, result.year, after, id)};
    m.milex_error = error_of(old.milex_error, before, fresh.milex_error, after, id);
    m.burden_error = error_of(old.burden_error, before, fresh.burden_error, after, id);
    if (after.last_year > before.last_year) {
      m.foretold = median_of(middle.milex, after.last_year, revised, id);
      if (const auto j = after.find(id)) m.came = after.cell(*j, after.last_year).milex;
    }
    if (known(m.milex.before) && known(m.milex.after)) result.medians.push_back(m);
  }
  result.parameters = parameters_of(old, middle, fresh);
  result.races = compare_races(before, revised, after);
  const auto count = [](const Panel& panel) {
    return static_cast<int>(RaceFinder(panel, {}).races().size());
  };
  result.races_before = count(before);
  result.races_after = count(after);
  return result;
}

}  // namespace tenbin
