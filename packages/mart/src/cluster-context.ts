import {
  type Derivation,
  dayNumberOf,
  type Engagement,
  type Instant,
  type Journey,
  type Opportunity,
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
}>

/** Looks records of a derivation up by id. */
export function contextOf(cluster: number, derivation: Derivation, zone: Zone): ClusterContext {
  const engagements = lookup(derivation.engagements)
  const journeys = lookup(derivation.journeys)
  const opportunities = lookup(derivation.opportunities)
  return {
    cluster,
    dayOf: (at) => (at === null ? null : dayNumberOf(zone, at)),
    engagement: engagements,
    journey: journeys,
    opportunity: opportunities,
  }
}

/** Most clusters are one person with a few records: searching those beats making an index of them. */
const FEW = 8

function lookup<R extends Readonly<{ id: string }>>(records: readonly R[]): (id: string | null) => R | undefined {
  let index: Map<string, R> | undefined
  return (id) => {
    if (id === null) return undefined
    if (records.length <= FEW) return records.find((record) => record.id === id)
    index ??= new Map(records.map((record) => [record.id, record]))
    return index.get(id)
  }
}
