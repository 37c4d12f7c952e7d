// SPDX-License-Identifier: Apache-2.0
/** The sliders: a knob, what it says, a number to type, and a button that lets it go. */
import { byId, element, setText } from './dom.ts';
import type { SliderSpec } from './live.ts';
import { unitOf } from './units.ts';
import { value } from './words.ts';

interface Knob {
  slider: SliderSpec;
  row: HTMLElement;
  range: HTMLInputElement;
  number: HTMLInputElement;
  said: HTMLElement;
  letGo: HTMLButtonElement;
}

function atRest(s: SliderSpec): string {
  if (s.rest === null) return 'not used';
  return unitOf(s.unit).saysRest ? `${value(s, s.rest)}, as it is` : 'as it is';
}

const pause = 1000; // ms after which another movement of a slider is another step of undo

const clean = (x: number) => Number(x.toPrecision(10));

export class Sliders {
  private readonly knobs: Knob[] = [];
  private dragged = -1; // the slider of the drag under way
  private draggedAt = 0;

  /** `moved` hears of slider k's new value (null: let go), and whether the same drag goes on. */
  constructor(
    sliders: SliderSpec[],
    moved: (k: number, value: number | null, sameDrag: boolean) => void,
  ) {
    const box = byId('live-sliders');
    box.replaceChildren();
    sliders.forEach((slider, k) => {
      const row = element('div', 'slider');
      const label = element('label', '', slider.words);
      label.htmlFor = `slider-${k}`;
      const tip = element('span', 'tip', slider.effect);
      tip.id = `slider-${k}-tip`;
      const named = element('div', 'term');
      named.append(label);
      const range = element('input');
      range.type = 'range';
      range.id = `slider-${k}`;
      range.setAttribute('aria-describedby', tip.id);
      const number = element('input', 'entry');
      number.type = 'number';
      const { scale, name, short } = unitOf(slider.unit);
      number.setAttribute('aria-label', `${slider.words}: number, ${name}`);
      number.title = name;
      number.placeholder = short;
      for (const [input, by] of [
        [range, 1],
        [number, scale],
      ] as const) {
        input.min = String(clean(by * slider.low));
        input.max = String(clean(by * slider.high));
        input.step = String(clean(by * slider.step));
      }
      const said = element('output', 'said');
      const letGo = element('button', 'plain', 'let go');
      letGo.type = 'button';
      letGo.setAttribute('aria-label', `Let go: ${slider.words}`);
      range.addEventListener('input', () => {
        const now = performance.now();
        const same = this.dragged === k && now - this.draggedAt < pause;
        this.dragged = k;
        this.draggedAt = now;
        moved(k, Number(range.value), same);
      });
      number.addEventListener('change', () => {
        const typed = number.valueAsNumber;
        moved(k, typed / scale, false);
        const clamped = typed < Number(number.min) || typed > Number(number.max);
        setText(
          byId('live-said'),
          clamped ? `${slider.words}: from ${number.min} to ${number.max} ${name}.` : '',
        );
        if (clamped) number.select();
      });
      letGo.addEventListener('click', () => {
        moved(k, null, false);
        range.focus();
      });
      row.append(named, said, range, number, letGo, tip);
      box.append(row);
      this.knobs.push({ slider, row, range, number, said, letGo });
    });
  }

  /** The next movement is a step of its own. */
  letUp(): void {
    this.dragged = -1;
  }

  show(values: (number | null)[]): void {
    this.knobs.forEach(({ slider: s, row, range, number, said, letGo }, k) => {
      const v = values[k] ?? null;
      const words = v === null ? atRest(s) : value(s, v),
        typed = v === null ? '' : String(clean(unitOf(s.unit).scale * v));
      if (said.textContent === words && number.value === typed) return; // a page is slow to touch
      range.value = String(v ?? s.start);
      number.value = typed;
      said.textContent = words;
      range.setAttribute('aria-valuetext', words);
      letGo.hidden = v === null;
      row.classList.toggle('moved', v !== null);
    });
  }
}
