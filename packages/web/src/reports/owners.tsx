import { Link } from '@tanstack/react-router'
import type { Column, Report, Row } from '../client.ts'
import { count, days, money, roundMoney } from '../format.ts'
import { Card } from '../ui/card.tsx'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { drillOf } from './drills.ts'
import type { PresentationProps } from './presentations.tsx'

/** Slower than this many times the others' median is marked. */
const SLOW = 2

/** Who had journeys at each stage, and how fast they answered: the slowest stand out. */
export function Owners({ report, search, set }: PresentationProps) {
  const columnOf = (key: string) => report.columns.find((column) => column.key === key)
  const typical = (key: string) => middle(report.rows.flatMap((row) => (row[key] === null ? [] : [Number(row[key])])))
  const sort = search.sort ?? 'activations'
  const descending = search.order !== 'ascending'
  const heads = [
    'activations',
    'waiting',
    'routed',
    'responseMedian',
    'accepted',
    'acceptanceMedian',
    'stage4',
    'stage6',
    'wonAmount',
  ]
  const most = (key: string) => Math.max(1, ...report.rows.map((row) => Number(row[key])))
  return (
    <Card title="Stages and response times" className="mb-5">
      <DataTable
        caption="Owners"
        heads={[
          { key: 'owner', label: 'Owner', sortable: true },
          ...heads.flatMap((key) => {
            const column = columnOf(key)
            return column
              ? [
                  {
                    key,
                    label: column.label,
                    numeric: true,
                    sortable: true,
                    wide: key === 'stage4' || key === 'stage6' || key === 'accepted' || key === 'acceptanceMedian',
                    ...(column.description && { description: column.description }),
                  },
                ]
              : []
          }),
        ]}
        sort={sort}
        descending={descending}
        onSort={(key) => set({ sort: key, order: sort === key && descending ? 'ascending' : undefined })}
      >
        {report.rows.map((row) => (
          <tr
            key={String(row.ownerId ?? row.owner)}
            data-row
            tabIndex={-1}
            className="border-b border-line bg-surface last:border-0 hover:bg-sunken focus:bg-sunken"
          >
            <th
              scope="row"
              className={`${CELL} sticky left-0 z-1 max-w-52 truncate bg-inherit text-left font-medium max-sm:max-w-36`}
            >
              {row.owner}
            </th>
            {heads.map((key) => {
              const column = columnOf(key)
              if (!column) return null
              const wide = key === 'stage4' || key === 'stage6' || key === 'accepted' || key === 'acceptanceMedian'
              return (
                <td key={key} className={`${CELL} text-right whitespace-nowrap ${wide ? 'max-md:hidden' : ''}`}>
                  {column.type === 'days' ? (
                    <Time
                      value={row[key]}
                      mean={row[key.replace('Median', 'Mean')]}
                      typical={typical(key)}
                      most={most(key)}
                    />
                  ) : (
                    <Amount report={report} row={row} column={column} />
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </DataTable>
      <p className="px-4 pt-3 text-xs text-muted sm:px-5">
        A stage counts for whoever had the journey then. Times more than {SLOW} times the middle owner’s are marked.
      </p>
    </Card>
  )
}

function Time({
  value,
  mean,
  typical,
  most,
}: {
  value: Row[string] | undefined
  mean: Row[string] | undefined
  typical: number | null
  most: number
}) {
  if (value === null || value === undefined) return <span className="text-muted">–</span>
  const slow = typical !== null && Number(value) > Math.max(1, typical * SLOW)
  return (
    <span className="inline-grid min-w-16 justify-items-end">
      <span className={slow ? 'font-medium text-warn' : ''}>
        {slow && <span className="sr-only">slow: </span>}
        {days(Number(value))}
      </span>
      {mean !== null && mean !== undefined && <span className="text-xs text-muted">mean {days(Number(mean))}</span>}
      <span className="mt-1 block h-1 w-full rounded-full bg-sunken" aria-hidden="true">
        <span
          className={`block h-1 rounded-full ${slow ? 'bg-warn' : 'bg-stage-3'}`}
          style={{ width: `${Math.max(2, (Number(value) / most) * 100)}%` }}
        />
      </span>
    </span>
  )
}

function Amount({ report, row, column }: { report: Report; row: Row; column: Column }) {
  const value = Number(row[column.key] ?? 0)
  const text = column.type === 'money' ? roundMoney(value, report.about.currency) : count(value)
  const title = column.type === 'money' ? money(value, report.about.currency) : undefined
  const target = value === 0 ? undefined : drillOf(report, row, column)
  return target ? (
    <Link
      {...target}
      title={title}
      aria-label={`${row.owner}, ${column.label}: ${text}`}
      className="hover:text-accent-ink hover:underline"
    >
      {text}
    </Link>
  ) : (
    <span title={title} className={value === 0 ? 'text-muted' : ''}>
      {text}
    </span>
  )
}

function middle(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}
