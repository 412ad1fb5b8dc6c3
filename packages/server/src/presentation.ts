import {
  dayOf,
  type Engagement,
  type Instant,
  type Journey,
  type Opportunity,
  type Organisation,
  type PersonKey,
  type Stamp,
  type UserId,
} from '@throughline/core'
import type { Explanation, Profile } from '@throughline/engine'
import type { z } from 'zod'
import type {
  engagementAnswer,
  explanationAnswer,
  journeyAnswer,
  opportunityAnswer,
  opportunityLineAnswer,
  personAnswer,
  personLineAnswer,
  stampAnswer,
} from './answers.ts'
import type { Names, OpportunityStory, PersonLine, Timeline } from './parts.ts'

type Profiles = ReadonlyMap<PersonKey, Profile>
type Answer<Schema extends z.ZodType> = z.output<Schema>

/** How derived records are shown: in which zone, and what the stages are called. */
export type Setting = Readonly<{ organisation: Organisation; stageLabels: readonly string[] }>

/** A person's own details, from the first of their records that has any. */
export function profileOf(
  profiles: Profiles,
  leads: readonly string[],
  contacts: readonly string[],
): Profile | undefined {
  for (const contact of contacts) {
    const profile = profiles.get(`contact:${contact}`)
    if (profile) return profile
  }
  for (const lead of leads) {
    const profile = profiles.get(`lead:${lead}`)
    if (profile) return profile
  }
  return undefined
}

/** A person's name as it is written; null where none is kept. */
export function nameOf(profile: Profile | undefined): string | null {
  return [profile?.firstName, profile?.lastName].filter(Boolean).join(' ') || null
}

/** The keys of all records of a person. */
export function recordKeys(person: Readonly<{ leads: readonly string[]; contacts: readonly string[] }>): PersonKey[] {
  return [
    ...person.contacts.map((contact) => `contact:${contact}` as const),
    ...person.leads.map((lead) => `lead:${lead}` as const),
  ]
}

/** A person as a line in a list. */
export function showLine(line: PersonLine, profiles: Profiles, setting: Setting): Answer<typeof personLineAnswer> {
  const { person } = line
  const profile = profileOf(profiles, person.leads, person.contacts)
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  return {
    id: person.id,
    name: nameOf(profile),
    email: profile?.email ?? null,
    company: line.accountName ?? profile?.company ?? null,
    object: person.object,
    status: person.status,
    score: person.score,
    owner: { id: person.owner, name: line.ownerName ?? person.owner },
    dormant: person.dormant,
    engagements: line.engagements,
    journeys: line.journeys,
    lastEngagementDay: line.lastEngagementAt === null ? null : day(line.lastEngagementAt),
    createdDay: day(person.createdAt),
    activationType: line.activationType,
    medium: line.medium,
    source: line.source,
    stage: line.stage,
  }
}

/** An engagement with its days. */
export function showEngagement(engagement: Engagement, setting: Setting): Answer<typeof engagementAnswer> {
  const {
    because,
    recordedAt,
    lead: _lead,
    contact: _contact,
    account: _account,
    previous: _previous,
    ...rest
  } = engagement
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  return { ...rest, day: day(engagement.at), recordedDay: day(recordedAt), rule: because.rule }
}

/** A stamp of a stage, reached or not. `record` is the journey or opportunity that bears it. */
function showStamp(
  stamp: Stamp | null,
  stage: number,
  record: string,
  names: Names,
  setting: Setting,
): Answer<typeof stampAnswer> {
  return {
    record: `${record}#stage-${stage}`,
    stage,
    label: setting.stageLabels[stage - 1] ?? `Stage ${stage}`,
    at: stamp?.at ?? null,
    day: stamp ? dayOf(setting.organisation.zone, stamp.at) : null,
    owner: stamp?.owner ? userIn(names, stamp.owner) : null,
    inferred: stamp?.inferred ?? null,
    filled: stamp?.filled ?? false,
    rule: stamp?.because.rule ?? null,
  }
}

function showJourney(journey: Journey, timeline: Timeline, setting: Setting): Answer<typeof journeyAnswer> | undefined {
  const activation = timeline.engagements.find((engagement) => engagement.id === journey.id)
  if (!activation) return undefined
  const { completion, primaryOpportunity: opportunity } = journey
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  return {
    id: journey.id,
    activation: showEngagement(activation, setting),
    stages: journey.stages.map((stamp, index) => showStamp(stamp, index + 1, journey.id, timeline.names, setting)),
    completion: completion && {
      record: `${journey.id}#completion`,
      at: completion.at,
      day: day(completion.at),
      outcome: completion.outcome,
      inferred: completion.inferred ?? null,
      rule: completion.because.rule,
    },
    primaryOpportunity:
      opportunity === null
        ? null
        : {
            id: opportunity,
            name: timeline.opportunities.find((known) => known.id === opportunity)?.name ?? opportunity,
            role: journey.primaryOpportunityType,
          },
    dormantDay: journey.dormantAt === null ? null : day(journey.dormantAt),
    voided: journey.voided,
    influencing: timeline.engagements
      .filter((engagement) => engagement.parent === journey.id)
      .map((engagement) => showEngagement(engagement, setting)),
  }
}

