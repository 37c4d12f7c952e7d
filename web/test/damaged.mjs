// SPDX-License-Identifier: Apache-2.0
// A live page checks itself; a changed one says so in place of its figures, and a damaged one computes nothing. Needs PAGES
// (the folder of a fixture).
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { close, open } from './browser.mjs';

const WORK = process.env.PAGES,
  PAGE = join(WORK, 'page.html');

// The page checks itself; an edited one says so in place of its figures, wherever the edit is.
{
  const { page, complaints, done } = await open(PAGE);
  await page.waitForFunction(
    () => document.getElementById('live-check').dataset.passed === 'true',
    null,
  );
  assert.deepEqual(complaints, []);
  await done();
  for (const edited of ['result', 'data', 'posterior', 'record']) {
    const { page, done } = await open(join(WORK, `${edited}.html`));
    await page.waitForSelector('.changed');
    assert.match(await page.textContent('.changed'), /changed after it was written/);
    assert.equal(await page.isVisible('main'), false, edited);
    assert.equal(await page.isVisible('header'), false, edited);
    await done();
  }
}

// An edit of the head is seen too: another title, another style with the hash that the page's policy needs.
{
  const text = readFileSync(PAGE, 'utf8');
  const style = /<style>([^<]*)<\/style>/.exec(text)[1];
  const restyled = `${style}h1{font-size:0}h1::after{content:"9.99%";font-size:2rem}`;
  const hash = (css) => createHash('sha256').update(css).digest('base64');
  const edits = {
    title: text.replace('<title>', '<title>Not '),
    description: text.replace('name="description" content="', 'name="description" content="Not '),
    style: text.replace(style, restyled).replace(hash(style), hash(restyled)),
  };
  for (const [name, edited] of Object.entries(edits)) {
    assert.notEqual(edited, text, name);
    const file = join(WORK, `head-${name}.html`);
    writeFileSync(file, edited);
    const { page, done } = await open(file);
    await page.waitForSelector('.changed', { state: 'attached' });
    assert.equal(await page.isVisible('main'), false, name);
    await done();
  }
}

// A study whose bytes are none, or whose sizes overflow: who insists is told that nothing is computed.
{
  const text = readFileSync(PAGE, 'utf8');
  const at = text.indexOf('id="tenbin-study">') + 5000;
  const broken = join(WORK, 'broken.html');
  writeFileSync(broken, text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1));
  for (const file of [broken, join(WORK, 'overflow.html')]) {
    const { page, done } = await open(file);
    await page.click('.changed button');
    await page.waitForFunction(
      () => document.getElementById('live').classList.contains('broken'),
      null,
    );
    assert.match(await page.textContent('#live-says'), /cannot compute/);
    await done();
  }
}
await close();
console.log('no changed page shows its figures');
