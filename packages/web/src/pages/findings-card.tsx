import { Link } from '@tanstack/react-router'
import { FINDINGS, type FindingCode } from '@throughline/core'
import type { Person } from '../client.ts'
import { day, withDays } from '../format.ts'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'

/** Oddities about a record, each with what to do and whose job that is. */
export function Findings({ findings }: { findings: Person['findings'] }) {
  if (findings.length === 0) return null
  return (
    <Card title="Odd in the data">
      <ul className="grid gap-3 px-4 pb-4 text-sm sm:px-5">
        {findings.map((finding) => {
          const kind = FINDINGS[finding.code as FindingCode]
          return (
            <li key={`${finding.code}${finding.record}${finding.day}${finding.detail}`} className="flex gap-2">
              <Icon name="alert" className={`mt-0.5 ${kind?.severity === 'note' ? 'text-muted' : 'text-warn'}`} />
              <span className="min-w-0 break-words">
                {withDays(finding.detail)}{' '}
                <span className="text-xs whitespace-nowrap text-muted">{day(finding.day)}</span>
                {kind && (
                  <span className="mt-0.5 block text-xs text-muted">
                    {kind.remedy} <span className="whitespace-nowrap">({kind.owner})</span>
                  </span>
                )}
                <Link
                  to="/data-health"
                  search={{ code: finding.code }}
                  className="mt-0.5 inline-block text-xs text-accent-ink hover:underline"
                >
                  All like this
                </Link>
              </span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
