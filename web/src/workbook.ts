// SPDX-License-Identifier: Apache-2.0
/** All tables of the page, as they are shown, as one workbook: the tables of `tenbin brief --xlsx`. */
import writeXlsxFile from 'write-excel-file/universal';

type Cell = { value: string | number; type?: typeof Number; format?: string; fontWeight?: 'bold' };
interface Page {
  sheet: string;
  data: (Cell | null)[][];
}

const longestCell = 32000;

/** The number that a cell holds and nothing else: "1,292", "−0.3", "+5", "1.41%". */
export function numberIn(text: string): { value: number; percent: boolean } | null {
  const percent = text.endsWith('%');
  const digits = text
    .replace(/^\+/, '')
    .replace(/%$/, '')
    .replaceAll(',', '')
    .replace('\u2212', '-');
  if (!/^-?\d+(\.\d+)?$/.test(digits)) return null;
  return { value: percent ? Number(digits) / 100 : Number(digits), percent };
}

/** A name that a worksheet may have, and no other of `taken` has. */
export function sheetName(wanted: string, taken: Set<string>): string {
  const name = wanted.replace(/[[\]:*?/\\']/g, '');
  for (let number = 1; ; ++number) {
    const end = number === 1 ? '' : ` ${number}`;
    const cut = name.slice(0, 30 - end.length) + end;
    if (taken.has(cut)) continue;
    taken.add(cut);
    return cut;
  }
}

/** What an element shows, without explanations that open on demand. */
function words(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const tip of copy.querySelectorAll('.tip')) tip.remove();
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** The headings above a table, the outermost first. */
function headings(table: HTMLTableElement): string[] {
  const above: string[] = [];
  for (let at: Element | null = table; at && at.id !== 'sheet'; at = at.parentElement) {
    const fold = at instanceof HTMLDetailsElement && !at.classList.contains('data');
    const own = fold
      ? at.querySelector(':scope > summary')
      : at.querySelector(':scope > h2, :scope > h3');
    if (own) above.unshift(words(own));
  }
  return table.caption ? [...above, words(table.caption)] : above;
}

/** The caption of the figure that a table is in. */
function figureOf(table: HTMLTableElement): string | undefined {
  const caption = table.closest('figure')?.querySelector('figcaption');
  return caption ? words(caption) : undefined;
}

function cellOf(element: Element): Cell {
  const text = words(element).slice(0, longestCell);
  if (element.localName === 'th') return { value: text, fontWeight: 'bold' };
  const number = numberIn(text);
  if (!number) return { value: text };
  return {
    value: number.value,
    type: Number,
    ...(number.percent ? { format: '0.00%' } : {}),
  };
}

/** A sheet with the headline and the sources, then one for each table. */
export function pagesOf(root: HTMLElement, source: string): Page[] {
  const taken = new Set<string>(['Contents']);
  const tables = [...root.querySelectorAll('table')].flatMap((table) => {
    const rows = [...table.rows];
    if (rows.length < 2) return []; // heads alone: it is filled when it is opened
    const above = headings(table);
    return [
      {
        sheet: sheetName(above.at(-1) ?? figureOf(table) ?? 'Table', taken),
        data: [
          [{ value: above.join(': '), fontWeight: 'bold' as const }],
          [],
          ...rows.map((row) =>
            [...row.cells].flatMap((one) => [
              cellOf(one),
              ...Array.from({ length: one.colSpan - 1 }, () => null),
            ]),
          ),
        ],
      },
    ];
  });
  const texts = [...root.querySelectorAll('h1, .deck, pre, footer p')].map((e) => words(e));
  const front: Page = {
    sheet: 'Contents',
    data: [
      ...[texts[0] ?? '', texts[1] ?? '', source].map((text) => [{ value: text }]),
      [],
      ...tables.map(({ sheet, data }) => [{ value: sheet }, data[0]![0]!]),
      [],
      ...texts.slice(2).map((text) => [{ value: text.slice(0, longestCell) }]),
    ],
  };
  return [front, ...tables];
}

export async function workbook(root: HTMLElement, source: string): Promise<Blob> {
  return writeXlsxFile(pagesOf(root, source)).toBlob();
}
