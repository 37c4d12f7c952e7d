#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# R CMD check of the R package, without errors or warnings. Needs BUILD, SOURCE, WORK.
set -eu
work=$WORK/r-check
rm -rf "$work" && mkdir -p "$work/library" && cd "$work"
for component in library development; do cmake --install "$BUILD" --component $component --prefix "$work/prefix" >/dev/null; done
export PKG_CONFIG_PATH=$work/prefix/lib/pkgconfig R_LIBS=$work/library LC_ALL=C.UTF-8 _R_CHECK_FORCE_SUGGESTS_=false
cp -r "$SOURCE/r" package
R CMD build package >build.log 2>&1 || { cat build.log; exit 1; }
R CMD check --no-manual tenbin_*.tar.gz >check.log 2>&1 || { tail -60 check.log; exit 1; }
tail -3 check.log
if grep -E 'WARNING|ERROR' check.log; then exit 1; fi
