// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/announcement_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tenbin/page/document.hpp"
#include "tenbin/page/palette.hpp"
#include "tenbin/page/style.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr std::array<TrialKind, 3> kinds{TrialKind::announcement, TrialKind::wrong_date,
                                         TrialKind::wrong_state};

/// "+27.9% ± 8.7".
std::string gain_words(const TrialSummary& s) {
  return signed_number(100 * s.gain, 1) + "%" +
         (known(s.error) ? fmt::format(" \u00b1 {:.1f}", 100 * s.error) : "");
}

std::string group_words(const std::string& name) {
  for (std::size_t k = 0; k < promise_kinds; ++k)
    if (name == pledge_kind_names[k]) return promise_words(static_cast<PledgeKind>(k));
  return name;
}

std::string cell(const std::string& text) { return "<td class=\"n\">" + text + "</td>"; }
std::string head(const std::string& text) {
  return "<th scope=\"col\" class=\"n\">" + text + "</th>";
}
std::string row_head(const std::string& text) { return "<th scope=\"row\">" + text + "</th>"; }
std::string part(double x) { return known(x) ? fmt::format("{:.0f}%", 100 * x) : "-"; }
/// A table that is wider than some screens.
std::string table(const std::string& heads, const std::string& rows) {
  return "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" + heads +
         "</tr></thead><tbody>" + rows + "</tbody></table></div>";
}

/// Gains as dots, one line for each group of trials.
class DotPlot {
 public:
  void line(const std::string& name, const std::vector<TrialScore>& scores, const char* colour,
            const Panel& panel) {
    std::map<int, int> stacked;  // dots in a column
    int most = 0;
    for (const TrialScore& s : scores) most = std::max(most, ++stacked[column(s.gain())]);
    const double base = height_ + step * most + 8;
    stacked.clear();
    for (const TrialScore& s : scores) {
      const int at = column(s.gain());
      dots_ += fmt::format(
          "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.4\" fill=\"{}\" "
          "fill-opacity=\"0.75\"><title>{}</title></circle>",
          x(bin * at), base - step * (0.5 + stacked[at]++), colour, escape(title(s, panel)));
    }
    dots_ += fmt::format(
        "<path d=\"M{0} {1:.1f}h{2}\" stroke=\"#cfd4d8\"/><text x=\"{3}\" y=\"{1:.1f}\" "
        "text-anchor=\"end\" fill=\"#5b6269\">{4}</text>",
        left, base, width - left - right, left - 8, escape(name));
    height_ = base;
  }

  std::string svg(const std::string& label) const {
    std::string axis;
    for (const int gain : {-100, -50, 0, 50, 100})
      axis += fmt::format(
          "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" fill=\"#5b6269\">{}</text>",
          x(gain), height_ + 18,
          gain == -100 ? "\u2212100% or less" : signed_number(gain, 0) + "%");
    return fmt::format("<svg viewBox=\"0 0 {} {:.0f}\" role=\"img\" aria-label=\"{}\">", width,
                       height_ + 26, escape(label)) +
           fmt::format("<path d=\"M{:.1f} 0V{:.1f}\" stroke=\"#222\" stroke-dasharray=\"4 3\"/>",
                       x(0), height_) +
           dots_ + axis + "</svg>";
  }

 private:
  static constexpr int width = 900, left = 190, right = 60;
  static constexpr int bin = 2;  // percent
  static constexpr double step = 5;

  static double x(double percent) { return left + (width - left - right) * (percent + 100) / 200; }
  static int column(double gain) {
    return static_cast<int>(std::lround(std::clamp(100 * gain, -100.0, 100.0) / bin));
  }
  static std::string title(const TrialScore& s, const Panel& panel) {
    const Pledge& p = s.trial.pledge;
    return fmt::format("{}, {}, {}: {}%", panel.states[p.state].name, p.pledge, s.trial.origin,
                       signed_number(100 * s.gain(), 0));
  }

  std::string dots_;
  double height_ = 6;
};

class AnnouncementPage {
 public:
  explicit AnnouncementPage(const AnnouncementReport& report) : r_(report) {
    for (const TrialKind kind : kinds)
      for (const TrialScore& s : r_.scores)
        if (s.trial.kind == kind) of_[kind].push_back(s);
  }

