import {
  dayOf,
  type Engagement,
  type Finding,
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
  accountAnswer,
  engagementAnswer,
  explanationAnswer,
  findingAnswer,
  journeyAnswer,
  opportunityAnswer,
  opportunityLineAnswer,
  personAnswer,
  personLineAnswer,
  stampAnswer,
} from './answers.ts'
import { showHistory } from './history.ts'
import type { AccountStory, Names, OpportunityStory, PersonLine, Timeline } from './parts.ts'

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
    corrected,
    ...rest
  } = engagement
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  return {
    ...rest,
    corrected: corrected && { ...corrected, by: [...corrected.by] },
    day: day(engagement.at),
    recordedDay: day(recordedAt),
    rule: because.rule,
  }
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
    roles: timeline.opportunities.flatMap((opportunity) =>
      opportunity.contactRoles
        .filter(({ contact }) => person.contacts.includes(contact))
        .map(({ contact, role, primary, at }) => ({
          opportunity: opportunity.id,
          opportunityName: opportunity.name ?? opportunity.id,
          contact,
          role,
          primary,
          day: day(at),
        })),
    ),
    history: showHistory(
      timeline.history,
      {
        of: 'person',
        names,
        nameOf: (key) => nameOf(profiles.get(key)),
        opportunity: (id) => timeline.opportunities.find((one) => one.id === id)?.name ?? id,
      },
      setting,
    ),
    findings: timeline.findings.map((finding) => showFinding(finding, setting)),
  }
}

/** Who engaged, by the records of an engagement. */
function engagedBy({ lead, contact }: Engagement, profiles: Profiles): string | null {
  return nameOf(profileOf(profiles, lead ? [lead] : [], contact ? [contact] : []))
}

/** An opportunity's page: stages, attribution activation, buying group, and the journeys that lead to it. */
export function showStory(
  story: OpportunityStory,
  profiles: Profiles,
  setting: Setting,
): Answer<typeof opportunityAnswer> {
  const { opportunity, attribution, journeys, people, choices, history, names } = story
  const record = `opportunity:${opportunity.id}`
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  return {
    ...showOpportunity(opportunity, names, setting),
    stages: [
      ...([0, 1, 2] as const).map((index) =>
        showStamp(
          attribution?.journey.stages[index] ?? null,
          index + 1,
          attribution?.journey.id ?? record,
          names,
          setting,
        ),
      ),
      ...opportunity.stages.map((stamp, index) => showStamp(stamp, index + 4, record, names, setting)),
    ],
    attribution: attribution && {
      engagement: showEngagement(attribution.engagement, setting),
      person: attribution.engagement.person,
      personName: engagedBy(attribution.engagement, profiles),
      contact: opportunity.attributionContact,
      open: attribution.journey.completion === null,
      outcome: attribution.journey.completion?.outcome ?? null,
      byHand: chosenByHand(story, setting),
    },
    contactRoles: opportunity.contactRoles.map(({ contact, role, primary, at }) => {
      const person = people[contact]
      return {
        contact,
        person: person?.id ?? null,
        name: nameOf(profiles.get(`contact:${contact}`)),
        role,
        primary,
        day: day(at),
        activations: choices
          .filter(({ journey }) => person !== undefined && journey.person === person.id)
          .reverse()
          .map(({ journey, engagement }) => ({
            id: journey.id,
            activationType: engagement.activationType,
            day: day(engagement.at),
            engagementType: engagement.engagementType,
            medium: engagement.reporting.medium,
            source: engagement.reporting.source,
            open: journey.completion === null,
            outcome: journey.completion?.outcome ?? null,
            current: person?.currentActivation === journey.id,
          })),
      }
    }),
    history: showHistory(
      history,
      {
        of: 'opportunity',
        names,
        nameOf: (key) => nameOf(profiles.get(key)),
        opportunity: (id) => (id === opportunity.id && opportunity.name) || id,
      },
      setting,
    ),
    findings: story.findings.map((finding) => showFinding(finding, setting)),
    journeys: journeys.map(({ journey, engagement }) => ({
      id: journey.id,
      person: journey.person,
      personName: engagedBy(engagement, profiles),
      activation: showEngagement(engagement, setting),
      role: journey.primaryOpportunityType,
      open: journey.completion === null,
    })),
  }
}

