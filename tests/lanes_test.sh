#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# An object that is compiled for AVX shows one symbol, so that no other code of the program calls its inline functions on a
# machine without AVX (cmake/lanes.cmake). Needs BUILD, a build of every lane width.
set -euo pipefail
shown() { nm --defined-only --extern-only "$1" | awk '{print $3}'; }
for width in 16 32; do
  object=$BUILD/lanes_$width.o
  [ "$(shown "$object.all" | wc -l)" -gt 10 ] || { echo "the object before has no inline functions: this test sees nothing"; exit 1; }
  [ "$(shown "$object")" = "_ZN6tenbin12run_block_${width}ERKNS_8BlockJobE" ] || { echo "lanes_$width.o shows:"; shown "$object" | c++filt; exit 1; }
done
