// SPDX-License-Identifier: Apache-2.0
/** Whether the page is as it was written, and its engine computes as it should. */

/** What the browser holds of a part of the page, a line each, as src/tenbin/page/seal.hpp puts it. */
export function contents(root: Node): string {
  const lines: string[] = [];
  const one = (text: string) => text.replace(/[ \t\n\r\f]+/g, ' ').replace(/^ | $/g, '');
  const visit = (node: Node) => {
    for (const child of node.childNodes) {
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
      visit(child);
      lines.push(`</${child.localName}>`);
    }
  };
  visit(root);
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
