// SPDX-License-Identifier: Apache-2.0
/** The tables below the live charts: filled while they are open. */
import { element } from './dom.ts';
import { say } from './language.ts';
import type { LiveData, Year } from './live.ts';
import { amount, change } from './words.ts';

/** The table of a figure, if it is open: a moving slider does not wait for one that nobody sees. */
function openTable(figure: HTMLElement): HTMLTableElement | null {
  return figure.querySelector<HTMLTableElement>('details.data[open] table');
}

/** Fills a table; the first cell of a row is its year. */
function fill(table: HTMLTableElement, heads: string[], rows: (string | number)[][]): void {
  const cells = (row: (string | number)[], scope: 'col' | 'row') => {
    const made = element('tr');
    row.forEach((one, k) => {
      const head = scope === 'col' || k === 0;
      const at = element(head ? 'th' : 'td', k > 0 ? 'n' : '', String(one));
      if (head) at.setAttribute('scope', scope);
      made.append(at);
    });
    return made;
  };
  table.tHead?.replaceChildren(cells(heads, 'col'));
  table.tBodies[0]?.replaceChildren(...rows.map((row) => cells(row, 'row')));
}

const range = (low: string, high: string) => say('{low} to {high}', { low, high });

/** What was observed, then medians and ranges as set. */
export function showFan(
  figure: HTMLElement,
  live: LiveData,
  state: number,
  all: Year[],
  unit: 0 | 1,
): void {
  const table = openTable(figure);
  if (!table) return;
  const text = (x: number | null | undefined) =>
    x === null || x === undefined ? '' : amount(x, unit, live);
  const observed = live.states[state]!.observed.map(([year, milex, share]) => [
    year,
    text(unit === 0 ? share : milex),
    '',
    '',
  ]);
  const simulated = all
    .filter((y) => y.year > live.start && y.changed.exists)
    .map((y) => [
      y.year,
      '',
      text(y.changed.q[3]),
      range(text(y.changed.q[1]), text(y.changed.q[5])),
    ]);
  fill(
    table,
    [say('Year'), say('Observed'), say('Median'), say('80% range')],
    [...observed, ...simulated],
  );
}

/** Differences from today's plans. */
export function showDifference(
  figure: HTMLElement,
  live: LiveData,
  all: Year[],
  unit: 0 | 1,
): void {
  const table = openTable(figure);
  if (!table) return;
  const text = (x: number | undefined) => change(x ?? NaN, unit, live);
  fill(
    table,
    [say('Year'), say('Median'), say('80% range')],
    all
      .filter((y) => y.year > live.start && y.changed.exists)
      .map((y) => [
        y.year,
        text(y.difference.q[3]),
        range(text(y.difference.q[1]), text(y.difference.q[5])),
      ]),
  );
}
