# SPDX-License-Identifier: Apache-2.0
# Samples the spending equation with rstan. Usage:
#   Rscript stan_spending.R MODEL.stan ROWS.csv OUT_FOLDER WARMUP DRAWS CORES SEED
# ROWS.csv has the columns of tenbin_bench_fit; a program takes of them what it names. Writes into OUT_FOLDER
# stan_table.csv (the summary that tests read), stan.txt and, where tenbin_bench_fit left points,
# densities and gradients there.
suppressMessages({library(rstan); library(posterior)})
rstan_options(boost_lib = "/usr/include")  # Debian's rstan does not find Boost by itself
a <- commandArgs(TRUE)
rows <- read.csv(a[2]); out <- a[3]
warmup <- as.integer(a[4]); draws <- as.integer(a[5]); cores <- as.integer(a[6]); seed <- as.integer(a[7])
ids <- unique(rows$state); first <- min(rows$year); years <- max(rows$year) - first + 1
region <- as.character(rows$region[match(ids, rows$state)])
regions <- if (length(ids) < 40) character() else sort(names(which(table(region[region != ""]) >= 8)))
data <- c(list(N = nrow(rows), S = length(ids), Y = years,
               state = match(rows$state, ids), year = rows$year - first + 1,
               waves = as.integer(length(ids) >= 40), R = length(regions), series = 1 + match(region, regions, nomatch = 0),
               danger_mean = rows$danger_mean[match(ids, rows$state)]),
          as.list(rows[, setdiff(names(rows), c("state", "year", "danger_mean", "region"))]))
compile <- system.time(model <- stan_model(a[1]))[["elapsed"]]
wall <- system.time(fit <- sampling(model, data = data, chains = 4, warmup = warmup,
  iter = warmup + draws, cores = cores, seed = seed, refresh = 0, control = list(adapt_delta = 0.9)))[["elapsed"]]
gradients_a_second <- NaN
if (file.exists(file.path(out, "points.bin"))) {  # tenbin's points: densities and gradients there
  file <- file.path(out, "points.bin"); points <- matrix(readBin(file, "double", file.size(file) / 8), ncol = 20)
  g <- lapply(1:20, function(k) grad_log_prob(fit, points[, k]))
  writeBin(unlist(lapply(g, as.numeric)), file.path(out, "stan_gradients.bin"))
  writeBin(sapply(g, attr, "log_prob"), file.path(out, "stan_densities.bin"))
  begin <- proc.time()[["elapsed"]]; count <- 0
  while (proc.time()[["elapsed"]] - begin < 5) { for (k in 1:20) grad_log_prob(fit, points[, k]); count <- count + 20 }
  gradients_a_second <- count / (proc.time()[["elapsed"]] - begin)
}
kept <- as_draws_array(fit)
wanted <- grep("^(z_|lp__)", variables(kept), invert = TRUE)
kept <- kept[, , wanted]
names <- variables(kept)
names <- sub("^(burden_target|pull|persistence|income|rival_response|shock_scale)\\[(\\d+)\\]$", "\\1[#\\2]", names)
for (k in grep("#", names)) { i <- as.integer(sub(".*#(\\d+).*", "\\1", names[k])); names[k] <- sub("#\\d+", ids[i], names[k]) }
names <- sub("^(wave_persistence|wave_sd)\\[1\\]$", "\\1", names)
for (k in grep("^wave\\[", names)) { t <- as.integer(sub(".*\\[(\\d+)\\]", "\\1", names[k])); names[k] <- paste0("wave[", c("", paste0(regions, " "))[1 + (t - 1) %/% years], first + (t - 1) %% years, "]") }
s <- as.data.frame(t(sapply(seq_along(names), function(k) { x <- matrix(kept[, , k], nrow = draws)
  c(mean = mean(x), sd = sd(x), mcse = mcse_mean(x), quantile(x, c(.05, .5, .95), names = FALSE) |> setNames(c("q5", "q50", "q95")), ess_bulk = ess_bulk(x), rhat = rhat(x)) })))
table <- data.frame(parameter = names, mean = signif(s$mean, 6), sd = signif(s$sd, 6), mcse_mean = signif(s$mcse, 3),
                    q05 = signif(s$q5, 5), median = signif(s$q50, 5), q95 = signif(s$q95, 5),
                    ess_bulk = round(s$ess_bulk), rhat = round(s$rhat, 4))
write.csv(table, file.path(out, "stan_table.csv"), row.names = FALSE, quote = FALSE)
worst <- which.min(s$ess_bulk)
divergences <- sum(sapply(get_sampler_params(fit, inc_warmup = FALSE), function(x) sum(x[, "divergent__"])))
writeLines(sprintf("%s %.17g", c("seconds", "compile_seconds", "divergences", "rhat_max", "ess_bulk_min", "warmup", "draws",
                                  "gradients_a_second"),
                   c(wall, compile, divergences, max(s$rhat), min(s$ess_bulk), warmup, 4 * draws,
                   gradients_a_second)), file.path(out, "stan.txt"))
cat(sprintf("rstan %s: %.1f s (compile %.1f s apart), R-hat at most %.4f, bulk ESS at least %.0f (%s), %d divergences\n",
            packageVersion("rstan"), wall, compile, max(s$rhat), min(s$ess_bulk), names[worst], divergences))
