/** How opportunities come about, who is put on them and when, and how they end. */
import type { Instant } from '@throughline/core'
import { type Company, type DealStory, type Human, type Identity, livingIdentities, workday } from './company.ts'
import type { Actor } from './crm.ts'
import { accountOf, addRole, changeStatus, closeDeal, convert, keeperOf, openDeal, reopenDeal } from './happenings.ts'
import { idleSince, runningAt } from './journey-book.ts'
import { OPEN_STAGES, SALES_LEAD_SOURCES } from './market.ts'
import { DAY, daysLater, dayText, HOUR, MINUTE, minutesLater } from './moments.ts'
import { weighted } from './random.ts'

/** Somebody who has not been heard of yet is typed in as a contact; null where they have been. */
export type Introduce = (company: Company, human: Human, now: Instant) => Identity | null

/** How well an opportunity's beginning is written down. */
const BOOKKEEPING = weighted<
  'at once' | 'minutes later' | 'days later' | 'months later' | 'never' | 'somebody else first'
>([
  ['at once', 745],
  ['minutes later', 60],
  ['days later', 65],
  ['months later', 20],
  ['never', 70],
  ['somebody else first', 40],
])

/** How many more people join the group around a deal. */
const JOINERS = weighted([
  [0, 42],
  [1, 30],
  [2, 17],
  [3, 8],
  [5, 3],
])

const TYPES = weighted([
  ['New Business', 80],
  ['Expansion', 14],
  ['Pilot', 6],
])

const WON_PER_MILLE = 265

/** Sales opens an opportunity with somebody they have won over. */
export function promote(company: Company, identity: Identity, now: Instant, introduce: Introduce): void {
  const { random, agenda } = company
  if (isTooLate(company, now)) return
  const { human, books } = identity
  const began = runningAt(human.truth, now)
  let told = began && runningAt(books, now) ? random.from(BOOKKEEPING) : 'at once'
  const executive = executiveOf(company, now)
  const author = identity.row.object === 'Lead' && random.chance(550) ? keeperOf(company, identity.row, now) : executive

  if (told === 'somebody else first') {
    const other = company.humans.find((one) => one !== human && isFree(one))
    const stand = other && (livingIdentities(other)[0] ?? introduce(company, other, now))
    if (stand?.row.object === 'Contact') return withStandIn(company, identity, stand, introduce)
    told = 'at once'
  }
  if (told === 'at once') return playOut(company, openWith(company, identity, now, author), introduce)

  // The person becomes a contact first, or stays a lead that the opportunity knows nothing of.
  const staysLead = told === 'never' && random.chance(500)
  if (identity.row.object === 'Lead' && !staysLead)
    convert(company, identity, now, author, random.chance(500) ? keeperOf(company, identity.row, now) : executive)
  const later = now + random.between(2, 6) * MINUTE
  agenda.plan(later, (opening) => {
    if (identity.deal || identity.absorbed || identity.deleted || isTooLate(company, opening)) return
    if (runningAt(human.truth, opening) !== began || !runningAt(books, opening)) return
    const reason = told === 'never' ? 'N1' : told === 'minutes later' ? '' : 'N5'
    const deal = openWith(company, identity, opening, executive, { linked: false, reason })
    identity.deal = deal
    identity.pursuit++
    const role = (at: Instant) => {
      if (isOpen(deal) && !identity.absorbed && identity.row.object === 'Contact')
        addRole(company, deal, identity, at, executive, true)
    }
    if (told === 'minutes later') agenda.plan(minutesLater(random, opening, 3, 10), role)
    else if (told === 'days later') agenda.plan(workday(company, daysLater(random, opening, 1, 30)), role)
    else if (told === 'months later') {
      const journey = runningAt(books, opening)
      const silent = (journey ? idleSince(journey) : opening) + 92 * DAY
      agenda.plan(workday(company, daysLater(random, silent, 1, 20)), role)
    }
    playOut(company, deal, introduce, told === 'months later' ? 200 : 0)
  })
}

