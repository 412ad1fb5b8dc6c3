import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { FunnelSteps } from '../charts/funnel-steps.tsx'
import { TrendChart } from '../charts/trend-chart.tsx'
import { type Report, reportQuery, statusQuery } from '../client.ts'
import { count, money, period as periodText, ratio, roundMoney } from '../format.ts'
import { funnelsIn } from '../funnel.ts'
import { monthsBetween, type Period, periodBefore, periodOf } from '../period.ts'
import type { JourneysSearch, Measure } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { PageHead, Segmented } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { PeriodPicker } from '../ui/period-picker.tsx'
import { Empty, Loaded, WaitingRows } from '../ui/states.tsx'
import { useTitle } from '../ui/title.ts'
import { ToDo } from './to-do.tsx'

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
  const sources = useQuery({
    ...reportQuery('sources', { ...period, by: 'medium', withoutFallbacks: 'true' }),
    enabled,
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
            void navigate({ search: { ...changed, ...(search.measure && { measure: search.measure }) } })
          }
        />
      </PageHead>

      <Loaded query={overview} waiting={<WaitingFigures />}>
        {(report) => <Figures report={report} period={period} />}
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
              aside={<More to="/funnel" />}
              about={<About report={report} what="Journeys that began in the period" amounts={false} />}
            >
              {report.rows.length === 0 ? (
                <Empty title="No journeys began in this period" />
              ) : (
                <FunnelSteps
                  stages={funnelsIn(report)[0]?.stages ?? []}
                  search={(stage) => ({ ...period, ...(stage > 1 && { stage }), fallbacks: 'without' })}
                />
              )}
            </Card>
          )}
        </Loaded>
        <div className="min-w-0 lg:col-span-2">
          <Loaded query={sources} waiting={<WaitingCard />}>
            {(report) => <Sources report={report} period={period} />}
          </Loaded>
        </div>
      </div>
    </>
  )
}

/** The page's head already says what the figures are compared with. */
function withoutBefore(report: Report): Report {
  const notes = report.about.notes.filter((note) => !note.startsWith('Before:'))
  return { ...report, about: { ...report.about, notes } }
}

type Figure = Readonly<{ key: string; label: string; kind: 'count' | 'money' | 'ratio'; drill: JourneysSearch }>

const FIGURES: readonly Figure[] = [
  { key: 'activations', label: 'Activations', kind: 'count', drill: { fallbacks: 'without' } },
  {
    key: 'opportunities',
    label: 'Opportunities',
    kind: 'count',
    drill: { stage: 4, view: 'period', fallbacks: 'with' },
  },
  {
    key: 'pipeline',
    label: 'Open pipeline created',
    kind: 'money',
    drill: { stage: 4, view: 'period', fallbacks: 'with', state: 'open' },
  },
  { key: 'won', label: 'Won deals', kind: 'count', drill: { stage: 6, view: 'period', fallbacks: 'with' } },
  { key: 'wonAmount', label: 'Won amount', kind: 'money', drill: { stage: 6, view: 'period', fallbacks: 'with' } },
  { key: 'conversion', label: 'Activation to opportunity', kind: 'ratio', drill: { stage: 4, fallbacks: 'without' } },
]

function Figures({ report, period }: { report: Report; period: Period }) {
  const { currency } = report.about
  const shown = FIGURES.flatMap((figure) => {
    const row = report.rows.find((known) => known.figure === figure.key)
    return row ? [{ ...figure, value: row.value as number | null, before: row.before as number | null }] : []
  })
  return (
    <section aria-label="Main figures">
      <ul className="grid grid-cols-2 overflow-hidden rounded-xl border border-line bg-line shadow-card max-sm:gap-px sm:grid-cols-3 sm:gap-px xl:grid-cols-6">
        {shown.map(({ key, label, kind, drill, value, before }) => (
          <li key={key} className="bg-surface">
            <Link
              to="/journeys"
              search={{ ...period, ...drill }}
              className="group block h-full px-4 py-3.5 -outline-offset-2 hover:bg-sunken"
            >
              <span className="block text-[0.8rem] text-muted">{label}</span>
              <span
                className="mt-1 block text-2xl font-semibold tracking-tight group-hover:text-accent-ink"
                title={kind === 'money' && value !== null ? money(value, currency) : undefined}
              >
                {value === null
                  ? '–'
                  : kind === 'money'
                    ? roundMoney(value, currency)
                    : kind === 'ratio'
                      ? ratio(value)
                      : count(value)}
              </span>
              <Change kind={kind} value={value} before={before} />
            </Link>
          </li>
        ))}
      </ul>
      <div className="mt-2 px-1">
        <About report={withoutBefore(report)} what="Activations by their date, deals by creation and close" />
      </div>
    </section>
  )
}

