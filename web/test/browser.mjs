// SPDX-License-Identifier: Apache-2.0
// Chromium with a page opened from the disk, and everything that the page must not do written down.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
export const close = () => browser.close();

/** `complaints`: words on the console, errors, requests other than the file itself, dialogs. */
export async function open(file, address = '', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 }, ...options });
  context.setDefaultTimeout(120000); // a machine may be busy; no test asserts a time
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (m) => complaints.push(`console: ${m.text()}`));
  page.on('pageerror', (e) => complaints.push(`error: ${e.message}`));
  page.on('dialog', (d) => {
    complaints.push(`dialog: ${d.message()}`);
    void d.dismiss();
  });
  page.on('request', (r) => {
    if (!r.url().startsWith('blob:') && r.url().split('#')[0] !== `file://${file}`)
      complaints.push(`request: ${r.url()}`);
  });
  await page.goto(`file://${file}${address}`);
  return { page, complaints, done: () => context.close() };
}

/** Waits until the page has computed all that it computes of what is set. */
export const rested = (page) =>
  page.waitForFunction(
    () =>
      document.querySelector('#live-risks table') &&
      Number(document.getElementById('live').dataset.futures) > 1000,
    null,
  );
/** Words of charts that lie outside their chart, and are cut off there. */
export const cutOff = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('svg')].flatMap((svg) => {
      const room = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')]
        .filter((text) => {
          const { left, right } = text.getBoundingClientRect();
          return room.width > 0 && (left < room.left - 1 || right > room.right + 1);
        })
        .map((text) => text.textContent);
    }),
  );
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe-core finds on a page that was opened with bypassCSP. */
export async function axeOn(page, options = {}) {
  await page.evaluate(axe);
  return page.evaluate((given) => axe.run(given), options);
}
/** The serious ones of it, in words. */
export const serious = (found) =>
  found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes[0].html}`);

/** Waits for an answer other than the one with this id. */
export const answered = (page, than = '') =>
  page.waitForFunction((b) => (document.getElementById('live').dataset.answered ?? b) !== b, than);
export const lastAnswer = (page) =>
  page.evaluate(() => document.getElementById('live').dataset.answered);
