// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { geoDistance, geoPath } from 'd3-geo';
import type { Place } from '../src/live.ts';
import { projectionOf, ring, rings, way } from '../src/reach.ts';

const place = (lat: number, lon: number): Place => ({
  capital: '',
  lat,
  lon,
  missiles: [],
  rivals: [],
});
const tokyo = place(35.68, 139.76),
  pyongyang = place(39.02, 125.75),
  washington = place(38.9, -77.04),
  wellington = place(-41.29, 174.78),
  santiago = place(-33.45, -70.67);
const earth = 6371.0088;

/** Pieces of a drawn path and its longest stroke; one beside the pole, which is a line along the map's edge, may be long. */
function strokes(path: string | null, height = Infinity): { pieces: number; longest: number } {
  const pieces = (path ?? '')
    .split('M')
    .filter(Boolean)
    .map((p) =>
      p
        .replace('Z', '')
        .split('L')
        .map((xy) => xy.split(',').map(Number) as [number, number]),
    );
  const longest = Math.max(
    ...pieces.map((p) =>
      Math.max(
        0,
        ...p
          .slice(1)
          .map(([x, y], k) =>
            Math.min(y, height - y) < 15 ? 0 : Math.hypot(x - p[k]![0], y - p[k]![1]),
          ),
      ),
    ),
  );
  return { pieces: pieces.length, longest };
}

test('a ring is as far from its middle as it says, all round', () => {
  for (const km of [500, 5000, 15000])
    for (const from of [tokyo, wellington, place(89, 0)]) {
      const r = ring(from, km);
      assert.ok(r.type === 'LineString' && r.coordinates.length > 100);
      for (const at of r.coordinates)
        assert.ok(
          Math.abs(earth * geoDistance([from.lon, from.lat], at as [number, number]) - km) < 1,
        );
    }
});

test('a way is the shortest one: its pieces add up to the distance', () => {
  for (const [a, b] of [
    [pyongyang, washington],
    [wellington, santiago],
    [tokyo, wellington],
  ] as const) {
    const w = way(a, b);
    assert.ok(w.type === 'LineString');
    const length = w.coordinates
      .slice(1)
      .reduce(
        (sum, at, k) =>
          sum + geoDistance(w.coordinates[k] as [number, number], at as [number, number]),
        0,
      );
    assert.ok(Math.abs(length - geoDistance([a.lon, a.lat], [b.lon, b.lat])) < 1e-9);
  }
  const north = way(pyongyang, washington);
  assert.ok(
    north.type === 'LineString' && Math.max(...north.coordinates.map((c) => c[1]!)) > 75,
    'it goes by the pole',
  );
});

test('nothing is drawn across the map where it leaves one side and enters at the other', () => {
  const width = 900,
    height = 495;
  for (const from of [tokyo, pyongyang, washington, wellington]) {
    const flat = geoPath(projectionOf(from, 15000, width, height));
    for (const what of [
      ring(from, 4500),
      ring(from, 9000),
      ring(from, 13000),
      ring(from, 15000),
      ring(from, 19000),
      way(from, washington),
      way(from, santiago),
      way(from, place(-80, from.lon - 170)),
      way(from, place(85, from.lon + 175)),
    ]) {
      const { pieces, longest } = strokes(flat(what), height);
      assert.ok(
        pieces <= 3 && longest < 100,
        `${pieces} pieces, a stroke of ${longest.toFixed(0)}`,
      );
    }
  }
  // A ring round a place whose map is cut far from it is one piece; one that reaches beyond the cut is two.
  const flat = geoPath(projectionOf(tokyo, 15000, width, height));
  assert.equal(strokes(flat(ring(tokyo, 4000))).pieces, 1);
  assert.ok(
    strokes(flat(way(washington, place(38.9, -10)))).pieces === 2,
    'across the cut of a map with the Pacific in the middle',
  );
});

test('near it every distance from the middle is true', () => {
  const at = projectionOf(tokyo, 3000, 900, 495),
    [x0, y0] = at([tokyo.lon, tokyo.lat])!;
  const scale = (p: Place) => {
    const [x, y] = at([p.lon, p.lat])!;
    return Math.hypot(x - x0, y - y0) / geoDistance([tokyo.lon, tokyo.lat], [p.lon, p.lat]);
  };
  assert.ok(Math.abs(scale(pyongyang) / scale(place(20, 150)) - 1) < 1e-9);
});

test('rings that can hardly be told apart are one', () => {
  assert.deepEqual(
    rings([
      ['a', 1000],
      ['b', 950],
      ['c', 300],
      ['d', 13000],
    ]),
    [
      ['d', 13000],
      ['a', 1000],
      ['c', 300],
    ],
  );
  assert.deepEqual(rings([]), []);
});
