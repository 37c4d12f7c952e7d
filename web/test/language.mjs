// SPDX-License-Identifier: Apache-2.0
// A live page in its two languages: the same numbers, nothing left in the other language, and the guided lesson. Needs PAGES.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { answered, axeOn, close, open, rested, serious } from './browser.mjs';

const { PAGES } = process.env;
const PAGE = join(PAGES, 'page.html'),
  JAPANESE = join(PAGES, 'japanese.html');
const numbers = (page) => page.evaluate(() => [...tenbin.seen.numbers]);

// Names and terms that Japanese writes in Latin letters.
const kept =
  /[0-9a-f]{16}|tenbin|SIPRI|NATO|GDP|GNP|IMF|PNG|SVG|CSV|TOML|toml|xlsx|JavaScript|Natural Earth|R-hat|CRPS|NOTICE|SHA-256|AUKUS|THAAD|ANZUS|QUAD|verify|backtest|scorecard|brief|Monte Carlo|Chromium|English|ETS|ARIMA|theta|[A-Z]{2,}[A-Za-z]*-?\d*[A-Za-z]*/g;
/** Runs of four Latin letters and more in what a Japanese page says itself: not in sources, quotations, names from files or names of parameters. */
const english = (page) =>
  page.evaluate((source) => {
    for (const part of document.querySelectorAll('details')) part.open = true;
    const walker = document.createTreeWalker(
      document.getElementById('sheet'),
      NodeFilter.SHOW_TEXT,
    );
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (element.closest('script, style, [lang=en], [translate=no], bdi, pre, .tip, code'))
        continue;
      const rest = node.data.replace(new RegExp(source, 'g'), '');
      if (/[A-Za-z]{4,}/.test(rest)) found.push(node.data.trim().slice(0, 100));
    }
    const spoken = [...document.querySelectorAll('#sheet [aria-label], #sheet [title]')].flatMap(
      (e) => [e.getAttribute('aria-label') ?? '', e.getAttribute('title') ?? ''],
    );
    for (const text of spoken)
      if (/[A-Za-z]{4,}/.test(text.replace(new RegExp(source, 'g'), '')))
        found.push(`label: ${text.slice(0, 100)}`);
    return found;
  }, kept.source);
/** Phrases that style.md and this page's own glossary rule out in Japanese. */
const forbidden = [
  'です。',
  'ます。',
  'ディアド',
  'ミレックス',
  'ステート',
  'バーデン',
  '未来の中で',
  '100個のうち',
  '保護国',
  '得点',
  '標本',
  '全国共通',
  '周知の事実',
  '安全保障の約束',
];

