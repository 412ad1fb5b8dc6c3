/**
 * What each view keeps in its address. Whatever somebody types there is read leniently: a value that makes no
 * sense is left out and the view shows its default.
 */
import { isDay, type PeriodSearch, RANGES, type Range } from './period.ts'

/** What figures may be split by, as the pages call it. */
export const DIMENSIONS = {
  department: 'Department',
  'medium-category': 'Medium category',
  medium: 'Medium',
  source: 'Source',
  campaign: 'Campaign',
  'engagement-type-category': 'Engagement type category',
  'engagement-type': 'Engagement type',
  'activation-type': 'Activation type',
  'triggered-by': 'Triggered by',
  owner: 'Stage owner',
  month: 'Month',
  quarter: 'Quarter',
  'fiscal-quarter': 'Fiscal quarter',
  'fiscal-year': 'Fiscal year',
} as const

/** What figures are split by. */
export type Dimension = keyof typeof DIMENSIONS
/** Journeys that began in the period, or what happened in it. */
export type View = 'cohort' | 'period'

/** Any view may have its reasons panel open on a record. */
export type WhySearch = { why?: string }

/** What the overview shows. */
export type OverviewSearch = PeriodSearch & { measure?: Measure; sources?: 'department' | 'medium-category' | 'medium' }
/** What the trend counts. */
export type Measure = 'activations' | 'opportunities' | 'won' | 'wonAmount'

/**
 * Whether journeys that an opportunity's fallback began are counted. Not said: with the period view, which asks
 * how much came through; without in the cohort view, as they convert by construction. [U6]
 */
export type Fallbacks = 'with' | 'without'

/** What the funnel shows beneath the six stages. */
export type FunnelPart = 'split' | 'difference' | 'cohorts' | 'speed'

/** What the funnel shows. `compare`: options of `by` that are held against each other. */
export type FunnelSearch = PeriodSearch & {
  view?: View
  by?: Dimension
  fallbacks?: Fallbacks
  where?: string[]
  part?: FunnelPart
  compare?: string[]
  step?: string
  sort?: string
  order?: 'ascending'
}

/** Which journeys are listed, in which order. */
export type JourneysSearch = PeriodSearch & {
  view?: View
  by?: Dimension
  option?: string
  stage?: number
  state?: 'open' | 'complete' | 'dormant-soon'
  outcome?: string
  fallbacks?: Fallbacks
  where?: string[]
  sort?: string
  order?: 'ascending'
  page?: number
}

/**
 * What a report is asked, and how its answer is shown. `columns` are keys, `measure` is what its
 * chart draws, `open` the groups of a hierarchy that are unfolded, each a path as JSON.
 */
export type ReportSearch = JourneysSearch & {
  columns?: string
  levels?: number
  path?: string[]
  measure?: string
  open?: string[]
}

/** Which reports are listed. */
export type ReportsSearch = { q?: string }

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

/** Kinds of entries that a person's history can be cut down to. */
export const HISTORY_GROUPS = ['interaction', 'campaign', 'task', 'role', 'record', 'field'] as const

/** One of them. */
export type HistoryGroup = (typeof HISTORY_GROUPS)[number]

/** What a person's page shows of their history. */
export type PersonSearch = { show?: HistoryGroup }

/** Which opportunities are listed, in which order. */
export type OpportunitiesSearch = PeriodSearch & {
  q?: string
  state?: 'open' | 'won' | 'lost'
  owner?: string
  account?: string
  fallback?: 'yes' | 'no'
  roles?: 'none'
  sort?: string
  order?: 'ascending'
  page?: number
}

/** Which accounts are listed, in which order. */
export type AccountsSearch = {
  q?: string
  with?: 'open-journeys' | 'open-opportunities' | 'won'
  sort?: string
  order?: 'ascending'
  page?: number
}

type Raw = Record<string, unknown>

/** Reads the record whose reasons are open. */
export const readWhy = (raw: Raw): WhySearch => defined({ why: text(raw.why) })

/** Reads the overview's part of an address. */
export const readOverview = (raw: Raw): OverviewSearch =>
  defined({
    ...readPeriod(raw),
    measure: oneOf(raw.measure, ['activations', 'opportunities', 'won', 'wonAmount']),
    sources: oneOf(raw.sources, ['department', 'medium-category', 'medium']),
  })

