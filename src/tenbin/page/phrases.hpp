// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "tenbin/page/language.hpp"

namespace tenbin {

/// Sentences that rules choose, by class: whole sentences, which no rule puts together from parts.
/// A {name} stands for a number, the name of a country ({states}: its possessive), or another name.
struct Phrases {
  std::array<Sentence, 2> plans;  // announced targets act, or none

  // Headline: what has been, then what the plans make of it, then the main rival.
  std::array<Sentence, 4> past;                   // by PastCourse
  std::array<std::array<Sentence, 3>, 4> course;  // by PastCourse and Course
  std::array<Sentence, 5> rival;                  // by RivalCourse
  Sentence too_few;

  // Deck.
  std::array<Sentence, 3> deck_past;    // spending rose, fell, hardly changed
  std::array<Sentence, 3> deck_course;  // by Course
  Sentence deck_back, deck_reactions;

  // The first chart.
  Sentence hero_chart, hero_level;
  std::array<std::array<Sentence, 2>, 2>
      announced;  // by calendar or fiscal year; as counted here, otherwise
  Sentence two_numbers;

  // The questions and their answers.
  Sentence answers;
  std::array<Sentence, 6> questions;
  Sentence question_next, question_promises;
  std::array<Sentence, 3> lasting, next;  // by Course: after a rise, after anything else
  Sentence lasting_chart, lasting_low, lasting_below, lasting_above, lasting_high, lasting_source,
      lasting_source_usual, lasting_source_high, lasting_source_target;
  Sentence others, others_rival, others_alone, others_fall, others_chart, others_source;
  Sentence pressure, promises, promises_one, promises_chart, promises_source, base_rate;
  std::array<Sentence, 4> race;  // both, the focus only, the rival only, neither
  Sentence race_chart, race_line, race_source, race_change;
  std::array<Sentence, 2> incidents;  // none of late, some
  Sentence incidents_chart, incidents_before, incidents_next, incidents_source;
  std::array<Sentence, 3> balance;  // the first bloc gains, holds, loses
  Sentence balance_region, balance_chart, balance_range, balance_same, balance_parity;
  Sentence bloc, bloc_of_two, bloc_of_three;

  // Country by country.
  Sentence countries, countries_chart, countries_others;

  // What past tests say of such answers.
  Sentence tag_beat, tag_no_better, tag_untested, tag_pledges, tag_counted, tag_no_cause,
      tag_money_only;

