# SPDX-License-Identifier: Apache-2.0
# What R adds to the library: conditions, interrupts that are heard elsewhere, shapes, and no crash for wrong pointers.
library(tenbin)
refused <- function(code, class) {
  said <- tryCatch({ code; NULL }, error = function(e) e)
  stopifnot(inherits(said, class))
  said
}
e <- refused(tb_settings(1), "error")
scenario <- tb_scenario(tb_data("scenarios/japan-announced.toml"))
e <- refused(tb_fit(scenario, chains = 0, draws = "x"), "tenbin_usage_error")
stopifnot(nrow(e$problems) == 2, grepl("--chains: 0 is out of range", conditionMessage(e), fixed = TRUE))
refused(tb_fit(scenario, 4), "error")
refused(tb_scenario("no-such-file.toml"), "tenbin_input_refused")
refused(tb_scenario(NA_character_), "error")
refused(tb_scenario(character()), "error")
refused(tb_project(scenario, list(pointer = 3)), "tenbin_usage_error")
refused(tb_project(scenario, list(pointer = tenbin:::study())), "tenbin_usage_error")
posterior <- tb_fit(scenario, draws = 50, warmup = 60, chains = 2)
refused(tb_save(posterior, "/no/such/folder/fit.fit"), "tenbin_output_error")
stopifnot(is.logical(posterior$sample_stats$diverging))
futures <- tb_project(scenario, posterior, futures = 300, keep = TRUE)
stopifnot(identical(dim(futures$milex), c(16L, 16L, 300L)), nchar(futures$digest) == 64)
below <- mean(futures$burden["2035", "JPN", ] <= futures$burden_quantile["2035", "JPN", 4])
stopifnot(abs(below - 0.5) < 0.01)
table <- as.data.frame(futures)
stopifnot(identical(names(table)[1:4], c("state", "year", "quantity", "q05")), !anyNA(table))
# A posterior that goes through a file is the same; one through a saved session says that it is gone.
path <- tempfile(fileext = ".fit")
tb_save(posterior, path)
refused(tb_save(posterior, tempfile(fileext = ".nc")), "tenbin_usage_error")
netcdf <- tempfile(fileext = c(".nc", ".nc"))
tb_export(posterior, netcdf[1])
listed <- tb_export(path, netcdf[2])
stopifnot("target" %in% listed$name, tools::md5sum(netcdf[1]) == tools::md5sum(netcdf[2]))
refused(tb_read_posterior(netcdf[1], scenario), "tenbin_input_refused")
again <- tb_read_posterior(path, scenario)
stopifnot(identical(tb_project(scenario, again, futures = 300)$digest, futures$digest))
gone <- unserialize(serialize(posterior, NULL))
refused(tb_project(scenario, gone), "tenbin_usage_error")
if (requireNamespace("posterior", quietly = TRUE)) {
  draws <- posterior::as_draws(posterior)
  stopifnot(posterior::nchains(draws) == 2, "target[JPN]" %in% posterior::variables(draws))
  stopifnot(identical(as.vector(posterior::extract_variable(draws, "threat_slope")),
                      as.vector(t(posterior$draws$threat_slope))))
}
panel <- tb_panel(tb_data("data/east-asia"))
e <- refused(tb_races(panel, year = 2030), "tenbin_usage_error")
stopifnot(grepl("is no setting of this", conditionMessage(e), fixed = TRUE))
blocs <- tb_new_scenario(extends = scenario, name = "say \"so\"", blocs = list("the other" = "CHN", one = c("JPN", "USA")))
stopifnot(identical(blocs$name, "say \"so\""), nrow(tb_balance(blocs, posterior, futures = 100)) == 16 * 3 * 4)
copy <- tb_new_panel(list(states = data.frame(state = panel$state, name = panel$name),
                          milex = transform(as.data.frame(panel), source = "a test")),
                     name = "a copy", currency = "US dollars", price_year = 2024)
stopifnot(identical(copy$milex, panel$milex), identical(copy$burden, panel$burden))
refused(tb_new_panel(list(states = data.frame(state = "X", name = "X"), milex = data.frame(state = "Y", year = 2000,
  milex = -1, burden = NA, kind = "reported", source = "")), "n", "c", 2024), "tenbin_input_refused")

