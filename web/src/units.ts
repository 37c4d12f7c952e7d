// SPDX-License-Identifier: Apache-2.0
/** The units of sliders, one row each: the unit_table of core/levers.hpp. */
export interface Unit {
  scale: number; // what is typed is the value times this: 3 is three per cent
  name: string;
  short: string; // in an empty entry
  say: (value: number) => string;
  saysRest?: boolean; // whether the value at rest is a figure of the pair of states, and is said
}

export const percent = (part: number) => `${(100 * part).toFixed(2)}%`;
const sign = (x: number) => (x > 0 ? '+' : x < 0 ? '\u2212' : '');

export const units = {
  share: { scale: 100, name: '% of GDP', short: '%', say: percent },
  growth: {
    scale: 100,
    name: 'points a year',
    short: 'points',
    say: (v) => `${sign(v)}${Math.abs(100 * v).toFixed(2)} points a year`,
  },
  part: {
    scale: 100,
    name: '%',
    short: '%',
    say: (v) => `${Math.round(100 * v)}%`,
    saysRest: true,
  },
  km: { scale: 1, name: 'km', short: 'km', say: (v) => `${v} km` },
  factor: { scale: 1, name: 'times', short: 'times', say: (v) => `${v} times` },
  number: { scale: 1, name: '', short: '', say: (v) => v.toLocaleString('en'), saysRest: true },
} satisfies Record<string, Unit>;

export type UnitName = keyof typeof units;
export const unitOf = (name: UnitName): Unit => units[name];
