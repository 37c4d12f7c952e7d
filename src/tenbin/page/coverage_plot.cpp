// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/coverage_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr double left = 150, right = 24, cell_height = 14, top = 46, width = 900;

struct Shade {
  MilexKind kind;
  const char* colour;
  Sentence label;
};
/// Apart for every eye: dark, middle, orange, pale with a border.
constexpr std::array shades{Shade{MilexKind::reported, "#0b4f8a", "reported"},
                            Shade{MilexKind::estimate, "#7fb2dd", "estimate"},
                            Shade{MilexKind::uncertain, "#e08a1e", "highly uncertain"},
                            Shade{MilexKind::imputed, "#d4d4d4", "imputed, not fitted"}};

const char* colour_of(MilexKind kind) {
  for (const Shade& s : shades)
    if (s.kind == kind) return s.colour;
  return "none";
}

/// From which year the picture begins: the first with figures, at most so many before the last.
int first_shown(const Panel& panel) {
  constexpr int most_years = 120;
  return std::max(panel.first_year, panel.last_year - most_years + 1);
}

/// What the tables of a panel hold.
struct NamedTable {
  std::string_view table;
  Sentence words;
};
constexpr std::array named_tables{
    NamedTable{"milex", "military spending"}, NamedTable{"ties", "alliances and ties"},
    NamedTable{"regime", "democracy"},        NamedTable{"growth", "expected growth"},
    NamedTable{"plans", "announced targets"}, NamedTable{"pledges", "pledges"},
    NamedTable{"rivalries", "rivalries"},     NamedTable{"missiles", "missiles"},
    NamedTable{"personnel", "personnel"},     NamedTable{"dispute_history", "past incidents"},
    NamedTable{"disputes", "past incidents"}};

class Picture {
 public:
  Picture(const Panel& panel, const PanelCoverage& coverage, Language language)
      : panel_(panel), coverage_(coverage), language_(language), first_(first_shown(panel)) {}

  std::string draw(bool alone) {
    double y = top;
    for (StateIndex i = 0; i < panel_.size(); ++i, y += cell_height) state(i, y);
    y += 22;
    text(left, y, say(language_, "Other tables: years that their sources know"));
    y += 8;
    for (const TableCoverage& t : coverage_.tables) {
      if (t.table == "milex.csv") continue;
      y += cell_height + 3;
      table(t, y);
    }
    y += 14;
    grid(y);
    legend();
    const std::string sizes = alone ? fmt::format(
                                          " xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.0f}\" "
                                          "height=\"{:.0f}\" font-family=\"system-ui, sans-serif\" "
                                          "font-size=\"11\" fill=\"#222\"",
                                          width, y + 6)
                                    : std::string();
    return fmt::format(
        "<svg{} viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">{}{}</svg>", sizes,
        width, y + 6, say(language_, "Which years of which states have figures, and of what kind"),
        alone
            ? fmt::format("<rect width=\"{:.0f}\" height=\"{:.0f}\" fill=\"#fff\"/>", width, y + 6)
            : "",
        svg_);
  }

 private:
  double x_of(int year) const {
    return left + (width - left - right) * (year - first_) / (panel_.last_year + 1 - first_);
  }
  void text(double x, double y, const std::string& words, const char* more = "") {
    svg_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>", x, y, more, escape(words));
  }
  void bar(int from, int to, double y, const char* colour, const std::string& title) {
    svg_ += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
        "fill=\"{}\"><title>{}</title></rect>",
        x_of(from), y, x_of(to + 1) - x_of(from) - 0.4, cell_height - 3, colour, escape(title));
  }
  /// Runs of years of one kind.
  void state(StateIndex i, double y) {
    const std::string& name = panel_.states[static_cast<std::size_t>(i)].name;
    text(left - 8, y + cell_height - 4,
         text_width(name) > 18 ? panel_.states[static_cast<std::size_t>(i)].id : name,
         "text-anchor=\"end\"");
    for (int year = first_; year <= panel_.last_year;) {
      const MilexKind kind = panel_.cell(i, year).kind;
      int end = year;
      while (end < panel_.last_year && panel_.cell(i, end + 1).kind == kind) ++end;
      if (kind != MilexKind::none)
        bar(year, end, y, colour_of(kind),
            say(language_, "{state} {from}-{to}", fmt::arg("state", name), fmt::arg("from", year),
                fmt::arg("to", end)));
      year = end + 1;
    }
  }
  void table(const TableCoverage& t, double y) {
    const std::string name =
        language_ == Language::english ? table_name(t.table) : table_words(t.table, language_);
    text(left - 8, y + cell_height - 4, name, "text-anchor=\"end\"");
    const int from = std::max(t.first, first_), to = std::min(t.last, panel_.last_year);
    const std::string title =
        say(language_, "{table}: {from}-{to}, {source}", fmt::arg("table", name),
            fmt::arg("from", t.first), fmt::arg("to", t.last),
            fmt::arg("source", t.source.empty() ? say(language_, "as its rows say") : t.source));
    if (from <= to) bar(from, to, y, t.source.empty() ? "#9a9a9a" : "#3d7a57", title);
    if (!t.source.empty())
      text(x_of(std::max(t.first, first_)) + 4, y + cell_height - 5, t.source,
           "fill=\"#fff\" font-size=\"9.5\"");
  }
  void grid(double bottom) {
    const int step = panel_.last_year - first_ > 50 ? 10 : 5;
    for (int year = first_ + (step - first_ % step) % step; year <= panel_.last_year;
         year += step) {
      svg_ += fmt::format(
          "<path d=\"M{0:.1f} {1:.1f}V{2:.1f}\" stroke=\"#888\" stroke-opacity=\"0.35\" "
          "stroke-width=\"0.6\"/>",
          x_of(year), top - 4, bottom - 8);
      text(x_of(year), top - 8, fmt::format("{}", year), "text-anchor=\"middle\"");
    }
  }
  void legend() {
    double x = left;
    text(0, 18, panel_.name.size() > 20 ? "" : panel_.name, "font-weight=\"600\" translate=\"no\"");
    for (const Shade& s : shades) {
      svg_ += fmt::format("<rect x=\"{:.1f}\" y=\"8\" width=\"14\" height=\"11\" fill=\"{}\"/>", x,
                          s.colour);
      text(x + 19, 18, say(language_, s.label));
      x += 150;
    }
  }

  const Panel& panel_;
  const PanelCoverage& coverage_;
  Language language_;
  int first_;
  std::string svg_;
};

}  // namespace

std::string table_name(const std::string& file) { return file.substr(0, file.rfind('.')); }

std::string table_words(const std::string& file, Language language) {
  const std::string name = table_name(file);
  for (const auto& [table, words] : named_tables)
    if (table == name) return say(language, words);
  return name;
}

std::string coverage_plot(const Panel& panel, const PanelCoverage& coverage, bool alone,
                          Language language) {
  return Picture(panel, coverage, language).draw(alone) + (alone ? "\n" : "");
}

}  // namespace tenbin
