// SPDX-License-Identifier: Apache-2.0
/** The live part of a briefing: sliders, a worker with the engine, two charts. */
import { difference, fan, spoken, table } from './charts.ts';
import { Crew } from './crew.ts';
import { type LiveData, type Quantity, type Risk, risks, years } from './live.ts';
import { reachMap } from './reach.ts';
import { contents, fingerprint, sha256 } from './seal.ts';
import { fromAddress, History, initial, settle, type State, toAddress, toScenario } from './state.ts';
import { inHundred, sentence, value, withError } from './words.ts';
import type { Question } from './worker.ts';

declare const ENGINE: string; // deflated, base64
declare const WORKER: string;

const selfTest = -1; // id of its question

const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
};
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const element = <K extends keyof HTMLElementTagNameMap>(tag: K, className = '', text = ''): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

class Live {
  private readonly live: LiveData;
  private readonly crew: Crew;
  private readonly seal: string | null;
  private readonly history: History;
  private readonly knobs: { range: HTMLInputElement; number: HTMLInputElement; said: HTMLElement; reset: HTMLButtonElement }[] = [];
  private asked = 0;
  private changedAt = 0;
  private resting = 0; // timer
  private whole: { state: string; numbers: Float64Array } | null = null; // the last answer for all states, and what was set
  private dragged = -1; // the slider of the drag under way
  /** For tests and the curious: what was last answered, and how long each answer took to be seen. */
  readonly seen: { question: Question | null; numbers: Float64Array; times: { engine: number; drawing: number; whole: number }[] } = { question: null, numbers: new Float64Array(), times: [] };

  private judged = false; // whether the self-test's answer has come

  /** `seal`: of the page as it is; null: this browser cannot tell. */
  constructor(live: LiveData, seal: string | null) {
    this.live = live;
    this.seal = seal;
    this.history = new History(fromAddress(location.hash, live));
    const study = bytesOf(byId('tenbin-study').textContent ?? '');
    this.crew = new Crew(WORKER, bytesOf(ENGINE), study, (q, numbers, took) => this.hear(q, numbers, took), (why) => this.fail(why));
    this.makeSliders();
    this.listen();
    this.showControls();
    this.ask();
  }

  private makeSliders(): void {
    const box = byId('live-sliders');
    this.live.sliders.forEach((s, k) => {
      const row = element('div', 'slider');
      const label = element('label', '', s.words);
      label.htmlFor = `slider-${k}`;
      const range = element('input');
      range.type = 'range';
      range.id = `slider-${k}`;
      const number = element('input', 'entry');
      number.type = 'number';
      number.setAttribute('aria-label', `${s.words}: number`);
      for (const input of [range, number]) {
        input.min = String(s.low);
        input.max = String(s.high);
        input.step = String(s.step);
      }
      const said = element('output', 'said');
      const reset = element('button', 'plain', 'let go');
      reset.type = 'button';
      reset.setAttribute('aria-label', `Let go: ${s.words}`);
      range.addEventListener('input', () => this.move(k, Number(range.value), this.dragged === k));
      range.addEventListener('change', () => (this.dragged = -1));
      number.addEventListener('change', () => this.move(k, number.valueAsNumber, false));
      reset.addEventListener('click', () => this.set({ ...this.history.now, sliders: this.history.now.sliders.map((v, j) => (j === k ? null : v)) }));
      row.append(label, range, said, number, reset);
      box.append(row);
      this.knobs.push({ range, number, said, reset });
    });
  }

