// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { Crew } from '../src/crew.ts';
import type { FromWorker, Question, ToWorker } from '../src/worker.ts';

/** Workers that answer when they are told to. */
class Pretended {
  static all: Pretended[] = [];
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly got: ToWorker[] = [];
  private round = -1;
  private readonly parts: number[] = []; // that it computed of this round
  constructor() {
    Pretended.all.push(this);
  }
  postMessage(message: ToWorker): void {
    this.got.push(message);
  }
  /** Answers the oldest message that it has not answered. */
  work(): boolean {
    const message = this.got.shift();
    if (!message) return false;
    this.onmessage!({ data: this.answer(message) });
    return true;
  }
  private answer(message: ToWorker): FromWorker {
    if ('engine' in message) return { ready: true };
    if ('found' in message) {
      const all = [...this.parts, ...message.found.flatMap((bytes) => [...bytes])].sort(
        (a, b) => a - b,
      );
      assert.deepEqual(all, [...all.keys()], 'each part once, and all of this question');
      return { numbers: new Float64Array([this.round, all.length]) };
    }
    if ('question' in message) {
      if (message.round !== this.round) this.parts.length = 0;
      this.round = message.round;
      this.parts.push(message.part);
    }
    return message.handOver ? { found: new Uint8Array(this.parts) } : { done: true };
  }
}
const workAll = () => {
  while (Pretended.all.map((w) => w.work()).some(Boolean));
};
function crew(): { crew: Crew; heard: [number, number][] } {
  Pretended.all = [];
  Object.assign(globalThis, { Worker: Pretended });
  Object.defineProperty(globalThis, 'navigator', {
    value: { hardwareConcurrency: 2 },
    configurable: true,
  });
  const heard: [number, number][] = [];
  const made = new Crew(
    '',
    new Uint8Array(),
    new Uint8Array(),
    (asked, numbers) => heard.push([asked.id, numbers[1]!]),
    assert.fail,
  );
  return { crew: made, heard };
}
const question = (id: number, patient = false): Question => ({
  id,
  preset: 0,
  sliders: [],
  futures: patient ? 2560 : 1000,
  only: 0,
  patient,
  since: 0,
});

test('a question goes to all workers, and its parts are put together', () => {
  const { crew: c, heard } = crew();
  c.ask(question(1));
  workAll();
  assert.deepEqual(heard, [[1, 2]]);
  assert.equal(c.idle, true);
});

test('of questions that come while one is worked on only the newest is answered', () => {
  const { crew: c, heard } = crew();
  c.ask(question(1));
  workAll();
  for (const id of [2, 3, 4]) c.ask(question(id));
  workAll();
  assert.deepEqual(
    heard.map(([id]) => id),
    [1, 2, 4],
  );
});

test('a patient question goes piece by piece, and gives way to a newer one', () => {
  const { crew: c, heard } = crew();
  c.ask(question(1, true));
  workAll();
  assert.deepEqual(heard, [[1, 10]], 'all ten pieces');
  c.ask(question(2, true));
  Pretended.all.forEach((w) => w.work());
  c.ask(question(3));
  workAll();
  assert.deepEqual(
    heard.map(([id]) => id),
    [1, 3],
    'the patient one is given up',
  );
  c.ask(question(4, true));
  while (!Pretended.all[0]!.got.some((m) => 'found' in m)) Pretended.all.forEach((w) => w.work());
  c.ask(question(5)); // while the parts of 4 are put together
  workAll();
  assert.deepEqual(
    heard.map(([id]) => id),
    [1, 3, 5],
  );
  assert.equal(c.idle, true);
});
