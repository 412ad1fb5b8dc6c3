import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from 'vitest'

/** The built command line: what a user runs. `npm test` builds it first. */
export const PROGRAM = fileURLToPath(new URL('../../dist/throughline.mjs', import.meta.url))

export type Ran = Readonly<{ status: number | null; out: string; err: string }>

/** Runs one command to its end. */
export function throughline(...args: string[]): Ran {
  if (!existsSync(PROGRAM)) throw new Error('The program is not built. Run "npm run build", or "npm test", which does.')
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, DATABASE_URL: undefined, THROUGHLINE_WORKERS: '2' },
  })
  return { status, out: stdout, err: stderr }
}

/** Runs one command and gives its `--json` result; fails the test where it did not end well. */
export function throughlineJson<T>(...args: string[]): T {
  const ran = throughline(...args, '--json')
  expect(ran.status, `${args.join(' ')}\n${ran.err}`).toBe(0)
  return JSON.parse(ran.out) as T
}

/** Starts a command and leaves it running. */
export function startThroughline(...args: string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: undefined, THROUGHLINE_WORKERS: '2' },
  })
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-e2e-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

export type Verified = Readonly<{ digest: string; tables: { table: string; rows: number }[]; differences: unknown[] }>
