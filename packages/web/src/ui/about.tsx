import type { Report } from '../client.ts'
import { day, period, withDays } from '../format.ts'
import { DIMENSIONS, type Dimension } from '../search.ts'

/** What a figure is: how journeys are counted, by what, over which days, as of when, under which rules. */
export function About({ report, what, amounts = true }: { report: Report; what: string; amounts?: boolean }) {
  const { parameters, asOfDay, rulesVersion, currency } = report.about
  const hasMoney = report.columns.some((column) => column.type === 'money')
  const shown = [
    what,
    parameters.by ? `by ${DIMENSIONS[parameters.by as Dimension]?.toLowerCase() ?? parameters.by}` : undefined,
    period(parameters.from as string | undefined, parameters.to as string | undefined),
    amounts && hasMoney ? `amounts in ${currency}` : undefined,
    `as of ${day(asOfDay)}`,
    rulesVersion === null ? undefined : `rules v${rulesVersion}`,
  ].filter((fact) => fact !== undefined)
  return (
    <>
      <p className="flex flex-wrap gap-x-1.5 text-xs text-muted">
        <span className="sr-only">About this figure: </span>
        {shown.map((fact, place) => (
          <span key={fact}>
            {fact}
            {place < shown.length - 1 && <span aria-hidden="true"> ·</span>}
          </span>
        ))}
      </p>
      {report.about.notes.map((note) => (
        <p key={note} className="mt-0.5 text-xs text-muted">
          {withDays(note)}
        </p>
      ))}
    </>
  )
}
