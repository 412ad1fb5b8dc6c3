import type { ReportColumn, ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
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
} from './selection.ts'

/** What kind of beginning an activation type is: somebody new, somebody who came back, or an opportunity by itself. */
const BEGINNING = `case activation_type when 'Original Activation' then 'original'
                        when 'Opportunity Creation' then 'fallback' else 'reactivated' end`

const MEASURES: readonly ReportColumn[] = [
  { key: 'activations', label: 'Activations', type: 'count' },
  { key: 'routed', label: 'Stage 2', type: 'count' },
  { key: 'accepted', label: 'Stage 3', type: 'count' },
  { key: 'converted', label: 'Stage 4', type: 'count' },
  { key: 'conversion', label: 'Conversion', type: 'ratio', description: 'Stage 4 as a share of activations.' },
  { key: 'won', label: 'Stage 6', type: 'count' },
  { key: 'winRate', label: 'Won of activations', type: 'ratio' },
  { key: 'daysToRouted', label: 'Median days to stage 2', type: 'days' },
  { key: 'daysToOpportunity', label: 'Median days to stage 4', type: 'days', description: 'From stage 1.' },
  { key: 'daysToWon', label: 'Median days to stage 6', type: 'days', description: 'From stage 1.' },
  { key: 'open', label: 'Open', type: 'count' },
  {
    key: 'daysAway',
    label: 'Median days away',
    type: 'days',
    description: 'From the end of the person’s journey before to this one.',
  },
  { key: 'opportunities', label: 'Opportunities', type: 'count', description: 'Credited to these activations.' },
  { key: 'pipeline', label: 'Open pipeline', type: 'money' },
  { key: 'wonAmount', label: 'Won amount', type: 'money' },
]

/** How those who came back did, beside those who were new. [U3] [U4] */
export const reactivations: ReportDefinition = {
  name: 'reactivations',
  title: 'Reactivations',
  description: 'Conversion, speed and money of journeys of people who came back, beside those of people who were new.',
  takes: ['from', 'to', 'by', 'option', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
  defaults: {},
  columns: [
    { key: 'split', label: 'Option', type: 'text' },
    { key: 'beginning', label: 'Beginning', type: 'text', description: '`original`, `reactivated` or `fallback`.' },
    {
      key: 'activationType',
      label: 'Activation type',
      type: 'text',
      description: 'Empty: all types of that beginning together.',
    },
    ...MEASURES,
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const facets: Facets = { day: 'stage1_on', owner: 'stage1_owner' }
    const journeys = journeySelection(parameters, facets, context)
    const deals = opportunitySelection(parameters, facets, context)
    const split = parameters.by ? optionSql(parameters.by, facets, context) : `'${ALL}'`
    // Both beginnings are of one or more types: each type, and each beginning as a whole.
    const grouped = 'group by grouping sets ((split, beginning, type), (split, beginning))'
    const began = `select ${split} as split, ${BEGINNING} as beginning, activation_type as type, *`
    const rows = await ask(
      `with begun as (${began} from journeys where ${journeys.where}),
            credited as (${began} from opportunities where ${deals.where} and activation_type is not null),
            gone as (select engagements.id, before.completed_on from engagements
                     join journeys as before on before.id = engagements.previous
                     where engagements.previous is not null),
            counts as (
              select split, beginning, type, count(*) as activations,
                     ${[2, 3, 4, 6].map((stage) => `count(stage${stage}_at) as stage${stage}`).join(', ')},
                     ${[2, 4, 6].map((stage) => `median(${elapsedDays('stage1_on', `stage${stage}_on`)}) as days${stage}`).join(', ')},
                     count(*) filter (begun.completed_at is null) as open,
                     median(${elapsedDays('gone.completed_on', 'stage1_on')}) as away
              from begun left join gone on gone.id = begun.id ${grouped}),
            sums as (
              select split, beginning, type, count(*) as opportunities,
                     sum(organisation_amount) filter (not closed) as pipeline,
                     sum(organisation_amount) filter (stage6_at is not null) as won_amount
              from credited ${grouped})
       select *, sum(activations) over (partition by split) as weight from (
         select coalesce(counts.split, sums.split) as split, coalesce(counts.beginning, sums.beginning) as beginning,
                coalesce(counts.type, sums.type) as type,
                counts.* exclude (split, beginning, type), sums.* exclude (split, beginning, type)
         from counts full join sums on sums.split = counts.split and sums.beginning = counts.beginning
              and sums.type is not distinct from counts.type)
       order by weight desc nulls last, split,
                case beginning when 'original' then 1 when 'reactivated' then 2 else 3 end, type nulls first`,
      journeys.bindings,
    )
    return {
      rows: rows.map(
        (row): ReportRow => ({
          split: row.split as string,
          beginning: row.beginning as string,
          activationType: row.type as string | null,
          activations: count(row.activations),
          routed: count(row.stage2),
          accepted: count(row.stage3),
          converted: count(row.stage4),
          conversion: share(row.stage4, row.activations),
          won: count(row.stage6),
          winRate: share(row.stage6, row.activations),
          daysToRouted: measure(row.days2),
          daysToOpportunity: measure(row.days4),
          daysToWon: measure(row.days6),
          open: count(row.open),
          daysAway: measure(row.away),
          opportunities: count(row.opportunities),
          pipeline: count(row.pipeline),
          wonAmount: count(row.won_amount),
        }),
      ),
      notes: await missingAmounts(ask, deals, context.organisation.currency),
    }
  },
}
