// SPDX-License-Identifier: Apache-2.0
/** Guess first: the reader draws a line before the simulations are shown. */
import { byId, buttonById, element } from './dom.ts';
import { say, sentences } from './language.ts';
import type { LiveData, Year } from './live.ts';
import { amount, typedPerBillion } from './words.ts';

const places = [
  'You expected {guess} in {year}: below 95% of the simulations.',
  'You expected {guess} in {year}: below 90% of the simulations.',
  'You expected {guess} in {year}: lower than most: below three quarters of the simulations.',
  'You expected {guess} in {year}: in the middle half of the simulations.',
  'You expected {guess} in {year}: higher than most: above three quarters of the simulations.',
  'You expected {guess} in {year}: above 90% of the simulations.',
  'You expected {guess} in {year}: above 95% of the simulations.',
] as const;
/** Where a guess lies among the simulations of its year; a sentence with placeholders for both. */
export function judged(guess: number, q: number[]): (typeof places)[number] {
  const below = (k: number) => guess < q[k]!;
  if (below(0)) return places[0];
  if (below(1)) return places[1];
  if (below(2)) return places[2];
  if (below(4)) return places[3];
  if (below(5)) return places[4];
  if (below(6)) return places[5];
  return places[6];
}

/** The line through what was drawn: straight from the last figure to the first drawn year, between drawn years, and flat behind. */
export function filled(
  drawn: Map<number, number>,
  start: number,
  end: number,
  from: number,
): [number, number][] {
  const years = [...drawn.keys()].sort((a, b) => a - b);
  const line: [number, number][] = [[start, from]];
  for (let year = start + 1; year <= end; ++year) {
    const after = years.find((y) => y >= year),
      before = [...years].reverse().find((y) => y <= year) ?? start;
    const low = before === start ? from : drawn.get(before)!;
    if (after === undefined) line.push([year, low]);
    else
      line.push([
        year,
        after === before
          ? low
          : low + ((drawn.get(after)! - low) * (year - before)) / (after - before),
      ]);
  }
  return line;
}

export class Predict {
  private readonly live: LiveData;
  private readonly redraw: () => void;
  private readonly drawn = new Map<number, number>();
  private readonly number: HTMLInputElement;
  on = false;
  shown = false; // whether the futures are
  private typed = 1; // what a reader types for one of the chart's units

  constructor(live: LiveData, redraw: () => void) {
    this.live = live;
    this.redraw = redraw;
    const box = byId('live-predict-box');
    const label = element(
      'label',
      '',
      `${say('What do you expect for {year}? Draw it on the chart, or type it:', { year: live.end })} `,
    );
    this.number = element('input', 'entry');
    this.number.type = 'number';
    this.number.step = 'any';
    this.number.min = '0';
    this.number.id = 'live-guess';
    label.htmlFor = this.number.id;
    const show = element('button', '', say('Show the simulations'));
    show.type = 'button';
    show.id = 'live-reveal';
    const says = element('p', '', '');
    says.id = 'live-guessed';
    says.setAttribute('role', 'status');
    box.append(label, this.number, element('span', 'unit'), ' ', show, says);
    this.number.addEventListener('change', () => {
      if (!Number.isFinite(this.number.valueAsNumber)) return;
      this.drawn.clear();
      this.put(live.end, this.number.valueAsNumber / this.typed);
    });
    show.addEventListener('click', () => {
      this.shown = true;
      this.redraw();
    });
    const button = buttonById('live-predict');
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      this.turn(!this.on);
      if (this.on) this.number.focus();
    });
  }

  /** Hides the simulations until the reader has guessed, or shows them. */
  turn(on: boolean): void {
    this.on = on;
    this.forget();
    buttonById('live-predict').setAttribute('aria-pressed', String(on));
    byId('live-predict-box').hidden = !on;
    this.redraw();
  }

  /** A new question: what was drawn was for another one. */
  forget(): void {
    this.drawn.clear();
    this.shown = false;
    this.number.value = '';
  }

  get hides(): boolean {
    return this.on && !this.shown;
  }
  /** In the units of the chart. */
  line(from: number): [number, number][] {
    return this.on && this.drawn.size > 0
      ? filled(this.drawn, this.live.start, this.live.end, from)
      : [];
  }
  put(year: number, value: number): void {
    if (year <= this.live.start || year > this.live.end) return;
    this.drawn.set(year, Math.max(0, value));
    this.redraw();
  }

  /** Tells how the guess lies; `scale` turns the chart's units back into shares or millions. */
  tell(last: Year, unit: 0 | 1, from: number, scale: number): void {
    this.typed = unit === 0 ? 1 : typedPerBillion();
    byId('live-predict-box').querySelector('.unit')!.textContent =
      unit === 0 ? say('% of GDP') : ` ${say('billion {unit}', { unit: this.live.money.unit })}`;
    const line = this.line(from),
      end = line[line.length - 1];
    if (end && document.activeElement !== this.number)
      this.number.value = String(Number((this.typed * end[1]).toPrecision(3)));
    const says = byId('live-guessed');
    if (!this.shown) says.textContent = '';
    else if (!end) says.textContent = say('You drew nothing; here are the simulations.');
    else
      says.textContent = sentences(
        say(judged(end[1] / scale, last.changed.q), {
          guess: amount(end[1] / scale, unit, this.live),
          year: last.year,
        }),
        say('The median is {median}.', { median: amount(last.changed.q[3]!, unit, this.live) }),
      );
  }

  /** Lets the pointer draw on a chart. */
  attach(chart: Element, x: (pixel: number) => number, y: (pixel: number) => number): void {
    if (!this.hides || !(chart instanceof Element)) return;
    const svg = chart.tagName.toLowerCase() === 'svg' ? chart : chart.querySelector('svg');
    if (!(svg instanceof SVGSVGElement)) return;
    svg.classList.add('drawable');
    let box = svg.getBoundingClientRect(); // of the drawing that is touched: each stroke makes a new one
    const size = svg.viewBox.baseVal;
    const draw = (event: PointerEvent) => {
      const px = ((event.clientX - box.left) / box.width) * size.width,
        py = ((event.clientY - box.top) / box.height) * size.height;
      this.put(Math.round(x(px)), y(py));
    };
    svg.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.number.blur(); // it tells what is drawn
      box = svg.getBoundingClientRect();
      draw(event);
      const move = (e: PointerEvent) => draw(e);
      const up = () => {
        removeEventListener('pointermove', move);
        removeEventListener('pointerup', up);
        removeEventListener('pointercancel', up);
      };
      addEventListener('pointermove', move);
      addEventListener('pointerup', up);
      addEventListener('pointercancel', up);
    });
  }
}
