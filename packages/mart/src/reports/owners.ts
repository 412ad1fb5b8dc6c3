import type { ReportColumn, ReportParameters, ReportRow } from '@throughline/engine'
import { STAGES, type StageNumber } from '../tables/stage-columns.ts'
import type { Answer, ReportContext, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, measure } from './numbers.ts'
import {
  elapsedDays,
  type Facets,
  journeySelection,
  missingAmounts,
  NO_VALUE,
  opportunitySelection,
  ownerName,
} from './selection.ts'

/** A figure of an owner: what it is in the tables, and how it is put together from their parts. */
type Figure = ReportColumn & Readonly<{ sql: string }>

const FIGURES: readonly Figure[] = [
  { key: 'activations', label: 'Stage 1', type: 'count', sql: 'stage1', description: 'Journeys that began as theirs.' },
  {
    key: 'waiting',
    label: 'Waiting',
    type: 'count',
    sql: 'waiting',
    description: 'Those of them that are open and have not reached stage 2.',
  },
  { key: 'routed', label: 'Stage 2', type: 'count', sql: 'stage2' },
  { key: 'accepted', label: 'Stage 3', type: 'count', sql: 'stage3' },
  { key: 'stage4', label: 'Stage 4', type: 'count', sql: 'stage4' },
  { key: 'stage5', label: 'Stage 5', type: 'count', sql: 'stage5' },
  { key: 'stage6', label: 'Stage 6', type: 'count', sql: 'stage6' },
  {
    key: 'responseMedian',
    label: 'Median days to stage 2',
    type: 'days',
    sql: 'median2',
    description: 'From stage 1, of the journeys that reached stage 2 as theirs.',
  },
  { key: 'responseMean', label: 'Mean days to stage 2', type: 'days', sql: 'mean2' },
  {
    key: 'acceptanceMedian',
    label: 'Median days to stage 3',
    type: 'days',
    sql: 'median3',
    description: 'From stage 2, of the journeys that reached stage 3 as theirs.',
  },
  { key: 'acceptanceMean', label: 'Mean days to stage 3', type: 'days', sql: 'mean3' },
  {
    key: 'created',
    label: 'Amount created',
    type: 'money',
    sql: 'created',
    description: 'Of opportunities at stage 4.',
  },
  {
    key: 'wonAmount',
    label: 'Amount won',
    type: 'money',
    sql: 'won_amount',
    description: 'Of opportunities at stage 6.',
  },
]

/** Who had the journeys at each stage, and how fast they answered. A stage counts for whoever had it then. [U7] */
export const owners: ReportDefinition = {
  name: 'owners',
  title: 'Owners',
  description:
    'How many journeys each owner had at each stage, how long those took to be routed and accepted, and what was won.',
  takes: ['from', 'to', 'view', 'where', 'withoutFallbacks', 'sort', 'descending', 'offset', 'limit'],
  filters: DIMENSION_FILTERS,
  defaults: { view: 'cohort', sort: 'activations', descending: true, offset: 0, limit: 1000 },
  columns: [
    { key: 'owner', label: 'Owner', type: 'text' },
    { key: 'ownerId', label: 'Owner’s id', type: 'id' },
    ...FIGURES.map(({ sql: _, ...column }) => column),
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const { bindings } = journeySelection(parameters, facetsOf(1, parameters), context)
    const sort =
      FIGURES.find(({ key }) => key === parameters.sort)?.sql ?? (parameters.sort === 'ownerId' ? 'id' : 'owner')
    const sums = ['stage1', 'waiting', 'stage2', 'stage3', 'stage4', 'stage5', 'stage6', 'created', 'won_amount']
    const rows = await ask(
      `select *, count(*) over () as total from (
         select held.id, coalesce(${ownerName('held.id')}, '${NO_VALUE}') as owner,
                ${sums.map((name) => `coalesce(sum(${name}), 0) as ${name}`).join(', ')},
                ${['median2', 'mean2', 'median3', 'mean3'].map((name) => `any_value(${name}) as ${name}`).join(', ')}
         from (${partsOf(parameters, context).join(' union all by name ')}) as held group by held.id)
       order by ${sort} ${parameters.descending ? 'desc' : 'asc'} nulls last, owner, id limit $limit offset $offset`,
      { ...bindings, limit: parameters.limit ?? 1000, offset: parameters.offset ?? 0 },
    )
    const created = opportunitySelection(parameters, facetsOf(4, parameters), context)
    return {
      rows: rows.map(
        (row): ReportRow => ({
          owner: row.owner as string,
          ownerId: row.id as string | null,
          ...Object.fromEntries(
            FIGURES.map(({ key, type, sql }) => [key, type === 'days' ? measure(row[sql]) : count(row[sql])]),
          ),
        }),
      ),
      total: (rows[0]?.total as number | undefined) ?? 0,
      notes: await missingAmounts(ask, created, context.organisation.currency),
    }
  },
}

/** A cohort is of those that began in the period; in the period view each stage is of those that reached it then. */
function facetsOf(stage: StageNumber, { view }: ReportParameters): Facets {
  return { day: `stage${view === 'period' ? stage : 1}_on`, owner: `stage${stage}_owner` }
}

/** One part for each stage, by its own owner. Opportunities are counted as the funnel counts them. */
function partsOf(parameters: ReportParameters, context: ReportContext): string[] {
  const part = (table: string, stage: StageNumber, where: string, measures: readonly string[]) =>
    `(select stage${stage}_owner as id, ${measures.join(', ')} from ${table}
      where ${where} and stage${stage}_at is not null group by stage${stage}_owner)`
  const period = parameters.view === 'period'
  const parts = STAGES.map((stage) => {
    const ofOpportunities = period && stage > 3
    const { where } = (ofOpportunities ? opportunitySelection : journeySelection)(
      parameters,
      facetsOf(stage, parameters),
      context,
    )
    const measures = [`count(*) as stage${stage}`]
    if (stage === 1) measures.push('count(*) filter (stage2_at is null and completed_at is null) as waiting')
    if (stage === 2 || stage === 3) {
      const days = elapsedDays(`stage${stage - 1}_on`, `stage${stage}_on`)
      measures.push(`median(${days}) as median${stage}`, `avg(${days}) as mean${stage}`)
    }
    return part(ofOpportunities ? 'opportunities' : 'journeys', stage, where, measures)
  })
  const amount = (stage: 4 | 6, name: string) => {
    const { where } = opportunitySelection(parameters, facetsOf(stage, parameters), context)
    return part('opportunities', stage, where, [`sum(organisation_amount) as ${name}`])
  }
  return [...parts, amount(4, 'created'), amount(6, 'won_amount')]
}
