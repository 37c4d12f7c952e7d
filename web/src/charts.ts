// SPDX-License-Identifier: Apache-2.0
/** The charts that the sliders move. */
import * as Plot from '@observablehq/plot';
import { language, say } from './language.ts';
import type { Band, LiveData, Year } from './live.ts';
import { amount, change, moneyLabel, moneyTick, typedPerBillion } from './words.ts';

const blue = '#0072b2',
  grey = '#767676',
  ink = '#222',
  orange = '#d55e00',
  dark = '#b84a00';
export const plotClass = 'tenbin-plot'; // its style's hash is in the page's policy

interface Shown {
  unit: 0 | 1;
  from?: number; // first year that is shown
  top?: number; // the vertical axis reaches at least so far
  story?: boolean; // with the events, the usual level and the announced target of the focus
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

/** The next round number of an axis, so that it seldom changes while a slider moves. */
export function roundTop(x: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(x, 1e-9)));
  return power * ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((m) => m * power >= x) ?? 10);
}

/** The highest number that a fan shows. */
export function highest(
  live: LiveData,
  state: number,
  all: Year[],
  unit: 0 | 1,
  from: number,
): number {
  const scale = scaleOf(unit);
  return Math.max(
    0,
    ...live.states[state]!.observed.filter(([year]) => year >= from).map(
      ([, milex, burden]) => scale * ((unit === 0 ? burden : milex) ?? 0),
    ),
    ...all
      .filter((y) => y.changed.exists)
      .map((y) => scale * Math.max(y.changed.q[5]!, y.baseline.q[5]!)),
  );
}

/** Numbered events, the usual level and the announced target of the focus. */
function storyMarks(
  live: LiveData,
  observed: { year: number; x: number }[],
  unit: 0 | 1,
  width: number,
) {
  const { marks, level, level_words, announced } = live.story;
  const numbered = marks.flatMap((year, k) => {
    const at = observed.find((o) => o.year === year);
    return at ? [{ ...at, text: String(k + 1) }] : [];
  });
  const first = observed[0]?.year ?? live.start;
  // Every second mark is higher where they would touch.
  const room = (2 * width) / (live.end - first) < 20;
  const row = (odd: number) => numbered.filter((_, k) => !room || k % 2 === odd);
  return [
    ...(room ? [0, 1] : [0]).flatMap((odd) => {
      const up = -24 - 20 * odd;
      return [
        Plot.ruleX(row(odd), { x: 'year', y1: 'x', y2: 'x', insetTop: up + 8, stroke: '#555' }),
        Plot.dot(row(odd), { x: 'year', y: 'x', dy: up, r: 9, fill: '#fff', stroke: '#555' }),
        Plot.text(row(odd), { x: 'year', y: 'x', dy: up, text: 'text', fill: '#555' }),
      ];
    }),
    ...(unit === 0 && level !== null
      ? [
          Plot.ruleY([100 * level], {
            x1: first,
            x2: live.end,
            stroke: dark,
            strokeDasharray: '4 3',
          }),
          Plot.text([100 * level], {
            x: first,
            y: (x: number) => x,
            text: () => level_words,
            textAnchor: 'start',
            dy: 12,
            dx: 4,
            fill: dark,
            stroke: '#fff',
          }),
        ]
      : []),
    ...(unit === 0 && announced
      ? [
          Plot.ruleY([100 * announced.target], {
            x1: announced.from,
            x2: announced.by,
            stroke: dark,
            strokeDasharray: '6 4',
          }),
          Plot.dot([announced], { x: 'by', y: (a) => 100 * a.target, r: 4, fill: dark }),
          Plot.text(width > 520 ? [announced] : [], {
            x: 'from',
            y: (a) => 100 * a.target,
            text: 'words',
            textAnchor: 'end',
            dx: -6,
            fill: dark,
            stroke: '#fff',
          }),
        ]
      : []),
  ];
}

