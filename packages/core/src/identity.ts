import { dayNumberOf, dayOf } from './calendar.ts'
import type { Stamp } from './derivation.ts'
import type { ClusterFact, EmailKey, PersonKey, UserId } from './facts.ts'
import { objectOf } from './keys.ts'
import {
  type EngagementState,
  find,
  isOpen,
  type OpportunityState,
  type PersonState,
  type RecordState,
  type State,
  survivorOf,
} from './state.ts'
import type { Ranking } from './trace.ts'

/** The record behind a key, following merges; made on the spot, without history, where no created fact was read. */
export function recordOf(state: State, key: PersonKey, fact: ClusterFact): RecordState {
  const known = state.records.get(key)
  if (known) return survivorOf(known)
  const record = addRecord(state, key, '', undefined)
  find(state, 'changed-before-created', key, fact, 'Something happened to a record whose creation was never reported.')
  if (state.trace)
    tellIdentity(state, record, 'ID5', fact, `${nameOf(key)} was made on the spot: its creation was never reported.`)
  return record
}

/** What makes a record a person, or part of one. Only called with a trace. */
export function tellIdentity(
  state: State,
  record: RecordState,
  rule: string,
  fact: ClusterFact,
  decided: string,
): void {
  state.trace?.push({
    record: record.key,
    subject: 'identity',
    rule,
    facts: [fact.id],
    at: state.now,
    decided,
    instead: null,
    applied: true,
  })
}

/** `Lead 00Q…` */
export const nameOf = (key: PersonKey): string => `${key.charAt(0).toUpperCase()}${key.slice(1).replace(':', ' ')}`

/** [ID2] A record belongs to a person of its own until something says otherwise. */
export function addRecord(state: State, key: PersonKey, owner: UserId, person: PersonState | undefined): RecordState {
  const object = objectOf(key) as 'lead' | 'contact'
  const home: PersonState = person ?? {
    id: key,
    createdAt: state.now,
    records: [],
    engagements: [],
    current: undefined,
    recentSubmissions: [],
    joined: undefined,
  }
  state.people.add(home)
  const record: RecordState = {
    key,
    object,
    person: home,
    owner,
    status: undefined,
    score: undefined,
    leadSource: undefined,
    account: undefined,
    fields: {},
    createdAt: state.now,
    exists: false,
    fromConversion: false,
    convertedAt: undefined,
    mergedInto: undefined,
    deleted: false,
  }
  home.records.push(record)
  state.records.set(key, record)
  return record
}

/** The record an interaction belongs to: named itself, or known by its e-mail address if the rules allow it. [ID3] */
export function recordOfPerson(state: State, person: PersonKey | EmailKey, fact: ClusterFact): RecordState | undefined {
  if (objectOf(person) !== 'email') return recordOf(state, person as PersonKey, fact)
  const record = state.rules.identity.email === 'none' ? undefined : state.byEmail.get(person as EmailKey)
  if (record) return survivorOf(record)
  find(state, 'unknown-person', person, fact, 'An interaction names an e-mail address that no record has.')
  state.trace?.push({
    record: `int:${fact.id}`,
    subject: 'interaction',
    rule: 'ID3',
    facts: [fact.id],
    at: state.now,
    decided:
      state.rules.identity.email === 'none'
        ? 'It belongs to nobody: it names only an e-mail address, and the rules let addresses join nothing.'
        : 'It belongs to nobody: no record had the e-mail address that it names.',
    instead: 'A lead or contact with that address, known by then, would have been the one who did it.',
    applied: false,
  })
  return undefined
}

/**
 * [H2] [I1] to [I8] Two or more people turn out to be one. The first-created keeps its id and inherits everything. Of several
 * open journeys that attribute no opportunity the earliest lives on, with the best stage dates among them;
 * the others become influencing engagements of it.
 */
