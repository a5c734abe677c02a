import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import importSort from 'eslint-plugin-simple-import-sort';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'lib/**',
      // AssemblyScript: its decorators are not TypeScript syntax.
      'src/engine/kernels/assembly/**',
      '**/conformance/data/**',
      '.work/**',
      '.venv*/**',
      'gradlens/labextension/**',
      '**/node_modules/**',
      '**/test-results/**'
    ]
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.*', '**/testing/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules
  },
  {
    plugins: { 'simple-import-sort': importSort },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'prefer-const': 'error',
      eqeqeq: 'error',
      'simple-import-sort/imports': [
        'error',
        // Side effects, Node's modules, packages, then ours from the farthest to the nearest: no blank lines between.
        { groups: [['^\\u0000', '^node:', '^@?\\w', '^', '^\\.']] }
      ],
      'simple-import-sort/exports': 'error'
    }
  },
  {
    files: ['**/*.{mjs,js}'],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: { '@typescript-eslint/no-require-imports': 'off' }
  },
  prettier
);
