// SPDX-License-Identifier: Apache-2.0
// Chromium with a page opened from the disk, and everything that the page must not do written down.
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

/** Waits for an answer other than the one with this id. */
export const answered = (page, than = '') =>
  page.waitForFunction((b) => (document.getElementById('live').dataset.answered ?? b) !== b, than);
export const lastAnswer = (page) =>
  page.evaluate(() => document.getElementById('live').dataset.answered);
