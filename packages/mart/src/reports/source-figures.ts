import type { Dimension, ReportColumn, ReportParameters, ReportRow } from '@throughline/engine'
import { filtersOf } from '@throughline/engine'
import type { Ask, Row } from '../database.ts'
import type { Answer, ReportContext } from './definition.ts'
import { count, share } from './numbers.ts'
import {
  type Bound,
  dimensionConditions,
  type Facets,
  journeySelection,
  missingAmounts,
  opportunitySelection,
  optionSql,
  type Selection,
  select,
  UNPRICED,
  within,
} from './selection.ts'

/** What sources brought, as columns of a report; `sql` is what each is sorted by. */
export const MEASURES: readonly (ReportColumn & Readonly<{ sql: string }>)[] = [
  { key: 'activations', label: 'Activations', type: 'count', sql: 'activations' },
  {
    key: 'influencing',
    label: 'Influencing engagements',
    type: 'count',
    sql: 'influencing',
    description: 'That happened in the period, by their own source; by the owner and type of their journey.',
  },
  { key: 'routed', label: 'Stage 2', type: 'count', sql: 'stage2' },
  { key: 'accepted', label: 'Stage 3', type: 'count', sql: 'stage3' },
  {
    key: 'converted',
    label: 'Stage 4',
    type: 'count',
    sql: 'stage4',
    description: 'Activations that led to an opportunity.',
  },
  {
    key: 'conversion',
    label: 'Conversion',
    type: 'ratio',
    sql: 'stage4 / activations',
    description: 'Stage 4 as a share of activations.',
  },
  {
    key: 'opportunities',
    label: 'Opportunities',
    type: 'count',
    sql: 'opportunities',
    description: 'Credited to these activations.',
  },
  {
    key: 'pipeline',
    label: 'Open pipeline',
    type: 'money',
    sql: 'pipeline',
    description: 'Amount of those that are open.',
  },
  { key: 'won', label: 'Won', type: 'count', sql: 'won' },
  { key: 'wonAmount', label: 'Won amount', type: 'money', sql: 'won_amount' },
]

const SUMS = [
  'activations',
  'stage2',
  'stage3',
  'stage4',
  'influencing',
  'opportunities',
  'pipeline',
  'won',
  'won_amount',
  'unpriced',
]

/** A level that figures are grouped by: the dimension, and the name its option has in the rows. */
export type Level = Readonly<{ dimension: Dimension; name: string }>

/** Figures of sources as a query with a row for each group, the values bound in it, and the opportunities it counts. */
export type SourceFigures = Readonly<{ sql: string; bindings: Bound; created: Selection }>

/** Dimensions that an influencing engagement has from its journey. */
const OF_THE_JOURNEY: readonly string[] = ['owner', 'activation-type']

/**
 * What each group of sources began, influenced and brought: activations, stages, opportunities and money. `grouping`
 * is how the levels are grouped, such as `rollup (a, b)`; every figure is counted once in each grouping, so that
 * groups add up to the groups above them. [U1]
 */
export function sourceFigures(
  parameters: ReportParameters,
  context: ReportContext,
  levels: readonly Level[],
  grouping: string,
): SourceFigures {
  const cohort = parameters.view !== 'period'
  const begun: Facets = { day: 'stage1_on', owner: 'stage1_owner' }
  const created = opportunitySelection(parameters, cohort ? begun : { ...begun, day: 'stage4_on' }, context)
  const journeys = journeySelection(parameters, begun, context)
  const part = (table: string, facets: Facets, where: string, measures: readonly string[]) => `
    (select ${levels.map(({ dimension, name }) => `${optionSql(dimension, facets, context)} as ${name}`).join(', ')}${levels.length > 0 ? ',' : ''} ${measures.join(', ')}
     from ${table} where ${where}${levels.length > 0 ? ` group by ${levels.map(({ name }) => name).join(', ')}` : ''})`

  const dealt = [
    'count(*) as opportunities',
    'sum(organisation_amount) filter (not closed) as pipeline',
    `${UNPRICED} as unpriced`,
  ]
  const won = (condition: string) => [
    `count(*)${condition} as won`,
    `sum(organisation_amount)${condition} as won_amount`,
  ]
  const parts = [
    part('journeys', begun, journeys.where, [
      'count(*) as activations',
      ...[2, 3, 4].map((stage) => `count(stage${stage}_at) as stage${stage}`),
    ]),
    influencing(parameters, context, levels, part),
  ]
  if (cohort)
    parts.push(part('opportunities', begun, created.where, [...dealt, ...won(' filter (stage6_at is not null)')]))
  else {
    const closing: Facets = { ...begun, day: 'stage6_on' }
    const { where } = opportunitySelection(parameters, closing, context)
    parts.push(
      part('opportunities', { ...begun, day: 'stage4_on' }, created.where, dealt),
      part('opportunities', closing, `${where} and stage6_at is not null`, won('')),
    )
  }
  const names = levels.map(({ name }) => name)
  return {
    sql: `select ${[...names, ...SUMS.map((name) => `coalesce(sum(${name}), 0) as ${name}`)].join(', ')}
          from (${parts.join(' union all by name ')})${levels.length > 0 ? ` group by ${grouping}` : ''}`,
    bindings: journeys.bindings,
    created,
  }
}

