// SPDX-License-Identifier: Apache-2.0
#include "tenbin/questions/proof.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <filesystem>
#include <tuple>

#include "tenbin/core/archive.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/model/parameters.hpp"
#include "tenbin/page/live.hpp"
#include "tenbin/page/words.hpp"
#include "tenbin/questions/fitting.hpp"
#include "tenbin/questions/settings.hpp"

namespace tenbin {
namespace {

template <class T>
std::string bytes_of(const T& x) {
  ArchiveWriter out;
  out.put(x);
  return std::move(out.bytes);
}

/// The same bits, or both unknown: machines differ in the sign of what is no number.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (!known(a) && !known(b));
}

std::string shown(const std::string& text) {
  return printable(shortened(text, 80), LineEnds::replaced);
}

/// A figure in words: "49100 million, 0.011 of GDP", "no figure".
std::string words_of(const MilexCell& c) {
  if (!c.present()) return "no figure";
  return fmt::format("{} million, {}{}", c.milex,
                     known(c.burden) ? fmt::format("{} of GDP", c.burden) : "share not known",
                     c.source.empty() ? "" : fmt::format(" ({})", shown(c.source)));
}

/// The first figure of milex.csv that differs and how many do.
void compare_milex(const Panel& page, const Panel& own, const std::string& where,
                   Problems& problems) {
  int count = 0;
  std::string first;
  for (StateIndex i = 0; i < own.size(); ++i)
    for (int year = std::min(page.first_year, own.first_year);
         year <= std::max(page.last_year, own.last_year); ++year) {
      const MilexCell &a = page.cell(i, year), &b = own.cell(i, year);
      if (bytes_of(a) == bytes_of(b) || count++ > 0) continue;
      first = fmt::format("{} {}: the page has {}, the panel {}", own.states[i].id, year,
                          words_of(a), words_of(b));
    }
  if (count > 0)
    problems.push_back(
        {where, fmt::format("{} figures of milex.csv differ; {}", count, first), ""});
}

/// Tables of a panel beside milex.csv, by the name of their file.
constexpr std::tuple tables{
    std::pair{"rivalries.csv", &Panel::rivalries},
    std::pair{"ties.csv", &Panel::ties},
    std::pair{"missiles.csv", &Panel::missiles},
    std::pair{"disputes.csv", &Panel::disputes},
    std::pair{"dispute_history.csv", &Panel::dispute_past},
    std::pair{"growth.csv", &Panel::growth},
    std::pair{"regime.csv", &Panel::regime},
    std::pair{"plans.csv", &Panel::plans},
    std::pair{"pledges.csv", &Panel::pledges},
    std::pair{"own_shares.csv", &Panel::own_shares},
    std::pair{"personnel.csv", &Panel::personnel},
    std::pair{"contiguity.csv", &Panel::borders},
    std::pair{"majors.csv", &Panel::majors},
    std::pair{"wars.csv", &Panel::wars},
    std::pair{"presence.csv", &Panel::presence},
    std::pair{"nuclear.csv", &Panel::nuclear},
    std::pair{"aggressions.csv", &Panel::aggressions},
    std::pair{"price_levels.csv", &Panel::price_levels},
    std::pair{"economy.csv", &Panel::economy},
    std::pair{"expectations.csv", &Panel::expectations},
    std::pair{"indicators.csv", &Panel::indicators},
    std::pair{"outside_danger.csv", &Panel::outside_danger},
    std::pair{"races.csv", &Panel::listed_races},
    std::pair{"price_index.csv", &Panel::price_index},
    std::pair{"rates.csv", &Panel::rates},
    std::pair{"stories.csv", &Panel::stories},
    std::pair{"events.csv", &Panel::events},
    std::pair{"base_rates.csv", &Panel::base_rates},
    std::pair{"ledger.csv", &Panel::ledger},
    std::pair{"keeping.toml", &Panel::keeping},
    std::pair{"disputes.toml", &Panel::dispute_model},
    std::pair{"NOTICE", &Panel::notice},
};

void compare_tables(const Panel& page, const Panel& own, const std::string& where,
                    Problems& problems) {
  std::vector<std::string> different;
  const auto compare = [&](const auto& table) {
    if (bytes_of(page.*(table.second)) != bytes_of(own.*(table.second)))
      different.emplace_back(table.first);
  };
  std::apply([&](const auto&... table) { (compare(table), ...); }, tables);
  if (!different.empty())
    problems.push_back(
        {where, fmt::format("what the page has of {} differs", fmt::join(different, ", ")), ""});
}

/// Throws where a number of a fit's options is none that a fit takes.
void require_takes(const Carried& page, std::string_view setting, double value) {
  const SettingSpec& row = *find_setting(setting);
  if (value >= row.low && value <= row.high) return;
  throw Error({{"--refit",
                fmt::format("panel {}: the page says that its fit had {} {}, which no fit takes",
                            shown(page.study.panel.name), setting, value),
                "Do not trust the page"}},
              Error::Reason::no);
}

/// The priors of a page, by name.
PriorSet priors_of_page(const std::string& name, const std::string& given) {
  if (name == "wide" || name == "world") return priors_of(name);
  const std::filesystem::path shipped =
      data_folder() / "priors" / "as-of" / std::filesystem::path(name).filename();
  std::error_code ignored;
  const bool as_of = name.ends_with(".toml") && std::filesystem::is_regular_file(shipped, ignored);
  if (given.empty() && !as_of)
    throw Error({{"--refit",
                  fmt::format("the page's posterior was fitted with the priors \"{}\", of which a "
                              "page carries the name alone",
                              shown(name)),
                  "Give their file: --priors FILE"}},
                Error::Reason::usage);
  PriorSet priors = priors_of(given.empty() ? shipped.string() : given);
  if (priors.name != name)
    throw Error({{"--priors",
                  fmt::format("these priors are \"{}\", and the page's are \"{}\"", priors.name,
                              shown(name)),
                  "Give the priors that the page names"}},
                Error::Reason::usage);
  return priors;
}

void compare_draws(const Draws& page, const Draws& again, Problems& problems) {
  const std::string where = fmt::format("draws of the {} equation", again.equation);
  if (bytes_of(page.columns) != bytes_of(again.columns) ||
      page.values.size() != again.values.size()) {
    problems.push_back({where, "the page has other numbers of them, or of other names", ""});
    return;
  }
  std::size_t count = 0, first = 0;
  for (std::size_t k = 0; k < page.values.size(); ++k)
    if (!same(page.values[k], again.values[k]) && count++ == 0) first = k;
  if (count == 0) return;
  const std::size_t place = first % again.width;
  const auto column = std::ranges::find_if(again.columns, [&](const Column& c) {
    return place >= c.offset && place < c.offset + c.size();
  });
  problems.push_back(
      {where,
       fmt::format("{} of {} numbers differ; draw {} of {}: the page has {}, the fit gives {}",
                   count, page.values.size(), first / again.width + 1,
                   column->label(place - column->offset), page.values[first], again.values[first]),
       ""});
}

constexpr std::array summary_members{&Summary::mean, &Summary::sd,       &Summary::mcse_mean,
                                     &Summary::q05,  &Summary::median,   &Summary::q95,
                                     &Summary::rhat, &Summary::ess_bulk, &Summary::ess_tail};

void compare_summaries(const std::vector<Summary>& page, const std::vector<Summary>& again,
                       const char* equation, Problems& problems) {
  const std::string where = fmt::format("summaries of the {} equation", equation);
  for (std::size_t k = 0; k < std::min(page.size(), again.size()); ++k) {
    const Summary &a = page[k], &b = again[k];
    const bool differs =
        std::ranges::any_of(summary_members, [&](double Summary::*m) { return !same(a.*m, b.*m); });
    if (a.name == b.name && a.fixed == b.fixed && !differs) continue;
    problems.push_back({where,
                        fmt::format("{}: the page has mean {} and sd {}, the fit gives {} and {}",
                                    b.name, a.mean, a.sd, b.mean, b.sd),
                        ""});
    return;
  }
  if (page.size() != again.size())
    problems.push_back({where, "the page has another number of them", ""});
}

void compare_health(const Health& a, const Health& b, const char* equation, Problems& problems) {
  const bool numbers = same(a.rhat_max, b.rhat_max) && same(a.ess_bulk_min, b.ess_bulk_min) &&
                       same(a.ess_tail_min, b.ess_tail_min);
  if (numbers && a.divergences == b.divergences && a.max_depth_hits == b.max_depth_hits &&
      a.draws == b.draws && a.rhat_worst == b.rhat_worst && a.ess_worst == b.ess_worst)
    return;
  problems.push_back(
      {fmt::format("health of the {} equation", equation),
       fmt::format("the page says R-hat at most {:.4f} and {} divergences in {} "
                   "draws, the fit gives {:.4f} and {} in {}",
                   a.rhat_max, a.divergences, a.draws, b.rhat_max, b.divergences, b.draws),
       ""});
}

}  // namespace

