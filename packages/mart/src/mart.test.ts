import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_RULES, type Derivation, type DirectoryFact, directoryOf } from '@throughline/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { companyFacts } from '../testing/company.ts'
import { type LogInMemory, logInMemory } from '../testing/log-in-memory.ts'
import { plainDerive } from '../testing/plain-derive.ts'
import { MartError } from './errors.ts'
import { type DuckMart, openMart } from './mart.ts'

const asOf = Date.UTC(2025, 0, 1)
const rules = DEFAULT_RULES
const directory = directoryOf([], asOf)
const checkpoint = { baselineId: 1, publishedSeq: 0, asOf, rulesVersion: 7 }
let folder: string
let file: string
let mart: DuckMart

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mart-'))
  file = join(folder, 'mart.duckdb')
  mart = await openMart({ file, derive: plainDerive })
})

afterEach(async () => {
  await mart.close()
  rmSync(folder, { recursive: true, force: true })
})

function build(store: LogInMemory, world = 'live') {
  return mart.build(world, { store, rules, asOf, workers: 0 })
}

function derived(store: LogInMemory, cluster: number) {
  return { cluster, derivation: plainDerive(store.factsOf(cluster), directory, rules, asOf) }
}

/** The same facts in another order, always the same one. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, i) => [(i * 7919) % items.length, item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item)
}

test('a build derives every cluster of the log and gives their wake-ups', async () => {
  const store = logInMemory(companyFacts(300))
  const built = await build(store)
  const wakes = []
  for await (const page of built.wakes) wakes.push(...page)
  expect(built).toMatchObject({ seq: store.size(), facts: store.size(), clusters: 300 })
  expect(wakes).toHaveLength(225)
  expect(new Set(wakes.map((wake) => wake.wakeAt))).toEqual(new Set([asOf + 86_400_000]))
  const [row] = await mart.read('live', (ask) => ask('select count(*) as people, sum(cluster) as clusters from people'))
  expect(row).toEqual({ people: 300, clusters: (300 * 301) / 2 })
})

test('every text comes out as it went in, whatever characters it holds', async () => {
  const odd = [
    'plain',
    '',
    'a "b", c',
    'line\nbreak\r\n',
    '\u0002',
    'ü 🎉',
    "it's",
    '\\',
    'x'.repeat(3_000_000),
    '\u0001é',
  ]
  const store = logInMemory(
    odd.map((text, i) => ({
      kind: 'lead-created',
      id: `t/${i}`,
      occurredAt: i,
      recordedAt: i,
      lead: `L${i}`,
      by: 'u',
      owner: 'u',
      status: text,
    })),
  )
  await build(store)
  const rows = await mart.read('live', (ask) => ask('select status from people order by created_at'))
  expect(rows.map((row) => row.status)).toEqual(odd)
})

test('the same facts give the same world, in any order and however often', async () => {
  const facts = companyFacts(400)
  await build(logInMemory(facts))
  const first = await mart.digest('live')
  await build(logInMemory([...shuffled(facts), ...facts]))
  expect(await mart.digest('live')).toEqual(first)
  expect(first.tables.find((table) => table.table === 'people')?.rows).toBe(400)
})

test('other facts give another world, and the difference names the rows', async () => {
  const facts = companyFacts(50)
  await build(logInMemory(facts))
  await build(logInMemory(facts.filter((fact) => fact.id !== 'test/Lead/L3/form-0')), 'plan')
  expect((await mart.digest('plan')).hash).not.toBe((await mart.digest('live')).hash)
  const differences = await mart.difference('live', 'plan', 5)
  expect(differences.map(({ table, onlyA, onlyB }) => [table, onlyA, onlyB])).toEqual([
    ['people', 1, 1],
    ['engagements', 1, 0],
  ])
  expect(differences[1]?.examplesA[0]).toMatchObject({ id: 'eng:test/Lead/L3/form-0' })
  expect(await mart.difference('live', 'live', 5)).toEqual([])
})

test('a build reads only what the log has gained since the last one', async () => {
  const facts = companyFacts(120)
  const store = logInMemory(facts.slice(0, 200))
  await build(store)
  const asked: number[] = []
  store.append(facts.slice(200))
  await mart.build('live', {
    store: {
      ...store,
      readLogText(after, limit) {
        asked.push(after)
        return store.readLogText(after, limit)
      },
    },
    rules,
    asOf,
    workers: 0,
  })
  expect(Math.min(...asked)).toBe(200)
  const followed = await mart.digest('live')
  await build(logInMemory(facts), 'afresh')
  expect(await mart.digest('afresh')).toEqual(followed)
})

test('a mart that is given another log starts over', async () => {
  await build(logInMemory(companyFacts(80)))
  const other = companyFacts(60).map((fact) => ({ ...fact, id: `other/${fact.id}` }))
  const built = await build(logInMemory(other))
  expect(built.facts).toBe(other.length)
})

test('replacing clusters one by one gives the same world as a build', async () => {
  const facts = companyFacts(200)
  const store = logInMemory(facts)
  await build(store, 'whole')
  await build(logInMemory(facts.slice(0, 150)))
  const clusters = Array.from({ length: 200 }, (_, i) => i + 1)
  for (let at = 0; at < clusters.length; at += 7) {
    const some = clusters.slice(at, at + 7).map((cluster) => derived(store, cluster))
    await mart.replace(some, { ...checkpoint, publishedSeq: at }, { rules, directory })
  }
  expect(await mart.difference('live', 'whole', 3)).toEqual([])
  expect(await mart.digest('live')).toEqual(await mart.digest('whole'))
  expect(await mart.checkpoint()).toEqual({ ...checkpoint, publishedSeq: 196 })
})

test('an empty derivation removes what a cluster had', async () => {
  const store = logInMemory(companyFacts(20))
  await build(store)
  const nothing: Derivation = {
    people: [],
    engagements: [],
    journeys: [],
    opportunities: [],
    interactions: [],
    findings: [],
    wakeAt: null,
    mentions: [],
  }
  await mart.replace([{ cluster: 4, derivation: nothing }], checkpoint, { rules, directory })
  const [row] = await mart.read('live', (ask) => ask('select count(*) as people from people'))
  expect(row).toEqual({ people: 19 })
})

test('a replacement that fails half-way changes nothing, the checkpoint included', async () => {
  const store = logInMemory(companyFacts(20))
  await build(store)
  await mart.setCheckpoint(checkpoint)
  const before = await mart.digest('live')
  const bad = { ...derived(store, 2).derivation, wakeAt: 0.5 }
  const replacing = mart.replace(
    [derived(store, 1), { cluster: 2, derivation: bad }],
    { ...checkpoint, publishedSeq: 99 },
    { rules, directory },
  )
  await expect(replacing).rejects.toThrow()
  expect(await mart.digest('live')).toEqual(before)
  expect(await mart.checkpoint()).toEqual(checkpoint)
})

test('clusters that mention a directory entry are found', async () => {
  const store = logInMemory(companyFacts(9))
  await build(store)
  expect(await mart.mentioning(['user:u1'])).toEqual([2, 5, 8])
  expect(await mart.mentioning(['user:u1', 'user:u2', 'user:nobody'])).toEqual([2, 3, 5, 6, 8, 9])
  expect(await mart.mentioning([])).toEqual([])
})

test('the directory follows its facts, in a build and live', async () => {
  const facts = companyFacts(3)
  await build(logInMemory(facts))
  const names = () => mart.read('live', (ask) => ask('select id, name from users order by id'))
  expect(await names()).toEqual([0, 1, 2].map((i) => ({ id: `u${i}`, name: `User ${i}` })))
  const renamed: DirectoryFact = {
    kind: 'user-recorded',
    id: 'test/User/1-renamed',
    occurredAt: asOf - 1,
    recordedAt: asOf - 1,
    user: 'u1',
    name: 'Una One',
  }
  const users = facts.filter((fact): fact is DirectoryFact => fact.kind === 'user-recorded')
  await mart.replace([], checkpoint, { rules, directory: directoryOf([...users.slice(0, 2), renamed], asOf) })
  expect(await names()).toEqual([
    { id: 'u0', name: 'User 0' },
    { id: 'u1', name: 'Una One' },
  ])
})

test('a new live world has no checkpoint until it is given one', async () => {
  await build(logInMemory(companyFacts(5)))
  expect(await mart.checkpoint()).toBeUndefined()
  await mart.setCheckpoint(checkpoint)
  await build(logInMemory(companyFacts(5)), 'plan')
  expect(await mart.checkpoint()).toEqual(checkpoint)
  await build(logInMemory(companyFacts(6)))
  expect(await mart.checkpoint()).toBeUndefined()
})

test('worlds lie beside each other and are dropped one by one', async () => {
  await build(logInMemory(companyFacts(5)))
  await build(logInMemory(companyFacts(9)), 'plan')
  expect((await mart.worlds()).map((world) => world.name)).toEqual(['live', 'plan'])
  await mart.dropWorld('plan')
  expect((await mart.worlds()).map((world) => world.name)).toEqual(['live'])
  await expect(mart.digest('plan')).rejects.toMatchObject({ code: 'no-such-world' })
})

test('a reading sees one moment, although a build replaces the world meanwhile', async () => {
  await build(logInMemory(companyFacts(30)))
  const seen = await mart.read('live', async (ask) => {
    const [before] = await ask('select count(*) as people from people')
    await build(logInMemory(companyFacts(10)))
    const [after] = await ask('select count(*) as people from people')
    return [before?.people, after?.people]
  })
  expect(seen).toEqual([30, 30])
  const [now] = await mart.read('live', (ask) => ask('select count(*) as people from people'))
  expect(now?.people).toBe(10)
})

test('what was built is there after closing and opening again, with nothing left over', async () => {
  await build(logInMemory(companyFacts(40)))
  await mart.setCheckpoint(checkpoint)
  const before = await mart.digest('live')
  await mart.close()
  expect(readdirSync(folder)).toEqual(['mart.duckdb'])
  mart = await openMart({ file, derive: plainDerive })
  expect(await mart.digest('live')).toEqual(before)
  expect(await mart.checkpoint()).toEqual(checkpoint)
})

test('a build that fails leaves the old world and no files', async () => {
  await build(logInMemory(companyFacts(40)))
  const before = await mart.digest('live')
  await mart.close()
  let calls = 0
  mart = await openMart({
    file,
    derive(...given) {
      if (++calls > 20) throw new Error('a bug in the fold')
      return plainDerive(...given)
    },
  })
  await expect(build(logInMemory(companyFacts(50)))).rejects.toThrow('a bug in the fold')
  expect(await mart.digest('live')).toEqual(before)
  expect(readdirSync(join(folder, 'mart.duckdb.tmp'))).toEqual([])
  expect(await mart.read('live', (ask) => ask("select 1 as x from duckdb_schemas() where schema_name = 'w2'"))).toEqual(
    [],
  )
})

test('a store whose links miss a subject is refused, by name', async () => {
  const store = logInMemory(companyFacts(5))
  const unlinked = {
    ...store,
    async *readLinks(after: number) {
      for await (const page of store.readLinks(after)) yield page.filter((link) => link.key !== 'lead:L3')
    },
  }
  const failing = mart.build('live', { store: unlinked, rules, asOf, workers: 0 })
  await expect(failing).rejects.toThrow(MartError)
  await expect(failing).rejects.toThrow(/lead:L3.*Delete the mart file/)
})

test('an empty log gives an empty world', async () => {
  const built = await build(logInMemory())
  expect(built).toMatchObject({ facts: 0, clusters: 0, records: 0 })
  const [row] = await mart.read('live', (ask) => ask('select count(*) as people from people'))
  expect(row).toEqual({ people: 0 })
})

test('a mart that another version made, with other tables, is thrown away', async () => {
  await build(logInMemory(companyFacts(5)))
  await mart.read('live', (ask) => ask("update main.layout set definition = 'older'"))
  await mart.close()
  mart = await openMart({ file, derive: plainDerive })
  expect(await mart.worlds()).toEqual([])
  expect(await mart.logPosition()).toEqual({ seq: 0, facts: 0, linkStamp: 0 })
  await build(logInMemory(companyFacts(5)))
  expect((await mart.digest('live')).tables[0]?.rows).toBe(5)
})

test('a file that is no mart is refused with a remedy', async () => {
  const broken = join(folder, 'broken.duckdb')
  writeFileSync(broken, 'this is no database, and it is long enough to be looked at by one'.repeat(100))
  await expect(openMart({ file: broken })).rejects.toMatchObject({ code: 'mart-unreadable' })
})
