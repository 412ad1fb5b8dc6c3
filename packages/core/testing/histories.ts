import fc from 'fast-check'
import type { ClusterFact, DirectoryFact, Inferred, Instant, Rules, Submission } from '../src/index.ts'
import { DAY_MS, DEFAULT_RULES, MINUTE_MS } from '../src/index.ts'

/** Everything a derivation depends on. */
export type History = Readonly<{
  facts: readonly ClusterFact[]
  settings: Settings
  asOf: Instant
  /** What a law draws from when it needs something arbitrary, such as another order of the facts. */
  salt: number
}>

/** 2025-03-03T00:00:00Z, a Monday; every cramped history plays in the days after it. */
export const FIRST_DAY: Instant = 1_740_960_000_000

const DAYS = 9
const LEADS = ['L1', 'L2', 'L3']
const CONTACTS = ['C1', 'C2', 'C3']
const OPPORTUNITIES = ['O1', 'O2']
/** `bot` is nobody's entry in the directory. */
const USERS = ['bea', 'john', 'queue', 'bot']

/**
 * Moments that meet: four to a day, one of them the daily run, the others a grace period apart or
 * less, so that ties in time are common and timers fall due at the moment of other facts.
 */
const moment: fc.Arbitrary<Instant> = fc
  .tuple(fc.nat(DAYS), fc.constantFrom(5, 540, 545, 555))
  .map(([day, minute]) => FIRST_DAY + day * DAY_MS + minute * MINUTE_MS)

/** How long after it happened a fact is recorded: mostly at once, sometimes days late, seldom before. */
const delay: fc.Arbitrary<number> = fc.oneof(
  { weight: 10, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(MINUTE_MS, 10 * MINUTE_MS) },
  { weight: 2, arbitrary: fc.constantFrom(DAY_MS, 3 * DAY_MS) },
  { weight: 1, arbitrary: fc.constantFrom(-MINUTE_MS, -DAY_MS) },
)

const inferred: fc.Arbitrary<Inferred | undefined> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom<Inferred>('last-modified', 'day-only', 'current-value') },
)

const user = fc.constantFrom(...USERS)
const lead = fc.constantFrom(...LEADS)
const contact = fc.constantFrom(...CONTACTS)
const opportunity = fc.constantFrom(...OPPORTUNITIES)
const email = fc.constantFrom('email:e1' as const, 'email:e2' as const)
const leadKey = lead.map((id) => `lead:${id}` as const)
const contactKey = contact.map((id) => `contact:${id}` as const)
const personKey = fc.oneof(leadKey, contactKey)
const status = fc.constantFrom('Open', 'Routed', 'Working', 'Disqualified', 'No Response', 'Strange')
const leadSource = fc.constantFrom(undefined, 'Marketing - Website', 'Sales - Inside Sales')
const closeDate = fc.constantFrom(undefined, '2025-03-01', '2025-03-07', '2025-03-20')
const money = fc.constantFrom({}, { amount: 900_000 }, { amount: 5, currency: 'EUR' }, { amount: 7, currency: 'XXX' })
const stage = fc.constantFrom(undefined, 'Prospecting', 'Negotiation/Review', 'Closed Won', 'Closed Lost', 'Strange')

/** Few values, so that the same submission comes twice; a third of them dated before their record. */
const submission: fc.Arbitrary<Submission> = fc
  .record({
    first: fc.constantFrom(undefined, { medium: 'email' }, { source: 'google' }),
    last: fc.constantFrom(undefined, { medium: 'paid', campaign: 'q1' }),
    engagementType: fc.constantFrom(undefined, 'Webinar', 'Demo Request'),
    engagementAt: fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: moment as fc.Arbitrary<Instant | undefined> },
    ),
  })
  .map((given) => present(given) as Submission)

/** One fact without its id and times, or the several facts of one save. */
type Draft<K = ClusterFact> = K extends ClusterFact ? Omit<K, 'id' | 'occurredAt' | 'recordedAt'> : never
type Save = readonly Draft[]

/** A draft whose optional fields may be drawn as absent. */
type Loose<T> = T extends unknown ? { readonly [K in keyof T]: T[K] | undefined } : never

const one = (draft: fc.Arbitrary<Loose<Draft>>): fc.Arbitrary<Save> => draft.map((fact) => [present(fact) as Draft])

