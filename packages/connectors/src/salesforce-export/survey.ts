import type { Instant } from '@throughline/core'
import { type Column, type ColumnFinder, columnFinder } from '../csv/columns.ts'
import { type CsvChunk, type Header, readCsv, readHeader } from '../csv/csv-file.ts'
import type { CsvRow } from '../csv/records.ts'
import type { ImportNote } from '../import-batch.ts'
import { csvOptions, ignoringFaults, isWhole, ProgressReporter } from '../reading.ts'
import { baseNameOf, type Source, type SourceFile } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { type Context, contextOf, OBJECTS, type OpportunityNow, type SalesforceObject, type Survey } from './context.ts'
import { DuplicateFinder, type Duplicates } from './duplicates.ts'
import { historyReader, type TrackedFields, trackedFields } from './history.ts'
import { HistoryTable } from './history-table.ts'
import { IdTable, resized } from './id-table.ts'
import { toId18 } from './ids.ts'
import { Interner } from './interner.ts'
import { opportunityNowReader } from './opportunity.ts'
import type { SalesforceExportOptions } from './options.ts'
import { TRANSLATORS, WITHOUT } from './translators.ts'
import { requiredId, requiredInstant, requiredText } from './values.ts'

/** An object's files, and which of their rows share an id. */
export type ObjectFiles = Readonly<{
  object: SalesforceObject
  files: readonly SourceFile[]
  rows: number
  duplicates: Duplicates
}>

/** What the whole export is like, seen before anything is given out. */
export type Inspection = Readonly<{
  objects: readonly ObjectFiles[]
  survey: Survey
  notes: readonly ImportNote[]
  bytes: number
}>

/**
 * Reads an export once from end to end without giving anything out: checks every file's header, encoding
 * and rows' shapes, and gathers what rows of other files must know (histories, creation times, duplicates).
 *
 * @throws SourceError for anything that is wrong with a file as a whole.
 */
export async function inspectSalesforceExport(source: Source, options: SalesforceExportOptions): Promise<Inspection> {
  const { files, notes } = recognise(source)
  const context = contextOf(options)
  const csv = csvOptions(options)

  // All headers first: a missing column of the last file is told before the first file is read through.
  for (const [object, objectFiles] of files)
    for (const file of objectFiles) notes.push(...checkHeader(object, await readHeader(file, csv), context))

  const bytes = sum([...files.values()].flat().map((file) => file.bytes))
  const gatherer = surveyGatherer(context)
  const progress = new ProgressReporter('check', bytes, options.onProgress)
  const objects: ObjectFiles[] = []
  for (const object of OBJECTS) {
    const objectFiles = files.get(object)
    if (!objectFiles) continue
    const duplicates = new DuplicateFinder()
    let rows = 0
    for (const file of objectFiles) {
      const take = gatherer.fileOf(object)
      let bound: { id: Column; each: ReturnType<Take> } | undefined
      for await (const chunk of readCsv(file, csv)) {
        bound ??= bind(chunk.header, take)
        for (const row of chunk.rows) {
          gather(row, chunk, bound.id, rows, duplicates, bound.each)
          rows += 1
        }
        progress.chunk(file, chunk)
      }
      progress.done(file)
    }
    const found = duplicates.result()
    if (found.conflicts.size > 0) await gatherer.again(object, objectFiles, found, csv)
    if (found.repeats.size > 0)
      notes.push({
        code: 'repeated-rows',
        file: (objectFiles[0] as SourceFile).name,
        detail: 'rows that repeat an earlier one to the letter count once',
        count: found.repeats.size,
      })
    objects.push({ object, files: objectFiles, rows, duplicates: found })
  }
  return { objects, survey: gatherer.survey(), notes, bytes }
}

function gather(
  row: CsvRow,
  chunk: CsvChunk,
  id: Column,
  number: number,
  duplicates: DuplicateFinder,
  each: ((cells: readonly string[]) => void) | undefined,
): void {
  if (!isWhole(row, chunk.header)) return
  const id18 = toId18((row.cells[id.index] as string).trim())
  if (id18 !== undefined) duplicates.add(id18, row.cells, number)
  if (each) ignoringFaults(() => each(row.cells))
}

function recognise(source: Source): { files: Map<SalesforceObject, SourceFile[]>; notes: ImportNote[] } {
  const byName = new Map(OBJECTS.map((object) => [object.toLowerCase(), object]))
  const files = new Map<SalesforceObject, SourceFile[]>()
  const notes: ImportNote[] = []
  for (const file of source.files) {
    const object = byName.get(baseNameOf(file.name))
    if (!object) {
      notes.push({ code: 'ignored-file', file: file.name, detail: 'no object of this name is read' })
      continue
    }
    const known = files.get(object)
    if (known) known.push(file)
    else files.set(object, [file])
  }
  for (const name of source.ignored) notes.push({ code: 'ignored-file', file: name, detail: 'not a CSV file' })
  if (!files.has('Lead'))
    throw new SourceError(
      'missing-file',
      { file: source.name },
      `there is no Lead.csv in it; it has ${source.files
        .slice(0, 8)
        .map((file) => file.name)
        .join(', ')}.`,
      'Export the Lead object too; its file may have a header row alone. For other lists, import with a mapping.',
    )
  for (const object of OBJECTS) {
    const without = WITHOUT[object]
    if (without && !files.has(object))
      notes.push({ code: 'absent-file', file: `${object}.csv`, detail: `without it, ${without}` })
  }
  return { files, notes }
}

/** Binds the object's translator to the header, to find what is missing, and tells what is not used. */
function checkHeader(object: SalesforceObject, header: Header, context: Context): ImportNote[] {
  const find = columnFinder(header)
  TRANSLATORS[object](find, context)
  const unused = find.unused()
  if (unused.length === 0) return []
  return [{ code: 'ignored-columns', file: header.file, detail: unused.join(', '), count: unused.length }]
}

