// SPDX-License-Identifier: Apache-2.0
/** What follows from what is set, in the last year: a short list that every change updates. */
import { element, setText } from './dom.ts';
import { say } from './language.ts';
import { balance, type LiveData, risks, type Year, years } from './live.ts';
import { chance, money, moneyAndYen, share } from './words.ts';

interface Line {
  term: string;
  was: string;
  is: string;
}

/** Lines of the focus, from its own answer. */
export function ownLines(numbers: Float64Array, live: LiveData, place: number): Line[] {
  const last = (all: Year[]) => all[all.length - 1]!;
  const country = live.story.names[live.focus]!;
  const burden = last(years(numbers, live, place, 1)),
    milex = last(years(numbers, live, place, 0));
  const lines: Line[] = [];
  if (burden.changed.exists)
    lines.push({
      term: say('{country}: share of GDP', { country }),
      was: share(burden.baseline.q[3]!),
      is: share(burden.changed.q[3]!),
    });
  if (milex.changed.exists)
    lines.push({
      term: say('{country}: spending', { country }),
      was: moneyAndYen(milex.baseline.q[3]!, live),
      is: moneyAndYen(milex.changed.q[3]!, live),
    });
  return lines;
}

/** Lines that need an answer for all states. */
export function widerLines(numbers: Float64Array, live: LiveData): Line[] {
  const { rival, names, blocs } = live.story;
  const lines: Line[] = [];
  if (rival !== null) {
    const all = years(numbers, live, rival, 0),
      last = all[all.length - 1]!;
    if (last.changed.exists)
      lines.push({
        term: say('{country}: spending', { country: names[rival]! }),
        was: money(last.baseline.q[3]!, live),
        is: money(last.changed.q[3]!, live),
      });
  }
  const ratio = balance(numbers, live);
  if (ratio && ratio.every(Number.isFinite))
    lines.push({
      term: say('Accumulated spending of {first} for each dollar of {second}', {
        first: blocs[0] ?? '',
        second: blocs[1] ?? '',
      }),
      was: ratio[0].toFixed(1),
      is: ratio[1].toFixed(1),
    });
  const found = risks(numbers, live);
  const pair = (r: { a: number; b: number }) =>
    rival !== null &&
    Math.min(r.a, r.b) === Math.min(rival, live.focus) &&
    Math.max(r.a, r.b) === Math.max(rival, live.focus);
  const race = found.races.find(pair),
    incidents = found.disputes.find(pair);
  if (race)
    lines.push({
      term: say('Chance of an arms race with {rival}', { rival: names[rival!]! }),
      was: chance(race.baseline),
      is: chance(Math.min(1, Math.max(0, race.baseline + race.change))),
    });
  if (incidents)
    lines.push({
      term: say('Years with a new incident with {rival}, of {years}', {
        rival: names[rival!]!,
        years: live.end - live.start,
      }),
      was: incidents.baseline.toFixed(1),
      is: (incidents.baseline + incidents.change).toFixed(1),
    });
  return lines;
}

/** Shows the lines. If the reader has `changed` something, each line also shows the value on today’s plans. */
export function showConsequences(box: HTMLElement, lines: Line[], changed: boolean): void {
  if (box.children.length !== 2 * lines.length)
    box.replaceChildren(...lines.flatMap(() => [element('dt'), element('dd')]));
  lines.forEach((line, k) => {
    setText(box.children[2 * k]!, line.term);
    const value = box.children[2 * k + 1]!;
    const same = line.was === line.is;
    setText(
      value,
      !changed
        ? line.is
        : same
          ? say('{value}, unchanged', { value: line.is })
          : `${line.was} \u2192 ${line.is}`,
    );
    value.classList.toggle('moved', changed && !same);
  });
}
