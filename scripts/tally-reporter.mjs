// @ts-check
/**
 * Tells vitest's outcome to `scripts/test.mjs`, as JSON in the file that THROUGHLINE_TEST_TALLY names:
 * how many tests passed and failed, and each skipped test with the reason it gave.
 */
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * What came of a run. A file that cannot be loaded and an error outside any test count as one failure each.
 *
 * @typedef {{ passed: number, failed: number, skipped: { file: string, title: string, reason: string | null }[] }} Tally
 */

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export.
export default class TallyReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} errors
   */
  onTestRunEnd(modules, errors) {
    /** @type {Tally} */
    const tally = { passed: 0, failed: errors.length, skipped: [] }
    for (const module of modules) {
      tally.failed += module.errors().length
      for (const suite of module.children.allSuites()) tally.failed += suite.errors().length
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') tally.passed += 1
        else if (result.state === 'skipped')
          tally.skipped.push({
            file: relative(process.cwd(), module.moduleId),
            title: test.fullName,
            reason: result.note ?? null,
          })
        // A test that is still pending when all ends never finished.
        else tally.failed += 1
      }
    }
    const path = process.env.THROUGHLINE_TEST_TALLY
    if (path !== undefined) writeFileSync(path, JSON.stringify(tally))
  }
}
