import { dayOf } from '@throughline/core'
import { REPORTS, runReport } from '@throughline/mart'
import type { House } from '../house.ts'
import { type Format, printReport } from '../output.ts'
import { reportContext } from '../server-parts.ts'

/** A report was asked for that there is not. */
export class UnknownReportError extends Error {
  readonly code = 'invalid-option'
  override readonly name = 'UnknownReportError'
}

const PARAMETERS = ['from', 'to', 'by', 'view', 'option', 'limit'] as const

/** Prints one report, or the list of them. */
export async function reportCommand(
  house: House,
  name: string | undefined,
  options: Readonly<Record<string, unknown>>,
  out: (text: string) => void,
): Promise<void> {
  const format = (options.json === true ? 'json' : options.format) as Format
  if (name === undefined) {
    for (const report of REPORTS)
      out(`${report.name.padEnd(12)} ${report.description}\n${' '.repeat(13)}takes ${report.takes.join(', ')}\n`)
    return
  }
  const parameters = Object.fromEntries(
    PARAMETERS.filter((one) => options[one] !== undefined).map((one) => [one, options[one]]),
  )
  await house.engine.catchUp()
  const context = await reportContext(house)
  const answer = await runReport(house.mart, context, name, parameters)
  if (!answer)
    throw new UnknownReportError(`there is no report "${name}"; there are ${REPORTS.map((one) => one.name).join(', ')}`)
  printReport(
    { ...answer, asOf: dayOf((await house.engine.rules()).rules.organisation.zone, answer.asOf) },
    format,
    out,
  )
}
