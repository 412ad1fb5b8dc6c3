import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FunnelFlow } from '../charts/funnel-flow.tsx'
import { FunnelSteps } from '../charts/funnel-steps.tsx'
import { csvAddress, reportListQuery, reportQuery, statusQuery } from '../client.ts'
import { counted } from '../format.ts'
import { type Asked, askedOf, drill, PERIOD } from '../funnel/asked.ts'
import { FALLBACK_TYPE, FallbackSlice } from '../funnel/fallback-slice.tsx'
import { FunnelParts } from '../funnel/parts.tsx'
import { type FunnelStage, funnelsIn, withMeans } from '../funnel/stages.ts'
import { FilterBar } from '../reports/filter-bar.tsx'
import type { FunnelSearch, View } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { Check, CsvLink, PageHead, Segmented } from '../ui/controls.tsx'
import { PeriodPicker } from '../ui/period-picker.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'

const EXPLAINED: Readonly<Record<View, string>> = {
  cohort:
    'Cohort: the journeys that began in these days, and how far they have come since. Each stage is part of the one before, so the rates are true rates; recent journeys are still on their way.',
  period:
    'Period: every stage reached in these days, whenever the journey began. It tells how much work came through. A stage is not part of the one before, so there are no rates; from the fourth on opportunities are counted.',
}

/** Changes what the address asks; undefined takes a part of it away. */
export type ChangeFunnel = (changed: Partial<Record<keyof FunnelSearch, unknown>>) => void

/** Where journeys get stuck. */
export function FunnelPage() {
  useTitle('Funnel')
  const search = useSearch({ from: '/funnel' })
  const navigate = useNavigate({ from: '/funnel' })
  const { data: status } = useQuery(statusQuery)
  const { data: reports } = useQuery(reportListQuery)
  const today = status?.asOfDay ?? null
  const asked = askedOf(search, today)
  const { period, view, without } = asked
  const enabled = typeof today === 'string'
  const set: ChangeFunnel = (changed) => {
    const next = { ...search, ...changed }
    void navigate({
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)),
      resetScroll: false,
    })
  }
  if (status && !enabled)
    return (
      <Empty title="There is nothing to show yet">
        Import a CRM export with <code className="font-mono">throughline import</code>; the funnel appears here.
      </Empty>
    )
  return (
    <>
      <PageHead title="Funnel" lead="Where journeys get stuck, and how long they take">
        <PeriodPicker
          search={search}
          period={period}
          fallback={PERIOD}
          onChange={({ range, from, to }) => set({ range, from, to })}
        />
      </PageHead>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-3">
        <Segmented
          label="How journeys are counted"
          options={{ cohort: 'Cohort', period: 'Period' }}
          value={view}
          onChange={(chosen) => set({ view: chosen === 'period' ? chosen : undefined })}
        />
        <Check checked={without} onChange={(checked) => set({ fallbacks: checked ? 'without' : 'with' })}>
          Leave out Opportunity Creation
        </Check>
        <FilterBar
          fields={reports?.find(({ name }) => name === 'funnel')?.filters ?? []}
          where={search.where}
          currency={status?.currency ?? 'USD'}
          onChange={(where) => set({ where })}
        />
      </div>

      <p className="mb-4 max-w-[80ch] text-sm text-muted">{EXPLAINED[view]}</p>

      <Whole asked={asked} search={search} enabled={enabled} />
      <FunnelParts asked={asked} search={search} enabled={enabled} set={set} />
    </>
  )
}

/** The six stages of everything asked for, and the fallbacks apart. */
function Whole({ asked, search, enabled }: { asked: Asked; search: FunnelSearch; enabled: boolean }) {
  const { view, without, query, where = [] } = asked
  const whole = useQuery({ ...reportQuery('funnel', query), enabled })
  const { data: reports } = useQuery(reportListQuery)
  const velocity = useQuery({
    ...reportQuery('velocity', query),
    enabled: enabled && (reports?.some(({ name }) => name === 'velocity') ?? false),
  })
  const apartWhere = [...where, `activation-type:${FALLBACK_TYPE}`]
  const fallbacks = useQuery({
    ...reportQuery('funnel', { ...query, withoutFallbacks: 'false', where: apartWhere }),
    enabled: enabled && without,
  })
  const behind = (stage: number) => drill(asked, search, stage)
  return (
    <Loaded query={whole} waiting={<WaitingFunnel />}>
      {(report) => {
        const stages = withMeans(funnelsIn(report)[0]?.stages ?? [], velocity.data)
        return (
          <Card
            title={counted(stages[0]?.journeys ?? 0, view === 'cohort' ? 'journey' : 'activation')}
            aside={<CsvLink href={csvAddress('funnel', query)} />}
            about={<About report={report} what={view === 'cohort' ? 'Cohort view' : 'Period view'} />}
          >
            {stages.every(({ journeys }) => journeys === 0) ? (
              <Empty title="No journeys like that in these days">
                {where.length > 0 ? 'Take a filter away, or choose a longer period.' : 'Choose a longer period.'}
              </Empty>
            ) : (
              <>
                <div className="pt-1 pb-3 max-md:hidden">
                  <FunnelFlow stages={stages} target={behind} currency={report.about.currency} />
                </div>
                <div className="md:hidden">
                  <FunnelSteps stages={stages} target={behind} />
                </div>
              </>
            )}
            {without && fallbacks.data && (
              <FallbackSlice
                stages={apart(fallbacks.data ? (funnelsIn(fallbacks.data)[0]?.stages ?? []) : [])}
                target={(stage) => drill({ ...asked, without: false, where: apartWhere }, search, stage)}
              />
            )}
          </Card>
        )
      }}
    </Loaded>
  )
}

/** Stages that were filled in with the opportunity say nothing of their own; what is told is how many there are. */
const apart = (stages: readonly FunnelStage[]): readonly FunnelStage[] =>
  stages.filter(({ stage }) => stage !== 2 && stage !== 3)

/** A funnel that is on its way. */
export function WaitingFunnel() {
  return (
    <div className="rounded-xl border border-line bg-surface">
      <WaitingRows rows={6} className="h-7" />
    </div>
  )
}
