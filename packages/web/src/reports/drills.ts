/** Which records stand behind a figure of a report. */
import type { Column, Report, Row } from '../client.ts'
import { monthPeriod, type Period } from '../period.ts'
import { DIMENSIONS, type Dimension, type JourneysSearch } from '../search.ts'

/** A list of journeys, as a link leads to it. */
export type Target = Readonly<{ to: '/journeys'; search: JourneysSearch }>

type Asked = Readonly<{
  period: Period
  /** The report's own filters, as the list of journeys takes them. */
  shared: JourneysSearch
  by: Dimension | undefined
}>

type Drill = (row: Row, column: Column, asked: Asked) => JourneysSearch | undefined

/** Stage whose journeys a column counts. */
const STAGE_OF: Readonly<Record<string, number>> = {
  activations: 1,
  reactivations: 1,
  journeys: 1,
  routed: 2,
  accepted: 3,
  converted: 4,
  stage1: 1,
  stage2: 2,
  stage3: 3,
  stage4: 4,
  stage5: 5,
  stage6: 6,
}

/** Months of happenings: the stage each column's happening is. */
const HAPPENED: Readonly<Record<string, number>> = {
  activations: 1,
  opportunities: 4,
  created: 4,
  won: 6,
  wonAmount: 6,
}

const DRILLS: Readonly<Record<string, Drill>> = {
  trend: (row, { key }) => {
    const stage = HAPPENED[key]
    if (stage === undefined) return undefined
    return {
      ...monthPeriod(String(row.month)),
      view: 'period',
      stage,
      fallbacks: stage === 1 ? 'without' : 'with',
    }
  },
  funnel: (row, { key }, asked) =>
    key === 'journeys' ? { ...optionOf(row, asked), stage: Number(row.stage) } : undefined,
  sources: (row, { key }, asked) => {
    const stage = STAGE_OF[key]
    return stage === undefined ? undefined : { ...optionOf(row, asked), ...(stage > 1 && { stage }) }
  },
  velocity: (row, { key }, asked) =>
    key === 'journeys' ? { ...optionOf(row, asked), stage: Number(row.stage) } : undefined,
  outcomes: (row, { key }, asked) => {
    if (key !== 'journeys') return undefined
    const { range: _range, from: _from, to: _to, ...timeless } = optionOf(row, asked)
    if (row.state === 'open') return { ...timeless, range: 'all', state: 'open' }
    if (row.state === 'dormant-soon') return { ...timeless, range: 'all', state: 'dormant-soon' }
    return { ...optionOf(row, asked), view: 'period', ...(row.outcome !== null && { outcome: String(row.outcome) }) }
  },
  'engagement-types': (row, { key }, asked) => {
    const stage = STAGE_OF[key]
    const option = row.option ?? row.engagementType
    if (stage === undefined || option === undefined || option === null) return undefined
    return { ...asked.shared, ...(stage > 1 && { stage }), by: 'engagement-type', option: String(option) }
  },
  reactivations: (row, { key }, asked) => {
    const stage = STAGE_OF[key]
    const option = row.option ?? row.activationType
    if (stage === undefined || typeof option !== 'string') return undefined
    return { ...asked.shared, ...(stage > 1 && { stage }), by: 'activation-type', option }
  },
}

/** The journeys a figure counts; undefined where it counts something else, or nothing that can be listed. */
export function drillOf(report: Report, row: Row, column: Column): Target | undefined {
  const { parameters } = report.about
  const period: Period = {
    ...(typeof parameters.from === 'string' && { from: parameters.from }),
    ...(typeof parameters.to === 'string' && { to: parameters.to }),
  }
  const where = (parameters as Readonly<Record<string, unknown>>).where
  const shared: JourneysSearch = {
    ...(period.from || period.to ? period : { range: 'all' }),
    ...(parameters.view === 'period' && { view: 'period' }),
    fallbacks: countsFallbacks(parameters) ? 'with' : 'without',
    ...(Array.isArray(where) && where.length > 0 && { where: where.map(String) }),
  }
  const by = String(parameters.by ?? '') in DIMENSIONS ? (parameters.by as Dimension) : undefined
  const search = DRILLS[report.name]?.(row, column, { period, shared, by })
  return search && { to: '/journeys', search }
}

/** What a report left out by default counts when nothing was said: with in the period view, without in a cohort. [U6] */
function countsFallbacks({ withoutFallbacks, view }: Report['about']['parameters']): boolean {
  return withoutFallbacks === undefined ? view === 'period' : withoutFallbacks === false
}

function optionOf(row: Row, { shared, by }: Asked): JourneysSearch {
  return by && typeof row.option === 'string' && row.option !== '(all)' ? { ...shared, by, option: row.option } : shared
}
