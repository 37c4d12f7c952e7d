// SPDX-License-Identifier: Apache-2.0
/** What the page carries for its live part, as the command line writes it. */
import type { UnitName } from './units.ts';

/** How far the ends of a slider move the outcome that it is about, in the last year. */
export interface Meter {
  about: 'share' | 'money' | 'balance' | 'treaty' | 'incidents';
  base: number | null; // the outcome at rest; null: it is not known
  low: number | null; // change at the low end
  high: number | null;
  moves: boolean; // as far as a reader can see
}

export interface SliderSpec {
  key: string; // its name in an address, such as plan-JPN
  words: string;
  group: 0 | 1 | 2 | 3; // the focus decides, its protector, the neighbours, assumptions
  state: number; // of the lever; -1: all
  other: number; // of the lever's pair; -1: none
  meter: Meter;
  unit: UnitName;
  low: number;
  high: number;
  step: number;
  rest: number | null; // where it does nothing; null: it does nothing until it is moved
  start: number; // where the knob stands before
  effect: string;
  held: string;
  responds: string;
  toml: string; // the lever in a scenario file, with {} for the value
}

export interface Place {
  capital: string;
  lat: number;
  lon: number;
  missiles: [string, number][]; // system and range in km, that have entered service by the start
  rivals: number[]; // states that count it as a rival
}

export interface LiveData {
  start: number;
  end: number;
  focus: number;
  futures: number; // while a slider moves
  full: number; // when it rests
  states: {
    id: string;
    name: string;
    share: boolean;
    projected: boolean;
    imputed: boolean;
    observed: [number, number, number | null][];
  }[];
  places: (Place | null)[]; // by state; null: nobody knows where it lies
  presets: { id: string; name: string }[];
  sliders: SliderSpec[];
  money: { sign: string; unit: string; yen: number | null }; // yen: for one dollar
  source: string; // of the figures, as files name it
  rivals: [number, number][]; // whose races an answer for all states holds
  dyads: [number, number][]; // whose disputes it holds
  cuts: number; // ways of counting the blocs, each with two numbers in an answer for all states
  story: {
    marks: number[]; // years of numbered events of the focus
    rival: number | null;
    level: number | null; // usual share of GDP of the focus; null: no news
    level_words: string;
    announced: { target: number; from: number; by: number; words: string } | null;
    names: string[]; // of the states, as running text has them
    plans: string; // today’s plans, or current policy
    blocs: string[];
  };
  selftest: string; // SHA-256 of the baseline's answer for the focus, from the program that wrote the page
}

/** Quantiles at 5, 10, 25, 50, 75, 90, 95 %, the mean, and whether it exists. */
export interface Band {
  q: number[];
  exists: boolean;
}
export interface Year {
  year: number;
  baseline: Band;
  changed: Band;
  difference: Band;
  higher: number; // part of the pairs in which the changed one is higher
  error: number;
}

const numbersABand = 9;
export const numbersAYear = 3 * numbersABand + 2;

/** A race by the end, and years with a dispute: chance or count in the baseline, its change, errors of one standard error. */
export interface Risk {
  a: number;
  b: number;
  baseline: number;
  error: number;
  change: number;
  changeError: number;
}

/** The risks that stand behind all states' bands in an answer for all of them. */
export function risks(numbers: Float64Array, live: LiveData): { races: Risk[]; disputes: Risk[] } {
  let at = live.states.length * 2 * (live.end - live.start + 1) * numbersAYear;
  const read = (pairs: [number, number][], each: number) =>
    pairs.map(([a, b]) => {
      const [baseline, error, change, changeError] = numbers.subarray(at, at + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      at += each;
      return { a, b, baseline, error, change, changeError };
    });
  return { races: read(live.rivals, 4), disputes: read(live.dyads, 6) };
}

/** Ratio of the first two blocs in the last year, in the baseline and as changed; null: there are no two. */
export function balance(numbers: Float64Array, live: LiveData): [number, number] | null {
  const at = numbers.length - 2 * live.cuts;
  return live.cuts > 0 ? [numbers[at]!, numbers[at + 1]!] : null;
}

export type Quantity = 0 | 1; // milex in millions, share of GDP

function band(numbers: Float64Array, at: number): Band {
  return { q: Array.from(numbers.subarray(at, at + 7)), exists: numbers[at + 8] === 1 };
}

/** The years of one state and quantity; `place` is the state's place in the answer (0 if alone). */
export function years(
  numbers: Float64Array,
  live: LiveData,
  place: number,
  quantity: Quantity,
): Year[] {
  const count = live.end - live.start + 1;
  const all: Year[] = [];
  for (let k = 0; k < count; ++k) {
    const at = ((place * 2 + quantity) * count + k) * numbersAYear;
    all.push({
      year: live.start + k,
      baseline: band(numbers, at),
      changed: band(numbers, at + numbersABand),
      difference: band(numbers, at + 2 * numbersABand),
      higher: numbers[at + 3 * numbersABand] ?? NaN,
      error: numbers[at + 3 * numbersABand + 1] ?? NaN,
    });
  }
  return all;
}
