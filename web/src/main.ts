// SPDX-License-Identifier: Apache-2.0
/** The live part of a briefing: sliders, a worker with the engine, two charts. */
import { aboutRows, captions, sourceOf } from './captions.ts';
import {
  between,
  difference,
  differenceWords,
  fan,
  highest,
  lastObserved,
  scaleOf,
  spoken,
  table,
  yearWords,
} from './charts.ts';
import { showDifference, showFan } from './charttable.ts';
import { ownLines, showConsequences, widerLines } from './consequences.ts';
import { Crew } from './crew.ts';
import { buttonById, byId, element, setText } from './dom.ts';
import { cell, csvOf, offer, save } from './downloads.ts';
import { faultWords } from './faults.ts';
import { bytesOf } from './inflate.ts';
import { count, say, sentences } from './language.ts';
import { Lesson } from './lesson.ts';
import { type LiveData, type Quantity, type Year, years } from './live.ts';
import { languageButton, languageIn, showLanguage, type Shown } from './otherlanguage.ts';
import { Predict } from './predict.ts';
import { reachMap } from './reach.ts';
import { Readout } from './readout.ts';
import { riskTables } from './risktables.ts';
import { contents, fingerprint, sha256 } from './seal.ts';
import { Sliders } from './sliders.ts';
import {
  fromAddress,
  History,
  initial,
  settle,
  type State,
  toAddress,
  toScenario,
} from './state.ts';
import { sentence, value } from './words.ts';
import { workbook } from './workbook.ts';
import type { Question } from './worker.ts';

declare const ENGINE: string; // deflated, base64
declare const WORKER: string;

const selfTest = -1; // id of its question
const restsAfter = 700; // ms without a change
const replayTakes = 1500; // ms

/** What futures depend on: not on the state that is shown. */
const settingOf = (s: { preset: number; sliders: (number | null)[] }) =>
  JSON.stringify([s.preset, s.sliders]);

/** What is found out before the page is used. */
interface Opened extends Shown {
  seal: string | null; // of the page as it is; null: this browser cannot tell
}

class Live {
  private readonly live: LiveData;
  private readonly crew: Crew;
  private readonly opened: Opened;
  private readonly history: History;
  private readonly sliders: Sliders;
  private readonly predict: Predict;
  private readonly lesson: Lesson;
  private asked = 0;
  private resting = 0; // timer
  private whole: { setting: string; numbers: Float64Array } | null = null; // the last answer for all states
  private before: { state: number; numbers: Float64Array } | null = null; // the answer before the last change
  private replaying = 0; // animation frame
  private wanted: 0 | 1 = 0; // unit, where a state has both
  private wider: ReturnType<typeof widerLines> = []; // the last lines of what follows elsewhere
  private asks = ''; // state and unit that a reader may guess of
  private mapped = ''; // what the reach map shows
  private readonly inView = new Set<string>(); // ids of the charts that are on the screen
  private readonly readouts: Record<string, Readout>;
  private tops: { of: string; top: number } = { of: '', top: 0 }; // of the vertical axis, by state and unit
  private failed = false; // for good: no number is shown behind it
  private judged = false; // whether the engine has passed the self-test: before, nothing else is asked
  /** For tests and the curious: what is shown, and how long each answer took to be seen. */
  readonly seen: {
    question: Question | null;
    numbers: Float64Array;
    times: { engine: number; drawing: number; whole: number }[];
  } = { question: null, numbers: new Float64Array(), times: [] };

