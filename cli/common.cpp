// SPDX-License-Identifier: Apache-2.0
#include "common.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/questions/output.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin::cli {
namespace {

/// One line of progress on a terminal; elsewhere one line on what takes more than a minute.
class Progress {
 public:
  explicit Progress(bool terminal) : terminal_(terminal) {}
  ~Progress() { clear(); }
  void show(std::string_view doing, double part) {
    const std::lock_guard lock(guard_);
    if (doing != given_) begin(doing, part);
    const double spent =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    const double left = part > first_ ? spent * (1 - part) / (part - first_) : 0;
    if (terminal_)
      show_line(static_cast<int>(100 * part), left);
    else if (spent > 3 && left > 60 && !std::exchange(told_, true))
      print_error("{}: about {} left\n", doing_,
                  left < 7200 ? fmt::format("{:.0f} minutes", left / 60)
                              : fmt::format("{:.0f} hours", left / 3600));
  }

 private:
  void show_line(int percent, double left) {
    if (percent <= shown_) return;
    shown_ = percent;
    tell_bytes(fmt::format("\r{}  {:3d} %  {:.0f} s left \033[K", doing_, percent, left));
  }
  void clear() {
    if (shown_ >= 0) tell_bytes("\r\033[K");
    shown_ = -1;
  }
  void begin(std::string_view doing, double part) {
    clear();
    given_ = doing;
    doing_ = printable(doing, LineEnds::replaced);
    first_ = part;
    begin_ = std::chrono::steady_clock::now();
    told_ = false;
  }

