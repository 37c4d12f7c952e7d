// SPDX-License-Identifier: Apache-2.0
// The page without a script, in a browser: its style is applied, its policy refuses nothing of its own, names stay text.
// Needs TENBIN, SOURCE, WORK, POSTERIORS.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { close, open } from './browser.mjs';

const { TENBIN, SOURCE, WORK } = process.env;
const folder = join(WORK, 'plain'),
  panel = join(folder, 'panel'),
  file = join(folder, 'page.html');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join(SOURCE, 'tests/data/tiny'), panel, { recursive: true });
const states = readFileSync(join(panel, 'states.csv'), 'utf8');
const named = states
  .replace(/^JPN,Japan,/m, 'JPN,<script>document.title=1</script>,')
  .replace(/^CHN,China,/m, 'CHN,\u0627\u0644\u0635\u064a\u0646,');
assert.notEqual(named, states);
writeFileSync(join(panel, 'states.csv'), named);
const settings = ['--plain', '--warmup', '60', '--draws', '50', '--futures', '200', '--quiet'];
execFileSync(TENBIN, ['brief', join(panel, 'scenario.toml'), '-o', file, ...settings], {
  stdio: 'ignore',
});

const { page, complaints, done } = await open(file);
assert.deepEqual(complaints, []);
assert.notEqual(await page.title(), '1', 'a name ran as a script');
assert.ok(
  (await page.content()).includes('&lt;script&gt;document.title'),
  'the name is not there as text',
);
assert.notEqual(
  await page.evaluate(() => getComputedStyle(document.body).maxWidth),
  'none',
  'the style is not applied',
);
await page.setViewportSize({ width: 390, height: 2400 });
assert.ok((await page.screenshot()).length > 10000, 'no screenshot');
await done();
await close();
console.log('the page without a script is good');
