#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The R package is installed; its tutorials, the bits and words of the command line, and Ctrl-C. `R CMD check` is
# r_check_test.sh. Needs BUILD, TENBIN, SOURCE, WORK.
set -eu
work=$WORK/r
rm -rf "$work" && mkdir -p "$work/library" && cd "$work"
for component in library development; do cmake --install "$BUILD" --component $component --prefix "$work/prefix" >/dev/null; done
export PKG_CONFIG_PATH=$work/prefix/lib/pkgconfig R_LIBS=$work/library LC_ALL=C.UTF-8
cp -r "$SOURCE/r" package
R CMD build --no-build-vignettes package >build.log 2>&1 || { cat build.log; exit 1; }
R CMD INSTALL tenbin_*.tar.gz >install.log 2>&1 || { cat install.log; exit 1; }

/usr/bin/python3 "$SOURCE/tests/maker_files.py" downloads
Rscript "$SOURCE/tests/tutorial.R" "$SOURCE/docs/r.md"

"$TENBIN" project "$SOURCE/scenarios/japan-announced.toml" -o futures.csv --draws 200 --warmup 100 --futures 1000 2>/dev/null | grep -oE '[0-9a-f]{64}' >digest
Rscript - "$SOURCE" "$(cat digest)" <<'EOR'
library(tenbin)
arguments <- commandArgs(TRUE)
scenario <- tb_scenario(file.path(arguments[1], "scenarios/japan-announced.toml"))
futures <- tb_project(scenario, tb_fit(scenario, draws = 200, warmup = 100), futures = 1000)
numbers <- c(as.vector(aperm(futures$burden_quantile, c(3, 2, 1))), as.vector(aperm(futures$milex_quantile, c(3, 2, 1))))
own <- digest::digest(writeBin(numbers, raw(), endian = "little"), algo = "sha256", serialize = FALSE)
stopifnot(identical(futures$digest, arguments[2]), identical(own, arguments[2]))
cat("the same digest\n")
EOR

says() {  # R expression, then the command line's arguments
  local expression=$1
  shift
  "$TENBIN" "$@" 2>&1 >/dev/null | grep -v ' on the input; ' >words.program || true
  Rscript -e "library(tenbin); scenario <- tb_scenario('$SOURCE/scenarios/japan-announced.toml'); panel <- tb_panel('$SOURCE/data/east-asia')" \
    -e "tryCatch($expression, tenbin_error = function(e) cat(conditionMessage(e), sep = '\n'))" >words.r
  [ -s words.program ] || { echo "the command line says nothing"; exit 1; }
  cmp words.program words.r || { diff words.program words.r; exit 1; }
}
says "tb_fit(panel, chains = 0, draws = 'many', accept = 2, terms = 'stndard')" fit "$SOURCE/data/east-asia" -o x.fit --chains 0 --draws many --accept 2 --terms stndard
says "tb_fit(panel, leave_out = c('JPX', 'CHN', 'XXX'))" fit "$SOURCE/data/east-asia" -o x.fit --leave-out JPX,CHN,XXX
says "tb_project(scenario, futures = -1)" project "$SOURCE/scenarios/japan-announced.toml" -o x.csv --futures -1
says "tb_scenario('nowhere.toml')" project nowhere.toml -o x.csv
says "tb_races(panel, pair = 'CHN,JPX')" races "$SOURCE/data/east-asia" --pair CHN,JPX
says "tb_import('sirpi', 'no.xlsx', 'p')" import sirpi no.xlsx -o p
echo "the same words"

cat >interrupted.R <<'EOR'
library(tenbin)
panel <- tb_panel(tb_data("data/east-asia"))
cat("begun\n")
flush(stdout())
tryCatch(try(tb_fit(panel, draws = 200000)), interrupt = function(e) cat("heard\n"))
EOR
Rscript interrupted.R >interrupted 2>&1 &
child=$!
for _ in $(seq 200); do grep -q begun interrupted && break; sleep 0.1; done
sleep 1
kill -INT $child
wait $child
grep -q heard interrupted || { cat interrupted; exit 1; }
echo "Ctrl-C is heard"
