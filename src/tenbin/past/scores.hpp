// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

/// How good a forecast was. Scores are negatively oriented: smaller is better. Densities and
/// distances are of the quantity scored (log milex or log burden).

namespace tenbin {

/// CRPS = integral of (F(x) - [x >= observed])^2, of a normal (Gneiting and Raftery 2007, eq. 21).
double crps_normal(double observed, double mean, double sd);

/// Interval score of a central interval that holds `level` of a forecast (Gneiting and Raftery
/// 2007, eq. 43): its width, and 2 / (1 - level) times what an outcome outside lies beyond its end.
double interval_score(double observed, double low, double high, double level);

/// The same of a Student-t (Jordan, Krueger and Lerch 2019, appendix A), df > 1.
double crps_student(double observed, double df, double location = 0, double scale = 1);

/// The same of a sample's own distribution: mean |x - y| - mean |x - x'| / 2 over all m^2 pairs.
/// The sample must be sorted and not empty.
double crps_sample(double observed, std::span<const double> sorted);

/// Energy score of a sample of vectors, [member][dimension]: the CRPS in many dimensions, with
/// Euclidean distances over all m^2 pairs. `observed` says the dimensions.
double energy_score(std::span<const double> observed, std::span<const double> members);

/// -log density of a normal.
double log_score_normal(double observed, double mean, double sd);

/// -log density at `observed` of a sample smoothed by a normal kernel of Silverman's width
/// (1.06 min(sd, quartile range / 1.34) m^(-1/5)). Sorted, at least two.
double log_score_sample(double observed, std::span<const double> sorted);

/// Part of a sample below `observed`, ties by half: 0-1. Sorted.
double pit(double observed, std::span<const double> sorted);

/// Value below which part p of a sample lies (Hyndman and Fan's type 7). Sorted.
double quantile_of(std::span<const double> sorted, double p);

/// Test of equal skill of two series of losses at horizon h (Diebold and Mariano 1995, with the
/// correction of Harvey, Leybourne and Newbold 1997).
struct DieboldMariano {
  double statistic = 0;  // positive: the first loses more
  int degrees = 0;       // of the Student-t that it is held against
};
/// `difference`: loss of the first less loss of the second, by time. An estimated variance that is
/// not positive gives way to that of h = 1 (as in R's forecast); NaN if that is not positive
/// either.
DieboldMariano diebold_mariano(std::span<const double> difference, int h);

}  // namespace tenbin
