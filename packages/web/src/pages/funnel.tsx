import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { FunnelFlow } from '../charts/funnel-flow.tsx'
import { FunnelSteps } from '../charts/funnel-steps.tsx'
import { csvAddress, type Report, reportQuery, statusQuery } from '../client.ts'
import { count, counted, days, month, ratio } from '../format.ts'
import { type FunnelStage, funnelsIn } from '../funnel.ts'
import { periodOf } from '../period.ts'
import { DIMENSIONS, type Dimension, type JourneysSearch, type View } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { Check, Choice, CsvLink, PageHead, Segmented } from '../ui/controls.tsx'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { PeriodPicker } from '../ui/period-picker.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'

const FALLBACK = '12m'

/** Options shown at first: most dimensions have a long tail. */
const FEW = 20

const EXPLAINED: Readonly<Record<View, string>> = {
  cohort:
    'Cohort: the journeys that began in these days, and how far they have come since. Each stage is part of the one before, so the rates are true rates; recent journeys are still on their way.',
  period:
    'Period: every stage reached in these days, whenever the journey began. It tells how much work came through. A stage is not part of the one before, so there are no rates; from the fourth on opportunities are counted.',
}

/** Where journeys get stuck. */
export function FunnelPage() {
  useTitle('Funnel')
  const search = useSearch({ from: '/funnel' })
  const navigate = useNavigate({ from: '/funnel' })
  const { data: status } = useQuery(statusQuery)
  const view = search.view ?? 'cohort'
  const period = periodOf(search, status?.asOfDay ?? null, FALLBACK)
  const enabled = typeof status?.asOfDay === 'string'
  const without = search.fallbacks ? search.fallbacks === 'without' : view === 'cohort'
  const asked = { ...period, view, withoutFallbacks: without ? ('true' as const) : ('false' as const) }
  const whole = useQuery({ ...reportQuery('funnel', asked), enabled })
  const split = useQuery({
    ...reportQuery('funnel', { ...asked, by: search.by ?? 'medium' }),
    enabled: enabled && search.by !== undefined,
  })
  const drill = (stage: number, option?: string): JourneysSearch => ({
    ...period,
    ...(!period.from && !period.to && { range: 'all' as const }),
    ...(view === 'period' && { view }),
    ...(stage > 1 || view === 'period' ? { stage } : {}),
    fallbacks: without ? 'without' : 'with',
    ...(search.by && option !== undefined && { by: search.by, option }),
  })
  return (
    <>
      <PageHead title="Funnel" lead="Where journeys get stuck, and how long they take">
        <PeriodPicker
          search={search}
          period={period}
          fallback={FALLBACK}
          onChange={({ range, from, to }) =>
            void navigate({
              search: ({ range: _range, from: _from, to: _to, ...rest }) => ({
                ...rest,
                ...(range && { range }),
                ...(from && { from }),
                ...(to && { to }),
              }),
            })
          }
        />
      </PageHead>
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-3">
        <Segmented
          label="How journeys are counted"
          options={{ cohort: 'Cohort', period: 'Period' }}
          value={view}
          onChange={(chosen) =>
            void navigate({
              search: ({ view: _view, ...rest }) => (chosen === 'period' ? { ...rest, view: chosen } : rest),
            })
          }
        />
        <Choice
          label="Break down by"
          showLabel
          options={[
            { value: 'nothing', label: 'Nothing' },
            ...Object.entries(DIMENSIONS).map(([value, label]) => ({ value, label })),
          ]}
          value={search.by ?? 'nothing'}
          onChange={(by) =>
            void navigate({
              search: ({ by: _by, ...rest }) => (by === 'nothing' ? rest : { ...rest, by: by as Dimension }),
            })
          }
        />
        <Check
          checked={without}
          onChange={(checked) =>
            void navigate({ search: (before) => ({ ...before, fallbacks: checked ? 'without' : 'with' }) })
          }
        >
          Leave out Opportunity Creation
        </Check>
      </div>

      <p className="mb-4 max-w-[80ch] text-sm text-muted">{EXPLAINED[view]}</p>

      <Loaded query={whole} waiting={<WaitingFunnel />}>
        {(report) => {
          const stages = funnelsIn(report)[0]?.stages ?? []
          return (
            <Card
              title={counted(stages[0]?.journeys ?? 0, view === 'cohort' ? 'journey' : 'activation')}
              aside={<CsvLink href={csvAddress('funnel', asked)} />}
              about={<About report={report} what={view === 'cohort' ? 'Cohort view' : 'Period view'} amounts={false} />}
            >
              {stages.every(({ journeys }) => journeys === 0) ? (
                <Empty title="No journeys in these days">Choose a longer period.</Empty>
              ) : (
                <>
                  <div className="pt-1 pb-3 max-md:hidden">
                    <FunnelFlow stages={stages} search={(stage) => drill(stage)} />
                  </div>
                  <div className="md:hidden">
                    <FunnelSteps stages={stages} search={(stage) => drill(stage)} />
                  </div>
                </>
              )}
            </Card>
          )
        }}
      </Loaded>

      {search.by !== undefined && (
        <div className="mt-5">
          <Loaded query={split} waiting={<WaitingFunnel />}>
            {(report) => (
              <Card
                title={`By ${DIMENSIONS[search.by ?? 'medium'].toLowerCase()}`}
                aside={<CsvLink href={csvAddress('funnel', { ...asked, by: search.by ?? 'medium' })} />}
                about={
                  <About report={report} what={view === 'cohort' ? 'Cohort view' : 'Period view'} amounts={false} />
                }
              >
                <Breakdown report={report} by={search.by ?? 'medium'} drill={drill} />
              </Card>
            )}
          </Loaded>
        </div>
      )}
    </>
  )
}

