// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { roundTop, table } from '../src/charts.ts';
import { ownLines, widerLines } from '../src/consequences.ts';
import { cell, wrapped } from '../src/downloads.ts';
import { balance, type LiveData, numbersAYear, risks, years } from '../src/live.ts';
import { fromAddress, History, initial, settle, toAddress, toScenario } from '../src/state.ts';
import {
  chance,
  change,
  meterWords,
  percent,
  sentence,
  share,
  signedNumber,
  value,
} from '../src/words.ts';

const slider = {
  key: 'growth-A B',
  group: 2 as const,
  state: 0,
  other: -1,
  meter: { about: 'money' as const, base: 200, low: -20, high: 30, moves: true },
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
    {
      ...slider,
      key: 'plan-JPN',
      unit: 'share',
      low: 0.002,
      high: 0.05,
      step: 0.0005,
      rest: null,
      start: 0.014,
    },
  ],
  money: { sign: '$', unit: 'dollars of 2024', yen: 151.37 },
  source: 'some release',
  rivals: [[0, 1]],
  dyads: [[1, 2]],
  cuts: 1,
  story: {
    marks: [],
    rival: 0,
    level: null,
    level_words: '',
    announced: null,
    names: ['Alpha', 'Japan', 'North Korea', 'Nil'],
    plans: 'today\u2019s plans',
    blocs: ['Japan', 'Alpha'],
  },
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
    '#plan-JPN=',
    '#plan-JPN=x',
    '#plan-USA=0.03',
  ])
    assert.deepEqual(fromAddress(wrong, live), initial(live), wrong);
  assert.match(toAddress(s, live), /&growth-A%20B=-0\.02&plan-JPN=0\.03$/);
  assert.deepEqual(
    fromAddress('#v=0:-0.02,1:0.03', live).sliders,
    [-0.02, 0.03],
    'an address that names sliders by their place',
  );
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
  const numbers = Float64Array.from({ length: 4 * 2 * 3 * numbersAYear + 4 + 6 + 2 }, (_, k) => k);
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
  assert.deepEqual(balance(numbers, live), [behind + 10, behind + 11]);
  assert.equal(balance(numbers, { ...live, cuts: 0 }), null);
});

test('what follows is read of the last year', () => {
  const numbers = new Float64Array(4 * 2 * 3 * numbersAYear + 4 + 6 + 2);
  const put = (state: number, quantity: number, was: number, is: number) => {
    const at = ((state * 2 + quantity) * 3 + 2) * numbersAYear;
    numbers[at + 3] = was;
    numbers[at + 9 + 3] = is;
    numbers[at + 8] = numbers[at + 17] = numbers[at + 26] = 1;
  };
  put(1, 0, 60_000, 90_000);
  put(1, 1, 0.014, 0.021);
  put(0, 0, 700_000, 700_000);
  const behind = 4 * 2 * 3 * numbersAYear;
  numbers.set([0.001, 0, 0.05, 0, 3, 0, 0, 0, 0, 0, 2.9, 3.1], behind);
  assert.deepEqual(ownLines(numbers, live, 1), [
    { term: 'Japan: share of GDP', was: '1.4%', is: '2.1%' },
    { term: 'Japan: spending', was: '$60.0 bn', is: '$90.0 bn' },
  ]);
  assert.deepEqual(widerLines(numbers, live), [
    { term: 'Alpha: spending', was: '$700 bn', is: '$700 bn' },
    { term: 'Accumulated spending of Japan for each dollar of Alpha', was: '2.9', is: '3.1' },
    { term: 'Chance of an arms race with Alpha', was: 'under 1%', is: '5%' },
  ]);
});

test('numbers in words', () => {
  assert.equal(percent(0.01414), '1.41%');
  assert.equal(share(0.01414), '1.4%');
  assert.equal(share(0.0996), '10%');
  assert.equal(change(-0.002, 0, live), '\u22120.20 points');
  assert.equal(change(3149, 1, live), '+$3.1 bn');
  assert.equal(chance(0.54), '54%');
  assert.equal(chance(0.004), 'under 1%');
  assert.equal(chance(0.996), 'over 99%');
  assert.equal(change(0.00001, 0, live), 'no measurable change');
  assert.equal(change(-20, 1, live), 'no measurable change');
  assert.equal(signedNumber(0.09, 100, 1), '+9.0');
  assert.equal(signedNumber(0.0001, 100, 1), '0');
  assert.equal(value(slider, 0.01), '+1.00 points a year');
});

test('a meter says how far a slider moves what it is about', () => {
  assert.equal(
    meterWords(slider, live),
    'Can change spending of Alpha in 2027 by \u221210 to +15%.',
  );
  const still = { ...slider, meter: { ...slider.meter, moves: false } };
  assert.match(meterWords(still, live), /^Cannot be measured here/);
});

test('a table says what it is of, and a cell of a CSV holds any text', () => {
  const band = { q: [1, 2, 3, 4, 5, 6, 7], exists: true };
  const year = {
    year: 2030,
    baseline: band,
    changed: band,
    difference: band,
    higher: 0.5,
    error: 0,
  };
  const [head, row] = table([year], { country: 'Japan', unit: 'share of GDP' });
  assert.deepEqual(head!.slice(0, 4), ['country', 'unit', 'year', 'todays_plans_q05']);
  assert.equal(row!.length, head!.length);
  assert.deepEqual(row!.slice(0, 4), ['Japan', 'share of GDP', 2030, 1]);
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(cell(1 / 3), '0.333333');
  assert.deepEqual(wrapped('one two three four', 9), ['one two', 'three', 'four']);
});

test('an axis ends at a round number', () => {
  assert.equal(roundTop(1.98), 2);
  assert.equal(roundTop(2.01), 3);
  assert.equal(roundTop(0.9), 1);
  assert.equal(roundTop(640), 800);
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
    /^Japan in 2040: 2\.00% of GDP, likely range \(80%\) 1\.00% to 5\.00%\. Difference from today\u2019s plans: \+2\.00 points\.$/,
  );
  assert.match(sentence('Japan', year(4), 0, live, true), /grows without limit/);
  assert.match(sentence('Japan', year(0.31), 1, live, true), /grows without limit/);
});
