/** What a report page's address asks the report for. */
import type { ReportDescription, ReportQuery } from '../client.ts'
import { type Period, periodOf } from '../period.ts'
import type { Fallbacks, ReportSearch } from '../search.ts'
import { SIZE } from './report-table.tsx'

/** The period a report shows where the address names none. */
export const PERIOD = '12m'

/** Whether a report takes a parameter. */
export const takes = ({ takes }: Pick<ReportDescription, 'takes'>, name: string): boolean => takes.includes(name)

/** Journeys that an opportunity's fallback began, as the API is asked about them. [U6] */
export const fallbacksAsked = (fallbacks: Fallbacks | undefined): ReportQuery =>
  fallbacks ? { withoutFallbacks: fallbacks === 'without' ? 'true' : 'false' } : {}

/** The question in the address, as far as the report heeds it. Without a page it is the whole table's. */
export function askedOf(
  report: ReportDescription,
  search: ReportSearch,
  today: string | null,
  page?: number,
  size = SIZE,
): ReportQuery {
  const period: Period = takes(report, 'from') ? periodOf(search, today, PERIOD) : {}
  const { view, by, option, where, stage, state, outcome, levels, path } = search
  const all: ReportQuery = {
    ...(by && { by }),
    ...(by && option !== undefined && { option }),
    ...(view && { view }),
    ...(where && { where }),
    ...(stage && { stage }),
    ...(state && { state }),
    ...(outcome && { outcome }),
    ...(levels && { levels }),
    ...(path && { path }),
    ...fallbacksAsked(search.fallbacks),
    ...(search.columns && { columns: search.columns }),
    ...(search.sort && { sort: search.sort, descending: search.order === 'ascending' ? 'false' : 'true' }),
    ...(page !== undefined && { offset: (page - 1) * size, limit: size }),
  }
  const heeded = Object.entries(all).filter(([name]) => takes(report, name))
  return { ...period, ...Object.fromEntries(heeded) }
}
