import { createHash } from 'node:crypto'
import type { Fact } from '@throughline/core'
import type { Profile } from '@throughline/engine'
import { columnFinder } from '../csv/columns.ts'
import { type CsvChunk, readCsv } from '../csv/csv-file.ts'
import type { CsvRow } from '../csv/records.ts'
import { DEFAULT_BATCH_SIZE, type ImportBatch, type ImportNote } from '../import-batch.ts'
import { type Reject, RowFault, rejectOf } from '../rejects.ts'
import type { Source } from '../source/source.ts'
import { contextOf, type SalesforceObject, type Translated } from './context.ts'
import type { Duplicates } from './duplicates.ts'
import { toId18 } from './ids.ts'
import type { SalesforceExportOptions } from './options.ts'
import { type Inspection, inspectSalesforceExport, isWhole, progressReporter } from './survey.ts'
import { TRANSLATORS } from './translators.ts'

/** Where a batch ends: after this row of this file. `source` tells another source's positions apart. */
type Position = Readonly<{ source: string; object: SalesforceObject | 'end'; file: string; row: number }>

/**
 * Reads a Salesforce data export into batches of facts. The order of files is fixed and rows keep their
 * file's order, but no fact depends on it. Every row is translated whole or rejected whole.
 *
 * @throws SourceError before the first batch where a file is wrong as a whole: nothing has been given out then.
 */
export async function* readSalesforceExport(
  source: Source,
  options: SalesforceExportOptions,
  inspected?: Inspection,
): AsyncGenerator<ImportBatch> {
  const inspection = inspected ?? (await inspectSalesforceExport(source, options))
  const identity = identityOf(source)
  const resume = resumePosition(options.resumeFrom, identity)
  if (resume?.object === 'end') return
  const size = options.batchSize ?? DEFAULT_BATCH_SIZE
  const leftOut = new Map<string, number>()
  const context = contextOf(options, inspection.survey, (what) => leftOut.set(what, (leftOut.get(what) ?? 0) + 1))
  const progress = progressReporter('translate', inspection.bytes, options.onProgress)
  const csv = { ...(options.maxRecord === undefined ? {} : { maxRecord: options.maxRecord }), signal: options.signal }

  let facts: Fact[] = []
  let profiles: Profile[] = []
  let rejects: Reject[] = []
  let notes: readonly ImportNote[] = resume ? [] : inspection.notes
  const batch = (position: Position): ImportBatch => {
    const full = { facts, profiles, rejects, notes, progress: progress.last(), position }
    facts = []
    profiles = []
    rejects = []
    notes = []
    return full
  }

  let skipping = resume
  for (const { object, files, duplicates } of inspection.objects) {
    let number = 0
    for (const file of files) {
      const upTo = skipping?.object === object && skipping.file === file.name ? skipping.row : undefined
      const skipped = skipping !== undefined && upTo === undefined
      // Rows of an object are counted over all its files; other objects' files need not be read again.
      if (skipped && resume?.object !== object) {
        progress.done(file)
        continue
      }
      let translate: ((cells: readonly string[]) => Translated) | undefined
      for await (const chunk of readCsv(file, csv)) {
        translate ??= TRANSLATORS[object](columnFinder(chunk.header), context)
        progress.of(file, chunk)
        for (const row of chunk.rows) {
          const rowNumber = number++
          if (skipped || (upTo !== undefined && row.row <= upTo)) continue
          const result = translateRow(row, rowNumber, chunk, duplicates, translate)
          if (result === undefined) continue
          if ('code' in result) rejects.push(result)
          else {
            for (const fact of result.facts) facts.push(fact)
            if (result.profile) profiles.push(result.profile)
          }
          if (facts.length >= size || rejects.length >= size)
            yield batch({ source: identity, object, file: file.name, row: row.row })
        }
      }
      progress.done(file)
      if (upTo !== undefined) skipping = undefined
    }
  }
  for (const [what, count] of [...leftOut].sort(([a], [b]) => (a < b ? -1 : 1)))
    notes = [...notes, { code: 'left-out', detail: what, count }]
  yield batch({ source: identity, object: 'end', file: '', row: 0 })
}

/** The row's facts, its reject, or undefined for a row that repeats an earlier one. */
function translateRow(
  row: CsvRow,
  number: number,
  { header }: CsvChunk,
  duplicates: Duplicates,
  translate: (cells: readonly string[]) => Translated,
): Translated | Reject | undefined {
  try {
    if (!isWhole(row, header)) throw shapeFault(row, header.names.length)
    if (duplicates.repeats.has(number)) return undefined
    if (duplicates.conflicts.size > 0) refuseConflict(row, header.names, duplicates)
    return translate(row.cells)
  } catch (error) {
    if (error instanceof RowFault) return rejectOf(header.file, row, error)
    throw error
  }
}

/** What is wrong with a row that does not have the header's shape. */
export function shapeFault(row: CsvRow, columns: number): RowFault {
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

function refuseConflict(row: CsvRow, names: readonly string[], { conflicts }: Duplicates): void {
  const index = names.findIndex((name) => name.toLowerCase() === 'id')
  const id = row.cells[index]?.trim() ?? ''
  const times = conflicts.get(toId18(id) ?? id)
  if (times === undefined) return
  throw new RowFault(
    'duplicate-id',
    names[index],
    id,
    `${times} rows have this id and differ from each other; none of them is taken.`,
    'Keep the right one of these rows and remove the others.',
  )
}

/** Names and sizes of the files: enough to tell that a position belongs to another source. */
function identityOf(source: Source): string {
  const parts = source.files.map((file) => `${file.name}\n${file.bytes}`)
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}

function resumePosition(value: unknown, identity: string): Position | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const position = value as Partial<Position>
  if (position.source !== identity || typeof position.object !== 'string') return undefined
  if (typeof position.file !== 'string' || typeof position.row !== 'number') return undefined
  return position as Position
}
