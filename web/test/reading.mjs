// SPDX-License-Identifier: Apache-2.0
// Reading a live page: by the keyboard, with a screen reader's eyes (axe-core), on three widths, on paper, and with names
// that mean harm. Needs PAGES (the folder of a fixture); with NIGHTLY axe looks at every width and address.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answered, axeOn, close, cutOff, lastAnswer, open, rested, serious } from './browser.mjs';

const { PAGES, NIGHTLY } = process.env;
const PAGE = join(PAGES, 'page.html'),
  HOSTILE = join(PAGES, 'hostile.html');

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
  const found = await axeOn(page);
  assert.ok(found.passes.length > 20, 'axe looked at the page');
  assert.deepEqual(serious(found), [], `${width} ${address}`);
  await done();
}

// No chart cuts its words off, with one column of answers or two.
for (const width of [1280, 800, 390]) {
  const { page, done } = await open(PAGE, '', { viewport: { width, height: 900 } });
  assert.deepEqual(await cutOff(page), [], `cut off at ${width}`);
  await done();
}

// What a reader meets at opening: short, with the first chart on the first screen, and no word of our own dialect.
const forbidden = [
  ...['dyad', 'milex', 'posterior', 'burden', 'of 100', 'let go', 'give or take', 'baseline'],
  ...['8 in 10', '9 in 10', '5 in 10', 'middle future', 'no difference to speak of', 'seen from'],
  ...["this panel's measure", 'prior-driven', 'as its prior', 'militarised', 'what came', '±0.0'],
];
const formal = 'United States of America'; // "the US" in running text
for (const width of [1280, 390]) {
  const { page, done } = await open(PAGE, '', { viewport: { width, height: 900 } });
  await rested(page);
  const at = await page.evaluate(() => {
    const seen = document.body.innerText;
    return {
      height: document.documentElement.scrollHeight,
      words: seen.split(/\s+/).length,
      numbers: (seen.match(/\d[\d.,]*/g) ?? []).length,
      chart: document.getElementById('hero-chart').getBoundingClientRect().top,
      headline: document.querySelector('h1').innerText,
      deck: document.querySelector('.deck').innerText,
    };
  });
  const told = `${at.height} pixels, ${at.words} words, ${at.numbers} numbers at ${width}`;
  console.log(`${told}; first chart at ${at.chart.toFixed(0)}`);
  if (width === 1280) assert.ok(at.height <= 7000 && at.words <= 1500 && at.numbers <= 250, told);
  assert.ok(at.chart < 800, 'the first chart is on the first screen');
  assert.ok(at.headline.split(/\s+/).length <= 16, at.headline);
  assert.ok((at.headline.match(/\d+/g) ?? []).length <= 1, at.headline);
  assert.ok(at.deck.split(/\s+/).length <= 45, at.deck);
  const whole = await page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
    for (const quoted of document.querySelectorAll('pre')) quoted.remove(); // the panel's NOTICE
    return document.body.innerText;
  });
  for (const phrase of forbidden)
    assert.ok(
      !whole.toLowerCase().includes(phrase),
      `"${phrase}": ${whole.slice(whole.toLowerCase().indexOf(phrase) - 80).slice(0, 200)}`,
    );
  // Sentences joined by rules have a space between them.
  for (const text of await page.locator('main p, main li, .deck').allInnerTexts())
    assert.doesNotMatch(text, /[a-z)%][.!?](?=[A-Z][a-z])/, text);
  for (const sentence of await page.locator('.says, .deck, h1, .answer .soft').allInnerTexts())
    assert.ok(!sentence.includes(formal), sentence);
  await done();
}

