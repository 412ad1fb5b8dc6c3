import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Column, type Report, type Row, statusQuery } from '../client.ts'
import { count, month, ratio, roundMoney } from '../format.ts'
import { drillOf, spanOfCohort } from '../reports/drills.ts'
import { CELL, DataTable } from '../ui/data-table.tsx'

const LATER = [2, 3, 4, 5, 6] as const
/** The deepest shade, in percent: text on it stays easy to read in both schemes. */
const DEEPEST = 46
/** Journeys younger than this are likely to go on. */
const YOUNG_DAYS = 90
const DAY_MS = 86_400_000

/**
 * Cohorts under one another, stages beside one another, the deeper the shade the more of the cohort got there: a
 * real table, each cell leading to its journeys. Shades are by column, as later stages are always fewer.
 */
export function CohortHeatmap({ report }: { report: Report }) {
  const { data: status } = useQuery(statusQuery)
  const columnOf = (key: string) => report.columns.find((column) => column.key === key)
  const most = new Map(
    LATER.map((stage) => [stage, Math.max(Number.EPSILON, ...report.rows.map((row) => Number(row[`rate${stage}`])))]),
  )
  const young = (row: Row) => {
    const end = spanOfCohort(String(row.cohort))?.to
    return end !== undefined && (Date.parse(report.about.asOfDay) - Date.parse(end)) / DAY_MS < YOUNG_DAYS
  }
  const label = (stage: number) => status?.stageLabels[stage - 1] ?? `Stage ${stage}`
  return (
    <>
      <DataTable
        caption="Cohorts"
        heads={[
          { key: 'cohort', label: 'Began in' },
          { key: 'stage1', label: label(1), numeric: true },
          ...LATER.map((stage) => ({ key: `rate${stage}`, label: label(stage), numeric: true })),
          { key: 'wonAmount', label: 'Won amount', numeric: true, wide: true },
        ]}
      >
        {report.rows.toReversed().map((row) => (
          <tr key={String(row.cohort)} className="border-b border-line bg-surface last:border-0">
            <th scope="row" className={`${CELL} sticky left-0 z-1 bg-inherit text-left font-medium whitespace-nowrap`}>
              {/^\d{4}-\d\d$/.test(String(row.cohort)) ? month(String(row.cohort)) : row.cohort}
              {young(row) && (
                <span className="ml-2 text-xs font-normal text-muted max-sm:ml-0 max-sm:block">on its way</span>
              )}
            </th>
            <td className={`${CELL} text-right`}>
              <Value report={report} row={row} column={columnOf('stage1')} text={count(Number(row.stage1))} />
            </td>
            {LATER.map((stage) => {
              const rate = row[`rate${stage}`]
              const share = rate === null ? 0 : Number(rate) / (most.get(stage) ?? 1)
              return (
                <td
                  key={stage}
                  className={`${CELL} border-l border-surface text-right whitespace-nowrap`}
                  style={{
                    backgroundColor: `color-mix(in oklab, var(--stage-4) ${Math.round(share * DEEPEST)}%, transparent)`,
                  }}
                >
                  <Value
                    report={report}
                    row={row}
                    column={columnOf(`stage${stage}`)}
                    text={rate === null ? '–' : ratio(Number(rate))}
                    note={count(Number(row[`stage${stage}`]))}
                  />
                </td>
              )
            })}
            <td className={`${CELL} text-right whitespace-nowrap text-muted max-md:hidden`}>
              {roundMoney(Number(row.wonAmount), report.about.currency)}
            </td>
          </tr>
        ))}
      </DataTable>
      <p className="px-4 pt-3 text-xs text-muted sm:px-5">
        Shares are of those that began; the shade compares cohorts within a stage. Cohorts that ended less than{' '}
        {YOUNG_DAYS} days ago are on their way.
      </p>
    </>
  )
}

function Value({
  report,
  row,
  column,
  text,
  note,
}: {
  report: Report
  row: Row
  column: Column | undefined
  text: string
  note?: string
}) {
  const body = (
    <>
      <span className="block group-hover:underline">{text}</span>
      {note && <span className="block text-xs">{note}</span>}
    </>
  )
  const target = column && Number(row[column.key]) > 0 ? drillOf(report, row, column) : undefined
  return target ? (
    <Link
      {...target}
      className="group block rounded"
      aria-label={`${row.cohort}, ${column?.label}: ${text}${note ? `, ${note}` : ''}`}
    >
      {body}
    </Link>
  ) : (
    body
  )
}