  std::string html() const {
    const std::string title = "Do announcements improve the forecast?";
    const std::string body =
        "<header><p class=\"kicker\">tenbin counterfactuals</p><h1>" + escape(verdict()) +
        "</h1><p class=\"soft\">" +
        "For each announced target, two forecasts were made from what was known at the end of "
        "the year of the announcement: one with the announcement and one without. The gain is by "
        "how much the error (CRPS of the logarithm) is smaller with it. \u00b1 is one standard "
        "error; countries of one summit count as dependent.</p></header>\n<main>" +
        dots() + groups() + experiments() + every() + limits() + "</main>";
    return html_document(title, verdict() + ".", Language::english, std::string(page_style), body);
  }

 private:
  const std::vector<TrialScore>& of(TrialKind kind) const {
    static const std::vector<TrialScore> none;
    const auto found = of_.find(kind);
    return found == of_.end() ? none : found->second;
  }
  std::string name(StateIndex i) const { return isolated(r_.panel.states[i].name); }

  /// Plain text.
  std::string verdict() const {
    const TrialSummary real = summary_of(of(TrialKind::announcement));
    if (real.trials == 0) return "No announcement could be scored";
    std::string text =
        fmt::format("Forecasts were better with the announcement in {} {} and worse in {}; gain {}",
                    real.better, real.better == 1 ? "case" : "cases", real.worse, gain_words(real));
    const TrialSummary date = summary_of(of(TrialKind::wrong_date));
    if (date.trials > 0) text += fmt::format(", and {} at wrong dates", gain_words(date));
    return text;
  }

  std::string dots() const {
    DotPlot plot;
    for (std::size_t k = 0; k < promise_kinds; ++k) {
      std::vector<TrialScore> of_kind;
      for (const TrialScore& s : of(TrialKind::announcement))
        if (static_cast<std::size_t>(s.trial.pledge.kind) == k) of_kind.push_back(s);
      if (!of_kind.empty())
        plot.line(promise_words(static_cast<PledgeKind>(k)), of_kind, palette::own, r_.panel);
    }
    plot.line("wrong dates", of(TrialKind::wrong_date), palette::grey, r_.panel);
    plot.line("wrong countries", of(TrialKind::wrong_state), palette::grey, r_.panel);
    return "<section><h2>Each announcement</h2><figure class=\"card\"><figcaption>Gain with the "
           "announcement. Blue: announcements, by who bound whom. Grey: placebos, where nothing "
           "was announced.</figcaption>" +
           plot.svg("Gain of each announcement and each placebo") + "</figure></section>";
  }

  std::string group_table(TrialKind kind) const {
    std::string rows;
    std::vector<TrialGroup> groups = groups_of(r_.scores, kind);
    if (kind == TrialKind::announcement)
      groups.insert(groups.end(), r_.more.begin(), r_.more.end());
    for (const TrialGroup& g : groups) {
      const TrialSummary s = summary_of(g.scores);
      rows += "<tr>" + row_head(escape(group_words(g.name))) + cell(fmt::format("{}", s.trials)) +
              cell(fmt::format("{}", s.better)) + cell(fmt::format("{}", s.worse)) +
              cell(part(s.part_better())) + cell(gain_words(s)) +
              cell(fmt::format("{} of {}", s.pledges_better, s.pledges)) + cell(part(s.moved)) +
              cell(part(s.surprise)) + "</tr>";
    }
    return rows.empty()
               ? "<p>None.</p>"
               : table(row_head("") + head("Cases") + head("Better with") + head("Worse") +
                           head("Better of both") + head("Gain") + head("Announcements better") +
                           head("Median moved up") + head("Outcome above"),
                       rows);
  }

  std::string groups() const {
    return "<section><h2>Announcements and placebos</h2><p class=\"soft\">Median moved up: the "
           "announcement raises the median by more than one standard deviation of the forecast "
           "without it. Outcome above: the outcome lay more than one standard deviation above "
           "that median. An effect that placebos show as often is no effect. A gain below 0.1% is "
           "neither better nor worse: the country had promised as much before.</p><h3>What was "
           "announced</h3>" +
           group_table(TrialKind::announcement) + "<h3>Wrong dates</h3>" +
           group_table(TrialKind::wrong_date) + "<h3>Countries without a promise</h3>" +
           group_table(TrialKind::wrong_state) + "</section>";
  }

