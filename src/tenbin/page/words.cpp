// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/words.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "tenbin/core/levers.hpp"

namespace tenbin {
namespace {

std::string share_value(const Value& v) {
  if (v.sd == 0) return fmt::format("{:.3g} %", 100 * v.mean);
  return fmt::format("about {:.3g} % (give or take {:.3g})", 100 * v.mean, 100 * v.sd);
}

std::string plain_value(const Value& v, std::string_view unit) {
  if (v.sd == 0) return fmt::format("{:g}{}", v.mean, unit);
  return fmt::format("about {:g}{} (give or take {:g})", v.mean, unit, v.sd);
}

}  // namespace

std::string in_sentence(const std::string& name) {
  for (const char c : name)
    if (static_cast<unsigned char>(c) >= 0x80) return "\u2068" + name + "\u2069";
  return name;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string percent(double share, int digits) {
  return fmt::format("{:.{}f} %", 100 * share, digits);
}

std::string grouped(double x) {
  std::string text = fmt::format("{:.0f}", x);
  for (std::size_t at = text.size(); at > 3 && text[at - 4] != '-';)
    if ((at -= 3) > 0) text.insert(at, ",");
  return text;
}

std::string signed_number(double x, int digits) {
  std::string text = fmt::format("{:.{}f}", std::abs(x), digits);
  if (text.find_first_not_of("0.") == std::string::npos) return text;  // too small for these digits
  return (x < 0 ? "\u2212" : "+") + text;
}

Money money_of(const Panel& panel) {
  const bool dollar = panel.currency.empty() || panel.currency.starts_with("US dollar");
  const std::string prices = panel.price_year > 0 ? fmt::format("of {}", panel.price_year)
                                                  : std::string("at current prices");
  return {dollar ? "$" : "",
          (dollar ? std::string("dollars") : in_sentence(panel.currency)) + " " + prices};
}

std::string Money::text(double million) const {
  const double billion = million / 1000;
  if (std::abs(billion) >= 1000) return fmt::format("{}{:.2f} tn", sign, billion / 1000);
  return fmt::format("{}{:.{}f} bn", sign, billion, std::abs(billion) >= 100 ? 0 : 1);
}

std::string Money::change(double million) const {
  const std::string size = text(std::abs(million));
  if (size == text(0)) return size;
  return (million < 0 ? "\u2212" : "+") + size;
}

std::string within_width(double value, double width) {
  const int decimals = width >= 2 ? 0 : width >= 0.2 ? 1 : 2;
  return fmt::format("{:.{}f}", value, decimals);
}

std::string pair_words(const Weakened& w, const Panel& panel) {
  const auto name = [&](StateIndex i) { return in_sentence(panel.states[i].name); };
  switch (w.what) {
    case Weakened::What::hostility:
      return fmt::format("the hostility of {} and {}", name(w.a), name(w.b));
    case Weakened::What::cover:
      return fmt::format("the cover that {} gives {}", name(w.a), name(w.b));
    case Weakened::What::rivals:
      return "the answer to rivals' rises (rival_response)";
    case Weakened::What::allies:
      return "the answer to allies' rises (ally_response)";
    case Weakened::What::threat:
      return "the answer to threat (threat_slope)";
    case Weakened::What::support:
      return "the answer to cover (support_slope)";
    case Weakened::What::nothing:
      break;
  }
  return "nothing";
}

namespace {

/// "at least 2 %": how a plan stands to its target.
std::string mode_words(PlanMode mode) {
  constexpr std::array words{"at least ", "", "at most "};
  return words[static_cast<std::size_t>(mode)];
}

constexpr std::array<std::string_view, promise_kinds> kind_words{
    "budget law", "government plan", "pledge at a summit", "minister's aim"};

/// "about 80 % of the gap is closed (give or take 15)".
std::string adherence_words(const Value& v) {
  const std::string closed =
      v.sd == 0 ? fmt::format("{:.0f} % of the gap is closed", 100 * v.mean)
                : fmt::format("about {:.0f} % of the gap is closed (give or take {:.0f})",
                              100 * v.mean, 100 * v.sd);
  if (v.ignored == 0) return closed;
  return fmt::format("in {:.0f} of 100 futures it is ignored, in the others {}", 100 * v.ignored,
                     closed);
}

std::string listed(const std::vector<StateIndex>& states, const Panel& panel) {
  std::string list;
  for (std::size_t k = 0; k < states.size(); ++k)
    list += (k == 0                   ? ""
             : k + 1 == states.size() ? " and "
                                      : ", ") +
            in_sentence(panel.states[states[k]].name);
  return list;
}

/// "$65.0 bn in 2026, $70.0 bn in 2027".
std::string path_words(const std::vector<YearValue>& path, const Panel& panel) {
  const Money money = money_of(panel);
  std::string words;
  for (const YearValue& y : path)
    words += fmt::format("{}{} in {}", words.empty() ? "" : ", ", money.text(y.value.mean), y.year);
  return words;
}

/// "2026", or "2026 to 2030" of a lever that ends.
std::string years_words(const Lever& l) {
  return spec(l).has(Gives::until) && l.by > 0 ? fmt::format("{} to {}", l.from, l.by)
                                               : fmt::to_string(l.from);
}

/// "2.5 %", "about $70.0 bn (give or take $3.0 bn)", "1500 km".
std::string value_words(const Value& v, const LeverSpec& s, const Panel& panel) {
  if (s.unit_spec().percent) return share_value(v);
  if (s.unit != Unit::money) return plain_value(v, s.unit_spec().suffix);
  const Money money = money_of(panel);
  if (v.sd == 0) return money.text(v.mean);
  return fmt::format("about {} (give or take {})", money.text(v.mean), money.text(v.sd));
}

}  // namespace

LeverWords words(const Lever& l, const Panel& panel) {
  const LeverSpec& s = spec(l);
  const auto name = [&](StateIndex i) {
    return i == all_states ? std::string("every state") : in_sentence(panel.states[i].name);
  };
  return {.does = fmt::format(
              fmt::runtime(s.sentence), fmt::arg("state", name(l.state)),
              fmt::arg("other", name(l.other)), fmt::arg("states", listed(l.states, panel)),
              fmt::arg("value", value_words(l.value, s, panel)), fmt::arg("from", years_words(l)),
              fmt::arg("by", l.by), fmt::arg("as", mode_words(l.as)),
              fmt::arg("kept", adherence_words(l.adherence)),
              fmt::arg("reaction", spec(l.reaction).words),
              fmt::arg("path", path_words(l.path, panel))),
          .held = std::string(s.held),
          .responds = std::string(s.responds),
          .why = l.why};
}

std::string promise_words(PledgeKind kind) {
  return std::string(kind_words[static_cast<std::size_t>(kind)]);
}

std::string shortened(const std::string& text, std::size_t most) {
  std::size_t end = 0, count = 0;
  while (end < text.size() && count < most) {
    do ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80);
    ++count;
  }
  return end == text.size() ? text : text.substr(0, end) + "\u2026";
}

std::string escape(std::string_view text) {
  std::string safe;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text.substr(k, 2) == " %" && k > 0 && text[k - 1] >= '0' && text[k - 1] <= '9')
      continue;  // pages write 2%
    switch (text[k]) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += text[k];
    }
  }
  return safe;
}

std::string isolated(std::string_view text) { return "<bdi>" + escape(text) + "</bdi>"; }

}  // namespace tenbin
