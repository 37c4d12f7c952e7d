// SPDX-License-Identifier: Apache-2.0
// node build.mjs ENGINE.wasm OUT.js: the page's script with its worker and its engine in it, the notices of what is
// bundled in front, and beside it the hash of the one style that the chart library brings.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { build } from 'esbuild';

const [engine, out] = process.argv.slice(2);
const needed = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(engine)));
if (needed.length > 0)
  throw new Error(
    `${engine} imports ${needed.map((i) => i.name).join(', ')}: a page has nothing to give it`,
  );
const here = new URL('.', import.meta.url).pathname;
const options = {
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
  metafile: true,
};
const worker = await build({ ...options, entryPoints: [join(here, 'src/worker.ts')] });
const page = await build({
  ...options,
  entryPoints: [join(here, 'src/main.ts')],
  define: {
    WORKER: JSON.stringify(worker.outputFiles[0].text),
    ENGINE: JSON.stringify(deflateSync(readFileSync(engine), { level: 9 }).toString('base64')),
  },
});

// Whose code is in it: every package that a bundled file comes from.
const packages = new Map();
for (const input of Object.keys(page.metafile.inputs)) {
  const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (!found) continue;
  const folder = join(here, 'node_modules', found[1]);
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  let licence = '';
  for (const name of ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt']) {
    try {
      licence = readFileSync(join(folder, name), 'utf8').replaceAll('\r', '').trim();
      break;
    } catch {
      continue; // licences go by several names
    }
  }
  packages.set(found[1], `${about.name} ${about.version} (${about.license})\n${licence}`);
}
const notices = [...packages.keys()]
  .sort()
  .map((k) => packages.get(k))
  .join('\n\n')
  .replaceAll('*/', '* /');

const plot = readFileSync(
  createRequire(join(here, 'src/x.js'))
    .resolve('@observablehq/plot')
    .replace(/src\/index\.js$/, 'src/plot.js'),
  'utf8',
);
const style = plot
  .match(/\.append\("style"\)\.text\(\s*`([^`]*)`/)[1]
  .replaceAll('${className}', 'tenbin-plot');
const text = `/*! Bundled with this page:\n\n${notices}\n*/\n${page.outputFiles[0].text}`
  .replaceAll('</script', '<\\/script')
  .replaceAll('<!--', '<\\!--');
writeFileSync(out, text);
writeFileSync(
  join(dirname(out), 'style.hash'),
  createHash('sha256').update(style).digest('base64'),
);
console.log(`${out}: ${(text.length / 1024).toFixed(0)} KB, ${packages.size} packages`);
