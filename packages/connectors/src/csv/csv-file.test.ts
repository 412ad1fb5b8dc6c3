import { describe, expect, it } from 'vitest'
import { memorySource } from '../../test/memory-source.ts'
import type { SourceFile } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { columnFinder } from './columns.ts'
import { readCsv, readHeader } from './csv-file.ts'

const file = (content: string | Uint8Array, piece?: number) =>
  memorySource({ 'Lead.csv': content }, piece).files[0] as SourceFile

async function cellsOf(content: string | Uint8Array, piece?: number): Promise<string[][]> {
  const rows: string[][] = []
  for await (const chunk of readCsv(file(content, piece))) rows.push(...chunk.rows.map((row) => [...row.cells]))
  return rows
}

async function refusal(content: string | Uint8Array, piece?: number): Promise<SourceError> {
  const error = await cellsOf(content, piece).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof SourceError)) throw new Error(`not refused as expected: ${String(error)}`)
  expect(error.remedy.length).toBeGreaterThan(10)
  expect(error.message).toContain(error.remedy)
  return error
}

describe('reading a CSV file', () => {
  it.each([1, 2, 3, 5, 64])('takes off the mark and keeps characters whole, in pieces of %i bytes', async (piece) => {
    const text = '\uFEFFNäme,Ort\r\nJürgen,Köln\r\n😀,東京\r\n'
    expect((await readHeader(file(text, piece))).names).toEqual(['Näme', 'Ort'])
    expect(await cellsOf(text, piece)).toEqual([
      ['Jürgen', 'Köln'],
      ['😀', '東京'],
    ])
  })

  it.each([
    [',', 'Id,Name\n1,a;b\n'],
    [';', 'Id;Name\n1;a,b\n'],
    ['\t', 'Id\tName\n1\ta,b\n'],
    ['|', 'Id|Name\n1|a,b\n'],
    [';', 'sep=;\nId;Name\n1;a\n'],
    [';', '"a,b,c";Name\n1;a\n'],
  ])('finds the delimiter %j', async (delimiter, text) => {
    const header = await readHeader(file(text))
    expect(header.delimiter).toBe(delimiter)
    expect(header.names).toHaveLength(2)
  })

  it('with a header alone has no rows', async () => {
    expect(await cellsOf('Id,Name')).toEqual([])
    expect(await cellsOf('Id,Name\n')).toEqual([])
  })

  it.each<[string, string | Uint8Array, string, number | undefined, RegExp]>([
    ['is empty', '', 'empty-file', undefined, /no header/],
    ['has blank lines alone', '\n \n', 'empty-file', undefined, /no header/],
    ['is UTF-16', Buffer.from('\uFEFFId,Name\n', 'utf16le'), 'not-utf8', 1, /UTF-16.*UTF-8/s],
    ['is UTF-16 without a mark', Buffer.from('Id,Name\n', 'utf16le'), 'not-utf8', 1, /UTF-16/],
    ['is Windows-1252', Buffer.from('Id,Name\n1,Ann\n2,Ren\xe9e\n', 'latin1'), 'not-utf8', 3, /0xE9.*“é”/],
    ['ends inside a character', Buffer.from([73, 100, 10, 49, 0xc3]), 'not-utf8', 2, /0xC3/],
    ['has a zero byte', 'Id,Name\n1,a\n2,\0\n', 'not-text', 3, /zero byte/],
    ['is a workbook', Buffer.from('PK\x03\x04xxxx', 'latin1'), 'not-text', undefined, /workbook/],
    ['never closes a quote', 'Id,Name\n1,"a\n2,b\n', 'unclosed-quote', 2, /twice/],
  ])('that %s is refused, naming the place', async (_, content, code, row, message) => {
    for (const piece of [1, 7, 1 << 16]) {
      const error = await refusal(content, piece)
      expect(error.code).toBe(code)
      expect(error.file).toBe('Lead.csv')
      expect(error.row).toBe(row)
      expect(error.message).toMatch(message)
    }
  })

  it('refuses a line of 200 MB without keeping it in memory', async () => {
    const megabyte = Buffer.alloc(1 << 20, 'x')
    let given = 0
    const endless: SourceFile = {
      name: 'Lead.csv',
      bytes: 200 << 20,
      async *read() {
        yield Buffer.from('Id,Name\n1,a\n2,')
        for (given = 0; given < 200; given++) yield megabyte
      },
    }
    const before = process.memoryUsage().rss
    const error = await (async () => {
      for await (const _ of readCsv(endless));
    })().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'record-too-large', file: 'Lead.csv', row: 3 })
    expect(given).toBeLessThan(4)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20)
  })
})

describe('columns', () => {
  it('are found without regard to case, and those nobody asked for are listed', async () => {
    const find = columnFinder(await readHeader(file('ID, name ,Extra\n')))
    expect(find.required('Id').index).toBe(0)
    expect(find.optional('Title', 'Name')).toEqual({ name: 'name', index: 1 })
    expect(find.optional('Phone').index).toBe(-1)
    expect(find.unused()).toEqual(['Extra'])
  })

  it('that are missing or there twice are refused', async () => {
    const find = columnFinder(await readHeader(file('Id,Name,name\n')))
    expect(() => find.required('CreatedDate')).toThrow(
      /^Lead\.csv, row 1, column CreatedDate: the column is missing\. The header, read with comma between cells, has: Id, Name, name\. Export the file again/,
    )
    expect(() => find.required('Name')).toThrow(/Lead\.csv, row 1, column Name: the header names this column 2 times/)
  })
})