// Running text can be read at grade 10 of Flesch and Kincaid (1975) or lower.
{
  const { page, done } = await open(PAGE);
  await rested(page);
  const texts = await page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
    return [...document.querySelectorAll('main p, main li, figcaption')]
      .filter((e) => e.checkVisibility() && !e.matches('.get, .tag'))
      .map((e) => e.innerText.trim())
      .filter((text) => text.split(/\s+/).length > 5);
  });
  const syllables = (word) =>
    Math.max(
      1,
      word
        .toLowerCase()
        .replace(/[^a-z]/g, '')
        .replace(/e$/, '')
        .match(/[aeiouy]+/g)?.length ?? 1,
    );
  const sentences = texts
    .flatMap((text) => text.split(/(?<=[.!?:;])\s+/))
    .filter((sentence) => /[a-z]{3}/.test(sentence));
  const words = sentences.flatMap((s) => s.split(/\s+/)).filter((word) => /[A-Za-z]/.test(word));
  const spoken = words.reduce((sum, word) => sum + syllables(word), 0);
  const grade = (0.39 * words.length) / sentences.length + (11.8 * spoken) / words.length - 15.59;
  console.log(`grade ${grade.toFixed(1)} of ${words.length} words`);
  assert.ok(words.length > 1500 && grade <= 10, `grade ${grade}`);
  await done();
}

// Every lever moves the outcome that it is about at one of its ends, or says that this cannot be measured.
{
  const { page, complaints, done } = await open(PAGE);
  await rested(page);
  const levers = await page.evaluate(() =>
    tenbin.live.sliders.map(({ key, low, high, meter }) => ({ key, low, high, meter })),
  );
  let measured = 0;
  for (const [k, { key, low, high, meter }] of levers.entries()) {
    const words = await page.textContent(`#slider-${k}-meter`);
    if (!meter.moves) {
      assert.match(words, /^Cannot be measured here/, key);
      continue;
    }
    assert.match(words, /^Can change /, key);
    ++measured;
    let most = 0;
    for (const end of [low, high]) {
      await page.evaluate(
        ([at, value]) => {
          const range = document.getElementById(`slider-${at}`);
          range.value = String(value);
          range.dispatchEvent(new Event('input'));
        },
        [k, end],
      );
      await page.waitForFunction(() => !document.querySelector('#consequences.waiting'));
      const moved = await page.evaluate((at) => {
        const { live, whole } = tenbin,
          { meter, state, other } = live.sliders[at];
        const years = live.end - live.start + 1,
          last = (i, quantity) => ((i * 2 + quantity) * years + years - 1) * 29;
        const by = (from, to) => Math.abs(whole.numbers[to] - whole.numbers[from]);
        const races = live.states.length * 2 * years * 29,
          tail = whole.numbers.length - 2 * live.cuts;
        switch (meter.about) {
          case 'share':
            return by(last(live.focus, 1) + 3, last(live.focus, 1) + 12) / 0.0005;
          case 'money':
            return by(last(state, 0) + 3, last(state, 0) + 12) / (0.02 * meter.base);
          case 'balance':
            return by(tail, tail + 1) / 0.02;
          case 'treaty':
            return by(tail + 2, tail + 3) / 0.02;
          default: {
            const pair = live.dyads.findIndex(
              ([a, b]) =>
                Math.min(a, b) === Math.min(state, other) &&
                Math.max(a, b) === Math.max(state, other),
            );
            return Math.abs(whole.numbers[races + 4 * live.rivals.length + 6 * pair + 2]) / 0.2;
          }
        }
      }, k);
      most = Math.max(most, moved);
    }
    assert.ok(most > 0.8, `${key} moves ${most} of what can be seen`); // 512 simulations, not 256
    await page.click('#live-reset');
    await page.waitForFunction(() => !document.querySelector('#consequences.waiting'));
  }
  console.log(`${measured} of ${levers.length} levers move what they are about`);
  assert.ok(measured >= 6);
  assert.deepEqual(complaints, []);
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
  await page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
  });
  const tip = page.locator('span.term .tip').first();
  assert.equal(await tip.isVisible(), false);
  await page.locator('span.term').first().focus();
  assert.equal(await tip.isVisible(), true);
  await page.keyboard.press('Escape');
  assert.equal(await tip.isVisible(), false, 'Escape closes an explanation');
  assert.deepEqual(complaints, []);
  await done();
}

