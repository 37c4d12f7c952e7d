// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { filled, judged } from '../src/predict.ts';

test('a drawn line is straight from the last figure, between what was drawn, and flat behind', () => {
  assert.deepEqual(filled(new Map([[2028, 4]]), 2025, 2030, 1), [
    [2025, 1],
    [2026, 2],
    [2027, 3],
    [2028, 4],
    [2029, 4],
    [2030, 4],
  ]);
  assert.deepEqual(
    filled(
      new Map([
        [2030, 2],
        [2026, 6],
      ]),
      2025,
      2030,
      1,
    ),
    [
      [2025, 1],
      [2026, 6],
      [2027, 5],
      [2028, 4],
      [2029, 3],
      [2030, 2],
    ],
  );
  assert.deepEqual(filled(new Map(), 2025, 2026, 1), [
    [2025, 1],
    [2026, 1],
  ]);
});

test('a guess is told by where it lies among the futures', () => {
  const q = [1, 2, 3, 4, 5, 6, 7];
  const words = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5].map((g) => judged(g, q));
  assert.deepEqual(words, [
    'You expected {guess} in {year}: below 95% of the simulations.',
    'You expected {guess} in {year}: below 90% of the simulations.',
    'You expected {guess} in {year}: lower than most: below three quarters of the simulations.',
    'You expected {guess} in {year}: in the middle half of the simulations.',
    'You expected {guess} in {year}: in the middle half of the simulations.',
    'You expected {guess} in {year}: higher than most: above three quarters of the simulations.',
    'You expected {guess} in {year}: above 90% of the simulations.',
    'You expected {guess} in {year}: above 95% of the simulations.',
  ]);
});
