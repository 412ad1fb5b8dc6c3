import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvRow, recordSplitter } from './records.ts'

function split(text: string, { delimiter = ',', piece = text.length || 1, maxRecord = 1000 } = {}) {
  const splitter = recordSplitter(delimiter, maxRecord)
  const rows: CsvRow[] = []
  for (let at = 0; at < text.length; at += piece) {
    const fault = splitter.push(text.slice(at, at + piece), rows)
    if (fault) return { rows, fault }
  }
  return { rows, fault: splitter.end(rows) }
}

describe('records', () => {
  it.each<[string, string, string[][]]>([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no line break at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['mixed line ends', 'a\r\nb\nc\rd', [['a'], ['b'], ['c'], ['d']]],
    [
      'empty cells',
      ',\n,,\n',
      [
        ['', ''],
        ['', '', ''],
      ],
    ],
    ['an empty cell at the very end', 'a,', [['a', '']]],
    ['quoted delimiter and line break', '"a,b","c\nd"\n', [['a,b', 'c\nd']]],
    ['doubled quotes', '"say ""hi""",""\n', [['say "hi"', '']]],
    ['a bare quote', 'Ann "The Boss" Lee,5" disk\n', [['Ann "The Boss" Lee', '5" disk']]],
    ['blanks around a quoted cell', 'x, "Lee, Ann" ,y\n', [['x', 'Lee, Ann', 'y']]],
    ['blank lines', '\n\na\n   \n\nb\n\n', [['a'], ['b']]],
    ['a quoted blank cell alone', 'a\n""\n', [['a'], ['']]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    for (const piece of [1, 2, 3, 1000]) {
      const { rows, fault } = split(text, { piece })
      expect(fault).toBeUndefined()
      expect(rows.map((row) => row.cells)).toEqual(expected)
    }
  })

  it('have a row as in a spreadsheet and a line as in an editor', () => {
    const { rows } = split('h\n\n"two\r\nlines"\nx\n')
    expect(rows.map(({ cells, row, line }) => [cells[0], row, line])).toEqual([
      ['h', 1, 1],
      ['two\r\nlines', 3, 3],
      ['x', 4, 5],
    ])
  })

  it('with text after a closing quote are marked, and the next ones are whole', () => {
    const { rows } = split('"a"b,c\nd,e\n')
    expect(rows.map(({ fault, cells }) => [fault, cells.length])).toEqual([
      ['stray-quote', 2],
      [undefined, 2],
    ])
  })

  it('that are too long, or never end, stop the splitting where they begin', () => {
    expect(split(`a\n${'x'.repeat(50)}\n`, { maxRecord: 20 }).fault).toEqual({
      code: 'record-too-large',
      row: 2,
      line: 2,
    })
    expect(split(`a\n${'x'.repeat(50)}`, { maxRecord: 20, piece: 7 }).fault).toEqual({
      code: 'record-too-large',
      row: 2,
      line: 2,
    })
    expect(split('a\n"b\nc', { piece: 2 }).fault).toEqual({ code: 'unclosed-quote', row: 2, line: 2 })
    expect(split(`a\n"${'x'.repeat(50)}`, { maxRecord: 20, piece: 7 }).fault?.code).toBe('unclosed-quote')
  })

  it('are those csv-parse gives, in whatever pieces the text arrives', () => {
    const cell = fc.stringMatching(/^[a "',;\n\r\té]{0,6}$/)
    const written = fc.oneof(
      cell.map((text) => `"${text.replaceAll('"', '""')}"`),
      fc.stringMatching(/^[a'é][a "'é]{0,5}$/),
      fc.constant(''),
    )
    const line = fc.array(written, { minLength: 1, maxLength: 4 })
    const table = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 6 })
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.integer({ min: 1, max: 9 }), (lines, delimiter, piece) => {
        const text = lines.map(([cells, end]) => cells.join(delimiter) + end).join('')
        const expected = parse(text, {
          delimiter,
          relax_column_count: true,
          relax_quotes: true,
          skip_empty_lines: true,
          record_delimiter: ['\r\n', '\n', '\r'],
        }) as string[][]
        const { rows, fault } = split(text, { delimiter, piece })
        expect(fault).toBeUndefined()
        expect(rows.map((row) => row.cells)).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })
})
