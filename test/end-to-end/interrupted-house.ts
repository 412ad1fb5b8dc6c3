import type { ClusterFact, Fact } from '@throughline/core'
import { derive } from '@throughline/core'
import { createEngine, type Engine, type Mart, type Store } from '@throughline/engine'
import { hashesOf } from '../../packages/engine/src/difference.ts'
import { DeadProcessError, mortal, type Reaper } from '../../packages/engine/testing/dying-ports.ts'

/** Where a house keeps what survives its processes. Every process has a mart of its own. */
export type Ground = Readonly<{
  processes: number
  openStore: () => Promise<Store>
  openMart: (process: number) => Promise<Mart>
  drop: () => Promise<void>
}>

/** Something that is done with a running system. It is done again after a crash: nobody was told that it was done. */
export type Deed = Readonly<{
  what: string
  process: number
  /** How much later than the deed before. */
  after: number
  act: (process: Process, house: House) => Promise<unknown>
}>

type Process = { store: Store; engine: Engine; close: () => Promise<void> }

/** What somebody outside has who takes the changes that the outbox tells. */
export type Copy = Map<string, string | null>

export type House = { now: number; readonly copy: Copy; baseline: number | undefined }

/** What a house has come to in the end. */
export type Outcome = Readonly<{
  calls: number
  /** Calls at which a process died. */
  died: readonly number[]
  /** Content of each process's mart. */
  digests: readonly string[]
  /** Differences that `verify` finds, and hashes that are not those of what is derived. */
  wrong: readonly unknown[]
  copy: Copy
}>

/** How long a restart takes: longer than a dead process holds what it had claimed. */
const RESTART_MS = 31_000

/** Plays deeds in a house whose processes die as the reaper says, and starts them again each time. */
export async function play(
  deeds: readonly Deed[],
  ground: Ground,
  { start, end, deaths }: Readonly<{ start: number; end: number; deaths: Reaper['deaths'] }>,
): Promise<Outcome> {
  const reaper: Reaper = { calls: 0, deaths, died: [] }
  const house: House = { now: start, copy: new Map(), baseline: undefined }
  const running = await Promise.all(Array.from({ length: ground.processes }, (_, number) => opened(number)))

  async function opened(number: number): Promise<Process> {
    const [store, mart] = [await ground.openStore(), await ground.openMart(number)]
    const living = mortal(store, mart, reaper)
    const engine = createEngine({ ...living, clock: () => house.now, workers: 0, ruleText: () => undefined })
    const close = async () => {
      await mart.close()
      await store.close()
    }
    return { store: living.store, engine, close }
  }

  async function survived(number: number, work: (process: Process) => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await work(running[number] as Process)
        return
      } catch (error) {
        if (!(error instanceof DeadProcessError)) throw error
        await running[number]?.close()
        house.now += RESTART_MS
        running[number] = await opened(number)
      }
      // What a server does first.
      await survived(number, ({ engine }) => engine.catchUp())
    }
  }

  for (const { process, after, act } of deeds) {
    house.now += after
    await survived(process, (one) => act(one, house))
  }
  const { calls } = reaper
  house.now = Math.max(end, house.now)
  if (house.now > end) throw new Error('the house ran beyond its end')
  const digests: string[] = []
  const wrong: unknown[] = []
  for (const { engine } of running) await engine.catchUp()
  for (const { engine } of running) {
    await engine.catchUp()
    const { digest, differences } = await engine.verify()
    digests.push(digest)
    wrong.push(...differences)
  }
  const [first] = running as [Process]
  await deliver(first, house)
  wrong.push(...(await wrongHashes(first, house.now)), ...(await wrongCopies(first, house)))
  for (const process of running) await process.close()
  return { calls, died: reaper.died, digests, wrong, copy: house.copy }
}

/**
 * Takes what the outbox holds into the copy, and confirms it. A baseline publishes everything at once without
 * the outbox: what was told before it says nothing any more.
 */
export async function deliver({ store }: Pick<Process, 'store'>, house: House): Promise<void> {
  const { copy } = house
  const baseline = (await store.baseline())?.id
  if (baseline !== house.baseline) copy.clear()
  house.baseline = baseline
  const entries = await store.readOutbox(10_000)
  for (const { record, body } of entries) copy.set(record, body)
  await store.confirmOutbox(entries)
}

/** Clusters whose published hashes are not those of what is derived of them. */
async function wrongHashes({ store, engine }: Process, now: number): Promise<unknown[]> {
  const wrong: unknown[] = []
  const { rules } = await engine.rules()
  const directory = await engine.directory()
  const clusters = await clustersOf(store)
  const histories = await store.histories(clusters)
  const published = await store.hashesOf(clusters)
  const partly = await store.partlyPublished(clusters)
  for (const [cluster, hashes] of published) {
    const facts = (histories.get(cluster) ?? []) as ClusterFact[]
    const expected = hashesOf(derive(facts, directory, rules, now))
    if (partly.has(cluster) || !sameEntries(hashes, expected)) wrong.push({ cluster, hashes, expected })
  }
  return wrong
}

/** Records of the copy that are not as they are derived now. */
async function wrongCopies({ store, engine }: Process, { copy }: House): Promise<unknown[]> {
  const bodies = new Map<string, string>()
  for (const key of await keysIn(store)) {
    const derivation = await engine.derivationOf(key)
    for (const one of derivation?.people ?? []) bodies.set(`person:${one.id}`, JSON.stringify(one))
    for (const one of derivation?.engagements ?? []) bodies.set(one.id, JSON.stringify(one))
    for (const one of derivation?.journeys ?? []) bodies.set(`journey:${one.id}`, JSON.stringify(one))
    for (const one of derivation?.opportunities ?? []) bodies.set(`opportunity:${one.id}`, JSON.stringify(one))
  }
  return [...copy].flatMap(([record, body]) =>
    (bodies.get(record) ?? null) === body ? [] : [{ record, body, is: bodies.get(record) ?? null }],
  )
}

async function keysIn(store: Store): Promise<string[]> {
  const keys: string[] = []
  for await (const links of store.readLinks(0)) keys.push(...links.map(({ key }) => key))
  return keys
}

async function clustersOf(store: Store): Promise<number[]> {
  const clusters = new Set<number>()
  for await (const links of store.readLinks(0)) for (const { cluster } of links) clusters.add(cluster)
  return [...clusters]
}

function sameEntries(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** Cuts a list into so many pieces, of about the same length. */
export function pieces(facts: readonly Fact[], count: number): Fact[][] {
  const size = Math.ceil(facts.length / count)
  return Array.from({ length: count }, (_, piece) => facts.slice(piece * size, (piece + 1) * size))
}
