// SPDX-License-Identifier: Apache-2.0
#include "tenbin/num/moments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "near.hpp"

namespace moments_test {

using namespace tenbin;

TEST_CASE("spread and correlation of a few numbers are those by hand") {
  const std::vector<double> a{1, 2, 3, 6}, b{2, missing, 1, 9}, still{5, 5, 5, 5};
  CHECK(standard_deviation(a) == approx(std::sqrt(14.0 / 3)).epsilon(1e-14));
  CHECK_FALSE(known(standard_deviation(std::vector<double>{1})));
  // of (1, 2), (3, 1) and (6, 9): deviations from the means 10/3 and 4
  const double covariance = 59 - 10 * 12 / 3.0, va = 46 - 100 / 3.0, vb = 86 - 144 / 3.0;
  CHECK(correlation(a, b) == approx(covariance / std::sqrt(va * vb)).epsilon(1e-14));
  CHECK(correlation(a, a) == approx(1).epsilon(1e-14));
  CHECK_FALSE(known(correlation(a, b, 4)));  // one of the four is not known
  CHECK_FALSE(known(correlation(a, still)));
}

}  // namespace moments_test
