// SPDX-License-Identifier: Apache-2.0
#include "user_seeds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "panel_files.hpp"
#include "tenbin/core/levers.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/io/dispute_file.hpp"
#include "tenbin/io/own_toml.hpp"
#include "tenbin/io/scorecard_file.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin::fuzz {
namespace {

namespace fs = std::filesystem;

const fs::path source = TENBIN_SOURCE, east = source / "data/east-asia";

std::string text_of(const fs::path& path) {
  Problems problems;
  auto text = read_text(path, problems);
  if (!text) throw Error(std::move(problems));
  return std::move(*text);
}

std::vector<fs::path> files_in(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ending) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

// --- scenarios -------------------------------------------------------------------------------

/// A value of a lever's key, for the panel of small_folder.hpp.
std::string value_of(const LeverKey& key, const LeverSpec& spec) {
  const double some = spec.low + (spec.high - spec.low) / 8;
  switch (key.gives) {
    case Gives::state:
      return "\"USA\"";
    case Gives::state_or_all:
      return "\"all\"";
    case Gives::other:
      return "\"JPN\"";
    case Gives::pair:
      return "[\"CHN\", \"JPN\"]";
    case Gives::states:
      return "[\"JPN\", \"CHN\"]";
    case Gives::reaction:
      return "\"threat_slope\"";
    case Gives::value:
      return fmt::format("{{ mean = {:.4g}, sd = {:.4g}, min = {:.4g}, max = {:.4g} }}", some,
                         (spec.high - spec.low) / 50, spec.low + 1e-9, some * 2);
    case Gives::path:
      return "{ 2022 = 800000, 2024 = { mean = 90000, sd = 3000 }, 2025 = \"70 bn\" }";
    case Gives::from:
      return "2021";
    case Gives::why:
    case Gives::definition:
      return "\"a reason\"";
    case Gives::by:
    case Gives::until:
      return "2024";
    case Gives::adherence:
      return "{ mean = 0.8, sd = 0.15, ignored = 0.2 }";
    case Gives::lateness:
      return "1.5";
    case Gives::to_panel:
      return "0.9";
    case Gives::mode:
      return "\"exactly\"";
  }
  return "";
}

std::string lever_text(const LeverSpec& spec) {
  std::string text = fmt::format("\n[[lever]]\nkind = \"{}\"\n", spec.name);
  for (const LeverKey& key : spec.keys)
    text += fmt::format("{} = {}\n", key.name, value_of(key, spec));
  return text;
}

void put_scenarios(const PutSeed& put) {
  const std::string settings =
      "name = \"some\"\nabout = \"One.\"\nstart = 2020\nend = 2026\nfutures = 40\nseed = 1\n"
      "focus = \"JPN\"\nplans = \"announced\"\ndisputes = \"none\"\n";
  const std::string blocs = "\n[blocs]\none = [\"CHN\"]\ntwo = [\"JPN\", \"USA\"]\n";
  std::string all;
  for (const LeverSpec& spec : lever_table) {
    put("scenario", std::string(spec.name), "\2" + settings + lever_text(spec));
    all += lever_text(spec);
  }
  const std::string file = "format = 1\npanel = \".\"\n" + settings + blocs;
  put("scenario", "all", "\2" + settings + blocs + all);
  put("scenario", "file", std::string(1, '\0') + file + lever_text(lever_table[0]));
  put("scenario", "below", "\1" + file + lever_text(lever_table[1]));
  put("toml", "levers", all);
  for (const fs::path& path : files_in(source / "scenarios", ".toml"))
    put("toml", path.stem().string(), text_of(path));
}

// --- panels ----------------------------------------------------------------------------------

bool is_elsewhere(std::string_view field) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const std::set<std::string_view> here{"CHN", "JPN", "PRK", "USA"};
  return field.size() == 3 && std::ranges::all_of(field, is_capital) && !here.contains(field);
}

/// The header of a table and some rows that name no state but those of small_folder.hpp.
std::string rows_of(const std::string& text, int most) {
  std::string cut;
  int rows = 0;
  for (std::size_t at = 0; at < text.size() && rows <= most;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    bool keep = true;
    for (std::size_t from = 0; from <= line.size();) {
      const std::size_t comma = std::min(line.find(',', from), line.size());
      keep = keep && (rows == 0 || !is_elsewhere(line.substr(from, comma - from)));
      from = comma + 1;
    }
    if (keep) cut += std::string(line) + "\n", ++rows;
    at = end + 1;
  }
  return cut;
}

