// SPDX-License-Identifier: Apache-2.0
/** A lesson in three steps: guess the baseline, guess a policy, find a setting. docs/lesson.md is the note for whoever leads it. */
import { byId, buttonById, setText } from './dom.ts';
import { say } from './language.ts';
import type { LiveData, Year } from './live.ts';
import { share } from './words.ts';

/** What the lesson does to the page. */
export interface Page {
  /** Today's plans or a scenario, for the country that the page is about, as a share of GDP. */
  show(preset: number): void;
  /** Hides the simulations until the reader has guessed, or no longer. */
  hide(on: boolean): void;
  /** Whether the simulations are hidden. */
  hides(): boolean;
}

const steps = 3;
/** The share of GDP that the last step asks for: the announced one where it is above the median, else a quarter more than the median. */
export function goalOf(live: LiveData, median: number): number {
  const announced = live.story.announced?.target ?? 0;
  return announced > 1.05 * median ? announced : Math.ceil(1.25 * median * 1000) / 1000;
}

export class Lesson {
  private step = 0; // 0: no lesson
  private median = NaN; // on today's plans, in the last year
  private goal = NaN;
  private readonly live: LiveData;
  private readonly page: Page;

  constructor(live: LiveData, page: Page) {
    this.live = live;
    this.page = page;
    buttonById('live-lesson').hidden = !live.states[live.focus]?.share || live.presets.length < 2;
    buttonById('live-lesson').addEventListener('click', () => this.go(this.step === 0 ? 1 : 0));
    buttonById('lesson-next').addEventListener('click', () =>
      this.go(this.step === steps ? 0 : this.step + 1),
    );
    buttonById('lesson-back').addEventListener('click', () => this.go(this.step - 1));
  }

  private go(step: number): void {
    this.step = step;
    buttonById('live-lesson').setAttribute('aria-pressed', String(step > 0));
    byId('lesson').hidden = step === 0;
    this.page.hide(step === 1 || step === 2);
    if (step > 0) this.page.show(step === 2 ? 1 : 0);
    if (step > 0) byId('lesson-title').focus();
  }

  /** The page shows an answer on the country that it is about: `all` its share of GDP by year. */
  shows(all: Year[]): void {
    if (this.step === 0) return;
    const last = all[all.length - 1]!;
    const median = last.changed.q[3]!;
    this.median = last.baseline.q[3]!;
    if (this.step < steps) this.goal = goalOf(this.live, this.median);
    setText(byId('lesson-title'), say('Step {step} of {steps}', { step: this.step, steps }));
    setText(byId('lesson-says'), this.task());
    setText(byId('lesson-result'), this.page.hides() ? '' : this.result(median));
    buttonById('lesson-back').disabled = this.step === 1;
    setText(byId('lesson-next'), this.step === steps ? say('End the lesson') : say('Next step'));
  }

  private get country(): string {
    return this.live.story.names[this.live.focus] ?? '';
  }

  private task(): string {
    const year = this.live.end,
      state = this.country;
    if (this.step === 1)
      return say(
        'What share of GDP do you expect {state} to spend until {year}? Draw your line on the chart or type a number. Then show the simulations.',
        { state, year },
      );
    if (this.step === 2)
      return say(
        'Now the scenario is “{scenario}”. What do you expect now? Draw or type it before you look.',
        { scenario: this.live.presets[1]!.name },
      );
    return say(
      'Find a setting with which {state} spends at least {goal} of GDP in {year} (median). Move as few sliders as you can.',
      { state, goal: share(this.goal), year },
    );
  }

  private result(median: number): string {
    const { plans } = this.live.story;
    if (this.step === 1)
      return say(
        'The median is {median}. What do you know that the model does not, and what does the model know that you did not?',
        { median: share(median) },
      );
    if (this.step === 2)
      return say(
        'The median is {median}; on {plans} it is {before}. How much of the difference did you expect?',
        { median: share(median), before: share(this.median), plans },
      );
    return median >= this.goal
      ? say(
          'Reached: the median is {median}. Who decides on the sliders that you moved, and what would each of them cost?',
          { median: share(median) },
        )
      : say('Not yet: the median is {median}.', { median: share(median) });
  }
}
