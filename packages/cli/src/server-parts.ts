import type { ClusterFact, Derivation, Fact, PersonKey } from '@throughline/core'
import { entryAt, inOrder, isDirectoryFact, keysOf } from '@throughline/core'
import { listOwners, listPeople, REPORTS, type ReportContext, readAccount, runReport } from '@throughline/mart'
import type { JourneyStory, Names, OpportunityStory, Parts, Status, Timeline } from '@throughline/server'
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
    attribute: ({ opportunity, person, activation, reason, by, key }) => {
      const now = clock()
      // The key is the sender's: the same choice sent again is the same fact.
      const told = {
        id: `throughline/Opportunity/${opportunity}/attribution-${key}`,
        occurredAt: now,
        recordedAt: now,
        opportunity,
        reason,
        by,
      }
      const fact: Fact = person
        ? { ...told, kind: 'attribution-set', person, ...(activation && { activation }) }
        : { ...told, kind: 'attribution-released' }
      return engine.receive([fact])
    },
    account: (id) => readAccount(mart, id),
    users: async () => {
      const { users } = await engine.directory()
      const now = clock()
      return [...users.keys()]
        .flatMap((id) => entryAt(users, id, now) ?? [])
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1))
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
  const interactions = derivation.interactions.filter((one) => one.person === person.id)
  const facts = await factsOf(house, key)
  const history = historyOf(
    facts,
    new Set([...records, ...mergedInto(facts, records)]),
    new Set(interactions.map(({ because }) => because.fact)),
  )
  return {
    person,
    engagements: engagements.toSorted((a, b) => a.at - b.at),
    journeys: journeys.toSorted((a, b) => a.stages[0].at - b.stages[0].at),
    interactions: interactions.toSorted((a, b) => a.at - b.at),
    opportunities: opportunities.toSorted((a, b) => a.createdAt - b.createdAt),
    history,
    findings: derivation.findings.filter((one) => records.has(one.record)),
    names: await namesOf(house, derivation, history),
  }
}

/** What was reported of a record's cluster so far, in the order of reading. */
async function factsOf({ store, engine }: House, key: string): Promise<ClusterFact[]> {
  const cluster = await store.clusterOf(key)
  if (cluster === undefined) return []
  const facts = (await store.histories([cluster])).get(cluster) ?? []
  const { rules } = await engine.rules()
  return inOrder(
    facts.filter((fact): fact is ClusterFact => !isDirectoryFact(fact)),
    rules,
    clock(),
  ).map(({ fact }) => fact)
}

/** Facts about any of the records, and those named: an interaction may know its person by an e-mail address alone. */
function historyOf(facts: readonly ClusterFact[], records: ReadonlySet<string>, named: ReadonlySet<string>) {
  return facts.filter((fact) => named.has(fact.id) || keysOf(fact).some((key) => records.has(key)))
}

/** Rows that were merged into one of the records: they live on in it. */
function mergedInto(facts: readonly ClusterFact[], records: ReadonlySet<string>): Set<string> {
  const gone = new Set<string>()
  // Later merges first: a row that was merged into one that was merged away belongs here too.
  for (const fact of facts.toReversed())
    if (fact.kind === 'records-merged' && (records.has(fact.survivor) || gone.has(fact.survivor)))
      for (const key of fact.merged) gone.add(key)
  return gone
}

async function opportunityStory(
  house: House,
  derivation: Derivation,
  id: string,
): Promise<OpportunityStory | undefined> {
  const opportunity = derivation.opportunities.find((one) => one.id === id)
  if (!opportunity) return undefined
  const engagements = new Map(derivation.engagements.map((one) => [one.id, one]))
  const stories = derivation.journeys
    .flatMap((journey): JourneyStory[] => {
      const engagement = engagements.get(journey.id)
      return engagement && !journey.voided ? [{ journey, engagement }] : []
    })
    .sort((a, b) => a.engagement.at - b.engagement.at)
  const people = Object.fromEntries(
    opportunity.contactRoles.flatMap(({ contact }) =>
      derivation.people.filter((one) => one.contacts.includes(contact)).map((one) => [contact, one]),
    ),
  )
  const members = new Set(Object.values(people).map((one) => one.id))
  const records = new Set([`opportunity:${id}`])
  const history = historyOf(await factsOf(house, `opportunity:${id}`), records, new Set())
  return {
    opportunity,
    attribution: stories.find(({ journey }) => journey.id === opportunity.attributionActivation) ?? null,
    journeys: stories.filter(({ journey }) => journey.primaryOpportunity === id),
    people,
    choices: stories.filter(({ journey }) => journey.person !== null && members.has(journey.person)),
    history,
    findings: derivation.findings.filter((one) => records.has(one.record)),
    names: await namesOf(house, derivation, history),
  }
}

/** The users, accounts and campaigns that a derivation and a history speak of, by their present names. */
async function namesOf(house: House, derivation: Derivation, history: readonly ClusterFact[]): Promise<Names> {
  const directory = await house.engine.directory()
  const now = clock()
  const users: Record<string, string> = {}
  for (const id of new Set([...ownersIn(derivation), ...history.flatMap(usersIn)])) {
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
  const campaigns: Record<string, string> = {}
  for (const fact of history) {
    const campaign = fact.kind === 'campaign-member-set' ? entryAt(directory.campaigns, fact.campaign, now) : undefined
    if (campaign) campaigns[campaign.id] = campaign.name
  }
  return { users, accounts, campaigns }
}

/** The users a fact names: who did it, and whom it made the owner. */
function usersIn(fact: ClusterFact): string[] {
  return [
    'by' in fact ? fact.by : undefined,
    'owner' in fact ? fact.owner : undefined,
    fact.kind === 'owner-changed' ? fact.to : undefined,
  ].filter((id) => id !== undefined)
}

/** Everybody who owns, or owned at a stage, something in a derivation. */
function ownersIn({ people, journeys, opportunities }: Derivation): Set<string> {
  const owners = new Set<string>()
  for (const { owner } of [...people, ...opportunities]) owners.add(owner)
  for (const { stages } of [...journeys, ...opportunities])
    for (const stamp of stages) if (stamp?.owner) owners.add(stamp.owner)
  return owners
}
