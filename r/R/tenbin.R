# SPDX-License-Identifier: Apache-2.0
# What a user calls: functions from noun to noun, as on the command line.

tb_version <- function() .Call(tb_about)[1]

tb_data <- function(name = "data") {
  path <- file.path(dirname(.Call(tb_about)[2]), name)
  if (!file.exists(path)) stop(name, " is not shipped with tenbin; look into ", dirname(path))
  path
}

tb_panel <- function(path) {
  pointer <- study()
  notes <- file_call(pointer, "read_panel", path)$notes
  result <- ask(pointer, "panel")
  arrays <- with_names(result$arrays)
  structure(c(list(path = normalizePath(path), notes = notes, attributes = result$attributes), arrays),
            class = "tenbin_panel")
}

as.data.frame.tenbin_panel <- function(x, ...) {
  at <- which(x$kind > 0, arr.ind = TRUE)
  at <- at[order(at[, 1], at[, 2]), , drop = FALSE]
  kinds <- c("none", "reported", "estimate", "uncertain", "imputed")
  data.frame(state = x$state[at[, 1]], year = x$year[at[, 2]], milex = x$milex[at],
             burden = ifelse(is.nan(x$burden[at]), NA_real_, x$burden[at]), kind = kinds[x$kind[at] + 1])
}

print.tenbin_panel <- function(x, ...) {
  cat(sprintf("Panel %s: %d states, %d-%d\n", x$attributes[["panel"]], length(x$state), min(x$year), max(x$year)))
  invisible(x)
}

tb_new_panel <- function(tables, name, currency, price_year, vintage = "by hand", licence = "not stated",
                         share_of_world = 1, folder = tempfile("panel")) {
  dir.create(folder, recursive = TRUE, showWarnings = FALSE)
  for (table in names(tables))
    write_beside(file.path(folder, paste0(table, ".csv")), function(path)
      utils::write.csv(with_all_digits(tables[[table]]), path, row.names = FALSE, na = "", fileEncoding = "UTF-8"))
  about <- list(format = 1L, name = name, currency = currency, price_year = as.integer(price_year),
                vintage = vintage, licence = licence, share_of_world = share_of_world)
  write_toml(file.path(folder, "panel.toml"), about)
  tb_panel(folder)
}

tb_scenario <- function(path) {
  pointer <- study()
  notes <- file_call(pointer, "read_scenario", path)$notes
  row <- as_table(ask(pointer, "scenarios"))
  structure(c(list(path = normalizePath(path), notes = notes), as.list(row)), class = "tenbin_scenario")
}

print.tenbin_scenario <- function(x, ...) {
  cat(sprintf("Scenario %s: %d-%d\n", x$name, x$start, x$end))
  invisible(x)
}

tb_new_scenario <- function(panel = NULL, ..., extends = NULL, levers = list(), path = tempfile("scenario", fileext = ".toml")) {
  keys <- c(list(format = 1L), list(...))
  if (!is.null(keys$blocs)) keys$blocs <- lapply(keys$blocs, as.list)  # a bloc of one is a list too
  if (!is.null(panel)) keys$panel <- if (inherits(panel, "tenbin_panel")) panel$path else normalizePath(panel)
  if (!is.null(extends)) keys$extends <- if (inherits(extends, "tenbin_scenario")) extends$path else normalizePath(extends)
  write_toml(path, keys, levers)
  tb_scenario(path)
}

as_posterior <- function(pointer, notes) {
  force(notes)  # the fit, or the reading, that gives them
  spending <- ask(pointer, "posterior")
  structure(list(pointer = spending$pointer, study = pointer, notes = notes, attributes = spending$attributes,
                 draws = with_names(spending$arrays),
                 economy = with_names(ask(pointer, "posterior_economy")$arrays),
                 sample_stats = ask(pointer, "sample_stats")$arrays),
            class = "tenbin_posterior")
}

read_of <- function(pointer, of)
  file_call(pointer, if (inherits(of, "tenbin_panel")) "read_panel" else "read_scenario", of$path)

tb_fit <- function(of, ..., progress = interactive()) {
  pointer <- study(list(...), "(fit)")
  read_of(pointer, of)
  as_posterior(pointer, warn_of(long_call(pointer, "fit", progress = progress)$notes))
}

tb_read_posterior <- function(path, of) {
  pointer <- study()
  read_of(pointer, of)
  as_posterior(pointer, warn_of(file_call(pointer, "read_posterior", path)$notes))
}

tb_save <- function(posterior, path) {
  file_call(posterior$study, "write_posterior", path)
  invisible(path)
}

print.tenbin_posterior <- function(x, ...) {
  cat(sprintf("Posterior of panel %s up to %s: %s chains of %s draws, %s priors\n", x$attributes[["panel"]],
              x$attributes[["last_year"]], x$attributes[["chains"]], x$attributes[["draws"]], x$attributes[["priors"]]))
  invisible(x)
}

summary.tenbin_posterior <- function(object, ...) as_table(ask(object$study, "parameters"))