function influencing(
  parameters: ReportParameters,
  context: ReportContext,
  levels: readonly Level[],
  part: (table: string, facets: Facets, where: string, measures: readonly string[]) => string,
): string {
  const { by, option } = parameters
  const spoken = [by, ...levels.map(({ dimension }) => dimension), ...filtersOf(parameters).map(({ field }) => field)]
  const joined = spoken.some((field) => field !== undefined && OF_THE_JOURNEY.includes(field))
  const facets: Facets = { day: 'occurred_on', owner: joined ? 'stage1_owner' : 'null' }
  const { where } = select(
    [
      'not voided',
      "record_type = 'Influencing Engagement'",
      ...within(facets.day, parameters),
      ...dimensionConditions(parameters, facets, context),
      ...(by === undefined || option === undefined ? [] : [`${optionSql(by, facets, context)} = $option`]),
    ],
    parameters,
  )
  const table = joined
    ? `(select engagements.* exclude (activation_type), journeys.activation_type, journeys.stage1_owner
        from engagements left join journeys on journeys.id = engagements.parent)`
    : 'engagements'
  return part(table, facets, where, ['count(*) as influencing'])
}

/** The figures of one group as cells. */
export function figuresOf(row: Row): ReportRow {
  return {
    activations: count(row.activations),
    influencing: count(row.influencing),
    routed: count(row.stage2),
    accepted: count(row.stage3),
    converted: count(row.stage4),
    conversion: share(row.stage4, row.activations),
    opportunities: count(row.opportunities),
    pipeline: count(row.pipeline),
    won: count(row.won),
    wonAmount: count(row.won_amount),
  }
}

/** One page of figures, a row for each group of the levels; notes say which amounts are missing from them. */
export async function figuresPage(
  ask: Ask,
  parameters: ReportParameters,
  context: ReportContext,
  levels: readonly Level[],
): Promise<Answer> {
  const names = levels.map(({ name }) => name)
  const { sql, bindings, created } = sourceFigures(parameters, context, levels, names.join(', '))
  const sort =
    MEASURES.find(({ key }) => key === parameters.sort)?.sql ?? names.find((name) => name === parameters.sort)
  const rows = await ask(
    `select *, count(*) over () as total, sum(unpriced) over () as all_unpriced from (${sql})
     order by ${sort ?? names.at(-1)} ${parameters.descending ? 'desc' : 'asc'} nulls last, ${names.join(', ')}
     limit $limit offset $offset`,
    { ...bindings, limit: parameters.limit ?? 1000, offset: parameters.offset ?? 0 },
  )
  return {
    rows: rows.map(
      (row): ReportRow => ({
        ...Object.fromEntries(names.map((name) => [name, row[name] as string])),
        ...figuresOf(row),
      }),
    ),
    total: (rows[0]?.total as number | undefined) ?? 0,
    notes: rows[0]?.all_unpriced === 0 ? [] : await missingAmounts(ask, created, context.organisation.currency),
  }
}

/** The measures as a report describes them. */
export const MEASURE_COLUMNS: readonly ReportColumn[] = MEASURES.map(({ sql: _, ...column }) => column)
