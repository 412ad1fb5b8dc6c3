import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClusterFact, Fact } from '@throughline/core'
import { openMart } from '@throughline/mart'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { crampedHistory, DIRECTORY, type History } from '../../packages/core/testing/histories.ts'
import { shuffled } from '../../packages/core/testing/law.ts'
import type { Death } from '../../packages/engine/testing/dying-ports.ts'
import { type MartMemory, openMartInMemory } from '../../packages/mart/testing/mart-in-memory.ts'
import {
  type Fresh,
  freshDatabase,
  freshFile,
  freshMemory,
  NO_POSTGRES,
  POSTGRES_URL,
} from '../../packages/store/testing/places.ts'
import { type Deed, deliver, type Ground, pieces, play } from './interrupted-house.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const RULES = { dormancy: { days: 3 }, identity: { email: 'records' } }

const missing = POSTGRES_URL ? '' : ` (${NO_POSTGRES})`

const folder = mkdtempSync(join(tmpdir(), 'throughline-crash-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Histories with people who turn out to be one, the same ones in every run. */
const HISTORIES = fc
  .sample(crampedHistory, { numRuns: 400, seed: 20_250_303 })
  .filter(({ facts }) => facts.length > 12 && facts.some(({ kind }) => kind === 'records-merged'))

async function inMemory(): Promise<Ground> {
  const fresh = await freshMemory()
  const marts: MartMemory[] = [new Map(), new Map()]
  return {
    processes: marts.length,
    openStore: fresh.open,
    openMart: async (process) => openMartInMemory(marts[process] as MartMemory),
    drop: fresh.drop,
  }
}

let made = 0

const inDatabase = (freshPlace: () => Promise<Fresh>) => async (): Promise<Ground> => {
  const fresh = await freshPlace()
  const file = join(folder, `mart-${made++}.duckdb`)
  return { processes: 1, openStore: fresh.open, openMart: () => openMart({ file }), drop: fresh.drop }
}

/**
 * What happens in one house: facts in pieces, shuffled, some of them twice, some in bulk; a rebuild between them, the
 * passing of time, and somebody outside who takes the changes.
 */
function deedsOf(facts: readonly ClusterFact[], salt: number, processes: number): Deed[] {
  const [first = [], bulk = [], second = [], third = []] = pieces(shuffled(facts, salt) as Fact[], 4)
  const other = processes - 1
  return [
    { what: 'rules', process: 0, after: 0, act: ({ engine }) => engine.useRules(RULES) },
    { what: 'directory', process: 0, after: HOUR, act: ({ engine }) => engine.receive(DIRECTORY.slice(0, 3)) },
    { what: 'facts', process: 0, after: HOUR, act: ({ engine }) => engine.receive(first) },
    { what: 'delivery', process: other, after: 0, act: deliver },
    {
      what: 'import',
      process: other,
      after: HOUR,
      act: async ({ store, engine }, { now }) => {
        await store.append({ facts: bulk, now, mode: 'bulk', progress: { id: 'crm', state: 1, finished: true } })
        await engine.catchUp()
      },
    },
    {
      what: 'facts, some again',
      process: other,
      after: DAY,
      act: ({ engine }) => engine.receive([...second, ...first.slice(0, 2)]),
    },
    { what: 'more directory', process: 0, after: HOUR, act: ({ engine }) => engine.receive(DIRECTORY.slice(2)) },
    { what: 'time', process: 0, after: HOUR, act: ({ engine }) => engine.settle() },
    { what: 'delivery', process: 0, after: 0, act: deliver },
    { what: 'rebuild', process: 0, after: 0, act: ({ engine }) => engine.rebuild() },
    { what: 'the last facts', process: 0, after: HOUR, act: ({ engine }) => engine.receive(third) },
    { what: 'time', process: other, after: 4 * DAY, act: ({ engine }) => engine.settle() },
    { what: 'everything again', process: 0, after: HOUR, act: ({ engine }) => engine.receive(facts.toReversed()) },
  ]
}

/** Plays the facts with deaths, and once more as one import without any; everything must come to the same. */
async function compared({ facts, salt }: History, ground: () => Promise<Ground>) {
  const last = Math.max(...facts.map((fact) => fact.recordedAt))
  const times = { start: last - 2 * DAY, end: last + 20 * DAY }
  async function played(deeds: (processes: number) => readonly Deed[], deaths: readonly Death[]) {
    const here = await ground()
    try {
      return await play(deeds(here.processes), here, { ...times, deaths })
    } finally {
      await here.drop()
    }
  }
  const undisturbed = await played((processes) => deedsOf(facts, salt, processes), [])
  const imported = await played(
    () => [
      { what: 'rules', process: 0, after: 0, act: ({ engine }) => engine.useRules(RULES) },
      {
        what: 'import',
        process: 0,
        after: 0,
        act: async ({ store, engine }, { now }) => {
          await store.append({ facts: [...facts, ...DIRECTORY], now, mode: 'bulk' })
          await engine.catchUp()
        },
      },
    ],
    [],
  )
  const [digest] = imported.digests
  expect(undisturbed.wrong).toEqual([])
  expect(undisturbed.digests).toEqual(undisturbed.digests.map(() => digest))
  return {
    calls: undisturbed.calls,
    async dies(...deaths: Death[]) {
      const outcome = await played((processes) => deedsOf(facts, salt, processes), deaths)
      const told = `died at ${deaths.map((one) => `${one.afterEffect ? 'after' : 'before'} ${one.call}`).join(', ')}`
      expect(outcome.died, told).toHaveLength(deaths.length)
      expect(outcome.wrong, told).toEqual([])
      expect(outcome.digests, told).toEqual(undisturbed.digests)
      expect(outcome.copy, told).toEqual(undisturbed.copy)
    },
  }
}

/** Moments of dying, evenly over all calls: before and after the effect by turns. */
function sample(calls: number, count: number): Death[] {
  return Array.from({ length: count }, (_, place) => ({
    call: 1 + Math.floor(((place + 0.5) * calls) / count),
    afterEffect: place % 2 === 1,
  }))
}

/** How many times more calls are tried in databases, where each costs seconds. */
const THOROUGHNESS = Number(process.env.THROUGHLINE_SOAK ?? 1)

/** On a busy machine; it takes seconds on an idle one. */
const timeout = 600_000

describe('[W2] [W4] a process that dies at any call of store or mart, and is started again', { timeout }, () => {
  const history = (place: number) => HISTORIES[place] as (typeof HISTORIES)[number]

  it.each([0, 1])('in memory, at every call, before and after its effect: history %i', async (place) => {
    const { calls, dies } = await compared(history(place), inMemory)
    expect(calls).toBeGreaterThan(80)
    for (let call = 1; call <= calls; call++) for (const afterEffect of [false, true]) await dies({ call, afterEffect })
  })

  it('in memory, at every call, and again while it recovers', async () => {
    const { calls, dies } = await compared(history(2), inMemory)
    for (let call = 1; call <= calls; call++) {
      const afterEffect = call % 2 === 0
      await dies({ call, afterEffect }, { call: call + 1 + (call % 5), afterEffect: !afterEffect })
    }
  })

  it(`on SQLite and DuckDB, at ${8 * THOROUGHNESS} calls`, async () => {
    const { calls, dies } = await compared(history(3), inDatabase(freshFile))
    for (const death of sample(calls, 8 * THOROUGHNESS)) await dies(death)
  })

  it.skipIf(missing)(`on PostgreSQL and DuckDB, at ${4 * THOROUGHNESS} calls${missing}`, async () => {
    const { calls, dies } = await compared(history(4), inDatabase(freshDatabase))
    for (const death of sample(calls, 4 * THOROUGHNESS)) await dies(death)
  })
})
