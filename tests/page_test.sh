#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# page_test.sh NAME: runs web/test/NAME.mjs in one process of Chromium. Needs TENBIN, SOURCE, WORK and the fixtures that the
# script's first lines name.
set -euo pipefail
command -v chromium >/dev/null || { echo "no Chromium here"; exit 77; }
export PAGES=$WORK/pages POSTERIORS=$WORK/posteriors
exec node "$SOURCE/web/test/$1.mjs"
