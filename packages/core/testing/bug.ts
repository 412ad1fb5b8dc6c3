import type { ClusterFact, Derivation, Engagement, Journey, Opportunity } from '../src/index.ts'
import { derive } from '../src/index.ts'
import type { Derive } from './law.ts'

/** A mistake somebody could make, as the fold that makes it, and the laws that must notice. */
export type Bug = Readonly<{
  bug: string
  /** How the titles of these laws begin. */
  laws: readonly string[]
  derive: Derive
}>

type Given = Parameters<Derive>

/** The fold with its result spoilt. */
export const spoilt =
  (spoil: (result: Derivation, ...given: Given) => Derivation): Derive =>
  (...given) =>
    spoil(derive(...given), ...given)

/** The fold told something else than what was reported. */
export const misled =
  (mislead: (facts: readonly ClusterFact[], asOf: number) => readonly ClusterFact[]): Derive =>
  (facts, directory, rules, asOf, trace) =>
    derive(mislead(facts, asOf), directory, rules, asOf, trace)

export const spoiltEngagements = (
  spoil: (one: Engagement, result: Derivation, ...given: Given) => Engagement,
): Derive =>
  spoilt((result, ...given) => ({
    ...result,
    engagements: result.engagements.map((one) => spoil(one, result, ...given)),
  }))

export const spoiltJourneys = (spoil: (one: Journey, result: Derivation, ...given: Given) => Journey): Derive =>
  spoilt((result, ...given) => ({ ...result, journeys: result.journeys.map((one) => spoil(one, result, ...given)) }))

export const spoiltOpportunities = (
  spoil: (one: Opportunity, result: Derivation, ...given: Given) => Opportunity,
): Derive =>
  spoilt((result, ...given) => ({
    ...result,
    opportunities: result.opportunities.map((one) => spoil(one, result, ...given)),
  }))

/** A person's own activations, the earliest first. */
export function activationsOf(person: string | null, { engagements }: Derivation): Engagement[] {
  return engagements
    .filter((one) => one.person === person && one.recordType === 'Activation')
    .sort((a, b) => a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1))
}
