// SPDX-License-Identifier: Apache-2.0
// The numbers of a live page, opened from the disk, are those of the command line to the last bit. Needs TENBIN, PAGES,
// POSTERIORS (folders of fixtures).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answered, close, open } from './browser.mjs';

const { TENBIN, PAGES, POSTERIORS } = process.env;
const SCENARIOS = join(PAGES, 'scenarios'),
  PAGE = join(PAGES, 'page.html'),
  POSTERIOR = join(POSTERIORS, 'east-asia.fit'),
  WORK = PAGES;

const rowsOf = (file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

// The same futures from the command line, in all their digits.
const fromCommandLine = (scenario, name, futures) => {
  const file = join(SCENARIOS, `${name}.toml`),
    out = join(WORK, `${name}.csv`);
  writeFileSync(file, scenario);
  execFileSync(
    TENBIN,
    [
      'project',
      file,
      '--posterior',
      POSTERIOR,
      '--futures',
      String(futures),
      '--digits',
      '17',
      '--quiet',
      '-o',
      out,
    ],
    { stdio: 'ignore' },
  );
  const rows = rowsOf(out).slice(1);
  return new Map(rows.map((r) => [`${r[1]} ${r[2]} ${r[3]}`, r.slice(4).map(Number)]));
};

const settings = {
  baseline: '',
  plan: '#plan-JPN=0.03',
  growth: '#growth-CHN=-0.02',
  cover: '#commitment-USA-JPN=0.5',
  troops: '#presence-USA-JPN=20000',
  several: '#p=japan-3pct&efficiency-JPN=1.5&weight-PRK=20&response-rival_response=0.4',
};
for (const [name, address] of Object.entries(settings)) {
  const { page, complaints, done } = await open(PAGE, address);
  await answered(page);
  const { numbers, futures, live, state } = await page.evaluate(() => ({
    numbers: [...tenbin.seen.numbers],
    futures: tenbin.seen.question.futures, // more, once the sliders have rested
    live: tenbin.live,
    state: tenbin.history.now.state,
  }));
  await page.click('#live-scenario');
  const expected = fromCommandLine(await page.inputValue('#live-copied'), `page-${name}`, futures);
  const years = live.end - live.start + 1;
  let compared = 0;
  ['milex', 'burden'].forEach((quantity, q) => {
    for (let k = 0; k < years; ++k) {
      const at = (q * years + k) * 29 + 9;
      const want = expected.get(`${live.states[state].id} ${live.start + k} ${quantity}`);
      assert.ok(want, `${name}: the command line has no ${quantity} of ${live.start + k}`);
      assert.deepEqual(
        numbers.slice(at, at + 8),
        want,
        `${name}: ${quantity} of ${live.start + k}`,
      );
      compared += 8;
    }
  });
  assert.equal(compared, 2 * years * 8);
  assert.deepEqual(complaints, [], name);
  assert.equal(new URL(page.url()).hash, address, 'the address says what is set');
  await done();
}

// Races and disputes come when the sliders rest, and are those of the command line.
{
  const { page, complaints, done } = await open(PAGE, '#plan-JPN=0.03');
  await page.waitForSelector('#live-risks table', { state: 'attached' });
  await page.click('#live-scenario');
  const moving = await page.evaluate(() => tenbin.live.futures);
  const file = join(SCENARIOS, 'page-risks.toml'),
    out = join(WORK, 'risks.csv');
  writeFileSync(file, await page.inputValue('#live-copied'));
  const asked = (...words) => {
    const settings = ['--futures', String(moving), '--posterior', POSTERIOR, '--quiet', '-o', out];
    execFileSync(TENBIN, [...words, ...settings], { stdio: 'ignore' });
    return rowsOf(out);
  };
  const rows = asked('risk', join(SCENARIOS, 'japan-announced.toml'), file);
  const { numbers, live } = await page.evaluate(() => ({
    numbers: [...tenbin.whole.numbers],
    live: tenbin.live,
  }));
  let at = live.states.length * 2 * (live.end - live.start + 1) * 29,
    compared = 0;
  for (const [a, b] of live.rivals) {
    const of = (scenario) =>
      Number(
        rows.find(
          (r) =>
            r[0] === scenario &&
            r[1] === live.states[a].id &&
            r[2] === live.states[b].id &&
            r[3] === String(live.end) &&
            r[4] === 'race',
        )[5],
      );
    assert.ok(Math.abs(numbers[at] - of('japan-announced')) < 1e-4);
    assert.ok(Math.abs(numbers[at] + numbers[at + 2] - of('page-risks')) < 1e-4);
    at += 4;
    ++compared;
  }
  for (const [a, b] of live.dyads) {
    const by = (scenario) =>
      Number(
        rows.find(
          (r) =>
            r[0] === scenario &&
            r[1] === live.states[a].id &&
            r[2] === live.states[b].id &&
            r[4] === 'dispute by then',
        )[5],
      );
    assert.ok(Math.abs(numbers[at + 4] - by('japan-announced')) < 1e-4);
    assert.ok(Math.abs(numbers[at + 5] - by('page-risks')) < 1e-4);
    at += 6;
    ++compared;
  }
  assert.ok(compared > 50);
  const ratio = (scenario) => {
    const table = asked('balance', scenario);
    const place = (column) => table[0].indexOf(column);
    const row = table.find(
      (r) =>
        r[place('year')] === String(live.end) &&
        r[place('cut')] === 'whole' &&
        r[place('quantity')] === 'ratio',
    );
    return Number(row[place('q50')]);
  };
  assert.ok(Math.abs(numbers[at] - ratio(join(SCENARIOS, 'japan-announced.toml'))) < 1e-3);
  assert.ok(Math.abs(numbers[at + 1] - ratio(file)) < 1e-3);
  assert.equal(at + 2 * live.cuts, numbers.length);
  assert.deepEqual(complaints, []);
  await done();
}

await close();
console.log('the page is the model');
