// SPDX-License-Identifier: Apache-2.0
/** The engine, away from the page's own thread. */

export interface Question {
  id: number;
  preset: number;
  sliders: (number | null)[];
  futures: number;
  only: number; // a state, or -1: all
}
export type ToWorker = { engine: Uint8Array; study: Uint8Array } | Question;
export type FromWorker = { ready: true } | { failed: string } | { id: number; numbers: Float64Array; took: number };

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?: () => void;
  tenbin_engine_room(size: number): number;
  tenbin_engine_open(bytes: number, size: number): number;
  tenbin_engine_answer(preset: number, values: number, count: number, futures: number, only: number): number;
  tenbin_engine_numbers(): number;
}
let engine: Exports;

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function open(code: Uint8Array, study: Uint8Array): Promise<void> {
  const module = await WebAssembly.compile((await inflate(code)) as BufferSource);
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 52; // not supported
  engine = (await WebAssembly.instantiate(module, imports)).exports as unknown as Exports;
  engine._initialize?.();
  const bytes = await inflate(study);
  const room = engine.tenbin_engine_room(bytes.length);
  new Uint8Array(engine.memory.buffer).set(bytes, room);
  if (engine.tenbin_engine_open(room, bytes.length) !== 1) throw new Error('the figures in this file are damaged');
}

function answer(q: Question): Float64Array {
  const room = engine.tenbin_engine_room(8 * q.sliders.length);
  new Float64Array(engine.memory.buffer, room, q.sliders.length).set(q.sliders.map((v) => v ?? NaN));
  const count = engine.tenbin_engine_answer(q.preset, room, q.sliders.length, q.futures, q.only);
  return new Float64Array(engine.memory.buffer, engine.tenbin_engine_numbers(), count).slice();
}

onmessage = async (event: MessageEvent<ToWorker>) => {
  const tell = (message: FromWorker) => postMessage(message);
  try {
    if ('engine' in event.data) {
      await open(event.data.engine, event.data.study);
      return tell({ ready: true });
    }
    const began = performance.now();
    const numbers = answer(event.data);
    tell({ id: event.data.id, numbers, took: performance.now() - began });
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  }
};
