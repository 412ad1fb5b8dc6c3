/** What the funnel's address asks, and the records behind its figures. */
import type { ReportQuery } from '../client.ts'
import { type Period, periodOf } from '../period.ts'
import { journeysTarget, opportunitiesAt, type Target } from '../reports/drills.ts'
import type { FunnelSearch, View } from '../search.ts'

/** The period the funnel shows where the address names none. */
export const PERIOD = '12m'

/** The funnel's question, understood. */
export type Asked = Readonly<{
  period: Period
  view: View
  /** Journeys that an opportunity's fallback began stand apart. [U6] */
  without: boolean
  where: readonly string[] | undefined
  query: ReportQuery
}>

/** Reads what is asked, seen from the day the data speaks of. */
export function askedOf(search: FunnelSearch, today: string | null): Asked {
  const view = search.view ?? 'cohort'
  const period = periodOf(search, today, PERIOD)
  const without = search.fallbacks ? search.fallbacks === 'without' : view === 'cohort'
  const { where } = search
  return {
    period,
    view,
    without,
    where,
    query: {
      ...period,
      view,
      withoutFallbacks: without ? 'true' : 'false',
      ...(where && { where }),
    },
  }
}

/**
 * The records that a stage counts, or those of one option: journeys, or in the period view opportunities from the
 * fourth stage on.
 */
export function drill(asked: Asked, search: FunnelSearch, stage: number, option?: string): Target {
  const { period, view, without, where = [] } = asked
  const { by } = search
  if (view === 'period' && stage > 3)
    return opportunitiesAt(stage, { period, view, fallbacks: !without, where, by }, option)
  return journeysTarget({
    ...period,
    ...(!period.from && !period.to && { range: 'all' as const }),
    ...(view === 'period' && { view }),
    ...(stage > 1 || view === 'period' ? { stage } : {}),
    fallbacks: without ? 'without' : 'with',
    ...(where.length > 0 && { where: [...where] }),
    ...(by && option !== undefined && { by, option }),
  })
}
