import type { Condition, Criteria } from './rules.ts'

/** The value of a field of whatever is tested; undefined and null are both blank. */
export type FieldReader = (field: string) => string | number | boolean | null | undefined

/** True when any of the sets holds entirely. */
export function meets(criteria: Criteria, read: FieldReader): boolean {
  for (const set of criteria) if (holdsAll(set, read)) return true
  return false
}

const NONE: readonly number[] = []

/** The places of the sets that hold entirely, so that one that comes to hold can be told from one that held before. */
export function setsMet(criteria: Criteria, read: FieldReader): readonly number[] {
  let met: number[] | undefined
  for (let place = 0; place < criteria.length; place++) {
    if (!holdsAll(criteria[place] as Criteria[number], read)) continue
    if (met) met.push(place)
    else met = [place]
  }
  return met ?? NONE
}

function holdsAll(set: Criteria[number], read: FieldReader): boolean {
  for (const condition of set) if (!holds(condition, read)) return false
  return set.length > 0
}

function holds({ field, operator, value }: Condition, read: FieldReader): boolean {
  const actual = read(field)
  switch (operator) {
    case 'is-blank':
      return isBlank(actual)
    case 'is-present':
      return !isBlank(actual)
    case 'equals':
      return same(actual, scalar(value))
    case 'not-equals':
      return !same(actual, scalar(value))
    case 'in':
      return list(value).some((one) => same(actual, one))
    case 'not-in':
      return !list(value).some((one) => same(actual, one))
    case 'contains':
      return !isBlank(actual) && text(actual).includes(text(scalar(value)))
    case 'starts-with':
      return !isBlank(actual) && text(actual).startsWith(text(scalar(value)))
    case 'greater-than':
      return compare(actual, scalar(value), (a, b) => a > b)
    case 'at-least':
      return compare(actual, scalar(value), (a, b) => a >= b)
    case 'less-than':
      return compare(actual, scalar(value), (a, b) => a < b)
    case 'at-most':
      return compare(actual, scalar(value), (a, b) => a <= b)
  }
}

/** Whether two texts are the same name: case and surrounding blanks do not count, as in criteria. */
export const isSameName = (a: string, b: string): boolean => a === b || text(a) === text(b)

/** Whether a name is in a list, compared as in criteria. */
export const isNamedIn = (names: readonly string[], name: string): boolean =>
  names.includes(name) || names.some((one) => isSameName(one, name))

type Value = string | number | boolean | null | undefined

const isBlank = (value: Value): boolean => value === null || value === undefined || value === ''
const text = (value: Value): string => (isBlank(value) ? '' : String(value).trim().toLowerCase())
const scalar = (value: Condition['value']): Value => (Array.isArray(value) ? value[0] : (value as Value))
const list = (value: Condition['value']): readonly Value[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value as Value]

function same(a: Value, b: Value): boolean {
  if (a === b) return true
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b)
  return text(a) === text(b)
}

function compare(a: Value, b: Value, test: (a: number, b: number) => boolean): boolean {
  if (isBlank(a) || isBlank(b)) return false
  const left = Number(a)
  const right = Number(b)
  return !Number.isNaN(left) && !Number.isNaN(right) && test(left, right)
}
