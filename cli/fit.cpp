// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "common.hpp"
#include "tenbin/fit/reading.hpp"
#include "tenbin/io/checkpoint_file.hpp"
#include "tenbin/questions/output.hpp"
#include "tenbin/questions/questions.hpp"
#include "tenbin/questions/text.hpp"

namespace tenbin::cli {
namespace fit_verb {

struct FitFlags : Flags {
  std::string panel;
};

/// The terms of today's equation that a fit goes without.
std::vector<std::string> left_away(const FitOptions& o) {
  std::vector<std::string> terms;
  for (const TermSpec& t : equation_terms)
    if (t.standard && std::ranges::find(o.without, t.name) != o.without.end())
      terms.emplace_back(t.name);
  return terms;
}

void print_asked(const Panel& panel, const FitOptions& o) {
  const auto without = left_away(o);
  print_out(
      "asked     panel {}, figures up to {}; priors {}; seed {}; {} chains of {} + {} "
      "iterations, acceptance {}{}{}{}{}\n",
      panel.name, panel.last_year, o.priors.name, o.seed, o.chains, o.warmup, o.draws,
      o.target_accept, without.empty() ? "" : "; without ", fmt::join(without, ", "),
      o.leave_out.empty() ? "" : "; left out ", provenance(panel, o)["left_out"]);
}

void print_terms(const Posterior& p) {
  print_out("\nWhat the fit says, and where that comes from:\n");
  for (const TermReading& t : read_terms(p)) {
    print_out("  {:<12} {}\n", t.term, with_minus(t.sentence));
    if (t.parameter.empty()) continue;
    print_out("  {:<12} {}from {} (the prior's share is {:.0f} %)\n", "",
              t.signed_effect ? fmt::format("above 0 with {:.0f} %; ", 100 * t.positive) : "",
              share_words(t.prior_share), 100 * std::min(1.0, t.prior_share));
    if (!t.placebo.empty()) print_out("  {:<12} placebo: {}\n", "", t.placebo);
  }
}

nlohmann::ordered_json json_of(const Panel& panel, const Posterior& p) {
  nlohmann::ordered_json terms = nlohmann::ordered_json::array(), table = terms;
  for (const TermReading& t : read_terms(p)) {
    nlohmann::ordered_json term{{"term", t.term}, {"says", t.sentence}};
    if (t.parameter.empty()) {
      term["switched_off"] = true;
    } else {
      term["parameter"] = t.parameter;
      if (t.signed_effect) term["above_0"] = t.positive;
      term["prior_share"] = t.prior_share;
      term["from"] = share_words(t.prior_share);
      if (!t.placebo.empty()) term["placebo"] = t.placebo;
    }
    terms.push_back(std::move(term));
  }
  for (const GlobalSummary& line : global_summaries(p)) {
    const Summary& s = *line.summary;
    table.push_back({{"parameter", line.name},
                     {"mean", s.mean},
                     {"sd", s.sd},
                     {"q05", s.q05},
                     {"median", s.median},
                     {"q95", s.q95},
                     {"rhat", s.rhat},
                     {"ess_bulk", s.ess_bulk},
                     {"ess_tail", s.ess_tail},
                     {"prior_driven", line.prior_driven}});
  }
  const auto health = [](const Health& h, int rows) {
    return nlohmann::ordered_json{{"rows", rows},
                                  {"draws", h.draws},
                                  {"rhat_max", h.rhat_max},
                                  {"ess_bulk_min", h.ess_bulk_min},
                                  {"ess_tail_min", h.ess_tail_min},
                                  {"divergences", h.divergences},
                                  {"max_depth_hits", h.max_depth_hits}};
  };
  return {{"format", 1},
          {"asked", provenance(panel, p.asked)},
          {"done",
           {{"spending", health(p.spending_health, p.rows_spending)},
            {"economy", health(p.economy_health, p.rows_economy)}}},
          {"terms", terms},
          {"parameters", table}};
}

/// Everything that decides the bits of a fit.
std::string key_of(const Panel& panel, const FitOptions& options) {
  std::string key;
  for (const auto& [name, value] : provenance(panel, options)) key += name + "=" + value + "\n";
  for (const Priors* priors : {&options.priors.spending, &options.priors.economy})
    for (const Prior& p : *priors)
      key += fmt::format("{} {} {}\n", p.kind == Prior::Kind::normal ? "N" : "G", p.a, p.b);
  return key;
}

constexpr std::chrono::seconds between_saves{1};

/// A journal that leaves its parts in a checkpoint, each chain's every second.
class Keeper {
 public:
  Keeper(CheckpointFile& file, int chains)
      : last_(2 * static_cast<std::size_t>(chains), Clock::now()) {
    journal_.done = file.done();
    journal_.due = [this](const std::string& equation, int chain) {
      Clock::time_point& last = last_[2 * static_cast<std::size_t>(chain) +
                                      (equation == equation_name(Equation::economy))];
      if (Clock::now() - last < between_saves) return false;
      last = Clock::now();
      return true;
    };
    journal_.save = [&file](const ChainPart& part) { file.append(part); };
  }
  const Journal& journal() const { return journal_; }

