import {
  type Comparison,
  DIMENSIONS,
  type Dimension,
  type Filter,
  type FilterDescription,
  filtersOf,
  type ReportParameters,
} from '@throughline/engine'

/** A field that can be filtered by, and what it is in SQL: texts must not be null there, other types may be. */
export type FilterField = FilterDescription & Readonly<{ sql: string }>

/** What reports over journeys and opportunities alike can be filtered by: every dimension, and the account. */
export const DIMENSION_FILTERS: readonly FilterDescription[] = [
  ...DIMENSIONS.map(
    (field): FilterDescription => ({ field, type: 'text', description: 'The option of this dimension.' }),
  ),
  { field: 'account', type: 'text', description: 'Id of the account.' },
]

/** Whether a field is a dimension. */
export function isDimension(field: string): field is Dimension {
  return (DIMENSIONS as readonly string[]).includes(field)
}

/** The values that the conditions bind: `$where0` is the first one's, and so on. */
export function filterBindings(parameters: ReportParameters): Record<string, string> {
  return Object.fromEntries(filtersOf(parameters).map(({ value }, i) => [`where${i}`, value]))
}

/** The conditions of a question as SQL; `fieldOf` says what a field is in the table that is read. */
export function filterConditions(
  parameters: ReportParameters,
  fieldOf: (field: string) => Pick<FilterField, 'sql' | 'type'>,
): string[] {
  const filters = filtersOf(parameters)
  const alternatives = new Map<string, string[]>()
  const conditions: string[] = []
  for (const [i, filter] of filters.entries()) {
    const condition = conditionSql(filter, `$where${i}`, fieldOf(filter.field))
    if (filter.comparison !== 'is') conditions.push(condition)
    else alternatives.set(filter.field, [...(alternatives.get(filter.field) ?? []), condition])
  }
  return [...conditions, ...[...alternatives.values()].map((any) => `(${any.join(' or ')})`)]
}

const SIGNS: Readonly<Record<Exclude<Comparison, 'contains'>, string>> = {
  is: '=',
  'is-not': 'is distinct from',
  from: '>=',
  to: '<=',
}

const CASTS: Readonly<Record<FilterDescription['type'], string>> = {
  text: '::VARCHAR',
  choice: '::VARCHAR',
  count: '::BIGINT',
  money: '::BIGINT',
  day: '::DATE',
}

function conditionSql({ comparison }: Filter, bound: string, { sql, type }: Pick<FilterField, 'sql' | 'type'>): string {
  return comparison === 'contains'
    ? `contains(lower(${sql}), lower(${bound}::VARCHAR))`
    : `${sql} ${SIGNS[comparison]} ${bound}${CASTS[type]}`
}
