import { dayOf } from '@throughline/core'
import { REPORTS } from '@throughline/mart'
import type { ReportParameters } from '@throughline/server'
import type { House } from '../house.ts'
import { type Format, printReport } from '../output.ts'
import { reportOf } from '../server-parts.ts'

/** A report was asked for something it does not have. */
export class ReportRefusedError extends Error {
  readonly code = 'invalid-option'
  override readonly name = 'ReportRefusedError'
}

const PARAMETERS = ['from', 'to', 'by', 'view', 'option', 'limit'] as const

/** Prints one report, or the list of them. */
export async function runReport(
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
  const description = REPORTS.find((report) => report.name === name)
  if (!description)
    throw new ReportRefusedError(`there is no report "${name}"; there are ${REPORTS.map((one) => one.name).join(', ')}`)
  const parameters: Record<string, unknown> = {}
  for (const parameter of PARAMETERS) {
    if (options[parameter] === undefined) continue
    if (!description.takes.includes(parameter))
      throw new ReportRefusedError(
        `the report ${name} takes no --${parameter}; it takes ${description.takes.join(', ')}`,
      )
    parameters[parameter] = options[parameter]
  }
  await house.engine.catchUp()
  const report = await reportOf(house, name, parameters as ReportParameters)
  if (!report) throw new ReportRefusedError(`the report ${name} cannot be made of that`)
  const { rules } = await house.engine.rules()
  printReport({ ...report, asOf: dayOf(rules.organisation.zone, report.asOf) }, format, out)
}
