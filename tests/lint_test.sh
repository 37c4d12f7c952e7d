#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# page/ is as prettier formats it, and ESLint finds nothing in it. `npm run format` in page/ formats it. Needs SOURCE, and the
# packages of web/test (npm ci).
set -euo pipefail
cd "$SOURCE/web"
[ -x test/node_modules/.bin/prettier ] || { echo "the tools are not installed: run npm ci in web/test"; exit 1; }
npm run --silent lint
