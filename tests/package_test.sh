#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# libtenbin shows the names of its header, and what is installed works away from the source: find_package and pkg-config
# from another project. The wheel and the Debian package are deb_test.sh. Needs BUILD, SOURCE, WORK.
set -eu
work=$WORK/packages
rm -rf "$work" && mkdir -p "$work" && cd "$work"
fail() { echo "$1" >&2; exit 1; }

# libtenbin shows the names of tenbin.h and no others; tenbin.h has at most 25 functions.
grep -oE '^TENBIN_API .*\btenbin_[a-z_]+\(' "$SOURCE/src/tenbin/capi/tenbin.h" | grep -oE 'tenbin_[a-z_]+\($' | tr -d '(' | sort >header
nm -D --defined-only "$BUILD/libtenbin.so" | awk '$2 != "A" {print $3}' | sed 's/@.*//' | sort >shown
cmp header shown || { diff header shown; exit 1; }
[ "$(wc -l <header)" -le 25 ] || fail "tenbin.h has $(wc -l <header) functions"

for component in library development; do cmake --install "$BUILD" --component $component --prefix "$work/prefix" >/dev/null; done
mv "$work/prefix" "$work/moved"  # what was installed can be moved
cmake -S "$SOURCE/tests/consumer" -B consumer -DCMAKE_PREFIX_PATH="$work/moved" -DCMAKE_BUILD_TYPE=Release >consumer.log 2>&1 && cmake --build consumer >>consumer.log 2>&1 || { cat consumer.log; exit 1; }
env -u TENBIN_DATA consumer/consumer >by_cmake
PKG_CONFIG_PATH=$work/moved/lib/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
cc "$SOURCE/tests/consumer/main.c" -o by_pkg_config $(pkg-config --cflags --libs tenbin)
LD_LIBRARY_PATH=$work/moved/lib ./by_pkg_config | cmp - by_cmake
grep -q "$work/moved/share/tenbin/data" by_cmake || { cat by_cmake; fail "the library does not find the data beside it"; }