  constructor(live: LiveData, opened: Opened) {
    this.live = live;
    this.opened = opened;
    this.history = new History(fromAddress(location.hash, live));
    this.predict = new Predict(live, () => this.draw());
    this.lesson = new Lesson(live, {
      show: (preset) =>
        this.set({ ...initial(live), preset: Math.min(preset, live.presets.length - 1) }),
      hide: (on) => this.predict.turn(on),
      hides: () => this.predict.hides,
    });
    this.sliders = new Sliders(live, (k, v, sameDrag) => this.move(k, v, sameDrag));
    this.readouts = Object.fromEntries(
      ['hero-chart', 'live-fan', 'live-change'].map((id) => [
        id,
        new Readout(byId(id), byId(`${id}-reads`)),
      ]),
    );
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) this.inView.add(target.id);
        else this.inView.delete(target.id);
      this.draw();
    });
    for (const id of Object.keys(this.readouts)) seen.observe(byId(id));
    const study = bytesOf(byId('tenbin-study').textContent ?? '');
    this.crew = new Crew(
      WORKER,
      bytesOf(ENGINE),
      study,
      (q, numbers, took) => this.hear(q, numbers, took),
      (why) => this.fail(faultWords(why)),
    );
    this.asks = `${this.history.now.state} ${this.history.now.unit}`;
    if (live.states[this.history.now.state]!.share) this.wanted = this.history.now.unit;
    document.body.classList.toggle('embed', /(^|[#&])embed($|&)/.test(location.hash));
    this.offerFiles();
    for (const folded of document.querySelectorAll('#top details.data, #live details.data'))
      folded.addEventListener('toggle', () => this.draw());
    this.listen();
    this.showControls();
    this.crew.ask({ id: selfTest, ...this.questionOf(initial(live)) });
  }

  private listen(): void {
    for (const input of document.querySelectorAll<HTMLInputElement>('.pickers input'))
      input.addEventListener('change', () => {
        const at = Number(input.id.slice(input.id.indexOf('-') + 1));
        const now = this.history.now;
        if (input.name === 'unit') this.wanted = at === 0 ? 0 : 1;
        if (input.name === 'state')
          this.set({ ...now, state: at, unit: this.live.states[at]?.share ? this.wanted : 1 });
        if (input.name === 'unit')
          this.set({ ...now, unit: this.live.states[now.state]?.share ? this.wanted : 1 });
        if (input.name === 'scenario') this.set({ ...now, preset: at });
      });
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-preset]'))
      button.addEventListener('click', () => {
        const now = this.history.now,
          preset = Number(button.dataset['preset']);
        this.set({ ...now, preset: now.preset === preset ? 0 : preset });
      });
    byId('live-undo').addEventListener('click', () => this.step(() => this.history.undo()));
    byId('live-redo').addEventListener('click', () => this.step(() => this.history.redo()));
    byId('live-replay').addEventListener('click', () => this.replay());
    byId('live-reset').addEventListener('click', () =>
      this.set({
        ...initial(this.live),
        state: this.history.now.state,
        unit: this.history.now.unit,
      }),
    );
    byId('live-link').addEventListener('click', () =>
      this.copy(location.href, say('The link is copied: it opens the page with these settings.')),
    );
    byId('live-data').addEventListener('click', () =>
      this.copy(
        this.rows()
          .map((row) => row.join('\t'))
          .join('\n') + '\n',
        say('The numbers of the charts are copied, for a spreadsheet.'),
      ),
    );
    byId('live-workbook').addEventListener(
      'click',
      () =>
        void workbook(byId('sheet'), sourceOf(this.live, this.opened.seal)).then((book) =>
          save('tenbin.xlsx', book.type, book),
        ),
    );
    byId('live-scenario').addEventListener('click', () =>
      this.copy(
        toScenario(this.history.now, this.live),
        say(
          'The settings are copied as a scenario file: the command line makes the first {count} of these simulations from it. Save it beside {file}.toml.',
          {
            count: count(this.live.futures),
            file: this.live.presets[this.history.now.preset]!.id,
          },
        ),
      ),
    );
    // A link to a part of the page is no setting; it opens what the part is folded into.
    for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a, .try a'))
      link.addEventListener('click', (event) => {
        const part = document.querySelector(link.hash);
        const fold = part?.closest('details');
        if (fold) fold.open = true;
        part?.scrollIntoView();
        event.preventDefault();
      });
    byId('live-embed').addEventListener('click', () => {
      const page = location.href.split('#')[0]!;
      this.copy(
        `<iframe src="${page}#${this.address(true)}" width="760" height="480" title="tenbin"></iframe>`,
        say(
          'The code is copied: it shows the first chart in another page. Put this file on your own server first.',
        ),
      );
    });
    languageButton()?.addEventListener('click', () =>
      this.reopen(languageButton()?.lang ?? this.opened.written),
    );
    addEventListener('hashchange', () => {
      const asked = languageIn(location.hash);
      if (asked === languageButton()?.lang) return location.reload();
      const s = fromAddress(location.hash, this.live);
      if (toAddress(s, this.live) !== toAddress(this.history.now, this.live)) this.set(s);
      else if (document.documentElement.lang !== this.opened.written)
        this.showAddress(this.address(document.body.classList.contains('embed')));
    });
    // On paper what was changed is told, and charts below the screen are drawn.
    const changes = document.querySelector<HTMLDetailsElement>('details.changes')!;
    addEventListener('beforeprint', () => {
      changes.open = true;
      for (const id of Object.keys(this.readouts)) this.inView.add(id);
      this.draw();
    });
    let waiting = 0;
    const fit = () => {
      this.draw();
      this.showReach();
    };
    addEventListener('resize', () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(fit, 150);
    });
  }

  /** The numbers of the charts, each row with what it is about. */
  private rows(): (string | number)[][] {
    return table(this.shown(), aboutRows(this.live, this.history.now, this.opened.seal));
  }
  /** Every chart of the first parts as a file. */
  private offerFiles(): void {
    const csv = () =>
      this.rows()
        .map((row) => row.map(cell).join(','))
        .join('\n') + '\n';
    document
      .querySelectorAll<HTMLElement>('#top figure, .answer figure, #live figure')
      .forEach((figure, k) => {
        const live = figure.closest('.answer') === null;
        offer(
          figure,
          `tenbin-${k + 1}`,
          sourceOf(this.live, this.opened.seal),
          live ? csv : () => csvOf(figure),
        );
      });
  }

  private move(k: number, v: number | null, sameDrag: boolean): void {
    const sliders = [...this.history.now.sliders];
    sliders[k] = v === null ? null : settle(this.live.sliders[k]!, v);
    this.set({ ...this.history.now, sliders }, sameDrag);
  }
  private set(next: State, sameDrag = false): void {
    const now = this.history.now;
    if (next.state !== now.state) this.before = null;
    else if (
      !sameDrag &&
      settingOf(next) !== settingOf(now) &&
      this.seen.question?.only === now.state
    )
      this.before = { state: now.state, numbers: this.seen.numbers };
    this.history.change(next, sameDrag);
    this.after();
  }
  private step(how: () => void): void {
    this.before = null;
    this.sliders.letUp();
    how();
    this.after();
  }
  private after(): void {
    const { state, unit } = this.history.now;
    if (this.asks !== `${state} ${unit}`) this.predict.forget();
    this.asks = `${state} ${unit}`;
    cancelAnimationFrame(this.replaying);
    this.showAddress(this.address(document.body.classList.contains('embed')));
    this.showControls();
    this.ask();
  }
  /** Language, settings and form of the page, as its address has them. */
  private address(embed: boolean, language = document.documentElement.lang): string {
    return [
      language === this.opened.written ? '' : `lang=${language}`,
      toAddress(this.history.now, this.live),
      embed ? 'embed' : '',
    ]
      .filter(Boolean)
      .join('&');
  }
  private showAddress(address: string): void {
    history.replaceState(null, '', address ? `#${address}` : location.pathname + location.search);
  }
  /** The page once more with the same settings, in another language. */
  private reopen(language: string): void {
    this.showAddress(this.address(document.body.classList.contains('embed'), language));
    location.reload();
  }

  /** The chosen state at once; when the hand rests, all states' risks, then the chosen one with more futures. */
  private ask(): void {
    if (this.failed || !this.judged) return;
    const question = this.questionOf(this.history.now);
    this.crew.ask({ id: ++this.asked, ...question });
    this.askMoreLater(question);
  }
  private questionOf(s: State): Omit<Question, 'id'> {
    return {
      preset: s.preset,
      sliders: s.sliders,
      futures: this.live.futures,
      only: s.state,
      patient: false,
      since: performance.now(),
    };
  }
  private askMoreLater(question: Omit<Question, 'id'>): void {
    clearTimeout(this.resting);
    const known = this.whole?.setting === settingOf(this.history.now);
    byId('consequences').classList.toggle('waiting', !known);
    if (known) this.drawRisks();
    else byId('live-risks').classList.add('old');
    this.resting = window.setTimeout(
      () =>
        known
          ? this.askInFull()
          : this.crew.ask({ ...question, id: ++this.asked, only: -1, patient: true }),
      restsAfter,
    );
  }
  private askInFull(): void {
    const { preset, sliders, state } = this.history.now;
    if (this.live.full > this.live.futures)
      this.crew.ask({
        id: ++this.asked,
        preset,
        sliders,
        futures: this.live.full,
        only: state,
        patient: true,
        since: performance.now(),
      });
  }

  private hear(question: Question, numbers: Float64Array, took: number): void {
    if (this.failed) return;
    if (question.id === selfTest) return void this.judge(question, numbers, took);
    // While a slider moves every answer is an old one when it comes, and drawn all the same.
    if (question.patient && settingOf(question) !== settingOf(this.history.now)) return;
    if (question.only < 0) {
      this.whole = { setting: settingOf(question), numbers };
      this.drawRisks();
      this.drawConsequences();
      return this.askInFull();
    }
    if (question.only !== this.history.now.state) return;
    this.seen.question = question;
    this.seen.numbers = numbers;
    const began = performance.now();
    this.draw();
    const now = performance.now();
    if (!question.patient)
      this.seen.times.push({ engine: took, drawing: now - began, whole: now - question.since });
    byId('live').dataset['answered'] = String(question.id);
    byId('live').dataset['futures'] = String(question.futures);
  }
  /** `why`: a whole sentence. For good: what this engine has computed goes, and nothing is asked of it any more. */
  private fail(why: string): void {
    this.failed = true;
    clearTimeout(this.resting);
    cancelAnimationFrame(this.replaying);
    byId('live').classList.add('broken');
    for (const id of [
      'live-fan',
      'live-change',
      'live-risks',
      'live-fan-says',
      'live-change-says',
      'hero-chart',
      'consequences',
    ])
      byId(id).replaceChildren();
    for (const preset of document.querySelectorAll<HTMLButtonElement>('[data-preset]'))
      preset.disabled = true;
    for (const control of document.querySelectorAll<HTMLInputElement | HTMLButtonElement>(
      '#live input, #live button, #hero-slider input, #hero-slider button',
    ))
      control.disabled = true;
    byId('live-says').textContent = sentences(
      this.opened.notice,
      why,
      say('What stands below was written with the page.'),
    );
  }
  /** The self-test, before any number is shown: the same answer as from the program that wrote the page. Where nothing is set it is the first answer. */
  private async judge(question: Question, numbers: Float64Array, took: number): Promise<void> {
    const found = await fingerprint(numbers);
    if (found !== null && found !== this.live.selftest)
      return this.fail(faultWords('other numbers'));
    byId('live-check').textContent =
      this.opened.seal === null || found === null
        ? say('This browser does not let a page check itself.')
        : say(
            'By the page’s own account it is unchanged since it was written (seal {seal}), and its engine gives in this browser the numbers of the program that wrote it, to the last bit. Whoever changes a page on purpose can renew the seal: `tenbin verify` computes every number again, and can compare the data and the estimate with their source.',
            { seal: this.opened.seal.slice(0, 16) },
          );
    byId('live-check').dataset['passed'] = String(found !== null);
    this.judged = true;
    const { state } = this.history.now;
    if (this.changed() || state !== question.only) return this.ask();
    this.hear({ ...question, id: ++this.asked }, numbers, took);
    this.askMoreLater(question);
  }

  private shown(numbers = this.seen.numbers): Year[] {
    const quantity: Quantity = this.history.now.unit === 0 ? 1 : 0;
    return years(numbers, this.live, 0, quantity);
  }

  /** Knobs, pickers, held and responds. */
  private showControls(): void {
    const now = this.history.now;
    this.sliders.show(now.sliders);
    const moved = this.live.sliders.flatMap((s, k) => {
      const v = now.sliders[k] ?? null;
      return v === null
        ? []
        : [
            say('{slider}: {value}. Fixed: {held}. Free to react: {responds}.', {
              slider: s.words,
              value: value(s, v),
              held: s.held,
              responds: s.responds,
            }),
          ];
    });
    const scenario = this.live.presets[now.preset]!.name;
    const said = moved.length
      ? [say('Scenario: {scenario}.', { scenario }), ...moved]
      : [say('Scenario: {scenario}. Nothing else is changed.', { scenario })];
    const held = byId('live-held');
    if (held.children.length !== said.length)
      held.replaceChildren(...said.map(() => element('li')));
    said.forEach((text, k) => setText(held.children[k]!, text));
    const main = document.querySelector('main')!;
    for (const [name, at] of [
      ['state', now.state],
      ['unit', now.unit],
      ['scenario', now.preset],
    ] as const) {
      const input = document.getElementById(`${name}-${at}`);
      if (input instanceof HTMLInputElement) input.checked = true;
      if (main.dataset[name] !== String(at)) main.dataset[name] = String(at);
    }
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-preset]'))
      button.setAttribute('aria-pressed', String(Number(button.dataset['preset']) === now.preset));
    buttonById('live-undo').disabled = !this.history.canUndo;
    buttonById('live-redo').disabled = !this.history.canRedo;
    buttonById('live-replay').disabled = !this.before;
    this.showReach();
  }

  private showReach(): void {
    const box = document.getElementById('reach-map');
    if (!box) return;
    const state = this.history.now.state,
      width = Math.round(Math.max(300, Math.min(900, box.clientWidth || 900)));
    if (this.mapped === `${state} ${width}`) return;
    this.mapped = `${state} ${width}`;
    const made = reachMap(this.live, state, width);
    box.replaceChildren(...(made ? [made.map] : []));
    byId('reach-says').textContent =
      made?.says ??
      say('{country}: the panel does not say where it lies.', {
        country: this.live.states[state]!.name,
      });
  }

  /** Charts and words of the answer for what is set. */
  private draw(): void {
    const now = this.history.now;
    if (this.failed || this.seen.question?.only !== now.state) return;
    const all = this.shown(),
      last = all[all.length - 1]!;
    this.drawCharts(all);
    this.drawConsequences();
    const name = this.live.states[now.state]!.name;
    const changed = this.changed();
    byId('live-says').textContent = sentences(
      this.opened.notice,
      this.predict.hides
        ? say('{country}: what do you expect?', { country: name })
        : sentence(name, last, now.unit, this.live, changed),
    );
    this.predict.tell(
      last,
      now.unit,
      lastObserved(this.live, now.state, now.unit),
      scaleOf(now.unit),
    );
    if (now.state === this.live.focus && now.unit === 0) this.lesson.shows(all);
  }

  private changed(): boolean {
    const now = this.history.now;
    return now.preset !== 0 || now.sliders.some((v) => v !== null);
  }

  /** Charts that are on the screen; `moving`: with the axis of before. */
  private drawCharts(all: Year[]): void {
    const now = this.history.now,
      hides = this.predict.hides;
    const name = this.live.states[now.state]!.name;
    const words = spoken(name, all[all.length - 1]!, now.unit, this.live);
    const own = now.state === this.live.focus;
    const start = this.live.states[now.state]!.observed[0]?.[0] ?? this.live.start;
    const of = `${now.state} ${now.unit}`;
    const needed = highest(this.live, now.state, all, now.unit, start);
    // The axis grows with what is shown, and shrinks only when everything is reset.
    this.tops = {
      of,
      top: this.tops.of === of && this.changed() ? Math.max(this.tops.top, needed) : needed,
    };
    const size = (id: string) => ({
      unit: now.unit,
      top: this.tops.top,
      width: byId(id).clientWidth || 500,
      height: byId(id).clientHeight || 280,
      margin: innerWidth > 820 ? 48 : 58,
    });
    if (this.inView.has('hero-chart')) {
      const chart = fan(
        this.live,
        now.state,
        all,
        { ...size('hero-chart'), from: start, story: own, label: words.fan },
        { hides: false, line: [] },
      );
      byId('hero-chart').replaceChildren(chart);
      this.readouts['hero-chart']!.drawn(chart, chart.scale('x'), start, this.live.end, (year) =>
        yearWords(this.live, now.state, all, now.unit, year),
      );
    }
    for (const id of ['hero-chart', 'live-fan'])
      showFan(byId(id).closest('figure')!, this.live, now.state, hides ? [] : all, now.unit);
    showDifference(byId('live-change').closest('figure')!, this.live, hides ? [] : all, now.unit);
    if (this.inView.has('live-fan')) this.drawFan(all, size('live-fan'), words.fan);
    if (this.inView.has('live-change')) {
      if (hides) byId('live-change').replaceChildren();
      else {
        const chart = difference(all, { ...size('live-change'), label: words.difference });
        byId('live-change').replaceChildren(chart);
        this.readouts['live-change']!.drawn(
          chart,
          chart.scale('x'),
          this.live.start,
          this.live.end,
          (year) => differenceWords(this.live, all, now.unit, year),
        );
      }
    }
    const says = captions(this.live, now, this.seen.question?.futures ?? 0);
    for (const [id, parts] of [
      ['live-fan-says', says.fan],
      ['hero-title', says.fan],
      ['live-change-says', says.difference],
    ] as const)
      byId(id).replaceChildren(
        ...parts.map(({ text, bold }) => (bold ? element('b', '', text) : text)),
      );
  }

  /** The fan on which a reader may draw. */
  private drawFan(
    all: Year[],
    size: { unit: 0 | 1; top: number; width: number; height: number; margin: number },
    label: string,
  ): void {
    const now = this.history.now,
      hides = this.predict.hides;
    const name = this.live.states[now.state]!.name;
    const line = this.predict.line(lastObserved(this.live, now.state, now.unit));
    const { top, ...rest } = size;
    const chart = fan(
      this.live,
      now.state,
      all,
      {
        ...rest,
        ...(hides ? {} : { top }),
        label: hides
          ? say('{country}: the simulations are hidden until you have drawn yours', {
              country: name,
            })
          : label,
      },
      { hides, line },
    );
    byId('live-fan').replaceChildren(chart);
    this.readouts['live-fan']!.drawn(
      chart,
      chart.scale('x'),
      this.live.start - 19,
      this.live.end,
      (year) =>
        hides && year > this.live.start ? '' : yearWords(this.live, now.state, all, now.unit, year),
    );
    const x = chart.scale('x'),
      y = chart.scale('y');
    if (x?.invert && y?.invert) this.predict.attach(chart, x.invert, y.invert);
  }

  /** What follows: the focus at once, the rest when the answer for all states has come. */
  private drawConsequences(): void {
    if (this.failed) return;
    const setting = settingOf(this.history.now);
    const whole = this.whole?.setting === setting ? this.whole.numbers : null;
    const { question, numbers } = this.seen;
    const own =
      question?.only === this.live.focus
        ? ownLines(numbers, this.live, 0)
        : whole
          ? ownLines(whole, this.live, this.live.focus)
          : [];
    if (whole) this.wider = widerLines(whole, this.live);
    const box = byId('consequences');
    box.classList.toggle('waiting', !whole);
    showConsequences(box, [...own, ...this.wider], this.changed());
  }

  /** The last change once more in the charts, from the futures before it to those after it; without the way between for those who want less motion. */
  private replay(): void {
    const before = this.before;
    if (!before || before.state !== this.history.now.state || this.predict.hides) return;
    cancelAnimationFrame(this.replaying);
    const from = this.shown(before.numbers),
      answer = this.seen.numbers;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const began = performance.now();
    const frame = () => {
      const done = (performance.now() - began) / replayTakes;
      if (done >= (still ? 0.3 : 1) || this.seen.numbers !== answer) return this.draw();
      const way = still ? 0 : Math.max(0, (done - 0.2) / 0.8); // at first it stands still
      this.drawCharts(between(from, this.shown(), way * way * (3 - 2 * way)));
      this.replaying = requestAnimationFrame(frame);
    };
    frame();
  }

  private drawRisks(): void {
    if (this.failed || !this.whole || this.whole.setting !== settingOf(this.history.now)) return;
    byId('live-risks').classList.remove('old');
    byId('live-risks').replaceChildren(
      ...riskTables(this.whole.numbers, this.live, this.history.now.state),
    );
  }

  private copy(text: string, said: string): void {
    const box = byId('live-copied') as HTMLTextAreaElement;
    box.value = text;
    box.hidden = false;
    box.select();
    const done = () => (byId('live-said').textContent = said);
    const manual = () => (byId('live-said').textContent = say('Copy it from the box below.'));
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, manual);
    else manual();
  }
}

