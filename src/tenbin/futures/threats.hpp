// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/model/past.hpp"

/// Who threatens whom: docs/model.md section 12 (Who threatens whom). A description of a year, not
/// a reaction.

namespace tenbin {

/// What one state is to another that it borders on, that is its rival, or of which one is a major
/// power.
struct Threat {
  StateIndex threatened = 0, other = 0;
  double hostility = 0;  // of the year's spells; 0: no rivals
  std::string basis;     // why the panel has them as rivals

  // Four measures, and the share of each among all that threaten the same state; NaN: not known.
  double money = 0;             // stock at market prices as far as it bears on the state, M USD
  double purchasing = 0;        // the same at the other's military price level, M USD
  double fatal = 0, force = 0;  // yearly probability of a dispute with a death, and with force
  double money_share = 0, purchasing_share = 0, risk_share = 0;
  double money_risk_share = 0;  // of money times the probability of a death

  // Beside them.
  double warheads = 0;                   // of the other; NaN: the panel has no table of them
  double range = 0;                      // longest of its missiles, km
  bool reaches = false;                  // the state's capital
  double personnel = 0;                  // under arms in the other, persons; NaN: not known
  std::vector<IndicatorRow> indicators;  // of the year: by the other, against the state or nobody

  bool is_rival() const { return hostility > 0; }
  /// Share of the threat to the state, 0-1: by money times risk, or by money if risks are unknown.
  double part() const {
    return known(money_risk_share) ? money_risk_share : known(money_share) ? money_share : 0;
  }
};

/// Troops of others in a state in the past's year, or the last known before it.
struct Guest {
  StateIndex guest = 0, host = 0;
  int year = 0;
  double troops = 0;
};

struct Threats {
  int year = 0;
  std::vector<Threat> pairs;  // by threatened, then by money times risk, largest first
  std::vector<Guest> guests;  // by host
  bool by_model = false;      // risks are those of the panel's dispute model, else structural
};
/// In the past's last year. Risks are structural where the panel has no dispute model or tells of
/// no past of its dyads, and NaN where it has neither.
Threats threats(const Past& past);

}  // namespace tenbin
