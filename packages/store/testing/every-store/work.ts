import type { Claim, OutboxEntry } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { accountNamed, campaignNamed, statusOf, userNamed } from '../facts.ts'
import { ANOTHER_DAY, bulk, clusterAt, eachWithStore, live, NOW, publishAs, settle } from '../opened.ts'
import type { Fresh } from '../places.ts'

const LEASE = 30_000

export function workTests(fresh: () => Promise<Fresh>): void {
  describe('work', () => {
    const { store, another } = eachWithStore(fresh)

    it('is due for each cluster that live facts touch, and for none that only bulk facts touch', async () => {
      await bulk(store(), statusOf('L1', 1))
      expect(await store().claim(NOW, 10)).toEqual([])
      const { clusters } = await live(store(), statusOf('L2', 1), statusOf('L3', 1), statusOf('L2', 2))
      expect(clusters).toEqual([await clusterAt(store(), 'lead:L2'), await clusterAt(store(), 'lead:L3')])
      const claims = await store().claim(NOW, 10)
      expect(claims.map(({ cluster }) => cluster)).toEqual(clusters)
      expect(claims.every(({ version }) => typeof version === 'number')).toBe(true)
    })

    it('goes to one worker at a time, and comes back when its lease ends', async () => {
      await live(store(), statusOf('L1', 1))
      const [claim] = await store().claim(NOW, 10)
      expect(await (await another()).claim(NOW + LEASE - 1, 10)).toEqual([])
      expect(await (await another()).claim(NOW + LEASE, 10)).toEqual([claim])
    })

    it('is leased for as long as the store was told', async () => {
      await live(store(), statusOf('L1', 1))
      const hasty = await another({ leaseMs: 50 })
      expect(await hasty.claim(NOW, 10)).toHaveLength(1)
      expect(await hasty.claim(NOW + 49, 10)).toHaveLength(0)
      expect(await hasty.claim(NOW + 50, 10)).toHaveLength(1)
    })

    it('is shared by workers that claim at the same time, and none of it twice', async () => {
      await live(store(), ...Array.from({ length: 60 }, (_, n) => statusOf(`L${n}`, 1)))
      const workers = await Promise.all(Array.from({ length: 4 }, () => another()))
      const rounds = Array.from({ length: 4 }, async () => {
        const claims = await Promise.all(workers.map((worker) => worker.claim(NOW, 5)))
        return claims.flat()
      })
      const clusters = (await Promise.all(rounds)).flat().map(({ cluster }) => cluster)
      expect(new Set(clusters).size).toBe(clusters.length)
      for (;;) {
        const rest = await store().claim(NOW, 5)
        if (rest.length === 0) break
        clusters.push(...rest.map(({ cluster }) => cluster))
      }
      expect(new Set(clusters).size).toBe(60)
      expect(clusters).toHaveLength(60)
    })

    it('is done when it is published, until the time to wake', async () => {
      await live(store(), statusOf('L1', 1))
      const [claim] = await store().claim(NOW, 10)
      await publishAs(store(), claim as Claim, { 'eng:1': 'a' }, ANOTHER_DAY)
      expect(await store().claim(ANOTHER_DAY - 1, 10)).toEqual([])
      const [woken] = await store().claim(ANOTHER_DAY, 10)
      expect(woken?.cluster).toBe(claim?.cluster)
      await publishAs(store(), woken as Claim, { 'eng:1': 'b' })
      expect(await store().claim(ANOTHER_DAY + LEASE, 10)).toEqual([])
      expect(await store().hashesOf([claim?.cluster as number])).toEqual(new Map([[claim?.cluster, { 'eng:1': 'b' }]]))
    })

    it('gives half of the places to those whose time has come, however much else is due', async () => {
      await live(store(), ...Array.from({ length: 10 }, (_, n) => statusOf(`W${n}`, 1)))
      for (const claim of await store().claim(NOW, 100)) await publishAs(store(), claim, {}, NOW + 1)
      const woken = new Set(await Promise.all(Array.from({ length: 10 }, (_, n) => clusterAt(store(), `lead:W${n}`))))
      await live(store(), ...Array.from({ length: 30 }, (_, n) => statusOf(`D${n}`, 1)))
      const count = async (limit: number) => {
        const claims = await store().claim(NOW + 2, limit)
        return [claims.length, claims.filter(({ cluster }) => woken.has(cluster)).length]
      }
      expect(await count(8)).toEqual([8, 4])
      expect(await count(1)).toEqual([1, 1])
      expect(await count(100)).toEqual([31, 5])
      expect(await count(0)).toEqual([0, 0])
    })

    it('is refused when facts came after the claim, live or in bulk, and stays due', async () => {
      for (const add of [live, bulk]) {
        await live(store(), statusOf(add.name, 1))
        const [claim] = await store().claim(NOW, 10)
        await add(store(), statusOf(add.name, 2))
        const publication = { ...(claim as Claim), wakeAt: null, hashes: { x: '1' }, outbox: [changed('x', '1')] }
        expect(await store().publish([publication], NOW)).toEqual([])
        expect(await store().hashesOf([publication.cluster])).toEqual(new Map())
        expect(await store().readOutbox(10)).toEqual([])
        // At once, not only when the lease of the first claim ends.
        const [again] = await store().claim(NOW, 10)
        expect(again?.cluster).toBe(claim?.cluster)
        await publishAs(store(), again as Claim, {})
      }
    })

    it('is refused when somebody else published it first', async () => {
      await live(store(), statusOf('L1', 1))
      const [slow] = await store().claim(NOW, 10)
      const [fast] = await store().claim(NOW + LEASE, 10)
      await publishAs(store(), fast as Claim, { x: '1' })
      expect(await store().publish([{ ...(slow as Claim), wakeAt: null, hashes: {}, outbox: [] }], NOW)).toEqual([])
      expect((await store().hashesOf([fast?.cluster as number])).get(fast?.cluster as number)).toEqual({ x: '1' })
    })

    it('of several publications refuses only the stale, and one that repeats a cluster', async () => {
      await live(store(), statusOf('L1', 1), statusOf('L2', 1))
      const claims = await store().claim(NOW, 10)
      await live(store(), statusOf('L2', 2))
      const publications = [...claims, claims[0] as Claim].map((claim, n) => ({
        ...claim,
        wakeAt: null,
        hashes: { [`eng:${n}`]: 'a' },
        outbox: [],
      }))
      const first = await clusterAt(store(), 'lead:L1')
      const accepted = await store().publish(publications, NOW)
      expect(accepted.map(({ cluster }) => cluster)).toEqual([first])
      expect(await store().publishedAfter(0, 10)).toEqual(accepted)
      expect(await store().hashesOf([first])).toEqual(new Map([[first, { 'eng:0': 'a' }]]))
      expect(await store().publish([], NOW)).toEqual([])
    })

    it('can be marked by hand, which refuses what is being derived', async () => {
      await live(store(), statusOf('L1', 1))
      const cluster = await clusterAt(store(), 'lead:L1')
      const [claim] = await store().claim(NOW, 10)
      await store().markDue([cluster, 12_345])
      expect(await store().publish([{ ...(claim as Claim), wakeAt: null, hashes: {}, outbox: [] }], NOW)).toEqual([])
      expect(await settle(store())).toEqual([cluster])
      await store().markDue([cluster])
      expect(await settle(store())).toEqual([cluster])
      await store().markDue([])
      expect(await settle(store())).toEqual([])
    })

    it('lists directory entries that changed in live mode until they are cleared', async () => {
      await bulk(store(), userNamed('u0', 'Zed'))
      expect(await store().directoryDue()).toEqual([])
      await live(store(), userNamed('u1', 'Ann'), campaignNamed('c1', 'Webinar'), accountNamed('a1', 'Acme'))
      await live(store(), userNamed('u1', 'Anna', 1))
      expect(await store().directoryDue()).toEqual(['account:a1', 'campaign:c1', 'user:u1'])
      await store().clearDirectoryDue(['campaign:c1', 'user:u1'])
      expect(await store().directoryDue()).toEqual(['account:a1'])
      await live(store(), userNamed('u1', 'Anna', 1))
      expect(await store().directoryDue()).toEqual(['account:a1'])
    })

    it('tells followers what was published, in order, each cluster once', async () => {
      await live(store(), statusOf('L1', 1), statusOf('L2', 1), statusOf('L3', 1))
      const order = await settle(store())
      expect((await store().publishedAfter(0, 10)).map(({ cluster }) => cluster)).toEqual(order)
      const page = await store().publishedAfter(0, 2)
      expect(page.map(({ cluster }) => cluster)).toEqual(order.slice(0, 2))
      const seq = page[1]?.seq as number
      expect(seq).toBeTypeOf('number')
      await live(store(), statusOf('L1', 2))
      await settle(store())
      expect((await store().publishedAfter(seq, 10)).map(({ cluster }) => cluster)).toEqual([order[2], order[0]])
    })
  })

  describe('the outbox', () => {
    const { store } = eachWithStore(fresh)

    async function publishWith(...outbox: OutboxEntry[]): Promise<void> {
      await live(store(), statusOf('L1', outboxes++))
      const [claim] = await store().claim(NOW, 1)
      expect(await store().publish([{ ...(claim as Claim), wakeAt: null, hashes: {}, outbox }], NOW)).toHaveLength(1)
    }
    let outboxes = 0

    it('keeps the newest change of each record until it is confirmed', async () => {
      await publishWith(changed('eng:1', 'a'), changed('eng:2', 'b'))
      const [first, second] = await store().readOutbox(10)
      expect(first).toStrictEqual({ ...changed('eng:1', 'a'), seq: expect.any(Number) })
      expect(second).toMatchObject(changed('eng:2', 'b'))
      await publishWith(removed('eng:1'))
      expect((await store().readOutbox(10)).map(({ record, change, body }) => [record, change, body])).toEqual([
        ['eng:2', 'upsert', '{"is":"b"}'],
        ['eng:1', 'delete', null],
      ])
      expect(await store().readOutbox(1)).toHaveLength(1)
      // The delivery of what was replaced meanwhile confirms nothing.
      await store().confirmOutbox([
        { record: 'eng:1', seq: first?.seq as number },
        { record: 'eng:2', seq: second?.seq as number },
      ])
      expect((await store().readOutbox(10)).map(({ record }) => record)).toEqual(['eng:1'])
      await store().confirmOutbox(await store().readOutbox(10))
      await store().confirmOutbox([])
      expect(await store().readOutbox(10)).toEqual([])
    })

    it('takes the last of two changes of one record in one publication', async () => {
      await publishWith(changed('eng:1', 'a'), changed('eng:2', 'b'), removed('eng:1'))
      expect((await store().readOutbox(10)).map(({ record, change }) => [record, change])).toEqual([
        ['eng:2', 'upsert'],
        ['eng:1', 'delete'],
      ])
    })
  })
}

function changed(record: string, hash: string): OutboxEntry {
  return { record, kind: 'engagement', change: 'upsert', hash, body: `{"is":"${hash}"}` }
}

function removed(record: string): OutboxEntry {
  return { record, kind: 'engagement', change: 'delete', hash: '', body: null }
}
