import {
  type Day,
  dayOf,
  type Engagement,
  FINDINGS,
  type FindingCode,
  type Instant,
  type Journey,
  type Opportunity,
} from '@throughline/core'
import {
  DIMENSIONS,
  type Dimension,
  type FilterDescription,
  filtersOf,
  type Report,
  type ReportColumn,
  type ReportColumnType,
  type ReportDescription,
  type ReportParameters,
  type ReportRow,
} from '@throughline/engine'
import { AS_OF, type Company, ORGANISATION, STAGE_LABELS, USERS } from './fake-company.ts'

const DAY = 86_400_000
const SOON = 14 * DAY
const column = (key: string, label: string, type: ReportColumnType): ReportColumn => ({ key, label, type })
const PERIOD = ['from', 'to', 'where'] as const
const FILTERS = DIMENSIONS.map((field): FilterDescription => ({ field, type: 'text', description: '' }))
const PAGE = ['sort', 'descending', 'offset', 'limit'] as const
const STAGES = STAGE_LABELS.map((_, index) => index + 1)

type FakeReport = ReportDescription & { rows: (company: Company, parameters: ReportParameters) => ReportRow[] }

/** A journey with its activation and opportunity, ready to be counted. */
type Line = Readonly<{ journey: Journey; activation: Engagement; opportunity: Opportunity | null }>

const dayAt = (at: Instant): Day => dayOf(ORGANISATION.zone, at)
const within = (at: Instant, { from, to }: ReportParameters): boolean =>
  (from === undefined || dayAt(at) >= from) && (to === undefined || dayAt(at) <= to)

function optionOf({ journey, activation }: Line, by: Dimension): string {
  switch (by) {
    case 'department':
      return activation.reporting.department
    case 'medium-category':
      return activation.reporting.mediumCategory
    case 'engagement-type-category':
      return activation.reporting.engagementTypeCategory
    case 'fiscal-quarter':
    case 'fiscal-year':
      throw new Error('the fake company has no fiscal calendar')
    case 'medium':
      return activation.first.medium ?? '(none)'
    case 'source':
      return activation.first.source ?? '(none)'
    case 'campaign':
      return activation.first.campaign ?? '(none)'
    case 'engagement-type':
      return activation.engagementType ?? '(none)'
    case 'activation-type':
      return journey.activationType
    case 'triggered-by':
      return activation.triggeredBy
    case 'owner':
      return USERS[journey.stages[0].owner ?? ''] ?? '(none)'
    case 'month':
      return dayAt(activation.at).slice(0, 7)
    case 'quarter':
      return `${dayAt(activation.at).slice(0, 4)}-Q${Math.ceil(Number(dayAt(activation.at).slice(5, 7)) / 3)}`
  }
}

function linesOf(company: Company, parameters: ReportParameters): Line[] {
  const activations = new Map(company.engagements.map((engagement) => [engagement.id, engagement]))
  const opportunities = new Map(company.opportunities.map((opportunity) => [opportunity.id, opportunity]))
  const { by, option, stage, state, outcome, withoutFallbacks, view = 'cohort' } = parameters
  return company.journeys
    .map((journey) => ({
      journey,
      activation: activations.get(journey.id) as Engagement,
      opportunity: opportunities.get(journey.primaryOpportunity ?? '') ?? null,
    }))
    .filter((line) => {
      const { journey } = line
      const stamp = journey.stages[(stage ?? 1) - 1]
      if (stage !== undefined && !stamp) return false
      if (!within(view === 'period' && stamp ? stamp.at : journey.stages[0].at, parameters)) return false
      if (filtersOf(parameters).some((one) => optionOf(line, one.field as Dimension) !== one.value)) return false
      if (by !== undefined && option !== undefined && optionOf(line, by) !== option) return false
      if (withoutFallbacks && journey.activationType === 'Opportunity Creation') return false
      if (state === 'open' && journey.completion) return false
      if (state === 'complete' && !journey.completion) return false
      if (state === 'dormant-soon' && !(journey.dormantAt && journey.dormantAt - AS_OF < SOON)) return false
      return outcome === undefined || journey.completion?.outcome === outcome
    })
}

function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * q
  const low = sorted[Math.floor(place)] as number
  return Math.round((low + ((sorted[Math.ceil(place)] as number) - low) * (place % 1)) * 10) / 10
}

function groups<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>()
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item])
  return [...found].sort((a, b) => b[1].length - a[1].length)
}

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0)
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
const amount = (deals: readonly Opportunity[]): number => sum(deals.map((deal) => deal.organisationAmount))
const daysBetween = ({ journey: { stages } }: Line, from: number, to: number): number =>
  Math.floor(((stages[to - 1]?.at ?? 0) - (stages[from - 1]?.at ?? 0)) / DAY)

