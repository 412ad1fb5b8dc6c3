import { BatchBuilder, type RowOutcome } from '../batch-builder.ts'
import { columnFinder } from '../csv/columns.ts'
import { type Header, readCsv } from '../csv/csv-file.ts'
import type { CsvRow } from '../csv/records.ts'
import type { ImportBatch } from '../import-batch.ts'
import { csvOptions, duplicateFault, identityOf, outcomeOf, ProgressReporter } from '../reading.ts'
import type { Source } from '../source/source.ts'
import { contextOf, type SalesforceObject, type Translated } from './context.ts'
import type { Duplicates } from './duplicates.ts'
import { toId18 } from './ids.ts'
import type { SalesforceExportOptions } from './options.ts'
import { type Inspection, inspectSalesforceExport } from './survey.ts'
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
  const leftOut = new Map<string, number>()
  const context = contextOf(options, inspection.survey, (what) => leftOut.set(what, (leftOut.get(what) ?? 0) + 1))
  const progress = new ProgressReporter('translate', inspection.bytes, options.onProgress)
  const batch = new BatchBuilder(options.batchSize)
  if (!resume) batch.note(...inspection.notes)

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
      for await (const chunk of readCsv(file, csvOptions(options))) {
        translate ??= TRANSLATORS[object](columnFinder(chunk.header), context)
        progress.chunk(file, chunk)
        for (const row of chunk.rows) {
          const rowNumber = number++
          if (skipped || (upTo !== undefined && row.row <= upTo)) continue
          batch.add(translateRow(row, rowNumber, chunk.header, duplicates, translate))
          if (batch.full)
            yield batch.take(
              { source: identity, object, file: file.name, row: row.row } satisfies Position,
              progress.last,
            )
        }
      }
      progress.done(file)
      if (upTo !== undefined) skipping = undefined
    }
  }
  for (const [what, count] of [...leftOut].sort(([a], [b]) => (a < b ? -1 : 1)))
    batch.note({ code: 'left-out', detail: what, count })
  yield batch.take({ source: identity, object: 'end', file: '', row: 0 } satisfies Position, progress.last)
}

function translateRow(
  row: CsvRow,
  number: number,
  header: Header,
  duplicates: Duplicates,
  translate: (cells: readonly string[]) => Translated,
): RowOutcome {
  return outcomeOf(row, header, () => {
    if (duplicates.conflicts.size > 0) refuseConflict(row, header, duplicates)
    if (duplicates.repeats.has(number)) return undefined
    return translate(row.cells)
  })
}

function refuseConflict(row: CsvRow, { names }: Header, { conflicts }: Duplicates): void {
  const index = names.findIndex((name) => name.toLowerCase() === 'id')
  const id = row.cells[index]?.trim() ?? ''
  const times = conflicts.get(toId18(id) ?? id)
  if (times !== undefined) throw duplicateFault(names[index] as string, id, times)
}

function resumePosition(value: unknown, identity: string): Position | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const position = value as Partial<Position>
  if (position.source !== identity || typeof position.object !== 'string') return undefined
  if (typeof position.file !== 'string' || typeof position.row !== 'number') return undefined
  return position as Position
}
