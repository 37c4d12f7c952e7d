// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace tenbin {

/// Sentences of the page in one language: whole sentences, which no rule puts together from parts.
/// A {name} stands for a number, the name of a country, or another name.
struct Phrases {
  std::array<std::string_view, 2> plans;  // announced targets act, or none

  // Headline: what has been, then what today's plans make of it, then the largest rival.
  std::array<std::string_view, 4> past;                   // by PastCourse
  std::array<std::array<std::string_view, 3>, 4> course;  // by PastCourse and Course
  std::array<std::string_view, 4> rival;                  // by RivalCourse
  std::string_view too_few;

  // Deck.
  std::array<std::string_view, 2> deck_past;    // spending rose, fell
  std::array<std::string_view, 3> deck_course;  // by Course
  std::string_view deck_back, deck_reactions;

  // The first chart.
  std::string_view hero_chart, hero_level, announced, announced_otherwise, two_numbers;

  // Six questions and their answers.
  std::string_view answers;
  std::array<std::string_view, 6> questions;
  std::array<std::string_view, 3> lasting;  // by Course
  std::string_view lasting_chart, lasting_low, lasting_below, lasting_above, lasting_high,
      lasting_source, lasting_source_usual;
  std::string_view others, others_rival, others_alone, others_chart, others_source;
  std::string_view pressure, promises, promises_chart, promises_source, base_rate;
  std::array<std::string_view, 4> race;  // both, the focus only, the rival only, neither
  std::string_view race_chart, race_line, race_source, race_change;
  std::array<std::string_view, 3> incidents;  // seldom, now and then, the rule
  std::string_view incidents_chart, incidents_before, incidents_next, incidents_source;
  std::array<std::string_view, 3> balance;  // the first bloc gains, holds, loses
  std::string_view balance_chart, balance_range, balance_same, balance_parity, bloc;

  // Country by country.
  std::string_view countries, countries_chart, countries_others;

  // What past tests say of such answers.
  std::string_view tag_beat, tag_no_better, tag_untested, tag_pledges, tag_counted, tag_no_cause,
      tag_money_only;

  // What the figures cannot tell.
  std::string_view cannot, cannot_reactions, cannot_money, cannot_imputed, cannot_after;
};

