import { Link } from '@tanstack/react-router'
import type { Report, Row } from '../client.ts'
import { count } from '../format.ts'
import { healthTarget } from '../reports/drills.ts'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'
import { Details } from './top-sources.tsx'

/** Lines that are shown; the rest is on the page of its own. */
const FEW = 6

const LINE = 'group flex items-start gap-3 px-4 py-2 -outline-offset-2 hover:bg-sunken sm:px-5'

const TONES: Readonly<Record<string, string>> = { problem: 'bg-bad', warning: 'bg-warn', note: 'bg-line-strong' }

/** What needs somebody, the gravest first, each leading to the records it counts. */
export function ToDo({ report }: { report: Report }) {
  const work = report.rows.filter((row) => Number(row.count) > 0)
  return (
    <Card title="Needs attention" aside={<Details to="/data-health" />}>
      {work.length === 0 ? (
        <p className="flex items-center gap-2 px-5 py-6 text-sm text-muted">
          <Icon name="check" className="text-good" />
          Nothing: the data is in order.
        </p>
      ) : (
        <>
          <ul className="pb-2">
            {work.slice(0, FEW).map((row) => (
              <li key={String(row.code)}>
                <Work row={row} />
              </li>
            ))}
          </ul>
          {work.length > FEW && (
            <p className="px-4 pb-4 text-xs text-muted sm:px-5">and {count(work.length - FEW)} more kinds</p>
          )}
        </>
      )}
    </Card>
  )
}

function Work({ row }: { row: Row }) {
  const body = (
    <>
      <span
        className={`mt-1.5 size-2 shrink-0 rounded-full ${TONES[String(row.severity)] ?? 'bg-line-strong'}`}
        aria-hidden="true"
      />
      <span className="min-w-0 grow">
        <span className="block text-sm group-hover:text-accent-ink">
          {row.severity && <span className="sr-only">{row.severity}: </span>}
          {row.title ?? String(row.code).replaceAll('-', ' ')}
        </span>
        <span className="block truncate text-xs text-muted" title={String(row.remedy ?? row.detail ?? '')}>
          {row.remedy ?? row.detail}
        </span>
      </span>
      <strong className="text-sm font-semibold">{count(Number(row.count))}</strong>
    </>
  )
  // Journeys are worked in their list; whatever else is odd is told beside what to do about it.
  const target = row.report === 'journeys' ? healthTarget(row) : undefined
  return target ? (
    <Link {...target} className={LINE}>
      {body}
    </Link>
  ) : (
    <Link to="/data-health" search={{ code: String(row.code) }} className={LINE}>
      {body}
    </Link>
  )
}