 private:
  using Clock = std::chrono::steady_clock;
  Journal journal_;
  std::vector<Clock::time_point> last_;  // [chain][equation]
};

Posterior fit_with_checkpoint(const Past& past, const FitOptions& options, const FitFlags& flags) {
  hold_interruption();
  const std::filesystem::path path = flags.out + ".checkpoint";
  CheckpointFile checkpoint(path, key_of(past.panel(), options));
  if (!flags.settings.resume && !checkpoint.done().empty())
    throw Error({{path.string(), "a fit to this output was interrupted and can be continued",
                  "Give --resume to go on, or remove the file to begin anew"}});
  const Keeper keeper(checkpoint, options.chains);
  try {
    Posterior posterior = fit_with_progress(past, options, flags, &keeper.journal());
    write_posterior_of(flags.out, posterior, past);
    checkpoint.remove();
    return posterior;
  } catch (const Error& error) {
    std::error_code ignored;
    if (error.reason != Error::Reason::output || !std::filesystem::exists(path, ignored)) throw;
    Problems problems = error.problems;
    problems.push_back({path.string(), "what was done is kept here",
                        "The same command with --resume writes it, without fitting again"});
    throw Error(std::move(problems), error.reason);
  } catch (const Stopped&) {
    if (!std::filesystem::exists(path)) throw;
    throw Stopped{fmt::format("what was done is in {}; the same command with --resume goes on",
                              path.string())};
  }
}

void run(const FitFlags& flags) {
  const Settings& s = flags.settings;
  Panel whole = panel_to_work_on(flags.panel, flags);
  check_outputs(flags, {flags.panel});
  require_fit_name(flags.out);
  const auto [past, options] =
      fit_plan(past_of(std::move(whole)), fit_settings(s), s.as_of.value_or(0),
               s.without.value_or(""), s.leave_out.value_or(""));
  show_notes(counted_twice_notes(fit_settings(s).priors, past->panel()));
  const Posterior posterior = fit_with_checkpoint(*past, options, flags);
  if (flags.json) return print_data(screen_json(json_of(past->panel(), posterior).dump(2)) + "\n");
  print_asked(past->panel(), options);
  print_out("{}\n", health_line(posterior));
  print_terms(posterior);
  print_out("{}", summary_text(posterior));
}

}  // namespace fit_verb

void add_fit(CLI::App& program) {
  using namespace fit_verb;
  auto flags = std::make_shared<FitFlags>();
  CLI::App& verb =
      *program.add_subcommand("fit", "figures to posterior: who arms in response to whom");
  verb.add_option("PANEL", flags->panel, "a panel's folder")->required();
  verb.add_option("-o,--out", flags->out, ".fit file to write; tenbin export makes netCDF of it")
      ->required();
  verb.add_flag("--json", flags->json, "the summary as JSON");
  add_settings(verb, *flags, words_of(fit_setting_names));
  add_settings(verb, *flags, {"without", "leave-out", "as-of", "resume", "threads"});
  add_common(verb, *flags);
  verb.callback([flags] { run(*flags); });
}

}  // namespace tenbin::cli
