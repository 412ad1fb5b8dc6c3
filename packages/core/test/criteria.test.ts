import { describe, expect, it } from 'vitest'
import { type Condition, type Criteria, meets } from '../src/index.ts'

const VALUES: Readonly<Record<string, string | number | boolean | null | undefined>> = {
  status: ' Working ',
  score: 80,
  text: '12.5',
  won: true,
  lost: false,
  zero: 0,
  nothing: null,
  empty: '',
}
const read = (field: string) => VALUES[field]
const one = (field: string, operator: Condition['operator'], value?: Condition['value']): Criteria => [
  [value === undefined ? { field, operator } : { field, operator, value }],
]

describe('criteria', () => {
  it.each<[string, Condition['operator'], Condition['value'] | undefined, boolean]>([
    ['status', 'equals', 'working', true],
    ['status', 'equals', 'work', false],
    ['score', 'equals', '80', true],
    ['won', 'equals', true, true],
    ['won', 'equals', 'TRUE', true],
    ['lost', 'equals', true, false],
    ['empty', 'equals', '', true],
    ['nothing', 'equals', 'x', false],
    ['status', 'not-equals', 'Working', false],
    ['absent', 'not-equals', 'Working', true],
    ['status', 'in', ['Open', 'WORKING'], true],
    ['status', 'in', [], false],
    ['status', 'in', 'Working', true],
    ['absent', 'in', ['Open'], false],
    ['status', 'not-in', ['Open'], true],
    ['status', 'not-in', ['Working'], false],
    ['absent', 'not-in', ['Open'], true],
    ['status', 'contains', 'ORK', true],
    ['absent', 'contains', '', false],
    ['status', 'starts-with', 'wor', true],
    ['status', 'starts-with', 'ork', false],
    ['score', 'greater-than', 79, true],
    ['score', 'greater-than', 80, false],
    ['text', 'greater-than', '12', true],
    ['score', 'at-least', 80, true],
    ['score', 'at-least', 81, false],
    ['score', 'less-than', 80, false],
    ['zero', 'less-than', 1, true],
    ['zero', 'at-most', 0, true],
    ['status', 'at-most', 1, false],
    ['absent', 'less-than', 1, false],
    ['empty', 'at-most', 0, false],
    ['score', 'greater-than', undefined, false],
    ['nothing', 'is-blank', undefined, true],
    ['empty', 'is-blank', undefined, true],
    ['zero', 'is-blank', undefined, false],
    ['lost', 'is-present', undefined, true],
    ['absent', 'is-present', undefined, false],
  ])('%s %s %s: %s', (field, operator, value, holds) => {
    expect(meets(one(field, operator, value), read)).toBe(holds)
  })

  it('hold where all conditions of any set do', () => {
    const yes = { field: 'score', operator: 'equals', value: 80 } as const
    const no = { field: 'score', operator: 'equals', value: 81 } as const
    expect(meets([[yes, no], [yes]], read)).toBe(true)
    expect(meets([[yes, no], [no]], read)).toBe(false)
  })

  it('without sets, or with an empty one, never hold', () => {
    expect(meets([], read)).toBe(false)
    expect(meets([[]], read)).toBe(false)
  })
})
