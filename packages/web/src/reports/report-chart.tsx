import { type Bar, BarList } from '../charts/bar-list.tsx'
import { LineChart } from '../charts/line-chart.tsx'
import type { Column, Report } from '../client.ts'
import { count, days, ratio, roundMoney } from '../format.ts'
import { monthsBetween } from '../period.ts'
import { Card } from '../ui/card.tsx'
import { Choice } from '../ui/controls.tsx'
import { cellText, isFigure } from './cell.tsx'
import { drillOf } from './drills.ts'

/** Bars that still can be read beneath one another. */
const MOST_BARS = 12

/** What a report's columns allow to be drawn: options as bars, months as a line. */
type Drawing = Readonly<{ kind: 'bars' | 'months'; name: Column; measures: readonly Column[] }>

const MONTH = /^\d{4}-\d\d$/

/** How a report can be drawn: one column that names each row once, and figures. Undefined where it cannot. */
export function drawingOf(report: Report): Drawing | undefined {
  const { columns, rows } = report
  if (rows.length < 2 || columns.some(({ type }) => type === 'id')) return undefined
  const named = columns.filter(
    ({ key, type }) => type === 'text' && rows.some((row) => row[key] !== null && row[key] !== undefined),
  )
  const name = named.find(({ key }) => new Set(rows.map((row) => row[key])).size === rows.length)
  const measures = columns.filter((column) => isFigure(column) && column.key !== 'stage' && column.key !== 'fromStage')
  if (!name || measures.length === 0) return undefined
  const months = rows.filter((row) => MONTH.test(String(row[name.key]))).length
  return { kind: months >= rows.length - 1 && months > 1 ? 'months' : 'bars', name, measures }
}

/** A report drawn, one of its figures at a time. */
export function ReportChart({
  report,
  measure,
  onMeasure,
}: {
  report: Report
  measure: string | undefined
  onMeasure: (measure: string) => void
}) {
  const drawing = drawingOf(report)
  const column = drawing?.measures.find(({ key }) => key === measure) ?? drawing?.measures[0]
  if (!drawing || !column) return null
  const { kind, name, measures } = drawing
  const { currency, asOfDay, parameters } = report.about
  const { from } = parameters
  return (
    <Card
      className="mb-5"
      title={kind === 'months' ? 'Month by month' : column.label}
      aside={
        measures.length > 1 && (
          <Choice
            label="Draw"
            options={measures.map(({ key, label }) => ({ value: key, label }))}
            value={column.key}
            onChange={onMeasure}
          />
        )
      }
    >
      {kind === 'months' ? (
        <LineChart
          label={column.label.toLowerCase()}
          format={(value) => roughly(value, column, currency)}
          points={allMonths(report, name.key).map((month) => {
            const row = report.rows.find((known) => known[name.key] === month)
            const value = row
              ? (row[column.key] as number | null)
              : column.type === 'count' || column.type === 'money'
                ? 0
                : null
            return {
              month,
              value,
              text: value === null ? '–' : roughly(value, column, currency),
              partial: asOfDay.startsWith(month) || (typeof from === 'string' && from > `${month}-01`),
              target: row && value ? drillOf(report, row, column) : undefined,
            }
          })}
        />
      ) : (
        <BarList
          label={column.label}
          bars={report.rows
            .filter((row) => typeof row[column.key] === 'number')
            .toSorted((a, b) => Number(b[column.key]) - Number(a[column.key]))
            .slice(0, MOST_BARS)
            .map(
              (row): Bar => ({
                name: cellText(row[name.key], name, currency),
                value: Number(row[column.key]),
                text: roughly(Number(row[column.key]), column, currency),
                target: drillOf(report, row, column),
              }),
            )}
        />
      )}
    </Card>
  )
}

function allMonths(report: Report, key: string): string[] {
  const months = report.rows.map((row) => String(row[key])).filter((text) => MONTH.test(text))
  const [first, last] = [months.toSorted()[0], months.toSorted().at(-1)]
  return first && last ? monthsBetween(first, last) : []
}

/** A figure in the space a chart has. */
function roughly(value: number, { type }: Column, currency: string): string {
  if (type === 'money') return roundMoney(value, currency)
  if (type === 'ratio') return ratio(value)
  return type === 'days' ? days(value) : count(value)
}
