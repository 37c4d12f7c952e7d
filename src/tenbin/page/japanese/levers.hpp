// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// What levers do, from core/levers.hpp, and the words of their numbers.
// clang-format off
inline constexpr Translation japanese_levers[]{
    // numbers of levers
    {"about {value} (± {sd})", "約{value}（±{sd}）"},
    {" km", "km"},
    {"at least ", "以上"},
    {"at most ", "以下"},
    {"{part} % of the gap is closed", "目標との差の{part}%を埋める"},
    {"about {part} % (± {sd}) of the gap is closed", "目標との差の約{part}%（±{sd}）を埋める"},
    {"{ignored} % of the simulations ignore it, in the others {part} % of the gap is closed", "シミュレーションの{ignored}%では守られず、残りでは目標との差の{part}%を埋める"},
    {"{ignored} % of the simulations ignore it, in the others about {part} % (± {sd}) of the gap is closed", "シミュレーションの{ignored}%では守られず、残りでは目標との差の約{part}%（±{sd}）を埋める"},
    {"{amount} in {year}", "{year}年に{amount}"},
    {"{from} to {by}", "{from}～{by}年"},
    {"{from}", "{from}年から"},
    {"every country", "すべての国"},

    // kinds of promises
    {"budget law", "予算・法律"},
    {"government plan", "政府の計画"},
    {"pledge at a summit", "首脳会議での公約"},
    {"minister's aim", "首脳・閣僚の目標"},

    // plan
    {"an announced target: spending moves so that the stated part of the gap to it is closed by its year", "公表された目標。期限の年までに目標との差を指定の割合だけ埋めるように、軍事費が動く"},
    {"{state} plans {as}{value} of GDP by {by}, from {from}; {kept}", "{state}は{by}年までに軍事費をGDP比{value}{as}とする計画（{from}）。{kept}"},
    {"the part of the gap that the plan closes", "目標との差のうち計画で埋める分（他国の動きに左右されない）"},
    {"the country's other responses, GDP, and every other country", "この国のそのほかの反応、GDP、ほかのすべての国"},
    {"Target of {state} for {by}, share of GDP", "{state}の{by}年の目標（GDP比）"},

    // pressure
    {"an ally's call for burden sharing: the same plan for each country that it presses, kept as allies have kept such pledges", "同盟国による負担増の要求。要求を受けた各国が同じ水準を計画し、同盟国の過去の実績と同じ程度に守る"},
    {"{state} presses {states}; each of them plans {as}{value} of GDP by {by}, from {from}; {kept}", "{state}の要求を受け、{states}が{by}年までに軍事費をGDP比{value}{as}とする計画を立てる（{from}）。{kept}"},
    {"the part of each gap that the plans close", "目標との差のうち各国の計画で埋める分（他国の動きに左右されない）"},
    {"other responses of these countries, GDP, and every other country", "要求を受けた国のそのほかの反応、GDP、ほかのすべての国"},
    {"Share of GDP that {state} asks of its allies by {by}", "{state}が同盟国に求める水準（{by}年までのGDP比）"},

    // cap
    {"a rule at home: the country does not raise its share of GDP above this value; the rule never cuts, and a year's shock can still exceed it", "軍事費のGDP比をこの値より上げない国内ルール。削減を強いることはなく、その年の偶然の変動で超えることはある"},
    {"{state} has a rule against rising above {value} of GDP, from {from}", "{state}は国内ルールにより、軍事費をGDP比{value}より上げない（{from}）"},
    {"no decision to rise above the limit; a year's shock can still exceed it", "上限を超える増額をこの国が自ら選ばないこと（その年の偶然の変動で超えることはある）"},
    {"everything below the limit, shocks, and every other country", "上限以下での動き、偶然の変動、ほかのすべての国"},
    {"Rule in {state}: no rise above this share of GDP", "{state}の国内ルールによる上限（GDP比）"},

    // growth
    {"adds to the yearly growth of GDP", "GDPの年間成長率の趨勢に加える値"},
    {"GDP of {state} grows by {value} a year more than expected, from {from}", "{state}のGDP成長率を、見通しに年{value}を加えた値とする（{from}）"},
    {"the expected growth of its GDP", "この国のGDP成長率の見通し"},
    {"its spending through income, and every country that is its rival or ally", "この国の軍事費（所得を通じて）、この国を対立国または同盟国とするすべての国"},
    {"Economic growth of {state}, compared with the forecast", "{state}の経済成長率（見通しとの差）"},

    // commitment
    {"how far the protector is bound to defend the protected", "相手国に対する防衛関与の強さ"},
    {"{state} is bound to defend {other} with strength {value} (1 is a defence treaty), from {from}", "{other}に対する{state}の防衛関与の強さを{value}とする（防衛条約を1とする。{from}）"},
    {"the guarantee between these two", "この二国間の防衛関与"},
    {"the protected country's target and its response to the protector's increases", "守られる国の目標水準と、守る国の増額に対する反応"},
    {"Strength of the guarantee of {state} to {other}", "{other}に対する{state}の防衛関与の強さ"},

    // presence
    {"troops that one country keeps in another: a change of their number moves the host's spending for five years, by the estimate", "他国に置く部隊。人数の変化は、推定によれば受け入れ国の軍事費を5年間動かす"},
    {"{state} keeps {value} troops in {other}, from {from}", "{state}が{other}に駐留させる部隊を{value}人とする（{from}）"},
    {"the number of these troops", "この部隊の人数"},
    {"the host's spending by the estimated response to foreign troops, and every country that is its rival or ally", "受け入れ国の軍事費（外国部隊への反応の推定値による）、受け入れ国を対立国または同盟国とするすべての国"},
    {"Troops of {state} in {other}", "{other}に駐留する{state}の部隊の人数"},

    // war
    {"one country attacks another: countries of the region arm, the nearer the more, and both countries at war arm; the estimate for the region rests on one war", "ある国による他国への侵略。同じ地域の国は近いほど軍備を増やし、交戦国も双方が増やす。近さの影響の推定は一つの戦争だけに基づく"},
    {"{state} attacks {other} in {from}; the effect on the region is {value} times that of Russia's war of 2022 on Europe", "{state}が{other}を攻撃する（{from}）。周辺国への影響は、2022年からのロシアのウクライナ侵攻が欧州に及ぼした影響の{value}倍とする"},
    {"that this war happens, and how long the region responds", "この戦争が起きることと、周辺国への影響が続く期間"},
    {"spending of the countries at war and of those near by, and everything that responds to it", "交戦国と周辺国の軍事費、それに対するすべての反応"},

    // hostility
    {"how far two countries count each other as a threat", "二国が互いをどれほど脅威とみるか"},
    {"{state} and {other} count each other as a threat with strength {value} (1 is a full rivalry), from {from}", "{state}と{other}の敵対度を{value}とする（完全な対立関係を1とする。{from}）"},
    {"the hostility of this pair, both ways", "この二国の敵対度（双方向）"},
    {"both countries' targets and their responses to each other's increases", "両国の目標水準と、互いの増額に対する反応"},
    {"Hostility between {state} and {other}", "{state}と{other}の敵対度"},

    // reach
    {"longest range of the country's missiles in service", "この国が配備するミサイルの最大射程"},
    {"missiles of {state} reach {value}, from {from}", "{state}のミサイルの射程を{value}とする（{from}）"},
    {"the range of its missiles", "この国のミサイルの射程"},
    {"the threat to every rival", "この国を対立国とするすべての国が感じる脅威"},

    // efficiency
    {"what a unit of the country's money buys (advanced technology, prices): a factor on what spending adds to accumulated spending", "同じ額でどれだけの戦力を得られるか（先進技術、物価）。累積軍事費に加える額を軍事費の何倍とするかで表す"},
    {"a unit of spending of {state} buys {value} times what it buys today, from {from}", "{state}が同じ額の軍事費で得る戦力を現在の{value}倍とする（{from}）"},
    {"what its spending adds to its accumulated spending; spending itself does not change", "累積軍事費に加える額の倍率（軍事費そのものは変えない）"},
    {"the threat to it and its guarantees, and every country that is its rival or ally", "この国が感じる脅威とこの国への防衛関与、この国を対立国または同盟国とするすべての国"},
    {"Value for money of military spending in {state}", "{state}の軍事費の費用対効果"},

    // weight
    {"factor on the country's accumulated spending as others count it (nuclear weapons, price level); an assumption, not an estimate", "他国から見たこの国の戦力が累積軍事費の何倍にあたるか（核兵器、物価水準）。推定値ではなく仮定"},
    {"others count the accumulated spending of {state} {value} times (an assumption, not an estimate), from {from}", "他国から見た{state}の戦力を累積軍事費の{value}倍とする（推定値ではなく仮定。{from}）"},
    {"how others count its accumulated spending; its own counting does not change", "他国から見たこの国の戦力の重み（この国自身の数え方は変えない）"},
    {"the targets of its rivals and of those it protects, and their responses to its increases", "この国の対立国と、この国が守る国の目標水準、この国の増額に対するそれらの国の反応"},
    {"Weight of the weapons of {state} beyond its spending", "軍事費に表れない{state}の兵器の重み"},

    // response
    {"sets a response by hand; an assumption, not an estimate", "反応の強さを手動で設定する。推定値ではなく仮定"},
    {"{state}: the {reaction} is set to {value} (an assumption, not an estimate), from {from}", "{state}：{reaction}を{value}とする（推定値ではなく仮定。{from}）"},
    {"this response, at the value given instead of the estimate", "この反応の強さ（推定値の代わりに指定した値）"},
    {"everything that follows from it", "この反応から生じるすべての変化"},

    // path
    {"fixes the country's spending in the years given (for example another forecast)", "指定した年の軍事費を固定する（ほかの機関の予測など）"},
    {"spending of {state} is given: {path}", "{state}の軍事費を次の値とする：{path}"},
    {"its spending in those years, whatever its own responses would be", "その年の軍事費（この国自身の反応に左右されない）"},
    {"its accumulated spending, its later years, and every country that is its rival or ally", "この国の累積軍事費とその後の軍事費、この国を対立国または同盟国とするすべての国"},

    // budget
    {"an announced sum of money: a plan whose target is spending in its year, whatever GDP is then", "公表された金額。期限の年の軍事費そのものを目標とし、その時のGDPには左右されない"},
    {"{state} plans to spend {as}{value} in {by}, from {from}; {kept}", "{state}は{by}年の軍事費を{value}{as}とする計画（{from}）。{kept}"},
    {"the country's other responses, GDP and with it the share of GDP, and every other country", "この国のそのほかの反応、GDPとそれに伴うGDP比、ほかのすべての国"},

    // reactions
    {"response to its rivals' increases (part of an increase that it follows within the year)", "対立国の増額に対する反応（対立国の増加率のうち年内に追随する割合）"},
    {"How strongly countries match their rivals", "各国が対立国の増額に合わせて増やす度合い"},
    {"response to its allies' increases (part of an increase that it follows within the year)", "同盟国の増額に対する反応（同盟国の増加率のうち年内に追随する割合）"},
    {"slope of the target on the threat (log share for each unit of log threat)", "感じる脅威に対する目標水準の傾き（脅威の対数1単位当たりの、GDP比の対数）"},
    {"How strongly threat raises spending", "脅威が軍事費を押し上げる度合い"},
    {"slope of the target on guarantees (log share for each unit of log guarantee)", "防衛関与に対する目標水準の傾き（防衛関与の対数1単位当たりの、GDP比の対数）"},
};
// clang-format on

}  // namespace tenbin
