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
    return 'no measurable change';
  const sign = x > 0 ? '+' : x < 0 ? '\u2212' : '';
  return unit === 0
    ? `${sign}${Math.abs(100 * x).toFixed(2)} points`
    : `${sign}${money(Math.abs(x), live)}`;
}
/** "1.5%", "0.9%", "12%": a share of GDP in running text. */
export function share(x: number): string {
  return `${(100 * x).toFixed(x < 0.0995 ? 1 : 0)}%`;
}
/** "6%", "under 1%", "over 99%". */
export function chance(p: number): string {
  if (p < 0.005) return 'under 1%';
  if (p > 0.995) return 'over 99%';
  return `${(100 * p).toFixed(0)}%`;
}
const signed = (x: number, digits: number, unit: string) =>
  Number(x.toFixed(digits)) === 0
    ? `0${unit}`
    : `${x > 0 ? '+' : '\u2212'}${Math.abs(x).toFixed(digits)}${unit}`;
/** How far a slider can move what it is about, or that this cannot be measured. */
export function meterWords(slider: SliderSpec, live: LiveData): string {
  const { about, base, low, high, moves } = slider.meter;
  const name = (i: number) => live.story.names[i] ?? '';
  if (slider.unit === 'factor' && slider.group === 2 && !moves)
    return 'Cannot be measured here. This is an assumption: nothing in the data says how large it should be.';
  if (base === null || low === null || high === null)
    return 'Cannot be measured here: this panel lacks what the outcome needs.';
  if (!moves) return 'Cannot be measured here: past data show no clear effect.';
  const ends = (scale: number, digits: number, unit: string) =>
    `${signed(scale * low, digits, '')} to ${signed(scale * high, digits, unit)}`;
  const years = live.end - live.start;
  switch (about) {
    case 'share':
      return `Can change the share of GDP of ${name(live.focus)} in ${live.end} by ${ends(100, 1, ' percentage points')}.`;
    case 'money':
      return `Can change spending of ${name(slider.state)} in ${live.end} by ${ends(100 / base, 0, '%')}.`;
    case 'incidents':
      return `Can change the number of years with a new incident, of the ${years} to ${live.end}, by ${ends(1, 1, '')}.`;
    default:
      return `Can change the ratio of ${live.story.blocs[0]} to ${live.story.blocs[1]} in ${live.end} by ${ends(1, 2, '')}${about === 'treaty' ? ', if members count as far as treaties bind them' : ''}.`;
  }
}
/** What a slider says. */
export function value(slider: SliderSpec, v: number): string {
  return unitOf(slider.unit).say(v);
}
/** "+5.8", "0" where it rounds to nothing. */
export function signedNumber(x: number, scale: number, digits: number): string {
  return signed(scale * x, digits, '');
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
    return `With these settings spending of ${name} grows without limit: the median reaches ${q(3)} in ${last.year}. Read it as a sign of instability, not as a forecast.`;
  const text = `${name} in ${last.year}: ${q(3)}${unit === 0 ? ' of GDP' : ''}, likely range (80%) ${q(1)} to ${q(5)}.`;
  if (!changed) return text;
  const by = change(last.difference.q[3] ?? NaN, unit, live);
  return by === 'no measurable change'
    ? `${text} No measurable change from ${live.story.plans}.`
    : `${text} Difference from ${live.story.plans}: ${by}.`;
}
