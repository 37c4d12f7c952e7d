// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/toml_tree.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

#include "tenbin/io/nearest.hpp"
#include "tenbin/io/text.hpp"

namespace tenbin {
namespace {

TomlNode convert(const toml::node& node, const std::string& file) {
  TomlNode result;
  result.file = file;
  result.line = static_cast<int>(node.source().begin.line);
  if (const auto* table = node.as_table()) {
    for (const auto& [key, value] : *table)
      result.fields.push_back({std::string(key.str()), convert(value, file)});
    std::ranges::stable_sort(result.fields, {}, [](const auto& f) { return f.value.line; });
  } else if (const auto* array = node.as_array()) {
    result.kind = TomlNode::Kind::array;
    for (const auto& item : *array) result.items.push_back(convert(item, file));
  } else if (const auto* text = node.as_string()) {
    result.kind = TomlNode::Kind::string;
    result.text = text->get();
  } else if (const auto* whole = node.as_integer()) {
    result.kind = TomlNode::Kind::integer;
    result.whole = whole->get();
    result.number = static_cast<double>(whole->get());
  } else if (const auto* real = node.as_floating_point()) {
    result.kind = TomlNode::Kind::real;
    result.number = real->get();
  } else if (const auto* truth = node.as_boolean()) {
    result.kind = TomlNode::Kind::boolean;
    result.truth = truth->get();
  } else {
    result.kind = TomlNode::Kind::other;
  }
  return result;
}

/// Follows the nesting of a TOML text without parsing it. Up to the first character that toml++
/// refuses, the depth is that of its tree; the point of a number counts as a level more.
class TomlDepth {
 public:
  explicit TomlDepth(std::string_view text) : text_(text) {}
  /// Line of the first place deeper than `deepest_toml`, or 0.
  int scan();

 private:
  void pass_string(char quote);
  void pass_comment() { at_ = std::min(text_.find('\n', at_), text_.size()); }
  void begin_line();
  void read(char c);
  int top() const { return open_.empty() ? header_ : open_.back(); }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  int header_ = 0;  // depth of the table that the last header names
  int depth_ = 0;   // of the key or value here
  bool in_header_ = false;
  std::vector<int> open_;  // depth in each open bracket
};

/// Passes the string whose first quote is at `at_`, with the lines in it.
void TomlDepth::pass_string(char quote) {
  const bool many = text_.substr(at_).starts_with(std::string(3, quote));
  at_ += many ? 3 : 1;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '\n') {
      if (!many) return;  // an error, which toml++ reports
      ++line_;
    } else if (c == '\\' && quote == '"') {
      if (++at_ < text_.size() && text_[at_] == '\n') ++line_;
    } else if (c == quote && (!many || text_.substr(at_).starts_with(std::string(3, quote)))) {
      at_ += many ? 3 : 1;
      for (int k = 0; many && k < 2 && at_ < text_.size() && text_[at_] == quote; ++k) ++at_;
      return;
    }
  }
}

void TomlDepth::begin_line() {
  in_header_ = false;
  if (open_.empty()) {
    at_ = std::min(text_.find_first_not_of(" \t\r", at_), text_.size());
    in_header_ = at_ < text_.size() && text_[at_] == '[';
    if (in_header_) header_ = 0;
  }
  depth_ = top();
}

void TomlDepth::read(char c) {
  if (c == '.') {
    ++depth_;
  } else if (c == ',') {
    depth_ = top();
  } else if (c == '[' || c == '{') {
    ++depth_;
    if (!in_header_) open_.push_back(depth_);
  } else if ((c == ']' || c == '}') && !in_header_ && !open_.empty()) {
    open_.pop_back();
    depth_ = top();
  }
  if (in_header_) header_ = depth_;
}

int TomlDepth::scan() {
  begin_line();
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '"' || c == '\'') {
      pass_string(c);
    } else if (c == '#') {
      pass_comment();
    } else if (c == '\n') {
      ++line_;
      ++at_;
      begin_line();
    } else {
      read(c);
      ++at_;
    }
    if (depth_ > deepest_toml) return line_;
  }
  return 0;
}

}  // namespace

int too_deep_line(std::string_view toml) { return TomlDepth(toml).scan(); }

const TomlNode* TomlNode::find(std::string_view key) const {
  for (const auto& [name, value] : fields)
    if (name == key) return &value;
  return nullptr;
}

TomlNode* TomlNode::find(std::string_view key) {
  return const_cast<TomlNode*>(std::as_const(*this).find(key));
}

std::string TomlNode::where() const { return line > 0 ? fmt::format("{}:{}", file, line) : file; }

std::optional<TomlNode> read_toml(const std::filesystem::path& path, Problems& problems) {
  const auto text = read_text(path, problems);
  return text ? parse_toml(*text, path, problems) : std::nullopt;
}

std::optional<TomlNode> parse_toml(std::string_view text, const std::filesystem::path& path,
                                   Problems& problems) {
  if (const int line = too_deep_line(text); line > 0) {
    problems.push_back({fmt::format("{}:{}", path.string(), line),
                        fmt::format("a key or value lies more than {} levels deep", deepest_toml),
                        "No file of tenbin needs more than 5: take out parts of the key, or "
                        "brackets"});
    return std::nullopt;
  }
  try {
    TomlNode root = convert(toml::parse(text), path.string());
    root.line = 0;
    return root;
  } catch (const toml::parse_error& error) {
    problems.push_back(
        {fmt::format("{}:{}", path.string(), error.source().begin.line),
         fmt::format("this is not TOML: {}", error.description()),
         "Correct this line; texts stand in quotation marks, numbers and true or false do not"});
    return std::nullopt;
  }
}