/** An opportunity as a line. */
export function showOpportunity(
  opportunity: Opportunity,
  names: Names,
  setting: Setting,
): Answer<typeof opportunityLineAnswer> {
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  return {
    id: opportunity.id,
    name: opportunity.name ?? opportunity.id,
    account: accountIn(names, opportunity.account),
    owner: userIn(names, opportunity.owner),
    stage: opportunity.stage,
    probability: opportunity.probability,
    closed: opportunity.closed,
    won: opportunity.won,
    createdDay: day(opportunity.createdAt),
    closedDay: opportunity.closedAt === null ? null : day(opportunity.closedAt),
    closeDate: opportunity.closeDate,
    amount: opportunity.amount,
    currency: opportunity.currency,
    organisationAmount: opportunity.organisationAmount,
    leadSource: opportunity.leadSource,
    attributionActivation: opportunity.attributionActivation,
    attributionRule: opportunity.attributionBecause?.rule ?? null,
    deleted: opportunity.deleted,
  }
}

/** What the next interaction of a person will be, and why. [A4] [A5] [A6] */
function nextOf({ person, journeys }: Timeline, setting: Setting): Answer<typeof personAnswer>['next'] {
  const current = journeys.find((journey) => journey.id === person.currentActivation)
  if (!current) return { recordType: 'Activation', because: 'there is no journey yet', rule: 'A6' }
  if (current.completion) {
    const day = dayOf(setting.organisation.zone, current.completion.at)
    return {
      recordType: 'Activation',
      because: `the last journey ended on ${day} with the outcome “${current.completion.outcome}”`,
      rule: 'A5',
    }
  }
  return {
    recordType: 'Influencing Engagement',
    because: `the journey that began on ${dayOf(setting.organisation.zone, current.stages[0].at)} is still open`,
    rule: 'A4',
  }
}

/** A person's page: details, journeys with what influenced them, interactions, opportunities, oddities. */
export function showPerson(timeline: Timeline, profiles: Profiles, setting: Setting): Answer<typeof personAnswer> {
  const { person, names } = timeline
  const profile = profileOf(profiles, person.leads, person.contacts)
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  return {
    id: person.id,
    name: nameOf(profile),
    email: profile?.email ?? null,
    title: profile?.title ?? null,
    company: profile?.company ?? null,
    country: profile?.country ?? null,
    phone: profile?.phone ?? null,
    object: person.object,
    leads: [...person.leads],
    contacts: [...person.contacts],
    account: accountIn(names, person.account),
    owner: userIn(names, person.owner),
    status: person.status,
    score: person.score,
    createdDay: day(person.createdAt),
    deleted: person.deleted,
    dormant: person.dormant,
    next: nextOf(timeline, setting),
    journeys: timeline.journeys.flatMap((journey) => showJourney(journey, timeline, setting) ?? []),
    interactions: timeline.interactions.map(
      ({ because, recordedAt: _recordedAt, person: _person, ...interaction }) => ({
        ...interaction,
        day: day(interaction.at),
        rule: because.rule,
      }),
    ),
    opportunities: timeline.opportunities.map((opportunity) => showOpportunity(opportunity, names, setting)),
    findings: timeline.findings.map(({ code, record, at, detail }) => ({ code, record, day: day(at), detail })),
  }
}

/** An opportunity's page: stages, attribution activation, buying group, and the journeys that lead to it. */
export function showStory(
  story: OpportunityStory,
  profiles: Profiles,
  setting: Setting,
): Answer<typeof opportunityAnswer> {
  const { opportunity, attribution, journeys, people, names } = story
  const nameFor = ({ lead, contact }: Engagement) =>
    nameOf(profileOf(profiles, lead ? [lead] : [], contact ? [contact] : []))
  return {
    ...showOpportunity(opportunity, names, setting),
    stages: opportunity.stages.map((stamp, index) =>
      showStamp(stamp, index + 4, `opportunity:${opportunity.id}`, names, setting),
    ),
    attribution: attribution && {
      engagement: showEngagement(attribution, setting),
      personName: nameFor(attribution),
    },
    contactRoles: opportunity.contactRoles.map(({ contact, role, primary, at }) => ({
      contact,
      person: people[contact] ?? null,
      name: nameOf(profiles.get(`contact:${contact}`)),
      role,
      primary,
      day: dayOf(setting.organisation.zone, at),
    })),
    journeys: journeys.map(({ journey, engagement }) => ({
      id: journey.id,
      person: journey.person,
      personName: nameFor(engagement),
      activation: showEngagement(engagement, setting),
      role: journey.primaryOpportunityType,
      open: journey.completion === null,
    })),
  }
}

/** An explanation with its facts spread out. */
export function showExplanation(explanation: Explanation, setting: Setting): Answer<typeof explanationAnswer> {
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  return {
    record: explanation.record,
    so: explanation.so,
    statement: explanation.statement,
    rule: explanation.rule,
    facts: explanation.facts.map(({ fact, role, source }) => {
      const { id, kind, occurredAt, recordedAt, inferred, ...values } = fact
      return {
        id,
        kind,
        role,
        source,
        at: occurredAt,
        day: day(occurredAt),
        recordedDay: day(recordedAt),
        inferred: inferred ?? null,
        values,
      }
    }),
    alternatives: [...explanation.alternatives],
    ranking: explanation.ranking && {
      strategy: explanation.ranking.strategy,
      candidates: explanation.ranking.candidates.map((one) => ({ ...one, reasons: [...one.reasons] })),
    },
    flips: [...explanation.flips],
    sufficient: [...explanation.sufficient],
    related: [...explanation.related],
  }
}

function userIn(names: Names, id: UserId): { id: string; name: string } {
  return { id, name: names.users[id] ?? id }
}

function accountIn(names: Names, id: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: names.accounts[id]?.name ?? id }
}
