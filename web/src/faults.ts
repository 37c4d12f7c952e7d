// SPDX-License-Identifier: Apache-2.0
/** Why a page does not compute. A worker names the fault; the page has the words for it. */
import { type English, say } from './language.ts';

const words = {
  'other numbers':
    'This page cannot compute: its engine gives other numbers in this browser than when the page was written.',
  'not started': 'This page cannot compute: the engine could not be started.',
  damaged: 'This page cannot compute: the figures in this file are damaged.',
  'not understood': 'This page cannot compute: the engine does not know what was asked.',
  disagreed: 'This page cannot compute: its workers do not agree on what was asked.',
} as const satisfies Record<string, English>;
export type Fault = keyof typeof words;

/** A sentence on a fault, or on anything else that a browser says. */
export function faultWords(why: Fault | string): string {
  return Object.hasOwn(words, why)
    ? say(words[why as Fault])
    : say('This page cannot compute: {reason}.', { reason: why });
}
