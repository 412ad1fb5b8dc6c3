// @ts-check
/** The page of results: what was aimed at, what was measured, and how it grows. */

import { median, percentile, spread } from './statistics.mjs'
import { judged } from './targets.mjs'

const SIZES = ['10k', '100k', '1m', '10m']

/** @typedef {Record<string, any>} Measured what was measured at one size, by part */

/**
 * The page as Markdown.
 *
 * @param {Readonly<Record<string, Measured>>} results by size
 */
export function pageOf(results) {
  const found = SIZES.filter((size) => results[size] !== undefined).map((size) => ({ size, ...results[size] }))
  const sections = [
    intro(),
    targets(found),
    growth(found),
    imports(found),
    rebuilds(found),
    reports(found),
    live(found),
    runs(found),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function intro() {
  return `# Results of \`npm run bench\`

Written by the benchmark; do not edit. Each figure is the median of the runs, with the spread (largest minus smallest, as a share
of the median) behind ±. Ratios are of figures taken in the same run. The company is generated (\`generate org\`, seed \`bench\`), in the form
of a Salesforce export. "CPU" is processor time of all threads of the process: on a machine that others use at the same time it says more than
the clock on the wall, and the load average (how many processes wanted a processor, before and after) says how far to trust either.
What every part measures is in [\`parts.mjs\`](parts.mjs) and [\`parts/\`](parts).`
}

/** @param {readonly Measured[]} found */
function targets(found) {
  const rows = judged(found).map(({ what, target, size, measured, verdict, alone }) => [
    what,
    target,
    size,
    measured,
    verdict,
    alone,
  ])
  const note = `Measured and judged by the clock on the wall, whatever else the machine was doing. "By CPU alone" is what the same work would
come to if its processor time were all there is (for latencies the mean, for the rebuild divided by its two threads): a bound, not a result.`
  return `## Targets\n\n${table(['what', 'target', 'at', 'measured', '', 'by CPU alone'], rows)}\n\n${note}`
}

/** @param {readonly Measured[]} found */
function growth(found) {
  const per = (
    /** @type {any[] | undefined} */ all,
    /** @type {'seconds' | 'cpu'} */ what,
    /** @type {number} */ facts,
  ) => (all?.length ? figure((middle(all.map((one) => one[what])) / facts) * 1e6) : '–')
  const rows = found.map((one) => {
    const facts = factsOf(one)
    return [
      one.size,
      whole(facts),
      `${per(one.import?.sqlite, 'seconds', facts)} / ${per(one.import?.sqlite, 'cpu', facts)}`,
      `${per(one.import?.postgres, 'seconds', facts)} / ${per(one.import?.postgres, 'cpu', facts)}`,
      `${per(one.rebuild?.twoWorkers, 'seconds', facts)} / ${per(one.rebuild?.twoWorkers, 'cpu', facts)}`,
      one.rebuild ? whole(middle(one.rebuild.twoWorkers.map((/** @type {any} */ run) => run.peakMb))) : '–',
      one.live ? milliseconds(one.live.runs.map((/** @type {any} */ run) => percentile(run.times, 50))) : '–',
      one.reports ? milliseconds(one.reports.runs.map((/** @type {any} */ run) => slowest(run).p95)) : '–',
    ]
  })
  const head = [
    'size',
    'facts',
    'import SQLite, µs a fact, wall / CPU',
    'import PostgreSQL',
    'rebuild, 2 threads',
    'its memory, MB',
    'live fact p50',
    'slowest report p95',
  ]
  return `## How it grows\n\n${table(head, rows)}`
}

/** @param {readonly Measured[]} found */
function imports(found) {
  const rows = found.flatMap((one) => {
    if (!one.import) return []
    const { sqlite, csvReading, postgres, copy } = one.import
    const line = (/** @type {string} */ what, /** @type {any[]} */ all, /** @type {any[]} */ anchor) =>
      all.length === 0
        ? []
        : [
            [
              one.size,
              what,
              stretch(all.map((run) => run.seconds)),
              all[0].cpu === undefined ? '–' : stretch(all.map((run) => run.cpu + (run.serverCpu ?? 0))),
              whole(one.rows / middle(all.map((run) => run.seconds))),
              all[0].facts === undefined ? '–' : whole(factsOf(one) / middle(all.map((run) => run.seconds))),
              all[0].peakMb === undefined ? '–' : whole(middle(all.map((run) => run.peakMb))),
              anchor.length === 0 ? '–' : `${figure(ratio(all, anchor))} ×`,
            ],
          ]
    return [
      ...line('SQLite', sqlite, csvReading),
      ...line('PostgreSQL', postgres, copy),
      ...line('DuckDB reads the CSVs (1 thread)', csvReading, []),
      ...line('PostgreSQL COPY of the CSVs', copy, []),
    ]
  })
  if (rows.length === 0) return ''
  const note = `The last column is the time against the anchor's: DuckDB only reading the files, for SQLite (CPU); COPY of the same files
without an index, for PostgreSQL (wall). CPU of an import into PostgreSQL includes the server's.`
  const head = ['size', 'into', 'wall s', 'CPU s', 'rows/s', 'facts/s', 'peak MB', 'against anchor']
  return `## Import: CSV to durable facts\n\n${table(head, rows)}\n\n${note}`
}

/** Median of the ratios run by run: by processor time where both have it. @param {any[]} all @param {any[]} anchor */
function ratio(all, anchor) {
  return middle(
    anchor.map((other, i) => (other.cpu === undefined ? all[i].seconds / other.seconds : all[i].cpu / other.cpu)),
  )
}

/** @param {readonly Measured[]} found */
function rebuilds(found) {
  const names = {
    oneWorker: 'from the store, 1 thread',
    twoWorkers: 'from the store, 2 threads',
    again: 'again, log copied already, 2 threads',
  }
  const rows = found.flatMap((one) =>
    Object.entries(names).flatMap(([key, what]) => {
      const all = one.rebuild?.[key]
      if (!all) return []
      const wall = all.map((/** @type {any} */ run) => run.seconds)
      const cpu = all.map((/** @type {any} */ run) => run.cpu)
      return [
        [
          one.size,
          what,
          stretch(wall),
          stretch(cpu),
          whole(all[0].facts / middle(wall)),
          whole(all[0].facts / middle(cpu)),
          whole(middle(all.map((/** @type {any} */ run) => run.peakMb))),
        ],
      ]
    }),
  )
  if (rows.length === 0) return ''
  const head = ['size', 'rebuild', 'wall s', 'CPU s', 'facts/s', 'facts/CPU s', 'peak MB']
  return `## Rebuild: facts to mart\n\n${table(head, rows)}`
}

/** @param {readonly Measured[]} found */
function reports(found) {
  const rows = found.flatMap((one) => {
    if (!one.reports) return []
    const [first] = one.reports.runs
    return first.reports.map((/** @type {any} */ report, /** @type {number} */ place) => {
      const each = one.reports.runs.map((/** @type {any} */ run) => run.reports[place])
      const at = (/** @type {number} */ percent) =>
        milliseconds(each.map((/** @type {any} */ run) => percentile(run.times, percent)))
      const byHand = each.every((/** @type {any} */ run) => run.byHand)
      return [
        one.size,
        whole(first.engagements),
        report.asked === '' ? report.name : `${report.name}, ${report.asked}`,
        at(50),
        at(95),
        milliseconds(each.map((/** @type {any} */ run) => median(run.cpu))),
        byHand
          ? `${figure(middle(each.map((/** @type {any} */ run) => percentile(run.times, 50) / percentile(run.byHand, 50))))} ×`
          : '–',
      ]
    })
  })
  const explained = found.flatMap((one) => {
    if (!one.explain) return []
    const at = (/** @type {number} */ percent) =>
      milliseconds(one.explain.runs.map((/** @type {any} */ run) => percentile(run.times, percent)))
    return [
      [one.size, at(50), at(95), at(99), milliseconds(one.explain.runs.map((/** @type {any} */ run) => run.cpuEach))],
    ]
  })
  const parts = []
  if (rows.length > 0) {
    const head = ['size', 'engagements', 'report', 'p50 ms', 'p95 ms', 'CPU ms', 'against SQL by hand']
    parts.push(`## Reports over the live world\n\n${table(head, rows)}`)
  }
  if (explained.length > 0)
    parts.push(`## Explaining one record\n\n${table(['size', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms'], explained)}`)
  return parts.join('\n\n')
}

/** @param {readonly Measured[]} found */
function live(found) {
  const rows = found.flatMap((one) => {
    if (!one.live) return []
    /** @type {any[]} */
    const all = one.live.runs
    const at = (/** @type {number} */ percent) => milliseconds(all.map((run) => percentile(run.times, percent)))
    return [
      [
        one.size,
        at(50),
        at(95),
        at(99),
        milliseconds(all.map((run) => run.cpuEach)),
        stretch(all.map((run) => run.load.facts / run.load.seconds)),
        whole(middle(all.map((run) => run.load.facts / run.load.cpu))),
        milliseconds(all.map((run) => percentile(run.load.times, 95))),
      ],
    ]
  })
  if (rows.length === 0) return ''
  const head = [
    'size',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'CPU ms',
    'under load: facts/s',
    'facts/CPU s',
    'p95 ms under load',
  ]
  const note = `One fact through \`receive\` until every report shows it, one at a time; then 256 senders for 20 s, each handing over its
next fact when its last one is visible.`
  const starts = found.flatMap((one) =>
    one.start ? [[one.size, stretch(one.start.runs.map((/** @type {any} */ run) => run.seconds))]] : [],
  )
  const start = starts.length > 0 ? `\n\n## Later \`start\` to listening\n\n${table(['size', 'wall s'], starts)}` : ''
  return `## Live\n\n${table(head, rows)}\n\n${note}${start}`
}

/** @param {readonly Measured[]} found */
function runs(found) {
  const rows = found.flatMap((one) =>
    Object.entries(one).flatMap(([part, measured]) => {
      const at = typeof measured === 'object' ? measured.at : undefined
      if (!at) return []
      const versions = [`Node ${at.node}`, `DuckDB ${at.duckdb}`, `libsql ${at.libsql}`]
      if (at.postgres) versions.push(`PostgreSQL ${at.postgres}`)
      return [
        [
          one.size,
          part,
          `${at.date} UTC`,
          String(at.runs),
          at.load.map((/** @type {number} */ load) => load.toFixed(1)).join(' → '),
          `${at.cores} × ${at.processor}, ${at.memoryGb} GB, ${at.system}`,
          versions.join(', '),
          at.commit,
        ],
      ]
    }),
  )
  const head = ['size', 'part', 'when', 'runs', 'load', 'machine', 'versions', 'commit']
  return `## When and where\n\n${table(head, rows)}`
}

/** The report that is slowest at its 95th percentile. @param {any} run */
export function slowest(run) {
  return run.reports
    .map((/** @type {any} */ report) => ({
      name: report.name,
      p95: percentile(report.times, 95),
      cpu: median(report.cpu),
    }))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => b.p95 - a.p95)[0]
}

/** Facts of a company as imported or rebuilt. @param {Measured} one */
export function factsOf(one) {
  return one.import?.sqlite[0].facts ?? one.rebuild?.twoWorkers[0].facts ?? one.people * 11
}

/** @param {number[]} values */
const middle = (values) => median(values)

/** A median with its spread. @param {number[]} values */
function stretch(values) {
  return values.length === 1
    ? figure(median(values))
    : `${figure(median(values))} ± ${Math.round(spread(values) * 100)} %`
}

/** @param {number[]} values */
const milliseconds = (values) => stretch(values)

/** Three digits. @param {number} value */
export function figure(value) {
  if (value >= 1000) return whole(value)
  return String(Number(value.toPrecision(value >= 100 ? 3 : 2)))
}

/** @param {number} value */
export function whole(value) {
  return Math.round(value).toLocaleString('en')
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
