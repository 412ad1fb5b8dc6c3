import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  csvLine,
  fingerprint,
  type ImportBatch,
  type ImportNote,
  openSource,
  type ReadingProgress,
  type Reject,
  readMappedCsv,
  readMapping,
  readSalesforceExport,
  type SalesforceExportOptions,
  type Source,
} from '@throughline/connectors'
import { clock } from '../clock.ts'
import { type House, useRulesFile } from '../house.ts'
import type { Progress } from '../progress.ts'

export type ImportOptions = Readonly<{
  mapping?: string | undefined
  rules?: string | undefined
  dryRun: boolean
  rejects?: string | undefined
}>

export type Imported = Readonly<{
  path: string
  facts: number
  added: number
  repeated: number
  rejected: number
  rejectsFile: string | null
  rejectsByReason: Readonly<Record<string, number>>
  notes: readonly ImportNote[]
  resumed: boolean
  dryRun: boolean
}>

/** Facts and rejects of an import so far, saved with every batch so that a resumed import counts on. */
type State = Readonly<{
  position: unknown
  facts: number
  added: number
  repeated: number
  rejected: number
  byReason: Record<string, number>
}>

const FRESH: State = { position: undefined, facts: 0, added: 0, repeated: 0, rejected: 0, byReason: {} }

/**
 * Reads a folder, zip or file into the log. What a batch brought and how far it came are stored in one
 * transaction: stopped anywhere, the same import goes on where it was. A dry run stores nothing.
 */
export async function importPath(
  house: House,
  path: string,
  options: ImportOptions,
  progress: Progress,
): Promise<Imported> {
  await useRulesFile(house, options.rules)
  const source = await openSource(path)
  const { rules } = await house.engine.rules()
  const mappingText = options.mapping === undefined ? undefined : readFileSync(options.mapping, 'utf8')
  progress.at('Reading the files', 0, 0)
  const id = createHash('sha256')
    .update(await fingerprint(source))
    .update(mappingText ?? '')
    .digest('hex')
    .slice(0, 24)
  const known = options.dryRun ? undefined : await house.store.importProgress(id)
  let state = known && !known.finished ? (known.state as State) : FRESH
  const resumed = state !== FRESH
  if (resumed) progress.say(`Going on after ${state.facts.toLocaleString('en')} facts of an interrupted import.`)

  const rejects = rejectsWriter(
    options.rejects ?? join(house.config.imports, `${id}-rejects.csv`),
    resumed,
    options.dryRun && !options.rejects,
  )
  const notes: ImportNote[] = []
  const batches = read(source, mappingText, options.mapping, {
    pseudonymKey: await house.store.pseudonymKey(),
    resumeFrom: state.position,
    onProgress: (at: ReadingProgress) =>
      progress.at(at.phase === 'check' ? `Checking ${at.file}` : `Importing ${at.file}`, at.bytesDone, at.bytesTotal),
    zone: rules.organisation.zone,
    currency: rules.organisation.currency,
  })
  for await (const batch of batches) {
    const byReason = { ...state.byReason }
    for (const reject of batch.rejects) byReason[reject.code] = (byReason[reject.code] ?? 0) + 1
    state = {
      position: batch.position,
      facts: state.facts + batch.facts.length,
      added: state.added,
      repeated: state.repeated,
      rejected: state.rejected + batch.rejects.length,
      byReason,
    }
    notes.push(...batch.notes)
    rejects.write(batch.rejects)
    if (!options.dryRun) state = await store(house, id, batch, state)
  }
  if (!options.dryRun)
    await house.store.append({ facts: [], now: clock(), mode: 'bulk', progress: { id, state, finished: true } })
  progress.done()
  return {
    path,
    facts: state.facts,
    added: state.added,
    repeated: state.repeated,
    rejected: state.rejected,
    rejectsFile: state.rejected > 0 ? rejects.file : null,
    rejectsByReason: state.byReason,
    notes,
    resumed,
    dryRun: options.dryRun,
  }
}

/** What a batch added is only known once it is stored; the state saved with it counts everything before it. */
async function store(house: House, id: string, batch: ImportBatch, state: State): Promise<State> {
  const { added, repeated } = await house.store.append({
    facts: batch.facts,
    profiles: batch.profiles,
    now: clock(),
    mode: 'bulk',
    progress: { id, state, finished: false },
  })
  return { ...state, added: state.added + added, repeated: state.repeated + repeated }
}

function read(
  source: Source,
  mappingText: string | undefined,
  mappingFile: string | undefined,
  options: SalesforceExportOptions,
): AsyncIterable<ImportBatch> {
  if (mappingText === undefined) return readSalesforceExport(source, options)
  return readMappedCsv(source, readMapping(mappingText, mappingFile ?? 'mapping'), options)
}

const REJECT_COLUMNS = ['file', 'row', 'line', 'column', 'value', 'code', 'reason', 'remedy', 'the row as it was']

/** Rejected rows go to a file as they come, each with its place, reason and remedy. A fresh import starts the file anew. */
function rejectsWriter(file: string, resumed: boolean, nowhere: boolean) {
  let started = resumed && existsSync(file)
  if (!resumed && !nowhere) rmSync(file, { force: true })
  return {
    file: nowhere ? null : file,
    write(rejects: readonly Reject[]) {
      if (nowhere || rejects.length === 0) return
      if (!started) {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
        writeFileSync(file, `\uFEFF${csvLine(REJECT_COLUMNS)}`, { mode: 0o600 })
        started = true
      }
      appendFileSync(file, rejects.map(rejectCells).map(csvLine).join(''))
    },
  }
}

function rejectCells(one: Reject): string[] {
  const { file, row, line, column, value, code, reason, remedy, cells } = one
  return [file, String(row), String(line), column ?? '', value ?? '', code, reason, remedy, ...cells]
}
