// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/published/workbook.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <new>

#include "tenbin/io/published/rows.hpp"

namespace tenbin {
namespace {

constexpr const char* give_xlsx = "Give the .xlsx file as its maker publishes it";

constexpr int deepest = 64;  // of nested elements

using Attributes = std::map<std::string, std::string>;

std::string attribute(const Attributes& all, const char* name) {
  const auto found = all.find(name);
  return found == all.end() ? std::string() : found->second;
}

/// Name of an element or attribute without its namespace; expat gives "namespace|name".
std::string_view local(const char* name) {
  const char* const bar = std::strrchr(name, '|');
  return bar ? bar + 1 : name;
}

/// Reads one part of a package as XML, piece by piece. expat is C: what a handler throws is kept
/// and thrown when expat has returned.
class Part {
 public:
  std::function<void(std::string_view name, const Attributes&)> begin;
  std::function<void(std::string_view name)> end;
  std::function<void(std::string_view)> text;

  void read(const Package& package, const std::string& name, const WorkbookLimits& limits);
  /// From a handler: enough is read.
  void stop() {
    stopped_ = true;
    XML_StopParser(parser_, XML_FALSE);
  }

 private:
  template <class Handler>
  static void guarded(void* self, const Handler& handler);
  static void on_begin(void* self, const char* name, const char** attributes);
  static void on_end(void* self, const char* name);
  static void on_text(void* self, const char* text, int size);
  static void on_doctype(void* self, const char*, const char*, const char*, int);
  static void on_namespace(void* self, const char* prefix, const char* uri);
  static void on_other(void* self, const char*, int) {
    guarded(self, [](Part&) {});
  }

  XML_Parser parser_ = nullptr;
  std::uint64_t reached_ = 0;  // where the last thing understood begins
  int depth_ = 0;
  std::size_t elements_ = 0, most_elements_ = 0;
  bool stopped_ = false;
  std::exception_ptr thrown_;
};

template <class Handler>
void Part::guarded(void* self, const Handler& handler) {
  Part& part = *static_cast<Part*>(self);
  if (part.stopped_ || part.thrown_) return;
  part.reached_ =
      static_cast<std::uint64_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(part.parser_)));
  try {
    handler(part);
  } catch (...) {
    part.thrown_ = std::current_exception();
    XML_StopParser(part.parser_, XML_FALSE);
  }
}

void Part::on_begin(void* self, const char* name, const char** attributes) {
  guarded(self, [&](Part& part) {
    if (++part.elements_ > part.most_elements_)
      throw Refusal{fmt::format("a part has more than {} elements", part.most_elements_),
                    do_not_trust};
    if (++part.depth_ > deepest)
      throw Refusal{fmt::format("its XML is nested more than {} deep", deepest), do_not_trust};
    if (!part.begin) return;
    Attributes all;
    for (; *attributes; attributes += 2) all.emplace(local(attributes[0]), attributes[1]);
    part.begin(local(name), all);
  });
}

void Part::on_end(void* self, const char* name) {
  guarded(self, [&](Part& part) {
    --part.depth_;
    if (part.end) part.end(local(name));
  });
}

void Part::on_text(void* self, const char* text, int size) {
  guarded(self, [&](Part& part) {
    if (part.text) part.text({text, static_cast<std::size_t>(size)});
  });
}

void Part::on_doctype(void* self, const char*, const char*, const char*, int) {
  guarded(self, [](Part&) {
    throw Refusal{"it declares a document type (a way to blow texts up), which no workbook has",
                  do_not_trust};
  });
}

/// expat copies a namespace in front of every name.
void Part::on_namespace(void* self, const char*, const char* uri) {
  constexpr std::size_t longest = 1000;
  guarded(self, [&](Part&) {
    if (uri && std::strlen(uri) > longest)
      throw Refusal{fmt::format("it declares a namespace of more than {} letters", longest),
                    do_not_trust};
  });
}

