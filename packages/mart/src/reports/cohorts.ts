import { type Dimension, type ReportColumn, ReportError, type ReportRow } from '@throughline/engine'
import { STAGES } from '../tables/stage-columns.ts'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, share } from './numbers.ts'
import { type Facets, journeySelection, missingAmounts, opportunitySelection, optionSql } from './selection.ts'

/** How long the months of a cohort are. */
const SPANS: readonly Dimension[] = ['month', 'quarter', 'fiscal-quarter', 'fiscal-year']

const LATER = STAGES.filter((stage) => stage > 1)

const STAGE_COLUMNS: readonly ReportColumn[] = [
  { key: 'stage1', label: 'Stage 1', type: 'count', description: 'Journeys that began in it.' },
  ...LATER.map(
    (stage): ReportColumn => ({
      key: `stage${stage}`,
      label: `Stage ${stage}`,
      type: 'count',
      description: 'Those of them that have reached the stage, whenever they did.',
    }),
  ),
  ...LATER.map(
    (stage): ReportColumn => ({
      key: `rate${stage}`,
      label: `Stage ${stage} of those that began`,
      type: 'ratio',
    }),
  ),
]

/** What has become of the journeys that began together: a row for each month of start, a column for each stage. [U2] [U3] */
export const cohorts: ReportDefinition = {
  name: 'cohorts',
  title: 'Cohorts',
  description: 'How far the journeys that began in each month have come, and what they brought.',
  takes: ['from', 'to', 'by', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
  defaults: { by: 'month' },
  columns: [
    { key: 'cohort', label: 'Began in', type: 'text' },
    ...STAGE_COLUMNS,
    { key: 'open', label: 'Open', type: 'count', description: 'Those of them that have not ended.' },
    { key: 'opportunities', label: 'Opportunities', type: 'count', description: 'Credited to them.' },
    { key: 'pipeline', label: 'Open pipeline', type: 'money' },
    { key: 'won', label: 'Won', type: 'count' },
    { key: 'wonAmount', label: 'Won amount', type: 'money' },
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const { by: span = 'month', ...rest } = parameters
    if (!SPANS.includes(span))
      throw new ReportError(
        'cohorts',
        'by',
        `"by" is "${span}", which is no span of time.`,
        `It can be: ${SPANS.join(', ')}.`,
      )
    const facets: Facets = { day: 'stage1_on', owner: 'stage1_owner' }
    const cohort = optionSql(span, facets, context)
    const journeys = journeySelection(rest, facets, context)
    const deals = opportunitySelection(rest, facets, context)
    const rows = await ask(
      `select cohort, ${[...STAGES.map((stage) => `stage${stage}`), 'open', 'opportunities', 'pipeline', 'won', 'won_amount'].map((name) => `sum(${name}) as ${name}`).join(', ')}
       from (
         (select ${cohort} as cohort, count(*) filter (completed_at is null) as open,
                 ${STAGES.map((stage) => `count(stage${stage}_at) as stage${stage}`).join(', ')}
          from journeys where ${journeys.where} group by cohort)
         union all by name
         (select ${cohort} as cohort, count(*) as opportunities,
                 sum(organisation_amount) filter (not closed) as pipeline,
                 count(*) filter (stage6_at is not null) as won,
                 sum(organisation_amount) filter (stage6_at is not null) as won_amount
          from opportunities where ${deals.where} group by cohort))
       group by cohort order by cohort`,
      journeys.bindings,
    )
    return {
      rows: rows.map(
        (row): ReportRow => ({
          cohort: row.cohort as string,
          ...Object.fromEntries(STAGES.map((stage) => [`stage${stage}`, count(row[`stage${stage}`])])),
          ...Object.fromEntries(LATER.map((stage) => [`rate${stage}`, share(row[`stage${stage}`], row.stage1)])),
          open: count(row.open),
          opportunities: count(row.opportunities),
          pipeline: count(row.pipeline),
          won: count(row.won),
          wonAmount: count(row.won_amount),
        }),
      ),
      notes: await missingAmounts(ask, deals, context.organisation.currency),
    }
  },
}
