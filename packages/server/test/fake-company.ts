/**
 * A small made-up company as derived records, the same every time: for the server's and the pages' tests.
 * The records are plausible rather than derived: what the rules make of facts is tested in core.
 */
import {
  type ActivationType,
  type Because,
  type Completion,
  DEFAULT_RULES,
  type Engagement,
  type EngagementId,
  type Finding,
  type Instant,
  type Interaction,
  type Journey,
  type Opportunity,
  type Organisation,
  type Person,
  type PersonKey,
  reportingOf,
  type Stamp,
} from '@throughline/core'
import type { Profile } from '@throughline/engine'

const DAY = 86_400_000
const HOUR = 3_600_000

/** The moment the fake company's figures speak of. */
export const AS_OF = Date.UTC(2025, 5, 30, 15)

/** Whose figures these are. */
export const ORGANISATION: Organisation = {
  name: 'Northwind Robotics',
  zone: {
    name: 'America/New_York',
    offsets: [
      [0, -5 * HOUR],
      [Date.UTC(2024, 2, 10, 7), -4 * HOUR],
      [Date.UTC(2024, 10, 3, 6), -5 * HOUR],
      [Date.UTC(2025, 2, 9, 7), -4 * HOUR],
    ],
  },
  currency: 'USD',
  rates: { EUR: '1.08' },
  fiscalYearStart: 1,
}

/** What the company calls its stages. */
export const STAGE_LABELS = ['Activated', 'Routed', 'Accepted', 'Opportunity', 'Qualified pipeline', 'Won'] as const

/** Names of users and queues, by id. */
export const USERS: Readonly<Record<string, string>> = {
  u1: 'Bea Ito',
  u2: 'Jane Doe',
  u3: 'Omar Haddad',
  u4: 'Priya Nair',
  u5: 'John Lindqvist',
  u6: 'Carla Mendes',
  q1: 'Inbound queue',
}

/** Everything derived of the company. */
export type Company = Readonly<{
  people: readonly Person[]
  engagements: readonly Engagement[]
  journeys: readonly Journey[]
  opportunities: readonly Opportunity[]
  interactions: readonly Interaction[]
  findings: readonly Finding[]
  profiles: ReadonlyMap<PersonKey, Profile>
  accounts: Readonly<Record<string, { name: string }>>
}>

const FIRST = 'Sarah Liam Noor Mateo Aiko Ingrid Tunde Chloé Rafael Mina Viktor Amara Jonas Leila Hugo Wei'.split(' ')
const LAST = 'Okafor Bergström Tanaka Novak Silva O’Neill Kowalski Fischer Patel Moreau Haddad Lind Costa Wu'.split(' ')
const ACCOUNTS =
  'Acme Logistics|Bluebird Health|Cobalt Mining|Delta Freight|Evergreen Foods|Fjord Shipping|Granite Bank|Harbor Insurance|Iris Optics|Juniper Retail|Kestrel Air|Lumen Energy|Meridian Steel|Nimbus Cloud|Orchard Dairy|Pioneer Rail'.split(
    '|',
  )
const SOURCES: readonly (readonly [medium: string, source: string, campaign: string | undefined, weight: number])[] = [
  ['Paid Search', 'google', 'brand-2025', 18],
  ['Paid Social', 'linkedin', 'ops-leaders', 14],
  ['Organic Search', 'google.com', undefined, 16],
  ['Email', 'newsletter', 'spring-digest', 10],
  ['Event', 'Automate Expo', 'automate-2025', 12],
  ['Webinar', 'partner-hub', 'warehouse-series', 9],
  ['Referral', 'customer', undefined, 6],
  ['Direct', 'Direct', undefined, 7],
  ['Marketing - Website', 'BDR - Bea Ito', undefined, 8],
]
const TYPES = ['Whitepaper - Buyer Guide', 'Demo Request', 'Webinar - Warehouse 101', 'Contact Us', 'Trade Show Scan']

