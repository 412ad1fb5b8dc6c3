import { describe, expect, it } from 'vitest'
import { randomFrom, weighted } from './random.ts'

describe('a stream of choices', () => {
  it('gives these very numbers on every machine', () => {
    const random = randomFrom('a seed', 'a name', 3)
    expect(Array.from({ length: 6 }, () => random.below(1_000_000))).toMatchInlineSnapshot(`
      [
        910327,
        671316,
        132986,
        434626,
        726823,
        872312,
      ]
    `)
  })

  it('is another one for another seed, name or number, and tells 1 from "1"', () => {
    const first = (...from: Parameters<typeof randomFrom>) => randomFrom(...from).below(2 ** 32)
    const streams = [first(1, 'a'), first(2, 'a'), first(1, 'b'), first(1, 'a', 1), first('1', 'a')]
    expect(new Set(streams).size).toBe(5)
    expect(first(1, 'a')).toBe(streams[0])
  })

  it('spreads evenly and stays within its limits', () => {
    const random = randomFrom(9, 'spread')
    const counts = Array(10).fill(0)
    for (let i = 0; i < 100_000; i++) counts[random.below(10)]++
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
    const between = Array.from({ length: 1_000 }, () => random.between(-2, 2))
    expect(new Set(between)).toEqual(new Set([-2, -1, 0, 1, 2]))
  })

  it('chooses by weight, and never what weighs nothing', () => {
    const random = randomFrom(9, 'weights')
    const table = weighted([
      ['never', 0],
      ['seldom', 1],
      ['often', 3],
      ['nor this', 0],
    ])
    const counts: Record<string, number> = {}
    for (let i = 0; i < 40_000; i++) {
      const choice = random.from(table)
      counts[choice] = (counts[choice] ?? 0) + 1
    }
    expect(Object.keys(counts).sort()).toEqual(['often', 'seldom'])
    expect(Math.abs((counts.often ?? 0) - 30_000)).toBeLessThan(500)
  })
})