  bool terminal_, told_ = false;
  std::mutex guard_;
  std::string given_, doing_;  // what is being done, as called and as shown
  int shown_ = -1;
  double first_ = 0;  // part at the first call: what an earlier run had done
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace

Work::Observer progress_observer(const Flags& flags) {
  const auto progress =
      flags.quiet ? nullptr : std::make_shared<Progress>(::isatty(STDERR_FILENO) != 0);
  return [progress](std::string_view doing, double part) {
    hold_interruption();
    if (progress) progress->show(doing, part);
    return !interruption_asked();
  };
}

void let_first_rank_speak() {
  if (!first_rank()) std::this_thread::sleep_for(std::chrono::seconds(2));
}

std::vector<CLI::Option*> add_settings(CLI::App& verb, Flags& flags,
                                       const std::vector<std::string>& names) {
  std::vector<CLI::Option*> options;
  for (const std::string& name : names) {
    const SettingSpec& row = *find_setting(name);
    const std::string flag = "--" + name;
    const auto read = [name, &flags](const std::string& text) {
      set(flags.settings, name, text, flags.wrong);
    };
    if (row.is_flag())
      options.push_back(verb.add_flag_callback(
          flag, [read] { read("1"); }, std::string(row.meaning)));
    else
      options.push_back(verb.add_option_function<std::string>(flag, read, std::string(row.meaning))
                            ->type_name(range_text(row)));
  }
  return options;
}

void add_common(CLI::App& verb, Flags& flags) {
  flags.quiet = !first_rank();
  verb.add_flag("--quiet", flags.quiet, "no progress, no notes");
  verb.parse_complete_callback([&flags] {
    if (!flags.wrong.empty()) throw Error(flags.wrong, Error::Reason::usage);
  });
}

void add_posterior(CLI::App& verb, Flags& flags) {
  const auto fitting = add_settings(verb, flags, words_of(fit_setting_names));
  CLI::Option* const posterior = verb.add_option(
      "--posterior", flags.posterior, "a posterior that tenbin fit wrote, instead of fitting now");
  for (CLI::Option* flag : fitting) posterior->excludes(flag);
}

void show(const Problems& problems) {
  constexpr std::size_t most = 20;
  for (const auto kind : {Problem::Kind::refuse, Problem::Kind::note}) {
    std::size_t count = 0;
    for (const Problem& p : problems) {
      if (p.kind != kind || ++count > most) continue;
      print_error("{}{}\n", kind == Problem::Kind::note ? "note: " : "", p.text());
    }
    if (count > most)
      print_error("... and {} more {}; {} in all.\n", count - most,
                  kind == Problem::Kind::note ? "notes" : "problems", count);
  }
}

void point_to_notes(const Problems& problems, const std::string& what) {
  // tenbin check alone shows notes on tables that need no correction
  const auto count = std::ranges::count_if(problems, [](const Problem& p) {
    return !p.mend.empty() || p.where.find(".toml:") != std::string::npos;
  });
  if (count > 0)
    print_error("{} note{} on the input; tenbin check {} shows {}\n", count, count > 1 ? "s" : "",
                what, count > 1 ? "them" : "it");
}

void show_notes(const Problems& notes) {
  for (const Problem& p : notes) print_error("warning: {}\n", p.text());
}

Panel panel_to_work_on(const std::string& name, const Flags& flags) {
  const std::string folder = shipped_or(name);
  if (std::filesystem::is_regular_file(folder))
    throw Error(
        {{name, "this is a file, and a panel is a folder",
          name.ends_with(".toml")  ? "Give the folder that the scenario's `panel` names"
          : name.ends_with(".fit") ? "Give the panel's folder, and the posterior as --posterior"
                                   : "Give the folder of panel.toml"}});
  PanelReading reading = read_panel_checked(folder);
  if (!reading.panel) throw Error(std::move(reading.problems));
  if (!flags.quiet) point_to_notes(reading.problems, folder);
  return std::move(*reading.panel);
}

Posterior fit_with_progress(const Past& past, const FitOptions& options, const Flags& flags,
                            const Journal* journal) {
  Work work;
  work.execution = flags.execution();
  work.observer = progress_observer(flags);
  Posterior posterior = fit(past, options, work.execution, work.begin("fitting"), journal);
  work.finish();
  show_notes(health_notes(posterior));
  return posterior;
}

std::shared_ptr<const Posterior> posterior_of(const Past& past, const Flags& flags) {
  const FitSettings settings = fit_settings(flags.settings);
  if (flags.posterior.empty()) {
    show_notes(counted_twice_notes(settings.priors, past.panel()));
    return std::make_shared<const Posterior>(
        fit_with_progress(past, options_of(settings, past), flags));
  }
  auto posterior = std::make_shared<const Posterior>(read_setting("posterior", [&] {
    return read_posterior_of(flags.posterior, past.panel(), settings.options);
  }));
  if (!flags.quiet) show_notes(missing_notes(*posterior, past));
  if (posterior->asked.priors.name == "world")
    show_notes(counted_twice_notes("world", past.panel()));
  show_notes(health_notes(*posterior));
  return posterior;
}

Runs runs_of(const std::vector<std::string>& scenarios, const Flags& flags) {
  Problems problems;
  std::vector<std::string> paths;
  for (const std::string& name : scenarios) paths.push_back(shipped_or(name));
  Runs runs = read_runs(paths, problems);
  if (refuses(problems)) throw Error(std::move(problems));
  if (!flags.quiet) {
    point_to_notes(problems, fmt::format("{}", fmt::join(scenarios, " ")));
    show(runs.notes);
  }
  schedule_runs(runs, flags.settings.futures, flags.settings.seed);
  return runs;
}

std::vector<std::filesystem::path> inputs_of(const Runs& runs) {
  std::vector<std::filesystem::path> inputs = runs.files;
  inputs.emplace_back(runs.scenarios[0].panel_folder);
  return inputs;
}

void check_outputs(const Flags& flags, std::vector<std::filesystem::path> inputs) {
  std::vector<std::string> outputs;
  if (!flags.out.empty() && flags.out != "-") outputs.push_back(flags.out);
  inputs.emplace_back(flags.posterior);
  if (flags.settings.priors) inputs.emplace_back(*flags.settings.priors);
  for (const SettingSpec& row : setting_table()) {
    const auto path =
        row.file == SettingSpec::File::none ? std::nullopt : text_of(flags.settings, row);
    if (!path) continue;
    if (row.file != SettingSpec::File::written) {
      inputs.emplace_back(*path);
      continue;
    }
    outputs.push_back(*path);
  }
  std::set<std::string> names;
  for (const std::string& out : outputs) {
    // the one file of a panel's folder that is written, never read
    const bool scorecard = std::filesystem::path(out).filename() == "scorecard.toml";
    check_output(out, scorecard ? std::vector<std::filesystem::path>{} : inputs);
    if (std::error_code ignored;
        !flags.quiet && first_rank() && std::filesystem::is_regular_file(out, ignored))
      show({{out, "is there already; it is replaced when this ends", "", Problem::Kind::note}});
    if (!names.insert(out).second)
      throw Error({{out, "two outputs have one name", "Give each its own"}});
  }
  for (const SettingSpec& row : setting_table())
    if (const auto path = text_of(flags.settings, row); path && !row.ending.empty())
      require_ending(*path, row.ending);
}

}  // namespace tenbin::cli
