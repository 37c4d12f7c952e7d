// SPDX-License-Identifier: Apache-2.0
/** Elements of the page; text from a file is only ever text. */

export const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
};
export const buttonById = (id: string): HTMLButtonElement => byId(id) as HTMLButtonElement;

export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  text = '',
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

/** A page is slow to touch: only what differs is. */
export const setText = (where: Element, text: string): void => {
  if (where.textContent !== text) where.textContent = text;
};