# Draws as the package posterior has them: iteration x chain x variable, "target[JPN]".
tb_draws <- function(posterior, equation = c("spending", "economy")) {
  equation <- match.arg(equation)
  if (!requireNamespace("posterior", quietly = TRUE)) stop("install the package posterior for its draws objects")
  arrays <- if (equation == "spending") posterior$draws else posterior$economy
  arrays <- arrays[vapply(arrays, function(a) length(dim(a)) >= 2, TRUE)]
  parts <- lapply(names(arrays), function(name) {
    values <- arrays[[name]]
    labels <- if (length(dim(values)) == 3) dimnames(values)[[3]] else NULL
    chains <- dim(values)[1]
    draws <- dim(values)[2]
    dim(values) <- c(chains, draws, max(1L, length(labels)))
    values <- aperm(values, c(2, 1, 3))
    dimnames(values) <- list(NULL, NULL, if (is.null(labels)) name else sprintf("%s[%s]", name, labels))
    values
  })
  all <- array(unlist(parts, use.names = FALSE), c(dim(parts[[1]])[1:2], sum(vapply(parts, function(p) dim(p)[3], 1L))))
  dimnames(all) <- list(iteration = NULL, chain = NULL,
                        variable = unlist(lapply(parts, function(p) dimnames(p)[[3]]), use.names = FALSE))
  posterior::as_draws_array(all)
}

as_draws_array.tenbin_posterior <- function(x, ...) tb_draws(x)
as_draws.tenbin_posterior <- function(x, ...) tb_draws(x)

tb_project <- function(scenario, posterior = NULL, ..., keep = FALSE, progress = interactive()) {
  pointer <- study_of("(project)", scenario, posterior, list(...), progress)
  result <- long_call(pointer, "project", flag = keep, progress = progress)$result
  arrays <- result$arrays
  arrays$level <- as.numeric(arrays$level)
  notes <- unname(result$attributes[startsWith(names(result$attributes), "note ")])
  structure(c(list(digest = result$attributes[["digest"]], notes = notes, attributes = result$attributes), with_names(arrays)),
            class = "tenbin_futures")
}

print.tenbin_futures <- function(x, ...) {
  cat(sprintf("Futures of %s, %d-%d, %d states; quantiles %s\n", x$attributes[["scenario"]], min(x$year), max(x$year),
              length(x$state), substr(x$digest, 1, 12)))
  invisible(x)
}

as.data.frame.tenbin_futures <- function(x, ...) {
  of <- function(quantity) {
    mean <- t(x[[paste0(quantity, "_mean")]])
    at <- which(!is.nan(mean), arr.ind = TRUE)
    at <- at[order(at[, 1], at[, 2]), , drop = FALSE]
    quantile <- x[[paste0(quantity, "_quantile")]]
    frame <- data.frame(state = x$state[at[, 1]], year = x$year[at[, 2]], quantity = quantity)
    for (k in seq_along(x$level))
      frame[[sprintf("q%02d", round(100 * x$level[k]))]] <- quantile[cbind(at[, 2], at[, 1], k)]
    frame$mean <- mean[at]
    frame
  }
  frame <- rbind(of("burden"), of("milex"))
  rownames(frame) <- NULL
  frame
}

tb_compare <- function(scenarios, posterior = NULL, ..., progress = interactive())
  ask_scenarios("compare", scenarios, posterior, list(...), progress)
tb_responses <- function(scenario, posterior = NULL, ..., progress = interactive())
  ask_scenarios("responses", scenario, posterior, list(...), progress)
tb_burden <- function(scenario, posterior = NULL, ..., progress = interactive())
  ask_scenarios("burden", scenario, posterior, list(...), progress)
tb_balance <- function(scenario, posterior = NULL, ..., progress = interactive())
  ask_scenarios("balance", scenario, posterior, list(...), progress)
tb_risk <- function(scenarios, posterior = NULL, ..., progress = interactive())
  ask_scenarios("risk", scenarios, posterior, list(...), progress)

tb_brief <- function(scenarios, path, posterior = NULL, ..., plain = FALSE, progress = interactive()) {
  pointer <- study_of("(brief)", scenarios, posterior, list(...), progress)
  notes <- long_call(pointer, "brief", path.expand(path), plain, progress)$notes
  notes$what[nrow(notes)]
}

tb_reach <- function(scenario) ask_panels("reach", list(scenario))
tb_coverage <- function(panel) ask_panels("coverage", list(panel))
tb_races <- function(panel, ...) ask_panels("races", list(panel), list(...))
tb_backtest <- function(panel, ..., progress = interactive()) ask_panels("forecasts", list(panel), list(...), progress)
tb_scores <- function(panel, ..., progress = interactive()) ask_panels("scores", list(panel), list(...), progress)

tb_diff <- function(before, after, ..., figures_only = FALSE, progress = interactive()) {
  settings <- list(...)
  both <- list(before, after)
  tables <- list(figures = ask_panels("figures", both, if (figures_only) settings else settings[names(settings) == "tolerance"]))
  if (!figures_only) tables$medians <- ask_panels("medians", both, settings, progress)
  tables
}

tb_import <- function(source, files, folder, states = NULL, add_states = FALSE) {
  pointer <- study(list(states = states, add_states = as.integer(add_states)), "(import)")
  answer <- checked(.Call(tb_import_files, pointer, source, path.expand(files), path.expand(folder)))
  warn_of(answer$notes)
  as_table(answer$result)
}

tb_settings <- function() as_table(ask(study(), "settings"))
tb_questions <- function() as_table(ask(study(), "questions"))
