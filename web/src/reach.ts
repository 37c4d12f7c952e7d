// SPDX-License-Identifier: Apache-2.0
/** Whose missiles reach whom: a map with range rings. */
import {
  geoAzimuthalEquidistant,
  geoCircle,
  geoDistance,
  geoInterpolate,
  geoNaturalEarth1,
  geoPath,
  type GeoProjection,
  type GeoPermissibleObjects,
} from 'd3-geo';
import { feature } from 'topojson-client';
import atlas from 'world-atlas/land-110m.json';
import { count, list, say, sentences } from './language.ts';
import type { LiveData, Place } from './live.ts';

const earth = 6371.0088; // km, mean radius
const degrees = 180 / Math.PI;
const kilometres = (a: Place, b: Place) => earth * geoDistance([a.lon, a.lat], [b.lon, b.lat]);
const land = feature(
  atlas as unknown as Parameters<typeof feature>[0],
  'land',
) as GeoPermissibleObjects;

/** A range ring as the edge of a disc on the sphere; of half the sphere or more its other side is the disc's. */
export function ring(from: Place, km: number): GeoPermissibleObjects {
  const disc = geoCircle()
    .center([from.lon, from.lat])
    .radius((km / earth) * degrees)
    .precision(1)();
  return { type: 'LineString', coordinates: disc.coordinates[0]! };
}
/** The shortest way. */
export function way(from: Place, to: Place): GeoPermissibleObjects {
  const at = geoInterpolate([from.lon, from.lat], [to.lon, to.lat]);
  return { type: 'LineString', coordinates: Array.from({ length: 65 }, (_, k) => at(k / 64)) };
}

/** Ranges that can be told apart, longest first, with one system each. */
export function rings(missiles: [string, number][]): [string, number][] {
  const told: [string, number][] = [];
  for (const m of [...missiles].sort((a, b) => b[1] - a[1]))
    if (told.length < 5 && (told.length === 0 || m[1] < 0.7 * told[told.length - 1]![1]))
      told.push(m);
  return told;
}

const space = 'http://www.w3.org/2000/svg';
function svg(tag: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const made = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.textContent = text;
  return made;
}

/** Near it the world round a place, every distance from there true; else all of the world with that place in the middle. */
export function projectionOf(
  from: Place,
  farthest: number,
  width: number,
  height: number,
): GeoProjection {
  const near = 8500; // km
  if (farthest > near)
    return geoNaturalEarth1()
      .rotate([-from.lon, 0])
      .fitExtent(
        [
          [2, 2],
          [width - 2, height - 2],
        ],
        { type: 'Sphere' },
      );
  const shown = 1.15 * Math.max(farthest, 2000);
  return geoAzimuthalEquidistant()
    .rotate([-from.lon, -from.lat])
    .translate([width / 2, height / 2])
    .scale(height / 2 / (shown / earth))
    .clipExtent([
      [0, 0],
      [width, height],
    ]);
}

/** Pixels that a text takes, about: a Japanese letter (from U+2E80 on) is as wide as it is high. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, c) => sum + (c.codePointAt(0)! > 0x2e7f ? 13 : 7.3), 0);
}

/** Puts texts where they hide no other. */
class Labels {
  private readonly taken: [number, number, number, number][] = [];
  readonly made: SVGElement[] = [];
  private readonly width: number;
  private readonly height: number;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }
  keepClear(x: number, y: number, r: number): void {
    this.taken.push([x - r, y - r, x + r, y + r]);
  }
  put(x: number, y: number, text: string, fill: string): void {
    const wide = widthOf(text),
      high = 15,
      gap = 8;
    const places = [
      [x + gap, y - 8],
      [x - gap - wide, y - 8],
      [x - wide / 2, y - gap - high],
      [x - wide / 2, y + gap],
      [x + gap, y + 6],
      [x + gap, y - 22],
      [x - gap - wide, y + 6],
      [x - gap - wide, y - 22],
    ] as const;
    for (const [left, top] of places) {
      const box = [left, top, left + wide, top + high] as const;
      const free =
        left >= 0 &&
        box[2] <= this.width &&
        top >= 0 &&
        box[3] <= this.height &&
        this.taken.every((t) => box[2] < t[0] || box[0] > t[2] || box[3] < t[1] || box[1] > t[3]);
      if (!free) continue;
      this.taken.push([...box]);
      this.made.push(
        svg(
          'text',
          {
            x: left.toFixed(1),
            y: (top + 12).toFixed(1),
            fill,
            stroke: '#fff',
            'stroke-width': 3,
            'paint-order': 'stroke',
          },
          text,
        ),
      );
      return;
    }
  }
}

