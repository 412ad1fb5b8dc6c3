import { readFileSync } from 'node:fs'
import { MAPPING_TARGETS } from '@throughline/core'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { InvalidRulesError, readRules } from './rules-document.ts'

/** What is wrong with a document, as `path: problem`. */
function problems(document: unknown): string[] {
  try {
    readRules(document)
    return []
  } catch (error) {
    if (error instanceof InvalidRulesError) return error.issues.map(({ path, problem }) => `${path}: ${problem}`)
    throw error
  }
}

const rule = (more: object) => ({ target: 'medium', match: 'exact', values: ['ppc'], output: 'Paid Search', ...more })

describe('a mapping at the door', () => {
  it.each([
    [rule({}), ''],
    [rule({ match: 'pattern', values: ['^paid[ -]?search$', 'ppc|cpc'] }), ''],
    [rule({ match: 'pattern', values: ['ppc', '(a|b'] }), 'mapping.0.values.1: the "(" at place 1 is never closed'],
    [rule({ match: 'pattern', values: ['(?!x)a'] }), 'mapping.0.values.0: "(?" at place 1 looks around'],
    [rule({ match: 'pattern', values: ['((a{99}){99}){9}'] }), 'mapping.0.values.0: the pattern is too large'],
    [rule({ values: [' '] }), 'mapping.0.values.0: must not be blank'],
    [rule({ values: [] }), 'mapping.0.values: '],
    [rule({ target: 'lead-source' }), 'mapping.0.target: '],
    [
      rule({ when: [[{ field: 'raw-department', operator: 'equals', value: 'x' }]] }),
      'mapping.0.when.0.0.field: there is no field "raw-department"; there are medium, ',
    ],
  ])('[X4] refuses what cannot be used, with its place and a remedy: %j', (one, expected) => {
    const [first = ''] = problems({ mapping: [one] })
    if (expected === '') expect(first).toBe('')
    else expect(first).toContain(expected)
  })
})

const correction = (more: object) => ({
  id: 'typo',
  reason: 'upload typo',
  author: 'Ada',
  at: '2025-04-01T12:00:00Z',
  field: 'first-medium',
  from: ['Trade Show'],
  to: 'Tradeshow',
  ...more,
})

describe('corrections at the door', () => {
  it.each([
    [[correction({}), correction({ id: 'other', at: '2025-04-01T14:00:00+02:00', to: null, revoked: true })], ''],
    [[correction({}), correction({ to: 'Fair' })], 'corrections.1.id: there is a correction "typo" already'],
    [[correction({ reason: ' ' })], 'corrections.0.reason: a reason is needed'],
    [[correction({ reason: undefined })], 'corrections.0.reason: '],
    [[correction({ at: 'yesterday' })], 'corrections.0.at: '],
    [[correction({ field: 'medium' })], 'corrections.0.field: '],
    [[correction({ from: [] })], 'corrections.0.from: '],
  ])('[R2] are refused without a reason, or under an id that is taken: %j', (corrections, expected) => {
    const [first = ''] = problems({ corrections })
    if (expected === '') expect(first).toBe('')
    else expect(first).toContain(expected)
  })

  it('read the same when their stored text is read again', () => {
    const read = readRules({ corrections: [correction({})] })
    expect(read.rules.corrections[0]?.at).toBe(Date.UTC(2025, 3, 1, 12))
    expect(readRules(JSON.parse(read.document))).toEqual(read)
  })
})

it('the page about naming and correcting shows documents that can be used, and every field of a mapping rule', () => {
  const page = readFileSync(new URL('../../../docs/naming-and-correcting.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => parse(block) as object)
  expect(blocks.map((block) => Object.keys(block))).toEqual([['mapping', 'reporting'], ['corrections'], ['visits']])
  expect(blocks.flatMap(problems)).toEqual([])
  for (const target of MAPPING_TARGETS) expect(page).toContain(`\`${target}\``)
})
