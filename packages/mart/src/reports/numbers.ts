import type { Cell } from '../database.ts'

/** A count or sum as SQL gives it: nothing counted is 0. Sums beyond 2⁵³ stay exact as decimal text. */
export function count(value: Cell | undefined): number | string {
  return typeof value === 'number' || typeof value === 'string' ? value : 0
}

/** A measure that may not exist, such as the median of nothing. */
export function measure(value: Cell | undefined): number | null {
  return typeof value === 'number' ? value : null
}

/** A part of a whole, 0 to 1; null where there is no whole. */
export function share(part: Cell | undefined, whole: Cell | undefined): number | null {
  const of = Number(whole ?? 0)
  return of === 0 ? null : Number(part ?? 0) / of
}
