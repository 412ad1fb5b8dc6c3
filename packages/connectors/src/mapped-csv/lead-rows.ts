import type { Fact, Instant, LeadCreated, Submission, UserId, Zone } from '@throughline/core'
import type { Profile } from '@throughline/engine'
import type { Column, ColumnFinder } from '../csv/columns.ts'
import { emailHasher } from '../email.ts'
import { RowFault } from '../rejects.ts'
import { type Draft, fieldValue, textAt } from '../salesforce-export/values.ts'
import { idReader, neededText, numberReader, tagsReader, textReader, timeReader } from './cell-readers.ts'
import type { LeadMapping } from './mapping.ts'
import type { Moment } from './time-format.ts'

/** What a deal must know of its lead. */
export type LeadBrief = Readonly<{ id: string; createdAt: Instant; owner: UserId }>

export type LeadRow = Readonly<{ facts: readonly Fact[]; profile: Profile | undefined }>

/** Reads of a lead's row all it says, or only what its deals must know. */
export type LeadReader = Readonly<{
  row(cells: readonly string[]): LeadRow
  brief(cells: readonly string[]): LeadBrief
}>

const PROFILE = ['firstName', 'lastName', 'email', 'company', 'title', 'phone', 'country'] as const

/** Binds the mapping's lead part to a file; its rows become a creation, perhaps a status, and details kept apart. */
export function leadReader(
  find: ColumnFinder,
  mapping: LeadMapping,
  source: string,
  zone: Zone,
  pseudonymKey: Uint8Array,
): LeadReader {
  const id = idReader(find, mapping.id)
  const created = timeReader(find, mapping.created, zone)
  const createdColumn = typeof mapping.created === 'string' ? mapping.created : mapping.created.column
  const by = neededText(find, mapping.createdBy, 'createdBy')
  const owner = neededText(find, mapping.owner, 'owner')
  const status = textReader(find, mapping.status)
  const statusIsConstant = typeof mapping.status === 'object' && 'constant' in mapping.status
  const statusSince = timeReader(find, mapping.statusSince, zone)
  const score = numberReader(find, mapping.score)
  const leadSource = textReader(find, mapping.leadSource)
  const submissionOf = submissionReader(find, mapping, zone)
  const emailKey = emailHasher(pseudonymKey)
  const details = PROFILE.filter((name) => mapping[name] !== undefined).map(
    (name) => [name, find.required(mapping[name] as string)] as const,
  )
  const fields: readonly (readonly [string, Column])[] = Object.entries(mapping.fields ?? {}).map(([name, column]) => [
    name,
    find.required(column),
  ])

  const momentOf = (cells: readonly string[]): Moment => {
    const moment = created(cells)
    if (moment) return moment
    throw new RowFault(
      'missing-value',
      createdColumn,
      '',
      'the cell is empty.',
      `Fill in ${createdColumn}, or leave the row out.`,
    )
  }

  const row = (cells: readonly string[]): LeadRow => {
    const lead = id(cells)
    const prefix = `${source}/lead/${lead}`
    const moment = momentOf(cells)
    const base = { occurredAt: moment.at, recordedAt: moment.at }
    const fact: Draft<LeadCreated> = {
      kind: 'lead-created',
      id: `${prefix}/created`,
      ...base,
      lead,
      by: by(cells),
      owner: owner(cells),
    }
    if (moment.dayOnly) fact.inferred = 'day-only'
    const facts: Fact[] = [fact]

    const now = status(cells)
    if (now !== undefined && statusIsConstant) fact.status = now
    else if (now !== undefined) {
      const since = statusSince(cells)
      facts.push({
        kind: 'status-changed',
        id: `${prefix}/status/${since?.at ?? 'now'}`,
        occurredAt: since?.at ?? moment.at,
        recordedAt: since?.at ?? moment.at,
        ...(since === undefined ? ({ inferred: 'current-value' } as const) : {}),
        ...(since?.dayOnly ? ({ inferred: 'day-only' } as const) : {}),
        record: `lead:${lead}`,
        to: now,
      })
    }
    const points = score(cells)
    if (points !== undefined) fact.score = Number(points)
    const origin = leadSource(cells)
    if (origin !== undefined) fact.leadSource = origin
    const submission = submissionOf(cells)
    if (submission) fact.submission = submission
    if (fields.length > 0)
      fact.fields = Object.fromEntries(fields.map(([name, column]) => [name, fieldValue(textAt(cells, column))]))

    const profile: Draft<Profile> = { key: `lead:${lead}` }
    for (const [name, column] of details) {
      const text = textAt(cells, column)
      if (text !== undefined) profile[name] = text
    }
    const email = profile.email === undefined ? undefined : emailKey(profile.email)
    if (email) fact.email = email
    return { facts, profile: details.length > 0 ? profile : undefined }
  }
  return { row, brief: (cells) => ({ id: id(cells), createdAt: momentOf(cells).at, owner: owner(cells) }) }
}

function submissionReader(
  find: ColumnFinder,
  mapping: LeadMapping,
  zone: Zone,
): (cells: readonly string[]) => Submission | undefined {
  const first = tagsReader(find, mapping.first)
  const last = tagsReader(find, mapping.last)
  const type = textReader(find, mapping.engagementType)
  const date = timeReader(find, mapping.engagementDate, zone)
  return (cells) => {
    const submission: Draft<Submission> = {}
    const firstTags = first(cells)
    const lastTags = last(cells)
    const engagementType = type(cells)
    const engagementAt = date(cells)?.at
    if (firstTags) submission.first = firstTags
    if (lastTags) submission.last = lastTags
    if (engagementType !== undefined) submission.engagementType = engagementType
    if (engagementAt !== undefined) submission.engagementAt = engagementAt
    return Object.keys(submission).length > 0 ? submission : undefined
  }
}
