// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

/// Tables that the library carries in itself (embedded_tables.S).

extern "C" const char tenbin_states_begin[], tenbin_states_end[];  // data/states/states.csv
extern "C" const char tenbin_others_begin[], tenbin_others_end[];  // data/states/others.csv
extern "C" const char tenbin_claims_begin[], tenbin_claims_end[];  // data/evidence/claims.csv

namespace tenbin {

/// The rows of a CSV text between two addresses, without its header.
std::vector<std::vector<std::string>> embedded_rows(const char* begin, const char* end);

}  // namespace tenbin
