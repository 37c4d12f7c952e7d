// SPDX-License-Identifier: Apache-2.0
/** Workers that share each answer; only the newest question waits, and a patient one gives way to it. */
import type { Fault } from './faults.ts';
import type { FromWorker, Question, ToWorker } from './worker.ts';

const blockOfFutures = 256; // least piece of work

interface Work {
  question: Question;
  parts: number;
  next: number; // part to be given out
  out: number; // messages that the workers have not answered
  at: Set<Worker>; // who took part; the first worker always does, and finishes
  found: Uint8Array[]; // by the others
  began: number;
  dropped: boolean;
}

export class Crew {
  private readonly workers: Worker[] = [];
  private ready = 0;
  private waiting: Question | null = null;
  private work: Work | null = null;
  private round = 0; // counts the questions that were begun
  private readonly heard: (question: Question, numbers: Float64Array, took: number) => void;
  private readonly failed: (why: Fault | string) => void;

  constructor(
    script: string,
    engine: Uint8Array,
    study: Uint8Array,
    heard: (question: Question, numbers: Float64Array, took: number) => void,
    failed: (why: Fault | string) => void,
  ) {
    this.heard = heard;
    this.failed = failed;
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const most = 4; // blocks among a thousand futures
    for (let k = 0; k < Math.min(most, navigator.hardwareConcurrency || 1); ++k) {
      const worker = new Worker(address);
      worker.onmessage = (event: MessageEvent<FromWorker>) => this.hear(worker, event.data);
      worker.onerror = () => failed('not started' satisfies Fault);
      worker.postMessage({ engine, study } satisfies ToWorker);
      this.workers.push(worker);
    }
  }

  ask(question: Question): void {
    this.waiting = question;
    if (this.work?.question.patient) this.work.dropped = true;
    this.begin();
  }

  /** Whether nothing is asked and nothing waits. */
  get idle(): boolean {
    return !this.work && !this.waiting;
  }

  private begin(): void {
    if (this.work || !this.waiting || this.ready < this.workers.length) return;
    const question = this.waiting;
    this.waiting = null;
    ++this.round;
    const parts = question.patient
      ? Math.ceil(question.futures / blockOfFutures)
      : this.workers.length;
    this.work = {
      question,
      parts,
      next: 0,
      out: 0,
      at: new Set(),
      found: [],
      began: performance.now(),
      dropped: false,
    };
    for (const worker of this.workers) this.give(worker);
  }

  private give(worker: Worker): void {
    const work = this.work!;
    if (work.dropped || work.next >= work.parts) return;
    ++work.out;
    work.at.add(worker);
    worker.postMessage({
      question: work.question,
      round: this.round,
      part: work.next++,
      parts: work.parts,
      handOver: !work.question.patient && worker !== this.workers[0],
    } satisfies ToWorker);
  }

  /** All parts are done: the others hand over what they found, and the first finishes. */
  private gather(work: Work): void {
    const first = this.workers[0]!;
    if (work.found.length === work.at.size - 1) {
      const moved = work.found.map((bytes) => bytes.buffer);
      first.postMessage({ found: work.found } satisfies ToWorker, moved);
      return;
    }
    for (const worker of work.at) {
      if (worker === first) continue;
      ++work.out;
      worker.postMessage({ handOver: true } satisfies ToWorker);
    }
  }

  private hear(worker: Worker, message: FromWorker): void {
    if ('failed' in message) return this.failed(message.failed);
    if ('ready' in message) {
      ++this.ready;
      return this.begin();
    }
    const work = this.work!;
    if (!('numbers' in message)) {
      --work.out;
      if ('found' in message) work.found.push(message.found);
      else this.give(worker);
      if (work.out > 0) return;
      if (!work.dropped) return this.gather(work);
    }
    this.work = null;
    if ('numbers' in message && !work.dropped)
      this.heard(work.question, message.numbers, performance.now() - work.began);
    this.begin();
  }
}
