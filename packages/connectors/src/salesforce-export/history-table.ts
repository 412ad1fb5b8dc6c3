import type { Instant } from '@throughline/core'
import { IdTable, resized } from './id-table.ts'
import { idSequence } from './ids.ts'
import type { Interner } from './interner.ts'

/** What the history of one field of one record begins and ends with. */
export type FieldSpan = Readonly<{
  firstAt: Instant
  /** What the field held before its first known change; blank where it was empty. */
  firstOld: string
  lastAt: Instant
  /** What the last known change set it to. */
  lastNew: string
}>

/**
 * First and last change of each tracked field of each record: what is needed to tell a record's values at
 * its creation from its values now. The rows in between are not kept. Order of arrival does not matter:
 * changes of one second go by their row's id. About 20 bytes a record and 40 a record and field.
 */
export class HistoryTable {
  readonly #fields: number
  readonly #texts: Interner
  readonly #records = new IdTable()
  readonly #earliest: Float64Array
  #times = new Float64Array(0)
  #sequences = new Float64Array(0)
  #values = new Int32Array(0)

  /** @param fields how many fields are tracked, numbered from 0. */
  constructor(fields: number, texts: Interner) {
    this.#fields = fields
    this.#texts = texts
    this.#earliest = new Float64Array(fields).fill(Number.POSITIVE_INFINITY)
  }

  /** Takes in one row of history. */
  add(record: string, field: number, row: string, at: Instant, oldValue: string, newValue: string): void {
    if (at < (this.#earliest[field] as number)) this.#earliest[field] = at
    const entry = this.#entry(this.#records.add(record), field)
    const sequence = idSequence(row)
    const times = this.#times
    const sequences = this.#sequences
    const empty = Number.isNaN(times[entry] as number)
    if (empty || before(at, sequence, times[entry] as number, sequences[entry] as number)) {
      times[entry] = at
      sequences[entry] = sequence
      this.#values[entry] = this.#texts.numberOf(oldValue)
    }
    if (empty || before(times[entry + 1] as number, sequences[entry + 1] as number, at, sequence)) {
      times[entry + 1] = at
      sequences[entry + 1] = sequence
      this.#values[entry + 1] = this.#texts.numberOf(newValue)
    }
  }

  /** The record's number for `span`; -1 where it has no history. */
  find(record: string): number {
    return this.#records.find(record)
  }

  /** First and last change of a field; undefined where there is none. */
  span(number: number, field: number): FieldSpan | undefined {
    if (number < 0) return undefined
    const entry = (number * this.#fields + field) * 2
    const firstAt = this.#times[entry] as number
    if (Number.isNaN(firstAt)) return undefined
    return {
      firstAt,
      firstOld: this.#texts.textOf(this.#values[entry] as number),
      lastAt: this.#times[entry + 1] as number,
      lastNew: this.#texts.textOf(this.#values[entry + 1] as number),
    }
  }

  /** True of the row that `span` gives as the field's last change. */
  isLast(number: number, field: number, row: string, at: Instant): boolean {
    if (number < 0) return false
    const entry = (number * this.#fields + field) * 2 + 1
    return this.#times[entry] === at && this.#sequences[entry] === idSequence(row)
  }

  /** When the first change of this field of any record was recorded; infinity where there is none. */
  trackedSince(field: number): Instant {
    return this.#earliest[field] as number
  }

  #entry(number: number, field: number): number {
    const entry = (number * this.#fields + field) * 2
    const needed = (number + 1) * this.#fields * 2
    if (needed > this.#times.length) {
      const had = this.#times.length
      this.#times = resized(this.#times, needed)
      this.#times.fill(Number.NaN, had)
      this.#sequences = resized(this.#sequences, this.#times.length)
      this.#values = resized(this.#values, this.#times.length)
    }
    return entry
  }
}

function before(at: Instant, sequence: number, otherAt: Instant, otherSequence: number): boolean {
  return at < otherAt || (at === otherAt && sequence < otherSequence)
}