void Part::read(const Package& package, const std::string& name, const WorkbookLimits& limits) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser(
      XML_ParserCreateNS(nullptr, '|'), XML_ParserFree);
  if (!parser) throw std::bad_alloc();
  parser_ = parser.get();
  most_elements_ = limits.elements;
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, on_begin, on_end);
  XML_SetCharacterDataHandler(parser_, on_text);
  XML_SetDefaultHandler(parser_, on_other);
  XML_SetStartDoctypeDeclHandler(parser_, on_doctype);
  XML_SetStartNamespaceDeclHandler(parser_, on_namespace);
  std::uint64_t given = 0;
  const auto parse = [&](std::string_view piece, bool last) {
    const auto status = XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()), last);
    given += piece.size();
    if (thrown_) std::rethrow_exception(thrown_);
    if (stopped_) return false;
    if (status == XML_STATUS_ERROR && XML_GetErrorCode(parser_) == XML_ERROR_NO_MEMORY)
      throw std::bad_alloc();
    if (status == XML_STATUS_ERROR)
      throw Refusal{fmt::format("{} is no XML: {} in line {}", name,
                                XML_ErrorString(XML_GetErrorCode(parser_)),
                                XML_GetCurrentLineNumber(parser_)),
                    get_again};
    // expat looks through an unfinished tag again at every piece
    if (given > reached_ + limits.tag_bytes)
      throw Refusal{fmt::format("{} holds a tag of more than {} kB", name, limits.tag_bytes >> 10),
                    do_not_trust};
    return true;
  };
  package.read(name, limits.part_bytes,
               [&](std::string_view piece) { return parse(piece, false); });
  if (!stopped_) parse({}, true);
}

/// The reds and blues of the old palette; all others count as black.
std::uint32_t indexed_colour(const std::string& index) {
  static const std::map<std::string, std::uint32_t> palette{
      {"2", 0xff0000}, {"10", 0xff0000}, {"4", 0x0000ff}, {"12", 0x0000ff}};
  const auto found = palette.find(index);
  return found == palette.end() ? 0 : found->second;
}

template <class Number>
std::optional<Number> whole(std::string_view text, int base = 10) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "BC12" to column 54; nothing where it is no reference.
std::optional<int> column_of(const std::string& reference) {
  int column = 0;
  std::size_t k = 0;
  for (; k < reference.size() && k < 3 && reference[k] >= 'A' && reference[k] <= 'Z'; ++k)
    column = 26 * column + (reference[k] - 'A' + 1);
  return k == 0 ? std::nullopt : std::optional(column - 1);
}

/// "worksheets/sheet1.xml" in "xl/", or "/xl/..." as it stands.
std::string beside(const std::string& folder, const std::string& target) {
  return target.starts_with('/') ? target.substr(1) : folder + target;
}

/// Targets of a part's relationships, by id and by the end of their type.
struct Relations {
  std::map<std::string, std::string> by_id, by_type;
};
Relations relations_of(const Package& package, const std::string& part, const std::string& folder,
                       const WorkbookLimits& limits) {
  Relations all;
  if (!package.has(part)) return all;
  Part reader;
  reader.begin = [&](std::string_view name, const Attributes& a) {
    if (name != "Relationship" || attribute(a, "TargetMode") == "External") return;
    if (all.by_id.size() >= limits.parts) throw Refusal{"it has too many parts", do_not_trust};
    const std::string type = attribute(a, "Type"), target = beside(folder, attribute(a, "Target"));
    all.by_id.emplace(attribute(a, "Id"), target);
    all.by_type.emplace(type.substr(type.rfind('/') + 1), target);
  };
  reader.read(package, part, limits);
  return all;
}

std::vector<std::string> shared_texts(const Package& package, const std::string& part,
                                      const WorkbookLimits& limits) {
  std::vector<std::string> all;
  bool inside = false;
  int phonetic = 0;
  std::size_t total = 0;
  Part reader;
  reader.begin = [&](std::string_view name, const Attributes&) {
    if (name == "si") {
      if (all.size() >= limits.texts) throw Refusal{"it has too many texts", do_not_trust};
      all.emplace_back();
    }
    if (name == "rPh") ++phonetic;
    inside = name == "t" && phonetic == 0 && !all.empty();
  };
  reader.end = [&](std::string_view name) {
    if (name == "rPh") --phonetic;
    inside = false;
  };
  reader.text = [&](std::string_view text) {
    if (!inside) return;
    all.back() += text;
    if ((total += text.size()) > limits.text_bytes)
      throw Refusal{fmt::format("its texts have more than {} MB", limits.text_bytes >> 20),
                    do_not_trust};
  };
  reader.read(package, part, limits);
  return all;
}

