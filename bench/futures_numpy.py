#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The peer of the simulator in the benchmark of futures: sections 3 to 5 of the model (economy,
covariates, spending, stock; no levers, no disputes) in float64 NumPy on one core.

    futures_numpy.py FOLDER FUTURES

FOLDER holds the inputs as .npy files, and tenbin.npy, the answers to compare with."""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402

CHUNK = 2500  # futures at a time, arrays [state][future]: the fastest of 500 to 20000, if narrowly
np.setbufsize(1024)  # below CHUNK: a row that is broadcast over the states is then not copied first
YEARS, DECAY, QUANTILES = 15, 0.08, np.array([0.05, 0.25, 0.50, 0.75, 0.95])
folder, futures = sys.argv[1], int(sys.argv[2])


def load(name, draws_last=False):
    """With draws_last: [draw]...[quantity] to [quantity]...[draw], and on past the last draw to the
    first again, so that the draws f mod draws of any chunk of futures are one slice."""
    array = np.load(os.path.join(folder, name + ".npy")).astype(np.float64)
    if draws_last:
        array = np.ascontiguousarray(np.moveaxis(array, (-1, 0), (0, -1)))
        array = np.concatenate([array] * (2 + CHUNK // array.shape[-1]), axis=-1)
    return array


world, expected = load("world"), load("expected_growth")
# States that the equations move come first, the others (expected growth and a shock) last.
order = np.argsort(world[:, 6] == 0, kind="stable")
S, n = len(order), np.count_nonzero(world[:, 6])
world, expected = world[order], expected[:, order]
draws = len(load("spending_common"))
spending, economy = (load(name, True).take(order, axis=1) for name in ("spending", "economy"))
spending_common, economy_common = load("spending_common", True), load("economy_common", True)
spending[5, n:] = 0.06


def link_programs():
    """For every year what to add up: a row for each state's threats, then its covers, of
    [(weight, [j, ...]), ...]: links of one weight are added first. Equal years share one list."""
    place, programs, last = np.argsort(order), [], None
    links = [(k * n + place[int(i)], place[int(i)], place[int(j)])
             for k, name in enumerate(("threats", "covers")) for i, j in load(name)]
    for weights in np.concatenate([load("threats_weight"), load("covers_weight")], axis=1):
        if last is None or not np.array_equal(weights, last):
            rows, last = [{} for _ in range(2 * n)], weights
            for (row, i, j), weight in zip(links, weights):
                if i < n and weight != 0:
                    rows[row].setdefault(weight, []).append(j)
            program = [sorted(row.items(), reverse=True) for row in rows]
        programs.append(program)
    return programs


def felt(program, stock, out, spare):
    """out[threat, cover][i] = sum over j of weight * stock[j]. Most weights are 0 or 1: this takes a
    fifth of the time of the (32 x 16) matrix product."""
    stocks = list(stock)
    for row, groups in zip([*out[0], *out[1]], program):
        if not groups:
            row.fill(0)
        into = row
        for weight, js in groups:
            if len(js) == 1:
                np.multiply(stocks[js[0]], weight, out=into)
            else:
                np.add(stocks[js[0]], stocks[js[1]], out=into)
                for j in js[2:]:
                    into += stocks[j]
                if weight != 1:
                    into *= weight
            if into is spare:
                row += spare
            into = spare


def cut(array, low, high, out=None):
    """np.clip, which is five times slower in this NumPy."""
    np.maximum(array, low, out=array if out is None else out)
    np.minimum(array if out is None else out, high, out=array if out is None else out)


def student(random, df, power, out, spare):
    """Student-t by Bailey's method, clamped at 8; power = -2 / df. (The cosine over half a turn is
    distributed as over a whole one.) 8 ns each, 3.4 of them for the uniforms; standard_t takes 31, a
    normal over the root of a gamma 39. SFC64 is the fastest of NumPy's generators for it."""
    random.random(out=out)
    random.random(out=spare)
    np.log2(out, out=out)
    out *= power
    np.exp2(out, out=out)
    out -= 1
    out *= df
    np.sqrt(out, out=out)
    spare *= np.pi
    np.cos(spare, out=spare)
    out *= spare
    cut(out, -8, 8)


