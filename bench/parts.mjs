// @ts-check
/** What is measured, part by part, in the order in which one part leaves things ready for the next. */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { PROGRAM } from '../scripts/build.mjs'

/**
 * @typedef {object} Subject
 * @property {string} size
 * @property {{ folder: string, rows: number, bytes: number }} org
 * @property {string} data
 * @property {number} runs
 * @property {import('./postgres.mjs').MeasuredServer | undefined} postgres
 * @property {(part: string, options: object) => Promise<any>} measure
 */

/** How hard live facts come: one at a time, then so many senders for so many seconds. */
const LIVE = { ones: 200, seconds: 20, senders: 256 }

/** @type {readonly { name: string, needs: readonly string[], leaves: readonly string[], measure: (subject: Subject) => Promise<object> }[]} */
export const PARTS = [
  { name: 'import', needs: [], leaves: ['facts'], measure: measureImports },
  { name: 'rebuild', needs: ['facts'], leaves: ['mart'], measure: measureRebuilds },
  {
    name: 'reports',
    needs: ['facts', 'mart'],
    leaves: [],
    measure: async ({ data, runs, measure }) => ({
      runs: await times(runs, () => measure('reports', { data, asks: 20 })),
    }),
  },
  {
    name: 'explain',
    needs: ['facts', 'mart'],
    leaves: [],
    measure: async ({ data, runs, measure }) => ({
      runs: await times(runs, () => measure('explain', { data, asks: 50 })),
    }),
  },
  {
    name: 'start',
    needs: ['facts', 'mart'],
    leaves: [],
    measure: async ({ data, runs }) => ({ runs: await times(runs, () => secondsToListening(data)) }),
  },
  {
    name: 'live',
    needs: ['facts', 'mart'],
    leaves: [],
    measure: async ({ data, runs, measure }) => ({ runs: await times(runs, () => measure('live', { data, ...LIVE })) }),
  },
]

/** In each run: into SQLite, into PostgreSQL, and the anchors that only read or copy the same files. @param {Subject} subject */
async function measureImports({ org, data, runs, postgres, measure }) {
  const sqlite = []
  const csvReading = []
  const server = []
  const copy = []
  for (let i = 0; i < runs; i++) {
    rmSync(data, { recursive: true, force: true })
    sqlite.push(await measure('import', { org: org.folder, data }))
    csvReading.push(await measure('csv-reading', { org: org.folder }))
    if (!postgres) continue
    const url = await postgres.fresh()
    const before = postgres.cpu()
    const aside = `${data}-postgres`
    const taken = await measure('import', { org: org.folder, data: aside, url })
    rmSync(aside, { recursive: true, force: true })
    const after = postgres.cpu()
    server.push({ ...taken, ...(before !== undefined && after !== undefined && { serverCpu: after - before }) })
    const seconds = await postgres.copy(org.folder)
    if (seconds !== undefined) copy.push({ seconds })
  }
  return { sqlite, csvReading, postgres: server, copy }
}

/** In each run: from the facts alone with one and two threads, then again with the copy of the log in place. @param {Subject} subject */
async function measureRebuilds({ data, runs, measure }) {
  const oneWorker = []
  const twoWorkers = []
  const again = []
  for (let i = 0; i < runs; i++) {
    oneWorker.push(await measure('rebuild', { data, fresh: true, workers: 1 }))
    twoWorkers.push(await measure('rebuild', { data, fresh: true, workers: 2 }))
    again.push(await measure('rebuild', { data, fresh: false, workers: 2 }))
  }
  return { oneWorker, twoWorkers, again }
}

/** Seconds from `throughline start` to the line that says where it listens. @param {string} data @returns {Promise<{ seconds: number }>} */
function secondsToListening(data) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(process.execPath, [PROGRAM, 'start', '--data', data, '--port', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    let seconds = 0
    child.stderr.on('data', (text) => {
      said += text
      if (seconds === 0 && said.includes('ready at')) {
        seconds = (performance.now() - began) / 1000
        child.kill('SIGINT')
      }
    })
    child.on('error', reject)
    child.on('exit', () => (seconds > 0 ? resolve({ seconds }) : reject(new Error(`start ended early:\n${said}`))))
  })
}

/** @template T @param {number} count @param {() => Promise<T>} work @returns {Promise<T[]>} */
async function times(count, work) {
  const all = []
  for (let i = 0; i < count; i++) all.push(await work())
  return all
}
