// SPDX-License-Identifier: Apache-2.0
// Moving a slider of a live page: the chart follows, undo and redo, the keyboard. Prints how long answers take, and asserts
// nothing of it. Needs PAGES (the folder of a fixture).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { answered, close, open } from './browser.mjs';

const PAGE = join(process.env.PAGES, 'page.html');

// Moving, undoing, and how long it takes from the slider to the chart.
{
  const { page, complaints, done } = await open(PAGE);
  await answered(page);
  const says = await page.textContent('#live-says');
  for (let k = 0; k < 40; ++k) {
    const before = await page.evaluate(() => document.getElementById('live').dataset.answered);
    await page.evaluate(
      (v) => {
        const slider = document.getElementById('slider-0');
        slider.value = String(v);
        slider.dispatchEvent(new Event('input'));
      },
      0.015 + 0.0005 * k,
    );
    await answered(page, before);
  }
  assert.notEqual(await page.textContent('#live-says'), says);
  const times = await page.evaluate(() => tenbin.seen.times.slice(1));
  const p95 = (of) => {
    const sorted = times.map((t) => t[of]).sort((a, b) => a - b);
    return sorted[Math.floor(0.95 * sorted.length)].toFixed(0);
  };
  console.log(
    `95 of 100 answers within ${p95('whole')} ms of the slider: engine ${p95('engine')}, drawing ${p95('drawing')}`,
  );
  let before = await page.evaluate(() => document.getElementById('live').dataset.answered);
  await page.click('#live-undo'); // one drag is one step
  await answered(page, before);
  assert.equal(await page.textContent('#live-says'), says);
  before = await page.evaluate(() => document.getElementById('live').dataset.answered);
  await page.click('#live-redo');
  await answered(page, before);
  assert.notEqual(await page.textContent('#live-says'), says);
  // While the hand goes on moving, the chart follows.
  const drawings = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const slider = document.getElementById('slider-0'),
          seen = new Set();
        let v = 0.02;
        const timer = setInterval(() => {
          slider.value = String((v += 0.0005));
          slider.dispatchEvent(new Event('input'));
          seen.add(document.querySelector('#live-fan').innerHTML);
          if (v < 0.05) return;
          clearInterval(timer);
          resolve(seen.size);
        }, 30);
      }),
  );
  assert.ok(drawings > 5, `${drawings} drawings while a slider moved`);
  // By the keyboard alone: the knob moves, the number is typed.
  await page.focus('#slider-3');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(() => location.hash.includes('3:-0.0025'));
  assert.deepEqual(complaints, []);
  await done();
}

await close();
console.log('the page follows the hand');
