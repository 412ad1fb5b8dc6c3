import { Link } from '@tanstack/react-router'
import type { Report } from '../client.ts'
import { count } from '../format.ts'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'

/** What each kind of work is called, and what it is worth. Codes are the findings' and the mart's. */
const WORK: Readonly<Record<string, readonly [title: string, why: string]>> = {
  'dormant-soon': ['Journeys about to go dormant', 'Touch them within 14 days, or they end by themselves.'],
  'unknown-status': ['People with an unknown status', 'Add the status to the rules, or correct it in the CRM.'],
  'unknown-opportunity-stage': ['Opportunities in an unknown stage', 'Add the stage to the rules.'],
  'opportunity-without-contact-roles': [
    'Opportunities without contact roles',
    'Nobody is credited for them: add the people involved.',
  ],
  'unknown-person': ['Facts about unknown people', 'Import the lead or contact they are about.'],
  'unknown-opportunity': ['Facts about unknown opportunities', 'Import the opportunity they are about.'],
  'unknown-user': ['Owners that are not users', 'Import the users and queues.'],
  'future-date-clamped': ['Dates in the future', 'They count as today until they are corrected.'],
  'repeated-interaction': ['Repeated submissions', 'Counted once; see whether a form is sent twice.'],
  'backdated-engagement': ['Engagements with an earlier date', 'Recorded late; see whether lists are uploaded late.'],
  'several-open-journeys': ['People with several open journeys', 'Merged while more than one was open.'],
  'missing-rate': ['Amounts without an exchange rate', 'Add the rate to the rules, or they count for nothing.'],
  'stage-before-activation': ['Stages before their activation', 'The status was set before the interaction.'],
  'changed-before-created': ['Changes before creation', 'The export holds changes older than the record.'],
}

/** What needs somebody, most urgent first. */
export function ToDo({ report }: { report: Report }) {
  const work = report.rows
    .map((row) => ({ code: String(row.code), many: Number(row.count) }))
    .filter(({ many }) => many > 0)
    .sort((a, b) => Number(b.code === 'dormant-soon') - Number(a.code === 'dormant-soon') || b.many - a.many)
  return (
    <Card title="Needs attention">
      {work.length === 0 ? (
        <p className="flex items-center gap-2 px-5 py-6 text-sm text-muted">
          <Icon name="check" className="text-good" />
          Nothing: the data is in order.
        </p>
      ) : (
        <ul className="pb-2">
          {work.map(({ code, many }) => {
            const [title, why] = WORK[code] ?? [code.replaceAll('-', ' '), '']
            const body = (
              <>
                <span className="min-w-0 grow">
                  <span className="block text-sm group-hover:text-accent-ink">{title}</span>
                  <span className="block text-xs text-muted">{why}</span>
                </span>
                <strong className="text-sm font-semibold">{count(many)}</strong>
              </>
            )
            return (
              <li key={code}>
                {code === 'dormant-soon' ? (
                  <Link
                    to="/journeys"
                    search={{ state: 'dormant-soon', range: 'all' }}
                    className="group flex items-start gap-3 px-4 py-2 -outline-offset-2 hover:bg-sunken sm:px-5"
                  >
                    {body}
                  </Link>
                ) : (
                  <div className="flex items-start gap-3 px-4 py-2 sm:px-5">{body}</div>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}
