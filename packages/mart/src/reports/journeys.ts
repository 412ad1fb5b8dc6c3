import type { ReportColumn, ReportRow } from '@throughline/engine'
import { STAGES } from '../tables/stage-columns.ts'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS, type FilterField } from './filters.ts'
import { offered } from './list.ts'
import {
  type Facets,
  highestStage,
  journeySelection,
  NO_VALUE,
  ownerName,
  SOON_DAYS,
  select,
  soon,
} from './selection.ts'
import { STEPS } from './velocity.ts'

const COLUMNS: readonly (ReportColumn & Readonly<{ sql: string }>)[] = [
  { key: 'journey', label: 'Journey', type: 'id', sql: 'id' },
  { key: 'person', label: 'Person', type: 'id', sql: 'person' },
  { key: 'began', label: 'Began', type: 'day', sql: 'stage1_on' },
  { key: 'activationType', label: 'Activation type', type: 'text', sql: 'activation_type' },
  { key: 'medium', label: 'Medium', type: 'text', sql: 'medium' },
  { key: 'source', label: 'Source', type: 'text', sql: 'source' },
  { key: 'campaign', label: 'Campaign', type: 'text', sql: 'campaign' },
  { key: 'engagementType', label: 'Engagement type', type: 'text', sql: 'engagement_type' },
  { key: 'owner', label: 'Owner', type: 'text', sql: ownerName('stage1_owner') },
  { key: 'stage', label: 'Stage', type: 'count', sql: highestStage(), description: 'The highest stage it reached.' },
  {
    key: 'stageDay',
    label: 'Stage since',
    type: 'day',
    sql: `case ${[...STAGES]
      .reverse()
      .map((stage) => `when stage${stage}_at is not null then stage${stage}_on`)
      .join(' ')} end`,
  },
  ...([2, 3, 4, 5, 6] as const).map((stage) => ({
    key: `stage${stage}`,
    label: `Stage ${stage} on`,
    type: 'day' as const,
    sql: `stage${stage}_on`,
  })),
  { key: 'outcome', label: 'Outcome', type: 'text', sql: 'outcome' },
  { key: 'ended', label: 'Ended', type: 'day', sql: 'completed_on' },
  { key: 'opportunity', label: 'Opportunity', type: 'id', sql: 'primary_opportunity' },
  {
    key: 'opportunityType',
    label: 'Part in it',
    type: 'text',
    sql: 'primary_opportunity_type',
    description: 'Whether the opportunity is credited to this journey or was only influenced by it.',
  },
  {
    key: 'amount',
    label: 'Amount',
    type: 'money',
    sql: 'opportunity_amount',
    description: 'Of the primary opportunity, where it is credited to this journey.',
  },
  { key: 'dormantDay', label: 'Dormant on', type: 'day', sql: 'dormant_on' },
]

const FILTERS: readonly FilterField[] = [
  {
    field: 'complete',
    type: 'choice',
    choices: ['yes', 'no'],
    sql: "case when completed_at is null then 'no' else 'yes' end",
    description: 'Whether it has ended.',
  },
  {
    field: 'dormant-soon',
    type: 'choice',
    choices: ['yes', 'no'],
    sql: "case when completed_at is null and dormant_at < $soon then 'yes' else 'no' end",
    description: `Whether it ends within ${SOON_DAYS} days if nothing happens.`,
  },
  { field: 'stage', type: 'count', sql: highestStage(), description: 'The highest stage it reached.' },
  { field: 'began', type: 'day', sql: 'stage1_on', description: 'Day it began.' },
  { field: 'ended', type: 'day', sql: 'completed_on', description: 'Day it ended.' },
  { field: 'outcome', type: 'text', sql: `coalesce(outcome, '${NO_VALUE}')`, description: 'How it ended.' },
  { field: 'person', type: 'text', sql: `coalesce(person, '${NO_VALUE}')`, description: 'Id of the person.' },
  {
    field: 'opportunity',
    type: 'text',
    sql: `coalesce(primary_opportunity, '${NO_VALUE}')`,
    description: 'Id of its primary opportunity.',
  },
  {
    field: 'amount',
    type: 'money',
    sql: 'opportunity_amount',
    description: 'Amount of the opportunity credited to it.',
  },
  ...STEPS.map(
    ([from, to]): FilterField => ({
      field: `days-${from}-${to}`,
      type: 'count',
      sql: `stage${to}_on - stage${from}_on`,
      description: `Days from stage ${from} to stage ${to}; less than none where they run backwards.`,
    }),
  ),
]

/** The journeys behind a figure. */
export const journeys: ReportDefinition = {
  name: 'journeys',
  title: 'Journeys',
  description: 'The journeys behind a figure: what began them, how far they came and how they ended.',
  takes: [
    'from',
    'to',
    'view',
    'by',
    'option',
    'where',
    'stage',
    'state',
    'outcome',
    'withoutFallbacks',
    'sort',
    'descending',
    'offset',
    'limit',
  ],
  filters: [...offered(FILTERS), ...DIMENSION_FILTERS],
  defaults: { view: 'cohort', sort: 'began', descending: true, offset: 0, limit: 100 },
  columns: COLUMNS.map(({ sql: _, ...column }) => column),
  async answer(ask, parameters, context, world): Promise<Answer> {
    const stage = parameters.stage ?? 1
    // In the period view the period is about the stage that is asked for; without one, about how journeys ended.
    const ended =
      parameters.stage === undefined && (parameters.outcome !== undefined || parameters.state === 'complete')
    const period = parameters.view === 'period'
    const facets: Facets = {
      day: !period ? 'stage1_on' : ended ? 'completed_on' : `stage${stage}_on`,
      owner: `stage${period ? stage : 1}_owner`,
    }
    const selection = journeySelection(parameters, facets, context, FILTERS)
    const conditions = [selection.where, `stage${stage}_at is not null`]
    if (parameters.state === 'open') conditions.push('completed_at is null')
    if (parameters.state === 'complete') conditions.push('completed_at is not null')
    if (parameters.state === 'dormant-soon') conditions.push('completed_at is null and dormant_at < $soon')
    if (parameters.outcome !== undefined) conditions.push('outcome = $outcome')
    const { where, bindings } = select(conditions, parameters, {
      soon: soon(world),
      limit: parameters.limit ?? 100,
      offset: parameters.offset ?? 0,
    })
    const sort = COLUMNS.find((column) => column.key === parameters.sort)?.sql ?? 'stage1_at'
    const order = `${sort} ${parameters.descending ? 'desc' : 'asc'} nulls last, id`
    // The page's rows are found by the sorted column alone, and only then read whole.
    const rows = await ask(
      `select ${COLUMNS.map((column) => `${column.sql} as "${column.key}"`).join(', ')}
       from journeys where rowid in (select rowid from journeys where ${where} order by ${order} limit $limit offset $offset)
       order by ${order}`,
      bindings,
    )
    const [all] = await ask(`select count(*) as journeys from journeys where ${where}`, bindings)
    return { rows: rows as ReportRow[], total: all?.journeys as number }
  },
}
