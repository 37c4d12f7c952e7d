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
#include "tenbin/io/text_file.hpp"

namespace tenbin::app {
namespace {

volatile std::sig_atomic_t stop_asked = 0;

}  // namespace

std::filesystem::path data_folder() {
  if (const char* folder = std::getenv("TENBIN_DATA")) return folder;
  return TENBIN_DATA_FOLDER;
}

std::filesystem::path world_priors(int year) {
  return data_folder() / "priors" / "as-of" / fmt::format("{}.toml", year);
}

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

void add_common(CLI::App& verb, CommonFlags& flags) {
  flags.quiet = !first_rank();
  verb.add_option("--threads", flags.threads, "threads; 0 is one for each core")
      ->check(CLI::Range(0, 1024));
  verb.add_flag("--quiet", flags.quiet, "no progress, no notes");
}

CLI::Option* add_terms(CLI::App& verb, FitFlags& flags) {
  return verb
      .add_option("--terms", flags.terms,
                  "standard (default; chosen by the scoreboard), reference (those of the reference "
                  "posteriors) or all")
      ->check(CLI::IsMember({"standard", "reference", "all"}));
}

TermSet term_set(const FitFlags& flags) {
  return static_cast<TermSet>(std::ranges::find(term_set_names, flags.terms) -
                              term_set_names.begin());
}

void add_fit(CLI::App& verb, FitFlags& flags, bool may_read) {
  std::vector<CLI::Option*> fitting{
      verb.add_option("--priors", flags.priors,
                      "world (default), wide, or a file that tenbin priors wrote"),
      verb.add_option("--chains", flags.options.chains, "chains")->check(CLI::Range(1, 64)),
      verb.add_option("--warmup", flags.options.warmup, "iterations a chain that tune the sampler")
          ->check(CLI::Range(20, 1000000)),
      verb.add_option("--draws", flags.options.draws, "draws a chain")
          ->check(CLI::Range(4, 1000000)),
      verb.add_option("--accept", flags.options.target_accept,
                      "acceptance the step size aims at; raise it when draws diverge")
          ->check(CLI::Range(0.5, 0.999)),
      verb.add_option("--seed", flags.options.seed, "seed of the sampler")
          ->check(CLI::NonNegativeNumber)};
  if (!may_read) return;
  fitting.push_back(add_terms(verb, flags));
  CLI::Option* posterior = verb.add_option(
      "--posterior", flags.posterior, "a posterior that tenbin fit wrote, instead of fitting now");
  for (CLI::Option* option : fitting) posterior->excludes(option);
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

void check_output(const std::filesystem::path& out,
                  const std::vector<std::filesystem::path>& inputs) {
  std::error_code ignored;
  const auto refuse = [&](std::string what, std::string mend) {
    throw Error({{out.string(), std::move(what), std::move(mend)}}, Error::Reason::output);
  };
  const auto folder = out.has_parent_path() ? out.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder, ignored))
    refuse(fmt::format("cannot be written: there is no folder {}", folder.string()),
           "Make it first");
  for (const auto& input : inputs) {
    const bool table = std::filesystem::is_directory(input, ignored) &&
                       std::filesystem::exists(out, ignored) &&
                       std::filesystem::equivalent(folder, input, ignored);
    if (table || std::filesystem::equivalent(out, input, ignored))
      refuse("this file is one that the command reads",
             "Give another name, so that nothing is lost");
  }
  name_beside(out);  // throws where `out` is no file
}

void warn_of_health(const Posterior& p) {
  for (const Health* h : {&p.spending_health, &p.economy_health})
    if (!healthy(*h)) {
      fmt::print(stderr,
                 "warning: the chains have not mixed well enough to trust; give more --draws or "
                 "--warmup\n{}\n",
                 health_line(p));
      return;
    }
}