  std::string experiments() const {
    if (r_.rows.empty()) return "";
    std::string html =
        "<section><h2>Natural experiments</h2><p class=\"soft\">Forecasts of the share of GDP. "
        "Percentile: the mean percentage of simulations below the outcome (50: as forecast). "
        "Above: the percentage of outcomes above the likely range (80%); 10 are expected.</p>";
    const auto lines = experiment_lines(r_.rows);
    for (std::size_t k = 0; k < r_.experiments.size(); ++k) {
      std::string rows;
      for (const ExperimentLine& l : lines)
        if (l.experiment == k) rows += experiment_row(l);
      if (rows.empty()) continue;
      const Experiment& e = r_.experiments[k];
      html += fmt::format("<h3>{} ({})</h3><p>{} <span class=\"why\">{}.</span></p>",
                          escape(e.title), escape(e.date), escape(e.about), escape(e.source));
      std::string heads = row_head("") + head("Made in") + head("Forecast") + head("Cases");
      for (const char* what : {"Percentile", "Above"})
        for (int h = 1; h <= experiment_years; ++h)
          heads += head(fmt::format("{}, {} year{}", what, h, h > 1 ? "s" : ""));
      html += table(heads, rows);
    }
    return html + "</section>";
  }
  static std::string experiment_row(const ExperimentLine& l) {
    std::string row =
        "<tr>" + row_head(std::string(experiment_group_names[static_cast<std::size_t>(l.group)])) +
        cell(l.before ? "the year before" : "its year") +
        cell(std::string(foresight_names[static_cast<std::size_t>(l.foresight)])) +
        cell(fmt::format("{}", l.cases[0]));
    for (const double x : l.percentile)
      row += cell(known(x) ? fmt::format("{:.0f}", 100 * x) : "-");
    for (const double x : l.above) row += cell(part(x));
    return row + "</tr>";
  }

  std::string every() const {
    std::string rows;
    for (const TrialScore& s : of(TrialKind::announcement)) {
      const Pledge& p = s.trial.pledge;
      const bool share = s.trial.what() == Scored::burden;
      rows += "<tr>" + row_head(name(p.state)) + "<td>" + escape(p.pledge) + "</td>" +
              cell(fmt::format("{}", p.announced)) + cell(fmt::format("{}", p.due())) +
              cell(percent(p.target) + (share ? "" : " a year")) +
              cell(signed_number(100 * s.gain(), 0) + "%") + cell(fmt::format("{}", s.last)) +
              cell(share ? percent(std::exp(s.observed)) : "-") +
              cell(fmt::format("{:.0f}", 100 * s.pit_without)) +
              cell(fmt::format("{:.0f}", 100 * s.pit_with)) + "</tr>";
    }
    if (rows.empty()) return "";
    return "<section><h2>Every announcement</h2><details><summary>Table of all "
           "announcements</summary>" +
           table(row_head("Country") + "<th scope=\"col\">Announcement</th>" + head("Made in") +
                     head("For") + head("Target") + head("Gain") + head("Last year scored") +
                     head("Outcome") + head("Percentile without") + head("Percentile with"),
                 rows) +
           "</details></section>";
  }

  static std::string limits() {
    return "<section class=\"cannot\"><h2>What this does not show</h2><p>A gain says that the "
           "announcement was news for the forecast. It does not say that the announcement caused "
           "the spending: governments announce what they are about to do anyway, and the war of "
           "2022 came between many announcements and their outcomes. Kept promises are easier to "
           "find than broken ones. Announcements of one summit are one test, not many.</p>"
           "</section>";
  }

  const AnnouncementReport& r_;
  std::map<TrialKind, std::vector<TrialScore>> of_;
};

}  // namespace

std::string render_announcements(const AnnouncementReport& report) {
  return AnnouncementPage(report).html();
}

}  // namespace tenbin
