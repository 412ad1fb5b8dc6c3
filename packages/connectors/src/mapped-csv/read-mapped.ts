import { createHash } from 'node:crypto'
import type { Fact, Instant, UserRecorded, Zone } from '@throughline/core'
import { BatchBuilder, type RowOutcome } from '../batch-builder.ts'
import { type ColumnFinder, columnFinder } from '../csv/columns.ts'
import { type Header, readCsv, readHeader } from '../csv/csv-file.ts'
import type { CsvRow } from '../csv/records.ts'
import type { ImportBatch, ImportNote, ReadingOptions } from '../import-batch.ts'
import {
  csvOptions,
  duplicateFault,
  identityOf,
  ignoringFaults,
  isWhole,
  outcomeOf,
  ProgressReporter,
} from '../reading.ts'
import { contentHash } from '../salesforce-export/duplicates.ts'
import { type Draft, textAt } from '../salesforce-export/values.ts'
import { baseNameOf, type Source, type SourceFile } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { UTC, zoneNamed } from '../zone.ts'
import { dealReader } from './deal-rows.ts'
import { type LeadBrief, leadReader } from './lead-rows.ts'
import type { Mapping } from './mapping.ts'

export type MappedCsvOptions = ReadingOptions &
  Readonly<{
    /** Zone of dates without one, where the mapping names none. Default UTC. */
    zone?: Zone
  }>

type Part = 'leads' | 'deals'
type Position = Readonly<{ source: string; part: Part | 'end'; row: number }>

/**
 * Reads lead files, and the deals joined to them, as a mapping says. As with an export, every file is
 * checked from end to end before the first batch is given out, and no fact depends on the order of rows.
 *
 * @throws SourceError where a file or a column that the mapping names is missing, or a file is wrong as a whole.
 */
export async function* readMappedCsv(
  source: Source,
  mapping: Mapping,
  options: MappedCsvOptions,
): AsyncGenerator<ImportBatch> {
  const plan = planOf(source, mapping, options)
  const survey = await surveyOf(plan, mapping, options)
  const identity = createHash('sha256')
    .update(identityOf(source))
    .update(JSON.stringify(mapping))
    .digest('hex')
    .slice(0, 16)
  const resume = resumePosition(options.resumeFrom, identity)
  if (resume?.part === 'end') return
  const progress = new ProgressReporter('translate', plan.bytes, options.onProgress)
  const batch = new BatchBuilder(options.batchSize)
  if (!resume) {
    batch.note(...plan.notes, ...survey.notes)
    for (const user of survey.users) batch.add({ facts: [user] })
  }
  for (const [part, file] of plan.files) {
    if (resume?.part === 'deals' && part === 'leads') {
      progress.done(file)
      continue
    }
    const upTo = resume?.part === part ? resume.row : 0
    const ids = survey.ids[part]
    let translate: RowReader | undefined
    for await (const chunk of readCsv(file, csvOptions(options))) {
      translate ??= plan.readerOf(part, columnFinder(chunk.header))
      progress.chunk(file, chunk)
      for (const row of chunk.rows) {
        if (row.row <= upTo) continue
        batch.add(translateRow(row, chunk.header, ids, translate, (id) => survey.leadOf(id)))
        if (batch.full) yield batch.take({ source: identity, part, row: row.row } satisfies Position, progress.last)
      }
    }
    progress.done(file)
  }
  yield batch.take({ source: identity, part: 'end', row: 0 } satisfies Position, progress.last)
}

type RowReader = Readonly<{
  idColumn: string
  idOf(cells: readonly string[]): string | undefined
  /** What deals must know of a lead; undefined for other rows. */
  briefOf(cells: readonly string[]): LeadBrief | undefined
  read(cells: readonly string[], leadOf: (id: string) => LeadBrief | undefined): RowOutcome
}>

type Plan = Readonly<{
  files: readonly (readonly [Part, SourceFile])[]
  bytes: number
  notes: readonly ImportNote[]
  readerOf(part: Part, find: ColumnFinder): RowReader
}>

