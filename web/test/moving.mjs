// SPDX-License-Identifier: Apache-2.0
// What hangs on time in a live page: nothing jumps while it opens, the chart follows a slider, undo and redo, the keyboard,
// replay. Prints how long answers take, and asserts nothing of it; runs alone. Needs PAGES (the folder of a fixture).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { answered, close, lastAnswer, open } from './browser.mjs';

const PAGE = join(process.env.PAGES, 'page.html');

// Nothing moves while the engine starts; when the first paint came is told, never asserted.
{
  const { page, done } = await open(PAGE);
  await answered(page);
  const { paint, shift } = await page.evaluate(
    () =>
      new Promise((resolve) => {
        let shift = 0;
        new PerformanceObserver((list) =>
          list.getEntries().forEach((e) => (shift += e.value)),
        ).observe({ type: 'layout-shift', buffered: true });
        setTimeout(
          () =>
            resolve({
              paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
              shift,
            }),
          300,
        );
      }),
  );
  console.log(`first paint ${paint.toFixed(0)} ms after opening; layout shift ${shift.toFixed(3)}`);
  assert.ok(shift < 0.1, `layout shift ${shift}`);
  await done();
}

// Moving, undoing, and how long it takes from the slider to the chart.
{
  const { page, complaints, done } = await open(PAGE);
  await answered(page);
  await page.locator('#policy').scrollIntoViewIfNeeded(); // only charts on the screen are drawn
  await page.evaluate(() => document.getElementById('live').scrollIntoView());
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
  await page.evaluate(() => (document.getElementById('slider-3').closest('details').open = true));
  await page.focus('#slider-3');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(() => location.hash.includes('growth-CHN=-0.0025'));
  assert.deepEqual(complaints, []);
  await done();
}

// Replay shows the way from the answer before to the present one, and ends at it.
{
  const { page, complaints, done } = await open(PAGE);
  await answered(page);
  assert.equal(await page.isDisabled('#live-replay'), true);
  const before = await lastAnswer(page);
  await page.evaluate(() => document.getElementById('live').scrollIntoView());
  await page.fill('#live-sliders .entry', '3'); // per cent
  await page.keyboard.press('Enter');
  await answered(page, before);
  assert.equal(new URL(page.url()).hash, '#plan-JPN=0.03');
  await page.waitForFunction(() => Number(document.getElementById('live').dataset.futures) > 1000);
  const drawing = () => page.evaluate(() => document.querySelector('#live-fan').innerHTML);
  const end = await drawing();
  await page.click('#live-replay');
  await page.waitForFunction((e) => document.querySelector('#live-fan').innerHTML !== e, end);
  await page.waitForFunction((e) => document.querySelector('#live-fan').innerHTML === e, end);
  assert.deepEqual(complaints, []);
  await done();
}

await close();
console.log('the page follows the hand');
