import type { Claim } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { statusOf } from '../facts.ts'
import { ANOTHER_DAY, bulk, clusterAt, eachWithStore, live, NOW, pages, publishAs, settle } from '../opened.ts'
import type { Fresh } from '../places.ts'

export function baselineTests(fresh: () => Promise<Fresh>): void {
  describe('a baseline', () => {
    const { store } = eachWithStore(fresh)
    const about = (seq: number) => ({ seq, asOf: NOW, rulesVersion: 1 })

    it('is due after bulk facts until one covers them', async () => {
      expect(await store().rebuildDue()).toBe(false)
      expect(await store().baseline()).toBeUndefined()
      await live(store(), statusOf('L1', 1))
      expect(await store().rebuildDue()).toBe(false)
      await bulk(store(), statusOf('L1', 2))
      expect(await store().rebuildDue()).toBe(true)
      await store().publishBaseline(about(1), pages(), NOW)
      expect(await store().rebuildDue()).toBe(true)
      const second = await store().publishBaseline(about(2), pages(), NOW)
      expect(second).toStrictEqual({ id: 2, ...about(2) })
      expect(await store().baseline()).toStrictEqual(second)
      expect(await store().rebuildDue()).toBe(false)
      await bulk(store(), statusOf('L1', 2))
      expect(await store().rebuildDue()).toBe(false)
    })

    it('replaces publications and due marks, and wakes whom it says', async () => {
      await live(store(), statusOf('L1', 1), statusOf('L2', 1), statusOf('L3', 1))
      const [one, two, three] = await settle(store(), () => ({ x: '1' }))
      await live(store(), statusOf('L1', 2))
      const { seq } = await store().position()
      const wakes = pages(
        [{ cluster: two as number, wakeAt: ANOTHER_DAY }],
        [{ cluster: three as number, wakeAt: NOW }],
      )
      await store().publishBaseline(about(seq), wakes, NOW)
      expect(await store().hashesOf([one, two, three] as number[])).toEqual(new Map())
      expect(await store().publishedAfter(0, 10)).toEqual([])
      expect((await store().claim(NOW, 10)).map(({ cluster }) => cluster)).toEqual([three])
      expect((await store().claim(ANOTHER_DAY, 10)).map(({ cluster }) => cluster).sort()).toEqual([two, three].sort())
    })

    it('makes due again what got facts while it was being built, published or not', async () => {
      await live(store(), statusOf('L1', 1), statusOf('L2', 1), statusOf('L3', 1))
      const [one, two, three] = await settle(store())
      const { seq } = await store().position()
      await live(store(), statusOf('L1', 2), statusOf('L2', 2))
      const claims = await store().claim(NOW, 10)
      const first = claims.find(({ cluster }) => cluster === one) as Claim
      await publishAs(store(), first, { x: '1' })
      const inFlight = claims.find(({ cluster }) => cluster === two) as Claim
      const wakes = pages([one, three].map((cluster) => ({ cluster: cluster as number, wakeAt: ANOTHER_DAY })))
      await store().publishBaseline(about(seq), wakes, NOW)
      // What was derived under the old baseline is refused.
      expect(await store().publish([{ ...inFlight, wakeAt: null, hashes: {}, outbox: [] }], NOW)).toEqual([])
      expect((await store().claim(NOW, 10)).map(({ cluster }) => cluster).sort()).toEqual([one, two].sort())
      expect(await store().hashesOf([one as number])).toEqual(new Map())
    })

    it('makes due again what was marked by hand while it was being built', async () => {
      await live(store(), statusOf('L1', 1))
      const [cluster] = await settle(store())
      const { seq } = await store().position()
      await live(store(), statusOf('other', 1))
      await store().markDue([cluster as number])
      await settle(store())
      await store().publishBaseline(about(seq), pages(), NOW)
      expect((await store().claim(NOW, 10)).map(({ cluster }) => cluster)).toContain(cluster)
    })

    it('repeated without new facts makes nothing due', async () => {
      await live(store(), statusOf('L1', 1))
      const cluster = await clusterAt(store(), 'lead:L1')
      const wakes = () => pages([{ cluster, wakeAt: ANOTHER_DAY }])
      await store().publishBaseline(about(1), wakes(), NOW)
      await store().publishBaseline(about(1), wakes(), NOW)
      expect(await store().claim(NOW, 10)).toEqual([])
      expect(await store().claim(ANOTHER_DAY, 10)).toHaveLength(1)
    })

    it('has followers remove what was absorbed while it was being built', async () => {
      await live(store(), statusOf('L1', 1), statusOf('L2', 1))
      const [one, two] = await settle(store())
      const { seq } = await store().position()
      await live(store(), {
        id: 'm',
        kind: 'records-merged',
        survivor: 'lead:L1',
        merged: ['lead:L2'],
        occurredAt: NOW,
        recordedAt: NOW,
      })
      await settle(store())
      const wakes = pages([one, two].map((cluster) => ({ cluster: cluster as number, wakeAt: NOW })))
      await store().publishBaseline(about(seq), wakes, NOW)
      expect(await settle(store())).toEqual([one])
      expect((await store().publishedAfter(0, 10)).map(({ cluster }) => cluster).sort()).toEqual([one, two].sort())
    })

    it('leaves everything as it was when reading its wake-ups fails', async () => {
      await live(store(), statusOf('L1', 1))
      await settle(store(), () => ({ x: '1' }))
      const failing = (async function* () {
        yield [{ cluster: 1, wakeAt: NOW }]
        throw new Error('the mart has gone')
      })()
      await expect(store().publishBaseline(about(1), failing, NOW)).rejects.toThrow('the mart has gone')
      expect(await store().baseline()).toBeUndefined()
      expect((await store().publishedAfter(0, 10)).length).toBe(1)
    })

    it('writes many wake-ups', async () => {
      await bulk(store(), statusOf('L1', 1))
      const wakes = pages(Array.from({ length: 50_000 }, (_, n) => ({ cluster: n + 1, wakeAt: NOW + n })))
      await store().publishBaseline(about(1), wakes, NOW)
      expect(await store().claim(NOW + 99, 1000)).toHaveLength(100)
      // The first hundred are among these again: their lease has ended.
      expect(await store().claim(NOW + 49_999, 100_000)).toHaveLength(50_000)
    })
  })
}
