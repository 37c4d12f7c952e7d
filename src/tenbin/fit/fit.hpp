// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "tenbin/core/draws.hpp"
#include "tenbin/core/placebo.hpp"
#include "tenbin/infer/diagnostics.hpp"
#include "tenbin/infer/journal.hpp"
#include "tenbin/infer/nuts.hpp"
#include "tenbin/model/density.hpp"
#include "tenbin/model/past.hpp"
#include "tenbin/parallel/execution.hpp"

namespace tenbin {

/// Priors of both equations under one name.
struct PriorSet {
  std::string name = "wide";
  Priors spending = wide_priors(Equation::spending), economy = wide_priors(Equation::economy);
  std::vector<PlaceboVerdict> placebos;  // none: not known
};

/// Kept iterations a chain by default where a fit has common waves, which mix more slowly.
inline constexpr int draws_with_waves = 1500;

struct FitOptions {
  int chains = 4;              // fewer than 4 makes R-hat unreliable
  int warmup = 500;            // iterations a chain, thrown away
  int draws = 1000;            // iterations a chain, kept
  double target_accept = 0.9;  // rival_sd is rarely identified: its funnel diverges at 0.8
  std::uint64_t seed = 20261122;
  PriorSet priors;
  std::vector<std::string> without;   // terms switched off: names of equation_terms
  std::vector<StateIndex> leave_out;  // states whose rows are not fitted; their stocks still count
};

/// Which terms a fit has, by name: all; those of the reference posteriors; or the ones that won the
/// choice of docs/scoreboard.md.
enum class TermSet { standard, reference, all };
inline constexpr std::array<std::string_view, 3> term_set_names{"standard", "reference", "all"};

/// Fewest fitted states from which the standard terms hold the world's wave: the few states of a
/// region cannot tell it from what they have in common.
inline constexpr int fewest_for_wave = 40;

/// The terms that a set switches off where a panel has these rows: for FitOptions::without.
std::vector<std::string> switched_off(TermSet set, std::span<const Row> rows);

/// Of the terms that a fit has not, those that the standard ones of a panel with these rows have:
/// what a reader of its results must be told.
std::vector<std::string> missed(const std::vector<std::string>& without, std::span<const Row> rows);

/// A fitted panel: draws of both equations and what is known of them.
struct Posterior {
  Draws spending, economy;
  std::vector<Summary> spending_summary, economy_summary;
  Health spending_health, economy_health;
  FitOptions asked;
  int rows_spending = 0, rows_economy = 0;
};

/// Told of progress as a part 0-1 of the whole fit; answers whether to go on.
using FitObserver = std::function<bool(double part)>;

/// Fits the spending equation, docs/model.md section 2 (Spending), and the economy equation,
/// docs/model.md section 3 (Economy), to the panel. Throws Error if no state has enough rows. If
/// stopped, the economy's posterior has no chains. A journal takes up what an earlier run left, and
/// keeps what this one does.
Posterior fit(const Past& past, const FitOptions& options, const Execution& execution,
              const FitObserver& observer = {}, const Journal* journal = nullptr);

/// The past's rows without the states left out. Throws Error if none are left.
std::vector<Row> rows_to_fit(const Past& past, const std::vector<StateIndex>& leave_out);

/// Their table for an equation. Throws Error if the equation has none.
RowTable table_to_fit(Equation equation, const std::vector<Row>& rows, const Panel& panel);

/// The spending equation alone. If stopped, the draws have no chains.
Draws fit_spending(const RowTable& rows, const FitOptions& options, const Execution& execution,
                   const FitObserver& observer = {}, const Journal* journal = nullptr);

/// Fills the summaries and the health of a posterior whose draws are there.
void summarise(Posterior& posterior);
/// Fills the health of a posterior whose draws and summaries are there.
void find_health(Posterior& posterior);

/// The hyperparameters' posterior as priors for a fit elsewhere, docs/model.md section 4 (Priors of
/// a region): a mean widens by the mean of its spread, all others by half.
PriorSet priors_from(const Posterior& posterior, std::string name);

/// Sd of a quantity under the wide priors, before any data: the yardstick of prior_driven().
double wide_sd(const ParameterSpec& spec);
/// More prior than data: posterior sd above 0.8 of the sd under the wide priors.
bool prior_driven(const ParameterSpec& spec, double posterior_sd);
/// The same where wide_sd() is known already: for a state's value it takes 20,000 prior draws.
bool prior_driven(double wide_sd, double posterior_sd);

/// Marks the columns of an equation that belong to terms switched off: a file does not say which.
void mark_fixed(Draws& draws, Equation equation, std::span<const std::string> without);

/// More the prior that was used than data: posterior sd above 0.8 of that prior's sd. Globals only.
bool from_used_prior(const ParameterSpec& spec, const Prior& used, double posterior_sd);

/// Where each state's burden rests, [state of the panel][draw], a share of GDP: r_i of
/// docs/model.md section 4 (Priors of a region) at the covariates of the panel's last year. A state
/// that is not fitted has no draws. `growth`: expected growth of GDP a year by state, NaN for the
/// draw's own trend.
std::vector<std::vector<double>> resting_burdens(const Past& past, const Posterior& posterior,
                                                 std::span<const double> growth);

}  // namespace tenbin
