import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { csvAddress, reportListQuery, reportQuery } from '../client.ts'
import type { ChangeFunnel } from '../pages/funnel.tsx'
import { DIMENSIONS, type Dimension, type FunnelPart, type FunnelSearch } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { Choice, CsvLink } from '../ui/controls.tsx'
import { Loaded } from '../ui/states.tsx'
import { type Asked, drill } from './asked.ts'
import { Breakdown, MOST_COMPARED } from './breakdown.tsx'
import { Cohorts } from './cohorts.tsx'
import { type Compared, Comparison } from './comparison.tsx'
import { Difference } from './difference.tsx'
import { Speed } from './speed.tsx'
import { funnelsIn } from './stages.ts'
import { WaitingPart } from './waiting.tsx'

/** The parts beneath the six stages, and the report each needs. */
const PARTS: Readonly<Record<FunnelPart, Readonly<{ label: string; report: string }>>> = {
  split: { label: 'Split', report: 'funnel' },
  difference: { label: 'Cohort against period', report: 'funnel-difference' },
  cohorts: { label: 'Cohorts', report: 'cohorts' },
  speed: { label: 'Speed', report: 'velocity-distribution' },
}

/** What every part of the page is given. */
export type PartProps = Readonly<{ asked: Asked; search: FunnelSearch; enabled: boolean; set: ChangeFunnel }>

const SHOWN: Readonly<Record<FunnelPart, (props: PartProps) => React.ReactNode>> = {
  split: Split,
  difference: Difference,
  cohorts: Cohorts,
  speed: Speed,
}

/** What stands beneath the six stages: one part at a time. */
export function FunnelParts(props: PartProps) {
  const { data: reports } = useQuery(reportListQuery)
  const known = (Object.keys(PARTS) as FunnelPart[]).filter((part) =>
    reports?.some(({ name }) => name === PARTS[part].report),
  )
  const chosen = props.search.part ?? 'split'
  const Part = SHOWN[chosen]
  return (
    <>
      <nav aria-label="Parts of the funnel" className="mt-7 mb-4 flex gap-x-5 overflow-x-auto border-b border-line">
        {known.map((part) => (
          <Link
            key={part}
            to="/funnel"
            search={(before) => {
              const { part: _part, ...rest } = before as FunnelSearch
              return part === 'split' ? rest : { ...rest, part }
            }}
            resetScroll={false}
            activeOptions={{ exact: true }}
            className="-mb-px border-b-2 border-transparent pb-2 text-sm whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {PARTS[part].label}
          </Link>
        ))}
      </nav>
      <Part {...props} />
    </>
  )
}

/** The funnel of each option of a dimension, and some of them side by side. */
function Split({ asked, search, enabled, set }: PartProps) {
  const by = search.by ?? 'medium'
  const query = { ...asked.query, by }
  const split = useQuery({ ...reportQuery('funnel', query), enabled })
  const whole = useQuery({ ...reportQuery('funnel', asked.query), enabled })
  const compare = (search.compare ?? []).slice(0, MOST_COMPARED)
  const behind = (stage: number, option: string | undefined) => drill(asked, { ...search, by }, stage, option)
  const descending = search.order !== 'ascending'
  return (
    <Loaded query={split} waiting={<WaitingPart />}>
      {(report) => {
        const funnels = funnelsIn(report)
        const all = whole.data && funnelsIn(whole.data)[0]
        const held: readonly Compared[] = [
          ...compare.flatMap((option) => funnels.find((known) => known.option === option) ?? []),
          ...(all ? [{ option: undefined, stages: all.stages }] : []),
        ]
        return (
          <>
            {held.some(({ option }) => option !== undefined) && (
              <Comparison
                funnels={held}
                rates={asked.view === 'cohort'}
                drill={behind}
                onRemove={(option) => set({ compare: without(compare, option) })}
                onClear={() => set({ compare: undefined })}
              />
            )}
            <Card
              title={`By ${DIMENSIONS[by].toLowerCase()}`}
              aside={
                <span className="flex flex-wrap items-center gap-2">
                  <Choice
                    label="Break down by"
                    options={(Object.keys(DIMENSIONS) as Dimension[]).map((value) => ({
                      value,
                      label: DIMENSIONS[value],
                    }))}
                    value={by}
                    onChange={(chosen) => set({ by: chosen, compare: undefined, sort: undefined, order: undefined })}
                  />
                  <CsvLink href={csvAddress('funnel', query)} />
                </span>
              }
              about={
                <About report={report} what={asked.view === 'cohort' ? 'Cohort view' : 'Period view'} amounts={false} />
              }
            >
              <Breakdown
                report={report}
                by={by}
                sort={search.sort}
                descending={descending}
                onSort={(key) => set({ sort: key, order: search.sort === key && descending ? 'ascending' : undefined })}
                compared={compare}
                onCompare={(options) => set({ compare: options.length > 0 ? options : undefined })}
                drill={behind}
              />
            </Card>
          </>
        )
      }}
    </Loaded>
  )
}

const without = (options: readonly string[], option: string): readonly string[] | undefined => {
  const rest = options.filter((one) => one !== option)
  return rest.length > 0 ? rest : undefined
}
