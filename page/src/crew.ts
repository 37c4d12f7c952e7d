// SPDX-License-Identifier: Apache-2.0
/** Workers that share each answer; only the newest question waits. */
import type { FromWorker, Question, ToWorker } from './worker.ts';

export class Crew {
  private readonly workers: Worker[] = [];
  private ready = 0;
  private waiting: Question | null = null;
  private asked: { question: Question; found: BigUint64Array[]; began: number } | null = null;
  private readonly heard: (question: Question, numbers: Float64Array, took: number) => void;
  private readonly failed: (why: string) => void;

  constructor(script: string, engine: Uint8Array, study: Uint8Array, heard: (question: Question, numbers: Float64Array, took: number) => void, failed: (why: string) => void) {
    this.heard = heard;
    this.failed = failed;
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const most = 4; // blocks of 256 among a thousand futures
    for (let k = 0; k < Math.min(most, navigator.hardwareConcurrency || 1); ++k) {
      const worker = new Worker(address);
      worker.onmessage = (event: MessageEvent<FromWorker>) => this.hear(event.data);
      worker.onerror = () => failed('the engine could not be started');
      worker.postMessage({ engine, study } satisfies ToWorker);
      this.workers.push(worker);
    }
  }

  ask(question: Question): void {
    this.waiting = question;
    this.send();
  }

  /** Whether nothing is asked and nothing waits. */
  get idle(): boolean {
    return !this.asked && !this.waiting;
  }

  private send(): void {
    if (this.asked || !this.waiting || this.ready < this.workers.length) return;
    this.asked = { question: this.waiting, found: [], began: performance.now() };
    this.waiting = null;
    this.workers.forEach((worker, part) => worker.postMessage({ question: this.asked!.question, part, parts: this.workers.length } satisfies ToWorker));
  }

  private hear(message: FromWorker): void {
    if ('failed' in message) return this.failed(message.failed);
    if ('ready' in message) {
      ++this.ready;
      return this.send();
    }
    const asked = this.asked!;
    if ('found' in message) {
      asked.found.push(message.found);
      if (asked.found.length < this.workers.length) return;
      const others = asked.found.filter((words) => words.length > 0);
      return this.workers[0]!.postMessage({ id: message.id, found: others } satisfies ToWorker);
    }
    this.asked = null;
    this.heard(asked.question, message.numbers, performance.now() - asked.began);
    this.send();
  }
}
