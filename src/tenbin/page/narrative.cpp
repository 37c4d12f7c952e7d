// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/narrative.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "tenbin/page/phrases.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

using fmt::arg;

constexpr double surge = 1.25, rise = 1.10,
                 fallen = 0.90;                         // spending of today over three years ago
constexpr double flat_above = 0.88, flat_below = 1.12;  // the end over today
constexpr double treaty = 1;                            // strength of a defence treaty
constexpr std::int64_t fewest_told = 200;               // simulations
constexpr std::size_t longest_headline = 16, longest_deck = 45;  // words
constexpr double least_part = 0.5;  // of the largest rival's, of a rival that is named

std::size_t word_count(std::string_view text) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text, ' '));
}

Course course_of(double ratio) {
  return ratio < flat_above ? Course::down : ratio > flat_below ? Course::up : Course::flat;
}

/// Whether targets are written in a state's fiscal years: Japan's are.
bool fiscal_years(const State& state) { return state.id == "JPN"; }

/// "1.41%", "2%".
std::string three_digits(double share) { return fmt::format("{:.3g}%", 100 * share); }

template <class Table, class Class>
Sentence chosen(const Table& table, Class which) {
  return table[static_cast<std::size_t>(which)];
}

}  // namespace

std::string short_name(const State& state) {
  constexpr std::array<std::array<std::string_view, 2>, 7> short_names{
      {{"United States of America", "the US"},
       {"United States", "the US"},
       {"United Kingdom", "the UK"},
       {"United Arab Emirates", "the UAE"},
       {"Philippines", "the Philippines"},
       {"Netherlands", "the Netherlands"},
       {"Czech Republic", "the Czech Republic"}}};
  for (const auto& [name, in_text] : short_names)
    if (state.name == name) return std::string(in_text);
  return in_sentence(state.name);
}

std::string possessive(const std::string& name, Language language) {
  if (language == Language::japanese) return name + "の";
  return name + (name.ends_with('s') ? "’" : "’s");
}

std::string share_text(double share) {
  return fmt::format("{:.{}f}%", 100 * share, share < 0.0995 ? 1 : 0);
}

std::string bloc_name(const Panel& panel, int year, const Bloc& bloc, Language language) {
  std::vector<StateIndex> by_size = bloc.members;
  std::ranges::stable_sort(by_size, std::greater{}, [&](StateIndex i) {
    const double milex = panel.cell(i, year).milex;
    return known(milex) ? milex : 0;
  });
  const auto at = [&](std::size_t k) { return short_name(panel.states[by_size[k]]); };
  switch (by_size.size()) {
    case 1:
      return at(0);
    case 2:
      return say(language, phrases.bloc_of_two, arg("first", at(0)), arg("second", at(1)));
    case 3:
      return say(language, phrases.bloc_of_three, arg("first", at(0)), arg("second", at(1)),
                 arg("third", at(2)));
    default:
      return say(language, phrases.bloc, arg("first", at(0)), arg("second", at(1)),
                 arg("count", by_size.size() - 2));
  }
}

std::string chance_text(double p, Language language) {
  if (p < 0.005) return say(language, "under 1%");
  if (p > 0.995) return say(language, "over 99%");
  return fmt::format("{:.0f}%", 100 * p);
}

Narrative::Narrative(const Briefing& b) : b_(b) {
  const double risen = rise_in_three_years();
  past_ = risen >= surge   ? PastCourse::surge
          : risen >= rise  ? PastCourse::rise
          : risen < fallen ? PastCourse::fall
                           : PastCourse::steady;
  const StateIndex focus = base().focus;
  const Band& end = b.scenarios[0].burden.at(base().end, focus);
  const double now = panel().cell(focus, base().start).burden;
  const double ratio = end.exists && known(now) ? end.median() / now : times(focus).median();
  course_ = course_of(ratio);
  rival_ = named_rival();
}

