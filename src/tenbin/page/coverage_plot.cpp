// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/coverage_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr double left = 150, right = 24, cell_height = 14, top = 46, width = 900;

struct Shade {
  MilexKind kind;
  const char* colour;
  const char* label;
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

class Picture {
 public:
  Picture(const Panel& panel, const PanelCoverage& coverage)
      : panel_(panel), coverage_(coverage), first_(first_shown(panel)) {}

  std::string draw(bool alone) {
    double y = top;
    for (StateIndex i = 0; i < panel_.size(); ++i, y += cell_height) state(i, y);
    y += 22;
    text(left, y, "Other tables: years that their sources know");
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
        "<svg{} viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"Which years of which "
        "states have figures, and of what kind\">{}{}</svg>",
        sizes, width, y + 6,
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
         name.size() > 18 ? panel_.states[static_cast<std::size_t>(i)].id : name,
         "text-anchor=\"end\"");
    for (int year = first_; year <= panel_.last_year;) {
      const MilexKind kind = panel_.cell(i, year).kind;
      int end = year;
      while (end < panel_.last_year && panel_.cell(i, end + 1).kind == kind) ++end;
      if (kind != MilexKind::none)
        bar(year, end, y, colour_of(kind), fmt::format("{} {}-{}", name, year, end));
      year = end + 1;
    }
  }
  void table(const TableCoverage& t, double y) {
    text(left - 8, y + cell_height - 4, table_name(t.table), "text-anchor=\"end\"");
    const int from = std::max(t.first, first_), to = std::min(t.last, panel_.last_year);
    const std::string title = fmt::format("{}: {}-{}, {}", table_name(t.table), t.first, t.last,
                                          t.source.empty() ? "as its rows say" : t.source);
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
    text(0, 18, panel_.name.size() > 20 ? "" : panel_.name, "font-weight=\"600\"");
    for (const Shade& s : shades) {
      svg_ += fmt::format("<rect x=\"{:.1f}\" y=\"8\" width=\"14\" height=\"11\" fill=\"{}\"/>", x,
                          s.colour);
      text(x + 19, 18, s.label);
      x += 150;
    }
  }

  const Panel& panel_;
  const PanelCoverage& coverage_;
  int first_;
  std::string svg_;
};

}  // namespace

std::string table_name(const std::string& file) { return file.substr(0, file.rfind('.')); }

std::string coverage_plot(const Panel& panel, const PanelCoverage& coverage, bool alone) {
  return Picture(panel, coverage).draw(alone) + (alone ? "\n" : "");
}

}  // namespace tenbin
