import { type Derivation, dayOf, type Engagement, type Rules, type TraceEntry } from '@throughline/core'
import { personOf, type Question } from './explained-part.ts'

/** All that could have been chosen, the best first, and why each has its place. */
export type ShownRanking = Readonly<{
  /** The order they were ranked by, such as `began-the-process`. */
  strategy: string
  candidates: readonly Readonly<{ record: string; label: string; place: number; reasons: readonly string[] }>[]
}>

/**
 * The choice in which an asked record was one of several: the one that decided about it, or the last in which it took
 * part, such as the merge that made it an influencing engagement. Null where nothing was chosen.
 */
export function rankingOf(
  { id, part, about }: Question,
  derivation: Derivation,
  trace: readonly TraceEntry[],
  decided: TraceEntry | undefined,
  rules: Rules,
): ShownRanking | null {
  const person = about === 'person' && part === '' ? personOf(derivation, id) : undefined
  const isAsked = (entry: TraceEntry): boolean => {
    if (person) return entry.record === person.id && entry.subject === 'current-activation'
    if (about !== 'engagement' || part !== '') return false
    return entry.subject === 'classification' && !!entry.ranking?.candidates.some(({ record }) => record === id)
  }
  const chosen = decided?.ranking ? decided : trace.filter((entry) => entry.ranking && isAsked(entry)).at(-1)
  return (
    (chosen?.ranking && {
      strategy: chosen.ranking.strategy,
      candidates: chosen.ranking.candidates.map(({ record, place, reasons }) => ({
        record,
        label: labelOf(
          derivation.engagements.find((one) => one.id === record),
          rules,
        ),
        place,
        reasons,
      })),
    }) ??
    null
  )
}

/** `Contact 003…, Original Activation of 2025-03-04` */
function labelOf(engagement: Engagement | undefined, rules: Rules): string {
  if (!engagement) return 'An engagement that is not there any more'
  const { contact, lead, activationType, recordType, at } = engagement
  const whose = contact ? `Contact ${contact}` : lead ? `Lead ${lead}` : 'Nobody'
  return `${whose}, ${activationType ?? recordType} of ${dayOf(rules.organisation.zone, at)}`
}
