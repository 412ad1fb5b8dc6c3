import { type ClusterFact, type Derivation, type Instant, keysOf, type Rules } from '../src/index.ts'
import { crampedHistory, type History } from './histories.ts'
import { type Books, booksOf, differences, type Law, type Subject } from './law.ts'

/**
 * One history seen at two moments, read in the order of recording: in the other order a late fact corrects
 * what was, and everything may change.
 */
type Moments = Readonly<{
  earlier: Books
  later: Books
  /** What was recorded after the first moment and by the second. */
  between: readonly ClusterFact[]
}>

/** A law about what stays as it was decided. */
function law(title: string, breaches: (moments: Moments) => Iterable<string>): Law {
  return {
    title,
    histories: crampedHistory,
    breaches(subject) {
      const moments = momentsOf(subject)
      return moments ? [...breaches(moments)] : []
    },
  }
}

/** Laws about the passing of time: what was decided once stays, except where a rule takes it back. */
export const LAWS_OF_TIME: readonly Law[] = [
  law('[A7] an engagement once made stays', function* ({ earlier, later }) {
    for (const { id } of earlier.engagements) if (!later.engagement.has(id)) yield `${id} is gone`
  }),

  law('[C6] [D1] raw values never change', function* ({ earlier, later }) {
    // Where the company says so, a campaign soon after tells what brought somebody new. [P3]
    if (later.history.settings.variant.absorbNewPersonSeconds !== undefined) return
    const raw = (books: Books, id: string) => {
      const one = books.engagement.get(id)
      return one && [one.first, one.last, one.engagementType, one.mediumInput, one.triggeredBy, one.at, one.recordedAt]
    }
    for (const { id } of earlier.engagements)
      if (later.engagement.has(id)) yield* differences(id, raw(earlier, id), raw(later, id))
  }),

  law(
    '[B5] [I5] a type changes only where a merge makes an influence of an activation',
    function* ({ earlier, later }) {
      for (const before of earlier.engagements) {
        const after = later.engagement.get(before.id)
        if (!after || after.activationType === before.activationType) continue
        if (before.activationType === null) yield `${before.id} influenced, and is ${after.activationType} now`
        else if (!['I5', 'Z18'].includes(after.because.rule))
          yield `${before.id}: ${before.activationType} became ${after.activationType}`
      }
    },
  ),

  law(
    '[A4] [I5] an influence stays with its journey, or goes where a merge takes that',
    function* ({ earlier, later }) {
      for (const before of earlier.engagements) {
        const after = later.engagement.get(before.id)
        if (before.parent === null || !after || after.parent === before.parent) continue
        if (later.engagement.get(before.parent)?.recordType !== 'Influencing Engagement')
          yield `${before.id} went from ${before.parent} to ${after.parent}`
      }
    },
  ),

  law('[ID2] who turned out to be one person stays one', function* ({ earlier, later }) {
    const became = new Map<string, string | null>()
    for (const before of earlier.engagements) {
      const after = later.engagement.get(before.id)
      if (before.person === null || !after) continue
      const known = became.get(before.person)
      if (known !== undefined && known !== after.person) yield `${before.person} is ${known} and ${after.person} now`
      became.set(before.person, after.person)
    }
  }),

  law('[G3] [I4] stages 1 to 3 are never overwritten, unless a merge brings better ones', function* (moments) {
    const { earlier, later, between } = moments
    const joined = between.some((fact) => joins(fact, later.rules))
    for (const before of earlier.journeys) {
      const after = later.journey.get(before.id)
      if (!after) continue
      for (const place of [0, 1, 2] as const) {
        if (!before.stages[place] || (place > 0 && joined)) continue
        yield* differences(`${before.id}, stage ${place + 1}`, before.stages[place], after.stages[place])
      }
      if (before.stages[2] && !after.stages[2]) yield `${before.id} has lost stage 3`
    }
  }),

  law('[G8] [G9] stages 4 and 5 are never overwritten, and stage 6 only by a change', function* (moments) {
    const { earlier, later, between } = moments
    for (const before of earlier.opportunities) {
      const after = later.opportunity.get(before.id)
      for (const place of [0, 1] as const)
        if (before.stages[place])
          yield* differences(`${before.id}, stage ${place + 4}`, before.stages[place], after?.stages[place])
      const key = `opportunity:${before.id}`
      if (!between.some((fact) => (keysOf(fact) as readonly string[]).includes(key)))
        yield* differences(`${before.id}, stage 6`, before.stages[2], after?.stages[2])
    }
  }),

  law('[J9] [J11] [J12] a journey that ended stays so, unless its opportunity moves on', function* (moments) {
    const { earlier, later, between } = moments
    const moved = new Set(between.filter(movesOpportunity).flatMap((fact) => keysOf(fact) as readonly string[]))
    const told = new Map(later.history.facts.map((fact) => [fact.id, fact]))
    for (const { id, completion, primaryOpportunity, voided } of earlier.journeys) {
      // A fallback that is void counts for nothing, and begins anew where it has to stand in again. [N5]
      if (!completion || voided) continue
      if (completion.because.rule === 'J4' && moved.has(`opportunity:${primaryOpportunity}`)) continue
      // Somebody may have given it another primary opportunity since: then the one that ended it counts. [L9] [J12]
      const end = told.get(completion.because.fact)
      if (completion.because.rule === 'J4' && end && keysOf(end).some((key) => moved.has(key))) continue
      yield* differences(`${id}, completion`, completion, later.journey.get(id)?.completion)
    }
  }),

  law('[L7] [N5] [L10] an attribution stays, unless it was a fallback or is taken back', function* (moments) {
    const { earlier, later, between } = moments
    const chosen = new Set(between.filter(choosesAttribution).flatMap((fact) => keysOf(fact) as readonly string[]))
    for (const before of earlier.opportunities) {
      const after = later.opportunity.get(before.id)
      if (before.attributionActivation === null || after?.deleted) continue
      if (before.attributionBecause?.rule === 'N1' && after?.attributionBecause?.rule === 'N5') continue
      if (chosen.has(`opportunity:${before.id}`)) continue
      if (before.attributionActivation !== after?.attributionActivation)
        yield `${before.id} was attributed to ${before.attributionActivation}, now ${after?.attributionActivation}`
    }
  }),

  law('[L3] [L10] a primary opportunity that is attributed to the journey stays its primary one', function* (moments) {
    const { earlier, later, between } = moments
    const chosen = new Set(between.filter(choosesAttribution).flatMap((fact) => keysOf(fact) as readonly string[]))
    for (const before of earlier.journeys) {
      const { id, primaryOpportunity, primaryOpportunityType } = before
      if (primaryOpportunityType !== 'Attribution Activation' || primaryOpportunity === null) continue
      const after = later.journey.get(id)
      const opportunity = later.opportunity.get(primaryOpportunity)
      if (opportunity?.deleted || after?.voided || chosen.has(`opportunity:${primaryOpportunity}`)) continue
      if (after?.primaryOpportunity !== primaryOpportunity)
        yield `${id}: primary was ${primaryOpportunity}, is ${after?.primaryOpportunity}`
    }
  }),
]

