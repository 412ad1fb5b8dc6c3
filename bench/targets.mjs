// @ts-check
/** What the product aims at, and whether what was measured meets it. */
import { factsOf, figure, slowest } from './page.mjs'
import { median, percentile } from './statistics.mjs'

/** @typedef {Record<string, any>} Measured */
/** `alone` is what the processor time alone would give: a bound for a machine that nobody else uses. @typedef {{ value: number, enough: boolean, alone?: number | undefined } | undefined} Judgement */

/** @param {any[]} runs @param {(run: any) => number} of */
const middle = (runs, of) => median(runs.map(of))

const MILLION = ['1m', '10m']

/**
 * Each target with the sizes it is about, the unit, and how to tell. Rates are by the clock on the wall.
 *
 * @type {readonly { what: string, target: string, sizes: readonly string[], unit: string, tell: (one: Measured) => Judgement }[]}
 */
const TARGETS = [
  {
    what: 'import into SQLite',
    target: '≥ 30,000 rows/s',
    sizes: ['100k', ...MILLION],
    unit: 'rows/s',
    tell: (one) =>
      one.import &&
      atLeast(
        30_000,
        one.rows / middle(one.import.sqlite, (run) => run.seconds),
        one.rows / middle(one.import.sqlite, (run) => run.cpu),
      ),
  },
  {
    what: 'import into PostgreSQL',
    target: '≥ 100,000 rows/s',
    sizes: ['100k', ...MILLION],
    unit: 'rows/s',
    tell: (one) =>
      one.import?.postgres.length > 0
        ? atLeast(
            100_000,
            one.rows / middle(one.import.postgres, (run) => run.seconds),
            one.rows / middle(one.import.postgres, (run) => run.cpu),
          )
        : undefined,
  },
  {
    what: 'rebuild, 2 threads',
    target: '≥ 250,000 facts/s at 10 M',
    sizes: MILLION,
    unit: 'facts/s',
    tell: (one) =>
      one.rebuild &&
      atLeast(
        250_000,
        factsOf(one) / middle(one.rebuild.twoWorkers, (run) => run.seconds),
        (2 * factsOf(one)) / middle(one.rebuild.twoWorkers, (run) => run.cpu),
      ),
  },
  {
    what: 'memory of that rebuild',
    target: '≤ 1,536 MB',
    sizes: MILLION,
    unit: 'MB',
    tell: (one) =>
      one.rebuild &&
      atMost(
        1536,
        middle(one.rebuild.twoWorkers, (run) => run.peakMb),
      ),
  },
  {
    what: 'one live fact to visible, p95',
    target: '≤ 50 ms at 1 M',
    sizes: MILLION,
    unit: 'ms',
    tell: (one) =>
      one.live &&
      atMost(
        50,
        middle(one.live.runs, (run) => percentile(run.times, 95)),
        middle(one.live.runs, (run) => run.cpuEach),
      ),
  },
  {
    what: 'one live fact to visible, p99',
    target: '≤ 250 ms at 1 M',
    sizes: MILLION,
    unit: 'ms',
    tell: (one) =>
      one.live &&
      atMost(
        250,
        middle(one.live.runs, (run) => percentile(run.times, 99)),
        middle(one.live.runs, (run) => run.cpuEach),
      ),
  },
  {
    what: 'live facts, sustained',
    target: '≥ 1,000 facts/s',
    sizes: MILLION,
    unit: 'facts/s',
    tell: (one) =>
      one.live &&
      atLeast(
        1000,
        middle(one.live.runs, (run) => run.load.facts / run.load.seconds),
        middle(one.live.runs, (run) => run.load.facts / run.load.cpu),
      ),
  },
  {
    what: 'slowest report, p95',
    target: '≤ 100 ms over 1 M engagements',
    sizes: MILLION,
    unit: 'ms',
    tell: (one) =>
      one.reports &&
      atMost(
        100,
        middle(one.reports.runs, (run) => slowest(run).p95),
        middle(one.reports.runs, (run) => slowest(run).cpu),
      ),
  },
  ...['funnel', 'sources'].map((name) => ({
    what: `report ${name} against SQL by hand`,
    target: '≤ 1.3 ×',
    sizes: MILLION,
    unit: '×',
    tell: (/** @type {Measured} */ one) =>
      one.reports &&
      atMost(
        1.3,
        middle(one.reports.runs, (run) => {
          const report = run.reports.find((/** @type {any} */ each) => each.name === name && each.byHand)
          return percentile(report.times, 50) / percentile(report.byHand, 50)
        }),
      ),
  })),
  {
    what: 'explain one record, p95',
    target: '≤ 100 ms at 1 M',
    sizes: MILLION,
    unit: 'ms',
    tell: (one) =>
      one.explain &&
      atMost(
        100,
        middle(one.explain.runs, (run) => percentile(run.times, 95)),
        middle(one.explain.runs, (run) => run.cpuEach),
      ),
  },
  {
    what: 'later `start` to listening',
    target: '≤ 5 s',
    sizes: ['100k', ...MILLION],
    unit: 's',
    tell: (one) =>
      one.start &&
      atMost(
        5,
        middle(one.start.runs, (run) => run.seconds),
      ),
  },
]

/** @param {number} least @param {number} value @param {number} [alone] @returns {Judgement} */
const atLeast = (least, value, alone) => ({ value, enough: value >= least, alone })

/** @param {number} most @param {number} value @param {number} [alone] @returns {Judgement} */
const atMost = (most, value, alone) => ({ value, enough: value <= most, alone })

/**
 * Every target at every size it is about, with what was measured. What was not measured says so.
 *
 * @param {readonly Measured[]} found
 */
export function judged(found) {
  return TARGETS.flatMap(({ what, target, sizes, unit, tell }) => {
    const told = sizes.flatMap((size) => {
      const one = found.find((each) => each.size === size)
      const judgement = one && tell(one)
      if (!judgement) return []
      const { value, enough, alone } = judgement
      const text = (/** @type {number} */ number) => `${figure(number)} ${unit}`
      const verdict = enough ? 'met' : '**missed**'
      return [{ what, target, size, measured: text(value), alone: alone === undefined ? '–' : text(alone), verdict }]
    })
    return told.length > 0 ? told : [{ what, target, size: '–', measured: 'not run', alone: '–', verdict: '–' }]
  })
}
