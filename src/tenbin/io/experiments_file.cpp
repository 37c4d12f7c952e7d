// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/experiments_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "tenbin/io/toml_tree.hpp"

namespace tenbin {
namespace {

constexpr int first_year = 1800, last_year = 2200;

bool is_day(int year, int month, int day) {
  return month > 0 && day > 0 &&
         std::chrono::year_month_day{std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day))}
             .ok();
}

/// One entry of the list; problems go to the list that all entries share.
class ExperimentReader {
 public:
  ExperimentReader(const TomlNode& node, const Panel& panel, Problems& problems)
      : panel_(panel), problems_(problems), reader_(node, "an experiment", problems) {}

  Experiment read() {
    Experiment e{.id = reader_.name("id", true).value_or(""),
                 .title = reader_.name("title", true).value_or(""),
                 .date = reader_.name("date", true).value_or(""),
                 .about = reader_.text("about", true).value_or(""),
                 .source = reader_.text("source", true).value_or("")};
    e.year = year_of(e.date);
    read_expected(e);
    const auto status = reader_.text("status", true);
    if (status && *status != "seen" && *status != "known")
      reader_.wrong("status", fmt::format("is \"{}\", neither seen nor known", *status),
                    "Write seen if the source was read, otherwise known");
    e.states = states("states", true);
    e.placebo_states = states("placebo_states", false);
    for (const StateIndex i : e.placebo_states)
      if (std::ranges::find(e.states, i) != e.states.end())
        reader_.wrong("placebo_states",
                      fmt::format("names {}, which is among the states too", panel_.states[i].id),
                      "Name each country in one of the two lists");
    e.placebo_years = years("placebo_years", e.year);
    if (const TomlNode* war = reader_.subtable("war")) read_war(*war, e);
    reader_.finish();
    return e;
  }

 private:
  int year_of(const std::string& date) {
    int year = 0, month = 0, day = 0, end = 0;
    if (std::sscanf(date.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 ||
        end != static_cast<int>(date.size()) || date.size() != 10 || year < first_year ||
        year > last_year || !is_day(year, month, day))
      reader_.wrong("date", fmt::format("\"{}\" is no date", date), "Write it as 2014-09-05");
    return year;
  }

  void read_expected(Experiment& e) {
    const auto text = reader_.text("expected", true);
    if (!text) return;
    const auto found = std::ranges::find(expected_names, *text);
    if (found == expected_names.end())
      reader_.wrong("expected",
                    fmt::format("is \"{}\", none of {}", *text, fmt::join(expected_names, ", ")),
                    "Write one of them");
    else
      e.expected = static_cast<Expected>(found - expected_names.begin());
  }

  std::vector<StateIndex> states(std::string_view key, bool required) {
    std::vector<StateIndex> found;
    for (const TomlNode& one : reader_.list(key, required)) {
      if (one.kind != TomlNode::Kind::string || one.text.empty())
        problems_.push_back({one.where(), fmt::format("{}: it is no id of a country", key),
                             "Write ids of countries: [\"JPN\", \"KOR\"]"});
      else if (const auto i = panel_.find(one.text);
               i && std::ranges::find(found, *i) == found.end())
        found.push_back(*i);
    }
    return found;
  }

  std::vector<int> years(std::string_view key, int event) {
    std::vector<int> found;
    for (const TomlNode& one : reader_.list(key)) {
      if (one.kind == TomlNode::Kind::integer && one.whole >= first_year && one.whole < event)
        found.push_back(static_cast<int>(one.whole));
      else
        problems_.push_back({one.where(), fmt::format("{}: it is no year before the event", key),
                             "Write years: [2003, 2010]"});
    }
    return found;
  }

  void read_war(const TomlNode& node, Experiment& e) {
    TomlReader war(node, "war", problems_);
    const auto state = [&](const char* key) {
      return panel_.find(war.name(key, true).value_or(""));
    };
    const auto aggressor = state("aggressor"), against = state("against");
    ExperimentWar w{.from = war.integer("from", first_year, last_year, true).value_or(0),
                    .until = war.integer("until", first_year, last_year, true).value_or(0),
                    .intensity = war.number("intensity", 0.01, 10, true).value_or(1)};
    war.finish();
    if (w.until < w.from)
      problems_.push_back({node.where(), "until is before from", "Exchange the two years"});
    if (!aggressor || !against) return;
    w.aggressor = *aggressor;
    w.against = *against;
    e.war = w;
  }

  const Panel& panel_;
  Problems& problems_;
  TomlReader reader_;
};

}  // namespace

std::vector<Experiment> read_experiments(const std::filesystem::path& path, const Panel& panel) {
  Problems problems;
  std::vector<Experiment> all;
  if (const auto root = read_toml(path, problems)) {
    TomlReader top(*root, "experiments", problems);
    check_format(top);
    for (const TomlNode& node : top.tables("experiment", true)) {
      Experiment e = ExperimentReader(node, panel, problems).read();
      if (std::ranges::find(all, e.id, &Experiment::id) != all.end())
        problems.push_back({node.where(), fmt::format("the id \"{}\" is taken", e.id),
                            "Give each experiment an id of its own"});
      all.push_back(std::move(e));
    }
    top.finish();
  }
  std::erase_if(problems, [](const Problem& p) { return p.kind != Problem::Kind::refuse; });
  if (!problems.empty()) throw Error(std::move(problems));
  std::erase_if(all, [](const Experiment& e) { return e.states.empty(); });
  return all;
}

}  // namespace tenbin