function Breakdown({
  report,
  by,
  drill,
}: {
  report: Report
  by: Dimension
  drill: (stage: number, option: string) => JourneysSearch
}) {
  const inTime = by === 'month'
  const funnels = inTime ? [...funnelsIn(report)].sort((a, b) => (a.option < b.option ? 1 : -1)) : funnelsIn(report)
  const [all, setAll] = useState(false)
  const stages = funnels[0]?.stages ?? []
  if (funnels.length === 0) return <Empty title="No journeys in these days">Choose a longer period.</Empty>
  return (
    <>
      <DataTable
        caption={`Funnel by ${DIMENSIONS[by].toLowerCase()}`}
        heads={[
          { key: 'option', label: DIMENSIONS[by] },
          ...stages.map(({ stage, label }) => ({ key: String(stage), label, numeric: true })),
          { key: 'overall', label: `${stages[0]?.label} to ${stages.at(-1)?.label}`, numeric: true },
        ]}
      >
        {(all ? funnels : funnels.slice(0, FEW)).map(({ option, stages }) => (
          <tr key={option} className="border-b border-line bg-surface last:border-0 hover:bg-sunken">
            <th
              scope="row"
              title={option}
              className={`${CELL} sticky left-0 z-1 max-w-56 min-w-28 truncate bg-inherit text-left align-top font-medium max-sm:max-w-32`}
            >
              {inTime && option !== '(none)' ? month(option) : option}
            </th>
            {stages.map((stage) => (
              <td key={stage.stage} className={`${CELL} text-right align-top`}>
                <StageCell stage={stage} search={drill(stage.stage, option)} option={option} />
              </td>
            ))}
            <td className={`${CELL} text-right align-top text-muted`}>
              {stages.at(-1)?.fromFirst == null ? '–' : ratio(stages.at(-1)?.fromFirst ?? 0)}
            </td>
          </tr>
        ))}
      </DataTable>
      {!all && funnels.length > FEW && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="px-5 py-3 text-sm font-medium text-accent-ink hover:underline"
        >
          Show all {count(funnels.length)}
        </button>
      )}
    </>
  )
}

function StageCell({ stage, search, option }: { stage: FunnelStage; search: JourneysSearch; option: string }) {
  return (
    <>
      {stage.journeys > 0 ? (
        <Link
          to="/journeys"
          search={search}
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

function WaitingFunnel() {
  return (
    <div className="rounded-xl border border-line bg-surface">
      <WaitingRows rows={6} className="h-7" />
    </div>
  )
}
