import type { Instant } from '@throughline/core'
import type { HistoryTable } from './history-table.ts'

/** A record as its row shows it, and the table its history is in. */
export type RecordNow = Readonly<{
  createdAt: Instant
  modifiedAt: Instant
  history: HistoryTable | undefined
  /** The record's number in `history`, or -1. */
  number: number
}>

/** What one field was at the record's creation, and what must have happened to it since. */
export type Past = Readonly<{
  /** The value at creation; blank where the field was empty; undefined where nobody can know. */
  atCreation: string | undefined
  /** A change that no history row tells but that must have happened, at the latest then. */
  unseen: Instant | undefined
}>

/**
 * Works back from a field's present value.
 *
 * With history, the oldest row's old value is the value at creation, and if the newest row does not lead to
 * the present value, somebody changed it unseen. Without, the present value is the first one where the
 * record was never modified, or where history was kept for this field when the record was made and has no
 * row of it. Otherwise the value at creation is unknown.
 */
export function pastOf(record: RecordNow, field: number, now: string): Past {
  const { history, number } = record
  const span = history?.span(number, field)
  if (span) {
    const unseen = span.lastNew === now ? undefined : Math.max(record.modifiedAt, span.lastAt)
    return { atCreation: span.firstOld, unseen }
  }
  const since = history?.trackedSince(field) ?? Number.POSITIVE_INFINITY
  const covered = since !== Number.POSITIVE_INFINITY && (record.createdAt >= since || number >= 0)
  if (covered || record.modifiedAt <= record.createdAt) return { atCreation: now, unseen: undefined }
  return { atCreation: undefined, unseen: record.modifiedAt }
}
