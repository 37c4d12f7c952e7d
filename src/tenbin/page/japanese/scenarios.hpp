// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// Names, summaries and reasons of the scenarios that come with the program.
// clang-format off
inline constexpr Translation japanese_scenarios[]{
    {"Announced plans", "公表された計画"},
    {"Countries’ announced targets, kept as well as such pledges usually are.", "各国が公表した目標が、同種の公約と同じ程度に守られる。"},
    {"China slows", "中国経済の減速"},
    {"China's yearly growth is 2 points (± 1) below the October 2025 outlook from 2026 on.", "2026年以降、中国の成長率が2025年10月の見通しを年2ポイント（±1）下回る。"},
    {"Assumption: property slump and ageing; the IMF's outlook of October 2025 has 4.2 % in 2026 falling to 3.4 % in 2030", "仮定：不動産不況と高齢化。IMFの2025年10月見通しは2026年4.2%、2030年3.4%"},
    {"France keeps its budget plan", "フランスが予算計画を守る"},
    {"France's military spending in 2026 and 2027 is that of its own plan, as this panel counts it, in dollars of 2024; afterwards the model projects it.", "2026年と2027年のフランスの軍事費を自国の計画どおりとし（このデータの数え方、2024年価格のドル）、その後はモデルの計算による。"},
    {"President's speech of July 2025: 57.1 bn euro in 2026, 64 bn in 2027 (general knowledge), pensions excluded; times 1.27 (SIPRI's 2024 figure over the budget's), 1.08 dollars a euro, less 2 % inflation a year", "2025年7月の大統領演説：2026年571億ユーロ、2027年640億ユーロ（公知の数字、年金を除く）。1.27倍（2024年のSIPRIの値÷予算額）、1ユーロ1.08ドル、物価上昇率は年2%として換算"},
    {"Japan at a full 2 % in 2027", "日本が2027年にSIPRIの数え方で2%"},
    {"Japan's share by SIPRI's measure, 1.41 % in 2025, reaches 2 % in 2027. The government's own 2 % of FY2025 is 1.41 % here.", "SIPRIの数え方で2025年に1.41%の日本のGDP比が、2027年に2%に達する。政府のいう2025年度の2%は、ここでは1.41%にあたる。"},
    {"National Security Strategy, December 2022: 2 % in FY2027, read here by SIPRI's measure, without related outlays", "国家安全保障戦略（2022年12月）：2027年度に2%。ここでは関連経費を含まないSIPRIの数え方による"},
    {"Japan at 3 % by 2032", "日本が2032年に3%"},
    {"Japan's share by SIPRI's measure rises to 3 % by 2032. No country like Japan has gone from 1 to 3 % in so few years of peace.", "SIPRIの数え方による日本のGDP比が2032年に3%へ上がる。日本のような国が平時にこれほど短い年数で1%から3%へ増やした例はない。"},
    {"Assumption: a programme in the budget law; American officials have named 3 to 3.5 % for allies in 2025 (general knowledge)", "仮定：予算で裏づけた計画。米政府高官は2025年に同盟国の目安として3～3.5%を挙げた（公知の情報）"},
    {"Japan back under 1 %", "日本が1%未満に戻る"},
    {"Japan cuts to 0.97 % of GDP by 2030 and the 1 % ceiling of 1976-2022 returns; everyone else keeps to announced plans.", "日本が2030年までに0.97%へ減らし、1976～2022年の1%の上限が復活する。ほかの国は公表された計画を守る。"},
    {"Question, not a forecast: the 1 % habit held from 1974 to 2022 (cabinet decision of November 1976); SIPRI's shares 0.86-1.03 %", "予測ではなく想定：1%の慣行は1974年から2022年まで続いた（1976年11月の閣議決定）。SIPRIの値は0.86～1.03%"},
    {"The 1 % ceiling as a rule at home; Japan's share first passed 1 % in 2021 (1.026 %)", "国内ルールとしての1%の上限。日本が初めて1%を超えたのは2021年（1.026%）"},
    {"The norm returns", "1%の規範が戻る"},
    {"From 2028 a rule at home stops Japan's share from rising above 1 % of GDP by its own will; it never cuts, and habit decides the rest.", "2028年以降、国内ルールにより、日本は軍事費をGDP比1%より上へ自ら増やさない。削減を強いるものではなく、その先は従来の傾向で決まる。"},
    {"Question: the norm of November 1976 (below 1 % of GNP, kept to 1986 and by habit to 2020) comes back as a rule", "想定：1976年11月の規範（GNPの1%以内。1986年まで、その後は慣行として2020年まで続いた）がルールとして復活する"},
    {"North Korea counts for thirty times its money", "北朝鮮の重みを金額の30倍とする"},
    {"By dollars North Korea is 1.5 % of Japan's felt threat. The data show almost no response to it. Here its accumulated spending weighs thirty times as much, and Japan follows increases of its rivals as strongly as the most reactive countries do.", "ドルで測ると、北朝鮮は日本が受ける脅威の1.5%にすぎず、データからは日本の反応がほとんど見えない。ここでは北朝鮮の累積軍事費を30倍の重みで数え、日本は対立国の増額に最も敏感な国と同じ強さで反応するとした。"},
    {"Assumption: nuclear weapons are not bought by the dollar; thirty makes its accumulated spending about a tenth of China's", "仮定：核兵器の重みは金額では測れない。30倍で中国の累積軍事費の約10分の1になる"},
    {"Assumption: the upper end of what single states have shown", "仮定：個々の国で見られた値の上限"},
    {"North Korea's missiles capped at 1,000 km", "北朝鮮のミサイルを1,000kmに制限"},
    {"A verified cap leaves North Korea only missiles below 1,000 km from 2027: Seoul within reach, Tokyo (1,292 km) not.", "検証を伴う制限により、北朝鮮のミサイルは2027年以降1,000km未満だけになる。ソウルは射程内、東京（1,292km）は射程外。"},
    {"Question: an agreement like those discussed in 2018-19. By dollars North Korea is a small part of Japan's felt threat, so expect little", "想定：2018～19年に議論されたような合意。金額では北朝鮮は日本が受ける脅威のごく一部なので、大きな変化は見込めない"},
    {"War over Taiwan from 2028 (effect on budgets)", "2028年に台湾有事（軍事費への影響）"},
    {"China attacks Taiwan in 2028; countries of the region arm, the nearer the more, as Europeans did in 2022 and 2023. The scenario is about spending only: not who wins, who joins, or what it destroys.", "中国が2028年に台湾を攻撃し、域内の国は2022～23年の欧州と同じように、近さに応じて軍事費を増やす。見るのは軍事費だけで、勝敗、参戦国、被害は対象としない。"},
    {"Question, not a forecast. The response to nearness rests on one war; whether Asia would answer as Europe did is not known", "予測ではなく想定。近さへの反応は一つの戦争から推定した。アジアが欧州と同じように反応するかは分からない"},
    {"American commitment halved", "米国の防衛関与が半減"},
    {"How far the United States is bound to defend its Asian partners falls to half from 2027.", "米国のアジアのパートナー国に対する防衛関与の強さが、2027年から半分になる。"},
    {"Question: a treaty that is doubted. Treaty of Mutual Cooperation and Security (1960) = 1", "想定：条約の信頼性が揺らぐ場合。日米安全保障条約（1960年）＝1"},
    {"Mutual Defense Treaty (1953) = 1", "米韓相互防衛条約（1953年）＝1"},
    {"Mutual Defense Treaty (1951) = 1", "米比相互防衛条約（1951年）＝1"},
    {"ANZUS (1951) = 1", "太平洋安全保障条約（ANZUS、1951年）＝1"},
    {"Taiwan Relations Act (1979) = 0.5", "台湾関係法（1979年）＝0.5"},
    {"American presence doubled", "米軍の駐留が倍増"},
    {"Twice as many American troops stand in Japan, South Korea, Australia and the European hosts from 2027.", "2027年から、日本、韓国、オーストラリア、欧州の受け入れ国に駐留する米軍が2倍になる。"},
    {"American presence halved", "米軍の駐留が半減"},
    {"Half of the American troops leave Japan, South Korea, Australia and the European hosts in 2027.", "2027年に、日本、韓国、オーストラリア、欧州の受け入れ国から米軍の半数が撤収する。"},
    {"American pressure: 3.5 % by 2035", "米国の圧力：2035年に3.5%"},
    {"Japan, South Korea, Australia and Taiwan plan 3.5 % of GDP by 2035 at American call, and keep it as allies have kept such pledges.", "日本、韓国、オーストラリア、台湾が米国の求めに応じて2035年にGDP比3.5%を目標とし、同盟国の過去の公約と同じ程度に守る。"},
    {"The Hague, June 2025: NATO's 3.5 % for core defence; American officials have asked Asian allies for as much (general knowledge). Adherence, not given here, is that of allies after 2014: 0.8 (± 0.5)", "2025年6月のハーグ首脳会議：NATOの中核的な国防費3.5%。米政府高官はアジアの同盟国にも同じ水準を求めた（公知の情報）。守られる程度は2014年以降の同盟国の実績（0.8±0.5）による"},
    {"Question: half of the 55,154 of 2024 (Defense Manpower Data Center)", "想定：2024年の55,154人の半分（米国防総省・国防人員データセンター）"},
    {"Question: half of the 24,515 of 2024 (Defense Manpower Data Center)", "想定：2024年の24,515人の半分（米国防総省・国防人員データセンター）"},
    {"Question: half of the 732 of 2024 (Defense Manpower Data Center)", "想定：2024年の732人の半分（米国防総省・国防人員データセンター）"},
    {"Question: half of the 36,541 of 2024 (Defense Manpower Data Center)", "想定：2024年の36,541人の半分（米国防総省・国防人員データセンター）"},
    {"Question: half of the 10,204 of 2024 (Defense Manpower Data Center)", "想定：2024年の10,204人の半分（米国防総省・国防人員データセンター）"},
    {"Question: half of the 311 of 2024 (Defense Manpower Data Center)", "想定：2024年の311人の半分（米国防総省・国防人員データセンター）"},
    {"Question: half of the 302 of 2024 (Defense Manpower Data Center)", "想定：2024年の302人の半分（米国防総省・国防人員データセンター）"},
    {"Question: twice of the 55,154 of 2024 (Defense Manpower Data Center)", "想定：2024年の55,154人の2倍（米国防総省・国防人員データセンター）"},
    {"Question: twice of the 24,515 of 2024 (Defense Manpower Data Center)", "想定：2024年の24,515人の2倍（米国防総省・国防人員データセンター）"},
    {"Question: twice of the 732 of 2024 (Defense Manpower Data Center)", "想定：2024年の732人の2倍（米国防総省・国防人員データセンター）"},
    {"Question: twice of the 36,541 of 2024 (Defense Manpower Data Center)", "想定：2024年の36,541人の2倍（米国防総省・国防人員データセンター）"},
    {"Question: twice of the 10,204 of 2024 (Defense Manpower Data Center)", "想定：2024年の10,204人の2倍（米国防総省・国防人員データセンター）"},
    {"Question: twice of the 311 of 2024 (Defense Manpower Data Center)", "想定：2024年の311人の2倍（米国防総省・国防人員データセンター）"},
    {"Question: twice of the 302 of 2024 (Defense Manpower Data Center)", "想定：2024年の302人の2倍（米国防総省・国防人員データセンター）"},
};
// clang-format on

}  // namespace tenbin