/** An opportunity that at first shows only the contact whom the executive knew best. */
function withStandIn(company: Company, identity: Identity, stand: Identity, introduce: Introduce): void {
  const { random, agenda } = company
  agenda.plan(minutesLater(random, agenda.now, 5, 50), (now) => {
    const unfit =
      identity.deal || identity.absorbed || identity.deleted || stand.deal || stand.absorbed || stand.deleted
    if (unfit || isTooLate(company, now) || !runningAt(identity.human.truth, now) || !runningAt(identity.books, now))
      return
    const executive = executiveOf(company, now)
    const deal = openWith(company, identity, now, executive, { linked: false, reason: 'L7', shown: stand })
    identity.deal = deal
    identity.pursuit++
    agenda.plan(workday(company, daysLater(random, now, 2, 30)), (later) => {
      if (!isOpen(deal) || identity.absorbed || identity.deleted) return
      if (identity.row.object === 'Lead') convert(company, identity, later, executive, executive)
      addRole(company, deal, identity, later, executive, false)
    })
    playOut(company, deal, introduce)
  })
}

/** A rep remembers somebody who had fallen silent and opens an opportunity with them. */
export function digOut(company: Company, identity: Identity, now: Instant, introduce: Introduce): void {
  const { human, books, absorbed, deleted, deal } = identity
  if (absorbed || deleted || deal || runningAt(books, now) || runningAt(human.truth, now) || isTooLate(company, now))
    return
  identity.pursuit++
  const by = identity.row.object === 'Lead' ? keeperOf(company, identity.row, now) : executiveOf(company, now)
  playOut(company, openWith(company, identity, now, by), introduce)
}

/** An executive opens an opportunity with a company nobody there has shown interest at: nobody began it. */
export function planOutbound(company: Company, introduce: Introduce): void {
  const { random, agenda, world, humans } = company
  const [first] = humans
  if (!first || !random.chance(humans.length * 14)) return
  agenda.plan(workday(company, daysLater(random, first.firstAt, 5, 200)), (now) => {
    if (isTooLate(company, now)) return
    const executive = world.staff.executive(company.territory, now, company.turn)
    const leadSource = random.chance(750) ? random.from(SALES_LEAD_SOURCES) : ''
    const deal = openDeal(
      company,
      {
        ...terms(company, now),
        starter: null,
        joining: null,
        fromLead: null,
        by: executive,
        owner: executive,
        leadSource,
        reason: '',
      },
      now,
    )
    playOut(company, deal, introduce)
  })
}

type Shown = Readonly<{ linked?: boolean; reason?: string; shown?: Identity }>

/** Opens the opportunity that a person began; a lead that is linked is converted in the same save. */
function openWith(company: Company, identity: Identity, now: Instant, by: Actor, shown: Shown = {}): DealStory {
  const { random } = company
  const executive = executiveOf(company, now)
  const linked = shown.linked ?? true
  const lead = identity.row
  const converts = linked && lead.object === 'Lead'
  if (converts) convert(company, identity, now, by, random.chance(350) ? keeperOf(company, lead, now) : executive)
  else accountOf(company, executive, now)
  const leadSource = lead.leadSource && random.chance(800) ? lead.leadSource : random.from(SALES_LEAD_SOURCES)
  return openDeal(
    company,
    {
      ...terms(company, now),
      starter: identity.human,
      joining: shown.shown ?? (linked ? identity : null),
      fromLead: converts ? lead : null,
      by,
      owner: executive,
      leadSource,
      reason: shown.reason ?? '',
    },
    now,
  )
}

function terms(company: Company, now: Instant) {
  const { random, employees, territory } = company
  const thousands = 8 + random.below(20) + Math.min(220, Math.floor((employees * (2 + random.below(6))) / 60))
  return {
    stage: OPEN_STAGES[random.below(3)] as string,
    amount: thousands * 1_000 * (territory.currency === 'JPY' ? 1 : 100) * territory.priceLevel,
    closeDay: dayText(now + random.between(45, 150) * DAY),
    type: random.from(TYPES),
  }
}