function planOf(source: Source, mapping: Mapping, options: MappedCsvOptions): Plan {
  const zone = (mapping.timeZone === undefined ? undefined : zoneNamed(mapping.timeZone)) ?? options.zone ?? UTC
  const files: [Part, SourceFile][] = [['leads', fileOf(source, mapping.leads.file, 'leads.file')]]
  if (mapping.deals) files.push(['deals', fileOf(source, mapping.deals.file, 'deals.file')])
  const used = new Set(files.map(([, file]) => file))
  return {
    files,
    bytes: files.reduce((total, [, file]) => total + file.bytes, 0),
    notes: source.files
      .filter((file) => !used.has(file))
      .map((file) => ({ code: 'ignored-file', file: file.name, detail: 'the mapping does not name it' })),
    readerOf(part, find) {
      if (part === 'leads') {
        const read = leadReader(find, mapping.leads, mapping.source, zone, options.pseudonymKey)
        const column = find.required(mapping.leads.id)
        return {
          idColumn: column.name,
          idOf: (cells) => textAt(cells, column),
          briefOf: read.brief,
          read: read.row,
        }
      }
      const deals = mapping.deals as NonNullable<Mapping['deals']>
      const read = dealReader(find, deals, mapping.source, zone, mapping.currency)
      const column = find.required(deals.opportunity ?? deals.lead)
      return {
        idColumn: column.name,
        idOf: (cells) => textAt(cells, column),
        briefOf: () => undefined,
        read: (cells, leadOf) => ({ facts: read(cells, leadOf) }),
      }
    },
  }
}

/** A file by the name the mapping gives it: its path in the source, or its last part where that is unique. */
function fileOf(source: Source, name: string, entry: string): SourceFile {
  const exact = source.files.find((file) => file.name === name)
  if (exact) return exact
  const alike = source.files.filter((file) => baseNameOf(file.name) === baseNameOf(name))
  if (alike.length === 1) return alike[0] as SourceFile
  throw new SourceError(
    'missing-file',
    { file: source.name },
    alike.length > 1
      ? `it has ${alike.length} files called ${name}: ${alike.map((file) => file.name).join(', ')}.`
      : `there is no ${name} in it, which the mapping names as ${entry}; it has ${source.files
          .slice(0, 8)
          .map((file) => file.name)
          .join(', ')}.`,
    `Put ${name} beside the others, or correct ${entry} in the mapping.`,
  )
}

/** How often an id occurs, and with how many contents. */
type Seen = { hash: number; row: number; times: number; differ: boolean }

type MappedSurvey = Readonly<{
  ids: Readonly<Record<Part, ReadonlyMap<string, Seen>>>
  leadOf(id: string): LeadBrief | undefined
  users: readonly Fact[]
  notes: readonly ImportNote[]
}>

/** Reads all files once: their shape, ids that occur twice, the leads that deals refer to, the users named. */
async function surveyOf(plan: Plan, mapping: Mapping, options: MappedCsvOptions): Promise<MappedSurvey> {
  const notes: ImportNote[] = []
  for (const [part, file] of plan.files)
    notes.push(...checkHeader(plan, part, await readHeader(file, csvOptions(options)), mapping))
  const progress = new ProgressReporter('check', plan.bytes, options.onProgress)
  const ids: Record<Part, Map<string, Seen>> = { leads: new Map(), deals: new Map() }
  const leads = new Map<string, LeadBrief>()
  const named = new Map<string, string | undefined>()
  let earliest = Number.POSITIVE_INFINITY
  for (const [part, file] of plan.files) {
    let reader: RowReader | undefined
    let userColumns: readonly Readonly<{ index: number; role: string | undefined }>[] = []
    for await (const chunk of readCsv(file, csvOptions(options))) {
      if (!reader) {
        const find = columnFinder(chunk.header)
        reader = plan.readerOf(part, find)
        userColumns = userColumnsOf(mapping, part, find)
      }
      const bound = reader
      for (const row of chunk.rows) {
        if (!isWhole(row, chunk.header)) continue
        const id = bound.idOf(row.cells)
        if (id !== undefined) see(ids[part], id, row)
        for (const { index, role } of userColumns) {
          const user = row.cells[index]?.trim()
          if (user) named.set(own(user), named.get(user) ?? role)
        }
        if (part !== 'leads') continue
        ignoringFaults(() => {
          const lead = bound.briefOf(row.cells)
          if (!lead) return
          earliest = Math.min(earliest, lead.createdAt)
          if (!mapping.deals) return
          // A lead that will be rejected has no deals.
          bound.read(row.cells, () => undefined)
          leads.set(own(lead.id), { ...lead, id: own(lead.id), owner: own(lead.owner) })
        })
      }
      progress.chunk(file, chunk)
    }
    progress.done(file)
    const repeats = [...ids[part].values()].filter((seen) => !seen.differ && seen.times > 1)
    if (repeats.length > 0)
      notes.push({
        code: 'repeated-rows',
        file: file.name,
        detail: 'rows that repeat an earlier one to the letter count once',
        count: repeats.reduce((count, seen) => count + seen.times - 1, 0),
      })
  }
  return {
    ids,
    leadOf: (id) => (ids.leads.get(id)?.differ ? undefined : leads.get(id)),
    users: usersOf(mapping, named, Number.isFinite(earliest) ? earliest : 0),
    notes,
  }
}

