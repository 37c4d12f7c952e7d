// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// What levers do, from core/levers.hpp, and the words of their numbers.
// clang-format off
inline constexpr Translation japanese_levers[]{
    // numbers of levers
    {"about {value} (give or take {sd})", "約{value}（±{sd}）"},
    {" km", "km"},
    {"at least ", "以上"},
    {"at most ", "以下"},
    {"{part} % of the gap is closed", "目標との差の{part}%を埋める"},
    {"about {part} % of the gap is closed (give or take {sd})", "目標との差の約{part}%（±{sd}）を埋める"},
    {"in {ignored} of 100 futures it is ignored, in the others {part} % of the gap is closed", "シミュレーションの{ignored}%では守られず、残りでは目標との差の{part}%を埋める"},
    {"in {ignored} of 100 futures it is ignored, in the others about {part} % of the gap is closed (give or take {sd})", "シミュレーションの{ignored}%では守られず、残りでは目標との差の約{part}%（±{sd}）を埋める"},
    {"{amount} in {year}", "{year}年に{amount}"},
    {"{from} to {by}", "{from}～{by}年"},
    {"{from}", "{from}年から"},
    {"every state", "すべての国"},

    // kinds of promises
    {"budget law", "予算・法律"},
    {"government plan", "政府の計画"},
    {"pledge at a summit", "首脳会議での公約"},
    {"minister's aim", "首脳・閣僚の目標"},

    // plan
    {"an announced target: milex moves so that the stated part of the gap to it is closed by its year", "公表された目標。期限の年までに目標との差を指定の割合だけ埋めるように、軍事費が動く"},
    {"{state} plans {as}{value} of GDP by {by}, from {from}; {kept}", "{state}は{by}年までに軍事費をGDP比{value}{as}とする計画（{from}）。{kept}"},
    {"the plan's part of the gap closes whatever others do", "目標との差のうち計画で埋める分（他国の動きに左右されない）"},
    {"the rest of the state's reactions, GDP, and every other state", "この国のそのほかの反応、GDP、ほかのすべての国"},
    {"Target of {state} for {by}, share of GDP", "{state}の{by}年の目標（GDP比）"},

    // pressure
    {"an ally's call for burden sharing: the same plan for each state it presses, at the adherence that allies have shown", "同盟国による負担増の要求。要求を受けた各国が同じ水準を計画し、同盟国の過去の実績と同じ程度に守る"},
    {"{state} presses {states}, each of which plans {as}{value} of GDP by {by}, from {from}; {kept}", "{state}の要求を受け、{states}が{by}年までに軍事費をGDP比{value}{as}とする計画を立てる（{from}）。{kept}"},
    {"the plans' part of each gap closes whatever others do", "目標との差のうち各国の計画で埋める分（他国の動きに左右されない）"},
    {"the rest of the pressed states' reactions, GDP, and every other state", "要求を受けた国のそのほかの反応、GDP、ほかのすべての国"},
    {"Share of GDP that {state} asks of its allies by {by}", "{state}が同盟国に求める水準（{by}年までのGDP比）"},

    // cap
    {"a rule at home against a rise of the burden above this share of GDP; it never cuts, and a year's shock can still carry the burden over it", "軍事費のGDP比をこの値より上げない国内ルール。削減を強いることはなく、その年の偶然の変動で超えることはある"},
    {"{state} has a rule against rising above {value} of GDP, from {from}", "{state}は国内ルールにより、軍事費をGDP比{value}より上げない（{from}）"},
    {"the state's own will to rise above the cap; a year's shock can still carry it over", "上限を超える増額をこの国が自ら選ばないこと（その年の偶然の変動で超えることはある）"},
    {"everything below the cap, shocks, and every other state", "上限以下での動き、偶然の変動、ほかのすべての国"},
    {"Rule in {state}: no rise above this share of GDP", "{state}の国内ルールによる上限（GDP比）"},

    // growth
    {"adds to the yearly trend of GDP", "GDPの年間成長率の趨勢に加える値"},
    {"{state}'s GDP grows by {value} a year on top of what is expected, from {from}", "{state}のGDP成長率を、見通しに年{value}を加えた値とする（{from}）"},
    {"the expected growth of the state's GDP", "この国のGDP成長率の見通し"},
    {"its milex through income, and every state that counts it as rival or ally", "この国の軍事費（所得を通じて）、この国を対立国または同盟国とするすべての国"},
    {"Economic growth of {state}, compared with the forecast", "{state}の経済成長率（見通しとの差）"},

    // commitment
    {"how far the protector is bound to defend the protected", "相手国に対する防衛関与の強さ"},
    {"{state} is bound to defend {other} with strength {value} (1 is a defence treaty), from {from}", "{other}に対する{state}の防衛関与の強さを{value}とする（防衛条約を1とする。{from}）"},
    {"the cover of this pair", "この二国間の防衛関与"},
    {"the protected state's target and its answer to the protector's rise", "守られる国の目標水準と、守る国の増額に対する反応"},
    {"Strength of the guarantee of {state} to {other}", "{other}に対する{state}の防衛関与の強さ"},

    // presence
    {"troops that one state keeps in another: a change of their number moves the host's milex for five years, by the estimate", "他国に置く部隊。人数の変化は、推定によれば受け入れ国の軍事費を5年間動かす"},
    {"{state} keeps {value} troops in {other}, from {from}", "{state}が{other}に駐留させる部隊を{value}人とする（{from}）"},
    {"the number of these troops", "この部隊の人数"},
    {"the host's milex by the estimated response to foreign troops, and every state that counts it as rival or ally", "受け入れ国の軍事費（外国部隊への反応の推定値による）、受け入れ国を対立国または同盟国とするすべての国"},
    {"Troops of {state} in {other}", "{other}に駐留する{state}の部隊の人数"},

    // war
    {"an aggression of one state against another: states of the attacked one's region arm by how near they are, and both that are at war arm; the estimate of nearness rests on one war", "ある国による他国への侵略。同じ地域の国は近いほど軍備を増やし、交戦国も双方が増やす。近さの影響の推定は一つの戦争だけに基づく"},
    {"{state} attacks {other} in {from}; it is felt as {value} of what Russia's war of 2022 was in Europe", "{state}が{other}を攻撃する（{from}）。周辺国への影響は、2022年からのロシアのウクライナ侵攻が欧州に及ぼした影響の{value}倍とする"},
    {"that there is this war, and how long its nearness is felt", "この戦争が起きることと、周辺国への影響が続く期間"},
    {"the spending of those at war and of those near by, and everything that answers it", "交戦国と周辺国の軍事費、それに対するすべての反応"},

    // hostility
    {"how far two states count each other as a threat", "二国が互いをどれほど脅威とみるか"},
    {"{state} and {other} count each other as a threat with {value} (1 is a full rivalry), from {from}", "{state}と{other}の敵対度を{value}とする（完全な対立関係を1とする。{from}）"},
    {"the hostility of this dyad, both ways", "この二国の敵対度（双方向）"},
    {"both states' targets and their answers to each other's rise", "両国の目標水準と、互いの増額に対する反応"},
    {"Hostility between {state} and {other}", "{state}と{other}の敵対度"},

    // reach
    {"longest range of the state's missiles in service", "この国が配備するミサイルの最大射程"},
    {"{state}'s missiles reach {value}, from {from}", "{state}のミサイルの射程を{value}とする（{from}）"},
    {"the reach of the state", "この国のミサイルの射程"},
    {"the felt threat of every state that counts it as rival", "この国を対立国とするすべての国が感じる脅威"},

    // efficiency
    {"what the state's dollar buys (advanced technology, prices): factor on milex where it becomes stock", "同じ額でどれだけの戦力を得られるか（先進技術、物価）。累積軍事費に加える額を軍事費の何倍とするかで表す"},
    {"a unit of {state}'s milex buys {value} times the stock it buys today, from {from}", "{state}が同じ額の軍事費で得る戦力を現在の{value}倍とする（{from}）"},
    {"the state's stock gains this multiple of its milex; milex itself is not touched", "累積軍事費に加える額の倍率（軍事費そのものは変えない）"},
    {"its own felt threat and cover, and every state that counts it as rival or ally", "この国が感じる脅威とこの国への防衛関与、この国を対立国または同盟国とするすべての国"},
    {"Value for money of military spending in {state}", "{state}の軍事費の費用対効果"},

    // weight
    {"factor on the state's stock as others feel it (nuclear weapons, price level); an assumption, not an estimate", "他国から見たこの国の戦力が累積軍事費の何倍にあたるか（核兵器、物価水準）。推定値ではなく仮定"},
    {"others feel {state}'s stock as {value} times its money (an assumption, not an estimate), from {from}", "他国から見た{state}の戦力を累積軍事費の{value}倍とする（推定値ではなく仮定。{from}）"},
    {"how others count the state's stock; its own counting stays", "他国から見たこの国の戦力の重み（この国自身の数え方は変えない）"},
    {"the targets of its rivals and of those it covers, and their answers to its rise", "この国の対立国と、この国が守る国の目標水準、この国の増額に対するそれらの国の反応"},
    {"Weight of the weapons of {state} beyond its spending", "軍事費に表れない{state}の兵器の重み"},

    // response
    {"sets a reaction by hand; an assumption, not an estimate", "反応の強さを手動で設定する。推定値ではなく仮定"},
    {"{state}: the {reaction} is set to {value} (an assumption, not an estimate), from {from}", "{state}：{reaction}を{value}とする（推定値ではなく仮定。{from}）"},
    {"this reaction, at the value given instead of the fitted one", "この反応の強さ（推定値の代わりに指定した値）"},
    {"everything that follows from it", "この反応から生じるすべての変化"},

    // path
    {"fixes the state's milex in the years given (someone else's forecast)", "指定した年の軍事費を固定する（ほかの機関の予測など）"},
    {"{state}'s milex is given: {path}", "{state}の軍事費を次の値とする：{path}"},
    {"the state's milex in those years, whatever its own reactions would be", "その年の軍事費（この国自身の反応に左右されない）"},
    {"its stock, its later years, and every state that counts it as rival or ally", "この国の累積軍事費とその後の軍事費、この国を対立国または同盟国とするすべての国"},

    // budget
    {"an announced sum of money: a plan whose target is milex in its year, whatever GDP is then", "公表された金額。期限の年の軍事費そのものを目標とし、その時のGDPには左右されない"},
    {"{state} plans to spend {as}{value} in {by}, from {from}; {kept}", "{state}は{by}年の軍事費を{value}{as}とする計画（{from}）。{kept}"},
    {"the rest of the state's reactions, GDP and with it the share of GDP, and every other state", "この国のそのほかの反応、GDPとそれに伴うGDP比、ほかのすべての国"},

    // reactions
    {"answer to its rivals' rise (part of a rise that it follows within the year)", "対立国の増額に対する反応（対立国の増加率のうち年内に追随する割合）"},
    {"How strongly countries match their rivals", "各国が対立国の増額に合わせて増やす度合い"},
    {"answer to its allies' rise (part of a rise that it follows within the year)", "同盟国の増額に対する反応（同盟国の増加率のうち年内に追随する割合）"},
    {"target's slope on felt threat (log share for each unit of log threat)", "感じる脅威に対する目標水準の傾き（脅威の対数1単位当たりの、GDP比の対数）"},
    {"How strongly threat raises spending", "脅威が軍事費を押し上げる度合い"},
    {"target's slope on cover (log share for each unit of log cover)", "防衛関与に対する目標水準の傾き（防衛関与の対数1単位当たりの、GDP比の対数）"},
};
// clang-format on

}  // namespace tenbin
