import { type Day, formatDay, parseDay } from '@throughline/core'
import type { ReportParameters, ReportRow } from '@throughline/engine'
import type { Ask } from '../database.ts'
import type { Answer, ReportContext, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { count, share } from './numbers.ts'
import { journeySelection, missingAmounts, opportunitySelection } from './selection.ts'

const FIGURES = [
  { key: 'activations', label: 'Activations', unit: 'count' },
  { key: 'opportunities', label: 'Opportunities created', unit: 'count' },
  { key: 'pipeline', label: 'Pipeline', unit: 'money' },
  { key: 'won', label: 'Won', unit: 'count' },
  { key: 'wonAmount', label: 'Amount won', unit: 'money' },
  { key: 'conversion', label: 'Activations that led to an opportunity', unit: 'ratio' },
] as const

type Figures = Readonly<Record<(typeof FIGURES)[number]['key'], number | string | null>>

/** How things are, against the period before. */
export const overview: ReportDefinition = {
  name: 'overview',
  title: 'Overview',
  description:
    'Activations, pipeline, won deals and conversion of a period against the period of the same length before.',
  takes: ['from', 'to', 'where', 'withoutFallbacks'],
  filters: DIMENSION_FILTERS,
  defaults: {},
  columns: [
    { key: 'figure', label: 'Figure', type: 'text' },
    { key: 'label', label: 'Name', type: 'text' },
    { key: 'unit', label: 'Unit', type: 'text', description: '`count`, `money` (minor units) or `ratio`.' },
    { key: 'value', label: 'Value', type: 'count' },
    {
      key: 'before',
      label: 'Before',
      type: 'count',
      description: 'The same in the period before; empty without bounds.',
    },
    { key: 'change', label: 'Change', type: 'ratio', description: 'Difference as a share of the value before.' },
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const now = await figures(ask, parameters, context)
    const earlier = periodBefore(parameters)
    const before = earlier && (await figures(ask, { ...parameters, ...earlier }, context))
    const created = opportunitySelection({ ...parameters, withoutFallbacks: false }, STAGE4, context)
    return {
      rows: FIGURES.map(({ key, label, unit }): ReportRow => {
        const value = now[key]
        const then = before ? before[key] : null
        return {
          figure: key,
          label,
          unit,
          value,
          before: then,
          change: then === null || value === null ? null : share(Number(value) - Number(then), then),
        }
      }),
      notes: [
        ...(earlier ? [`Before: ${earlier.from} to ${earlier.to}.`] : []),
        ...(await missingAmounts(ask, created, context.organisation.currency)),
      ],
    }
  },
}

const STAGE1 = { day: 'stage1_on', owner: 'stage1_owner' }
const STAGE4 = { day: 'stage4_on', owner: 'stage4_owner' }
const STAGE6 = { day: 'stage6_on', owner: 'stage6_owner' }

async function figures(ask: Ask, parameters: ReportParameters, context: ReportContext): Promise<Figures> {
  const journeys = journeySelection(parameters, STAGE1, context)
  const every = { ...parameters, withoutFallbacks: false }
  const created = opportunitySelection(every, STAGE4, context)
  const won = opportunitySelection(every, STAGE6, context)
  const [begun] = await ask(
    `select count(*) as activations, count(stage4_at) as converted from journeys where ${journeys.where}`,
    journeys.bindings,
  )
  const [made] = await ask(
    `select count(*) as opportunities, sum(organisation_amount) filter (not closed) as pipeline
     from opportunities where ${created.where}`,
    created.bindings,
  )
  const [deals] = await ask(
    `select count(*) as won, sum(organisation_amount) as amount
     from opportunities where ${won.where} and stage6_at is not null`,
    won.bindings,
  )
  return {
    activations: count(begun?.activations),
    opportunities: count(made?.opportunities),
    pipeline: count(made?.pipeline),
    won: count(deals?.won),
    wonAmount: count(deals?.amount),
    conversion: share(begun?.converted, begun?.activations),
  }
}

/** The period of the same length that ends the day before. */
function periodBefore({ from, to }: ReportParameters): Readonly<{ from: Day; to: Day }> | undefined {
  const first = from === undefined ? undefined : parseDay(from)
  const last = to === undefined ? undefined : parseDay(to)
  if (first === undefined || last === undefined) return undefined
  return { from: formatDay(first - (last - first) - 1), to: formatDay(first - 1) }
}
