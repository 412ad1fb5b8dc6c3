import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Column, type Report, type ReportQuery, type Row, reportQuery } from '../client.ts'
import { count, money, ratio, roundMoney } from '../format.ts'
import { DIMENSIONS } from '../search.ts'
import { Card } from '../ui/card.tsx'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { Icon } from '../ui/icons.tsx'
import { drillOf, LEVELS, pathOf } from './drills.ts'
import type { PresentationProps } from './presentations.tsx'

const FIGURES = [
  'activations',
  'routed',
  'accepted',
  'converted',
  'conversion',
  'opportunities',
  'pipeline',
  'wonAmount',
]

/** Steps of indentation. */
const INDENT = ['pl-0', 'pl-0', 'pl-5', 'pl-10', 'pl-15', 'pl-20'] as const

/** Departments down to campaigns: each group's figures are the sums of those under it. Unfolds as far as one likes. */
export function SourceTree({ report, search, set }: PresentationProps) {
  const depth = Number(report.about.parameters.levels ?? 3)
  const columns = FIGURES.flatMap((key) => report.columns.find((column) => column.key === key) ?? [])
  const unfolded = search.open ?? []
  const most = Math.max(
    1,
    ...report.rows.filter((row) => Number(row.level) === 1).map((row) => Number(row.activations)),
  )
  return (
    <Card
      title="Department › category › medium › source › campaign"
      className="mb-5"
      aside={
        <fieldset className="flex items-center gap-1 text-sm">
          <legend className="sr-only">Unfolded to</legend>
          <span className="mr-1 text-muted">Unfolded to</span>
          {LEVELS.map(({ dimension }, place) => (
            <button
              key={dimension}
              type="button"
              aria-pressed={depth === place + 1}
              title={DIMENSIONS[dimension]}
              onClick={() => set({ levels: place + 1, open: undefined })}
              className="grid size-7 place-items-center rounded-md border border-line text-muted hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            >
              <span className="sr-only">{DIMENSIONS[dimension]}</span>
              <span aria-hidden="true">{place + 1}</span>
            </button>
          ))}
        </fieldset>
      }
    >
      <DataTable
        caption="Sources by hierarchy"
        heads={[
          { key: 'group', label: 'Group' },
          ...columns.map(({ key, label, description }) => ({
            key,
            label,
            numeric: true,
            sortable: true,
            wide: key !== 'activations' && key !== 'conversion' && key !== 'wonAmount',
            ...(description && { description }),
          })),
        ]}
        sort={search.sort ?? 'activations'}
        descending={search.order !== 'ascending'}
        onSort={(key) =>
          set({
            sort: key,
            order: (search.sort ?? 'activations') === key && search.order !== 'ascending' ? 'ascending' : undefined,
          })
        }
      >
        {report.rows.map((row) => (
          <Group
            key={JSON.stringify(pathOf(row))}
            report={report}
            row={row}
            columns={columns}
            most={most}
            depth={depth}
            unfolded={unfolded}
            onUnfold={(open) => set({ open: open.length > 0 ? open : undefined, page: search.page })}
          />
        ))}
      </DataTable>
    </Card>
  )
}

type GroupProps = Readonly<{
  report: Report
  row: Row
  columns: readonly Column[]
  most: number
  /** How deep the report itself goes; what lies deeper is asked for when it is unfolded. */
  depth: number
  unfolded: readonly string[]
  onUnfold: (open: readonly string[]) => void
}>

