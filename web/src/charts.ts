// SPDX-License-Identifier: Apache-2.0
/** The two charts of the first screen. */
import * as Plot from '@observablehq/plot';
import type { Band, LiveData, Year } from './live.ts';
import { amount, change } from './words.ts';

const blue = '#0072b2',
  grey = '#767676',
  ink = '#222',
  orange = '#d55e00';
export const plotClass = 'tenbin-plot'; // its style's hash is in the page's policy

interface Shown {
  unit: 0 | 1;
  width: number;
  height: number;
  margin: number; // for the numbers of the axis
  label: string;
}
type Chart = ReturnType<typeof Plot.plot>;
/** A reader's own line in the chart's units; `hides`: the futures stay unseen. */
export interface Guess {
  hides: boolean;
  line: [number, number][];
}
/** What turns shares and millions into a chart's units: per cent and billions. */
export const scaleOf = (unit: 0 | 1) => (unit === 0 ? 100 : 0.001);
/** The last figure, in the chart's units. */
export function lastObserved(live: LiveData, state: number, unit: 0 | 1): number {
  for (const [, milex, burden] of [...live.states[state]!.observed].reverse()) {
    const x = unit === 0 ? burden : milex;
    if (x !== null) return scaleOf(unit) * x;
  }
  return 0;
}

function finish(plot: Chart, label: string): Chart {
  for (const part of plot.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label'); // an image has one
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', label);
  return plot;
}

/** Observed years, then the futures: middle, 5 and 8 in 10; the baseline in grey. */
export function fan(live: LiveData, state: number, all: Year[], s: Shown, guess: Guess): Chart {
  const scale = scaleOf(s.unit);
  const observed = live.states[state]!.observed.filter(([year]) => year > live.start - 20)
    .map(([year, milex, burden]) => ({ year, x: scale * (s.unit === 0 ? (burden ?? NaN) : milex) }))
    .filter((o) => Number.isFinite(o.x));
  const rows = (guess.hides ? [] : all)
    .filter((y) => y.changed.exists)
    .map((y) => ({
      year: y.year,
      q: y.changed.q.map((x) => scale * x),
      base: y.baseline.q.map((x) => scale * x),
    }));
  const top = Math.max(
    0,
    ...observed.map((o) => (guess.hides ? 1.8 : 1) * o.x),
    ...guess.line.map(([, x]) => x),
    ...rows.map((r) => Math.max(r.q[5]!, r.base[5]!)),
  );
  return finish(
    Plot.plot({
      className: plotClass,
      width: s.width,
      height: s.height,
      marginTop: 12,
      marginLeft: s.margin,
      marginRight: 20,
      x: { label: null, tickFormat: 'd', domain: [observed[0]?.year ?? live.start, live.end] },
      y: {
        label: null,
        grid: true,
        domain: [0, 1.05 * top],
        tickFormat: (x: number) => (s.unit === 0 ? `${x} %` : `${live.money.sign}${x}`),
      },
      marks: [
        Plot.areaY(rows, {
          x: 'year',
          y1: (r) => r.q[1],
          y2: (r) => r.q[5],
          fill: blue,
          fillOpacity: 0.18,
        }),
        Plot.areaY(rows, {
          x: 'year',
          y1: (r) => r.q[2],
          y2: (r) => r.q[4],
          fill: blue,
          fillOpacity: 0.28,
        }),
        Plot.line(rows, { x: 'year', y: (r) => r.base[3], stroke: grey, strokeWidth: 2 }),
        Plot.line(rows, { x: 'year', y: (r) => r.base[1], stroke: grey, strokeDasharray: '3 3' }),
        Plot.line(rows, { x: 'year', y: (r) => r.base[5], stroke: grey, strokeDasharray: '3 3' }),
        Plot.line(rows, { x: 'year', y: (r) => r.q[3], stroke: blue, strokeWidth: 2.5 }),
        Plot.line(observed, { x: 'year', y: 'x', stroke: ink, strokeWidth: 2 }),
        Plot.line(guess.line, {
          x: '0',
          y: '1',
          stroke: orange,
          strokeWidth: 2.5,
          strokeDasharray: '6 3',
        }),
      ],
    }),
    s.label,
  );
}

/** The paired difference from the baseline. */
export function difference(all: Year[], s: Shown): Chart {
  const scale = scaleOf(s.unit);
  const rows = all
    .filter((y) => y.difference.exists)
    .map((y) => ({ year: y.year, q: y.difference.q.map((x) => scale * x) }));
  const least = s.unit === 0 ? 0.05 : 0.5;
  const most = Math.max(least, ...rows.map((r) => r.q[5]!)),
    low = Math.min(-least, ...rows.map((r) => r.q[1]!));
  return finish(
    Plot.plot({
      className: plotClass,
      width: s.width,
      height: s.height,
      marginTop: 12,
      marginLeft: s.margin,
      marginRight: 20,
      x: { label: null, tickFormat: 'd' },
      y: { label: null, grid: true, domain: [1.05 * low, 1.05 * most] },
      marks: [
        Plot.ruleY([0], { stroke: grey, strokeWidth: 2 }),
        Plot.areaY(rows, {
          x: 'year',
          y1: (r) => r.q[1],
          y2: (r) => r.q[5],
          fill: blue,
          fillOpacity: 0.18,
        }),
        Plot.areaY(rows, {
          x: 'year',
          y1: (r) => r.q[2],
          y2: (r) => r.q[4],
          fill: blue,
          fillOpacity: 0.28,
        }),
        Plot.line(rows, { x: 'year', y: (r) => r.q[3], stroke: blue, strokeWidth: 2.5 }),
      ],
    }),
    s.label,
  );
}

/** Numbers on their way from one answer to another, for the eye only: `part` 0-1 of the way. */
export function between(from: Year[], to: Year[], part: number): Year[] {
  const mix = (a: number, b: number) => a + part * (b - a);
  const band = (a: Band, b: Band): Band => ({
    q: b.q.map((x, k) => mix(a.q[k] ?? x, x)),
    exists: b.exists,
  });
  return to.map((y, k) => {
    const old = from[k];
    return old
      ? {
          ...y,
          changed: band(old.changed, y.changed),
          difference: band(old.difference, y.difference),
        }
      : y;
  });
}

/** What a chart shows, for a spreadsheet. */
export function table(all: Year[]): string {
  const head = [
    'year',
    ...['baseline', 'changed', 'difference'].flatMap((n) =>
      ['q05', 'q10', 'q25', 'q50', 'q75', 'q90', 'q95'].map((q) => `${n}_${q}`),
    ),
    'higher',
  ];
  return (
    [
      head.join('\t'),
      ...all.map((y) =>
        [y.year, ...y.baseline.q, ...y.changed.q, ...y.difference.q, y.higher].join('\t'),
      ),
    ].join('\n') + '\n'
  );
}

/** What the charts say, for those who cannot see them. */
export function spoken(
  name: string,
  last: Year,
  unit: 0 | 1,
  live: LiveData,
): { fan: string; difference: string } {
  const of = (x: number | undefined) => amount(x ?? NaN, unit, live);
  const by = (x: number | undefined) => change(x ?? NaN, unit, live);
  return {
    fan: `${name}: ${of(last.changed.q[3])} in ${last.year}, 8 in 10 futures between ${of(last.changed.q[1])} and ${of(last.changed.q[5])}; baseline ${of(last.baseline.q[3])}`,
    difference: `${name}, difference from the baseline in ${last.year}: ${by(last.difference.q[3])}, 8 in 10 pairs between ${by(last.difference.q[1])} and ${by(last.difference.q[5])}`,
  };
}
