import { DAY_MS, type Instant } from '@throughline/core'
import type { Dimension, ReportParameters } from '@throughline/engine'
import type { Ask, Cell } from '../database.ts'
import { STAGES } from '../tables/stage-columns.ts'
import type { World } from '../worlds.ts'
import type { ReportContext } from './definition.ts'
import { type FilterField, filterBindings, filterConditions, isDimension } from './filters.ts'

export type Bound = Readonly<Record<string, Cell>>

/** Conditions of a query and the values bound in them. */
export type Selection = Readonly<{ where: string; bindings: Bound }>

/** Which columns of a table play the parts that parameters speak of. */
export type Facets = Readonly<{
  /** The day a period is about. */
  day: string
  owner: string
}>

/** The option of what has no value in a dimension. */
export const NO_VALUE = '(none)'

/** The option of everything, where no dimension was asked for. */
export const ALL = '(all)'

/** How long ahead a journey counts as about to go dormant. */
export const SOON_DAYS = 14

/** The instant before which an open journey's dormancy is near. */
export function soon(world: World): Instant {
  return world.asOf + SOON_DAYS * DAY_MS
}

/** The number of the highest stage a journey reached, as SQL; `of` is the table it is in, with a point. */
export function highestStage(of = ''): string {
  const cases = [...STAGES].reverse().map((stage) => `when ${of}stage${stage}_at is not null then ${stage}`)
  return `case ${cases.join(' ')} end`
}

/** A dimension's option as SQL, for grouping. Owners go by their names. */
export function optionSql(dimension: Dimension, facets: Facets, context: ReportContext): string {
  const plain = (column: string) => `coalesce(${column}, '${NO_VALUE}')`
  const { day, owner } = facets
  switch (dimension) {
    case 'department':
    case 'medium-category':
    case 'medium':
    case 'source':
    case 'campaign':
    case 'engagement-type-category':
    case 'engagement-type':
    case 'activation-type':
    case 'triggered-by':
      return plain(dimension.replaceAll('-', '_'))
    case 'owner':
      return plain(ownerName(owner))
    case 'month':
      return plain(`strftime(${day}, '%Y-%m')`)
    case 'quarter':
      return plain(`year(${day}) || '-Q' || quarter(${day})`)
    case 'fiscal-quarter': {
      const shifted = fiscal(day, context)
      return plain(`'FY' || year(${shifted}) || '-Q' || quarter(${shifted})`)
    }
    case 'fiscal-year':
      return plain(`'FY' || year(${fiscal(day, context)})`)
  }
}

/** The name of a user or queue as SQL; the id where the directory does not know it. */
export function ownerName(owner: string): string {
  return `coalesce((select case when queue then 'Queue: ' || name else name end from users where users.id = ${owner}), ${owner})`
}

/** A day moved so that its calendar year and quarter are its fiscal ones: a fiscal year has the name of the year it ends in. */
function fiscal(day: string, { organisation }: ReportContext): string {
  const { fiscalYearStart } = organisation
  return fiscalYearStart === 1 ? day : `(${day} + interval ${13 - fiscalYearStart} month)`
}

/** Calendar days from one date to another as SQL: 0 where they run backwards, null where one is missing. [U4] */
export function elapsedDays(from: string, to: string): string {
  return `case when ${to} < ${from} then 0 else ${to} - ${from} end`
}

/** Days of `column` from `from` to `to`. */
export function within(column: string, parameters: ReportParameters): string[] {
  const conditions: string[] = []
  if (parameters.from) conditions.push(`${column} >= $from::DATE`)
  if (parameters.to) conditions.push(`${column} <= $to::DATE`)
  return conditions
}

const WITHOUT_FALLBACKS = "activation_type is distinct from 'Opportunity Creation'"

/** Journeys that count, of the period and option asked for. */
export function journeySelection(
  parameters: ReportParameters,
  facets: Facets,
  context: ReportContext,
  own: readonly FilterField[] = [],
): Selection {
  return select(['not voided', ...common(parameters, facets, context, own)], parameters)
}

/** Opportunities that count, of the period and option asked for. */
export function opportunitySelection(
  parameters: ReportParameters,
  facets: Facets,
  context: ReportContext,
  own: readonly FilterField[] = [],
): Selection {
  // Of a cohort are the opportunities that its journeys led to: one that is credited to none is of no cohort. [U2]
  const ofCohort = facets.day === 'stage1_on' ? ['stage1_on is not null'] : []
  return select(['not deleted', ...ofCohort, ...common(parameters, facets, context, own)], parameters)
}

function common(
  parameters: ReportParameters,
  facets: Facets,
  context: ReportContext,
  own: readonly FilterField[] = [],
): string[] {
  const conditions = within(facets.day, parameters)
  // What happened in a period is everything that happened; a cohort's conversion leaves fallbacks out. [U6]
  if (parameters.withoutFallbacks ?? parameters.view !== 'period') conditions.push(WITHOUT_FALLBACKS)
  if (parameters.by && parameters.option !== undefined) {
    conditions.push(`${optionSql(parameters.by, facets, context)} = $option`)
  }
  return [...conditions, ...dimensionConditions(parameters, facets, context, own)]
}

/** The conditions of `where`, in a table that has every dimension, and fields of its own. */
export function dimensionConditions(
  parameters: ReportParameters,
  facets: Facets,
  context: ReportContext,
  own: readonly FilterField[] = [],
): string[] {
  return filterConditions(
    parameters,
    (field) =>
      own.find((one) => one.field === field) ?? { sql: dimensionFieldSql(field, facets, context), type: 'text' },
  )
}

/** A field of `DIMENSION_FILTERS` as SQL. */
function dimensionFieldSql(field: string, facets: Facets, context: ReportContext): string {
  return isDimension(field) ? optionSql(field, facets, context) : `coalesce(${field}, '${NO_VALUE}')`
}

/** Joins conditions and binds the parameters they may name. */
export function select(conditions: readonly string[], parameters: ReportParameters, more: Bound = {}): Selection {
  const { from = null, to = null, option = null, outcome = null } = parameters
  return {
    where: conditions.length > 0 ? conditions.join(' and ') : 'true',
    bindings: { from, to, option, outcome, ...filterBindings(parameters), ...more },
  }
}

/** How many of the opportunities that are counted have an amount that is in no sum, as SQL. */
export const UNPRICED = 'count(*) filter (amount is not null and organisation_amount is null)'

/** Says which amounts are missing from the sums, so that none is dropped in silence. */
export async function missingAmounts(ask: Ask, selection: Selection, currency: string): Promise<string[]> {
  const rows = await ask(
    `select currency, count(*) as opportunities from opportunities
     where ${selection.where} and amount is not null and organisation_amount is null
     group by currency order by currency`,
    selection.bindings,
  )
  return rows.map(
    ({ currency: from, opportunities }) =>
      `${opportunities} ${opportunities === 1 ? 'opportunity' : 'opportunities'} in ${from} ` +
      `${opportunities === 1 ? 'is' : 'are'} missing from the amounts: the rules have no rate from ${from} to ${currency}.`,
  )
}
