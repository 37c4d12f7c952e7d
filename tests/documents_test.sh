#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Documentation is executed: the commands of the README and the guide run, and every named file, verb and flag exists.
set -u
cd "$SOURCE" || exit 1
failed=0
help=$(for verb in brief fit import $("$TENBIN" questions -o - | sed '1d; s/,.*//'); do "$TENBIN" $verb --help; done; "$TENBIN" new panel --help; "$TENBIN" new scenario --help; "$TENBIN" new priors --help; "$TENBIN" --help)
for document in README.md CONTRIBUTING.md docs/guide.md docs/lesson.md docs/own-figures.md docs/formats.md docs/design.md docs/model.md docs/calibration.md docs/scale.md docs/scoreboard.md docs/counterfactuals.md docs/evidence.md docs/register.md docs/gallery.md docs/install.md docs/python.md docs/r.md docs/c.md; do
  for flag in $(grep -oE '(^|[ `])--[a-z][a-z-]+' "$document" | tr -d ' `' | sort -u); do
    case "$flag" in --nodes|--ntasks-per-node|--cpus-per-task|--mpi|--preset|--build|--target|--test-dir|--output-on-failure|--install|--prefix) continue ;;  # CMake's and Slurm's
      --no-build-isolation|--no-deps|--no-index|--system-site-packages|--cflags|--libs|--write) continue ;; esac  # of pip, venv, pkg-config, tests
    grep -qe "$flag" <<<"$help" || { echo "$document names $flag, which tenbin does not have"; failed=1; }
  done
  for path in $(grep -oE '`(src|cli|data|docs|scenarios|examples|tests|bench|\.ci)/[A-Za-z0-9_./-]+`' "$document" | tr -d '`' | sort -u); do
    [ -e "$path" ] || { echo "$document names $path, which does not exist"; failed=1; }
  done
done
for name in $(grep -oE '`[a-z_:]+\(\)`' docs/model.md | tr -d '`()' | sort -u); do  # functions that docs/model.md cites
  grep -rqE "\b${name##*::}\(" src || { echo "docs/model.md cites $name(), which does not exist"; failed=1; }
done
work=$WORK/documents${NIGHTLY:+-nightly}
rm -rf "$work" && mkdir -p "$work/out" && cd "$work" || exit 1
ln -s "$SOURCE/data" "$SOURCE/scenarios" "$SOURCE/examples" .
/usr/bin/python3 "$SOURCE/tests/maker_files.py" downloads || failed=1
for document in README.md docs/guide.md docs/own-figures.md; do
  while read -r line; do
    command=${line/build\/release\/tenbin/$TENBIN}
    case "$line" in  # quick settings: the commands are tried here, not their results
      *" check "* | *" export "* | *" new "* | *" import "* | *" parameters"* | *" reach "* | *" threats "* | *" danger "* | *" plan "* | *" races "* | *" richardson "* | *" gallery "* | *" resolve "* | *" evidence"*) ;;
      *" verify "*) page=${line##* verify } page=${page%% *}
        grep -q tenbin-seal "$page" || continue ;;  # built without the engine for pages
      *" backtest "*) command+=" --warmup 60 --draws 50 --futures 200" ;;
      *" calibrate "*) [ -n "${NIGHTLY:-}" ] || command=${command/--sets 40/--sets 20}; command+=" --warmup 20 --draws 50 --chains 2" ;;
      *" loo "* | *" stability "*) command+=" --warmup 60 --draws 50" ;;
      *" --draws 4000 "*) ;;
      *" fit "*) command+=" --warmup 60 --draws 50" ;;
      *" promises "*) command+=" --warmup 60 --draws 50" ;;
      *" sensitivity "*) command+=" --chains 2 --warmup 20 --draws 50 --futures 100" ;;
      *" placebo "*) command+=" --permutations 20" ;;
      *--posterior*) command+=" --futures 200" ;;
      *) command+=" --warmup 60 --draws 50 --futures 200" ;;
    esac
    bash -c "$command" >log 2>&1 || { echo "$document: this fails: $line"; tail -5 log; failed=1; }
  done < <(grep -E '^    build/release/tenbin ' "$SOURCE/$document")
done
exit $failed
