// SPDX-License-Identifier: Apache-2.0
/** The sliders: a knob, what it says, a number to type, and a button that lets it go. */
import { byId, element } from './dom.ts';
import type { SliderSpec } from './live.ts';
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
  return s.unit === 'part' ? `${value(s, s.rest)}, as it is` : 'as it is';
}

export class Sliders {
  private readonly knobs: Knob[] = [];
  private dragged = -1; // the slider of the drag under way

  /** `moved` hears of slider k's new value (null: let go), and whether the same drag goes on. */
  constructor(sliders: SliderSpec[], moved: (k: number, value: number | null, sameDrag: boolean) => void) {
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
      number.setAttribute('aria-label', `${slider.words}: number`);
      for (const input of [range, number]) {
        input.min = String(slider.low);
        input.max = String(slider.high);
        input.step = String(slider.step);
      }
      const said = element('output', 'said');
      const letGo = element('button', 'plain', 'let go');
      letGo.type = 'button';
      letGo.setAttribute('aria-label', `Let go: ${slider.words}`);
      range.addEventListener('input', () => {
        const same = this.dragged === k;
        this.dragged = k;
        moved(k, Number(range.value), same);
      });
      range.addEventListener('change', () => (this.dragged = -1));
      number.addEventListener('change', () => moved(k, number.valueAsNumber, false));
      letGo.addEventListener('click', () => {
        moved(k, null, false);
        range.focus();
      });
      row.append(named, said, range, number, letGo, tip);
      byId('live-sliders').append(row);
      this.knobs.push({ slider, row, range, number, said, letGo });
    });
  }

  show(values: (number | null)[]): void {
    this.knobs.forEach(({ slider: s, row, range, number, said, letGo }, k) => {
      const v = values[k] ?? null;
      const words = v === null ? atRest(s) : value(s, v), typed = v === null ? '' : String(v);
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
