// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// Arms races and incidents.
// clang-format off
inline constexpr Translation japanese_risk[]{
    // past growth
    {"Growth of military spending by year", "軍事費の年ごとの増加率"},
    {"Growth of military spending, year by year", "軍事費の増加率の推移"},
    {"After inflation. Orange: {growth}% or more, the pace that counts as an arms race if both rivals keep it for {years} years in a row.", "実質増加率（%）。橙色は{growth}%以上。対立する二国がともにこのペースを{years}年続けると、軍拡競争とみなす。"},

    // arms races
    {"Arms races", "軍拡競争"},
    {"{races} to come", "今後の{races}"},
    {"Chance of a race by {year} on {plans}. The other columns: change under each scenario, in percentage points. A policy can make a country grow faster than the threshold by itself; a race then needs no answer.", "{plans}のもとで{year}年までに軍拡競争が起きる確率。ほかの列は各シナリオによる変化（ポイント）。政策だけで一国の増加率が基準を超えることもあり、その場合は相手の増額に反応したものでなくても軍拡競争に数えられる。"},
    {"For comparison: of {periods} past periods of {years} years of two rivals (overlapping), {races} contained a race.", "参考：対立する二国の過去の{years}年間は、期間の重なりを含めて{periods}例あり、うち軍拡競争が起きたのは{races}例。"},
    {"No pair of rivals reaches 0.5%.", "確率が0.5%に達する組はない。"},
    {"Rivals", "対立国の組"},
    {"Race", "軍拡競争"},
    {"The threshold of 8% is a convention. Chance of a race by {year} at other thresholds, on {plans}:", "8%という基準は便宜的に定めたもの。基準を変えると、{plans}のもとで{year}年までに軍拡競争が起きる確率は次のようになる。"},

    // stability
    {"Do responses set off a spiral?", "反応の連鎖で軍拡は止まらなくなるか"},
    {"Not computed for more than {count} countries; tenbin stability computes it.", "{count}カ国を超えるデータでは計算していない。tenbin stabilityで計算できる。"},
    {"Yes, in this model.", "このモデルでは止まらなくなる。"},
    {"Not in this model: a shock fades.", "このモデルではそうならない。一時的な変動の影響は薄れていく。"},
    {"In {chance} of the versions of the model that fit the data, responses to each other would make a shock grow without end. Responses change total spending ten years after a shock by {median}% (likely range {low}% to {high}%).", "データに合うモデルのうち、互いの反応で変動が際限なく膨らむものは{chance}。互いの反応が変動から10年後の軍事費総額に及ぼす影響は{median}%（80%の範囲は{low}%～{high}%）。"},

    // incidents of the next year
    {"Incidents", "軍事的事案"},
    {"{incidents} next year", "翌年の{incidents}"},
    {"Incidents until {year}", "{year}年までの軍事的事案"},
    {"In these data, incidents are more frequent where the gap to a stronger rival is smaller. This is an association: it does not show that arming causes incidents.", "このデータでは、より強い対立国との力の差が小さいほど事案が多い。これは相関であり、軍備増強が事案を招くことを示すものではない。"},
    {"The panel’s folder holds no disputes.toml (tenbin disputes writes one), so futures draw no disputes and their risk is not judged.", "データのフォルダーにdisputes.tomlがない（tenbin disputesで作成できる）ため、シミュレーションで事案を扱わず、発生の確率も評価しない。"},
    {"The panel’s disputes.toml was fitted to years up to {last}, later than {year}, so futures draw no disputes and their risk is not judged.", "データのdisputes.tomlは{year}年より後の{last}年までの記録から推定されているため、シミュレーションで事案を扱わず、発生の確率も評価しない。"},
    {"The panel tells of no dyad’s past up to {year}, so futures draw no disputes and their risk is not judged.", "データには{year}年までに二国間で起きた事案の記録がないため、シミュレーションで事案を扱わず、発生の確率も評価しない。"},
    {"The panel has no relevant dyad (contiguity.csv, majors.csv) whose states’ places, entry, stocks and democracy (regime.csv) are known in {year}, so futures draw no disputes and their risk is not judged.", "対象となる二国の組（contiguity.csv、majors.csv）に、両国の位置、成立年、累積軍事費、民主主義の度合い（regime.csv）が{year}年について分かるものがないため、シミュレーションで事案を扱わず、発生の確率も評価しない。"},
    {"Chance of at least one incident in {year}: a threat, display or use of force between two countries. For comparison: {share}% of the years of pairs that are neighbours or include a major power had one in {first}–{last}. The last column shows how often an incident followed where the model gave a similar chance in years that it had not seen ({judged}). After {last} the past of a pair is our own coding and judgement.", "{year}年に少なくとも1件の事案（二国間の武力による威嚇、武力の誇示、武力の行使）が起きる確率。参考までに、隣り合う二国か大国を含む組では、{first}～{last}年の延べ年数の{share}%で事案が起きた。最後の列は、推定に使わなかった年（{judged}）にモデルが同程度の確率を出した例のうち、実際に事案が起きた件数。{last}年より後の各組の記録は、このプロジェクトによる独自の分類と判断。"},
    {"Pair, and what counts", "二国の組と、数えた事案"},
    {"Any", "すべての事案"},
    {"With force", "武力行使を伴う"},
    {"With a death", "死者を伴う"},
    {"Latest", "直近の年"},
    {"Years with one, last 10", "過去10年の発生年数"},
    {"Track record", "過去の検証"},
    {"followed in {events} of {cases}", "{cases}例中{events}例で発生"},
    {"Pairs with at least 10%, at most {most}; the model covers {count} pairs.", "確率10%以上の組を最大{most}組まで示す。モデルの対象は{count}組。"},

    // incidents to come
    {"These scenarios say {setting}: their simulations hold no incidents.", "これらのシナリオは{setting}と指定しているため、シミュレーションに事案は含まれない。"},
    {"Every simulation draws incidents year by year. An incident makes the next one more likely; an incident with force leaves hostility for ten years.", "各シミュレーションでは、事案が起きるかどうかを1年ごとに確率で決める。事案が一度起きると次も起きやすくなり、武力行使を伴う事案の後は敵対関係が10年間続く。"},
    {"Check: for the whole world, as of {year}, the same simulation gave {mean} incidents in {first}–{last} (90% range {low} to {high}); {observed} were observed.", "検証：同じシミュレーションを{year}年時点から全世界について行うと、{first}～{last}年の事案は{mean}件（90%の範囲は{low}～{high}件）。実際は{observed}件だった。"},
    {"Pair", "二国の組"},
    {"Years with one, of {years}", "今後{years}年の発生年数"},
    {"At least one with force", "武力行使を伴う事案が一度でも起きる確率"},
    {"At least one with a death", "死者を伴う事案が一度でも起きる確率"},
};
// clang-format on

}  // namespace tenbin
