import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdTable } from './id-table.ts'
import { idSequence, toId18 } from './ids.ts'

const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
const id15 = fc.string({ unit: character, minLength: 15, maxLength: 15 })

describe('Salesforce ids', () => {
  it.each([
    ['a0D30000001n7Pi', 'a0D30000001n7PiEAI'],
    ['0019000000B98de', '0019000000B98deAAB'],
    ['a0D30000001n7PiEAI', 'a0D30000001n7PiEAI'],
    ['A0D30000001N7PIEAI', 'a0D30000001n7PiEAI'],
    ['a0d30000001n7pieai', 'a0D30000001n7PiEAI'],
    ['a0D30000001n7PiEAA', undefined],
    ['a0D30000001n7P', undefined],
    ['a0D30000001n7Pié', undefined],
    ['a0D3000000 1n7P', undefined],
    ['', undefined],
  ])('%s is kept as %s', (text, expected) => expect(toId18(text)).toBe(expected))

  it('keep their meaning through every way of writing them', () => {
    fc.assert(
      fc.property(id15, (text) => {
        const id = toId18(text) as string
        expect(id.slice(0, 15)).toBe(text)
        expect(toId18(id)).toBe(id)
        expect(toId18(id.toUpperCase())).toBe(id)
      }),
    )
  })

  it('are in the order of their sequence when one follows another', () => {
    expect(idSequence('0175g0000000001AAA')).toBeLessThan(idSequence('0175g000000000AAAQ'))
    expect(idSequence('0175g000000000Z')).toBeLessThan(idSequence('0175g000000000a'))
  })
})

describe('a table of ids', () => {
  it('numbers each of them once, as a map would', () => {
    fc.assert(
      fc.property(fc.array(id15, { maxLength: 2000 }), (ids) => {
        const table = new IdTable()
        const map = new Map<string, number>()
        for (const text of [...ids, ...ids]) {
          const id = toId18(text) as string
          if (!map.has(id)) map.set(id, map.size)
          expect(table.add(id)).toBe(map.get(id))
        }
        expect(table.size).toBe(map.size)
        for (const [id, number] of map) expect(table.find(id)).toBe(number)
        expect(table.find('zzzzzzzzzzzzzzzAAA')).toBe(map.get('zzzzzzzzzzzzzzzAAA') ?? -1)
      }),
      { numRuns: 30 },
    )
  })
})