type Take = (find: ColumnFinder) => ((cells: readonly string[]) => void) | undefined

function bind(header: Header, take: Take) {
  const find = columnFinder(header)
  return { id: find.required('Id'), each: take(find) }
}

/** Gathers the survey from the rows of the files that it needs. */
function surveyGatherer(context: Context) {
  const texts = new Interner()
  const roleNames = new Map<string, string>()
  const histories = new Map<SalesforceObject, HistoryTable>()
  let contacts = new InstantTable()
  let opportunities = new OpportunityTable(texts)

  const historyTake = (
    object: SalesforceObject,
    parent: 'LeadId' | 'ContactId' | 'OpportunityId',
    tracked: TrackedFields,
  ): Take => {
    const table = histories.get(object) ?? new HistoryTable(tracked.count, texts)
    histories.set(object, table)
    return (find) => {
      const read = historyReader(find, parent, tracked)
      return (cells) => {
        const row = read(cells)
        if (row) table.add(row.record, row.field.number, row.id, row.at, row.oldValue, row.newValue)
      }
    }
  }

  const fileOf = (object: SalesforceObject): Take => {
    switch (object) {
      case 'UserRole':
        return (find) => {
          const id = find.required('Id')
          const name = find.required('Name')
          return (cells) => roleNames.set(requiredId(cells, id), requiredText(cells, name))
        }
      case 'Contact':
        return (find) => {
          const id = find.required('Id')
          const created = find.required('CreatedDate')
          return (cells) => contacts.set(requiredId(cells, id), requiredInstant(cells, created))
        }
      case 'Opportunity':
        return (find) => {
          const read = opportunityNowReader(find)
          return (cells) => {
            const now = read(cells)
            opportunities.set(now.id, now)
          }
        }
      case 'LeadHistory':
        return historyTake(object, 'LeadId', trackedFields('lead', context))
      case 'ContactHistory':
        return historyTake(object, 'ContactId', trackedFields('contact', context))
      case 'OpportunityFieldHistory':
        return historyTake(object, 'OpportunityId', trackedFields('opportunity', context))
      default:
        return () => undefined
    }
  }

  return {
    fileOf,
    /** Rows that contradict each other count for nothing: gathers the object's part anew without them. */
    async again(
      object: SalesforceObject,
      files: readonly SourceFile[],
      { conflicts }: Duplicates,
      csv: Parameters<typeof readCsv>[1],
    ): Promise<void> {
      if (object === 'Contact') contacts = new InstantTable()
      if (object === 'Opportunity') opportunities = new OpportunityTable(texts)
      if (object === 'UserRole') roleNames.clear()
      histories.delete(object)
      const take = fileOf(object)
      for (const file of files)
        for await (const chunk of readCsv(file, csv)) {
          const { id, each } = bind(chunk.header, take)
          if (!each) return
          for (const row of chunk.rows) {
            if (!isWhole(row, chunk.header)) continue
            const id18 = toId18((row.cells[id.index] as string).trim())
            if (id18 !== undefined && !conflicts.has(id18)) ignoringFaults(() => each(row.cells))
          }
        }
    },
    survey: (): Survey => ({
      leadHistory: histories.get('LeadHistory'),
      contactHistory: histories.get('ContactHistory'),
      opportunityHistory: histories.get('OpportunityFieldHistory'),
      contactCreatedAt: (contact) => contacts.get(contact),
      opportunity: (opportunity) => opportunities.get(opportunity),
      roleNames,
    }),
  }
}

/** An instant for each of many ids. */
class InstantTable {
  readonly #ids = new IdTable()
  #instants = new Float64Array(512)

  set(id: string, at: Instant): void {
    const number = this.#ids.add(id)
    if (number >= this.#instants.length) this.#instants = resized(this.#instants, number + 1)
    this.#instants[number] = at
  }

  get(id: string): Instant | undefined {
    const number = this.#ids.find(id)
    return number < 0 ? undefined : this.#instants[number]
  }
}

/** What opportunities are now, in about 45 bytes each. */
class OpportunityTable {
  readonly #ids = new IdTable()
  readonly #texts: Interner
  #numbers = new Float64Array(1024)
  #values = new Int32Array(1536)

  constructor(texts: Interner) {
    this.#texts = texts
  }

  set(id: string, now: OpportunityNow): void {
    const number = this.#ids.add(id)
    if (number * 2 + 1 >= this.#numbers.length) this.#numbers = resized(this.#numbers, number * 2 + 2)
    if (number * 3 + 2 >= this.#values.length) this.#values = resized(this.#values, number * 3 + 3)
    this.#numbers[number * 2] = now.createdAt
    this.#numbers[number * 2 + 1] = now.probability ?? Number.NaN
    this.#values[number * 3] = this.#texts.numberOf(now.stage)
    this.#values[number * 3 + 1] = this.#texts.numberOf(now.currency ?? '')
    this.#values[number * 3 + 2] = (now.closed ? 1 : 0) | (now.won ? 2 : 0)
  }

  get(id: string): OpportunityNow | undefined {
    const number = this.#ids.find(id)
    if (number < 0) return undefined
    const probability = this.#numbers[number * 2 + 1] as number
    const flags = this.#values[number * 3 + 2] as number
    const currency = this.#texts.textOf(this.#values[number * 3 + 1] as number)
    return {
      createdAt: this.#numbers[number * 2] as number,
      probability: Number.isNaN(probability) ? undefined : probability,
      stage: this.#texts.textOf(this.#values[number * 3] as number),
      currency: currency === '' ? undefined : currency,
      closed: (flags & 1) !== 0,
      won: (flags & 2) !== 0,
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
