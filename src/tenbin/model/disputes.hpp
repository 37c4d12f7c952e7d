// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tenbin/core/panel.hpp"
#include "tenbin/num/elementary.hpp"

/// Onsets of militarised disputes: docs/model.md section 10 (Disputes).

namespace tenbin {

inline constexpr int first_dispute_history = 1816;
inline constexpr int dispute_memory = 10;  // years whose onsets are counted
inline constexpr int force_used = 4;       // least hostility level of a dispute with force
inline constexpr int lives_lost = 1;       // least fatality level of a dispute with a death

/// How far a dispute went; one with a death is taken as one with force.
Severity severity_of(const Dispute& dispute);

/// A dyad's own past at the end of a year.
struct DisputeHistory {
  int last = 0;  // year of the last onset, or without one of the later entry of the two states
  bool never = false;    // there was none
  unsigned pattern = 0;  // bit k: an onset k years before, up to nine

  int recent() const { return std::popcount(pattern); }  // years with an onset among the past ten
};

/// A relevant dyad in a year: contiguous, or with a major power in it, the year before.
struct DyadYear {
  StateIndex a = 0, b = 0;  // a < b
  int year = 0;             // that is asked about
  DisputeVector x{};
  bool onset = false;
  Severity worst = Severity::any;  // of the year's disputes

  bool reaches(Severity s) const { return onset && s <= worst; }
};

/// The panel's dyads as disputes see them; stocks, places, borders and history are looked up once.
class DisputeRecord {
 public:
  /// `stocks` are those of the panel, as stocks() gives them. The panel must outlive the record.
  DisputeRecord(const Panel& panel, std::vector<double> stocks);

  bool relevant(StateIndex a, StateIndex b, int year) const;
  /// Whether the panel knows who had a dispute up to a year.
  bool told(int year) const;
  /// Nothing before both states exist, or where the panel tells of no past. A row of its
  /// dispute_history.csv stands in place of its disputes; the years it counts but does not name are
  /// taken as spread evenly.
  std::optional<DisputeHistory> history(StateIndex a, StateIndex b, int year) const;
  /// The risk of `year` + 1 asks for these of `year`. Nothing where one of them is not known.
  /// Democracy is that of up to five years before.
  std::optional<DisputeVector> covariates(StateIndex a, StateIndex b, int year) const;
  /// Relevant dyads of first .. last with all covariates, by dyad, then year; none after the
  /// panel's last dispute.
  std::vector<DyadYear> dyad_years(int first, int last) const;

 private:
  struct Onset {
    int year;
    Severity worst;
  };
  std::size_t place(StateIndex a, StateIndex b) const {
    return static_cast<std::size_t>(a < b ? a : b) * panel_.size() + (a < b ? b : a);
  }
  double democracy_of(StateIndex i, int year) const;

  const Panel& panel_;
  std::vector<double> stock_, total_;          // [state][year], [year]
  std::vector<double> democracy_;              // [state][year - first]
  std::vector<std::vector<Onset>> onsets_;     // [dyad], by year, one a year
  std::vector<std::vector<Border>> borders_;   // [dyad]
  std::vector<std::vector<Spell>> rivalries_;  // [dyad]
};

/// The first thing that a panel lacks for futures that draw disputes.
enum class DisputeLack {
  nothing,
  model,       // disputes.toml
  late_model,  // its model was fitted to years after the start
  past,        // no dyad's past is known
  dyads        // no relevant dyad has all covariates
};
DisputeLack dispute_lack(const Panel& panel, const DisputeRecord& record, int start);
/// Why futures from `start` on draw no disputes, one clause; empty where they can.
std::string no_disputes(const Panel& panel, DisputeLack lack, int start);

DisputeScale scale_of(std::span<const DyadYear> rows);

/// Probabilities of a year: of an onset, of one with force, of one with a death.
using OnsetRisk = std::array<double, severities>;
template <class Real>
struct DisputeSlopes;  // dispute_step.hpp
OnsetRisk onset_risk(const DisputeSlopes<double>& slopes, const DisputeVector& x);
/// `draw` holds dispute_numbers, on the standardised covariates.
DisputeSlopes<double> dispute_slopes(std::span<const double> draw, const DisputeScale& scale);

}  // namespace tenbin
