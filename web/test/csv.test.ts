// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { cell } from '../src/downloads.ts';

test('no text of a CSV becomes a formula in a spreadsheet, and numbers stay numbers', () => {
  for (const text of ['=1+1', "=cmd|' /C calc'!A0", '@SUM(1)', '+1+cmd', '-5 and less', '\t=1'])
    assert.equal(cell(text), `'${text}`);
  assert.equal(cell("'=1+1"), "''=1+1");
  assert.equal(cell('=HYPERLINK("x","y")'), '"\'=HYPERLINK(""x"",""y"")"');
  assert.equal(cell('\r=1'), '"\'\r=1"');
  for (const text of ['-5', '+0.3', '-1,292', '+1.4%', '-3 %', '-', '−0.3', 'a=b', "it's", '']) {
    const field = cell(text);
    assert.equal(field.replace(/^"(.*)"$/, '$1'), text);
  }
  assert.equal(cell(-0.5), '-0.5');
  assert.equal(cell(-1e-9), '-1e-9');
});
