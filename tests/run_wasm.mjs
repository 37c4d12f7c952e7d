// SPDX-License-Identifier: Apache-2.0
// Runs a stand-alone WebAssembly program: node run_wasm.mjs FILE.wasm. Its text goes to standard output.
import { readFileSync } from 'node:fs';

// The few calls of WASI that a program makes which only prints; node's own WASI needs a flag on old versions.
let memory;
const view = () => new DataView(memory.buffer);
const wasi = {
  fd_write(fd, vectors, count, written) {
    let total = 0;
    for (let k = 0; k < count; ++k) {
      const at = view().getUint32(vectors + 8 * k, true), size = view().getUint32(vectors + 8 * k + 4, true);
      process.stdout.write(Buffer.from(memory.buffer.slice(at, at + size)));
      total += size;
    }
    view().setUint32(written, total, true);
    return 0;
  },
  proc_exit(code) { process.exitCode = code; throw new Error('exit'); },
};
const missing = (module) => new Proxy(module, { get: (target, name) => target[name] ?? (() => 52) });  // 52: not supported
const compiled = await WebAssembly.compile(readFileSync(process.argv[2]));
const imports = {};
for (const { module, name } of WebAssembly.Module.imports(compiled)) (imports[module] ??= {})[name] = missing(wasi)[name];
const instance = await WebAssembly.instantiate(compiled, imports);
memory = instance.exports.memory;
try { instance.exports._start(); } catch (e) { if (e.message !== 'exit') throw e; }
