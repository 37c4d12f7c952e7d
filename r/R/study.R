# SPDX-License-Identifier: Apache-2.0
# A study of the library: settings, files, and errors as R's own conditions.

file_calls <- c(read_panel = 0L, read_scenario = 1L, read_posterior = 2L, write_posterior = 3L)
long_calls <- c(fit = 0L, project = 1L, ask = 2L, brief = 3L)
error_classes <- c(`2` = "tenbin_usage_error", `3` = "tenbin_input_refused", `4` = "tenbin_output_error",
                   `6` = "tenbin_memory_error", `70` = "tenbin_bug")

problem_frame <- function(problems) {
  problems <- as.data.frame(problems, stringsAsFactors = FALSE)
  setNames(problems, c("text", "where", "what", "mend", "kind"))
}

# Raises what the library refused, with every problem in it; else gives the answer, its notes as a data frame.
checked <- function(answer, call = NULL) {
  problems <- problem_frame(answer$problems)
  if (answer$code == 0L) {
    answer$notes <- problems
    return(answer)
  }
  raise(problems, answer$code, call)
}

raise <- function(problems, code, call = NULL) {
  if (code == 5L) {  # Ctrl-C: an interrupt, which try() lets through
    signalCondition(structure(class = c("interrupt", "condition"), list(message = "interrupted", call = call)))
    invokeRestart("abort")
  }
  refused <- problems[problems$kind != "note", , drop = FALSE]
  stop(structure(class = c(error_classes[[as.character(code)]], "tenbin_error", "error", "condition"),
                 list(message = paste(refused$text, collapse = "\n"), call = call, problems = refused, code = code)))
}

# Refuses in our own words, as what the library refuses: a condition of class tenbin_error.
refuse <- function(where, what, mend, code = 2L) {
  text <- sprintf("%s: %s. %s.", where, what, mend)
  raise(data.frame(text = text, where = where, what = what, mend = mend, kind = "refuse"), code)
}

warn_of <- function(notes) {
  for (text in notes$text) warning(text, call. = FALSE)
  invisible(notes)
}

# A setting as the command line has it: several values with commas.
as_text <- function(value, name) {
  if (is.list(value)) value <- unlist(value)
  if (!is.atomic(value) && !is.factor(value)) refuse(paste0("--", name), paste("it is a", class(value)[1]), "Give a number, a text, or several")
  if (anyNA(value)) refuse(paste0("--", name), "the value is NA", "Leave the setting out where it is unknown")
  if (is.logical(value)) value <- as.integer(value)
  if (is.numeric(value)) value <- vapply(value, number_text, "")
  paste(as.character(value), collapse = ",")
}

# A study with settings, every wrong one told at once, and every one that none of the calls or questions listens to.
study <- function(settings = list(), calls = character()) {
  pointer <- .Call(C_tb_open)
  settings <- settings[!vapply(settings, is.null, TRUE)]
  if (length(settings) == 0) return(pointer)
  if (is.null(names(settings)) || any(names(settings) == ""))
    refuse("settings", "one has no name", "Write chains = 4; a posterior is given as `posterior`")
  flags <- gsub("_", "-", names(settings), fixed = TRUE)
  problems <- NULL
  for (k in seq_along(settings)) {
    answer <- .Call(C_tb_set, pointer, flags[k], as_text(settings[[k]], flags[k]))
    if (answer$code != 0L) problems <- rbind(problems, answer$problems)
  }
  if (!is.null(problems)) raise(problem_frame(problems), 2L)
  table <- as_table(ask(.Call(C_tb_open), "questions"))
  heard <- unique(unlist(strsplit(table$settings[table$name %in% calls], " ")))
  deaf <- setdiff(flags, heard)
  if (length(deaf) > 0) {
    mend <- paste("Settings:", paste(heard, collapse = ", "))
    raise(data.frame(text = sprintf("--%s: is no setting of this. %s.", deaf, mend), where = paste0("--", deaf),
                     what = "is no setting of this", mend = mend, kind = "refuse"), 2L)
  }
  pointer
}

file_call <- function(pointer, call, path)
  checked(.Call(C_tb_file, file_calls[[call]], pointer, path_of(path, "the path")))

path_of <- function(value, what) {
  if (!is.character(value) || length(value) != 1 || is.na(value))
    refuse(what, sprintf("it is %s", if (is.character(value)) "no single path" else paste("a", class(value)[1])),
           "Give a path as a text, or what tenbin read")
  path.expand(value)
}

# A panel or a scenario as it is, or as read: a folder is a panel, any other path a scenario.
subject_of <- function(value) {
  if (inherits(value, c("tenbin_panel", "tenbin_scenario"))) return(value)
  path <- path_of(value, "what it is about")
  if (dir.exists(path)) tb_panel(path) else tb_scenario(path)
}

# A posterior as it is, or as read from a file.
posterior_of <- function(value, of) {
  if (is.null(value)) return(NULL)
  if (!inherits(value, "tenbin_posterior")) return(tb_read_posterior(path_of(value, "posterior"), of))
  if (identical(value$pointer, methods::new("externalptr")))
    refuse("posterior", "it was saved by R itself and its draws are not in it",
           "Save it with tb_save() and read it with tb_read_posterior()")
  value
}

long_call <- function(pointer, call, text = "", flag = FALSE, progress = interactive())
  checked(.Call(C_tb_long, long_calls[[call]], pointer, text, flag, progress))

ask <- function(pointer, question, progress = FALSE) with_flags(long_call(pointer, "ask", question, progress = progress)$result)

# Yes and no as R has them.
with_flags <- function(result) {
  for (name in intersect(names(result$arrays), c("diverging", "dispute"))) storage.mode(result$arrays[[name]]) <- "logical"
  result
}

as_table <- function(result) {
  arrays <- lapply(result$arrays, function(values) {
    if (is.double(values)) values[is.nan(values)] <- NA_real_
    values
  })
  as.data.frame(arrays, stringsAsFactors = FALSE, check.names = FALSE)
}

# Puts the coordinates of a result onto the dimensions of its arrays.
with_names <- function(arrays) {
  for (name in names(arrays)) {
    dimensions <- attr(arrays[[name]], "dimensions")
    if (is.null(dimensions)) next
    labels <- lapply(dimensions, function(d) if (is.null(arrays[[d]])) NULL else as.character(arrays[[d]]))
    names(labels) <- dimensions
    attr(arrays[[name]], "dimensions") <- NULL
    dimnames(arrays[[name]]) <- labels
  }
  arrays
}

# A study of scenarios with a posterior, fitted now where none is given.
study_of <- function(question, scenarios, posterior, settings, progress) {
  if (inherits(scenarios, "tenbin_scenario") || is.character(scenarios)) scenarios <- scenarios_of(scenarios)
  pointer <- study(settings, c(question, if (is.null(posterior)) "(fit)"))
  scenarios <- lapply(scenarios, subject_of)
  for (scenario in scenarios) {
    if (!inherits(scenario, "tenbin_scenario")) refuse("scenario", "this is a panel", "Give a scenario: tb_scenario()")
    file_call(pointer, "read_scenario", scenario$path)
  }
  posterior <- posterior_of(posterior, scenarios[[1]])
  if (is.null(posterior)) warn_of(long_call(pointer, "fit", progress = progress)$notes)
  else checked(.Call(C_tb_use, pointer, posterior$pointer))
  pointer
}

# One scenario, or paths, as a list.
scenarios_of <- function(scenarios) if (is.character(scenarios)) as.list(scenarios) else list(scenarios)
