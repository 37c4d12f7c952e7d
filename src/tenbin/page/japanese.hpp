// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "tenbin/page/japanese/alliance.hpp"
#include "tenbin/page/japanese/answers.hpp"
#include "tenbin/page/japanese/data.hpp"
#include "tenbin/page/japanese/futures.hpp"
#include "tenbin/page/japanese/grounds.hpp"
#include "tenbin/page/japanese/levers.hpp"
#include "tenbin/page/japanese/risk.hpp"
#include "tenbin/page/japanese/scenarios.hpp"
#include "tenbin/page/japanese/score.hpp"
#include "tenbin/page/japanese/threats.hpp"
#include "tenbin/page/japanese/translation.hpp"
#include "tenbin/page/japanese/words.hpp"

namespace tenbin {

namespace language_detail {

template <std::size_t... n>
constexpr auto together(const Translation (&... parts)[n]) {
  std::array<Translation, (n + ...)> all{};
  std::size_t k = 0;
  const auto append = [&](const auto& part) {
    for (const Translation& row : part) all[k++] = row;
  };
  (append(parts), ...);
  return all;
}

}  // namespace language_detail

/// All sentences of a page.
inline constexpr auto japanese =
    language_detail::together(japanese_answers, japanese_words, japanese_futures, japanese_threats,
                              japanese_risk, japanese_alliance, japanese_grounds, japanese_score,
                              japanese_levers, japanese_data, japanese_scenarios);

}  // namespace tenbin
