import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { SourceError } from '../source-error.ts'
import { byName, type Source, type SourceFile } from './source.ts'

/** What an archive may hold before it is refused. Sizes in bytes. */
export type ZipLimits = Readonly<{
  files: number
  /** Unpacked, all files together. */
  totalBytes: number
  /** Unpacked bytes for one packed byte, for files above 1 MiB. CSV packs to a tenth or a thirtieth; deflate can do 1032. */
  ratio: number
}>

const DEFAULT_ZIP_LIMITS: ZipLimits = { files: 10_000, totalBytes: 64 * 2 ** 30, ratio: 200 }
const RATIO_MATTERS_FROM = 1 << 20

/**
 * The CSV files of a zip archive, also in folders inside it. Nothing is unpacked to disk.
 *
 * @throws SourceError with a `zip-…` code where the archive is damaged, empty, encrypted, too large, names
 * paths outside itself, or is built to swell when unpacked (declared sizes here, true sizes while reading).
 */
export async function openZip(path: string, limits: ZipLimits = DEFAULT_ZIP_LIMITS): Promise<Source> {
  const archive = basename(path)
  let zip: ZipFile
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
  } catch (error) {
    throw damaged(archive, error)
  }
  try {
    const entries = await entriesOf(zip, archive, limits)
    const files: SourceFile[] = []
    const ignored: string[] = []
    for (const entry of entries) {
      const name = entry.fileName
      if (name.startsWith('__MACOSX/') || name.split('/').some((part) => part.startsWith('.'))) continue
      if (/\.csv$/i.test(name)) files.push(zipFile(zip, entry, archive))
      else ignored.push(name)
    }
    if (ignored.includes('xl/workbook.xml'))
      throw new SourceError(
        'not-a-source',
        { file: archive },
        'this is an Excel workbook, not a zip of CSV files.',
        'Save each sheet as “CSV UTF-8” and import the CSV files.',
      )
    return {
      kind: 'zip',
      name: archive,
      files: files.sort(byName),
      ignored: ignored.sort(),
      close: async () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function entriesOf(zip: ZipFile, archive: string, limits: ZipLimits): Promise<Entry[]> {
  if (zip.entryCount > limits.files)
    throw new SourceError(
      'zip-too-many-files',
      { file: archive },
      `the archive holds ${zip.entryCount} files; at most ${limits.files} are allowed.`,
      'Pack only the CSV files of the export.',
    )
  const entries: Entry[] = []
  const names = new Set<string>()
  let packed = 0
  let unpacked = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      packed += entry.compressedSize
      unpacked += entry.uncompressedSize
      checkEntry(entry, archive, limits, names)
      entries.push(entry)
    }
  } catch (error) {
    if (error instanceof SourceError) throw error
    throw damaged(archive, error)
  }
  if (entries.length === 0)
    throw new SourceError(
      'empty-zip',
      { file: archive },
      'the archive is empty.',
      'Pack the CSV files of the export into it.',
    )
  // Entries that share the same packed bytes are a known way to make a small archive swell.
  if (packed > zip.fileSize) throw swelling(archive, archive, 'its entries overlap')
  if (unpacked > limits.totalBytes)
    throw new SourceError(
      'zip-too-large',
      { file: archive },
      `unpacked, the archive has ${gib(unpacked)} GiB; at most ${gib(limits.totalBytes)} are allowed.`,
      'Unpack it yourself and import the folder.',
    )
  return entries
}

function checkEntry(entry: Entry, archive: string, limits: ZipLimits, names: Set<string>): void {
  const file = entry.fileName
  if (names.has(file)) throw damaged(archive, new Error(`two entries are called ${file}`))
  names.add(file)
  if (entry.isEncrypted())
    throw new SourceError(
      'zip-encrypted',
      { file },
      'the file is encrypted.',
      'Unpack the archive with its password and import the folder.',
    )
  if (!entry.canDecodeFileData())
    throw new SourceError(
      'zip-unsupported',
      { file },
      `the file is packed with method ${entry.compressionMethod}, which is not supported.`,
      'Pack the archive with the usual method (deflate), or import the unpacked folder.',
    )
  if (entry.uncompressedSize > RATIO_MATTERS_FROM && entry.uncompressedSize > entry.compressedSize * limits.ratio)
    throw swelling(
      archive,
      file,
      `it declares ${entry.uncompressedSize} bytes packed into ${entry.compressedSize}, more than ${limits.ratio} to one`,
    )
}

function zipFile(zip: ZipFile, entry: Entry, archive: string): SourceFile {
  return {
    name: entry.fileName,
    bytes: entry.uncompressedSize,
    async *read() {
      let stream: Readable | undefined
      try {
        stream = await zip.openReadStreamPromise(entry)
        // yauzl ends the stream with an error as soon as it gives more bytes than were declared, or fewer at the end.
        for await (const piece of stream) yield piece as Uint8Array
      } catch (error) {
        if (error instanceof Error && /too many bytes/.test(error.message))
          throw swelling(
            archive,
            entry.fileName,
            `it unpacks to more than the ${entry.uncompressedSize} bytes it declares`,
          )
        throw damaged(archive, error, entry.fileName)
      } finally {
        stream?.destroy()
      }
    },
  }
}

function swelling(archive: string, file: string, why: string): SourceError {
  return new SourceError(
    'zip-bomb',
    { file },
    `${archive === file ? 'the archive' : 'the file'} is built to swell when unpacked: ${why}.`,
    'Do not unpack it. If you trust it, pack the CSV files again with the usual settings.',
  )
}

function damaged(archive: string, cause: unknown, file = archive): SourceError {
  const why = cause instanceof Error ? cause.message : String(cause)
  if (/absolute path|invalid relative path|invalid characters in fileName/.test(why))
    return new SourceError(
      'zip-unsafe-name',
      { file: archive },
      `the archive names a file outside itself (${why}).`,
      'Pack the CSV files again without paths.',
      { cause },
    )
  return new SourceError(
    'damaged-zip',
    { file },
    `the archive cannot be read (${why}).`,
    'Download or pack it again; a whole archive opens in any zip program.',
    { cause },
  )
}

function gib(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1)
}