std::optional<StateIndex> Narrative::named_rival() const {
  const StateIndex focus = base().focus;
  std::vector<const Threat*> rivals;
  for (const Threat& t : b_.threats.pairs)
    if (t.threatened == focus && t.is_rival() && times(t.other).exists &&
        panel().cell(t.other, base().start).observed())
      rivals.push_back(&t);
  if (rivals.empty()) return std::nullopt;
  const auto part = [](const Threat* t) { return t->part(); };
  const double largest = std::ranges::max(rivals, {}, part)->part();
  std::erase_if(rivals, [&](const Threat* t) { return t->part() < least_part * largest; });
  for (const Bloc& bloc : base().blocs) {
    const auto in_bloc = [&](StateIndex i) {
      return std::ranges::find(bloc.members, i) != bloc.members.end();
    };
    if (in_bloc(focus)) continue;
    for (const Threat* t : rivals)
      if (in_bloc(t->other)) return t->other;
  }
  const std::string& region = panel().states[focus].region;
  for (const Threat* t : rivals)
    if (!region.empty() && panel().states[t->other].region == region) return t->other;
  return std::ranges::max(rivals, {}, part)->other;
}

double Narrative::rise_in_three_years() const {
  const int start = base().start;
  const MilexCell &now = panel().cell(base().focus, start),
                  &then = panel().cell(base().focus, std::max(start - 3, panel().first_year));
  return now.observed() && then.observed() ? now.milex / then.milex : missing;
}

Band Narrative::times(StateIndex state) const {
  Band band = b_.scenarios[0].milex.at(base().end, state);
  const double now = panel().cell(state, base().start).milex;
  band.exists = band.exists && known(now);
  for (double& q : band.quantile) q /= now;
  band.mean /= now;
  return band;
}

double Narrative::growth(StateIndex state, int year) const {
  if (year <= panel().first_year) return missing;
  const MilexCell &now = panel().cell(state, year), &then = panel().cell(state, year - 1);
  return now.observed() && then.observed() ? now.milex / then.milex - 1 : missing;
}

bool Narrative::responses_seen() const {
  return std::ranges::any_of(b_.reactions, [](const ReactionRow& r) {
    return !r.rival_response.fixed && r.rival_response.q05 > 0;
  });
}

std::vector<StateIndex> Narrative::neighbours() const {
  const StateIndex focus = base().focus;
  const auto belongs = [&](StateIndex i) {
    const State &own = panel().states[focus], &other = panel().states[i];
    if (i == focus || (!own.region.empty() && own.region == other.region)) return true;
    return std::ranges::any_of(b_.threats.pairs,
                               [&](const Threat& t) {
                                 return t.threatened == focus && t.other == i && t.is_rival();
                               }) ||
           std::ranges::any_of(b_.covers, [&](const CoverLink& c) {
             return c.state == focus && c.protector == i && c.strength >= treaty;
           });
  };
  std::vector<StateIndex> all;
  for (StateIndex i = 0; i < panel().size(); ++i)
    if (belongs(i)) all.push_back(i);
  return all;
}

std::optional<AnnouncedMark> Narrative::announced(StateIndex state) const {
  std::optional<AnnouncedMark> mark;
  for (const TargetOutlook& t : b_.targets)
    if (t.state == state && t.by > std::max(base().start, mark ? mark->by : 0) &&
        base().announced_plans)
      mark = {t.target, t.announced_in, t.by,
              say(phrases.announced[fiscal_years(panel().states[state])][t.announced != t.target],
                  arg("share", three_digits(t.announced)), arg("year", t.by),
                  arg("here", three_digits(t.target)))};
  return mark;
}

std::string Narrative::level_words() const {
  const Ending& e = b_.ending;
  if (e.low_from == 0) return "";
  return say(phrases.hero_level, arg("from", e.low_from), arg("to", e.low_to),
             arg("low", share_text(e.low)));
}

