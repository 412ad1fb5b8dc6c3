import { idChunk } from './ids.ts'

/**
 * A growing set of Salesforce ids, numbered from 0 in the order they were added: about 20 bytes an id,
 * where a `Map` of strings takes over 100. Ids are 18 characters long.
 */
export class IdTable {
  #slots = new Int32Array(1 << 10).fill(-1)
  #chunks = new Int32Array(3 << 9)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The id's number, or -1. */
  find(id: string): number {
    const a = idChunk(id, 0)
    const b = idChunk(id, 5)
    const c = idChunk(id, 10)
    return this.#slots[this.#slotOf(a, b, c)] as number
  }

  /** The id's number; a new one if it is not there yet. */
  add(id: string): number {
    const a = idChunk(id, 0)
    const b = idChunk(id, 5)
    const c = idChunk(id, 10)
    let slot = this.#slotOf(a, b, c)
    const known = this.#slots[slot] as number
    if (known >= 0) return known
    if (this.#size * 3 >= this.#slots.length * 2) {
      this.#grow()
      slot = this.#slotOf(a, b, c)
    }
    const number = this.#size++
    if (number * 3 >= this.#chunks.length) this.#chunks = resized(this.#chunks, number * 3 + 3)
    this.#chunks[number * 3] = a
    this.#chunks[number * 3 + 1] = b
    this.#chunks[number * 3 + 2] = c
    this.#slots[slot] = number
    return number
  }

  #slotOf(a: number, b: number, c: number): number {
    const slots = this.#slots
    const chunks = this.#chunks
    const mask = slots.length - 1
    let slot = hash(a, b, c) & mask
    for (;;) {
      const number = slots[slot] as number
      if (number < 0) return slot
      const at = number * 3
      if (chunks[at] === a && chunks[at + 1] === b && chunks[at + 2] === c) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const chunks = this.#chunks
    for (let number = 0; number < this.#size; number++) {
      const at = number * 3
      const slot = this.#slotOf(chunks[at] as number, chunks[at + 1] as number, chunks[at + 2] as number)
      this.#slots[slot] = number
    }
  }
}

/** A larger copy, at least `needed` long and half as long again as before. */
export function resized<T extends Int32Array | Float64Array | Uint8Array>(array: T, needed: number): T {
  const larger = new (array.constructor as new (length: number) => T)(Math.max(needed, Math.ceil(array.length * 1.5)))
  larger.set(array)
  return larger
}

function hash(a: number, b: number, c: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15) ^ b, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 13) ^ c, 0x27d4eb2f)
  return (h ^ (h >>> 16)) >>> 0
}
