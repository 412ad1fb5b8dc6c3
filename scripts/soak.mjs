// @ts-check
/**
 * `npm run soak`: puts random histories before all laws of the core for as long as it takes, on all cores.
 *
 *     npm run soak                          10 million steps for every law; a step is one fact of a history
 *     npm run soak -- --steps 1000000       fewer
 *     npm run soak -- --seed 42             the same histories again, with the same number of steps
 *     npm run soak -- --workers 1           on one core
 *     npm run soak -- --minutes 30          no longer than that, however far it came
 *
 * At the first breach it stops, prints the law, the seed and the history, shrunk to what matters, and exits with status 1.
 */
import { rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { bootstrap, ROOT } from './bootstrap.mjs'
import { bundlePrograms } from './build.mjs'
import { heartbeat, indented, say } from './progress.mjs'

/** @typedef {import('../packages/core/testing/soak.ts').Tally} Tally */

/** Histories of each kind that a worker takes on at once: about a second of work. */
const HISTORIES = 400

const { steps, seed, workers, minutes } = readArguments()
await bootstrap()
// Where the worker lies, `../../../SPEC.md` is the file it is from its source: rules are looked up there.
const folder = join(ROOT, 'node_modules', '.cache', `soak-${process.pid}`)
await bundlePrograms({ 'soak-worker': join(ROOT, 'packages', 'core', 'testing', 'soak-worker.ts') }, folder)

const total = { histories: 0, steps: 0, folds: 0, folded: 0 }
/** @type {readonly string[]} */
let laws = []
/** @type {number[]} */
let stepsOfLaws = []
/** @type {Tally['breach']} */
let breach
let batches = 0

say(`Soaking with seed ${seed} until every law has seen ${number(steps)} steps, on ${workers} cores …`)
const began = performance.now()
const stop = heartbeat((elapsed) => `${progress(elapsed)}`)
try {
  await Promise.all(Array.from({ length: workers }, () => soaked(new Worker(join(folder, 'soak-worker.mjs')))))
} finally {
  stop()
  rmSync(folder, { recursive: true, force: true })
}
report()

/** Gives a worker one batch after the other until there are enough, or a law is broken. @param {Worker} worker */
function soaked(worker) {
  return new Promise((resolve, reject) => {
    const next = () => {
      if (breach !== undefined || fewest() >= steps || performance.now() - began > minutes * 60_000) {
        void worker.terminate()
        resolve(undefined)
      } else worker.postMessage({ seed: (seed + batches++ * 7_919) % 2 ** 31, histories: HISTORIES })
    }
    worker.on('error', reject)
    worker.on('message', (/** @type {{ laws?: string[], tally?: Tally }} */ { laws: titles, tally }) => {
      if (titles) laws = titles
      if (tally) {
        total.histories += tally.histories
        total.steps += tally.steps
        total.folds += tally.folds
        total.folded += tally.folded
        stepsOfLaws = tally.stepsOfLaws.map((count, place) => count + (stepsOfLaws[place] ?? 0))
        breach ??= tally.breach
      }
      next()
    })
  })
}

/** Steps of the law that has seen the fewest. */
function fewest() {
  return stepsOfLaws.length === 0 ? 0 : Math.min(...stepsOfLaws)
}

/** @param {number} elapsed */
function progress(elapsed) {
  const done = fewest()
  const left = done === 0 ? '' : `, about ${Math.ceil(((elapsed / done) * (steps - done)) / 60)} min left`
  return `${number(done)} of ${number(steps)} steps for every law in ${elapsed} s${left}`
}

function report() {
  const elapsed = (performance.now() - began) / 1000
  say(
    `${number(total.histories)} histories of ${number(total.steps)} steps before ${laws.length} laws in ${elapsed.toFixed(0)} s: ` +
      `${number(total.steps / elapsed)} steps/s. Derived ${number(total.folds)} times, ${number(total.folded)} facts folded.`,
  )
  if (breach === undefined) {
    for (const [place, title] of laws.entries()) say(`${number(stepsOfLaws[place] ?? 0).padStart(13)}  ${title}`)
    if (fewest() < steps) say(`Stopped after ${minutes} min, before every law had seen ${number(steps)} steps.`)
    say(`Every law held. The same again: npm run soak -- --seed ${seed} --steps ${steps}`)
    return
  }
  say(`\nBroken: ${breach.law}`)
  say(indented(breach.found.join('\n')))
  say(`\nby this history (seed ${breach.seed}):\n`)
  say(indented(breach.history))
  say('\nOnce repaired, keep it in packages/core/testing/found-histories.ts.')
  process.exitCode = 1
}

/** @param {number} count */
function number(count) {
  return Math.round(count).toLocaleString('en-US').replaceAll(',', ' ')
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        steps: { type: 'string' },
        seed: { type: 'string' },
        workers: { type: 'string' },
        minutes: { type: 'string' },
      },
    })
    return {
      steps: positive('steps', values.steps, 10_000_000),
      seed: positive('seed', values.seed, Date.now() % 2 ** 31),
      workers: positive('workers', values.workers, os.availableParallelism()),
      minutes: positive('minutes', values.minutes, 24 * 60),
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(2)
  }
}

/** @param {string} name @param {string | undefined} text @param {number} usual */
function positive(name, text, usual) {
  if (text === undefined) return usual
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new Error(`--${name} is "${text}", but must be a whole number above 0, such as ${usual}.`)
}
