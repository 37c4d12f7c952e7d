// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/core/tidy.hpp"
#include "tenbin/futures/answers.hpp"
#include "tenbin/questions/outcome.hpp"

namespace tenbin {

/// How far each scenario's outcome lies behind that of the best one, future by future.
class Regrets {
 public:
  /// `text`: "most:" or "least:" and an outcome, such as "least:cost:JPN:2035". Throws Error.
  Regrets(const std::string& text, const Runs& runs);
  /// `whole`: for each scenario, its run in the projection.
  void ask(std::vector<Measure>& measures, const std::vector<int>& whole);
  void read(const Tally& tally);
  /// Columns scenario, outcome, best (most or least), quantiles and mean of the regret in the
  /// outcome's unit, probability of being the best with its error.
  TidyTable table(const Runs& runs) const;
  std::string text(const Runs& runs) const;

  std::vector<Regret> regrets;  // by scenario

 private:
  bool more_is_better_ = false;
  std::string name_;  // of the outcome
  Outcome outcome_;
  std::vector<OutcomeReader> readers_;  // by scenario
  std::size_t at_ = 0;
};

}  // namespace tenbin
