// @ts-check
/**
 * `npm run bench`: measures the way from an export to reports, and writes what it found to `bench/RESULTS.md`.
 *
 *     npm run bench                              10 k, 100 k and 1 M facts, three runs of everything
 *     npm run bench -- --size 10m                one size, or several: --size 10k,100k
 *     npm run bench -- --only rebuild,live       parts of it: import, rebuild, reports, explain, start, live
 *     npm run bench -- --runs 5 --out page.md    more runs, another page
 *
 * The page keeps what earlier runs measured of other sizes and parts, each with its own date and load.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pageOf } from '../bench/page.mjs'
import { PARTS } from '../bench/parts.mjs'
import { startedPostgres } from '../bench/postgres.mjs'
import { bootstrap, ROOT } from './bootstrap.mjs'
import { build, bundlePrograms } from './build.mjs'
import { run, say, seconds } from './progress.mjs'

const CACHE = join(ROOT, 'bench', '.cache')
/** Of this run alone: another one may be going on. */
const PROGRAMS = join(CACHE, `programs-${process.pid}`)

/** People of a generated company that gives about so many facts. */
const SIZES = /** @type {Readonly<Record<string, number>>} */ ({
  '10k': 910,
  '100k': 9100,
  '1m': 91_000,
  '10m': 910_000,
})
const USUAL = ['10k', '100k', '1m']

const { sizes, parts, runs, out } = readArguments()
const began = performance.now()
await bootstrap()
if (parts.some(({ name }) => name === 'start') && !(await build())) process.exit(1)
await bundlePrograms(
  {
    measure: join(ROOT, 'bench', 'measure.ts'),
    'rebuild-worker': join(ROOT, 'packages', 'mart', 'src', 'rebuild-worker.ts'),
  },
  PROGRAMS,
)
const postgres = parts.some(({ name }) => name === 'import') ? await startedPostgres() : undefined
try {
  for (const size of sizes) await measureSize(size)
} finally {
  await postgres?.stop()
  rmSync(PROGRAMS, { recursive: true, force: true })
}
say(`Took ${seconds(began)}. ${out.page}`)

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        size: { type: 'string', multiple: true },
        only: { type: 'string', multiple: true },
        runs: { type: 'string', default: '3' },
        out: { type: 'string', default: join(ROOT, 'bench', 'RESULTS.md') },
      },
    })
    const list = (
      /** @type {string[] | undefined} */ given,
      /** @type {string[]} */ usual,
      /** @type {string[]} */ known,
    ) => {
      const wanted = given?.flatMap((one) => one.toLowerCase().split(',')) ?? usual
      const unknown = wanted.find((one) => !known.includes(one))
      if (unknown !== undefined) throw new Error(`There is no "${unknown}"; there are ${known.join(', ')}.`)
      return known.filter((one) => wanted.includes(one))
    }
    const names = PARTS.map(({ name }) => name)
    const chosen = list(values.only, names, names)
    if (!/^[1-9]\d?$/.test(values.runs)) throw new Error('--runs takes a whole number from 1 to 99.')
    const page = resolve(values.out)
    return {
      sizes: list(values.size, USUAL, Object.keys(SIZES)),
      parts: PARTS.filter(({ name }) => chosen.includes(name)),
      runs: Number(values.runs),
      out: { page, json: page.replace(/(\.md)?$/, '.json') },
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(2)
  }
}

