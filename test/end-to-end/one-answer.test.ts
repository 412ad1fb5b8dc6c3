import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClusterFact, DEFAULT_RULES, type Fact } from '@throughline/core'
import { createEngine, type Engine, type Store } from '@throughline/engine'
import { openMart } from '@throughline/mart'
import { openStore, type StorePlace } from '@throughline/store'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { crampedHistory, DIRECTORY } from '../../packages/core/testing/histories.ts'

const DAY = 86_400_000
const folder = mkdtempSync(join(tmpdir(), 'throughline-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const postgres = process.env.THROUGHLINE_TEST_POSTGRES
let made = 0

const PLACES: readonly (readonly [string, () => Promise<StorePlace>])[] = [
  ['SQLite', async () => ({ file: join(folder, `${made++}.sqlite`) })],
  ['Postgres', freshDatabase],
]

async function freshDatabase(): Promise<StorePlace> {
  const name = `one_answer_${process.pid}_${made++}`
  const admin = new pg.Client({ connectionString: postgres })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = new URL(postgres as string)
  url.pathname = `/${name}`
  return { url: url.href }
}

type TestHouse = {
  store: Store
  engine: Engine
  now: number
  close: () => Promise<void>
  digest: () => Promise<string>
}

async function house(place: StorePlace, start: number): Promise<TestHouse> {
  const store = await openStore(place)
  const mart = await openMart({ file: join(folder, `mart-${made++}.duckdb`) })
  const one: TestHouse = {
    store,
    now: start,
    engine: createEngine({ store, mart, clock: () => one.now, workers: 0, ruleText: () => undefined }),
    digest: async () => (await mart.digest('live')).hash,
    async close() {
      await mart.close()
      await store.close()
    },
  }
  await one.engine.useRules({ dormancy: { days: 3 }, identity: { email: 'records' } })
  return one
}

/** Cuts a list into pieces at the given places. */
function pieces<T>(list: readonly T[], cuts: readonly number[]): T[][] {
  const parts: T[][] = [[]]
  list.forEach((one, index) => {
    if (cuts.includes(index)) parts.push([])
    parts.at(-1)?.push(one)
  })
  return parts
}

const end = (facts: readonly Fact[]): number => Math.max(0, ...facts.map((fact) => fact.recordedAt)) + 10 * DAY

describe.each(PLACES)('on %s', (name, place) => {
  const missing = name === 'Postgres' && !postgres ? ' (skipped: THROUGHLINE_TEST_POSTGRES names no server)' : ''
  it.skipIf(missing)(
    `[W2] [A12] live in any pieces and order, with repeats and the passing of time, equals one rebuild${missing}`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          crampedHistory,
          fc.infiniteStream(fc.nat()),
          fc.array(fc.nat(40), { maxLength: 4 }),
          async (history, random, cuts) => {
            const facts: ClusterFact[] = [...history.facts]
            const next = () => random.next().value as number
            const shuffled = facts
              .map((fact) => [next(), fact] as const)
              .sort((a, b) => a[0] - b[0])
              .map(([, fact]) => fact)
            const last = end(facts)
            const live = await house(await place(), last - 5 * DAY)
            await live.engine.receive(DIRECTORY as Fact[])
            await live.engine.catchUp()
            const going: Promise<unknown>[] = []
            for (const part of pieces(shuffled, cuts)) {
              // Facts also arrive while earlier ones are still on their way into the mart.
              const received = live.engine.receive(part)
              going.push(received)
              if (next() % 2 === 0) await received
              if (next() % 3 === 0) await live.engine.receive(part.slice(0, 2))
              live.now += next() % DAY
              if (next() % 2 === 0) await live.engine.settle()
            }
            await Promise.all(going)
            live.now = last
            await live.engine.settle()
            const verified = await live.engine.verify()

            const rebuilt = await house(await place(), last)
            await rebuilt.store.append({ facts: [...DIRECTORY, ...facts] as Fact[], now: last, mode: 'bulk' })
            await rebuilt.engine.catchUp()
            const digests = [verified.digest, await rebuilt.digest()]
            await live.close()
            await rebuilt.close()
            expect(verified.differences).toEqual([])
            expect(digests[0]).toBe(digests[1])
          },
        ),
        { numRuns: 12 },
      )
    },
  )
})

it('[W2] the default rules stand where nobody set any', async () => {
  const one = await house({ file: join(folder, 'default.sqlite') }, 0)
  const { rules } = await one.engine.rules()
  expect(rules.stages).toEqual(DEFAULT_RULES.stages)
  await one.close()
})
