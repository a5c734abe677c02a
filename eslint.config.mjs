import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import importSort from 'eslint-plugin-simple-import-sort';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const TYPED = ['src/**/*.{ts,tsx}', 'ui-tests/**/*.ts', 'conformance/**/*.ts', 'bench/**/*.{ts,tsx}'];
const TESTS = ['**/*.spec.{ts,tsx}', '**/testing/**', 'ui-tests/**/*.ts', 'conformance/**/*.ts', 'bench/**/*.{ts,tsx}'];

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
  ...tseslint.configs.recommendedTypeCheckedOnly.map(config => ({ ...config, files: TYPED })),
  {
    files: TYPED,
    languageOptions: { parserOptions: { project: 'tsconfig.check.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Our interfaces declare methods; those that are passed on do not use `this`.
      '@typescript-eslint/unbound-method': 'off',
      // An AbortSignal's reason and IndexedDB's errors are passed on as they are.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // A model file may hold anything; what is shown of it is its text.
      '@typescript-eslint/no-base-to-string': 'off',
      // tfjs' generics take the rank from the assertion.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // Asynchronous by their interface: what throws must reject.
      '@typescript-eslint/require-await': 'off'
    }
  },
  {
    // Answers from a page have no types.
    files: TESTS,
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off'
    }
  },
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
