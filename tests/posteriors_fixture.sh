#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fits once what the tests of programs and pages share: WORK/posteriors/east-asia.fit, tiny.fit and
# tiny-all.fit (every term). Needs TENBIN, SOURCE, WORK.
set -euo pipefail
mkdir -p "$WORK/posteriors"
cd "$WORK/posteriors"
rm -f ./*
"$TENBIN" fit "$SOURCE/data/east-asia" -o east-asia.fit --warmup 200 --draws 300 --quiet >east-asia.txt 2>&1
"$TENBIN" fit "$SOURCE/tests/data/tiny" -o tiny.fit --warmup 60 --draws 50 --quiet >tiny.txt 2>&1
"$TENBIN" fit "$SOURCE/tests/data/tiny" -o tiny-all.fit --terms all --warmup 60 --draws 50 --quiet >tiny-all.txt 2>&1
