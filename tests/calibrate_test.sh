#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The fit is calibrated on a panel of four states, and a planted bug is found. In the full test one short chain fits each
# of 100 data sets, the fewest that the program judges; at night the chains are long and the data sets are 120 and 500
# (docs/calibration.md). Seeds are fixed. Needs TENBIN, SOURCE, WORK.
set -u
folder=$WORK/calibrate${NIGHTLY:+-nightly}
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
failed=0
calibrate() { "$TENBIN" calibrate "$SOURCE/tests/data/tiny" --quiet "$@"; }
right() {  # data sets, flags of the fit
  local sets=$1
  shift
  calibrate --sets "$sets" "$@" -o ranks.csv --plot ranks.svg >right.txt || { echo "not calibrated"; cat right.txt; failed=1; }
  grep -q ': calibrated' right.txt || failed=1
  [ "$(head -1 ranks.csv | cut -d, -f1-4)" = "quantity,chi_square,p,rank_0_4" ] || { head -1 ranks.csv; failed=1; }
  awk -F, -v sets="$sets" 'NR > 1 { n = 0; for (k = 4; k <= NF; ++k) n += $k; if (n != sets) exit 1 }' ranks.csv || { echo "a histogram does not hold every data set"; failed=1; }
  grep -q '</svg>' ranks.svg || failed=1
}
planted() {  # data sets, flags of the fit
  local sets=$1
  shift
  calibrate --sets "$sets" "$@" --plant spending.rival_mean >planted.txt
  [ $? = 1 ] || { echo "the planted bug was not found"; cat planted.txt; failed=1; }
  grep -q 'smallest p .*(spending.rival_mean).*NOT CALIBRATED' planted.txt || { tail -3 planted.txt; failed=1; }
}
if [ -n "${NIGHTLY:-}" ]; then
  right 120
  planted 120
  right 500
else
  right 100 --chains 1 --warmup 100 --draws 100
  planted 100 --chains 1 --warmup 100 --draws 100
fi
exit $failed