Problems differences_from_panel(const Carried& carried, const Panel& panel,
                                const std::string& where) {
  const Panel &page = carried.study.panel, own = carried_panel(panel);
  if (bytes_of(page) == bytes_of(own)) return {};
  Problems problems;
  if (page.hash != own.hash)
    problems.push_back(
        {where,
         fmt::format("its files have the hash {}, the page names {} (panel {})",
                     own.hash.substr(0, 16), shown(page.hash.substr(0, 16)), shown(page.name)),
         "Compare with the panel that the page was made from"});
  if (bytes_of(page.states) != bytes_of(own.states)) {
    problems.push_back({where,
                        fmt::format("its states are not the page's: {} states here, {} there",
                                    own.size(), page.size()),
                        ""});
    return problems;
  }
  compare_milex(page, own, where, problems);
  compare_tables(page, own, where, problems);
  if (problems.empty())
    problems.push_back({where, "another part of what the page has of the panel differs",
                        "Ask whoever sent the page for its panel"});
  return problems;
}

FitOptions options_of_page(const Carried& page, const std::string& priors) {
  FitOptions options = page.fit.asked;
  require_takes(page, "chains", options.chains);
  require_takes(page, "warmup", options.warmup);
  require_takes(page, "draws", options.draws);
  require_takes(page, "accept", options.target_accept);
  for (const std::string& term : options.without)
    if (std::ranges::find(equation_terms, term, &TermSpec::name) == equation_terms.end())
      throw Error({{"--refit", fmt::format("the page names no term of a fit: {}", shown(term)),
                    "Do not trust the page"}},
                  Error::Reason::no);
  options.priors = priors_of_page(options.priors.name, priors);
  return options;
}