/** [L9] Who set the attribution by hand, where such a choice is what holds. */
function chosenByHand({ opportunity, history, names }: OpportunityStory, setting: Setting) {
  const fact = history.find(({ id }) => id === opportunity.attributionBecause?.fact)
  if (fact?.kind !== 'attribution-set') return null
  return { by: userIn(names, fact.by), day: dayOf(setting.organisation.zone, fact.occurredAt), reason: fact.reason }
}

const showFinding = ({ code, record, at, detail }: Finding, setting: Setting): Answer<typeof findingAnswer> => ({
  code,
  record,
  day: dayOf(setting.organisation.zone, at),
  detail,
})

/** An account's page. */
export function showAccount(story: AccountStory, profiles: Profiles, setting: Setting): Answer<typeof accountAnswer> {
  const { account, ownerName } = story
  const day = (at: Instant) => dayOf(setting.organisation.zone, at)
  const nameFor = new Map(
    story.people.map(({ person }) => [person.id, nameOf(profileOf(profiles, person.leads, person.contacts))]),
  )
  return {
    id: account.id,
    name: account.name,
    owner: account.owner === null ? null : { id: account.owner, name: ownerName ?? account.owner },
    industry: account.industry,
    people: story.people.map((line) => showLine(line, profiles, setting)),
    peopleTotal: story.peopleTotal,
    engagements: story.engagements,
    journeys: story.journeys.map(({ stages, completedAt, influencing, person, ...journey }) => ({
      ...journey,
      person,
      personName: person && (nameFor.get(person) ?? nameOf(profiles.get(person))),
      day: day(stages[0] as Instant),
      stages: stages.map((at) => (at === null ? null : day(at))),
      completedDay: completedAt === null ? null : day(completedAt),
      influencing: influencing.map(day),
    })),
    journeysTotal: story.journeysTotal,
    opportunities: story.opportunities.map(({ ownerName: owner, createdAt, closedAt, ...rest }) => ({
      ...rest,
      name: rest.name ?? rest.id,
      account: { id: account.id, name: account.name },
      owner: { id: rest.owner, name: owner ?? rest.owner },
      createdDay: day(createdAt),
      closedDay: closedAt === null ? null : day(closedAt),
      deleted: false,
    })),
    opportunitiesTotal: story.opportunitiesTotal,
    amounts: [...story.amounts],
    months: [...story.months],
  }
}

/** An explanation with its facts spread out. */
export function showExplanation(
  explanation: Explanation,
  names: Readonly<Record<string, string>>,
  setting: Setting,
): Answer<typeof explanationAnswer> {
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
    names,
  }
}

function userIn(names: Names, id: UserId): { id: string; name: string } {
  return { id, name: names.users[id] ?? id }
}

function accountIn(names: Names, id: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: names.accounts[id]?.name ?? id }
}

/** The people's records that an explanation mentions, in its sentences and in its facts. */
export function peopleIn(explanation: Explanation): PersonKey[] {
  const keys = new Set<PersonKey>()
  for (const [, object, id] of JSON.stringify(explanation).matchAll(
    /\b(lead|contact)(?::|":"| )([A-Za-z0-9_-]{1,255})/gi,
  ))
    keys.add(`${object?.toLowerCase()}:${id}` as PersonKey)
  return [...keys].slice(0, 200)
}

/** The names of people and users, by the keys that an explanation mentions. */
export function namesFor(
  profiles: Profiles,
  users: readonly Readonly<{ id: string; name: string }>[],
): Record<string, string> {
  const names: Record<string, string> = Object.fromEntries(users.map(({ id, name }) => [`user:${id}`, name]))
  for (const [key, profile] of profiles) {
    const name = nameOf(profile)
    if (name) names[key] = name
  }
  return names
}
