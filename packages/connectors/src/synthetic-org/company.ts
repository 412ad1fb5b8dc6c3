import type { Instant } from '@throughline/core'
import { type Agenda, openAgenda } from './agenda.ts'
import type { CampaignCalendar } from './campaigns.ts'
import type { AccountRecord, Crm, Details, OpportunityRecord, PersonRecord } from './crm.ts'
import { type Deal, type Follower, newFollower } from './journey-book.ts'
import { TERRITORIES, type Territory } from './market.ts'
import { atWork, DAY, HOUR, SECOND } from './moments.ts'
import { entryAt, type Random, randomFrom, weighted } from './random.ts'
import { asciiOf, type Staff } from './staff.ts'
import { COMPANY_STEMS, COMPANY_TRADES, FIRST_NAMES, LAST_NAMES, TITLES } from './vocabulary.ts'

/** What all customers' stories have in common. */
export type World = Readonly<{
  seed: number | string
  staff: Staff
  calendar: CampaignCalendar
  crm: Crm
  start: Instant
  /** The midnight after the last day. */
  end: Instant
  /** Running totals of how busy each day is, from `start`. */
  busyness: readonly number[]
}>

/** A human being, whatever rows the CRM has of them. */
export type Human = {
  readonly id: string
  readonly details: Details
  /** Another address they use when they do not want to be called. */
  readonly privateAddress: string
  readonly role: string
  readonly firstAt: Instant
  /** Their journeys as they truly are. */
  readonly truth: Follower
  identities: Identity[]
  touchesLeft: number
  /** When something last happened to them: nothing may be dated back beyond it. */
  lastEventAt: Instant
  /** The rule by which the CRM sees their journeys otherwise than they are; blank where it does not. */
  reason: string
}

/** One person as the CRM knows them: a row, and what it was before it was converted or merged. */
export type Identity = {
  readonly human: Human
  readonly books: Follower
  /** The row that is worked on now. */
  row: PersonRecord
  rows: PersonRecord[]
  /** Counts the attempts of sales to win this person; an older attempt ends when a newer one begins. */
  pursuit: number
  /** The deal they are part of, as sales knows it. */
  deal: DealStory | null
  deleted: boolean
  /** Its row was merged or converted into another one's. */
  absorbed: boolean
}

/** An opportunity with both accounts of it. */
export type DealStory = {
  readonly record: OpportunityRecord
  readonly truth: Deal
  readonly books: Deal
  /** Who truly began it; null where nobody did. */
  readonly starter: Human | null
  team: Human[]
  closedAt: Instant | null
  /** The rule by which the CRM sees its beginning otherwise than it was. */
  reason: string
}

/** A customer or prospect: the people who buy together, and what happens to them. */
export type Company = Readonly<{
  world: World
  random: Random
  agenda: Agenda
  name: string
  domain: string
  industry: string
  employees: number
  country: string
  territory: Territory
  /** Which of a territory's desks look after it. */
  turn: number
  humans: readonly Human[]
  deals: DealStory[]
  /** Opportunities entered twice and deleted again. */
  mistakes: OpportunityRecord[]
  /** The account row, once somebody has made one. */
  account: { record: AccountRecord | null }
}>

const GROUP_SIZES = weighted([
  [1, 36],
  [2, 20],
  [3, 14],
  [4, 10],
  [5, 7],
  [6, 5],
  [7, 3],
  [8, 2],
  [10, 2],
  [14, 1],
])

const EMPLOYEES = weighted<readonly [number, number]>([
  [[20, 99], 25],
  [[100, 499], 35],
  [[500, 1999], 25],
  [[2000, 9999], 12],
  [[10_000, 60_000], 3],
])

/** How often people come back after the first time. */
const RETURNS = weighted([
  [0, 34],
  [1, 25],
  [2, 16],
  [3, 10],
  [5, 9],
  [9, 6],
])

/** How many people the company with this number has. */
export function groupSizeOf(seed: number | string, index: number): number {
  return randomFrom(seed, 'group', index).from(GROUP_SIZES)
}

