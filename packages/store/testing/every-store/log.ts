import type { Fact } from '@throughline/core'
import type { Link, Store } from '@throughline/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accountNamed,
  campaignNamed,
  clustersByHand,
  conversionOf,
  crampedFacts,
  statusOf,
  userNamed,
} from '../facts.ts'
import { bulk, clusterAt, eachWithStore, live, NOW } from '../opened.ts'
import type { Fresh } from '../places.ts'

export function logTests(fresh: () => Promise<Fresh>): void {
  describe('the log', () => {
    const { store } = eachWithStore(fresh)

    it('gives facts back as they were, with numbers as numbers', async () => {
      const fact = statusOf('L1', 3)
      expect(await live(store(), fact)).toStrictEqual({ added: 1, repeated: 0, clusters: [expect.any(Number)] })
      const [logged] = await store().readFacts(0, 10)
      expect(logged).toStrictEqual({
        seq: 1,
        id: fact.id,
        kind: 'status-changed',
        occurredAt: fact.occurredAt,
        recordedAt: fact.recordedAt,
        subject: 'lead:L1',
        body: JSON.stringify(fact),
      })
      expect(await store().position()).toStrictEqual({ seq: 1, facts: 1 })
      const cluster = await clusterAt(store(), 'lead:L1')
      expect(cluster).toBeTypeOf('number')
      expect(await store().histories([cluster])).toStrictEqual(new Map([[cluster, [fact]]]))
    })

    it('keeps the first of two facts with one id, in one batch or in two', async () => {
      const first = statusOf('L1', 1)
      const second = { ...first, to: 'Something else' } as Fact
      expect(await live(store(), first, second)).toMatchObject({ added: 1, repeated: 1 })
      expect(await live(store(), second, statusOf('L1', 2))).toMatchObject({ added: 1, repeated: 1 })
      expect((await store().readFacts(0, 10)).map(({ seq, body }) => [seq, JSON.parse(body).to])).toEqual([
        [1, 'S1'],
        [2, 'S2'],
      ])
    })

    it('ties nothing together because of a fact it already had under that id', async () => {
      const first = conversionOf('L1', 'C1')
      await live(store(), first)
      await live(store(), { ...first, contact: 'C2' } as Fact)
      expect(await store().clusterOf('contact:C2')).toBeUndefined()
    })

    it('reads the log in pages, in order', async () => {
      await bulk(store(), ...Array.from({ length: 25 }, (_, n) => statusOf(`L${n % 3}`, n)))
      const seqs: number[] = []
      for (;;) {
        const page = await store().readFacts(seqs.at(-1) ?? 0, 10)
        if (page.length === 0) break
        seqs.push(...page.map(({ seq }) => seq))
      }
      expect(seqs).toEqual(Array.from({ length: 25 }, (_, n) => n + 1))
    })

    it('gives the log as text too, in pages, with whatever its texts hold', async () => {
      const odd = { ...statusOf('L"1", \u0002\nü 🎉', 1), to: 'a "b", \u0002\nü 🎉' } as Fact
      await bulk(store(), userNamed('u1', 'Ann'), odd, statusOf('L2', 2))
      const logged = await store().readFacts(0, 10)
      const quoted = (text: string) => `\u0002${text.replaceAll('\u0002', '\u0002\u0002')}\u0002`
      const lines = logged.map(
        ({ seq, subject, body }) => `${seq},${subject === null ? '' : quoted(subject)},${quoted(body)}\n`,
      )
      const longest = Math.max(...lines.slice(0, 2).map((line) => Buffer.byteLength(line)))
      expect(await store().readLogText(0, 2)).toStrictEqual({
        text: lines.slice(0, 2).join(''),
        facts: 2,
        seq: 2,
        longest,
      })
      expect(await store().readLogText(2, 2)).toMatchObject({ text: lines[2], facts: 1, seq: 3 })
      expect(await store().readLogText(3, 2)).toStrictEqual({ text: '', facts: 0, seq: 3, longest: 0 })
    })

    it('files users, campaigns and accounts under nobody', async () => {
      const directory = [userNamed('u1', 'Ann'), campaignNamed('c1', 'Webinar'), accountNamed('a1', 'Acme')]
      expect(await store().directoryVersion()).toBe(0)
      await live(store(), directory[0] as Fact, statusOf('L1', 1))
      expect(await store().directoryVersion()).toBe(1)
      await bulk(store(), statusOf('L1', 2), ...directory.slice(1))
      expect(await store().directoryVersion()).toBe(5)
      await bulk(store(), statusOf('L1', 3))
      expect(await store().directoryVersion()).toBe(5)
      expect(await store().directoryFacts()).toEqual(directory)
      expect((await store().readFacts(0, 1))[0]?.subject).toBeNull()
      expect(await store().clusterOfFact('user/u1/0')).toBeUndefined()
      expect(await store().clusterOfFact('nothing')).toBeUndefined()
      expect(await store().clusterOfFact('status/L1/1')).toBe(await store().clusterOf('lead:L1'))
    })

    it('gives a history up to a number', async () => {
      await live(store(), statusOf('L1', 1), statusOf('L1', 2))
      await live(store(), statusOf('L1', 3))
      const cluster = await clusterAt(store(), 'lead:L1')
      const history = async (upTo: number) =>
        (await store().histories([cluster], upTo)).get(cluster)?.map(({ id }) => id)
      expect(await history(2)).toEqual(['status/L1/1', 'status/L1/2'])
      expect(await history(0)).toEqual([])
      expect(await store().histories([999])).toEqual(new Map([[999, []]]))
      expect(await store().histories([])).toEqual(new Map())
    })

    it('keeps any text of any script, and what looks like an escape', async () => {
      const texts = [
        'Zoë 🐝 "quoted" \\ back',
        'a\u0001b\tc\nd',
        '\\u0000 in letters',
        "'; drop table facts; --",
        '﷽ עברית',
      ]
      const facts = texts.map((to, n) => ({ ...statusOf('L1', n), to }) as Fact)
      await live(store(), ...facts)
      const cluster = await clusterAt(store(), 'lead:L1')
      expect((await store().histories([cluster])).get(cluster)).toEqual(facts)
    })

    it.each([
      ['NUL', 'a\0b', 'NUL'],
      ['half a surrogate pair', 'a\ud83d', 'surrogate'],
    ])('refuses a text with %s, names the fact, and adds nothing', async (_, to, word) => {
      const refused = live(store(), statusOf('L1', 1), { ...statusOf('L1', 2), to } as Fact)
      await expect(refused).rejects.toMatchObject({ code: 'unstorable-text' })
      await expect(refused).rejects.toThrow(word)
      await expect(refused).rejects.toThrow('status/L1/2')
      expect(await store().position()).toEqual({ seq: 0, facts: 0 })
      const details = [{ key: 'lead:L1' as const, firstName: to }]
      await expect(
        store().append({ facts: [statusOf('L1', 1)], profiles: details, now: NOW, mode: 'live' }),
      ).rejects.toThrow('lead:L1')
      expect(await store().position()).toEqual({ seq: 0, facts: 0 })
    })

    it('gives links decided after a stamp, each key once, as of when reading began', async () => {
      await bulk(store(), conversionOf('L1', 'C1'), statusOf('L2', 1))
      const { seq } = await store().position()
      expect((await allLinks(store(), 0)).map(({ key }) => key).sort()).toEqual(['contact:C1', 'lead:L1', 'lead:L2'])
      expect(await allLinks(store(), seq)).toEqual([])
      await bulk(store(), conversionOf('L2', 'C2'))
      expect((await allLinks(store(), seq)).map(({ key }) => key)).toEqual(['contact:C2'])
      const reading = store().readLinks(0)[Symbol.asyncIterator]()
      const first = await reading.next()
      // A write while somebody reads neither waits for the reader nor changes what it sees.
      await bulk(store(), conversionOf('L1', 'C2'), statusOf('L3', 1))
      const links = [...(first.value as Link[])]
      for (let page = await reading.next(); !page.done; page = await reading.next()) links.push(...page.value)
      expect(links.map(({ key }) => key).sort()).toEqual(['contact:C1', 'contact:C2', 'lead:L1', 'lead:L2'])
      expect(links.every(({ stamp, cluster }) => typeof stamp === 'number' && typeof cluster === 'number')).toBe(true)
    })

    it('reads more links than fit a page', async () => {
      const facts = Array.from({ length: 45_000 }, (_, n) => statusOf(`L${n}`, 0))
      await bulk(store(), statusOf('first', 0))
      await bulk(store(), ...facts)
      for (const after of [0, 1]) {
        const links = await allLinks(store(), after)
        expect(links).toHaveLength(after === 0 ? 45_001 : 45_000)
        expect(new Set(links.map(({ key }) => key)).size).toBe(links.length)
      }
    })
  })

  describe('clusters', () => {
    const { store } = eachWithStore(fresh)

    it('are the connected components of the keys, however facts are split and ordered', async () => {
      let run = 0
      const split = fc.tuple(crampedFacts(6, 40), fc.infiniteStream(fc.integer({ min: 1, max: 7 })), fc.boolean())
      await fc.assert(
        fc.asyncProperty(split, async ([facts, sizes, isLive]) => {
          // Each run has records of its own, so that one store serves all.
          run++
          const own = facts.map((fact) => renamed(fact, `r${run}-`))
          const from = (await store().position()).seq
          for (let at = 0; at < own.length; ) {
            const size = sizes.next().value as number
            await store().append({ facts: own.slice(at, at + size), now: NOW, mode: isLive ? 'live' : 'bulk' })
            at += size
          }
          const found = new Map<number, Set<string>>()
          for (const { key, cluster } of await allLinks(store(), 0))
            if (key.includes(`:r${run}-`)) found.set(cluster, (found.get(cluster) ?? new Set()).add(key))
          expect(sorted(found.values())).toEqual(sorted(clustersByHand(own)))
          // And every fact is in the history of its cluster, once.
          const histories = await store().histories([...found.keys()])
          const ids = [...histories.values()].flat().map(({ id }) => id)
          const expected = [...new Set(own.filter(({ kind }) => kind !== 'user-recorded').map(({ id }) => id))]
          expect(ids.sort()).toEqual(expected.sort())
          const after = await store().position()
          expect(after.seq - from).toBe(new Set(own.map(({ id }) => id)).size)
          expect(after.seq).toBe(after.facts)
        }),
        { numRuns: 60 },
      )
    })

    it('are the same when everything is added twice', async () => {
      let run = 0
      await fc.assert(
        fc.asyncProperty(crampedFacts(5, 25), fc.boolean(), async (facts, isLive) => {
          run++
          const own = facts.map((fact) => renamed(fact, `t${run}-`))
          const mode = isLive ? 'live' : 'bulk'
          await store().append({ facts: own, now: NOW, mode })
          const [links, position] = [await allLinks(store(), 0), await store().position()]
          await settle(store())
          const again = await store().append({ facts: own.toReversed(), now: NOW, mode })
          expect(again).toEqual({ added: 0, repeated: own.length, clusters: [] })
          expect(await allLinks(store(), 0)).toEqual(links)
          expect(await store().position()).toEqual(position)
          expect(await store().claim(NOW, 10)).toEqual([])
        }),
        { numRuns: 25 },
      )
    })

    it('grow without relabelling the larger part', async () => {
      await bulk(store(), ...Array.from({ length: 200 }, (_, n) => conversionOf('hub', `C${n}`)))
      await bulk(store(), ...Array.from({ length: 100 }, (_, n) => conversionOf('small', `D${n}`)))
      const hub = await clusterAt(store(), 'lead:hub')
      const { seq } = await store().position()
      await bulk(store(), conversionOf('small', 'C7'))
      expect(await clusterAt(store(), 'contact:D99')).toBe(hub)
      // Only what moved was decided anew.
      expect(await allLinks(store(), seq)).toHaveLength(101)
    })
  })
}

async function settle(store: Store): Promise<void> {
  const claims = await store.claim(NOW, 1000)
  await store.publish(
    claims.map((claim) => ({ ...claim, wakeAt: null, hashes: {}, outbox: [] })),
    NOW,
  )
}

async function allLinks(store: Store, after: number): Promise<Link[]> {
  const links: Link[] = []
  for await (const page of store.readLinks(after)) links.push(...page)
  return links
}

function sorted(sets: Iterable<Set<string>>): string[][] {
  return [...sets].map((set) => [...set].sort()).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
}

/** The same fact about other records, under another id. */
function renamed(fact: Fact, prefix: string): Fact {
  const copy: Record<string, unknown> = { ...fact, id: prefix + fact.id }
  for (const field of ['lead', 'contact', 'opportunity'])
    if (typeof copy[field] === 'string') copy[field] = prefix + copy[field]
  for (const field of ['record', 'survivor'])
    if (typeof copy[field] === 'string') copy[field] = copy[field].replace(':', `:${prefix}`)
  if (Array.isArray(copy.merged)) copy.merged = copy.merged.map((key: string) => key.replace(':', `:${prefix}`))
  return copy as unknown as Fact
}
