/**
 * A stream of pseudo-random choices made with 32-bit integer arithmetic only, so that it is the same on every
 * machine. Chances are given per mille and choices by integer weights: no fraction is ever compared.
 */
export type Random = Readonly<{
  /** An integer from 0 up to, not including, `limit` (at most 2^32). */
  below(limit: number): number
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True in `perMille` of a thousand cases. */
  chance(perMille: number): boolean
  /** One of the list, each as likely as any other. */
  pick<T>(list: readonly T[]): T
  /** One of the table's values, by its weight. */
  from<T>(table: Weighted<T>): T
}>

/** Values with integer weights, prepared for choosing. */
export type Weighted<T> = Readonly<{ values: readonly T[]; cumulative: readonly number[]; total: number }>

/** Prepares a table for {@link Random.from}. Weights are integers of 0 or more, at least one above 0. */
export function weighted<T>(entries: readonly (readonly [value: T, weight: number])[]): Weighted<T> {
  const cumulative: number[] = []
  let total = 0
  for (const [, weight] of entries) {
    total += weight
    cumulative.push(total)
  }
  return { values: entries.map(([value]) => value), cumulative, total }
}

/** The index of the table's entry that `position` (0 up to the total) falls on. */
export function entryAt(cumulative: readonly number[], position: number): number {
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cumulative[middle] as number) > position) high = middle
    else low = middle + 1
  }
  return low
}

const TWO_TO_32 = 4_294_967_296

/**
 * A stream of its own for each seed and name, such as `('42', 'company', 17)`: what one company draws never
 * moves what another draws. Generator: xoshiro128** by Blackman and Vigna, seeded through a 32-bit mixer.
 */
export function randomFrom(seed: number | string, name: string, index = 0): Random {
  let mixed = mixText(0x9e3779b9, `${typeof seed}:${seed}`)
  mixed = mixText(mixed, name)
  mixed = Math.imul(mixed ^ index, 0x85ebca6b) ^ Math.imul(index + 0x7f4a7c15, 0xc2b2ae35)
  const word = () => {
    mixed = (mixed + 0x9e3779b9) | 0
    let z = mixed
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = word()
  let b = word()
  let c = word()
  // Never all zero, which the generator could not leave.
  let d = word() | 1

  const next = () => {
    const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return scrambled
  }
  const below = (limit: number) => Math.floor((next() * limit) / TWO_TO_32)
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (perMille) => below(1000) < perMille,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    from: <T>(table: Weighted<T>) => table.values[entryAt(table.cumulative, below(table.total))] as T,
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

function mixText(start: number, text: string): number {
  let hash = start
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash ^= hash >>> 15
  }
  return hash
}