/** Reads the funnel's part of an address. */
export const readFunnel = (raw: Raw): FunnelSearch =>
  defined({
    ...readPeriod(raw),
    view: oneOf(raw.view, ['cohort', 'period']),
    by: oneOf(raw.by, Object.keys(DIMENSIONS) as Dimension[]),
    fallbacks: oneOf(raw.fallbacks, ['with', 'without']),
    where: list(raw.where),
    part: oneOf(raw.part, ['split', 'difference', 'cohorts', 'speed']),
    compare: list(raw.compare),
    step: text(raw.step),
    sort: text(raw.sort),
    order: oneOf(raw.order, ['ascending']),
  })

/** Reads the part of an address that lists journeys. */
export const readJourneys = (raw: Raw): JourneysSearch =>
  defined({
    ...readPeriod(raw),
    view: oneOf(raw.view, ['cohort', 'period']),
    by: oneOf(raw.by, Object.keys(DIMENSIONS) as Dimension[]),
    fallbacks: oneOf(raw.fallbacks, ['with', 'without']),
    where: list(raw.where),
    option: text(raw.option),
    stage: whole(raw.stage, 1, 6),
    state: oneOf(raw.state, ['open', 'complete', 'dormant-soon']),
    outcome: text(raw.outcome),
    sort: text(raw.sort),
    order: oneOf(raw.order, ['ascending']),
    page: whole(raw.page, 2, 1_000_000),
  })

/** Reads a report's part of an address. */
export const readReport = (raw: Raw): ReportSearch =>
  defined({
    ...readJourneys(raw),
    columns: text(raw.columns),
    levels: whole(raw.levels, 1, 5),
    path: list(raw.path),
    measure: text(raw.measure),
    open: list(raw.open),
  })

/** Reads the part of an address that lists reports. */
export const readReports = (raw: Raw): ReportsSearch => defined({ q: text(raw.q) })

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

/** Reads a person's part of an address. */
export const readPerson = (raw: Raw): PersonSearch => defined({ show: oneOf(raw.show, HISTORY_GROUPS) })

/** Reads the part of an address that lists opportunities. */
export const readOpportunities = (raw: Raw): OpportunitiesSearch =>
  defined({
    ...readPeriod(raw),
    q: text(raw.q),
    state: oneOf(raw.state, ['open', 'won', 'lost']),
    owner: text(raw.owner),
    account: text(raw.account),
    fallback: oneOf(raw.fallback, ['yes', 'no']),
    roles: oneOf(raw.roles, ['none']),
    sort: text(raw.sort),
    order: oneOf(raw.order, ['ascending']),
    page: whole(raw.page, 2, 1_000_000),
  })

/** Reads the part of an address that lists accounts. */
export const readAccounts = (raw: Raw): AccountsSearch =>
  defined({
    q: text(raw.q),
    with: oneOf(raw.with, ['open-journeys', 'open-opportunities', 'won']),
    sort: text(raw.sort),
    order: oneOf(raw.order, ['ascending']),
    page: whole(raw.page, 2, 1_000_000),
  })

/** Which kind of finding is shown, and which page of its records. */
export type DataHealthSearch = { code?: string; page?: number }

/** Reads the data-health page's part of an address. */
export const readDataHealth = (raw: Raw): DataHealthSearch =>
  defined({ code: text(raw.code), page: whole(raw.page, 2, 1_000_000) })

/** Which scenario is shown: one of the specification's, or a text that the address carries. */
export type ScenariosSearch = { example?: string; text?: string }

/** Reads the scenario page's part of an address. */
export const readScenarios = (raw: Raw): ScenariosSearch =>
  defined({
    example: text(raw.example),
    text: typeof raw.text === 'string' && raw.text !== '' ? raw.text.slice(0, 100_000) : undefined,
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

/** Texts that stand in an address once each; several of one name, or one alone. */
function list(value: unknown): string[] | undefined {
  const texts = (Array.isArray(value) ? value : [value]).flatMap((one) => text(one) ?? []).slice(0, 50)
  return texts.length > 0 ? texts : undefined
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

/** An address' query as plain strings: what people read, type and paste. A name that comes several times is a list. */
export function parseSearch(query: string): Raw {
  const parsed: Raw = {}
  const given = new URLSearchParams(query)
  for (const key of new Set(given.keys())) {
    const values = given.getAll(key)
    parsed[key] = values.length > 1 ? values : values[0]
  }
  return parsed
}

/** The same, back. */
export function stringifySearch(search: Raw): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(search))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(key, String(one))
  const written = query.toString()
  return written ? `?${written}` : ''
}
