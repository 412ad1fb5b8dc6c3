import type { Fact } from '@throughline/core'
import type { Appended, Claim, ClusterId, Store } from '@throughline/engine'
import { afterEach, beforeEach } from 'vitest'
import type { StoreOptions } from '../src/index.ts'
import type { Fresh } from './places.ts'

/** The wall clock of the tests. */
export const NOW = 1_800_000_000_000

export const ANOTHER_DAY = NOW + 86_400_000

/** A store for each test, empty at its beginning and closed at its end, and more on the same place if asked. */
export function eachWithStore(fresh: () => Promise<Fresh>): {
  store: () => Store
  another: (options?: StoreOptions) => Promise<Store>
} {
  let here: Fresh
  let stores: Store[] = []
  const another = async (options: StoreOptions = {}) => {
    const store = await here.open(options)
    stores.push(store)
    return store
  }
  beforeEach(async () => {
    here = await fresh()
    stores = []
    await another()
  })
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()))
    await here.drop()
  })
  return { store: () => stores[0] as Store, another }
}

export function live(store: Store, ...facts: Fact[]): Promise<Appended> {
  return store.append({ facts, now: NOW, mode: 'live' })
}

export function bulk(store: Store, ...facts: Fact[]): Promise<Appended> {
  return store.append({ facts, now: NOW, mode: 'bulk' })
}

export async function clusterAt(store: Store, key: string): Promise<ClusterId> {
  const cluster = await store.clusterOf(key)
  if (cluster === undefined) throw new Error(`no cluster has ${key}`)
  return cluster
}

/** Publishes a claimed cluster with these hashes, and expects it to be accepted. */
export async function publishAs(
  store: Store,
  claim: Claim,
  hashes: Record<string, string>,
  wakeAt: number | null = null,
): Promise<void> {
  const accepted = await store.publish([{ ...claim, wakeAt, hashes, outbox: [] }], NOW)
  if (accepted.length !== 1) throw new Error(`publication of cluster ${claim.cluster} was refused`)
}

/** Claims all there is and publishes it as `hashesOf` says. */
export async function settle(
  store: Store,
  hashesOf: (cluster: ClusterId) => Record<string, string> = () => ({}),
): Promise<ClusterId[]> {
  const claims = await store.claim(NOW, 1000)
  for (const claim of claims) await publishAs(store, claim, hashesOf(claim.cluster))
  return claims.map((claim) => claim.cluster)
}

export async function* pages<T>(...all: T[][]): AsyncGenerator<T[]> {
  for (const page of all) yield page
}
