// SPDX-License-Identifier: Apache-2.0
/** The units of sliders, one row each: the unit_table of core/levers.hpp. */
import { count, say } from './language.ts';

export interface Unit {
  scale: number; // what is typed is the value times this: 3 is three per cent
  name: () => string;
  short: () => string; // in an empty entry
  say: (value: number) => string;
  saysRest?: boolean; // whether the value at rest is a figure of the pair of states, and is said
}

export const percent = (part: number) => `${(100 * part).toFixed(2)}%`;
const sign = (x: number) => (x > 0 ? '+' : x < 0 ? '\u2212' : '');

export const units = {
  share: { scale: 100, name: () => say('% of GDP'), short: () => '%', say: percent },
  growth: {
    scale: 100,
    name: () => say('points a year'),
    short: () => say('points'),
    say: (v) =>
      say('{value} points a year', { value: `${sign(v)}${Math.abs(100 * v).toFixed(2)}` }),
  },
  part: {
    scale: 100,
    name: () => '%',
    short: () => '%',
    say: (v) => `${Math.round(100 * v)}%`,
    saysRest: true,
  },
  km: {
    scale: 1,
    name: () => 'km',
    short: () => 'km',
    say: (v) => say('{value} km', { value: v }),
  },
  factor: {
    scale: 1,
    name: () => say('times'),
    short: () => say('times'),
    say: (v) => say('{value} times', { value: v }),
  },
  number: { scale: 1, name: () => '', short: () => '', say: count, saysRest: true },
} satisfies Record<string, Unit>;

export type UnitName = keyof typeof units;
export const unitOf = (name: UnitName): Unit => units[name];
