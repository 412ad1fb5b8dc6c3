import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { SourceError } from '../source-error.ts'
import { byName, type Source, type SourceFile } from './source.ts'

/** Size of the pieces files are read in. */
const PIECE = 1 << 17

/** All CSV files of a folder and the folders in it. Links are not followed; hidden files are left alone. */
export async function openFolder(path: string): Promise<Source> {
  const files: SourceFile[] = []
  const ignored: string[] = []
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const full = join(entry.parentPath, entry.name)
    const name = relative(path, full).split(sep).join('/')
    if (name.split('/').some((part) => part.startsWith('.'))) continue
    if (/\.csv$/i.test(name)) files.push(await plainFile(full, name))
    else ignored.push(name)
  }
  return {
    kind: 'folder',
    name: basename(path),
    files: files.sort(byName),
    ignored: ignored.sort(),
    close: async () => {},
  }
}

/** One file as a source of its own. */
export async function openFile(path: string): Promise<Source> {
  const name = basename(path)
  return { kind: 'file', name, files: [await plainFile(path, name)], ignored: [], close: async () => {} }
}

async function plainFile(path: string, name: string): Promise<SourceFile> {
  const { size } = await stat(path)
  return {
    name,
    bytes: size,
    async *read() {
      try {
        yield* createReadStream(path, { highWaterMark: PIECE })
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause)
        throw new SourceError(
          'unreadable-file',
          { file: name },
          `the file cannot be read (${why}).`,
          'Check that it is still there and that you may read it.',
          { cause },
        )
      }
    },
  }
}
