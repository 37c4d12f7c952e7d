// SPDX-License-Identifier: Apache-2.0
/** What a reader has set, its history, and its form in the address. */
import type { LiveData, SliderSpec } from './live.ts';

export interface State {
  preset: number;
  state: number;
  unit: 0 | 1; // 0 share of GDP, 1 money
  sliders: (number | null)[]; // null: at rest
}

export function initial(live: LiveData): State {
  return {
    preset: 0,
    state: live.focus,
    unit: live.states[live.focus]?.share ? 0 : 1,
    sliders: live.sliders.map(() => null),
  };
}

/** The nearest value of a slider's steps; null where that is its rest. */
export function settle(slider: SliderSpec, value: number): number | null {
  if (!Number.isFinite(value)) return null;
  const clamped = Math.min(slider.high, Math.max(slider.low, value));
  if (slider.rest !== null && Math.abs(clamped - slider.rest) < slider.step / 2) return null;
  const digits = Math.max(0, Math.ceil(-Math.log10(slider.step)) + 1);
  return Number((Math.round(clamped / slider.step) * slider.step).toFixed(digits));
}

/** "p=japan-3pct&s=JPN&u=1&plan-JPN=0.03"; only what differs from the start. */
export function toAddress(s: State, live: LiveData): string {
  const start = initial(live);
  const parts: string[] = [];
  if (s.preset !== start.preset) parts.push(`p=${encodeURIComponent(live.presets[s.preset]!.id)}`);
  if (s.state !== start.state) parts.push(`s=${encodeURIComponent(live.states[s.state]!.id)}`);
  if (s.unit !== start.unit) parts.push(`u=${s.unit}`);
  s.sliders.forEach((v, k) => {
    if (v !== null) parts.push(`${encodeURIComponent(live.sliders[k]!.key)}=${v}`);
  });
  return parts.join('&');
}

/** What an address says, also one that names sliders by their place ("v=0:0.03,4:0.5"), as pages once did; what it gets wrong stays as at the start. */
export function fromAddress(address: string, live: LiveData): State {
  const s = initial(live);
  for (const part of address.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at < 0) continue;
    let key = '',
      value = '';
    try {
      key = decodeURIComponent(part.slice(0, at));
      value = decodeURIComponent(part.slice(at + 1));
    } catch {
      continue;
    }
    if (key === 'p')
      s.preset = Math.max(
        0,
        live.presets.findIndex((p) => p.id === value),
      );
    if (key === 's') {
      const state = live.states.findIndex((x) => x.id === value && x.projected);
      if (state >= 0) s.state = state;
    }
    if (key === 'u' && (value === '0' || value === '1')) s.unit = value === '0' ? 0 : 1;
    const named = live.sliders.findIndex((slider) => slider.key === key);
    if (named >= 0)
      s.sliders[named] = settle(live.sliders[named]!, value === '' ? NaN : Number(value));
    if (key === 'v')
      for (const one of value.split(',')) {
        const [place, number] = one.split(':');
        const slider = live.sliders[Number(place)];
        if (slider && number) s.sliders[Number(place)] = settle(slider, Number(number));
      }
  }
  if (!live.states[s.state]?.share) s.unit = 1;
  return s;
}

/** Undo and redo. */
export class History {
  private past: State[] = [];
  private future: State[] = [];
  now: State;
  constructor(now: State) {
    this.now = now;
  }
  /** A change of the same slider in one drag replaces the last one. */
  change(next: State, replaces = false): void {
    if (!replaces) this.past.push(this.now);
    this.now = next;
    this.future = [];
  }
  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }
  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.now);
    this.now = before;
  }
  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.now);
    this.now = after;
  }
}

/** A scenario file that gives the command line the same futures. It is data: its own words are English in every language. */
export function toScenario(s: State, live: LiveData): string {
  const preset = live.presets[s.preset]!;
  const levers = s.sliders.flatMap((v, k) =>
    v === null ? [] : [live.sliders[k]!.toml.replace('{}', String(v))],
  );
  return `format = 1\nextends = ${JSON.stringify(preset.id + '.toml')}\nname = ${JSON.stringify(preset.name + ', changed')}\nabout = "Set in a briefing."\nfutures = ${live.futures}\n${levers.map((l) => `\n${l}\n`).join('')}`;
}
