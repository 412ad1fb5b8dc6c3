import { Link } from '@tanstack/react-router'
import type { Report, Row } from '../client.ts'
import { count, money, ratio, roundMoney } from '../format.ts'
import { Card } from '../ui/card.tsx'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { drillOf } from './drills.ts'
import { Figures } from './figures.tsx'

/** How an opportunity came by its source: from somebody's journey to nobody's. */
const WAYS: Readonly<Record<string, Readonly<{ title: string; tone: string }>>> = {
  original: { title: 'A first journey', tone: 'bg-stage-3' },
  reactivated: { title: 'A journey of somebody who came back', tone: 'bg-stage-4' },
  'contact-role': { title: 'A dormant contact put on it', tone: 'bg-stage-6' },
  'fallback-lead-source': { title: 'Fallback: its Lead Source', tone: 'bg-warn' },
  'fallback-no-source': { title: 'Fallback: no source at all', tone: 'bg-bad' },
  'not-attributed': { title: 'Credited to nothing yet', tone: 'bg-line-strong' },
}

const sumOf = (rows: readonly Row[], key: string): number => rows.reduce((sum, row) => sum + Number(row[key]), 0)
const isFallback = (row: Row): boolean => String(row.way).startsWith('fallback')

/** What led to opportunities, and the share that nobody's journey led to. */
export function OpportunitySources({ report }: { report: Report }) {
  const options = [...new Set(report.rows.map(({ option }) => String(option)))]
  const { currency } = report.about
  const all = sumOf(report.rows, 'opportunities')
  const fallbacks = report.rows.filter(isFallback)
  const amount = sumOf(report.rows, 'amount')
  return (
    <>
      <Figures
        label="Opportunities and fallbacks"
        figures={[
          {
            label: 'Opportunities created',
            value: count(all),
            note: roundMoney(amount, currency),
            title: money(amount, currency),
          },
          {
            label: 'Fallback share',
            value: all === 0 ? '–' : ratio(sumOf(fallbacks, 'opportunities') / all),
            note: `${count(sumOf(fallbacks, 'opportunities'))} came from nobody’s journey`,
          },
          {
            label: 'Fallback share of the amount',
            value: amount === 0 ? '–' : ratio(sumOf(fallbacks, 'amount') / amount),
            note: roundMoney(sumOf(fallbacks, 'amount'), currency),
          },
          {
            label: 'A journey was open then',
            value: all === 0 ? '–' : ratio(sumOf(report.rows, 'openThen') / all),
            note: 'when the opportunity was created',
          },
        ]}
      />
      {options.length === 1 ? <Ways report={report} /> : <Split report={report} options={options} />}
    </>
  )
}

function Stack({ rows }: { rows: readonly Row[] }) {
  const all = Math.max(1, sumOf(rows, 'opportunities'))
  return (
    <span className="flex h-full w-full gap-px overflow-hidden rounded" aria-hidden="true">
      {rows.map((row) => (
        <span
          key={String(row.way)}
          className={`h-full min-w-0.5 ${WAYS[String(row.way)]?.tone} ${isFallback(row) ? 'opacity-70' : ''}`}
          style={{ width: `${(Number(row.opportunities) / all) * 100}%` }}
        />
      ))}
    </span>
  )
}

function Ways({ report }: { report: Report }) {
  const column = report.columns.find(({ key }) => key === 'opportunities')
  return (
    <Card title="What led to them" className="mb-5">
      <div className="h-7 px-4 sm:px-5">
        <Stack rows={report.rows} />
      </div>
      <ul className="grid gap-x-6 px-2 py-3 sm:px-3 md:grid-cols-2">
        {report.rows.map((row) => {
          const target = column && drillOf(report, row, column)
          const body = (
            <>
              <span
                className={`mt-1.5 size-2 shrink-0 rounded-full ${WAYS[String(row.way)]?.tone}`}
                aria-hidden="true"
              />
              <span className="min-w-0 grow">
                <span className="block group-hover:text-accent-ink">{WAYS[String(row.way)]?.title ?? row.way}</span>
                <span className="block text-xs text-muted">{row.inWords}</span>
              </span>
              <span className="text-right">
                <strong className="block font-semibold group-hover:underline">
                  {count(Number(row.opportunities))}
                </strong>
                <span className="block text-xs whitespace-nowrap text-muted">
                  {row.share !== null && ratio(Number(row.share))} ·{' '}
                  {roundMoney(Number(row.amount), report.about.currency)}
                </span>
              </span>
            </>
          )
          const look = 'group flex items-start gap-2.5 rounded-lg px-2 py-2 text-sm'
          return (
            <li key={String(row.way)}>
              {target ? (
                <Link {...target} className={`${look} hover:bg-sunken`}>
                  {body}
                </Link>
              ) : (
                <span className={look}>{body}</span>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function Split({ report, options }: { report: Report; options: readonly string[] }) {
  return (
    <Card title="What led to them" className="mb-5">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-3 text-xs text-muted sm:px-5">
        {Object.entries(WAYS).map(([way, { title, tone }]) => (
          <li key={way} className="flex items-center gap-1.5">
            <span className={`size-2 rounded-full ${tone}`} aria-hidden="true" />
            {title}
          </li>
        ))}
      </ul>
      <DataTable
        caption="What led to opportunities, by option"
        heads={[
          { key: 'option', label: 'Option' },
          { key: 'mix', label: 'Mix' },
          { key: 'opportunities', label: 'Opportunities', numeric: true },
          { key: 'fallback', label: 'Fallback share', numeric: true },
        ]}
      >
        {options.map((option) => {
          const rows = report.rows.filter((row) => String(row.option) === option)
          const all = sumOf(rows, 'opportunities')
          return (
            <tr key={option} className="border-b border-line last:border-0">
              <th scope="row" className={`${CELL} max-w-44 truncate text-left font-medium`}>
                {option}
              </th>
              <td className={`${CELL} w-1/2 min-w-28`}>
                <span className="sr-only">
                  {rows.map((row) => `${WAYS[String(row.way)]?.title}: ${row.opportunities}`).join(', ')}
                </span>
                <span className="block h-4">
                  <Stack rows={rows} />
                </span>
              </td>
              <td className={`${CELL} text-right`}>{count(all)}</td>
              <td className={`${CELL} text-right`}>
                {ratio(sumOf(rows.filter(isFallback), 'opportunities') / Math.max(1, all))}
              </td>
            </tr>
          )
        })}
      </DataTable>
    </Card>
  )
}
