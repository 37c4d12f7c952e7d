#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The peer of the simulator in the benchmark of futures: docs/model.md section 5 (One year of a
future) without levers and disputes, in float64 NumPy on one core. futures_numpy.py FOLDER FUTURES
FOLDER holds the inputs as .npy files and tenbin.npy, the answers to compare with."""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402

CHUNK = 2500  # futures at a time, arrays [state][future]: narrowly the fastest of 500 to 20000
np.setbufsize(1024)  # under CHUNK: else NumPy copies a row before it broadcasts it over the states
YEARS, DECAY, QUANTILES = 15, 0.08, np.array([0.05, 0.25, 0.50, 0.75, 0.95])
folder, futures = sys.argv[1], int(sys.argv[2])


def load(name):
    return np.load(os.path.join(folder, name + ".npy")).astype(np.float64)


def by_draw(array):
    """[draw]...[quantity] to [quantity]...[draw], and on past the last draw to the first again, so
    that the draws f mod draws of any chunk of futures are one slice."""
    array = np.ascontiguousarray(np.moveaxis(array, (-1, 0), (0, -1)))
    return np.concatenate([array] * (2 + CHUNK // array.shape[-1]), axis=-1)


world, draws = load("world"), len(load("spending_common"))
# The n states that the equations move come first, the others (expected growth and a shock) last.
order, S, n = np.argsort(world[:, 6] == 0, kind="stable"), len(world), int(world[:, 6].sum())
world, expected = world[order], load("expected_growth")[:, order]
spending, economy = (by_draw(load(name).take(order, axis=1)) for name in ("spending", "economy"))
spending_common, economy_common = by_draw(load("spending_common")), by_draw(load("economy_common"))
spending[5, n:] = 0.06


def link_programs():
    """What to add up in each year: a row for each state's threats, then its covers, of
    (weight, [j, ...]): links of one weight are added first. Equal years share one program."""
    place, programs, last = np.argsort(order), [], None
    links = [(k * n, *place[pair.astype(int)]) for k, name in enumerate(("threats", "covers"))
             for pair in load(name)]
    for weights in np.concatenate([load("threats_weight"), load("covers_weight")], axis=1):
        if last is None or not np.array_equal(weights, last):
            rows, last = [{} for _ in range(2 * n)], weights
            for (kind, i, j), weight in zip(links, weights):
                if i < n and weight != 0:
                    rows[kind + i].setdefault(weight, []).append(j)
        programs.append([sorted(row.items(), reverse=True) for row in rows]
                        if weights is last else programs[-1])
    return programs


def felt(program, stock, out, spare):
    """out[threat, cover][i] = sum over j of weight * stock[j]. Most weights are 0 or 1: this takes
    a third of the time of the matrix product (Debian's reference BLAS) or less."""
    stocks = list(stock)
    for row, groups in zip([*out[0], *out[1]], program):
        into = row
        for weight, (j, *more) in groups:
            if more:
                np.add(stocks[j], stocks[more[0]], out=into)
                for k in more[1:]:
                    into += stocks[k]
                if weight != 1:
                    into *= weight
            else:
                np.multiply(stocks[j], weight, out=into)
            if into is spare:
                row += spare
            into = spare
        if not groups:
            row.fill(0)


def cut(array, low, high, out):
    """np.clip, which is five times slower in this NumPy."""
    return np.minimum(np.maximum(array, low, out=out), high, out=out)


def student(random, df, power, out, spare):
    """Student-t by Bailey's method, clamped at 8; power = -2 / df. (The cosine over half a turn is
    distributed as over a whole one.) 8 ns each, 3.4 of them for the uniforms; standard_t takes 31,
    a normal over the root of a gamma 39. SFC64 is the fastest of NumPy's generators here."""
    np.log2(random.random(out=out), out=out)
    out *= power
    np.exp2(out, out=out)
    out -= 1
    out *= df
    np.sqrt(out, out=out)
    random.random(out=spare)
    spare *= np.pi
    out *= np.cos(spare, out=spare)
    cut(out, -8, 8, out)


def simulate_chunk(random, first, milex, burden):
    """Futures from `first` on, as many as milex and burden [year][state][future] have room for."""
    C, at = milex.shape[2], slice(first % draws, first % draws + milex.shape[2])
    target, pull, persistence, income, rival = spending[:5, :n, at]
    scale, trend, growth_scale = spending[5, :, at], economy[0, :n, at], economy[1, :n, at]
    ally, threat_slope, support_slope, wave_persistence, wave_sd, df, wave = spending_common[:, at]
    momentum, cycle_sd, growth_df = economy_common[:, at]
    power, growth_power, rest = -2 / df, -2 / growth_df, 1 - momentum
    m, dm, stock, before, shock, spare = np.empty((6, S, C))
    now, past, x, (b, dg) = np.empty((4, 2, n, C))
    (mean, support), dm_n, eta, tmp = x, dm[:n], shock[:n], spare[:n]
    for array, column in ((m, 0), (dm, 1), (stock, 4), (before, 5), (dg, 3)):
        array[:] = world[:len(array), column, None]
    np.subtract(m[:n], world[:n, 2, None], out=b)
    np.copyto(dg, np.where(np.isnan(trend), 0.01, trend), where=np.isnan(dg))
    cut(dg, -0.25, 0.25, dg)
    for t in range(YEARS):
        # Economy: growth of year t + 1 = star + momentum (growth - star) + cycle + shock.
        star = expected[t + 1, :n, None]
        if np.isnan(star).any():
            star = np.where(np.isnan(star), trend, star)
        dg *= momentum
        dg += np.multiply(star, rest, out=tmp)
        student(random, growth_df, growth_power, eta, tmp)
        eta *= growth_scale
        dg += eta
        dg += cycle_sd * random.standard_normal(C)
        cut(dg, -0.25, 0.25, dg)
        # Covariates of year t: rise of rivals and of allies, felt threat and cover.
        felt(programs[t], stock, now, spare[0])
        if t == 0 or programs[t] is not programs[t - 1]:  # else last year's sums will do
            felt(programs[t], before, past, spare[0])
        np.add(now, before[:n], out=x)
        past += before[:n]
        rise = np.divide(x, past, out=past)
        cut(np.log(rise, out=rise), -0.3, 0.3, rise)
        np.add(now, stock[:n], out=x)
        np.log(x, out=x)
        x -= np.log(stock[:n], out=tmp)
        # Spending.
        mean *= threat_slope
        support *= support_slope
        mean += support
        mean += target
        mean -= cut(b, -7, -1, tmp)
        mean *= pull
        cut(dm, -0.5, 0.5, dm)
        for factor, term in ((persistence, dm_n), (rival, rise[0]), (ally, rise[1])):
            mean += np.multiply(factor, term, out=term)
        mean += np.multiply(income, dg, out=tmp)
        wave = wave_persistence * wave + wave_sd * random.standard_normal(C)
        mean += wave
        student(random, df, power, shock, spare)
        np.multiply(shock, scale, out=dm)
        dm_n += mean
        dm[n:] += np.where(np.isnan(expected[t + 1, n:]), 0.01, expected[t + 1, n:])[:, None]
        # Levels, record and stock.
        m += dm
        b += dm_n
        b -= dg
        np.exp(m, out=milex[t])
        np.exp(b, out=burden[t])
        before, stock, now, past = stock, before, past, now
        np.multiply(before, 1 - DECAY, out=stock)
        stock += milex[t]


def simulate(seed, store=None):
    """All futures; without a store a chunk's answers live as long as the chunk."""
    random = np.random.Generator(np.random.SFC64(seed))
    milex, burden = store or (np.empty((YEARS, rows, CHUNK)) for rows in (S, n))
    with np.errstate(divide="ignore", over="ignore"):  # a uniform of 0 is an infinite t, clamped
        for first in range(0, futures, CHUNK):
            end = min(first + CHUNK, futures)
            at = slice(first, end) if store else slice(0, end - first)
            simulate_chunk(random, first, milex[:, :, at], burden[:, :, at])


def quantiles(row):
    """As np.quantile, in less than half of its time: a sample brackets the order statistics, and
    only what lies in a bracket is partitioned. Where a bracket misses (seldom), np.quantile."""
    sample, exact = row[::len(row) // 12000 | 1], QUANTILES * (len(row) - 1)
    k = len(sample)
    half = 3 * np.sqrt(k * QUANTILES * (1 - QUANTILES)) + 2
    low = np.maximum(k * QUANTILES - half, 0).astype(int)
    high = np.minimum(k * QUANTILES + half, k - 1).astype(int)
    sample = np.partition(sample, np.concatenate([low, high]))
    low, high, below, inside = sample[low], sample[high], [], np.zeros(len(row), bool)
    for a, b in zip(low, high):
        under = row < a
        below.append(np.count_nonzero(under))
        inside |= under != (row <= b)
    rank, z = exact.astype(int) - below, row[np.flatnonzero(inside)]
    at = rank + [np.count_nonzero(z < a) for a in low]
    if rank.min() >= 0 and at.max() + 1 < len(z):
        z.partition(np.concatenate([at, at + 1]))
        if (z[at + 1] <= high).all():
            return z[at] + exact % 1 * (z[at + 1] - z[at])
    return np.quantile(row, QUANTILES)


def with_quantiles(seed):
    simulate(seed, store)
    return [np.array([[quantiles(row) for row in year] for year in array]) for array in store]


def fastest(name, work):
    """The least wall and CPU seconds of two runs, by name, and the last answer."""
    wall, cpu = [], []
    for seed in range(2):
        start, used = time.perf_counter(), time.process_time()
        result = work(seed)
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    return {name: round(min(wall), 4), f"{name}_cpu": round(min(cpu), 4)}, result


def compare(answers):
    """|z| of the differences of means and quantiles from tenbin's, from 2027 on. Both runs share
    the draws, so a batch must hold them evenly: whole passes over them, in 40 batches or as many as
    there are passes. Under 20 passes: 40 batches, every draw dealt to another one in each pass (as
    even as can be, but no batch holds all draws, so the error is overstated)."""
    passes, f, z = futures // draws, np.arange(futures), []
    count = min(40, passes) if passes >= 20 else 40
    size = passes // count * draws if passes >= 20 else futures // count
    dealt = f if passes >= 20 else np.argsort((f + f // draws) % count, kind="stable")
    for ours, points, theirs in zip(store, answers, load("tenbin")[:, 1:, order]):
        for t, i in ((t, i) for t in range(1, YEARS) for i in range(ours.shape[1])):
            batches = ours[t, i, dealt[:count * size]].reshape(count, size)
            spread = np.vstack([batches.mean(axis=1), np.quantile(batches, QUANTILES, axis=1)])
            error = spread.std(axis=1, ddof=1) * np.sqrt(2 * size / futures)
            sketch = np.append(0, 0.001 * points[t, i])  # half a bin of tenbin's quantiles
            difference = np.append(ours[t, i].mean(), points[t, i]) - np.delete(theirs[t, i], 1)
            z.append(np.abs(difference) / np.hypot(error, sketch))
    return np.nan_to_num(np.array(z), nan=np.inf)  # an answer that tenbin lacks is a difference


programs = link_programs()
alone, _ = fastest("simulation", simulate)
store = tuple(np.empty((YEARS, rows, futures)) for rows in (S, n))
stored, answers = fastest("with_quantiles", with_quantiles)
print(json.dumps({"futures": futures, **alone, **stored}), flush=True)
z = compare(answers)
print(json.dumps({"compared": z.size, "worst": round(float(z.max()), 3),
                  "beyond_4": int((z > 4).sum())}))