def simulate_chunk(random, programs, first, work, milex, burden):
    """Futures from `first` on, as many as milex and burden [year][state][future] have room for."""
    C, at = milex.shape[2], slice(first % draws, first % draws + milex.shape[2])
    target, pull, persistence, income, rival = spending[:5, :n, at]
    scale, (trend, growth_scale) = spending[5, :, at], economy[:, :n, at]
    ally, threat_slope, support_slope, wave_persistence, wave_sd, df, wave = spending_common[:, at]
    momentum, cycle_sd, growth_df = economy_common[:, at]
    power, growth_power, rest = -2 / df, -2 / growth_df, 1 - momentum
    m, dm, stock, before, shock, spare = work[:, :C * S].reshape(-1, S, C)[:6]
    b, dg, now, past, x = np.split(work[6:, :C * n].reshape(-1, n, C), (1, 2, 4, 6))
    b, dg, (mean, support), eta, tmp, dm_n = b[0], dg[0], x, shock[:n], spare[:n], dm[:n]
    for array, column in ((m, 0), (dm, 1), (stock, 4), (before, 5)):
        array[:] = world[:, column, None]
    np.subtract(m[:n], world[:n, 2, None], out=b)
    dg[:] = world[:n, 3, None]
    np.copyto(dg, np.where(np.isnan(trend), 0.01, trend), where=np.isnan(dg))
    cut(dg, -0.25, 0.25)
    for t in range(YEARS):
        # Economy: growth of year t + 1 = star + momentum (growth - star) + cycle + shock.
        star, own = expected[t + 1, :n, None], np.isnan(expected[t + 1, :n, None])
        if own.any():
            star = np.where(own, trend, star)
        dg *= momentum
        dg += np.multiply(star, rest, out=tmp)
        student(random, growth_df, growth_power, eta, tmp)
        eta *= growth_scale
        dg += eta
        dg += cycle_sd * random.standard_normal(C)
        cut(dg, -0.25, 0.25)
        # Covariates of year t: rise of rivals and of allies, felt threat and cover.
        felt(programs[t], stock, now, spare[0])
        if t == 0 or programs[t] is not programs[t - 1]:  # else last year's sums will do
            felt(programs[t], before, past, spare[0])
        np.add(now, before[:n], out=x)
        past += before[:n]
        rise = np.divide(x, past, out=past)
        cut(np.log(rise, out=rise), -0.3, 0.3)
        np.add(now, stock[:n], out=x)
        np.log(x, out=x)
        x -= np.log(stock[:n], out=tmp)
        # Spending.
        mean *= threat_slope
        support *= support_slope
        mean += support
        mean += target
        cut(b, -7, -1, out=tmp)
        mean -= tmp
        mean *= pull
        cut(dm, -0.5, 0.5)
        for factor, term in ((persistence, dm_n), (rival, rise[0]), (ally, rise[1])):
            term *= factor
            mean += term
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
        before, stock = stock, before
        np.multiply(before, 1 - DECAY, out=stock)
        stock += milex[t]
        now, past = past, now


def simulate(seed, milex=None, burden=None):
    """All futures; without arrays for them a chunk's answers live as long as the chunk."""
    random, programs = np.random.Generator(np.random.SFC64(seed)), link_programs()
    store, work = milex is not None, np.empty((14, S * CHUNK))
    if not store:
        milex, burden = (np.empty((YEARS, rows, CHUNK)) for rows in (S, n))
    with np.errstate(divide="ignore", over="ignore"):  # a uniform of 0 is an infinite t, clamped
        for first in range(0, futures, CHUNK):
            end = min(first + CHUNK, futures)
            at = slice(first, end) if store else slice(0, end - first)
            simulate_chunk(random, programs, first, work, milex[:, :, at], burden[:, :, at])


