import {
  type ActivationType,
  DEFAULT_RULES,
  type Derivation,
  type Engagement,
  type EngagementId,
  type Finding,
  type Journey,
  type Opportunity,
  type Person,
  type PersonId,
  reportingOf,
  type Stamp,
} from '@throughline/core'

const because = { rule: 'A1', fact: 'test' }

/** Noon of a day in UTC. */
export function noon(day: string): number {
  return Date.parse(`${day}T12:00:00Z`)
}

type Days = readonly [string, ...(string | null)[]]

export type JourneyGiven = Readonly<{
  id: string
  /** Days of the stages reached, from stage 1 on. */
  stages: Days
  person?: string | null
  type?: ActivationType
  medium?: string
  source?: string
  campaign?: string
  engagementType?: string
  owner?: string
  ended?: readonly [day: string, outcome: string]
  opportunity?: readonly [id: string, part: 'Attribution Activation' | 'Influencing Activation']
  dormant?: string
  voided?: boolean
  account?: string
  /** Days of influencing engagements, each with its medium. */
  influencedBy?: readonly (readonly [day: string, medium: string])[]
}>

export type OpportunityGiven = Readonly<{
  id: string
  /** Days of stages 4 to 6. */
  stages: Days
  activation?: string
  amount?: number | null
  currency?: string
  organisationAmount?: number | null
  closed?: boolean
  won?: boolean
  owner?: string
  roles?: readonly string[]
  account?: string
  leadSource?: string
  deleted?: boolean
}>

/** A derivation with just these journeys and opportunities, as if a fold had given it. */
export function derivationOf(
  given: Readonly<{
    journeys?: readonly JourneyGiven[]
    opportunities?: readonly OpportunityGiven[]
    findings?: readonly Finding[]
  }>,
): Derivation {
  const journeys = given.journeys ?? []
  const people = new Map<string, Person>()
  for (const journey of journeys) if (journey.person !== null) people.set(personOf(journey), personGiven(journey))
  return {
    people: [...people.values()],
    engagements: journeys.flatMap(engagementsGiven),
    journeys: journeys.map(journeyGiven),
    opportunities: (given.opportunities ?? []).map(opportunityGiven),
    interactions: [],
    findings: given.findings ?? [],
    wakeAt: null,
    mentions: [],
  }
}

function personOf(journey: JourneyGiven): PersonId {
  return (journey.person as PersonId | undefined) ?? `lead:${journey.id}`
}

function personGiven(journey: JourneyGiven): Person {
  const id = personOf(journey)
  return {
    id,
    leads: [id.slice('lead:'.length)],
    contacts: [],
    account: journey.account ?? null,
    owner: journey.owner ?? 'u1',
    status: null,
    score: null,
    object: 'lead',
    currentActivation: `eng:${journey.id}`,
    dormant: journey.ended !== undefined,
    createdAt: noon(journey.stages[0]),
    deleted: false,
  }
}

function engagementsGiven(journey: JourneyGiven): Engagement[] {
  const { medium, source, campaign } = journey
  const first = { ...(medium && { medium }), ...(source && { source }), ...(campaign && { campaign }) }
  const engagementType = journey.engagementType ?? null
  const activation: Engagement = {
    id: `eng:${journey.id}`,
    recordType: 'Activation',
    activationType: journey.type ?? 'Original Activation',
    person: journey.person === null ? null : personOf(journey),
    lead: null,
    contact: null,
    account: journey.account ?? null,
    parent: null,
    previous: null,
    triggeredBy: 'Lead Created',
    mediumInput: null,
    at: noon(journey.stages[0]),
    recordedAt: noon(journey.stages[0]),
    first,
    last: {},
    engagementType,
    corrected: null,
    reporting: reportingOf({ first, last: {}, engagementType }, DEFAULT_RULES),
    backdated: false,
    demotedFromActivationAt: null,
    voided: journey.voided ?? false,
    because,
  }
  const influencing = (journey.influencedBy ?? []).map(
    ([day, by], i): Engagement => ({
      ...activation,
      id: `eng:${journey.id}-${i}`,
      recordType: 'Influencing Engagement',
      activationType: null,
      parent: activation.id,
      at: noon(day),
      recordedAt: noon(day),
      first: { medium: by },
      reporting: reportingOf({ first: { medium: by }, last: {}, engagementType }, DEFAULT_RULES),
    }),
  )
  return [activation, ...influencing]
}

function journeyGiven(journey: JourneyGiven): Journey {
  const owner = journey.owner ?? 'u1'
  const stamp = (stage: number) => stampOf(journey.stages[stage], owner)
  return {
    id: `eng:${journey.id}`,
    person: journey.person === null ? null : personOf(journey),
    activationType: journey.type ?? 'Original Activation',
    stages: [stamp(0) as Stamp, stamp(1), stamp(2), stamp(3), stamp(4), stamp(5)],
    completion: journey.ended ? { at: noon(journey.ended[0]), outcome: journey.ended[1], because } : null,
    primaryOpportunity: journey.opportunity?.[0] ?? null,
    primaryOpportunityType: journey.opportunity?.[1] ?? null,
    dormantAt: journey.dormant ? noon(journey.dormant) : null,
    voided: journey.voided ?? false,
  }
}

function opportunityGiven(given: OpportunityGiven): Opportunity {
  const owner = given.owner ?? 'u1'
  const amount = given.amount ?? null
  return {
    id: given.id,
    name: given.id,
    account: given.account ?? null,
    owner,
    leadSource: given.leadSource ?? null,
    stage: null,
    probability: null,
    closed: given.closed ?? given.won ?? false,
    won: given.won ?? false,
    createdAt: noon(given.stages[0]),
    closedAt: null,
    closeDate: null,
    amount,
    currency: given.currency ?? 'USD',
    organisationAmount: given.organisationAmount === undefined ? amount : given.organisationAmount,
    attributionActivation: given.activation ? (`eng:${given.activation}` as EngagementId) : null,
    attributionContact: null,
    attributionBecause: given.activation ? because : null,
    stages: [
      stampOf(given.stages[0], owner) as Stamp,
      stampOf(given.stages[1], owner),
      stampOf(given.stages[2], owner),
    ],
    contactRoles: (given.roles ?? []).map((contact) => ({ contact, role: null, primary: false, at: 0 })),
    deleted: given.deleted ?? false,
  }
}

function stampOf(day: string | null | undefined, owner: string): Stamp | null {
  return day ? { at: noon(day), owner, because } : null
}
