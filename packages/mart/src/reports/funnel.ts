import type { ReportColumn, ReportParameters, ReportRow } from '@throughline/engine'
import type { Ask, Row } from '../database.ts'
import { STAGES, type StageNumber } from '../tables/stage-columns.ts'
import type { Answer, ReportContext, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, measure, share } from './numbers.ts'
import {
  ALL,
  elapsedDays,
  type Facets,
  journeySelection,
  missingAmounts,
  opportunitySelection,
  optionSql,
  type Selection,
  UNPRICED,
} from './selection.ts'

const COLUMNS: readonly ReportColumn[] = [
  { key: 'option', label: 'Option', type: 'text' },
  { key: 'stage', label: 'Stage', type: 'count' },
  { key: 'label', label: 'Stage name', type: 'text' },
  {
    key: 'journeys',
    label: 'Journeys',
    type: 'count',
    description: 'Journeys that reached the stage. In the period view opportunities from stage 4 on.',
  },
  {
    key: 'fromPrevious',
    label: 'From previous stage',
    type: 'ratio',
    description:
      'Share of those that reached the stage before. Empty in the period view, where they are not the same ones.',
  },
  {
    key: 'fromFirst',
    label: 'From first stage',
    type: 'ratio',
    description: 'Share of those that began. Cohort only.',
  },
  {
    key: 'medianDays',
    label: 'Median days from previous stage',
    type: 'days',
    description: 'Negative times count as 0.',
  },
  { key: 'opportunities', label: 'Opportunities', type: 'count', description: 'At this stage, from stage 4 on.' },
  {
    key: 'connected',
    label: 'Connected',
    type: 'count',
    description: 'Those of them that a journey led to, no fallback.',
  },
  { key: 'amount', label: 'Amount', type: 'money', description: 'Of these opportunities.' },
]

