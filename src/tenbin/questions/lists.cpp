// SPDX-License-Identifier: Apache-2.0
// The lists of tenbin itself: scenarios that were read, settings, questions.
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

/// A table on the terminal: texts and numbers in columns, of texts the first 60 characters.
std::string plain_text(const TidyTable& table) {
  std::string text;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (const TidyColumn& column : table.columns()) {
      std::string field;
      if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values))
        field = (*texts)[row];
      else if (const auto* whole = std::get_if<std::vector<std::int32_t>>(&column.values))
        field = fmt::format("{}", (*whole)[row]);
      else if (const double x = std::get<std::vector<double>>(column.values)[row]; known(x))
        field = fmt::format("{}", x);
      if (!field.empty()) say(text, "{}{}", &column == &table.columns().front() ? "" : "  ", field);
    }
    text += "\n";
  }
  return text;
}

struct ScenarioList {
  static constexpr QuestionSpec spec{
      .name = "scenarios", .about = About::scenarios, .summary = "the scenarios that were read"};

  explicit ScenarioList(const Inputs& inputs) : runs(*inputs.runs) {}
  TidyTable table() const;
  std::string text() const { return plain_text(table()); }

  const Runs& runs;
};

/// Columns scenario, name, about, focus, start, end, futures, levers.
TidyTable ScenarioList::table() const {
  TidyTable table;
  for (const char* name : {"scenario", "name", "about", "focus"}) table.text(name);
  table.integer("start");
  table.integer("end");
  table.number("futures");
  table.integer("levers");
  for (const Scenario& s : runs.scenarios)
    table << s.id << s.name << s.about << runs.panel().states[s.focus].id << s.start << s.end
          << static_cast<double>(s.futures) << static_cast<int>(s.levers.size());
  return table;
}

struct SettingList {
  static constexpr QuestionSpec spec{.name = "settings",
                                     .summary = "what can be set, with its range"};

  explicit SettingList(const Inputs&) {}
  TidyTable table() const;
  std::string text() const { return plain_text(table()); }
};

/// Columns name, meaning, kind (flag, integer, number, text, file), low, high, choices.
TidyTable SettingList::table() const {
  TidyTable table;
  for (const char* name : {"name", "meaning", "kind"}) table.text(name);
  table.number("low");
  table.number("high");
  table.text("choices");
  for (const SettingSpec& s : setting_table()) {
    const bool bounded = s.is_integer() || s.is_number();
    table << s.name << s.meaning
          << (s.is_flag()                         ? "flag"
              : s.is_integer()                    ? "integer"
              : s.is_number()                     ? "number"
              : s.file != SettingSpec::File::none ? "file"
                                                  : "text")
          << (bounded ? s.low : missing) << (bounded ? s.high : missing) << s.choices;
  }
  return table;
}

struct QuestionList {
  static constexpr QuestionSpec spec{.name = "questions",
                                     .summary = "what can be asked, and what that needs"};

  explicit QuestionList(const Inputs&) {}
  TidyTable table() const;
  std::string text() const { return plain_text(table()); }
};

std::string needs_of(const QuestionSpec& spec) {
  static constexpr std::array names{
      "nothing",       "file", "panel", "two panels", "scenario", "scenarios", "panel or scenarios",
      "file and panel"};
  std::string needs = names[static_cast<std::size_t>(spec.about)];
  if (spec.posterior) needs += " and posterior";
  return needs;
}

/// Columns name, needs, settings, meaning.
TidyTable QuestionList::table() const {
  TidyTable table;
  for (const char* name : {"name", "needs", "settings", "meaning"}) table.text(name);
  for (const QuestionEntry& q : questions()) {
    std::string settings;
    for (const std::string& name : settings_of(q)) settings += (settings.empty() ? "" : " ") + name;
    table << q.spec.name << needs_of(q.spec) << settings << q.spec.summary;
  }
  return table;
}

}  // namespace

QuestionEntry scenarios_question() { return entry_of<ScenarioList>(); }
QuestionEntry settings_question() { return entry_of<SettingList>(); }
QuestionEntry questions_question() { return entry_of<QuestionList>(); }

}  // namespace tenbin
