// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// The frame of the page, its live part, and what scenarios do to every country.
// clang-format off
inline constexpr Translation japanese_futures[]{
    {"Observed", "実績"},
    {"Total and ranking", "合計と順位"},
    {"Spending in {year}", "{year}年の軍事費"},
    {"Place in {year}", "{year}年の順位"},
    {"Median in {year}", "{year}年の中央値"},
    {"Spending of these countries together, observed and medians on {plans}, billion {unit}", "これらの国の軍事費の合計。実績と{plans}での中央値、億{unit}"},
    {"Countries with figures in every year since {year}; a sum of medians is not the median of the sum.", "{year}年以降のすべての年に数値がある国。中央値の合計は、合計の中央値とは異なる。"},
    // frame
    {"Skip to the first chart", "最初の図へ移動"},
    {"tenbin briefing · {state} · data to {year}", "tenbinブリーフィング｜{state}｜{year}年までのデータ"},
    {"tenbin briefing · {state} · data to {year} ({source})", "tenbinブリーフィング｜{state}｜{year}年までのデータ（{source}）"},
    {"Contents", "目次"},
    {"Try a policy", "政策を試す"},
    {"Promises", "公約"},
    {"Threats", "脅威"},
    {"Reach", "射程"},
    {"Balance", "軍事バランス"},
    {"Races and incidents", "軍拡競争と事案"},
    {"Background", "経緯"},
    {"Can I trust this?", "信頼できるか"},
    {"Data and method", "データと方法"},
    {"Who keeps promises", "公約は守られるか"},
    {"Who threatens whom", "どの国がどの国の脅威か"},
    {"Missile reach", "ミサイルの射程"},
    {"Balance of the blocs", "陣営間の軍事バランス"},
    {"Arms races and incidents", "軍拡競争と軍事的事案"},
    {"Background in dates", "年表でみる経緯"},
    {"All scenarios as a table", "全シナリオの表"},

    // live part
    {"The levers need JavaScript. All charts and tables of this page work without it.", "条件を動かすにはJavaScriptが必要。図と表はすべてJavaScriptなしで読める。"},
    {"{plans}, 80% range", "{plans}の80%の範囲"},
    {"Difference from {plans}", "{plans}との差"},
    {"Line: median. Bands: 50% and 80%. Each simulation is compared with its twin.", "線：中央値。帯：50%と80%の範囲。各シミュレーションを、変更の有無だけが異なる対のシミュレーションと比べた。"},
    {"Levers", "操作できる条件"},
    {"Move a slider. The model runs again in your browser.", "スライダーを動かすと、ブラウザー上でモデルの計算をやり直す。"},
    {"Undo", "元に戻す"},
    {"Redo", "やり直す"},
    {"Show the change again", "変化をもう一度見る"},
    {"Reset all", "すべてリセット"},
    {"Guided lesson", "演習"},
    {"Back", "戻る"},
    {"Guess first", "先に予想する"},
    {"Copy link", "リンクをコピー"},
    {"Copy embed code", "埋め込みコードをコピー"},
    {"Workbook (.xlsx)", "ワークブック（.xlsx）"},
    {"Copy data", "データをコピー"},
    {"Export settings (.toml)", "設定を書き出す（.toml）"},
    {"Copied text", "コピーした文字列"},
    {"What you changed, and what follows", "変更した条件とその影響"},
    {"Arms races and incidents under your settings", "この設定での軍拡競争と事案"},
    {"For the chosen country, compared with {plans}.", "選んだ国について、{plans}と比べた。"},
    {"The tables are updated when you stop moving.", "表はスライダーを止めると更新される。"},
    {"Incidents are linked to the gap between two countries and to their past.", "事案の起こりやすさは、二国間の力の差や過去の事案と関連している。"},
    {"This is an association; it does not show that arming causes incidents.", "これは相関であり、軍備増強が事案を招くことを示すものではない。"},

    // charts of a country
    {"{state}: {from} {now}, {year} {median} ({low} to {high})", "{state}：{from}年{now}、{year}年{median}（{low}～{high}）"},
    {"{state}, military spending as a share of GDP: {amount} in {year}, then simulations of “{scenario}” up to {end}: median {median} in {end}, likely range {low} to {high}", "{state}の軍事費のGDP比。{year}年は{amount}、その後は「{scenario}」の{end}年までのシミュレーション。{end}年の中央値は{median}、80%の範囲は{low}～{high}"},
    {"{state}, military spending as a share of GDP: no figure, then simulations of “{scenario}” up to {end}: median {median} in {end}, likely range {low} to {high}", "{state}の軍事費のGDP比。実績の数値はなく、「{scenario}」の{end}年までのシミュレーションを示す。{end}年の中央値は{median}、80%の範囲は{low}～{high}"},
    {"{state}, military spending: {amount} in {year}, then simulations of “{scenario}” up to {end}: median {median} in {end}, likely range {low} to {high}", "{state}の軍事費。{year}年は{amount}、その後は「{scenario}」の{end}年までのシミュレーション。{end}年の中央値は{median}、80%の範囲は{low}～{high}"},
    {"{state}, military spending: no figure, then simulations of “{scenario}” up to {end}: median {median} in {end}, likely range {low} to {high}", "{state}の軍事費。実績の数値はなく、「{scenario}」の{end}年までのシミュレーションを示す。{end}年の中央値は{median}、80%の範囲は{low}～{high}"},
    {"{state}: military spending as a share of GDP", "{state}の軍事費のGDP比"},
    {"{state}: military spending, billion {unit}", "{state}の軍事費、単位は億{unit}"},
    {"The share of GDP is not known: no source gives the GDP of this country in the same money. Choose the other unit.", "GDP比は分からない。この国のGDPを同じ通貨で示す出典がない。もう一方の単位なら表示できる。"},

    // changes
    {"What each scenario changes for {state} in {year}, compared with {plans}", "各シナリオによる{year}年の{state}の変化（{plans}との比較）"},
    {"{bold}What each scenario changes{end} for {state} in {year}, percentage points", "{bold}各シナリオによる変化{end}：{state}、{year}年、単位はポイント"},
    {"{bold}What each scenario changes{end} for {state} in {year}, billion {unit}", "{bold}各シナリオによる変化{end}：{state}、{year}年、単位は億{unit}"},
    {"Give a second scenario to compare with the first.", "比較するには二つ目のシナリオが要る。"},
    {"The share of GDP is not known. Choose the other unit.", "GDP比は分からない。もう一方の単位なら表示できる。"},
    {"Dot: median difference from “{scenario}”. Bars: 50% and 80% ranges. Each simulation is compared with its twin.", "点：「{scenario}」との差の中央値。棒：50%と80%の範囲。各シミュレーションを、変更の有無だけが異なる対のシミュレーションと比べた。"},

    // scenarios in words
    {"Nothing else changed.", "ほかに変更はない。"},
    {"No announced target, nothing changed.", "公表目標も変更もない。"},
    {"{does}.", "{does}。"},
    {"Fixed: {held}. Free to react: {responds}.", "固定されるもの：{held}。反応するもの：{responds}。"},
    {"{why}.", "{why}。"},

    // scenarios in a table
    {"The scenarios side by side", "シナリオの比較"},
    {"Differences from today’s plans: each simulation is compared with its {twin}.", "数字は現行計画との差。各シミュレーションを、変更の有無だけが異なる{twin}と比べた。"},
    {"twin", "対のシミュレーション"},
    {"If the data say little about a response, a lever on that response shows no difference here. An effect can exist all the same.", "データからほとんど読み取れない反応については、関わる条件を動かしても差は出ない。効果がないという意味ではない。"},
    {"Choose the country and the unit above.", "国と単位は上で選べる。"},
    {"{state}, share of GDP; changes in percentage points", "{state}、GDP比（変化はポイント）"},
    {"{state}, {unit}", "{state}、{unit}"},
    {"higher in", "上回る確率"},
};
// clang-format on

}  // namespace tenbin
