import type { Fact } from '@throughline/core'
import { createEngine, type Engine } from '@throughline/engine'
import { expect, it } from 'vitest'
import { openMartInMemory } from '../../packages/mart/testing/mart-in-memory.ts'
import { freshMemory } from '../../packages/store/testing/places.ts'

const NOW = Date.UTC(2025, 2, 3, 9)
const HOUR = 3_600_000

const at = (hours: number, ahead = 0) => ({
  occurredAt: NOW + hours * HOUR,
  recordedAt: NOW + (hours + ahead) * HOUR,
})

const LEAD: Fact = { id: 'f1', kind: 'lead-created', lead: 'L1', by: 'bea', owner: 'bea', ...at(-1) }

/** A house that got these facts now, as it is when so many hours have passed. */
async function hoursAfter(hours: number, facts: readonly Fact[]): Promise<Engine> {
  let now = NOW
  const store = await (await freshMemory()).open()
  const mart = openMartInMemory(new Map())
  const engine = createEngine({ store, mart, clock: () => now, workers: 0, ruleText: () => undefined })
  await engine.receive([LEAD])
  await engine.receive(facts)
  now += hours * HOUR
  await engine.settle()
  return engine
}

it('[W2] [W4] a fact whose recording lies ahead of the clock counts from its moment on', async () => {
  const ahead: Fact = { id: 'f2', kind: 'status-changed', record: 'lead:L1', to: 'Disqualified', ...at(0, 2) }
  const early = await hoursAfter(1, [ahead])
  expect((await early.derivationOf('lead:L1'))?.people[0]).toMatchObject({ dormant: false })
  const late = await hoursAfter(3, [ahead])
  expect((await late.derivationOf('lead:L1'))?.people[0]).toMatchObject({ dormant: true })
  expect((await late.verify()).differences).toEqual([])
})

it('[W2] [W4] so does what is recorded ahead about a user', async () => {
  const ahead: Fact = { id: 'u1', kind: 'user-recorded', user: 'bea', name: 'Bea Ito', role: 'BDR', ...at(0, 2) }
  const source = async (engine: Engine) => (await engine.derivationOf('lead:L1'))?.engagements[0]?.first.source
  const early = await hoursAfter(1, [ahead])
  expect(await source(early)).toBe('User - bea')
  const late = await hoursAfter(3, [ahead])
  expect(await source(late)).toBe('BDR - Bea Ito')
  expect((await late.verify()).differences).toEqual([])
})
