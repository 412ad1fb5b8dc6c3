/** What was reported of the made-up company's records, and its accounts: for the server's and the pages' tests. */
import type { AttributionReleased, AttributionSet, ClusterFact, Instant, Opportunity, Person } from '@throughline/core'
import type { AccountStory, PersonLine } from '../src/parts.ts'
import { type Company, USERS } from './fake-company.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const told = (id: string, at: Instant) => ({ id: `salesforce/${id}`, occurredAt: at, recordedAt: at })

/** A person's records: created, perhaps converted, statuses set, and whatever the interactions say. */
export function historyOfPerson(company: Company, person: Person): ClusterFact[] {
  const [lead = '', contact] = [person.leads[0], person.contacts[0]]
  const born = person.createdAt
  const facts: ClusterFact[] = [
    {
      ...told(`Lead/${lead}/created`, born),
      kind: 'lead-created',
      lead,
      by: 'u1',
      owner: 'q1',
      status: 'Open',
      leadSource: 'Website',
    },
    {
      ...told(`LeadHistory/${lead}/owner`, born + HOUR),
      kind: 'owner-changed',
      record: `lead:${lead}`,
      to: person.owner,
    },
  ]
  if (contact)
    facts.push({
      ...told(`Lead/${lead}/converted`, born + 2 * DAY),
      kind: 'lead-converted',
      lead,
      contact,
      ...(person.account && { account: person.account }),
      by: 'u2',
    })
  if (person.status && person.status !== 'Open')
    facts.push({
      ...told(`LeadHistory/${lead}/status`, born + 3 * DAY),
      kind: 'status-changed',
      record: contact ? `contact:${contact}` : `lead:${lead}`,
      from: 'Open',
      to: person.status,
      by: 'u2',
    })
  for (const { because, kind, label, at } of company.interactions.filter((one) => one.person === person.id))
    facts.push(
      kind === 'task'
        ? {
            ...told('', at),
            id: because.fact,
            kind: 'task-recorded',
            task: because.fact,
            person: person.id,
            owner: 'u2',
            subject: label,
            type: 'Call',
            status: 'Completed',
          }
        : {
            ...told('', at),
            id: because.fact,
            kind: 'interaction-recorded',
            person: person.id,
            channel: 'form',
            submission: { engagementType: label },
          },
    )
  facts.push({
    ...told(`CampaignMember/${lead}/sent`, born + 5 * DAY),
    kind: 'campaign-member-set',
    member: `m${lead}`,
    campaign: '701expo',
    person: person.id,
    status: 'Sent',
    by: 'u1',
  })
  return facts.sort((a, b) => a.occurredAt - b.occurredAt)
}

/** Names of the made-up company's campaigns, by id. */
export const CAMPAIGNS: Readonly<Record<string, string>> = { '701expo': 'Automate Expo 2025' }

/** An opportunity: created, its roles, moved on, perhaps closed, and attributions set by hand. */
export function historyOfOpportunity(
  opportunity: Opportunity,
  byHand: readonly (AttributionSet | AttributionReleased)[],
): ClusterFact[] {
  const { id, amount, currency, createdAt, closedAt } = opportunity
  const facts: ClusterFact[] = [
    {
      ...told(`Opportunity/${id}/created`, createdAt),
      kind: 'opportunity-created',
      opportunity: id,
      by: 'u2',
      owner: 'u2',
      stage: 'Prospecting',
      amount: Math.round((amount ?? 0) / 2),
      currency,
      closeDate: '2025-06-30',
    },
    ...opportunity.contactRoles.map(
      ({ contact, role, primary }): ClusterFact => ({
        ...told(`OpportunityContactRole/${id}-${contact}/created`, createdAt),
        kind: 'contact-role-added',
        contactRole: `${id}-${contact}`,
        contact,
        opportunity: id,
        ...(role && { role }),
        primary,
        by: 'u2',
      }),
    ),
    {
      ...told(`OpportunityFieldHistory/${id}/amount`, createdAt + 5 * HOUR),
      kind: 'opportunity-changed',
      opportunity: id,
      ...(amount !== null && { amount, currency }),
      closeDate: '2025-07-31',
      by: 'u5',
    },
    {
      ...told(`OpportunityFieldHistory/${id}/owner`, createdAt + 6 * HOUR),
      kind: 'owner-changed',
      record: `opportunity:${id}`,
      to: opportunity.owner,
      by: 'u2',
    },
  ]
  if (closedAt !== null)
    facts.push({
      ...told(`Opportunity/${id}/closed`, closedAt),
      kind: 'opportunity-closed',
      opportunity: id,
      won: opportunity.won,
      ...(opportunity.stage && { stage: opportunity.stage }),
      by: 'u5',
    })
  return [...facts.sort((a, b) => a.occurredAt - b.occurredAt), ...byHand]
}