/** Makes up a company and its people; nothing has happened to them yet. */
export function makeCompany(world: World, index: number, firstHuman: number, size: number): Company {
  const random = randomFrom(world.seed, 'company', index)
  const territory = random.from(TERRITORIES)
  const stem = random.pick(COMPANY_STEMS)
  const [trade, industry] = random.pick(COMPANY_TRADES)
  const suffix = random.chance(250) ? random.pick([', Inc.', ' Ltd', ' GmbH', ' & Sons', ' Holdings']) : ''
  const domain = `${asciiOf(`${stem}${trade}`).toLowerCase()}-${index.toString(36)}.example`
  const name = `${stem} ${trade}${suffix}`
  const [least, most] = random.from(EMPLOYEES)
  const country = random.pick(territory.countries)

  const companyFirst = arrivalOf(world, random)
  const humans: Human[] = []
  for (let i = 0; i < size; i++) {
    const near = companyFirst + random.below(150) * DAY + random.below(DAY / SECOND) * SECOND
    const firstAt = i === 0 ? companyFirst : random.chance(550) && near < world.end ? near : arrivalOf(world, random)
    humans.push(makeHuman(random, firstHuman + i, { company: name, domain, country }, territory, firstAt))
  }
  return {
    world,
    random,
    agenda: openAgenda(world.start),
    name,
    domain,
    industry,
    employees: random.between(least, most),
    country,
    territory,
    turn: random.below(1000),
    humans,
    deals: [],
    mistakes: [],
    account: { record: null },
  }
}

function makeHuman(
  random: Random,
  number: number,
  at: Readonly<{ company: string; domain: string; country: string }>,
  territory: Territory,
  firstAt: Instant,
): Human {
  const firstName = random.pick(FIRST_NAMES)
  const lastName = random.pick(LAST_NAMES)
  const [title, role] = random.from(TITLES)
  const local = asciiOf(`${firstName}.${lastName}`).toLowerCase()
  const privateAddress = `${local}.${number}@mailbox.example`
  const email = random.chance(90) ? privateAddress : `${local}${number % 10_000}@${at.domain}`
  return {
    id: `H${String(number).padStart(7, '0')}`,
    details: {
      firstName,
      lastName,
      title: random.chance(900) ? title : '',
      // Forms are filled in by people.
      company: random.chance(40) ? at.company.toLowerCase() : at.company,
      country: random.chance(60) ? '' : at.country,
      phone: random.chance(600) ? `${territory.phonePrefix}${10 + random.below(90)}` : '',
      email,
    },
    privateAddress,
    role,
    firstAt,
    truth: newFollower('Lead'),
    identities: [],
    touchesLeft: random.from(RETURNS),
    lastEventAt: 0,
    reason: '',
  }
}

/** When somebody turns up: on busy days more often, and more often every year. */
function arrivalOf(world: World, random: Random): Instant {
  const total = world.busyness.at(-1) as number
  const day = entryAt(world.busyness, random.below(total))
  return world.start + day * DAY + random.below(DAY / SECOND - 3600) * SECOND
}

/** The minute somebody in the company's part of the world fills in a form: mostly by day, sometimes at night. */
export function atLeisure(company: Company, at: Instant): Instant {
  const { random, territory } = company
  if (random.chance(150)) return at
  const shift = territory.zoneHours * HOUR
  const local = at + shift
  const moved = local - (local % DAY) + random.between(7, 21) * HOUR + random.below(3600) * SECOND
  return moved - shift > at - 12 * HOUR ? moved - shift : at
}

/** The next moment that sales or marketing is at work for the company. */
export function workday(company: Company, at: Instant): Instant {
  return atWork(company.random, at, company.territory.zoneHours)
}

/** Rows that are neither merged away nor deleted. */
export function livingIdentities(human: Human): Identity[] {
  return human.identities.filter((identity) => !identity.absorbed && !identity.deleted)
}
