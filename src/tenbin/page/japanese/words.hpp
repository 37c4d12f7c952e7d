// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tenbin/page/japanese/translation.hpp"

namespace tenbin {

/// Numbers, money, and short words that many parts use.
// clang-format off
inline constexpr Translation japanese_words[]{
    {"under 1%", "1%未満"},
    {"over 99%", "99%超"},
    {"dollars", "ドル"},
    {"{currency} of {year}", "{currency}（{year}年価格）"},
    {"{currency} at current prices", "{currency}（名目）"},
    {"Country", "国"},
    {"As a table", "表で見る"},
    {"Share of GDP in {year}", "{year}年のGDP比"},
    {"Simulations", "シミュレーション"},
    {"Median", "中央値"},
    {"Chance", "確率"},
    {"Pair of countries", "二国の組"},
    {"Scenario", "シナリオ"},
    {"Unit", "単位"},
    {"share of GDP", "GDP比"},
    {"change", "変化"},
    {"median", "中央値"},
    {"observed", "実績"},
    {"likely range (80%)", "80%の範囲"},
    {"no measurable change", "測れるほどの変化はない"},
    {"{year}", "{year}年"},
    {"{low} to {high}", "{low}～{high}"},
    {"Share of GDP", "GDP比"},
    {"Source", "出典"},
    {"Year", "年"},
    {"1 year", "1年"},
    {"{count} years", "{count}年"},
    {"none", "なし"},
    {"military spending", "軍事費"},
    {"50% range", "50%の範囲"},
    {"80% range", "80%の範囲"},
    {"90% range", "90%の範囲"},
};
// clang-format on

}  // namespace tenbin
