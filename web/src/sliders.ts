// SPDX-License-Identifier: Apache-2.0
/** The sliders in their groups: a knob, its value, a number to type, a reset, and how far it can move what it is about. */
import { byId, element, setText } from './dom.ts';
import { say } from './language.ts';
import type { LiveData, SliderSpec } from './live.ts';
import { unitOf } from './units.ts';
import { meterWords, value } from './words.ts';

interface Knob {
  k: number; // its place among the values
  slider: SliderSpec;
  row: HTMLElement;
  range: HTMLInputElement;
  number: HTMLInputElement;
  said: HTMLElement;
  reset: HTMLButtonElement;
}

function atRest(s: SliderSpec): string {
  if (s.rest === null) return say('off');
  return unitOf(s.unit).saysRest
    ? say('{value} (today)', { value: value(s, s.rest) })
    : say('today\u2019s value');
}

const pause = 1000; // ms after which another movement of a slider is another step of undo

const clean = (x: number) => Number(x.toPrecision(10));

/** Titles of the groups, in their order; the last two are folded. */
function groupTitles(live: LiveData): string[] {
  const protector = live.sliders.find((s) => s.group === 1);
  const name = (i: number) => {
    const text = live.story.names[i] ?? '';
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return [
    say('{country} decides', { country: name(live.focus) }),
    protector ? say('{country} decides', { country: name(protector.state) }) : '',
    say('Rivals'),
    say('Your assumptions'),
  ];
}

export class Sliders {
  private readonly knobs: Knob[] = [];
  private readonly live: LiveData;
  private readonly moved: (k: number, value: number | null, sameDrag: boolean) => void;
  private dragged = -1; // the slider of the drag under way
  private draggedAt = 0;

  /** Calls `moved` with the place of a slider, its new value (null: reset), and whether the drag continues. The first slider is shown beside the first chart too. */
  constructor(live: LiveData, moved: (k: number, value: number | null, sameDrag: boolean) => void) {
    this.live = live;
    this.moved = moved;
    const box = byId('live-sliders');
    box.replaceChildren();
    groupTitles(live).forEach((title, group) => {
      const rows = live.sliders.flatMap((s, k) => (s.group === group ? [this.row(k, '')] : []));
      if (rows.length === 0) return;
      const part = element('details', 'group');
      part.open = group < 2;
      part.append(element('summary', '', title), ...rows);
      box.append(part);
    });
    if (live.sliders.length > 0) byId('hero-slider').replaceChildren(this.row(0, 'hero-'));
  }

  /** The controls of slider k, as `${prefix}slider-${k}`. */
  private row(k: number, prefix: string): HTMLElement {
    const slider = this.live.sliders[k]!;
    const row = element('div', 'slider');
    const id = `${prefix}slider-${k}`;
    const label = element('label', '', slider.words);
    label.htmlFor = id;
    const meter = element(
      'p',
      slider.meter.moves ? 'meter' : 'meter unmeasured',
      meterWords(slider, this.live),
    );
    meter.id = `${id}-meter`;
    const named = element('div', 'term');
    named.append(label);
    const range = element('input');
    range.type = 'range';
    range.id = id;
    range.setAttribute('aria-describedby', meter.id);
    const number = element('input', 'entry');
    number.type = 'number';
    const { scale, name, short } = unitOf(slider.unit);
    const about = { slider: slider.words, unit: name() };
    number.setAttribute(
      'aria-label',
      say(about.unit ? '{slider}: number, {unit}' : '{slider}: number', about),
    );
    number.title = about.unit;
    number.placeholder = short();
    for (const [input, by] of [
      [range, 1],
      [number, scale],
    ] as const) {
      input.min = String(clean(by * slider.low));
      input.max = String(clean(by * slider.high));
      input.step = String(clean(by * slider.step));
    }
    const said = element('output', 'said');
    const reset = element('button', 'plain', say('reset'));
    reset.type = 'button';
    reset.setAttribute('aria-label', say('Reset: {slider}', { slider: slider.words }));
    range.addEventListener('input', () => {
      const now = performance.now();
      const same = this.dragged === k && now - this.draggedAt < pause;
      this.dragged = k;
      this.draggedAt = now;
      this.moved(k, Number(range.value), same);
    });
    number.addEventListener('change', () => {
      const typed = number.valueAsNumber;
      this.moved(k, typed / scale, false);
      const clamped = typed < Number(number.min) || typed > Number(number.max);
      const most = { ...about, low: number.min, high: number.max };
      setText(
        byId('live-said'),
        clamped
          ? say(
              about.unit
                ? '{slider}: from {low} to {high} {unit}.'
                : '{slider}: from {low} to {high}.',
              most,
            )
          : '',
      );
      if (clamped) number.select();
    });
    reset.addEventListener('click', () => {
      this.moved(k, null, false);
      range.focus();
    });
    row.append(named, said, range, number, reset, meter);
    this.knobs.push({ k, slider, row, range, number, said, reset });
    return row;
  }

  /** The next movement is a step of its own. */
  letUp(): void {
    this.dragged = -1;
  }

  show(values: (number | null)[]): void {
    for (const { k, slider: s, row, range, number, said, reset } of this.knobs) {
      const v = values[k] ?? null;
      const words = v === null ? atRest(s) : value(s, v),
        typed = v === null ? '' : String(clean(unitOf(s.unit).scale * v));
      if (said.textContent === words && number.value === typed) continue; // a page is slow to touch
      range.value = String(v ?? s.start);
      number.value = typed;
      said.textContent = words;
      range.setAttribute('aria-valuetext', words);
      reset.hidden = v === null;
      row.classList.toggle('moved', v !== null);
      if (v !== null && prefixless(range)) row.closest('details')!.open = true;
    }
  }
}

const prefixless = (range: HTMLInputElement) => range.id.startsWith('slider-');