Problems differences_from_fit(const Carried& page, const Carried& again) {
  Problems problems;
  compare_draws(page.study.spending, again.study.spending, problems);
  compare_draws(page.study.economy, again.study.economy, problems);
  compare_summaries(page.fit.spending_summary, again.fit.spending_summary, "spending", problems);
  compare_summaries(page.fit.economy_summary, again.fit.economy_summary, "economy", problems);
  compare_health(page.fit.spending_health, again.fit.spending_health, "spending", problems);
  compare_health(page.fit.economy_health, again.fit.economy_health, "economy", problems);
  const auto rows = [&](int of_page, int of_fit, const char* equation) {
    if (of_page != 0 && of_page != of_fit)  // a posterior's file does not say
      problems.push_back({fmt::format("rows of the {} equation", equation),
                          fmt::format("the page says {}, the fit has {}", of_page, of_fit), ""});
  };
  rows(page.fit.rows_spending, again.fit.rows_spending, "spending");
  rows(page.fit.rows_economy, again.fit.rows_economy, "economy");
  const PriorSet &a = page.fit.asked.priors, &b = again.fit.asked.priors;
  // A posterior's file names the priors, so that a page of it may have wide ones in their place.
  PriorSet wide;
  wide.name = a.name;
  const bool shipped = a.name == "wide" || a.name == "world";
  if (bytes_of(a) != bytes_of(b) && (shipped || bytes_of(a) != bytes_of(wide)))
    problems.push_back(
        {"priors", "the page carries others than those of the name that it gives", ""});
  return problems;
}

}  // namespace tenbin