export function joinPeople(state: State, people: readonly PersonState[], fact: ClusterFact): PersonState {
  const distinct = [...new Set(people)]
  const survivor = distinct.reduce((a, b) =>
    b.createdAt < a.createdAt || (b.createdAt === a.createdAt && b.id < a.id) ? b : a,
  )
  for (const person of distinct) {
    if (person === survivor) continue
    for (const record of person.records) {
      record.person = survivor
      survivor.records.push(record)
    }
    for (const engagement of person.engagements) {
      engagement.person = survivor
      survivor.engagements.push(engagement)
    }
    survivor.recentSubmissions = [...survivor.recentSubmissions, ...person.recentSubmissions]
    person.joined = survivor
    state.people.delete(person)
  }
  survivor.records.sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1))
  if (distinct.length > 1) settleJourneys(state, survivor, fact)
  return survivor
}

function settleJourneys(state: State, person: PersonState, fact: ClusterFact): void {
  const candidates = person.engagements.filter((one) => isOpen(one) && !attributes(state, one)).sort(earliestFirst)
  if (candidates.length > 1) demoteAllButFirst(state, candidates, fact)
  person.current = currentAmong(state, person)
  if (state.rules.merges.demoteSingleCandidate && person.current && attributes(state, person.current))
    for (const one of person.engagements)
      if (one !== person.current && isOpen(one) && !attributes(state, one))
        becomeInfluence(state, one, person.current, fact, 'Z18')
  if (state.trace) tellCurrent(state, person, fact)
  const open = person.engagements.filter(isOpen)
  if (open.length > 1)
    find(
      state,
      'several-open-journeys',
      person.id,
      fact,
      `${open.length} journeys are open after a merge because one of them attributes an opportunity.`,
    )
}

/** [I3] to [I7] */
function demoteAllButFirst(state: State, candidates: readonly EngagementState[], fact: ClusterFact): void {
  const [winner, ...losers] = candidates as [EngagementState, ...EngagementState[]]
  const journey = winner.journey
  if (!journey) return
  const bestThird = earliestStage(state, candidates, 2)
  const bestSecond = earliestStage(state, candidates, 1)
  // Told before the winner takes over what it did not reach itself.
  const taken = bestThird ?? bestSecond
  if (state.trace && taken && taken !== winner)
    tellStages(state, candidates, taken, bestThird ? [2, 3] : [2], bestThird ? 3 : 2, fact)
  if (bestThird) {
    journey.stages[1] = bestThird.journey?.stages[1]
    journey.stages[2] = bestThird.journey?.stages[2]
  } else if (bestSecond) journey.stages[1] = bestSecond.journey?.stages[1]
  takeOverPrimary(state, winner, losers, fact)
  for (const loser of losers) becomeInfluence(state, loser, winner, fact, 'I5')
  if (state.trace)
    state.trace.push({
      record: winner.id,
      subject: 'classification',
      rule: 'I3',
      facts: [winner.because.fact, fact.id],
      at: state.now,
      decided: `It stayed an Activation (${winner.activationType}): of ${candidates.length} open journeys that turned out to be one person's it is the earliest.`,
      instead: `Had ${losers[0]?.id} happened before it, this would have become an Influencing Engagement of that.`,
      applied: true,
      ranking: rankingByDate(state, candidates),
    })
}

