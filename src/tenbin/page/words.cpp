// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tenbin/core/levers.hpp"
#include "tenbin/page/narrative.hpp"

namespace tenbin {
namespace {

using fmt::arg;

/// "about 2.5 % (± 0.3)", or the value alone where it is fixed.
std::string uncertain(const Value& v, const std::string& value, const std::string& sd,
                      Language language) {
  if (v.sd == 0) return value;
  return say(language, "about {value} (± {sd})", arg("value", value), arg("sd", sd));
}

std::string share_value(const Value& v, Language language) {
  return uncertain(
      v, fmt::format("{:.3g}{}", 100 * v.mean, language == Language::english ? " %" : "%"),
      fmt::format("{:.3g}", 100 * v.sd), language);
}

std::string plain_value(const Value& v, std::string_view unit, Language language) {
  return uncertain(v, fmt::format("{:g}{}", v.mean, translated(unit, language)),
                   fmt::format("{:g}", v.sd), language);
}

}  // namespace

std::string in_sentence(const std::string& name) {
  // Kana and kanji (three bytes, E3 to E9) and wide forms of Latin (EF BC on) run from left to
  // right.
  for (std::size_t k = 0; k < name.size(); ++k) {
    const auto c = static_cast<unsigned char>(name[k]);
    if (c < 0x80) continue;
    const bool wide_form =
        c == 0xef && k + 1 < name.size() && static_cast<unsigned char>(name[k + 1]) >= 0xbc;
    if ((c < 0xe3 || c > 0xe9) && !wide_form) return "\u2068" + name + "\u2069";
    k += 2;
  }
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

namespace {

double yen_in(const Panel& panel) {
  for (const ExchangeRate& r : panel.rates)
    if (r.currency == "JPY") return r.rate;
  return missing;
}

}  // namespace

Money money_of(const Panel& panel, Language language) {
  const bool dollar = panel.currency.empty() || panel.currency.starts_with("US dollar");
  const std::string currency = dollar
                                   ? say(language, "dollars")
                                   : in_sentence(std::string(translated(panel.currency, language)));
  return {dollar ? "$" : "",
          panel.price_year > 0
              ? say(language, "{currency} of {year}", arg("currency", currency),
                    arg("year", panel.price_year))
              : say(language, "{currency} at current prices", arg("currency", currency)),
          language, yen_in(panel)};
}

std::string Money::text(double million) const {
  const double billion = million / 1000;
  if (language == Language::japanese) {
    const char* const dollar = sign.empty() ? "" : "ドル";
    const double oku = million / 100;  // 10^8
    if (std::abs(oku) >= 9'999.5) return fmt::format("{:.2f}兆{}", oku / 10'000, dollar);
    return std::abs(oku) >= 99.95 ? grouped(oku) + "億" + dollar
                                  : fmt::format("{:.1f}億{}", oku, dollar);
  }
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

/// "at least ": how a plan relates to its target, before the value or, in Japanese, behind it.
constexpr std::array<std::string_view, 3> mode_words{"at least ", "", "at most "};

constexpr std::array<std::string_view, promise_kinds> kind_words{
    "budget law", "government plan", "pledge at a summit", "minister's aim"};

/// "about 80 % (± 15) of the gap is closed".
std::string adherence_words(const Value& v, Language language) {
  constexpr Sentence sentences[2][2]{
      // [partly ignored][uncertain]
      {"{part} % of the gap is closed", "about {part} % (± {sd}) of the gap is closed"},
      {"{ignored} % of the simulations ignore it, in the others {part} % of the gap is closed",
       "{ignored} % of the simulations ignore it, in the others about {part} % (± {sd}) of the gap "
       "is closed"}};
  const auto whole = [](double part) { return fmt::format("{:.0f}", 100 * part); };
  return say(language, sentences[v.ignored != 0][v.sd != 0], arg("part", whole(v.mean)),
             arg("sd", whole(v.sd)), arg("ignored", whole(v.ignored)));
}

/// "$65.0 bn in 2026, $70.0 bn in 2027".
std::string path_words(const std::vector<YearValue>& path, const Panel& panel, Language language) {
  const Money money = money_of(panel, language);
  std::string words;
  for (const YearValue& y : path)
    words += (words.empty()                   ? ""
              : language == Language::english ? ", "
                                              : "、") +
             say(language, "{amount} in {year}", arg("amount", money.text(y.value.mean)),
                 arg("year", y.year));
  return words;
}

/// "2026", or "2026 to 2030" of a lever that ends.
std::string years_words(const Lever& l, Language language) {
  return spec(l).has(Gives::until) && l.by > 0
             ? say(language, "{from} to {by}", arg("from", l.from), arg("by", l.by))
             : say(language, "{from}", arg("from", l.from));
}

/// "2.5 %", "about $70.0 bn (± $3.0 bn)", "1500 km".
std::string value_words(const Value& v, const LeverSpec& s, const Panel& panel, Language language) {
  if (s.unit_spec().percent) return share_value(v, language);
  if (s.unit != Unit::money) return plain_value(v, s.unit_spec().suffix, language);
  const Money money = money_of(panel, language);
  return uncertain(v, money.text(v.mean), money.text(v.sd), language);
}

/// Whether japanese/levers.hpp has a text of the tables, with the same placeholders.
constexpr bool has_japanese(std::string_view english) {
  if (english.empty()) return true;
  for (const Translation& row : japanese_levers)
    if (row.english == english)
      return language_detail::has_placeholders(english, row.japanese) &&
             language_detail::has_placeholders(row.japanese, english);
  return false;
}
static_assert(std::ranges::all_of(lever_table, [](const LeverSpec& s) {
  return has_japanese(s.effect) && has_japanese(s.sentence) && has_japanese(s.held) &&
         has_japanese(s.responds) && has_japanese(s.slider_words);
}));
static_assert(std::ranges::all_of(reaction_table, [](const ReactionSpec& s) {
  return has_japanese(s.words) && has_japanese(s.slider_words);
}));
static_assert(std::ranges::all_of(unit_table,
                                  [](const UnitSpec& s) { return has_japanese(s.suffix); }));
static_assert(std::ranges::all_of(kind_words, has_japanese));
static_assert(std::ranges::all_of(mode_words, has_japanese));

}  // namespace

LeverWords words(const Lever& l, const Panel& panel, Language language) {
  const LeverSpec& s = spec(l);
  const auto name = [&](StateIndex i) {
    return i == all_states ? say(language, "every country") : short_name(panel.states[i]);
  };
  std::vector<std::string> states;
  for (const StateIndex i : l.states) states.push_back(name(i));
  return {.does = capitalised(fmt::format(
              fmt::runtime(translated(s.sentence, language)), arg("state", name(l.state)),
              arg("other", name(l.other)), arg("states", listed(states, language)),
              arg("value", value_words(l.value, s, panel, language)),
              arg("from", years_words(l, language)), arg("by", l.by),
              arg("as", translated(mode_words[static_cast<std::size_t>(l.as)], language)),
              arg("kept", adherence_words(l.adherence, language)),
              arg("reaction", translated(spec(l.reaction).words, language)),
              arg("path", path_words(l.path, panel, language)))),
          .held = std::string(translated(s.held, language)),
          .responds = std::string(translated(s.responds, language)),
          .why = l.why};
}

std::string promise_words(PledgeKind kind, Language language) {
  return std::string(translated(kind_words[static_cast<std::size_t>(kind)], language));
}

std::size_t text_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const auto byte = static_cast<unsigned char>(text[k]);
    if ((byte & 0xc0) == 0x80) continue;
    // UTF-8 of U+2E80 begins with E2 BA.
    const bool above_e2ba = byte > 0xe2 || (byte == 0xe2 && k + 1 < text.size() &&
                                            static_cast<unsigned char>(text[k + 1]) >= 0xba);
    width += above_e2ba ? 2 : 1;
  }
  return width;
}

std::string shortened(const std::string& text, std::size_t most) {
  std::size_t end = 0, width = 0;
  while (end < text.size()) {
    std::size_t next = end + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xc0) == 0x80) ++next;
    width += text_width(std::string_view(text).substr(end, next - end));
    if (width > most) break;
    end = next;
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
