import { type Day, dayOf, type Engagement, type Instant, type Journey, type Opportunity } from '@throughline/core'
import type { Column, ColumnType, Dimension, Report, ReportDescription, ReportParameters, Row } from '../src/parts.ts'
import { AS_OF, type Company, ORGANISATION, STAGE_LABELS, USERS } from './fake-company.ts'

const DAY = 86_400_000
const column = (key: string, label: string, type: ColumnType): Column => ({ key, label, type })
const PERIOD = ['from', 'to'] as const
const PAGE = ['sort', 'descending', 'offset', 'limit'] as const

type FakeReport = ReportDescription & { rows: (company: Company, parameters: ReportParameters) => Row[] }

/** A journey with its activation and opportunity, ready to be counted. */
type Line = Readonly<{ journey: Journey; activation: Engagement; opportunity: Opportunity | null }>

const dayAt = (at: Instant): Day => dayOf(ORGANISATION.zone, at)
const within = (at: Instant, { from, to }: ReportParameters): boolean =>
  (from === undefined || dayAt(at) >= from) && (to === undefined || dayAt(at) <= to)

function optionOf({ journey, activation }: Line, by: Dimension): string {
  switch (by) {
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
      if (by !== undefined && option !== undefined && optionOf(line, by) !== option) return false
      if (withoutFallbacks && journey.activationType === 'Opportunity Creation') return false
      if (state === 'open' && journey.completion) return false
      if (state === 'complete' && !journey.completion) return false
      if (state === 'dormant-soon' && !(journey.dormantAt && journey.dormantAt - AS_OF < 14 * DAY)) return false
      return outcome === undefined || journey.completion?.outcome === outcome
    })
}

function quantile(values: number[], q: number): number | null {
  if (values.length === 0) return null
  const sorted = values.sort((a, b) => a - b)
  const place = (sorted.length - 1) * q
  const low = sorted[Math.floor(place)] as number
  return Math.round((low + ((sorted[Math.ceil(place)] as number) - low) * (place % 1)) * 10) / 10
}

function groups<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>()
  for (const item of items) {
    const list = found.get(key(item))
    if (list) list.push(item)
    else found.set(key(item), [item])
  }
  return [...found]
}

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0)
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

function figures(company: Company, parameters: ReportParameters): Record<string, number | null> {
  const activations = linesOf(company, parameters)
  const opportunities = company.opportunities.filter((opportunity) => within(opportunity.createdAt, parameters))
  const won = company.opportunities.filter(
    ({ closedAt, won }) => won && closedAt !== null && within(closedAt, parameters),
  )
  return {
    activations: activations.length,
    opportunities: opportunities.length,
    pipeline: sum(opportunities.filter(({ closed }) => !closed).map((opportunity) => opportunity.organisationAmount)),
    won: won.length,
    wonAmount: sum(won.map((opportunity) => opportunity.organisationAmount)),
    conversion: ratio(activations.filter(({ opportunity }) => opportunity).length, activations.length),
  }
}

function before({ from = dayAt(AS_OF - 89 * DAY), to = dayAt(AS_OF) }: ReportParameters): ReportParameters {
  const first = Date.parse(from)
  const length = Date.parse(to) - first + DAY
  const iso = (at: number) => new Date(at).toISOString().slice(0, 10)
  return { from: iso(first - length), to: iso(first - DAY) }
}

const stageCounts = (company: Company, parameters: ReportParameters, of: (line: Line) => boolean) =>
  STAGE_LABELS.map((_, index) => linesOf(company, { ...parameters, stage: index + 1 }).filter(of))

