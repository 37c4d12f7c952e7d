// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/fitting.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sstream>

#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/panel_reader.hpp"
#include "tenbin/io/posterior_file.hpp"
#include "tenbin/io/posterior_netcdf.hpp"
#include "tenbin/io/priors_file.hpp"
#include "tenbin/io/states.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/questions/names.hpp"
#include "tenbin/questions/output.hpp"

namespace tenbin {
namespace {

/// The file that holds this very function: the program, or the library that is loaded.
std::filesystem::path own_file() {
  std::error_code failed;
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&own_file), &info) != 0 && info.dli_fname != nullptr) {
    auto library = std::filesystem::canonical(info.dli_fname, failed);
    // a program is named as it was called, perhaps by its bare name
    if (!failed && library.string().find(".so") != std::string::npos) return library;
  }
  return std::filesystem::canonical("/proc/self/exe", failed);
}

}  // namespace

std::string creator() { return "tenbin " TENBIN_VERSION; }

std::filesystem::path data_folder() {
  if (const char* folder = std::getenv("TENBIN_DATA")) return folder;
  std::error_code ignored;
  auto folder = own_file();
  for (int up = 0; up < 3; ++up) {  // lib may lie one deeper: lib/x86_64-linux-gnu
    folder = folder.parent_path();
    if (auto data = folder / "share" / "tenbin" / "data";
        std::filesystem::is_directory(data / "priors", ignored))
      return data;
  }
  return TENBIN_DATA_FOLDER;
}

std::string shipped_or(const std::string& path) {
  std::error_code ignored;
  if (path == "-" || std::filesystem::exists(path, ignored)) return path;
  const auto data = data_folder(), all = data.parent_path();
  for (const auto& place :
       {all / path, all / "scenarios" / path, all / "scenarios" / (path + ".toml"), data / path})
    if (!path.empty() && std::filesystem::exists(place, ignored)) return place.string();
  return path;
}

std::filesystem::path world_priors(int year) {
  return data_folder() / "priors" / "as-of" / fmt::format("{}.toml", year);
}

PriorSet priors_of(const std::string& name) {
  if (name == "wide") return {};
  PriorsFile file = name == "world" ? read_priors(data_folder() / "priors" / "world.toml")
                                    : read_setting("priors", [&] { return read_priors(name); });
  // a file of one's own is not the shipped one, whatever it calls itself
  if (name != "world" && (file.name == "world" || file.name == "wide"))
    file.name = std::filesystem::path(name).filename().string();
  return {file.name, std::move(file.spending), std::move(file.economy), std::move(file.placebos)};
}

std::vector<std::string> states_counted_twice(const PriorsFile& priors, const Panel& panel) {
  std::vector<std::string> own;
  for (const State& s : panel.states)
    if (KnownStates::all().by_id(s.id) &&
        std::ranges::find(priors.left_out, s.id) == priors.left_out.end())
      own.push_back(s.id);
  return own;
}

Problems counted_twice_notes(const std::string& priors, const Panel& panel) {
  if (priors == "wide") return {};
  const std::filesystem::path file =
      priors == "world" ? data_folder() / "priors" / "world.toml" : std::filesystem::path(priors);
  if (!std::filesystem::exists(file)) return {};  // a posterior that lies there needs no priors
  const std::vector<std::string> own = states_counted_twice(read_priors(file), panel);
  if (own.empty()) return {};
  return {
      {"priors",
       fmt::format("these priors have seen the figures of {} of this panel's own states ({}{}), "
                   "which count twice",
                   own.size(), own[0], own.size() > 1 ? ", ..." : ""),
       "tenbin new priors makes honest ones of the world's figures, without this panel's",
       Problem::Kind::note}};
}

FitOptions options_of(const FitSettings& settings, const Past& past) {
  FitOptions options = settings.options;
  options.without = switched_off(settings.term_set(), past.rows());
  options.priors = priors_of(settings.priors);
  if (const auto& off = options.without;
      !settings.draws_asked && std::ranges::find(off, "wave") == off.end())
    options.draws = draws_with_waves;
  return options;
}

void use_priors_as_of(int year, FitSettings& settings) {
  if (settings.priors == "wide") return;
  if (settings.priors == "world") settings.priors = world_priors(year).string();
  const int last = read_setting("priors", [&] { return read_priors(settings.priors); }).last_year;
  if (last == 0 || last > year)
    throw Error({{settings.priors, fmt::format("these priors know figures after {}", year),
                  "Give --priors wide, or older ones"}});
}

std::shared_ptr<const Past> past_as_of(Panel panel, Settings& settings) {
  if (!settings.as_of) return past_of(std::move(panel));
  const int year = *settings.as_of;
  require_within("as-of", year, panel.first_year, panel.last_year);
  FitSettings fit = fit_settings(settings);
  use_priors_as_of(year, fit);
  settings.priors = fit.priors;
  return past_of(as_of(panel, year), year);
}

FitPlan fit_plan(std::shared_ptr<const Past> past, FitSettings settings, int year,
                 const std::string& without, const std::string& leave_out) {
  if (year > 0 && year < past->panel().first_year)
    throw Error({{"--as-of", fmt::format("the panel begins in {}", past->panel().first_year),
                  "Give a later year"}});
  if (year > 0) {
    past = past_of(as_of(past->panel(), year), year);
    use_priors_as_of(year, settings);
  }
  FitOptions options = options_of(settings, *past);
  options.without =
      terms_named(fmt::format("{},{}", fmt::join(options.without, ","), without), "--without");
  if (!leave_out.empty()) options.leave_out = states_named(leave_out, past->panel(), "--leave-out");
  return {std::move(past), std::move(options)};
}

