// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "common.hpp"
#include "tenbin/io/checkpoint_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/posterior_file.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/study/reading.hpp"

namespace tenbin::app {
namespace fit_verb {

/// A global parameter of a fit, as the table shows it.
struct Line {
  std::string name;  // "spending.rival_mean"
  const Summary* summary;
  bool prior_driven;
};
std::vector<Line> lines_of(const Posterior& p) {
  std::vector<Line> lines;
  for (const Equation equation : {Equation::spending, Equation::economy}) {
    const auto& summaries = equation == Equation::spending ? p.spending_summary : p.economy_summary;
    for (std::size_t k = 0; k < global_count(equation); ++k) {
      const ParameterSpec& spec = parameters(equation)[k];
      if (std::ranges::find(p.asked.without, spec.term) != p.asked.without.end()) continue;
      lines.push_back({fmt::format("{}.{}", equation_name(equation), summaries[k].name),
                       &summaries[k], prior_driven(spec, summaries[k].sd)});
    }
  }
  return lines;
}

void print_table(const Posterior& p) {
  fmt::print("\n{:<28} {:>9} {:>9} {:>9} {:>9} {:>7} {:>7}\n", "parameter", "mean", "sd", "5 %",
             "95 %", "R-hat", "ESS");
  for (const Line& line : lines_of(p)) {
    const Summary& s = *line.summary;
    fmt::print("{:<28} {:>9.4f} {:>9.4f} {:>9.4f} {:>9.4f} {:>7.4f} {:>7.0f}{}\n", line.name,
               s.mean, s.sd, s.q05, s.q95, s.rhat, s.ess_bulk,
               line.prior_driven ? "  prior-driven" : "");
  }
}

void print_asked(const Panel& panel, const FitOptions& o) {
  fmt::print(
      "asked     panel {}, figures up to {}; priors {}; seed {}; {} chains of {} + {} "
      "iterations, acceptance {}{}{}{}{}\n",
      panel.name, panel.last_year, o.priors.name, o.seed, o.chains, o.warmup, o.draws,
      o.target_accept, o.without.empty() ? "" : "; without ", fmt::join(o.without, ", "),
      o.leave_out.empty() ? "" : "; left out ", provenance(panel, o)["left_out"]);
}

void print_terms(const Posterior& p) {
  fmt::print("\nWhat the fit says, and where that comes from:\n");
  for (const TermReading& t : read_terms(p)) {
    fmt::print("  {:<12} {}\n", t.term, t.sentence);
    if (t.parameter.empty()) continue;
    fmt::print("  {:<12} {}from {} (the prior's share is {:.0f} %)\n", "",
               t.signed_effect ? fmt::format("above 0 with {:.0f} %; ", 100 * t.positive) : "",
               share_words(t.prior_share), 100 * std::min(1.0, t.prior_share));
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
    }
    terms.push_back(std::move(term));
  }
  for (const Line& line : lines_of(p)) {
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

struct FitVerbFlags {
  std::string panel, out, leave_out, without;
  int as_of = 0;  // 0: all figures
  bool resume = false, json = false;
  FitFlags fit;
  CommonFlags common;
};

Posterior fit_with_checkpoint(const Past& past, const FitOptions& options,
                              const FitVerbFlags& flags) {
  const std::filesystem::path path = flags.out + ".checkpoint";
  CheckpointFile checkpoint(path, key_of(past.panel(), options));
  if (!flags.resume && !checkpoint.done().empty())
    throw Error({{path.string(), "a fit to this output was interrupted and can be continued",
                  "Give --resume to go on, or remove the file to begin anew"}});
  const Keeper keeper(checkpoint, options.chains);
  try {
    Posterior posterior = fit_aloud(past, options, flags.common, &keeper.journal());
    write_posterior_of(flags.out, posterior, past);
    checkpoint.remove();
    return posterior;
  } catch (const Interrupted&) {
    if (!std::filesystem::exists(path)) throw;
    throw Interrupted{fmt::format("what was done is in {}; the same command with --resume goes on",
                                  path.string())};
  }
}

}  // namespace fit_verb

void add_fit_verb(CLI::App& program) {
  using namespace fit_verb;
  auto flags = std::make_shared<FitVerbFlags>();
  CLI::App& verb =
      *program.add_subcommand("fit", "figures to posterior: who arms in response to whom");
  verb.add_option("PANEL", flags->panel, "a panel's folder")->required();
  verb.add_option("-o,--out", flags->out, "netCDF file to write")->required();
  verb.add_option("--leave-out", flags->leave_out,
                  "states whose rows are not fitted: ids with commas, or another panel's folder");
  verb.add_option("--without", flags->without, "terms switched off, with commas: " + term_list());
  add_setting(verb, "as-of", flags->as_of);
  verb.add_flag("--resume", flags->resume, "go on with an interrupted fit, to the same bits");
  verb.add_flag("--json", flags->json, "the summary as JSON");
  add_fit(verb, flags->fit, false);
  add_setting(verb, "terms", flags->fit.terms);
  add_common(verb, flags->common);
  verb.callback([flags] {
    const auto [past, options] =
        fit_plan(past_of(panel_to_work_on(flags->panel, {flags->out}, flags->fit, flags->common)),
                 flags->fit, flags->as_of, flags->without, flags->leave_out);
    const Posterior posterior = fit_with_checkpoint(*past, options, *flags);
    if (flags->json) {
      fmt::print("{}\n", json_of(past->panel(), posterior).dump(2));
      return;
    }
    print_asked(past->panel(), options);
    fmt::print("{}\n", health_line(posterior));
    print_terms(posterior);
    print_table(posterior);
  });
}

void add_priors(CLI::App& program) {
  using namespace fit_verb;
  struct Flags {
    std::string in, out;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App& verb =
      *program.add_subcommand("priors", "hyperparameters of a fit as priors for another panel");
  verb.add_option("FILE", flags->in, "a posterior that tenbin fit wrote")->required();
  verb.add_option("-o,--out", flags->out, "TOML file to write")->required();
  verb.callback([flags] {
    check_output(flags->out, {flags->in});
    PosteriorFile file = read_posterior(flags->in);
    Posterior posterior{.spending = std::move(file.spending), .economy = std::move(file.economy)};
    summarise(posterior);
    const PriorSet set = priors_from(posterior, file.attributes["panel"]);
    std::vector<std::string> left_out;
    std::stringstream ids(file.attributes["left_out"]);
    for (std::string id; ids >> id;) left_out.push_back(id);
    if (!file.attributes["without"].empty())
      throw Error(
          {{flags->in, "this fit switched terms off: " + file.attributes["without"],
            "Fit with --terms all and no --without; a parameter held at 0 gives no prior"}});
    write_priors(flags->out, {set.name,
                              fmt::format("panel {}, {}, hash {}, priors {}",
                                          file.attributes["panel"], file.attributes["vintage"],
                                          file.attributes["panel_hash"], file.attributes["priors"]),
                              left_out, std::atoi(file.attributes["last_year"].c_str()),
                              set.spending, set.economy});
  });
}

void add_parameters(CLI::App& program) {
  using namespace fit_verb;
  CLI::App& verb =
      *program.add_subcommand("parameters", "the table of parameters with their wide priors");
  verb.callback([] {
    for (const Equation equation : {Equation::spending, Equation::economy}) {
      fmt::print("{}{} equation\n", equation == Equation::economy ? "\n" : "",
                 equation_name(equation));
      for (const ParameterSpec& p : parameters(equation)) {
        std::string prior =
            p.scope == Scope::global
                ? fmt::format("{}({}, {})", p.wide.kind == Prior::Kind::normal ? "N" : "Gamma",
                              p.wide.a, p.wide.b)
            : p.scope == Scope::state ? "one a state"
                                      : "one a year";
        if (p.scope == Scope::global && p.lower != -unbounded)
          prior += p.upper == unbounded ? fmt::format(" above {}", p.lower)
                                        : fmt::format(" in ({}, {})", p.lower, p.upper);
        fmt::print("  {:<18} {:<22} {:<18} {}\n", p.name, prior, p.unit, p.meaning);
      }
    }
  });
}

}  // namespace tenbin::app
