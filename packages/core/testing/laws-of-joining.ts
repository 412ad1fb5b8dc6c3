import type { ClusterFact, Derivation, Engagement, PersonKey } from '../src/index.ts'
import { DAY_MS } from '../src/index.ts'
import { crampedHistory, type History, peopleHistory } from './histories.ts'
import { differences, knownFacts, type Law, type Subject } from './law.ts'

/** A history to whose end one more fact is added, a moment after all others: a merge or a conversion. */
type Joining = Readonly<{ what: string; fact: ClusterFact; before: Derivation; after: Derivation }>

/** A law about what a merge and what a conversion make of things as they stand. */
function law(title: string, breaches: (joining: Joining, subject: Subject) => Iterable<string>): Law {
  return {
    title,
    histories: crampedHistory,
    breaches: (subject) =>
      joiningsOf(subject).flatMap((joining) =>
        [...breaches(joining, subject)].map((text) => `${joining.what}: ${text}`),
      ),
  }
}

/** Laws about people who turn out to be one. */
export const LAWS_OF_JOINING: readonly Law[] = [
  law('[I1] [H1] merges and conversions neither make nor lose an engagement', function* ({ before, after }) {
    // A role that becomes eligible may make a fallback unnecessary in the same moment; that one is nobody's.
    const own = (result: Derivation) => result.engagements.filter((one) => one.person !== null).map((one) => one.id)
    yield* differences('engagements', own(before), own(after))
  }),

  law('[I1] [H1] merges and conversions change no raw value, no date and no lead', function* ({ fact, before, after }) {
    const renamed = renamingOf(fact)
    const now = new Map(after.engagements.map((one) => [one.id, one]))
    for (const then of before.engagements) {
      const one = now.get(then.id)
      if (one)
        yield* differences(
          then.id,
          written(then, renamed),
          written(one, (id) => id),
        )
    }
  }),

  law('[H1] a converted lead’s engagements gain its contact', function* ({ fact, before, after }) {
    if (fact.kind !== 'lead-converted') return
    const person = before.people.find((one) => one.leads.includes(fact.lead))
    const own = new Set(before.engagements.filter((one) => one.person === person?.id).map((one) => one.id))
    for (const one of after.engagements)
      if (own.has(one.id) && one.contact === null) yield `${one.id} of lead ${fact.lead} has no contact`
  }),

  law('[H3] merges and conversions end no journey', function* ({ before, after }) {
    const now = new Map(after.journeys.map((one) => [one.id, one]))
    for (const then of before.journeys) {
      const ended = now.get(then.id)?.completion
      // Silence may have its moment in the same millisecond.
      if (then.completion === null && !then.voided && ended && ended.because.rule !== 'J6')
        yield `${then.id} ended by ${ended.because.rule}`
    }
  }),

  law('[I6] merges and conversions leave alone what is complete or attributed', function* ({ before, after }) {
    const now = new Map(after.journeys.map((one) => [one.id, one]))
    const attributed = new Set(before.opportunities.map((one) => one.attributionActivation))
    for (const then of before.journeys) {
      if (!then.completion && !attributed.has(then.id)) continue
      const one = now.get(then.id)
      if (!one) yield `${then.id} is no journey any more`
      yield* differences(`${then.id}, stages`, then.stages, one?.stages)
      yield* differences(`${then.id}, type`, then.activationType, one?.activationType)
      if (then.completion) yield* differences(`${then.id}, completion`, then.completion, one?.completion)
    }
    for (const then of before.opportunities) {
      const one = after.opportunities.find(({ id }) => id === then.id)
      if (then.attributionActivation !== null && one?.attributionActivation !== then.attributionActivation)
        yield `${then.id} was attributed to ${then.attributionActivation}, now ${one?.attributionActivation}`
    }
  }),

  law(
    '[I3] [I5] of the journeys that a merge may join the earliest lives on',
    function* ({ fact, before, after }, { history }) {
      const [winner, ...losers] = candidatesOf(fact, before)
      if (!winner || losers.length === 0) return
      // Where the company says so, it too may become an influence of one that an opportunity is attributed to. [Z18]
      if (history.settings.variant.demoteSingleCandidate) return
      const now = new Map(after.engagements.map((one) => [one.id, one]))
      if (now.get(winner.id)?.recordType !== 'Activation')
        yield `${winner.id} is the earliest, and no activation any more`
      for (const { id } of losers) {
        const one = now.get(id)
        if (one?.recordType !== 'Influencing Engagement' || one.parent !== winner.id)
          yield `${id} is ${one?.recordType} of ${one?.parent}, not an influence of ${winner.id}`
      }
    },
  ),

  law(
    '[I4] it takes stages 2 and 3 from the journey that reached stage 3 first',
    function* (joining, { rules, history }) {
      const { fact, before, after } = joining
      const candidates = candidatesOf(fact, before)
      const [winner] = candidates
      if (!winner || candidates.length === 1) return
      // Where the company says so, an attributed journey takes the place of all of them. [Z18]
      if (history.settings.variant.demoteSingleCandidate) return
      const offset = rules.organisation.zone.offsets[0]?.[1] ?? 0
      const journeys = candidates.map((one) => before.journeys.find(({ id }) => id === one.id))
      const days = (place: 1 | 2) =>
        journeys.flatMap((one) => (one?.stages[place] ? Math.floor((one.stages[place].at + offset) / DAY_MS) : []))
      const now = after.journeys.find((one) => one.id === winner.id)
      const place = days(2).length > 0 ? 2 : 1
      const first = Math.min(...days(place))
      const has = now?.stages[place]
      const day = has ? Math.floor((has.at + offset) / DAY_MS) : Number.POSITIVE_INFINITY
      // Becoming eligible for an opportunity in the same moment may fill what was blank. [G7]
      if (first !== day && Number.isFinite(first)) yield `${winner.id}: stage ${place + 1} on day ${day}, not ${first}`
      yield* differences(`${winner.id}, stage 1`, journeys[0]?.stages[0], now?.stages[0])
    },
  ),

  {
    title: '[I1] a merge in the midst of a story changes no number of engagements',
    histories: peopleHistory,
    breaches({ history, derived }) {
      if (countsByWhatIsOpen(history)) return []
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
      return sameCount('the merge', derived({ facts }), derived({ facts: [...facts, merge] }))
    },
  },
  {
    title: '[H1] a conversion in the midst of a story changes no number of engagements',
    histories: peopleHistory,
    breaches({ history, derived }) {
      if (countsByWhatIsOpen(history)) return []
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
      return sameCount('the conversion', derived({ facts }), derived({ facts: [...facts, conversion] }))
    },
  },
]