/** A generator of numbers in [0, 1). Algorithm: mulberry32. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The company, with so many people. */
export function fakeCompany(size = 420): Company {
  const random = numbersFrom(7)
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  const between = (low: number, high: number) => low + random() * (high - low)

  const lottery = SOURCES.flatMap((option) => Array.from({ length: option[3] }, () => option))
  const weighted = () => pick(lottery)

  const people: Person[] = []
  const engagements: Engagement[] = []
  const journeys: Journey[] = []
  const opportunities: Opportunity[] = []
  const interactions: Interaction[] = []
  const findings: Finding[] = []
  const profiles = new Map<PersonKey, Profile>()
  const accounts = Object.fromEntries(ACCOUNTS.map((name, index) => [`a${index + 1}`, { name }]))
  let serial = 0

  const because = (rule: string): Because => ({ rule, fact: `fake/${serial}` })

  const engage = (
    person: Person,
    at: Instant,
    kind: Pick<Engagement, 'recordType' | 'activationType' | 'parent' | 'previous'>,
  ): Engagement => {
    serial += 1
    const [medium, source, campaign] = weighted()
    const type = pick(TYPES)
    const tags = { medium, source, ...(campaign && { campaign }) }
    const engagement: Engagement = {
      id: `eng:fake/form/${serial}`,
      ...kind,
      person: person.id,
      lead: person.leads[0] ?? null,
      contact: person.contacts[0] ?? null,
      account: person.account,
      triggeredBy: kind.activationType === 'Original Activation' ? 'Lead Created' : 'Lead Processing Fields',
      mediumInput: medium === 'Marketing - Website' ? 'Lead Source' : 'FC Processing',
      at,
      recordedAt: random() < 0.1 ? at + 6 * DAY : at + 4000,
      first: tags,
      last: tags,
      engagementType: type,
      corrected: null,
      reporting: reportingOf({ first: tags, last: tags, engagementType: type }, DEFAULT_RULES),
      backdated: false,
      demotedFromActivationAt: null,
      voided: false,
      because: because(kind.recordType === 'Activation' ? (kind.previous ? 'A5' : 'A1') : 'A4'),
    }
    engagements.push(engagement)
    interactions.push({
      id: `int:fake/form/${serial}`,
      person: person.id,
      at,
      recordedAt: engagement.recordedAt,
      kind: 'form',
      label: type,
      medium,
      source,
      campaign: campaign ?? null,
      engagement: engagement.id,
      because: because('A9'),
    })
    return engagement
  }

  for (let index = 0; index < size; index += 1) {
    const isContact = random() < 0.55
    const key = `00Q${String(index).padStart(6, '0')}`
    const contact = `003${String(index).padStart(6, '0')}`
    const id: PersonKey = `lead:${key}`
    const account = isContact ? pick(Object.keys(accounts)) : null
    const born = Math.floor(between(AS_OF - 720 * DAY, AS_OF - 2 * DAY))
    const draft: Person = {
      id,
      leads: [key],
      contacts: isContact ? [contact] : [],
      account,
      owner: random() < 0.12 ? 'q1' : pick(['u1', 'u2', 'u3', 'u4']),
      status: null,
      score: Math.round(between(0, 100)),
      object: isContact ? 'contact' : 'lead',
      currentActivation: null,
      dormant: false,
      createdAt: born,
      deleted: false,
    }
    const firstName = pick(FIRST)
    const lastName = pick(LAST)
    const company = account ? (accounts[account]?.name ?? '') : pick(ACCOUNTS)
    const domain = company.toLowerCase().replaceAll(/[^a-z]/g, '')
    const ascii = `${firstName}.${lastName}`
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z.]/g, '')
    const profile = {
      firstName,
      lastName,
      company,
      email: `${ascii}${index}@${domain}.example`,
      title: pick(['VP Operations', 'Plant Manager', 'Head of Logistics', 'Procurement Lead', 'CTO']),
    }
    profiles.set(id, { key: id, ...profile })
    if (isContact) profiles.set(`contact:${contact}`, { key: `contact:${contact}`, ...profile })

    let at = born
    let previous: EngagementId | null = null
    let current: Journey | null = null
    for (let turn = 0; turn < 4 && at < AS_OF; turn += 1) {
      const activationType: ActivationType =
        turn === 0 ? 'Original Activation' : isContact ? 'Reactivated Contact' : 'Reactivated Lead'
      const activation = engage(draft, at, { recordType: 'Activation', activationType, parent: null, previous })
      const stamps: (Stamp | null)[] = [
        { at, owner: draft.owner, because: because('G1') },
        null,
        null,
        null,
        null,
        null,
      ]
      let moment = at
      let last = at
      const reach = (stage: number, chance: number, days: number, owner: string): boolean => {
        if (random() > chance) return false
        moment += Math.floor(between(0.05, days) * DAY)
        if (moment > AS_OF) return false
        stamps[stage - 1] = {
          at: moment,
          owner,
          because: because(stage < 4 ? 'G2' : stage === 4 ? 'G9' : 'G10'),
          ...(random() < 0.08 && { inferred: 'last-modified' as const }),
          ...(stage === 2 && random() < 0.1 && { filled: true as const }),
        }
        last = moment
        return true
      }
      const human = pick(['u1', 'u2', 'u3', 'u4'])
      let opportunity: Opportunity | null = null
      if (reach(2, 0.78, 3, 'q1') && reach(3, 0.66, 6, human) && isContact && reach(4, 0.6, 25, 'u5')) {
        serial += 1
        const euro = random() < 0.2
        const amount = Math.round(between(8, 140)) * 100_000
        const qualified = reach(5, 0.72, 30, pick(['u5', 'u6']))
        const won = qualified && reach(6, 0.52, 70, pick(['u5', 'u6']))
        const lost = !won && random() < 0.55
        const closedAt = won ? moment : lost ? Math.min(moment + Math.floor(between(20, 90) * DAY), AS_OF) : null
        opportunity = {
          id: `006${String(serial).padStart(6, '0')}`,
          name: `${company} — ${pick(['Pilot line', 'Warehouse rollout', 'Fleet upgrade', 'Service plan'])}`,
          account,
          owner: 'u5',
          leadSource: null,
          stage: won ? 'Closed Won' : closedAt ? 'Closed Lost' : qualified ? 'Proposal/Price Quote' : 'Prospecting',
          probability: won ? 100 : closedAt ? 0 : qualified ? 75 : 0,
          closed: closedAt !== null,
          won,
          createdAt: stamps[3]?.at ?? moment,
          closedAt,
          closeDate: null,
          amount,
          currency: euro ? 'EUR' : 'USD',
          organisationAmount: euro ? Math.round(amount * 1.08) : amount,
          attributionActivation: activation.id,
          attributionContact: contact,
          attributionBecause: because('L6'),
          stages: [stamps[3] as Stamp, stamps[4] ?? null, stamps[5] ?? null],
          contactRoles: [{ contact, role: 'Decision Maker', primary: true, at: stamps[3]?.at ?? moment }],
          deleted: false,
        }
        opportunities.push(opportunity)
      }

      const touches = Math.floor(between(0, 4))
      let touched = at
      const influences: Instant[] = []
      for (let touch = 0; touch < touches; touch += 1) {
        touched += Math.floor(between(2, 24) * DAY)
        if (touched < AS_OF) influences.push(touched)
      }
      last = Math.max(last, at, ...influences)
      let completion: Completion | null = null
      const object = isContact ? 'Contact' : 'Lead'
      if (opportunity) {
        if (opportunity.closedAt !== null)
          completion = {
            at: Math.max(opportunity.closedAt, last),
            outcome: opportunity.won ? 'Won Opportunity' : 'Lost Opportunity',
            because: because('J4'),
          }
      } else if (random() < 0.4) {
        const ended = last + Math.floor(between(1, 20) * DAY)
        const outcome = `${pick(['Disqualified', 'No Response', 'Recycled'])} ${object}`
        if (ended < AS_OF) completion = { at: ended, outcome, because: because('J1') }
      } else if (last + 90 * DAY < AS_OF) {
        completion = { at: last + 90 * DAY, outcome: `${object} Dormancy`, because: because('J6') }
      }
      const [stage1, stage2 = null, stage3 = null, stage4 = null, stage5 = null, stage6 = null] = stamps
      current = {
        id: activation.id,
        person: id,
        activationType,
        stages: [stage1 as Stamp, stage2, stage3, stage4, stage5, stage6],
        completion,
        primaryOpportunity: opportunity?.id ?? null,
        primaryOpportunityType: opportunity ? 'Attribution Activation' : null,
        dormantAt: completion || opportunity ? null : last + 90 * DAY,
        voided: false,
      }
      for (const moment of influences)
        if (!completion || moment < completion.at)
          engage(draft, moment, {
            recordType: 'Influencing Engagement',
            activationType: null,
            parent: activation.id,
            previous: null,
          })
      journeys.push(current)
      previous = activation.id
      if (!completion || random() < 0.62) break
      at = completion.at + Math.floor(between(5, 160) * DAY)
    }
    if (random() < 0.15) {
      serial += 1
      interactions.push({
        id: `int:fake/task/${serial}`,
        person: id,
        at: born + 3 * DAY,
        recordedAt: born + 3 * DAY,
        kind: 'task',
        label: 'Call - left voicemail',
        medium: null,
        source: null,
        campaign: null,
        engagement: null,
        because: because('O1'),
      })
    }
    const disposition = /^(Disqualified|No Response|Recycled)/.exec(current?.completion?.outcome ?? '')?.[1]
    people.push({
      ...draft,
      status: disposition ?? (current?.stages[2] ? 'Working' : current?.stages[1] ? 'Routed' : 'Open'),
      currentActivation: current?.id ?? null,
      dormant: Boolean(current?.completion),
    })
    if (random() < 0.02)
      findings.push({
        code: 'unknown-status',
        record: id,
        fact: `fake/${serial}`,
        at: born,
        detail: 'The status “Nurturing” is not among the statuses the rules know.',
      })
  }
  for (const opportunity of opportunities.filter((_, index) => index % 11 === 0))
    findings.push({
      code: 'opportunity-without-contact-roles',
      record: `opportunity:${opportunity.id}`,
      fact: `fake/${opportunity.id}`,
      at: opportunity.createdAt,
      detail: `“${opportunity.name}” had no contact roles when it was created.`,
    })
  return { people, engagements, journeys, opportunities, interactions, findings, profiles, accounts }
}