/// The colour of the font of each cell style.
std::vector<std::uint32_t> style_colours(const Package& package, const std::string& part,
                                         const WorkbookLimits& limits) {
  std::vector<std::uint32_t> fonts, styles;
  bool in_fonts = false, in_styles = false;
  Part reader;
  reader.begin = [&](std::string_view name, const Attributes& a) {
    if (name == "fonts") in_fonts = true;
    if (name == "cellXfs") in_styles = true;
    if (in_fonts && name == "font") fonts.push_back(0);
    if (in_fonts && name == "color" && !fonts.empty()) {
      const std::string rgb = attribute(a, "rgb");
      fonts.back() = rgb.size() == 8
                         ? whole<std::uint32_t>(std::string_view(rgb).substr(2), 16).value_or(0)
                         : indexed_colour(attribute(a, "indexed"));
    }
    if (in_styles && name == "xf") {
      const auto font = whole<std::size_t>(attribute(a, "fontId"));
      styles.push_back(font && *font < fonts.size() ? fonts[*font] : 0);
    }
    if (fonts.size() > limits.fonts || styles.size() > limits.styles)
      throw Refusal{"it has too many styles", do_not_trust};
  };
  reader.end = [&](std::string_view name) {
    if (name == "fonts") in_fonts = false;
    if (name == "cellXfs") in_styles = false;
  };
  reader.read(package, part, limits);
  return styles;
}

/// The day of `dcterms:modified`.
std::string day_of_change(const Package& package, const std::string& part,
                          const WorkbookLimits& limits) {
  std::string text;
  bool inside = false;
  Part reader;
  reader.begin = [&](std::string_view name, const Attributes&) { inside = name == "modified"; };
  reader.end = [&](std::string_view) { inside = false; };
  reader.text = [&](std::string_view piece) {
    if (inside && text.size() < 32) text += piece;
  };
  reader.read(package, part, limits);
  const bool day = text.size() >= 10 && text[4] == '-' && text[7] == '-' &&
                   text.find_first_not_of("0123456789-") >= 10;
  return day ? text.substr(0, 10) : "";
}

Package package_of(const PublishedFile& file, const WorkbookLimits& limits) {
  if (!is_zip(file.bytes)) {
    const std::string what = looks_like(file.bytes);
    if (const auto table = what.empty() ? table_of_file(file) : std::nullopt)
      throw Refusal{"it is no workbook", table->source.empty()
                                             ? fmt::format("This is {}. {}", table->name, give_xlsx)
                                             : fmt::format("It looks like {}: tenbin import {}",
                                                           table->name, table->source)};
    throw Refusal{
        what.empty() ? "it is no workbook" : fmt::format("it is no workbook but {}", what),
        what.starts_with("a workbook")
            ? "Open it, take the password away, and save it as .xlsx; or get it from its maker"
            : give_xlsx};
  }
  if (file.bytes.size() > limits.file_bytes)
    throw Refusal{fmt::format("the workbook has more than {} MB", limits.file_bytes >> 20),
                  do_not_trust};
  return Package(file.bytes);
}

/// Gathers the rows of one worksheet.
class SheetRows {
 public:
  SheetRows(const std::vector<std::string>& texts, const std::vector<std::uint32_t>& colours,
            const WorkbookLimits& limits, const RowSink& sink)
      : texts_(texts), colours_(colours), limits_(limits), sink_(sink) {}

  void read(const Package& package, const std::string& part);

 private:
  void open(std::string_view name, const Attributes& a);
  bool close(std::string_view name);
  void finish_cell();

  const std::vector<std::string>& texts_;
  const std::vector<std::uint32_t>& colours_;
  const WorkbookLimits& limits_;
  const RowSink& sink_;

  std::size_t rows_ = 0, cells_seen_ = 0;  // of the sheet; of the row
  int row_ = 0, next_column_ = 0;
  std::vector<WorkbookCell> cells_;
  WorkbookCell cell_;
  std::string type_, value_;
  bool in_cell_ = false, in_value_ = false;
  std::size_t text_bytes_ = 0;
};

void SheetRows::open(std::string_view name, const Attributes& a) {
  if (name == "row") {
    if (++rows_ > limits_.rows)
      throw Refusal{fmt::format("a sheet has more than {} rows", limits_.rows), do_not_trust};
    row_ = whole<int>(attribute(a, "r")).value_or(row_ + 1);
    next_column_ = 0;
    cells_seen_ = 0;
    cells_.clear();
  } else if (name == "c") {
    if (++cells_seen_ > limits_.cells_a_row)
      throw Refusal{fmt::format("row {} has more than {} cells", row_, limits_.cells_a_row),
                    do_not_trust};
    cell_ = {};
    cell_.column = column_of(attribute(a, "r")).value_or(next_column_);
    next_column_ = cell_.column + 1;
    type_ = attribute(a, "t");
    const auto style = whole<std::size_t>(attribute(a, "s"));
    if (style && *style < colours_.size()) cell_.colour = colours_[*style];
    value_.clear();
    in_cell_ = true;
  } else if (name == "f" && in_cell_) {
    throw Refusal{
        fmt::format("the cell in row {}, column {} holds a formula", row_, cell_.column + 1),
        "A published sheet holds figures: give the file as its maker publishes it"};
  } else {
    in_value_ = in_cell_ && (name == "v" || name == "t");
  }
}

