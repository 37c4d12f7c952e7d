#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the page's script does without a browser, by node's own test runner.
set -euo pipefail
mkdir -p "$WORK/script"
"$SOURCE/page/node_modules/.bin/esbuild" "$SOURCE/page/test/state.test.ts" --bundle --platform=node --format=esm --log-level=warning --outfile="$WORK/script/state.test.mjs"
node --test "$WORK/script"
