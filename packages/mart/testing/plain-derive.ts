import {
  type ClusterFact,
  type Derivation,
  type Engagement,
  type EngagementId,
  type Journey,
  type Opportunity,
  type Person,
  reportingOf,
  type Submission,
} from '@throughline/core'
import type { Derive } from '../src/shard-fold.ts'

/**
 * A fold of very few rules, so that the mart's own tests do not change with the core's: a person's first fact
 * starts their journey, every interaction influences it, `Working` is stage 3, `Disqualified` ends it, and an
 * opportunity is credited to the first journey of its cluster.
 */
export const plainDerive: Derive = (facts, _directory, rules, asOf) => {
  const read = facts
    .filter((fact) => fact.recordedAt <= asOf)
    .sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1))
  const people: Person[] = []
  const engagements: Engagement[] = []
  const journeys: Journey[] = []
  const opportunities: Opportunity[] = []
  const mentions = new Set<string>()
  for (const fact of read) {
    if (fact.kind === 'lead-created' || fact.kind === 'contact-created') begin(fact)
    else if (fact.kind === 'interaction-recorded') influence(fact)
    else if (fact.kind === 'status-changed') change(fact)
    else if (fact.kind === 'opportunity-created') opportunity(fact)
  }
  return {
    people,
    engagements,
    journeys,
    opportunities,
    interactions: [],
    findings: [],
    wakeAt: journeys.some((journey) => journey.completion === null) ? asOf + 86_400_000 : null,
    mentions: [...mentions],
  } satisfies Derivation

  function begin(fact: Extract<ClusterFact, { kind: 'lead-created' | 'contact-created' }>): void {
    const lead = fact.kind === 'lead-created'
    const id: EngagementId = `eng:${fact.id}`
    const because = { rule: 'A1', fact: fact.id }
    const person = lead ? (`lead:${fact.lead}` as const) : (`contact:${fact.contact}` as const)
    mentions.add(`user:${fact.owner}`)
    people.push({
      id: person,
      leads: lead ? [fact.lead] : [],
      contacts: lead ? [] : [fact.contact],
      account: lead ? null : (fact.account ?? null),
      owner: fact.owner,
      status: fact.status ?? null,
      score: fact.score ?? null,
      object: lead ? 'lead' : 'contact',
      currentActivation: id,
      dormant: false,
      createdAt: fact.occurredAt,
      deleted: false,
    })
    engagements.push({
      id,
      recordType: 'Activation',
      activationType: 'Original Activation',
      person,
      lead: lead ? fact.lead : null,
      contact: lead ? null : fact.contact,
      account: null,
      parent: null,
      previous: null,
      triggeredBy: lead ? 'Lead Created' : 'Contact Created',
      mediumInput: 'FC Processing',
      corrected: null,
      at: fact.occurredAt,
      recordedAt: fact.recordedAt,
      ...valuesOf(fact.submission),
      backdated: false,
      demotedFromActivationAt: null,
      voided: false,
      because,
    })
    journeys.push({
      id,
      person,
      activationType: 'Original Activation',
      stages: [{ at: fact.occurredAt, owner: fact.owner, because }, null, null, null, null, null],
      completion: null,
      primaryOpportunity: null,
      primaryOpportunityType: null,
      dormantAt: null,
      voided: false,
    })
  }

  function valuesOf(
    submission: Submission | undefined,
  ): Pick<Engagement, 'first' | 'last' | 'engagementType' | 'reporting'> {
    const { first = {}, last = {}, engagementType = null } = submission ?? {}
    return { first, last, engagementType, reporting: reportingOf({ first, last, engagementType }, rules) }
  }

  function influence(fact: Extract<ClusterFact, { kind: 'interaction-recorded' }>): void {
    const parent = journeys.find((journey) => journey.person === fact.person)
    const activation = engagements.find((engagement) => engagement.id === parent?.id)
    if (!activation) return
    engagements.push({
      ...activation,
      id: `eng:${fact.id}`,
      recordType: 'Influencing Engagement',
      activationType: null,
      parent: activation.id,
      triggeredBy: 'Lead Processing Fields',
      at: fact.occurredAt,
      recordedAt: fact.recordedAt,
      ...valuesOf(fact.submission),
      because: { rule: 'A4', fact: fact.id },
    })
  }

  function change(fact: Extract<ClusterFact, { kind: 'status-changed' }>): void {
    const at = journeys.findIndex((journey) => journey.person === fact.record)
    const journey = journeys[at]
    if (!journey) return
    const because = { rule: 'G2', fact: fact.id }
    if (fact.to === 'Working') {
      const stamp = { at: fact.occurredAt, owner: journey.stages[0].owner, because }
      const [first, second, third, ...rest] = journey.stages
      journeys[at] = { ...journey, stages: [first, second ?? { ...stamp, filled: true }, third ?? stamp, ...rest] }
    } else if (fact.to === 'Disqualified' && !journey.completion) {
      journeys[at] = {
        ...journey,
        completion: { at: fact.occurredAt, outcome: 'Disqualified Lead', because: { ...because, rule: 'J1' } },
      }
    }
  }

  function opportunity(fact: Extract<ClusterFact, { kind: 'opportunity-created' }>): void {
    const because = { rule: 'L4', fact: fact.id }
    opportunities.push({
      id: fact.opportunity,
      name: fact.name ?? null,
      account: fact.account ?? null,
      owner: fact.owner,
      leadSource: fact.leadSource ?? null,
      stage: fact.stage ?? null,
      probability: fact.probability ?? null,
      closed: false,
      won: false,
      createdAt: fact.occurredAt,
      closedAt: null,
      closeDate: fact.closeDate ?? null,
      amount: fact.amount ?? null,
      currency: fact.currency ?? 'USD',
      organisationAmount: fact.amount ?? null,
      attributionActivation: journeys[0]?.id ?? null,
      attributionContact: null,
      attributionBecause: because,
      stages: [{ at: fact.occurredAt, owner: fact.owner, because }, null, null],
      contactRoles: [],
      deleted: false,
    })
  }
}
