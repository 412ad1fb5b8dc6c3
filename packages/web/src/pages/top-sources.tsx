import { Link } from '@tanstack/react-router'
import type { Report } from '../client.ts'
import { count, money, ratio, roundMoney } from '../format.ts'
import type { Period } from '../period.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { Segmented } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Empty } from '../ui/states.tsx'

/** Levels of the sources that the overview can show. */
export const LEVELS = { department: 'Department', 'medium-category': 'Category', medium: 'Medium' } as const

/** A level of the sources. */
export type SourceLevel = keyof typeof LEVELS

/** What brought most journeys, and what came of them. */
export function TopSources({
  report,
  period,
  by,
  mapped,
  onBy,
}: {
  report: Report
  period: Period
  by: SourceLevel
  /** Whether the rules sort anything into departments and categories. */
  mapped: boolean
  onBy: (by: SourceLevel) => void
}) {
  const { currency } = report.about
  const rows = report.rows.slice(0, 7)
  const most = Math.max(1, ...rows.map((row) => Number(row.activations)))
  return (
    <Card
      title="Top sources"
      aside={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {mapped && <Segmented label="Sources by" options={LEVELS} value={by} onChange={onBy} />}
          <Details to="/reports/$name" params={{ name: 'source-hierarchy' }} />
        </span>
      }
      about={<About report={report} what="Journeys that began in the period, first click" />}
    >
      {rows.length === 0 ? (
        <Empty title="No journeys began in this period" />
      ) : (
        <table className="w-full text-sm">
          <caption className="sr-only">Top sources by {LEVELS[by].toLowerCase()}</caption>
          <thead>
            <tr className="text-xs text-muted [&>th]:px-2 [&>th]:pb-1.5 [&>th]:font-medium">
              <th scope="col" className="pl-5! text-left">
                {LEVELS[by]}
              </th>
              <th scope="col" className="text-right">
                Activations
              </th>
              <th scope="col" className="text-right max-sm:hidden">
                Opportunities
              </th>
              <th scope="col" className="text-right">
                Converted
              </th>
              <th scope="col" className="pr-5! text-right">
                Won
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const option = String(row.option)
              return (
                <tr key={option} className="group hover:bg-sunken [&>td]:px-2">
                  <th scope="row" className="w-1/2 max-w-0 py-1 pr-2 pl-5 text-left font-normal">
                    <Link
                      to="/journeys"
                      search={{ ...period, by, option, fallbacks: 'without' }}
                      className="relative block rounded px-2 py-1 group-hover:text-accent-ink"
                    >
                      <span
                        className="absolute inset-y-0 left-0 rounded bg-bar opacity-60"
                        style={{ width: `${(Number(row.activations) / most) * 100}%` }}
                        aria-hidden="true"
                      />
                      <span className="relative block truncate">{option}</span>
                    </Link>
                  </th>
                  <td className="text-right font-medium">{count(Number(row.activations))}</td>
                  <td className="text-right max-sm:hidden">{count(Number(row.opportunities))}</td>
                  <td className="text-right text-muted">
                    {row.conversion === null ? '–' : ratio(Number(row.conversion))}
                  </td>
                  <td className="pr-5! text-right" title={money(Number(row.wonAmount), currency)}>
                    {roundMoney(Number(row.wonAmount), currency)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Card>
  )
}

const LOOK = 'inline-flex items-center gap-1 text-sm text-accent-ink hover:underline'

/** Leads to the page that shows the whole. */
export function Details(
  props: Readonly<{ to: '/funnel' | '/data-health' }> | Readonly<{ to: '/reports/$name'; params: { name: string } }>,
) {
  return (
    <Link {...props} className={LOOK}>
      Details
      <Icon name="right" className="size-3" />
    </Link>
  )
}