// A chart is read out by the arrow keys, saved with its title and source, and shown alone in another page.
{
  const { page, complaints, done } = await open(PAGE, '#plan-JPN=0.03', { acceptDownloads: true });
  await rested(page);
  const reads = () => page.textContent('#hero-chart-reads');
  await page.focus('#hero-chart');
  assert.equal(await reads(), '');
  await page.keyboard.press('End');
  assert.match(await reads(), /^2040: median \d\.\d\d%, likely range .* to .*; today’s plans/);
  await page.keyboard.press('Home');
  assert.match(await reads(), /^1990: \d\.\d\d%, observed$/);
  await page.keyboard.press('ArrowRight');
  assert.match(await reads(), /^1991: /);
  await page.keyboard.press('Escape');
  assert.equal(await reads(), '');
  const saved = async (words) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#top .get button', { hasText: words }).click(),
    ]);
    return readFileSync(await file.path());
  };
  const svg = (await saved('SVG')).toString();
  assert.match(svg, /^<svg xmlns/);
  assert.match(svg, /Japan: military spending/);
  assert.match(svg, /SIPRI.*tenbin.*seal [0-9a-f]{16}/);
  const png = await saved('PNG');
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.ok(png.length > 20000, `a picture of ${png.length} bytes`);
  const csv = (await saved('CSV')).toString().trim().split('\n');
  assert.match(csv[0], /^country,unit,scenario,source,year,/);
  assert.equal(csv.length, 1 + 16);
  assert.match(csv[16], /^Japan,share of GDP,"Announced plans, changed",/);
  // The same numbers as a table, which follows the sliders; the tables of the answers are saved as CSV.
  const row = () => page.locator('#top details.data tr', { hasText: '2040' }).innerText();
  await page.locator('#top details.data summary').click();
  const changed = await row();
  assert.match(changed, /^2040\s+\d\.\d\d%\s+\d\.\d\d% to \d\.\d\d%$/);
  const last = await lastAnswer(page);
  await page.click('#live-reset');
  await answered(page, last);
  assert.notEqual(await row(), changed);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.answer .get button', { hasText: 'CSV' }).first().click(),
  ]);
  const dots = readFileSync(await file.path())
    .toString()
    .trim()
    .split('\n');
  assert.equal(dots.length, 5);
  const [book] = await Promise.all([page.waitForEvent('download'), page.click('#live-workbook')]);
  const bytes = readFileSync(await book.path());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  assert.ok(bytes.length > 30000 && bytes.length < 2e6, `a workbook of ${bytes.length} bytes`);
  assert.ok((bytes.toString('latin1').match(/xl\/worksheets\/sheet\d+\.xml/g) ?? []).length > 20);
  assert.equal(
    dots.slice(1).reduce((sum, one) => sum + Number(/(\d+)%"?$/.exec(one)[1]), 0),
    100,
  );
  assert.deepEqual(complaints, []);
  await done();
}
{
  const { page, complaints, done } = await open(PAGE, '#plan-JPN=0.03&embed');
  await rested(page);
  assert.equal(await page.isVisible('#hero-chart svg'), true);
  for (const other of ['h1', 'nav', '#answers', '#policy', 'footer'])
    assert.equal(await page.isVisible(other), false, other);
  assert.match(new URL(page.url()).hash, /^#plan-JPN=0\.03&embed$/);
  assert.deepEqual(complaints, []);
  await done();
}

// With forced colours the chosen country, unit and scenario can be told from the others; in the dark, text from paper.
{
  const { page, done } = await open(PAGE, '', { forcedColors: 'active' });
  await rested(page);
  const outline = (of) =>
    page.evaluate(
      (selector) => getComputedStyle(document.querySelector(selector)).outlineStyle,
      of,
    );
  assert.equal(await outline('.chip input:checked + span'), 'solid');
  assert.equal(await outline('.chip input:not(:checked) + span'), 'none');
  await done();
}
{
  const { page, done } = await open(PAGE, '', { colorScheme: 'dark', bypassCSP: true });
  await rested(page);
  const found = await axeOn(page, { runOnly: ['color-contrast'] });
  assert.deepEqual(
    found.violations.flatMap((v) => v.nodes.map((n) => n.html)),
    [],
  );
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
  assert.match(await page.textContent('#live-guessed'), /You expected 2\.50%.*above 9/);
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
