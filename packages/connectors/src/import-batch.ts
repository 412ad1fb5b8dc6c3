import type { Fact } from '@throughline/core'
import type { Profile } from '@throughline/engine'
import type { Reject } from './rejects.ts'

/** How far reading has come. Rows and bytes are of the whole source, in the phase named. */
export type ReadingProgress = Readonly<{
  /** `check`: every byte is looked at before anything is given out. `translate`: rows become facts. */
  phase: 'check' | 'translate'
  file: string
  rowsDone: number
  bytesDone: number
  bytesTotal: number
}>

/** Something a person should know about an import that is no fault of any row. */
export type ImportNote = Readonly<{
  code: 'absent-file' | 'ignored-file' | 'ignored-columns' | 'absent-column' | 'repeated-rows' | 'left-out' | 'inferred'
  file?: string
  detail: string
  /** How many rows or columns it is about. */
  count?: number
}>

/**
 * A piece of an import, to be stored in one transaction together with its `position`. Giving `position`
 * back as `resumeFrom` goes on after this piece; the same source gives the same pieces every time.
 */
export type ImportBatch = Readonly<{
  facts: readonly Fact[]
  profiles: readonly Profile[]
  rejects: readonly Reject[]
  notes: readonly ImportNote[]
  progress: ReadingProgress
  position: unknown
}>

/** Options every reader has. */
export type ReadingOptions = Readonly<{
  /** Secret for hashing e-mail addresses; see `Store.pseudonymKey`. */
  pseudonymKey: Uint8Array
  /** Facts in a batch, about. Default 5000. */
  batchSize?: number
  /** Longest row in characters. Default 1,048,576. */
  maxRecord?: number
  /** A position from an earlier batch of the same source. One of another source is ignored. */
  resumeFrom?: unknown
  onProgress?: ((progress: ReadingProgress) => void) | undefined
  signal?: AbortSignal | undefined
}>

export const DEFAULT_BATCH_SIZE = 5000
