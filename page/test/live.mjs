// SPDX-License-Identifier: Apache-2.0
// A live page in Chromium, opened from the disk: its numbers are the command line's to the last bit, it makes no request,
// says nothing to the console, and a damaged file says so. Needs TENBIN, SCENARIOS (a folder), POSTERIOR, PAGE, WORK.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answered, close, open } from './browser.mjs';

const { TENBIN, SCENARIOS, POSTERIOR, PAGE, WORK } = process.env;

// The same futures from the command line, in all their digits.
const fromCommandLine = (scenario, name) => {
  const file = join(SCENARIOS, `${name}.toml`), out = join(WORK, `${name}.csv`);
  writeFileSync(file, scenario);
  execFileSync(TENBIN, ['project', file, '--posterior', POSTERIOR, '--digits', '17', '--quiet', '-o', out], { stdio: 'ignore' });
  const rows = readFileSync(out, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  return new Map(rows.map((r) => [`${r[1]} ${r[2]} ${r[3]}`, r.slice(4).map(Number)]));
};

const settings = { baseline: '', plan: '#v=0:0.03', growth: '#v=3:-0.02', cover: '#v=7:0.5', several: '#p=japan-3pct&v=2:1.5,8:20,10:0.6' };
for (const [name, address] of Object.entries(settings)) {
  const { page, complaints, done } = await open(PAGE, address);
  await answered(page);
  const { numbers, live, state } = await page.evaluate(() => ({ numbers: [...tenbin.seen.numbers], live: tenbin.live, state: tenbin.history.now.state }));
  await page.click('#live-scenario');
  const expected = fromCommandLine(await page.inputValue('#live-copied'), `page-${name}`);
  const years = live.end - live.start + 1;
  let compared = 0;
  ['milex', 'burden'].forEach((quantity, q) => {
    for (let k = 0; k < years; ++k) {
      const at = (q * years + k) * 29 + 9;
      const want = expected.get(`${live.states[state].id} ${live.start + k} ${quantity}`);
      assert.ok(want, `${name}: the command line has no ${quantity} of ${live.start + k}`);
      assert.deepEqual(numbers.slice(at, at + 8), want, `${name}: ${quantity} of ${live.start + k}`);
      compared += 8;
    }
  });
  assert.equal(compared, 2 * years * 8);
  assert.deepEqual(complaints, [], name);
  assert.equal(new URL(page.url()).hash, address, 'the address says what is set');
  await done();
}

// Moving, undoing, and how long it takes from the slider to the chart.
{
  const { page, complaints, done } = await open(PAGE);
  await answered(page);
  const says = await page.textContent('#live-says');
  for (let k = 0; k < 40; ++k) {
    const before = await page.evaluate(() => document.getElementById('live').dataset.answered);
    await page.evaluate((v) => {
      const slider = document.getElementById('slider-0');
      slider.value = String(v);
      slider.dispatchEvent(new Event('input'));
    }, 0.015 + 0.0005 * k);
    await answered(page, before);
  }
  assert.notEqual(await page.textContent('#live-says'), says);
  const times = await page.evaluate(() => tenbin.seen.times.slice(1));
  const p95 = (of) => times.map((t) => t[of]).sort((a, b) => a - b)[Math.floor(0.95 * times.length)].toFixed(0);
  console.log(`95 of 100 answers within ${p95('whole')} ms of the slider: engine ${p95('engine')}, drawing ${p95('drawing')}`);
  let before = await page.evaluate(() => document.getElementById('live').dataset.answered);
  await page.click('#live-undo');  // one drag is one step
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
        const slider = document.getElementById('slider-0'), seen = new Set();
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

// Races and disputes come when the sliders rest, and are those of the command line.
{
  const { page, complaints, done } = await open(PAGE, '#v=0:0.03');
  await page.waitForSelector('#live-risks table', { timeout: 20000 });
  await page.click('#live-scenario');
  const file = join(SCENARIOS, 'page-risks.toml'), out = join(WORK, 'risks.csv');
  writeFileSync(file, await page.inputValue('#live-copied'));
  execFileSync(TENBIN, ['risk', join(SCENARIOS, 'japan-announced.toml'), file, '--futures', '1000', '--posterior', POSTERIOR, '--quiet', '-o', out], { stdio: 'ignore' });
  const rows = readFileSync(out, 'utf8').trim().split('\n').map((line) => line.split(','));
  const { numbers, live } = await page.evaluate(() => ({ numbers: [...tenbin.whole.numbers], live: tenbin.live }));
  let at = live.states.length * 2 * (live.end - live.start + 1) * 29, compared = 0;
  for (const [a, b] of live.rivals) {
    const of = (scenario) => Number(rows.find((r) => r[0] === scenario && r[1] === live.states[a].id && r[2] === live.states[b].id && r[3] === String(live.end) && r[4] === 'race')[5]);
    assert.ok(Math.abs(numbers[at] - of('japan-announced')) < 1e-4);
    assert.ok(Math.abs(numbers[at] + numbers[at + 2] - of('page-risks')) < 1e-4);
    at += 4;
    ++compared;
  }
  for (const [a, b] of live.dyads) {
    const by = (scenario) => Number(rows.find((r) => r[0] === scenario && r[1] === live.states[a].id && r[2] === live.states[b].id && r[4] === 'dispute by then')[5]);
    assert.ok(Math.abs(numbers[at + 4] - by('japan-announced')) < 1e-4);
    assert.ok(Math.abs(numbers[at + 5] - by('page-risks')) < 1e-4);
    at += 6;
    ++compared;
  }
  assert.ok(compared > 50 && at === numbers.length);
  assert.deepEqual(complaints, []);
  await done();
}

// The page checks itself; an edited one says so in place of its figures, wherever the edit is.
{
  const { page, complaints, done } = await open(PAGE);
  await page.waitForFunction(() => document.getElementById('live-check').dataset.passed === 'true', null, { timeout: 20000 });
  assert.deepEqual(complaints, []);
  await done();
  for (const edited of ['result', 'data', 'posterior', 'record']) {
    const { page, done } = await open(join(WORK, `${edited}.html`));
    await page.waitForSelector('.changed', { timeout: 20000 });
    assert.match(await page.textContent('.changed'), /changed after it was written/);
    assert.equal(await page.isVisible('main'), false, edited);
    assert.equal(await page.isVisible('header'), false, edited);
    await done();
  }
}

// A study whose bytes are none: who insists is told that nothing is computed.
{
  const text = readFileSync(PAGE, 'utf8');
  const at = text.indexOf('id="tenbin-study">') + 5000;
  const broken = join(WORK, 'broken.html');
  writeFileSync(broken, text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1));
  const { page, done } = await open(broken);
  await page.click('.changed button');
  await page.waitForFunction(() => document.getElementById('live').classList.contains('broken'), null, { timeout: 20000 });
  assert.match(await page.textContent('#live-says'), /cannot compute/);
  await done();
}
await close();
console.log('the page is the model');
