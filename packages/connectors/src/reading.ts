import { createHash } from 'node:crypto'
import type { RowOutcome } from './batch-builder.ts'
import type { CsvChunk, CsvOptions, Header } from './csv/csv-file.ts'
import type { CsvRow } from './csv/records.ts'
import type { ReadingOptions, ReadingProgress } from './import-batch.ts'
import { RowFault, rejectOf } from './rejects.ts'
import type { Source, SourceFile } from './source/source.ts'

/** The options of reading CSV among those of reading a source. */
export function csvOptions(options: ReadingOptions): CsvOptions {
  return { ...(options.maxRecord === undefined ? {} : { maxRecord: options.maxRecord }), signal: options.signal }
}

/** True of a row that has a cell for every column and quotes that make sense. */
export function isWhole(row: CsvRow, header: Header): boolean {
  return row.fault === undefined && row.cells.length === header.names.length
}

/** Reads a row, whole or not at all: a RowFault makes it a reject. */
export function outcomeOf(row: CsvRow, header: Header, read: () => RowOutcome): RowOutcome {
  try {
    if (!isWhole(row, header)) throw shapeFault(row, header.names.length)
    return read()
  } catch (error) {
    if (error instanceof RowFault) return { reject: rejectOf(header, row, error) }
    throw error
  }
}

/** Reads a row for the survey: a faulty one gives nothing now and becomes a reject later. */
export function ignoringFaults(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof RowFault)) throw error
  }
}

/** What is wrong with a row that does not have the header's shape. */
function shapeFault(row: CsvRow, columns: number): RowFault {
  if (row.fault === 'stray-quote')
    return new RowFault(
      'stray-quote',
      undefined,
      undefined,
      'there is text after a closing quotation mark, so the cells cannot be told apart.',
      'Write a quotation mark inside a cell twice ("").',
    )
  return new RowFault(
    'ragged-row',
    undefined,
    undefined,
    `the row has ${row.cells.length} cells, the header has ${columns}.`,
    'Put cells that hold the delimiter between quotation marks; add or remove cells until the numbers agree.',
  )
}

/** Refuses a row whose id other rows have with other contents. */
export function duplicateFault(column: string, id: string, times: number): RowFault {
  return new RowFault(
    'duplicate-id',
    column,
    id,
    `${times} rows have this id and differ from each other; none of them is taken.`,
    'Keep the right one of these rows and remove the others.',
  )
}

/** Names and sizes of a source's files: enough to tell that a position belongs to another source. */
export function identityOf(source: Source): string {
  const parts = source.files.map((file) => `${file.name}\n${file.bytes}`)
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}

/** Adds up progress over files. */
export class ProgressReporter {
  readonly #onProgress: ((progress: ReadingProgress) => void) | undefined
  #before = 0
  #last: ReadingProgress

  constructor(phase: ReadingProgress['phase'], bytesTotal: number, onProgress?: (progress: ReadingProgress) => void) {
    this.#onProgress = onProgress
    this.#last = { phase, file: '', rowsDone: 0, bytesDone: 0, bytesTotal }
  }

  /** A piece of a file was read. */
  chunk(file: SourceFile, chunk: CsvChunk): void {
    this.#last = {
      ...this.#last,
      file: file.name,
      rowsDone: this.#last.rowsDone + chunk.rows.length,
      bytesDone: this.#before + chunk.bytesDone,
    }
    this.#onProgress?.(this.#last)
  }

  /** A file is done, or was passed over. */
  done(file: SourceFile): void {
    this.#before += file.bytes
  }

  get last(): ReadingProgress {
    return this.#last
  }
}
