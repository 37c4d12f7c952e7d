// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace tenbin {

/// A state in Japanese, as newspapers write it; the capital where the embedded panel has the state.
struct CountryName {
  std::string_view id, name, capital = {};
};
// clang-format off
inline constexpr std::array japanese_countries{
    CountryName{"AFG", "アフガニスタン"}, CountryName{"AGO", "アンゴラ"}, CountryName{"ALB", "アルバニア"}, CountryName{"ARE", "アラブ首長国連邦"},
    CountryName{"ARG", "アルゼンチン"}, CountryName{"ARM", "アルメニア"}, CountryName{"ATG", "アンティグア・バーブーダ"}, CountryName{"AUS", "オーストラリア", "キャンベラ"},
    CountryName{"AUT", "オーストリア"}, CountryName{"AZE", "アゼルバイジャン"}, CountryName{"BDI", "ブルンジ"}, CountryName{"BEL", "ベルギー"},
    CountryName{"BEN", "ベナン"}, CountryName{"BFA", "ブルキナファソ"}, CountryName{"BGD", "バングラデシュ"}, CountryName{"BGR", "ブルガリア"},
    CountryName{"BHR", "バーレーン"}, CountryName{"BHS", "バハマ"}, CountryName{"BIH", "ボスニア・ヘルツェゴビナ"}, CountryName{"BLR", "ベラルーシ"},
    CountryName{"BLZ", "ベリーズ"}, CountryName{"BOL", "ボリビア"}, CountryName{"BRA", "ブラジル"}, CountryName{"BRB", "バルバドス"},
    CountryName{"BRN", "ブルネイ"}, CountryName{"BTN", "ブータン"}, CountryName{"BWA", "ボツワナ"}, CountryName{"CAF", "中央アフリカ"},
    CountryName{"CAN", "カナダ"}, CountryName{"CHE", "スイス"}, CountryName{"CHL", "チリ"}, CountryName{"CHN", "中国", "北京"},
    CountryName{"CIV", "コートジボワール"}, CountryName{"CMR", "カメルーン"}, CountryName{"COD", "コンゴ民主共和国"}, CountryName{"COG", "コンゴ共和国"},
    CountryName{"COL", "コロンビア"}, CountryName{"COM", "コモロ"}, CountryName{"CPV", "カボベルデ"}, CountryName{"CRI", "コスタリカ"},
    CountryName{"CSK", "チェコスロバキア"}, CountryName{"CUB", "キューバ"}, CountryName{"CYP", "キプロス"}, CountryName{"CZE", "チェコ"},
    CountryName{"DDR", "東ドイツ"}, CountryName{"DEU", "ドイツ", "ベルリン"}, CountryName{"DJI", "ジブチ"}, CountryName{"DMA", "ドミニカ国"},
    CountryName{"DNK", "デンマーク"}, CountryName{"DOM", "ドミニカ共和国"}, CountryName{"DZA", "アルジェリア"}, CountryName{"ECU", "エクアドル"},
    CountryName{"EGY", "エジプト"}, CountryName{"ERI", "エリトリア"}, CountryName{"ESP", "スペイン"}, CountryName{"EST", "エストニア"},
    CountryName{"ETH", "エチオピア"}, CountryName{"FIN", "フィンランド"}, CountryName{"FJI", "フィジー"}, CountryName{"FRA", "フランス", "パリ"},
    CountryName{"GAB", "ガボン"}, CountryName{"GBR", "英国", "ロンドン"}, CountryName{"GEO", "ジョージア"}, CountryName{"GHA", "ガーナ"},
    CountryName{"GIN", "ギニア"}, CountryName{"GMB", "ガンビア"}, CountryName{"GNB", "ギニアビサウ"}, CountryName{"GNQ", "赤道ギニア"},
    CountryName{"GRC", "ギリシャ"}, CountryName{"GRD", "グレナダ"}, CountryName{"GTM", "グアテマラ"}, CountryName{"GUY", "ガイアナ"},
    CountryName{"HND", "ホンジュラス"}, CountryName{"HRV", "クロアチア"}, CountryName{"HTI", "ハイチ"}, CountryName{"HUN", "ハンガリー"},
    CountryName{"IDN", "インドネシア", "ジャカルタ"}, CountryName{"IND", "インド", "ニューデリー"}, CountryName{"IRL", "アイルランド"}, CountryName{"IRN", "イラン"},
    CountryName{"IRQ", "イラク"}, CountryName{"ISL", "アイスランド"}, CountryName{"ISR", "イスラエル"}, CountryName{"ITA", "イタリア"},
    CountryName{"JAM", "ジャマイカ"}, CountryName{"JOR", "ヨルダン"}, CountryName{"JPN", "日本", "東京"}, CountryName{"KAZ", "カザフスタン"},
    CountryName{"KEN", "ケニア"}, CountryName{"KGZ", "キルギス"}, CountryName{"KHM", "カンボジア"}, CountryName{"KNA", "セントクリストファー・ネービス"},
    CountryName{"KOR", "韓国", "ソウル"}, CountryName{"KWT", "クウェート"}, CountryName{"LAO", "ラオス"}, CountryName{"LBN", "レバノン"},
    CountryName{"LBR", "リベリア"}, CountryName{"LBY", "リビア"}, CountryName{"LKA", "スリランカ"}, CountryName{"LSO", "レソト"},
    CountryName{"LTU", "リトアニア"}, CountryName{"LUX", "ルクセンブルク"}, CountryName{"LVA", "ラトビア"}, CountryName{"MAR", "モロッコ"},
    CountryName{"MDA", "モルドバ"}, CountryName{"MDG", "マダガスカル"}, CountryName{"MDV", "モルディブ"}, CountryName{"MEX", "メキシコ"},
    CountryName{"MKD", "北マケドニア"}, CountryName{"MLI", "マリ"}, CountryName{"MLT", "マルタ"}, CountryName{"MMR", "ミャンマー"},
    CountryName{"MNE", "モンテネグロ"}, CountryName{"MNG", "モンゴル"}, CountryName{"MOZ", "モザンビーク"}, CountryName{"MRT", "モーリタニア"},
    CountryName{"MUS", "モーリシャス"}, CountryName{"MWI", "マラウイ"}, CountryName{"MYS", "マレーシア", "クアラルンプール"}, CountryName{"NAM", "ナミビア"},
    CountryName{"NER", "ニジェール"}, CountryName{"NGA", "ナイジェリア"}, CountryName{"NIC", "ニカラグア"}, CountryName{"NLD", "オランダ"},
    CountryName{"NOR", "ノルウェー"}, CountryName{"NPL", "ネパール"}, CountryName{"NZL", "ニュージーランド", "ウェリントン"}, CountryName{"OMN", "オマーン"},
    CountryName{"PAK", "パキスタン", "イスラマバード"}, CountryName{"PAN", "パナマ"}, CountryName{"PER", "ペルー"}, CountryName{"PHL", "フィリピン", "マニラ"},
    CountryName{"PNG", "パプアニューギニア"}, CountryName{"POL", "ポーランド", "ワルシャワ"}, CountryName{"PRK", "北朝鮮", "平壌"}, CountryName{"PRT", "ポルトガル"},
    CountryName{"PRY", "パラグアイ"}, CountryName{"QAT", "カタール"}, CountryName{"ROU", "ルーマニア"}, CountryName{"RUS", "ロシア", "モスクワ"},
    CountryName{"RVN", "南ベトナム"}, CountryName{"RWA", "ルワンダ"}, CountryName{"SAU", "サウジアラビア"}, CountryName{"SDN", "スーダン"},
    CountryName{"SEN", "セネガル"}, CountryName{"SGP", "シンガポール", "シンガポール"}, CountryName{"SLE", "シエラレオネ"}, CountryName{"SLV", "エルサルバドル"},
    CountryName{"SOM", "ソマリア"}, CountryName{"SRB", "セルビア"}, CountryName{"SSD", "南スーダン"}, CountryName{"STP", "サントメ・プリンシペ"},
    CountryName{"SUR", "スリナム"}, CountryName{"SVK", "スロバキア"}, CountryName{"SVN", "スロベニア"}, CountryName{"SWE", "スウェーデン"},
    CountryName{"SWZ", "エスワティニ"}, CountryName{"SYC", "セーシェル"}, CountryName{"SYR", "シリア"}, CountryName{"TCD", "チャド"},
    CountryName{"TGO", "トーゴ"}, CountryName{"THA", "タイ", "バンコク"}, CountryName{"TJK", "タジキスタン"}, CountryName{"TKM", "トルクメニスタン"},
    CountryName{"TLS", "東ティモール"}, CountryName{"TON", "トンガ"}, CountryName{"TTO", "トリニダード・トバゴ"}, CountryName{"TUN", "チュニジア"},
    CountryName{"TUR", "トルコ"}, CountryName{"TWN", "台湾", "台北"}, CountryName{"TZA", "タンザニア"}, CountryName{"UGA", "ウガンダ"},
    CountryName{"UKR", "ウクライナ"}, CountryName{"URY", "ウルグアイ"}, CountryName{"USA", "米国", "ワシントン"}, CountryName{"UZB", "ウズベキスタン"},
    CountryName{"VCT", "セントビンセント・グレナディーン"}, CountryName{"VEN", "ベネズエラ"}, CountryName{"VNM", "ベトナム", "ハノイ"}, CountryName{"XKX", "コソボ"},
    CountryName{"YEM", "イエメン"}, CountryName{"YMD", "南イエメン"}, CountryName{"YUG", "ユーゴスラビア"}, CountryName{"ZAF", "南アフリカ"},
    CountryName{"ZMB", "ザンビア"}, CountryName{"ZWE", "ジンバブエ"},
};
// clang-format on

}  // namespace tenbin
