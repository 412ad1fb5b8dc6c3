import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { SourceError } from '../source-error.ts'
import { openFile, openFolder } from './folder.ts'
import type { Source } from './source.ts'
import { openZip, type ZipLimits } from './zip.ts'

/**
 * Opens a folder, a zip archive (told by its content) or a single CSV file. Close it when done.
 *
 * @throws SourceError `not-found`, `not-a-source`, `no-csv-files`, or one of the zip codes.
 */
export async function openSource(path: string, limits?: ZipLimits): Promise<Source> {
  const name = basename(path)
  const info = await stat(path).catch((cause: unknown) => {
    throw new SourceError('not-found', { file: name }, `there is no file or folder at ${path}.`, 'Check the path.', {
      cause,
    })
  })
  if (!info.isDirectory() && !info.isFile())
    throw new SourceError(
      'not-a-source',
      { file: name },
      'this is neither a file nor a folder.',
      'Give a folder of CSV files, a zip archive of them, or one CSV file.',
    )
  const source = info.isDirectory()
    ? await openFolder(path)
    : (await looksLikeZip(path))
      ? await openZip(path, limits)
      : await openFile(path)
  if (source.files.length === 0) {
    await source.close()
    throw new SourceError(
      'no-csv-files',
      { file: name },
      source.ignored.length === 0
        ? 'there are no files in it.'
        : `there are no .csv files in it, only ${source.ignored.slice(0, 5).join(', ')}.`,
      'Give the folder or archive that holds the CSV files of the export, such as Lead.csv.',
    )
  }
  return source
}

async function looksLikeZip(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const start = Buffer.alloc(4)
    const { bytesRead } = await handle.read(start, 0, 4, 0)
    if (bytesRead < 4) return /\.zip$/i.test(path)
    const signature = start.readUInt32LE(0)
    // A local file, or the end record of an archive without any.
    return signature === 0x04034b50 || signature === 0x06054b50 || /\.zip$/i.test(path)
  } finally {
    await handle.close()
  }
}