/** Lets an opportunity take its course: stages, more people, the close, and what is edited afterwards. */
function playOut(company: Company, deal: DealStory, introduce: Introduce, atLeastDays = 0): void {
  const { random, agenda } = company
  const opened = deal.record.createdAt
  growGroup(company, deal, introduce)
  if (random.chance(20)) duplicateByMistake(company, deal)
  if (random.chance(25)) secondProduct(company, deal, introduce)

  let at = opened + atLeastDays * DAY
  let position = OPEN_STAGES.indexOf(deal.record.stage as (typeof OPEN_STAGES)[number])
  const won = random.chance(WON_PER_MILLE)
  const steps = won ? random.between(3, 5) : random.between(1, 5)
  for (let step = 0; step < steps; step++) {
    at = workday(company, daysLater(random, at, 5, 26))
    position = Math.min(OPEN_STAGES.length - 1, position + random.between(1, 2))
    const stage = OPEN_STAGES[position] as string
    agenda.plan(at, (now) => advance(company, deal, stage, now))
  }
  // Some are forgotten and stay open for ever.
  if (random.chance(60)) return
  at = workday(company, daysLater(random, at, 4, 30))
  agenda.plan(at, (now) => finish(company, deal, won, now))
}

function advance(company: Company, deal: DealStory, stage: string, now: Instant): void {
  const { random, world } = company
  const { record } = deal
  const by = record.owner
  if (!isOpen(deal)) return
  world.crm.setStage(record, stage, now, by)
  if (random.chance(250)) {
    const unit = record.currency === 'JPY' ? 10_000 : 1_000_00
    const change = Math.max(1, Math.floor(record.amount / unit / 5)) * unit
    world.crm.setAmount(
      record,
      random.chance(500) || record.amount <= change ? record.amount + change : record.amount - change,
      now,
      by,
    )
  }
  if (random.chance(280)) world.crm.setCloseDay(record, dayText(now + random.between(20, 90) * DAY), now, by)
  if (random.chance(30)) {
    const successor = world.staff.executive(company.territory, now, company.turn + 1)
    const heir = successor.id === by.id ? (world.staff.managers[0] ?? successor) : successor
    world.crm.setDealOwner(record, heir, now, world.staff.operations)
  }
  // A careless disposition while the deal runs changes nothing about the journey.
  const member = deal.team[0]?.identities.find((identity) => identity.deal === deal && !identity.absorbed)
  const linked = member && runningAt(member.books, now)?.primary && runningAt(member.human.truth, now)?.primary
  if (linked && member.row.object === 'Contact' && random.chance(20)) changeStatus(company, member, 'Recycled', now, by)
}

function finish(company: Company, deal: DealStory, won: boolean, now: Instant): void {
  const { random, agenda, world } = company
  const { record } = deal
  if (!isOpen(deal)) return
  if (random.chance(700)) world.crm.setCloseDay(record, dayText(now), now, record.owner)
  closeDeal(company, deal, won, now, record.owner)
  if (won && random.chance(200)) {
    agenda.plan(workday(company, daysLater(random, now, 1, 9)), (later) => {
      if (deal.closedAt === now)
        world.crm.setCloseDay(record, dayText(now - random.between(1, 5) * DAY), later, world.staff.operations)
    })
  }
  if (won || !random.chance(45)) return
  agenda.plan(workday(company, daysLater(random, now, 4, 45)), (later) => {
    if (record.deleted || isTooLate(company, later)) return
    reopenDeal(company, deal, later, record.owner)
    const again = random.chance(400)
    agenda.plan(workday(company, daysLater(random, later, 8, 45)), (last) => finish(company, deal, again, last))
  })
}

