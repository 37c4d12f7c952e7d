// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tenbin/page/brief.hpp"
#include "tenbin/page/language.hpp"

/// What the numbers of a briefing say, by rule: classes that choose a sentence, and the sentences.
/// Plain text: whoever draws it escapes it.

namespace tenbin {

/// How the military spending of a country has moved.
enum class PastCourse { surge, rise, steady, fall };
/// How a quantity moves under the baseline until the last year.
enum class Course { down, flat, up };
/// How the spending of the largest rival moves until the last year.
enum class RivalCourse { falls, steady, grows, doubles, triples };

/// A name in a sentence: the US and the UK as newspapers write them; a name of another script is
/// isolated.
std::string short_name(const State& state);
/// "Japan’s", "the Philippines’", "日本の".
std::string possessive(const std::string& name, Language language);
/// "1.5%", "0.9%", "12%": a share of GDP in running text.
std::string share_text(double share);
/// "the US, Japan and 4 others": a bloc by the members that spend most in a year.
std::string bloc_name(const Panel& panel, int year, const Bloc& bloc, Language language);
/// A probability: "6%", "under 1%", "over 99%".
std::string chance_text(double p, Language language);

/// An announced target as a chart shows it.
struct AnnouncedMark {
  double target = 0;     // by the panel's measure, share of GDP
  int from = 0, by = 0;  // years
  std::string words;
};

/// The rules, on the numbers of one briefing.
class Narrative {
 public:
  explicit Narrative(const Briefing& b);

  /// At most 16 words and two numbers.
  std::string headline() const;
  /// At most 45 words: what has been, what comes, what is not known. Empty where the headline says
  /// all.
  std::string deck() const;
  /// "What these figures cannot tell you", sentence by sentence.
  std::vector<std::string> cannot_tell() const;

  PastCourse past() const { return past_; }
  /// Of the focus: of its share of GDP, or of its spending where the share is not known.
  Course course() const { return course_; }
  /// The rival that sentences name, of those with figures and at least half of the largest share of
  /// the threat to the focus: of the first bloc that the focus is not in, else of its region, else
  /// the one with the largest share.
  std::optional<StateIndex> rival() const { return rival_; }
  /// Spending of a state in the last year as a multiple of the first, after inflation; does not
  /// exist without figures.
  Band times(StateIndex state) const;
  /// Growth of spending after inflation in a year; NaN where it is not known.
  double growth(StateIndex state, int year) const;
  /// Whether some country's response to its rivals can be told from zero (90 %).
  bool responses_seen() const;
  /// Countries that a briefing on the focus is about: its region, rivals and protectors.
  std::vector<StateIndex> neighbours() const;
  /// The announced target of a country that is due last, if it is still ahead.
  std::optional<AnnouncedMark> announced(StateIndex state) const;
  /// "usual in 2010–2019: 0.9%", or nothing where the usual share is no news.
  std::string level_words() const;
  /// The first scenario in which somebody presses the focus, or none.
  const ScenarioAnswers* pressed() const;

  /// "today’s plans", or "current policy" where the focus has announced nothing that acts.
  std::string plans() const;

 private:
  const Panel& panel() const { return b_.panel; }
  const Scenario& base() const { return b_.scenarios[0].scenario; }
  std::string name(StateIndex i) const { return short_name(b_.panel.states[i]); }
  double rise_in_three_years() const;
  std::optional<StateIndex> named_rival() const;

  template <class... Args>
  std::string say(Sentence sentence, const Args&... args) const {
    return tenbin::say(b_.language, sentence, args...);
  }

  const Briefing& b_;
  PastCourse past_ = PastCourse::steady;
  Course course_ = Course::flat;
  std::optional<StateIndex> rival_;
};

}  // namespace tenbin
