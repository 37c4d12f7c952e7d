// SPDX-License-Identifier: Apache-2.0
/** Numbers in words. */
import type { LiveData, SliderSpec, Year } from './live.ts';
import { percent, unitOf } from './units.ts';
export { percent };

/** Places after the point so that three digits are told. */
function digits(x: number, most: number): number {
  const size = Math.abs(x);
  return size >= 100 ? 0 : size >= 10 ? Math.min(1, most) : most;
}
export function money(million: number, live: LiveData): string {
  const billion = million / 1000;
  return `${live.money.sign}${billion.toFixed(digits(billion, 1))} bn`;
}
export function amount(x: number, unit: 0 | 1, live: LiveData): string {
  return unit === 0 ? percent(x) : money(x, live);
}
export function change(x: number, unit: 0 | 1, live: LiveData): string {
  if (!/[1-9]/.test(unit === 0 ? (100 * x).toFixed(2) : money(Math.abs(x), live)))
    return 'no difference';
  const sign = x > 0 ? '+' : x < 0 ? '\u2212' : '';
  return unit === 0
    ? `${sign}${Math.abs(100 * x).toFixed(2)} points`
    : `${sign}${money(Math.abs(x), live)}`;
}
/** What a slider says. */
export function value(slider: SliderSpec, v: number): string {
  return unitOf(slider.unit).say(v);
}
/** "54 ± 1 of 100", "0.3 ± 0.2 of 100". */
export function inHundred(p: number, error: number): string {
  if (p <= 0) return 'under 0.1 of 100';
  if (p >= 1) return 'over 99.9 of 100';
  const places = p < 0.1 || p > 0.9 ? 1 : 0;
  return `${(100 * p).toFixed(places)} \u00b1 ${Math.max(places ? 0.1 : 1, 100 * error).toFixed(places)} of 100`;
}

/** "+5.8 ± 0.4", "0" where it rounds to nothing; of 100 with `scale` 100. */
export function withError(x: number, error: number, scale: number, digits: number): string {
  const rounded = (scale * Math.abs(x)).toFixed(digits);
  if (Number(rounded) === 0) return '0';
  return `${x > 0 ? '+' : '\u2212'}${rounded} \u00b1 ${(scale * error).toFixed(digits)}`;
}

/** Beyond what any state at peace has spent, or ten times the baseline: no forecast any more. */
function runsAway(last: Year, unit: 0 | 1): boolean {
  const high = last.changed.q[5] ?? 0;
  return (
    high > 10 * (last.baseline.q[5] ?? Infinity) ||
    (unit === 0 && high > 0.3 && high > 2 * (last.baseline.q[5] ?? Infinity))
  );
}

/** One sentence on the last year. */
export function sentence(
  name: string,
  last: Year,
  unit: 0 | 1,
  live: LiveData,
  changed: boolean,
): string {
  const b = last.changed;
  if (!b.exists) return `${name}: not known in this unit.`;
  const q = (k: number) => amount(b.q[k] ?? NaN, unit, live);
  if (runsAway(last, unit))
    return `With this ${name}'s futures run away: the middle one reaches ${q(3)} in ${last.year}. Read it as a sign of instability, not as a forecast.`;
  const what = unit === 0 ? 'of GDP on defence' : 'on defence';
  const text = `${name} spends ${q(3)} ${what} in ${last.year}, between ${q(1)} and ${q(5)} in 8 of 10 futures`;
  if (!changed) return `${text}.`;
  const by = change(last.difference.q[3] ?? NaN, unit, live);
  return `${text}: ${by} ${by === 'no difference' ? 'from' : 'against'} the baseline in the middle, and more in ${inHundred(last.higher, last.error)} pairs of futures.`;
}
