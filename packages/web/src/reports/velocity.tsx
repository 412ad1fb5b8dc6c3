import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Report, type Row, statusQuery } from '../client.ts'
import { count, days } from '../format.ts'
import { Card } from '../ui/card.tsx'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { drillOf } from './drills.ts'

const MOST_OPTIONS = 8

/** How long each step takes: half within the dark part, three quarters and nine tenths within the paler ones. [U4] */
export function Velocity({ report }: { report: Report }) {
  const options = [...new Set(report.rows.map(({ option }) => String(option)))]
  const shown = options.slice(0, MOST_OPTIONS)
  return (
    <>
      {shown.map((option) => (
        <Steps
          key={option}
          report={report}
          rows={report.rows.filter((row) => String(row.option) === option)}
          title={option === '(all)' ? 'Days from stage to stage' : option}
        />
      ))}
      {options.length > shown.length && (
        <p className="mb-5 text-sm text-muted">
          The other {count(options.length - shown.length)} options are in the table.
        </p>
      )}
    </>
  )
}

function Steps({ report, rows, title }: { report: Report; rows: readonly Row[]; title: string }) {
  const { data: status } = useQuery(statusQuery)
  const column = report.columns.find(({ key }) => key === 'journeys')
  const label = (stage: Row[string] | undefined) => status?.stageLabels[Number(stage) - 1] ?? `stage ${stage}`
  const most = Math.max(1, ...rows.map((row) => Number(row.p90)))
  return (
    <Card title={title} className="mb-5">
      <DataTable
        caption={`${title}: quantiles`}
        heads={[
          { key: 'step', label: 'Step' },
          { key: 'range', label: 'Half · three quarters · nine tenths within' },
          { key: 'median', label: 'Median', numeric: true },
          { key: 'mean', label: 'Mean', numeric: true },
          { key: 'journeys', label: 'Journeys', numeric: true, wide: true },
        ]}
      >
        {rows.map((row) => {
          const target = column && drillOf(report, row, column)
          const share = (value: Row[string] | undefined) => `${(Number(value) / most) * 100}%`
          return (
            <tr key={`${row.fromStage}-${row.stage}`} className="border-b border-line last:border-0">
              <th scope="row" className={`${CELL} text-left font-medium`}>
                {label(row.fromStage)} <span className="text-muted">→</span> {label(row.stage)}
              </th>
              <td className={`${CELL} w-1/2 min-w-40`}>
                <span className="relative block h-3" aria-hidden="true">
                  <span
                    className="absolute inset-y-0 left-0 rounded-full bg-stage-1 opacity-50"
                    style={{ width: share(row.p90) }}
                  />
                  <span
                    className="absolute inset-y-0 left-0 rounded-full bg-stage-2"
                    style={{ width: share(row.p75) }}
                  />
                  <span
                    className="absolute inset-y-0 left-0 rounded-full bg-stage-5"
                    style={{ width: share(row.median) }}
                  />
                </span>
                <span className="mt-1 block text-xs text-muted">
                  {days(Number(row.median))} · {days(Number(row.p75))} · {days(Number(row.p90))}
                </span>
              </td>
              <td className={`${CELL} text-right whitespace-nowrap`}>{days(Number(row.median))}</td>
              <td className={`${CELL} text-right whitespace-nowrap text-muted`}>{days(Number(row.mean))}</td>
              <td className={`${CELL} text-right max-md:hidden`}>
                {target ? (
                  <Link {...target} className="hover:text-accent-ink hover:underline">
                    {count(Number(row.journeys))}
                  </Link>
                ) : (
                  count(Number(row.journeys))
                )}
              </td>
            </tr>
          )
        })}
      </DataTable>
    </Card>
  )
}
