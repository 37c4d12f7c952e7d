// SPDX-License-Identifier: Apache-2.0
/** Arms races and incidents of the country that is shown. */
import { element } from './dom.ts';
import { say } from './language.ts';
import { type LiveData, type Risk, risks } from './live.ts';
import { chance, signedNumber } from './words.ts';

const mostRows = 8;

export function riskTables(numbers: Float64Array, live: LiveData, shown: number): HTMLElement[] {
  const found = risks(numbers, live);
  const name = (i: number) => live.states[i]!.name;
  const country = name(shown),
    year = live.end;
  const table = (
    words: { caption: string; none: string },
    all: Risk[],
    baseline: (r: Risk) => string,
    change: (r: Risk) => string,
  ) => {
    const rows = all
      .filter((r) => r.a === shown || r.b === shown)
      .sort((x, y) => y.baseline - x.baseline)
      .slice(0, mostRows);
    const box = Object.assign(element('div', 'scroll'), { tabIndex: 0 });
    if (rows.length === 0) {
      box.append(element('p', '', words.none));
      return box;
    }
    const made = element('table');
    made.append(element('caption', '', words.caption));
    const line = (cells: string[], head: boolean) => {
      const row = element('tr');
      row.append(
        ...cells.map((text, k) => {
          const cell = element(head || k === 0 ? 'th' : 'td', k === 0 ? '' : 'n', text);
          if (cell instanceof HTMLTableCellElement && cell.tagName === 'TH')
            cell.scope = head ? 'col' : 'row';
          return cell;
        }),
      );
      return row;
    };
    const head = element('thead'),
      body = element('tbody');
    head.append(line([say('{country} and', { country }), live.story.plans, say('change')], true));
    body.append(
      ...rows.map((r) => line([name(r.a === shown ? r.b : r.a), baseline(r), change(r)], false)),
    );
    made.append(head, body);
    box.append(made);
    return box;
  };
  return [
    table(
      {
        caption: say('Arms race by {year}, chance, and change in percentage points', { year }),
        none: say('Arms race by {year} of {country}: not computed for this panel.', {
          year,
          country,
        }),
      },
      found.races,
      (r) => chance(r.baseline),
      (r) => signedNumber(r.change, 100, 1),
    ),
    table(
      {
        caption: say('Incidents, years with one, of {years}', { years: live.end - live.start }),
        none: say('Incidents of {country}: not computed for this panel.', { country }),
      },
      found.disputes,
      (r) => r.baseline.toFixed(1),
      (r) => signedNumber(r.change, 1, 1),
    ),
  ];
}
