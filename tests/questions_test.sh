#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every question from the command line, C, Python and R: one table, and the same words for a mistake (questions_test.py).
# Needs ASK, BUILD, LIBRARY, TENBIN, SOURCE, WORK and the posteriors of posteriors_fixture.sh.
set -eu
work=$WORK/questions-r
rm -rf "$work" && mkdir -p "$work/library" && cd "$work"
for component in library development; do cmake --install "$BUILD" --component $component --prefix "$work/prefix" >/dev/null; done
export PKG_CONFIG_PATH=$work/prefix/lib/pkgconfig R_LIBS=$work/library LC_ALL=C.UTF-8
cp -r "$SOURCE/r" package
R CMD INSTALL --no-docs package >install.log 2>&1 || { cat install.log; exit 1; }
PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$SOURCE/tests/questions_test.py"
