// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { deflateSync } from 'node:zlib';
import { wrapped } from '../src/downloads.ts';
import { faultWords } from '../src/faults.ts';
import { japanese } from '../src/japanese.ts';
import { list, say, sayInParts, sentences, setLanguage } from '../src/language.ts';
import type { LiveData } from '../src/live.ts';
import { languageIn, showLanguage, swap } from '../src/otherlanguage.ts';
import { widthOf } from '../src/reach.ts';
import { units } from '../src/units.ts';
import {
  chance,
  change,
  money,
  moneyAndYen,
  moneyLabel,
  moneyTick,
  sentence,
} from '../src/words.ts';

const rows = Object.entries(japanese);
const dollars = { money: { sign: '$', unit: 'ドル（2024年価格）', yen: 151.37 } } as LiveData,
  yuan = { money: { sign: '', unit: '元（2020年価格）', yen: null } } as LiveData;
function inJapanese(check: () => void): void {
  setLanguage('ja');
  try {
    check();
  } finally {
    setLanguage(null);
  }
}

test('both languages have the same placeholders and the same bold parts', () => {
  const marks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  const bold = (text: string) => text.split('*').length;
  for (const [english, other] of rows) {
    assert.deepEqual(marks(other), marks(english), english);
    assert.equal(bold(other), bold(english), english);
    assert.equal(bold(english) % 2, 1, english);
    assert.doesNotMatch(other.replace(/\{\w+\}/g, ''), /[{}]/, english);
  }
});

test('Japanese sentences are Japanese, in plain form and without spaces', () => {
  const allowed = ['tenbin', 'GDP', 'km', 'toml', 'verify'];
  for (const [english, other] of rows) {
    assert.ok(other.trim(), english);
    const words = other.replace(/\{\w+\}/g, '').match(/[A-Za-z]+/g) ?? [];
    for (const word of words) assert.ok(allowed.includes(word), `${word}: ${other}`);
    assert.doesNotMatch(other, /です|ます|ません|ください/, other);
    assert.doesNotMatch(other.replace('tenbin verify', ''), /\s|[,.;:()!?](?!toml)/, other);
  }
});

test('every row of the table is used', () => {
  const folder = process.env['SOURCE'] ? join(process.env['SOURCE'], 'web/src') : 'src';
  const source = readdirSync(folder)
    .filter((name) => name !== 'japanese.ts')
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
    .replaceAll('\\u2019', '\u2019');
  for (const [english] of rows) assert.ok(source.includes(`'${english}'`), english);
});

test('a sentence is in the language of the page, and a name that looks like a placeholder stays', () => {
  const name = '{year}';
  assert.equal(say('{country}: spending', { country: name }), '{year}: spending');
  inJapanese(() => assert.equal(say('{country}: spending', { country: name }), '{year}の軍事費'));
  Object.assign(globalThis, { document: { documentElement: { lang: 'ja' } } });
  assert.equal(say('Rivals'), '対立国');
  Reflect.deleteProperty(globalThis, 'document');
  assert.equal(say('Rivals'), 'Rivals');
});

test('parts, sentences and lists', () => {
  const parts = () => sayInParts('*Difference from {plans}*, percentage points', { plans: '*' });
  const tail = { text: ', percentage points', bold: false };
  assert.deepEqual(parts(), [{ text: 'Difference from *', bold: true }, tail]);
  assert.equal(sentences('One.', '', 'Two.'), 'One. Two.');
  assert.equal(list(['A', 'B', 'C']), 'A, B and C');
  inJapanese(() => {
    assert.deepEqual(parts()[0], { text: '*との差', bold: true });
    assert.equal(sentences('一。', '', '二。'), '一。二。');
    assert.equal(list(['A', 'B', 'C']), 'A、B、C');
    assert.equal(list(['A']), 'A');
  });
});

test('numbers in Japanese', () =>
  inJapanese(() => {
    const said = (million: number) => money(million, dollars);
    assert.equal(said(58_000), '580億ドル');
    assert.equal(said(9_994), '99.9億ドル');
    assert.equal(said(9_996), '100億ドル');
    assert.equal(said(929_200), '9,292億ドル');
    assert.equal(said(999_949), '9,999億ドル');
    assert.equal(said(999_950), '1.00兆ドル');
    assert.equal(said(1_204_000), '1.20兆ドル');
    assert.equal(money(58_000, yuan), '580億');
    assert.equal(moneyAndYen(59_493, dollars), '595億ドル（9.01兆円）');
    assert.equal(moneyAndYen(59_493, yuan), '595億');
    assert.equal(change(3149, 1, dollars), '+31.5億ドル');
    assert.equal(change(-31_490, 1, dollars), '\u2212315億ドル');
    assert.equal(change(-20, 1, dollars), '測れるほどの変化なし');
    assert.equal(change(0.005, 0, dollars), '+0.50ポイント');
    assert.equal(chance(0.004), '1%未満');
    assert.equal(chance(0.996), '99%超');
    assert.deepEqual(
      [0, 0.05, 50, 500, 1500].map((billion) => moneyTick(billion, dollars)),
      ['0', '0.5億', '500億', '5,000億', '1.5兆'],
    );
    assert.equal(moneyLabel(58, dollars), '580億');
    assert.equal(units.growth.say(0.01), '年+1.00ポイント');
    assert.equal(units.factor.say(1.5), '1.5倍');
  }));

