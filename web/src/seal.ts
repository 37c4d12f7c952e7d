// SPDX-License-Identifier: Apache-2.0
/** Whether the page is as it was written, and its engine computes as it should. */

/** Elements of the head that tenbin writes, but its seal: browsers and extensions add others there, which the page's policy does not let act. */
function isOwn(element: Element): boolean {
  if (element.localName === 'meta')
    return !['tenbin-seal', 'darkreader', 'color-scheme'].includes(
      element.getAttribute('name') ?? '',
    );
  return element.localName !== 'style' || element.attributes.length === 0;
}

/** What the browser holds of the page, a line each, as src/tenbin/page/seal.hpp puts it. */
export function contents(page: Document): string {
  const lines: string[] = [];
  const one = (text: string) => text.replace(/[ \t\n\r\f]+/g, ' ').replace(/^ | $/g, '');
  const visit = (nodes: Iterable<Node>) => {
    for (const child of nodes) {
      if (child instanceof Text) {
        const text = one(child.data);
        if (text) lines.push(text);
      }
      if (
        !(child instanceof Element) ||
        (child.localName === 'script' && !child.hasAttribute('type'))
      )
        continue;
      const attributes = Array.from(child.attributes, (a) => ` ${a.name}=${one(a.value)}`);
      lines.push(`<${child.localName}${attributes.join('')}>`);
      visit(child.childNodes);
      lines.push(`</${child.localName}>`);
    }
  };
  visit([...page.head.children].filter(isOwn));
  visit(page.body.childNodes);
  return lines.map((line) => `${line}\n`).join('');
}

/** SHA-256 in hexadecimal digits; nothing where this browser does not tell it of a file. */
export async function sha256(bytes: Uint8Array): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const hash = await crypto.subtle.digest('SHA-256', bytes as BufferSource);
  return Array.from(new Uint8Array(hash), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Of an answer's numbers; a NaN counts as 0, since it has many bits. */
export function fingerprint(numbers: Float64Array): Promise<string | null> {
  return sha256(new Uint8Array(numbers.map((x) => (x === x ? x : 0)).buffer));
}
