import type { Derivation, Fact, PersonKey } from '@throughline/core'
import { entryAt } from '@throughline/core'
import { listOwners, listPeople, REPORTS, type ReportContext, runReport } from '@throughline/mart'
import type { Names, OpportunityStory, Parts, Status, Timeline } from '@throughline/server'
import { clock } from './clock.ts'
import type { House } from './house.ts'

/** What the HTTP server asks for, answered by the store, the mart and the engine. */
export function serverParts(house: House, version: string): Parts {
  const { engine, mart, store } = house

  const status = async (): Promise<Status> => {
    const { rules } = await engine.rules()
    const [checkpoint, position] = [await mart.checkpoint(), await store.position()]
    const waiting = checkpoint ? await store.publishedAfter(checkpoint.publishedSeq, 1000) : []
    return {
      organisation: rules.organisation,
      stageLabels: rules.stages.labels,
      facts: position.facts,
      checkpoint: checkpoint
        ? { publishedSeq: checkpoint.publishedSeq, asOf: checkpoint.asOf, rulesVersion: checkpoint.rulesVersion }
        : null,
      lag: waiting.length,
      rebuildDue: await store.rebuildDue(),
      version,
    }
  }

  return {
    status,
    reports: {
      list: () => REPORTS,
      run: async (name, parameters) => runReport(mart, await reportContext(house), name, parameters),
    },
    people: {
      list: (query) => listPeople(mart, query),
      owners: () => listOwners(mart),
      timeline: async (key) => {
        const derivation = await engine.derivationOf(key)
        return derivation && timelineOf(house, derivation, key)
      },
    },
    opportunity: async (id) => {
      const derivation = await engine.derivationOf(`opportunity:${id}`)
      return derivation && opportunityStory(house, derivation, id)
    },
    explain: (record) => engine.explain(record),
    receive: (facts: readonly Fact[]) => engine.receive(facts),
    profiles: {
      get: (keys) => store.profiles(keys),
      search: (text, limit) => store.searchProfiles(text, limit),
    },
  }
}

/** What a report must know of the rules in force. */
export async function reportContext(house: House): Promise<ReportContext> {
  const { rules } = await house.engine.rules()
  return { organisation: rules.organisation, stageLabels: rules.stages.labels }
}

async function timelineOf(house: House, derivation: Derivation, key: PersonKey): Promise<Timeline | undefined> {
  const person = derivation.people.find(
    (one) =>
      one.id === key ||
      one.leads.some((lead) => key === `lead:${lead}`) ||
      one.contacts.some((contact) => key === `contact:${contact}`),
  )
  if (!person) return undefined
  const engagements = derivation.engagements.filter((one) => one.person === person.id && !one.voided)
  const journeys = derivation.journeys.filter((one) => one.person === person.id && !one.voided)
  const opportunities = derivation.opportunities.filter(
    (one) =>
      journeys.some((journey) => journey.primaryOpportunity === one.id) ||
      one.contactRoles.some(({ contact }) => person.contacts.includes(contact)),
  )
  const records = new Set<string>([
    person.id,
    ...person.leads.map((lead) => `lead:${lead}`),
    ...person.contacts.map((contact) => `contact:${contact}`),
    ...engagements.map((one) => one.id),
  ])
  return {
    person,
    engagements: engagements.toSorted((a, b) => a.at - b.at),
    journeys: journeys.toSorted((a, b) => a.stages[0].at - b.stages[0].at),
    interactions: derivation.interactions.filter((one) => one.person === person.id).toSorted((a, b) => a.at - b.at),
    opportunities: opportunities.toSorted((a, b) => a.createdAt - b.createdAt),
    findings: derivation.findings.filter((one) => records.has(one.record)),
    names: await namesOf(house, derivation),
  }
}

async function opportunityStory(
  house: House,
  derivation: Derivation,
  id: string,
): Promise<OpportunityStory | undefined> {
  const opportunity = derivation.opportunities.find((one) => one.id === id)
  if (!opportunity) return undefined
  const engagements = new Map(derivation.engagements.map((one) => [one.id, one]))
  return {
    opportunity,
    attribution: opportunity.attributionActivation
      ? (engagements.get(opportunity.attributionActivation) ?? null)
      : null,
    journeys: derivation.journeys.flatMap((journey) => {
      const engagement = engagements.get(journey.id)
      return journey.primaryOpportunity === id && engagement && !journey.voided ? [{ journey, engagement }] : []
    }),
    people: Object.fromEntries(
      opportunity.contactRoles.flatMap(({ contact }) =>
        derivation.people.filter((one) => one.contacts.includes(contact)).map((one) => [contact, one.id]),
      ),
    ),
    names: await namesOf(house, derivation),
  }
}

/** The users and accounts a derivation speaks of, by their present names. */
async function namesOf(house: House, derivation: Derivation): Promise<Names> {
  const directory = await house.engine.directory()
  const now = clock()
  const users: Record<string, string> = {}
  for (const id of ownersIn(derivation)) {
    const user = entryAt(directory.users, id, now)
    if (user) users[id] = user.queue ? `Queue: ${user.name}` : user.name
  }
  const accounts: Record<string, { name: string }> = {}
  const wanted = [...derivation.people, ...derivation.opportunities, ...derivation.engagements].map(
    (one) => one.account,
  )
  for (const id of wanted) {
    const account = id === null ? undefined : entryAt(directory.accounts, id, now)
    if (account) accounts[account.id] = { name: account.name }
  }
  return { users, accounts }
}

/** Everybody who owns, or owned at a stage, something in a derivation. */
function ownersIn({ people, journeys, opportunities }: Derivation): Set<string> {
  const owners = new Set<string>()
  for (const { owner } of [...people, ...opportunities]) owners.add(owner)
  for (const { stages } of [...journeys, ...opportunities])
    for (const stamp of stages) if (stamp?.owner) owners.add(stamp.owner)
  return owners
}
