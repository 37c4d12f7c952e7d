// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/states.hpp"

#include <algorithm>
#include <charconv>

#include "tenbin/io/embedded.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

/// Letters and digits only, without case and accents: what two spellings of a name share.
std::string folded(std::string_view name) {
  // Latin-1 Supplement by its second byte after 0xC3: the letter below the accent
  static constexpr std::string_view latin = "aaaaaaaceeeeiiiidnooooo ouuuuyts";
  std::string result;
  for (std::size_t k = 0; k < name.size(); ++k) {
    const auto c = static_cast<unsigned char>(name[k]);
    if (c == 0xC3 && k + 1 < name.size()) {
      const auto next = static_cast<unsigned char>(name[++k]);
      if (next >= 0x80 && next < 0xC0 && latin[next & 0x1F] != ' ') result += latin[next & 0x1F];
    } else if (c >= 'A' && c <= 'Z') {
      result += static_cast<char>(c + 32);
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      result += static_cast<char>(c);
    } else if (c == '&') {
      result += "and";
    }
  }
  return result;
}

std::vector<std::string_view> split(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = text.find(sign);
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

int whole_in(std::string_view text, int otherwise) {
  int value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

KnownStates::KnownStates() {
  read_states();
  read_others();
}

void KnownStates::read_states() {
  enum { id, name, capital, lat, lon, entered, cow, also, codes, gdp };
  for (const std::vector<std::string>& row :
       embedded_rows(tenbin_states_begin, tenbin_states_end)) {
    const std::size_t place = states_.size();
    State state{.id = row[id], .name = row[name], .capital = row[capital]};
    state.lat = parse_number(row[lat]).value_or(missing);
    state.lon = parse_number(row[lon]).value_or(missing);
    if (!row[entered].empty()) state.entered = whole_in(row[entered], 0);
    states_.push_back(std::move(state));
    gdp_.push_back(parse_number(row[gdp]).value_or(missing));
    const auto add_name = [&](std::string_view spelling) {
      names_.emplace_back(folded(spelling), place);
      spellings_.emplace_back(spelling);
    };
    add_name(row[name]);
    for (const std::string_view other : split(row[also], ';')) add_name(other);
    for (const std::string_view code : split(row[codes], ' ')) codes_.emplace_back(code, place);
    for (const std::string_view part : split(row[cow], ' ')) {
      const auto years = part.find(':');
      Number number{whole_in(part.substr(0, years), -1), 0, still_going, place};
      if (years != std::string_view::npos) {
        const std::string_view span = part.substr(years + 1);
        const auto dash = span.find('-');
        number.first = whole_in(span.substr(0, dash), 0);
        number.last = whole_in(span.substr(dash + 1), still_going);
      }
      numbers_.push_back(number);
    }
  }
  std::ranges::sort(names_);
}

void KnownStates::read_others() {
  enum { code, name, kind };
  using Kind = OtherEntity::Kind;
  for (const std::vector<std::string>& row : embedded_rows(tenbin_others_begin, tenbin_others_end))
    others_.push_back({row[code], row[name],
                       row[kind] == "aggregate"   ? Kind::aggregate
                       : row[kind] == "territory" ? Kind::territory
                                                  : Kind::former});
}

const KnownStates& KnownStates::all() {
  static const KnownStates states;
  return states;
}

const State* KnownStates::by_id(std::string_view id) const {
  const auto found = std::ranges::find(states_, id, &State::id);
  return found == states_.end() ? nullptr : &*found;
}

double KnownStates::gdp(std::string_view id) const {
  const auto found = std::ranges::find(states_, id, &State::id);
  return found == states_.end() ? missing : gdp_[static_cast<std::size_t>(found - states_.begin())];
}

const State* KnownStates::by_code(std::string_view code) const {
  code = trimmed(code);
  if (const State* const state = by_id(code)) return state;
  const auto found = std::ranges::find(codes_, code, &std::pair<std::string, std::size_t>::first);
  return found == codes_.end() ? nullptr : &states_[found->second];
}

const State* KnownStates::by_text(std::string_view text) const {
  std::string code(trimmed(text));
  std::ranges::transform(code, code.begin(), [](unsigned char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : static_cast<char>(c);
  });
  const State* const state = by_code(code);
  return state ? state : by_name(text);
}

std::string KnownStates::nearest_name(std::string_view name) const {
  return nearest(trimmed(name), spellings_);
}

const OtherEntity* KnownStates::other(std::string_view code_or_name) const {
  const std::string_view text = trimmed(code_or_name);
  const std::string key = folded(text);
  const auto found = std::ranges::find_if(others_, [&](const OtherEntity& o) {
    return (!o.code.empty() && o.code == text) || (!key.empty() && folded(o.name) == key);
  });
  return found == others_.end() ? nullptr : &*found;
}

namespace {

/// Parts between commas, joined again where a name has one: "Korea, South", "Congo, Dem. Rep.".
std::vector<std::string> joined_names(const std::vector<std::string>& parts) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < parts.size();) {
    std::size_t end = k + 1;
    std::string name = parts[k], longer = name;
    for (std::size_t j = k + 1; j < parts.size() && j < k + 3; ++j) {
      longer += ", " + parts[j];
      if (KnownStates::all().by_name(longer) && !KnownStates::all().by_text(parts[j]))
        name = longer, end = j + 1;
    }
    names.push_back(std::move(name));
    k = end;
  }
  return names;
}

}  // namespace

std::vector<std::string> listed_states(std::string_view list) {
  std::vector<std::string> parts;
  const auto add = [&](std::string_view part) {
    if (const auto text = trimmed(part); !text.empty()) parts.emplace_back(text);
  };
  const bool marked = list.find_first_of(",;") != std::string_view::npos;
  if (KnownStates::all().by_text(list)) {  // "Korea, South"
    add(list);
    return parts;
  }
  const std::string_view between = marked ? ",;" : " \t\n";
  while (!list.empty()) {
    const auto end = list.find_first_of(between);
    add(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return joined_names(parts);
}

const State* KnownStates::by_name(std::string_view name) const {
  const std::string key = folded(name);
  const auto found = std::ranges::lower_bound(
      names_, key, {}, [](const auto& n) -> const std::string& { return n.first; });
  return found == names_.end() || found->first != key ? nullptr : &states_[found->second];
}

const State* KnownStates::by_cow(int number, int year) const {
  for (const Number& n : numbers_)
    if (n.number == number && n.first <= year && year <= n.last) return &states_[n.state];
  return nullptr;
}

const State& KnownStates::in_year(const State& state, int year) const {
  if (state.id == "CZE" && year < state.entered.value_or(0)) return *by_id("CSK");
  for (const Number& n : numbers_) {
    if (states_[n.state].id != state.id || (n.first <= year && year <= n.last)) continue;
    if (const State* const then = by_cow(n.number, year)) return *then;
  }
  return state;
}

std::optional<int> KnownStates::changes_after(int number, int year) const {
  for (const Number& n : numbers_)
    if (n.number == number && n.first <= year && year <= n.last && n.last != still_going)
      return n.last;
  return std::nullopt;
}

}  // namespace tenbin
