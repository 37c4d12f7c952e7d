// SPDX-License-Identifier: Apache-2.0
/** The engine, away from the page's own thread. */
import type { Fault } from './faults.ts';
import { inflate } from './inflate.ts';

export interface Question {
  id: number;
  preset: number;
  sliders: (number | null)[];
  futures: number;
  only: number; // a state, or -1: all
  since: number; // when it was asked, ms of the page's clock
  patient: boolean; // done piece by piece, and given up for a newer one
}
export type ToWorker =
  | { engine: Uint8Array; study: Uint8Array }
  | { question: Question; round: number; part: number; parts: number; handOver: boolean }
  | { handOver: true } // what it found of all its parts
  | { found: Uint8Array[] }; // what the others found, to the first worker
export type FromWorker =
  | { ready: true }
  | { failed: Fault | string } // a string that is no fault: what the browser says
  | { done: true }
  | { found: Uint8Array }
  | { numbers: Float64Array };

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?: () => void;
  tenbin_engine_room(size: number): number;
  tenbin_engine_open(bytes: number, size: number): number;
  tenbin_engine_ask(
    preset: number,
    values: number,
    count: number,
    futures: number,
    only: number,
  ): number;
  tenbin_engine_compute(part: number, parts: number): number;
  tenbin_engine_part(): number;
  tenbin_engine_found(): number;
  tenbin_engine_add(bytes: number, size: number): number;
  tenbin_engine_finish(): number;
  tenbin_engine_numbers(): number;
}
let engine: Exports;
let round = -1; // of the question that the engine works on

/** The page has the words for it. */
const fault = (name: Fault) => new Error(name);

async function open(code: Uint8Array, study: Uint8Array): Promise<void> {
  const module = await WebAssembly.compile((await inflate(code)) as BufferSource);
  engine = (await WebAssembly.instantiate(module)).exports as unknown as Exports; // it imports nothing
  engine._initialize?.();
  const bytes = await inflate(study);
  const room = engine.tenbin_engine_room(bytes.length);
  new Uint8Array(engine.memory.buffer).set(bytes, room);
  if (engine.tenbin_engine_open(room, bytes.length) !== 1) throw fault('damaged');
}

function ask(q: Question): void {
  const room = engine.tenbin_engine_room(8 * q.sliders.length);
  new Float64Array(engine.memory.buffer, room, q.sliders.length).set(
    q.sliders.map((v) => v ?? NaN),
  );
  if (engine.tenbin_engine_ask(q.preset, room, q.sliders.length, q.futures, q.only) !== 1)
    throw fault('not understood');
}
function found(): Uint8Array {
  const size = engine.tenbin_engine_part();
  return new Uint8Array(engine.memory.buffer, engine.tenbin_engine_found(), size).slice();
}
function finish(others: Uint8Array[]): Float64Array {
  for (const bytes of others) {
    const room = engine.tenbin_engine_room(bytes.length);
    new Uint8Array(engine.memory.buffer, room, bytes.length).set(bytes);
    if (engine.tenbin_engine_add(room, bytes.length) !== 1) throw fault('disagreed');
  }
  const count = engine.tenbin_engine_finish();
  return new Float64Array(engine.memory.buffer, engine.tenbin_engine_numbers(), count).slice();
}

onmessage = async (event: MessageEvent<ToWorker>) => {
  const tell = (message: FromWorker, moved: Transferable[] = []) =>
    postMessage(message, { transfer: moved });
  const handOver = () => {
    const bytes = found();
    tell({ found: bytes }, [bytes.buffer]);
  };
  const asked = event.data;
  try {
    if ('engine' in asked) {
      await open(asked.engine, asked.study);
      tell({ ready: true });
    } else if ('found' in asked) {
      const numbers = finish(asked.found);
      tell({ numbers }, [numbers.buffer]);
    } else if ('question' in asked) {
      if (asked.round !== round) ask(asked.question);
      round = asked.round;
      if (engine.tenbin_engine_compute(asked.part, asked.parts) !== 1)
        throw fault('not understood');
      if (asked.handOver) handOver();
      else tell({ done: true });
    } else {
      handOver();
    }
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  }
};