/** An account of the made-up company; undefined where there is none of that id. */
export function fakeAccount(company: Company, lines: readonly PersonLine[], id: string): AccountStory | undefined {
  const account = company.accounts[id]
  if (!account) return undefined
  const people = lines.filter(({ person }) => person.account === id)
  const ids = new Set<string>(people.map(({ person }) => person.id))
  const engagements = company.engagements.filter(({ person }) => ids.has(person ?? ''))
  const journeys = company.journeys.filter(({ person }) => ids.has(person ?? ''))
  const opportunities = company.opportunities.filter((one) => one.account === id)
  const months = new Map<string, { month: string; activations: number; influencing: number }>()
  for (const { at, recordType } of engagements) {
    const month = new Date(at).toISOString().slice(0, 7)
    const entry = months.get(month) ?? { month, activations: 0, influencing: 0 }
    entry[recordType === 'Activation' ? 'activations' : 'influencing'] += 1
    months.set(month, entry)
  }
  const amounts = new Map<string, AccountStory['amounts'][number]>()
  for (const { won, closed, currency, amount, organisationAmount } of opportunities) {
    const state = won ? 'won' : closed ? 'lost' : 'open'
    const before = amounts.get(state + currency)
    amounts.set(state + currency, {
      state,
      currency,
      opportunities: (before?.opportunities ?? 0) + 1,
      amount: (before?.amount ?? 0) + (amount ?? 0),
      organisationAmount: (before?.organisationAmount ?? 0) + (organisationAmount ?? 0),
    })
  }
  return {
    account: { id, name: account.name, owner: 'u5', industry: 'Manufacturing' },
    ownerName: USERS.u5 ?? null,
    people,
    peopleTotal: people.length,
    engagements: engagements.length,
    journeys: journeys
      .toSorted((a, b) => a.stages[0].at - b.stages[0].at)
      .map((journey) => {
        const activation = engagements.find((one) => one.id === journey.id)
        return {
          id: journey.id,
          person: journey.person,
          activationType: journey.activationType,
          engagementType: activation?.engagementType ?? null,
          medium: activation?.first.medium ?? null,
          source: activation?.first.source ?? null,
          stages: journey.stages.map((stamp) => stamp?.at ?? null),
          completedAt: journey.completion?.at ?? null,
          outcome: journey.completion?.outcome ?? null,
          opportunity: journey.primaryOpportunity,
          opportunityRole: journey.primaryOpportunityType,
          influencing: engagements.filter(({ parent }) => parent === journey.id).map(({ at }) => at),
        }
      }),
    journeysTotal: journeys.length,
    opportunities: opportunities
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .map(({ attributionBecause, attributionContact: _contact, stages: _stages, contactRoles: _roles, ...one }) => ({
        ...one,
        ownerName: USERS[one.owner] ?? null,
        attributionRule: attributionBecause?.rule ?? null,
      })),
    opportunitiesTotal: opportunities.length,
    amounts: [...amounts.values()],
    months: [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1)),
  }
}
