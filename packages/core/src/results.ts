import type { Derivation, Engagement, Journey, Opportunity, Person, PersonId, Stamp } from './derivation.ts'
import { dormantAt } from './dormancy.ts'
import type { Instant, PersonKey } from './facts.ts'
import { idOf } from './keys.ts'
import { reportingOf } from './mapping.ts'
import { convertAmount } from './money.ts'
import {
  activeRecord,
  type EngagementState,
  isOpen,
  type JourneyState,
  type OpportunityState,
  objectOfPerson,
  type PersonState,
  type State,
  survivorOf,
} from './state.ts'

/** Turns what the fold knows at the end into records, each list in the order of its ids. */
export function results(state: State, wakeAt: Instant | null): Derivation {
  const engagements: Engagement[] = []
  const journeys: Journey[] = []
  for (const engagement of state.engagements.values()) {
    engagements.push(engagementRecord(state, engagement))
    if (engagement.journey) journeys.push(journeyRecord(state, engagement, engagement.journey))
  }
  const opportunities: Opportunity[] = []
  for (const opportunity of state.opportunities.values()) opportunities.push(opportunityRecord(state, opportunity))
  const people: Person[] = []
  for (const person of state.people) people.push(personRecord(person))
  const interactions = state.interactions.map((one) => {
    const id = personIdOf(state, one.person)
    return id === one.person ? one : { ...one, person: id }
  })
  return {
    people: people.sort(byId),
    engagements: engagements.sort(byId),
    journeys: journeys.sort(byId),
    opportunities: opportunities.sort(byId),
    interactions: interactions.sort(byId),
    findings: state.findings,
    wakeAt,
    mentions: [...state.mentions].sort(),
  }
}

const byId = (a: Readonly<{ id: string }>, b: Readonly<{ id: string }>): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0

/** Who a person id stands for now: people who turned out to be one share the id of the first. */
function personIdOf(state: State, id: PersonId): PersonId {
  return state.records.get(id)?.person.id ?? id
}

/** A lead or contact id after merges: the row that lives on. [I1] */
function survivingId(state: State, object: 'lead' | 'contact', id: string | undefined): string | null {
  if (id === undefined) return null
  const record = state.records.get(`${object}:${id}` as PersonKey)
  return record ? idOf(survivorOf(record).key) : id
}

/** [H1] [L8] The contact an engagement was made on, or that its person has become: by conversion, merge or address. */
function contactOf(state: State, engagement: EngagementState): string | null {
  if (engagement.contact !== undefined) return survivingId(state, 'contact', engagement.contact)
  const contact = engagement.person?.records.find((one) => one.object === 'contact' && !one.mergedInto)
  return contact ? idOf(contact.key) : null
}

function engagementRecord(state: State, engagement: EngagementState): Engagement {
  const contact = contactOf(state, engagement)
  const opportunity = engagement.person ? undefined : engagement.journey?.primary
  return {
    id: engagement.id,
    recordType: engagement.journey ? 'Activation' : 'Influencing Engagement',
    activationType: engagement.activationType ?? null,
    person: engagement.person?.id ?? null,
    lead: survivingId(state, 'lead', engagement.lead),
    contact,
    account:
      (contact ? state.records.get(`contact:${contact}`)?.account : undefined) ?? opportunity?.created.account ?? null,
    parent: engagement.parent?.id ?? null,
    previous: engagement.previous?.id ?? null,
    triggeredBy: engagement.triggeredBy,
    mediumInput: engagement.mediumInput,
    at: engagement.at,
    recordedAt: engagement.recordedAt,
    first: engagement.first,
    last: engagement.last,
    engagementType: engagement.engagementType,
    corrected: engagement.corrected,
    reporting: reportingOf(engagement, state.rules),
    backdated: engagement.backdated,
    demotedFromActivationAt: engagement.demotedAt ?? null,
    voided: engagement.voided,
    because: engagement.because,
  }
}

/** [G13] Stages 4 to 6 are shown on the activation that its primary opportunity is attributed to. */
function journeyRecord(state: State, engagement: EngagementState, journey: JourneyState): Journey {
  const { primary } = journey
  const attributing = primary !== undefined && primary.attribution === engagement
  const later = attributing ? primary.stages : []
  return {
    id: engagement.id,
    person: engagement.person?.id ?? null,
    activationType: engagement.activationType ?? 'Original Activation',
    stages: [
      journey.stages[0],
      journey.stages[1] ?? null,
      journey.stages[2] ?? null,
      later[0] ?? null,
      later[1] ?? null,
      later[2] ?? null,
    ],
    completion: journey.completion ?? null,
    primaryOpportunity: primary?.id ?? null,
    primaryOpportunityType: primary ? (attributing ? 'Attribution Activation' : 'Influencing Activation') : null,
    dormantAt: isOpen(engagement) ? dormantAt(state, engagement) : null,
    voided: engagement.voided,
  }
}

function opportunityRecord(state: State, opportunity: OpportunityState): Opportunity {
  const { created, attribution } = opportunity
  const { currency, rates } = state.rules.organisation
  const amount = opportunity.amount ?? null
  const rate = opportunity.currency === currency ? '1' : rates[opportunity.currency]
  const organisationAmount =
    amount === null || rate === undefined ? null : (convertAmount(amount, opportunity.currency, currency, rate) ?? null)
  if (amount !== null && organisationAmount === null)
    state.findings.push({
      code: 'missing-rate',
      record: `opportunity:${opportunity.id}`,
      fact: created.id,
      at: opportunity.createdAt,
      detail: `The rules have no rate from ${opportunity.currency} to ${currency}; its amount is not in the totals.`,
    })
  const stages: readonly [Stamp, Stamp | null, Stamp | null] = [
    opportunity.stages[0],
    opportunity.stages[1] ?? null,
    opportunity.stages[2] ?? null,
  ]
  return {
    id: opportunity.id,
    name: created.name ?? null,
    account: created.account ?? null,
    owner: opportunity.owner,
    leadSource: created.leadSource ?? null,
    stage: opportunity.stage ?? null,
    probability: opportunity.probability ?? null,
    closed: opportunity.closed,
    won: opportunity.won,
    createdAt: opportunity.createdAt,
    closedAt: opportunity.closedAt ?? null,
    closeDate: opportunity.closeDate ?? null,
    amount,
    currency: opportunity.currency,
    organisationAmount,
    attributionActivation: attribution?.id ?? null,
    attributionContact: attribution ? contactOf(state, attribution) : null,
    attributionBecause: opportunity.attributionBecause ?? null,
    stages,
    contactRoles: opportunity.roles.map((role) => ({
      contact: idOf(survivorOf(role.contact).key),
      role: role.role ?? null,
      primary: role.primary,
      at: role.at,
    })),
    deleted: opportunity.deleted,
  }
}

function personRecord(person: PersonState): Person {
  const record = activeRecord(person)
  const alive = person.records.filter((one) => !one.mergedInto)
  const ids = (object: 'lead' | 'contact') => alive.filter((one) => one.object === object).map((one) => idOf(one.key))
  return {
    id: person.id,
    leads: ids('lead'),
    contacts: ids('contact'),
    account: alive.find((one) => one.account !== undefined)?.account ?? null,
    owner: record.owner,
    status: record.status ?? null,
    score: record.score ?? null,
    object: objectOfPerson(person),
    currentActivation: person.current?.id ?? null,
    dormant: person.current !== undefined && !isOpen(person.current),
    createdAt: person.createdAt,
    deleted: alive.every((one) => one.deleted),
  }
}
