// SPDX-License-Identifier: Apache-2.0
// node web/picture.mjs PAGE.html OUT.png: one picture of a live page on a desk, a tablet, a phone and on paper.
import { resolve } from 'node:path';
import { answered, close, open } from './test/browser.mjs';

const [file, out] = process.argv.slice(2);
const set = '#plan-JPN=0.02';
const shots = [];
for (const [width, height, media] of [
  [1280, 1330, 'screen'],
  [768, 1330, 'screen'],
  [390, 1330, 'screen'],
  [720, 1030, 'print'],
]) {
  const { page, done } = await open(resolve(file), set, { viewport: { width, height } });
  await answered(page);
  await page.waitForSelector('#live-risks table', { state: 'attached' });
  await page.waitForFunction(() => Number(document.getElementById('live').dataset.futures) > 1000);
  if (media === 'print') await page.emulateMedia({ media });
  await page.waitForTimeout(300);
  shots.push((await page.screenshot()).toString('base64'));
  await done();
}
const { page, done } = await open('/dev/null', '', { viewport: { width: 1600, height: 700 } });
await page.setContent(
  `<style>body{margin:0;padding:14px;background:#cdd3d8;display:flex;gap:14px;align-items:flex-start}img{height:672px;border-radius:6px;box-shadow:0 3px 10px #0006}</style>${shots.map((s) => `<img src="data:image/png;base64,${s}">`).join('')}`,
);
await page.waitForTimeout(500);
const width = await page.evaluate(
  () => Math.ceil([...document.images].at(-1).getBoundingClientRect().right) + 14,
);
await page.setViewportSize({ width, height: 700 });
await page.screenshot({ path: out });
await done();
await close();
