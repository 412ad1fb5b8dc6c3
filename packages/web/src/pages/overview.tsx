import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FunnelSteps } from '../charts/funnel-steps.tsx'
import { TrendChart } from '../charts/trend-chart.tsx'
import { type Report, reportQuery, statusQuery } from '../client.ts'
import { count, period as periodText, roundMoney } from '../format.ts'
import { funnelsIn } from '../funnel/stages.ts'
import { monthsBetween, type Period, periodBefore, periodOf } from '../period.ts'
import { journeysTarget } from '../reports/drills.ts'
import type { Measure } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { PageHead, Segmented } from '../ui/controls.tsx'
import { PeriodPicker } from '../ui/period-picker.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { MainFigures } from './main-figures.tsx'
import { ToDo } from './to-do.tsx'
import { Details, TopSources } from './top-sources.tsx'

const FALLBACK = '90d'

/** How we are doing, and what needs somebody. */
export function OverviewPage() {
  useTitle('Overview')
  const search = useSearch({ from: '/' })
  const navigate = useNavigate({ from: '/' })
  const { data: status } = useQuery(statusQuery)
  const period = periodOf(search, status?.asOfDay ?? null, FALLBACK)
  const enabled = typeof status?.asOfDay === 'string'
  const overview = useQuery({ ...reportQuery('overview', period), enabled })
  const trend = useQuery({ ...reportQuery('trend', yearUpTo(period, status?.asOfDay)), enabled })
  const funnel = useQuery({
    ...reportQuery('funnel', { ...period, view: 'cohort', withoutFallbacks: 'true' }),
    enabled,
  })
  const departments = useQuery({
    ...reportQuery('sources', { ...period, by: 'department', withoutFallbacks: 'true' }),
    enabled,
  })
  // Until the rules map anything, departments and categories tell nothing.
  const mapped = departments.data?.rows.some(({ option }) => option !== 'Unmapped' && option !== '(none)') ?? false
  const by = search.sources ?? (mapped ? 'medium-category' : 'medium')
  const sources = useQuery({
    ...reportQuery('sources', { ...period, by, withoutFallbacks: 'true' }),
    enabled: enabled && !departments.isPending,
  })
  const health = useQuery({ ...reportQuery('health', {}), enabled })
  if (status && !enabled)
    return (
      <Empty title="There is nothing to show yet">
        Import a CRM export with <code className="font-mono">throughline import</code>; the figures appear here.
      </Empty>
    )
  const before = periodBefore(period)
  return (
    <>
      <PageHead title="Overview" lead={before && `Compared with ${periodText(before.from, before.to)}`}>
        <PeriodPicker
          search={search}
          period={period}
          fallback={FALLBACK}
          onChange={(changed) =>
            void navigate({
              search: {
                ...changed,
                ...(search.measure && { measure: search.measure }),
                ...(search.sources && { sources: search.sources }),
              },
            })
          }
        />
      </PageHead>

      <Loaded query={overview} waiting={<WaitingFigures />}>
        {(report) => <MainFigures report={report} period={period} />}
      </Loaded>

      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-3 [&_section]:h-full [&>div]:h-full [&>div>div]:h-full">
        <div className="min-w-0 lg:col-span-2">
          <Loaded query={trend} waiting={<WaitingCard />}>
            {(report) => (
              <Trend
                report={report}
                measure={search.measure ?? 'activations'}
                onMeasure={(measure) => void navigate({ search: { ...search, measure } })}
              />
            )}
          </Loaded>
        </div>
        <Loaded query={health} waiting={<WaitingCard />}>
          {(report) => <ToDo report={report} />}
        </Loaded>
        <Loaded query={funnel} waiting={<WaitingCard />}>
          {(report) => (
            <Card
              title="Funnel"
              aside={<Details to="/funnel" />}
              about={<About report={report} what="Journeys that began in the period" amounts={false} />}
            >
              {report.rows.length === 0 ? (
                <Empty title="No journeys began in this period" />
              ) : (
                <FunnelSteps
                  stages={funnelsIn(report)[0]?.stages ?? []}
                  target={(stage) => journeysTarget({ ...period, ...(stage > 1 && { stage }), fallbacks: 'without' })}
                />
              )}
            </Card>
          )}
        </Loaded>
        <div className="min-w-0 lg:col-span-2">
          <Loaded query={sources} waiting={<WaitingCard />}>
            {(report) => (
              <TopSources
                report={report}
                period={period}
                by={by}
                mapped={mapped}
                onBy={(level) => void navigate({ search: { ...search, sources: level }, resetScroll: false })}
              />
            )}
          </Loaded>
        </div>
      </div>
    </>
  )
}

const MEASURES: Readonly<Record<Measure, string>> = {
  activations: 'Activations',
  opportunities: 'Opportunities',
  won: 'Won',
  wonAmount: 'Won amount',
}
const DRILL: Readonly<Record<Measure, number>> = { activations: 1, opportunities: 4, won: 6, wonAmount: 6 }

function Trend({
  report,
  measure,
  onMeasure,
}: {
  report: Report
  measure: Measure
  onMeasure: (measure: Measure) => void
}) {
  const { currency, asOfDay } = report.about
  return (
    <Card
      title="Month by month"
      aside={<Segmented label="Measure" options={MEASURES} value={measure} onChange={onMeasure} />}
      about={
        <About
          report={report}
          what={`${MEASURES[measure]} in the month they happened`}
          amounts={measure === 'wonAmount'}
        />
      }
    >
      {report.rows.length === 0 ? (
        <Empty title="Nothing happened in this time" />
      ) : (
        <TrendChart
          points={monthsBetween(String(report.rows[0]?.month), asOfDay.slice(0, 7)).map((month) => ({
            month,
            value: Number(report.rows.find((row) => row.month === month)?.[measure] ?? 0),
            partial: asOfDay.startsWith(month),
          }))}
          label={MEASURES[measure].toLowerCase()}
          format={(value) => (measure === 'wonAmount' ? roundMoney(value, currency) : count(value))}
          drill={DRILL[measure]}
        />
      )}
    </Card>
  )
}

function WaitingFigures() {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="skeleton h-[6.3rem]" />
      ))}
    </div>
  )
}

function WaitingCard() {
  return (
    <div className="rounded-xl border border-line bg-surface">
      <WaitingRows rows={7} />
    </div>
  )
}

/** The trend shows at least a year, so that a short period has something to be seen against. */
function yearUpTo({ from, to }: Period, today: string | null | undefined): Period {
  const end = to ?? today ?? undefined
  if (!end || !from) return to ? { to } : {}
  const [year = 1970, month = 1] = end.split('-').map(Number)
  const yearAgo = `${month === 12 ? year : year - 1}-${String((month % 12) + 1).padStart(2, '0')}-01`
  return { from: from < yearAgo ? from : yearAgo, to: end }
}
