// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "tenbin/futures/project.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin {
namespace {

using S = Settings;
using File = SettingSpec::File;
constexpr double largest_seed = 9'007'199'254'740'992;

// clang-format off
constexpr std::array table{
  SettingSpec{"threads", &S::threads, "threads; 0 is one for each core", 0, 1024},
  SettingSpec{"priors", &S::priors, "world, wide, or a file that tenbin priors wrote"},
  SettingSpec{"terms", &S::terms, "standard (default; chosen by the scoreboard), reference (those of the reference posteriors) or all", 0, 0, "standard reference all"},
  SettingSpec{"without", &S::without, "terms switched off, with commas"},
  SettingSpec{"leave-out", &S::leave_out, "states whose rows are not fitted: ids with commas, or another panel's folder"},
  SettingSpec{"chains", &S::chains, "chains", 1, 64},
  SettingSpec{"warmup", &S::warmup, "iterations a chain that tune the sampler", 20, 1'000'000},
  SettingSpec{"draws", &S::draws, "draws a chain; by default 1000, or 1500 where a fit has common waves", 4, 1'000'000},
  SettingSpec{"accept", &S::accept, "acceptance the step size aims at; raise it when draws diverge", 0.5, 0.999},
  SettingSpec{"fit-seed", &S::fit_seed, "seed of the sampler", 0, largest_seed},
  SettingSpec{"as-of", &S::as_of, "year: what was known at its end, nothing later", 1800, 2200},
  SettingSpec{"futures", &S::futures, "simulated futures; without it the first scenario's number", 1, static_cast<double>(most_futures)},
  SettingSpec{"seed", &S::seed, "seed of the futures; without it the scenario's", 0, largest_seed},
  SettingSpec{"checkpoint", &S::checkpoint, "file beside which unfinished work is kept", 0, 0, "", File::written},
  SettingSpec{"resume", &S::resume, "continue interrupted work, to the same bits"},
  SettingSpec{"keep-every", &S::keep_every, "seconds between checkpoints", 0, 86'400},
  SettingSpec{"state", &S::state, "one state: JPN"},
  SettingSpec{"states", &S::states, "states, with commas"},
  SettingSpec{"year", &S::year, "the year that is asked about", 1800, 2200},
  SettingSpec{"regret", &S::regret, "most: or least: and an outcome, such as least:cost:JPN:2035"},
  SettingSpec{"lever", &S::lever, "the lever: its number, as tenbin plan shows it, its kind, or a state of it (JPN, \"plan JPN\")"},
  SettingSpec{"that", &S::that, "what must hold: \"burden:JPN:2035 >= 2 %\", \"balance:alliance/china:2035 >= baseline\" (or: >= in 2025)"},
  SettingSpec{"probability", &S::probability, "probability with which it must hold", 0.001, 0.999},
  SettingSpec{"low", &S::low, "smallest value to look at; without it the lever's range"},
  SettingSpec{"high", &S::high, "largest value to look at"},
  SettingSpec{"find", &S::find, "smallest (default) or largest value that meets the condition", 0, 0, "smallest largest"},
  SettingSpec{"pair", &S::pair, "one dyad, rivals or not: CHN,JPN"},
  SettingSpec{"money", &S::money, "of spending: real, nominal or both", 0, 0, "real nominal both"},
  SettingSpec{"until", &S::until, "last year looked at", 1800, 9999},
  SettingSpec{"growth", &S::growth, "smallest growth a year, as a share (0.08)", 0, 1},
  SettingSpec{"years", &S::years, "smallest number of years running", 1, 50},
  SettingSpec{"digits", &S::digits, "digits of each number; 17 give every bit", 1, 17},
  SettingSpec{"draws-judged", &S::draws_judged, "posterior draws that are judged (about a second each with 150 states)", 50, 100'000},
  SettingSpec{"tolerance", &S::tolerance, "a smaller relative change is no revision (0.001)", 0, 1},
  SettingSpec{"all", &S::all, "any two states, not only those at odds"},
  SettingSpec{"shown", &S::shown, "rows of a table on the screen (15)", 1, 100'000},
  SettingSpec{"strict", &S::strict, "notes are a no as well: the command ends with 1"},
  SettingSpec{"figures-only", &S::figures_only, "compare figures only, without a refit"},
  SettingSpec{"origins", &S::origins, "last years known: FIRST:LAST, or years with commas"},
  SettingSpec{"horizons", &S::horizons, "years ahead: FIRST:LAST, or numbers with commas"},
  SettingSpec{"vintage", &S::vintage, "panel folder of an earlier release: forecasts are made from its figures, and scored against the panel's", 0, 0, "", File::folder},
  SettingSpec{"cache", &S::cache, "folder that keeps each origin's record"},
  SettingSpec{"sets", &S::sets, "data sets", 20, 100'000},
  SettingSpec{"permutations", &S::permutations, "how often partners are exchanged (400)", 20, 100'000},
  SettingSpec{"plant", &S::plant, "a global parameter whose prior's sd is doubled in the sampler only: a bug that must be found"},
  SettingSpec{"recover", &S::recover, "instead: values to plant in figures drawn under a fit, with commas: rival responses (0,0.2), or as in danger_between=0.09+war_response=0.02, planted together"},
  SettingSpec{"predictive", &S::predictive, "instead: features of the figures beside those of figures drawn from the prior and from the fit"},
  SettingSpec{"train", &S::train, "years of the onsets fitted: FIRST:LAST"},
  SettingSpec{"test", &S::test, "years judged: FIRST:LAST"},
  SettingSpec{"whole", &S::whole, "years fitted for --model: FIRST:LAST"},
  SettingSpec{"ablate", &S::ablate, "what each term is worth: the score without it"},
  SettingSpec{"file", &S::file, "the file that is asked about", 0, 0, "", File::read},
  SettingSpec{"placebo", &S::placebo, "CSV that tenbin placebo -o wrote: what it does not tell from chance is no answer here", 0, 0, "", File::read},
  SettingSpec{"findings", &S::findings, "findings, with commas: names of shipped ones, or their TOML files; without it all"},
  SettingSpec{"world", &S::world, "panel folder of all states of the world, for the findings that need it"},
  SettingSpec{"catalogue", &S::catalogue, "panel folder with a catalogue of arms races (races.csv)"},
  SettingSpec{"second", &S::second, "CSV of another source's shares of GDP (the Global Military Spending Dataset of Our World in Data): the panel is fitted to them too", 0, 0, "", File::read},
  SettingSpec{"wars", &S::wars, "CSV of more wars: state, start, end, war", 0, 0, "", File::read},
  SettingSpec{"baselines", &S::baselines, "CSV of forecasts made elsewhere (bench/baselines.R writes ets, arima, theta)", 0, 0, "", File::read},
  SettingSpec{"experiments", &S::experiments, "TOML file of natural experiments; without it those shipped (data/evidence/experiments.toml)", 0, 0, "", File::read},
  SettingSpec{"plot", &S::plot, "SVG file of the answer", 0, 0, "", File::written, ".svg"},
  SettingSpec{"keep", &S::keep, "netCDF file for every future", 0, 0, "", File::written, ".nc"},
  SettingSpec{"medians", &S::medians, "CSV of every state's medians", 0, 0, "", File::written, ".csv"},
  SettingSpec{"page", &S::page, "HTML file: the answer as a page", 0, 0, "", File::written, ".html"},
  SettingSpec{"scorecard", &S::scorecard, "TOML file: the scoreboard in short; tenbin brief shows the panel folder's scorecard.toml", 0, 0, "", File::written, ".toml"},
  SettingSpec{"model", &S::model, "TOML file: draws of a fit to all years, for a panel's disputes.toml", 0, 0, "", File::written, ".toml"},
  SettingSpec{"csv", &S::csv, "CSV file of the register, byte for byte as resolve reads it (as -o)", 0, 0, "", File::written, ".csv"},
  SettingSpec{"toml", &S::toml, "TOML file of the answer", 0, 0, "", File::written, ".toml"},
  SettingSpec{"netcdf", &S::netcdf, "netCDF file of a posterior, for xarray, ArviZ and R", 0, 0, "", File::written, ".nc"},
  SettingSpec{"lang", &S::lang, "language in which the page opens: English (default) or Japanese", 0, 0, "en ja"},
  SettingSpec{"xlsx", &S::xlsx, "workbook of every table of the page, and of all projections", 0, 0, "", File::written, ".xlsx"},
  SettingSpec{"card", &S::card, "PNG file of 1200 by 630 pixels: a preview with headline and first chart", 0, 0, "", File::written, ".png"},
  SettingSpec{"panel", &S::panel, "panel folder that the page's figures are compared with", 0, 0, "", File::folder},
  SettingSpec{"refit", &S::refit, "with --panel: fits again as the page says, and compares the posterior; as long as tenbin fit takes"},
  SettingSpec{"add-states", &S::add_states, "states that the panel does not have yet, too"},
};
// clang-format on

void refuse(const SettingSpec& row, std::string what, std::string mend, Problems& problems) {
  problems.push_back({fmt::format("--{}", row.name), std::move(what), std::move(mend)});
}

std::string range_mend(const SettingSpec& row) {
  return row.is_integer()
             ? fmt::format("Give a whole number from {:.0f} to {:.0f}", row.low, row.high)
             : fmt::format("Give a number from {} to {}", row.low, row.high);
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const char* begin = text.data() + text.starts_with('+');
  const char* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(begin, end, number);
  if (failed != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::vector<std::string> choices_of(const SettingSpec& row) {
  std::vector<std::string> choices(1);
  for (const char c : row.choices)
    if (c == ' ')
      choices.emplace_back();
    else
      choices.back() += c;
  return choices;
}

bool is_choice(const SettingSpec& row, const std::string& text, Problems& problems) {
  if (row.choices.empty()) return true;
  const std::vector<std::string> choices = choices_of(row);
  if (std::ranges::find(choices, text) != choices.end()) return true;
  const std::string near = nearest(text, choices);
  refuse(row, fmt::format("\"{}\" is none of {}", text, fmt::join(choices, ", ")),
         near.empty() ? "Give one of them" : fmt::format("Did you mean \"{}\"?", near), problems);
  return false;
}

/// Reads a text into the member of a row.
struct SettingReader {
  const SettingSpec& row;
  const std::string& text;
  Settings& settings;
  Problems& problems;

  void operator()(bool Settings::*member) const {
    if (text == "1" || text == "0")
      settings.*member = text == "1";
    else
      refuse(row, fmt::format("\"{}\" is neither 1 nor 0", text), "Give 1 or 0", problems);
  }
  void operator()(std::optional<std::string> Settings::*member) const {
    if (is_choice(row, text, problems)) settings.*member = text;
  }
  void operator()(std::optional<double> Settings::*member) const {
    number(member, parse_number(text), "number");
  }
  template <class Integer>
  void operator()(std::optional<Integer> Settings::*member) const {
    number(member, whole_number(text), "whole number");
  }
  template <class Member, class Number>
  void number(Member member, std::optional<Number> value, const char* kind) const {
    if (!value)
      refuse(row, fmt::format("\"{}\" is no {}", text, kind), range_mend(row), problems);
    else if (*value < static_cast<Number>(row.low) || *value > static_cast<Number>(row.high))
      refuse(row, fmt::format("{} is out of range", text), range_mend(row), problems);
    else
      (settings.*member).emplace(*value);
  }
};

struct SettingWriter {
  const Settings& settings;

  std::optional<std::string> operator()(bool Settings::*member) const {
    if (settings.*member) return "1";
    return std::nullopt;
  }
  template <class Value>
  std::optional<std::string> operator()(std::optional<Value> Settings::*member) const {
    if (const auto& value = settings.*member) return fmt::format("{}", *value);
    return std::nullopt;
  }
};

}  // namespace

std::span<const SettingSpec> setting_table() { return table; }

const SettingSpec* find_setting(std::string_view name) {
  const auto found = std::ranges::find(table, name, &SettingSpec::name);
  return found == table.end() ? nullptr : &*found;
}

std::string range_text(const SettingSpec& row) {
  if (row.is_flag()) return "";
  if (row.is_integer()) return fmt::format("INT in [{:.0f} - {:.0f}]", row.low, row.high);
  if (row.is_number()) return fmt::format("NUMBER in [{} - {}]", row.low, row.high);
  if (row.file != File::none) return row.file == File::folder ? "FOLDER" : "FILE";
  if (row.choices.empty()) return "TEXT";
  return fmt::format("{{{}}}", fmt::join(choices_of(row), ","));
}

void set(Settings& settings, std::string_view name, const std::string& text, Problems& problems) {
  if (const SettingSpec* row = find_setting(name)) {
    std::visit(SettingReader{*row, text, settings, problems}, row->member);
    return;
  }
  std::vector<std::string> names;
  for (const SettingSpec& row : table) names.emplace_back(row.name);
  const std::string near = nearest(std::string(name), names);
  problems.push_back({fmt::format("--{}", name), "there is no such setting",
                      near.empty() ? "The question \"settings\" lists them"
                                   : fmt::format("Did you mean \"{}\"?", near)});
}

std::optional<std::string> text_of(const Settings& settings, const SettingSpec& setting) {
  return std::visit(SettingWriter{settings}, setting.member);
}

void name_setting(std::string_view name, Error& error) {
  for (Problem& p : error.problems)
    if (!p.where.starts_with("--")) p.where = fmt::format("--{} {}", name, p.where);
}

void require_within(std::string_view name, std::int64_t value, std::int64_t low,
                    std::int64_t high) {
  if (value >= low && value <= high) return;
  throw Error({{fmt::format("--{}", name), fmt::format("{} is out of range", value),
                fmt::format("Give a whole number from {} to {}", low, high)}},
              Error::Reason::usage);
}

TermSet FitSettings::term_set() const {
  return static_cast<TermSet>(std::ranges::find(term_set_names, terms) - term_set_names.begin());
}

FitSettings fit_settings(const Settings& s, FitSettings fit) {
  const auto take = [](const auto& from, auto& into) {
    if (from) into = *from;
  };
  take(s.priors, fit.priors);
  take(s.terms, fit.terms);
  take(s.chains, fit.options.chains);
  take(s.warmup, fit.options.warmup);
  take(s.draws, fit.options.draws);
  fit.draws_asked = fit.draws_asked || s.draws;
  take(s.accept, fit.options.target_accept);
  take(s.fit_seed, fit.options.seed);
  return fit;
}

}  // namespace tenbin
