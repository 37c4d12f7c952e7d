// SPDX-License-Identifier: Apache-2.0
#include "tenbin/past/coverage.hpp"

#include <algorithm>

namespace tenbin {
namespace {

void raise(int& last, int year) { last = std::max(last, year); }

/// First and last year of a table's rows.
struct Years {
  int first = still_going, last = 0;
  void add(int year) {
    first = std::min(first, year);
    last = std::max(last, year);
  }
};

int last_change(const Spell& s) { return s.end == still_going ? s.start : s.end; }

class Gatherer {
 public:
  explicit Gatherer(const Panel& panel) : panel_(panel) {
    for (StateIndex i = 0; i < panel.size(); ++i) all_.states.push_back({.state = i});
  }
  PanelCoverage gather() {
    milex();
    Years growth;
    for (const GrowthRow& g : panel_.growth) growth.add(g.year);
    Years regime, personnel, missiles, plans, disputes, rivalries, ties;
    for (const DemocracyRow& r : panel_.regime)
      regime.add(r.year), raise(of(r.state).regime, r.year);
    for (const PersonnelRow& r : panel_.personnel)
      personnel.add(r.year), raise(of(r.state).personnel, r.year);
    for (const Missile& m : panel_.missiles)
      missiles.add(m.in_service), raise(of(m.state).missiles, m.in_service);
    for (const PlanRow& p : panel_.plans)
      plans.add(p.announced), raise(of(p.state).plans, p.announced);
    for (const Dispute& d : panel_.disputes) {
      disputes.add(d.year);
      raise(of(d.a).disputes, d.year);
      raise(of(d.b).disputes, d.year);
    }
    for (const Spell& s : panel_.rivalries) {
      add(rivalries, s);
      raise(of(s.a).rivalries, last_change(s));
      raise(of(s.b).rivalries, last_change(s));
    }
    for (const Spell& s : panel_.ties) {
      add(ties, s);
      raise(of(s.a).ties, last_change(s));
      raise(of(s.b).ties, last_change(s));
    }
    table("disputes.csv", disputes);
    table("growth.csv", growth);
    table("milex.csv", {panel_.first_year, panel_.last_year});
    table("missiles.csv", missiles);
    table("personnel.csv", personnel);
    table("plans.csv", plans);
    table("regime.csv", regime);
    table("rivalries.csv", rivalries);
    table("ties.csv", ties);
    return std::move(all_);
  }

 private:
  void add(Years& years, const Spell& s) const {
    years.add(s.start);
    years.add(s.end == still_going ? std::max(s.start, panel_.last_year) : s.end);
  }
  StateCoverage& of(StateIndex i) { return all_.states[static_cast<std::size_t>(i)]; }

  void milex() {
    for (StateIndex i = 0; i < panel_.size(); ++i) {
      StateCoverage& s = of(i);
      int first = 0;
      for (int year = panel_.first_year; year <= panel_.last_year; ++year) {
        const MilexCell& c = panel_.cell(i, year);
        if (!c.present()) continue;
        for (int gap = s.milex + 1; first > 0 && gap < year; ++gap) s.gaps.push_back(gap);
        if (first == 0) first = year;
        s.milex = year;
        if (known(c.burden)) s.burden = year;
        s.reported += c.kind == MilexKind::reported;
        s.estimated += c.kind == MilexKind::estimate || c.kind == MilexKind::uncertain;
        s.imputed += c.kind == MilexKind::imputed;
      }
    }
  }

  /// One line a source of the ledger, or one for rows by hand.
  void table(const char* name, const Years& rows) {
    const auto add = [&](const std::string& source, const std::string& date, int first, int last) {
      const bool dated = !source.empty();  // the last row by hand need not be the last one known
      all_.tables.push_back(
          {name, source, date, first, last, dated ? std::max(0, panel_.last_year - last) : 0});
    };
    std::vector<std::string> told;
    for (const LedgerRow& row : panel_.ledger) {
      if (row.table != name || std::find(told.begin(), told.end(), row.label) != told.end())
        continue;
      told.push_back(row.label);
      int first = row.first, last = row.last;
      for (const LedgerRow& other : panel_.ledger)
        if (other.table == name && other.label == row.label) {
          first = std::min(first, other.first);
          last = std::max(last, other.last);
        }
      add(row.label, row.date, first, last);
    }
    if (told.empty() && rows.last > 0) add("", "", rows.first, rows.last);
  }

  const Panel& panel_;
  PanelCoverage all_;
};

}  // namespace

PanelCoverage coverage(const Panel& panel) { return Gatherer(panel).gather(); }

}  // namespace tenbin
