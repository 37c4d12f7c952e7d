# SPDX-License-Identifier: Apache-2.0
# Forecasts of the packages that forecasters use, for `tenbin backtest --baselines`: damped trend and the other
# exponential smoothings (ets, ZZN), theta, and ARIMA chosen by AICc, of log milex and of log burden, from the same
# years that tenbin's own baselines see. Needs R and r-cran-forecast.
#
#   Rscript bench/baselines.R PANEL OUT.csv 2000:2022 10
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 4) stop("usage: Rscript baselines.R PANEL OUT.csv FIRST:LAST|Y,Y,... HORIZON")
milex <- read.csv(file.path(arguments[1], "milex.csv"), stringsAsFactors = FALSE)
milex <- milex[milex$kind != "imputed", ]
origins <- if (grepl(":", arguments[3])) {
  ends <- as.integer(strsplit(arguments[3], ":")[[1]])
  ends[1]:ends[2]
} else as.integer(strsplit(arguments[3], ",")[[1]])
horizon <- as.integer(arguments[4])
level <- 68.26895  # of the interval whose half width is one sd

# The years up to the origin without a gap, since 1960.
history <- function(rows, origin) {
  rows <- rows[rows$year <= origin & rows$year >= 1960, ]
  rows <- rows[order(rows$year), ]
  if (nrow(rows) == 0 || tail(rows$year, 1) != origin) return(rows[0, ])
  gap <- which(diff(rows$year) > 1)
  if (length(gap) > 0) rows <- rows[(max(gap) + 1):nrow(rows), ]
  rows
}

methods <- list(
  ets = function(y) forecast(ets(y, model = "ZZN"), h = horizon, level = level),
  arima = function(y) forecast(auto.arima(y), h = horizon, level = level),
  theta = function(y) thetaf(y, h = horizon, level = level))

jobs <- expand.grid(origin = origins, state = sort(unique(milex$state)), stringsAsFactors = FALSE)
one <- function(k) {
  rows <- history(milex[milex$state == jobs$state[k], ], jobs$origin[k])
  if (nrow(rows) < 15) return(NULL)
  series <- list(milex = log(rows$milex))
  if (!any(is.na(rows$burden))) series$burden <- log(rows$burden)
  parts <- list()
  for (what in names(series)) for (model in names(methods)) {
    f <- methods[[model]](series[[what]])
    parts[[length(parts) + 1]] <- data.frame(
      state = jobs$state[k], origin = jobs$origin[k], h = 1:horizon, what = what, model = model,
      mean = as.numeric(f$mean), sd = (as.numeric(f$upper) - as.numeric(f$lower)) / 2)
  }
  do.call(rbind, parts)
}
result <- do.call(rbind, parallel::mclapply(seq_len(nrow(jobs)), one, mc.cores = parallel::detectCores()))
beside <- paste0(arguments[2], ".part")
write.csv(format(result, digits = 15, trim = TRUE), beside, row.names = FALSE, quote = FALSE)
if (!file.rename(beside, arguments[2])) stop("cannot write ", arguments[2])
