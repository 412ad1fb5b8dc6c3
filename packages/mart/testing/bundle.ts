import { mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** Where bundles lie: inside the repository, so that they find its packages. */
const CACHE = fileURLToPath(new URL('../../../node_modules/', import.meta.url))

/** A file of this folder made runnable by Node itself, as threads and child processes need it. */
export async function bundle(entry: string): Promise<Readonly<{ file: URL; path: string; remove(): void }>> {
  const folder = mkdtempSync(join(CACHE, '.mart-test-'))
  const path = join(folder, basename(entry).replace(/\.ts$/, '.mjs'))
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-api'],
    logLevel: 'error',
  })
  return { path, file: pathToFileURL(path), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