/** [I7] The winner without a primary opportunity takes over that of the losers which their person joined first. */
function takeOverPrimary(
  state: State,
  winner: EngagementState,
  losers: readonly EngagementState[],
  fact: ClusterFact,
): void {
  const { journey } = winner
  if (!journey || journey.primary) return
  const joinedAt = ({ roles, createdAt }: OpportunityState) => {
    const own = roles.filter((role) => role.contact.person === winner.person)
    return own.length === 0 ? createdAt : Math.min(...own.map((role) => role.at))
  }
  let from: EngagementState | undefined
  let first: OpportunityState | undefined
  for (const loser of losers) {
    const primary = loser.journey?.primary
    if (!primary) continue
    const earlier = first === undefined ? -1 : joinedAt(primary) - joinedAt(first) || (primary.id < first.id ? -1 : 1)
    if (earlier < 0) {
      first = primary
      from = loser
    }
  }
  if (!first) return
  journey.primary = first
  journey.primaryBecause = { rule: 'I7', fact: fact.id }
  first.primaryOf.add(winner)
  state.touched.add(first)
  state.trace?.push({
    record: winner.id,
    subject: 'primary-opportunity',
    rule: 'I7',
    facts: [fact.id],
    at: state.now,
    decided: `Primary opportunity ${first.id}: taken over from ${from?.id}, which became an influence.`,
    instead: 'A primary opportunity of its own would have stayed.',
    applied: true,
  })
}

/** [I5] [Z18] A journey that a merge ends becomes an influence of another, and what influenced it does too. */
function becomeInfluence(
  state: State,
  loser: EngagementState,
  winner: EngagementState,
  fact: ClusterFact,
  rule: 'I5' | 'Z18',
): void {
  const { journey } = loser
  if (!journey) return
  journey.primary?.primaryOf.delete(loser)
  if (winner.journey) winner.journey.idleSince = Math.max(winner.journey.idleSince, journey.idleSince)
  loser.journey = undefined
  loser.activationType = undefined
  loser.previous = undefined
  loser.parent = winner
  loser.because = { rule, fact: fact.id }
  loser.demotedAt = state.now
  for (const other of winner.person?.engagements ?? []) {
    if (other.parent === loser) other.parent = winner
    if (other.previous === loser) other.previous = winner
  }
  state.trace?.push({
    record: loser.id,
    subject: 'classification',
    rule,
    facts: [fact.id, winner.because.fact],
    at: state.now,
    decided: `Became an Influencing Engagement of ${winner.id}: two open journeys turned out to be one person's.`,
    instead:
      rule === 'I5'
        ? 'It would have stayed an Activation if it had been the earliest, complete, or attributed to an opportunity.'
        : 'Under other rules for merges it would have stayed open beside it.',
    applied: true,
  })
}

/** [I3] Journeys of merged people in the order in which one of them lives on. */
function rankingByDate(state: State, candidates: readonly EngagementState[]): Ranking {
  const { zone } = state.rules.organisation
  return {
    strategy: 'earliest-engagement',
    candidates: candidates.map((one, place) => {
      const above = candidates[place - 1]
      const reasons = [
        `the engagement is of ${dayOf(zone, one.at)}`,
        ...(above?.at === one.at || candidates[place + 1]?.at === one.at
          ? [`it was recorded on ${dayOf(zone, one.recordedAt)}`]
          : []),
      ]
      if (above)
        reasons.push(
          `behind ${above.id}, ${above.at !== one.at ? 'which happened earlier' : above.recordedAt !== one.recordedAt ? 'which was recorded earlier' : 'which has the lower id'}`,
        )
      return { record: one.id, facts: [one.because.fact], place: place + 1, reasons }
    }),
  }
}

/** [I8] Which of a merged person's activations is current, and why the others are not. Only called with a trace. */
function tellCurrent(state: State, person: PersonState, fact: ClusterFact): void {
  const { current } = person
  if (!current) return
  const weight = (one: EngagementState) => (isOpen(one) ? (attributes(state, one) ? 0 : 1) : 2)
  const ranked = person.engagements
    .filter((one) => one.journey && !one.voided)
    .sort((a, b) => weight(a) - weight(b) || -earliestFirst(a, b))
  if (ranked.length < 2) return
  const WORDS = ['open, and an opportunity is attributed to it', 'open', 'complete']
  state.trace?.push({
    record: person.id,
    subject: 'current-activation',
    rule: 'I8',
    facts: [fact.id, current.because.fact],
    at: state.now,
    decided: `Current is ${current.id} of ${ranked.length} activations.`,
    instead: null,
    applied: true,
    ranking: {
      strategy: 'current-activation',
      candidates: ranked.map((one, place) => {
        const above = ranked[place - 1]
        const reasons = [
          `the journey is ${WORDS[weight(one)]}`,
          `the engagement is of ${dayOf(state.rules.organisation.zone, one.at)}`,
        ]
        if (above)
          reasons.push(`behind ${above.id}, which is ${weight(above) !== weight(one) ? WORDS[weight(above)] : 'newer'}`)
        return { record: one.id, facts: [one.because.fact], place: place + 1, reasons }
      }),
    },
  })
}

