/** Which records stand behind a figure of a report: a list of journeys, or another report. */
import type { Column, Report, Row } from '../client.ts'
import { monthPeriod, type Period, quarterPeriod } from '../period.ts'
import { DIMENSIONS, type Dimension, type JourneysSearch, type ReportSearch, type View } from '../search.ts'

/** A list of records, as a link leads to it. */
export type Target =
  | Readonly<{ to: '/journeys'; search: JourneysSearch }>
  | Readonly<{ to: '/reports/$name'; params: { name: string }; search: ReportSearch }>

/** Journeys that are listed because of a figure. */
export const journeysTarget = (search: JourneysSearch): Target => ({ to: '/journeys', search })

/** A report that lists what a figure counts. */
export const reportTarget = (name: string, search: ReportSearch): Target => ({
  to: '/reports/$name',
  params: { name },
  search,
})

/** What a figure was asked with. */
type Asked = Readonly<{
  period: Period
  view: View
  /** Whether journeys that an opportunity's fallback began are counted. [U6] */
  fallbacks: boolean
  where: readonly string[]
  /** The same question put to the list of journeys. */
  shared: JourneysSearch
  by: Dimension | undefined
}>

type Drill = (row: Row, column: Column, asked: Asked) => Target | undefined

/** Stage whose journeys a column counts. */
const STAGE_OF: Readonly<Record<string, number>> = {
  activations: 1,
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

/**
 * The opportunities that the funnel counts at a stage: in the period view those that reached it in the period, in
 * a cohort those of the journeys that began in it.
 */
export function opportunitiesAt(
  stage: number,
  { period, view, fallbacks, where, by }: Pick<Asked, 'period' | 'view' | 'fallbacks' | 'where' | 'by'>,
  option?: string,
): Target {
  return reportTarget('opportunities', {
    ...(period.from || period.to ? period : { range: 'all' as const }),
    view,
    stage,
    fallbacks: fallbacks ? 'with' : 'without',
    ...(by && option !== undefined && { by, option }),
    ...(where.length > 0 && { where: [...where] }),
  })
}

/** Columns that count opportunities, and the stage they reached. */
const OPPORTUNITIES: Readonly<Record<string, number>> = { opportunities: 4, created: 4, won: 6, wonAmount: 6 }

/** Stages of sources are those of the journeys that began in the period, in both views. */
function begun({ view: _view, ...search }: JourneysSearch): JourneysSearch {
  return search
}

const sourceDrill: Drill = (row, { key }, asked) => {
  const stage = STAGE_OF[key]
  if (stage !== undefined) return journeysTarget({ ...begun(optionOf(row, asked)), ...(stage > 1 && { stage }) })
  const reached = OPPORTUNITIES[key]
  return reached === undefined ? undefined : opportunitiesAt(reached, asked, optionIn(row))
}

const DRILLS: Readonly<Record<string, Drill>> = {
  trend: (row, { key }, asked) => {
    const period = within(monthPeriod(String(row.month)), asked.period)
    const reached = OPPORTUNITIES[key]
    if (reached !== undefined)
      return opportunitiesAt(reached, { ...asked, period, view: 'period', fallbacks: true, by: undefined })
    if (key !== 'activations') return undefined
    const { range: _range, ...shared } = asked.shared
    return journeysTarget({ ...shared, ...period })
  },
  funnel: (row, { key }, asked) => {
    const stage = Number(row.stage)
    if (key === 'journeys' && (asked.view === 'cohort' || stage < 4))
      return journeysTarget({ ...optionOf(row, asked), stage })
    const ofOpportunities = key === 'opportunities' || key === 'amount' || key === 'journeys'
    return ofOpportunities && stage > 3 ? opportunitiesAt(stage, asked, optionIn(row)) : undefined
  },
  sources: sourceDrill,
  'engagement-types': (row, column, asked) => sourceDrill({ ...row, option: null }, column, typed(row, asked)),
  'source-hierarchy': (row, { key }, asked) => {
    const where = [...asked.where, ...pathConditions(row)]
    const stage = STAGE_OF[key]
    if (stage !== undefined)
      return journeysTarget({ ...begun(asked.shared), ...(stage > 1 && { stage }), ...(where.length > 0 && { where }) })
    const reached = OPPORTUNITIES[key]
    return reached === undefined ? undefined : opportunitiesAt(reached, { ...asked, where, by: undefined })
  },
  owners: (row, { key }, asked) => {
    const where = [...asked.where, `owner:${row.owner}`]
    const stage = STAGE_OF[key]
    if (key === 'waiting') return journeysTarget({ ...asked.shared, state: 'open', where: [...where, 'stage<=:1'] })
    const reached = { stage4: 4, stage5: 5, stage6: 6, created: 4, wonAmount: 6 }[key]
    if (reached !== undefined && asked.view === 'period')
      return opportunitiesAt(reached, { ...asked, by: 'owner' }, String(row.owner))
    // In a cohort the list knows who had a journey when it began; in a period, who had it at the stage.
    const known = stage === 1 || (asked.view === 'period' && (stage === 2 || stage === 3))
    return known ? journeysTarget({ ...asked.shared, ...(stage > 1 && { stage }), where }) : undefined
  },
  reactivations: (row, { key }, asked) => {
    const stage = key === 'won' ? 6 : STAGE_OF[key]
    if (stage === undefined && key !== 'open') return undefined
    const type = row.activationType ?? '(all)'
    const types =
      type !== '(all)'
        ? [`activation-type:${type}`]
        : row.beginning === 'original'
          ? ['activation-type:Original Activation']
          : row.beginning === 'fallback'
            ? ['activation-type:Opportunity Creation']
            : ['activation-type:Reactivated Lead', 'activation-type:Reactivated Contact']
    return journeysTarget({
      ...optionOf({ ...row, option: row.split ?? null }, asked),
      ...(stage !== undefined && stage > 1 && { stage }),
      ...(key === 'open' && { state: 'open' }),
      where: [...asked.where, ...types],
    })
  },
  'opportunity-sources': (row, { key }, { period, where, by }) => {
    if (key !== 'opportunities' && key !== 'amount') return undefined
    const conditions = WAYS[String(row.way)]
    if (!conditions) return undefined
    const option = optionIn(row)
    return opportunitiesAt(4, { period, view: 'period', fallbacks: true, where: [...where, ...conditions], by }, option)
  },
  cohorts: (row, { key }, asked) => {
    const stage = STAGE_OF[key] ?? STAGE_OF[key.replace('rate', 'stage')]
    const span = spanOfCohort(String(row.cohort))
    if (!span || (stage === undefined && key !== 'open')) return undefined
    const { range: _range, ...shared } = asked.shared
    return journeysTarget({
      ...shared,
      ...within(span, asked.period),
      ...(stage !== undefined && stage > 1 && { stage }),
      ...(key === 'open' && { state: 'open' }),
    })
  },
  velocity: (row, { key }, asked) =>
    key === 'journeys' ? journeysTarget({ ...optionOf(row, asked), stage: Number(row.stage) }) : undefined,
  outcomes: (row, { key }, asked) => {
    if (key !== 'journeys') return undefined
    const { range: _range, from: _from, to: _to, ...timeless } = optionOf(row, asked)
    if (row.state === 'open') return journeysTarget({ ...timeless, range: 'all', state: 'open' })
    if (row.state === 'dormant-soon') return journeysTarget({ ...timeless, range: 'all', state: 'dormant-soon' })
    return journeysTarget({
      ...optionOf(row, asked),
      view: 'period',
      ...(row.outcome !== null && { outcome: String(row.outcome) }),
    })
  },
  health: (row, { key }) => (key === 'count' || key === 'title' ? healthTarget(row) : undefined),
}

/** How the list of opportunities is asked for each way an opportunity came by its source. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  original: ['activation-type:Original Activation', 'triggered-by!:Opportunity Contact Role'],
  reactivated: [
    'activation-type:Reactivated Lead',
    'activation-type:Reactivated Contact',
    'triggered-by!:Opportunity Contact Role',
  ],
  'contact-role': ['triggered-by:Opportunity Contact Role'],
  'fallback-lead-source': ['activation-type:Opportunity Creation', 'lead-source!:(none)'],
  'fallback-no-source': ['activation-type:Opportunity Creation', 'lead-source:(none)'],
  'not-attributed': ['activation:(none)'],
}

/** First and last day of the month or quarter that a cohort is called after; fiscal spans have names of their own. */
export function spanOfCohort(cohort: string): Period | undefined {
  if (/^\d{4}-\d\d$/.test(cohort)) return monthPeriod(cohort)
  return /^\d{4}-Q\d$/.test(cohort) ? quarterPeriod(cohort) : undefined
}

/** The question narrowed to an engagement type of a category. */
function typed(row: Row, asked: Asked): Asked {
  const where = [
    ...asked.where,
    ...(typeof row.category === 'string' ? [`engagement-type-category:${row.category}`] : []),
    ...(typeof row.option === 'string' ? [`engagement-type:${row.option}`] : []),
  ]
  return { ...asked, where, by: undefined, shared: { ...asked.shared, where } }
}

/** The report that lists what a line of data health counts. */
export function healthTarget(row: Row): Target | undefined {
  if (typeof row.report !== 'string') return undefined
  const where = typeof row.where === 'string' ? row.where.split('\n').filter((line) => line !== '') : []
  const search: ReportSearch = { range: 'all', ...(where.length > 0 && { where }) }
  return row.report === 'journeys' ? journeysTarget({ ...search, fallbacks: 'with' }) : reportTarget(row.report, search)
}

/** Columns of the levels of a hierarchy, and the dimension each is. */
export const LEVELS: readonly Readonly<{ key: string; dimension: Dimension }>[] = [
  { key: 'department', dimension: 'department' },
  { key: 'category', dimension: 'medium-category' },
  { key: 'medium', dimension: 'medium' },
  { key: 'source', dimension: 'source' },
  { key: 'campaign', dimension: 'campaign' },
]

/** The options a group of a hierarchy lies under, its own last. */
export const pathOf = (row: Row): string[] =>
  LEVELS.slice(0, Number(row.level)).map(({ key }) => String(row[key] ?? '(none)'))

const pathConditions = (row: Row): string[] =>
  pathOf(row).map((option, place) => `${LEVELS[place]?.dimension}:${option}`)

/** The records a figure counts; undefined where they cannot be listed exactly. */
export function drillOf(report: Report, row: Row, column: Column): Target | undefined {
  return DRILLS[report.name]?.(row, column, askedIn(report))
}

/** What a report was asked, as its answer says. */
export function askedIn({ about: { parameters } }: Pick<Report, 'about'>): Asked {
  const period: Period = {
    ...(typeof parameters.from === 'string' && { from: parameters.from }),
    ...(typeof parameters.to === 'string' && { to: parameters.to }),
  }
  const given = (parameters as Readonly<Record<string, unknown>>).where
  const where = Array.isArray(given) ? given.map(String) : typeof given === 'string' ? [given] : []
  const view = parameters.view === 'period' ? 'period' : 'cohort'
  const fallbacks =
    parameters.withoutFallbacks === undefined ? view === 'period' : parameters.withoutFallbacks === false
  return {
    period,
    view,
    fallbacks,
    where,
    shared: {
      ...(period.from || period.to ? period : { range: 'all' }),
      ...(view === 'period' && { view }),
      fallbacks: fallbacks ? 'with' : 'without',
      ...(where.length > 0 && { where }),
    },
    by: String(parameters.by ?? '') in DIMENSIONS ? (parameters.by as Dimension) : undefined,
  }
}

/** The part of a month that a period covers. */
function within(month: Period, { from, to }: Period): Period {
  return {
    ...month,
    ...(from && month.from && from > month.from && { from }),
    ...(to && month.to && to < month.to && { to }),
  }
}

const optionIn = (row: Row): string | undefined =>
  typeof row.option === 'string' && row.option !== '(all)' ? row.option : undefined

function optionOf(row: Row, { shared, by }: Asked): JourneysSearch {
  const option = optionIn(row)
  return by && option !== undefined ? { ...shared, by, option } : shared
}
