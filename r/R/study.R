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

warn_of <- function(notes) {
  for (text in notes$text) warning(text, call. = FALSE)
  invisible(notes)
}

# A setting as the command line has it: several values with commas.
as_text <- function(value) {
  if (is.numeric(value))
    value <- vapply(value, function(v) format(v, digits = 15, scientific = FALSE, trim = TRUE), "")
  paste(as.character(value), collapse = ",")
}

# A study with settings, every wrong one told at once, and every one that none of the calls or questions listens to.
study <- function(settings = list(), calls = character()) {
  pointer <- .Call(C_tb_open)
  settings <- settings[!vapply(settings, is.null, TRUE)]
  if (length(settings) == 0) return(pointer)
  if (is.null(names(settings)) || any(names(settings) == ""))
    stop("every setting needs a name: chains = 4")
  flags <- gsub("_", "-", names(settings), fixed = TRUE)
  problems <- NULL
  for (k in seq_along(settings)) {
    answer <- .Call(C_tb_set, pointer, flags[k], as_text(settings[[k]]))
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
  checked(.Call(C_tb_file, file_calls[[call]], pointer, path.expand(as.character(path))))

long_call <- function(pointer, call, text = "", flag = FALSE, progress = interactive())
  checked(.Call(C_tb_long, long_calls[[call]], pointer, text, flag, progress))

ask <- function(pointer, question, progress = FALSE) long_call(pointer, "ask", question, progress = progress)$result

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
  if (inherits(scenarios, "tenbin_scenario")) scenarios <- list(scenarios)
  pointer <- study(settings, c(question, if (is.null(posterior)) "(fit)"))
  for (scenario in scenarios) {
    if (!inherits(scenario, "tenbin_scenario")) stop("a scenario is needed: tb_scenario()")
    file_call(pointer, "read_scenario", scenario$path)
  }
  if (is.null(posterior)) warn_of(long_call(pointer, "fit", progress = progress)$notes)
  else checked(.Call(C_tb_use, pointer, posterior$pointer))
  pointer
}