const REPORTS: readonly FakeReport[] = [
  {
    name: 'overview',
    title: 'Overview',
    description: 'The main figures of a period, beside those of the period of the same length before it.',
    takes: [...PERIOD],
    columns: [
      column('figure', 'Figure', 'text'),
      column('value', 'Value', 'count'),
      column('before', 'Before', 'count'),
    ],
    rows: (company, parameters) => {
      const now = figures(company, parameters)
      const then = figures(company, before(parameters))
      return Object.keys(now).map((figure) => ({ figure, value: now[figure] ?? null, before: then[figure] ?? null }))
    },
  },
  {
    name: 'trend',
    title: 'Month by month',
    description: 'Activations, opportunities and won deals, each in the month it happened.',
    takes: [...PERIOD],
    columns: [
      column('month', 'Month', 'text'),
      column('activations', 'Activations', 'count'),
      column('opportunities', 'Opportunities', 'count'),
      column('won', 'Won', 'count'),
      column('wonAmount', 'Won amount', 'money'),
    ],
    rows: (company, parameters) => {
      const months = new Set(linesOf(company, parameters).map((line) => optionOf(line, 'month')))
      return [...months].sort().map((month) => {
        const inMonth = figures(company, { from: `${month}-01`, to: `${month}-31` })
        const { activations = 0, opportunities = 0, won = 0, wonAmount = 0 } = inMonth
        return { month, activations, opportunities, won, wonAmount }
      })
    },
  },
  {
    name: 'funnel',
    title: 'Funnel',
    description: 'How many journeys reach each stage, how many go on, and how long it takes.',
    takes: [...PERIOD, 'view', 'by', 'option', 'withoutFallbacks'],
    columns: [
      column('option', 'Option', 'text'),
      column('stage', 'Stage', 'count'),
      column('label', 'Stage name', 'text'),
      column('journeys', 'Journeys', 'count'),
      column('fromPrevious', 'From previous stage', 'ratio'),
      column('fromFirst', 'From first stage', 'ratio'),
      column('medianDays', 'Median days from previous stage', 'days'),
    ],
    rows: (company, parameters) => {
      const { by } = parameters
      const options = by
        ? groups(linesOf(company, { ...parameters, view: 'cohort' }), (line) => optionOf(line, by))
        : []
      const shown = by ? options.sort((a, b) => b[1].length - a[1].length).map(([option]) => option) : ['(all)']
      return shown.flatMap((option) => {
        const counts = stageCounts(company, parameters, (line) => !by || optionOf(line, by) === option)
        return counts.map((lines, index) => ({
          option,
          stage: index + 1,
          label: STAGE_LABELS[index] ?? '',
          journeys: lines.length,
          fromPrevious: index === 0 ? null : ratio(lines.length, counts[index - 1]?.length ?? 0),
          fromFirst: index === 0 ? null : ratio(lines.length, counts[0]?.length ?? 0),
          medianDays:
            index === 0
              ? null
              : quantile(
                  lines.map(
                    ({ journey: { stages } }) => ((stages[index]?.at ?? 0) - (stages[index - 1]?.at ?? 0)) / DAY,
                  ),
                  0.5,
                ),
        }))
      })
    },
  },
  {
    name: 'sources',
    title: 'Sources',
    description: 'What journeys came from, and what came of them.',
    takes: [...PERIOD, 'by', 'withoutFallbacks', ...PAGE],
    columns: [
      column('option', 'Option', 'text'),
      column('activations', 'Activations', 'count'),
      column('accepted', 'Accepted', 'count'),
      column('opportunities', 'Opportunities', 'count'),
      column('pipeline', 'Open pipeline', 'money'),
      column('won', 'Won', 'count'),
      column('wonAmount', 'Won amount', 'money'),
      column('conversion', 'Conversion', 'ratio'),
    ],
    rows: (company, parameters) => {
      const { by = 'medium' } = parameters
      return groups(linesOf(company, parameters), (line) => optionOf(line, by))
        .map(([option, lines]) => {
          const deals = lines.flatMap(({ opportunity }) => opportunity ?? [])
          const won = deals.filter((deal) => deal.won)
          return {
            option,
            activations: lines.length,
            accepted: lines.filter(({ journey }) => journey.stages[2]).length,
            opportunities: deals.length,
            pipeline: sum(deals.filter(({ closed }) => !closed).map((deal) => deal.organisationAmount)),
            won: won.length,
            wonAmount: sum(won.map((deal) => deal.organisationAmount)),
            conversion: ratio(deals.length, lines.length),
          }
        })
        .sort((a, b) => b.activations - a.activations)
    },
  },
  {
    name: 'journeys',
    title: 'Journeys',
    description: 'The journeys behind a figure.',
    takes: [...PERIOD, 'view', 'by', 'option', 'stage', 'state', 'outcome', 'withoutFallbacks', ...PAGE],
    columns: [
      column('journey', 'Journey', 'id'),
      column('person', 'Person', 'id'),
      column('began', 'Began', 'day'),
      column('activationType', 'Activation type', 'text'),
      column('medium', 'Medium', 'text'),
      column('source', 'Source', 'text'),
      column('campaign', 'Campaign', 'text'),
      column('owner', 'Owner', 'text'),
      column('stage', 'Stage', 'count'),
      column('stageDay', 'Stage since', 'day'),
      column('outcome', 'Outcome', 'text'),
      column('ended', 'Ended', 'day'),
      column('opportunity', 'Opportunity', 'id'),
      column('amount', 'Amount', 'money'),
      column('dormantDay', 'Dormant on', 'day'),
    ],
    rows: (company, parameters) =>
      linesOf(company, parameters)
        .sort((a, b) => b.activation.at - a.activation.at)
        .map(({ journey, activation, opportunity }) => {
          const stage = journey.stages.findLastIndex((stamp) => stamp !== null) + 1
          return {
            journey: journey.id,
            person: journey.person,
            began: dayAt(activation.at),
            activationType: journey.activationType,
            medium: activation.first.medium ?? null,
            source: activation.first.source ?? null,
            campaign: activation.first.campaign ?? null,
            owner: USERS[journey.stages[0].owner ?? ''] ?? null,
            stage,
            stageDay: dayAt(journey.stages[stage - 1]?.at ?? activation.at),
            outcome: journey.completion?.outcome ?? null,
            ended: journey.completion ? dayAt(journey.completion.at) : null,
            opportunity: opportunity?.id ?? null,
            amount: opportunity?.organisationAmount ?? null,
            dormantDay: journey.dormantAt === null ? null : dayAt(journey.dormantAt),
          }
        }),
  },
  {
    name: 'velocity',
    title: 'Velocity',
    description: 'How long journeys take from one stage to the next.',
    takes: [...PERIOD, 'withoutFallbacks'],
    columns: [
      column('stage', 'To stage', 'count'),
      column('label', 'Stage name', 'text'),
      column('journeys', 'Journeys', 'count'),
      column('median', 'Median', 'days'),
      column('p75', 'Three quarters within', 'days'),
      column('p90', 'Nine tenths within', 'days'),
    ],
    rows: (company, parameters) =>
      STAGE_LABELS.slice(1).map((label, index) => {
        const days = linesOf(company, { ...parameters, stage: index + 2 }).map(
          ({ journey: { stages } }) => ((stages[index + 1]?.at ?? 0) - (stages[index]?.at ?? 0)) / DAY,
        )
        const [median, p75, p90] = [0.5, 0.75, 0.9].map((q) => quantile(days, q))
        return {
          stage: index + 2,
          label,
          journeys: days.length,
          median: median ?? null,
          p75: p75 ?? null,
          p90: p90 ?? null,
        }
      }),
  },
  {
    name: 'outcomes',
    title: 'Outcomes',
    description: 'How journeys ended.',
    takes: [...PERIOD, 'withoutFallbacks'],
    columns: [
      column('outcome', 'Outcome', 'text'),
      column('journeys', 'Journeys', 'count'),
      column('share', 'Share', 'ratio'),
      column('medianDays', 'Median days', 'days'),
    ],
    rows: (company, parameters) => {
      const ended = linesOf(company, { ...parameters, state: 'complete' })
      return groups(ended, ({ journey }) => journey.completion?.outcome ?? '')
        .map(([outcome, lines]) => ({
          outcome,
          journeys: lines.length,
          share: ratio(lines.length, ended.length),
          medianDays: quantile(
            lines.map(({ journey }) => ((journey.completion?.at ?? 0) - journey.stages[0].at) / DAY),
            0.5,
          ),
        }))
        .sort((a, b) => b.journeys - a.journeys)
    },
  },
  {
    name: 'health',
    title: 'To do',
    description: 'What in the data needs somebody: findings by kind, and journeys about to go dormant.',
    takes: [],
    columns: [column('code', 'What', 'text'), column('count', 'How many', 'count')],
    rows: (company) => [
      { code: 'dormant-soon', count: linesOf(company, { state: 'dormant-soon' }).length },
      ...groups(company.findings, ({ code }) => code).map(([code, found]) => ({ code, count: found.length })),
    ],
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
    columns: report.columns,
    rows: rows.slice(offset, offset + limit),
    total: rows.length,
    parameters,
    currency: ORGANISATION.currency,
    asOf: AS_OF,
    rulesVersion: 3,
  }
}