/** Observed years, then the simulations: median, middle 50 and 80 %; today's plans in grey. */
export function fan(live: LiveData, state: number, all: Year[], s: Shown, guess: Guess): Chart {
  const scale = scaleOf(s.unit);
  const from = s.from ?? live.start - 19;
  const observed = live.states[state]!.observed.filter(([year]) => year >= from)
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
    s.top ?? 0,
    ...observed.map((o) => (guess.hides ? 1.8 : 1) * o.x),
    ...guess.line.map(([, x]) => x),
    ...rows.map((r) => Math.max(r.q[5]!, r.base[5]!)),
  );
  const said = (x: number) =>
    s.unit === 0 ? `${x.toFixed(x < 9.95 ? 1 : 0)}%` : moneyLabel(x, live);
  const last = rows[rows.length - 1];
  const ends = last
    ? [3, 1, 5]
        .map((k) => ({ year: last.year, x: last.q[k]!, middle: k === 3 }))
        .filter((e) => e.middle || Math.abs(e.x - last.q[3]!) > 0.05 * top)
    : [];
  return finish(
    Plot.plot({
      className: plotClass,
      width: s.width,
      height: s.height,
      marginTop: 14,
      // A Japanese letter is almost twice as wide as a Latin one.
      marginLeft: s.margin + (s.unit === 1 && language() === 'ja' ? 10 : 0),
      marginRight: s.unit === 0 ? 44 : 64,
      x: {
        label: null,
        ticks: s.width > 420 ? 5 : 3,
        tickFormat: 'd',
        domain: [observed[0]?.year ?? live.start, live.end],
      },
      y: {
        label: null,
        grid: true,
        ticks: 5,
        domain: [0, roundTop(top)],
        tickFormat: (x: number) => (s.unit === 0 ? `${x}%` : moneyTick(x, live)),
      },
      marks: [
        Plot.ruleX([live.start], { stroke: '#bbb', strokeDasharray: '2 3' }),
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
        ...[true, false].map((middle) =>
          Plot.text(
            ends.filter((e) => e.middle === middle),
            {
              x: 'year',
              y: 'x',
              text: (e) => said(e.x),
              textAnchor: 'start',
              dx: 5,
              fill: middle ? blue : '#555',
              fontWeight: middle ? 700 : 400,
            },
          ),
        ),
        ...(s.story ? storyMarks(live, observed, s.unit, s.width) : []),
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

/** One year of a fan in words; empty where it shows nothing. */
export function yearWords(
  live: LiveData,
  state: number,
  all: Year[],
  unit: 0 | 1,
  year: number,
): string {
  const of = (x: number) => amount(x, unit, live);
  if (year <= live.start) {
    const found = live.states[state]!.observed.find(([y]) => y === year);
    const x = unit === 0 ? found?.[2] : found?.[1];
    return x === undefined || x === null
      ? say('{year}: no figure', { year })
      : say('{year}: {amount}, observed', { year, amount: of(x) });
  }
  const y = all[year - live.start];
  if (!y?.changed.exists) return '';
  const [, low, , middle, , high] = y.changed.q;
  const base = of(y.baseline.q[3]!),
    told = { year, median: of(middle!), low: of(low!), high: of(high!) };
  return base === told.median
    ? say('{year}: median {median}, likely range {low} to {high}', told)
    : say('{year}: median {median}, likely range {low} to {high}; {plans} {base}', {
        ...told,
        plans: live.story.plans,
        base,
      });
}

/** One year of the difference in words. */
export function differenceWords(live: LiveData, all: Year[], unit: 0 | 1, year: number): string {
  const y = all[year - live.start];
  if (!y?.difference.exists) return '';
  const by = (k: number) => change(y.difference.q[k]!, unit, live);
  return say('{year}: median {median}, likely range {low} to {high}', {
    year,
    median: by(3),
    low: by(1),
    high: by(5),
  });
}

/** Billions of an axis in the money that its caption names. */
const asTyped = (billion: number) =>
  Number((typedPerBillion() * billion).toPrecision(6))
    .toLocaleString('en')
    .replace('-', '\u2212');

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
      y: {
        label: null,
        grid: true,
        domain: [1.05 * low, 1.05 * most],
        ...(s.unit === 1 && typedPerBillion() !== 1 ? { tickFormat: asTyped } : {}),
      },
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

/** What the charts show, a row a year; `about`: what stands in each row before the numbers. It is data: heads are English and numbers have a point in every language. */
export function table(all: Year[], about: Record<string, string>): (string | number)[][] {
  const head = [
    ...Object.keys(about),
    'year',
    ...['todays_plans', 'changed', 'difference'].flatMap((n) =>
      ['q05', 'q10', 'q25', 'q50', 'q75', 'q90', 'q95'].map((q) => `${n}_${q}`),
    ),
    'higher',
  ];
  return [
    head,
    ...all.map((y) => [
      ...Object.values(about),
      y.year,
      ...y.baseline.q,
      ...y.changed.q,
      ...y.difference.q,
      y.higher,
    ]),
  ];
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
  const about = { country: name, year: last.year, plans: live.story.plans };
  return {
    fan: say('{country}, {year}: median {median}, likely range {low} to {high}; {plans} {base}', {
      ...about,
      median: of(last.changed.q[3]),
      low: of(last.changed.q[1]),
      high: of(last.changed.q[5]),
      base: of(last.baseline.q[3]),
    }),
    difference: say(
      '{country}, difference from {plans} in {year}: median {median}, likely range {low} to {high}',
      {
        ...about,
        median: by(last.difference.q[3]),
        low: by(last.difference.q[1]),
        high: by(last.difference.q[5]),
      },
    ),
  };
}