const created = fc.record({
  by: user,
  owner: user,
  status: fc.option(status, { nil: undefined }),
  leadSource,
  email: fc.option(email, { nil: undefined }),
  submission: fc.option(submission, { nil: undefined }),
})

const leadCreated = fc
  .tuple(lead, created)
  .map(([id, given]) => ({ ...given, kind: 'lead-created' as const, lead: id }))
const contactCreated = fc
  .tuple(contact, created)
  .map(([id, given]) => ({ ...given, kind: 'contact-created' as const, contact: id }))

const opportunityCreated = fc
  .record({
    opportunity,
    by: user,
    owner: user,
    stage,
    closeDate,
    leadSource,
    probability: fc.constantFrom(undefined, 0, 10),
    money,
  })
  .map(({ money, ...given }) => ({ ...given, ...money, kind: 'opportunity-created' as const }))

const roleAdded = fc
  .record({ contact, opportunity, primary: fc.boolean(), by: user, twin: fc.boolean() })
  .map(({ twin, ...given }) => ({
    ...given,
    kind: 'contact-role-added' as const,
    contactRole: `${given.opportunity}/${given.contact}${twin ? '/2' : ''}`,
  }))

const roleRemoved = fc.record({ contact, opportunity, twin: fc.boolean() }).map(({ twin, ...given }) => ({
  ...given,
  kind: 'contact-role-removed' as const,
  contactRole: `${given.opportunity}/${given.contact}${twin ? '/2' : ''}`,
}))

const conversion = fc
  .record({ lead, contact, by: user, owner: user, status, opportunity, withContact: fc.boolean(), how: fc.nat(2) })
  .map(({ lead, contact, by, owner, status, opportunity, withContact, how }): Save => {
    const save: Draft[] = [{ kind: 'lead-converted', lead, contact, by, ...(how > 0 && { opportunity }) }]
    if (withContact) save.push({ kind: 'contact-created', contact, by, owner, status })
    if (how > 0) save.push({ kind: 'opportunity-created', opportunity, by, owner })
    if (how > 1)
      save.push({ kind: 'contact-role-added', contactRole: `${opportunity}/${contact}`, contact, opportunity, by })
    return save
  })

const mergeOf = (ids: readonly string[], object: 'lead' | 'contact'): fc.Arbitrary<Save> =>
  fc.shuffledSubarray([...ids], { minLength: 2 }).map(
    ([survivor, ...merged]): Save => [
      {
        kind: 'records-merged',
        survivor: `${object}:${survivor}`,
        merged: merged.map((id) => `${object}:${id}` as const),
      } as const,
    ],
  )

const arrivals: fc.Arbitrary<Save> = fc.oneof(
  { weight: 4, arbitrary: one(leadCreated) },
  { weight: 4, arbitrary: one(contactCreated) },
  { weight: 4, arbitrary: one(opportunityCreated) },
)

