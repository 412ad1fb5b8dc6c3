/**
 * What each view keeps in its address. Whatever somebody types there is read leniently: a value that makes no
 * sense is left out and the view shows its default.
 */
import { isDay, type PeriodSearch, RANGES, type Range } from './period.ts'

/** What figures may be split by, as the pages call it. */
export const DIMENSIONS = {
  medium: 'Medium',
  source: 'Source',
  campaign: 'Campaign',
  'engagement-type': 'Engagement type',
  'activation-type': 'Activation type',
  'triggered-by': 'Triggered by',
  owner: 'Owner at activation',
  month: 'Month of activation',
} as const

/** What figures are split by. */
export type Dimension = keyof typeof DIMENSIONS
/** Journeys that began in the period, or what happened in it. */
export type View = 'cohort' | 'period'

/** Any view may have its reasons panel open on a record. */
export type WhySearch = { why?: string }

/** What the overview shows. */
export type OverviewSearch = PeriodSearch & { measure?: Measure }
/** What the trend counts. */
export type Measure = 'activations' | 'opportunities' | 'won' | 'wonAmount'

/**
 * Whether journeys that an opportunity's fallback began are counted. Not said: with the period view, which asks
 * how much came through; without in the cohort view, as they convert by construction. [U6]
 */
export type Fallbacks = 'with' | 'without'

/** What the funnel shows. */
export type FunnelSearch = PeriodSearch & { view?: View; by?: Dimension; fallbacks?: Fallbacks }

/** Which journeys are listed, in which order. */
export type JourneysSearch = PeriodSearch & {
  view?: View
  by?: Dimension
  option?: string
  stage?: number
  state?: 'open' | 'complete' | 'dormant-soon'
  outcome?: string
  fallbacks?: Fallbacks
  sort?: string
  order?: 'ascending'
  page?: number
}

/** What people may be sorted by. */
export type PeopleSort = 'last-engagement' | 'created' | 'score' | 'engagements' | 'owner' | 'status'

/** Which people are listed, in which order. */
export type PeopleSearch = {
  q?: string
  state?: 'active' | 'dormant'
  owner?: string
  sort?: PeopleSort
  order?: 'ascending'
  page?: number
}

type Raw = Record<string, unknown>

/** Reads the record whose reasons are open. */
export const readWhy = (raw: Raw): WhySearch => defined({ why: text(raw.why) })

/** Reads the overview's part of an address. */
export const readOverview = (raw: Raw): OverviewSearch =>
  defined({ ...readPeriod(raw), measure: oneOf(raw.measure, ['activations', 'opportunities', 'won', 'wonAmount']) })

/** Reads the funnel's part of an address. */
export const readFunnel = (raw: Raw): FunnelSearch =>
  defined({
    ...readPeriod(raw),
    view: oneOf(raw.view, ['cohort', 'period']),
    by: oneOf(raw.by, Object.keys(DIMENSIONS) as Dimension[]),
    fallbacks: oneOf(raw.fallbacks, ['with', 'without']),
  })

/** Reads the part of an address that lists journeys. */
export const readJourneys = (raw: Raw): JourneysSearch =>
  defined({
    ...readFunnel(raw),
    option: text(raw.option),
    stage: whole(raw.stage, 1, 6),
    state: oneOf(raw.state, ['open', 'complete', 'dormant-soon']),
    outcome: text(raw.outcome),
    sort: text(raw.sort),
    order: oneOf(raw.order, ['ascending']),
    page: whole(raw.page, 2, 1_000_000),
  })

/** Reads the part of an address that lists people. */
export const readPeople = (raw: Raw): PeopleSearch =>
  defined({
    q: text(raw.q),
    state: oneOf(raw.state, ['active', 'dormant']),
    owner: text(raw.owner),
    sort: oneOf(raw.sort, ['last-engagement', 'created', 'score', 'engagements', 'owner', 'status']),
    order: oneOf(raw.order, ['ascending']),
    page: whole(raw.page, 2, 1_000_000),
  })

function readPeriod(raw: Raw): PeriodSearch {
  return {
    range: oneOf(raw.range, Object.keys(RANGES) as Range[]),
    from: isDay(raw.from) ? raw.from : undefined,
    to: isDay(raw.to) ? raw.to : undefined,
  } as PeriodSearch
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 1000) : undefined
}

function oneOf<T extends string>(value: unknown, options: readonly T[]): T | undefined {
  return options.find((option) => option === value)
}

function whole(value: unknown, min: number, max: number): number | undefined {
  const number = Number(value)
  return Number.isInteger(number) && number >= min && number <= max ? number : undefined
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}

/** An address' query as plain strings: what people read, type and paste. */
export function parseSearch(query: string): Raw {
  return Object.fromEntries(new URLSearchParams(query))
}

/** The same, back. */
export function stringifySearch(search: Raw): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) if (value !== undefined) query.set(key, String(value))
  const written = query.toString()
  return written ? `?${written}` : ''
}
