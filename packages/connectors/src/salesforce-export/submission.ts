import { dayNumberOf, type Instant, instantOf, type Submission, type Tags, type Zone } from '@throughline/core'
import type { Column, ColumnFinder } from '../csv/columns.ts'
import type { ColumnNames, TagColumns } from './options.ts'
import { type Draft, dayNumberAt, instantAt, textAt } from './values.ts'

/** The names of the columns a submission is read from. */
export type SubmissionColumns = Readonly<{
  first: TagColumns
  last: TagColumns
  engagementType: ColumnNames
  engagementDate: ColumnNames
}>

/** A submission, and whether only the day of it is known. */
export type SubmissionRead = Readonly<{ submission: Submission | undefined; dayOnly: boolean }>

/** Reads the values an interaction brought along. A day alone is its first minute, or the row's own creation on that day. */
export function submissionReader(
  find: ColumnFinder,
  names: SubmissionColumns,
  zone: Zone,
): (cells: readonly string[], createdAt: Instant) => SubmissionRead {
  const first = tagsReader(find, names.first)
  const last = tagsReader(find, names.last)
  const type = find.optional(...names.engagementType)
  const date = find.optional(...names.engagementDate)
  return (cells, createdAt) => {
    const submission: Draft<Submission> = {}
    const firstTags = first(cells)
    const lastTags = last(cells)
    const engagementType = textAt(cells, type)
    const { at, dayOnly } = engagementAt(cells, date, createdAt, zone)
    if (firstTags) submission.first = firstTags
    if (lastTags) submission.last = lastTags
    if (engagementType !== undefined) submission.engagementType = engagementType
    if (at !== undefined) submission.engagementAt = at
    const empty = !firstTags && !lastTags && engagementType === undefined && at === undefined
    return { submission: empty ? undefined : submission, dayOnly }
  }
}

function engagementAt(
  cells: readonly string[],
  column: Column,
  createdAt: Instant,
  zone: Zone,
): Readonly<{ at: Instant | undefined; dayOnly: boolean }> {
  const text = cells[column.index]?.trim() ?? ''
  if (text.length > 10) return { at: instantAt(cells, column), dayOnly: false }
  const day = dayNumberAt(cells, column)
  if (day === undefined) return { at: undefined, dayOnly: false }
  if (day === dayNumberOf(zone, createdAt)) return { at: createdAt, dayOnly: false }
  return { at: instantOf(zone, day), dayOnly: true }
}

function tagsReader(find: ColumnFinder, names: TagColumns): (cells: readonly string[]) => Tags | undefined {
  const columns = (['medium', 'source', 'campaign', 'content', 'term'] as const)
    .map((tag) => [tag, find.optional(...names[tag])] as const)
    .filter(([, column]) => column.index >= 0)
  return (cells) => {
    let tags: Draft<Tags> | undefined
    for (const [tag, column] of columns) {
      const text = textAt(cells, column)
      if (text === undefined) continue
      tags ??= {}
      tags[tag] = text
    }
    return tags
  }
}
