# SPDX-License-Identifier: Apache-2.0
# Reference values of R's packages posterior and loo on numbers that C++ makes to the same bits (a
# linear congruential generator in exact integers). Run in this folder:
#   Rscript diagnostics.R       (Debian 12: r-cran-posterior 1.4.0, r-cran-loo 2.5.1)
suppressMessages({library(posterior); library(loo)})

state <- 1
uniform <- function(n) { u <- numeric(n)
  for (k in seq_len(n)) { state <<- (state * 16807) %% 2147483647; u[k] <- state / 2147483647 }; u }
logistic <- function(n) { u <- uniform(n); log(u / (1 - u)) }
chain <- function(n, persistence, offset) { x <- numeric(n); e <- logistic(n); last <- 0
  for (t in seq_len(n)) { last <- persistence * last + e[t]; x[t] <- last + offset }; x }

# name, draws a chain, persistence, offset of the last chain, transform
kinds <- list(list("slow", 500, 0.7, 0, identity), list("odd", 501, 0.2, 0, identity),
              list("antithetic", 400, -0.5, 0, identity), list("apart", 300, 0.3, 4, identity),
              list("heavy", 600, 0.4, 0, function(x) x^3), list("ties", 250, 0.5, 0, round),
              list("short", 6, 0.1, 0, identity))
sink("diagnostics.csv")
cat("series,rhat,ess_bulk,ess_tail,mcse_mean,q05,q95\n")
for (k in kinds) {
  state <- 20261122
  x <- sapply(1:4, function(c) k[[5]](chain(k[[2]], k[[3]], if (c == 4) k[[4]] else 0)))
  q <- quantile(x, c(.05, .95), names = FALSE)
  cat(sprintf("%s,%.15g,%.15g,%.15g,%.15g,%.15g,%.15g\n", k[[1]], rhat(x), ess_bulk(x), ess_tail(x), mcse_mean(x), q[1], q[2]))
}
sink()

state <- 11
ll <- sapply(1:30, function(i) -(0.02 + 0.05 * i) * abs(logistic(1000)) - i / 10)  # k from 0.1 to 1.5
result <- suppressWarnings(loo(ll, r_eff = rep(1, ncol(ll))))
sink("loo.csv")
cat("elpd,p_loo,pareto_k\n")
for (i in 1:30) cat(sprintf("%.15g,%.15g,%.15g\n", result$pointwise[i, "elpd_loo"], result$pointwise[i, "p_loo"], result$diagnostics$pareto_k[i]))
sink()
