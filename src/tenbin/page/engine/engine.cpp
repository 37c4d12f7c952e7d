// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/engine/engine.hpp"

#include <algorithm>

#include "tenbin/futures/answers.hpp"

namespace tenbin {
namespace {

void put(std::vector<double>& to, const Band& b) {
  to.insert(to.end(), b.quantile.begin(), b.quantile.end());
  to.push_back(b.mean);
  to.push_back(b.exists ? 1 : 0);
}

/// Measures of one state and quantity: baseline, changed, difference in every year.
void ask_bands(std::vector<Measure>& measures, const Schedule& s, StateIndex i, Quantity q) {
  const double unit = unit_of(q);
  for (int year = s.start; year <= s.end; ++year) {
    const std::size_t at = measures.size();
    for (const int run : {0, 1})
      measures.push_back({[=](std::span<const Ensemble> runs, std::span<double>) {
                            return row(runs[run], q, year, i);
                          },
                          unit});
    measures.push_back({[=](std::span<const Ensemble> runs, std::span<double> room) {
                          const auto base = row(runs[0], q, year, i),
                                     changed = row(runs[1], q, year, i);
                          for (std::size_t f = 0; f < room.size(); ++f)
                            room[f] = changed[f] - base[f];
                          return std::span<const double>(room);
                        },
                        unit, true, Between{at, at + 1}});
  }
}

}  // namespace

Scenario scenario_of(const PageStudy& study, const PageState& state) {
  Scenario s = study.scenarios[static_cast<std::size_t>(state.preset)];
  for (std::size_t k = 0; k < study.sliders.size() && k < state.sliders.size(); ++k)
    if (known(state.sliders[k])) s.levers.push_back(lever_of(study.sliders[k], state.sliders[k]));
  return s;
}

Engine::Engine(PageStudy study, std::shared_ptr<const Past> past)
    : study_(std::move(study)),
      past_(past ? std::move(past) : past_of(study_.panel, study_.scenarios[0].start)),
      base_(schedule(*past_, study_.scenarios[0])) {
  std::vector<Measure> unused;
  rivals_ = ask_races(unused, *past_, {&base_, 1}).dyads;
  for (const Dyad& d : base_.drawn()) dyads_.emplace_back(d.a, d.b);
  if (const std::vector<Bloc>& blocs = study_.scenarios[0].blocs;
      blocs.size() >= 2 && !shared_member(blocs[0], blocs[1]))
    cuts_ = balance_cuts(study_.panel, study_.scenarios[0].start, blocs[0], blocs[1]);
}

Projection Engine::projection(const Schedule& s, std::int64_t futures) {
  return {{{.schedule = &s}},
          &study_.spending,
          &study_.economy,
          {.futures = futures},
          futures <= carried_draws ? &shocks_ : nullptr};
}

std::vector<double> Engine::answer(const PageState& state, std::int64_t futures, StateIndex only) {
  Question all = ask(state, futures, only);
  compute(all, 0, 1);
  return finish(all);
}

Engine::Question Engine::ask(const PageState& state, std::int64_t futures, StateIndex only) {
  Question p{.futures = futures,
             .only = only,
             .schedules = {base_, schedule(*past_, scenario_of(study_, state))}};
  const StateIndex first = only < 0 ? 0 : only, last = only < 0 ? base_.states() - 1 : only;
  for (StateIndex i = first; i <= last; ++i)
    for (const Quantity q : {Quantity::milex, Quantity::burden}) ask_bands(p.measures, base_, i, q);
  p.bands = p.measures.size();
  if (only < 0) {
    p.races = ask_races(p.measures, *past_, p.schedules);
    p.disputes = ask_disputes(p.measures, p.schedules, false);
    const std::vector<Bloc>& blocs = study_.scenarios[0].blocs;
    for (const BalanceCut cut : cuts_)
      for (int run = 0; run < 2; ++run)
        p.balance.push_back(
            ask_balance(p.measures, study_.panel, p.schedules[run], run, blocs[0], blocs[1], cut));
  }
  p.tally = empty_tally(p.measures, futures);
  return p;
}

void Engine::compute(Question& p, int part, int parts) {
  const Execution here{.threads = 1};
  const auto mine = [&](int block) { return block % parts == part; };
  const Projection base = projection(base_, p.futures);
  std::vector<Ensemble>& kept_blocks = kept_[p.futures];
  kept_blocks.resize(static_cast<std::size_t>(base.blocks()));
  project_blocks(
      base, here,
      [&](int, int block, std::span<const Ensemble> runs) {
        kept_blocks[static_cast<std::size_t>(block)] = runs[0];
      },
      [&](int block) {
        return mine(block) && kept_blocks[static_cast<std::size_t>(block)].futures == 0;
      });
  std::vector<Ensemble> pair(2);
  Projection changed = projection(p.schedules[1], p.futures);
  if (p.only >= 0) {  // the measures read no other state
    changed.runs[0].recorded.assign(study_.panel.states.size(), false);
    changed.runs[0].recorded[p.only] = true;
  }
  project_blocks(
      changed, here,
      [&](int, int block, std::span<Ensemble> runs) {
        Ensemble& kept = kept_blocks[static_cast<std::size_t>(block)];
        std::swap(pair[0], kept);
        std::swap(pair[1], runs[0]);
        add_block(p.tally, p.measures, pair, p.futures, study_.spending.size());
        std::swap(pair[0], kept);
        std::swap(pair[1], runs[0]);
      },
      mine);
}

std::vector<double> Engine::finish(const Question& all) {
  const Tally& t = all.tally;
  std::vector<Band>& baseline = baseline_bands_[{all.futures, all.only}];
  const bool first = baseline.empty();
  std::vector<double> numbers;
  for (std::size_t at = 0; at < all.bands; at += 3) {
    if (first) baseline.push_back(t.band(at));
    put(numbers, baseline[at / 3]);
    put(numbers, t.band(at + 1));
    put(numbers, t.band(at + 2));
    const Chance higher = t.parts[at + 2].positive();
    numbers.push_back(higher.p);
    numbers.push_back(higher.error);
  }
  const auto base = read_races(t, all.races, 0), changed = read_races(t, all.races, 1);
  for (std::size_t d = 0; d < base.size(); ++d)
    for (const double x :
         {base[d].by.back().p, base[d].by.back().error, changed[d].change, changed[d].change_error})
      numbers.push_back(x);
  const auto drawn = read_disputes(t, all.disputes, 0), other = read_disputes(t, all.disputes, 1);
  for (std::size_t d = 0; d < drawn.size(); ++d)
    for (const double x : {drawn[d].count, drawn[d].count_error, other[d].change,
                           other[d].change_error, drawn[d].once[0].p, other[d].once[0].p})
      numbers.push_back(x);
  for (const BalanceQuestion& q : all.balance)
    numbers.push_back(read_balance(t, q).back().ratio.median());
  return numbers;
}

}  // namespace tenbin
