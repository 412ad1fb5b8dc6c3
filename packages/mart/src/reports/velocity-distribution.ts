import type { ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, share } from './numbers.ts'
import { ALL, journeySelection, optionSql } from './selection.ts'
import { STEPS } from './velocity.ts'

/** Days that are counted together: the first of each span. Each ends where the next begins. */
const SPANS = [0, 1, 2, 4, 8, 15, 31, 61, 91, 181, 366] as const

/** What a span is called; times that run backwards have one of their own. */
function nameOf(span: number): string {
  if (span < 0) return 'backwards'
  const first = SPANS[span] ?? 0
  const next = SPANS[span + 1]
  if (next === undefined) return `${first} or more`
  return next === first + 1 ? `${first}` : `${first} to ${next - 1}`
}

/** The number of the span that days fall into, as SQL; -1 where they run backwards. */
function spanSql(days: string): string {
  const cases = SPANS.slice(1).map((next, i) => `when ${days} < ${next} then ${i}`)
  return `case when ${days} < 0 then -1 ${cases.join(' ')} else ${SPANS.length - 1} end`
}

/** How the times from stage to stage are spread. [U4] */
export const velocityDistribution: ReportDefinition = {
  name: 'velocity-distribution',
  title: 'Spread of velocity',
  description: 'How many journeys took how many days from one stage to the next.',
  takes: ['from', 'to', 'view', 'by', 'option', 'stage', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
  defaults: { view: 'cohort' },
  columns: [
    { key: 'option', label: 'Option', type: 'text' },
    { key: 'fromStage', label: 'From stage', type: 'count' },
    { key: 'stage', label: 'To stage', type: 'count' },
    { key: 'label', label: 'Stage name', type: 'text' },
    { key: 'span', label: 'Days', type: 'text', description: '`backwards`: dates that run backwards, counted apart.' },
    { key: 'fromDays', label: 'From days', type: 'days', description: 'Empty where they run backwards.' },
    { key: 'toDays', label: 'To days', type: 'days', description: 'Included; empty in the last span.' },
    { key: 'journeys', label: 'Journeys', type: 'count' },
    { key: 'share', label: 'Share', type: 'ratio', description: 'Of the journeys that reached both stages.' },
    { key: 'cumulative', label: 'Within', type: 'ratio', description: 'Share that took as long or less.' },
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const steps = STEPS.filter(
      ([from, to]) => parameters.stage === undefined || (to === parameters.stage && from === to - 1),
    )
    const parts = steps.map(([from, to]) => {
      const at = parameters.view === 'period' ? to : 1
      const facets = { day: `stage${at}_on`, owner: `stage${at}_owner` }
      const { where } = journeySelection(parameters, facets, context)
      const option = parameters.by ? optionSql(parameters.by, facets, context) : `'${ALL}'`
      return `select ${option} as option, ${from} as from_stage, ${to} as to_stage,
                     ${spanSql(`stage${to}_on - stage${from}_on`)} as span, count(*) as journeys
              from journeys where ${where} and stage${from}_on is not null and stage${to}_on is not null group by all`
    })
    if (parts.length === 0) return { rows: [] }
    const { bindings } = journeySelection(parameters, { day: 'stage1_on', owner: 'stage1_owner' }, context)
    const rows = await ask(
      `select *, sum(journeys) over step as whole,
              sum(journeys) over (partition by option, from_stage, to_stage order by span) as within
       from (${parts.join(' union all ')})
       window step as (partition by option, from_stage, to_stage)
       order by sum(journeys) over (partition by option) desc, option, from_stage > 1 or to_stage < 6 desc, from_stage, span`,
      bindings,
    )
    return {
      rows: rows.map((row): ReportRow => {
        const span = row.span as number
        const next = SPANS[span + 1]
        return {
          option: row.option as string,
          fromStage: row.from_stage as number,
          stage: row.to_stage as number,
          label: context.stageLabels[(row.to_stage as number) - 1] ?? '',
          span: nameOf(span),
          fromDays: span < 0 ? null : (SPANS[span] ?? null),
          toDays: span < 0 || next === undefined ? null : next - 1,
          journeys: count(row.journeys),
          share: share(row.journeys, row.whole),
          cumulative: share(row.within, row.whole),
        }
      }),
    }
  },
}
