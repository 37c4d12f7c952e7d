// SPDX-License-Identifier: Apache-2.0
/** What the page carries for its live part, as the command line writes it. */

export interface SliderSpec {
  words: string;
  unit: 'share' | 'growth' | 'part' | 'factor' | 'number';
  low: number;
  high: number;
  step: number;
  rest: number | null; // where it does nothing; null: it does nothing until it is moved
  start: number; // where the knob stands before
  held: string;
  responds: string;
  toml: string; // the lever in a scenario file, with {} for the value
}

export interface LiveData {
  start: number;
  end: number;
  focus: number;
  futures: number;
  states: { id: string; name: string; share: boolean; projected: boolean; observed: [number, number, number | null][] }[];
  presets: { id: string; name: string }[];
  sliders: SliderSpec[];
  money: { sign: string; unit: string };
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

export type Quantity = 0 | 1; // milex in millions, share of GDP

function band(numbers: Float64Array, at: number): Band {
  return { q: Array.from(numbers.subarray(at, at + 7)), exists: numbers[at + 8] === 1 };
}

/** The years of one state and quantity; `place` is the state's place in the answer (0 if alone). */
export function years(numbers: Float64Array, live: LiveData, place: number, quantity: Quantity): Year[] {
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
