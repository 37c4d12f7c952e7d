#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the page's script does without a browser, by node's own test runner.
set -euo pipefail
mkdir -p "$WORK/script"
rm -f "$WORK"/script/*
"$SOURCE/web/node_modules/.bin/esbuild" "$SOURCE"/web/test/*.test.ts --bundle --platform=node --format=esm --log-level=warning --out-extension:.js=.mjs --outdir="$WORK/script"
node --test "$WORK/script"
