// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tenbin/core/tidy.hpp"

namespace tenbin {

/// The table as CSV (RFC 4180) with a header row; numbers as their column writes them, an empty
/// field for none.
std::string csv_text(const TidyTable& table);

}  // namespace tenbin
