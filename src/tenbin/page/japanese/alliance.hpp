// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// What allies promised, the balance of the blocs, and the reach of missiles.
// clang-format off
inline constexpr Translation japanese_alliance[]{
    // announced targets
    {"Share of GDP in {year} and announced target", "{year}年のGDP比と公表目標"},
    {"share in {year}", "{year}年のGDP比"},
    {"announced target, as the panel counts it", "公表目標（このデータの数え方）"},
    {"reached; {chance} in its year", "達成済み、期限年に{chance}"},
    {"{chance} in its year", "期限年に{chance}"},
    {"Where countries are, and what they announced. Right: chance of being at or above the target in its year", "各国の現在の水準と公表目標。右端は、期限の年に目標以上である確率"},
    {"Announced targets, with definitions and sources", "公表目標の定義と出典"},
    {"A government’s own definition often counts more than this panel does. The factor between the two comes from years in which both are known.", "政府独自の定義は、このデータより広い範囲の支出を含むことが多い。両者の換算係数は、双方の値が分かる年から求めた。"},
    {"Announced", "公表目標"},
    {"Extra spending needed a year", "必要な増額（年間）"},
    {"Chance in its year", "期限年の達成確率"},
    {"First year with 50% or more", "確率が50%以上になる最初の年"},
    {"Definition and source", "定義と出典"},
    {"{share}% by {year}", "{year}年までに{share}%"},
    {"reached", "達成済み"},
    {"due later", "期限前"},
    {"met", "達成"},
    {"missed", "未達成"},
    {"none to {year}", "{year}年までになし"},
    {"{definition}. {source}", "{definition}。{source}"},
    {"{definition}. {source} (general knowledge)", "{definition}。{source}（公知の情報）"},

    // the record of pledges
    {"Record.", "これまでの実績。"},
    {"{what}: {cases} of {of} by {to}.", "{what}：{to}年までに{of}カ国中{cases}カ国。"},
    {"How pledges were kept that ended or were replaced by {year}, by kind, in all countries in our ledger", "{year}年までに期限を迎えたか、新しい公約に移行した公約の達成状況（種類別、記録のあるすべての国）"},
    {"Kind of pledge", "公約の種類"},
    {"Ignored", "守られなかった割合"},
    {"Part of the gap closed by the others", "それ以外の公約が目標との差を埋めた割合"},
    {"{mean}% (± {sd})", "{mean}%（±{sd}）"},
    {"How {count} earlier pledges of these countries ended", "ここに示す国の過去の公約{count}件の結果"},
    {"Pledge", "公約"},
    {"Kind", "種類"},
    {"Share before", "公約前のGDP比"},
    {"Share at the end", "終了時のGDP比"},
    {"Part of the gap closed", "目標との差を埋めた割合"},
    {"{share}% by {year}, announced in {announced}", "{year}年までに{share}%（{announced}年公表）"},
    {"{share} in {year}", "{share}（{year}年）"},
    {"{share} in {year} (replaced)", "{share}（{year}年、新しい公約に移行）"},

    // the balance
    {"Accumulated spending", "累積軍事費"},
    {"{spending} of {first} that can act against {second}, divided by that of {second} that can act against {first}. Above 1, the first group has accumulated more; this does not say who would win. Readiness, doctrine and nuclear weapons are not counted. The way of counting matters more than most scenarios; the table shows each.", "{first}の{spending}のうち{second}に振り向けられる分が、{second}が{first}に振り向けられる分の何倍にあたるかを示す。1を超えれば前者の累積額のほうが大きいが、どちらが勝つかを示すものではない。即応性、軍事ドクトリン、核兵器は考慮していない。シナリオによる差より数え方による差のほうが大きいことが多いため、表に数え方ごとの値を示す。"},
    {"{bloc}: {members}.", "{bloc}：{members}。"},
    {", ", "、"},
    {"Weighted by treaty: a member with a defence treaty inside its bloc counts in proportion to its strongest commitment; a lever on that commitment changes it.", "条約で重み付け：陣営内に防衛条約の相手国がある国は、最も強い防衛関与の強さに比例して数える。その防衛関与の条件を動かすと値も変わる。"},
    {"Weighted by region: {share}% of a member’s spending counts if no member of the other bloc is in its region (an assumption).", "地域で重み付け：同じ地域に相手陣営の国がない国は、軍事費の{share}%だけを数える（仮定）。"},
    {"Purchasing power: at military price levels of the first year.", "購買力換算：起点の年の軍事物価水準で換算する。"},
    {"Accumulated spending of {first} over that of {second} under “{scenario}”: median {median} in {year}, likely range {low} to {high}", "「{scenario}」での累積軍事費の比（{first}÷{second}）：{year}年の中央値は{median}、80%の範囲は{low}～{high}"},
    {"{first} over {second}, all spending at market prices, in the chosen scenario", "選んだシナリオでの累積軍事費の比（{first}÷{second}、全額、市場レート換算）"},
    {"all spending, market prices", "全額、市場レート換算"},
    {"weighted by treaty", "条約で重み付け"},
    {"weighted by region", "地域で重み付け"},
    {"all spending, purchasing power", "全額、購買力換算"},
    {"{year}, today", "{year}年（現在）"},
    {"Median in {year} and likely range (80%).", "{year}年の中央値と80%の範囲。"},

    // values with small print
    {"{value} {range}", "{value}{range}"},
    {"({low} to {high})", "（{low}～{high}）"},

    // reach
    {"Rivals whose missiles can reach {state}", "ミサイルが{state}に届く対立国"},
    {"Rivals that {state} can reach", "{state}のミサイルが届く対立国"},
    {"{rival} ({km} km between the capitals): in reach since {year} or earlier with {system}; newest system of this range: {newest} ({entered})", "{rival}（首都間{km}km）：{year}年以前から{system}の射程内。この距離に届く最新型は{newest}（{entered}年）"},
    {"{rival} ({km} km between the capitals): in reach since {year} with {system}; newest system of this range: {newest} ({entered})", "{rival}（首都間{km}km）：{year}年から{system}の射程内。この距離に届く最新型は{newest}（{entered}年）"},
    {"Distances are from capital to capital; launch areas can be nearer. Ranges are press figures. Nothing is said about whether a missile gets through.", "距離は首都間で、発射地点はこれより近いことがある。射程は報道による。迎撃されずに届くかどうかは考慮していない。"},
    {"Rings: range of missiles in service, from the capital of the chosen country. Lines: the shortest way to the capital of each rival, orange if the longest range covers it. Coasts without borders, from Natural Earth.", "円：選んだ国の首都を中心とする、配備済みミサイルの射程。線：各対立国の首都までの最短経路（最長の射程が届く場合は橙色）。海岸線はNatural Earthによる（国境線は省略）。"},
    {"All pairs of rivals", "対立国のすべての組"},
    {"From", "発射国"},
    {"Reaches", "射程内の対立国"},
    {"({km} km, first in {year} with {system})", "（{km}km、{year}年に{system}で初めて射程内）"},
    {"; ", "、"},
};
// clang-format on

}  // namespace tenbin
