// SPDX-License-Identifier: Apache-2.0
// Reading a live page: by the keyboard, with a screen reader's eyes (axe-core), on three widths, on paper, and with names
// that mean harm. Needs PAGES (the folder of a fixture); with NIGHTLY axe looks at every width and address.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answered, close, lastAnswer, open } from './browser.mjs';

const { PAGES, NIGHTLY } = process.env;
const PAGE = join(PAGES, 'page.html'),
  HOSTILE = join(PAGES, 'hostile.html');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rested = (page) =>
  page.waitForFunction(
    () =>
      document.querySelector('#live-risks table') &&
      Number(document.getElementById('live').dataset.futures) > 1000,
    null,
  );

// Nothing serious for axe, and nothing wider than the screen, on a desk, a tablet and a phone.
const changed = '#v=0:0.03&s=PRK';
const every = [1280, 768, 390].flatMap((width) => ['', changed].map((address) => [width, address]));
for (const [width, address] of NIGHTLY
  ? every
  : [
      [1280, ''],
      [390, changed],
    ]) {
  const { page, done } = await open(PAGE, address, {
    viewport: { width, height: 900 },
    bypassCSP: true,
  });
  await rested(page);
  assert.equal(
    await page.evaluate(() => document.documentElement.scrollWidth),
    width,
    `wider than ${width}`,
  );
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  assert.ok(found.passes.length > 20, 'axe looked at the page');
  assert.deepEqual(
    found.violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes[0].html}`),
    [],
    `${width} ${address}`,
  );
  await done();
}

// Every control is reached by the tab key alone, and does its work.
{
  const { page, complaints, done } = await open(PAGE, '#v=0:0.03');
  await rested(page);
  const wanted = await page.evaluate(() => {
    const groups = new Set(); // of radio buttons one is reached, the arrows reach the others
    return [...document.querySelectorAll('button, input, textarea, summary, a[href]')]
      .filter((e) => e.checkVisibility() && !e.disabled)
      .filter((e) => e.type !== 'radio' || (e.checked && !groups.has(e.name) && groups.add(e.name)))
      .map((e) => e.id || e.getAttribute('aria-label') || e.textContent.slice(0, 30));
  });
  const reached = new Set();
  for (let k = 0; k < 300; ++k) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const e = document.activeElement;
      return e === document.body
        ? ''
        : e.id || e.getAttribute('aria-label') || e.textContent.slice(0, 30);
    });
    if (now === '' && reached.size > 0) break;
    reached.add(now);
  }
  assert.ok(wanted.length >= 12 * 2 + 3 + 6, `${wanted.length} controls`);
  assert.deepEqual(
    wanted.filter((w) => !reached.has(w)),
    [],
    'controls that the tab key does not reach',
  );
  // Each of them works without a pointer.
  const press = async (id, key = 'Enter') => {
    const before = await lastAnswer(page);
    await page.focus(`#${id}`);
    await page.keyboard.press(key);
    return before;
  };
  await answered(page, await press('state-6', 'ArrowRight'));
  assert.match(await page.textContent('#live-says'), /^South Korea/);
  await answered(page, await press('live-undo'));
  assert.match(await page.textContent('#live-says'), /^Japan/);
  await answered(page, await press('live-redo'));
  assert.match(await page.textContent('#live-says'), /^South Korea/);
  await answered(page, await press('unit-0', 'ArrowRight'));
  assert.match(await page.textContent('#live-says'), /\$/);
  await answered(page, await press('scenario-0', 'ArrowRight'));
  assert.match(await page.textContent('#live-held'), /3 %/);
  await answered(page, await press('live-reset'));
  assert.equal(new URL(page.url()).hash, '#s=KOR&u=1');
  for (const id of ['live-link', 'live-data', 'live-scenario']) {
    await press(id);
    assert.ok((await page.inputValue('#live-copied')).length > 20, id);
  }
  // A word tells its meaning when it is focused.
  const tip = page.locator('span.term .tip').first();
  assert.equal(await tip.isVisible(), false);
  await page.locator('span.term').first().focus();
  assert.equal(await tip.isVisible(), true);
  assert.deepEqual(complaints, []);
  await done();
}

// Predict first: nothing of the futures is seen before the reader has answered, by pointer or by keyboard.
{
  const { page, complaints, done } = await open(PAGE);
  await answered(page);
  await page.click('#live-predict');
  assert.equal(await page.locator('#live-change svg').count(), 0);
  assert.doesNotMatch(await page.textContent('#live-says'), /\d/);
  assert.doesNotMatch(await page.getAttribute('#live-fan svg', 'aria-label'), /\d/);
  const box = await page.locator('#live-fan svg').boundingBox();
  await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.5 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.95 * box.width, box.y + 0.3 * box.height, { steps: 5 });
  await page.mouse.up();
  assert.ok(Number(await page.inputValue('#live-guess')) > 1);
  await page.fill('#live-guess', '2.5');
  await page.keyboard.press('Enter');
  await page.focus('#live-reveal');
  await page.keyboard.press('Enter');
  assert.match(await page.textContent('#live-guessed'), /You expected 2.50 %.*above 9/);
  assert.equal(await page.locator('#live-change svg').count(), 1);
  await page.click('#live-predict');
  assert.equal(await page.isVisible('#live-guess'), false);
  assert.deepEqual(complaints, []);
  await done();
}

// On paper: a handout of four pages.
for (const address of ['', '#v=0:0.03,3:-0.02,7:0.5&s=TWN']) {
  const { page, done } = await open(PAGE, address);
  await rested(page);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 4, `pages ${address}`);
  await done();
}

// Names that mean harm are text, wherever they stand.
{
  const { page, complaints, done } = await open(HOSTILE, '#v=0:0.03', {
    viewport: { width: 390, height: 900 },
  });
  await rested(page);
  await page.waitForFunction(() => document.getElementById('live-check').dataset.passed === 'true');
  assert.equal(
    await page.locator('img, iframe, object, main script:not([type]), b b, marquee').count(),
    0,
  );
  const text = await page.textContent('main');
  for (const name of [
    '<img src=x onerror=alert(1)>',
    '</script><script>alert(2)</script>',
    '\u202eevil',
    '"onload="alert(3)',
    "'; alert(4) //",
    '&lt;b&gt;',
  ])
    assert.ok(text.includes(name), name);
  assert.equal(
    await page.evaluate(() => document.documentElement.scrollWidth),
    390,
    'a long name widens the page',
  );
  for (const state of await page.locator('.pickers input[name=state]').all()) {
    const before = await lastAnswer(page);
    await state.check({ force: true });
    if (!(await state.evaluate((e) => e.defaultChecked))) await answered(page, before);
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  await page.click('#live-scenario');
  assert.match(await page.inputValue('#live-copied'), /name = "/);
  assert.deepEqual(complaints, []);
  await done();
}
await close();
console.log('the page can be read by anybody');
