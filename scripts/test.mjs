// @ts-check
/**
 * `npm test`: brings what is missing, checks the house, builds, and runs every suite, fast ones first.
 *
 *     npm test                          everything
 *     npm test -- --only unit           one suite, or several: --only unit,store (check: the checks alone)
 *     npm test -- packages/core         only test files whose path contains this
 *
 * Ends with the line `N passed, N failed, N skipped`; exit status 1 when anything failed, or nothing ran.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bootstrap, ROOT } from './bootstrap.mjs'
import { endPrograms, indented, run, say, seconds } from './progress.mjs'
import { findChromium, systemParts } from './system-parts.mjs'

const SUITES = ['unit', 'scenarios', 'house', 'store', 'http', 'end-to-end', 'browser']

/** Suites that use parts of the machine. */
const POSTGRES_SUITES = ['store', 'http', 'end-to-end']
const BROWSER_SUITES = ['browser']

const began = performance.now()
const { chosen, filters } = readArguments()
const suites = SUITES.filter((suite) => chosen.has(suite))

/** @type {import('./tally-reporter.mjs').Tally} */
const tally = { passed: 0, failed: 0, skipped: [] }

await bootstrap()
const needs = (/** @type {readonly string[]} */ names) => suites.some((suite) => names.includes(suite))
const missing = await systemParts([
  ...(needs(POSTGRES_SUITES) ? /** @type {const} */ (['postgres']) : []),
  ...(needs(BROWSER_SUITES) ? /** @type {const} */ (['chromium', 'fonts']) : []),
])
const postgres = needs(POSTGRES_SUITES) ? await startedPostgres() : undefined
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, async () => {
    endPrograms()
    await postgres?.stop()
    process.exit(130)
  })
}
try {
  if (chosen.has('check')) await runChecks()
  if (suites.length > 0) await runSuites()
} finally {
  await postgres?.stop()
}
report()

function readArguments() {
  const known = ['check', ...SUITES]
  try {
    const { values, positionals } = parseArgs({
      options: { only: { type: 'string', multiple: true } },
      allowPositionals: true,
    })
    const only = (values.only ?? []).flatMap((list) => list.split(','))
    const unknown = only.find((name) => !known.includes(name))
    if (unknown !== undefined) throw new Error(`There is no suite "${unknown}"; there are ${known.join(', ')}.`)
    // A path names test files, so the checks, which look at everything, are left out.
    const all = positionals.length > 0 ? SUITES : known
    return { chosen: new Set(only.length > 0 ? only : all), filters: positionals }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(2)
  }
}

/** A PostgreSQL server for this run: the one THROUGHLINE_TEST_POSTGRES names, or a temporary one. */
async function startedPostgres() {
  const given = process.env.THROUGHLINE_TEST_POSTGRES
  if (given !== undefined) return { url: given, stop: async () => {} }
  if (missing.has('postgres')) return undefined
  try {
    const { startPostgres } = await import('./postgres.mjs')
    return await startPostgres()
  } catch (error) {
    missing.set('postgres', `PostgreSQL did not start: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
}

async function runChecks() {
  const { CHECKS } = await import('./checks.mjs')
  say('Checks')
  for (const { title, look } of CHECKS) {
    const start = performance.now()
    const { code, output } = await look()
    say(`${code === 0 ? '✓' : '✗'} ${title} (${seconds(start)})`)
    if (code !== 0) say(indented(output))
    tally[code === 0 ? 'passed' : 'failed'] += 1
  }
}

async function runSuites() {
  const { build } = await import('./build.mjs')
  if (!(await build())) {
    say('✗ the programs and pages build')
    tally.failed += 1
  }
  const folder = mkdtempSync(join(tmpdir(), 'throughline-test-'))
  const path = join(folder, 'tally.json')
  const chromium = findChromium()
  const { code } = await run(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      `--reporter=${join(ROOT, 'scripts', 'tally-reporter.mjs')}`,
      ...suites.flatMap((suite) => ['--project', suite]),
      ...filters,
    ],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        THROUGHLINE_TEST_TALLY: path,
        ...(postgres === undefined ? {} : { THROUGHLINE_TEST_POSTGRES: postgres.url }),
        ...(chromium === undefined ? {} : { THROUGHLINE_TEST_CHROMIUM: chromium }),
      },
    },
  )
  const outcome = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { passed: 0, failed: 0, skipped: [] }
  rmSync(folder, { recursive: true, force: true })
  tally.passed += outcome.passed
  tally.failed += outcome.failed
  tally.skipped.push(...outcome.skipped)
  // Vitest can refuse without having run a test, for instance when no file matches.
  if (code !== 0 && outcome.failed === 0) {
    say(`✗ vitest ended with exit status ${code} without naming a failed test`)
    tally.failed += 1
  }
}

/** Lists what was skipped and why, then the closing line, and sets the exit status. */
function report() {
  say()
  for (const [part, reason] of missing) say(`MISSING ${part}: ${reason}.`)
  /** @type {Map<string, number>} */
  const skips = new Map()
  for (const skip of tally.skipped) {
    const line = `${skip.file}: ${skip.reason ?? reasonOf(skip.file) ?? skip.title}`
    skips.set(line, (skips.get(line) ?? 0) + 1)
  }
  for (const [line, count] of skips) say(`SKIPPED ${count === 1 ? '1 test' : `${count} tests`} in ${line}`)
  const nothing = tally.passed + tally.failed === 0
  if (nothing) say('No test ran.')
  say(`Took ${seconds(began)}.`)
  say(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`)
  process.exitCode = tally.failed > 0 || nothing ? 1 : 0
}

/**
 * Why a file's tests are skipped when they do not say so themselves: the missing part the file asks for, or the comment
 * beside the condition (which `test/tidy.test.ts` asks for).
 *
 * @param {string} file
 */
function reasonOf(file) {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const lacks = [
    ['THROUGHLINE_TEST_POSTGRES', missing.get('postgres')],
    ['THROUGHLINE_TEST_CHROMIUM', missing.get('chromium')],
  ].find(([name, reason]) => reason !== undefined && text.includes(name ?? ''))
  if (lacks !== undefined) return lacks[1]
  const lines = text.split('\n')
  const condition = lines.findIndex((line) => /\.(skip|skipIf|runIf)\(/.test(line))
  const comments = [lines[condition], lines[condition - 1]].map(
    (line) => /\/[/*]+\s*(.{8,}?)\s*(\*\/)?$/.exec(line ?? '')?.[1],
  )
  return comments.find((comment) => comment !== undefined)
}