test('money at the end of a line has three digits', () => {
  assert.deepEqual(
    [5.94, 58, 999.4, 1234].map((billion) => moneyLabel(billion, dollars)),
    ['$5.94 bn', '$58.0 bn', '$999 bn', '$1234 bn'],
  );
});

test('the sentence on the last year in Japanese', () =>
  inJapanese(() => {
    const band = (q: number) => ({ q: [q, q, q, q, q, q, q], exists: true });
    const year = {
      year: 2040,
      baseline: band(0.015),
      changed: band(0.02),
      difference: band(0.005),
      higher: 1,
      error: 0,
    };
    const live = { ...dollars, story: { plans: '現行計画' } } as LiveData;
    assert.equal(
      sentence('日本', year, 0, live, true),
      '日本の2040年の軍事費はGDP比2.00%（80%の範囲は2.00%～2.00%）。現行計画との差は+0.50ポイント。',
    );
  }));

test('a fault has its sentence, and anything else is told as it is', () => {
  assert.equal(
    faultWords('damaged'),
    'This page cannot compute: the figures in this file are damaged.',
  );
  assert.equal(faultWords('toString'), 'This page cannot compute: toString.');
});

test('a Japanese title breaks anywhere but before a closing mark', () => {
  assert.deepEqual(wrapped('日本の軍事費（GDP比）。濃い帯', 10), [
    '日本の軍事',
    '費（GDP',
    '比）。濃い',
    '帯',
  ]);
  assert.ok(widthOf('東京') > 25 && widthOf('Tokyo') < 40);
});

test('an address names a language', () => {
  assert.equal(languageIn('#lang=ja'), 'ja');
  assert.equal(languageIn('#s=KOR&lang=ja&embed'), 'ja');
  assert.equal(languageIn('#slang=ja'), null);
  assert.equal(languageIn('#p=lang'), null);
});

/** A page of three elements, as far as a swap touches it. */
function page(packed: string): { document: Record<string, unknown>; shown: unknown[] } {
  const shown: unknown[] = [];
  const study = { id: 'tenbin-study' },
    made = { innerHTML: '', content: { getElementById: () => null } };
  const elements: Record<string, unknown> = {
    'tenbin-study': study,
    'tenbin-other': { textContent: `\n${packed}\n` },
    sheet: {
      contains: (element: unknown) => element === study,
      replaceChildren: (...all: unknown[]) => shown.push(made.innerHTML, ...all.slice(1)),
    },
    language: { lang: 'ja', dataset: { title: '日本' } },
  };
  const document = {
    documentElement: { lang: 'en' },
    title: 'Japan',
    getElementById: (id: string) => elements[id] ?? null,
    createElement: () => made,
  };
  Object.assign(globalThis, { document });
  return { document, shown };
}
const packed = deflateSync('<h1>日本</h1>').toString('base64');

test('a swap shows the other language and keeps what both share', async () => {
  const { document, shown } = page(packed);
  await swap();
  assert.deepEqual(shown, ['<h1>日本</h1>', { id: 'tenbin-study' }]);
  assert.deepEqual([document['documentElement'], document['title']], [{ lang: 'ja' }, '日本']);
  Reflect.deleteProperty(globalThis, 'document');
});

test('a language that cannot be read leaves the page as it was written, with a notice', async () => {
  for (const broken of ['', '!', packed.slice(0, 12), `A${packed.slice(1)}`]) {
    const { document, shown } = page(broken);
    const { written, notice } = await showLanguage('#lang=ja');
    assert.deepEqual([written, shown, document['title']], ['en', [], 'Japan'], broken);
    assert.match(notice, /cannot be read/);
  }
  const { shown } = page(packed);
  assert.equal((await showLanguage('#lang=en')).notice, '');
  assert.deepEqual(shown, [], 'the language in which the page is written');
  Reflect.deleteProperty(globalThis, 'document');
});