# Every error is a condition of ours, in the words of what the user wrote.
refused(tb_settings(1), "tenbin_error") -> e
stopifnot(inherits(refused(tb_fit(scenario, 4), "tenbin_usage_error"), "tenbin_error"))
e <- refused(tb_project(scenario, gone), "tenbin_usage_error")
stopifnot(grepl("tb_read_posterior", conditionMessage(e), fixed = TRUE))
for (wrong in list(1, NULL, NA, list(), c("a", "b"))) refused(tb_scenario(wrong), "tenbin_usage_error")
e <- refused(tb_new_scenario(extends = scenario, name = "n", levers = list(list(kind = "plan", state = "JPN", burden = NA))), "tenbin_usage_error")
stopifnot(grepl("lever 1: burden: the value is NA", conditionMessage(e), fixed = TRUE))
e <- refused(tb_fit(scenario, draws = NA), "tenbin_usage_error")
e <- refused(tb_project(panel, posterior), "tenbin_usage_error")
refused(tb_compare(posterior = posterior), "tenbin_usage_error")

# Paths stand for what is in them; subjects and the posterior may come in any order, and one by one.
file <- tb_data("scenarios/japan-announced.toml")
stopifnot(identical(tb_project(file, path, futures = 300)$digest, futures$digest))
pair <- tb_data("scenarios/japan-3pct.toml")
stopifnot(identical(tb_compare(c(file, pair), posterior, futures = 200), tb_compare(scenario, tb_scenario(pair), posterior, futures = 200)))
invisible(tb_fit(tb_data("data/east-asia"), draws = 20, warmup = 20))

# Scenarios are called by their names, the same in every run.
ids <- function() unique(tb_compare(scenario, tb_new_scenario(extends = scenario, name = "Plan A"),
                                    tb_new_scenario(extends = scenario, name = "Plan A"), posterior, futures = 200)$scenario)
stopifnot(identical(ids(), c("plan-a", "plan-a-2")))

# Nothing is overwritten by surprise.
mine <- file.path(tempdir(), "mine.toml")
invisible(tb_new_scenario(extends = scenario, name = "one", path = mine))
refused(tb_new_scenario(extends = scenario, name = "two", path = mine), "tenbin_output_error")
refused(tb_new_scenario(extends = scenario, name = "two", focus = "ZZZ", path = mine, overwrite = TRUE), "tenbin_input_refused")
stopifnot(tb_scenario(mine)$name == "one", tb_new_scenario(extends = scenario, name = "two", path = mine, overwrite = TRUE)$name == "two")
tables <- list(states = data.frame(state = panel$state, name = panel$name), milex = transform(as.data.frame(panel), source = "a test"))
own <- file.path(tempdir(), "own")
new_panel <- function(tables, ...) tb_new_panel(tables, name = "own", currency = "US dollars", price_year = 2024, folder = own, ...)
invisible(new_panel(tables))
refused(new_panel(tables), "tenbin_output_error")
wrong <- tables
wrong$milex$milex[3] <- -1
e <- refused(new_panel(wrong, overwrite = TRUE), "tenbin_input_refused")
stopifnot(grepl("table \"milex\", row 3: milex is -1", conditionMessage(e), fixed = TRUE), !grepl(".part", conditionMessage(e), fixed = TRUE))
stopifnot(identical(tb_panel(own)$milex, panel$milex))

# A frame with every state and year; another decimal mark.
options(OutDec = ",")
rows <- tables$milex[tables$milex$state == "JPN", ]
rows$milex[1:2] <- NA
rows$burden[1:2] <- NA
rows$kind[1:2] <- NA
e <- refused(tb_new_panel(c(tables, list(milx = tables$milex)), "b", "US dollars", 2024), "tenbin_input_refused")
stopifnot(grepl("no table of this name", conditionMessage(e), fixed = TRUE))
balanced <- tb_new_panel(list(states = tables$states, milex = rbind(rows, tables$milex[tables$milex$state != "JPN", ])), "b", "US dollars", 2024)
stopifnot(any(grepl("2 rows without a figure", balanced$notes$what, fixed = TRUE)))
shares <- tb_new_scenario(extends = scenario, name = "s", levers = list(list(kind = "plan", state = "JPN", burden = 0.025, from = 2027, by = 2030)))
stopifnot(any(readLines(shares$path) == "burden = 0.025"))
stopifnot(identical(tb_project(scenario, posterior, futures = 300)$digest, futures$digest))
options(OutDec = ".")
