// SPDX-License-Identifier: Apache-2.0
// Readers of published files on small texts of our own in the makers' columns.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "near.hpp"
#include "tenbin/io/published/readers.hpp"
#include "tenbin/io/published/relations.hpp"
#include "tenbin/io/published/rows.hpp"
#include "tenbin/io/published/scaling.hpp"
#include "tenbin/io/states.hpp"

namespace sources_test {

using namespace tenbin;

namespace {

/// The words of a refusal, empty where there was none.
template <class Read>
std::string refusal(const Read& read) {
  try {
    read();
  } catch (const Refusal& why) {
    return why.what + ". " + why.mend;
  }
  return "";
}
bool says(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}
std::string seed(const std::string& name) {
  std::ifstream in(std::string(TENBIN_SOURCE) + "/fuzz/seeds/" + name, std::ios::binary);
  REQUIRE(in);
  std::stringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

}  // namespace

TEST_CASE("states are found by the names and numbers that publishers use") {
  const KnownStates& all = KnownStates::all();
  const auto id = [&](const char* name) {
    const State* const s = all.by_name(name);
    return s ? s->id : std::string();
  };
  CHECK(id("Viet Nam") == "VNM");
  CHECK(id("Korea, South") == "KOR");
  CHECK(id("Korea, Dem. People's Rep.") == "PRK");
  CHECK(id("T\u00fcrkiye") == "TUR");
  CHECK(id("Turkey") == "TUR");
  CHECK(id("C\u00f4te d'Ivoire") == "CIV");
  CHECK(id("Cote d\u2019Ivoire") == "CIV");
  CHECK(id("USSR") == "RUS");  // one state of number 365, whatever the source and the year
  CHECK(id("Czech Rep.") == "CZE");
  CHECK(id("Congo, Repubic of") == "COG");
  CHECK(id("Greece\u00a0") == "GRC");
  CHECK(id("East Asia") == "");
  CHECK(all.by_cow(740, 2020)->id == "JPN");
  CHECK(all.by_cow(345, 1991)->id == "YUG");
  CHECK(all.by_cow(345, 1992)->id == "SRB");
  CHECK(all.by_cow(260, 1970)->id == "DEU");
  CHECK(all.by_cow(255, 2000)->id == "DEU");
  CHECK(all.by_cow(999, 2000) == nullptr);
  CHECK(all.by_cow(365, 1983)->id == "RUS");
  for (const auto& [old, now] : {std::pair{"ROM", "ROU"},
                                 {"ZAR", "COD"},
                                 {"TMP", "TLS"},
                                 {"KSV", "XKX"},
                                 {"SUN", "RUS"},
                                 {"BUR", "MMR"}})
    CHECK(all.by_code(old)->id == now);
  CHECK(all.by_code("EAS") == nullptr);
  CHECK(all.other("EAS")->kind == OtherEntity::Kind::aggregate);
  CHECK(all.other("300")->name == "Austria-Hungary");
  CHECK(all.by_text(" japan ")->id == "JPN");
  CHECK(all.by_text("jpn")->id == "JPN");
  CHECK(all.nearest_name("Norh Korea") == "North Korea");
  using List = std::vector<std::string>;
  CHECK(listed_states("JPN, CHN") == List{"JPN", "CHN"});
  CHECK(listed_states("JPN CHN") == List{"JPN", "CHN"});
  CHECK(listed_states("JPN;CHN,") == List{"JPN", "CHN"});
  CHECK(listed_states("Korea, South") == List{"Korea, South"});
  CHECK(listed_states("South Korea") == List{"South Korea"});
  CHECK(all.by_id("JPN")->lat == approx(35.68).epsilon(0.01));
  CHECK(*all.by_id("JPN")->entered < 1900);
}

TEST_CASE("SIPRI's workbook gives dollars, shares, marks and footnotes") {
  const Findings f = read_sipri({"book.xlsx", seed("workbook/packed")});
  CHECK(f.label == "SIPRI 2024");  // the year after its last
  CHECK(f.price_year == 2024);
  CHECK(f.date == "2026-04-27");
  REQUIRE(f.milex.size() == 3);
  CHECK(f.milex[0].state == "CHN");
  CHECK(f.milex[0].year == 2023);
  CHECK(f.milex[0].milex == 1e5);
  CHECK(f.milex[0].kind == MilexKind::uncertain);
  CHECK(!known(f.milex[0].burden));
  CHECK(f.milex[1].milex == 50000.5);
  CHECK(f.milex[1].burden == 0.0098);
  CHECK(f.milex[1].kind == MilexKind::reported);
  CHECK(f.milex[2].year == 2020);
  CHECK(f.milex[2].kind == MilexKind::estimate);
  REQUIRE(f.footnotes.size() == 1);
  CHECK(f.footnotes[0].state == "JPN");
  CHECK(f.footnotes[0].text == "a note");
  const Findings stored = read_sipri({"book.xlsx", seed("workbook/stored")});
  CHECK(stored.milex.size() == 3);
}

TEST_CASE("what is no workbook is refused by what it is") {
  const auto of = [](std::string bytes) {
    return refusal([&] { read_sipri({"book.xlsx", std::move(bytes)}); });
  };
  CHECK(says(of("\xD0\xCF\x11\xE0 locked"), "password"));
  CHECK(says(of("%PDF-1.4"), "a PDF"));
  CHECK(says(of("state,year\n"), "no workbook"));
  CHECK(says(of(seed("workbook/packed").substr(0, 500)), "cut short"));
}

TEST_CASE("disputes keep the highest level of a pair and year, by the states of that year") {
  const Findings f = read_cow_disputes(
      {"mid.csv",
       "disno,dyindex,statea,stateb,strtyr,hihost,fatlev\n1,1,740,710,2012,2,0\n2,2,710,740,2012,4,"
       "1"
       "\n3,3,345,344,1991,5,-9\n4,4,345,344,1999,4,2\n5,5,300,2,1890,3,0\n6,6,2,-9,1990,3,0\n"});
  REQUIRE(f.disputes.size() == 3);
  CHECK(f.disputes[0].a == "CHN");
  CHECK(f.disputes[0].b == "JPN");
  CHECK(f.disputes[0].hostility_level == 4);
  CHECK(f.disputes[0].fatality_level == 1);
  CHECK(f.disputes[1].b == "SRB");
  CHECK(f.disputes[1].year == 1999);
  CHECK(f.disputes[2].b == "YUG");
  CHECK(!f.disputes[2].fatality_level);
  REQUIRE(f.coverage.size() == 1);
  CHECK(f.coverage[0].first == 1890);
  CHECK(f.coverage[0].last == 2012);
  CHECK(f.nobody.at("300") == 1);
}

TEST_CASE("an alliance that the file finds going on has no end; one that it ended has") {
  const Findings f = read_cow_alliances({"alliance.csv", seed("cow_alliances/a")});
  REQUIRE(f.ties.size() == 4);
  CHECK(f.ties[0].a == "SRB");  // number 345 after 1991
  CHECK(f.ties[0].b == "RUS");
  CHECK(f.ties[0].first == 1992);
  CHECK(f.ties[0].last == 1994);
  CHECK(f.ties[1].b == "JPN");
  CHECK(f.ties[1].last == still_going);
  CHECK(f.ties[2].b == "KOR");
  CHECK(f.ties[2].last == 2012);  // ended in the file's last year, not cut off by it
  CHECK(f.ties[3].a == "YUG");
  CHECK(f.ties[3].last == 1991);
  CHECK(f.coverage[0].last == 2012);
  CHECK(f.label == "COW alliances 4.1");
}

TEST_CASE("dyad-years become spells, going on where the last year has them") {
  const Findings f = read_atop({"atop.csv", seed("atop/a")});
  REQUIRE(f.ties.size() == 2);
  CHECK(f.ties[0].a == "USA");
  CHECK(f.ties[0].b == "JPN");
  CHECK(f.ties[0].first == 2017);
  CHECK(f.ties[0].last == still_going);
  CHECK(f.ties[1].a == "YUG");
  CHECK(f.ties[1].last == 1991);
  const Findings p = read_dyad_years({"dyads.csv", seed("dyad_years/a")});
  REQUIRE(p.disputes.size() == 1);
  CHECK(p.disputes[0].hostility_level == 3);
  REQUIRE(p.rivalries.size() == 1);
  CHECK(p.rivalries[0].first == 2013);
  CHECK(p.rivalries[0].last == still_going);
  REQUIRE(p.borders.size() == 2);
  CHECK(p.borders[0].value == 5);
  CHECK(p.ties.size() == 2);
}

TEST_CASE("rivalries are cut where a number changes its state and at the list's beginning") {
  const Findings f = read_rivalries({"tss.csv", seed("rivalries/a")});
  REQUIRE(f.rivalries.size() == 4);
  CHECK(f.rivalries[0].a == "CHN");
  CHECK(f.rivalries[0].first == 1873);
  CHECK(f.rivalries[1].first == 1996);
  CHECK(f.rivalries[1].last == still_going);
  CHECK(f.rivalries[2].b == "SRB");
  CHECK(f.rivalries[2].first == 1992);
  CHECK(f.rivalries[2].last == still_going);
  CHECK(f.rivalries[3].b == "YUG");
  CHECK(f.rivalries[3].last == 1991);
  CHECK(f.coverage[0].last == 2020);
  // with empty ends for those that go on, an end in the last year is an end
  const Findings open = read_rivalries(
      {"r.csv", "ccode1,ccode2,start,end\n740,710,1990,\n740,732,1950,2010\n2,710,1950,1972\n"});
  REQUIRE(open.rivalries.size() == 3);
  CHECK(open.rivalries[0].last == still_going);
  CHECK(open.rivalries[1].a == "JPN");
  CHECK(open.rivalries[1].last == 2010);
  CHECK(open.rivalries[2].last == 1972);
}

TEST_CASE("capabilities, democracy and the World Bank's indicators") {
  const Findings n = read_nmc({"nmc.csv", seed("nmc/a")});
  REQUIRE(n.milex.size() == 2);
  CHECK(n.milex[0].state == "DEU");
  CHECK(n.milex[1].milex == 14559);  // thousands to millions
  REQUIRE(n.personnel.size() == 2);
  CHECK(n.personnel[1].value == 1.46e6);
  CHECK(n.to_be_scaled);
  const Findings v = read_vdem({"vdem.csv", seed("vdem/a")});
  REQUIRE(v.democracy.size() == 2);
  CHECK(v.coverage[0].first == 2024);  // V-Dem begins in 1789, the list of states in 1816
  CHECK(v.nobody.at("SML") == 1);
  const Findings w = read_world_bank({"api.csv", seed("world_bank/a")});
  REQUIRE(w.milex.size() == 5);
  CHECK(w.milex[0].burden == approx(0.0108));
  CHECK(!known(w.milex[0].milex));
  CHECK(w.date == "2026-07-01");
  CHECK(w.coverage[0].last == 2024);
  const Findings prices = read_world_bank({"api.csv", seed("world_bank/b")});
  CHECK(prices.prices.size() == 3);  // of the United States only
}

TEST_CASE("troops abroad and warheads: what is unknown is neither zero nor somebody else's") {
  const Findings t = read_troopdata({"troops.csv", seed("troopdata/a")});
  REQUIRE(t.presence.size() == 4);
  CHECK(t.presence[0].host == "DEU");  // 260 was West Germany
  CHECK(t.presence[0].guest == "USA");
  CHECK(t.presence[1].host == "ISL");
  CHECK(t.presence[1].troops == 0);  // a 0 of the maker's
  CHECK(t.presence[3].troops == 55154);
  CHECK(t.nobody.at("1029") == 1);
  REQUIRE(t.notes.size() == 1);
  CHECK(t.notes[0].what == "rows of the United States themselves are skipped (1)");
  CHECK(t.coverage[0].last == 2024);
  CHECK(says(
      refusal([] {
        read_troopdata({"q.csv", "ccode,year,quarter,troops_ad\n740,2020,1,5\n740,2020,2,6\n"});
      }),
      "quarters = FALSE"));
  CHECK(says(refusal([] { read_troopdata({"x.csv", "year,troops_ad\n2020,1\n"}); }), "ccode"));
  CHECK(says(refusal([] {
               read_troopdata({"x.csv", "ccode,year,troops_ad\n740,2020,-5\n"});
             }),
             "5 million"));
  // by ISO code alone
  CHECK(read_troopdata({"x.csv", "iso3c,year,troops\nJPN,2020,54000\n"}).presence.size() == 1);

  const Findings w = read_warheads({"w.csv", seed("warheads/a")});
  REQUIRE(w.warheads.size() == 6);
  CHECK(w.warheads[0].value == 410);
  CHECK(w.warheads[1].year == 2016);
  CHECK(w.warheads[2].year == 2023);  // the 0 of 2017 and 2018 are holes
  CHECK(w.warheads[5].value == 0);    // South Africa's of 1991 is none
  REQUIRE(w.notes.size() == 1);
  CHECK(w.notes[0].what == "a 0 between years with warheads is read as unknown: ISR 2017-2018");
  CHECK(w.nobody.at("World") == 1);
  CHECK(says(refusal([] {
               read_warheads({"x.csv", "Entity,Code,Year,Nuclear bombs\n"});
             }),
             "Its columns are: entity, code, year, nuclear bombs"));
  CHECK(says(refusal([] { read_troopdata({"x.csv", seed("warheads/a")}); }), "import warheads"));
  CHECK(says(refusal([] { read_vdem({"x.csv", seed("troopdata/a")}); }), "import troopdata"));
}

TEST_CASE("shares of GDP of a second source are read, and are not the World Bank's") {
  const Findings g = read_gmsd({"g.csv", seed("gmsd/a")});
  REQUIRE(g.milex.size() == 3);
  CHECK(g.milex[0].state == "JPN");
  CHECK(g.milex[0].year == 1900);
  CHECK(g.milex[0].burden == approx(0.03412).epsilon(1e-12));
  CHECK_FALSE(known(g.milex[0].milex));
  CHECK(g.milex[2].state == "RUS");
  CHECK(g.nobody.at("World") == 1);
  CHECK(g.nobody.at("South Vietnam") == 1);
  REQUIRE(g.notes.size() == 1);
  CHECK(says(g.notes[0].what, "above 30 % of GDP"));
  CHECK(says(g.notes[0].what, "RUS"));
  CHECK(says(refusal([] {
               read_gmsd({"x.csv", "Code,Year,milexgdp\nJPN,2018,1\nJPN,2018,2\n"});
             }),
             "several rows of JPN in 2018"));
  CHECK(says(refusal([] {
               read_gmsd({"x.csv", "Code,Year,milexgdp\nJPN,2018,100\n"});
             }),
             "between 0 and 100"));
  // Our World in Data gives both under one heading
  CHECK(says(refusal([] { read_world_bank({"x.csv", seed("gmsd/a")}); }), "tenbin import gmsd"));
}

TEST_CASE("a table of another maker is named, and an odd number has its line") {
  CHECK(says(refusal([] {
               read_atop({"x.csv", seed("cow_disputes/a")});
             }),
             "tenbin import cow-disputes"));
  CHECK(says(refusal([] { read_nmc({"x.csv", "a,b\n1,2\n"}); }), "Its columns are: a, b"));
  try {
    read_cow_disputes(
        {"x.csv", "disno,statea,stateb,strtyr,hihost\n1,2,20,1950,3\n2,2,20,ninety,3\n"});
    FAIL("not refused");
  } catch (const Refusal& why) {
    CHECK(why.line == 3);
    CHECK(says(why.what, "strtyr \"ninety\" is not a number"));
  }
  CHECK(says(refusal([] { read_world_bank({"x.csv", "a\n"}); }), "indicator"));
  CHECK(says(refusal([] { read_sipri({"x.xlsx", seed("nmc/a")}); }), "tenbin import nmc"));
  CHECK(says(refusal([] { read_nmc({"x.zip", seed("workbook/packed")}); }), "it is a workbook"));
}

TEST_CASE("another maker's dollars are scaled by the years in both") {
  const std::vector<FoundMilex> theirs{{"USA", 2000, 10}, {"USA", 2001, 20}, {"JPN", 2000, 4},
                                       {"JPN", 2001, 8},  {"JPN", 1999, 3},  {"FRA", 2001, 5}};
  const StateYears ours{
      {{"USA", 2000}, 100}, {{"USA", 2001}, 100}, {{"JPN", 2000}, 80}, {{"JPN", 2001}, 20}};
  const Scales s = scales_of(theirs, ours);
  CHECK(s.price.at(2000) == 0.1);
  CHECK(s.price.at(2001) == 0.2);
  CHECK(!s.price.contains(1999));
  CHECK(s.of_state.at("USA") == 1);
  CHECK(s.of_state.at("JPN") == approx(1.0));  // of 2 and 1/2 the geometric mean
  CHECK(!s.of_state.contains("FRA"));
}

}  // namespace sources_test
