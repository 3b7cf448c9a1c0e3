import js from '@eslint/js'
import ts from 'typescript-eslint'

/** Clock, ids and chance come from `world`: what is tested must be decided by its arguments. */
const determinism = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'The clock comes from world.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock comes from world.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Chance comes from world.' },
  { selector: "Identifier[name='randomUUID']", message: 'Ids come from world.' },
  { selector: "MemberExpression[object.name='performance'][property.name='now']", message: 'The clock comes from world.' },
]

export default ts.config(
  { ignores: ['**/node_modules/', '**/dist/', '**/.astro/', 'cdk.out/', '.local/', '.data/', 'tests/screenshots/', 'tests/lighthouse/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ['**/*.{ts,mjs,js}'],
    rules: {
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-console': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
    },
  },
  {
    files: ['packages/{core,http,contract}/**/*.ts', 'functions/**/*.ts'],
    ignores: ['**/*.test.ts', 'packages/core/world.ts', 'packages/contract/client.ts'],
    rules: { 'no-restricted-syntax': ['error', ...determinism], 'no-console': 'error' },
  },
)
