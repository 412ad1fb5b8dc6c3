import type { Column, Report } from '../client.ts'
import { CELL, DataTable, Pager } from '../ui/data-table.tsx'
import { Cell, headOf, isFigure } from './cell.tsx'

/** Rows of a page of a report. */
export const SIZE = 50

/** Rows by a column; those without a value come last whichever way. */
function sorted(report: Report, key: string | undefined, descending: boolean): Report['rows'] {
  if (!key) return report.rows
  return report.rows.toSorted((a, b) => {
    const [left = null, right = null] = [a[key], b[key]]
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
    const order =
      typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right))
    return descending ? -order : order
  })
}

/** What an option lies under stands beneath it where there is no room for a column of its own. */
function toldElsewhere({ key }: Column, columns: readonly Column[]): boolean {
  return (key === 'medium' || key === 'source') && columns.some((column) => column.key === 'option')
}

/** A report as a table: every figure a link, sorted and paged by the server where it can, else here. */
export function ReportTable({
  report,
  columns,
  takes,
  sort,
  descending,
  page,
  onSort,
  onPage,
}: {
  report: Report
  columns: readonly Column[]
  takes: readonly string[]
  sort: string | undefined
  descending: boolean
  page: number
  onSort: (key: string) => void
  onPage: (page: number) => void
}) {
  const paged = takes.includes('offset')
  const all = takes.includes('sort') ? report.rows : sorted(report, sort, descending)
  const rows = paged ? all : all.slice((page - 1) * SIZE, page * SIZE)
  const told = columns.filter((column) => toldElsewhere(column, columns))
  const named = told.length > 0 ? columns.find(({ key }) => key === 'option') : columns[0]
  const total = paged ? report.total : all.length
  return (
    <>
      <DataTable
        caption={report.title}
        heads={columns.map((column) => ({
          key: column.key,
          label: headOf(column, report),
          numeric: isFigure(column),
          told: toldElsewhere(column, columns),
          sortable: true,
          ...(column.description && { description: column.description }),
        }))}
        {...(sort && { sort })}
        descending={descending}
        onSort={onSort}
      >
        {rows.map((row, place) => (
          <tr
            // biome-ignore lint/suspicious/noArrayIndexKey: a report's rows have no identity but their place
            key={place}
            data-row
            tabIndex={-1}
            className="border-b border-line bg-surface -outline-offset-2 last:border-0 hover:bg-sunken focus:bg-sunken"
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.target === event.currentTarget)
                event.currentTarget.querySelector('a')?.click()
            }}
          >
            {columns.map((column) =>
              column === named ? (
                <th
                  key={column.key}
                  scope="row"
                  className={`${CELL} sticky left-0 z-1 max-w-56 truncate bg-inherit text-left font-medium max-sm:max-w-36`}
                >
                  <Cell report={report} row={row} column={column} />
                  {told.length > 0 && (
                    <span className="block truncate text-xs font-normal text-muted sm:hidden">
                      {told.flatMap(({ key }) => row[key] ?? []).join(' › ')}
                    </span>
                  )}
                </th>
              ) : (
                <td
                  key={column.key}
                  className={`${CELL} ${toldElsewhere(column, columns) ? 'max-sm:hidden' : ''} ${isFigure(column) ? 'text-right whitespace-nowrap' : column.type === 'day' ? 'whitespace-nowrap' : 'max-w-72 truncate'}`}
                >
                  <Cell report={report} row={row} column={column} />
                </td>
              ),
            )}
          </tr>
        ))}
      </DataTable>
      {total > SIZE && <Pager page={page} size={SIZE} total={total} onPage={onPage} />}
    </>
  )
}
