// SPDX-License-Identifier: Apache-2.0
// Rules for page/: the recommended ones of ESLint and typescript-eslint. Prettier sets the layout.
import js from '@eslint/js';
import globals from 'globals';
import typescript from 'typescript-eslint';

export default [
  { ignores: ['**/node_modules/'] },
  js.configs.recommended,
  ...typescript.configs.recommended,
  {
    files: ['**/*.mjs'],
    // Functions handed to page.evaluate() run in the browser, with the page's own `tenbin` and axe-core.
    languageOptions: {
      globals: { ...globals.node, ...globals.browser, tenbin: 'readonly', axe: 'writable' },
    },
  },
  {
    files: ['**/*.ts'],
    // A value that a test has just made is there.
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
];