function checkHeader(plan: Plan, part: Part, header: Header, mapping: Mapping): ImportNote[] {
  const find = columnFinder(header)
  plan.readerOf(part, find)
  userColumnsOf(mapping, part, find)
  const unused = find.unused()
  if (unused.length === 0) return []
  return [{ code: 'ignored-columns', file: header.file, detail: unused.join(', '), count: unused.length }]
}

function userColumnsOf(mapping: Mapping, part: Part, find: ColumnFinder) {
  return mapping.users.flatMap((user) =>
    'in' in user && user.in === part ? [{ index: find.required(user.column).index, role: user.role }] : [],
  )
}

/** Users of the mapping, and those the files name. They stand from the first lead on. */
function usersOf(mapping: Mapping, named: ReadonlyMap<string, string | undefined>, since: Instant): UserRecorded[] {
  const base = (id: string) =>
    ({
      kind: 'user-recorded',
      id: `${mapping.source}/user/${id}`,
      occurredAt: since,
      recordedAt: since,
      user: id,
    }) as const
  const facts: UserRecorded[] = []
  const given = new Set<string>()
  for (const user of mapping.users) {
    if (!('id' in user)) continue
    given.add(user.id)
    const fact: Draft<UserRecorded> = { ...base(user.id), name: user.name }
    if (user.role !== undefined) fact.role = user.role
    if (user.queue !== undefined) fact.queue = user.queue
    facts.push(fact)
  }
  for (const [id, role] of [...named].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (given.has(id)) continue
    facts.push({ ...base(id), inferred: 'current-value', name: id, ...(role === undefined ? {} : { role }) })
  }
  return facts
}

function see(ids: Map<string, Seen>, id: string, row: CsvRow): void {
  const hash = contentHash(row.cells)
  const seen = ids.get(id)
  if (!seen) {
    ids.set(own(id), { hash, row: row.row, times: 1, differ: false })
    return
  }
  seen.times += 1
  if (seen.hash !== hash) seen.differ = true
}

function translateRow(
  row: CsvRow,
  header: Header,
  ids: ReadonlyMap<string, Seen>,
  reader: RowReader,
  leadOf: (id: string) => LeadBrief | undefined,
): RowOutcome {
  return outcomeOf(row, header, () => {
    const id = reader.idOf(row.cells)
    const seen = id === undefined ? undefined : ids.get(id)
    if (seen && id !== undefined && seen.differ) throw duplicateFault(reader.idColumn, id, seen.times)
    if (seen && seen.row !== row.row) return undefined
    return reader.read(row.cells, leadOf)
  })
}

/** A copy that does not keep the piece of the file alive that the text was cut from. */
function own(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}

function resumePosition(value: unknown, identity: string): Position | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const position = value as Partial<Position>
  if (position.source !== identity || typeof position.row !== 'number') return undefined
  return position.part === 'leads' || position.part === 'deals' || position.part === 'end'
    ? (position as Position)
    : undefined
}
