// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/claims.hpp"

#include <algorithm>
#include <vector>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/embedded.hpp"

namespace tenbin {

std::span<const Claim> claims() {
  static const std::vector<Claim> all = [] {
    std::vector<Claim> read;
    for (std::vector<std::string>& row : embedded_rows(tenbin_claims_begin, tenbin_claims_end)) {
      TENBIN_ASSERT(row.size() == 9);
      read.push_back({std::move(row[0]), std::move(row[1]), std::move(row[2]), std::move(row[3]),
                      std::move(row[4]), std::move(row[5]), std::move(row[6]), std::move(row[7]),
                      std::move(row[8])});
    }
    return read;
  }();
  return all;
}

const Claim& claim_of(std::string_view id) {
  const auto found = std::ranges::find(claims(), id, &Claim::id);
  TENBIN_ASSERT(found != claims().end());
  return *found;
}

}  // namespace tenbin
