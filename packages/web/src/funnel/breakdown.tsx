import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Report } from '../client.ts'
import { count, counted, days, month, ratio } from '../format.ts'
import type { Target } from '../reports/drills.ts'
import { DIMENSIONS, type Dimension } from '../search.ts'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { Empty } from '../ui/states.tsx'
import { type FunnelStage, funnelsIn } from './stages.ts'

/** Options shown at first: most dimensions have a long tail. */
const FEW = 20
/** Options that can be held against each other at once. */
export const MOST_COMPARED = 4

const MONTH = /^\d{4}-\d\d$/
const TIMES: readonly Dimension[] = ['month', 'quarter', 'fiscal-quarter', 'fiscal-year']

type Line = Readonly<{ option: string; stages: readonly FunnelStage[] }>

/** An option as it is read: months by name. */
export const optionText = (option: string): string => (MONTH.test(option) ? month(option) : option)

/** The funnel of each option of a dimension, sortable by any stage, each to be held against others. */
export function Breakdown({
  report,
  by,
  sort,
  descending,
  onSort,
  compared,
  onCompare,
  drill,
}: {
  report: Report
  by: Dimension
  sort: string | undefined
  descending: boolean
  onSort: (key: string) => void
  compared: readonly string[]
  onCompare: (options: readonly string[]) => void
  drill: (stage: number, option: string) => Target
}) {
  const [all, setAll] = useState(false)
  const lines = sorted(funnelsIn(report), by, sort, descending)
  const stages = lines[0]?.stages ?? []
  if (lines.length === 0) return <Empty title="No journeys in these days">Choose a longer period.</Empty>
  return (
    <>
      <DataTable
        caption={`Funnel by ${DIMENSIONS[by].toLowerCase()}`}
        {...(sort && { sort })}
        descending={descending}
        onSort={onSort}
        heads={[
          { key: 'option', label: DIMENSIONS[by], sortable: true },
          ...stages.map(({ stage, label }) => ({ key: String(stage), label, numeric: true, sortable: true })),
          { key: 'overall', label: `${stages[0]?.label} to ${stages.at(-1)?.label}`, numeric: true, sortable: true },
        ]}
      >
        {(all ? lines : lines.slice(0, FEW)).map(({ option, stages }) => {
          const chosen = compared.includes(option)
          return (
            <tr key={option} className="border-b border-line bg-surface last:border-0 hover:bg-sunken">
              <th
                scope="row"
                title={option}
                className={`${CELL} sticky left-0 z-1 max-w-64 min-w-28 bg-inherit text-left align-top font-medium max-sm:max-w-36`}
              >
                <label className="flex cursor-pointer items-start gap-2.5">
                  <input
                    type="checkbox"
                    checked={chosen}
                    disabled={!chosen && compared.length >= MOST_COMPARED}
                    onChange={() =>
                      onCompare(chosen ? compared.filter((one) => one !== option) : [...compared, option])
                    }
                    aria-label={`Compare ${option}`}
                    className="mt-1 size-3.5 shrink-0 accent-accent"
                  />
                  <span className="truncate">{optionText(option)}</span>
                </label>
              </th>
              {stages.map((stage) => (
                <td key={stage.stage} className={`${CELL} text-right align-top`}>
                  <StageCell stage={stage} target={drill(stage.stage, option)} option={option} />
                </td>
              ))}
              <td className={`${CELL} text-right align-top text-muted`}>
                {stages.at(-1)?.fromFirst == null ? '–' : ratio(stages.at(-1)?.fromFirst ?? 0)}
              </td>
            </tr>
          )
        })}
      </DataTable>
      {!all && lines.length > FEW && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="px-5 py-3 text-sm font-medium text-accent-ink hover:underline"
        >
          Show all {count(lines.length)}
        </button>
      )}
    </>
  )
}

/** Options in the order asked for: the report's own, times from the newest back, or by what a heading says. */
function sorted(lines: readonly Line[], by: Dimension, sort: string | undefined, descending: boolean): readonly Line[] {
  if (!sort) return TIMES.includes(by) ? lines.toSorted((a, b) => b.option.localeCompare(a.option)) : lines
  const value = ({ option, stages }: Line): string | number =>
    sort === 'option'
      ? option
      : sort === 'overall'
        ? (stages.at(-1)?.fromFirst ?? -1)
        : (stages.find(({ stage }) => String(stage) === sort)?.journeys ?? 0)
  return lines.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)]
    const order =
      typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right))
    return (descending ? -order : order) || a.option.localeCompare(b.option)
  })
}

function StageCell({ stage, target, option }: { stage: FunnelStage; target: Target; option: string }) {
  return (
    <>
      {stage.journeys > 0 ? (
        <Link
          {...target}
          aria-label={`${option}, ${stage.label}: ${counted(stage.journeys, 'journey')}`}
          className="font-medium hover:text-accent-ink hover:underline"
        >
          {count(stage.journeys)}
        </Link>
      ) : (
        <span className="text-muted">0</span>
      )}
      <span className="block text-xs whitespace-nowrap text-muted">
        {[
          stage.fromPrevious === null ? null : ratio(stage.fromPrevious),
          stage.medianDays === null ? null : days(stage.medianDays),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </span>
    </>
  )
}
