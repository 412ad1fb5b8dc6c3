import type { Report } from '../client.ts'
import { day, period } from '../format.ts'
import { DIMENSIONS, type Dimension } from '../search.ts'

/** What a figure is: how journeys are counted, by what, over which days, as of when, under which rules. */
export function About({ report, what }: { report: Report; what: string }) {
  const { parameters, asOfDay, rulesVersion, currency } = report.about
  const hasMoney = report.columns.some((column) => column.type === 'money')
  const facts = [
    what,
    parameters.by ? `by ${DIMENSIONS[parameters.by as Dimension]?.toLowerCase() ?? parameters.by}` : undefined,
    period(parameters.from as string | undefined, parameters.to as string | undefined),
    hasMoney ? `amounts in ${currency}` : undefined,
    `as of ${day(asOfDay)}`,
    `rules v${rulesVersion}`,
  ]
  return (
    <p className="flex flex-wrap gap-x-1.5 text-xs text-muted">
      <span className="sr-only">About this figure: </span>
      {facts
        .filter((fact) => fact !== undefined)
        .map((fact, place) => (
          <span key={fact}>
            {place > 0 && <span aria-hidden="true">· </span>}
            {fact}
          </span>
        ))}
    </p>
  )
}
