import { defineConfig } from 'vitest/config'

/**
 * The suites, in the order they run: fast ones first. A test file belongs to the first suite that matches it,
 * so no file is run twice and none is forgotten.
 */
const SUITES: Readonly<Record<string, readonly string[]>> = {
  browser: [
    'packages/web/test/**/*.browser.test.{ts,tsx}',
    'packages/web/test/browser/**/*.test.{ts,tsx}',
    'test/browser/**/*.test.ts',
  ],
  'end-to-end': ['test/end-to-end/**/*.test.ts', 'packages/cli/test/**/*.test.ts'],
  scenarios: ['packages/*/{src,test}/**/scenario*.test.ts', 'test/scenario*.test.ts'],
  store: ['packages/store/**/*.test.ts'],
  http: ['packages/server/**/*.test.ts'],
  house: ['test/*.test.ts'],
  unit: ['packages/*/{src,test}/**/*.test.{ts,tsx}'],
}

const ORDER = ['unit', 'scenarios', 'house', 'store', 'http', 'end-to-end', 'browser']

const names = Object.keys(SUITES)

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores are the size to build for; more workers only fight over them.
    maxWorkers: 2,
    projects: names.map((name, place) => ({
      extends: true,
      test: {
        name,
        include: [...(SUITES[name] ?? [])],
        exclude: ['**/node_modules/**', '**/dist/**', ...names.slice(0, place).flatMap((other) => SUITES[other] ?? [])],
        sequence: { groupOrder: ORDER.indexOf(name) },
      },
    })),
  },
})
