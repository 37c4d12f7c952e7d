#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The fit is calibrated on a panel of four states, and a planted bug is found. The result of the
# release, with 500 data sets, is docs/calibration.md. Needs TENBIN, SOURCE, WORK.
set -u
folder=$WORK/calibrate
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
failed=0
"$TENBIN" calibrate "$SOURCE/tests/data/tiny" --sets 120 --quiet -o ranks.csv --plot ranks.svg >right.txt
[ $? = 0 ] || { echo "not calibrated"; cat right.txt; failed=1; }
grep -q 'calibrated' right.txt || failed=1
[ "$(head -1 ranks.csv | cut -d, -f1-4)" = "quantity,chi_square,p,rank_0_4" ] || { head -1 ranks.csv; failed=1; }
awk -F, 'NR > 1 { n = 0; for (k = 4; k <= NF; ++k) n += $k; if (n != 120) exit 1 }' ranks.csv || { echo "a histogram does not hold every data set"; failed=1; }
grep -q '</svg>' ranks.svg || failed=1
"$TENBIN" calibrate "$SOURCE/tests/data/tiny" --sets 120 --quiet --plant spending.rival_mean >planted.txt
[ $? = 1 ] || { echo "the planted bug was not found"; cat planted.txt; failed=1; }
grep -q 'smallest p .*(spending.rival_mean).*NOT CALIBRATED' planted.txt || { tail -3 planted.txt; failed=1; }
exit $failed
