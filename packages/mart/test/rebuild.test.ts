import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_RULES } from '@throughline/core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type DuckMart, MartError, openMart } from '../src/index.ts'
import { bundle } from '../testing/bundle.ts'
import { companyFacts } from '../testing/company.ts'
import { logInMemory } from '../testing/log-in-memory.ts'
import { plainDerive } from '../testing/plain-derive.ts'

const rules = DEFAULT_RULES
const asOf = Date.UTC(2100, 0, 1)
let folder: string
let file: string
let mart: DuckMart
let worker: Awaited<ReturnType<typeof bundle>>
let failing: Awaited<ReturnType<typeof bundle>>
let child: Awaited<ReturnType<typeof bundle>>

beforeAll(async () => {
  worker = await bundle('./plain-worker.ts')
  failing = await bundle('./failing-worker.ts')
  child = await bundle('./building-child.ts')
})

afterAll(() => {
  for (const bundled of [worker, failing, child]) bundled.remove()
})

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mart-rebuild-'))
  file = join(folder, 'mart.duckdb')
  mart = await openMart({ file, derive: plainDerive, workerFile: worker.file, factsPerShard: 500 })
})

afterEach(async () => {
  await mart.close()
  rmSync(folder, { recursive: true, force: true })
})

test('no worker, one and two workers derive the same world', async () => {
  const store = logInMemory(companyFacts(1_500))
  const digests = []
  for (const workers of [0, 1, 2]) {
    const built = await mart.build('live', { store, rules, asOf, workers })
    expect(built).toMatchObject({ clusters: 1_500, facts: store.size() })
    digests.push((await mart.digest('live')).hash)
  }
  expect(new Set(digests).size).toBe(1)
  expect((await mart.digest('live')).tables.find(({ table }) => table === 'people')?.rows).toBe(1_500)
})

test('progress of a build only grows, and ends where it said it would', async () => {
  const store = logInMemory(companyFacts(600))
  const said: [string, number, number][] = []
  await mart.build('live', {
    store,
    rules,
    asOf,
    workers: 1,
    onProgress: ({ step, done, of }) => said.push([step, done, of]),
  })
  expect([...new Set(said.map(([step]) => step))]).toEqual(['copy facts', 'split', 'fold', 'publish'])
  const folds = said.filter(([step]) => step === 'fold')
  expect(folds.map(([, done]) => done)).toEqual(folds.map(([, done]) => done).sort((a, b) => a - b))
  expect(folds.at(-1)?.[1]).toBe(folds.at(-1)?.[2])
})

test('an error in a thread ends the build, and the old world stays', async () => {
  await mart.build('live', { store: logInMemory(companyFacts(50)), rules, asOf, workers: 1 })
  const before = await mart.digest('live')
  await mart.close()
  mart = await openMart({ file, workerFile: failing.file })
  const building = mart.build('live', { store: logInMemory(companyFacts(300)), rules, asOf, workers: 2 })
  await expect(building).rejects.toThrow('a bug in the fold')
  expect(await mart.digest('live')).toEqual(before)
})

test('threads without a worker file are refused with a remedy', async () => {
  await mart.close()
  mart = await openMart({ file })
  const building = mart.build('live', { store: logInMemory(companyFacts(5)), rules, asOf, workers: 1 })
  await expect(building).rejects.toThrow(MartError)
  await expect(building).rejects.toMatchObject({ code: 'worker-file-missing' })
})

/** Starts a build in a process of its own and kills it as soon as it says that it has come to `step`. */
async function killedAt(step: string): Promise<void> {
  const process = spawn(globalThis.process.execPath, [child.path, file, '600', worker.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let reached = false
  process.stdout.on('data', (text: Buffer) => {
    const line = text.toString()
    if (!reached && line.includes(step)) {
      reached = true
      process.kill('SIGKILL')
    }
  })
  const signal = await new Promise((resolve) => process.on('exit', (_code, by) => resolve(by)))
  expect([step, reached, signal]).toEqual([step, true, 'SIGKILL'])
}

test.each(['copy facts', 'split', 'fold', 'publish 0'])(
  'a build killed at "%s" leaves the old world, no files, and can be done again',
  async (step) => {
    await mart.build('live', { store: logInMemory(companyFacts(100)), rules, asOf, workers: 0 })
    const before = await mart.digest('live')
    await mart.close()
    await killedAt(step)
    mart = await openMart({ file, derive: plainDerive, workerFile: worker.file, factsPerShard: 500 })
    // A process that dies right after it said "publish" may have published: all or nothing, in any case.
    const after = await mart.digest('live')
    if (step !== 'publish 0' || after.tables[0]?.rows === 100) expect(after).toEqual(before)
    expect(existsSync(`${file}.tmp`)).toBe(false)
    const schemas = await mart.read('live', (ask) =>
      ask(
        "select schema_name from duckdb_schemas() where schema_name like 'w%' and database_name = current_database()",
      ),
    )
    expect(schemas).toHaveLength(1)
    const whole = logInMemory(companyFacts(600))
    await mart.build('live', { store: whole, rules, asOf, workers: 1 })
    await mart.build('afresh', { store: whole, rules, asOf, workers: 0 })
    expect(await mart.digest('live')).toEqual(await mart.digest('afresh'))
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith('.tmp'))
        .flatMap((name) => readdirSync(join(folder, name))),
    ).toEqual([])
  },
)
