#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What is installed works away from the source: find_package and pkg-config from another project, the wheel in a fresh
# environment, the Debian package unpacked. Needs BUILD, SOURCE, WORK.
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

TENBIN_BUILD=$BUILD /usr/bin/python3 -m pip wheel --no-build-isolation --no-deps --no-index -q -w wheel "$SOURCE/python" >wheel.log 2>&1 || { cat wheel.log; exit 1; }
/usr/bin/python3 -m venv --system-site-packages environment
environment/bin/pip install -q --no-index --no-deps wheel/tenbin-*.whl
env -u PYTHONPATH -u TENBIN_LIBRARY environment/bin/python - "$work" <<'EOP'
import sys
import tenbin
assert tenbin.__file__.startswith(sys.argv[1]), tenbin.__file__
assert str(tenbin.data_folder()).startswith(sys.argv[1]), tenbin.data_folder()
scenario = tenbin.read_scenario(tenbin.shipped("scenarios/japan-announced.toml"))
digest = tenbin.project(scenario, tenbin.fit(scenario, draws=200)).digest
assert digest in open(sys.argv[1] + "/by_cmake").read(), digest
print("the wheel works,", digest[:12])
EOP
rm -rf "$SOURCE/python/build" "$SOURCE"/python/*.egg-info

(cd "$BUILD" && cpack -G DEB -B "$work/deb" >"$work/cpack.log" 2>&1) || { cat cpack.log; exit 1; }
dpkg-deb -x deb/tenbin_*.deb unpacked
for file in bin/tenbin lib/libtenbin.so.1 include/tenbin.h share/man/man1/tenbin.1 share/man/man1/tenbin-brief.1 \
  share/bash-completion/completions/tenbin share/doc/tenbin/sbom.cdx.json share/doc/tenbin/copyright share/tenbin/data/east-asia/NOTICE; do
  [ -e "unpacked/usr/$file" ] || fail "the package lacks $file"
done
dpkg-deb -f deb/tenbin_*.deb Depends | grep -q libnetcdf || fail "the package does not say what it needs"
/usr/bin/python3 -c 'import json, sys; s = json.load(open(sys.argv[1])); assert {"libcli11-dev", "libfmt-dev"} <= {c["name"] for c in s["components"]}' unpacked/usr/share/doc/tenbin/sbom.cdx.json
echo "# of the package" >>unpacked/usr/share/tenbin/data/templates/panel/panel.toml  # which data does the program take?
env -u TENBIN_DATA unpacked/usr/bin/tenbin new panel new-panel >/dev/null
grep -q "of the package" new-panel/panel.toml || fail "the program does not find the data beside it"
env -u TENBIN_DATA unpacked/usr/bin/tenbin fit unpacked/usr/share/tenbin/data/east-asia -o fit.nc --draws 50 --warmup 60 --quiet >/dev/null
verbs=$(PATH="$work/unpacked/usr/bin:$PATH" bash -c 'COMP_WORDS=(tenbin ""); COMP_CWORD=1; . unpacked/usr/share/bash-completion/completions/tenbin; _tenbin; echo "${COMPREPLY[*]}"')
case " $verbs " in *" brief "*" races "*) ;; *) fail "completion offers: $verbs" ;; esac
flags=$(PATH="$work/unpacked/usr/bin:$PATH" bash -c 'COMP_WORDS=(tenbin fit --ch); COMP_CWORD=2; . unpacked/usr/share/bash-completion/completions/tenbin; _tenbin; echo "${COMPREPLY[*]}"')
[ "$flags" = --chains ] || fail "completion of tenbin fit --ch offers: $flags"
for page in unpacked/usr/share/man/man1/*.1; do
  grep -q '^\.SH NAME' "$page" || fail "$page is no man page"
done
echo "the Debian package works"
