// @ts-check
/** A PostgreSQL server to measure against, where there is one. */
import { execFile } from 'node:child_process'
import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import pg from 'pg'
import { startPostgres } from '../scripts/postgres.mjs'
import { say } from '../scripts/progress.mjs'

const run = promisify(execFile)

/**
 * @typedef {object} MeasuredServer
 * @property {string} version
 * @property {() => Promise<string>} fresh makes an empty database in the place of the last one, and gives its URL
 * @property {(org: string) => Promise<number | undefined>} copy seconds that COPY takes for the files; undefined without psql
 * @property {() => number | undefined} cpu processor seconds of the server so far; undefined where it cannot be told
 * @property {() => Promise<void>} stop
 */

/** A throwaway server, or the one THROUGHLINE_TEST_POSTGRES names; undefined, and said, where neither is. @returns {Promise<MeasuredServer | undefined>} */
export async function startedPostgres() {
  const given = process.env.THROUGHLINE_TEST_POSTGRES
  try {
    const server = given === undefined ? await startPostgres() : { url: given, pid: undefined, stop: async () => {} }
    const [row] = await ask(server.url, 'show server_version')
    const fresh = async () => {
      await ask(server.url, 'drop database if exists throughline_bench')
      await ask(server.url, 'create database throughline_bench')
      const url = new URL(server.url)
      url.pathname = '/throughline_bench'
      return url.href
    }
    return {
      version: row.server_version.split(' ')[0],
      fresh,
      copy: async (org) => copySeconds(await fresh(), org),
      cpu: () => cpuOf(server.pid),
      stop: server.stop,
    }
  } catch (error) {
    say(`Without PostgreSQL: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
}

/** @param {string} url @param {string} sql */
async function ask(url, sql) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** The anchor: COPY of the same files, as they are, into tables of texts without an index. @param {string} url @param {string} org */
async function copySeconds(url, org) {
  const files = readdirSync(org).filter((name) => name.endsWith('.csv'))
  for (const [number, file] of files.entries()) {
    const columns = (await firstLine(join(org, file))).split(',').map((_, column) => `c${column} text`)
    await ask(url, `create table t${number} (${columns.join(', ')})`)
  }
  const commands = files.flatMap((file, number) => ['-c', `\\copy t${number} from '${join(org, file)}' csv header`])
  const began = performance.now()
  try {
    await run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', url, ...commands])
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw error
  }
  return (performance.now() - began) / 1000
}

/** @param {string} path */
async function firstLine(path) {
  const lines = createInterface({ input: createReadStream(path) })
  for await (const line of lines) {
    lines.close()
    return line
  }
  return ''
}

/** Processor seconds of a process and of the children it has seen end, from Linux' books. @param {number | undefined} pid */
function cpuOf(pid) {
  if (pid === undefined || process.platform !== 'linux') return undefined
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  // utime, stime, cutime and cstime, in hundredths of a second.
  return [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place]), 0) / 100
}
