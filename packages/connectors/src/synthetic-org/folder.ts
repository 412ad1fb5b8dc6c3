import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { csvLine } from './csv-lines.ts'
import { ORG_FILE_NAMES, ORG_FILES, type OrgFile } from './files.ts'
import { isoTime } from './moments.ts'
import { generateOrg, historyEnd, type OrgOptions } from './organisation.ts'
import { truthReadme } from './truth-readme.ts'

/** What was written, and from what: beside the files as `manifest.json`. */
export type OrgManifest = Readonly<{
  generator: typeof GENERATOR
  options: OrgOptions
  /** The moment up to which the history, and the truth, is told. ISO 8601, UTC. */
  asOf: string
  rows: number
  files: Readonly<Record<OrgFile, Readonly<{ rows: number; bytes: number; sha256: string }>>>
}>

/** How far writing has come. */
export type OrgProgress = Readonly<{ rows: number; people: number; ofPeople: number }>

/** The folder holds something that was not generated: nothing in it is touched. */
export class OrgFolderError extends Error {
  override readonly name = 'OrgFolderError'
  readonly code = 'org-folder-not-empty'
}

const GENERATOR = 'throughline-synthetic-org'
const MANIFEST = 'manifest.json'
const README = 'truth/README.md'
const CHUNK_CHARACTERS = 1 << 18
const ROWS_BETWEEN_REPORTS = 20_000

type Output = { handle: FileHandle; hash: Hash; pending: string; rows: number; bytes: number }

/**
 * Writes a generated company into a folder, made if it is not there: the export, `truth/` and a manifest. What an
 * earlier run has generated there is replaced; the manifest comes last, so that a folder without one is not whole.
 *
 * @throws OrgFolderError where the folder holds anything else.
 * @throws OrgOptionsError where the options make no sense.
 */
export async function writeOrg(
  directory: string,
  options: OrgOptions,
  onProgress: (progress: OrgProgress) => void = () => {},
): Promise<OrgManifest> {
  const asOf = isoTime(historyEnd(options)).replace('.000Z', '.999Z')
  await clear(directory)
  await mkdir(join(directory, 'truth'), { recursive: true })
  // From the first byte on the folder says whose it is, so that a run that was stopped can be repeated.
  await writeFile(join(directory, MANIFEST), `${JSON.stringify({ generator: GENERATOR, unfinished: true })}\n`)

  const outputs = new Map<OrgFile, Output>()
  try {
    for (const file of ORG_FILE_NAMES) {
      const handle = await open(join(directory, file), 'w')
      outputs.set(file, { handle, hash: createHash('sha256'), pending: csvLine(ORG_FILES[file]), rows: 0, bytes: 0 })
    }
    let rows = 0
    let people = 0
    let lastHuman = ''
    for (const { file, row } of generateOrg(options)) {
      const output = outputs.get(file) as Output
      output.pending += csvLine(row)
      output.rows++
      rows++
      if (file === 'truth/people.csv' && row[0] !== lastHuman) {
        lastHuman = row[0] as string
        people++
      }
      if (output.pending.length >= CHUNK_CHARACTERS) await flush(output)
      if (rows % ROWS_BETWEEN_REPORTS === 0) onProgress({ rows, people, ofPeople: options.people })
    }
    for (const output of outputs.values()) await flush(output)
    onProgress({ rows, people, ofPeople: options.people })
    await writeFile(join(directory, README), truthReadme(options, asOf))
    const manifest: OrgManifest = { generator: GENERATOR, options, asOf, rows, files: summaryOf(outputs) }
    await writeFile(join(directory, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
    return manifest
  } finally {
    for (const { handle } of outputs.values()) await handle.close()
  }
}

async function flush(output: Output): Promise<void> {
  const bytes = Buffer.from(output.pending, 'utf8')
  output.pending = ''
  output.hash.update(bytes)
  output.bytes += bytes.length
  await output.handle.writeFile(bytes)
}

function summaryOf(outputs: ReadonlyMap<OrgFile, Output>): OrgManifest['files'] {
  const summary: Partial<Record<OrgFile, OrgManifest['files'][OrgFile]>> = {}
  for (const [file, { rows, bytes, hash }] of outputs) summary[file] = { rows, bytes, sha256: hash.digest('hex') }
  return summary as OrgManifest['files']
}

/** Empties the folder of what was generated before; refuses where there is anything else. */
async function clear(directory: string): Promise<void> {
  let names: string[]
  try {
    names = await readdir(directory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (names.length === 0) return
  const known = new Set<string>([MANIFEST, 'truth', ...ORG_FILE_NAMES])
  const strange = names.filter((name) => !known.has(name))
  const strangeTruth = names.includes('truth')
    ? (await readdir(join(directory, 'truth'))).filter((name) => !known.has(`truth/${name}`) && name !== 'README.md')
    : []
  const [example] = [...strange, ...strangeTruth.map((name) => `truth/${name}`)]
  if (example !== undefined || !(await isGenerated(directory)))
    throw new OrgFolderError(
      `${directory} is not empty and not a generated company${example === undefined ? '' : ` (it holds ${example})`}. Name an empty or a new folder.`,
    )
  for (const file of [...ORG_FILE_NAMES, README]) await rm(join(directory, file), { force: true })
}

async function isGenerated(directory: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(directory, MANIFEST), 'utf8'))
    return (
      typeof manifest === 'object' && manifest !== null && 'generator' in manifest && manifest.generator === GENERATOR
    )
  } catch {
    return false
  }
}