// From English to Japanese and back, with the settings.
{
  const { page, complaints, done } = await open(PAGE, '#plan-JPN=0.03');
  await rested(page);
  const before = await numbers(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.textContent('h1'), /^Japan’s/);
  await Promise.all([page.waitForEvent('load'), page.click('#language')]);
  await rested(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'ja');
  assert.match(new URL(page.url()).hash, /lang=ja/);
  assert.match(new URL(page.url()).hash, /plan-JPN=0\.03/);
  assert.match(await page.textContent('h1'), /^日本の/);
  assert.match(await page.title(), /^日本：/);
  assert.deepEqual(await numbers(page), before, 'the same numbers in both languages');
  await page.waitForFunction(() => document.getElementById('live-check').dataset.passed === 'true');
  assert.match(await page.textContent('#live-check'), /ページ自身の検査/);
  assert.deepEqual(await english(page), [], 'English on the Japanese page');
  await page.click('#live-link');
  assert.match(await page.inputValue('#live-copied'), /#lang=ja&plan-JPN=0\.03$/);
  // A name from a file is an element of its own; sources and quotations stay as they were written.
  const [names, said] = await page.evaluate(() => {
    const names = [...document.querySelectorAll('#sheet bdi')].map((e) => e.textContent);
    for (const e of document.querySelectorAll('#sheet :is(bdi, pre, [lang=en], script)'))
      e.remove();
    return [names, document.getElementById('sheet').innerText];
  });
  for (const name of [
    'Japan',
    'China',
    'South Korea',
    'Taiwan',
    'United States',
    'Announced plans',
  ])
    assert.ok(!names.includes(name) && !said.includes(name), name);
  for (const phrase of forbidden) assert.ok(!said.includes(phrase), phrase);
  await page.reload();
  await answered(page);
  await Promise.all([page.waitForEvent('load'), page.click('#language')]);
  await answered(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.textContent('h1'), /^Japan’s/);
  assert.equal(new URL(page.url()).hash, '#plan-JPN=0.03');
  assert.deepEqual(complaints, []);
  await done();
}

// What a reader meets at opening: as short as in English; nothing serious for axe, on a desk and a phone.
for (const width of [1280, 390]) {
  const { page, complaints, done } = await open(PAGE, '#lang=ja', {
    viewport: { width, height: 900 },
    bypassCSP: true,
  });
  await rested(page);
  const at = await page.evaluate(() => ({
    height: document.documentElement.scrollHeight,
    wide: document.documentElement.scrollWidth,
    numbers: (document.body.innerText.match(/\d[\d.,]*/g) ?? []).length,
    chart: document.getElementById('hero-chart').getBoundingClientRect().top,
    headline: document.querySelector('h1').innerText,
    deck: document.querySelector('.deck').innerText,
  }));
  const told = `${at.height} pixels, ${at.numbers} numbers at ${width}`;
  console.log(`Japanese: ${told}; first chart at ${at.chart.toFixed(0)}`);
  if (width === 1280) assert.ok(at.height <= 7000 && at.numbers <= 250, told);
  assert.equal(at.wide, width, `wider than ${width}`);
  assert.ok(at.chart < 800, 'the first chart is on the first screen');
  assert.ok(at.headline.length <= 60, at.headline);
  assert.ok(at.deck.length <= 140, at.deck);
  const found = await axeOn(page);
  assert.deepEqual(serious(found), []);
  assert.deepEqual(complaints, []);
  await done();
}

// On paper the levers are left out and the four pages stay, as in English.
{
  const { page, done } = await open(PAGE, '#lang=ja&plan-JPN=0.03');
  await rested(page);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 4);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.isVisible('#live-sliders'), false);
  await done();
}

// A page that was written in Japanese opens in Japanese and has English at hand.
{
  const { page, complaints, done } = await open(JAPANESE);
  await rested(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'ja');
  assert.deepEqual(await english(page), []);
  await Promise.all([page.waitForEvent('load'), page.click('#language')]);
  await answered(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.textContent('h1'), /^Japan’s/);
  assert.deepEqual(complaints, []);
  await done();
}

// The lesson: guess, guess a policy, find a setting.
{
  const { page, complaints, done } = await open(PAGE);
  await rested(page);
  assert.equal(await page.isVisible('#lesson'), false);
  await page.click('#live-lesson');
  const says = () => page.textContent('#lesson-says');
  const result = () => page.textContent('#lesson-result');
  const guess = async (share) => {
    assert.equal(await result(), '');
    assert.doesNotMatch(await page.textContent('#live-says'), /\d/);
    await page.fill('#live-guess', share);
    await page.keyboard.press('Enter');
    await page.click('#live-reveal');
    await page.waitForFunction(() => document.getElementById('lesson-result').textContent !== '');
  };
  assert.match(await says(), /What share of GDP do you expect Japan to spend until 2040/);
  await guess('2');
  assert.match(await result(), /^The median is \d\.\d%/);
  await page.click('#lesson-next');
  await page.waitForFunction(() => document.querySelector('main').dataset.scenario === '1');
  await page.waitForFunction(() => tenbin.seen.question.preset === 1);
  assert.match(await says(), /Now the scenario is “Japan at 3/);
  await guess('2.2');
  assert.match(await result(), /on today’s plans it is \d\.\d%/);
  await page.click('#lesson-next');
  await page.waitForFunction(() => tenbin.seen.question.preset === 0);
  assert.match(await says(), /^Find a setting with which Japan spends at least/);
  assert.match(await result(), /^Not yet/);
  await page.fill('#slider-0 ~ .entry', '4');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    document.getElementById('lesson-result').textContent.startsWith('Reached'),
  );
  await page.click('#lesson-next');
  assert.equal(await page.isVisible('#lesson'), false);
  assert.deepEqual(complaints, []);
  await done();
}
await close();
console.log('the page says the same in both languages');
