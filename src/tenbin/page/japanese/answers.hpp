// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// Headline, deck, first chart, answers, limits.
// clang-format off
inline constexpr Translation japanese_answers[]{
    {"{state}: a tenbin briefing", "{state}：tenbinブリーフィング"},
    {"today’s plans", "現行計画"},
    {"current policy", "現行政策"},

    // headline
    {"{states} defence surge is real.", "{states}軍備増強は本物だ。"},
    {"{states} defence spending is rising.", "{states}軍事費は増えている。"},
    {"{states} defence spending is steady.", "{states}軍事費は横ばいだ。"},
    {"{states} defence spending is falling.", "{states}軍事費は減っている。"},
    {"On {plans} it fades.", "{plans}のままでは長続きしない。"},
    {"On {plans} it levels off.", "{plans}のままでは頭打ちになる。"},
    {"On {plans} it goes on.", "{plans}のもとではさらに続く。"},
    {"Its share of GDP falls.", "GDP比は下がる。"},
    {"Its share of GDP levels off.", "GDP比は頭打ちになる。"},
    {"Its share of GDP rises.", "GDP比は上がる。"},
    {"Its share of GDP hardly changes.", "GDP比はほとんど変わらない。"},
    {"{rivals} spending falls until {year}.", "{rivals}軍事費は{year}年にかけて減る。"},
    {"{rivals} spending hardly changes until {year}.", "{rivals}軍事費は{year}年までほぼ横ばいだ。"},
    {"{rivals} spending grows until {year}.", "{rivals}軍事費は{year}年にかけて増える。"},
    {"{rivals} spending doubles by {year}.", "{rivals}軍事費は{year}年までに約2倍になる。"},
    {"{rivals} spending triples by {year}.", "{rivals}軍事費は{year}年までに約3倍になる。"},
    {"Too few simulations ({count}) to say what {state} will spend.", "シミュレーションが{count}回と少なく、{state}の軍事費の見通しを示せない。"},

    // deck
    {"Military spending rose by {percent} in three years, after inflation.", "軍事費は3年間で実質{percent}増えた。"},
    {"Military spending fell by {percent} in three years, after inflation.", "軍事費は3年間で実質{percent}減った。"},
    {"Military spending is about where it was three years ago, after inflation.", "軍事費は実質で3年前とほぼ同じ水準にある。"},
    {"On {plans} the share of GDP falls from {now} to about {share} by {year}.", "{plans}のもとでは、GDP比は現在の{now}から{year}年には約{share}に下がる。"},
    {"On {plans} the share of GDP is about {share} in {year} ({now} today).", "{plans}のもとでは、{year}年のGDP比は約{share}（現在{now}）。"},
    {"On {plans} the share of GDP rises from {now} to about {share} by {year}.", "{plans}のもとでは、GDP比は現在の{now}から{year}年には約{share}に上がる。"},
    {"The chance of {low} or less by then is {chance}.", "その時点で{low}以下に戻っている確率は{chance}。"},
    {"The data are too weak to show whether rivals would respond.", "対立国が反応するかどうかは、このデータからは判断できない。"},

    // the first chart
    {"{state}: military spending as a share of GDP. Shaded: the middle 50% and 80% of the simulations on {plans}", "{state}の軍事費（GDP比）。{plans}でのシミュレーションの中央50%（濃い帯）と80%（薄い帯）"},
    {"usual in {from}–{to}: {low}", "{from}～{to}年の通常の水準：{low}"},
    {"announced: {share} by {year}", "公表目標：{year}年に{share}"},
    {"announced: {share} by {year} ({here} as counted here)", "公表目標：{year}年に{share}（このデータでは{here}）"},
    {"announced: {share} by FY{year}", "公表目標：{year}年度に{share}"},
    {"announced: {share} by FY{year} ({here} as counted here)", "公表目標：{year}年度に{share}（このデータでは{here}）"},
    {"Why two numbers? {state} announced {announced} by its own definition ({definition}). As this panel counts every country, that is {target}.", "なぜ数字が二つあるのか。{state}が掲げる{announced}の目標は、独自の数え方による（{definition}）。すべての国を同じ方法で数えるこのデータでは、{target}にあたる。"},
    {"Try it", "試してみる"},
    {"What follows by {year}", "{year}年にどうなるか"},
    {"More levers", "ほかの条件も動かす"},

    // questions
    {"In short", "要点"},
    {"Is it lasting?", "長続きするか"},
    {"What do the others do?", "ほかの国はどう動くか"},
    {"What does pressure do?", "圧力で何が変わるか"},
    {"Is it an arms race?", "軍拡競争といえるか"},
    {"Are incidents more likely?", "軍事的事案は増えるか"},
    {"Does the balance change?", "軍事バランスは変わるか"},
    {"What comes next?", "これからどうなるか"},
    {"Are targets met?", "目標は達成されるか"},

    // lasting
    {"Not on {plans}: the share of GDP falls from {now} to about {median} by {year}.", "{plans}のままでは続かない。GDP比は現在の{now}から{year}年には約{median}に下がる。"},
    {"Probably near today’s level: about {median} of GDP in {year} ({now} today). {above} of the simulations end above today’s share.", "おそらく現在に近い水準にとどまる。{year}年のGDP比は約{median}（現在{now}）。シミュレーションの{above}で現在の水準を上回る。"},
    {"Yes: the share of GDP rises from {now} to about {median} by {year}.", "続く。GDP比は現在の{now}から{year}年には約{median}に上がる。"},
    {"The share of GDP falls from {now} to about {median} by {year}.", "GDP比は現在の{now}から{year}年には約{median}に下がる。"},
    {"The share of GDP hardly changes: {now} today, about {median} in {year}. {above} of the simulations end above today’s share.", "GDP比はほとんど変わらない。現在{now}、{year}年に約{median}。シミュレーションの{above}で現在の水準を上回る。"},
    {"The share of GDP rises from {now} to about {median} by {year}.", "GDP比は現在の{now}から{year}年には約{median}に上がる。"},
    {"Share of GDP in {year}: each dot stands for 1% of the simulations", "{year}年のGDP比（点一つがシミュレーションの1%）"},
    {"at {level} or less", "{level}以下"},
    {"above {low}, below today’s {now}", "{low}超、現在の{now}未満"},
    {"above today’s, below {high}", "現在の水準以上、{high}未満"},
    {"{level} or more", "{level}以上"},
    {"{low} is a fifth below today’s share.", "{low}は現在のGDP比より2割低い値。"},
    {"{low} was the usual share in {from}–{to}.", "{low}は{from}～{to}年の通常の水準。"},
    {"{high} is a quarter above today’s share.", "{high}は現在のGDP比の1.25倍。"},
    {"{high} is the announced target as this panel counts it.", "{high}は公表目標をこのデータの数え方に換算した値。"},

    // the others
    {"Spending of {first} grows most by {year}, to {first_times} times today’s. Spending of {state} reaches {own_times} times.", "{year}年までに軍事費が最も伸びるのは{first}で、現在の{first_times}倍になる。{state}は{own_times}倍。"},
    {"Spending of {rival} reaches {rival_times} times today’s by {year}. It grows most in {first} ({first_times} times); in {state} it reaches {own_times} times.", "{rival}の軍事費は{year}年までに現在の{rival_times}倍になる。最も伸びるのは{first}（{first_times}倍）。{state}は{own_times}倍。"},
    {"No country shown raises spending more than {state}, to {own_times} times today’s by {year}.", "ここに示す国で{state}ほど軍事費を伸ばす国はない。{year}年には現在の{own_times}倍になる。"},
    {"Spending falls in all countries shown by {year}.", "ここに示すすべての国で、軍事費は{year}年までに減る。"},
    {"Military spending in {year} as a multiple of {start}, after inflation; median and likely range (80%)", "{year}年の軍事費（実質、{start}年を1とする）。中央値と80%の範囲"},
    {"Shown: rivals, treaty partners and countries of the region that publish figures.", "対象：対立国、条約上の同盟国、数値を公表している域内の国。"},

    // pressure and promises
    {"If {state} pledged what “{scenario}” asks, and kept it as others have kept such pledges, it would spend {with} of GDP in {year}; on {plans} it spends {without}.", "{state}が「{scenario}」の求める水準を公約し、過去の同種の公約と同じ程度に守れば、{year}年のGDP比は{with}になる。{plans}では{without}。"},
    {"Of {count} open targets, {likely} are more likely than not to be met on time.", "期限前の目標{count}件のうち、期限どおりに達成される確率が50%を超えるのは{likely}件。"},
    {"The one open target is met on time with a chance of {chance}.", "期限前の目標は一つだけで、期限どおりに達成される確率は{chance}。"},
    {"Chance of meeting the announced target on time", "公表目標が期限どおりに達成される確率"},
    {"Targets as this panel counts them; those already met are not shown.", "目標はこのデータの数え方による。すでに達成されたものは除く。"},
    {"{what}: {cases} of {of} by {to}, by the figures of this panel.", "{what}：このデータでは{to}年までに{of}カ国中{cases}カ国。"},

    // race
    {"Yes, by the test used here: {state} and {rival} both raised spending by 8% or more, three years in a row.", "ここでの基準では当てはまる。{state}と{rival}はともに3年続けて軍事費を8%以上増やした。"},
    {"Not by the test used here (both raise spending by 8% or more, three years in a row): {state} did, {rival} did not.", "ここでの基準（双方が3年続けて8%以上増やす）には当てはまらない。{state}は満たすが、{rival}は満たさない。"},
    {"Not by the test used here (both raise spending by 8% or more, three years in a row): {rival} did, {state} did not.", "ここでの基準（双方が3年続けて8%以上増やす）には当てはまらない。{rival}は満たすが、{state}は満たさない。"},
    {"Not by the test used here (both raise spending by 8% or more, three years in a row): neither {state} nor {rival} did.", "ここでの基準（双方が3年続けて8%以上増やす）には当てはまらない。{state}も{rival}も満たさない。"},
    {"Growth of military spending after inflation", "軍事費の実質増加率"},
    {"8%, the line of the test", "基準の8%"},
    {"Chance of a race between {state} and {rival} by {year} on {plans}: {chance}.", "{plans}のもとで{year}年までに{state}と{rival}の軍拡競争が起きる確率は{chance}。"},
    {"Under “{scenario}”: {chance}.", "「{scenario}」では{chance}。"},

    // incidents
    {"No incident with {rival} began in the last ten years. The model expects about {expected} years with one in the next {years}.", "過去10年間、{rival}との事案は発生していない。モデルの予測では、今後{years}年のうち約{expected}年で発生する。"},
    {"An incident with {rival} began in {recent} of the last ten years. The model expects about {expected} such years in the next {years}.", "過去10年のうち{recent}年で{rival}との事案が発生した。モデルの予測では、今後{years}年のうち約{expected}年で発生する。"},
    {"Years in which an incident began: a threat, display or use of force", "事案が発生した年数（武力による威嚇、武力の誇示、武力の行使）"},
    {"last 10 years", "過去10年"},
    {"expected, next {years}", "今後{years}年の予測"},
    {"What continues an incident is not counted again. Few incidents cost a life. These figures cannot show whether arming changes their number.", "続いている事案は重ねて数えない。死者の出る事案はまれである。軍備の増減で件数が変わるかどうかは、この数字からは分からない。"},

    // balance
    {"Today {first} have {before} times the accumulated military spending of {second}; in {year}, {after} times.", "{first}の累積軍事費は現在{second}の{before}倍で、{year}年には{after}倍になる。"},
    {"Hardly: {first} have about {after} times the accumulated military spending of {second}, today and in {year}.", "ほとんど変わらない。{first}の累積軍事費は現在も{year}年も{second}の約{after}倍。"},
    {"Today {first} have {before} times the accumulated military spending of {second}; in {year}, only {after} times.", "{first}の累積軍事費は現在{second}の{before}倍だが、{year}年には{after}倍に下がる。"},
    {"If only {part} of forces from outside the region count: {before} today, {after} in {year}.", "域外の国の戦力を{part}だけ数えると、現在は{before}倍、{year}年は{after}倍。"},
    {"Accumulated military spending, {first} divided by {second}", "累積軍事費の比（{first}÷{second}）"},
    {"In the scenarios of this page the ratio lies between {low} and {high} in {year}, with all forces counted.", "全戦力を数えた比は、このページのシナリオでは{year}年に{low}～{high}倍となる。"},
    {"No scenario of this page changes it visibly.", "このページのどのシナリオでも、目に見える変化はない。"},
    {"parity", "同等"},
    {"{first}, {second} and {count} others", "{first}・{second}とほか{count}カ国"},
    {"{first} and {second}", "{first}と{second}"},
    {"{first}, {second} and {third}", "{first}・{second}・{third}"},

    // country by country
    {"Country by country", "国別の見通し"},
    {"Military spending from {from} to {to} on {plans}. Shaded: likely range (80%). Shares of GDP have one axis for all countries; money has an axis for each country.", "{plans}での{from}～{to}年の軍事費。帯は80%の範囲。GDP比の目盛りは各国共通、金額の目盛りは国ごとに異なる。"},
    {"Other countries", "そのほかの国"},

    // tags
    {"beat simple methods in past tests", "過去の検証で単純な方法を上回った"},
    {"no better than “no change” in past tests", "過去の検証で「変化なし」の予測を上回れなかった"},
    {"not tested on the past", "過去の検証なし"},
    {"from the record of pledges", "過去の公約の実績による"},
    {"past counted, chance modelled", "過去は実績の集計、確率はモデルによる"},
    {"shows association, not cause", "相関であり、因果ではない"},
    {"measures money only", "金額だけを比べたもの"},

    // limits
    {"What these figures cannot tell you.", "この数字では分からないこと。"},
    {"The data do not show clearly how countries respond to their rivals. If a setting changes nothing here, it may still have an effect.", "各国が対立国にどう反応するかは、データからはっきりとは分からない。ここで数字が動かなくても、実際に影響がないとは限らない。"},
    {"Quality, readiness, nuclear weapons and alliance guarantees are not measured in money.", "装備の質、即応性、核兵器、同盟国の防衛関与は金額では測れない。"},
    {"No spending figures are published for {states}; the past is an estimate.", "{states}の軍事費は金額が公表されておらず、過去の値は推定値である。"},
    {"Decisions made after {year} count only if they are among the announced targets.", "{year}年より後の決定は、公表された目標に含まれるものだけを反映する。"},
    {"Decisions made after {year} are not in these figures.", "{year}年より後の決定は反映していない。"},
};
// clang-format on

}  // namespace tenbin
