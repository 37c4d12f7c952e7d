// SPDX-License-Identifier: Apache-2.0
#include "tenbin/io/posterior_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "tenbin/core/archive.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/io/atomic_file.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/read_file.hpp"
#include "tenbin/io/table.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/model/draws_check.hpp"
#include "tenbin/model/parameters.hpp"

namespace tenbin {
namespace {

constexpr std::uint64_t largest_posterior = std::uint64_t{8} << 30;  // bytes
constexpr std::size_t digest_size = 32;
constexpr const char* fit_again =
    "Fit again with tenbin fit: the same figures and settings give the same draws";

/// The attributes that every fit has.
constexpr std::array<std::string_view, 13> attribute_names{
    "chains", "creator", "draws",         "last_year", "left_out", "panel",  "panel_hash",
    "priors", "seed",    "target_accept", "vintage",   "warmup",   "without"};

std::string attribute(const PosteriorFile& file, std::string_view name) {
  const auto found = file.attributes.find(std::string(name));
  return found == file.attributes.end() ? std::string() : found->second;
}

std::vector<std::string> words(const std::string& list) {
  std::stringstream in(list);
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

/// All that is wrong with what a file holds, each thing in words.
class PosteriorCheck {
 public:
  explicit PosteriorCheck(const PosteriorFile& file) : file_(file) {
    check_attributes();
    for (const auto& [draws, summary, equation] :
         {std::tuple{&file.spending, &file.spending_summary, Equation::spending},
          std::tuple{&file.economy, &file.economy_summary, Equation::economy}})
      check_equation(*draws, *summary, equation);
    check_observed();
  }
  std::vector<std::string> faults;

 private:
  template <class... Values>
  void fault(fmt::format_string<Values...> text, Values&&... values) {
    faults.push_back(fmt::format(text, std::forward<Values>(values)...));
  }

  template <class Whole>
  void require_whole(const char* name, Whole low, Whole high) {
    const std::string text = attribute(file_, name);
    Whole number = 0;
    const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || stop != text.data() + text.size() || number < low || number > high)
      fault("its {} is \"{}\", which is no whole number from {} to {}", name, text, low, high);
  }

  void check_attributes() {
    for (const std::string_view name : attribute_names)
      if (!file_.attributes.contains(std::string(name))) fault("it does not say its {}", name);
    for (const auto& [name, text] : file_.attributes)
      if (std::ranges::find(attribute_names, name) == attribute_names.end())
        fault("it has an attribute \"{}\", which no fit has", name);
    if (!attribute(file_, "creator").starts_with("tenbin ")) fault("tenbin did not write it");
    const std::string hash = attribute(file_, "panel_hash");
    if (hash.find_first_not_of("0123456789abcdef") != std::string::npos)
      fault("its panel_hash is no SHA-256");
    constexpr int most = std::numeric_limits<int>::max();
    require_whole<std::uint64_t>("seed", 0, std::numeric_limits<std::uint64_t>::max());
    require_whole("warmup", 0, most);
    require_whole("last_year", least_year, most_year);
    require_whole("chains", file_.spending.chains, file_.spending.chains);
    require_whole("draws", file_.spending.draws_per_chain, file_.spending.draws_per_chain);
    const auto accept = parse_number(attribute(file_, "target_accept"));
    if (!accept || !(*accept > 0 && *accept < 1)) fault("its target_accept is not within 0 and 1");
    for (const std::string& term : words(attribute(file_, "without")))
      if (std::ranges::find(equation_terms, term, &TermSpec::name) == equation_terms.end())
        fault("it says that it goes without \"{}\", which is no term", term);
  }

  void check_equation(const Draws& draws, const std::vector<double>& summary, Equation equation) {
    if (const std::string wrong = shape_fault_of(draws, equation); !wrong.empty())
      return fault("{}", wrong);
    if (draws.draws_per_chain < 4) fault("it has fewer than four draws a chain");
    if (draws.chains != file_.spending.chains ||
        draws.draws_per_chain != file_.spending.draws_per_chain)
      fault("its equations have other numbers of chains or draws");
    check_states(draws, equation);
    check_values(draws, equation);
    check_fixed(draws, equation);
    check_statistics(draws);
    check_summary(draws, summary);
  }

  void check_states(const Draws& draws, Equation equation) {
    for (std::size_t k = 0; k < draws.columns.size(); ++k) {
      if (parameters(equation)[k].scope != Scope::state) continue;
      const auto& ids = draws.columns[k].elements;
      if (std::set<std::string>(ids.begin(), ids.end()).size() != ids.size())
        fault("{} has the draws of a state twice", draws.columns[k].name);
    }
  }

  void check_values(const Draws& draws, Equation equation) {
    const auto per_chain = static_cast<std::size_t>(draws.draws_per_chain);
    for (const ColumnFault& f : value_faults_of(draws, equation)) {
      const Column& c = draws.columns[f.column];
      const DrawRange range = draw_range(parameters(equation)[f.column]);
      fault("{} of the {} equation is {} in chain {}, draw {}{}, and must be from {} to {}",
            c.label(f.element), draws.equation, f.value, f.draw / per_chain + 1,
            f.draw % per_chain + 1,
            f.count > 1 ? fmt::format(" ({} numbers of {} are as wrong)", f.count, c.name) : "",
            range.low, range.high);
    }
  }

  /// What is switched off is 0 in every draw.
  void check_fixed(const Draws& draws, Equation equation) {
    const auto without = words(attribute(file_, "without"));
    for (std::size_t k = 0; k < draws.columns.size(); ++k) {
      const Column& c = draws.columns[k];
      const bool off = std::ranges::find(without, parameters(equation)[k].term) != without.end();
      if (c.fixed != off)
        fault("{} is switched off, or is not, against what the file says", c.name);
      if (!off) continue;
      for (std::size_t d = 0; d < draws.size(); ++d)
        for (const double x : draws.draw(d).subspan(c.offset, c.size()))
          if (x != 0) return fault("{} is switched off and yet not 0", c.name);
    }
  }

  /// One number a draw, within its bounds.
  template <class Number>
  void check_statistic(const Draws& draws, const char* name, const std::vector<Number>& numbers,
                       double low, double high) {
    if (numbers.size() != draws.size())
      return fault("it has {} numbers of {} for {} draws", numbers.size(), name, draws.size());
    const auto bad = std::find_if(numbers.begin(), numbers.end(), [&](const Number x) {
      const auto number = static_cast<double>(x);
      return !(number >= low && number <= high);
    });
    if (bad == numbers.end()) return;
    const auto draw = bad - numbers.begin();
    fault("{} of the {} equation is {} in chain {}, draw {}, and must be from {} to {}", name,
          draws.equation, static_cast<double>(*bad), draw / draws.draws_per_chain + 1,
          draw % draws.draws_per_chain + 1, low, high);
  }
  void check_statistics(const Draws& draws) {
    constexpr double most = std::numeric_limits<int>::max(),
                     widest = std::numeric_limits<double>::max();
    check_statistic(draws, "lp", draws.log_density, -widest, widest);
    check_statistic(draws, "acceptance_rate", draws.acceptance, 0, 1);
    check_statistic(draws, "tree_depth", draws.tree_depth, 0, 60);
    check_statistic(draws, "n_steps", draws.leapfrogs, 0, most);
    check_statistic(draws, "diverging", draws.divergent, 0, 1);
  }

  /// Quantiles in order, spreads and sizes not below 0; NaN where a quantity stood still.
  void check_summary(const Draws& draws, const std::vector<double>& summary) {
    if (summary.size() != summary_names.size() * draws.width)
      return fault("its summary does not have the size of its draws");
    enum { mean, sd, mcse_mean, q05, median, q95, ess_bulk, ess_tail, rhat };
    for (std::size_t k = 0; k < draws.width; ++k) {
      const auto number = [&](std::size_t which) { return summary[which * draws.width + k]; };
      bool sound = number(q05) <= number(median) && number(median) <= number(q95);
      for (const std::size_t which : {mean, sd, q05, q95})
        sound = sound && number(which) - number(which) == 0;
      for (const std::size_t which : {sd, mcse_mean, ess_bulk, ess_tail, rhat})
        sound = sound && !(number(which) < 0);
      if (!sound) return fault("its summary of number {} of a draw cannot be", k + 1);
    }
  }

  void check_observed() {
    const auto& columns = file_.spending.columns;
    const auto ids = std::find_if(columns.begin(), columns.end(), [](const Column& c) {
      return c.name == spec(SpendingParameter::target).name;
    });
    for (const ObservedRow& row : file_.observed) {
      if (!is_year(row.year)) return fault("{} is no year of a fitted row", row.year);
      if (ids != columns.end() &&
          std::ranges::find(ids->elements, row.state) == ids->elements.end())
        return fault("it was fitted to a row of {}, which it has no draws of", row.state);
      for (const double x :
           {row.milex_growth, row.milex_growth_lag, row.log_burden_lag, row.gdp_growth,
            row.threat_lag, row.support_lag, row.rival_growth_lag, row.ally_growth_lag})
        if (x == unbounded || x == -unbounded) return fault("a fitted row of it is not finite");
    }
  }

  const PosteriorFile& file_;
};

[[noreturn]] void refuse(const std::string& where, std::string what, std::string mend = fit_again) {
  throw Error({{where, std::move(what), std::move(mend)}});
}

/// The frame of a file whose length and SHA-256 are right.
std::string_view checked_frame(std::string_view bytes, const std::string& where) {
  if (!begins_as(ArchiveKind::posterior, bytes)) {
    const std::string seen = looks_like(bytes);
    if (seen == "a netCDF file")
      refuse(
          where, "this is a netCDF file, which is written for other programs and never read",
          "Give the .fit that it was exported from; tenbin fit PANEL -o NAME.fit makes one anew, "
          "with the same draws");
    refuse(where,
           "this is not a posterior of tenbin" +
               (seen.empty() || seen.starts_with("no ") ? "" : ": it is " + seen),
           "Give a .fit that tenbin fit wrote");
  }
  ArchiveReader in(bytes);
  ArchiveHeader header;
  in.take(header);
  constexpr std::size_t behind = sizeof(std::uint64_t) + digest_size;
  if (in.failed || in.left() < behind || in.left() - behind != header.length)
    refuse(where,
           fmt::format("it is cut short or damaged: it has {} bytes, and says other of itself",
                       bytes.size()));
  const std::string_view frame = bytes.substr(0, bytes.size() - digest_size);
  if (sha256(frame) != bytes.substr(frame.size()))
    refuse(where, "it is damaged: its bytes are not those that were written (SHA-256)");
  return frame;
}

/// Whether ids are of states of a panel, in its order.
bool are_states_of(const Panel& panel, const std::vector<std::string>& ids) {
  std::optional<StateIndex> before;
  for (const std::string& id : ids) {
    const auto state = panel.find(id);
    if (!state || (before && *before >= *state)) return false;
    before = state;
  }
  return true;
}

/// Names of a file that its panel does not have.
std::vector<std::string> faults_of_names(const PosteriorFile& file, const Panel& panel) {
  std::vector<std::string> faults;
  if (const std::string name = attribute(file, "panel"); name != panel.name)
    faults.push_back(fmt::format("it calls its panel \"{}\", which is \"{}\"", name, panel.name));
  for (const std::string& id : words(attribute(file, "left_out")))
    if (!panel.find(id))
      faults.push_back(fmt::format("it left out {}, which is no state of the panel", id));
  for (const auto& [draws, equation] :
       {std::pair{&file.spending, Equation::spending}, std::pair{&file.economy, Equation::economy}})
    for (std::size_t k = 0; k < draws->columns.size(); ++k) {
      const Column& c = draws->columns[k];
      const Scope scope = parameters(equation)[k].scope;
      if (scope == Scope::state && !are_states_of(panel, c.elements))
        faults.push_back(
            fmt::format("{} has other states than the panel, or in another order", c.name));
      if (scope == Scope::year && (region_and_year(c.elements.front()).second < panel.first_year ||
                                   region_and_year(c.elements.back()).second > panel.last_year))
        faults.push_back(fmt::format("{} has draws of years that the panel does not have", c.name));
    }
  return faults;
}

}  // namespace

std::vector<ObservedRow> observed_rows(const RowTable& t) {
  std::vector<ObservedRow> rows;
  for (const auto& [state, r] : t.rows)
    rows.push_back({t.ids[state], r.year, r.milex_growth, r.milex_growth_lag, r.log_burden_lag,
                    r.gdp_growth, r.threat_lag, r.support_lag, r.rival_growth_lag,
                    r.ally_growth_lag});
  return rows;
}

std::string with_sha256(std::string frame) {
  const std::string digest = sha256(frame);
  return std::move(frame) + digest;
}

std::string posterior_bytes(const PosteriorFile& file) {
  PosteriorArchive held{
      {}, file.spending, file.economy, file.spending_summary, file.economy_summary, file.observed};
  for (const auto& [name, text] : file.attributes) held.attributes.push_back({name, text});
  return with_sha256(archive(ArchiveKind::posterior, held));
}

PosteriorFile posterior_of(std::string_view bytes, const std::string& where) {
  auto held = from_archive<PosteriorArchive>(ArchiveKind::posterior, checked_frame(bytes, where));
  if (!held) refuse(where, "another version of tenbin wrote it, in another form");
  PosteriorFile file{std::move(held->spending),
                     std::move(held->economy),
                     {},
                     std::move(held->spending_summary),
                     std::move(held->economy_summary),
                     std::move(held->observed)};
  for (auto& [name, text] : held->attributes) file.attributes.emplace(name, std::move(text));
  PosteriorCheck check(file);
  if (file.attributes.size() != held->attributes.size())
    check.faults.emplace_back("it has an attribute twice");
  if (check.faults.empty()) return file;
  Problems problems;
  for (std::string& fault : check.faults)
    problems.push_back({where, "this posterior is not what a fit gives: " + fault, fit_again});
  throw Error(std::move(problems));
}

void write_posterior(const std::filesystem::path& path, const PosteriorFile& file) {
  write_text(path, posterior_bytes(file));
}

PosteriorFile read_posterior(const std::filesystem::path& path) {
  Problems problems;
  const auto bytes = read_file(path, largest_posterior, problems);
  if (!bytes) throw Error(std::move(problems));
  return posterior_of(*bytes, path.string());
}

void require_of_panel(const PosteriorFile& file, const Panel& panel,
                      const std::filesystem::path& path) {
  if (attribute(file, "panel_hash") != panel.hash)
    throw Error(
        {{path.string(),
          fmt::format("this posterior is of another panel (\"{}\")", attribute(file, "panel")),
          "Fit this panel with tenbin fit, or leave --posterior out"}});
  if (attribute(file, "last_year") != std::to_string(panel.last_year))
    throw Error({{path.string(),
                  fmt::format("this posterior knows figures up to {}, the scenario starts in {}",
                              attribute(file, "last_year"), panel.last_year),
                  "Leave --posterior out, so that tenbin fits what was known then"}});
  Problems problems;
  for (std::string& what : faults_of_names(file, panel))
    problems.push_back({path.string(), std::move(what), fit_again});
  if (!problems.empty()) throw Error(std::move(problems));
}

}  // namespace tenbin
