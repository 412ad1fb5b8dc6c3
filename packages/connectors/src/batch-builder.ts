import type { Fact } from '@throughline/core'
import type { Profile } from '@throughline/engine'
import { DEFAULT_BATCH_SIZE, type ImportBatch, type ImportNote, type ReadingProgress } from './import-batch.ts'
import type { Reject } from './rejects.ts'

/** What a row became: facts, a reject, or nothing (`undefined`: it repeats an earlier row). */
export type RowOutcome =
  | Readonly<{ facts: readonly Fact[]; profile?: Profile | undefined }>
  | Readonly<{ reject: Reject }>
  | undefined

/** Gathers what rows give until there is a batch of it. */
export class BatchBuilder {
  readonly #size: number
  #facts: Fact[] = []
  #profiles: Profile[] = []
  #rejects: Reject[] = []
  #notes: ImportNote[] = []

  constructor(size = DEFAULT_BATCH_SIZE) {
    this.#size = size
  }

  add(outcome: RowOutcome): void {
    if (outcome === undefined) return
    if ('reject' in outcome) {
      this.#rejects.push(outcome.reject)
      return
    }
    for (const fact of outcome.facts) this.#facts.push(fact)
    if (outcome.profile) this.#profiles.push(outcome.profile)
  }

  note(...notes: readonly ImportNote[]): void {
    this.#notes.push(...notes)
  }

  /** True when there is enough for a batch. */
  get full(): boolean {
    return this.#facts.length >= this.#size || this.#rejects.length >= this.#size
  }

  /** What was gathered, as a batch; gathering starts anew. */
  take(position: unknown, progress: ReadingProgress): ImportBatch {
    const batch = {
      facts: this.#facts,
      profiles: this.#profiles,
      rejects: this.#rejects,
      notes: this.#notes,
      progress,
      position,
    }
    this.#facts = []
    this.#profiles = []
    this.#rejects = []
    this.#notes = []
    return batch
  }
}
