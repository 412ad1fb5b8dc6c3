import { describe, expect, it } from 'vitest'
import { conversionOf, statusOf } from '../facts.ts'
import { clusterAt, eachWithStore, live, NOW } from '../opened.ts'
import type { Fresh } from '../places.ts'

export function writerTests(fresh: () => Promise<Fresh>): void {
  describe('several writers', () => {
    const { store, another } = eachWithStore(fresh)

    it('take turns: numbers without gaps, facts once, clusters whole', async () => {
      const writers = await Promise.all(Array.from({ length: 4 }, () => another()))
      await Promise.all(
        writers.map(async (writer, w) => {
          for (let n = 0; n < 15; n++) {
            // Each writer repeats what all others say too, and adds its own.
            await live(writer, conversionOf(`L${n}`, `C${n + 1}`), conversionOf(`L${n}`, `C${n}`), statusOf(`L${n}`, w))
          }
        }),
      )
      const facts = await store().readFacts(0, 1000)
      expect(facts.map(({ seq }) => seq)).toEqual(Array.from({ length: 90 }, (_, n) => n + 1))
      expect(new Set(facts.map(({ id }) => id)).size).toBe(90)
      const cluster = await clusterAt(store(), 'lead:L0')
      expect((await store().histories([cluster])).get(cluster)).toHaveLength(90)
      const claims = await store().claim(NOW, 100)
      expect(claims.map((claim) => claim.cluster)).toEqual([cluster])
    })

    it('never let a reader of the log pass over a fact', async () => {
      const writers = await Promise.all(Array.from({ length: 3 }, () => another()))
      let writing = true
      const written = Promise.all(
        writers.map(async (writer, w) => {
          for (let n = 0; n < 30; n++) await live(writer, statusOf(`L${w}`, n), statusOf(`M${w}`, n))
        }),
      ).finally(() => {
        writing = false
      })
      const seen: number[] = []
      for (let last = false; !last; ) {
        last = !writing
        for (const { seq } of await store().readFacts(seen.at(-1) ?? 0, 7)) seen.push(seq)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      await written
      for (;;) {
        const rest = await store().readFacts(seen.at(-1) ?? 0, 100)
        if (rest.length === 0) break
        seen.push(...rest.map(({ seq }) => seq))
      }
      expect(seen).toEqual(Array.from({ length: 180 }, (_, n) => n + 1))
    })
  })
}
