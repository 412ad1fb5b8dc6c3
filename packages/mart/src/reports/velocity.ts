import type { ReportRow } from '@throughline/engine'
import type { Row } from '../database.ts'
import type { Answer, ReportContext, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, measure } from './numbers.ts'
import { ALL, elapsedDays, journeySelection, optionSql } from './selection.ts'

type Step = readonly [from: number, to: number]

/** The steps whose time is told: from each stage to the next, and from the first to the last. */
export const STEPS: readonly Step[] = [
  [1, 2],
  [2, 3],
  [3, 4],
  [4, 5],
  [5, 6],
  [1, 6],
]

/** How long journeys take from stage to stage. [U4] */
export const velocity: ReportDefinition = {
  name: 'velocity',
  title: 'Velocity',
  description: 'How many days journeys take from one stage to the next, and from the first touch to a won deal.',
  takes: ['from', 'to', 'view', 'by', 'option', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
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
    // A cohort's journeys are the same for every step and are read once; a period's are those that took the step in it.
    const groups = parameters.view === 'period' ? STEPS.map((step) => [step]) : [STEPS]
    const rows: ReportRow[] = []
    for (const steps of groups) {
      const at = parameters.view === 'period' ? (steps[0]?.[1] ?? 1) : 1
      const facets = { day: `stage${at}_on`, owner: `stage${at}_owner` }
      const selection = journeySelection(parameters, facets, context)
      const found = await ask(
        `select ${parameters.by ? optionSql(parameters.by, facets, context) : `'${ALL}'`} as option,
                ${steps.map(measuresOf).join(', ')}
         from journeys where ${selection.where} group by option order by count(*) desc, option`,
        selection.bindings,
      )
      for (const [from, to] of steps)
        for (const row of found) if (row[`journeys${from}to${to}`]) rows.push(rowOf(row, from, to, context))
    }
    const negative = rows.reduce((sum, row) => sum + Number(row.negative), 0)
    const notes = negative === 0 ? [] : [`Times that run backwards in the data and count as 0 days: ${negative}.`]
    return { rows, notes }
  },
}

function measuresOf([from, to]: Step): string {
  const days = elapsedDays(`stage${from}_on`, `stage${to}_on`)
  const name = `${from}to${to}`
  return `count(stage${to}_on - stage${from}_on) as journeys${name},
    median(${days}) as median${name}, avg(${days}) as mean${name},
    quantile_cont(${days}, 0.75) as p75${name}, quantile_cont(${days}, 0.9) as p90${name},
    count(*) filter (stage${to}_on < stage${from}_on) as negative${name}`
}

function rowOf(row: Row, from: number, to: number, context: ReportContext): ReportRow {
  const name = `${from}to${to}`
  return {
    option: row.option as string,
    fromStage: from,
    stage: to,
    label: context.stageLabels[to - 1] ?? '',
    journeys: count(row[`journeys${name}`]),
    median: measure(row[`median${name}`]),
    mean: measure(row[`mean${name}`]),
    p75: measure(row[`p75${name}`]),
    p90: measure(row[`p90${name}`]),
    negative: count(row[`negative${name}`]),
  }
}