const TomlNode* TomlReader::get(std::string_view key, bool required) {
  if (std::ranges::find(asked_, key) == asked_.end()) asked_.emplace_back(key);
  const TomlNode* node = table_.find(key);
  if (!node && required)
    problems_.push_back(
        {table_.where(), fmt::format("{} lacks the key \"{}\"", what_, key), "Add it"});
  return node;
}

void TomlReader::refuse(std::string_view key, std::string what, std::string mend) {
  const TomlNode* node = table_.find(key);
  problems_.push_back({node ? node->where() : table_.where(), std::move(what), std::move(mend)});
}

void TomlReader::wrong(std::string_view key, std::string_view what, std::string mend) {
  refuse(key, fmt::format("{}: {} {}", what_, key, what), std::move(mend));
}

std::optional<std::string> TomlReader::text(std::string_view key, bool required) {
  const TomlNode* node = get(key, required);
  if (!node) return std::nullopt;
  if (node->kind == TomlNode::Kind::string) return node->text;
  wrong(key, "must be a text", "Put it in quotation marks");
  return std::nullopt;
}

std::optional<std::string> TomlReader::name(std::string_view key, bool required) {
  auto name = text(key, required);
  if (name)
    if (const std::string wrong = wrong_name(*name); !wrong.empty()) {
      this->wrong(key, wrong, "Give a short text on one line");
      return std::nullopt;
    }
  return name;
}

std::optional<double> TomlReader::number(std::string_view key, double low, double high,
                                         bool required) {
  const TomlNode* node = get(key, required);
  if (!node) return std::nullopt;
  if (!node->is_number()) {
    wrong(key, "must be a number",
          fmt::format("Write a number from {} to {}, without quotation marks", low, high));
  } else if (!(node->number >= low && node->number <= high)) {
    wrong(key, fmt::format("is {}", node->number),
          fmt::format("Give a number from {} to {}", low, high));
  } else {
    return node->number;
  }
  return std::nullopt;
}

std::optional<int> TomlReader::integer(std::string_view key, int low, int high, bool required) {
  const auto value = number(key, low, high, required);
  if (!value) return std::nullopt;
  if (*value == std::floor(*value)) return static_cast<int>(*value);
  wrong(key, fmt::format("is {}", *value), "Give a whole number");
  return std::nullopt;
}

const TomlNode* TomlReader::subtable(std::string_view key, bool required) {
  const TomlNode* node = get(key, required);
  if (!node || node->kind == TomlNode::Kind::table) return node;
  wrong(key, "must be a table", fmt::format("Write it with keys: {} = {{ ... }}", key));
  return nullptr;
}

const std::vector<TomlNode>& TomlReader::list(std::string_view key, bool required) {
  static const std::vector<TomlNode> none;
  const TomlNode* node = get(key, required);
  if (!node) return none;
  if (node->kind == TomlNode::Kind::array) return node->items;
  wrong(key, "must be a list", "Write its values between brackets, with commas between them");
  return none;
}

const std::vector<TomlNode>& TomlReader::tables(std::string_view key, bool required) {
  static const std::vector<TomlNode> none;
  const TomlNode* node = get(key, required);
  if (!node) return none;
  const auto is_table = [](const TomlNode& item) { return item.kind == TomlNode::Kind::table; };
  if (node->kind == TomlNode::Kind::array && std::ranges::all_of(node->items, is_table))
    return node->items;
  wrong(key, "must be a list of tables",
        fmt::format("Write each as [[{}]] and its keys below it", key));
  return none;
}

std::vector<std::string> TomlReader::texts(std::string_view key, bool required) {
  std::vector<std::string> all;
  for (const TomlNode& item : list(key, required))
    if (item.kind == TomlNode::Kind::string)
      all.push_back(item.text);
    else
      problems_.push_back({item.where(),
                           fmt::format("{}: {} holds something that is no text", what_, key),
                           "Put it in quotation marks"});
  return all;
}

void TomlReader::finish() {
  for (const auto& [key, value] : table_.fields) {
    if (std::ranges::find(asked_, key) != asked_.end()) continue;
    const std::string near = nearest(key, asked_);
    problems_.push_back({value.where(), fmt::format("{} has no key \"{}\"", what_, key),
                         near.empty() ? fmt::format("Its keys are: {}", fmt::join(asked_, ", "))
                                      : fmt::format("Did you mean \"{}\"?", near)});
  }
}

void check_format(TomlReader& reader) {
  const TomlNode* format = reader.get("format", true);
  if (format && !(format->kind == TomlNode::Kind::integer && format->whole == 1))
    reader.refuse("format", fmt::format("{}: this program reads format = 1", reader.what()),
                  "Write format = 1, or use the program that wrote the file");
}

std::string toml_quote(std::string_view text) {
  std::ostringstream quoted;
  quoted << toml::toml_formatter{toml::value<std::string>(text),
                                 toml::format_flags::allow_unicode_strings};
  return std::move(quoted).str();
}

}  // namespace tenbin
