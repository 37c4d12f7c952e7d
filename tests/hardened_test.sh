#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The program and its library are built as Debian's packages are, and load no library from the folder one stands in. Needs
# TENBIN, LIBRARY, WORK.
set -euo pipefail
for file in "$TENBIN" "$LIBRARY"; do
  dynamic=$(readelf -W -d "$file")
  if grep -E 'R(UN)?PATH' <<<"$dynamic"; then echo "$file has a path to libraries"; exit 1; fi
  grep -qE 'BIND_NOW|Flags:.*NOW' <<<"$dynamic" || { echo "$file binds lazily"; exit 1; }
  readelf -W -l "$file" | grep -q GNU_RELRO || { echo "$file has no read-only relocations"; exit 1; }
  readelf -W -l "$file" | grep GNU_STACK | grep -q 'RW ' || { echo "the stack of $file can be run"; exit 1; }
  readelf -W -h "$file" | grep -qE 'Type: *DYN' || { echo "$file stands at a fixed address"; exit 1; }
  symbols=$(nm -D "$file")
  for name in __stack_chk_fail __memcpy_chk; do
    grep -q "$name" <<<"$symbols" || { echo "$file does not call $name"; exit 1; }
  done
done
# A library that lies in the current folder is not loaded.
folder=$WORK/hardened
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder"
printf '#include <unistd.h>\n__attribute__((constructor)) static void run(void) { _exit(66); }\n' >fake.c
cc -shared -fPIC -o fake.so fake.c
for name in $(ldd "$TENBIN" | awk '$2 == "=>" {print $1}'); do cp fake.so "$name"; done
[ "$(ls | grep -c '\.so')" -gt 5 ] || { echo "the program needs no library: this test sees nothing"; exit 1; }
"$TENBIN" --version
if LD_LIBRARY_PATH=. "$TENBIN" --version >/dev/null 2>&1; then echo "the libraries made here do nothing: this test sees nothing"; exit 1; fi
