// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/glossary.hpp"

#include <fmt/format.h>

#include <array>

#include "tenbin/core/problem.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

struct GlossaryEntry {
  std::string_view word;
  Sentence meaning;
};
constexpr std::array glossary{
    GlossaryEntry{"stock", "The sum of past spending; 8% of it wears out each year"},
    GlossaryEntry{"threat",
                  "A rival’s accumulated spending, weighted by hostility and reach, times the "
                  "yearly risk of a fatal incident"},
    GlossaryEntry{"burden at rest",
                  "The share of GDP to which the model would return if threat, cover and growth "
                  "stayed as they are"},
    GlossaryEntry{"race",
                  "Spending of two rivals grows by 8% or more a year, after inflation, three years "
                  "in a row"},
    GlossaryEntry{"dispute",
                  "A threat, display or use of force between two countries, as the data set codes "
                  "it"},
    GlossaryEntry{"pair",
                  "The same simulation twice, with the same parameters and the same shocks: once "
                  "with the change, once without"},
};

std::string meaning_of(std::string_view entry, Language language) {
  for (const GlossaryEntry& e : glossary)
    if (e.word == entry) return say(language, e.meaning);
  for (const Equation equation : {Equation::spending, Equation::economy})
    for (const ParameterSpec& p : parameters(equation))
      if (p.name == entry) {
        const std::string_view symbol = translated(p.symbol, language),
                               meaning = translated(p.meaning, language),
                               unit = translated(p.unit, language);
        if (p.unit.empty() || p.unit == "1")
          return say(language, "{symbol}: {meaning}", fmt::arg("symbol", symbol),
                     fmt::arg("meaning", meaning));
        return say(language, "{symbol}: {meaning} ({unit})", fmt::arg("symbol", symbol),
                   fmt::arg("meaning", meaning), fmt::arg("unit", unit));
      }
  TENBIN_ASSERT(false);
  return {};
}

}  // namespace

std::string term(const std::string& words, std::string_view entry, Language language) {
  return fmt::format(
      "<span class=\"term\" tabindex=\"0\">{}<span class=\"tip\" role=\"tooltip\">{}</span></span>",
      words, escape(meaning_of(entry, language)));
}

}  // namespace tenbin
