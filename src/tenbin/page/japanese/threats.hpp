// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// Who threatens whom, and who responds.
// clang-format off
inline constexpr Translation japanese_threats[]{
    // the matrix
    {"Each rival’s share of the threat to a country: its accumulated military spending, weighted by hostility and reach. The shares compare the rivals in this panel only; they do not measure danger. Incidents are not computed for this panel, so a poor rival with many weapons counts too little.", "国ごとに、受ける脅威に各対立国が占める割合を示す。脅威は、対立国の累積軍事費を敵対度と到達度（距離とミサイルの射程による）で重み付けしたもの。割合はこのデータにある対立国どうしの比較であり、危険の大きさを示すものではない。このデータでは軍事的事案を計算していないため、経済力が小さく兵器の多い対立国は過小に評価される。"},
    {"Each rival’s share of the threat to a country: its accumulated military spending, weighted by hostility and reach, times the yearly risk of a fatal incident. The shares compare the rivals in this panel only; they do not measure danger. The table below adds the shares by spending alone and by risk alone. The risk column does not add up to 100%: the rest comes from countries that are not counted as rivals.", "国ごとに、受ける脅威に各対立国が占める割合を示す。脅威は、対立国の累積軍事費を敵対度と到達度（距離とミサイルの射程による）で重み付けし、危険度（死者の出る事案が1年間に起きる確率）を掛けたもの。割合はこのデータにある対立国どうしの比較であり、危険の大きさを示すものではない。下の表には、軍事費だけ、危険度だけで計算した割合も示す。危険度の列の合計は100%にならない。残りは対立国に数えていない国によるもの。"},
    {"Share of the threat to each country in {year}", "{year}年に各国が受ける脅威の内訳"},
    {"threatened ↓", "脅威を受ける国 ↓"},
    {"by →", "脅威を与える国 →"},

    // the tables of threats
    {"Rival", "対立国"},
    {"Share of the threat", "脅威に占める割合"},
    {"By spending", "軍事費のみ"},
    {"By risk", "危険度のみ"},
    {"Reason for the rivalry", "対立の理由"},
    {"The same for all countries", "ほかのすべての国"},

    // responses
    {"How strongly do countries respond?", "各国は対立国にどの程度反応するか"},
    {"Estimate: how much a country’s spending changes within a year when the accumulated spending of its rivals and its own rise by 10%.", "対立国と自国の累積軍事費がともに10%増えたとき、その国の軍事費が1年のうちにどれだけ変わるかの推定値。"},
    {"No country’s response can be told from zero.", "反応がゼロではないと統計的に言える国はない。"},
    {"Placebo test: {results}.", "プラセボ検定：{results}。"},
    {"the response to rivals is at least as large with random partners in {percent}% of the trials (more than chance)", "無作為に選んだ相手でも対立国への反応以上の値が出た試行は{percent}%（偶然とは考えにくい）"},
    {"the response to rivals is at least as large with random partners in {percent}% of the trials (may be chance)", "無作為に選んだ相手でも対立国への反応以上の値が出た試行は{percent}%（偶然の可能性がある）"},
    {"the response to allies is at least as large with random partners in {percent}% of the trials (more than chance)", "無作為に選んだ相手でも同盟国への反応以上の値が出た試行は{percent}%（偶然とは考えにくい）"},
    {"the response to allies is at least as large with random partners in {percent}% of the trials (may be chance)", "無作為に選んだ相手でも同盟国への反応以上の値が出た試行は{percent}%（偶然の可能性がある）"},
    {"The estimates, country by country", "国別の推定値"},
    {"Response", "反応"},
    {"Long-run share of GDP without a plan", "計画がない場合の長期的なGDP比"},
    {"switched off", "計算に含めない"},
    {"Long-run share without a plan: the share to which the model would return if threat, cover and growth stayed as they are today. Range: 80%.", "計画がない場合の長期的なGDP比：脅威、防衛関与、経済成長率が現在のまま変わらない場合に、モデルが最終的に落ち着く水準。かっこ内は80%の範囲。"},
    {"The return is slow: {state} closes about {share}% of the gap a year.", "この水準に近づく動きは遅く、{state}では1年に差の約{share}%しか縮まらない。"},
};
// clang-format on

}  // namespace tenbin
