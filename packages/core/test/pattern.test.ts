import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPatternProblem, readPattern } from '../src/index.ts'

function matches(pattern: string, text: string): boolean {
  const read = readPattern(pattern)
  if (isPatternProblem(read)) throw new Error(read.problem)
  return read(text)
}

describe('patterns', () => {
  test.each([
    ['webinar', 'July Webinar', true],
    ['^webinar', 'July Webinar', false],
    ['^webinar( -|:)', ' WEBINAR - July ', true],
    ['^(paid|organic) social$', 'Organic Social', true],
    ['^cp[cm]$', 'CPM', true],
    ['^[^a-c]+$', 'BAD', false],
    ['\\bli\\b', 'paid-li-ads', true],
    ['\\bli\\b', 'client', false],
    ['^q[1-4]-\\d{4}$', 'Q3-2025', true],
    ['^q[1-4]-\\d{4}$', 'Q5-2025', false],
    ['^a{2,3}$', 'aaaa', false],
    ['ü|é', 'MÜLLER', true],
    ['^.$', '🎉', true],
    ['', 'x', null],
    ['(a', 'a', null],
    ['a)', 'a', null],
    ['a**', 'a', null],
    ['*a', 'a', null],
    ['(?=a)b', 'b', null],
    ['(a)\\1', 'aa', null],
    ['[a', 'a', null],
    ['[\\n]', 'n', null],
    ['^[\\d\\-\\]]+$', '1-]', true],
    ['()', '', true],
    ['(){2}a', 'a', true],
    [`${'('.repeat(80)}${'){99}'.repeat(80)}`, 'a', null],
    ['a{3,2}', 'a', null],
    ['a{', 'a', null],
    ['(a{999}){999}', 'a', null],
    ['(((a{100}){100}){100}){100}', 'a', null],
  ])('%j in %j: %j', (pattern, text, expected) => {
    if (expected !== null) expect(matches(pattern, text)).toBe(expected)
    else expect(readPattern(pattern)).toMatchObject({ problem: expect.any(String), remedy: expect.any(String) })
  })

  test('find what regular expressions find', () => {
    const letter = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\s', '\\b', '^', '$')
    const { pattern } = fc.letrec<{ pattern: string; one: string }>((tie) => ({
      one: fc.oneof(
        { depthSize: 'small' },
        letter,
        fc
          .tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?'))
          .map(([p, q]) => `(${p})${q}`),
      ),
      pattern: fc.oneof(
        { depthSize: 'small' },
        tie('one'),
        fc.tuple(tie('one'), tie('one')).map(([a, b]) => a + b),
        fc.tuple(tie('one'), tie('one')).map(([a, b]) => `${a}|${b}`),
      ),
    }))
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '-', ' '), maxLength: 6 })
    fc.assert(
      fc.property(pattern, text, (pattern, text) => {
        expect(matches(pattern, text)).toBe(new RegExp(pattern, 'i').test(text.trim()))
      }),
      { numRuns: 1000 },
    )
  })

  test('take a time that grows with the text and no faster', () => {
    const hostile = '(a|aa|a+)+(a*)*b$'
    expect(matches(hostile, 'a'.repeat(5000))).toBe(false)
  })
})
