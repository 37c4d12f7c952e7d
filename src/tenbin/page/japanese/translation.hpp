// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tenbin {

/// A sentence in both languages.
struct Translation {
  std::string_view english, japanese;
};

}  // namespace tenbin
