# SPDX-License-Identifier: Apache-2.0
"""What crossing the C interface costs: 100,000 futures, every one kept, read from Python without a copy, compared with the same
projection without keeping them. Needs the Python package (or TENBIN_LIBRARY and PYTHONPATH). Run: /usr/bin/python3
bench/python_futures.py [FUTURES]"""
import os
import resource
import subprocess
import sys
import time

import numpy as np

import tenbin


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


print(subprocess.check_output([os.path.join(os.path.dirname(os.path.abspath(__file__)), "head")], text=True), end="")
futures = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
scenario = tenbin.read_scenario(tenbin.shipped("scenarios/japan-announced.toml"))
posterior = tenbin.fit(scenario, progress=False)
print(f"before any future: peak {peak_mb():.0f} MB")
times = {}
kept = None
for keep in (False, True, False, True):
    kept = result = None  # what came before is given back
    begin = time.perf_counter()
    result = tenbin.project(scenario, posterior, futures=futures, keep=keep, progress=False, threads=2)
    times.setdefault(keep, []).append(time.perf_counter() - begin)
    if keep:
        kept = result
    else:
        digest = result.digest
    print(f"keep={keep}: {times[keep][-1]:.2f} s, peak so far {peak_mb():.0f} MB")
assert kept.digest == digest
size = sum(a.nbytes for a in (kept.milex, kept.burden, kept.dispute)) / 2**20
begin = time.perf_counter()
for _ in range(1000):
    view = kept.milex[5]
each = (time.perf_counter() - begin) / 1000
begin = time.perf_counter()
total = float(sum(np.nansum(kept.milex[y]) for y in range(len(kept.years))))
print(f"{futures} futures: arrays of {size:.0f} MB, none of them copied ({not kept.milex.flags.owndata}); a view takes "
      f"{1e6 * each:.1f} microseconds, the sum of all milex {time.perf_counter() - begin:.2f} s ({total:.6g})")
print(f"keeping over not keeping: {min(times[True]) / min(times[False]):.2f} in time; peak {peak_mb():.0f} MB")
