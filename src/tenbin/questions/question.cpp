// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/question.hpp"

#include <fmt/format.h>

#include <sstream>

namespace tenbin {

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  std::istringstream in{std::string(list)};
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> settings_of(const QuestionEntry& entry) {
  std::vector<std::string> names{"threads"};
  const auto add = [&](std::string_view list) {
    for (std::string& name : words_of(list)) names.push_back(std::move(name));
  };
  if (entry.spec.posterior) add(fit_setting_names);
  if (entry.asks_futures) add(futures_setting_names);
  add(entry.spec.settings);
  return names;
}

Measures measures_of(const Runs& runs) {
  Measures measures{runs.projection(), {}};
  measures.projection.runs.resize(1);
  return measures;
}

void require_scenarios(const QuestionSpec& spec, std::size_t given) {
  if (spec.about == About::scenarios && static_cast<int>(given) < spec.fewest_scenarios)
    throw Error({{std::string(spec.name), "there is no scenario to compare the baseline with",
                  fmt::format("Give {} scenarios or more; the first is the baseline",
                              spec.fewest_scenarios)}},
                Error::Reason::usage);
}

std::string key_of(const QuestionSpec& spec, const Settings& settings) {
  std::string key(spec.name);
  for (const std::string& name : words_of(spec.settings))
    if (const auto text = text_of(settings, *find_setting(name)))
      if (find_setting(name)->file != SettingSpec::File::written)
        key += fmt::format(" {}={}", name, *text);
  return key;
}

}  // namespace tenbin
