#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The Python package: its tests, the tutorials as doctests, and its types. Needs LIBRARY, TENBIN, SOURCE, WORK.
set -eu
export TENBIN_LIBRARY=$LIBRARY PYTHONPATH=$SOURCE/python PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 "$SOURCE/tests/python_test.py"
work=$WORK/python-tutorials
rm -rf "$work" && mkdir -p "$work" && cd "$work"
/usr/bin/python3 "$SOURCE/tests/maker_files.py" downloads
COLUMNS=120 /usr/bin/python3 -m doctest "$SOURCE/docs/python.md"
grep -c '^>>>' "$SOURCE/docs/python.md" | sed 's/$/ lines of the tutorials hold/'
mypy --config-file "$SOURCE/python/pyproject.toml" --cache-dir "$work/mypy" --python-executable /usr/bin/python3 "$SOURCE/python/tenbin"
