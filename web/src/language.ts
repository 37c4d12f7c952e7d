// SPDX-License-Identifier: Apache-2.0
/** What the script says, in the language of the page. English sentences stand where they are used; japanese.ts has the other language. */
import { japanese } from './japanese.ts';

export type Language = 'en' | 'ja';
/** A sentence that the Japanese table has; another one does not compile. */
export type English = keyof typeof japanese;

/** The names of the placeholders in a sentence: 'country' and 'year' of '{country} in {year}'. */
type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
/** No argument if the sentence has no placeholder, else a value for each one. */
type Arguments<S extends string> = [Names<S>] extends [never]
  ? []
  : [values: Record<Names<S>, string | number>];

let chosen: Language | null = null;
/** For tests: the language to use instead of the page's; null: the page's. */
export function setLanguage(language: Language | null): void {
  chosen = language;
}
/** The language of the page, at the time of the call. Without a page, as in a unit test or a worker: English. */
export function language(): Language {
  if (chosen) return chosen;
  return typeof document !== 'undefined' && document.documentElement.lang.startsWith('ja')
    ? 'ja'
    : 'en';
}

/** One pass, so that a name from a file that looks like a placeholder stays as it is. */
function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
const inLanguage = (english: English): string =>
  language() === 'ja' ? japanese[english] : english;

/** A whole sentence, heading or label. */
export function say<S extends English>(english: S, ...[values]: Arguments<S>): string {
  return fill(inLanguage(english), values);
}
/** The same in parts; the part between two asterisks is bold. */
export function sayInParts<S extends English>(
  english: S,
  ...[values]: Arguments<S>
): { text: string; bold: boolean }[] {
  return inLanguage(english)
    .split('*')
    .map((part, k) => ({ text: fill(part, values), bold: k % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
/** Whole sentences one after the other; empty ones are left out. */
export function sentences(...all: string[]): string {
  return all.filter(Boolean).join(language() === 'ja' ? '' : ' ');
}
/** "A, B and C", "A、B、C". */
export function list(all: string[]): string {
  return new Intl.ListFormat(language() === 'ja' ? 'ja' : 'en-GB').format(all);
}
/** "12,000" in both languages. */
export function count(n: number): string {
  return n.toLocaleString('en');
}
