import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { csvAddress, type Report, type ReportQuery, type Row, reportQuery } from '../client.ts'
import { count } from '../format.ts'
import { dayAfter, dayBefore, type Period } from '../period.ts'
import { journeysTarget, opportunitiesAt, type Target } from '../reports/drills.ts'
import type { FunnelSearch, JourneysSearch } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { CsvLink } from '../ui/controls.tsx'
import { CELL, DataTable } from '../ui/data-table.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import type { PartProps } from './parts.tsx'
import { WaitingPart } from './waiting.tsx'

/** What each cause is called beside its sentence. */
const CAUSES: Readonly<Record<string, string>> = {
  'began-before': 'Began before the period',
  'began-after': 'Began after the period',
  fallback: 'Opportunity Creation',
  'second-opportunity': 'Second opportunity of a journey',
  'not-attributed': 'Credited to no journey',
  'reached-after': 'Reached it after the period',
  'reached-before': 'Reached it before the period',
  conditions: 'Meets the conditions in one view only',
}

/** Why cohort and period differ: from the one to the other, cause by cause, so that each stage adds up. [U2] */
export function Difference({ asked, search, enabled }: PartProps) {
  const query: ReportQuery = {
    ...asked.period,
    ...(asked.where && { where: [...asked.where] }),
    ...(search.fallbacks && { withoutFallbacks: search.fallbacks === 'without' ? 'true' : 'false' }),
  }
  const difference = useQuery({ ...reportQuery('funnel-difference', query), enabled })
  return (
    <Loaded query={difference} waiting={<WaitingPart />}>
      {(report) => (
        <Card
          title="From the cohort’s figure to the period’s"
          aside={<CsvLink href={csvAddress('funnel-difference', query)} />}
          about={<About report={report} what="Both views of the same days" />}
        >
          {!asked.period.from && !asked.period.to ? (
            <>
              <Empty title="Over all time the views differ only by what a cohort leaves out">
                Choose a period to see what began before it and what was reached after it.
              </Empty>
              <Bridge report={report} asked={asked} search={search} />
            </>
          ) : (
            <Bridge report={report} asked={asked} search={search} />
          )}
        </Card>
      )}
    </Loaded>
  )
}

type BridgeProps = Readonly<{ report: Report; asked: PartProps['asked']; search: FunnelSearch }>

function Bridge({ report, asked, search }: BridgeProps) {
  const stages = [...new Map(report.rows.map((row) => [Number(row.stage), row])).values()]
  const causes = Object.keys(CAUSES).filter((cause) => report.rows.some((row) => row.cause === cause))
  const effectOf = (cause: string, stage: number) =>
    report.rows.find((row) => row.cause === cause && Number(row.stage) === stage)
  const number = `${CELL} text-right whitespace-nowrap`
  const whole = 'border-b border-line bg-sunken font-semibold'
  const head = `${CELL} sticky left-0 z-1 max-w-80 min-w-40 text-left max-sm:max-w-44`
  return (
    <DataTable
      caption="Why cohort and period differ"
      heads={[
        { key: 'cause', label: 'Cause' },
        ...stages.map((row) => ({ key: String(row.stage), label: String(row.label), numeric: true })),
      ]}
    >
      <tr className={whole}>
        <th scope="row" className={`${head} bg-inherit font-semibold`}>
          Cohort
        </th>
        {stages.map((row) => (
          <td key={String(row.stage)} className={number}>
            <Amount
              value={Number(row.cohort)}
              target={side('cohort', Number(row.stage), asked, search)}
              name={`Cohort, ${row.label}`}
            />
          </td>
        ))}
      </tr>
      {causes.map((cause) => (
        <tr key={cause} className="border-b border-line bg-surface hover:bg-sunken">
          <th scope="row" className={`${head} bg-inherit font-normal`}>
            <span className="block">{CAUSES[cause]}</span>
            <span className="block text-xs text-muted max-sm:hidden">
              {String(report.rows.find((row) => row.cause === cause)?.inWords ?? '')}
            </span>
          </th>
          {stages.map((row) => {
            const found = effectOf(cause, Number(row.stage))
            return (
              <td key={String(row.stage)} className={number}>
                {found ? (
                  <Amount
                    value={Number(found.effect)}
                    signed
                    target={behind(found, asked, search)}
                    name={`${CAUSES[cause]}, ${row.label}`}
                  />
                ) : (
                  <span className="text-muted">–</span>
                )}
              </td>
            )
          })}
        </tr>
      ))}
      <tr className={whole}>
        <th scope="row" className={`${head} bg-inherit font-semibold`}>
          Period
        </th>
        {stages.map((row) => (
          <td key={String(row.stage)} className={number}>
            <Amount
              value={Number(row.period)}
              target={side('period', Number(row.stage), asked, search)}
              name={`Period, ${row.label}`}
            />
          </td>
        ))}
      </tr>
    </DataTable>
  )
}

