/** Conditions such as `medium:paid-search`, as sentences and back. The report reads them; so does its answer. */
import { type Comparison, type Filter, type FilterDescription, readFilter } from '@throughline/engine/reports'
import { day, money } from '../format.ts'
import { DIMENSIONS, type Dimension } from '../search.ts'

/** How a comparison is said and written. */
export const COMPARISONS: Readonly<Record<Comparison, Readonly<{ says: string; sign: string }>>> = {
  is: { says: 'is', sign: '' },
  'is-not': { says: 'is not', sign: '!' },
  contains: { says: 'contains', sign: '~' },
  from: { says: 'is at least', sign: '>=' },
  to: { says: 'is at most', sign: '<=' },
}

/** Which comparisons make sense for a field. */
export function comparisonsOf({ type }: Pick<FilterDescription, 'type'>): readonly Comparison[] {
  if (type === 'text') return ['is', 'is-not', 'contains']
  return type === 'choice' ? ['is', 'is-not'] : ['is', 'is-not', 'from', 'to']
}

/** A condition as the address carries it. */
export const writeFilter = ({ field, comparison, value }: Filter): string =>
  `${field}${COMPARISONS[comparison].sign}:${value}`

/** A field's name: `Engagement type` for `engagement-type`. */
export function fieldLabel(field: string): string {
  if (field in DIMENSIONS) return DIMENSIONS[field as Dimension]
  const [, from, to] = /^days-(\d)-(\d)$/.exec(field) ?? []
  if (from && to) return `Days from stage ${from} to ${to}`
  const words = field.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A condition as a short sentence; as it is where nobody can read it. */
export function sentenceOf(text: string, fields: readonly FilterDescription[], currency: string): string {
  const filter = readFilter(text)
  if (!filter) return text
  const type = fields.find(({ field }) => field === filter.field)?.type
  const value =
    type === 'money' ? money(Number(filter.value), currency) : type === 'day' ? day(filter.value) : filter.value
  const says =
    type === 'day' && filter.comparison !== 'is' && filter.comparison !== 'is-not'
      ? filter.comparison === 'from'
        ? 'is from'
        : 'is until'
      : COMPARISONS[filter.comparison].says
  return `${fieldLabel(filter.field)} ${says} ${value}`
}

/** The conditions without one of them. */
export const without = (where: readonly string[], text: string): string[] | undefined => {
  const rest = where.filter((one) => one !== text)
  return rest.length > 0 ? rest : undefined
}