/** The history, and the history with a merge or a conversion of records that are alive, at a moment of its own. */
function joiningsOf(subject: Subject): Joining[] {
  return subject.shared('joinings', () => {
    const { history, derived, result } = subject
    const facts = knownFacts(history)
    const asOf = history.asOf + 1
    const times = { occurredAt: asOf, recordedAt: asOf }
    return [mergeOf(result, history, times), conversionOf(result, history, times)].flatMap((fact) =>
      fact ? [{ what: fact.kind, fact, before: result, after: derived({ facts: [...facts, fact], asOf }) }] : [],
    )
  })
}

type Times = Readonly<{ occurredAt: number; recordedAt: number }>

/** A merge of all contacts that are alive, or of all leads. */
function mergeOf(result: Derivation, { salt }: History, times: Times): ClusterFact | undefined {
  const object = salt % 2 === 0 ? 'contact' : 'lead'
  const ids = result.people.flatMap((one) => (object === 'contact' ? one.contacts : one.leads)).sort()
  const [survivor, ...merged] = ids.map((id) => `${object}:${id}` as PersonKey)
  if (survivor === undefined || merged.length === 0) return undefined
  return { id: 'merge', kind: 'records-merged', ...times, survivor, merged }
}

/** A conversion of a lead that is alive and unconverted, into a new contact or into one that is there. */
function conversionOf(result: Derivation, { salt }: History, times: Times): ClusterFact | undefined {
  const lead = result.people.find((one) => one.object === 'lead' && one.leads.length > 0)?.leads[0]
  if (lead === undefined) return undefined
  const contacts = result.people.flatMap((one) => one.contacts)
  const contact = (salt % 3 === 0 ? undefined : contacts[salt % Math.max(1, contacts.length)]) ?? 'C9'
  return { id: 'conversion', kind: 'lead-converted', ...times, lead, contact }
}

/** [I2] Open activations of the people whom the fact joins, that no opportunity is attributed to; the earliest first. */
function candidatesOf(fact: ClusterFact, { people, journeys, engagements, opportunities }: Derivation): Engagement[] {
  const keys = keysJoined(fact)
  const joined = people.filter((one) =>
    [...one.leads.map((id) => `lead:${id}`), ...one.contacts.map((id) => `contact:${id}`)].some((key) => keys.has(key)),
  )
  if (joined.length < 2) return []
  const ids = new Set<string>(joined.map((one) => one.id))
  const open = new Set(
    journeys.filter((one) => one.person && ids.has(one.person) && !one.completion && !one.voided).map((one) => one.id),
  )
  for (const one of opportunities) if (one.attributionActivation) open.delete(one.attributionActivation)
  return engagements
    .filter((one) => open.has(one.id))
    .sort((a, b) => a.at - b.at || a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1))
}

function keysJoined(fact: ClusterFact): Set<string> {
  if (fact.kind === 'records-merged') return new Set([fact.survivor, ...fact.merged])
  return new Set(fact.kind === 'lead-converted' ? [`lead:${fact.lead}`, `contact:${fact.contact}`] : [])
}

/** What was written down when an engagement was made; a merge gives its lead another id, and nothing else. */
function written(one: Engagement, renamed: (lead: string) => string): unknown {
  const { at, recordedAt, first, last, engagementType, mediumInput, triggeredBy, backdated } = one
  const lead = one.lead === null ? null : renamed(one.lead)
  return { at, recordedAt, first, last, engagementType, mediumInput, triggeredBy, backdated, lead }
}

/** [I1] The id that a lead goes by after the fact. */
function renamingOf(fact: ClusterFact): (lead: string) => string {
  if (fact.kind !== 'records-merged' || !fact.survivor.startsWith('lead:')) return (lead) => lead
  const merged = new Set<string>(fact.merged)
  const survivor = fact.survivor.slice('lead:'.length)
  return (lead) => (merged.has(`lead:${lead}`) ? survivor : lead)
}

/** Under these settings whether something makes an engagement depends on journeys, which merges and conversions join. [J13] [P3] */
const countsByWhatIsOpen = ({ settings }: History): boolean =>
  settings.variant.activeStatuses !== undefined || settings.variant.absorbNewPersonSeconds !== undefined

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