const ScenarioAnswers* Narrative::pressed() const {
  for (std::size_t s = 1; s < b_.scenarios.size(); ++s)
    for (const Lever& l : b_.scenarios[s].scenario.levers)
      if (l.kind == LeverKind::pressure &&
          std::ranges::find(l.states, base().focus) != l.states.end())
        return &b_.scenarios[s];
  return nullptr;
}

std::string Narrative::plans() const {
  const bool announced =
      base().announced_plans && std::ranges::any_of(b_.targets, [&](const TargetOutlook& t) {
        return t.state == base().focus;
      });
  return say(phrases.plans[announced ? 0 : 1]);
}

std::string Narrative::headline() const {
  const std::string focus = name(base().focus);
  if (base().futures < fewest_told)
    return capitalised(say(phrases.too_few, arg("count", base().futures), arg("state", focus)));
  const std::string gap = b_.language == Language::english ? " " : "";
  std::string text =
      capitalised(say(chosen(phrases.past, past_), arg("states", possessive(focus, b_.language)))) +
      gap +
      say(phrases.course[static_cast<std::size_t>(past_)][static_cast<std::size_t>(course_)],
          arg("plans", plans()));
  if (!rival_) return text;
  const double ratio = times(*rival_).median();
  const RivalCourse rival = ratio < 0.95   ? RivalCourse::falls
                            : ratio < 1.05 ? RivalCourse::steady
                            : ratio < 1.75 ? RivalCourse::grows
                            : ratio < 2.5  ? RivalCourse::doubles
                                           : RivalCourse::triples;
  const std::string of_rival = capitalised(
      say(chosen(phrases.rival, rival), arg("rivals", possessive(name(*rival_), b_.language)),
          arg("year", base().end)));
  return word_count(text + gap + of_rival) > longest_headline ? text : text + gap + of_rival;
}

std::string Narrative::deck() const {
  if (base().futures < fewest_told) return "";
  std::vector<std::string> text;
  const double risen = rise_in_three_years();
  if (known(risen)) {
    const std::string percent = fmt::format("{:.0f}%", 100 * std::abs(risen - 1));
    const std::size_t how = std::abs(risen - 1) < 0.02 ? 2 : risen < 1 ? 1 : 0;
    text.push_back(say(phrases.deck_past[how], arg("percent", percent)));
  }
  const Ending& e = b_.ending;
  const Band& end = b_.scenarios[0].burden.at(base().end, base().focus);
  if (e.exists() && end.exists)
    text.push_back(say(chosen(phrases.deck_course, course_), arg("plans", plans()),
                       arg("now", share_text(e.now)), arg("share", share_text(end.median())),
                       arg("year", base().end)));
  if (!responses_seen()) text.push_back(say(phrases.deck_reactions));
  if (e.exists() && e.low_from > 0 && e.at_low.p < 0.5) {
    const std::string back = say(phrases.deck_back, arg("low", share_text(e.low)),
                                 arg("chance", chance_text(e.at_low.p, b_.language)));
    std::vector<std::string> with = text;
    with.insert(responses_seen() ? with.end() : with.end() - 1, back);
    if (word_count(joined(with, b_.language)) <= longest_deck) text = std::move(with);
  }
  return joined(text, b_.language);
}

std::vector<std::string> Narrative::cannot_tell() const {
  std::vector<std::string> all{say(phrases.cannot_reactions), say(phrases.cannot_money)};
  std::vector<std::string> unknown;
  for (const StateIndex i : neighbours()) {
    const MilexCell& c = panel().cell(i, base().start);
    if (c.present() && c.kind == MilexKind::imputed) unknown.push_back(name(i));
  }
  if (!unknown.empty())
    all.push_back(say(phrases.cannot_imputed, arg("states", listed(unknown, b_.language))));
  const bool any_plan = base().announced_plans && !b_.targets.empty();
  all.push_back(
      say(any_plan ? phrases.cannot_after : phrases.cannot_after_none, arg("year", base().start)));
  return all;
}

}  // namespace tenbin
