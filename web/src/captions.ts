// SPDX-License-Identifier: Apache-2.0
/** What stands above the charts, below their files, and in each row of their numbers. */
import { count, say, sayInParts } from './language.ts';
import type { LiveData } from './live.ts';
import type { State } from './state.ts';

type Parts = ReturnType<typeof sayInParts>;

const fans = [
  {
    reported:
      '*{country}*: military spending, share of GDP; shaded: middle 50% and 80% of {count} simulations',
    imputed:
      '*{country}*: military spending, share of GDP; shaded: middle 50% and 80% of {count} simulations; the past is an estimate, not reported',
  },
  {
    reported:
      '*{country}*: military spending, billion {unit}; shaded: middle 50% and 80% of {count} simulations',
    imputed:
      '*{country}*: military spending, billion {unit}; shaded: middle 50% and 80% of {count} simulations; the past is an estimate, not reported',
  },
] as const;

/** Captions of the fan and of the difference. */
export function captions(
  live: LiveData,
  now: State,
  futures: number,
): Record<'fan' | 'difference', Parts> {
  const { name, imputed } = live.states[now.state]!;
  const { unit } = live.money,
    { plans } = live.story;
  return {
    fan: sayInParts(fans[now.unit][imputed ? 'imputed' : 'reported'], {
      country: name,
      unit,
      count: count(futures),
    }),
    difference:
      now.unit === 0
        ? sayInParts('*Difference from {plans}*, percentage points', { plans })
        : sayInParts('*Difference from {plans}*, billion {unit}', { plans, unit }),
  };
}

/** Where the figures of a chart come from; `seal`: of the page, null: not known. */
export function sourceOf({ source, futures, full }: LiveData, seal: string | null): string {
  const about = { source, futures, full };
  return seal === null
    ? say('{source}; tenbin, {futures} to {full} simulations', about)
    : say('{source}; tenbin, {futures} to {full} simulations; seal {seal}', {
        ...about,
        seal: seal.slice(0, 16),
      });
}

/** What each row of a chart's numbers is about: heads in English, since they are data, and words of the page. */
export function aboutRows(
  live: LiveData,
  now: State,
  seal: string | null,
): Record<'country' | 'unit' | 'scenario' | 'source', string> {
  const scenario = live.presets[now.preset]!.name;
  return {
    country: live.states[now.state]!.name,
    unit: now.unit === 0 ? say('share of GDP') : say('million {unit}', { unit: live.money.unit }),
    scenario: now.sliders.some((v) => v !== null)
      ? say('{scenario}, changed', { scenario })
      : scenario,
    source: sourceOf(live, seal),
  };
}
