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

# The shortest text that reads back to the same bits.
number_text <- function(value) {
  short <- format(value, digits = 15, scientific = FALSE, trim = TRUE)
  if (identical(as.numeric(short), as.numeric(value))) short else format(value, digits = 17, trim = TRUE)
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

toml_one <- function(value) {
  if (is.logical(value)) return(if (value) "true" else "false")
  if (is.integer(value)) return(format(value, scientific = FALSE))
  if (is.numeric(value)) {
    if (is.nan(value)) return("nan")
    return(number_text(value))
  }
  toml_text(value)
}

# A named list is a table, a plain list or several values an array, one value itself.
toml_value <- function(value) {
  if (is.list(value) && !is.null(names(value)))
    return(paste0("{ ", paste(sprintf("%s = %s", toml_key(names(value)), vapply(value, toml_value, "")), collapse = ", "), " }"))
  if (is.list(value)) return(paste0("[", paste(vapply(value, toml_value, ""), collapse = ", "), "]"))
  if (length(value) == 1 && !inherits(value, "AsIs")) return(toml_one(value))
  paste0("[", paste(vapply(as.list(value), toml_one, ""), collapse = ", "), "]")
}

toml_lines <- function(keys) {
  keys <- keys[!vapply(keys, is.null, TRUE)]
  sprintf("%s = %s", toml_key(names(keys)), vapply(keys, toml_value, ""))
}

# Beside, then renamed: never half a file.
write_beside <- function(path, write) {
  beside <- paste0(path, ".part")
  write(beside)
  if (!file.rename(beside, path)) stop("cannot write ", path)
  invisible(path)
}

write_toml <- function(path, keys, levers = list()) {
  lines <- toml_lines(keys)
  for (lever in levers) lines <- c(lines, "", "[[lever]]", toml_lines(lever))
  write_beside(path, function(beside) writeLines(lines, beside, useBytes = TRUE))
}
