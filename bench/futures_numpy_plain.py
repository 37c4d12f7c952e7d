#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The model's futures as a scientist writes them in vectorised NumPy: docs/model.md section 5 (One
year of a future) without levers and disputes, float64, one line an equation, all futures of a batch
at once. The other peer, futures_numpy.py, is the same model with every trick.
futures_numpy_plain.py FOLDER FUTURES"""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402

folder, futures = sys.argv[1], int(sys.argv[2])
load = lambda name: np.load(os.path.join(folder, name + ".npy"))  # noqa: E731
BATCH, YEARS, LEVELS = 5000, 15, [0.05, 0.25, 0.50, 0.75, 0.95]  # the fastest of 1,000 to 100,000
spending, common = load("spending"), load("spending_common")
economy, economy_common = load("economy"), load("economy_common")
world, expected = load("world"), load("expected_growth")
states, moved = len(world), world[:, 6] == 1


def weights(name):
    """[year][i][j]"""
    pairs, values = load(name).astype(int), load(name + "_weight")
    w = np.zeros((len(values), states, states))
    w[:, pairs[:, 0], pairs[:, 1]] = values
    return w


threats, covers = weights("threats"), weights("covers")


def simulate_batch(rng, first, count):
    """milex and burden, [year][future][state]"""
    draw = np.arange(first, first + count) % len(spending)
    target, pull, persistence, income, rival, scale = np.moveaxis(spending[draw], 2, 0)
    trend, growth_scale = np.moveaxis(economy[draw], 2, 0)
    ally, threat_slope, support_slope, wave_persistence, wave_sd, df, wave = common[draw].T[:, :, None]
    momentum, cycle_sd, growth_df = economy_common[draw].T[:, :, None]
    shape = (count, states)
    m, dm, g = (np.broadcast_to(world[:, k], shape) for k in range(3))
    dg = np.where(np.isnan(world[:, 3]), trend, np.clip(world[:, 3], -0.25, 0.25))
    stock, before = (np.broadcast_to(world[:, k], shape) for k in (4, 5))
    milex, burden = np.empty((2, YEARS, count, states))
    for t in range(YEARS):
        star = np.where(np.isnan(expected[t + 1]), trend, expected[t + 1])
        shock = np.clip(rng.standard_t(growth_df, shape), -8, 8)
        dg = np.clip(star + momentum * (dg - star) + cycle_sd * rng.standard_normal((count, 1))
                     + growth_scale * shock, -0.25, 0.25)
        threat, support = stock @ threats[t].T, stock @ covers[t].T
        tau, c = np.log1p(threat / stock), np.log1p(support / stock)
        u = np.log((before + threat) / (before + before @ threats[t].T))
        v = np.log((before + support) / (before + before @ covers[t].T))
        wave = wave_persistence * wave + wave_sd * rng.standard_normal((count, 1))
        shock = np.clip(rng.standard_t(df, shape), -8, 8)
        mean = (pull * (target + threat_slope * tau + support_slope * c - np.clip(m - g, -7, -1))
                + persistence * np.clip(dm, -0.5, 0.5) + income * dg
                + rival * np.clip(u, -0.3, 0.3) + ally * np.clip(v, -0.3, 0.3) + wave)
        alone = np.where(np.isnan(expected[t + 1]), 0.01, expected[t + 1])
        dm = np.where(moved, mean + scale * shock, alone + 0.06 * shock)
        m, g = m + dm, g + dg
        milex[t], burden[t] = np.exp(m), np.exp(m - g)
        stock, before = 0.92 * stock + milex[t], stock
    return milex, burden


def simulate(seed, keep=None):
    rng = np.random.default_rng(seed)
    for first in range(0, futures, BATCH):
        count = min(BATCH, futures - first)
        batch = simulate_batch(rng, first, count)
        if keep is not None:
            for kept, values in zip(keep, batch):
                kept[:, first:first + count] = values


def with_quantiles(seed):
    keep = np.empty((2, YEARS, futures, states))
    simulate(seed, keep)
    return np.quantile(keep, LEVELS, axis=2)


def fastest(name, work):
    """The least wall and CPU seconds of two runs, by name, and the last answer."""
    wall, cpu = [], []
    for seed in range(2):
        start, used = time.perf_counter(), time.process_time()
        result = work(seed)
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    return {name: round(min(wall), 4), f"{name}_cpu": round(min(cpu), 4)}, result


with np.errstate(invalid="ignore"):
    alone, _ = fastest("simulation", simulate)
    stored, answers = fastest("with_quantiles", with_quantiles)
print(json.dumps({"futures": futures, **alone, **stored}))
ours = load("tenbin")[:, 1:, :, 2:]  # [milex, burden][year][state][level]
off = np.abs(np.moveaxis(answers, 0, 3) / ours - 1)
print(json.dumps({"compared": int(np.isfinite(off).sum()), "worst_relative": float(np.nanmax(off))}))
