import { IdTable, resized } from './id-table.ts'

/** Which rows of an object share an id. Row numbers count over all files of the object, from 0. */
export type Duplicates = Readonly<{
  /** Ids that occur with different contents, and how often. */
  conflicts: ReadonlyMap<string, number>
  /** Rows that repeat an earlier one to the letter. */
  repeats: ReadonlySet<number>
}>

export const NO_DUPLICATES: Duplicates = { conflicts: new Map(), repeats: new Set() }

/** Finds rows that share an id: about 25 bytes a row while it works. */
export class DuplicateFinder {
  readonly #ids = new IdTable()
  readonly #conflicts = new Set<string>()
  readonly #repeats = new Map<number, string>()
  #hashes = new Int32Array(0)
  #counts = new Map<string, number>()

  /** Takes in a row: its id, all its cells, and its number. */
  add(id: string, cells: readonly string[], row: number): void {
    const known = this.#ids.size
    const number = this.#ids.add(id)
    const content = contentHash(cells)
    if (number === known) {
      if (number >= this.#hashes.length) this.#hashes = resized(this.#hashes, number + 512)
      this.#hashes[number] = content
      return
    }
    const key = Buffer.from(id, 'latin1').toString('latin1')
    this.#counts.set(key, (this.#counts.get(key) ?? 1) + 1)
    if (this.#hashes[number] !== content) this.#conflicts.add(key)
    else this.#repeats.set(row, key)
  }

  result(): Duplicates {
    const conflicts = new Map<string, number>()
    for (const key of this.#conflicts) conflicts.set(key, this.#counts.get(key) as number)
    const repeats = new Set<number>()
    // Where rows of an id differ, all of them are refused, the repeated ones too.
    for (const [row, key] of this.#repeats) if (!conflicts.has(key)) repeats.add(row)
    return { conflicts, repeats }
  }
}

/** A 32-bit hash (FNV-1a) of a row's cells: different hashes, different rows. */
export function contentHash(cells: readonly string[]): number {
  let h = 0x811c9dc5
  for (const cell of cells) {
    for (let i = 0; i < cell.length; i++) h = Math.imul(h ^ cell.charCodeAt(i), 0x01000193)
    h = Math.imul(h ^ 0x1ffff, 0x01000193)
  }
  return h
}
