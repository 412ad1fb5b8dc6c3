import type { Derivation, Instant } from '@throughline/core'
import { ORG_FILES, type OrgFile } from './files.ts'
import { isoTime } from './moments.ts'

/** The files of the truth that a derived result is compared with. */
export const TRUTH_FILES = [
  'truth/activations.csv',
  'truth/influences.csv',
  'truth/opportunities.csv',
  'truth/differences.csv',
] as const satisfies readonly OrgFile[]

/** Rows of the truth by file, values in the order of {@link ORG_FILES}, without the header. */
export type TruthRows = Readonly<Record<(typeof TRUTH_FILES)[number], readonly (readonly string[])[]>>

/** What is compared of a derivation. */
export type Derived = Pick<Derivation, 'engagements' | 'journeys' | 'opportunities'>

/** A derived value that is neither true nor explained. `record` is the cause, such as `Interaction:a0I…`. */
export type Disagreement = Readonly<{ record: string; field: string; expected: string; derived: string }>

export type Agreement = Readonly<{
  /** Engagements and opportunities compared. */
  compared: number
  /** Values that differ from the truth exactly as a rule says they must, by the rule's number. */
  explained: Readonly<Record<string, number>>
  disagreements: readonly Disagreement[]
}>

type Values = Record<string, string>

/**
 * Compares everything derived from a generated company with the truth about it, field by field and to the
 * second. A value that differs must be in `truth/differences.csv`, with what the rules must see instead.
 */
export function compareWithTruth(truth: TruthRows, derivations: Iterable<Derived>): Agreement {
  const expected = expectedFrom(truth)
  const explained: Record<string, number> = {}
  for (const row of named(truth, 'truth/differences.csv')) {
    const { record_object, record_id, field = '', seen = '', explained_by = '' } = row
    const record = `${record_object}:${record_id}`
    const values = expected.get(record) ?? {}
    values[field] = seen
    expected.set(record, values)
    explained[explained_by] = (explained[explained_by] ?? 0) + 1
  }

  const disagreements: Disagreement[] = []
  let compared = 0
  const found = new Set<string>()
  for (const derivation of derivations)
    for (const [record, values] of derivedFrom(derivation)) {
      compared++
      // An opportunity is both a record with an attribution and the cause of its fallback.
      for (const field of Object.keys(values)) found.add(`${record} ${field}`)
      compare(record, expected.get(record) ?? {}, values, disagreements)
    }
  for (const [record, values] of expected)
    for (const [field, value] of Object.entries(values))
      if (value !== '' && !found.has(`${record} ${field}`))
        disagreements.push({ record, field, expected: value, derived: '' })
  return { compared, explained, disagreements }
}

function compare(record: string, expected: Values, derived: Values, disagreements: Disagreement[]): void {
  for (const [field, value] of Object.entries(derived)) {
    const wanted = expected[field] ?? ''
    if (wanted !== value) disagreements.push({ record, field, expected: wanted, derived: value })
  }
}

function expectedFrom(truth: TruthRows): Map<string, Values> {
  const expected = new Map<string, Values>()
  for (const row of named(truth, 'truth/activations.csv')) {
    // What only the CRM must see stands among the differences, field by field.
    if (row.really === 'no') continue
    const { activation_type = '', at = '', stage2_at = '', stage3_at = '', completed_at = '', outcome = '' } = row
    const voided = row.voided === 'true' ? 'true' : ''
    expected.set(`${row.cause_object}:${row.cause_id}`, {
      ...{ record_type: 'Activation', parent: '', activation_type, at },
      ...{ stage2_at, stage3_at, completed_at, outcome, voided },
    })
  }
  for (const row of named(truth, 'truth/influences.csv')) {
    const parent = `${row.activation_cause_object}:${row.activation_cause_id}`
    const values = { record_type: 'Influencing Engagement', parent, at: row.at ?? '' }
    expected.set(`${row.cause_object}:${row.cause_id}`, values)
  }
  for (const row of named(truth, 'truth/opportunities.csv')) {
    const record = `Opportunity:${row.opportunity_id}`
    if (row.deleted === 'true') continue
    const attribution_activation = `${row.activation_cause_object}:${row.activation_cause_id}`
    expected.set(record, { ...expected.get(record), attribution_activation })
  }
  return expected
}

function* derivedFrom({ engagements, journeys, opportunities }: Derived): Generator<readonly [string, Values]> {
  const byId = new Map(journeys.map((journey) => [journey.id, journey]))
  for (const { id, recordType, parent, activationType, at, voided } of engagements) {
    const values: Values = { record_type: recordType, at: time(at) }
    const journey = byId.get(id)
    values.parent = parent === null ? '' : causeOf(parent)
    values.activation_type = activationType ?? ''
    values.stage2_at = time(journey?.stages[1]?.at)
    values.stage3_at = time(journey?.stages[2]?.at)
    values.completed_at = time(journey?.completion?.at)
    values.outcome = journey?.completion?.outcome ?? ''
    values.voided = voided ? 'true' : ''
    yield [causeOf(id), values]
  }
  for (const { id, attributionActivation, deleted } of opportunities) {
    if (deleted) continue
    yield [`Opportunity:${id}`, { attribution_activation: attributionActivation ? causeOf(attributionActivation) : '' }]
  }
}

/** `eng:salesforce/Lead/00Q…/created` is caused by `Lead:00Q…`. */
function causeOf(engagement: string): string {
  const [, object, id] = engagement.split('/')
  return `${object}:${id}`
}

function* named<F extends keyof TruthRows>(truth: TruthRows, file: F): Generator<Values> {
  const columns: readonly string[] = ORG_FILES[file]
  for (const row of truth[file]) yield Object.fromEntries(columns.map((column, i) => [column, row[i] ?? '']))
}

function time(at: Instant | undefined): string {
  return at === undefined ? '' : isoTime(at)
}
