import type { ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count } from './numbers.ts'
import { journeySelection, missingAmounts, NO_VALUE, opportunitySelection, optionSql } from './selection.ts'

/** How the figures move from month to month. */
export const trend: ReportDefinition = {
  name: 'trend',
  title: 'Trend',
  description: 'Activations, opportunities and won deals month by month, by the date of each.',
  takes: ['from', 'to', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
  defaults: {},
  columns: [
    { key: 'month', label: 'Month', type: 'text' },
    { key: 'activations', label: 'Activations', type: 'count' },
    { key: 'reactivations', label: 'Reactivations', type: 'count', description: 'Those of people who were dormant.' },
    { key: 'opportunities', label: 'Opportunities', type: 'count', description: 'Created in the period.' },
    { key: 'created', label: 'Amount created', type: 'money' },
    { key: 'won', label: 'Won', type: 'count' },
    { key: 'wonAmount', label: 'Amount won', type: 'money' },
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const stage = (number: 1 | 4 | 6) => ({ day: `stage${number}_on`, owner: `stage${number}_owner` })
    const journeys = journeySelection(parameters, stage(1), context)
    // Every opportunity counts here, whether or not a journey led to it.
    const every = { ...parameters, withoutFallbacks: false }
    const created = opportunitySelection(every, stage(4), context)
    const won = opportunitySelection(every, stage(6), context)
    const rows = await ask(
      `select month, sum(activations) as activations, sum(reactivations) as reactivations,
              sum(opportunities) as opportunities, sum(created) as created, sum(won) as won, sum(won_amount) as won_amount
       from (
         (select ${optionSql('month', stage(1), context)} as month, count(*) as activations,
                 count(*) filter (activation_type in ('Reactivated Lead', 'Reactivated Contact')) as reactivations
          from journeys where ${journeys.where} group by month)
         union all by name
         (select ${optionSql('month', stage(4), context)} as month, count(*) as opportunities, sum(organisation_amount) as created
          from opportunities where ${created.where} group by month)
         union all by name
         (select ${optionSql('month', stage(6), context)} as month, count(*) as won, sum(organisation_amount) as won_amount
          from opportunities where ${won.where} and stage6_at is not null group by month))
       where month <> '${NO_VALUE}' group by month order by month`,
      journeys.bindings,
    )
    return {
      rows: rows.map(
        (row): ReportRow => ({
          month: row.month as string,
          activations: count(row.activations),
          reactivations: count(row.reactivations),
          opportunities: count(row.opportunities),
          created: count(row.created),
          won: count(row.won),
          wonAmount: count(row.won_amount),
        }),
      ),
      notes: await missingAmounts(ask, created, context.organisation.currency),
    }
  },
}
