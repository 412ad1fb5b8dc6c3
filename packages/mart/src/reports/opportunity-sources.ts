import type { ReportRow } from '@throughline/engine'
import type { Row } from '../database.ts'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, share } from './numbers.ts'
import { ALL, type Facets, missingAmounts, opportunitySelection, optionSql } from './selection.ts'

/** How an opportunity came by what it is credited to, in the order it is told. */
const WAYS = {
  original: 'A person’s first journey led to it.',
  reactivated: 'A journey of somebody who had come back led to it.',
  'contact-role': 'A dormant contact was put on it, which began the journey it is credited to.',
  'fallback-lead-source': 'Nobody’s journey led to it: its Lead Source stands in.',
  'fallback-no-source': 'Nobody’s journey led to it, and it has no Lead Source.',
  'not-attributed': 'It is credited to nothing yet.',
} as const

type Way = keyof typeof WAYS

const WAY = `case when attribution_activation is null then 'not-attributed'
                  when activation_type = 'Opportunity Creation' and lead_source is null then 'fallback-no-source'
                  when activation_type = 'Opportunity Creation' then 'fallback-lead-source'
                  when triggered_by = 'Opportunity Contact Role' then 'contact-role'
                  when activation_type = 'Original Activation' then 'original'
                  else 'reactivated' end`

/** Where opportunities came from, and how many came from nobody's journey. [L12] [N1] */
export const opportunitySources: ReportDefinition = {
  name: 'opportunity-sources',
  title: 'Where opportunities came from',
  description:
    'How the opportunities created in the period came by their source, and the share that nobody’s journey led to.',
  takes: ['from', 'to', 'by', 'option', 'where'],
  filters: DIMENSION_FILTERS,
  defaults: {},
  columns: [
    { key: 'option', label: 'Option', type: 'text' },
    { key: 'way', label: 'Way', type: 'text' },
    { key: 'inWords', label: 'In words', type: 'text' },
    { key: 'opportunities', label: 'Opportunities', type: 'count' },
    { key: 'share', label: 'Share', type: 'ratio', description: 'Of the opportunities of the option.' },
    { key: 'amount', label: 'Amount', type: 'money' },
    { key: 'amountShare', label: 'Share of amount', type: 'ratio' },
    {
      key: 'openThen',
      label: 'Journey open then',
      type: 'count',
      description: 'Those credited to a journey that was open when they were created.',
    },
    { key: 'open', label: 'Open', type: 'count' },
    { key: 'pipeline', label: 'Open pipeline', type: 'money' },
    { key: 'won', label: 'Won', type: 'count' },
    { key: 'wonAmount', label: 'Won amount', type: 'money' },
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const facets: Facets = { day: 'stage4_on', owner: 'stage4_owner' }
    // What fallbacks stand in for is what is asked here: none is left out.
    const { where, bindings } = opportunitySelection({ ...parameters, withoutFallbacks: false }, facets, context)
    const option = parameters.by ? optionSql(parameters.by, facets, context) : `'${ALL}'`
    const rows = await ask(
      `select option, way, count(*) as opportunities, sum(organisation_amount) as amount,
              count(*) filter (not closed) as open, sum(organisation_amount) filter (not closed) as pipeline,
              count(*) filter (stage6_at is not null) as won,
              sum(organisation_amount) filter (stage6_at is not null) as won_amount,
              count(*) filter (began <= created_at and (ended is null or ended >= created_at)) as open_then
       from (select ${option} as option, ${WAY} as way, organisation_amount, closed, stage6_at, created_at,
                    credited.began, credited.ended
             from opportunities left join (select id as journey, stage1_at as began, completed_at as ended from journeys)
               as credited on credited.journey = opportunities.attribution_activation
             where ${where})
       group by option, way order by sum(count(*)) over (partition by option) desc, option`,
      bindings,
    )
    const selection = { where, bindings }
    return {
      rows: inOrder(rows),
      notes: [...fallbackShare(rows), ...(await missingAmounts(ask, selection, context.organisation.currency))],
    }
  },
}

function inOrder(rows: readonly Row[]): ReportRow[] {
  const options = [...new Set(rows.map((row) => row.option as string))]
  return options.flatMap((option) => {
    const of = rows.filter((row) => row.option === option)
    const whole = (figure: string) => of.reduce((sum, row) => sum + Number(count(row[figure])), 0)
    return (Object.keys(WAYS) as Way[]).flatMap((way) =>
      of
        .filter((row) => row.way === way)
        .map((row) => ({
          option,
          way,
          inWords: WAYS[way],
          opportunities: count(row.opportunities),
          share: share(row.opportunities, whole('opportunities')),
          amount: count(row.amount),
          amountShare: share(row.amount, whole('amount')),
          openThen: count(row.open_then),
          open: count(row.open),
          pipeline: count(row.pipeline),
          won: count(row.won),
          wonAmount: count(row.won_amount),
        })),
    )
  })
}

function fallbackShare(rows: readonly Row[]): string[] {
  const sum = (of: readonly Row[]) => of.reduce((total, row) => total + Number(count(row.opportunities)), 0)
  const all = sum(rows)
  if (all === 0) return []
  const fallbacks = sum(rows.filter((row) => String(row.way).startsWith('fallback')))
  return [
    `Of ${all} opportunities ${fallbacks} (${((100 * fallbacks) / all).toFixed(1)} %) came from nobody’s journey.`,
  ]
}
