// SPDX-License-Identifier: Apache-2.0
/** Workers that share each answer; only the newest question waits, and a patient one gives way to it. */
import type { FromWorker, Question, ToWorker } from './worker.ts';

const blockOfFutures = 256; // least piece of work

interface Work {
  question: Question;
  parts: number;
  next: number; // part to be given out
  out: number; // parts at the workers
  found: Uint8Array[];
  began: number;
  dropped: boolean;
}

export class Crew {
  private readonly workers: Worker[] = [];
  private ready = 0;
  private waiting: Question | null = null;
  private work: Work | null = null;
  private readonly heard: (question: Question, numbers: Float64Array, took: number) => void;
  private readonly failed: (why: string) => void;

  constructor(
    script: string,
    engine: Uint8Array,
    study: Uint8Array,
    heard: (question: Question, numbers: Float64Array, took: number) => void,
    failed: (why: string) => void,
  ) {
    this.heard = heard;
    this.failed = failed;
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const most = 4; // blocks among a thousand futures
    for (let k = 0; k < Math.min(most, navigator.hardwareConcurrency || 1); ++k) {
      const worker = new Worker(address);
      worker.onmessage = (event: MessageEvent<FromWorker>) => this.hear(worker, event.data);
      worker.onerror = () => failed('the engine could not be started');
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
    const parts = question.patient
      ? Math.ceil(question.futures / blockOfFutures)
      : this.workers.length;
    this.work = {
      question,
      parts,
      next: 0,
      out: 0,
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
    worker.postMessage({
      question: work.question,
      part: work.next++,
      parts: work.parts,
    } satisfies ToWorker);
  }

  private hear(worker: Worker, message: FromWorker): void {
    if ('failed' in message) return this.failed(message.failed);
    if ('ready' in message) {
      ++this.ready;
      return this.begin();
    }
    const work = this.work!;
    if ('found' in message) {
      --work.out;
      work.found.push(message.found);
      this.give(worker);
      if (work.out > 0) return;
      if (!work.dropped)
        return this.workers[0]!.postMessage({
          id: message.id,
          found: work.found,
        } satisfies ToWorker);
    }
    this.work = null;
    if ('numbers' in message && !work.dropped)
      this.heard(work.question, message.numbers, performance.now() - work.began);
    this.begin();
  }
}
