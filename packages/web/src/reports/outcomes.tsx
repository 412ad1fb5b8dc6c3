import { Link } from '@tanstack/react-router'
import type { Report, Row } from '../client.ts'
import { count, counted, days, ratio } from '../format.ts'
import { outcomeTone, type Tone } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { drillOf } from './drills.ts'
import { Figures } from './figures.tsx'

const GROUND: Readonly<Record<Tone, string>> = {
  good: 'bg-good',
  bad: 'bg-bad',
  warn: 'bg-warn',
  accent: 'bg-accent',
  plain: 'bg-line-strong',
}

const toneOf = (row: Row): string => GROUND[outcomeTone(String(row.outcome))]
const journeysOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + Number(row.journeys), 0)

/** How journeys ended: the mix, and what is still open. [U5] */
export function Outcomes({ report }: { report: Report }) {
  const { rows } = report
  const ended = rows.filter(({ state }) => state === 'complete')
  const open = rows.filter(({ state }) => state === 'open')
  const soon = rows.filter(({ state }) => state === 'dormant-soon')
  const options = [...new Set(rows.map(({ option }) => String(option)))]
  const column = report.columns.find(({ key }) => key === 'journeys')
  const target = (row: Row | undefined) =>
    row && column && options.length === 1 ? drillOf(report, row, column) : undefined
  return (
    <>
      <Figures
        label="Journeys by state"
        figures={[
          { label: 'Ended in the period', value: count(journeysOf(ended)), note: 'by the day they ended' },
          { label: 'Open now', value: count(journeysOf(open)), target: target(open[0]), note: 'whatever the period' },
          {
            label: 'Dormant soon',
            value: count(journeysOf(soon)),
            target: target(soon[0]),
            note: 'of those, within 14 days',
          },
        ]}
      />
      {ended.length > 0 &&
        (options.length === 1 ? <Mix report={report} ended={ended} /> : <Split report={report} options={options} />)}
    </>
  )
}

function Stack({ rows, of }: { rows: readonly Row[]; of: number }) {
  return (
    <span className="flex h-full w-full gap-px overflow-hidden rounded" aria-hidden="true">
      {rows.map((row) => (
        <span
          key={String(row.outcome)}
          className={`h-full min-w-0.5 ${toneOf(row)} opacity-70`}
          style={{ width: `${(Number(row.journeys) / of) * 100}%` }}
          title={`${row.outcome}: ${row.journeys}`}
        />
      ))}
    </span>
  )
}

function Mix({ report, ended }: { report: Report; ended: readonly Row[] }) {
  const all = journeysOf(ended)
  const column = report.columns.find(({ key }) => key === 'journeys')
  return (
    <Card title="How they ended" className="mb-5">
      <div className="h-7 px-4 sm:px-5">
        <Stack rows={ended} of={all} />
      </div>
      <ul className="grid gap-x-6 px-2 py-3 sm:grid-cols-2 sm:px-3 lg:grid-cols-3">
        {ended.map((row) => {
          const target = column && drillOf(report, row, column)
          const body = (
            <>
              <span className={`mt-1.5 size-2 shrink-0 rounded-full ${toneOf(row)}`} aria-hidden="true" />
              <span className="min-w-0 grow">
                <span className="block truncate group-hover:text-accent-ink">{row.outcome}</span>
                <span className="block text-xs text-muted">
                  {row.share === null ? '' : ratio(Number(row.share))}
                  {row.medianDays !== null && ` · median ${days(Number(row.medianDays))}`}
                </span>
              </span>
              <strong className="font-semibold">{count(Number(row.journeys))}</strong>
            </>
          )
          const look = 'group flex items-start gap-2.5 rounded-lg px-2 py-1.5 text-sm'
          return (
            <li key={String(row.outcome)}>
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
  const outcomes = [
    ...new Set(report.rows.filter(({ state }) => state === 'complete').map((row) => String(row.outcome))),
  ]
  const lines = options
    .map((option) => {
      const rows = report.rows.filter((row) => String(row.option) === option)
      const ended = rows.filter(({ state }) => state === 'complete')
      return { option, ended, all: journeysOf(ended), open: journeysOf(rows.filter(({ state }) => state === 'open')) }
    })
    .toSorted((a, b) => b.all - a.all)
  return (
    <Card title="How they ended" className="mb-5">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-3 text-xs text-muted sm:px-5">
        {outcomes.map((outcome) => (
          <li key={outcome} className="flex items-center gap-1.5">
            <span className={`size-2 rounded-full ${GROUND[outcomeTone(outcome)]}`} aria-hidden="true" />
            {outcome}
          </li>
        ))}
      </ul>
      <DataTable
        caption="Outcomes by option"
        heads={[
          { key: 'option', label: 'Option' },
          { key: 'mix', label: 'Mix' },
          { key: 'ended', label: 'Ended', numeric: true },
          { key: 'open', label: 'Open now', numeric: true },
        ]}
      >
        {lines.map(({ option, ended, all, open }) => (
          <tr key={option} className="border-b border-line last:border-0">
            <th scope="row" className={`${CELL} max-w-40 truncate text-left font-medium`}>
              {option}
            </th>
            <td className={`${CELL} w-1/2 min-w-32`}>
              <span className="sr-only">
                {ended.map((row) => `${row.outcome}: ${counted(Number(row.journeys), 'journey')}`).join(', ')}
              </span>
              <span className="block h-4">{all > 0 && <Stack rows={ended} of={all} />}</span>
            </td>
            <td className={`${CELL} text-right`}>{count(all)}</td>
            <td className={`${CELL} text-right text-muted`}>{count(open)}</td>
          </tr>
        ))}
      </DataTable>
    </Card>
  )
}
