// SPDX-License-Identifier: Apache-2.0
// What imports do to a panel's folder.
#include "tenbin/io/published/merge.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "near.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/published/readers.hpp"

namespace merge_test {

using namespace tenbin;

namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  explicit Folder(const std::string& name = "merge")
      : path_(fs::temp_directory_path() / ("tenbin-" + name + "-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }
  std::string text(const char* name) const {
    std::ifstream in(path_ / name);
    std::stringstream all;
    all << in.rdbuf();
    return std::move(all).str();
  }
  void append(const char* name, const std::string& line) const {
    std::ofstream(path_ / name, std::ios::app) << line << "\n";
  }

 private:
  fs::path path_;
};

/// Twelve years of two states, in money of a year.
Findings release(int last, int price_year, double dollar) {
  Findings f{.source = "sipri", .label = "SIPRI " + std::to_string(last + 1)};
  f.release = "a release";
  f.currency = "US dollars at constant prices";
  f.price_year = price_year;
  for (int year = last - 11; year <= last; ++year) {
    f.milex.push_back({"JPN", year, 50000 * dollar * (1 + 0.01 * (year - 2000)), 0.01});
    f.milex.push_back({"USA", year, 800000 * dollar, 0.03, MilexKind::estimate});
  }
  f.left_out = {{"milex.csv", "FRA", "2020", "burden", "0.02", "a share of GDP without dollars"}};
  f.coverage = {{"milex.csv", "milex", last - 11, last}};
  return f;
}

void import(const Folder& folder, const Findings& found, const MergeOptions& options = {}) {
  PanelFolder panel(folder.path());
  merge(panel, found, {"book.xlsx", found.label}, options);
  panel.write();
}

std::string error_of(const Folder& folder, const Findings& found) {
  try {
    import(folder, found);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// Every problem of reading the panel, a line each.
std::string problems_of(const Folder& folder) {
  std::string all;
  for (const Problem& p : read_panel_checked(folder.path()).problems) all += p.text() + "\n";
  return all;
}

bool says(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a first import makes a panel that reads, with its ledger and what it left out") {
  const Folder folder;
  import(folder, release(2024, 2023, 1));
  const Panel p = read_panel(folder.path());
  CHECK(p.size() == 2);
  CHECK(p.price_year == 2023);
  CHECK(p.states[0].name == "Japan");
  CHECK(p.states[0].has_place());
  CHECK(p.cell(1, 2020).kind == MilexKind::estimate);
  REQUIRE(p.ledger.size() == 2);  // left_out.csv comes first
  CHECK(p.ledger[1].table == "milex.csv");
  CHECK(p.ledger[1].last == 2024);
  CHECK(p.ledger[1].label == "SIPRI 2025");
  CHECK(folder.text("left_out.csv").find("FRA,2020,burden,0.02") != std::string::npos);
}

TEST_CASE("the same import twice changes no byte") {
  const Folder folder;
  import(folder, release(2024, 2023, 1));
  const std::string milex = folder.text("milex.csv"), ledger = folder.text("ledger.csv"),
                    left_out = folder.text("left_out.csv");
  import(folder, release(2024, 2023, 1));
  CHECK(folder.text("milex.csv") == milex);
  CHECK(folder.text("ledger.csv") == ledger);
  CHECK(folder.text("left_out.csv") == left_out);  // of states that the panel does not have, too
}

TEST_CASE("a new release takes the old one's place; rows by hand stay and win") {
  const Folder folder;
  import(folder, release(2024, 2024, 1));
  folder.append("milex.csv", "JPN,2025,77777,0.02,estimate,by hand");
  folder.append("milex.csv", "JPN,2000,1234,0.02,imputed,by hand");
  import(folder, release(2025, 2024, 2));
  const Panel p = read_panel(folder.path());
  CHECK(p.cell(0, 2025).milex == 77777);
  CHECK(p.cell(0, 2000).milex == 1234);
  CHECK(p.cell(0, 2024).milex == approx(50000 * 2 * 1.24));
  CHECK(!p.cell(0, 2013).present());  // of the old release only
  CHECK(p.vintage.find("SIPRI 2026") == 0);
}

TEST_CASE("rows by hand in the money of another year are refused, and nothing is changed") {
  const Folder folder;
  import(folder, release(2024, 2023, 1));
  folder.append("milex.csv", "JPN,2025,77777,0.02,estimate,by hand");
  const std::string before = folder.text("milex.csv") + folder.text("panel.toml");
  CHECK(error_of(folder, release(2025, 2024, 1)).find("or by hand (JPN 2025, \"by hand\"") !=
        std::string::npos);
  CHECK(folder.text("milex.csv") + folder.text("panel.toml") == before);
}

TEST_CASE("imputed years are scaled, give way to figures, and go with a new price year") {
  Findings nmc{.source = "nmc", .label = "COW NMC"};
  nmc.currency = "current US dollars";
  nmc.price_year = 0;
  nmc.to_be_scaled = true;
  for (int year = 2000; year <= 2016; ++year)
    for (const char* state : {"JPN", "USA"})
      nmc.milex.push_back(
          {state, year, state[0] == 'J' ? 20000.0 : 400000.0, missing, MilexKind::imputed});
  nmc.coverage = {{"milex.csv", "milex", 2000, 2016}};
  const Folder folder;
  CHECK(error_of(folder, nmc).find("Import expenditure first") != std::string::npos);
  CHECK(!fs::exists(folder.path()));
  import(folder, release(2024, 2024, 1));  // from 2013 on
  folder.append("milex.csv", "USA,2012,790000,0.04,reported,by hand");
  import(folder, nmc);
  Panel p = read_panel(folder.path());
  CHECK(p.cell(0, 2012).kind == MilexKind::imputed);
  // prices by the United States in 2012: 400,000 for 790,000; Japan's scale: the median of
  // 2013-2016
  CHECK(p.cell(0, 2012).milex ==
        approx(20000 * (790000.0 / 400000) * std::sqrt((57000.0 / 40000) * (57500.0 / 40000))));
  CHECK(!p.cell(0, 2005).present());  // no price level: no figure of the United States
  CHECK(folder.text("left_out.csv").find("no price level") != std::string::npos);
  CHECK(p.cell(1, 2012).milex == 790000);
  Findings longer = release(2024, 2024, 1);
  longer.milex.push_back({"JPN", 2012, 55000, 0.01});
  import(folder, longer);
  p = read_panel(folder.path());
  CHECK(p.cell(0, 2012).kind == MilexKind::reported);
  // another price year: rows by hand bar the way, imputed ones go
  CHECK(error_of(folder, release(2025, 2025, 1)).find("USA 2012") != std::string::npos);
  const Folder other("other");
  Findings gap = release(2024, 2024, 1);
  std::erase_if(gap.milex, [](const FoundMilex& m) { return m.state == "JPN" && m.year < 2016; });
  import(other, gap);
  import(other, nmc);
  CHECK(read_panel(other.path()).cell(0, 2015).kind == MilexKind::imputed);
  Findings next = release(2025, 2025, 1);
  std::erase_if(next.milex, [](const FoundMilex& m) { return m.state == "JPN" && m.year < 2016; });
  import(other, next);
  CHECK(!read_panel(other.path()).cell(0, 2015).present());
  CHECK(read_panel(other.path()).price_year == 2025);
}

TEST_CASE("rows by hand are known by their source: a word like ours does not make them ours") {
  const Folder folder;
  import(folder, release(2024, 2024, 1));
  folder.append("milex.csv", "JPN,2012,777,,imputed,\"my ministry, scaled\"");
  Findings longer = release(2024, 2024, 1);
  longer.milex.push_back({"JPN", 2012, 55000, 0.01});
  import(folder, longer);
  CHECK(read_panel(folder.path()).cell(0, 2012).milex == 777);
}

TEST_CASE("a pair by hand wins in either order, a file that is no table is left alone") {
  const Folder folder;
  import(folder, release(2024, 2024, 1));
  folder.append("download.csv", "a,b\n1,2,3,4");
  folder.append("rivalries.csv", "state_a,state_b,start,end,hostility,basis,source");
  folder.append("rivalries.csv", "USA,JPN,1990,1995,0.1,a quarrel,by hand");
  Findings found{.source = "rivalries", .label = "Thompson"};
  found.rivalries = {{"JPN", "USA", 1990, still_going, 1}, {"JPN", "USA", 1850, 1900, 1}};
  found.coverage = {{"rivalries.csv", "hostility", 1816, 2020}};
  import(folder, found);
  const Panel p = read_panel(folder.path());
  CHECK(p.rivalries.size() == 2);
  CHECK(folder.text("rivalries.csv").find("USA,JPN,1990,1995,0.1") != std::string::npos);
  CHECK(folder.text("rivalries.csv").find("JPN,USA,1990,") == std::string::npos);
  CHECK(folder.text("download.csv") == "a,b\n1,2,3,4\n");
}

TEST_CASE("shares that another source filled in do not keep a new release out") {
  Findings shares{.source = "world-bank", .label = "World Bank"};
  shares.milex = {{"JPN", 2020, missing, 0.011}, {"FRA", 2020, missing, 0.02}};
  shares.coverage = {{"milex.csv", "burden", 2020, 2020}};
  Findings without = release(2024, 2024, 1);
  for (FoundMilex& m : without.milex) m.burden = missing;
  const Folder folder;
  import(folder, without);
  import(folder, shares);
  CHECK(read_panel(folder.path()).cell(0, 2020).burden == 0.011);
  CHECK(folder.text("milex.csv").find("SIPRI 2025; burden World Bank") != std::string::npos);
  import(folder, release(2024, 2024, 2));
  const Panel p = read_panel(folder.path());
  CHECK(p.cell(0, 2020).milex == approx(120000));
  CHECK(p.cell(0, 2020).burden == 0.01);
}

TEST_CASE("a row with a comma too many is refused before anything is written") {
  const Folder folder;
  import(folder, release(2024, 2024, 1));
  folder.append("milex.csv", "JPN,2025,77,777,0.02,estimate,by hand");
  const std::string before = folder.text("milex.csv");
  CHECK(error_of(folder, release(2025, 2024, 1)).find("the row has 7 fields") != std::string::npos);
  CHECK(folder.text("milex.csv") == before);
}

TEST_CASE("only the panel's states are filled, others on demand") {
  const Folder folder;
  import(folder, release(2024, 2024, 1), {.states = { "JPN" }});
  CHECK(read_panel(folder.path()).size() == 1);
  import(folder, release(2024, 2024, 1));
  CHECK(read_panel(folder.path()).size() == 1);
  import(folder, release(2024, 2024, 1), {.add_states = true});
  CHECK(read_panel(folder.path()).size() == 2);
  Findings ties{.source = "atop", .label = "ATOP"};
  ties.ties = {{"USA", "JPN", 1951, still_going, 1}, {"USA", "FRA", 1949, still_going, 1}};
  ties.coverage = {{"ties.csv", "strength", 1945, 2018}};
  import(folder, ties);
  const Panel p = read_panel(folder.path());
  REQUIRE(p.ties.size() == 1);
  CHECK(p.ties[0].end == still_going);
}

TEST_CASE("years of a source without disputes are known, not unknown") {
  const Folder folder;
  import(folder, release(2024, 2024, 1));
  Findings mid{.source = "cow-disputes", .label = "COW dyadic disputes"};
  mid.disputes = {{"JPN", "USA", 1950, 3, 0}};
  mid.coverage = {{"disputes.csv", "hostility_level", 1816, 2014}};
  import(folder, mid);
  CHECK(read_panel(folder.path()).disputes_until == 2014);
}

TEST_CASE("an older release is refused, and a comment in panel.toml is kept and not read") {
  const Folder folder;
  import(folder, release(2025, 2024, 1));
  CHECK(
      error_of(folder, release(2024, 2023, 1)).find("it ends in 2024; the panel has SIPRI 2026") !=
      std::string::npos);
  const Folder mine("mine");
  fs::create_directories(mine.path());
  std::ofstream(mine.path() / "panel.toml")
      << "format = 1\nname = \"mine\"\ncurrency = \"dollars\"   # ours\nprice_year = 2024     # of "
         "prices\nvintage = \"v\"\n";
  mine.append("states.csv", "state,name\nJPN,Japan");
  mine.append("milex.csv", "state,year,milex,burden,kind,source\nJPN,2025,7,0.01,reported,by hand");
  import(mine, release(2025, 2024, 1));
  CHECK(read_panel(mine.path()).cell(0, 2025).milex == 7);
  CHECK(mine.text("panel.toml").find("price_year = 2024     # of prices") != std::string::npos);
}

TEST_CASE("a table that was changed since its import is noted, and mended by importing again") {
  const Folder folder;
  import(folder, release(2024, 2023, 1));
  CHECK(!says(problems_of(folder), "changed since"));
  const std::string milex = folder.text("milex.csv");
  const std::string note =
      (folder.path() / "milex.csv").string() +
      ": the table was changed since it was imported from book.xlsx. Rows with a source of your "
      "own stay yours at the next import; if you changed nothing, import again.\n";
  folder.append("milex.csv", "JPN,2000,1234,0.02,imputed,by hand");
  CHECK(says(problems_of(folder), note));
  // an import of something else does not make it right: the change is still there to be seen
  Findings ties{.source = "atop", .label = "ATOP"};
  ties.ties = {{"USA", "JPN", 1951, still_going, 1}};
  ties.coverage = {{"ties.csv", "strength", 1945, 2018}};
  import(folder, ties);
  CHECK(says(problems_of(folder), note));
  import(folder, release(2024, 2023, 1));
  CHECK(!says(problems_of(folder), "changed since"));
  CHECK(says(folder.text("milex.csv"), "JPN,2000,1234"));
  // line ends of another system are a change of the bytes, and go with the next import
  std::string lines;
  for (const char c : folder.text("milex.csv")) lines += c == '\n' ? "\r\n" : std::string(1, c);
  std::ofstream(folder.path() / "milex.csv", std::ios::binary) << lines;
  CHECK(says(problems_of(folder), note));
  import(folder, release(2024, 2023, 1));
  CHECK(!says(problems_of(folder), "changed since"));
  for (const char* name : {"left_out.csv", "ties.csv"}) {
    CAPTURE(name);
    const std::string before = folder.text(name);
    std::ofstream(folder.path() / name) << before << "\n";
    CHECK(says(problems_of(folder), std::string(name) + ": the table was changed since"));
    fs::remove(folder.path() / name);
    CHECK(says(problems_of(folder),
               std::string(name) + ": the table is in ledger.csv and is missing here"));
    std::ofstream(folder.path() / name) << before;
    CHECK(!says(problems_of(folder), name));
  }
}

TEST_CASE("every bit of a table that changes after its import is noted") {
  const Folder folder;
  import(folder, release(2024, 2023, 1));
  const std::string milex = folder.text("milex.csv");
  for (std::size_t k = 0; k < 500; ++k) {
    std::string other = milex;
    const std::size_t at = k * 37 % milex.size();
    if (k % 3 == 0)
      other.resize(at);
    else
      other[at] = static_cast<char>(other[at] ^ (1 << k % 8));
    std::ofstream(folder.path() / "milex.csv", std::ios::binary) << other;
    CAPTURE(at);
    const PanelReading read = read_panel_checked(folder.path());
    CHECK((!read.panel || says(problems_of(folder), "the table was changed since")));
  }
}

TEST_CASE("a panel of two releases is refused, and the newer file mends it in full") {
  // an import that was killed between two renames once left such a mix, and importing again took
  // the old release's rows for rows by hand
  const Folder old("old"), now("now"), folder("mixed");
  Findings nmc{.source = "nmc", .label = "COW NMC"};
  nmc.currency = "current US dollars";
  nmc.price_year = 0;
  nmc.to_be_scaled = true;
  for (int year = 2000; year <= 2016; ++year)
    for (const char* state : {"JPN", "USA"})
      nmc.milex.push_back({state, year, 20000.0, missing, MilexKind::imputed});
  nmc.coverage = {{"milex.csv", "milex", 2000, 2016}};
  for (const bool scaled : {false, true}) {
    CAPTURE(scaled);
    fs::remove_all(old.path());
    Findings first = release(2024, 2023, 1), second = release(2025, 2024, 1.03);
    std::erase_if(first.milex,
                  [](const FoundMilex& m) { return m.state == "JPN" && m.year < 2015; });
    std::erase_if(second.milex,
                  [](const FoundMilex& m) { return m.state == "JPN" && m.year < 2016; });
    import(old, first);
    if (scaled) import(old, nmc);
    fs::remove_all(now.path());
    fs::copy(old.path(), now.path());
    import(now, second);
    CHECK(problems_of(now).find("mixed") == std::string::npos);
    const std::array names{"panel.toml", "ledger.csv", "milex.csv"};
    for (int newer = 1; newer < 7; ++newer) {
      CAPTURE(newer);
      fs::remove_all(folder.path());
      fs::copy(old.path(), folder.path());
      for (int k = 0; k < 3; ++k)
        if (newer >> k & 1)
          fs::copy_file(now.path() / names[k], folder.path() / names[k],
                        fs::copy_options::overwrite_existing);
      const PanelReading read = read_panel_checked(folder.path());
      CHECK_FALSE(read.panel);
      const bool toml = newer & 1, ledger = newer & 2, milex = newer & 4;
      const std::string said = problems_of(folder);
      CHECK(says(said, "panel.toml: price_year is ") == (toml != ledger));
      CHECK(says(said, "panel.toml: vintage is SIPRI 202") == (toml != ledger));
      CHECK(says(said, " rows are of another release than SIPRI 202") == (milex != ledger));
      import(folder, second);
      for (const char* name : {"panel.toml", "ledger.csv", "milex.csv", "left_out.csv"})
        CHECK(folder.text(name) == now.text(name));
    }
  }
}

TEST_CASE("labels that a source once had stay its own") {
  const Folder folder;
  import(folder, release(2024, 2024, 1));
  Findings list{.source = "rivalries", .label = "Thompson and Dreyer"};
  list.rivalries = {{"JPN", "USA", 1990, 2000, 1}};
  list.coverage = {{"rivalries.csv", "hostility", 1816, 2010}};
  import(folder, list);
  const std::string before = folder.text("rivalries.csv");
  list.label = "Thompson, Sakuwa and Suhas";
  list.rivalries = {{"JPN", "USA", 1990, 2005, 1}};
  list.coverage[0].last = 2020;
  import(folder, list);
  const std::string after = folder.text("rivalries.csv");
  CHECK(says(folder.text("ledger.csv"), "Thompson and Dreyer"));
  std::ofstream(folder.path() / "rivalries.csv") << before;
  CHECK(says(problems_of(folder), "rivalries.csv: the table was changed since"));
  import(folder, list);
  CHECK(folder.text("rivalries.csv") == after);
}

TEST_CASE("a ledger of an earlier version is read as before") {
  const Folder folder;
  import(folder, release(2024, 2023, 1));
  fs::remove(folder.path() / "ledger.csv");
  folder.append("ledger.csv",
                "table,column,source,label,release,date,first,last,file,sha256,cite\n"
                "milex.csv,milex,sipri,SIPRI 2025,a release,,2013,2024,book.xlsx,00,");
  folder.append("milex.csv", "JPN,2000,1234,0.02,imputed,SIPRI 2024");
  CHECK(read_panel_checked(folder.path()).panel);
  CHECK(!says(problems_of(folder), "changed since"));
  // a row by hand that calls itself another release's can be told from a mix no longer
  CHECK(says(error_of(folder, release(2025, 2023, 1)), "give them a source of your own"));
}

TEST_CASE("a folder that is no panel is left alone") {
  const Folder folder;
  fs::create_directories(folder.path());
  folder.append("thesis.txt", "mine");
  CHECK(error_of(folder, release(2024, 2024, 1)).find("no panel.toml") != std::string::npos);
}

}  // namespace merge_test
