import type { Fact } from '@throughline/core'
import type { Claim } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { conversionOf, statusOf } from '../facts.ts'
import { ANOTHER_DAY, bulk, clusterAt, eachWithStore, live, NOW, pages, publishAs, settle } from '../opened.ts'
import type { Fresh } from '../places.ts'

export function mergeTests(fresh: () => Promise<Fresh>): void {
  describe('clusters that turn out to be one', () => {
    const { store } = eachWithStore(fresh)

    /** Two published clusters: the first is older, and survives. */
    async function twoPublished(): Promise<[survivor: number, absorbed: number]> {
      await live(store(), statusOf('L1', 1), statusOf('L2', 1))
      const clusters: [number, number] = [await clusterAt(store(), 'lead:L1'), await clusterAt(store(), 'lead:L2')]
      await settle(store(), (cluster) => ({ [`eng:${cluster}`]: 'a', shared: String(cluster) }))
      return clusters
    }

    const tied = mergeOf('L1', 'L2')

    it('are due as one, with the facts of both', async () => {
      const [survivor, absorbed] = await twoPublished()
      expect(await live(store(), tied)).toMatchObject({ clusters: [survivor] })
      expect(await clusterAt(store(), 'lead:L2')).toBe(survivor)
      expect((await store().claim(NOW, 10)).map(({ cluster }) => cluster)).toEqual([survivor])
      const histories = await store().histories([survivor, absorbed])
      expect(histories.get(survivor)).toHaveLength(3)
      expect(histories.get(absorbed)).toEqual([])
    })

    it('have published what both had, and followers remove the absorbed when the survivor is published', async () => {
      const [survivor, absorbed] = await twoPublished()
      const { seq } = (await store().publishedAfter(0, 10)).at(-1) as { seq: number }
      await live(store(), tied)
      expect((await store().hashesOf([survivor])).get(survivor)).toMatchObject({
        [`eng:${survivor}`]: 'a',
        [`eng:${absorbed}`]: 'a',
      })
      expect((await store().hashesOf([absorbed])).get(absorbed)).toEqual({})
      expect(await store().partlyPublished([survivor, absorbed])).toEqual(new Set())
      // Nothing to follow yet: the mart goes on showing both as they were.
      expect(await store().publishedAfter(seq, 10)).toEqual([])
      await settle(store(), () => ({ [`eng:${survivor}`]: 'b' }))
      const after = await store().publishedAfter(seq, 1)
      expect(after.map(({ cluster }) => cluster).sort()).toEqual([survivor, absorbed].sort())
      expect(after[0]?.seq).toBe(after[1]?.seq)
      expect((await store().hashesOf([survivor])).get(survivor)).toEqual({ [`eng:${survivor}`]: 'b' })
      // Once, not every time.
      await live(store(), statusOf('L1', 9))
      await settle(store())
      expect((await store().publishedAfter(after[0]?.seq as number, 10)).map(({ cluster }) => cluster)).toEqual([
        survivor,
      ])
    })

    it('are emptied through a chain of merges', async () => {
      await live(store(), statusOf('L1', 1), statusOf('L2', 1), statusOf('L3', 1))
      const [one, two, three] = await settle(store(), (cluster) => ({ [`eng:${cluster}`]: 'a' }))
      const { seq } = (await store().publishedAfter(0, 10)).at(-1) as { seq: number }
      await live(store(), mergeOf('L2', 'L3'))
      await live(store(), mergeOf('L1', 'L2'), statusOf('L1', 2))
      const survivor = await clusterAt(store(), 'lead:L3')
      expect(Object.keys((await store().hashesOf([survivor])).get(survivor) ?? {}).sort()).toEqual(
        [one, two, three].map((cluster) => `eng:${cluster}`).sort(),
      )
      await settle(store())
      const after = await store().publishedAfter(seq, 10)
      expect(after.map(({ cluster }) => cluster).sort()).toEqual([one, two, three].sort())
      expect(new Set(after.map((row) => row.seq)).size).toBe(1)
    })

    it('keep no time to wake of the absorbed, and refuse what was claimed of it', async () => {
      await live(store(), statusOf('L1', 1), statusOf('L2', 1))
      const claims = await store().claim(NOW, 10)
      for (const claim of claims) await publishAs(store(), claim, {}, ANOTHER_DAY)
      const survivor = await clusterAt(store(), 'lead:L1')
      const woken = await store().claim(ANOTHER_DAY, 10)
      expect(woken).toHaveLength(2)
      await live(store(), tied)
      const publications = woken.map((claim) => ({ ...claim, wakeAt: null, hashes: {}, outbox: [] }))
      expect(await store().publish(publications, NOW)).toEqual([])
      const [again, ...others] = await store().claim(ANOTHER_DAY, 10)
      expect([again?.cluster, others]).toEqual([survivor, []])
      await publishAs(store(), again as Claim, {})
      expect(await store().claim(ANOTHER_DAY * 2, 10)).toEqual([])
    })

    it('stay due when they merge in bulk', async () => {
      await live(store(), statusOf('L2', 1))
      await bulk(store(), statusOf('L1', 1), statusOf('L1', 2))
      await bulk(store(), ...['a', 'b', 'c'].map((contact) => conversionOf('L1', contact)))
      await bulk(store(), tied)
      const survivor = await clusterAt(store(), 'lead:L1')
      expect((await store().claim(NOW, 10)).map(({ cluster }) => cluster)).toEqual([survivor])
    })

    it('are marked under the name of the survivor, before and after its publication', async () => {
      const [survivor, absorbed] = await twoPublished()
      await live(store(), tied)
      await settle(store())
      await store().markDue([absorbed])
      expect((await store().claim(NOW, 10)).map(({ cluster }) => cluster)).toEqual([survivor])
    })

    it('say which were only partly published since the baseline', async () => {
      await bulk(store(), statusOf('L1', 1), statusOf('L2', 1))
      const { seq } = await store().position()
      await store().publishBaseline({ seq, asOf: NOW, rulesVersion: 1 }, pages(), NOW)
      const [one, two] = [await clusterAt(store(), 'lead:L1'), await clusterAt(store(), 'lead:L2')]
      await live(store(), statusOf('L2', 2))
      const [claim] = await store().claim(NOW, 10)
      // The baseline had eng:gone of this cluster; it went, and eng:new came.
      const gone = { record: 'eng:gone', kind: 'engagement', change: 'delete', hash: '', body: null } as const
      await store().publish([{ ...(claim as Claim), wakeAt: null, hashes: { 'eng:new': 'a' }, outbox: [gone] }], NOW)
      expect(await store().hashesOf([one, two])).toEqual(new Map([[two, { 'eng:new': 'a' }]]))
      await live(store(), tied)
      const survivor = await clusterAt(store(), 'lead:L2')
      expect(await store().partlyPublished([survivor])).toEqual(new Set([survivor]))
      expect((await store().hashesOf([survivor])).get(survivor)).toEqual({ 'eng:new': 'a', 'eng:gone': '' })
      await settle(store(), () => ({ 'eng:all': 'b' }))
      expect(await store().partlyPublished([survivor])).toEqual(new Set())
      expect((await store().hashesOf([survivor])).get(survivor)).toEqual({ 'eng:all': 'b' })
      expect(await store().partlyPublished([])).toEqual(new Set())
      expect(await store().hashesOf([])).toEqual(new Map())
    })
  })
}

function mergeOf(survivor: string, merged: string): Fact {
  return {
    id: `merge/${survivor}/${merged}`,
    kind: 'records-merged',
    survivor: `lead:${survivor}`,
    merged: [`lead:${merged}`],
    occurredAt: NOW,
    recordedAt: NOW,
  }
}
