// SPDX-License-Identifier: Apache-2.0
#include "tenbin/fit/fit.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>

#include "tenbin/core/problem.hpp"
#include "tenbin/infer/sample.hpp"
#include "tenbin/model/parameter_layout.hpp"
#include "tenbin/num/random.hpp"

namespace tenbin {
namespace {

constexpr double badge_limit = 0.8;

/// Globals of a posterior as priors, table order. What the fit switched off has its wide prior:
/// nothing was learned of it.
Priors widened(Equation equation, const Draws& draws, const std::vector<Summary>& summaries) {
  Priors priors;
  const auto table = parameters(equation);
  for (std::size_t k = 0; k < global_count(equation); ++k) {
    const Column& column = *draws.find(table[k].name);
    if (column.fixed) {
      priors.push_back(table[k].wide);
      continue;
    }
    const Summary& own = summaries[column.offset];
    double sd = 1.5 * own.sd;
    if (table[k].spread != no_parameter) {
      const Summary& spread = summaries[draws.find(table[table[k].spread].name)->offset];
      sd = square_root(own.sd * own.sd + spread.mean * spread.mean);
    }
    priors.push_back({Prior::Kind::normal, own.mean, sd});
  }
  return priors;
}

}  // namespace

std::vector<Row> rows_to_fit(const Past& past, const std::vector<StateIndex>& leave_out) {
  const Panel& panel = past.panel();
  std::vector<Row> rows = past.rows();
  const bool some = !rows.empty();
  std::erase_if(
      rows, [&](const Row& r) { return std::ranges::find(leave_out, r.state) != leave_out.end(); });
  if (rows.empty() && some)
    throw Error({{panel.name, "every state with rows to fit is left out", "Leave fewer out"}});
  if (rows.empty())
    throw Error({{panel.name,
                  "no state has the " + std::to_string(fewest_fitted_rows) +
                      " rows without a gap that a fit needs",
                  "Add years of observed expenditure with burdens"}});
  return rows;
}

namespace {

/// Whether the rows can say anything of a term: some differ in what it answers to.
bool is_told(std::string_view term, std::span<const Row> rows) {
  const auto some = [&](auto&& differs) { return std::any_of(rows.begin(), rows.end(), differs); };
  if (term == "wave" || term == "regions") {
    std::set<StateIndex> fitted;
    for (const Row& row : rows) fitted.insert(row.state);
    return std::ssize(fitted) >= fewest_for_wave;
  }
  if (term == "danger")
    return some([](const Row& r) { return r.danger_lag != 0 || r.danger_mean != typical_danger; });
  if (term == "convergence") return some([](const Row& r) { return r.income_lag != 0; });
  if (term == "cover") return some([](const Row& r) { return r.treaty_lag != 0; });
  if (term == "presence") return some([](const Row& r) { return r.presence_lag != 0; });
  if (term == "war") return some([](const Row& r) { return r.war != 0; });
  if (term == "exposure") return some([](const Row& r) { return r.exposure != 0; });
  return true;
}

}  // namespace

std::vector<std::string> switched_off(TermSet set, std::span<const Row> rows) {
  std::vector<std::string> off;
  if (set == TermSet::reference) {
    for (const TermSpec& t : equation_terms)
      if (!t.reference) off.emplace_back(t.name);
  } else if (set == TermSet::standard) {
    for (const TermSpec& t : equation_terms)
      if (!t.standard || (!t.always && !is_told(t.name, rows))) off.emplace_back(t.name);
  }
  return off;
}

std::vector<std::string> missed(const std::vector<std::string>& without,
                                std::span<const Row> rows) {
  const std::vector<std::string> usual = switched_off(TermSet::standard, rows);
  std::vector<std::string> result;
  for (const std::string& term : without)
    if (std::ranges::find(usual, term) == usual.end()) result.push_back(term);
  return result;
}

namespace {

NutsOptions sampler_options(const FitOptions& o) {
  return {.warmup = o.warmup, .draws = o.draws, .target_accept = o.target_accept, .seed = o.seed};
}

/// Counts iterations for an observer, from `begin` to `end` of the whole.
NutsObserver counted(const FitOptions& o, const FitObserver& observer, const Journal* journal,
                     Equation equation, double begin, double end, std::atomic<int>& done) {
  if (journal != nullptr)
    for (const ChainPart& part : journal->done)
      if (part.equation == equation_name(equation)) done += part.iteration;
  const double all = static_cast<double>(o.chains) * (o.warmup + o.draws);
  return [=, &observer, &done](const NutsEvent&) {
    return !observer || observer(begin + (end - begin) * ++done / all);
  };
}

constexpr double spending_share = 0.75;  // of a fit's time

}  // namespace

Draws fit_spending(const RowTable& rows, const FitOptions& options, const Execution& execution,
                   const FitObserver& observer, const Journal* journal) {
  std::atomic<int> done{0};
  return sample(SpendingDensity(rows, options.priors.spending, options.without), options.chains,
                sampler_options(options), execution,
                {std::string(equation_name(Equation::spending)),
                 counted(options, observer, journal, Equation::spending, 0, 1, done), journal});
}

RowTable table_to_fit(Equation equation, const std::vector<Row>& rows, const Panel& panel) {
  RowTable table = row_table(equation, rows, panel);
  if (table.rows.empty())
    throw Error(
        {{panel.name, "no state has two years of growth in a row", "Add years with burdens"}});
  return table;
}

Posterior fit(const Past& past, const FitOptions& options, const Execution& execution,
              const FitObserver& observer, const Journal* journal) {
  const Panel& panel = past.panel();
  const std::vector<Row> rows = rows_to_fit(past, options.leave_out);
  const RowTable spending = table_to_fit(Equation::spending, rows, panel),
                 economy = table_to_fit(Equation::economy, rows, panel);
  Posterior p{.asked = options,
              .rows_spending = static_cast<int>(spending.rows.size()),
              .rows_economy = static_cast<int>(economy.rows.size())};
  const FitObserver first = [&](double part) {
    return !observer || observer(spending_share * part);
  };
  p.spending = fit_spending(spending, options, execution, first, journal);
  if (p.spending.chains == 0) return p;
  std::atomic<int> done{0};
  p.economy = sample(
      EconomyDensity(economy, options.priors.economy, options.without), options.chains,
      sampler_options(options), execution,
      {std::string(equation_name(Equation::economy)),
       counted(options, observer, journal, Equation::economy, spending_share, 1, done), journal});
  if (p.economy.chains == 0) return p;
  summarise(p);
  return p;
}

void summarise(Posterior& p) {
  p.spending_summary = summarise(p.spending);
  p.economy_summary = summarise(p.economy);
  find_health(p);
}

void mark_fixed(Draws& draws, Equation equation, std::span<const std::string> without) {
  const auto table = parameters(equation);
  for (Column& c : draws.columns)
    c.fixed =
        std::ranges::find(without, table[parameter_index(table, c.name)].term) != without.end();
}

void find_health(Posterior& p) {
  const int max_depth = NutsOptions{}.max_depth;
  p.spending_health = health(p.spending, p.spending_summary, max_depth);
  p.economy_health = health(p.economy, p.economy_summary, max_depth);
}

PriorSet priors_from(const Posterior& p, std::string name) {
  return {std::move(name), widened(Equation::spending, p.spending, p.spending_summary),
          widened(Equation::economy, p.economy, p.economy_summary)};
}

double wide_sd(const ParameterSpec& spec) {
  if (spec.scope == Scope::global) return prior_sd(spec.wide, spec.lower, spec.upper);
  if (spec.scope == Scope::year) return missing;
  // A state's value: mean + sd z through the parameter's bounds, over keyed prior draws.
  const auto table = parameters(spec.equation);
  const Prior &mean = table[spec.mean].wide, &spread = table[table[spec.mean].spread].wide;
  constexpr int count = 20000;
  double first = 0, second = 0;
  for (std::uint32_t k = 0; k < count; ++k) {
    const auto z = [&](std::uint32_t which) {
      return normal({.seed = 1, .purpose = Purpose::latent, .index = k, .entity = which});
    };
    const double free = mean.a + mean.b * z(0) + absolute(spread.b * z(1)) * z(2);
    const double x = from_free(spec, free);
    first += x / count;
    second += x * x / count;
  }
  return square_root(second - first * first);
}

bool prior_driven(double wide_sd, double posterior_sd) {
  return known(wide_sd) && posterior_sd / wide_sd > badge_limit;
}
bool prior_driven(const ParameterSpec& spec, double posterior_sd) {
  return prior_driven(wide_sd(spec), posterior_sd);
}

bool from_used_prior(const ParameterSpec& spec, const Prior& used, double posterior_sd) {
  return posterior_sd / prior_sd(used, spec.lower, spec.upper) > badge_limit;
}

namespace {

/// Where one state's burden rests, by draw; none where it is not fitted.
std::vector<double> resting_draws(const Posterior& posterior, const std::string& id,
                                  const Felt<double>& felt, double danger, double growth,
                                  const GrowthMemory<double>& memory) {
  const Draws &s = posterior.spending, &e = posterior.economy;
  const SpendingLayout spending(s.columns);
  const EconomyLayout economy(e.columns);
  const int fitted = spending.state(id), growing = economy.state(id);
  if (fitted < 0 || growing < 0) return {};
  std::vector<double> result(s.size());
  for (std::size_t d = 0; d < result.size(); ++d) {
    const StateParameters<double> own = spending_of(spending, fitted, s.draw(d));
    const double implied = implied_target(own, felt, danger);
    const double expected =
        known(growth) ? growth : expected_growth(economy, growing, e.draw(d % e.size()), memory);
    result[d] = exp(resting_burden(implied, own, expected));
  }
  return result;
}

}  // namespace

std::vector<std::vector<double>> resting_burdens(const Past& past, const Posterior& posterior,
                                                 std::span<const double> growth) {
  const Panel& panel = past.panel();
  const std::vector<Felt<double>> felt = felt_in(past, panel.last_year);
  std::vector<std::vector<double>> result;
  for (StateIndex i = 0; i < panel.size(); ++i)
    result.push_back(resting_draws(posterior, panel.states[i].id, felt[i],
                                   past.danger(i, panel.last_year) - past.mean_danger(i), growth[i],
                                   past.memory(i, panel.last_year)));
  return result;
}

}  // namespace tenbin
