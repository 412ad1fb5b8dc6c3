import { Link } from '@tanstack/react-router'
import type { Column, Report, Row } from '../client.ts'
import { count, day, days, money, month, ratio } from '../format.ts'
import { DIMENSIONS, type Dimension } from '../search.ts'
import { WhyLink } from '../why-panel.tsx'
import { drillOf } from './drills.ts'

/** Whether a column's values are figures, which stand right under one another. */
export const isFigure = ({ type }: Column): boolean => type !== 'text' && type !== 'id' && type !== 'day'

/** A value as it is read, in the report's currency; `–` where there is none. */
export function cellText(value: Row[string] | undefined, column: Column, currency: string): string {
  if (value === null || value === undefined || value === '') return '–'
  switch (column.type) {
    case 'count':
      return typeof value === 'number' ? count(value) : value
    case 'ratio':
      return ratio(Number(value))
    case 'days':
      return days(Number(value))
    case 'money':
      return money(Number(value), currency)
    case 'day':
      return day(String(value))
    default:
      if (column.key === 'state') return String(value).replaceAll('-', ' ')
      return /^\d{4}-\d\d$/.test(String(value)) ? month(String(value)) : String(value)
  }
}

const LINK = 'hover:text-accent-ink hover:underline'

/** A value of a report; figures lead to what they count, ids to the record. */
export function Cell({ report, row, column }: { report: Report; row: Row; column: Column }) {
  const value = row[column.key]
  const text = cellText(value, column, report.about.currency)
  if (value === null || value === undefined) return <span className="text-muted">–</span>
  if (column.type === 'id') return <RecordLink column={column} row={row} />
  if (column.key === 'name' && typeof row.person === 'string')
    return (
      <Link to="/people/$id" params={{ id: row.person }} className={`font-medium ${LINK}`}>
        {text}
      </Link>
    )
  const target = value === 0 ? undefined : drillOf(report, row, column)
  if (!target) return value === 0 ? <span className="text-muted">0</span> : text
  return (
    <Link {...target} className={LINK} aria-label={`${column.label}: ${text}; show the records`}>
      {text}
    </Link>
  )
}

/** A column's heading: an option is called after what it is an option of. */
export function headOf(column: Column, report: Report): string {
  const by = report.about.parameters.by
  return column.key === 'option' && typeof by === 'string'
    ? (DIMENSIONS[by as Dimension] ?? column.label)
    : column.label
}

/** The columns of an answer that tell something: an option of nothing tells nothing. */
export function tellingColumns(report: Report): readonly Column[] {
  return report.columns.filter(({ key }) => key !== 'option' || report.rows.some((row) => row.option !== '(all)'))
}

/** A record's id, leading to its page or to its reasons. */
function RecordLink({ column, row }: { column: Column; row: Row }) {
  const id = String(row[column.key])
  const shown = <span className="font-mono text-xs">{short(id)}</span>
  if (/^(lead|contact):/.test(id))
    return (
      <Link to="/people/$id" params={{ id }} className={LINK} title={id}>
        {shown}
      </Link>
    )
  if (column.key === 'opportunity' || id.startsWith('opportunity:'))
    return (
      <Link to="/opportunities/$id" params={{ id: id.replace(/^opportunity:/, '') }} className={LINK} title={id}>
        {shown}
      </Link>
    )
  if (id.startsWith('eng:') || id.startsWith('int:'))
    return (
      <WhyLink record={id} className={LINK} label={`Why ${id}`}>
        {shown}
      </WhyLink>
    )
  return <span title={id}>{shown}</span>
}

/** The telling end of a long id. */
const short = (id: string): string => (id.length > 22 ? `…${id.slice(-20)}` : id)
