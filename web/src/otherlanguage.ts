// SPDX-License-Identifier: Apache-2.0
/** The other language of the page, which the page carries packed, and its key in the address. */
import { bytesOf, inflate } from './inflate.ts';
import { say } from './language.ts';

/** What an address names as language ("#lang=ja&p=…"); null: none. */
export function languageIn(address: string): string | null {
  return /(?:^#?|&)lang=([a-z-]+)(?=&|$)/.exec(address)?.[1] ?? null;
}

/** The button that changes the language: its `lang` and `data-title` are the other language's. A page in one language has none. */
export const languageButton = (): HTMLElement | null => document.getElementById('language');

/** What both languages share. The page holds it once, perhaps inside the sheet. */
const shared = ['tenbin-other', 'tenbin-study', 'tenbin-record'];

/**
 * Shows the page in its other language. A page in one language stays as it is.
 * Throws if the other language cannot be inflated; the page then stays as it was.
 */
export async function swap(): Promise<void> {
  const packed = document.getElementById('tenbin-other'),
    sheet = document.getElementById('sheet'),
    button = languageButton();
  if (!packed || !sheet || !button) return;
  const { lang, dataset } = button;
  const bytes = await inflate(bytesOf((packed.textContent ?? '').trim()));
  const made = document.createElement('template');
  made.innerHTML = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const kept = shared.flatMap((id) => {
    const element = document.getElementById(id);
    return element && sheet.contains(element) && !made.content.getElementById(id) ? [element] : [];
  });
  sheet.replaceChildren(made.content, ...kept);
  document.documentElement.lang = lang;
  if (dataset['title']) document.title = dataset['title'];
}

/** The language in which a page is shown. */
export interface Shown {
  written: string; // language of the file before a swap
  notice: string; // a sentence if the language that was asked for cannot be shown
}

/** Shows the language that the address asks for. */
export async function showLanguage(address: string): Promise<Shown> {
  const written = document.documentElement.lang;
  try {
    if (languageIn(address) === languageButton()?.lang) await swap();
    return { written, notice: '' };
  } catch {
    const notice = say(
      'The other language of this page cannot be read: its part of the file is damaged, or this browser is too old.',
    );
    return { written, notice };
  }
}
