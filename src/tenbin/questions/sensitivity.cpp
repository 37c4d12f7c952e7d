// SPDX-License-Identifier: Apache-2.0
#include "tenbin/evidence/sensitivity.hpp"

#include <fmt/ranges.h>

#include "tenbin/io/published/readers.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// Shares of the panel's states in the file of another source. Throws Error.
std::vector<SecondShare> shares_in(const std::string& path, const Panel& panel) {
  Problems problems;
  const auto file = read_published(path, problems);
  if (!file) throw Error(std::move(problems));
  Findings found;
  try {
    found = read_gmsd(*file);
  } catch (const Refusal& why) {
    throw Error({{why.line > 0 ? fmt::format("{}:{}", path, why.line) : path, why.what, why.mend}});
  }
  std::vector<SecondShare> shares;
  for (const FoundMilex& m : found.milex)
    for (StateIndex i = 0; i < panel.size(); ++i)
      if (panel.states[i].id == m.state) shares.push_back({i, m.year, m.burden});
  if (shares.empty())
    throw Error({{path, "it has no share of GDP of a country of the panel",
                  "Give a file with the panel's countries, by their ISO codes"}});
  return shares;
}

/// What would be answered with other constants of the stocks, or on another source's figures.
struct SensitivityQuestion {
  static constexpr QuestionSpec spec{
      .name = "sensitivity",
      .about = About::panel,
      .settings = "priors chains warmup draws accept fit-seed futures second",
      .summary = "what depends on the constants of the stocks, and on whose figures are fitted"};

  explicit SensitivityQuestion(const Inputs& inputs) : panel(*inputs.panel) {
    const Settings& s = inputs.settings;
    options.fit = options_of(fit_settings(s), *inputs.past);
    options.futures = s.futures.value_or(options.futures);
    if (s.second) second = read_setting("second", [&] { return shares_in(*s.second, panel); });
  }
  void answer(Work& work) {
    result = sensitivity(panel, options, second, work.execution,
                         work.begin("fitting with other constants"));
  }
  TidyTable table() const;
  std::string text() const;

  const Panel& panel;
  SensitivityOptions options;
  std::vector<SecondShare> second;
  Sensitivity result;
};

/// Columns setting, quantity, state, value, error: of each setting the country-years fitted, the
/// effects (mean and sd), and by state the medians of spending in the year of the forecasts, with
/// who threatens it most, and of what it has accumulated by then (M USD).
TidyTable SensitivityQuestion::table() const {
  TidyTable table;
  for (const char* name : {"setting", "quantity", "state"}) table.text(name);
  for (const char* name : {"value", "error"}) table.number(name);
  table.text("threatened_by");
  const auto effects = [&](const std::string& setting, int rows, const std::vector<Effect>& list) {
    table << setting << "rows"
          << "" << static_cast<double>(rows) << missing << "";
    for (const Effect& e : list) table << setting << e.name << "" << e.mean << e.sd << "";
  };
  for (const SettingResult& r : result.results) {
    effects(r.setting.name, r.rows, r.effects);
    for (StateIndex i = 0; i < panel.size(); ++i) {
      const StateIndex other = r.first_threat[i];
      table << r.setting.name << fmt::format("spending in {}", result.year) << panel.states[i].id
            << r.spending[i] << missing << (other < 0 ? std::string() : panel.states[other].id);
      table << r.setting.name << fmt::format("accumulated by {}", result.year) << panel.states[i].id
            << r.stock[i] << missing << "";
    }
  }
  if (result.sources.rows > 0) {
    effects("the panel's figures, common rows", result.sources.rows, result.sources.own);
    effects("the second source's, common rows", result.sources.rows, result.sources.second);
  }
  return table;
}

std::string ids_of(const Panel& panel, const std::vector<StateIndex>& states) {
  std::vector<std::string> ids;
  for (const StateIndex i : states) ids.push_back(panel.states[i].id);
  return ids.empty() ? "none" : fmt::format("{}", fmt::join(ids, " "));
}

std::string text_of(const TwoSources& s) {
  std::string text = fmt::format(
      "\nThe panel's figures and the second source's, on the {} country-years that both have. "
      "Shares of GDP there are {:.2f} times the panel's (median). Growth of spending varies by "
      "{:.1f}% a year here and by {:.1f}% there; the two correlate by {:.2f}.\n\n",
      s.rows, s.level_ratio, 100 * s.own_spread, 100 * s.second_spread, s.correlation);
  AlignedText lines("<>>>>");
  lines.row({"effect", "panel", "sd", "second", "sd"});
  for (const Effect& e : s.own) {
    const auto same = std::ranges::find(s.second, e.name, &Effect::name);
    if (same == s.second.end()) continue;
    lines.row({e.name, signed_number(e.mean, 3), fmt::format("{:.3f}", e.sd),
               signed_number(same->mean, 3), fmt::format("{:.3f}", same->sd)});
  }
  return text + lines.text();
}

std::string SensitivityQuestion::text() const {
  std::string text = fmt::format(
      "Do the answers depend on constants that are not estimated? The panel is fitted and "
      "projected "
      "to {} again, with one constant changed at a time. Each line says what moves most.\n\n",
      result.year);
  AlignedText lines("<><><><");
  lines.row({"constant", "country-years", "effect", "moves by", "spending", "median moves by",
             "new greatest threat"});
  for (const SettingResult& r : result.results) {
    const std::string rows = fmt::format("{}", r.rows);
    if (&r == &result.results.front()) {
      lines.row({r.setting.name, rows, "", "", "", "", ""});
      continue;
    }
    const SettingChange c = change_of(result.results.front(), r);
    lines.row({r.setting.name, rows, c.effect, signed_number(c.effect_sds, 2),
               c.state < 0 ? "" : panel.states[c.state].id,
               c.state < 0
                   ? ""
                   : fmt::format("{}% ({:.0f}% of its range)", signed_number(100 * c.spending, 1),
                                 100 * std::abs(c.of_range)),
               ids_of(panel, c.other_threat)});
  }
  text +=
      lines.text() +
      "\nAn effect moves by so many of its standard deviations; a median by so much of half its "
      "likely range (80%).\n";
  return result.sources.rows > 0 ? text + text_of(result.sources) : text;
}

}  // namespace

QuestionEntry sensitivity_question() { return entry_of<SensitivityQuestion>(); }

}  // namespace tenbin
