// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <map>

#include "tenbin/evidence/measures.hpp"
#include "tenbin/io/finding_file.hpp"
#include "tenbin/io/nearest.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/read_file.hpp"
#include "tenbin/page/gallery_page.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/output.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin {
namespace {

namespace fs = std::filesystem;

fs::path gallery_folder() { return data_folder() / "gallery"; }

/// Names of the findings that are shipped, in order.
std::vector<std::string> shipped_findings() {
  std::vector<std::string> names;
  std::error_code none;
  if (!fs::is_directory(gallery_folder(), none)) return names;
  for (const fs::path name : names_in(gallery_folder()))
    if (name.extension() == ".toml") names.push_back(name.stem().string());
  std::ranges::sort(names);
  return names;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list)
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

/// The files of the findings that were asked for.
std::vector<fs::path> files_of(const std::optional<std::string>& asked, Problems& problems) {
  const std::vector<std::string> shipped = shipped_findings();
  if (shipped.empty() && !asked)
    problems.push_back({gallery_folder().string(), "holds no findings",
                        "Install tenbin anew, or name the TOML file of a finding"});
  std::vector<fs::path> files;
  for (const std::string& name : asked ? split(*asked) : shipped) {
    if (std::ranges::find(shipped, name) != shipped.end()) {
      files.push_back(gallery_folder() / (name + ".toml"));
    } else if (name.ends_with(".toml")) {
      files.emplace_back(name);
    } else {
      const std::string near = nearest(name, shipped);
      problems.push_back(
          {"--findings", fmt::format("there is no finding \"{}\"", name),
           near.empty() ? fmt::format("Name one of {}, or a TOML file", fmt::join(shipped, ", "))
                        : fmt::format("Did you mean \"{}\"?", near)});
    }
  }
  return files;
}

/// Findings of the literature, computed again.
struct Gallery {
  static constexpr QuestionSpec spec{
      .name = "gallery",
      .settings = "findings world catalogue page toml",
      .summary = "findings of the literature computed again: which of them these figures confirm",
      .words = "findings"};

  explicit Gallery(const Inputs& inputs);
  void answer(Work& work);
  TidyTable table() const;
  std::string text() const;
  std::vector<TextFile> files() const;
  Problems notes() const;
  /// Whether every finding that was run has the verdict that its file states.
  bool holds() const {
    return std::ranges::all_of(shown,
                               [](const ShownFinding& f) { return !f.run || f.as_stated(); });
  }

  bool is_there(FindingPanel panel) const {
    return panel == FindingPanel::none || folders.contains(panel);
  }
  void read_panels();
  void fit_where_needed(Work& work);

