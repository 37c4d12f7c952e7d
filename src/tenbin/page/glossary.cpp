// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/glossary.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "tenbin/core/problem.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> glossary{{
    {"stock", "The sum of past spending; 8% of it wears out each year"},
    {"threat",
     "A rival's accumulated spending, weighted by hostility and reach, times the yearly risk of a "
     "fatal incident"},
    {"burden at rest",
     "The share of GDP to which the model would return if threat, cover and growth stayed as they "
     "are"},
    {"race",
     "Spending of two rivals grows by 8% or more a year, after inflation, three years in a row"},
    {"dispute",
     "A threat, display or use of force between two countries, as the data set codes it"},
    {"pair",
     "The same simulation twice, with the same parameters and the same shocks: once with the "
     "change, "
     "once without"},
}};

std::string meaning(std::string_view entry) {
  for (const auto& [word, text] : glossary)
    if (word == entry) return std::string(text);
  for (const Equation equation : {Equation::spending, Equation::economy})
    for (const ParameterSpec& p : parameters(equation))
      if (p.name == entry)
        return fmt::format("{}: {}{}", p.symbol, p.meaning,
                           p.unit.empty() || p.unit == "1" ? "" : fmt::format(" ({})", p.unit));
  TENBIN_ASSERT(false);
  return {};
}

}  // namespace

std::string term(const std::string& words, std::string_view entry) {
  return fmt::format(
      "<span class=\"term\" tabindex=\"0\">{}<span class=\"tip\" role=\"tooltip\">{}</span></span>",
      words, escape(meaning(entry)));
}

}  // namespace tenbin