type Figures = Readonly<{
  activations: number
  opportunities: number
  pipeline: number
  won: number
  wonAmount: number
  conversion: number | null
}>

function figures(company: Company, parameters: ReportParameters): Figures {
  const activations = linesOf(company, parameters)
  const opportunities = company.opportunities.filter((opportunity) => within(opportunity.createdAt, parameters))
  const won = company.opportunities.filter(
    ({ closedAt, won }) => won && closedAt !== null && within(closedAt, parameters),
  )
  return {
    activations: activations.length,
    opportunities: opportunities.length,
    pipeline: amount(opportunities.filter(({ closed }) => !closed)),
    won: won.length,
    wonAmount: amount(won),
    conversion: share(activations.filter(({ opportunity }) => opportunity).length, activations.length),
  }
}

const FIGURES = [
  ['activations', 'Activations', 'count'],
  ['opportunities', 'Opportunities created', 'count'],
  ['pipeline', 'Pipeline', 'money'],
  ['won', 'Won', 'count'],
  ['wonAmount', 'Amount won', 'money'],
  ['conversion', 'Activations that led to an opportunity', 'ratio'],
] as const

function periodBefore({ from, to }: ReportParameters): ReportParameters | undefined {
  if (!from || !to) return undefined
  const first = Date.parse(from)
  const iso = (at: number) => new Date(at).toISOString().slice(0, 10)
  return { from: iso(first - (Date.parse(to) - first) - DAY), to: iso(first - DAY) }
}

