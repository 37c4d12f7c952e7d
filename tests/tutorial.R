# SPDX-License-Identifier: Apache-2.0
# Rscript tutorial.R FILE [--write]: runs the R code of a page and compares what it prints with the lines "#> " behind it.
# With --write it puts the output of this run into the page instead.
arguments <- commandArgs(TRUE)
page <- readLines(arguments[1], encoding = "UTF-8")
write <- "--write" %in% arguments
options(width = 110, digits = 7)
world <- new.env(parent = globalenv())
fences <- which(startsWith(page, "```"))
opened <- fences[seq(1, length(fences), 2)]
closed <- fences[seq(2, length(fences), 2)]
result <- character()
failed <- 0
last <- 0
for (k in seq_along(opened)) {
  block <- page[seq_len(closed[k] - opened[k] - 1) + opened[k]]
  result <- c(result, page[(last + 1):opened[k]])
  last <- closed[k] - 1
  if (page[opened[k]] != "```r") {
    result <- c(result, block)
    next
  }
  code <- block[!startsWith(block, "#>")]
  expressions <- parse(text = code, keep.source = TRUE)
  places <- attr(expressions, "srcref")
  filled <- character()
  at <- 0
  for (e in seq_along(expressions)) {
    end <- places[[e]][3]
    filled <- c(filled, code[seq_len(end - at) + at])
    at <- end
    printed <- utils::capture.output({
      value <- withVisible(eval(expressions[[e]], world))
      if (value$visible) print(value$value)
    })
    if (length(printed) > 0) filled <- c(filled, sub(" +$", "", paste("#>", printed)))
  }
  filled <- c(filled, code[seq_len(length(code) - at) + at])
  if (!write && !identical(filled, block)) {
    failed <- failed + 1
    cat("line", opened[k], "of", arguments[1], "is otherwise here:\n")
    cat(setdiff(filled, block), sep = "\n")
  }
  result <- c(result, filled)
}
result <- c(result, page[(last + 1):length(page)])
if (write) writeLines(result, arguments[1], useBytes = TRUE)
cat(length(opened), "blocks,", failed, "failed\n")
quit(status = if (failed > 0) 1 else 0)
