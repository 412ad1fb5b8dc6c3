import type { SourceFile } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { type CsvRow, type RecordFault, recordSplitter } from './records.ts'
import { readText } from './text.ts'

/** The first record of a file: the names of its columns, trimmed. */
export type Header = Readonly<{ file: string; names: readonly string[]; delimiter: string; row: number }>

/** Some rows of a file, in its order. The header is not among them. */
export type CsvChunk = Readonly<{ header: Header; rows: readonly CsvRow[]; bytesDone: number }>

export type CsvOptions = Readonly<{
  /** Longest record, in characters. Default 1,048,576. */
  maxRecord?: number
  signal?: AbortSignal | undefined
}>

const DEFAULT_MAX_RECORD = 1 << 20
const DELIMITERS = [',', ';', '\t', '|'] as const
const NAME_OF_DELIMITER: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }

/**
 * Reads a CSV file piece by piece. The delimiter is the one of comma, semicolon, tab and bar that the
 * header has most of, or the one an Excel `sep=` line names.
 *
 * @throws SourceError naming file and row: `empty-file`, `not-utf8`, `not-text`, `record-too-large`, `unclosed-quote`.
 */
export async function* readCsv(file: SourceFile, options: CsvOptions = {}): AsyncGenerator<CsvChunk> {
  const maxRecord = options.maxRecord ?? DEFAULT_MAX_RECORD
  let splitter: ReturnType<typeof recordSplitter> | undefined
  let header: Header | undefined
  let delimiter = ','
  let opening = ''
  let bytesDone = 0

  const refuse = (fault: RecordFault) => {
    throw recordError(file.name, fault, maxRecord)
  }
  const takeHeader = (rows: CsvRow[]): CsvRow[] => {
    if (header) return rows
    let skip = 0
    const first = rows[0]
    if (first?.cells[0] !== undefined && /^sep=.?$/i.test(first.cells.join(delimiter).trim())) skip = 1
    const names = rows[skip]
    if (!names) return []
    header = { file: file.name, names: names.cells.map((cell) => cell.trim()), delimiter, row: names.row }
    return rows.slice(skip + 1)
  }

  for await (const { text, bytesDone: done } of readText(file, options.signal)) {
    bytesDone = done
    let next = text
    if (!splitter) {
      // Wait for the whole header before choosing how to split it.
      opening += text
      if (!/[^\r\n\s][^\r\n]*[\r\n]/.test(opening) && opening.length <= maxRecord) continue
      delimiter = delimiterOf(opening)
      splitter = recordSplitter(delimiter, maxRecord)
      next = opening
      opening = ''
    }
    const rows: CsvRow[] = []
    const fault = splitter.push(next, rows)
    const data = takeHeader(rows)
    if (header && data.length > 0) yield { header, rows: data, bytesDone }
    if (fault) refuse(fault)
  }

  const rows: CsvRow[] = []
  if (!splitter) {
    delimiter = delimiterOf(opening)
    splitter = recordSplitter(delimiter, maxRecord)
    const fault = splitter.push(opening, rows)
    if (fault) refuse(fault)
  }
  const fault = splitter.end(rows)
  if (fault) refuse(fault)
  const data = takeHeader(rows)
  if (!header)
    throw new SourceError(
      'empty-file',
      { file: file.name },
      'the file is empty: it has no header row.',
      'Export it again with a first row that names the columns, or leave the file out.',
    )
  yield { header, rows: data, bytesDone }
}

/** Reads no more of a file than its header. */
export async function readHeader(file: SourceFile, options: CsvOptions = {}): Promise<Header> {
  for await (const chunk of readCsv(file, options)) return chunk.header
  throw new Error(`readCsv gave nothing for ${file.name}`)
}

/** The delimiter a text's first line seems to be written with. */
function delimiterOf(text: string): string {
  const lines = text.split(/\r\n|\n|\r/, 50).filter((line) => line.trim() !== '')
  const named = /^sep=(.)$/i.exec(lines[0]?.trim() ?? '')
  if (named?.[1] && (DELIMITERS as readonly string[]).includes(named[1])) return named[1]
  const unquoted = (lines[0] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  let best = ','
  let most = 0
  for (const delimiter of DELIMITERS) {
    const count = unquoted.split(delimiter).length - 1
    if (count > most) {
      most = count
      best = delimiter
    }
  }
  return best
}

function recordError(file: string, fault: RecordFault, maxRecord: number): SourceError {
  const place = { file, row: fault.row, line: fault.line }
  if (fault.code === 'unclosed-quote')
    return new SourceError(
      'unclosed-quote',
      place,
      'a quotation mark is opened here and never closed, so the rest of the file cannot be told apart.',
      'Close the quotation mark; a mark inside a cell is written twice ("").',
    )
  return new SourceError(
    'record-too-large',
    place,
    `the row is longer than ${maxRecord.toLocaleString('en-US')} characters.`,
    'Look at this row: a line break or a closing quotation mark is missing, or a cell holds something that is not a value. Correct or remove it.',
  )
}

/** A delimiter's name in words. */
export function delimiterName(delimiter: string): string {
  return NAME_OF_DELIMITER[delimiter] ?? delimiter
}
