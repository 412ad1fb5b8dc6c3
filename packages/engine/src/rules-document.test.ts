import { describe, expect, it } from 'vitest'
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
