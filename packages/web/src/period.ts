const DAY_MS = 86_400_000

/** Periods that can be chosen by name. They end on the day the data speaks of, so a copied address stays current. */
export const RANGES = {
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  '12m': 'Last 12 months',
  quarter: 'This quarter',
  'last-quarter': 'Last quarter',
  year: 'This year',
  'last-year': 'Last year',
  all: 'All time',
} as const

/** A period by name. */
export type Range = keyof typeof RANGES

/** A period by name, or by its first and last day. */
export type PeriodSearch = { range?: Range; from?: string; to?: string }

/** First and last day, both included; absent: no bound. */
export type Period = { from?: string; to?: string }

/** The days a period means, seen from the day the data speaks of. */
export function periodOf({ range, from, to }: PeriodSearch, today: string | null, fallback: Range): Period {
  if (from || to) return { ...(from && { from }), ...(to && { to }) }
  if (!today) return {}
  const [year = 1970, month = 1, date = 1] = today.split('-').map(Number)
  const quarter = Math.floor((month - 1) / 3) * 3
  switch (range ?? fallback) {
    case '30d':
      return { from: shift(today, -29), to: today }
    case '90d':
      return { from: shift(today, -89), to: today }
    case '12m':
      return { from: iso(year - 1, month - 1, date + 1), to: today }
    case 'quarter':
      return { from: iso(year, quarter, 1), to: today }
    case 'last-quarter':
      return { from: iso(year, quarter - 3, 1), to: iso(year, quarter, 0) }
    case 'year':
      return { from: iso(year, 0, 1), to: today }
    case 'last-year':
      return { from: iso(year - 1, 0, 1), to: iso(year - 1, 11, 31) }
    case 'all':
      return {}
  }
}

/** The period of the same length right before. */
export function periodBefore({ from, to }: Period): Period | undefined {
  if (!from || !to) return undefined
  const length = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return { from: shift(from, -length), to: shift(from, -1) }
}

/** The day before. */
export const dayBefore = (day: string): string => shift(day, -1)

/** The day after. */
export const dayAfter = (day: string): string => shift(day, 1)

/** First and last day of a quarter such as `2025-Q3`. */
export function quarterPeriod(quarter: string): Period {
  const [year = 1970, number = 1] = quarter.split('-Q').map(Number)
  return { from: iso(year, (number - 1) * 3, 1), to: iso(year, number * 3, 0) }
}

/** First and last day of a month such as `2025-03`. */
export function monthPeriod(month: string): Period {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return { from: iso(year, number - 1, 1), to: iso(year, number, 0) }
}

/** Every month from the first to the last, such as `2025-03`; none is left out because nothing happened in it. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last && months.length < 1200; ) {
    months.push(month)
    const [year = 0, number = 1] = month.split('-').map(Number)
    month = iso(year, number, 1).slice(0, 7)
  }
  return months
}

/** True of a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && iso(...civil(text)) === text
}

function civil(text: string): [number, number, number] {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return [year, month - 1, day]
}

function iso(year: number, monthIndex: number, day: number): string {
  return new Date(Date.UTC(year, monthIndex, day)).toISOString().slice(0, 10)
}

function shift(day: string, by: number): string {
  return new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10)
}
