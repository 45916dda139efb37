// Browser globals, too: what page.evaluate runs stands among the rest.
// What a reader of the Node tests would stumble over. Formatting is .editorconfig's.
import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: { ...globals.node, ...globals.browser } },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-await-in-loop': 'off',
      'require-atomic-updates': 'off',
    },
  },
];
