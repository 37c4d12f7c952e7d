// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/questions/settings.hpp"

namespace tenbin {

std::vector<std::string> pieces(const std::string& list) {
  const bool marked = list.find_first_of(",;") != std::string::npos;
  const std::string_view between = marked ? ",;" : " \t\n";
  std::vector<std::string> result;
  for (std::string_view rest = list; !rest.empty();) {
    const auto end = rest.find_first_of(between);
    if (const auto piece = trimmed(rest.substr(0, end)); !piece.empty()) result.emplace_back(piece);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return result;
}

std::vector<StateIndex> states_named(const std::string& text, const Panel& panel,
                                     const std::string& flag) {
  if (const auto state = state_by_words(text, panel)) return {*state};  // "South Korea"
  std::vector<std::string> ids;
  if (std::filesystem::is_directory(text))
    for (const State& s : read_setting(flag.substr(2), [&] { return read_panel(text); }).states)
      ids.push_back(s.id);
  else
    ids = pieces(text);
  std::vector<StateIndex> states;
  Problems problems;
  for (const std::string& id : ids) {
    if (const auto found = state_by_words(id, panel))
      states.push_back(*found);
    else
      problems.push_back({flag, fmt::format("state \"{}\" is not in the panel", id),
                          unknown_state_mend(id, panel)});
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return states;
}

std::vector<std::string> terms_named(const std::string& list, const std::string& flag) {
  Problems problems;
  const std::vector<std::string> names = pieces(list);
  for (const std::string& name : names)
    if (std::ranges::find(equation_terms, name, &TermSpec::name) == equation_terms.end())
      problems.push_back({flag, fmt::format("\"{}\" is no term that can be switched off", name),
                          "Terms: " + term_list()});
  if (!problems.empty()) throw Error(std::move(problems));
  std::vector<std::string> ordered;  // each once, in the table's order
  for (const TermSpec& t : equation_terms)
    if (std::ranges::find(names, t.name) != names.end()) ordered.emplace_back(t.name);
  return ordered;
}

std::string term_list() {
  std::string list;
  for (const TermSpec& t : equation_terms) list += (list.empty() ? "" : ", ") + std::string(t.name);
  return list;
}

StateIndex state_named(const std::string& id, const Panel& panel) {
  if (const auto state = state_by_words(id, panel)) return *state;
  throw Error(
      {{"--state", fmt::format("\"{}\" is not in the panel", id), unknown_state_mend(id, panel)}});
}

std::pair<int, int> span_named(const std::string& text, const std::string& flag) {
  int first = 0, last = 0, end = 0;
  if (std::sscanf(text.c_str(), "%d:%d%n", &first, &last, &end) != 2 ||
      end != static_cast<int>(text.size()) || first > last)
    throw Error({{flag, "\"" + text + "\" is no span of years", "Write 1950:1989"}});
  return {first, last};
}

}  // namespace tenbin
