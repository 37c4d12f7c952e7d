# SPDX-License-Identifier: Apache-2.0
# Panels and scenarios into the files that the library reads.

toml_text <- function(text) {
  text <- enc2utf8(as.character(text))
  for (pair in list(c("\\", "\\\\"), c("\"", "\\\""), c("\n", "\\n"), c("\r", "\\r"), c("\t", "\\t")))
    text <- gsub(pair[1], pair[2], text, fixed = TRUE)
  for (code in setdiff(c(1:31, 127), c(9L, 10L, 13L)))
    text <- gsub(intToUtf8(code), sprintf("\\u%04x", code), text, fixed = TRUE)
  paste0("\"", text, "\"")
}

# The shortest text that reads back to the same bits, with a point whatever options(OutDec) says.
number_text <- function(value) {
  short <- format(value, digits = 15, scientific = FALSE, trim = TRUE, decimal.mark = ".")
  if (identical(as.numeric(short), as.numeric(value))) short
  else format(value, digits = 17, trim = TRUE, decimal.mark = ".")
}

# Numbers as texts that keep every bit, which write.csv does not.
with_all_digits <- function(table) {
  for (name in names(table))
    if (is.double(table[[name]])) {
      known <- !is.na(table[[name]])
      texts <- rep(NA_character_, length(known))
      texts[known] <- vapply(table[[name]][known], number_text, "")
      table[[name]] <- texts
    }
  table
}

toml_key <- function(keys) ifelse(grepl("^[A-Za-z0-9_-]+$", keys), keys, toml_text(keys))

# `where` names the value in what is said of a wrong one.
toml_one <- function(value, where) {
  if (length(value) != 1) refuse(where, sprintf("%d values stand where one is wanted", length(value)), "Give one")
  if (is.na(value) && !is.nan(value)) refuse(where, "the value is NA", "Leave it out where it is unknown")
  if (is.logical(value)) return(if (value) "true" else "false")
  if (is.factor(value)) return(toml_text(as.character(value)))
  if (inherits(value, c("Date", "POSIXt"))) refuse(where, paste("it is a", class(value)[1]), "Give a year as a number")
  if (is.integer(value)) return(format(value, scientific = FALSE))
  if (is.numeric(value)) {
    if (is.nan(value)) return("nan")
    return(number_text(value))
  }
  if (!is.character(value)) refuse(where, paste("it is a", class(value)[1]), "Give a number, a text, or a list of them")
  toml_text(value)
}

# A named list is a table, a plain list or several values an array, one value itself.
toml_value <- function(value, where) {
  one <- function(v) toml_value(v, where)
  if (is.list(value) && !is.null(names(value)))
    return(paste0("{ ", paste(sprintf("%s = %s", toml_key(names(value)), vapply(value, one, "")), collapse = ", "), " }"))
  if (is.list(value)) return(paste0("[", paste(vapply(value, one, ""), collapse = ", "), "]"))
  if (length(value) == 1 && !inherits(value, "AsIs")) return(toml_one(value, where))
  paste0("[", paste(vapply(seq_along(value), function(k) toml_one(value[k], where), ""), collapse = ", "), "]")
}

toml_lines <- function(keys, where = "") {
  keys <- keys[!vapply(keys, is.null, TRUE)]
  values <- vapply(names(keys), function(name) toml_value(keys[[name]], paste0(where, name)), "")
  sprintf("%s = %s", toml_key(names(keys)), values)
}

# Beside, then renamed: never half a file.
write_beside <- function(path, write) {
  beside <- paste0(path, ".part")
  write(beside)
  if (!file.rename(beside, path)) refuse(path, "it cannot be written", "Look at the folder and its permissions", 4L)
  invisible(path)
}

write_toml <- function(path, keys, levers = list()) {
  lines <- toml_lines(keys)
  for (k in seq_along(levers)) lines <- c(lines, "", "[[lever]]", toml_lines(levers[[k]], sprintf("lever %d: ", k)))
  write_beside(path, function(beside) writeLines(lines, beside, useBytes = TRUE))
}

# A scenario's name as that of its file, by which every table calls it: "Japan 3 %" is japan-3.
file_name <- function(name) {
  words <- gsub("^-+|-+$", "", gsub("[^[:alnum:]]+", "-", tolower(paste0("", name))))
  if (length(words) == 1 && nzchar(words)) substr(words, 1, 60) else "scenario"
}

refuse_existing <- function(path, overwrite)
  if (file.exists(path) && !overwrite) refuse(path, "this is there already", "Give a name that is free, or overwrite = TRUE", 4L)

# Problems of files that were written from tables, by table and row.
of_tables <- function(problems, folder) {
  place <- function(where) {
    inside <- sub(paste0(folder, "/"), "", where, fixed = TRUE)
    found <- regmatches(inside, regexec("^([A-Za-z_]+)[.]csv(:([0-9]+))?$", inside))[[1]]
    if (length(found) == 0) return(sub(folder, "the panel", inside, fixed = TRUE))
    if (nzchar(found[4])) sprintf("table \"%s\", row %d", found[2], as.integer(found[4]) - 1L) else sprintf("table \"%s\"", found[2])
  }
  problems$where <- vapply(problems$where, place, "")
  problems$text <- sprintf("%s: %s. %s%s", problems$where, problems$what, problems$mend, ifelse(nzchar(problems$mend), ".", ""))
  problems
}
