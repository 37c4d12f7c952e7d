// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tenbin/fit/fit.hpp"
#include "tenbin/infer/psis.hpp"

namespace tenbin {

/// log p of each fitted row under each draw of the spending equation: [row][draw] in the table's
/// order. `state`: only the rows of that fitted state.
std::vector<std::vector<double>> log_likelihood(const RowTable& rows, const Draws& draws,
                                                int state);

/// Every fitted row of the spending equation left out, in the table's order.
std::vector<LeftOutRow> leave_one_out(const RowTable& rows, const Draws& draws,
                                      const Execution& execution);

/// One line of the comparison: the model without a term against the whole one.
struct TermComparison {
  std::string without;                       // empty: the whole model
  double elpd = 0;                           // sum over rows
  double elpd_se = 0;                        // its standard error
  double p_loo = 0;                          // effective number of parameters
  double difference = 0, difference_se = 0;  // elpd less that of the whole model, paired by row
  double worst_k = 0;                        // largest Pareto k
  int high_k = 0;                            // rows with k above 0.7
  int rows = 0;
  Health health;
};

/// Fits the whole spending equation and one without each of the terms, and compares their
/// leave-one-out predictive densities. Empty if stopped.
std::vector<TermComparison> compare_terms(const Past& past, const FitOptions& options,
                                          const std::vector<std::string>& terms,
                                          const Execution& execution,
                                          const FitObserver& observer = {});

}  // namespace tenbin