namespace {

constexpr std::array<double Summary::*, summary_names.size()> summary_members{
    &Summary::mean, &Summary::sd,       &Summary::mcse_mean, &Summary::q05, &Summary::median,
    &Summary::q95,  &Summary::ess_bulk, &Summary::ess_tail,  &Summary::rhat};

/// [summary_names][number of a draw], as a file has them.
std::vector<double> numbers_of(const std::vector<Summary>& summaries) {
  std::vector<double> numbers;
  for (double Summary::*const member : summary_members)
    for (const Summary& s : summaries) numbers.push_back(s.*member);
  return numbers;
}

std::vector<Summary> summaries_of(const Draws& draws, const std::vector<double>& numbers) {
  std::vector<Summary> summaries(draws.width);
  for (const Column& c : draws.columns)
    for (std::size_t e = 0; e < c.size(); ++e) {
      Summary& s = summaries[c.offset + e];
      s.name = c.label(e);
      s.fixed = c.fixed;
      for (std::size_t k = 0; k < summary_members.size(); ++k)
        s.*summary_members[k] = numbers[k * draws.width + c.offset + e];
    }
  return summaries;
}

}  // namespace

Posterior read_posterior_of(const std::string& path, const Panel& panel, FitOptions asked) {
  PosteriorFile file = read_posterior(path);
  require_of_panel(file, panel, path);
  Posterior posterior{.spending = std::move(file.spending),
                      .economy = std::move(file.economy),
                      .asked = std::move(asked)};
  posterior.asked.chains = posterior.spending.chains;
  posterior.asked.draws = posterior.spending.draws_per_chain;
  const std::string& priors = file.attributes["priors"];
  if (priors == "world") posterior.asked.priors = priors_of(priors);
  posterior.asked.priors.name = priors;
  std::stringstream without(file.attributes["without"]);
  for (std::string term; without >> term;) posterior.asked.without.push_back(term);
  std::stringstream left_out(file.attributes["left_out"]);
  for (std::string id; left_out >> id;)
    if (const auto state = panel.find(id)) posterior.asked.leave_out.push_back(*state);
  const auto whole = [&](const char* name, auto& into) {
    std::from_chars(file.attributes[name].data(),
                    file.attributes[name].data() + file.attributes[name].size(), into);
  };
  whole("seed", posterior.asked.seed);
  whole("warmup", posterior.asked.warmup);
  if (const auto accept = parse_number(file.attributes["target_accept"]))
    posterior.asked.target_accept = *accept;
  mark_fixed(posterior.spending, Equation::spending, posterior.asked.without);
  mark_fixed(posterior.economy, Equation::economy, posterior.asked.without);
  posterior.spending_summary = summaries_of(posterior.spending, file.spending_summary);
  posterior.economy_summary = summaries_of(posterior.economy, file.economy_summary);
  find_health(posterior);
  return posterior;
}

namespace {

PosteriorFile file_of(const Posterior& posterior, const Past& past) {
  const Panel& panel = past.panel();
  const auto rows = rows_to_fit(past, posterior.asked.leave_out);
  return {posterior.spending,
          posterior.economy,
          provenance(panel, posterior.asked),
          numbers_of(posterior.spending_summary),
          numbers_of(posterior.economy_summary),
          observed_rows(row_table(Equation::spending, rows, panel))};
}

}  // namespace

void require_fit_name(const std::string& path) {
  if (path.ends_with(".nc"))
    throw Error({{path, "a fit is a .fit file; netCDF is exported from it, for other programs",
                  "Give a name that ends in .fit, and then: tenbin export NAME.fit -o NAME.nc"}},
                Error::Reason::usage);
  require_ending(path, ".fit");
}

void write_posterior_of(const std::string& path, const Posterior& posterior, const Past& past) {
  write_posterior(path, file_of(posterior, past));
}

void export_posterior_of(const std::string& path, const Posterior& posterior, const Past& past) {
  write_text(path, posterior_netcdf(file_of(posterior, past)));
}

std::map<std::string, std::string> provenance(const Panel& panel, const FitOptions& o) {
  std::string left_out;
  for (const StateIndex i : o.leave_out)
    left_out += (left_out.empty() ? "" : " ") + panel.states[i].id;
  return {{"creator", creator()},
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

Problems health_notes(const Posterior& posterior) {
  for (const Health* h : {&posterior.spending_health, &posterior.economy_health})
    if (!healthy(*h))
      return {{"fit", "the chains have not mixed well enough to trust",
               "Give more draws or warmup. " + health_line(posterior), Problem::Kind::note}};
  return {};
}

Problems missing_notes(const Posterior& posterior, const Past& past) {
  const auto off = missed(posterior.asked.without, past.rows());
  if (off.empty()) return {};
  return {{"posterior", fmt::format("this fit was made without {}", fmt::join(off, ", ")),
           "Futures do not answer to that", Problem::Kind::note}};
}

}  // namespace tenbin
