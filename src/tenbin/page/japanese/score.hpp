// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// How good the forecasts were in the past.
// clang-format off
inline constexpr Translation japanese_score[]{
    // in short
    {"How good was this in the past?", "過去の予測はどれだけ当たったか"},
    {"{text}.", "{text}。"},
    {"Nobody has tried yet how good these forecasts would have been on this panel's past: tenbin backtest --scorecard writes a scorecard.toml into the panel's folder", "このデータの過去について、予測がどれだけ当たるかはまだ検証されていない。tenbin backtest --scorecardを実行すると、データのフォルダーにscorecard.tomlができる"},
    {"The scorecard beside this panel was made before one of its tables changed, and is not shown: tenbin backtest --scorecard writes a scorecard.toml into the panel's folder", "このデータに付いている検証結果は、データの表が変わる前のものなので示さない。tenbin backtest --scorecardを実行すると、データのフォルダーに新しいscorecard.tomlができる"},
    {"No forecast could be scored", "採点できる予測がなかった"},
    {"Over {years}, tenbin’s forecasts of military spending were {gain:.0f}% better than the best simple method ({method})", "{years}先の軍事費の予測で、tenbinは最も成績のよい単純な方法（{method}）を{gain:.0f}%上回った"},
    {"Over {years}, tenbin’s forecasts of military spending were {gain:.0f}% worse than the best simple method ({method})", "{years}先の軍事費の予測で、tenbinは最も成績のよい単純な方法（{method}）を{gain:.0f}%下回った"},
    {"{inside:.0f}% of outcomes lay in the likely range (80%)", "実績の{inside:.0f}%が80%の範囲に収まった"},
    {"on military spending it was up to {loss:.0f}% worse ({method}, over {years})", "軍事費では最大で{loss:.0f}%下回った（{method}との比較、{years}先）"},
    {"on the share of GDP it was up to {loss:.0f}% worse ({method}, over {years})", "GDP比では最大で{loss:.0f}%下回った（{method}との比較、{years}先）"},
    {"For each of {count} years from {from} to {to}, the model was fitted to what the panel {panel} held at the end of that year ({setup}), projected without levers and without incidents, and compared with the outcome, for all of its countries.", "{from}～{to}年の{count}年それぞれについて、データセット「{panel}」のその年末までの分でモデルを推定し（{setup}）、条件を変えず、事案も起きないものとして将来を計算し、すべての国の実績と比べた。"},
    {"For each of {count} years from {from} to {to}, the model was fitted to what the panel {panel} held at the end of that year ({setup}), projected without levers and without incidents, and compared with the outcome, for {states}.", "{from}～{to}年の{count}年それぞれについて、データセット「{panel}」のその年末までの分でモデルを推定し（{setup}）、条件を変えず、事案も起きないものとして将来を計算し、{states}の実績と比べた。"},
    {"world priors, standard terms", "他国のデータによる事前分布、標準の項の構成"},
    {"wide priors, standard terms", "幅の広い事前分布、標準の項の構成"},
    {"The score is the CRPS of the logarithm: 0.05 is about 5% of the level, smaller is better.", "スコアは対数のCRPS（連続順位確率スコア）で、0.05が水準の約5%にあたり、小さいほどよい。"},
    {"± is one standard error; it allows for periods that overlap.", "±は標準誤差で、期間の重なりを考慮している。"},
    {"The figures of earlier years come from today’s release.", "過去の年の数値にも現在の版を使った。"},
    {"The figures of earlier years come from today’s release: {release}.", "過去の年の数値にも現在の版（{release}）を使った。"},

    // methods
    {"random walk", "ランダムウォーク"},
    {"constant share of GDP", "GDP比一定"},
    {"drift", "ドリフト"},
    {"ets", "指数平滑（ETS）"},
    {"arima", "ARIMA"},
    {"theta", "シータ法"},

    // gains
    {"Military spending: gain on each method", "軍事費：各方法に対する改善"},
    {"Share of GDP: gain on each method", "GDP比：各方法に対する改善"},
    {"Score (CRPS) of the logarithm of spending, and by how much it is below the score of each method; a negative number means that tenbin is worse.", "軍事費（対数）のスコア（CRPS）と、それが各方法のスコアをどれだけ下回るか。負の数はtenbinのほうが劣ることを示す。"},
    {"Score (CRPS) of the logarithm of the share, and by how much it is below the score of each method; a negative number means that tenbin is worse.", "GDP比（対数）のスコア（CRPS）と、それが各方法のスコアをどれだけ下回るか。負の数はtenbinのほうが劣ることを示す。"},
    {"All methods have the same cases.", "対象とした事例はどの方法も同じ。"},
    {"Years ahead", "何年先か"},
    {"Cases", "事例数"},

    // misses
    {"Biggest misses", "大きく外れた予測"},
    {"{years} ahead", "{years}先"},
    {"{state} {year}", "{state}、{year}年"},
    {"{case}, forecast made in {origin}: outcome {off}% from the median; {count} of 1,000 simulations went so far.", "{case}（{origin}年時点の予測）：実績と中央値の差は{off}%。シミュレーション1,000回のうち、ここまで離れたのは{count}回。"},
    {"{case}, forecast made in {origin}: outcome {off}% from the median; none of 1,000 simulations went so far.", "{case}（{origin}年時点の予測）：実績と中央値の差は{off}%。シミュレーション1,000回のうち、ここまで離れたものはない。"},
    {"{source}.", "出典：{source}"},
    {"A plan nobody's model had: the first budget of the Defense Buildup Program was a quarter above the year before", "どのモデルにも織り込まれていなかった計画。防衛力整備計画の初年度予算は前年度を4分の1上回った"},
    {"The third year of the build-up of 2022, whose target was brought forward by two years in that autumn", "2022年に決めた防衛力強化の3年目。目標の達成時期がこの年の秋に2年前倒しされた"},
    {"The announced budget rose by 14.9 % while prices stood still after two years of inflation", "2年続いたインフレの後で物価が横ばいになるなか、公表予算は14.9%増えた"},
    {"The Budget Control Act of 2011, the sequester of March 2013 and the withdrawals from Iraq and Afghanistan", "2011年の予算管理法、2013年3月の歳出強制削減、イラクとアフガニスタンからの撤収"},
    {"The supplementary appropriations of April 2024, which had lifted that year, had no successor for Ukraine", "2024年4月の補正予算が同年の支出を押し上げたが、それに続くウクライナ向けの予算はなかった"},
    {"Special budgets beside the yearly ones: fighters from 2020 on, ships and missiles from 2022 on", "通常予算とは別の特別予算。2020年からは戦闘機、2022年からは艦船とミサイルに充てられた"},
    {"Special budgets grew beside the yearly one, and the president asked for more than 3 % of GDP", "通常予算とは別の特別予算が膨らみ、総統もGDP比3%超を求めた"},
    {"Pay and pensions of the Sixth Pay Commission, with arrears", "第6次中央給与委員会の勧告による給与・年金の引き上げと、その遡及払い"},
    {"The pandemic cost output, and defence fell to about 13 % of the union budget", "感染症の世界的流行で生産が落ち込み、国防費は連邦予算の約13%に下がった"},

    // announced plans
    {"Forecasts with an announced plan", "公表された計画を織り込んだ予測"},
    {"Percentage of simulations below the outcome (near 0 or 100: the outcome was a surprise), and the score (CRPS): without the plan, with its target as the panel counts it, and with its target as announced.", "実績を下回ったシミュレーションの割合（%。0や100に近いほど実績は予想外）とスコア（CRPS）。計画を織り込まない場合、目標をこのデータの数え方で織り込んだ場合、公表どおりに織り込んだ場合を示す。"},
    {"Made in", "予測時点"},
    {"Without it", "計画なし"},
    {"As counted here", "このデータの数え方"},
    {"As announced", "公表どおり"},

    // more of the record: ranges
    {"More of the record: ranges, countries, and the value of each term", "検証の詳細：範囲、国別、各項の効果"},
    {"Do the ranges hold?", "予測の範囲は適切だったか"},
    {"Part of the outcomes inside each range, and the width of the likely range (80%):", "実績が各範囲に収まった割合と、80%の範囲の幅："},
    {"95% range", "95%の範囲"},
    {"Width of the 80% range", "80%の範囲の幅"},
    {"Error of the median", "中央値の誤差"},
    {"a factor of {factor:.2f}", "{factor:.2f}倍"},
    {"In which tenth of the forecast did the outcome fall? {years} ahead, {count} cases. Bars of one height are right; low ends mean ranges that are too wide.", "予測の分布を10等分した区間のどこに実績が入ったか。{years}先、{count}例。棒の高さがそろっていれば範囲は適切で、両端が低ければ範囲が広すぎる。"},
    {"Outcomes by the tenth of the forecast they fell in, {count} years ahead", "予測の分布を10等分した各区間に入った実績の件数、{count}年先"},
    {"{count} outcomes", "実績{count}件"},
    {"lowest tenth", "下位10分の1"},
    {"highest tenth", "上位10分の1"},

    // more of the record: countries
    {"Scores country by country", "国別の成績"},
    {"Gain on the simple method that was best for this country (known only afterwards), and part of the outcomes inside the likely range (80%). The cases are few and overlap: read the rows together.", "その国で最良だった単純な方法（後になって初めて分かる）に対する改善と、実績が80%の範囲に収まった割合。事例が少なく期間も重なるため、行ごとではなく全体として読む必要がある。"},
    {"inside", "範囲内（%）"},
    {"{gain}% on {method}", "{gain}%（対{method}）"},

    // more of the record: terms
    {"Value of each term of the model", "モデルの各項の効果"},
    {"Change of the score (CRPS) without the term, in percent; a positive number means that the term improves forecasts.", "その項を除いたときのスコア（CRPS）の変化（%）。正の数は、その項が予測を改善していることを示す。"},
    {"{term}: improves forecasts.", "{term}：予測を改善する。"},
    {"{term}: worsens forecasts.", "{term}：予測を悪くする。"},
    {"{term}: better at some horizons, worse at others.", "{term}：予測期間によって改善する場合と悪くなる場合がある。"},
    {"{term}: no difference beyond two standard errors.", "{term}：標準誤差の2倍を超える差はない。"},
    {"Terms that do not improve forecasts serve policy questions.", "予測を改善しない項は、政策の効果を問うために残している。"},
    {"Without", "除いた項"},
    {"threat", "脅威"},
    {"support", "同盟国の累積軍事費"},
    {"persistence", "変化の持続"},
    {"income", "GDPへの反応"},
    {"rivals", "対立国への反応"},
    {"allies", "同盟国への反応"},
    {"wave", "世界共通の波"},
    {"regions", "地域の波"},
    {"unrest", "変動の大きさの持続"},
    {"danger", "死者の出る事案の危険度"},
    {"cover", "大国の防衛条約"},
    {"presence", "外国の駐留部隊"},
    {"war", "自国の戦争"},
    {"exposure", "大国による侵略との近さ"},
    {"trend", "成長の趨勢"},
    {"memory", "直近の成長の持続"},
    {"convergence", "低所得国の追い上げ"},
};
// clang-format on

}  // namespace tenbin