/** Measures every part at one size, and writes the page after each, so that an interrupted run loses little. @param {string} size */
async function measureSize(size) {
  const people = /** @type {number} */ (SIZES[size])
  const org = await company(people)
  const data = join(CACHE, `data-${size}-${process.pid}`)
  try {
    const house = { size, org, data, runs, postgres, measure }
    /** @type {readonly string[]} */
    let there = []
    for (const part of parts) {
      // What a part that was not asked for would have left behind is made without measuring.
      if (part.needs.includes('facts') && !there.includes('facts')) {
        say(`${size}: importing`)
        await measure('import', { org: org.folder, data })
      }
      if (part.needs.includes('mart') && !there.includes('mart')) {
        say(`${size}: rebuilding`)
        await measure('rebuild', { data, fresh: true, workers: 2 })
      }
      there = [...there, ...part.needs, ...part.leaves]
      const load = [os.loadavg()[0]]
      const start = performance.now()
      const measured = await part.measure(house)
      say(`${size}: ${part.name} (${seconds(start)})`)
      load.push(os.loadavg()[0])
      keep(size, part.name, { ...measured, at: { ...(await circumstances()), runs, load } }, people, org)
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

/**
 * Puts a part's figures among those of other sizes, parts and runs, and writes the page anew.
 *
 * @param {string} size
 * @param {string} part
 * @param {object} measured
 * @param {number} people
 * @param {{ rows: number, bytes: number }} org
 */
function keep(size, part, measured, people, { rows, bytes }) {
  const results = existsSync(out.json) ? JSON.parse(readFileSync(out.json, 'utf8')) : {}
  results[size] = { ...results[size], people, rows, bytes, [part]: measured }
  const text = JSON.stringify(results, rounded, 1)
  writeFileSync(out.json, `${text}\n`)
  writeFileSync(out.page, pageOf(JSON.parse(text)))
}

/** Figures with six digits: the page shows three. @param {string} _ @param {unknown} value */
function rounded(_, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value
}

/**
 * Runs one measurement in a process of its own.
 *
 * @param {string} part
 * @param {object} options
 */
async function measure(part, options) {
  const { code, output } = await run(process.execPath, [join(PROGRAMS, 'measure.mjs'), part, JSON.stringify(options)], {
    cwd: ROOT,
    quiet: true,
  })
  if (code !== 0) throw new Error(`Measuring ${part} failed:\n${output}`)
  return JSON.parse(/** @type {string} */ (output.trimEnd().split('\n').at(-1)))
}

/** A generated company of so many people, made anew when the generator has changed. @param {number} people */
async function company(people) {
  const folder = join(CACHE, `company-${people}`)
  const stamp = join(CACHE, `company-${people}.stamp`)
  const sources = join(ROOT, 'packages', 'connectors', 'src', 'synthetic-org')
  const hash = createHash('sha256')
  for (const file of readdirSync(sources).sort())
    if (!file.endsWith('.test.ts')) hash.update(readFileSync(join(sources, file)))
  const wanted = hash.digest('hex')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    say(`Generating a company of ${people.toLocaleString('en')} people …`)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(CACHE, { recursive: true })
    const made = `${folder}-making`
    rmSync(made, { recursive: true, force: true })
    await measure('company', { out: made, people, seed: 'bench', until: '2026-06-30' })
    // The truth is no part of an export.
    rmSync(join(made, 'truth'), { recursive: true, force: true })
    cpSync(made, folder, { recursive: true })
    rmSync(made, { recursive: true })
    writeFileSync(stamp, wanted)
  }
  /** @type {{ files: Record<string, { rows: number, bytes: number }> }} */
  const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const exported = Object.entries(files).flatMap(([name, file]) => (name.startsWith('truth/') ? [] : [file]))
  const sum = (/** @type {'rows' | 'bytes'} */ what) => exported.reduce((total, file) => total + file[what], 0)
  return { folder, rows: sum('rows'), bytes: sum('bytes') }
}

/** When, on what and with which versions something was measured. */
async function circumstances() {
  const version = (/** @type {string} */ name) =>
    JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version
  const cpus = os.cpus()
  const commit = await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, quiet: true })
  const changed = await run('git', ['status', '--porcelain', '--', 'packages'], { cwd: ROOT, quiet: true })
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    commit:
      commit.code === 0 ? `${commit.output.trim()}${changed.output.trim() === '' ? '' : ' with changes'}` : 'none',
    processor: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release().split('-')[0]} ${os.arch()}`,
    node: process.versions.node,
    duckdb: version('@duckdb/node-api'),
    libsql: version('libsql'),
    ...(postgres && { postgres: postgres.version }),
  }
}
