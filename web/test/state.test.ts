// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { type LiveData, numbersAYear, risks, years } from '../src/live.ts';
import { fromAddress, History, initial, settle, toAddress, toScenario } from '../src/state.ts';
import { change, inHundred, percent, sentence, value, withError } from '../src/words.ts';

const slider = {
  words: 'w',
  unit: 'growth' as const,
  low: -0.05,
  high: 0.05,
  step: 0.0025,
  rest: 0,
  start: 0,
  effect: 'e',
  held: 'h',
  responds: 'r',
  toml: '[[lever]]\nkind = "growth"\ngrowth = {}',
};
const live: LiveData = {
  start: 2025,
  end: 2027,
  focus: 1,
  futures: 1000,
  full: 4000,
  places: [null, null, null, null],
  selftest: '',
  states: [
    { id: 'A B', name: 'Alpha', share: true, projected: true, imputed: false, observed: [] },
    { id: 'JPN', name: 'Japan', share: true, projected: true, imputed: false, observed: [] },
    { id: 'PRK', name: 'North Korea', share: false, projected: true, imputed: false, observed: [] },
    { id: 'NIL', name: 'Nil', share: false, projected: false, imputed: false, observed: [] },
  ],
  presets: [
    { id: 'base', name: 'Base' },
    { id: 'o"ther', name: 'Other' },
  ],
  sliders: [
    slider,
    { ...slider, unit: 'share', low: 0.002, high: 0.05, step: 0.0005, rest: null, start: 0.014 },
  ],
  money: { sign: '$', unit: 'dollars of 2024' },
  rivals: [[0, 1]],
  dyads: [[1, 2]],
};

test('an address says what differs from the start, and comes back', () => {
  assert.equal(toAddress(initial(live), live), '');
  const s = { preset: 1, state: 0, unit: 1 as const, sliders: [-0.02, 0.03] };
  assert.deepEqual(fromAddress('#' + toAddress(s, live), live), s);
  for (const wrong of [
    '#s=NIL',
    '#s=XXX',
    '#p=none',
    '#u=7',
    '#v=9:1',
    '#v=0',
    '#v=0:x',
    '#%',
    '#s=%E0',
    '#v=0:NaN',
  ])
    assert.deepEqual(fromAddress(wrong, live), initial(live), wrong);
  assert.equal(fromAddress('#s=PRK', live).unit, 1, 'a state without a share is shown in money');
  assert.deepEqual(fromAddress('#v=1:9', live).sliders, [null, 0.05], 'a value stays in its range');
});

test('a slider settles on its steps, and is let go at its rest', () => {
  assert.equal(settle(slider, 0.001), null);
  assert.equal(settle(slider, -0.0201), -0.02);
  assert.equal(settle(slider, 1), 0.05);
  assert.equal(settle(slider, NaN), null);
  assert.equal(settle(live.sliders[1]!, 0.0345), 0.0345);
});

test('one drag is one step of undo', () => {
  const h = new History(initial(live));
  const at = (v: number) => ({ ...initial(live), sliders: [v, null] });
  h.change(at(0.01));
  h.change(at(0.02), true);
  h.change(at(0.03), true);
  assert.equal(h.now.sliders[0], 0.03);
  h.undo();
  assert.deepEqual(h.now, initial(live));
  assert.ok(!h.canUndo && h.canRedo);
  h.redo();
  assert.equal(h.now.sliders[0], 0.03);
  h.undo();
  h.change(at(0.04));
  assert.ok(!h.canRedo, 'a new change ends what could be redone');
});

test('a scenario file holds the levers that are moved', () => {
  const text = toScenario({ preset: 1, state: 1, unit: 0, sliders: [-0.02, null] }, live);
  assert.match(text, /^extends = "o\\"ther\.toml"$/m);
  assert.match(text, /^growth = -0\.02$/m);
  assert.match(text, /^futures = 1000$/m);
  assert.equal(text.match(/\[\[lever\]\]/g)?.length, 1);
});

test('numbers are read where the engine puts them', () => {
  const numbers = Float64Array.from({ length: 4 * 2 * 3 * numbersAYear + 4 + 6 }, (_, k) => k);
  const [first, second] = years(numbers, live, 1, 1);
  const at = (1 * 2 + 1) * 3 * numbersAYear;
  assert.equal(first!.baseline.q[0], at);
  assert.equal(first!.changed.q[3], at + 9 + 3);
  assert.equal(first!.higher, at + 27);
  assert.equal(second!.year, 2026);
  assert.equal(second!.difference.q[6], at + numbersAYear + 18 + 6);
  const r = risks(numbers, live),
    behind = 4 * 2 * 3 * numbersAYear;
  assert.deepEqual(r.races, [
    {
      a: 0,
      b: 1,
      baseline: behind,
      error: behind + 1,
      change: behind + 2,
      changeError: behind + 3,
    },
  ]);
  assert.equal(r.disputes[0]!.change, behind + 6);
});

test('numbers in words', () => {
  assert.equal(percent(0.01414), '1.41 %');
  assert.equal(change(-0.002, 0, live), '\u22120.20 points');
  assert.equal(change(3149, 1, live), '+$3.1 bn');
  assert.equal(inHundred(0.54, 0.011), '54 \u00b1 1 of 100');
  assert.equal(inHundred(0.003, 0.0017), '0.3 \u00b1 0.2 of 100');
  assert.equal(inHundred(0, 0), 'under 0.1 of 100');
  assert.equal(change(0.00001, 0, live), 'no difference');
  assert.equal(change(-20, 1, live), 'no difference');
  assert.equal(withError(0.09, 0.01, 100, 1), '+9.0 \u00b1 1.0');
  assert.equal(withError(0.0001, 0.01, 100, 1), '0');
  assert.equal(value(slider, 0.01), '+1.00 points a year');
});

test('futures that run away are no forecast', () => {
  const band = (high: number) => ({ q: [0.01, 0.01, 0.01, 0.02, 0.02, high, high], exists: true });
  const year = (high: number) => ({
    year: 2040,
    baseline: band(0.03),
    changed: band(high),
    difference: band(high - 0.03),
    higher: 0.9,
    error: 0.01,
  });
  assert.match(
    sentence('Japan', year(0.05), 0, live, true),
    /^Japan spends 2.00 %.*in 90 ± 1 of 100 pairs/,
  );
  assert.match(sentence('Japan', year(4), 0, live, true), /run away/);
  assert.match(sentence('Japan', year(0.31), 1, live, true), /run away/);
});