/** How a figure differs from the period before: in percent, ratios in points. */
function Change({ kind, value, before }: { kind: Figure['kind']; value: number | null; before: number | null }) {
  if (value === null || before === null || (before === 0 && kind !== 'ratio'))
    return <span className="mt-0.5 block text-xs text-muted">nothing before</span>
  const change = kind === 'ratio' ? value - before : (value - before) / before
  const size = kind === 'ratio' ? `${Math.abs(change * 100).toFixed(1)} points` : ratio(Math.abs(change))
  if (Math.abs(change) < 0.0005) return <span className="mt-0.5 block text-xs text-muted">as before</span>
  const up = change > 0
  return (
    <span className={`mt-0.5 flex items-center gap-1 text-xs ${up ? 'text-good' : 'text-bad'}`}>
      <Icon name={up ? 'up' : 'down'} className="size-3" />
      <span className="sr-only">{up ? 'up by' : 'down by'}</span>
      {size}
    </span>
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

function Sources({ report, period }: { report: Report; period: Period }) {
  const { currency } = report.about
  const rows = report.rows.slice(0, 7)
  const most = Math.max(1, ...rows.map((row) => Number(row.activations)))
  return (
    <Card
      title="Top sources"
      aside={<More to="/funnel" search={{ by: 'medium' }} />}
      about={<About report={report} what="Journeys that began in the period, first click" />}
    >
      {rows.length === 0 ? (
        <Empty title="No journeys began in this period" />
      ) : (
        <table className="w-full text-sm">
          <caption className="sr-only">Top sources by medium</caption>
          <thead>
            <tr className="text-xs text-muted [&>th]:px-2 [&>th]:pb-1.5 [&>th]:font-medium">
              <th scope="col" className="pl-5! text-left">
                Medium
              </th>
              <th scope="col" className="text-right">
                Activations
              </th>
              <th scope="col" className="text-right max-sm:hidden">
                Opportunities
              </th>
              <th scope="col" className="text-right">
                Converted
              </th>
              <th scope="col" className="pr-5! text-right">
                Won
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const option = String(row.option)
              return (
                <tr key={option} className="group hover:bg-sunken [&>td]:px-2">
                  <th scope="row" className="w-1/2 max-w-0 py-1 pr-2 pl-5 text-left font-normal">
                    <Link
                      to="/journeys"
                      search={{ ...period, by: 'medium', option, fallbacks: 'without' }}
                      className="relative block rounded px-2 py-1 group-hover:text-accent-ink"
                    >
                      <span
                        className="absolute inset-y-0 left-0 rounded bg-bar opacity-60"
                        style={{ width: `${(Number(row.activations) / most) * 100}%` }}
                        aria-hidden="true"
                      />
                      <span className="relative block truncate">{option}</span>
                    </Link>
                  </th>
                  <td className="text-right font-medium">{count(Number(row.activations))}</td>
                  <td className="text-right max-sm:hidden">{count(Number(row.opportunities))}</td>
                  <td className="text-right text-muted">
                    {row.conversion === null ? '–' : ratio(Number(row.conversion))}
                  </td>
                  <td className="pr-5! text-right" title={money(Number(row.wonAmount), currency)}>
                    {roundMoney(Number(row.wonAmount), currency)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Card>
  )
}

function More({ to, search }: { to: '/funnel'; search?: { by: 'medium' } }) {
  return (
    <Link
      to={to}
      search={search ?? {}}
      className="inline-flex items-center gap-1 text-sm text-accent-ink hover:underline"
    >
      Details
      <Icon name="right" className="size-3" />
    </Link>
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
