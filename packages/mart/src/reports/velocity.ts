import type { Answer, ReportDefinition, ReportRow } from './definition.ts'
import { count, measure } from './numbers.ts'
import { ALL, elapsedDays, journeySelection, optionSql } from './selection.ts'

const STEPS = [
  [1, 2],
  [2, 3],
  [3, 4],
  [4, 5],
  [5, 6],
  [1, 6],
] as const

/** How long journeys take from stage to stage. [U4] */
export const velocity: ReportDefinition = {
  name: 'velocity',
  title: 'Velocity',
  description: 'How many days journeys take from one stage to the next, and from the first touch to a won deal.',
  takes: ['from', 'to', 'view', 'by', 'option', 'withoutFallbacks'],
  defaults: { view: 'cohort' },
  columns: [
    { key: 'option', label: 'Option', type: 'text' },
    { key: 'fromStage', label: 'From stage', type: 'count' },
    { key: 'stage', label: 'To stage', type: 'count' },
    { key: 'label', label: 'Stage name', type: 'text' },
    { key: 'journeys', label: 'Journeys', type: 'count', description: 'Journeys that reached both stages.' },
    { key: 'median', label: 'Median', type: 'days' },
    { key: 'mean', label: 'Mean', type: 'days' },
    { key: 'p75', label: 'Three quarters within', type: 'days' },
    { key: 'p90', label: 'Nine tenths within', type: 'days' },
    {
      key: 'negative',
      label: 'Backwards',
      type: 'count',
      description: 'Journeys whose dates run backwards: counted as 0 days.',
    },
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const rows: ReportRow[] = []
    let negative = 0
    for (const [from, to] of STEPS) {
      const at = parameters.view === 'period' ? to : 1
      const facets = { day: `stage${at}_on`, owner: `stage${at}_owner` }
      const selection = journeySelection(parameters, facets, context)
      const found = await ask(
        `select option, count(*) as journeys, median(days) as median, avg(days) as mean,
                quantile_cont(days, 0.75) as p75, quantile_cont(days, 0.9) as p90, sum(negative) as negative
         from (select ${parameters.by ? optionSql(parameters.by, facets, context) : `'${ALL}'`} as option,
                      ${elapsedDays(`stage${from}_on`, `stage${to}_on`)} as days,
                      (stage${to}_on < stage${from}_on)::INTEGER as negative
               from journeys where ${selection.where} and stage${from}_at is not null and stage${to}_at is not null)
         group by option order by journeys desc, option`,
        selection.bindings,
      )
      for (const row of found) {
        negative += Number(count(row.negative))
        rows.push({
          option: row.option as string,
          fromStage: from,
          stage: to,
          label: context.stageLabels[to - 1] ?? '',
          journeys: count(row.journeys),
          median: measure(row.median),
          mean: measure(row.mean),
          p75: measure(row.p75),
          p90: measure(row.p90),
          negative: count(row.negative),
        })
      }
    }
    const notes = negative === 0 ? [] : [`Times that run backwards in the data and count as 0 days: ${negative}.`]
    return { rows, notes }
  },
}