/** The map of one state, and what it shows in words. */
export function reachMap(
  live: LiveData,
  state: number,
  width: number,
): { map: Element; says: string } | null {
  const from = live.places[state];
  if (!from) return null;
  const height = Math.round(0.55 * width);
  const name = live.states[state]!.name;
  const range = (km: number) => say('{value} km', { value: count(km) });
  const told = rings(from.missiles),
    longest = told[0]?.[1] ?? 0;
  const rivals = from.rivals.flatMap((k) =>
    live.places[k] ? [{ name: live.states[k]!.name, place: live.places[k] }] : [],
  );
  const farthest = Math.max(longest, ...rivals.map((r) => kilometres(from, r.place)));
  const projection = projectionOf(from, farthest, width, height),
    path = geoPath(projection);
  const marks: SVGElement[] = [];
  const draw = (what: GeoPermissibleObjects, attributes: Record<string, string | number>) =>
    marks.push(svg('path', { d: path(what) ?? '', ...attributes }));
  draw({ type: 'Sphere' }, { fill: '#eef3f6', stroke: '#c9ced2' });
  draw(land, { fill: '#d9d5c8', stroke: '#b9b4a4', 'stroke-width': 0.5 });
  for (const r of rivals)
    draw(
      way(from, r.place),
      kilometres(from, r.place) <= longest
        ? { fill: 'none', stroke: '#d55e00', 'stroke-width': 2 }
        : { fill: 'none', stroke: '#5b6269', 'stroke-width': 1.2, 'stroke-dasharray': '4 4' },
    );
  for (const [, km] of told)
    draw(ring(from, km), { fill: 'none', stroke: '#0072b2', 'stroke-width': 1.5 });
  const labels = new Labels(width, height);
  const dots = [
    { place: from, text: from.capital || name, r: 6, fill: '#d55e00' },
    ...rivals.map((r) => ({
      place: r.place,
      text: r.place.capital || r.name,
      r: 4,
      fill: '#1d2125',
    })),
  ];
  const at = (p: { lon: number; lat: number }) => projection([p.lon, p.lat])!;
  for (const d of dots) {
    const [cx, cy] = at(d.place);
    marks.push(
      svg('circle', { cx: cx.toFixed(1), cy: cy.toFixed(1), r: d.r, fill: d.fill, stroke: '#fff' }),
    );
    labels.keepClear(cx, cy, d.r);
  }
  for (const d of dots) labels.put(...at(d.place), d.text, '#1d2125');
  for (const [, km] of told) {
    const south = from.lat - (km / earth) * degrees; // where a ring is named
    if (south > -75) labels.put(...at({ lon: from.lon, lat: south }), range(km), '#005a8c');
  }
  const map = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' });
  map.append(...marks, ...labels.made);
  const reached = rivals.filter((r) => kilometres(from, r.place) <= longest).map((r) => r.name);
  const missiles = list(told.map(([system, km]) => `${system} ${range(km)}`));
  const whom = () => {
    if (from.rivals.length === 0) return say('Nobody here counts it as a rival.');
    if (rivals.length === 0) return say('Where those lie who count it as a rival is not known.');
    return reached.length > 0
      ? say('The longest reaches {countries}.', { countries: list(reached) })
      : say('None reaches a capital of those who count it as a rival.');
  };
  const says =
    told.length === 0
      ? say('{country}: the panel has no missile in service.', { country: name })
      : sentences(say('{country}: {missiles}.', { country: name, missiles }), whom());
  map.setAttribute('aria-label', says);
  return { map, says };
}