  std::vector<Finding> findings;
  std::map<FindingPanel, std::string> folders;  // of the panels that there are
  std::map<FindingPanel, std::shared_ptr<const Past>> pasts;
  std::map<FindingPanel, Posterior> posteriors;
  std::vector<PlaceboVerdict> placebos;
  std::string page, toml;
  std::vector<ShownFinding> shown;
};

Gallery::Gallery(const Inputs& inputs)
    : page(inputs.settings.page.value_or("")), toml(inputs.settings.toml.value_or("")) {
  const Settings& s = inputs.settings;
  folders[FindingPanel::embedded] = (data_folder() / "east-asia").string();
  if (s.world) folders[FindingPanel::world] = shipped_or(*s.world);
  if (s.catalogue) folders[FindingPanel::catalogue] = shipped_or(*s.catalogue);
  Problems problems;
  const std::vector<fs::path> files = files_of(s.findings, problems);
  for (const fs::path& file : files)
    if (auto finding = read_finding(file, computation_spec, computation_names(), problems)) {
      if (!finding->recorded && !is_there(finding->panel))
        problems.push_back({file.string(),
                            "the finding has no recorded result, and its panel is not here",
                            fmt::format("Give the panel with --{}",
                                        finding_panel_names[static_cast<int>(finding->panel)])});
      findings.push_back(std::move(*finding));
    }
  for (std::size_t k = 0; k < findings.size(); ++k)
    for (std::size_t other = 0; other < k; ++other)
      if (findings[other].id == findings[k].id)
        problems.push_back({findings[k].id, "the finding is named twice", "Name it once"});
  if (!problems.empty()) throw Error(std::move(problems));
  for (const std::string* out : {&page, &toml})
    if (!out->empty()) check_output(*out, files);
  read_panels();
}

/// The pasts of the panels that are here and that a finding needs.
void Gallery::read_panels() {
  for (const auto& [panel, folder] : folders) {
    const FindingPanel wanted = panel;
    if (std::ranges::none_of(findings, [&](const Finding& f) { return f.panel == wanted; }))
      continue;
    pasts[panel] = past_of(read_setting(finding_panel_names[static_cast<int>(panel)],
                                        [&, of = folder] { return read_panel(of); }));
  }
}

/// Fits the panels of the findings whose computation needs a fit.
void Gallery::fit_where_needed(Work& work) {
  for (const Finding& f : findings) {
    if (!computation_spec(f.computation)->posterior || !is_there(f.panel) ||
        posteriors.contains(f.panel))
      continue;
    const Past& past = *pasts.at(f.panel);
    posteriors[f.panel] =
        fit(past, options_of(FitSettings{}, past), work.execution, work.begin("fitting"));
    work.finish();
  }
}

void Gallery::answer(Work& work) {
  placebos = priors_of("world").placebos;
  fit_where_needed(work);
  const auto observer = work.begin("computing findings");
  shown.resize(findings.size());
  std::vector<Problems> refused(findings.size());
  std::atomic<int> done{0};
  std::atomic<bool> stopped{false};
  for_each_block(work.execution, static_cast<int>(findings.size()), [&](int k, int) {
    if (stopped) return;
    const Finding& f = findings[k];
    ShownFinding& s = shown[k];
    s = {.finding = f,
         .unit = std::string(computation_spec(f.computation)->unit),
         .run = is_there(f.panel)};
    const auto past = pasts.find(f.panel);
    const auto posterior = posteriors.find(f.panel);
    if (s.run) try {
        s.computed =
            compute(f, {.past = past == pasts.end() ? nullptr : past->second.get(),
                        .posterior = posterior == posteriors.end() ? nullptr : &posterior->second,
                        .placebos = placebos,
                        .execution = {.threads = 1}});
        s.release = past == pasts.end() ? "" : past->second->panel().vintage;
      } catch (const Error& error) {
        for (Problem p : error.problems) {
          p.where = f.id + ", " + p.where;
          refused[k].push_back(std::move(p));
        }
      }
    else
      s.computed = f.found.computed, s.release = f.found.release;
    s.verdict = judge(f.expected, s.computed);
    if (!observer(static_cast<double>(++done) / static_cast<double>(findings.size())))
      stopped = true;
  });
  work.finish();
  Problems problems;
  for (Problems& some : refused) problems.insert(problems.end(), some.begin(), some.end());
  if (!problems.empty()) throw Error(std::move(problems));
}

double closed(double end) { return std::isfinite(end) ? end : missing; }

/// Columns finding, figure (result, or a figure beside it), claim, authors, year, panel, state (run
/// now; recorded, not run now), release, unit, expected_low, expected_high, estimate, error, low,
/// high (of the interval of 90 %), cases, verdict, stated, recorded_estimate, recorded_error.
TidyTable Gallery::table() const {
  TidyTable table;
  for (const char* name : {"finding", "figure", "claim", "authors"}) table.text(name);
  table.integer("year");
  for (const char* name : {"panel", "state", "release", "unit"}) table.text(name);
  for (const char* name :
       {"expected_low", "expected_high", "estimate", "error", "low", "high", "cases"})
    table.number(name);
  table.text("verdict");
  table.text("stated");
  for (const char* name : {"recorded_estimate", "recorded_error"}) table.number(name);
  for (const ShownFinding& s : shown) {
    const Finding& f = s.finding;
    const auto add = [&](const std::string& figure, const Computed& c, bool result) {
      table << f.id << figure << f.claim << f.authors << f.year
            << finding_panel_names[static_cast<int>(f.panel)]
            << (s.run ? "run now" : "recorded, not run now") << s.release
            << (result ? s.unit : std::string()) << (result ? closed(f.expected.low) : missing)
            << (result ? closed(f.expected.high) : missing) << c.estimate << c.error << c.low()
            << c.high() << (result ? static_cast<double>(c.cases) : missing)
            << (result ? verdict_name(s.verdict) : "") << (result ? verdict_name(f.verdict) : "")
            << (result ? f.found.computed.estimate : missing)
            << (result ? f.found.computed.error : missing);
    };
    add("result", s.computed, true);
    for (const ComputedFigure& x : s.computed.figures)
      add(x.name, {.estimate = x.value, .error = x.error}, false);
  }
  return table;
}

std::string Gallery::text() const {
  std::string text;
  for (const ShownFinding& s : shown) {
    const Finding& f = s.finding;
    say(text, "{} ({}, {}): {}{}\n", f.id, f.authors, f.year, verdict_name(s.verdict),
        s.run ? "" : "  [recorded, not run now]");
    say(text, "  {}\n  Expected: {}\n  Found: {}\n", f.claim, f.expected.words, result_words(s));
    say(text, "  {}\n", f.why);
    for (const ComputedFigure& x : s.computed.figures)
      if (shown.size() == 1) say(text, "    {}: {}\n", x.name, figure_words(x));
    if (!s.as_stated())
      say(text, "  Its file states another verdict: {}.\n", verdict_name(f.verdict));
    text += "\n";
  }
  return text + gallery_words(shown) + "\n";
}

std::vector<TextFile> Gallery::files() const {
  std::vector<TextFile> files;
  if (!page.empty()) files.push_back({page, render_gallery(shown)});
  if (!toml.empty()) {
    std::string text;
    for (const ShownFinding& s : shown)
      if (s.run) text += found_text(s.finding, s.computed, s.release) + "\n";
    files.push_back({toml, text});
  }
  return files;
}

/// Which findings were not run, and what they need.
Problems Gallery::notes() const {
  Problems notes;
  for (const FindingPanel panel : {FindingPanel::world, FindingPanel::catalogue}) {
    const auto waiting = std::ranges::count_if(
        shown, [&](const ShownFinding& s) { return !s.run && s.finding.panel == panel; });
    const std::string_view name = finding_panel_names[static_cast<int>(panel)];
    if (waiting > 0)
      notes.push_back(
          {"gallery",
           fmt::format("{} {} recorded, not run: the panel \"{}\" is not part of tenbin", waiting,
                       waiting == 1 ? "finding is" : "findings are", name),
           fmt::format("Give its folder with --{} (docs/gallery.md)", name), Problem::Kind::note});
  }
  for (const ShownFinding& s : shown)
    if (s.run && !s.as_stated())
      notes.push_back({s.finding.id,
                       fmt::format("the verdict is now \"{}\"; the file states \"{}\"",
                                   verdict_name(s.verdict), verdict_name(s.finding.verdict)),
                       "Look at the figures, then correct the file's [found] and [verdict]",
                       Problem::Kind::note});
  return notes;
}

}  // namespace

QuestionEntry gallery_question() { return entry_of<Gallery>(); }

}  // namespace tenbin
