import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { emailHasher, normalEmail } from './email.ts'
import { type Reject, shortened } from './rejects.ts'
import { rejectLine, rejectsHeader, safeCell } from './rejects-csv.ts'

describe('cells that a spreadsheet would run', () => {
  it.each([
    '=1+1',
    '+1 555',
    '-cmd',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '  =1',
    '\u00A0=1',
    '\uFEFF=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '\0=1',
  ])('get an apostrophe: %j', (text) => expect(safeCell(text)).toBe(`'${text}`))
  it.each(['-5', '-5.25', 'a=b', '', ' a', '5-3', "'=1"])('others stay: %j', (text) =>
    expect(safeCell(text)).toBe(text),
  )
})

describe('the rejects file', () => {
  const reject: Reject = {
    file: 'Lead.csv',
    row: 7,
    line: 9,
    column: 'Email',
    value: '=HYPERLINK("x")',
    code: 'invalid-date',
    reason: 'it is "wrong"',
    remedy: 'Correct it.',
    columns: ['Id', 'Email'],
    cells: ['1', '=HYPERLINK("x")', 'more', 'cells'],
  }

  it('has the row as it was, its place, the reason and the remedy, and loses no cell', () => {
    const text = rejectsHeader(reject.columns) + rejectLine(reject, reject.columns)
    expect(parse(text)).toEqual([
      ['Id', 'Email', '_file', '_row', '_column', '_value', '_code', '_reason', '_remedy'],
      [
        '1',
        `'=HYPERLINK("x"),more,cells`,
        'Lead.csv',
        '7',
        'Email',
        `'=HYPERLINK("x")`,
        'invalid-date',
        'it is "wrong"',
        'Correct it.',
      ],
    ])
  })

  it('shortens long values without cutting a character in two', () => {
    expect(shortened('😀'.repeat(100))).toMatch(/^(😀)+…$/u)
    expect(shortened('short')).toBe('short')
  })
})

describe('e-mail addresses', () => {
  it.each([
    [' Ann@X.org ', 'ann@x.org'],
    ['mailto:ann@x.org', 'ann@x.org'],
    ['<ann@x.org>', 'ann@x.org'],
    ['ann\u00A0@x.org\u200B', 'ann@x.org'],
    ['ann', undefined],
    ['ann@x', undefined],
    ['a@x.org; b@x.org', undefined],
  ])('%j are read as %s', (text, expected) => expect(normalEmail(text)).toBe(expected))

  it('are hashed with the key: same address, same hash; other key, other hash', () => {
    const one = emailHasher(new Uint8Array([1]))
    expect(one('Ann@x.org')).toBe(one(' ann@X.ORG'))
    expect(one('ann@x.org')).toMatch(/^email:[0-9a-f]{32}$/)
    expect(one('ann@x.org')).not.toBe(emailHasher(new Uint8Array([2]))('ann@x.org'))
    expect(one('nobody')).toBeUndefined()
  })
})