  // What the figures cannot tell.
  Sentence cannot, cannot_reactions, cannot_money, cannot_imputed, cannot_after, cannot_after_none;
};

// clang-format off
inline constexpr Phrases phrases{
    .plans = {"today’s plans", "current policy"},

    .past = {"{states} defence surge is real.", "{states} defence spending is rising.",
             "{states} defence spending is steady.", "{states} defence spending is falling."},
    .course = {{{"On {plans} it fades.", "On {plans} it levels off.", "On {plans} it goes on."},
                {"Its share of GDP falls.", "Its share of GDP levels off.", "Its share of GDP rises."},
                {"Its share of GDP falls.", "Its share of GDP hardly changes.", "Its share of GDP rises."},
                {"Its share of GDP falls.", "Its share of GDP levels off.", "Its share of GDP rises."}}},
    .rival = {"{rivals} spending falls until {year}.", "{rivals} spending hardly changes until {year}.",
              "{rivals} spending grows until {year}.", "{rivals} spending doubles by {year}.",
              "{rivals} spending triples by {year}."},
    .too_few = "Too few simulations ({count}) to say what {state} will spend.",

    .deck_past = {"Military spending rose by {percent} in three years, after inflation.",
                  "Military spending fell by {percent} in three years, after inflation.",
                  "Military spending is about where it was three years ago, after inflation."},
    .deck_course = {"On {plans} the share of GDP falls from {now} to about {share} by {year}.",
                    "On {plans} the share of GDP is about {share} in {year} ({now} today).",
                    "On {plans} the share of GDP rises from {now} to about {share} by {year}."},
    .deck_back = "The chance of {low} or less by then is {chance}.",
    .deck_reactions = "The data are too weak to show whether rivals would respond.",

    .hero_chart = "{state}: military spending as a share of GDP. Shaded: the middle 50% and 80% of the simulations on {plans}",
    .hero_level = "usual in {from}–{to}: {low}",
    .announced = {{{"announced: {share} by {year}", "announced: {share} by {year} ({here} as counted here)"},
                   {"announced: {share} by FY{year}", "announced: {share} by FY{year} ({here} as counted here)"}}},
    .two_numbers = "Why two numbers? {state} announced {announced} by its own definition ({definition}). As this panel counts every country, that is {target}.",

    .answers = "In short",
    .questions = {"Is it lasting?", "What do the others do?", "What does pressure do?",
                  "Is it an arms race?", "Are incidents more likely?", "Does the balance change?"},
    .question_next = "What comes next?",
    .question_promises = "Are targets met?",
    .lasting = {"Not on {plans}: the share of GDP falls from {now} to about {median} by {year}.",
                "Probably near today’s level: about {median} of GDP in {year} ({now} today). {above} of the simulations end above today’s share.",
                "Yes: the share of GDP rises from {now} to about {median} by {year}."},
    .next = {"The share of GDP falls from {now} to about {median} by {year}.",
             "The share of GDP hardly changes: {now} today, about {median} in {year}. {above} of the simulations end above today’s share.",
             "The share of GDP rises from {now} to about {median} by {year}."},
    .lasting_chart = "Share of GDP in {year}: each dot stands for 1% of the simulations",
    .lasting_low = "at {level} or less",
    .lasting_below = "above {low}, below today’s {now}",
    .lasting_above = "above today’s, below {high}",
    .lasting_high = "{level} or more",
    .lasting_source = "{low} is a fifth below today’s share.",
    .lasting_source_usual = "{low} was the usual share in {from}–{to}.",
    .lasting_source_high = "{high} is a quarter above today’s share.",
    .lasting_source_target = "{high} is the announced target as this panel counts it.",
    .others = "Spending of {first} grows most by {year}, to {first_times} times today’s. Spending of {state} reaches {own_times} times.",
    .others_rival = "Spending of {rival} reaches {rival_times} times today’s by {year}. It grows most in {first} ({first_times} times); in {state} it reaches {own_times} times.",
    .others_alone = "No country shown raises spending more than {state}, to {own_times} times today’s by {year}.",
    .others_fall = "Spending falls in all countries shown by {year}.",
    .others_chart = "Military spending in {year} as a multiple of {start}, after inflation; median and likely range (80%)",
    .others_source = "Shown: rivals, treaty partners and countries of the region that publish figures.",
    .pressure = "If {state} pledged what “{scenario}” asks, and kept it as others have kept such pledges, it would spend {with} of GDP in {year}; on {plans} it spends {without}.",
    .promises = "Of {count} open targets, {likely} are more likely than not to be met on time.",
    .promises_one = "The one open target is met on time with a chance of {chance}.",
    .promises_chart = "Chance of meeting the announced target on time",
    .promises_source = "Targets as this panel counts them; those already met are not shown.",
    .base_rate = "{what}: {cases} of {of} by {to}, by the figures of this panel.",
    .race = {"Yes, by the test used here: {state} and {rival} both raised spending by 8% or more, three years in a row.",
             "Not by the test used here (both raise spending by 8% or more, three years in a row): {state} did, {rival} did not.",
             "Not by the test used here (both raise spending by 8% or more, three years in a row): {rival} did, {state} did not.",
             "Not by the test used here (both raise spending by 8% or more, three years in a row): neither {state} nor {rival} did."},
    .race_chart = "Growth of military spending after inflation",
    .race_line = "8%, the line of the test",
    .race_source = "Chance of a race between {state} and {rival} by {year} on {plans}: {chance}.",
    .race_change = "Under “{scenario}”: {chance}.",
    .incidents = {"No incident with {rival} began in the last ten years. The model expects about {expected} years with one in the next {years}.",
                  "An incident with {rival} began in {recent} of the last ten years. The model expects about {expected} such years in the next {years}."},
    .incidents_chart = "Years in which an incident began: a threat, display or use of force",
    .incidents_before = "last 10 years",
    .incidents_next = "expected, next {years}",
    .incidents_source = "What continues an incident is not counted again. Few incidents cost a life. These figures cannot show whether arming changes their number.",
    .balance = {"Today {first} have {before} times the accumulated military spending of {second}; in {year}, {after} times.",
                "Hardly: {first} have about {after} times the accumulated military spending of {second}, today and in {year}.",
                "Today {first} have {before} times the accumulated military spending of {second}; in {year}, only {after} times."},
    .balance_region = "If only {part} of forces from outside the region count: {before} today, {after} in {year}.",
    .balance_chart = "Accumulated military spending, {first} divided by {second}",
    .balance_range = "In the scenarios of this page the ratio lies between {low} and {high} in {year}, with all forces counted.",
    .balance_same = "No scenario of this page changes it visibly.",
    .balance_parity = "parity",
    .bloc = "{first}, {second} and {count} others",
    .bloc_of_two = "{first} and {second}",
    .bloc_of_three = "{first}, {second} and {third}",

    .countries = "Country by country",
    .countries_chart = "Military spending from {from} to {to} on {plans}. Shaded: likely range (80%). Shares of GDP have one axis for all countries; money has an axis for each country.",
    .countries_others = "Other countries",

    .tag_beat = "beat simple methods in past tests",
    .tag_no_better = "no better than “no change” in past tests",
    .tag_untested = "not tested on the past",
    .tag_pledges = "from the record of pledges",
    .tag_counted = "past counted, chance modelled",
    .tag_no_cause = "shows association, not cause",
    .tag_money_only = "measures money only",

    .cannot = "What these figures cannot tell you.",
    .cannot_reactions = "The data do not show clearly how countries respond to their rivals. If a setting changes nothing here, it may still have an effect.",
    .cannot_money = "Quality, readiness, nuclear weapons and alliance guarantees are not measured in money.",
    .cannot_imputed = "No spending figures are published for {states}; the past is an estimate.",
    .cannot_after = "Decisions made after {year} count only if they are among the announced targets.",
    .cannot_after_none = "Decisions made after {year} are not in these figures.",
};
// clang-format on

}  // namespace tenbin
