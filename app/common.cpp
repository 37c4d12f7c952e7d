// SPDX-License-Identifier: Apache-2.0
#include "common.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/table.hpp"

namespace tenbin::app {
namespace {

volatile std::sig_atomic_t stop_asked = 0;

}  // namespace

Progress::Progress(std::string doing, bool quiet)
    : doing_(std::move(doing)), on_(!quiet && ::isatty(STDERR_FILENO)) {}
Progress::~Progress() {
  if (on_ && shown_ >= 0) fmt::print(stderr, "\r\033[K");
}
void Progress::show(double part) {
  const std::lock_guard lock(guard_);
  const int percent = static_cast<int>(100 * part);
  if (first_ < 0) first_ = part;
  if (!on_ || percent <= shown_) return;
  shown_ = percent;
  const double spent =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  fmt::print(stderr, "\r{}  {:3d} %  {:.0f} s left \033[K", doing_, percent,
             part > first_ ? spent * (1 - part) / (part - first_) : 0);
  std::fflush(stderr);
}

void watch_for_interruption() {
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { stop_asked = 1; });
}
bool interruption_asked() { return stop_asked != 0; }
void stop_if_asked() {
  if (interruption_asked()) throw Interrupted{};
}

void let_first_rank_speak() {
  if (!first_rank()) std::this_thread::sleep_for(std::chrono::seconds(2));
}

Problems& setting_problems() {
  static Problems problems;
  return problems;
}

void add_common(CLI::App& verb, CommonFlags& flags) {
  flags.quiet = !first_rank();
  add_setting(verb, "threads", flags.threads);
  verb.add_flag("--quiet", flags.quiet, "no progress, no notes");
  verb.parse_complete_callback([] {
    if (!setting_problems().empty()) throw Error(setting_problems(), Error::Reason::usage);
  });
}

void add_fit(CLI::App& verb, FitFlags& flags, bool may_read) {
  std::vector<CLI::Option*> fitting{
      add_setting(verb, "priors", flags.priors),
      add_setting(verb, "chains", flags.options.chains),
      add_setting(verb, "warmup", flags.options.warmup),
      add_setting(verb, "draws", flags.options.draws),
      add_setting(verb, "accept", flags.options.target_accept),
      add_setting(verb, "seed", flags.options.seed),
  };
  if (!may_read) return;
  fitting.push_back(add_setting(verb, "terms", flags.terms));
  CLI::Option* const posterior = verb.add_option(
      "--posterior", flags.posterior, "a posterior that tenbin fit wrote, instead of fitting now");
  for (CLI::Option* flag : fitting) posterior->excludes(flag);
}

std::string printable(std::string text) {
  for (char& c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f) c = '?';
  return text;
}

void show(const Problems& problems) {
  constexpr std::size_t most = 20;
  for (const auto kind : {Problem::Kind::refuse, Problem::Kind::note}) {
    std::size_t count = 0;
    for (const Problem& p : problems) {
      if (p.kind != kind || ++count > most) continue;
      fmt::print(stderr, "{}{}\n", kind == Problem::Kind::note ? "note: " : "",
                 printable(p.text()));
    }
    if (count > most)
      fmt::print(stderr, "... and {} more {}; {} in all.\n", count - most,
                 kind == Problem::Kind::note ? "notes" : "problems", count);
  }
}

void point_to_notes(const Problems& problems, const std::string& what) {
  if (!problems.empty())
    fmt::print(stderr, "{} note{} on the input; tenbin check {} shows {}\n", problems.size(),
               problems.size() > 1 ? "s" : "", what, problems.size() > 1 ? "them" : "it");
}

void show_notes(const Problems& notes) {
  for (const Problem& p : notes) fmt::print(stderr, "warning: {}\n", p.text());
}

Panel panel_to_work_on(const std::string& folder, const std::vector<std::string>& outputs,
                       const FitFlags& fit, const CommonFlags& common) {
  PanelReading reading = read_panel_checked(folder, false);
  if (!reading.panel) throw Error(std::move(reading.problems));
  for (const std::string& out : outputs)
    if (!out.empty()) check_output(out, {folder, fit.priors});
  if (!common.quiet) point_to_notes(reading.problems, folder);
  return std::move(*reading.panel);
}

Posterior fit_aloud(const Panel& panel, const FitOptions& options, const CommonFlags& common,
                    const Journal* journal) {
  Progress progress("fitting", common.quiet);
  Posterior posterior = fit(
      panel, options, common.execution(),
      [&](double part) {
        progress.show(part);
        return !interruption_asked();
      },
      journal);
  stop_if_asked();
  show_notes(health_notes(posterior));
  return posterior;
}

Posterior posterior_of(const Panel& panel, const FitFlags& flags, const CommonFlags& common) {
  if (flags.posterior.empty()) return fit_aloud(panel, options_of(flags, panel), common);
  Posterior posterior = read_posterior_of(flags.posterior, panel, flags.options);
  if (!common.quiet) show_notes(missing_notes(posterior, panel));
  show_notes(health_notes(posterior));
  return posterior;
}

}  // namespace tenbin::app