/** [I4] Stages that the journey which lives on takes from another candidate. */
function tellStages(
  state: State,
  candidates: readonly EngagementState[],
  from: EngagementState,
  stages: readonly (2 | 3)[],
  decisive: 2 | 3,
  fact: ClusterFact,
): void {
  const winner = candidates[0] as EngagementState
  const reached = (one: EngagementState) => one.journey?.stages[decisive - 1]
  const days = new Map(
    candidates.map((one) => [one, dayOf(state.rules.organisation.zone, reached(one)?.at ?? state.now)]),
  )
  const ranked = [from, ...candidates.filter((one) => one !== from && reached(one))].sort((a, b) =>
    (days.get(a) ?? '') < (days.get(b) ?? '') ? -1 : (days.get(a) ?? '') > (days.get(b) ?? '') ? 1 : 0,
  )
  const ranking: Ranking = {
    strategy: `first-at-stage-${decisive}`,
    candidates: ranked.map((one, place) => ({
      record: one.id,
      facts: reached(one) ? [(reached(one) as Stamp).because.fact] : [],
      place: place + 1,
      reasons: [
        `it reached stage ${decisive} on ${days.get(one)}`,
        ...(place > 0
          ? [`behind ${ranked[place - 1]?.id}, which reached it on ${days.get(ranked[place - 1] as EngagementState)}`]
          : []),
      ],
    })),
  }
  for (const stage of stages) {
    const stamp = from.journey?.stages[stage - 1]
    if (!stamp) continue
    state.trace?.push({
      record: winner.id,
      subject: `stage-${stage}`,
      rule: 'I4',
      facts: [fact.id, stamp.because.fact],
      at: state.now,
      decided: `Stage ${stage} is that of ${from.id}, which reached it first among the journeys that were joined.`,
      instead: 'Had this journey reached it earlier, its own would have stayed.',
      applied: true,
      ranking,
    })
  }
}

/** [I4] The candidate that reached a stage on the earliest day; of those on one day the winner, which comes first. */
function earliestStage(
  state: State,
  candidates: readonly EngagementState[],
  index: 1 | 2,
): EngagementState | undefined {
  const { zone } = state.rules.organisation
  let best: EngagementState | undefined
  let bestDay = Number.POSITIVE_INFINITY
  for (const one of candidates) {
    const stamp = one.journey?.stages[index]
    if (!stamp) continue
    const day = dayNumberOf(zone, stamp.at)
    if (day >= bestDay) continue
    best = one
    bestDay = day
  }
  return best
}

/** [I8] The open journey; of several the one that attributes an opportunity, the newest; none open: the newest. */
export function currentAmong(state: State, person: PersonState): EngagementState | undefined {
  const activations = person.engagements.filter((one) => one.journey && !one.voided).sort(earliestFirst)
  const open = activations.filter(isOpen)
  return open.filter((one) => attributes(state, one)).at(-1) ?? open.at(-1) ?? activations.at(-1)
}

function attributes(state: State, engagement: EngagementState): boolean {
  for (const opportunity of state.opportunities.values()) if (opportunity.attribution === engagement) return true
  return false
}

function earliestFirst(a: EngagementState, b: EngagementState): number {
  return a.at - b.at || a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1)
}
