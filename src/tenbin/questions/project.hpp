// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "tenbin/futures/answers.hpp"
#include "tenbin/io/futures_file.hpp"
#include "tenbin/questions/question.hpp"

namespace tenbin {

/// SHA-256 of all quantiles as 64-bit numbers, the lowest byte first: burden then milex, by year
/// (the start included), by state, by level (0.05 ... 0.95). Where there is no quantile its bits
/// are 7ff8000000000000. The same digest from the command line, Python and R means the same bits.
std::string quantile_digest(const Fan& burden, const Fan& milex);

/// Quantiles of the first scenario's futures.
struct Project {
  static constexpr QuestionSpec spec{.name = "project",
                                     .about = About::scenario,
                                     .posterior = true,
                                     .settings = "digits keep",
                                     .summary = "futures of one scenario as quantiles"};

  explicit Project(const Inputs& inputs)
      : runs(*inputs.runs),
        digits(inputs.settings.digits.value_or(6)),
        keep(inputs.settings.keep.value_or("")) {}
  void prepare(Work& work);
  /// The file of every future, which takes its name with the other outputs.
  void hand_over(Outputs& outputs);
  void ask(Measures& measures);
  void read(const Tally& tally);
  /// Columns scenario, state, year, quantity, q05 ... q95, mean.
  TidyTable table() const;
  /// The focus every five years, and the digest of the quantiles.
  std::string text() const;

  const Runs& runs;
  int digits;        // of each number of the table
  std::string keep;  // netCDF file for every future; empty: none
  std::unique_ptr<FuturesFile> kept;
  Place burden_place, milex_place;
  Fan burden, milex;
};

}  // namespace tenbin
