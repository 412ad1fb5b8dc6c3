import { dayOf } from '@throughline/core'
import type { ReportParameters } from '@throughline/engine'
import { REPORTS, runReport } from '@throughline/mart'
import type { House } from '../house.ts'
import { type Format, printReport } from '../output.ts'
import { reportContext } from '../server-parts.ts'

/** A report was asked for that there is not. */
export class UnknownReportError extends Error {
  readonly code = 'invalid-option'
  override readonly name = 'UnknownReportError'
}

/** Options that are parameters of reports under the same name. */
const SAME = [
  'from',
  'to',
  'by',
  'view',
  'option',
  'where',
  'stage',
  'state',
  'outcome',
  'columns',
  'levels',
  'path',
  'sort',
  'offset',
  'limit',
] as const

/** Most rows that are asked for at once where a file is to have all of them. */
const ROWS_AT_A_TIME = 20_000

/** Prints one report, or the list of them. A table shows one page; CSV has every row unless a limit is given. */
export async function reportCommand(
  house: House,
  name: string | undefined,
  options: Readonly<Record<string, unknown>>,
  out: (text: string) => void,
): Promise<void> {
  const format = (options.json === true ? 'json' : options.format) as Format
  if (name === undefined) {
    for (const report of REPORTS)
      out(
        `${report.name.padEnd(22)} ${report.description}\n${' '.repeat(23)}takes ${report.takes.join(', ') || 'nothing'}\n`,
      )
    return
  }
  const definition = REPORTS.find((one) => one.name === name)
  if (!definition)
    throw new UnknownReportError(`there is no report "${name}"; there are ${REPORTS.map((one) => one.name).join(', ')}`)
  await house.engine.catchUp()
  const context = await reportContext(house)
  const parameters = parametersOf(options)
  const whole = format === 'csv' && parameters.limit === undefined && definition.takes.includes('limit')
  const ask = async (page: ReportParameters) => {
    const report = await runReport(house.mart, context, name, { ...parameters, ...page })
    if (!report) throw new UnknownReportError(`there is no report "${name}"`)
    return report
  }
  const first = await ask(whole ? { limit: ROWS_AT_A_TIME } : {})
  const rows = [...first.rows]
  const offset = parameters.offset ?? 0
  while (whole && offset + rows.length < first.total) {
    const more = await ask({ limit: ROWS_AT_A_TIME, offset: offset + rows.length })
    if (more.rows.length === 0) break
    rows.push(...more.rows)
  }
  const { zone } = (await house.engine.rules()).rules.organisation
  const more =
    first.total > rows.length ? [`${rows.length} of ${first.total} rows; --limit and --offset give others.`] : []
  printReport({ ...first, rows, notes: [...first.notes, ...more], asOf: dayOf(zone, first.asOf) }, format, out)
}

function parametersOf(options: Readonly<Record<string, unknown>>): ReportParameters {
  const { fallbacks, order } = options
  return {
    ...Object.fromEntries(SAME.filter((one) => options[one] !== undefined).map((one) => [one, options[one]])),
    ...(fallbacks !== undefined && { withoutFallbacks: fallbacks === 'without' }),
    ...(order !== undefined && { descending: order === 'descending' }),
  }
}
