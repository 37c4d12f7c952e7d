// SPDX-License-Identifier: Apache-2.0
/** Charts as files: SVG and PNG with title, source and seal drawn in, and tables as CSV. */
import { element } from './dom.ts';
import { say } from './language.ts';

const space = 'http://www.w3.org/2000/svg';
const wide = 900,
  head = 56,
  foot = 34; // of a file, in its own units
const line = 96; // letters a line of the title

const isWide = (letter: string) => letter.codePointAt(0)! > 0x2e7f; // Japanese: twice as wide
const lettersOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + (isWide(letter) ? 2 : 1), 0);
/** Pieces between which a line may break: words, and Japanese letters with the marks that may not begin a line. */
const pieces = /\s+|[（「『]*(?:[^\s\u2e80-\uffff]+|[\u2e80-\uffff])[、。，：ー」』）]*/gu;

/** Words in lines of at most so many letters; a Japanese letter counts as two. */
export function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(pieces) ?? [])
    if (line.trim() && lettersOf((line + piece).trimEnd()) > most) {
      lines.push(line.trim());
      line = piece;
    } else line += piece;
  if (line.trim()) lines.push(line.trim());
  return lines.map((one) => one.replace(/\s+/g, ' '));
}

/** Whether a spreadsheet computes a text of a CSV, as `csv_field` in src/tenbin/io/table.cpp has it. */
const isComputed = (text: string) =>
  /^'*[=+\-@\t\r]./s.test(text) && !/^[+-]?(\d[\d,]*(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*%?$/i.test(text);

/** A text as one cell of a CSV: data, with a point in numbers in every language; an apostrophe stands before what a spreadsheet would compute. */
export function cell(value: string | number): string {
  const plain = typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;
  const text = isComputed(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table below a chart as CSV. */
export function csvOf(figure: HTMLElement): string {
  const rows = figure.querySelectorAll('details.data tr');
  return [...rows]
    .map((row) => [...row.children].map((one) => cell(one.textContent ?? '')).join(',') + '\n')
    .join('');
}

/** A chart as a file of its own; `source` stands below it. */
export function standalone(chart: SVGSVGElement, title: string, source: string): string {
  const box = chart.viewBox.baseVal;
  const lines = wrapped(title, line);
  const top = head + 20 * (lines.length - 1),
    high = (wide * box.height) / box.width;
  const whole = document.createElementNS(space, 'svg');
  const attributes = {
    xmlns: space,
    viewBox: `0 0 ${wide} ${top + high + foot}`,
    width: String(wide),
    height: String(top + high + foot),
    'font-family': 'system-ui, sans-serif',
    'font-size': '13',
  };
  for (const [name, value] of Object.entries(attributes)) whole.setAttribute(name, value);
  const add = (tag: string, given: Record<string, string | number>, text = '') => {
    const made = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(given)) made.setAttribute(name, String(value));
    made.textContent = text;
    whole.append(made);
  };
  add('rect', { width: '100%', height: '100%', fill: '#fff' });
  lines.forEach((text, k) =>
    add('text', { x: 16, y: 30 + 20 * k, 'font-size': 16, 'font-weight': 600 }, text),
  );
  add('text', { x: 16, y: top + high + 22, fill: '#555', 'font-size': 12 }, source);
  const inner = chart.cloneNode(true) as SVGSVGElement;
  inner.querySelector('.reading')?.remove();
  for (const [name, value] of [
    ['x', 0],
    ['y', top],
    ['width', wide],
    ['height', high],
  ] as const)
    inner.setAttribute(name, String(value));
  whole.append(inner);
  return new XMLSerializer().serializeToString(whole);
}

export function save(name: string, type: string, part: BlobPart): void {
  const link = element('a');
  link.href = URL.createObjectURL(new Blob([part], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function savePng(name: string, svg: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(`${name}.png`, 'image/png', blob), 'image/png');
}

/** Buttons below a figure. `csv`: the numbers of its chart, where the page has them. */
export function offer(figure: HTMLElement, name: string, source: string, csv?: () => string): void {
  const row = element('p', 'get');
  const button = (words: string, act: (chart: SVGSVGElement, title: string) => void) => {
    const made = element('button', 'plain', words);
    made.type = 'button';
    const caption = figure.querySelector('figcaption');
    made.setAttribute(
      'aria-label',
      say('Save this chart as {format}: {caption}', {
        format: words,
        caption: caption?.textContent ?? name,
      }),
    );
    made.addEventListener('click', () => {
      const charts = [...figure.querySelectorAll('svg')];
      const chart = charts.find((c) => c.checkVisibility());
      if (chart) act(chart, caption?.textContent ?? name);
    });
    row.append(made, ' ');
  };
  button('PNG', (chart, title) => void savePng(name, standalone(chart, title, source)));
  button('SVG', (chart, title) =>
    save(`${name}.svg`, 'image/svg+xml', standalone(chart, title, source)),
  );
  if (csv) button('CSV', () => save(`${name}.csv`, 'text/csv', csv()));
  figure.append(row);
}