const REPORTS: readonly FakeReport[] = [
  {
    name: 'overview',
    title: 'Overview',
    description: 'The main figures of a period, beside those of the period of the same length before it.',
    filters: FILTERS,
    takes: [...PERIOD, 'withoutFallbacks'],
    columns: [
      column('figure', 'Figure', 'text'),
      column('label', 'Name', 'text'),
      column('unit', 'Unit', 'text'),
      column('value', 'Value', 'count'),
      column('before', 'Before', 'count'),
      column('change', 'Change', 'ratio'),
    ],
    rows: (company, parameters) => {
      const now = figures(company, parameters)
      const earlier = periodBefore(parameters)
      const then = earlier && figures(company, earlier)
      return FIGURES.map(([figure, label, unit]) => {
        const [value, before] = [now[figure], then?.[figure] ?? null]
        const change = value === null || before === null ? null : share(value - before, before)
        return { figure, label, unit, value, before, change }
      })
    },
  },
  {
    name: 'trend',
    title: 'Trend',
    description: 'Activations, opportunities and won deals, each in the month it happened.',
    filters: FILTERS,
    takes: [...PERIOD, 'withoutFallbacks'],
    columns: [
      column('month', 'Month', 'text'),
      column('activations', 'Activations', 'count'),
      column('reactivations', 'Reactivations', 'count'),
      column('opportunities', 'Opportunities', 'count'),
      column('created', 'Amount created', 'money'),
      column('won', 'Won', 'count'),
      column('wonAmount', 'Amount won', 'money'),
    ],
    rows: (company, parameters) =>
      groups(linesOf(company, parameters), (line) => optionOf(line, 'month'))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, lines]) => {
          const inMonth = figures(company, { from: `${month}-01`, to: `${month}-31` })
          return {
            month,
            activations: inMonth.activations,
            reactivations: lines.filter(({ journey }) => journey.activationType !== 'Original Activation').length,
            opportunities: inMonth.opportunities,
            created: inMonth.pipeline,
            won: inMonth.won,
            wonAmount: inMonth.wonAmount,
          }
        }),
  },
  {
    name: 'funnel',
    title: 'Funnel',
    description: 'How many journeys reach each stage, how many go on, and how long it takes.',
    filters: FILTERS,
    takes: [...PERIOD, 'view', 'by', 'option', 'withoutFallbacks'],
    columns: [
      column('option', 'Option', 'text'),
      column('stage', 'Stage', 'count'),
      column('label', 'Stage name', 'text'),
      column('journeys', 'Journeys', 'count'),
      column('fromPrevious', 'From previous stage', 'ratio'),
      column('fromFirst', 'From first stage', 'ratio'),
      column('medianDays', 'Median days from previous stage', 'days'),
      column('opportunities', 'Opportunities', 'count'),
      column('connected', 'Connected', 'count'),
      column('amount', 'Amount', 'money'),
    ],
    rows: (company, parameters) => {
      const { by } = parameters
      const cohort = parameters.view !== 'period'
      const options = by
        ? groups(linesOf(company, { ...parameters, view: 'cohort' }), (line) => optionOf(line, by)).map(([key]) => key)
        : ['(all)']
      return options.flatMap((option) => {
        const of = (stage: number) =>
          linesOf(company, { ...parameters, stage }).filter((line) => !by || optionOf(line, by) === option)
        const counts = STAGES.map(of)
        return STAGES.map((stage): ReportRow => {
          const lines = counts[stage - 1] ?? []
          const deals = lines.flatMap(({ opportunity }) => opportunity ?? [])
          return {
            option,
            stage,
            label: STAGE_LABELS[stage - 1] ?? '',
            journeys: lines.length,
            fromPrevious: cohort && stage > 1 ? share(lines.length, counts[stage - 2]?.length ?? 0) : null,
            fromFirst: cohort && stage > 1 ? share(lines.length, counts[0]?.length ?? 0) : null,
            medianDays:
              stage === 1
                ? null
                : quantile(
                    lines.map((line) => daysBetween(line, stage - 1, stage)),
                    0.5,
                  ),
            opportunities: stage < 4 ? null : deals.length,
            connected: stage < 4 ? null : deals.length,
            amount: stage < 4 ? null : amount(deals),
          }
        })
      })
    },
  },
  {
    name: 'sources',
    title: 'Sources',
    description: 'What journeys came from, and what came of them.',
    filters: FILTERS,
    takes: [...PERIOD, 'view', 'by', 'option', 'withoutFallbacks', ...PAGE],
    columns: [
      column('option', 'Option', 'text'),
      column('activations', 'Activations', 'count'),
      column('influencing', 'Influencing engagements', 'count'),
      column('routed', 'Stage 2', 'count'),
      column('accepted', 'Stage 3', 'count'),
      column('converted', 'Stage 4', 'count'),
      column('conversion', 'Conversion', 'ratio'),
      column('opportunities', 'Opportunities', 'count'),
      column('pipeline', 'Open pipeline', 'money'),
      column('won', 'Won', 'count'),
      column('wonAmount', 'Won amount', 'money'),
    ],
    rows: (company, parameters) =>
      groups(linesOf(company, parameters), (line) => optionOf(line, parameters.by ?? 'medium')).map(
        ([option, lines]): ReportRow => {
          const deals = lines.flatMap(({ opportunity }) => opportunity ?? [])
          const won = deals.filter((deal) => deal.won)
          const reached = (stage: number) => lines.filter(({ journey }) => journey.stages[stage - 1]).length
          return {
            option,
            activations: lines.length,
            influencing: company.engagements.filter(({ parent, first }) => parent && first.medium === option).length,
            routed: reached(2),
            accepted: reached(3),
            converted: reached(4),
            conversion: share(reached(4), lines.length),
            opportunities: deals.length,
            pipeline: amount(deals.filter(({ closed }) => !closed)),
            won: won.length,
            wonAmount: amount(won),
          }
        },
      ),
  },
  {
    name: 'journeys',
    title: 'Journeys',
    description: 'The journeys behind a figure.',
    filters: FILTERS,
    takes: [...PERIOD, 'view', 'by', 'option', 'stage', 'state', 'outcome', 'withoutFallbacks', ...PAGE],
    columns: [
      column('journey', 'Journey', 'id'),
      column('person', 'Person', 'id'),
      column('began', 'Began', 'day'),
      column('activationType', 'Activation type', 'text'),
      column('medium', 'Medium', 'text'),
      column('source', 'Source', 'text'),
      column('campaign', 'Campaign', 'text'),
      column('engagementType', 'Engagement type', 'text'),
      column('owner', 'Owner', 'text'),
      column('stage', 'Stage', 'count'),
      column('stageDay', 'Stage since', 'day'),
      ...STAGES.slice(1).map((stage) => column(`stage${stage}`, `Stage ${stage} on`, 'day')),
      column('outcome', 'Outcome', 'text'),
      column('ended', 'Ended', 'day'),
      column('opportunity', 'Opportunity', 'id'),
      column('opportunityType', 'Part in it', 'text'),
      column('amount', 'Amount', 'money'),
      column('dormantDay', 'Dormant on', 'day'),
    ],
    rows: (company, parameters) =>
      linesOf(company, parameters)
        .sort((a, b) => b.activation.at - a.activation.at)
        .map(({ journey, activation, opportunity }) => ({
          journey: journey.id,
          person: journey.person,
          began: dayAt(activation.at),
          activationType: journey.activationType,
          medium: activation.first.medium ?? null,
          source: activation.first.source ?? null,
          campaign: activation.first.campaign ?? null,
          engagementType: activation.engagementType,
          owner: USERS[journey.stages[0].owner ?? ''] ?? null,
          stage: journey.stages.findLastIndex((stamp) => stamp !== null) + 1,
          stageDay: dayAt(journey.stages.findLast((stamp) => stamp !== null)?.at ?? activation.at),
          ...Object.fromEntries(
            journey.stages.slice(1).map((stamp, index) => [`stage${index + 2}`, stamp ? dayAt(stamp.at) : null]),
          ),
          outcome: journey.completion?.outcome ?? null,
          ended: journey.completion ? dayAt(journey.completion.at) : null,
          opportunity: opportunity?.id ?? null,
          opportunityType: journey.primaryOpportunityType,
          amount: opportunity?.organisationAmount ?? null,
          dormantDay: journey.dormantAt === null ? null : dayAt(journey.dormantAt),
        })),
  },
  {
    name: 'health',
    title: 'Data health',
    description: 'What in the data needs somebody: findings by kind, and journeys about to go dormant.',
    filters: [],
    takes: [],
    columns: [
      column('code', 'Code', 'text'),
      column('title', 'What', 'text'),
      column('count', 'How many', 'count'),
      column('severity', 'Severity', 'text'),
      column('owner', 'Whose job', 'text'),
      column('example', 'Example', 'id'),
      column('detail', 'In words', 'text'),
      column('remedy', 'What to do', 'text'),
      column('report', 'Report', 'text'),
      column('where', 'Conditions', 'text'),
    ],
    rows: (company) => {
      const soon = linesOf(company, { state: 'dormant-soon' })
      const found = groups(company.findings, ({ code }) => code)
      return [
        {
          code: 'dormant-soon',
          title: 'Journeys about to go dormant',
          count: soon.length,
          severity: 'warning',
          owner: 'sales operations',
          example: soon[0]?.journey.id ?? null,
          detail: 'Ends within 14 days if nothing happens.',
          remedy: 'Work them or let them go.',
          report: 'journeys',
          where: 'dormant-soon:yes',
        },
        ...found.map(([code, findings]) => {
          const { title, severity, owner, remedy } = FINDINGS[code as FindingCode]
          return {
            code,
            title,
            count: findings.length,
            severity,
            owner,
            example: findings[0]?.record ?? null,
            detail: findings[0]?.detail ?? null,
            remedy,
            report: 'findings',
            where: `code:${code}`,
          }
        }),
      ]
    },
  },
  {
    name: 'findings',
    title: 'Findings',
    description: 'Every oddity in the data: which record it is about, what to do, and whose job that is.',
    filters: [{ field: 'code', type: 'choice', choices: Object.keys(FINDINGS), description: 'The kind of finding.' }],
    takes: [...PERIOD, ...PAGE],
    columns: [
      column('code', 'Code', 'text'),
      column('title', 'What', 'text'),
      column('severity', 'Severity', 'text'),
      column('owner', 'Whose job', 'text'),
      column('record', 'Record', 'id'),
      column('person', 'Person', 'id'),
      column('detail', 'In words', 'text'),
      column('day', 'Last seen', 'day'),
      column('times', 'Times', 'count'),
      column('remedy', 'What to do', 'text'),
      column('fact', 'Fact', 'id'),
    ],
    rows: (company, parameters) => {
      const wanted = filtersOf(parameters).find(({ field }) => field === 'code')?.value
      return company.findings
        .filter(({ code, at }) => (wanted === undefined || code === wanted) && within(at, parameters))
        .map(({ code, record, detail, at, fact }) => ({
          code,
          title: FINDINGS[code].title,
          severity: FINDINGS[code].severity,
          owner: FINDINGS[code].owner,
          record,
          person: company.engagements.find(({ id }) => id === record)?.person ?? null,
          detail,
          day: dayAt(at),
          times: 1,
          remedy: FINDINGS[code].remedy,
          fact,
        }))
    },
  },
]

/** The fake company's reports, as a mart would list them. */
export const DESCRIPTIONS: readonly ReportDescription[] = REPORTS.map(({ rows: _rows, ...description }) => description)

/** Runs one of the fake company's reports. */
export function runFakeReport(company: Company, name: string, parameters: ReportParameters): Report | undefined {
  const report = REPORTS.find((known) => known.name === name)
  if (!report) return undefined
  const rows = report.rows(company, parameters)
  const { sort, descending = false, offset = 0, limit = rows.length } = parameters
  if (sort)
    rows.sort((a, b) => {
      const [left = null, right = null] = [a[sort], b[sort]]
      if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
      return (left < right ? -1 : left > right ? 1 : 0) * (descending ? -1 : 1)
    })
  return {
    name,
    title: report.title,
    world: 'live',
    columns: report.columns.filter(({ key }) => rows.length === 0 || rows.some((row) => row[key] !== undefined)),
    rows: rows.slice(offset, offset + limit),
    total: rows.length,
    parameters,
    currency: ORGANISATION.currency,
    asOf: AS_OF,
    rulesVersion: 3,
    notes:
      name === 'trend' ? ['1 opportunity in CHF is missing from the amounts: the rules have no rate from CHF.'] : [],
  }
}
