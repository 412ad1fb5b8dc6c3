import { Link } from '@tanstack/react-router'
import type { Report } from '../client.ts'
import { count, money, ratio, roundMoney } from '../format.ts'
import type { Period } from '../period.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icons.tsx'
import { Empty } from '../ui/states.tsx'

/** What brought most journeys, and what came of them. */
export function TopSources({ report, period }: { report: Report; period: Period }) {
  const { currency } = report.about
  const rows = report.rows.slice(0, 7)
  const most = Math.max(1, ...rows.map((row) => Number(row.activations)))
  return (
    <Card
      title="Top sources"
      aside={<Details to="/funnel" search={{ by: 'medium' }} />}
      about={<About report={report} what="Journeys that began in the period, first click" />}
    >
      {rows.length === 0 ? (
        <Empty title="No journeys began in this period" />
      ) : (
        <table className="w-full text-sm">
          <caption className="sr-only">Top sources by medium</caption>
          <thead>
            <tr className="text-xs text-muted [&>th]:px-2 [&>th]:pb-1.5 [&>th]:font-medium">
              <th scope="col" className="pl-5! text-left">
                Medium
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
                      search={{ ...period, by: 'medium', option, fallbacks: 'without' }}
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

/** Leads to the page that shows the whole. */
export function Details({ to, search }: { to: '/funnel'; search?: { by: 'medium' } }) {
  return (
    <Link
      to={to}
      search={search ?? {}}
      className="inline-flex items-center gap-1 text-sm text-accent-ink hover:underline"
    >
      Details
      <Icon name="right" className="size-3" />
    </Link>
  )
}
