// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr std::array kinds{
    std::pair{"milex", Outcome::Kind::milex}, std::pair{"burden", Outcome::Kind::burden},
    std::pair{"stock", Outcome::Kind::stock}, std::pair{"cost", Outcome::Kind::cost},
    std::pair{"balance", Outcome::Kind::balance}};

[[noreturn]] void refuse(const std::string& flag, const std::string& what,
                         const std::string& mend) {
  throw Error({{flag, what, mend}});
}

std::vector<std::string> cut_at(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text)
    if (c == at)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

Bloc bloc_named(const std::string& name, const std::string& flag, const Scenario& s,
                const Panel& panel) {
  for (const Bloc& b : s.blocs)
    if (b.name == name && !b.members.empty()) return b;
  if (const auto state = state_by_words(name, panel)) return {name, {*state}};
  std::string known;
  for (const Bloc& b : s.blocs) known += (known.empty() ? "" : ", ") + b.name;
  refuse(flag, fmt::format("there is no bloc \"{}\"", name),
         fmt::format("Blocs of the scenario: {}; a state's id is a bloc of one",
                     known.empty() ? "none (write [blocs])" : known));
}

}  // namespace

Outcome parse_outcome(const std::string& text, const std::string& flag, const Runs& runs) {
  const Scenario& s = runs.scenarios[0];
  const std::vector<std::string> parts = cut_at(text, ':');
  Outcome o;
  const auto kind = std::ranges::find_if(kinds, [&](auto k) { return parts[0] == k.first; });
  if (parts.size() != 3 || kind == kinds.end())
    refuse(flag, fmt::format("\"{}\" is no outcome", text),
           "Write burden:JPN:2035, milex:JPN:2035, stock:JPN:2035, cost:JPN:2035 or "
           "balance:alliance/china:2035");
  o.kind = kind->second;
  for (const char c : parts[2])
    o.year = c >= '0' && c <= '9' && o.year < 9999 ? 10 * o.year + c - '0' : 9999;
  if (o.year <= s.start || o.year > s.end)
    refuse(flag, fmt::format("its year is {}", parts[2]),
           fmt::format("Give a year from {} to {}", s.start + 1, s.end));
  if (o.kind == Outcome::Kind::balance) {
    const std::vector<std::string> names = cut_at(parts[1], '/');
    if (names.size() != 2)
      refuse(flag, fmt::format("\"{}\" are not two blocs", parts[1]), "Write alliance/china");
    o.first = bloc_named(names[0], flag, s, runs.panel());
    o.second = bloc_named(names[1], flag, s, runs.panel());
    return o;
  }
  const auto state = state_by_words(parts[1], runs.panel());
  if (!state)
    refuse(flag, fmt::format("state \"{}\" is not in the panel", parts[1]),
           unknown_state_mend(parts[1], runs.panel()));
  o.state = *state;
  const Law law = runs.schedules[0].law[*state];
  if (law == Law::idle || (is_share(o) && law != Law::equation))
    refuse(flag, fmt::format("{} has no {} in the futures", parts[1], parts[0]),
           "Choose a state with figures");
  return o;
}

Condition parse_condition(const std::string& text, const std::string& flag, const Runs& runs) {
  const std::size_t at = text.find_first_of("<>");
  if (at == std::string::npos || at + 1 >= text.size() || text[at + 1] != '=')
    refuse(
        flag, fmt::format("\"{}\" is no condition", text),
        "Write an outcome, >= or <=, and a number, in quotation marks: \"burden:JPN:2035 >= 2 %\"");
  Condition c{parse_outcome(std::string(trimmed(text.substr(0, at))), flag, runs), text[at] == '>',
              0};
  const std::string number(trimmed(std::string_view(text).substr(at + 2)));
  if (number == "baseline") {
    c.baseline_year = c.outcome.year;
  } else if (number.starts_with("in ")) {
    const auto year = parse_number(number.substr(3));
    const Scenario& s = runs.scenarios[0];
    if (!year || *year < s.start || *year > s.end)
      refuse(flag, fmt::format("\"{}\" is no year of the scenario", number),
             fmt::format("Write in {} to in {}", s.start, s.end));
    c.baseline_year = static_cast<int>(*year);
  }
  if (c.baseline_year > 0) {
    c.limit = missing;
    return c;
  }
  const auto share = parse_share(number);
  if (!share)
    refuse(
        flag, fmt::format("\"{}\" is no number", number),
        "Write 0.02 or \"2 %\" for a share, millions for money, a plain number for a balance; or "
        "baseline, or in and a year");
  c.limit = *share;
  if (is_share(c.outcome) && (c.limit <= 0 || c.limit >= 1))
    refuse(flag, fmt::format("a burden of {}", number), "Write a share: 0.02 or \"2 %\"");
  return c;
}

std::string outcome_text(const Outcome& o, double value, const Panel& panel) {
  if (is_share(o)) return percent(value);
  if (o.kind == Outcome::Kind::balance) return fmt::format("{:.2f}", value);
  return money_of(panel).text(value);
}

}  // namespace tenbin
