import type { ReportParameters, ReportRow } from '@throughline/engine'
import { STAGES, type StageNumber } from '../tables/stage-columns.ts'
import type { Answer, ReportContext, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count } from './numbers.ts'
import { type Facets, journeySelection, opportunitySelection } from './selection.ts'

/** Why something counts in one view and not in the other, in the order it is told. */
const CAUSES = {
  'began-before': 'Reached it in the period, but began before it.',
  'began-after': 'Reached it in the period, but began after it: dates that run backwards.',
  fallback: 'An activation that stands in for a journey; the cohort leaves these out.',
  'second-opportunity': 'An opportunity whose journey shows another one: it is not the journey’s primary opportunity.',
  'not-attributed': 'An opportunity that is credited to no journey yet.',
  'reached-after': 'Began in the period, but reached it after it.',
  'reached-before': 'Began in the period, but reached it before it: dates that run backwards.',
  conditions:
    'Meets the conditions in one view only: the owner or the date of the stage is not that of the activation.',
} as const

type Cause = keyof typeof CAUSES

/** Why the figures of a cohort and of a period differ although their dates are the same, stage by stage. [U9] */
export const funnelDifference: ReportDefinition = {
  name: 'funnel-difference',
  title: 'Cohort against period',
  description:
    'Why the funnel of those who began in the period and of what happened in it differ: each cause with its count.',
  takes: ['from', 'to', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
  defaults: {},
  columns: [
    { key: 'stage', label: 'Stage', type: 'count' },
    { key: 'label', label: 'Stage name', type: 'text' },
    { key: 'cohort', label: 'Cohort', type: 'count', description: 'As the funnel counts it in the cohort view.' },
    { key: 'period', label: 'Period', type: 'count', description: 'As the funnel counts it in the period view.' },
    { key: 'difference', label: 'Difference', type: 'count', description: 'Period less cohort.' },
    { key: 'cause', label: 'Cause', type: 'text', description: 'Empty where the two agree.' },
    { key: 'inWords', label: 'In words', type: 'text' },
    {
      key: 'effect',
      label: 'Effect',
      type: 'count',
      description:
        'How many more, or fewer, the period counts for this cause. The causes of a stage add up to its difference.',
    },
    { key: 'example', label: 'Example', type: 'id' },
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const rows: ReportRow[] = []
    const { bindings } = journeySelection(parameters, { day: 'stage1_on', owner: 'stage1_owner' }, context)
    const all = await ask(STAGES.map((stage) => compared(stage, parameters, context)).join(' union all '), bindings)
    for (const stage of STAGES) {
      const found = all.filter((row) => row.stage === stage)
      const of = (side: 'cohort' | 'period') => found.reduce((sum, row) => sum + Number(count(row[side])), 0)
      const head = {
        stage,
        label: context.stageLabels[stage - 1] ?? '',
        cohort: of('cohort'),
        period: of('period'),
        difference: of('period') - of('cohort'),
      }
      const causes = (Object.keys(CAUSES) as Cause[]).flatMap((cause) => found.filter((row) => row.cause === cause))
      for (const row of causes) {
        const cause = row.cause as Cause
        const effect = Number(row.period) - Number(row.cohort)
        rows.push({ ...head, cause, inWords: CAUSES[cause], effect, example: row.example as string })
      }
      if (causes.length === 0) rows.push({ ...head, cause: null, inWords: null, effect: 0, example: null })
    }
    return { rows }
  },
}

/**
 * What each view counts at a stage, joined: a journey up to stage 3, from there an opportunity, which a journey shows
 * as its primary one. A row for each cause, and one without a cause for what counts in both.
 */
function compared(stage: StageNumber, parameters: ReportParameters, context: ReportContext): string {
  const begun: Facets = { day: 'stage1_on', owner: 'stage1_owner' }
  const reached: Facets = { day: `stage${stage}_on`, owner: `stage${stage}_owner` }
  const cohort = journeySelection({ ...parameters, view: 'cohort' }, begun, context)
  const ofJourneys = stage < 4
  const period = (ofJourneys ? journeySelection : opportunitySelection)(
    { ...parameters, view: 'period' },
    reached,
    context,
  )
  const unit = ofJourneys ? 'id' : 'primary_opportunity'
  const leavesFallbacks = (parameters.withoutFallbacks ?? true) !== (parameters.withoutFallbacks ?? false)
  const { from, to } = parameters
  const when = (condition: string | false | undefined, cause: Cause) =>
    condition ? `when ${condition} then '${cause}'` : ''
  const inPeriod = [
    ofJourneys ? '' : when('p.attribution_activation is null', 'not-attributed'),
    leavesFallbacks ? when("p.activation_type = 'Opportunity Creation'", 'fallback') : '',
    ofJourneys
      ? ''
      : when(
          `not exists (select 1 from journeys as j where j.id = p.attribution_activation and j.primary_opportunity = p.unit)`,
          'second-opportunity',
        ),
    when(from && 'p.stage1_on < $from::DATE', 'began-before'),
    when(to && 'p.stage1_on > $to::DATE', 'began-after'),
  ]
  const inCohort = [
    when(to && 'c.reached_on > $to::DATE', 'reached-after'),
    when(from && 'c.reached_on < $from::DATE', 'reached-before'),
  ]
  return `(
      with c as (select ${unit} as unit, stage${stage}_on as reached_on from journeys
                 where ${cohort.where} and stage${stage}_at is not null),
           p as (select id as unit, stage1_on, activation_type${ofJourneys ? '' : ', attribution_activation'}
                 from ${ofJourneys ? 'journeys' : 'opportunities'} where ${period.where} and stage${stage}_at is not null)
      select ${stage} as stage,
             case when c.unit is not null and p.unit is not null then null
                  when c.unit is null then case ${inPeriod.join(' ')} when false then null else 'conditions' end
                  else case ${inCohort.join(' ')} when false then null else 'conditions' end end as cause,
             count(c.unit) as cohort, count(p.unit) as period,
             min(${ofJourneys ? '' : `'opportunity:' || `}coalesce(p.unit, c.unit)) as example
      from c full join p on p.unit = c.unit group by cause)`
}