/** What a person does or has done to them, without touching opportunities or who is who. */
const peopleOnly: fc.Arbitrary<Save> = fc.oneof(
  {
    weight: 6,
    arbitrary: one(
      fc.record({
        kind: fc.constant('interaction-recorded' as const),
        person: fc.oneof({ weight: 6, arbitrary: personKey }, { weight: 1, arbitrary: email }),
        channel: fc.constantFrom('form' as const, 'list-upload' as const),
        submission,
      }),
    ),
  },
  {
    weight: 6,
    arbitrary: one(fc.record({ kind: fc.constant('status-changed' as const), record: personKey, to: status })),
  },
  {
    weight: 2,
    arbitrary: one(
      fc.record({
        kind: fc.constant('campaign-member-set' as const),
        member: fc.constantFrom('m1', 'm2'),
        campaign: fc.constantFrom('dinner', 'nowhere'),
        person: personKey,
        status: fc.constantFrom('Invited', 'Attended'),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: one(
      fc.record({
        kind: fc.constant('task-recorded' as const),
        task: fc.constantFrom('t1', 't2'),
        person: personKey,
        owner: user,
        type: fc.constantFrom('Call', 'Inbound Call'),
        status: fc.constantFrom('Open', 'Completed'),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: one(fc.record({ kind: fc.constant('owner-changed' as const), record: personKey, to: user })),
  },
  {
    weight: 1,
    arbitrary: one(
      fc.record({ kind: fc.constant('score-changed' as const), record: personKey, to: fc.constantFrom(10, 90) }),
    ),
  },
)

const everything: fc.Arbitrary<Save> = fc.oneof(
  { weight: 5, arbitrary: arrivals },
  { weight: 8, arbitrary: peopleOnly },
  { weight: 4, arbitrary: one(roleAdded) },
  { weight: 2, arbitrary: one(roleRemoved) },
  { weight: 2, arbitrary: conversion },
  { weight: 1, arbitrary: mergeOf(LEADS, 'lead') },
  { weight: 1, arbitrary: mergeOf(CONTACTS, 'contact') },
  {
    weight: 3,
    arbitrary: one(
      fc
        .record({ opportunity, won: fc.boolean(), closeDate })
        .map((given) => ({ ...given, kind: 'opportunity-closed' as const })),
    ),
  },
  {
    weight: 2,
    arbitrary: one(
      fc.record({ opportunity, stage }).map((given) => ({ ...given, kind: 'opportunity-reopened' as const })),
    ),
  },
  {
    weight: 2,
    arbitrary: one(
      fc
        .record({ opportunity, stage, closeDate, money })
        .map(({ money, ...given }) => ({ ...given, ...money, kind: 'opportunity-changed' as const })),
    ),
  },
  {
    weight: 2,
    arbitrary: one(
      fc.record({
        kind: fc.constant('attribution-set' as const),
        opportunity,
        person: personKey,
        activation: fc.oneof(
          { weight: 2, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.nat(11).map((place) => `eng:${place}` as const) },
        ),
        reason: fc.constant('by hand'),
        by: user,
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: one(
      fc.record({
        kind: fc.constant('attribution-released' as const),
        opportunity,
        reason: fc.constant(undefined),
        by: user,
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: one(
      fc.record({
        kind: fc.constant('record-deleted' as const),
        record: fc.oneof(
          personKey,
          opportunity.map((id) => `opportunity:${id}` as const),
        ),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: one(
      fc.record({
        kind: fc.constant('owner-changed' as const),
        record: opportunity.map((id) => `opportunity:${id}` as const),
        to: user,
      }),
    ),
  },
)

/** Saves at moments, as facts. Ids are drawn apart from the order of the facts, so that ties go either way. */
function factsOf(
  save: fc.Arbitrary<Save>,
  size: { minLength: number; maxLength: number },
): fc.Arbitrary<ClusterFact[]> {
  return fc.array(fc.record({ save, at: moment, delay, inferred, key: fc.nat(99) }), size).map((saves) =>
    saves.flatMap(({ save, at, delay, inferred, key }, index) =>
      save.map(
        (draft, part) =>
          ({
            ...draft,
            id: `f${String(key).padStart(2, '0')}-${index}${part === 0 ? '' : `-${part}`}`,
            occurredAt: at,
            recordedAt: at + delay,
            ...(inferred && { inferred }),
          }) as ClusterFact,
      ),
    ),
  )
}

/** What the rules of a cramped history differ in. */
export type Settings = Readonly<{
  order: Rules['order']
  email: Rules['identity']['email']
  dormancyDays: number | 'off'
  graceMinutes: number
  strategy: Rules['opportunityAttribution']['strategy']
  reactivation: Rules['reactivation']
  repeatMinutes: number
  offsetHours: number
  variant: Variant
}>

/** Settings that most companies leave alone, a few of which differ at a time. */
type Variant = Readonly<{
  linkExistingOpenRoles?: boolean
  demoteSingleCandidate?: boolean
  absorbNewPersonSeconds?: number
  once?: 'status' | 'task'
  activeStatuses?: readonly string[]
  leadSourceOnly?: string
  earlierUntil?: string
}>

const settings: fc.Arbitrary<Settings> = fc.record({
  order: fc.constantFrom('occurred', 'recorded'),
  email: fc.constantFrom('interactions', 'records', 'none'),
  dormancyDays: fc.constantFrom<Settings['dormancyDays'][]>(2, 3, 4, 'off'),
  graceMinutes: fc.constantFrom(0, 10, 15, 2000),
  strategy: fc.constantFrom('began-the-process', 'primary-role-first', 'latest-activation', 'furthest-stage'),
  reactivation: fc.constantFrom<Settings['reactivation'][]>(
    {},
    { leadStatus: 'Routed', contactStatus: 'Working' },
    { contactStatus: 'Disqualified' },
  ),
  repeatMinutes: fc.constantFrom(0, 5, 1440),
  offsetHours: fc.constantFrom(0, -8, 9),
  variant: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Variant>({}) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Variant[]>(
        { linkExistingOpenRoles: true, once: 'status' },
        { demoteSingleCandidate: true, once: 'task' },
        { absorbNewPersonSeconds: 86_400, activeStatuses: ['working', 'Routed'] },
        { leadSourceOnly: 'Marketing - Website', demoteSingleCandidate: true },
        { earlierUntil: '2025-03-07', activeStatuses: ['Strange'], linkExistingOpenRoles: true },
      ),
    },
  ),
})

/** Rules in which everything that can happen by itself happens within days. */
export function rulesOf(settings: Settings): Rules {
  const { order, email, dormancyDays, graceMinutes, strategy, reactivation, repeatMinutes, offsetHours, variant } =
    settings
  const { activeStatuses, leadSourceOnly, earlierUntil } = variant
  return {
    ...DEFAULT_RULES,
    organisation: {
      ...DEFAULT_RULES.organisation,
      zone: { name: 'Test', offsets: [[0, offsetHours * 60 * MINUTE_MS]] },
      rates: { EUR: '1.08' },
    },
    order,
    identity: { email },
    dormancy: {
      ...DEFAULT_RULES.dormancy,
      enabled: dormancyDays !== 'off',
      days: dormancyDays === 'off' ? 3 : dormancyDays,
    },
    opportunityAttribution: {
      strategy,
      graceMs: graceMinutes * MINUTE_MS,
      linkExistingOpenRoles: variant.linkExistingOpenRoles ?? false,
      leadSourceOnly: leadSourceOnly ? [[{ field: 'lead-source', operator: 'equals', value: leadSourceOnly }]] : [],
    },
    reactivation: {
      ...reactivation,
      ...(activeStatuses && { activeStatuses: { lead: activeStatuses, contact: activeStatuses } }),
    },
    stages: {
      ...DEFAULT_RULES.stages,
      earlier: earlierUntil
        ? [{ until: earlierUntil, routed: { lead: [[{ field: 'status', operator: 'equals', value: 'Open' }]] } }]
        : [],
    },
    campaignMembers: {
      once: variant.once === 'status' ? 'status' : 'member',
      absorbNewPersonSeconds: variant.absorbNewPersonSeconds ?? 0,
    },
    taskEngagements: { once: variant.once === 'task' ? 'task' : 'rule' },
    findings: { staleOpportunityDays: 4, unworkedReactivationDays: 2 },
    merges: { demoteSingleCandidate: variant.demoteSingleCandidate ?? false },
    interactions: { ignoreRepeatsWithinMs: repeatMinutes * MINUTE_MS },
    campaigns: [
      {
        name: 'Dinners',
        criteria: [[{ field: 'type', operator: 'equals', value: 'event' }]],
        statuses: ['Attended'],
        values: { medium: 'event', campaign: '{Campaign}' },
      },
    ],
    tasks: [
      {
        name: 'Calls',
        criteria: [[{ field: 'type', operator: 'equals', value: 'inbound call' }]],
        values: { medium: 'call', source: '{Role} - {OwnerName}' },
      },
    ],
  }
}

/** Users and a campaign, one user with a second version in the middle of the story. */
export const DIRECTORY: readonly DirectoryFact[] = [
  { id: 'd1', kind: 'user-recorded', occurredAt: 0, recordedAt: 0, user: 'bea', name: 'Bea Ito', role: 'BDR' },
  { id: 'd2', kind: 'user-recorded', occurredAt: 0, recordedAt: 0, user: 'john', name: 'John Smith', role: 'AE' },
  {
    id: 'd3',
    kind: 'user-recorded',
    occurredAt: FIRST_DAY + 4 * DAY_MS,
    recordedAt: FIRST_DAY + 4 * DAY_MS,
    user: 'bea',
    name: 'Bea Ito',
    role: 'AE',
  },
  { id: 'd4', kind: 'user-recorded', occurredAt: 0, recordedAt: 0, user: 'queue', name: 'Inbound', queue: true },
  {
    id: 'd5',
    kind: 'campaign-recorded',
    occurredAt: 0,
    recordedAt: 0,
    campaign: 'dinner',
    name: 'Dinner',
    type: 'Event',
  },
]

/** An attribution that names an activation by a place names what the fact at that place may have made. */
function aimed(facts: ClusterFact[]): ClusterFact[] {
  return facts.map((fact) =>
    fact.kind === 'attribution-set' && fact.activation !== undefined
      ? { ...fact, activation: `eng:${facts[Number(fact.activation.slice(4)) % facts.length]?.id ?? ''}` as const }
      : fact,
  )
}

/** A moment to look from: in the middle of things, soon after, or when all silence has had its effect. */
const asOf: fc.Arbitrary<Instant> = fc.oneof(
  moment,
  fc.integer({ min: DAYS, max: DAYS + 5 }).map((day) => FIRST_DAY + day * DAY_MS + 556 * MINUTE_MS),
  fc.constant(FIRST_DAY + 40 * DAY_MS),
)

const historyOf = (facts: fc.Arbitrary<ClusterFact[]>): fc.Arbitrary<History> =>
  fc.record({ facts: facts.map(aimed), settings, asOf, salt: fc.nat(2 ** 31 - 2) })

type Size = Readonly<{ minLength: number; maxLength: number }>

const everythingHistory = (size: Size): fc.Arbitrary<History> =>
  historyOf(
    fc
      .tuple(factsOf(arrivals, { minLength: 1, maxLength: 6 }), factsOf(everything, size))
      .map(([first, rest]) => [...first.map(named('a')), ...rest.map(named('b'))]),
  )

const peopleOnlyHistory = (size: Size): fc.Arbitrary<History> =>
  historyOf(
    fc
      .tuple(
        factsOf(fc.oneof(one(leadCreated), one(contactCreated)), { minLength: 1, maxLength: 5 }),
        factsOf(peopleOnly, size),
      )
      .map(([first, rest]) => [...first.map(named('a')), ...rest.map(named('b'))]),
  )

/** A few people and two opportunities in nine days, with everything that can happen to them. */
export const crampedHistory: fc.Arbitrary<History> = everythingHistory({ minLength: 0, maxLength: 18 })

/** The same without opportunities, conversions, merges and addresses: people whose stories do not meet. */
export const peopleHistory: fc.Arbitrary<History> = peopleOnlyHistory({ minLength: 0, maxLength: 14 })

const CROWDED: ReadonlyMap<fc.Arbitrary<History>, fc.Arbitrary<History>> = new Map([
  [crampedHistory, everythingHistory({ minLength: 24, maxLength: 48 })],
  [peopleHistory, peopleOnlyHistory({ minLength: 24, maxLength: 48 })],
])

/** Histories of a kind, one in so many with far more happening in the same days: what is rare in short ones is not in those. */
export function withCrowded(kind: fc.Arbitrary<History>, oneIn: number): fc.Arbitrary<History> {
  const crowded = CROWDED.get(kind) ?? kind
  return fc.oneof({ weight: oneIn - 1, arbitrary: kind }, { weight: 1, arbitrary: crowded })
}

/** The same facts about other records, told by other ids: a company's other half, which shares nothing with the first. */
export function elsewhere(facts: readonly ClusterFact[]): ClusterFact[] {
  const keys = new Set(['lead', 'contact', 'opportunity', 'member', 'task', 'contactRole'])
  const other = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => other(name, each))
    if (typeof value !== 'string') return value
    if (name === 'id' || keys.has(name)) return `${value}x`
    return /^(lead|contact|opportunity|email):/.test(value) ? `${value}x` : value
  }
  return facts.map(
    (fact) =>
      Object.fromEntries(Object.entries(fact).map(([name, value]) => [name, other(name, value)])) as ClusterFact,
  )
}

function named(prefix: string): (fact: ClusterFact) => ClusterFact {
  return (fact) => ({ ...fact, id: `${fact.id}${prefix}` })
}

/** Without the fields that were drawn as absent. */
function present<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T
}
