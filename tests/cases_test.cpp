// SPDX-License-Identifier: Apache-2.0
// Kinds of trouble that users of such files ran into, as small inputs of our own with the right
// values: nothing wrong may go in silently.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "../fuzz/packing.hpp"
#include "near.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/published/cells.hpp"
#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/states.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/model/past.hpp"

namespace cases_test {

using namespace tenbin;

namespace {

bool says(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}
/// The words of a refusal, with its line; empty where there was none.
template <class Read>
std::string refusal(const Read& read) {
  try {
    read();
  } catch (const Refusal& why) {
    return std::to_string(why.line) + ": " + why.what + ". " + why.mend;
  }
  return "";
}
std::string refusal_of(Findings (*read)(const PublishedFile&), const std::string& csv) {
  return refusal([&] { read({"t.csv", csv}); });
}
std::string notes_of(const Findings& found) {
  std::string all;
  for (const ReadingNote& n : found.notes) all += n.what + ". " + n.mend + "\n";
  return all;
}
/// "USA-JPN 2010-2018; CHN-USA 2010-", in order.
std::string spells(const std::vector<FoundSpell>& found) {
  std::string all;
  for (const FoundSpell& s : found)
    all += (all.empty() ? "" : "; ") + s.a + "-" + s.b + " " + std::to_string(s.first) + "-" +
           (s.last == still_going ? "" : std::to_string(s.last));
  return all;
}
std::string coverage(const Findings& found) {
  std::string all;
  for (const Coverage& c : found.coverage)
    all += (all.empty() ? "" : "; ") + c.table + " " + std::to_string(c.first) + "-" +
           std::to_string(c.last);
  return all;
}

struct NamedRow {
  std::string name;
  std::map<int, double> dollars, shares;
};

std::string sheet(const std::string& title,
                  const std::vector<std::pair<std::string, std::map<int, double>>>& rows, int first,
                  int last) {
  const auto text = [](const std::string& at, const std::string& words) {
    return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + words + "</t></is></c>";
  };
  const auto column = [](int k) { return std::string(1, static_cast<char>('A' + k)); };
  std::string xml = "<worksheet><sheetData><row r=\"1\">" + text("A1", title) +
                    "</row><row r=\"6\">" + text("A6", "Country");
  for (int y = first; y <= last; ++y)
    xml += "<c r=\"" + column(1 + y - first) + "6\"><v>" + std::to_string(y) + "</v></c>";
  xml += "</row>";
  int row = 7;
  for (const auto& [name, figures] : rows) {
    const std::string r = std::to_string(row++);
    xml += "<row r=\"" + r + "\">" + text("A" + r, name);
    for (int y = first; y <= last; ++y) {
      const std::string at = column(1 + y - first) + r;
      const auto f = figures.find(y);
      xml += f == figures.end()
                 ? text(at, "xxx")
                 : "<c r=\"" + at + "\"><v>" + std::to_string(f->second) + "</v></c>";
    }
    xml += "</row>";
  }
  return xml + "</sheetData></worksheet>";
}

/// A workbook in the form of SIPRI's, of six years.
PublishedFile workbook(const std::string& dollars_sheet,
                       const std::vector<std::pair<std::string, std::map<int, double>>>& dollars,
                       const std::vector<std::pair<std::string, std::map<int, double>>>& shares,
                       int first = 2010, int last = 2015) {
  std::ifstream in(std::string(TENBIN_SOURCE) + "/fuzz/seeds/sipri/a", std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  std::string parts = std::move(all).str();
  const auto replace = [&](const std::string& name, const std::string& text) {
    const auto at = parts.find("=== " + name + "\n");
    REQUIRE(at != std::string::npos);
    const auto begin = parts.find('\n', at) + 1, end = parts.find("=== ", begin);
    parts.replace(begin, end - begin, text + "\n");
  };
  replace("xl/worksheets/sheet1.xml", sheet("Military expenditure", dollars, first, last));
  replace("xl/worksheets/sheet2.xml", sheet("Share of GDP", shares, first, last));
  const auto name = parts.find("Constant (2024) US$");
  parts.replace(name, 19, dollars_sheet);
  return {"book.xlsx", fuzz::packed_parts(parts)};
}

std::map<int, double> six(double value, int first = 2010) {
  std::map<int, double> figures;
  for (int k = 0; k < 6; ++k) figures[first + k] = value;
  return figures;
}

}  // namespace

TEST_CASE("the sheets of a workbook are joined by state, whatever each calls it") {
  const std::vector<std::pair<std::string, std::map<int, double>>> dollars{
      {"Czech Rep.", six(3000)},     {"Slovak Rep.", six(1000)}, {"Congo, Repubic of", six(300)},
      {"North Macedonia", six(150)}, {"Turkey", six(20000)},     {"Greece\u00a0", six(5000)},
      {"Japan", six(50000)},         {"Swedden", six(7000)}};
  const std::vector<std::pair<std::string, std::map<int, double>>> shares{
      {"Czechia", six(.015)},
      {"Slovak Republic", six(.016)},
      {"Congo, Republic of", six(.03)},
      {"Norh Macedonia", six(.012)},
      {"T\u00fcrkiye", six(.02)},
      {"Greece", six(.024)},
      {"Japan", six(.01)},
      {"Sweden", six(.011)}};
  for (const char* name : {"Constant (2015) USD", "Constant (2019) USD", "Constant (2022) US$"}) {
    const Findings found = read_sipri(workbook(name, dollars, shares));
    std::map<std::string, int> with_share;
    for (const FoundMilex& m : found.milex) with_share[m.state] += known(m.burden);
    CHECK(with_share == std::map<std::string, int>{{"COG", 6},
                                                   {"CZE", 6},
                                                   {"GRC", 6},
                                                   {"JPN", 6},
                                                   {"MKD", 6},
                                                   {"SVK", 6},
                                                   {"SWE", 6},
                                                   {"TUR", 6}});
    CHECK(found.nobody.empty());
    CHECK(found.left_out.empty());
  }
  CHECK(says(notes_of(read_sipri(workbook("Constant (2020) US$", dollars, shares))),
             "\"Swedden\" in \"Constant (2020) US$\" is read as Sweden"));
}

TEST_CASE("a name that no state has is named with the nearest one and what is lost") {
  const Findings found = read_sipri(workbook(
      "Constant (2020) US$", {{"Japan", six(50000)}, {"Freedonia", six(1)}, {"Norwayy", six(8)}},
      {{"Japan", six(.01)}}));
  CHECK(says(notes_of(found),
             "\"Norwayy\" is no state that tenbin knows; 6 figures are left out. Did "
             "you mean Norway?"));
  CHECK(says(notes_of(found), "\"Freedonia\" is no state"));
  CHECK(found.left_out.size() == 12);
}

TEST_CASE("USSR and Russia are one state, as in every other source; a second figure is listed") {
  const Findings found =
      read_sipri(workbook("Constant (2023) US$",
                          {{"USSR", {{1988, 280000}, {1989, 260000}, {1990, 220000}}},
                           {"Russia", {{1990, 219000}, {1992, 29000}, {1993, 31000}}},
                           {"Japan", six(40000, 1988)}},
                          {{"Japan", six(.01, 1988)}}, 1988, 1993));
  std::string russia;
  for (const FoundMilex& m : found.milex)
    if (m.state == "RUS")
      russia += std::to_string(m.year) + " " + std::to_string(static_cast<int>(m.milex)) + ";";
  CHECK(russia == "1988 280000;1989 260000;1990 219000;1992 29000;1993 31000;");
  REQUIRE(found.left_out.size() == 1);
  CHECK(says(found.left_out[0].why, "of \"USSR\"; another row of RUS has this year too"));
  const Findings nmc = read_nmc({"nmc.csv",
                                 "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n"
                                 "RUS,365,1988,300000000,4000,1,1,1,1,0.2\n"});
  CHECK(nmc.milex[0].state == "RUS");
  const Findings mids = read_cow_disputes(
      {"mid.csv", "disno,dyindex,statea,stateb,strtyr,hihost\n1,1,2,365,1983,3\n"});
  CHECK(mids.disputes[0].a == "RUS");
  const Findings rivals = read_rivalries(
      {"tss.csv", "tssr_id,ccode1,ccode2,start,end\n1,2,365,1945,1989\n2,2,365,2007,2020\n"});
  CHECK(spells(rivals.rivalries) == "USA-RUS 1945-1989; USA-RUS 2007-");
}

TEST_CASE("a workbook's last column without a figure is not known") {
  std::map<int, double> five = six(100);
  five.erase(2015);
  const Findings found =
      read_sipri(workbook("Constant (2020) US$", {{"Japan", five}}, {{"Japan", six(.01)}}));
  CHECK(coverage(found) == "milex.csv 2010-2014; milex.csv 2010-2014");
}

TEST_CASE("each column of dyad-years is known up to its own last observation") {
  std::string csv =
      "ccode1,ccode2,year,cowmidonset,cowmidongoing,hostlev,atop_defense,tssr_id,conttype\n";
  const auto pair = [&](int a, int b, bool ally, bool rivals, int border) {
    for (int y = 2010; y <= 2023; ++y) {
      const bool onset = y == 2012 && a + b == 1450;
      csv += std::to_string(a) + "," + std::to_string(b) + "," + std::to_string(y) + ",";
      csv += y > 2014 ? "NA,NA,NA," : onset ? "1,1,3," : "0,0,NA,";
      csv += y > 2018 ? "NA," : ally ? "1," : "0,";
      csv += y > 2020 || !rivals ? "NA," : "101,";
      csv += y > 2016 ? "NA\n" : std::to_string(border) + "\n";
    }
  };
  for (const auto& [a, b] : {std::pair{2, 740}, {740, 2}}) pair(a, b, true, false, 0);
  for (const auto& [a, b] : {std::pair{710, 740}, {740, 710}}) pair(a, b, false, true, 0);
  for (const auto& [a, b] : {std::pair{710, 732}, {732, 710}}) pair(a, b, false, false, 5);
  const Findings found = read_dyad_years({"dyads.csv", csv});
  CHECK(spells(found.ties) == "JPN-USA 2010-; USA-JPN 2010-");
  CHECK(spells(found.rivalries) == "CHN-JPN 2010-");
  CHECK(spells(found.borders) == "CHN-KOR 2010-");
  REQUIRE(found.disputes.size() == 1);
  CHECK(found.disputes[0].year == 2012);
  CHECK(coverage(found) ==
        "disputes.csv 2010-2014; ties.csv 2010-2018; rivalries.csv 2010-2020; contiguity.csv "
        "2010-2016");
}

TEST_CASE("an unknown year ends no spell, a year that says no does") {
  const Findings gap =
      read_atop({"atop.csv",
                 "stateA,stateB,year,atopally,defense\n740,2,2010,1,0\n2,740,2010,1,1\n"
                 "2,740,2011,1,NA\n2,740,2012,1,1\n2,740,2013,1,0\n2,740,2014,1,1\n"});
  CHECK(spells(gap.ties) == "USA-JPN 2010-2012; USA-JPN 2014-");
  // unknown for this pair to the end, known for another: it is taken to go on
  const Findings end = read_atop(
      {"atop.csv",
       "stateA,stateB,year,atopally,defense\n740,2,2010,1,0\n2,740,2010,1,1\n2,740,2011,1,.\n"
       "2,732,2010,1,1\n2,732,2011,1,0\n"});
  CHECK(spells(end.ties) == "USA-JPN 2010-; USA-KOR 2010-2010");
  // a number of a rivalry that is empty in between: there was none
  const Findings rivals = read_dyad_years(
      {"d.csv",
       "ccode1,ccode2,year,rivalryno\n2,710,1971,5\n2,710,1972,5\n2,710,1973,NA\n2,710,1996,6\n"});
  CHECK(spells(rivals.rivalries) == "CHN-USA 1971-1972; CHN-USA 1996-");
}

TEST_CASE("a file with each pair once gives alliances in both directions, and says so") {
  const auto frame = [](std::string_view columns, const std::vector<std::pair<int, int>>& pairs) {
    std::string csv = std::string(columns) + "\n";
    for (const auto& [a, b] : pairs)
      for (int y = 2010; y <= 2012; ++y)
        csv += std::to_string(a) + "," + std::to_string(b) + "," + std::to_string(y) + ",1\n";
    return PublishedFile{"pairs.csv", csv};
  };
  const std::vector<std::pair<int, int>> once{{2, 732}, {2, 740}, {732, 740}};
  const std::string both =
      "JPN-KOR 2010-; JPN-USA 2010-; KOR-JPN 2010-; KOR-USA 2010-; USA-JPN 2010-; USA-KOR 2010-";
  const Findings dyads = read_dyad_years(frame("ccode1,ccode2,year,atop_defense", once));
  CHECK(spells(dyads.ties) == both);
  CHECK(says(notes_of(dyads), "each pair of states stands once"));
  // in the order of names, not of numbers
  const Findings names =
      read_atop(frame("mem1,mem2,year,defense", {{732, 2}, {740, 2}, {740, 732}}));
  CHECK(spells(names.ties) == both);
  // what one state gives to others is directed
  const Findings one = read_atop(frame("statea,stateb,year,defense", {{200, 2}, {200, 740}}));
  CHECK(spells(one.ties) == "GBR-JPN 2010-; GBR-USA 2010-");
  CHECK_FALSE(says(notes_of(one), "each pair"));
  // 2012 is no release of ATOP: the file may have been cut there
  CHECK(says(notes_of(one), "2012, the file's last year, which is no release's"));
  const Findings cow = read_cow_alliances(
      {"by_dyad.csv",
       "version4id,ccode1,ccode2,dyad_st_year,dyad_end_year,right_censor,defense,version\n"
       "1,2,740,1951,,1,1,4.1\n2,2,732,1953,1999,0,1,4.1\n"});
  CHECK(spells(cow.ties) == "JPN-USA 1951-; KOR-USA 1953-1999; USA-JPN 1951-; USA-KOR 1953-1999");
  CHECK(coverage(cow) == "ties.csv 1951-2012");  // of release 4.1, whatever rows are left
}

TEST_CASE("a flag is yes, no or unknown in every spelling, and nothing else") {
  for (const char* no : {"0", "0.0", "FALSE", "False", "F", "No", "n", " 0 ", "\"0\"", "0.00"})
    CHECK_MESSAGE(flag_in(no, "x") == std::optional(false), no);
  for (const char* yes : {"1", "1.0", "TRUE", "true", "T", "Yes", "\u00a01"})
    CHECK_MESSAGE(flag_in(yes, "x") == std::optional(true), yes);
  for (const char* unknown : {"",
                              " ",
                              "NA",
                              "N/A",
                              "nan",
                              "NaN",
                              "<NA>",
                              ".",
                              "..",
                              "...",
                              ".a",
                              "-9",
                              "-8",
                              "-88",
                              "-9.0",
                              "-999",
                              "null",
                              "None",
                              "#N/A",
                              "\u2013",
                              "\u2212"
                              "9",
                              "\u00a0"})
    CHECK_MESSAGE(!flag_in(unknown, "x"), unknown);
  for (const char* wrong : {"2", "maybe", "-1", "x", "0.5", "10"})
    CHECK_MESSAGE(says(refusal([&] { (void)flag_in(wrong, "ongoing"); }),
                       "ongoing \"" + std::string(wrong) + "\" is neither yes"),
                  wrong);
  CHECK(number_in("\u2212"
                  "3.5",
                  "x") == std::optional(-3.5));
  CHECK(number_in("1\u202f234\u00a0"
                  "567",
                  "x") == std::optional(1234567.0));
  CHECK(number_in("12\u00a0", "x") == std::optional(12.0));
  CHECK(says(refusal([] { (void)number_in("1 234", "x"); }), "not a number"));
  CHECK(says(refusal([] { (void)number_in("about 5", "x"); }), "not a number"));
}

TEST_CASE("money is read as people write it") {
  CHECK(parse_money("65000") == std::optional(65000.0));
  CHECK(parse_money("$65 bn") == std::optional(65000.0));
  CHECK(parse_money("1.2tn") == std::optional(1.2e6));
  CHECK(parse_money("900 million") == std::optional(900.0));
  CHECK(!parse_money("65 percent"));
  CHECK(!parse_money("bn"));
}

TEST_CASE("the same flags in seven spellings give the same rivalries") {
  for (const auto& [no, yes] : {std::pair{"0", "1"},
                                {"0.0", "1.0"},
                                {"FALSE", "TRUE"},
                                {".", "1"},
                                {"nan", "1"},
                                {"No", "Yes"},
                                {"-9", "1"},
                                {"NA", "TRUE"}}) {
    std::string csv = "ccode1,ccode2,year,ongoingrivalry\n";
    for (const auto& [pair, flag] :
         {std::pair{"2,740", no}, {"2,710", yes}, {"710,740", yes}, {"732,740", no}})
      for (const char* year : {"2017", "2018"})
        csv += std::string(pair) + "," + year + "," + flag + "\n";
    CAPTURE(csv);
    CHECK(spells(read_dyad_years({"d.csv", csv}).rivalries) == "CHN-JPN 2017-; CHN-USA 2017-");
  }
  CHECK(says(refusal([] {
               read_dyad_years(
                   {"d.csv",
                    "ccode1,ccode2,year,ongoingrivalry\n2,740,2017,0\n2,740,2018,perhaps\n"});
             }),
             "3: ongoingrivalry \"perhaps\""));
}

TEST_CASE("a dispute that lasts three years is one onset") {
  const std::string rows =
      "9001,710,740,1996,1,3,0\n9001,710,740,1997,0,3,0\n9001,740,710,1998,0,3,0\n9002,2,710,2001,"
      "1,3,1\n";
  const Findings gml = read_cow_disputes(
      {"gml.csv", "dispnum,ccode1,ccode2,year,midonset,hostlev,fatality\n" + rows});
  CHECK(gml.label == "GML dyadic disputes");
  CHECK(says(gml.cite, "Gibler"));
  REQUIRE(gml.disputes.size() == 2);
  CHECK(gml.disputes[0].year == 1996);
  CHECK(gml.disputes[1].fatality_level == 1);
  CHECK(coverage(gml) == "disputes.csv 1996-2001");
  // without a flag the first year of a number and pair, which is said
  const Findings plain = read_cow_disputes(
      {"d.csv",
       "disno,statea,stateb,year,hihost\n1,710,740,1996,2\n1,710,740,1997,4\n2,710,740,2010,3\n"});
  REQUIRE(plain.disputes.size() == 2);
  CHECK(plain.disputes[0].hostility_level == 4);
  CHECK(plain.disputes[1].year == 2010);
  CHECK(says(notes_of(plain), "does not say when one began"));
  // a year of a dispute in dyad-years is no onset either
  CHECK(says(refusal([] {
               read_dyad_years({"d.csv", "ccode1,ccode2,year,cowmidongoing\n2,710,2001,1\n"});
             }),
             "is no onset"));
  const Findings no_level =
      read_dyad_years({"d.csv", "ccode1,ccode2,year,cowmidonset\n2,710,2001,1\n"});
  CHECK(says(notes_of(no_level), "1 onsets have no level"));
  CHECK(says(refusal([] {
               read_cow_disputes({"d.csv", "disno,statea,stateb,strtyr,hihost\n1,2,710,2001,7\n"});
             }),
             "level of hostility is 7"));
}

TEST_CASE("the end of a list's coding is the release's, not the largest year that is left in it") {
  const Findings tss =
      read_rivalries({"asia.csv",
                      "tssr_id,rivalry,ccode1,ccode2,start,end\n11,a,710,2,1949,1972\n"
                      "12,b,740,2,1898,1945\n13,c,710,732,1950,1991\n"});
  CHECK(spells(tss.rivalries) == "CHN-KOR 1950-1991; CHN-USA 1949-1972; JPN-USA 1898-1945");
  CHECK(coverage(tss) == "rivalries.csv 1898-2020");
  const Findings td = read_rivalries({"td.csv",
                                      "rivalryno,rivalryname,ccode1,ccode2,styear,endyear\n1,a,710,"
                                      "740,1996,2010\n2,b,710,2,1949,1972\n"});
  CHECK(td.label == "Thompson and Dreyer");
  CHECK(spells(td.rivalries) == "CHN-JPN 1996-; CHN-USA 1949-1972");
  const Findings mine =
      read_rivalries({"mine.csv", "ccode1,ccode2,start,end\n710,732,1950,1991\n710,2,1949,1972\n"});
  CHECK(spells(mine.rivalries) == "CHN-KOR 1950-1991; CHN-USA 1949-1972");
  CHECK(says(notes_of(mine),
             "no rivalry is taken to go on; those that end in its last year, 1991: 710-732"));
}

namespace {

/// Japan's shares of 2021 to 2023 in every form in which they are downloaded.
std::vector<PublishedFile> forms_of_the_world_bank() {
  const std::string wide = "\"MS.MIL.XPND.GD.ZS\",\"1.05\",\"1.08\",\"1.2\"\n";
  return {
      {"api.csv",
       "\"Data Source\",\"WDI\",\n\n\"Last Updated Date\",\"2024-06-28\",\n\n"
       "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator "
       "Code\",\"2021\",\"2022\",\"2023\",\n"
       "\"Japan\",\"JPN\",\"Military expenditure (% of "
       "GDP)\",\"MS.MIL.XPND.GD.ZS\",\"1.05\",\"1.08\",\"1.2\",\n"},
      {"databank.csv",
       "Series Name,Series Code,Country Name,Country Code,2021 [YR2021],2022 [YR2022],2023 "
       "[YR2023]\n"
       "Military expenditure (% of GDP),MS.MIL.XPND.GD.ZS,Japan,JPN,1.05,1.08,1.2\n"
       "Military expenditure (% of GDP),MS.MIL.XPND.GD.ZS,World,WLD,2,2,..\n\n"
       "Data from database: World Development Indicators,,,,,,\nLast Updated: 06/28/2024,,,,,,\n"},
      {"code-first.csv",
       "\"Country Code\",\"Country Name\",\"Indicator Name\",\"Indicator "
       "Code\",\"2021\",\"2022\",\"2023\"\n"
       "\"JPN\",\"Japan\",\"Military expenditure (% of GDP)\"," +
           wide},
      {"mangled-by-r.csv",
       "Country.Name,Country.Code,Indicator.Code,X2021,X2022,X2023\nJapan,JPN,MS.MIL.XPND.GD.ZS,1."
       "05,1.08,1.2\n"},
      {"databank-by-r.csv",
       "Series.Code,Country.Code,X2021..YR2021.,X2022..YR2022.,X2023..YR2023.\nMS.MIL.XPND.GD.ZS,"
       "JPN,1.05,1.08,1.2\n"},
      {"owid.csv",
       "Entity,Code,Year,Military expenditure (% of "
       "GDP)\nJapan,JPN,2021,1.05\nJapan,JPN,2022,1.08\nJapan,JPN,2023,1.2\nWorld,OWID_WRL,2021,2."
       "2\n"},
      {"wdi.csv",
       "country,iso2c,iso3c,year,MS.MIL.XPND.GD.ZS\nJapan,JP,JPN,2021,1.05\nJapan,JP,JPN,2022,1."
       "08\nJapan,JP,JPN,2023,1.2\nNamibia,NA,NAM,2022,NA\n"},
      {"wbgapi.csv",
       "economy,time,MS.MIL.XPND.GD.ZS\nJPN,YR2021,1.05\nJPN,YR2022,1.08\nJPN,YR2023,1.2\n"},
      {"databank-long.csv",
       "Time,Time Code,Country Name,Country Code,Military expenditure (% of GDP) "
       "[MS.MIL.XPND.GD.ZS]\n"
       "2021,YR2021,Japan,JPN,1.05\n2022,YR2022,Japan,JPN,1.08\n2023,YR2023,Japan,JPN,1.2\n"},
      {"data360.csv",
       "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\nJPN,WB_WDI_MS_MIL_XPND_GD_ZS,2021,1.05\n"
       "JPN,WB_WDI_MS_MIL_XPND_GD_ZS,2022,1.08\nJPN,WB_WDI_MS_MIL_XPND_GD_ZS,2023,1.2\n"}};
}

}  // namespace

TEST_CASE("every form in which the World Bank's figures come gives the same shares") {
  for (const PublishedFile& file : forms_of_the_world_bank()) {
    CAPTURE(file.name);
    const Findings found = read_world_bank(file);
    std::string shares;
    for (const FoundMilex& m : found.milex)
      if (m.state == "JPN") shares += std::to_string(m.year) + "=" + std::to_string(m.burden) + ";";
    CHECK(shares == "2021=0.010500;2022=0.010800;2023=0.012000;");
  }
  CHECK(says(refusal([] {
               read_world_bank(
                   {"s.csv", "Country Code;Indicator Code;2021\nJPN;MS.MIL.XPND.GD.ZS;1,05\n"});
             }),
             "commas"));
  CHECK(says(refusal([] { read_world_bank({"a.json", "[{\"page\":1},[]]"}); }), "JSON"));
  CHECK(says(refusal([] {
               read_world_bank({"x.csv", "Entity,Code,Year,Coal use\nJapan,JPN,2021,1\n"});
             }),
             "no row with a country's code"));
  CHECK(says(refusal([] {
               read_world_bank({"x.csv", "country,iso3c,year,SP.POP.TOTL\nJapan,JPN,2021,1\n"});
             }),
             "no place for the indicator SP.POP.TOTL"));
}

TEST_CASE(
    "old codes are their states, sums over states are no lost states, a state has one figure") {
  const Findings found = read_world_bank(
      {"old.csv",
       "Country Name,Country Code,Indicator "
       "Code,2011,2012\nRomania,ROM,MS.MIL.XPND.CD,2382000000,0\n"
       "Zaire,ZAR,MS.MIL.XPND.CD,238000000,..\nEast Timor,TMP,MS.MIL.XPND.CD,29000000,..\n"
       "Kosovo,KSV,MS.MIL.XPND.CD,49000000,..\nRomania,ROU,MS.MIL.XPND.CD,2400000000,..\n"
       "East Asia & Pacific,EAS,MS.MIL.XPND.CD,1,1\nErewhon,ERE,MS.MIL.XPND.CD,1,1\n"});
  std::map<std::string, double> dollars;
  for (const FoundMilex& m : found.milex) dollars[m.state] = m.milex;
  CHECK(dollars ==
        std::map<std::string, double>{{"COD", 238}, {"ROU", 2382}, {"TLS", 29}, {"XKX", 49}});
  CHECK(found.milex.size() == 4);
  REQUIRE(found.left_out.size() == 2);  // the 0, and the second Romania
  CHECK(KnownStates::all().other("EAS"));
  CHECK(found.nobody.size() == 2);
}

TEST_CASE("a table of another maker that has the right columns by chance is named") {
  CHECK(says(refusal([] {
               read_atop({"y.csv", "version4id,ccode1,ccode2,year,defense\n1,2,740,2012,1\n"});
             }),
             "This is COW alliances by year"));
  CHECK(
      says(refusal([] {
             read_cow_disputes(
                 {"w.csv", "warnum,disno,dyindex,statea,stateb,year,hihost\n1,1,1,2,740,1941,5\n"});
           }),
           "list of wars by pair"));
  CHECK(says(refusal([] {
               read_vdem({"e.csv", "country_text_id,year,v2x_polyarchy,dem_ep\nJPN,2000,0.8,0\n"});
             }),
             "episodes of regime change"));
  CHECK(says(refusal([] {
               read_nmc({"m.csv", "ccode,year,milex,milper\n2,2000,300000,1400\n"});
             }),
             "no other column of NMC"));
  CHECK(says(refusal([] {
               read_cow_disputes({"u.csv", "conflict_id,gwno_a,year\n1,2,2000\n"});
             }),
             "armed conflicts of UCDP"));
}

TEST_CASE("a file that says two things of one figure is refused, or what is not read is named") {
  using Case = std::pair<Findings (*)(const PublishedFile&), std::string>;
  const std::vector<std::pair<Case, std::string>> refused{
      {{read_world_bank,
        "country,iso3c,year,MS.MIL.XPND.GD.ZS,MS.MIL.XPND.CD\nJapan,JPN,2021,1.05,5e10\n"},
       "MS.MIL.XPND.CD beside MS.MIL.XPND.GD.ZS"},
      {{read_vdem, "country_text_id,year,v2x_polyarchy\nJPN,2000,0.8\nJPN,2000,0.81\n"},
       "several rows of JPN in 2000"},
      {{read_atop, "statea,stateb,year,defense,defense\n2,740,2018,1,0\n"}, "stands there twice"}};
  for (const auto& [input, words] : refused) {
    const std::string why = refusal_of(input.first, input.second);
    CHECK_MESSAGE(says(why, words), why);
  }
  const Findings two = read_dyad_years(
      {"x.csv", "ccode1,ccode2,year,cowmidonset,gmlmidonset,atop_defense.x\n2,710,2001,1,0,1\n"});
  CHECK(two.disputes.size() == 1);
  CHECK(says(notes_of(two), "gmlmidonset is not read, cowmidonset is"));
  CHECK(says(notes_of(two), "atop_defense.x is not read: a join gave it that name"));
  const Findings gaps = read_dyad_years(
      {"x.csv", "ccode1,ccode2,year,atop_defense\n2,740,2018,1\n2,,2018,1\n,740,2018,1\n"});
  CHECK(gaps.rows_without_key == 2);
}

TEST_CASE("what one direction does not know, the other may; years apart may be one spell") {
  // a relation of both: NA of one row says nothing against the other's 0
  const Findings rivals = read_dyad_years(
      {"x.csv",
       "ccode1,ccode2,year,ongoingrivalry\n2,710,2000,1\n710,2,2000,NA\n2,710,2001,0\n"
       "710,2,2001,NA\n2,710,2002,NA\n710,2,2002,NA\n"});
  CHECK(spells(rivals.rivalries) == "CHN-USA 2000-2000");
  // a number that is empty is "no" up to the year of the list, unknown after it
  const Findings numbers = read_dyad_years(
      {"x.csv",
       "ccode1,ccode2,year,tssr_id\n2,710,2000,7\n2,710,2001,\n2,710,2020,8\n2,710,2021,\n"});
  CHECK(spells(numbers.rivalries) == "CHN-USA 2000-2000; CHN-USA 2020-");
  // a frame of every fifth year
  std::string fifth = "ccode1,ccode2,year,atop_defense\n", cut = fifth;
  for (int y = 1990; y <= 2010; y += 5) {
    fifth += "2,740," + std::to_string(y) + ",1\n740,2," + std::to_string(y) + ",0\n";
    if (y != 2000) cut += "2,740," + std::to_string(y) + ",1\n";
    cut += "740,2," + std::to_string(y) + ",0\n";
  }
  CHECK(spells(read_dyad_years({"x.csv", fifth}).ties) == "USA-JPN 1990-");
  CHECK(spells(read_dyad_years({"x.csv", cut}).ties) == "USA-JPN 1990-1995; USA-JPN 2005-");
}

TEST_CASE("a code that outlived its state is the state of its year") {
  const Findings regime =
      read_vdem({"x.csv",
                 "country_text_id,year,v2x_polyarchy\nSRB,1985,0.2\nSRB,1995,0.3\nCZE,1985,0.1\n"
                 "CZE,1995,0.8\nJPN,1985,0.8\n"});
  std::string all;
  for (const FoundValue& v : regime.democracy) all += v.state + std::to_string(v.year) + " ";
  CHECK(all == "CSK1985 CZE1995 JPN1985 SRB1995 YUG1985 ");
  const Findings dollars = read_world_bank(
      {"x.csv", "Country Code,Indicator Code,1985,1993\nYUG,MS.MIL.XPND.CD,1000000,2000000\n"});
  all.clear();
  for (const FoundMilex& m : dollars.milex) all += m.state + std::to_string(m.year) + " ";
  CHECK(all == "SRB1993 YUG1985 ");
}

TEST_CASE("a figure's multiplier counts") {
  const Findings found = read_world_bank(
      {"x.csv",
       "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
       "JPN,WB_WDI_MS_MIL_XPND_CD,2021,50,9\nJPN,WB_WDI_MS_MIL_XPND_CD,2022,51000,6\n"});
  REQUIRE(found.milex.size() == 2);
  CHECK(found.milex[0].milex == approx(50000));
  CHECK(found.milex[1].milex == approx(51000));
}

TEST_CASE("a list of names may hold names with a comma") {
  CHECK(listed_states("Japan, Korea, South, CHN") ==
        std::vector<std::string>{"Japan", "Korea, South", "CHN"});
  CHECK(listed_states("JPN, CHN") == std::vector<std::string>{"JPN", "CHN"});
}

TEST_CASE("a file without a figure of any state is refused") {
  CHECK(says(
      refusal_of(read_nmc, "ccode,year,milex,milper,irst\n7,1951,45580,11,7\n2,1951,-9,-9,7\n"),
      "no row has a figure of a state"));
}

TEST_CASE("a row that is wider than the header is refused with both widths") {
  using Case = std::pair<Findings (*)(const PublishedFile&), std::string>;
  for (const auto& [read, csv] :
       {Case{read_dyad_years,
             "\"ccode1\",\"ccode2\",\"year\",\"atop_defense\"\n\"1\",2,740,2017,1\n"},
        {read_atop, "\"stateA\",\"stateB\",\"year\",\"defense\"\n\"1\",2,740,2017,1\n"},
        {read_vdem,
         "\"country_text_id\",\"year\",\"v2x_polyarchy\",\"COWcode\"\n\"1\",\"JPN\",2000,0.8,"
         "740\n"},
        {read_nmc, "\"ccode\",\"year\",\"milex\",\"milper\"\n\"1\",2,2000,300000,1400\n"}}) {
    const std::string why = refusal_of(read, csv);
    CHECK_MESSAGE(says(why, "2: the row has 5 fields, the header 4"), why);
    CHECK(says(why, "row.names = FALSE"));
  }
  CHECK(says(refusal([] {
               read_atop({"t.csv", "stateA,stateB,year,defense\n2,740,2017\n"});
             }),
             "3 fields, the header 4"));
  CHECK(refusal([] {
          read_atop({"t.csv", "stateA,stateB,year,defense\n2,740,2017,1,\n"});
        }).empty());
  CHECK(says(refusal([] {
               read_atop({"t.csv", "stateA;stateB;year;defense\n2;740;2017;1\n"});
             }),
             "separated by semicolons"));
}

namespace {

/// A small panel of three states, whose rows `edit` changes; its problems in words.
std::string problems_of(const std::function<std::string(const std::string& state, int year,
                                                        double milex, double burden)>& row,
                        const std::string& currency = "US dollars", const std::string& more = "",
                        const std::string& table = "rivalries.csv",
                        const std::string& columns = "state,year,milex,burden,kind") {
  namespace fs = std::filesystem;
  const fs::path folder =
      fs::temp_directory_path() / ("tenbin-cases-" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder);
  std::ofstream(folder / "panel.toml")
      << "format = 1\nname = \"p\"\nprice_year = 2024\ncurrency = \"" << currency << "\"\n";
  std::ofstream(folder / "states.csv")
      << "state,name,capital,lat,lon,entered\nAAA,A,,,,\nBBB,B,,,,\nJPN,Japan,,,,\n";
  std::ofstream milex(folder / "milex.csv");
  milex << columns << "\n";
  for (const auto& [state, dollars, burden] :
       {std::tuple{"AAA", 18e3, .0145}, {"BBB", 68e3, .0258}, {"JPN", 50e3, .01}})
    for (int year = 2000; year <= 2025; ++year) milex << row(state, year, dollars, burden);
  milex.close();
  if (!more.empty()) std::ofstream(folder / table) << more;
  const PanelReading reading = read_panel_checked(folder);
  std::string all;
  for (const Problem& p : reading.problems)
    all += (p.kind == Problem::Kind::note ? "note: " : "") + p.what + ". " + p.mend + "\n";
  fs::remove_all(folder);
  return all;
}

std::string plain_row(const std::string& state, int year, double milex, double burden) {
  return state + "," + std::to_string(year) + "," + std::to_string(milex) + "," +
         std::to_string(burden) + ",reported\n";
}

}  // namespace

TEST_CASE("units that cannot be are named by the GDP that they imply") {
  CHECK(problems_of(plain_row).empty());
  const auto scaled = [](const char* which, double factor, double share = 1) {
    return [=](const std::string& state, int year, double milex, double burden) {
      const bool odd = state == which;
      return plain_row(state, year, odd ? milex * factor : milex, odd ? burden * share : burden);
    };
  };
  // in thousands: a GDP larger than any on earth is refused
  const std::string thousands = problems_of(scaled("BBB", 1000));
  CHECK(says(thousands,
             "milex and burden of BBB imply a GDP of 2635659 bn in 2025, more dollars than any "
             "state has"));
  CHECK(!says(thousands, "note:"));
  CHECK(says(problems_of(scaled("BBB", 1e-3)),
             "note: milex and burden of BBB imply a GDP of 2.64 bn in 2025; the panel's other "
             "states have"));
  // a state whose order of size is known is held to it
  CHECK(says(problems_of(scaled("JPN", 1e-2)),
             "note: milex and burden of JPN imply a GDP of 50 bn in 2025; about 5000 bn would be "
             "expected"));
  CHECK(says(problems_of(scaled("JPN", 1, 30)), "JPN imply a GDP of 167 bn"));
  CHECK(problems_of(scaled("BBB", 1000), "millions of yen").find("more dollars") ==
        std::string::npos);
  // percent without a sign below 1
  const std::string percent =
      problems_of([](const std::string& state, int year, double milex, double burden) {
        return plain_row(state, year, milex, state == "AAA" ? 12 * burden : burden);
      });
  CHECK(says(percent, "note: half of AAA's burdens are 17.4 % of GDP or more"));
  CHECK(says(percent, "If 0.174 is percent, write \"0.174 %\" or divide by 100"));
  CHECK(says(problems_of([](const std::string& state, int year, double milex, double burden) {
               return plain_row(state, year, milex,
                                state == "AAA" && year >= 2015 ? burden / 10 : burden);
             }),
             "imply is in 2015 10 times the year before's"));
}

TEST_CASE("units are looked at without shares of GDP, under arms, and in rows written by hand") {
  const auto thousands = [](const std::string& state, int year, double milex, double) {
    return fmt::format("{},{},{},,reported\n", state, year, state == "JPN" ? 1000 * milex : milex);
  };
  CHECK(says(problems_of(thousands), "milex of JPN in 2025 is 50000 bn, beside a GDP of about"));
  // an import's label does not vouch for what only begins with it
  const auto leap = [](const std::string& source) {
    return problems_of(
        [&](const std::string& state, int year, double milex, double burden) {
          const bool odd = state == "AAA" && year >= 2015;
          return fmt::format("{},{},{},{},reported,{}\n", state, year, milex,
                             odd ? burden / 10 : burden, source);
        },
        "US dollars",
        "table,column,source,label,release,date,first,last,file,sha256\n"
        "milex.csv,milex,sipri,SIPRI 2025,2025,2025-04-28,2000,2025,a.xlsx,00\n",
        "ledger.csv", "state,year,milex,burden,kind,source");
  };
  CHECK(leap("SIPRI 2025").empty());
  for (const char* source : {"SIPRI 2025 and my own scaling", "mine"})
    CHECK(says(leap(source), "of AAA imply is in 2015 10 times"));
  std::string persons = "state,year,personnel\n";
  for (int year = 2000; year <= 2025; ++year)
    persons += fmt::format("JPN,{},{}\n", year, year < 2010 ? 240000 : 240);
  const std::string found = problems_of(plain_row, "US dollars", persons, "personnel.csv");
  CHECK(says(found, "JPN has 240 persons under arms in 2025 and spends 50 bn. Give persons"));
  CHECK(says(found, "persons under arms of JPN are in 2010 0.001 times those of 2009"));
}

TEST_CASE("a relation that leaps from one year to the next is named") {
  std::string rivals = "state_a,state_b,start,end,hostility\n";
  for (int k = 0; k < 8; ++k) rivals += "AAA,BBB,2010,2019,1\n";
  CHECK(says(problems_of(plain_row, "US dollars", rivals), "note: 0 pairs in 2009, 8 in 2010"));
  CHECK(problems_of(plain_row, "US dollars",
                    "state_a,state_b,start,end,hostility\nAAA,BBB,2010,2019,1\n")
            .empty());
}

TEST_CASE("a frame that holds every state and year is read, its empty rows counted") {
  const auto balanced = [](const char* unknown) {
    return [=](const std::string& state, int year, double milex, double burden) {
      const std::string u = unknown;
      return year < 2002 ? state + "," + std::to_string(year) + "," + u + "," + u + "," + u + "\n"
                         : plain_row(state, year, milex, burden);
    };
  };
  for (const char* unknown : {"", "NA", "nan", "."})
    CHECK(problems_of(balanced(unknown)) == "note: 6 rows without a figure are passed over. \n");
  CHECK(says(problems_of([](const std::string& state, int year, double milex, double burden) {
               return year == 2001 ? state + ",2001,," + std::to_string(burden) + ",reported\n"
                                   : plain_row(state, year, milex, burden);
             }),
             "milex is empty. Leave the row out where it is unknown"));
}

TEST_CASE("the order of a panel's rows, and of its states, changes no bit of it") {
  namespace fs = std::filesystem;
  const fs::path from = fs::path(TENBIN_SOURCE) / "data/east-asia",
                 to = fs::temp_directory_path() / ("tenbin-order-" + std::to_string(::getpid()));
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
  for (const char* name :
       {"states.csv", "milex.csv", "rivalries.csv", "ties.csv", "missiles.csv"}) {
    std::ifstream in(from / name);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    std::ofstream out(to / name);
    out << lines.front() << "\n";
    for (std::size_t k = lines.size() - 1; k > 0; --k) out << lines[k] << "\n";
  }
  const Panel a = read_panel(from), b = read_panel(to);
  REQUIRE(a.states.size() == b.states.size());
  for (StateIndex i = 0; i < a.size(); ++i) CHECK(a.states[i].id == b.states[i].id);
  const auto rows = past_of(a), other = past_of(b);
  REQUIRE(rows->rows().size() == other->rows().size());
  int differ = 0;
  for (std::size_t k = 0; k < rows->rows().size(); ++k) {
    const Row &x = rows->rows()[k], &y = other->rows()[k];
    differ += x.state != y.state || x.year != y.year || x.threat_lag != y.threat_lag ||
              x.support_lag != y.support_lag || x.milex_growth != y.milex_growth;
  }
  CHECK(differ == 0);
  fs::remove_all(to);
}

}  // namespace cases_test
