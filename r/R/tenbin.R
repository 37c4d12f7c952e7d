# SPDX-License-Identifier: Apache-2.0
# What a user calls: functions from noun to noun, as on the command line.

tb_version <- function() .Call(C_tb_about)[1]

tb_data <- function(name = "data") {
  path <- file.path(dirname(.Call(C_tb_about)[2]), name)
  if (!file.exists(path)) refuse(name, "this is not shipped with tenbin", paste("Look into", dirname(path)))
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
                         share_of_world = 1, folder = tempfile("panel"), overwrite = FALSE) {
  refuse_existing(folder, overwrite)
  if (file.exists(folder) && !file.exists(file.path(folder, "panel.toml")))
    refuse(folder, "this is no panel", "Only a panel is overwritten: give another name", 4L)
  beside <- file.path(dirname(folder), sprintf(".%s.%d.part", basename(folder), Sys.getpid()))
  on.exit(unlink(beside, recursive = TRUE))
  dir.create(beside, recursive = TRUE, showWarnings = FALSE)
  for (table in names(tables)) {
    if (!is.data.frame(tables[[table]])) refuse(sprintf("table \"%s\"", table), paste("it is a", class(tables[[table]])[1]), "Give a data frame")
    write_beside(file.path(beside, paste0(table, ".csv")), function(path)
      utils::write.csv(with_all_digits(tables[[table]]), path, row.names = FALSE, na = "", fileEncoding = "UTF-8"))
  }
  about <- list(format = 1L, name = name, currency = currency, price_year = as.integer(price_year),
                vintage = vintage, licence = licence, share_of_world = share_of_world)
  write_toml(file.path(beside, "panel.toml"), about)
  tryCatch({
    strays <- tb_panel(beside)$notes
    strays <- strays[startsWith(strays$what, "a panel has no table of this name"), , drop = FALSE]
    if (nrow(strays) > 0) {  # a table that was handed over is meant
      strays$kind <- "refuse"
      raise(strays, 3L)
    }
  }, tenbin_input_refused = function(e) raise(of_tables(e$problems, beside), 3L))
  if (file.exists(folder)) {
    before <- paste0(beside, ".before")
    file.rename(folder, before)
    file.rename(beside, folder)
    unlink(before, recursive = TRUE)
  } else if (!file.rename(beside, folder)) {
    refuse(folder, "the finished folder cannot take its name", "Look at the folder and its permissions", 4L)
  }
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

tb_new_scenario <- function(panel = NULL, ..., extends = NULL, levers = list(), path = NULL, overwrite = FALSE) {
  keys <- c(list(format = 1L), list(...))
  if (is.null(path)) {  # a folder of its own, so that the file has the scenario's name
    folder <- tempfile("scenario")
    dir.create(folder)
    path <- file.path(folder, paste0(file_name(keys$name), ".toml"))
  }
  refuse_existing(path, overwrite)
  if (!is.null(keys$blocs)) keys$blocs <- lapply(keys$blocs, as.list)  # a bloc of one is a list too
  if (!is.null(panel)) keys$panel <- if (inherits(panel, "tenbin_panel")) panel$path else normalizePath(path_of(panel, "panel"))
  if (!is.null(extends)) keys$extends <- if (inherits(extends, "tenbin_scenario")) extends$path else normalizePath(path_of(extends, "extends"))
  beside <- file.path(dirname(path), sprintf(".%s.%d.part", basename(path), Sys.getpid()))
  on.exit(unlink(beside))
  write_toml(beside, keys, levers)
  tryCatch(tb_scenario(beside), tenbin_input_refused = function(e) {
    for (column in c("text", "where")) e$problems[[column]] <- gsub(beside, basename(path), e$problems[[column]], fixed = TRUE)
    raise(e$problems, 3L)
  })
  if (!file.rename(beside, path)) refuse(path, "it cannot be written", "Look at the folder and its permissions", 4L)
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

read_of <- function(pointer, of) {
  of <- subject_of(of)
  file_call(pointer, if (inherits(of, "tenbin_panel")) "read_panel" else "read_scenario", of$path)
}

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
  if (isTRUE(grepl("[.]nc$", path)))
    refuse(path, "a fit is a .fit file; netCDF is exported from it, for other programs",
           "Give a name that ends in .fit, and then: tenbin export NAME.fit -o NAME.nc")
  file_call(posterior$study, "write_posterior", path)
  invisible(path)
}

# netCDF for other programs.
tb_export <- function(posterior, path) {
  if (!inherits(posterior, "tenbin_posterior")) return(tb_ask("export", posterior, settings = list(netcdf = path_of(path, "the path"))))
  if (isFALSE(grepl("[.]nc$", path))) refuse(path, "what is written is netCDF", "Give a name that ends in .nc")
  file_call(posterior$study, "write_posterior", path)
  invisible(path)
}

print.tenbin_posterior <- function(x, ...) {
  cat(sprintf("Posterior of panel %s up to %s: %s chains of %s draws, %s priors\n", x$attributes[["panel"]],
              x$attributes[["last_year"]], x$attributes[["chains"]], x$attributes[["draws"]], x$attributes[["priors"]]))
  invisible(x)
}

summary.tenbin_posterior <- function(object, ...) as_table(ask(object$study, "summary"))

# Draws as the package posterior has them: iteration x chain x variable, "target[JPN]".
tb_draws <- function(posterior, equation = c("spending", "economy")) {
  equation <- match.arg(equation)
  if (!requireNamespace("posterior", quietly = TRUE)) refuse("tb_draws()", "the package posterior is not installed", "Install it for its draws objects")
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
  result <- with_flags(long_call(pointer, "project", flag = keep, progress = progress)$result)
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

tb_brief <- function(scenarios, path, posterior = NULL, ..., plain = FALSE, progress = interactive()) {
  pointer <- study_of("(brief)", scenarios, posterior, list(...), progress)
  notes <- long_call(pointer, "brief", path.expand(path), plain, progress)$notes
  notes$what[nrow(notes)]
}

tb_diff <- function(before, after, ..., figures_only = FALSE, progress = interactive()) {
  settings <- list(...)
  tables <- list(figures = tb_ask("diff", before, after, settings = c(list(figures_only = 1L), if (figures_only) settings else settings[names(settings) == "tolerance"])))
  if (!figures_only) tables$medians <- tb_ask("medians", before, after, settings = settings, progress = progress)
  tables
}

tb_import <- function(source, files, folder, states = NULL, add_states = FALSE) {
  pointer <- study(list(states = states, add_states = as.integer(add_states)), "(import)")
  answer <- checked(.Call(C_tb_import_files, pointer, source, path.expand(files), path.expand(folder)))
  warn_of(answer$notes)
  as_table(answer$result)
}


# The answer to a question as a data frame: what the verb of that name writes. `...`: what it is about, as tb_questions()
# says (a file, a panel, two panels, scenarios, or a list of them; a file and a panel). The attributes "text" and "holds" are what the command
# line prints, and whether the answer is yes. A posterior is fitted now where the question needs one and none is given.
tb_ask <- function(question, ..., posterior = NULL, settings = list(), progress = interactive()) {
  row <- question_row(question)
  subjects <- list(...)
  flat <- list()
  for (s in subjects) flat <- c(flat, if (is.list(s) && is.null(attr(s, "class"))) s else if (is.character(s)) as.list(s) else list(s))
  fits <- is.null(posterior) && endsWith(row$needs, "posterior")
  pointer <- study(settings, c(question, if (fits) "(fit)"))
  files <- if (row$needs == "file") length(flat) else if (startsWith(row$needs, "file")) min(1L, length(flat)) else 0L
  for (k in seq_along(flat)) {
    if (k > files) flat[[k]] <- subject_of(flat[[k]])
    read_subject(pointer, if (k > files) row$needs else "file", flat[[k]])
  }
  if (fits) warn_of(long_call(pointer, "fit", progress = progress)$notes)
  else if (!is.null(posterior)) checked(.Call(C_tb_use, pointer, posterior_of(posterior, flat[[1]])$pointer))
  result <- ask(pointer, question, progress)
  table <- as_table(result)
  attr(table, "text") <- result$attributes[["text"]]
  attr(table, "holds") <- result$attributes[["holds"]] == "1"
  table
}

read_subject <- function(pointer, needs, subject) {
  if (needs == "file") return(checked(.Call(C_tb_set, pointer, "file", path_of(subject, "the file"))))
  read_of(pointer, subject)
}

question_row <- function(name) {
  table <- as_table(ask(.Call(C_tb_open), "questions"))
  row <- table[table$name == name, ]
  if (nrow(row) == 0)
    raise(data.frame(text = sprintf("question: there is no question \"%s\". tb_questions() lists them.", name), where = "question",
                     what = sprintf("there is no question \"%s\"", name), mend = "tb_questions() lists them", kind = "refuse"), 2L)
  row
}

# The function of a question: what it is about and a posterior, in any order, then settings by name.
function_of <- function(name, needs) {
  force(name)
  if (needs == "nothing")
    return(function(...) {
      if (...length() > 0) refuse(paste0("tb_", name, "()"), "it is about nothing", "Call it without an argument")
      tb_ask(name)
    })
  function(..., posterior = NULL, progress = interactive()) {
    given <- list(...)
    named <- if (is.null(names(given))) rep(FALSE, length(given)) else names(given) != ""
    is_posterior <- vapply(given, inherits, TRUE, "tenbin_posterior") & !named
    if (any(is_posterior)) posterior <- given[[which(is_posterior)[1]]]
    about <- unname(given[!named & !is_posterior])
    about <- about[!vapply(about, is.null, TRUE)]
    if (length(about) == 0) refuse(paste0("tb_", name, "()"), "nothing is given that it is about", paste("Give", needs))
    do.call(tb_ask, c(list(name), about, list(posterior = posterior, settings = given[named], progress = progress)))
  }
}

.onLoad <- function(libname, pkgname) {
  space <- parent.env(environment())
  table <- as_table(ask(.Call(C_tb_open), "questions"))
  arrays <- c("panel", "posterior", "posterior_economy", "sample_stats", "sample_stats_economy")
  for (k in which(!(table$name %in% arrays) & !startsWith(table$name, "("))) {
    name <- paste0("tb_", table$name[k])
    if (!exists(name, space, inherits = FALSE)) assign(name, function_of(table$name[k], table$needs[k]), space)
  }
}