/** Escape closes an explanation that is shown, until the pointer or the focus moves on. */
function closeTips(): void {
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const shown = document.querySelectorAll('.term:hover, .term:focus');
    shown.forEach((term) => term.classList.add('quiet'));
  });
  for (const left of ['mouseout', 'focusout'])
    addEventListener(left, (event) => {
      if (event.target instanceof Element) event.target.closest('.term')?.classList.remove('quiet');
    });
}

/** A page that is not as it was written shows its figures only to those who insist. */
async function open(): Promise<void> {
  const written = document.querySelector<HTMLMetaElement>('meta[name=tenbin-seal]')?.content;
  const found = await sha256(new TextEncoder().encode(contents(document)));
  const start = async () => {
    const opened = { seal: found, ...(await showLanguage(location.hash)) };
    if (opened.notice) byId('live-says').textContent = opened.notice;
    const data = JSON.parse(byId('tenbin-live').textContent ?? '') as LiveData;
    (globalThis as { tenbin?: Live }).tenbin = new Live(data, opened);
  };
  if (found === null || found === written) return start();
  const covered = [...document.body.children].filter(
    (part): part is HTMLElement => part instanceof HTMLElement && !part.hidden,
  );
  const warning = element('div', 'changed');
  warning.setAttribute('role', 'alert');
  warning.append(
    element('h1', '', say('This page was changed after it was written')),
    element(
      'p',
      '',
      sentences(
        say(
          'Something in the file is not as tenbin wrote it: it may be damaged, or a figure was edited.',
        ),
        say('Its numbers are not shown.'),
        say('Ask for the file again, or let `tenbin verify` say what differs.'),
      ),
    ),
  );
  const anyway = element('button', '', say('Show it all the same'));
  anyway.addEventListener('click', () => {
    document.body.classList.remove('hidden');
    for (const part of covered) part.hidden = false;
    anyway.remove();
    start().catch((error: unknown) => {
      byId('live-says').textContent = faultWords(String(error));
    });
  });
  warning.append(anyway);
  document.body.classList.add('hidden');
  for (const part of covered) part.hidden = true; // a changed style does not act
  document.body.prepend(warning);
}
closeTips();
void open();
