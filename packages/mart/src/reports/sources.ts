import type { Dimension, ReportColumn, ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, share } from './numbers.ts'
import {
  dimensionConditions,
  type Facets,
  journeySelection,
  missingAmounts,
  opportunitySelection,
  optionSql,
  type Selection,
  select,
  within,
} from './selection.ts'

const MEASURES: readonly (ReportColumn & Readonly<{ sql: string }>)[] = [
  { key: 'activations', label: 'Activations', type: 'count', sql: 'activations' },
  {
    key: 'influencing',
    label: 'Influencing engagements',
    type: 'count',
    sql: 'influencing',
    description: 'That happened in the period, by their own source.',
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

const MEDIUM: ReportColumn = { key: 'medium', label: 'Medium', type: 'text' }
const SOURCE: ReportColumn = { key: 'source', label: 'Source', type: 'text' }
const OPTION: ReportColumn = { key: 'option', label: 'Option', type: 'text' }

/** A source is shown under its medium, a campaign under its source. */
const PARENTS: Readonly<Partial<Record<Dimension, readonly ('medium' | 'source')[]>>> = {
  source: ['medium'],
  campaign: ['medium', 'source'],
}

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
]

/** What each source brought: from the first click of the activation to money. [U1] */
export const sources: ReportDefinition = {
  name: 'sources',
  title: 'Sources',
  description: 'What journeys came from, what influenced them, and what came of them.',
  takes: ['from', 'to', 'view', 'by', 'option', 'where', 'withoutFallbacks', 'sort', 'descending', 'offset', 'limit'],
  filters: DIMENSION_FILTERS,
  defaults: { view: 'cohort', by: 'medium', sort: 'activations', descending: true, offset: 0, limit: 1000 },
  columns: [MEDIUM, SOURCE, OPTION, ...MEASURES.map(({ sql: _, ...column }) => column)],
  async answer(ask, parameters, context): Promise<Answer> {
    const by = parameters.by ?? 'medium'
    const parents = PARENTS[by] ?? []
    const levels = [...parents, 'option']
    const cohort = parameters.view !== 'period'
    const begun: Facets = { day: 'stage1_on', owner: 'stage1_owner' }
    const dealt = (stage: 4 | 6): Facets => (cohort ? begun : { ...begun, day: `stage${stage}_on` })
    const touched: Facets = { day: 'occurred_on', owner: 'null' }
    const part = (table: string, facets: Facets, selection: Selection, measures: string) => `
      select ${[...parents, by].map((level, i) => `${optionSql(level, facets, context)} as ${levels[i]}`).join(', ')}, ${measures}
      from ${table} where ${selection.where} group by all`

    const journeys = journeySelection(parameters, begun, context)
    const created = opportunitySelection(parameters, dealt(4), context)
    const won = opportunitySelection(parameters, dealt(6), context)
    const touches = select(
      [
        'not voided',
        "record_type = 'Influencing Engagement'",
        // Owner and activation type are a journey's: an influencing engagement counts under none of them.
        ...(by === 'owner' || by === 'activation-type' ? ['false'] : []),
        ...within('occurred_on', parameters),
        ...dimensionConditions(parameters, touched, context),
        ...(parameters.option === undefined ? [] : [`${optionSql(by, touched, context)} = $option`]),
      ],
      parameters,
    )
    const stages = [2, 3, 4].map((stage) => `count(stage${stage}_at) as stage${stage}`)
    const parts = [
      part('journeys', begun, journeys, `count(*) as activations, ${stages.join(', ')}`),
      part('engagements', touched, touches, 'count(*) as influencing'),
      part(
        'opportunities',
        dealt(4),
        created,
        'count(*) as opportunities, sum(organisation_amount) filter (not closed) as pipeline',
      ),
      part(
        'opportunities',
        dealt(6),
        { ...won, where: `${won.where} and stage6_at is not null` },
        'count(*) as won, sum(organisation_amount) as won_amount',
      ),
    ]
    const sort = MEASURES.find((column) => column.key === parameters.sort)?.sql ?? 'option'
    const rows = await ask(
      `select *, count(*) over () as total
       from (select ${levels.join(', ')}, ${SUMS.map((name) => `coalesce(sum(${name}), 0) as ${name}`).join(', ')}
             from (${parts.map((sql) => `(${sql})`).join(' union all by name ')}) group by all)
       order by ${sort} ${parameters.descending ? 'desc' : 'asc'} nulls last, ${levels.join(', ')}
       limit $limit offset $offset`,
      { ...journeys.bindings, limit: parameters.limit ?? 1000, offset: parameters.offset ?? 0 },
    )
    return {
      rows: rows.map(
        (row): ReportRow => ({
          ...Object.fromEntries(levels.map((level) => [level, row[level] as string])),
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
        }),
      ),
      total: (rows[0]?.total as number | undefined) ?? 0,
      notes: await missingAmounts(ask, created, context.organisation.currency),
      columns: sources.columns.filter(
        (column) => (column !== MEDIUM && column !== SOURCE) || (parents as readonly string[]).includes(column.key),
      ),
    }
  },
}