def quantiles(row):
    """As np.quantile, in less than half of its time: a sample brackets the order statistics, and
    only what lies in a bracket is partitioned. Where a bracket misses (seldom), np.quantile."""
    sample = row[::len(row) // 12000 | 1]
    k, exact = len(sample), QUANTILES * (len(row) - 1)
    half = 3 * np.sqrt(k * QUANTILES * (1 - QUANTILES)) + 2
    low = np.maximum(k * QUANTILES - half, 0).astype(int)
    high = np.minimum(k * QUANTILES + half, k - 1).astype(int)
    sample = np.partition(sample, np.concatenate([low, high]))
    low, high = sample[low], sample[high]
    below, inside = [], np.zeros(len(row), bool)
    for a, b in zip(low, high):
        under = row < a
        below.append(np.count_nonzero(under))
        inside |= under != (row <= b)
    rank, inside = exact.astype(int) - below, row[np.flatnonzero(inside)]
    at = rank + [np.count_nonzero(inside < a) for a in low]
    if rank.min() >= 0 and at.max() + 1 < len(inside):
        inside.partition(np.concatenate([at, at + 1]))
        if (inside[at + 1] <= high).all():
            return inside[at] + exact % 1 * (inside[at + 1] - inside[at])
    return np.quantile(row, QUANTILES)


def fastest(work):
    times = []
    for seed in range(2):
        start = time.perf_counter()
        result = work(seed)
        times.append(time.perf_counter() - start)
    return min(times), result


milex, burden = (np.empty((YEARS, rows, futures)) for rows in (S, n))


def with_quantiles(seed):
    simulate(seed, milex, burden)
    return [np.array([[quantiles(row) for row in year] for year in a]) for a in (milex, burden)]


def compare(answers):
    """|z| of every difference of a mean or quantile from tenbin's, from 2027 on. Both runs share the
    draws, so a batch has to have all of them evenly: whole passes over the draws, in 40 batches or
    as many as there are passes; with under 20 passes, 40 batches dealt so that each draw goes to
    another batch in every pass (which overstates the error: not all draws are in each)."""
    passes = futures // draws
    count = min(40, passes) if passes >= 20 else 40
    size = passes // count * draws if passes >= 20 else futures // count
    f = np.arange(futures)
    dealt = f if passes >= 20 else np.argsort((f + f // draws) % count, kind="stable")
    z = []
    for ours, all_quantiles, theirs in zip((milex, burden), answers, load("tenbin")[:, 1:, order]):
        for t, i in np.ndindex(ours.shape[:2]):
            if t == 0:
                continue
            row = ours[t, i]
            batches = row[dealt[:count * size]].reshape(count, size)
            spread = np.vstack([batches.mean(axis=1), np.quantile(batches, QUANTILES, axis=1)])
            error = spread.std(axis=1, ddof=1) * np.sqrt(2 * size / futures)
            sketch = np.append(0, 0.001 * all_quantiles[t, i])  # half a bin of tenbin's quantiles
            difference = np.append(row.mean(), all_quantiles[t, i]) - theirs[t, i, [0, 2, 3, 4, 5, 6]]
            z.append(np.abs(difference) / np.hypot(error, sketch))
    return np.nan_to_num(np.array(z), nan=np.inf)  # an answer that tenbin lacks is a difference


alone, _ = fastest(simulate)
stored, answers = fastest(with_quantiles)
print(json.dumps({"futures": futures, "simulation": round(alone, 4),
                  "with_quantiles": round(stored, 4)}), flush=True)
z = compare(answers)
print(json.dumps({"compared": z.size, "worst": round(float(z.max()), 3),
                  "beyond_4": int(np.count_nonzero(z > 4))}))
