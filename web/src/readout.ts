// SPDX-License-Identifier: Apache-2.0
/** Reads a chart out, year by year: under the pointer or a finger, and by the arrow keys. */
import { setText } from './dom.ts';
import { say } from './language.ts';

/** A chart's horizontal scale, in its own pixels. */
export interface Across {
  apply(year: number): number;
  invert?(pixel: number): number;
}

const space = 'http://www.w3.org/2000/svg';

export class Readout {
  private year: number | null = null; // that is read out
  private chart: SVGSVGElement | null = null;
  private across: Across | null = null;
  private first = 0;
  private last = 0;
  private text: (year: number) => string = () => '';
  private readonly box: HTMLElement;
  private readonly says: HTMLElement;

  /** `box` holds the chart; `says` shows the line that is read. */
  constructor(box: HTMLElement, says: HTMLElement) {
    this.box = box;
    this.says = says;
    box.tabIndex = 0;
    box.setAttribute('role', 'group');
    says.setAttribute('role', 'status');
    const follow = (event: PointerEvent) => this.follow(event);
    box.addEventListener('pointermove', follow);
    box.addEventListener('pointerdown', follow);
    box.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse') this.read(null);
    });
    box.addEventListener('keydown', (event) => this.step(event));
  }

  /** A chart was drawn; its years are first to last. */
  drawn(
    chart: Element,
    across: Across | undefined,
    first: number,
    last: number,
    text: (year: number) => string,
  ): void {
    const svg = chart instanceof SVGSVGElement ? chart : chart.querySelector('svg');
    this.chart = svg instanceof SVGSVGElement ? svg : null;
    this.across = across ?? null;
    this.first = first;
    this.last = last;
    this.text = text;
    this.box.setAttribute(
      'aria-label',
      say('{chart}. The arrow keys read it year by year.', {
        chart: svg?.getAttribute('aria-label') ?? '',
      }),
    );
    this.read(this.year);
  }

  private follow(event: PointerEvent): void {
    if (!this.chart || !this.across?.invert) return;
    const box = this.chart.getBoundingClientRect();
    const wide = this.chart.viewBox.baseVal.width || box.width;
    this.read(Math.round(this.across.invert(((event.clientX - box.left) / box.width) * wide)));
  }

  private step(event: KeyboardEvent): void {
    const now = this.year ?? this.last;
    const to: Record<string, number | null> = {
      ArrowLeft: this.year === null ? this.last : now - 1,
      ArrowRight: this.year === null ? this.first : now + 1,
      Home: this.first,
      End: this.last,
      Escape: null,
    };
    if (!(event.key in to)) return;
    event.preventDefault();
    this.read(to[event.key]!);
  }

  private read(year: number | null): void {
    this.year = year === null ? null : Math.min(this.last, Math.max(this.first, year));
    setText(this.says, this.year === null ? '' : this.text(this.year));
    this.chart?.querySelector('.reading')?.remove();
    if (this.year === null || !this.chart || !this.across) return;
    const line = document.createElementNS(space, 'path');
    line.setAttribute('class', 'reading');
    const at = this.across.apply(this.year);
    line.setAttribute('d', `M${at},0V${this.chart.viewBox.baseVal.height}`);
    line.setAttribute('stroke', '#555');
    line.setAttribute('stroke-dasharray', '2 3');
    this.chart.append(line);
  }
}
