// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tenbin/model/covariates.hpp"
#include "tenbin/model/danger.hpp"
#include "tenbin/model/dispute_step.hpp"
#include "tenbin/model/growth_record.hpp"
#include "tenbin/model/safety.hpp"

namespace tenbin {

/// What is known of a panel at the end of a year, and everything that follows from it before any
/// scenario or posterior: docs/model.md section 1 (Covariates), docs/model.md section 8 (Races) and
/// docs/model.md section 10 (Disputes). It is built once and shared; nothing in it changes.
class Past {
 public:
  /// Cuts the panel at the end of `year`; without later figures the panel is shared, not copied.
  Past(std::shared_ptr<const Panel> panel, int year);
  Past(const Past&) = delete;
  Past& operator=(const Past&) = delete;

  const Panel& panel() const { return *panel_; }
  /// The last year that is known.
  int year() const { return year_; }

  /// Pairs of the panel's spells and of dyads(), whose relations are known for every year.
  const Topology& topology() const { return topology_; }
  /// Relations that spells and missiles give for any year, past or future, by topology().
  const Relations<double>& relations(int year) const;

  /// Capability stocks, [state][year - first year of the panel] in M USD.
  std::span<const double> stocks() const { return stocks_; }
  /// Capability stock of a state in a year of the panel, M USD; 0 in the year before the first.
  double stock(StateIndex i, int year) const { return of_year(stocks_, i, year, 0); }
  /// Unrest of a state at the end of a year of the panel, 1/year; Unrest::start before the first.
  double unrest(StateIndex i, int year) const { return of_year(unrests_, i, year, Unrest::start); }

  /// Lasting growth of a state's GDP at the end of a year of the panel; of weight 0 where none is
  /// known.
  const LastingGrowth<double>& lasting(StateIndex i, int year) const {
    return lasting_[static_cast<std::size_t>(i) * panel_->years() + (year - panel_->first_year)];
  }
  /// What growth after a year of the panel is expected from.
  GrowthMemory<double> memory(StateIndex i, int year) const {
    const LastingGrowth<double>& own = lasting(i, year);
    const double world = world_growth(year);
    return {own.weight > 0 ? own.mean - world : 0, world, of_year(incomes_, i, year, 0)};
  }
  /// Mean lasting growth of the states whose growth of that year is known.
  double world_growth(int year) const { return world_growth_[year - panel_->first_year]; }

  /// Between the panel's growth of GDP and real growth, for expectations of the latter.
  const Wedge& wedge(StateIndex i) const { return wedges_[i]; }

  /// Part of the futures in which a state keeps its share of GDP, 0 to 1.
  double share_keeping(StateIndex i) const;

  /// Rows that the spending equation can be fitted to, by state, then year; only states with at
  /// least fewest_fitted_rows.
  const std::vector<Row>& rows() const { return rows_; }
  const GrowthRecord& growth(MoneyKind money) const {
    return money == MoneyKind::real ? real_ : nominal_;
  }

  const DisputeRecord& disputes() const { return disputes_; }
  const DangerRecord& danger() const { return danger_; }
  const SafetyRecord& safety() const { return safety_; }
  /// P: danger of a fatal dispute in the year after, percentage points; typical_danger where the
  /// panel has no model of it or the state no stock.
  double danger(StateIndex i, int year) const;
  /// Its mean over the rows fitted; of a state without rows over the years that are known.
  double mean_danger(StateIndex i) const { return mean_danger_[i]; }
  DisputeLack dispute_lack() const { return dispute_lack_; }
  /// Why futures draw no disputes, one clause; empty where they can.
  const std::string& no_disputes() const { return no_disputes_; }
  /// Dyads whose disputes futures can draw: relevant in year(), with all covariates known. None
  /// where no_disputes() says why.
  const std::vector<Dyad>& dyads() const { return dyads_; }

 private:
  /// Relations from a year on, up to the next span's first year.
  struct Span {
    int first;
    Relations<double> relations;
  };
  double of_year(const std::vector<double>& of, StateIndex i, int year, double before) const {
    if (year < panel_->first_year) return before;
    return of[static_cast<std::size_t>(i) * panel_->years() + (year - panel_->first_year)];
  }
  std::vector<Dyad> find_dyads() const;
  std::vector<Span> find_relations() const;
  void find_lasting();
  std::vector<double> find_incomes() const;
  std::vector<Wedge> find_wedges() const;
  std::vector<Row> find_rows() const;
  std::vector<double> find_dangers() const;
  std::vector<double> find_mean_dangers() const;

  std::shared_ptr<const Panel> panel_;
  int year_;
  std::vector<double> stocks_, unrests_;
  std::vector<LastingGrowth<double>> lasting_;  // [state][year]
  std::vector<double> world_growth_;            // [year]
  std::vector<Wedge> wedges_;                   // by state
  std::vector<double> incomes_;  // [state][year], log of GDP a head relative to the United States
  DisputeRecord disputes_;
  DangerRecord danger_;
  SafetyRecord safety_;
  std::vector<double> dangers_;  // [state][year], percentage points; NaN: not known
  DisputeLack dispute_lack_;
  std::string no_disputes_;
  std::vector<Dyad> dyads_;
  Topology topology_;
  std::vector<Span> relations_;  // the first holds since ever
  std::vector<Row> rows_;
  std::vector<double> mean_danger_;  // by state
  GrowthRecord real_, nominal_;
};

/// The past of a panel at the end of a year. Without a year, of all that the panel knows.
std::shared_ptr<const Past> past_of(Panel panel, int year);
std::shared_ptr<const Past> past_of(Panel panel);

/// How many pasts this process has built so far: a test counts them.
std::size_t pasts_built();

/// Adds the pair where it is not there yet. The links stay in order.
void add_link(std::vector<Link>& links, StateIndex i, StateIndex j);
/// Finds the links by which the disputes of each dyad are felt.
void find_links(const Topology& topology, std::vector<Dyad>& dyads);

/// What each state feels in a year of the panel; NaN for a state without own stock.
std::vector<Felt<double>> felt_in(const Past& past, int year);

}  // namespace tenbin