/** A history at a moment before its own, and at its own; nothing where nothing was recorded before. */
function momentsOf(subject: Subject): Moments | undefined {
  return subject.shared('moments', () => {
    const { history, rules, derived } = subject
    const facts = reportedAfterCreation(history.facts)
    const asOf = earlierMoment(history, facts)
    if (asOf === undefined) return undefined
    const recorded = { ...rules, order: 'recorded' } as const
    const books = (result: Derivation) => booksOf(result, history, recorded)
    return {
      earlier: books(derived({ facts, asOf, rules: recorded })),
      later: books(derived({ facts, rules: recorded })),
      between: facts.filter((fact) => fact.recordedAt > asOf && fact.recordedAt <= history.asOf),
    }
  })
}

/** A moment before the history's own at which something was recorded. */
function earlierMoment({ asOf, salt }: History, facts: readonly ClusterFact[]): Instant | undefined {
  const moments = facts.map((fact) => fact.recordedAt).filter((at) => at < asOf)
  return moments[salt % Math.max(1, moments.length)]
}

/** Without facts that were recorded before the record they are about: its creation moves their place. [W1] */
function reportedAfterCreation(facts: readonly ClusterFact[]): ClusterFact[] {
  const created = new Map<string, number>()
  for (const fact of facts) {
    if (!fact.kind.endsWith('-created')) continue
    for (const key of keysOf(fact)) created.set(key, Math.min(fact.recordedAt, created.get(key) ?? fact.recordedAt))
  }
  return facts.filter((fact) => keysOf(fact).every((key) => fact.recordedAt >= (created.get(key) ?? fact.recordedAt)))
}

/** True of facts by which people turn out to be one; a creation is among them where addresses join records. [ID4] */
function joins({ kind }: ClusterFact, { identity }: Rules): boolean {
  if (kind === 'lead-created' || kind === 'contact-created') return identity.email === 'records'
  return kind === 'records-merged' || kind === 'lead-converted'
}

function movesOpportunity(fact: ClusterFact): boolean {
  return (
    fact.kind.startsWith('opportunity-') || (fact.kind === 'record-deleted' && fact.record.startsWith('opportunity:'))
  )
}

/** Somebody chose an attribution by hand, or gave the choice back. */
function choosesAttribution({ kind }: Readonly<{ kind: string }>): boolean {
  return kind === 'attribution-set' || kind === 'attribution-released'
}
