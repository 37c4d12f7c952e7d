// SPDX-License-Identifier: Apache-2.0
// The spending equation of today (docs/model.md section 2) a second time, for Stan: every term of
// `--terms standard`. Written for this project; bench/stan_spending.R runs it on the rows that
// tenbin_bench_fit writes. waves: 1 where the panel has enough states for the world's wave, else 0; R: regions with states
// enough for a wave of their own; series: whose wave a state follows, 1 the world's, 2.. the regions'.
data {
  int<lower=1> N; int<lower=1> S; int<lower=1> Y; int<lower=0, upper=1> waves;
  int<lower=0> R; int<lower=1, upper=R + 1> series[S];
  int state[N]; int year[N];
  vector[N] milex_growth; vector[N] milex_growth_lag; vector[N] log_burden_lag; vector[N] gdp_growth;
  vector[N] rival_growth_lag; vector[N] ally_growth_lag; vector[N] unrest_lag;
  vector[N] danger_lag; vector[N] treaty_lag; vector[N] presence_lag; vector[N] war; vector[N] exposure;
  vector[S] danger_mean;  // percentage points a year, of each state over its rows
}
parameters {
  vector[S] z_burden; vector[S] z_pull; vector[S] z_persistence; vector[S] z_income; vector[S] z_rival; vector[S] z_scale;
  vector[waves * Y * (R + 1)] z_wave;
  real burden_mean; real<lower=0> burden_sd; real pull_mean; real<lower=0> pull_sd;
  real persistence_mean; real<lower=0> persistence_sd; real income_mean; real<lower=0> income_sd;
  real rival_mean; real<lower=0> rival_sd; real scale_mean; real<lower=0> scale_sd;
  real ally_response;
  vector<lower=-1, upper=1>[waves] wave_persistence; vector<lower=0>[waves] wave_sd;
  real<lower=2> shock_df; real unrest_slope;
  real danger_between; real danger_within; real cover_slope;
  real presence_response; real war_response; real exposure_response;
}
transformed parameters {
  vector[S] burden_target = burden_mean + danger_between * (danger_mean - 2) + burden_sd * z_burden;
  vector[S] pull = inv_logit(pull_mean + pull_sd * z_pull);
  vector[S] persistence = persistence_mean + persistence_sd * z_persistence;
  vector[S] income = income_mean + income_sd * z_income;
  vector[S] rival_response = rival_mean + rival_sd * z_rival;
  vector[S] shock_scale = exp(scale_mean + scale_sd * z_scale);
  vector[waves * Y * (R + 1)] wave;  // the world's years, then each region's
  if (waves)
    for (r in 0:R)
      for (t in 1:Y) {
        real push = r == 0 ? z_wave[t] : sqrt(0.5) * z_wave[t] + sqrt(0.5) * z_wave[r * Y + t];
        wave[r * Y + t] = wave_sd[1] * push;
        if (t > 1) wave[r * Y + t] += wave_persistence[1] * wave[r * Y + t - 1];
      }
}
model {
  vector[N] mean_growth = pull[state] .* (burden_target[state] + danger_within * danger_lag + cover_slope * treaty_lag - log_burden_lag)
    + persistence[state] .* milex_growth_lag + income[state] .* gdp_growth
    + rival_response[state] .* rival_growth_lag + ally_response * ally_growth_lag
    + presence_response * presence_lag + war_response * war + exposure_response * exposure;
  if (waves)
    for (n in 1:N) mean_growth[n] += wave[(series[state[n]] - 1) * Y + year[n]];
  z_burden ~ normal(0, 1); z_pull ~ normal(0, 1); z_persistence ~ normal(0, 1); z_income ~ normal(0, 1); z_rival ~ normal(0, 1); z_scale ~ normal(0, 1); z_wave ~ normal(0, 1);
  burden_mean ~ normal(-4, 0.5); burden_sd ~ normal(0, 0.5); pull_mean ~ normal(-2.5, 0.7); pull_sd ~ normal(0, 0.7);
  persistence_mean ~ normal(0.2, 0.2); persistence_sd ~ normal(0, 0.2); income_mean ~ normal(0.4, 0.3); income_sd ~ normal(0, 0.3);
  rival_mean ~ normal(0, 0.2); rival_sd ~ normal(0, 0.2); scale_mean ~ normal(-2.7, 0.5); scale_sd ~ normal(0, 0.5);
  ally_response ~ normal(0, 0.2); wave_persistence ~ normal(0.5, 0.3); wave_sd ~ normal(0, 0.02); shock_df ~ gamma(2, 0.5);
  unrest_slope ~ normal(0.3, 0.3);
  danger_between ~ normal(0, 0.1); danger_within ~ normal(0, 0.1); cover_slope ~ normal(0, 0.3);
  presence_response ~ normal(0, 0.02); war_response ~ normal(0, 0.1); exposure_response ~ normal(0, 0.3);
  milex_growth ~ student_t(shock_df, mean_growth, shock_scale[state] .* exp(unrest_slope * unrest_lag));
}
