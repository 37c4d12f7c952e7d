// SPDX-License-Identifier: Apache-2.0
// A smoke test of a live page in Debian's Firefox. Needs PAGES (the folder of a
// fixture). By puppeteer: playwright drives only a Firefox of its own make.
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';

const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: '/usr/bin/firefox-esr',
  headless: true,
});
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', (m) => complaints.push(m.text()));
  page.on('pageerror', (e) => complaints.push(e.message));
  await page.goto(`file://${process.env.PAGES}/page.html`);
  await page.waitForFunction(
    () => document.getElementById('live-check')?.dataset.passed === 'true',
    { timeout: 60000 },
  );
  const says = () => page.$eval('#live-says', (e) => e.textContent);
  const before = await says();
  const last = await page.$eval('#live', (e) => e.dataset.answered);
  await page.evaluate(() => {
    const slider = document.getElementById('slider-0');
    slider.value = '0.03';
    slider.dispatchEvent(new Event('input'));
  });
  await page.waitForFunction(
    (b) => document.getElementById('live').dataset.answered !== b,
    { timeout: 60000 },
    last,
  );
  assert.notEqual(await says(), before);
  assert.equal(await page.$$eval('#live-fan svg, #reach-map svg', (all) => all.length), 2);
  assert.deepEqual(complaints, []);
  console.log('the engine gives the same bits in Firefox');
} finally {
  await browser.close();
}