  private listen(): void {
    for (const input of document.querySelectorAll<HTMLInputElement>('.pickers input'))
      input.addEventListener('change', () => {
        const at = Number(input.id.slice(input.id.indexOf('-') + 1));
        const now = this.history.now;
        if (input.name === 'state') this.set({ ...now, state: at, unit: this.live.states[at]?.share ? now.unit : 1 });
        if (input.name === 'unit') this.set({ ...now, unit: at === 0 ? 0 : 1 });
        if (input.name === 'scenario') this.set({ ...now, preset: at });
      });
    byId('live-undo').addEventListener('click', () => this.step(() => this.history.undo()));
    byId('live-redo').addEventListener('click', () => this.step(() => this.history.redo()));
    byId('live-reset').addEventListener('click', () => this.set({ ...initial(this.live), state: this.history.now.state, unit: this.history.now.unit }));
    byId('live-link').addEventListener('click', () => this.copy(location.href, 'The link is copied: it opens this very state of the page.'));
    byId('live-data').addEventListener('click', () => this.copy(table(this.shown()), 'The numbers behind the charts are copied, for a spreadsheet.'));
    byId('live-scenario').addEventListener('click', () => this.copy(toScenario(this.history.now, this.live), 'A scenario file is copied: the command line makes the same futures of it.'));
    addEventListener('hashchange', () => {
      const s = fromAddress(location.hash, this.live);
      if (toAddress(s, this.live) !== toAddress(this.history.now, this.live)) this.set(s);
    });
    let waiting = 0;
    addEventListener('resize', () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => (this.draw(), this.showReach()), 150);
    });
  }

  private move(k: number, v: number, sameDrag: boolean): void {
    const sliders = [...this.history.now.sliders];
    sliders[k] = settle(this.live.sliders[k]!, v);
    this.dragged = k;
    this.set({ ...this.history.now, sliders }, sameDrag);
  }
  private set(next: State, replaces = false): void {
    this.history.change(next, replaces);
    this.after();
  }
  private step(how: () => void): void {
    how();
    this.after();
  }
  private after(): void {
    this.changedAt = performance.now();
    const address = toAddress(this.history.now, this.live);
    history.replaceState(null, '', address ? `#${address}` : location.pathname + location.search);
    this.showControls();
    this.ask();
  }

  private ask(): void {
    const { preset, sliders, state } = this.history.now;
    this.crew.ask({ id: ++this.asked, preset, sliders, futures: this.live.futures, only: state });
    clearTimeout(this.resting);
    if (this.whole?.state === this.setting()) return this.drawRisks();
    byId('live-risks').classList.add('old');
    this.resting = window.setTimeout(() => this.crew.ask({ id: ++this.asked, preset, sliders, futures: this.live.futures, only: -1 }), 700);
  }
  /** What the futures depend on: not on the state that is shown. */
  private setting(): string {
    const { preset, sliders } = this.history.now;
    return JSON.stringify([preset, sliders]);
  }

  private hear(question: Question, numbers: Float64Array, took: number): void {
    if (question.id === selfTest) return void this.judge(numbers);
    if (!this.judged && this.crew.idle) this.crew.ask({ id: selfTest, preset: 0, sliders: this.live.sliders.map(() => null), futures: this.live.futures, only: this.live.focus });
    if (question.only < 0) {
      this.whole = { state: JSON.stringify([question.preset, question.sliders]), numbers };
      return this.drawRisks();
    }
    this.seen.question = question;
    this.seen.numbers = numbers;
    const began = performance.now();
    this.draw();
    const now = performance.now();
    this.seen.times.push({ engine: took, drawing: now - began, whole: now - this.changedAt });
    byId('live').dataset['answered'] = String(question.id);
  }
  private fail(why: string): void {
    byId('live').classList.add('broken');
    byId('live-says').textContent = `This page cannot compute: ${why}. The figures below it are those that were written with it.`;
  }

  /** The self-test: the same answer as from the program that wrote the page. */
  private async judge(numbers: Float64Array): Promise<void> {
    this.judged = true;
    const found = await fingerprint(numbers);
    if (found !== null && found !== this.live.selftest) return this.fail('its engine gives other numbers in this browser than when the page was written');
    byId('live-check').textContent =
      this.seal === null || found === null
        ? 'This browser does not let a page check itself.'
        : `Checked when it was opened: the page is as it was written (seal ${this.seal.slice(0, 16)}), and the engine in it, run in this browser, gives the numbers of the program that wrote it, to the last bit.`;
    byId('live-check').dataset['passed'] = String(found !== null);
  }

  private shown() {
    const quantity: Quantity = this.history.now.unit === 0 ? 1 : 0;
    return years(this.seen.numbers, this.live, 0, quantity);
  }

  /** Knobs, pickers, held and responds. */
  private showControls(): void {
    const now = this.history.now;
    const moved: string[] = [];
    this.live.sliders.forEach((s, k) => {
      const v = now.sliders[k] ?? null, knob = this.knobs[k]!;
      knob.range.value = String(v ?? s.start);
      knob.number.value = v === null ? '' : String(v);
      knob.said.textContent = v === null ? (s.rest === null ? 'not used' : `${value(s, s.rest)}, as it is`) : value(s, v);
      knob.range.setAttribute('aria-valuetext', knob.said.textContent);
      knob.reset.hidden = v === null;
      knob.range.closest('.slider')!.classList.toggle('moved', v !== null);
      if (v !== null) moved.push(`${s.words}: ${value(s, v)}. Held: ${s.held}. Responds: ${s.responds}.`);
    });
    const held = byId('live-held');
    held.replaceChildren(...(moved.length ? moved : ['Nothing is moved: these are the futures of the chosen scenario.']).map((t) => element('li', '', t)));
    for (const [name, at] of [['state', now.state], ['unit', now.unit], ['scenario', now.preset]] as const) {
      const input = document.getElementById(`${name}-${at}`);
      if (input instanceof HTMLInputElement) input.checked = true;
    }
    this.showReach();
    (byId('live-undo') as HTMLButtonElement).disabled = !this.history.canUndo;
    (byId('live-redo') as HTMLButtonElement).disabled = !this.history.canRedo;
  }

  private draw(): void {
    if (this.seen.numbers.length === 0 || this.seen.question?.only !== this.history.now.state) return;
    const now = this.history.now, all = this.shown(), last = all[all.length - 1]!;
    const name = this.live.states[now.state]!.name;
    const changed = now.preset !== 0 || now.sliders.some((v) => v !== null);
    const words = spoken(name, last, now.unit, this.live);
    const put = (id: string, make: (width: number) => Element) => byId(id).replaceChildren(make(byId(id).clientWidth || 500));
    put('live-fan', (width) => fan(this.live, now.state, all, { unit: now.unit, width, label: words.fan }));
    put('live-change', (width) => difference(all, { unit: now.unit, width, label: words.difference }));
    const unit = now.unit === 0 ? 'share of GDP' : `billion ${this.live.money.unit}`;
    byId('live-fan-says').replaceChildren(element('b', '', name), `: defence spending, ${unit}`);
    byId('live-change-says').replaceChildren(element('b', '', 'What that changes'), `, ${now.unit === 0 ? 'points of GDP' : unit}, future by future`);
    byId('live-says').textContent = sentence(name, last, now.unit, this.live, changed);
  }

  private mapped = ''; // what the map shows
  private showReach(): void {
    const box = document.getElementById('reach-map');
    if (!box) return;
    const state = this.history.now.state, width = Math.round(Math.max(300, Math.min(900, box.clientWidth || 900)));
    if (this.mapped === `${state} ${width}`) return;
    this.mapped = `${state} ${width}`;
    const made = reachMap(this.live, state, width);
    box.replaceChildren(...(made ? [made.map] : []));
    byId('reach-says').textContent = made?.says ?? `${this.live.states[state]!.name}: the panel does not say where it lies.`;
  }

  /** Races and disputes of the state that is shown. */
  private drawRisks(): void {
    if (!this.whole || this.whole.state !== this.setting()) return;
    const found = risks(this.whole.numbers, this.live), shown = this.history.now.state;
    const name = (i: number) => this.live.states[i]!.name;
    const table = (title: string, unit: string, all: Risk[], baseline: (r: Risk) => string, change: (r: Risk) => string) => {
      const rows = all.filter((r) => r.a === shown || r.b === shown).sort((x, y) => y.baseline - x.baseline).slice(0, 8);
      const box = element('div', 'scroll');
      if (rows.length === 0) {
        box.append(element('p', '', `${title}: none of ${name(shown)} in this panel.`));
        return box;
      }
      const made = element('table');
      made.append(element('caption', '', `${title}, ${unit}`));
      const line = (cells: string[], tag: 'th' | 'td') => {
        const row = element('tr');
        row.append(...cells.map((c, k) => element(k === 0 ? 'th' : tag, k === 0 ? '' : 'n', c)));
        return row;
      };
      const head = element('thead'), body = element('tbody');
      head.append(line([`${name(shown)} and`, 'baseline', 'change'], 'th'));
      body.append(...rows.map((r) => line([name(r.a === shown ? r.b : r.a), baseline(r), change(r)], 'td')));
      made.append(head, body);
      box.append(made);
      return box;
    };
    const span = this.live.end - this.live.start;
    byId('live-risks').classList.remove('old');
    byId('live-risks').replaceChildren(
      table(`A race by ${this.live.end}`, 'of 100 futures', found.races, (r) => inHundred(r.baseline, r.error), (r) => withError(r.change, r.changeError, 100, 1)),
      table('Militarised disputes', `of ${span} years how many have one`, found.disputes, (r) => r.baseline.toFixed(1), (r) => withError(r.change, r.changeError, 1, 2)),
    );
  }

  private copy(text: string, said: string): void {
    const box = byId('live-copied') as HTMLTextAreaElement;
    box.value = text;
    box.hidden = false;
    box.select();
    const done = () => (byId('live-said').textContent = said);
    const manual = () => (byId('live-said').textContent = 'Copy it from the box below.');
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, manual);
    else manual();
  }
}

/** A page that is not as it was written shows its figures only to those who insist. */
async function open(): Promise<void> {
  const written = document.querySelector<HTMLMetaElement>('meta[name=tenbin-seal]')?.content;
  const found = await sha256(new TextEncoder().encode(contents(document.body)));
  const start = () => {
    const data = JSON.parse(byId('tenbin-live').textContent ?? '') as LiveData;
    (globalThis as { tenbin?: Live }).tenbin = new Live(data, found);
  };
  if (found === null || found === written) return start();
  const warning = element('div', 'changed');
  warning.setAttribute('role', 'alert');
  warning.append(
    element('h1', '', 'This page was changed after it was written'),
    element('p', '', 'Something in the file is not as tenbin wrote it: it may be damaged, or a figure was edited. Its numbers are not shown. Ask for the file again, or let `tenbin verify` say what differs.'),
  );
  const anyway = element('button', '', 'Show it all the same');
  anyway.addEventListener('click', () => {
    document.body.classList.remove('hidden');
    anyway.remove();
    try {
      start();
    } catch (error) {
      byId('live-says').textContent = `This page cannot compute: ${String(error)}.`;
    }
  });
  warning.append(anyway);
  document.body.classList.add('hidden');
  document.body.prepend(warning);
}
void open();