PriorSet priors_of(const std::string& name) {
  if (name == "wide") return {};
  PriorsFile file = read_priors(name == "world" ? data_folder() / "priors" / "world.toml"
                                                : std::filesystem::path(name));
  return {file.name, std::move(file.spending), std::move(file.economy)};
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

FitOptions options_of(const FitFlags& flags, const Panel& panel) {
  FitOptions options = flags.options;
  options.without = switched_off(term_set(flags), panel);
  options.priors = priors_of(flags.priors);
  return options;
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
  warn_of_health(posterior);
  return posterior;
}

std::vector<std::string> pieces(const std::string& list) {
  std::vector<std::string> result;
  std::stringstream in(list);
  for (std::string piece; std::getline(in, piece, ',');) result.push_back(piece);
  return result;
}

std::vector<StateIndex> states_named(const std::string& text, const Panel& panel,
                                     const std::string& flag) {
  std::vector<std::string> ids;
  if (std::filesystem::is_directory(text))
    for (const State& s : read_panel(text).states) ids.push_back(s.id);
  else
    ids = pieces(text);
  std::vector<StateIndex> states;
  Problems problems;
  for (const std::string& id : ids) {
    if (const auto found = panel.find(id))
      states.push_back(*found);
    else
      problems.push_back({flag, fmt::format("state \"{}\" is not in the panel", id),
                          unknown_state_mend(id, panel)});
  }
  if (!problems.empty()) throw Error(std::move(problems));
  return states;
}

std::vector<std::string> terms_named(const std::string& list, const std::string& flag) {
  Problems problems;
  std::vector<std::string> names = pieces(list);
  std::erase(names, "");
  for (const std::string& name : names)
    if (std::ranges::find(spending_terms, name, &TermSpec::name) == spending_terms.end())
      problems.push_back({flag, fmt::format("\"{}\" is no term that can be switched off", name),
                          "Terms: " + term_list()});
  if (!problems.empty()) throw Error(std::move(problems));
  std::vector<std::string> ordered;  // each once, in the table's order
  for (const TermSpec& t : spending_terms)
    if (std::ranges::find(names, t.name) != names.end()) ordered.emplace_back(t.name);
  return ordered;
}

std::string term_list() {
  std::string list;
  for (const TermSpec& t : spending_terms) list += (list.empty() ? "" : ", ") + std::string(t.name);
  return list;
}

Posterior posterior_of(const Panel& panel, const FitFlags& flags, const CommonFlags& common) {
  if (flags.posterior.empty()) return fit_aloud(panel, options_of(flags, panel), common);
  PosteriorFile file = read_posterior(flags.posterior);
  require_of_panel(file, panel, flags.posterior);
  Posterior posterior{.spending = std::move(file.spending),
                      .economy = std::move(file.economy),
                      .asked = flags.options};
  posterior.asked.chains = posterior.spending.chains;
  posterior.asked.draws = posterior.spending.draws_per_chain;
  const std::string& priors = file.attributes["priors"];
  if (priors == "world") posterior.asked.priors = priors_of(priors);
  posterior.asked.priors.name = priors;
  std::stringstream without(file.attributes["without"]);
  for (std::string term; without >> term;) posterior.asked.without.push_back(term);
  for (Column& c : posterior.spending.columns)
    c.fixed =
        std::ranges::find(posterior.asked.without,
                          spending_parameters[parameter_index(spending_parameters, c.name)].term) !=
        posterior.asked.without.end();
  if (const auto off = missed(posterior.asked.without, panel); !off.empty() && !common.quiet)
    fmt::print(stderr, "note: this fit was made without {}; futures do not answer to that\n",
               fmt::join(off, ", "));
  summarise(posterior);
  warn_of_health(posterior);
  return posterior;
}

std::map<std::string, std::string> provenance(const Panel& panel, const FitOptions& o) {
  std::string left_out;
  for (const StateIndex i : o.leave_out)
    left_out += (left_out.empty() ? "" : " ") + panel.states[i].id;
  return {{"creator", creator},
          {"panel", panel.name},
          {"panel_hash", panel.hash},
          {"vintage", panel.vintage},
          {"last_year", std::to_string(panel.last_year)},
          {"priors", o.priors.name},
          {"seed", std::to_string(o.seed)},
          {"chains", std::to_string(o.chains)},
          {"warmup", std::to_string(o.warmup)},
          {"draws", std::to_string(o.draws)},
          {"target_accept", fmt::format("{}", o.target_accept)},
          {"left_out", left_out},
          {"without", fmt::format("{}", fmt::join(o.without, " "))}};
}

std::string health_line(const Posterior& p) {
  const auto one = [](const char* name, const Health& h, int rows) {
    return fmt::format(
        "{:<9} {} draws{}; R-hat at most {:.4f} ({}); effective draws at least {:.0f} ({}); "
        "divergences {}{}",
        name, h.draws, rows ? fmt::format(", {} rows", rows) : "", h.rhat_max, h.rhat_worst,
        h.ess_bulk_min, h.ess_worst, h.divergences,
        h.max_depth_hits
            ? fmt::format("; {} trajectories were cut at the largest depth", h.max_depth_hits)
            : "");
  };
  return one("spending", p.spending_health, p.rows_spending) + "\n" +
         one("economy", p.economy_health, p.rows_economy);
}

}  // namespace tenbin::app
