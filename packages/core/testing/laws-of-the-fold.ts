import { type ClusterFact, DAY_MS, type Derivation, directoryOf, keysOf, type TraceEntry } from '../src/index.ts'
import { crampedHistory, DIRECTORY, elsewhere, type History, peopleHistory, rulesOf } from './histories.ts'
import { derived, differences, knownFacts, type Law, SPECIFIED, shuffled } from './law.ts'

/** Laws about deriving: what may matter to the result and what may not. */
export const LAWS_OF_THE_FOLD: readonly Law[] = [
  {
    title: '[W2] [W3] arrival order and repeats change nothing',
    histories: crampedHistory,
    breaches(derive, history) {
      const other = shuffled([...history.facts, ...shuffled(history.facts, history.salt).slice(0, 5)], history.salt)
      return differences('in another order', derived(derive, history), derived(derive, history, { facts: other }))
    },
  },
  {
    title: '[W2] what was recorded after asOf changes nothing',
    histories: crampedHistory,
    breaches(derive, history) {
      const known = derived(derive, history, { facts: knownFacts(history) })
      return differences('with later facts', known, derived(derive, history))
    },
  },
  {
    title: '[W4] before wakeAt time alone changes nothing, and at wakeAt it does',
    histories: crampedHistory,
    breaches(derive, history) {
      const facts = knownFacts(history)
      const now = derived(derive, history, { facts })
      const { wakeAt } = now
      if (wakeAt === null)
        return differences('years later', now, derived(derive, history, { facts, asOf: history.asOf + 4000 * DAY_MS }))
      if (wakeAt <= history.asOf) return [`wakeAt ${wakeAt} is not after asOf ${history.asOf}`]
      const between = history.asOf + Math.floor((wakeAt - 1 - history.asOf) * (history.salt / 2 ** 31))
      const found = [wakeAt - 1, between].flatMap((asOf) =>
        differences(`at ${asOf}, before wakeAt`, now, derived(derive, history, { facts, asOf })),
      )
      const then = derived(derive, history, { facts, asOf: wakeAt })
      if (differences('', { ...now, wakeAt: 0 }, { ...then, wakeAt: 0 }).length === 0)
        found.push(`nothing changes at wakeAt ${wakeAt}`)
      return found
    },
  },
  {
    title: '[ID1] facts that share no record and no address change nothing of each other',
    histories: crampedHistory,
    breaches(derive, history) {
      const others = elsewhere(shuffled(history.facts, history.salt).slice(0, 12))
      const mine = derived(derive, history)
      const both = derived(derive, history, { facts: [...others, ...history.facts] })
      return differences(
        'beside other facts',
        { ...mine, wakeAt: 0, mentions: 0 },
        {
          ...without(both, others),
          wakeAt: 0,
          mentions: 0,
        },
      )
    },
  },
  {
    title: 'a trace changes nothing, and names given facts and numbered rules only',
    histories: crampedHistory,
    breaches(derive, history) {
      const trace: TraceEntry[] = []
      const found = differences('with a trace', derived(derive, history), derived(derive, history, { trace }))
      const given = new Set(history.facts.map((fact) => fact.id))
      for (const { record, rule, facts, decided } of trace) {
        if (!SPECIFIED.has(rule)) found.push(`${record}: SPEC.md has no rule ${rule} (${decided})`)
        for (const fact of facts) if (!given.has(fact)) found.push(`${record}: nobody reported ${fact} (${decided})`)
      }
      return found
    },
  },
  {
    title: 'directory entries that are not mentioned change nothing',
    histories: crampedHistory,
    breaches(derive, history) {
      const now = derived(derive, history)
      const mentioned = new Set(now.mentions)
      const directory = DIRECTORY.filter((fact) =>
        mentioned.has(
          fact.kind === 'user-recorded'
            ? `user:${fact.user}`
            : fact.kind === 'campaign-recorded'
              ? `campaign:${fact.campaign}`
              : '',
        ),
      )
      const fewer = derive(history.facts, directoryOf(directory, history.asOf), rulesOf(history.settings), history.asOf)
      return differences('without the unmentioned', now, fewer)
    },
  },
  {
    title: '[A7] read in the order of recording, an engagement once made stays',
    histories: crampedHistory,
    breaches(derive, history) {
      const facts = reportedAfterCreation(history.facts)
      const recorded = { ...history, facts, settings: { ...history.settings, order: 'recorded' as const } }
      const after = new Set(derived(derive, recorded).engagements.map((one) => one.id))
      const asOf = momentOf(recorded)
      if (asOf === undefined) return []
      return derived(derive, recorded, { asOf })
        .engagements.filter((one) => !after.has(one.id))
        .map((one) => `${one.id} was there at ${asOf} and is gone at ${history.asOf}`)
    },
  },
  {
    title: '[B5] [G3] [J9] [L7] read in the order of recording, what was decided without a merge stays decided',
    histories: crampedHistory,
    breaches(derive, history) {
      const facts = reportedAfterCreation(history.facts).filter(
        ({ kind }) => kind !== 'records-merged' && kind !== 'lead-converted',
      )
      const settings = { ...history.settings, order: 'recorded', email: 'interactions' } as const
      const recorded = { ...history, facts, settings }
      const asOf = momentOf(recorded)
      if (asOf === undefined) return []
      const then = derived(derive, recorded, { asOf })
      const now = derived(derive, recorded)
      const found: string[] = []
      for (const before of then.journeys) {
        const after = now.journeys.find((one) => one.id === before.id)
        if (after?.activationType !== before.activationType) found.push(`${before.id}: ${after?.activationType} now`)
        for (const place of [0, 1, 2] as const)
          if (before.stages[place])
            found.push(...differences(`${before.id}, stage ${place + 1}`, before.stages[place], after?.stages[place]))
        if (before.completion && before.completion.because.rule !== 'J4')
          found.push(...differences(`${before.id}, completion`, before.completion, after?.completion))
      }
      for (const before of then.opportunities) {
        const after = now.opportunities.find((one) => one.id === before.id)
        const held =
          before.attributionActivation !== null && before.attributionBecause?.rule !== 'N1' && !after?.deleted
        if (held && before.attributionActivation !== after?.attributionActivation)
          found.push(
            `${before.id} was attributed to ${before.attributionActivation}, now ${after?.attributionActivation}`,
          )
      }
      return found
    },
  },
  {
    title: '[I1] a merge changes no number of engagements',
    histories: peopleHistory,
    breaches(derive, history) {
      const facts = distinct(history.facts)
      const at = history.facts[history.salt % history.facts.length]?.recordedAt ?? history.asOf
      const merge: ClusterFact = {
        id: 'merge',
        kind: 'records-merged',
        occurredAt: at,
        recordedAt: at,
        survivor: 'contact:C1',
        merged: ['contact:C2', 'contact:C3'],
      }
      return sameCount(
        'the merge',
        derived(derive, history, { facts }),
        derived(derive, history, { facts: [...facts, merge] }),
      )
    },
  },
  {
    title: '[H1] a conversion into a known contact changes no number of engagements',
    histories: peopleHistory,
    breaches(derive, history) {
      const facts = distinct(history.facts)
      const contact = facts.find((fact) => fact.kind === 'contact-created')
      if (contact?.kind !== 'contact-created') return []
      const at = Math.max(contact.occurredAt, contact.recordedAt) + 1
      const conversion: ClusterFact = {
        id: 'conversion',
        kind: 'lead-converted',
        occurredAt: at,
        recordedAt: at,
        lead: 'L1',
        contact: contact.contact,
      }
      return sameCount(
        'the conversion',
        derived(derive, history, { facts }),
        derived(derive, history, { facts: [...facts, conversion] }),
      )
    },
  },
]

