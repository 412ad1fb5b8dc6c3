import type { Engagement } from './derivation.ts'
import type { Instant, Tags } from './facts.ts'
import { type Reporting, reportingOf } from './mapping.ts'
import type { CorrectedField, Correction, Rules } from './rules.ts'

/** The raw values of an engagement that corrections may change. */
export type RawAttribution = Readonly<{ first: Tags; last: Tags; engagementType: string | null }>

/** What an engagement had before it was corrected, and the ids of the corrections that changed it, in order. [R4] */
export type Corrected = RawAttribution & Readonly<{ by: readonly string[] }>

/** Every raw value that can be corrected. */
export const CORRECTED_FIELDS: readonly CorrectedField[] = [
  ...(['first', 'last'] as const).flatMap((click) =>
    (['medium', 'source', 'campaign', 'content', 'term'] as const).map((tag): CorrectedField => `${click}-${tag}`),
  ),
  'engagement-type',
]

/** Values as the corrections leave them, and what they were where any was changed. */
export type CorrectedValues = Readonly<{ values: RawAttribution; corrected: Corrected | null }>

/**
 * Applies the company's corrections to raw values that were recorded at a moment: in order, each to what the ones
 * before it left, and none to what was recorded after it was made. [R1]
 */
export function correct(values: RawAttribution, recordedAt: Instant, { corrections }: Rules): CorrectedValues {
  let now = values
  let by: string[] | undefined
  for (const correction of corrections) {
    if (!applies(correction, now, recordedAt)) continue
    now = changed(now, correction)
    by = [...(by ?? []), correction.id]
  }
  return { values: now, corrected: by ? { ...values, by } : null }
}

/** One value that a correction would change, with what reports would show instead. */
export type PreviewedChange = Readonly<{
  engagement: Engagement['id']
  field: CorrectedField
  from: string
  /** Null: the value would be taken away. */
  to: string | null
  before: Reporting
  after: Reporting
}>

/**
 * What a correction would change if it were added to the rules after those in force: one entry for each engagement,
 * in their order. Made without deriving anything, and the same as the difference that deriving makes. [R4]
 */
export function previewCorrection(
  correction: Correction,
  engagements: readonly Engagement[],
  rules: Rules,
): PreviewedChange[] {
  return engagements.flatMap(({ id, first, last, engagementType, recordedAt, reporting }) => {
    const values = { first, last, engagementType }
    if (!applies(correction, values, recordedAt)) return []
    const after = reportingOf(changed(values, correction), rules)
    const { field, to } = correction
    return [{ engagement: id, field, from: valueIn(values, field) as string, to, before: reporting, after }]
  })
}

/** [R3] To the letter, and only where it would make a difference. */
function applies({ field, from, to, at, revoked }: Correction, values: RawAttribution, recordedAt: Instant): boolean {
  if (revoked || recordedAt > at) return false
  const value = valueIn(values, field)
  return value !== undefined && value !== to && from.includes(value)
}

function valueIn({ first, last, engagementType }: RawAttribution, field: CorrectedField): string | undefined {
  if (field === 'engagement-type') return engagementType ?? undefined
  const { click, tag } = placeOf(field)
  return (click === 'first' ? first : last)[tag]
}

function changed(values: RawAttribution, { field, to }: Correction): RawAttribution {
  if (field === 'engagement-type') return { ...values, engagementType: to }
  const { click, tag } = placeOf(field)
  const { [tag]: _old, ...others } = values[click]
  return { ...values, [click]: to === null ? others : { ...others, [tag]: to } }
}

function placeOf(field: Exclude<CorrectedField, 'engagement-type'>): { click: 'first' | 'last'; tag: keyof Tags } {
  const [click, tag] = field.split('-')
  return { click: click as 'first' | 'last', tag: tag as keyof Tags }
}
