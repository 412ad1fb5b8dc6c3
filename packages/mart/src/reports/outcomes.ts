import type { ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, measure, share } from './numbers.ts'
import { ALL, elapsedDays, type Facets, journeySelection, optionSql, soon } from './selection.ts'

/** How completed journeys ended, and what is still open. [U5] */
export const outcomes: ReportDefinition = {
  name: 'outcomes',
  title: 'Outcomes',
  description: 'How the journeys that ended in the period ended; how many are open, and about to go dormant.',
  takes: ['from', 'to', 'by', 'option', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
  defaults: {},
  columns: [
    { key: 'option', label: 'Option', type: 'text' },
    {
      key: 'state',
      label: 'State',
      type: 'text',
      description: '`complete`; `open`; `dormant-soon`, which are open too.',
    },
    { key: 'outcome', label: 'Outcome', type: 'text' },
    { key: 'journeys', label: 'Journeys', type: 'count' },
    { key: 'share', label: 'Share', type: 'ratio', description: 'Of the journeys that ended in the period.' },
    { key: 'medianDays', label: 'Median days', type: 'days', description: 'From stage 1 to the end.' },
  ],
  async answer(ask, parameters, context, world): Promise<Answer> {
    const ending: Facets = { day: 'completed_on', owner: 'stage1_owner' }
    const going: Facets = { day: 'stage1_on', owner: 'stage1_owner' }
    const ended = journeySelection(parameters, ending, context)
    // Journeys are open now, whatever the period.
    const { from: _from, to: _to, ...timeless } = parameters
    const open = journeySelection(timeless, going, context)
    const option = (facets: Facets) => (parameters.by ? optionSql(parameters.by, facets, context) : `'${ALL}'`)
    const rows = await ask(
      `select *, sum(journeys) filter (state = 'complete') over (partition by option) as ended from (
         select ${option(ending)} as option, 'complete' as state, outcome, count(*) as journeys,
                median(${elapsedDays('stage1_on', 'completed_on')}) as days
         from journeys where ${ended.where} and completed_at is not null group by all
         union all
         select ${option(going)} as option, 'open', null, count(*), null
         from journeys where ${open.where} and completed_at is null group by all
         union all
         select ${option(going)} as option, 'dormant-soon', null, count(*), null
         from journeys where ${open.where} and completed_at is null and dormant_at < $soon group by all)
       order by option, case state when 'complete' then 1 when 'open' then 2 else 3 end, journeys desc, outcome`,
      { ...ended.bindings, soon: soon(world) },
    )
    return {
      rows: rows.map(
        (row): ReportRow => ({
          option: row.option as string,
          state: row.state as string,
          outcome: row.outcome as string | null,
          journeys: count(row.journeys),
          share: row.state === 'complete' ? share(row.journeys, row.ended) : null,
          medianDays: measure(row.days),
        }),
      ),
    }
  },
}