inline constexpr Phrases english{
    .plans = {"today’s plans", "current policy"},
    .past = {"{state}’s defence surge is real.", "{state} is arming steadily.",
             "{state}’s defence effort is steady.", "{state} is spending less on defence."},
    .course =
        {{{"On {plans} it fades.", "On {plans} it levels off.", "On {plans} it goes on."},
          {"On {plans} that is undone.", "On {plans} it levels off.", "On {plans} it goes on."},
          {"On {plans} it shrinks.", "On {plans} it stays so.", "On {plans} it grows."},
          {"On {plans} that goes on.", "On {plans} that ends.", "On {plans} that is reversed."}}},
    .rival = {"{rival}’s spending falls by {year}.", "{rival}’s spending grows until {year}.",
              "{rival}’s spending doubles by {year}.", "{rival}’s spending triples by {year}."},
    .too_few = "Too few simulations ({count}) to say what {state} will spend.",

    .deck_past = {"Military spending rose by {percent} in three years, after inflation.",
                  "Military spending fell by {percent} in three years, after inflation."},
    .deck_course = {"On {plans} the share falls to about {share} of GDP by {year}.",
                    "On {plans} the share stays near {share} of GDP until {year}.",
                    "On {plans} the share rises to about {share} of GDP by {year}."},
    .deck_back = "The chance of being back at {low} by then is {chance}.",
    .deck_reactions = "The data are too weak to show whether other countries would respond.",

    .hero_chart =
        "{state}: military spending as a share of GDP. Shaded: the middle 50% and 80% "
        "of the simulations on {plans}",
    .hero_level = "usual in {from}–{to}: {low}",
    .announced = "announced: {share} by {year}",
    .announced_otherwise = "announced: {share} by {year} ({here} as counted here)",
    .two_numbers =
        "Why two numbers? {state} counts {announced} by its own definition "
        "({definition}). As this panel counts every country, it is {now}.",

    .answers = "Six answers",
    .questions = {"Is it lasting?", "What do the others do?", "What does pressure do?",
                  "Is it an arms race?", "Are incidents more likely?", "Does the balance change?"},
    .lasting = {"Not on {plans}: the median falls from {now} of GDP to {median} in {year}.",
                "Probably at today’s level, not above it: the median stays near {median} of GDP "
                "until {year}.",
                "Yes, and it grows: the median rises from {now} of GDP to {median} in {year}."},
    .lasting_chart = "Share of GDP in {year}: each dot stands for 1% of the simulations",
    .lasting_low = "at {level} or less",
    .lasting_below = "above {low}, below today’s {now}",
    .lasting_above = "above today’s, below {high}",
    .lasting_high = "{level} or more",
    .lasting_source = "{low} is a fifth below today’s share.",
    .lasting_source_usual = "{low} was the usual share in {from}–{to}.",
    .others =
        "By {year} spending of {first} grows most, to {first_times} times today’s. {state} "
        "reaches {own_times} times.",
    .others_rival =
        "By {year} {rival} spends {rival_times} times as much as today. {first} grows "
        "most ({first_times} times); {state} reaches {own_times} times.",
    .others_alone = "{state} reaches {own_times} times today’s spending by {year}.",
    .others_chart =
        "Military spending in {year} as a multiple of {start}, after inflation; median "
        "and likely range (80%)",
    .others_source = "Countries of the region, the rivals of {state} and its protectors.",
    .pressure =
        "If kept as earlier pledges were, “{scenario}” takes {state} to {with} of GDP in "
        "{year}; today’s plans lead to {without}.",
    .promises =
        "Of {count} announced targets that are not yet due, {likely} are more likely than "
        "not to be met on time.",
    .promises_chart = "Chance of meeting the announced target on time",
    .promises_source =
        "Targets as the panel measures them. Targets that are already met are left "
        "out.",
    .base_rate = "Record: {what}: {cases} of {of} by {to}.",
    .race = {"Yes, by the usual test: both {state} and {rival} grew by 8% or more in each of the "
             "last three years.",
             "Not by the usual test: {state} grew at race pace for three years, but {rival} did "
             "not.",
             "Not by the usual test: {rival} grew at race pace for three years, but {state} did "
             "not.",
             "Not by the usual test: neither {state} nor {rival} grew by 8% or more for three "
             "years in a row."},
    .race_chart = "Growth of military spending after inflation",
    .race_line = "race pace, 8%",
    .race_source =
        "Chance of a race between {state} and {rival} by {year} on today’s plans: "
        "{chance}.",
    .race_change = "Under “{scenario}”: {chance}.",
    .incidents = {"Incidents with {rival} are rare: {recent} of the last ten years had one. About "
                  "{expected} of the next {years} will.",
                  "Incidents with {rival} recur: {recent} of the last ten years had one. About "
                  "{expected} of the next {years} will.",
                  "Incidents with {rival} are the rule: {recent} of the last ten years had one. "
                  "About {expected} of the next {years} will."},
    .incidents_chart = "Years with at least one incident: a threat, display or use of force",
    .incidents_before = "last 10 years",
    .incidents_next = "expected in the next {years}",
    .incidents_source =
        "Few incidents cost a life. Whether arming changes their number, these "
        "figures cannot show.",
    .balance = {"Yes: accumulated spending of {first} rises from {before} to {after} times that "
                "of {second} by {year}.",
                "Hardly: accumulated spending of {first} stays near {after} times that of {second} "
                "until {year}.",
                "Yes: accumulated spending of {first} falls from {before} to {after} times that "
                "of {second} by {year}."},
    .balance_chart = "Accumulated military spending, {first} divided by {second}",
    .balance_range = "The policies on this page move it to between {low} and {high}.",
    .balance_same = "No policy on this page moves it visibly.",
    .balance_parity = "parity",
    .bloc = "{first} and {count} others",

    .countries = "Country by country",
    .countries_chart =
        "Military spending from {from} to {to} on {plans}. Shaded: likely "
        "range (80%). Shares of GDP have one axis for all countries; money has an "
        "axis for each country.",
    .countries_others = "Other countries",

    .tag_beat = "beat simple methods in past tests",
    .tag_no_better = "no better than “no change” in past tests",
    .tag_untested = "not tested on the past",
    .tag_pledges = "from the record of pledges",
    .tag_counted = "counted, not modelled",
    .tag_no_cause = "cannot show cause",
    .tag_money_only = "money only",

    .cannot = "What these figures cannot tell you.",
    .cannot_reactions =
        "How strongly countries respond to each other is too weak to see in the "
        "data: if a lever moves nothing, that is no proof of no effect.",
    .cannot_money =
        "Quality, readiness, nuclear weapons and alliance guarantees are not measured "
        "in money.",
    .cannot_imputed = "{states}: no spending figures are published; the past is an estimate.",
    .cannot_after =
        "Decisions made after {year} are in the plans only if they are listed among "
        "the announced targets.",
};

}  // namespace tenbin
