import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
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
  if (column.type === 'id')
    return (
      <RecordLink id={String(value)} kind={column.key}>
        <span className="font-mono text-xs">{short(String(value))}</span>
      </RecordLink>
    )
  const named = NAMED.find((pair) => pair.name === column.key && typeof row[pair.id] === 'string')
  if (named)
    return (
      <RecordLink id={String(row[named.id])} kind={named.id}>
        {text}
      </RecordLink>
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
  const has = (key: string) => report.columns.some((column) => column.key === key)
  return report.columns.filter(({ key, type }) => {
    if (key === 'option' || key === 'split') return report.rows.some((row) => row[key] !== '(all)')
    // A record goes by its name; its id can be added.
    return type !== 'id' || !NAMED.some((pair) => pair.id === key && has(pair.name))
  })
}

/** Columns that name a record by what people call it, beside the column of its id. */
const NAMED: readonly Readonly<{ id: string; name: string }>[] = [
  { id: 'person', name: 'name' },
  { id: 'opportunity', name: 'title' },
  { id: 'opportunity', name: 'opportunityName' },
  { id: 'account', name: 'accountName' },
  { id: 'account', name: 'title' },
]

/** A record, leading to its page or to its reasons. */
function RecordLink({ id, kind, children }: { id: string; kind: string; children: ReactNode }) {
  if (/^(lead|contact):/.test(id))
    return (
      <Link to="/people/$id" params={{ id }} className={LINK} title={id}>
        {children}
      </Link>
    )
  if (kind === 'opportunity' || id.startsWith('opportunity:'))
    return (
      <Link to="/opportunities/$id" params={{ id: id.replace(/^opportunity:/, '') }} className={LINK} title={id}>
        {children}
      </Link>
    )
  if (kind === 'account')
    return (
      <Link to="/accounts/$id" params={{ id }} className={LINK} title={id}>
        {children}
      </Link>
    )
  if (id.startsWith('eng:') || id.startsWith('int:'))
    return (
      <WhyLink record={id} className={LINK} label={`Why ${id}`}>
        {children}
      </WhyLink>
    )
  return <span title={id}>{children}</span>
}

/** The telling end of a long id. */
const short = (id: string): string => (id.length > 22 ? `…${id.slice(-20)}` : id)
