#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the page's script does without a browser, by node's own test runner.
set -euo pipefail
mkdir -p "$WORK/script"
rm -f "$WORK"/script/*
"$SOURCE/page/node_modules/.bin/esbuild" "$SOURCE"/page/test/*.test.ts --bundle --platform=node --format=esm --log-level=warning --out-extension:.js=.mjs --outdir="$WORK/script"
node --test "$WORK/script"
