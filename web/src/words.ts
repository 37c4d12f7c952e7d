// SPDX-License-Identifier: Apache-2.0
/** Numbers in words. */
import { count, language, say, sentences } from './language.ts';
import type { LiveData, SliderSpec, Year } from './live.ts';
import { percent, unitOf } from './units.ts';
export { percent };

/** Places after the point so that three digits are told. */
function digits(x: number, most: number): number {
  const size = Math.abs(x);
  return size >= 100 ? 0 : size >= 10 ? Math.min(1, most) : most;
}
/** "58.0": billions as English has them. */
function billions(million: number): string {
  const billion = million / 1000;
  return billion.toFixed(digits(billion, 1));
}
/** "31.5億", "9,292億", "1.20兆": 10^8 and 10^12. */
function inOku(million: number): string {
  const oku = million / 100,
    size = Math.abs(oku);
  if (size >= 9999.5) return `${(oku / 1e4).toFixed(2)}兆`;
  return size >= 99.95 ? `${count(Math.round(oku))}億` : `${oku.toFixed(1)}億`;
}
/** "$58.0 bn", "580億ドル"; a panel in another currency has no sign. */
export function money(million: number, live: LiveData): string {
  const { sign } = live.money;
  return language() === 'ja'
    ? `${inOku(million)}${sign === '$' ? 'ドル' : ''}`
    : `${sign}${billions(million)} bn`;
}
/** The same; a Japanese page adds yen where the panel has their rate: "595億ドル（9.01兆円）". */
export function moneyAndYen(million: number, live: LiveData): string {
  const { yen } = live.money;
  const dollars = money(million, live);
  return language() === 'ja' && yen !== null ? `${dollars}（${inOku(yen * million)}円）` : dollars;
}
/** A number of an axis in billions: "$50 bn", "500億". Japanese names the currency in the caption only. */
export function moneyTick(billion: number, live: LiveData): string {
  if (language() !== 'ja') return `${live.money.sign}${billion} bn`;
  const oku = Number((10 * billion).toPrecision(6));
  if (oku === 0) return '0';
  return oku >= 1e4 ? `${oku / 1e4}兆` : `${count(oku)}億`;
}
/** The same at the end of a line, with three digits. */
export function moneyLabel(billion: number, live: LiveData): string {
  if (language() === 'ja') return inOku(1000 * billion);
  const digits = billion < 999.5 ? billion.toPrecision(3) : billion.toFixed(0);
  return `${live.money.sign}${digits} bn`;
}
/** The money that a reader types, and a caption names, for each billion: 10 億. */
export const typedPerBillion = (): number => (language() === 'ja' ? 10 : 1);
export function amount(x: number, unit: 0 | 1, live: LiveData): string {
  return unit === 0 ? percent(x) : money(x, live);
}
/** Whether a change is seen in two places after the point; the same in every language. */
const measurable = (x: number, unit: 0 | 1) =>
  /[1-9]/.test(unit === 0 ? (100 * x).toFixed(2) : billions(x));
export function change(x: number, unit: 0 | 1, live: LiveData): string {
  if (!measurable(x, unit)) return say('no measurable change');
  const sign = x > 0 ? '+' : x < 0 ? '\u2212' : '';
  return unit === 0
    ? say('{value} points', { value: `${sign}${Math.abs(100 * x).toFixed(2)}` })
    : `${sign}${money(Math.abs(x), live)}`;
}
/** "1.5%", "0.9%", "12%": a share of GDP in running text. */
export function share(x: number): string {
  return `${(100 * x).toFixed(x < 0.0995 ? 1 : 0)}%`;
}
/** "6%", "under 1%", "over 99%". */
export function chance(p: number): string {
  if (p < 0.005) return say('under 1%');
  if (p > 0.995) return say('over 99%');
  return `${(100 * p).toFixed(0)}%`;
}
const signed = (x: number, digits: number) =>
  Number(x.toFixed(digits)) === 0 ? '0' : `${x > 0 ? '+' : '\u2212'}${Math.abs(x).toFixed(digits)}`;
/** How far a slider can move what it is about, or that this cannot be measured. */
export function meterWords(slider: SliderSpec, live: LiveData): string {
  const { about, base, low, high, moves } = slider.meter;
  const name = (i: number) => live.story.names[i] ?? '';
  if (slider.unit === 'factor' && slider.group === 2 && !moves)
    return say(
      'Cannot be measured here. This is an assumption: nothing in the data says how large it should be.',
    );
  if (base === null || low === null || high === null)
    return say('Cannot be measured here: this panel lacks what the outcome needs.');
  if (!moves) return say('Cannot be measured here: past data show no clear effect.');
  const ends = (scale: number, digits: number) => ({
    low: signed(scale * low, digits),
    high: signed(scale * high, digits),
  });
  const year = live.end;
  switch (about) {
    case 'share':
      return say(
        'Can change the share of GDP of {country} in {year} by {low} to {high} percentage points.',
        { country: name(live.focus), year, ...ends(100, 1) },
      );
    case 'money':
      return say('Can change spending of {country} in {year} by {low} to {high}%.', {
        country: name(slider.state),
        year,
        ...ends(100 / base, 0),
      });
    case 'incidents':
      return say(
        'Can change the number of years with a new incident, of the {years} to {end}, by {low} to {high}.',
        { years: live.end - live.start, end: live.end, ...ends(1, 1) },
      );
    default:
      return say(
        about === 'treaty'
          ? 'Can change the ratio of {first} to {second} in {year} by {low} to {high}, if members count as far as treaties bind them.'
          : 'Can change the ratio of {first} to {second} in {year} by {low} to {high}.',
        {
          first: live.story.blocs[0] ?? '',
          second: live.story.blocs[1] ?? '',
          year,
          ...ends(1, 2),
        },
      );
  }
}
/** What a slider says. */
export function value(slider: SliderSpec, v: number): string {
  return unitOf(slider.unit).say(v);
}
/** "+5.8", "0" where it rounds to nothing. */
export function signedNumber(x: number, scale: number, digits: number): string {
  return signed(scale * x, digits);
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
  if (!b.exists) return say('{country}: not known in this unit.', { country: name });
  const q = (k: number) => amount(b.q[k] ?? NaN, unit, live);
  if (runsAway(last, unit))
    return sentences(
      say(
        'With these settings spending of {country} grows without limit: the median reaches {median} in {year}.',
        { country: name, median: q(3), year: last.year },
      ),
      say('Read it as a sign of instability, not as a forecast.'),
    );
  const text = say(
    unit === 0
      ? '{country} in {year}: {median} of GDP, likely range (80%) {low} to {high}.'
      : '{country} in {year}: {median}, likely range (80%) {low} to {high}.',
    { country: name, year: last.year, median: q(3), low: q(1), high: q(5) },
  );
  if (!changed) return text;
  const by = last.difference.q[3] ?? NaN,
    { plans } = live.story;
  return sentences(
    text,
    measurable(by, unit)
      ? say('Difference from {plans}: {change}.', { plans, change: change(by, unit, live) })
      : say('No measurable change from {plans}.', { plans }),
  );
}
