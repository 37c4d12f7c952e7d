#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The wheel works in a fresh environment and the Debian package when it is unpacked, away from the source. Needs BUILD,
# SOURCE, WORK.
set -eu
work=$WORK/deb
rm -rf "$work" && mkdir -p "$work" && cd "$work"
fail() { echo "$1" >&2; exit 1; }

# the digest of a program that links the installed library, to compare with
for component in library development; do cmake --install "$BUILD" --component $component --prefix "$work/prefix" >/dev/null; done
PKG_CONFIG_PATH=$work/prefix/lib/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
cc "$SOURCE/tests/consumer/main.c" -o by_pkg_config $(pkg-config --cflags --libs tenbin)
LD_LIBRARY_PATH=$work/prefix/lib ./by_pkg_config >by_pkg_config.txt

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
assert digest in open(sys.argv[1] + "/by_pkg_config.txt").read(), digest
print("the wheel works,", digest[:12])
EOP
rm -rf "$SOURCE/python/build" "$SOURCE"/python/*.egg-info

(cd "$BUILD" && cpack -G DEB -B "$work/packages" >"$work/cpack.log" 2>&1) || { cat cpack.log; exit 1; }
dpkg-deb -x packages/tenbin_*.deb unpacked
for file in bin/tenbin lib/libtenbin.so.2 include/tenbin.h share/man/man1/tenbin.1 share/man/man1/tenbin-brief.1 \
  share/bash-completion/completions/tenbin share/doc/tenbin/sbom.cdx.json share/doc/tenbin/copyright share/tenbin/data/east-asia/NOTICE; do
  [ -e "unpacked/usr/$file" ] || fail "the package lacks $file"
done
dpkg-deb -f packages/tenbin_*.deb Depends | grep -q libnetcdf || fail "the package does not say what it needs"
/usr/bin/python3 - unpacked/usr/share/doc/tenbin/sbom.cdx.json <<'EOP' || fail "the list of components is not whole"
import hashlib, json, sys
components = json.load(open(sys.argv[1]))["components"]
how = {c["name"]: c["properties"][0]["value"] for c in components}
assert {"libcli11-dev", "libfmt-dev"} <= how.keys()
loaded = [c for c in components if c["properties"][0]["value"].startswith("loaded")]
assert {"libnetcdf.so.19", "libcurl.so.4", "libhdf5_serial.so.103"} & {c["name"] for c in loaded}, [c["name"] for c in loaded]
for c in loaded:
    assert c["hashes"][0]["alg"] == "SHA-256" and len(c["hashes"][0]["content"]) == 64, c
if "@observablehq/plot" in how:
    assert how["@observablehq/plot"].startswith("bundled") and how["esbuild"].startswith("used to build"), how
EOP
echo "# of the package" >>unpacked/usr/share/tenbin/data/templates/panel/panel.toml  # which data does the program take?
env -u TENBIN_DATA unpacked/usr/bin/tenbin new panel new-panel >/dev/null
grep -q "of the package" new-panel/panel.toml || fail "the program does not find the data beside it"
env -u TENBIN_DATA unpacked/usr/bin/tenbin fit unpacked/usr/share/tenbin/data/east-asia -o fit.fit --draws 50 --warmup 60 --quiet >/dev/null
verbs=$(PATH="$work/unpacked/usr/bin:$PATH" bash -c 'COMP_WORDS=(tenbin ""); COMP_CWORD=1; . unpacked/usr/share/bash-completion/completions/tenbin; _tenbin; echo "${COMPREPLY[*]}"')
case " $verbs " in *" brief "*" races "*) ;; *) fail "completion offers: $verbs" ;; esac
flags=$(PATH="$work/unpacked/usr/bin:$PATH" bash -c 'COMP_WORDS=(tenbin fit --ch); COMP_CWORD=2; . unpacked/usr/share/bash-completion/completions/tenbin; _tenbin; echo "${COMPREPLY[*]}"')
[ "$flags" = --chains ] || fail "completion of tenbin fit --ch offers: $flags"
for page in unpacked/usr/share/man/man1/*.1; do
  grep -q '^\.SH NAME' "$page" || fail "$page is no man page"
done
echo "the Debian package works"