/** Where journeys get stuck: the six stages, as a cohort or by period. [U2] [U3] [U6] */
export const funnel: ReportDefinition = {
  name: 'funnel',
  title: 'Funnel',
  description: 'How many journeys reach each stage, how many go on, and how long it takes.',
  takes: ['from', 'to', 'view', 'by', 'option', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
  defaults: { view: 'cohort' },
  columns: COLUMNS,
  answer: (ask, parameters, context) =>
    parameters.view === 'period' ? periodFunnel(ask, parameters, context) : cohortFunnel(ask, parameters, context),
}

async function cohortFunnel(ask: Ask, parameters: ReportParameters, context: ReportContext): Promise<Answer> {
  const facets: Facets = { day: 'stage1_on', owner: 'stage1_owner' }
  const selection = journeySelection(parameters, facets, context)
  const journeys = await ask(
    grouped(
      'journeys',
      selection,
      parameters,
      facets,
      context,
      STAGES.map(
        (stage) =>
          `count(stage${stage}_at) as journeys${stage}` +
          (stage > 1 ? `, median(${elapsedDays(`stage${stage - 1}_on`, `stage${stage}_on`)}) as days${stage}` : ''),
      ),
    ),
    selection.bindings,
  )
  const dealSelection = opportunitySelection(parameters, facets, context)
  const deals = await ask(
    grouped('opportunities', dealSelection, parameters, facets, context, [
      `${UNPRICED} as unpriced`,
      ...([4, 5, 6] as const).flatMap((stage) => [
        `count(stage${stage}_at) as opportunities${stage}`,
        `count(*) filter (stage${stage}_at is not null and ${CONNECTED}) as connected${stage}`,
        `sum(organisation_amount) filter (stage${stage}_at is not null) as amount${stage}`,
      ]),
    ]),
    dealSelection.bindings,
  )
  const dealsOf = new Map(deals.map((row) => [row.option, row]))
  const options = new Set(journeys.map((row) => row.option))
  const heads = [...journeys, ...deals.filter((row) => !options.has(row.option))]
  const rows = heads.flatMap((row) =>
    STAGES.map((stage): ReportRow => {
      const money = dealsOf.get(row.option ?? null)
      return {
        ...headOf(row, stage, context),
        journeys: count(row[`journeys${stage}`]),
        fromPrevious: stage === 1 ? null : share(row[`journeys${stage}`], row[`journeys${stage - 1}`]),
        fromFirst: stage === 1 ? null : share(row[`journeys${stage}`], row.journeys1),
        medianDays: stage === 1 ? null : measure(row[`days${stage}`]),
        opportunities: stage < 4 ? null : count(money?.[`opportunities${stage}`]),
        connected: stage < 4 ? null : count(money?.[`connected${stage}`]),
        amount: stage < 4 ? null : count(money?.[`amount${stage}`]),
      }
    }),
  )
  const unpriced = deals.some((row) => row.unpriced !== 0)
  const notes = unpriced ? await missingAmounts(ask, dealSelection, context.organisation.currency) : []
  return { rows, notes: [...notes, ...(await fallbackNote(ask, parameters, facets, context))] }
}

const CONNECTED = "attribution_activation is not null and activation_type is distinct from 'Opportunity Creation'"

async function periodFunnel(ask: Ask, parameters: ReportParameters, context: ReportContext): Promise<Answer> {
  const found = new Map<string, { head: Row; stages: Map<StageNumber, Row> }>()
  const notes = new Set<string>()
  for (const stage of STAGES) {
    const facets: Facets = { day: `stage${stage}_on`, owner: `stage${stage}_owner` }
    const selected = (stage < 4 ? journeySelection : opportunitySelection)(parameters, facets, context)
    const selection = { ...selected, where: `${selected.where} and stage${stage}_at is not null` }
    const measures = ['count(*) as journeys']
    if (stage > 1) measures.push(`median(${elapsedDays(`stage${stage - 1}_on`, `stage${stage}_on`)}) as days`)
    if (stage > 3) {
      measures.push(`count(*) filter (${CONNECTED}) as connected`, 'sum(organisation_amount) as amount')
      measures.push(`${UNPRICED} as unpriced`)
    }
    const table = stage < 4 ? 'journeys' : 'opportunities'
    const groups = await ask(grouped(table, selection, parameters, facets, context, measures), selection.bindings)
    if (stage > 3 && groups.some((row) => row.unpriced !== 0))
      for (const note of await missingAmounts(ask, selection, context.organisation.currency)) notes.add(note)
    for (const row of groups) {
      const key = String(row.option)
      const entry = found.get(key) ?? { head: row, stages: new Map<StageNumber, Row>() }
      entry.stages.set(stage, row)
      found.set(key, entry)
    }
  }
  const rows = [...found.values()].flatMap(({ head, stages }) =>
    STAGES.map((stage): ReportRow => {
      const row = stages.get(stage)
      return {
        ...headOf(head, stage, context),
        journeys: count(row?.journeys),
        fromPrevious: null,
        fromFirst: null,
        medianDays: measure(row?.days),
        opportunities: stage < 4 ? null : count(row?.journeys),
        connected: stage < 4 ? null : count(row?.connected),
        amount: stage < 4 ? null : count(row?.amount),
      }
    }),
  )
  return { rows, notes: [...notes] }
}

/** Measures a table once for each option of the dimension, the most frequent first; once in all without one. */
function grouped(
  table: string,
  selection: Selection,
  parameters: ReportParameters,
  facets: Facets,
  context: ReportContext,
  measures: readonly string[],
): string {
  const option = parameters.by ? optionSql(parameters.by, facets, context) : `'${ALL}'`
  return `
    select ${option} as option, ${measures.join(', ')}
    from ${table} where ${selection.where}
    ${parameters.by ? 'group by option order by count(*) desc, option' : ''}`
}

async function fallbackNote(
  ask: Ask,
  parameters: ReportParameters,
  facets: Facets,
  context: ReportContext,
): Promise<string[]> {
  if (parameters.withoutFallbacks === false) return []
  const { where, bindings } = journeySelection({ ...parameters, withoutFallbacks: false }, facets, context)
  const [row] = await ask(
    `select count(*) as journeys from journeys where ${where} and activation_type = 'Opportunity Creation'`,
    bindings,
  )
  const left = count(row?.journeys)
  if (left === 0) return []
  return [
    `Journeys that began with an opportunity (Opportunity Creation) are left out: ${left}. They convert by construction.`,
  ]
}

function headOf(row: Row, stage: StageNumber, context: ReportContext) {
  return { option: row.option as string, stage, label: context.stageLabels[stage - 1] ?? '' }
}
