import { Link } from '@tanstack/react-router'
import type { Report, Row } from '../client.ts'
import { count } from '../format.ts'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'
import { WhyLink } from '../why-panel.tsx'

/** What each kind of work is called, and what to do about it. Codes are the findings' and the mart's. */
const WORK: Readonly<Record<string, readonly [title: string, remedy: string]>> = {
  'dormant-soon': ['Journeys about to go dormant', 'Touch them within 14 days, or they end by themselves.'],
  'unknown-status': ['People with an unknown status', 'Add the status to the rules, or correct it in the CRM.'],
  'unknown-opportunity-stage': ['Opportunities in an unknown stage', 'Add the stage to the rules.'],
  'opportunity-without-contact-roles': [
    'Opportunities without contact roles',
    'No journey can be credited: add the people involved.',
  ],
  'unknown-person': ['Facts about unknown people', 'Import the lead or contact they are about.'],
  'unknown-opportunity': ['Facts about unknown opportunities', 'Import the opportunity they are about.'],
  'future-date-clamped': ['Dates in the future', 'They count as recorded until they are corrected.'],
  'repeated-interaction': ['Repeated submissions', 'Counted once; see whether a form is sent twice.'],
  'backdated-engagement': ['Engagements with an earlier date', 'Recorded late; see whether lists are uploaded late.'],
  'several-open-journeys': ['People with several open journeys', 'Merged while more than one was open.'],
  'missing-rate': ['Amounts without an exchange rate', 'Add the rate to the rules, or they count for nothing.'],
  'stage-before-activation': ['Stages before their activation', 'The status was set before the interaction.'],
  'changed-before-created': ['Changes before creation', 'The export holds changes older than the record.'],
}

const LINE = 'group flex items-start gap-3 px-4 py-2 -outline-offset-2 hover:bg-sunken sm:px-5'

/** What needs somebody, as the mart ranks it. */
export function ToDo({ report }: { report: Report }) {
  const work = report.rows.filter((row) => Number(row.count) > 0)
  return (
    <Card title="Needs attention">
      {work.length === 0 ? (
        <p className="flex items-center gap-2 px-5 py-6 text-sm text-muted">
          <Icon name="check" className="text-good" />
          Nothing: the data is in order.
        </p>
      ) : (
        <ul className="pb-2">
          {work.map((row) => (
            <li key={String(row.code)}>
              <Work row={row} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** A kind of work, leading to its records: journeys to their list, anything else to one example of it. */
function Work({ row }: { row: Row }) {
  const code = String(row.code)
  const example = String(row.example ?? '')
  const [title, remedy] = WORK[code] ?? [code.replaceAll('-', ' '), String(row.detail ?? '')]
  const body = (
    <>
      <span className="min-w-0 grow">
        <span className="block text-sm group-hover:text-accent-ink">{title}</span>
        <span className="block text-xs text-muted">{remedy}</span>
      </span>
      <strong className="text-sm font-semibold">{count(Number(row.count))}</strong>
    </>
  )
  if (code === 'dormant-soon')
    return (
      <Link to="/journeys" search={{ state: 'dormant-soon', range: 'all' }} className={LINE}>
        {body}
      </Link>
    )
  if (/^(lead|contact):/.test(example))
    return (
      <Link to="/people/$id" params={{ id: example }} className={LINE} title="See an example">
        {body}
      </Link>
    )
  if (example.startsWith('opportunity:'))
    return (
      <Link
        to="/opportunities/$id"
        params={{ id: example.slice('opportunity:'.length) }}
        className={LINE}
        title="See an example"
      >
        {body}
      </Link>
    )
  if (example.startsWith('eng:'))
    return (
      <WhyLink record={example} className={LINE}>
        {body}
      </WhyLink>
    )
  return <div className={LINE}>{body}</div>
}