/** More people of the company are put on the opportunity, whether they had been heard of or not. */
function growGroup(company: Company, deal: DealStory, introduce: Introduce): void {
  const { random, agenda } = company
  for (let count = random.from(JOINERS); count > 0; count--) {
    const at = workday(company, daysLater(random, deal.record.createdAt + HOUR, 0, 55))
    agenda.plan(at, (now) => bringIn(company, deal, introduce, now))
  }
}

function bringIn(company: Company, deal: DealStory, introduce: Introduce, now: Instant): void {
  const { random, agenda } = company
  const candidates = company.humans.filter((human) => !deal.team.includes(human) && isFree(human))
  if (!isOpen(deal) || !candidates.length) return
  const human = random.pick(candidates)
  const identity = livingIdentities(human)[0] ?? introduce(company, human, now)
  if (!identity || identity.deal) return
  const executive = executiveOf(company, now)
  const by = random.chance(300) ? company.world.staff.bdr(company.territory, now, company.turn) : executive
  if (identity.row.object === 'Lead')
    convert(company, identity, now, by, random.chance(500) ? executive : keeperOf(company, identity.row, now))
  const primary = deal.record.roles.length === 0 || random.chance(120)
  const join = (at: Instant) => {
    if (isOpen(deal) && !identity.deal && !identity.absorbed && !identity.deleted)
      addRole(company, deal, identity, at, by, primary)
  }
  if (random.chance(500)) join(now)
  else agenda.plan(minutesLater(random, now, 2, 30), join)
}

/** The same opportunity is entered twice, and the second one deleted. */
function duplicateByMistake(company: Company, deal: DealStory): void {
  const { random, agenda, world } = company
  const [role] = deal.record.roles
  if (!role || !deal.starter) return
  agenda.plan(minutesLater(random, deal.record.createdAt, 70, 2_880), (now) => {
    const journey = deal.books.attribution
    const isCredited =
      journey?.follower && journey.primary === deal.books && deal.truth.attribution?.primary === deal.truth
    const identity = deal.starter?.identities.find((one) => one.row === role.contact && one.books === journey?.follower)
    if (!isOpen(deal) || isTooLate(company, now) || !isCredited || !identity) return
    const { crm } = world
    const { account, name, type, leadSource, currency, owner, stage, amount, closeDay } = deal.record
    const values = { account, name, type, leadSource, currency, owner, stage, amount, closeDay }
    const double = crm.createOpportunity(values, now, owner, false)
    crm.addRole(double, role.contact, role.role, true, now, owner)
    crm.remove(double, now + random.between(20, 50) * MINUTE, owner)
    crm.fileOpportunity(double)
    company.mistakes.push(double)
    for (const human of deal.team) human.lastEventAt = now + HOUR
  })
}

/** The same contact begins a second opportunity while the first still runs. */
function secondProduct(company: Company, deal: DealStory, introduce: Introduce): void {
  const { random, agenda } = company
  agenda.plan(workday(company, daysLater(random, deal.record.createdAt, 12, 60)), (now) => {
    const identity = deal.starter?.identities.find((one) => one.deal === deal && !one.absorbed)
    if (!identity || !isOpen(deal) || identity.row.object !== 'Contact' || isTooLate(company, now)) return
    const listed = deal.record.roles.some((role) => role.contact === identity.row)
    if (!listed || !runningAt(identity.books, now) || !runningAt(identity.human.truth, now)) return
    playOut(company, openWith(company, identity, now, executiveOf(company, now)), introduce)
  })
}

function isOpen(deal: DealStory): boolean {
  return deal.closedAt === null && !deal.record.deleted
}

/** True of people who may still be introduced, or are known and part of no deal. */
function isFree(human: Human): boolean {
  if (!human.identities.length) return true
  const living = livingIdentities(human)
  return living.length > 0 && living.every((identity) => !identity.deal)
}

/** What is opened in the last hours of the history could not be seen through to its first decision. */
function isTooLate(company: Company, now: Instant): boolean {
  return now > company.world.end - 3 * HOUR
}

function executiveOf(company: Company, now: Instant): Actor {
  return company.world.staff.executive(company.territory, now, company.turn)
}
