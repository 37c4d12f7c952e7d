// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/finding_file.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "tenbin/io/nearest.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/io/toml_tree.hpp"

namespace tenbin {
namespace {

using Kind = MeasureParameter::Kind;

constexpr double largest = 1e12;
constexpr std::size_t longest_text = 600;  // characters

/// A text of one line that ends as a sentence does.
std::string sentence(TomlReader& reader, std::string_view key) {
  const std::string text = reader.text(key, true).value_or("");
  if (!reader.has(key) || text.empty()) return text;
  if (characters_in(text) > longest_text || text.find('\n') != std::string::npos)
    reader.refuse(key,
                  fmt::format("{}: {} is longer than {} characters or has several lines",
                              reader.what(), key, longest_text),
                  "Say it in one sentence");
  else if (!text.ends_with('.'))
    reader.refuse(key, fmt::format("{}: {} is no sentence", reader.what(), key),
                  "End it with a full stop");
  return text;
}

template <std::size_t N>
int choice(TomlReader& reader, std::string_view key,
           const std::array<std::string_view, N>& choices) {
  const auto text = reader.text(key, true);
  if (!text) return 0;
  for (std::size_t k = 0; k < N; ++k)
    if (choices[k] == *text) return static_cast<int>(k);
  std::vector<std::string> all(choices.begin(), choices.end());
  reader.refuse(
      key,
      fmt::format("{}: {} is \"{}\", none of {}", reader.what(), key, *text, fmt::join(all, ", ")),
      "Write one of them");
  return 0;
}

/// Whether a word is one of those that a parameter allows.
bool allows(const MeasureParameter& spec, std::string_view word) {
  if (spec.choices.empty()) return true;
  std::size_t at = 0;
  while (at < spec.choices.size()) {
    const std::size_t end = std::min(spec.choices.find(' ', at), spec.choices.size());
    if (spec.choices.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

/// One value of a parameter, checked against its row.
void read_value(TomlReader& reader, const MeasureParameter& spec, const TomlNode& node,
                ParameterValues& values) {
  if (spec.is_number()) {
    const bool whole = spec.kind != Kind::year || node.kind == TomlNode::Kind::integer;
    if (node.is_number() && whole && node.number >= spec.low && node.number <= spec.high)
      values.numbers.push_back(node.number);
    else
      reader.refuse(spec.name,
                    fmt::format("{} is no {} from {} to {}", spec.name,
                                spec.kind == Kind::year ? "year" : "number", spec.low, spec.high),
                    fmt::format("It is: {}", spec.meaning));
    return;
  }
  if (node.kind != TomlNode::Kind::string || node.text.empty())
    reader.refuse(spec.name, fmt::format("{} holds something that is no word", spec.name),
                  "Write it in quotation marks");
  else if (!allows(spec, node.text))
    reader.refuse(spec.name,
                  fmt::format("{} is \"{}\", none of: {}", spec.name, node.text, spec.choices),
                  "Write one of them");
  else if ((spec.kind == Kind::state || spec.kind == Kind::states) && !is_id(node.text))
    reader.refuse(spec.name, fmt::format("{}: \"{}\" is no id of a state", spec.name, node.text),
                  "Write the id as states.csv has it: JPN");
  else
    values.words.push_back(node.text);
}

ParametersGiven read_parameters(const TomlNode* node, const ComputationSpec& spec,
                                const TomlNode& root, Problems& problems) {
  ParametersGiven given;
  static const TomlNode nothing;
  TomlReader reader(node ? *node : nothing, "parameters", problems);
  for (const MeasureParameter& parameter : spec.parameters) {
    const TomlNode* value = reader.get(parameter.name);
    if (!value) {
      if (parameter.required)
        problems.push_back({node ? node->where() : root.where(),
                            fmt::format("the computation {} needs the parameter \"{}\": {}",
                                        spec.name, parameter.name, parameter.meaning),
                            "Add it under [parameters]"});
      continue;
    }
    ParameterValues values;
    if (parameter.is_list() && value->kind == TomlNode::Kind::array && !value->items.empty())
      for (const TomlNode& item : value->items) read_value(reader, parameter, item, values);
    else if (parameter.is_list())
      reader.refuse(parameter.name, fmt::format("{} is no list", parameter.name),
                    "Write values with commas between brackets");
    else
      read_value(reader, parameter, *value, values);
    given.emplace(parameter.name, std::move(values));
  }
  reader.finish();
  return given;
}

ExpectedRange read_expected(const TomlNode& node, Problems& problems) {
  TomlReader reader(node, "expected", problems);
  constexpr double open = std::numeric_limits<double>::infinity();
  ExpectedRange range{
      .low = reader.number("low", -largest, largest).value_or(-open),
      .high = reader.number("high", -largest, largest).value_or(open),
      .nothing = reader.number("nothing", -largest, largest).value_or(0),
      .words = sentence(reader, "words"),
  };
  if (!reader.has("low") && !reader.has("high"))
    problems.push_back({node.where(), "the expected range has neither low nor high",
                        "Give one of them at least: every estimate would agree"});
  if (range.low > range.high)
    problems.push_back(
        {node.where(), "the expected range is empty: low is above high", "Exchange them"});
  reader.finish();
  return range;
}

RecordedResult read_found(const TomlNode& node, Problems& problems) {
  TomlReader reader(node, "found", problems);
  RecordedResult found;
  found.release = reader.text("release", true).value_or("");
  found.computed.estimate = reader.number("estimate", -largest, largest, true).value_or(missing);
  found.computed.error = reader.number("error", 0, largest).value_or(missing);
  found.computed.cases = reader.integer("cases", 1, 1'000'000'000, true).value_or(0);
  for (const TomlNode& item : reader.tables("figures")) {
    TomlReader one(item, "a figure", problems);
    found.computed.figures.push_back(
        {one.name("name", true).value_or(""),
         one.number("value", -largest, largest, true).value_or(missing),
         one.number("error", 0, largest).value_or(missing)});
    one.finish();
  }
  reader.finish();
  return found;
}

void read_computation(TomlReader& top, const ComputationOf& of,
                      const std::vector<std::string>& names, Finding& finding, Problems& problems) {
  finding.computation = top.text("compute", true).value_or("");
  const TomlNode* parameters = top.subtable("parameters");
  if (finding.computation.empty() || (top.has("parameters") && !parameters)) return;
  const ComputationSpec* spec = of(finding.computation);
  if (!spec) {
    const std::string near = nearest(finding.computation, names);
    return top.refuse("compute", fmt::format("there is no computation \"{}\"", finding.computation),
                      near.empty() ? fmt::format("Write one of: {}", fmt::join(names, ", "))
                                   : fmt::format("Did you mean \"{}\"?", near));
  }
  finding.parameters = read_parameters(parameters, *spec, top.table(), problems);
  if ((finding.panel == FindingPanel::none) != (spec->panel == FindingPanel::none))
    top.refuse("panel",
               fmt::format("the computation {} is made for the panel \"{}\"", spec->name,
                           finding_panel_names[static_cast<int>(spec->panel)]),
               "Write that, or name another computation");
}

}  // namespace

std::optional<Finding> read_finding(const std::filesystem::path& path, const ComputationOf& of,
                                    const std::vector<std::string>& names, Problems& problems) {
  const auto root = read_toml(path, problems);
  if (!root) return std::nullopt;
  const std::size_t before = problems.size();
  TomlReader top(*root, "the finding", problems);
  check_format(top);
  Finding finding{.id = path.stem().string()};
  if (!is_finding_id(finding.id))
    problems.push_back({path.string(), "the name of the file is no name of a finding",
                        "Use up to 60 small letters, digits and hyphens, and the ending .toml"});
  finding.claim = sentence(top, "claim");
  finding.authors = top.name("authors", true).value_or("");
  finding.year = top.integer("year", 1800, 2200, true).value_or(0);
  finding.source = sentence(top, "source");
  finding.read_in = sentence(top, "read_in");
  finding.panel = static_cast<FindingPanel>(choice(top, "panel", finding_panel_names));
  read_computation(top, of, names, finding, problems);
  if (const TomlNode* node = top.subtable("expected", true))
    finding.expected = read_expected(*node, problems);
  if (const TomlNode* node = top.subtable("found")) {
    finding.found = read_found(*node, problems);
    finding.recorded = true;
  }
  if (const TomlNode* node = top.subtable("verdict", true)) {
    TomlReader verdict(*node, "verdict", problems);
    finding.verdict = static_cast<Verdict>(choice(verdict, "is", verdict_names));
    finding.why = sentence(verdict, "why");
    verdict.finish();
  }
  top.finish();
  if (problems.size() > before) return std::nullopt;
  return finding;
}

std::string found_text(const Finding& finding, const Computed& computed,
                       const std::string& release) {
  const auto error_of = [](double error) {
    return known(error) ? fmt::format(", error = {:.4g}", error) : std::string();
  };
  std::string text = fmt::format("# {}\n[found]\nrelease = {}\nestimate = {:.4g}\n", finding.id,
                                 toml_quote(release), computed.estimate);
  if (known(computed.error)) text += fmt::format("error = {:.4g}\n", computed.error);
  text += fmt::format("cases = {}\n", computed.cases);
  if (!computed.figures.empty()) {
    text += "figures = [\n";
    for (const ComputedFigure& f : computed.figures)
      text += fmt::format("  {{ name = {}, value = {:.4g}{} }},\n", toml_quote(f.name), f.value,
                          error_of(f.error));
    text += "]\n";
  }
  return text + fmt::format("\n[verdict]\nis = \"{}\"\nwhy = {}\n",
                            verdict_name(judge(finding.expected, computed)),
                            toml_quote(finding.why));
}

}  // namespace tenbin