/** A moment before the history's own at which something was recorded. */
function momentOf({ facts, asOf, salt }: History): number | undefined {
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

/** Facts of which no two are the same submission: repeats are ignored per person, and a merge joins persons. [D7] */
function distinct(facts: readonly ClusterFact[]): ClusterFact[] {
  return facts.map((fact) =>
    fact.kind === 'interaction-recorded'
      ? { ...fact, submission: { ...fact.submission, engagementType: fact.id } }
      : fact,
  )
}

function sameCount(what: string, before: Derivation, after: Derivation): string[] {
  const [a, b] = [before.engagements.length, after.engagements.length]
  return a === b ? [] : [`${a} engagements without ${what}, ${b} with it`]
}

/** A result without what follows from some of its facts. */
function without(result: Derivation, others: readonly ClusterFact[]): Derivation {
  const gone = new Set(others.map((fact) => fact.id))
  const mine = (one: { because: { fact: string } }) => !gone.has(one.because.fact)
  const engagements = result.engagements.filter(mine)
  const kept = new Set(engagements.map((one) => one.id))
  return {
    ...result,
    people: result.people.filter((one) => !one.id.endsWith('x')),
    engagements,
    journeys: result.journeys.filter((one) => kept.has(one.id)),
    opportunities: result.opportunities.filter((one) => !one.id.endsWith('x')),
    interactions: result.interactions.filter(mine),
    findings: result.findings.filter((one) => !gone.has(one.fact)),
  }
}
