// SPDX-License-Identifier: Apache-2.0
// Three hundred pages with one character changed, in the head, the body, the script, the study and the record in turn: `tenbin
// verify` refuses each, and the page itself says so; a script that was changed does not run, by the page's policy. Needs TENBIN and PAGES;
// DAMAGES=n tries n pages.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { close, open } from './browser.mjs';

const text = readFileSync(join(process.env.PAGES, 'page.html'), 'utf8');
const pages = Number(process.env.DAMAGES ?? 300);

/** From and to of what stands between two texts. */
function between(begin, end, from = 0) {
  const at = text.indexOf(begin, from);
  assert.ok(at >= 0, begin);
  return [at + begin.length, text.indexOf(end, at + begin.length)];
}
const data = (id) => between(`id="${id}">`, '</script>');
const regions = {
  head: between('<title>', '</head>'),
  body: between('<main', '<script type="application/json"'),
  script: between('<script>', '</script>', text.lastIndexOf('<script>')),
  study: data('tenbin-study'),
  record: data('tenbin-record'),
};

let state = 20261201;
/** A whole number from 0 to below n. */
function random(n) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
}
const kinds = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const { page: blank } = await open(join(process.env.PAGES, 'page.html'));
/** Whether a browser takes it for another document: it passes over a misspelt end tag, for example. */
const differs = (edited) =>
  blank.evaluate(
    ([one, other]) => {
      const read = (html) =>
        new DOMParser().parseFromString(html, 'text/html').documentElement.outerHTML;
      return read(one) !== read(other);
    },
    [text, edited],
  );
/** The page with one letter or digit of a region replaced by another of its kind, so that a browser sees it. */
async function damaged([from, to]) {
  for (;;) {
    const at = from + random(to - from);
    const kind = kinds.find((k) => k.includes(text[at]));
    if (!kind) continue;
    const other = kind[(kind.indexOf(text[at]) + 1 + random(kind.length - 1)) % kind.length];
    const edited = text.slice(0, at) + other + text.slice(at + 1);
    if (await differs(edited)) return [edited, at];
  }
}

const file = join(process.env.PAGES, 'many-damaged.html');
const counts = {};
for (let k = 0; k < pages; ++k) {
  const region = Object.keys(regions)[k % 5];
  const [edited, at] = await damaged(regions[region]);
  const where = `${region}, ${at}: ${text.slice(at - 30, at + 30)}`;
  writeFileSync(file, edited);
  const verified = spawnSync(process.env.TENBIN, ['verify', file, '--quiet']);
  assert.ok([1, 3].includes(verified.status), `verify: exit ${verified.status}: ${where}`);
  const { page, complaints, done } = await open(file);
  if (region === 'script') {
    assert.ok(
      complaints.some((c) => c.includes('Content Security Policy')),
      where,
    );
    assert.notEqual(await page.getAttribute('#live-check', 'data-passed'), 'true', where);
  } else {
    await page.waitForSelector('.changed', { state: 'attached' });
    assert.equal(await page.isVisible('main'), false, where);
  }
  await done();
  counts[region] = (counts[region] ?? 0) + 1;
}
await close();
console.log(`noticed: ${JSON.stringify(counts)}`);
