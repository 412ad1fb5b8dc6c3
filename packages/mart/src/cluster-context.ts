import {
  type Derivation,
  dayNumberOf,
  type Engagement,
  type Instant,
  type Journey,
  type Opportunity,
  type PersonId,
  type Zone,
} from '@throughline/core'

/** What the rows of one cluster need besides their own record. */
export type ClusterContext = Readonly<{
  cluster: number
  /** The calendar day an instant falls on in the organisation's zone, as a day number. */
  dayOf(at: Instant | null): number | null
  engagement(id: string | null): Engagement | undefined
  journey(id: string | null): Journey | undefined
  opportunity(id: string | null): Opportunity | undefined
  /** What a person's engagements add up to; voided ones do not count. */
  touches(person: PersonId): Touches
}>

export type Touches = Readonly<{ engagements: number; journeys: number; lastAt: Instant | null }>

/** Looks records of a derivation up by id. */
export function contextOf(cluster: number, derivation: Derivation, zone: Zone): ClusterContext {
  const engagements = lookup(derivation.engagements)
  const journeys = lookup(derivation.journeys)
  const opportunities = lookup(derivation.opportunities)
  let touches: Map<PersonId, Touches> | undefined
  return {
    cluster,
    dayOf: (at) => (at === null ? null : dayNumberOf(zone, at)),
    engagement: engagements,
    journey: journeys,
    opportunity: opportunities,
    touches(person) {
      touches ??= touchesIn(derivation.engagements)
      return touches.get(person) ?? NONE
    },
  }
}

const NONE: Touches = { engagements: 0, journeys: 0, lastAt: null }

function touchesIn(engagements: readonly Engagement[]): Map<PersonId, Touches> {
  const found = new Map<PersonId, Touches>()
  for (const { person, voided, recordType, at } of engagements) {
    if (person === null || voided) continue
    const before = found.get(person) ?? NONE
    found.set(person, {
      engagements: before.engagements + 1,
      journeys: before.journeys + (recordType === 'Activation' ? 1 : 0),
      lastAt: Math.max(before.lastAt ?? at, at),
    })
  }
  return found
}

/** Most clusters are one person with a few records: searching those beats making an index of them. */
const FEW = 8

function lookup<R extends Readonly<{ id: string }>>(records: readonly R[]): (id: string | null) => R | undefined {
  let index: Map<string, R> | undefined
  // Neighbouring columns of a row ask for the same record.
  let lastId: string | null = null
  let last: R | undefined
  return (id) => {
    if (id === lastId) return last
    lastId = id
    if (id === null) last = undefined
    else if (records.length <= FEW) last = records.find((record) => record.id === id)
    else {
      index ??= new Map(records.map((record) => [record.id, record]))
      last = index.get(id)
    }
    return last
  }
}