function Group(props: GroupProps) {
  const { report, row, columns, most, depth, unfolded, onUnfold } = props
  const level = Number(row.level)
  const path = pathOf(row)
  const key = JSON.stringify(path)
  const foldable = level >= depth && level < LEVELS.length && Number(row.groups) > 0
  const open = foldable && unfolded.includes(key)
  const name = level === 0 ? 'All' : (path.at(-1) ?? '')
  return (
    <>
      <tr
        data-row
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target === event.currentTarget)
            event.currentTarget.querySelector<HTMLElement>('button, a')?.click()
        }}
        className={`border-b border-line bg-surface -outline-offset-2 hover:bg-sunken focus:bg-sunken ${level <= 1 ? 'font-medium' : ''}`}
      >
        <th
          scope="row"
          className={`${CELL} sticky left-0 z-1 max-w-72 bg-inherit text-left ${level <= 1 ? 'font-semibold' : 'font-normal'} max-sm:max-w-44`}
        >
          <span className={`flex min-w-0 items-center gap-1 ${INDENT[level]}`}>
            {foldable ? (
              <button
                type="button"
                aria-expanded={open}
                aria-label={`${open ? 'Fold' : 'Unfold'} ${name}`}
                onClick={() =>
                  onUnfold(open ? unfolded.filter((one) => !one.startsWith(key.slice(0, -1))) : [...unfolded, key])
                }
                className="-ml-1 grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-line"
              >
                <Icon name="chevron" className={`size-3 ${open ? '' : '-rotate-90'}`} />
              </button>
            ) : (
              <span className="w-1 shrink-0" />
            )}
            <span className="min-w-0">
              <span className="block truncate" title={name}>
                {name}
              </span>
              {level > 0 && (
                <span
                  className="mt-1 block h-1 w-40 max-w-full rounded-full bg-sunken max-sm:hidden"
                  aria-hidden="true"
                >
                  <span
                    className="block h-1 rounded-full bg-stage-3"
                    style={{ width: `${Math.max(1, (Number(row.activations) / most) * 100)}%` }}
                  />
                </span>
              )}
            </span>
          </span>
        </th>
        {columns.map((column) => (
          <td
            key={column.key}
            className={`${CELL} text-right whitespace-nowrap ${column.key === 'activations' || column.key === 'conversion' || column.key === 'wonAmount' ? '' : 'max-md:hidden'}`}
          >
            <Value report={report} row={row} column={column} name={name} />
          </td>
        ))}
      </tr>
      {open && <Under {...props} path={path} />}
    </>
  )
}

/** What lies right under a group, asked for when it is unfolded. */
function Under({ path, ...props }: GroupProps & Readonly<{ path: readonly string[] }>) {
  const { from, to, view, sort, descending, withoutFallbacks } = props.report.about.parameters
  const { where } = props.report.about.parameters as Readonly<{ where?: string[] }>
  const under = useQuery(
    reportQuery('source-hierarchy', {
      ...(typeof from === 'string' && { from }),
      ...(typeof to === 'string' && { to }),
      ...(view && { view }),
      ...(where && { where }),
      ...(sort && { sort }),
      ...(descending !== undefined && { descending: String(descending) }),
      ...(withoutFallbacks !== undefined && { withoutFallbacks: String(withoutFallbacks) }),
      path: [...path],
      levels: 1,
      limit: 500,
    } as ReportQuery),
  )
  const { data } = under
  // What was shown before under another question is not what lies under this group.
  if (!data || under.isPlaceholderData)
    return (
      <tr>
        <td colSpan={props.columns.length + 1} className={CELL}>
          {under.isError ? (
            <span role="alert" className="text-sm text-bad">
              {under.error.message}
            </span>
          ) : (
            <span className="skeleton block h-4" />
          )}
        </td>
      </tr>
    )
  return data.rows
    .filter((row) => Number(row.level) === path.length + 1)
    .map((row) => (
      <Group {...props} key={JSON.stringify(pathOf(row))} report={data} row={row} depth={path.length + 1} />
    ))
}

function Value({ report, row, column, name }: { report: Report; row: Row; column: Column; name: string }) {
  const value = row[column.key]
  const { currency } = report.about
  if (value === null || value === undefined) return <span className="text-muted">–</span>
  const number = Number(value)
  const text =
    column.type === 'ratio' ? ratio(number) : column.type === 'money' ? roundMoney(number, currency) : count(number)
  const title = column.type === 'money' ? money(number, currency) : undefined
  const target = number === 0 ? undefined : drillOf(report, row, column)
  if (!target)
    return (
      <span title={title} className={number === 0 ? 'font-normal text-muted' : ''}>
        {text}
      </span>
    )
  return (
    <Link
      {...target}
      title={title}
      aria-label={`${name}, ${column.label}: ${text}`}
      className="hover:text-accent-ink hover:underline"
    >
      {text}
    </Link>
  )
}