void SheetRows::finish_cell() {
  in_cell_ = false;
  if (value_.empty()) return;
  if (type_ == "s") {
    const auto place = whole<std::size_t>(value_);
    if (!place || *place >= texts_.size())
      throw Refusal{fmt::format("the cell in row {}, column {} names a text that is not there",
                                row_, cell_.column + 1),
                    get_again};
    cell_.text = texts_[*place];
    if ((text_bytes_ += cell_.text.size()) > 8 * limits_.text_bytes)
      throw Refusal{"its cells repeat too much text", do_not_trust};
  } else {
    cell_.text = value_;
    cell_.number = type_.empty() || type_ == "n";
  }
  if (cell_.text.empty()) return;
  cells_.push_back(cell_);
}

/// Whether to go on.
bool SheetRows::close(std::string_view name) {
  if (name == "v" || name == "t") in_value_ = false;
  if (name == "c") finish_cell();
  return name != "row" || cells_.empty() || sink_(row_, cells_);
}

void SheetRows::read(const Package& package, const std::string& part) {
  Part reader;
  reader.begin = [&](std::string_view name, const Attributes& a) { open(name, a); };
  reader.end = [&](std::string_view name) {
    if (!close(name)) reader.stop();
  };
  reader.text = [&](std::string_view text) {
    if (!in_value_) return;
    value_ += text;
    if (value_.size() > limits_.text_bytes)
      throw Refusal{fmt::format("a cell in row {} holds too much text", row_), do_not_trust};
  };
  reader.read(package, part, limits_);
}

}  // namespace

Workbook::Workbook(const PublishedFile& file, const WorkbookLimits& limits)
    : package_(package_of(file, limits)), limits_(limits) {
  if (package_.has("EncryptedPackage")) throw Refusal{"it has a password", "Take it away"};
  const Relations root = relations_of(package_, "_rels/.rels", "", limits);
  const auto main = root.by_type.find("officeDocument");
  if (main == root.by_type.end()) throw Refusal{"it is a zip package but no workbook", give_xlsx};
  const std::size_t slash = main->second.rfind('/') + 1;  // 0 without one
  const std::string folder = main->second.substr(0, slash);
  const Relations parts = relations_of(
      package_, folder + "_rels/" + main->second.substr(slash) + ".rels", folder, limits);
  Part reader;
  reader.begin = [&](std::string_view name, const Attributes& a) {
    if (name != "sheet") return;
    const auto part = parts.by_id.find(attribute(a, "id"));
    if (part == parts.by_id.end()) return;
    if (sheets_.size() >= limits.parts) throw Refusal{"it has too many sheets", do_not_trust};
    sheets_.push_back({attribute(a, "name"), part->second});
  };
  reader.read(package_, main->second, limits);
  if (sheets_.empty()) throw Refusal{"it holds no worksheet", give_xlsx};
  const auto part_of = [](const Relations& all, const char* type) {
    const auto found = all.by_type.find(type);
    return found == all.by_type.end() ? std::string() : found->second;
  };
  if (const std::string part = part_of(parts, "sharedStrings"); package_.has(part))
    texts_ = shared_texts(package_, part, limits);
  if (const std::string part = part_of(parts, "styles"); package_.has(part))
    colour_of_style_ = style_colours(package_, part, limits);
  if (const std::string part = part_of(root, "core-properties"); package_.has(part))
    changed_ = day_of_change(package_, part, limits);
}

std::vector<std::string> Workbook::sheets() const {
  std::vector<std::string> names;
  for (const Sheet& sheet : sheets_) names.push_back(sheet.name);
  return names;
}

void Workbook::require_whole() const {
  for (const Package::Member& member : package_.members())
    if (member.name.ends_with(".xml") || member.name.ends_with(".rels"))
      Part().read(package_, member.name, limits_);
}

void Workbook::read(const std::string& sheet, const RowSink& sink) const {
  const auto found = std::ranges::find(sheets_, sheet, &Sheet::name);
  if (found == sheets_.end())
    throw Refusal{fmt::format("it has no sheet \"{}\"", sheet), give_xlsx};
  SheetRows(texts_, colour_of_style_, limits_, sink).read(package_, found->part);
}

}  // namespace tenbin
