import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Where a mart keeps what it needs only for a while: beside its file, so that it is on the same disk. */
export function temporaryFolder(file: string): string {
  return join(dirname(file), `${basename(file)}.tmp`)
}

/** Removes the temporary folder with whatever a stopped process left in it. */
export function removeTemporary(file: string): void {
  rmSync(temporaryFolder(file), { recursive: true, force: true })
}

/** Runs work that needs a folder of its own, and removes the folder however the work ends. */
export async function withFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'build-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