/// Tables that the shipped panel does not have.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> other_tables{{
    {"disputes.csv",
     "state_a,state_b,year,hostility_level,fatality_level\nCHN,JPN,2018,4,0\nJPN,PRK,2019,5,2\n"},
    {"personnel.csv", "state,year,personnel,source\nJPN,2018,250000,x\nJPN,2019,247000,x\n"},
    {"races.csv", "race,state_a,state_b,start,end,source\none,CHN,JPN,2017,2020,x\n"},
    {"price_index.csv", "year,us_prices_2024,source\n2017,0.8,x\n2024,1,x\n"},
    {"expectations.csv", "published,state,year,growth,source\n2019,JPN,2020,0.01,x\n"},
    {"notes.csv", "state,mark,note,source\nJPN,a,b,c\n"},
    {"ledger.csv",
     "table,column,source,label,release,date,first,last,file,sha256,cite,price_year,earlier,"
     "table_sha256\nmilex.csv,milex,sipri,SIPRI 2026,r,2026,2017,2020,a.xlsx,00,,2024,SIPRI "
     "2025,00\n"},
}};

std::string some_disputes() {
  Problems problems;
  auto model = read_disputes(east / "disputes.toml", problems);
  if (!model) throw Error(std::move(problems));
  model->draws.draws_per_chain = 2;
  model->draws.values.resize(2 * model->draws.width);
  model->simulated.resize(std::min<std::size_t>(model->simulated.size(), 3));
  model->danger.resize(std::min<std::size_t>(model->danger.size(), 1));
  return std::string(after_digest(disputes_text(*model)));
}

std::string some_keeping() {
  const std::string all = text_of(east / "keeping.toml");
  const auto second = all.find("[[keeping]]", all.find("[[keeping]]") + 1),
             third = all.find("[[keeping]]", second + 1);
  return std::string(after_digest(std::string_view(all).substr(0, third)));
}

void put_panels(const PutSeed& put) {
  const auto& files = panel_files();
  const auto put_file = [&](std::string_view name, const std::string& text) {
    const auto at = std::ranges::find(files, name) - files.begin();
    put("panel", std::string(name), static_cast<char>(at) + text);
  };
  for (const std::string& name : files)
    if (fs::exists(east / name) && name.ends_with(".csv")) {
      const std::string rows = rows_of(text_of(east / name), 12);
      put_file(name, rows);
      put("csv", name, rows_of(rows, 3));
    }
  for (const auto& [name, text] : other_tables) put_file(name, std::string(text));
  put_file("panel.toml", text_of(east / "panel.toml"));
  put_file("disputes.toml", some_disputes());
  put_file("keeping.toml", some_keeping());
}

// --- others ----------------------------------------------------------------------------------

std::string some_scorecard() {
  Scorecard card = read_scorecard(east / "scorecard.toml");
  const auto cut = [](auto& list) { list.resize(std::min<std::size_t>(list.size(), 1)); };
  for (auto* boards : Scorecard::boards(card)) cut(*boards);
  cut(card.by_state);
  for (StateScores& s : card.by_state) cut(s.boards);
  cut(card.misses);
  cut(card.plans);
  cut(card.terms);
  return std::string(after_digest(scorecard_text(card)));
}

/// Entries without the header and without their chain.
std::string some_entries() {
  const std::string all = text_of(source / "register/2026-04.csv");
  std::string entries;
  std::set<std::string> kinds;
  for (std::size_t at = all.find('\n') + 1; at < all.size() && kinds.size() < 6;) {
    const std::size_t end = all.find('\n', at);
    std::string line = all.substr(at, end - at);
    at = end + 1;
    std::size_t field = 0;  // the eighth says of what kind the entry is
    for (int k = 0; k < 7; ++k) field = line.find(',', field) + 1;
    line.resize(line.rfind(','));
    if (kinds.insert(line.substr(field, 5)).second) entries += line + "\n";
  }
  return entries;
}

}  // namespace

void put_user_seeds(const PutSeed& put) {
  put_scenarios(put);
  put_panels(put);
  put("priors", "world", std::string(after_digest(text_of(source / "data/priors/world.toml"))));
  put("disputes", "some", some_disputes());
  put("keeping", "some", some_keeping());
  put("scorecard", "some", some_scorecard());
  put("register", "some", some_entries());
  put("experiments", "shipped", text_of(source / "data/evidence/experiments.toml"));
  for (const fs::path& path : files_in(source / "data/gallery", ".toml"))
    put("finding", path.stem().string(), text_of(path));
  for (const fs::path& path : files_in(source / "examples", ".toml"))
    if (path.stem().string().starts_with("richardson"))
      put("richardson", path.stem().string(), text_of(path));
}

}  // namespace tenbin::fuzz
