# SPDX-License-Identifier: Apache-2.0
# Side by side: the draws of stan_spending.R and of tenbin_bench_fit in one folder. Fails if their
# densities or gradients differ. Usage:
#   Rscript compare.R FOLDER
suppressMessages(library(posterior))
folder <- commandArgs(TRUE)[1]
numbers <- function(file) { t <- read.table(file.path(folder, file)); setNames(as.list(t[[2]]), t[[1]]) }
doubles <- function(file) { f <- file.path(folder, file); readBin(f, "double", file.size(f) / 8) }

ours <- numbers("tenbin.txt"); stan <- numbers("stan.txt")
names <- readLines(file.path(folder, "names.txt"))
draws <- array(doubles("draws.bin"), c(length(names), ours$draws, ours$chains))
ess <- apply(draws, 1, ess_bulk); r <- apply(draws, 1, rhat)
line <- function(what, a, b, ratio = "") cat(sprintf("  %-38s %14s %14s  %s\n", what, a, b, ratio))
show <- function(x, digits) formatC(x, format = "f", digits = digits, big.mark = ",")
rate <- min(ess) / ours$seconds; stan_rate <- stan$ess_bulk_min / stan$seconds
line("", "tenbin", "rstan")
line("chains x (warm-up + draws)", sprintf("%d x (%d + %d)", ours$chains, ours$warmup, ours$draws),
     sprintf("4 x (%d + %d)", stan$warmup, stan$draws / 4))
line("wall seconds, warm-up included", show(ours$seconds, 2), show(stan$seconds, 1), sprintf("%.0f times", stan$seconds / ours$seconds))
line("compile seconds, apart", "-", show(stan$compile_seconds, 1))
line("divergences", ours$divergences, stan$divergences)
line("R-hat at most", sprintf("%.4f", max(r)), sprintf("%.4f", stan$rhat_max))
line("bulk effective draws at least", show(min(ess), 0), show(stan$ess_bulk_min, 0), names[which.min(ess)])
line("the same a second", show(rate, 1), show(stan_rate, 3), sprintf("RATIO %.0f", rate / stan_rate))

line("gradients a second, one core", show(ours$gradients_a_second, 0), show(stan$gradients_a_second, 0),
     sprintf("%.0f times", ours$gradients_a_second / stan$gradients_a_second))
theirs <- doubles("stan_gradients.bin"); gradients <- doubles("gradients.bin")
d <- diff(doubles("stan_densities.bin"))
off <- c(max(abs(theirs - gradients) / pmax(1, abs(theirs))), max(abs(d - diff(doubles("densities.bin"))) / abs(d)))
cat(sprintf("  gradients at 20 points differ by at most %.1e, differences of log density by %.1e (relative)\n", off[1], off[2]))
if (!all(off < 1e-9)) stop("tenbin and Stan do not compute the same density")