function Amount({
  value,
  signed = false,
  target,
  name,
}: {
  value: number
  signed?: boolean
  target: Target | undefined
  name: string
}) {
  const text = signed ? `${value > 0 ? '+' : value < 0 ? '−' : '±'}${count(Math.abs(value))}` : count(value)
  const tone = !signed ? '' : value > 0 ? 'text-good' : value < 0 ? 'text-bad' : 'text-muted'
  if (!target || value === 0) return <span className={tone}>{text}</span>
  return (
    <Link {...target} aria-label={`${name}: ${text}`} className={`${tone} hover:underline`}>
      {text}
    </Link>
  )
}

const spanOf = (period: Period): JourneysSearch => (period.from || period.to ? period : { range: 'all' })

/** What one of the views counts at a stage. */
function side(
  view: 'cohort' | 'period',
  stage: number,
  asked: PartProps['asked'],
  search: FunnelSearch,
): Target | undefined {
  const where = asked.where ?? []
  const fallbacks = search.fallbacks ? search.fallbacks === 'with' : view === 'period'
  if (view === 'period' && stage > 3)
    return opportunitiesAt(stage, { period: asked.period, view, fallbacks, where, by: undefined })
  return journeysTarget({
    ...spanOf(asked.period),
    ...(view === 'period' && { view }),
    stage,
    fallbacks: fallbacks ? 'with' : 'without',
    ...(where.length > 0 && { where: [...where] }),
  })
}

/** Exactly the records that a cause moves at a stage; undefined where no list can be asked for them. */
function behind(row: Row, asked: PartProps['asked'], search: FunnelSearch): Target | undefined {
  const { period } = asked
  const stage = Number(row.stage)
  const given = asked.where ?? []
  const reached = (span: Period, conditions: readonly string[]): Target =>
    journeysTarget({
      ...spanOf(span),
      view: 'period',
      stage,
      fallbacks: search.fallbacks === 'with' ? 'with' : 'without',
      where: [...given, ...conditions],
    })
  const began = [...(period.from ? [`began>=:${period.from}`] : []), ...(period.to ? [`began<=:${period.to}`] : [])]
  switch (row.cause) {
    case 'began-before':
      return period.from ? reached(period, [`began<=:${dayBefore(period.from)}`]) : undefined
    case 'began-after':
      return period.to ? reached(period, [`began>=:${dayAfter(period.to)}`]) : undefined
    case 'reached-after':
      return period.to ? reached({ from: dayAfter(period.to) }, began) : undefined
    case 'reached-before':
      return period.from ? reached({ to: dayBefore(period.from) }, began) : undefined
    case 'fallback':
      return stage > 3
        ? opportunitiesAt(stage, {
            period,
            view: 'period',
            fallbacks: true,
            where: [...given, 'activation-type:Opportunity Creation'],
            by: undefined,
          })
        : journeysTarget({
            ...spanOf(period),
            view: 'period',
            stage,
            fallbacks: 'with',
            where: [...given, 'activation-type:Opportunity Creation'],
          })
    case 'not-attributed':
      return opportunitiesAt(stage, {
        period,
        view: 'period',
        fallbacks: true,
        where: [...given, 'activation:(none)'],
        by: undefined,
      })
    default:
      return undefined
  }
}
