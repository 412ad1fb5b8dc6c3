/** How people are met, worked on, given up, and come back. */
import type { Instant } from '@throughline/core'
import { atLeisure, type Company, type Human, type Identity, livingIdentities, workday } from './company.ts'
import type { Actor, PersonRecord } from './crm.ts'
import { digOut, promote } from './deal-story.ts'
import { reappear } from './duplicate-story.ts'
import { appear, changeStatus, convert, engage, keeperOf, resend } from './happenings.ts'
import { runningAt } from './journey-book.ts'
import { SALES_LEAD_SOURCES } from './market.ts'
import { daysLater, MINUTE, minutesLater, SECOND } from './moments.ts'
import { type Random, weighted } from './random.ts'
import { reception } from './reception.ts'
import { FIRST_ORIGINS, LATER_ORIGINS, type Touch, type TouchOrigin, thinkUpTouch } from './touches.ts'

type Heat = Touch['heat']

/** How many in a thousand get that far, by heat: cold, warm, hot. */
const ROUTED = [420, 580, 850] as const
const WORKED = [360, 470, 680] as const
const WON_OVER = [120, 165, 300] as const

/** How sales gives up on somebody who was worked, or does not bother to say so. */
const ENDINGS = weighted<'No Response' | 'Recycled' | 'Disqualified' | 'silence' | 'contact-only'>([
  ['No Response', 28],
  ['Recycled', 16],
  ['Disqualified', 20],
  ['silence', 26],
  ['contact-only', 10],
])

/** Days between one visit and the next. */
const GAPS = weighted<readonly [low: number, high: number]>([
  [[1, 14], 38],
  [[15, 60], 30],
  [[61, 150], 19],
  [[151, 420], 13],
])

const CALLS = ['Intro call', 'Discovery call', 'Left voicemail', 'Follow-up call'] as const
const LETTERS = ['Email: Following up', 'Email: Quick question', 'Email: Case study as promised'] as const

/** Puts everybody's first appearance on the agenda. */
export function expect(company: Company): void {
  for (const human of company.humans) {
    const { agenda, random, world } = company
    if (random.chance(80)) {
      const at = workday(company, human.firstAt)
      agenda.plan(at < world.end ? at : human.firstAt, (now) => enterByHand(company, human, now))
      continue
    }
    const origin = random.from(FIRST_ORIGINS)
    const at = atLeisure(company, human.firstAt)
    let touch = thinkUpTouch(random, world.calendar, origin, at, false)
    // Who was to be on a list that is uploaded after the last day came by the website instead.
    if (touch.recordedAt >= world.end) touch = thinkUpTouch(random, world.calendar, 'direct', human.firstAt, false)
    agenda.plan(touch.recordedAt, (now) => meet(company, human, origin, touch, now))
  }
}

/** An account executive types in somebody they know. */
export function enterByHand(company: Company, human: Human, now: Instant): Identity | null {
  if (human.identities.length) return null
  const { random, territory, turn, world } = company
  const executive = world.staff.executive(territory, now, turn)
  const leadSource = random.from(SALES_LEAD_SOURCES)
  const status = random.chance(250) ? 'Working' : 'Open'
  const values = { object: 'Contact', touch: null, by: executive, owner: executive, status, leadSource } as const
  const identity = appear(company, human, values, now)
  pursue(company, identity, status === 'Working' ? 2 : 0, now)
  wander(company, human, now)
  return identity
}

function meet(company: Company, human: Human, origin: TouchOrigin, touch: Touch, now: Instant): void {
  if (human.identities.length) return
  const { random, territory, turn, world } = company
  const object = touch.channel === 'form' && random.chance(50) ? 'Contact' : 'Lead'
  const received = reception(company, origin, touch, now)
  // Only leads wait in queues: a contact belongs to its account's executive from the start.
  const owner = object === 'Contact' ? world.staff.executive(territory, now, turn) : received.owner
  const identity = appear(company, human, { object, touch, ...received, owner }, now)
  pursue(company, identity, touch.heat, now)
  wander(company, human, now)
}

/** They come back, or not: each visit decides on the next one. */
export function wander(company: Company, human: Human, from: Instant): void {
  if (human.touchesLeft <= 0) return
  human.touchesLeft--
  const { random, agenda, world } = company
  const [low, high] = random.from(GAPS)
  const at = atLeisure(company, daysLater(random, from, low, high))
  if (at >= world.end) return
  const touch = thinkUpTouch(random, world.calendar, random.from(LATER_ORIGINS), at, true)
  agenda.plan(touch.recordedAt, (now) => {
    comeBack(company, human, touch, now)
    wander(company, human, now)
  })
}

function comeBack(company: Company, human: Human, touch: Touch, now: Instant): void {
  const { random, agenda } = company
  const living = livingIdentities(human)
  if (!living.length) return
  const identity = random.pick(living)
  if (touch.channel === 'form' && random.chance(35)) return reappear(company, human, touch, now, pursue)
  const began = engage(company, identity, touch, now)
  if (touch.channel === 'form' && random.chance(10))
    agenda.plan(now + random.between(30, 200) * SECOND, (later) => resend(company, identity, touch, now, later))
  if (began) {
    if (random.chance(300)) {
      const { platform } = company.world.staff
      agenda.plan(minutesLater(random, now, 1, 4), (later) => {
        if (isWorkable(identity, later)) changeStatus(company, identity, 'Open', later, platform)
      })
    }
    pursue(company, identity, touch.heat, now)
  } else if (touch.heat === 2 && isWorkable(identity, now) && identity.row.status !== 'Working')
    pursue(company, identity, 2, now)
}

/** True while sales may do something about the person by themselves. */
function isWorkable(identity: Identity, now: Instant): boolean {
  return !identity.absorbed && !identity.deleted && !identity.deal && runningAt(identity.books, now) !== null
}

/** Plans steps for working days; a step is left out once the attempt or the journey it belongs to is over. */
function stepper(company: Company, identity: Identity, from: Instant) {
  const attempt = identity.pursuit
  const journey = runningAt(identity.books, from)
  return (at: Instant, step: (now: Instant) => void) =>
    company.agenda.plan(workday(company, at), (now) => {
      const isOn = attempt === identity.pursuit && isWorkable(identity, now)
      if (isOn && runningAt(identity.books, now) === journey) step(now)
    })
}

/** Sales takes a journey up: routing, working, and what comes of it. A newer attempt replaces this one. */
export function pursue(company: Company, identity: Identity, heat: Heat, from: Instant): void {
  const { random } = company
  if (!isWorkable(identity, from)) return
  identity.pursuit++
  const next = stepper(company, identity, from)

  const work = (now: Instant) => {
    const rep = repOf(company, identity, now)
    takeOver(company, identity, rep, now)
    changeStatus(company, identity, 'Working', now, rep)
    contactThem(company, identity, now, rep)
    if (random.chance(50)) {
      next(daysLater(random, now, 1, 3), (later) => changeStatus(company, identity, 'Routed', later, rep))
      next(daysLater(random, now, 5, 8), (later) => changeStatus(company, identity, 'Working', later, rep))
    }
    if (random.chance(WON_OVER[heat])) {
      next(daysLater(random, now, 4, 35), (later) => promote(company, identity, later, enterByHand))
      return
    }
    const ending = random.from(ENDINGS)
    if (ending === 'silence') return
    if (ending === 'contact-only') {
      next(daysLater(random, now, 4, 25), (later) => becomeContact(company, identity, later))
      return
    }
    next(daysLater(random, now, 6, 60), (later) => giveUp(company, identity, ending, later))
  }

  if (identity.row.status === 'Working' && random.chance(600)) return next(from + 10 * MINUTE, (now) => work(now))
  if (!random.chance(ROUTED[heat])) {
    // Nobody takes it; now and then somebody cleans the queue.
    if (random.chance(160))
      next(daysLater(random, from, 2, 40), (now) => giveUp(company, identity, 'Disqualified', now))
    return
  }
  const skipsRouting = random.chance(60)
  const wait = heat === 2 ? [3, 240] : heat === 1 ? [30, 2_880] : [60, 7_200]
  next(minutesLater(random, from, wait[0] as number, wait[1] as number), (now) => {
    const rep = repOf(company, identity, now)
    takeOver(company, identity, rep, now)
    if (!skipsRouting) changeStatus(company, identity, 'Routed', now, company.world.staff.operations)
    if (skipsRouting || random.chance(WORKED[heat]))
      next(minutesLater(random, now, 30, heat === 2 ? 1_440 : 8_640), (later) => work(later))
    else if (random.chance(350))
      next(daysLater(random, now, 3, 45), (later) =>
        giveUp(company, identity, random.pick(['Disqualified', 'No Response']), later),
      )
  })
}

/** Converted without an opportunity; the story goes on with the contact. */
function becomeContact(company: Company, identity: Identity, now: Instant): void {
  const { random, world, territory, turn } = company
  const executive = world.staff.executive(territory, now, turn)
  if (identity.row.object === 'Lead') {
    const rep = keeperOf(company, identity.row, now)
    convert(company, identity, now, rep, random.chance(400) ? rep : executive)
  }
  const next = stepper(company, identity, now)
  if (random.chance(350)) next(daysLater(random, now, 8, 60), (later) => promote(company, identity, later, enterByHand))
  else if (random.chance(550))
    next(daysLater(random, now, 15, 80), (later) =>
      giveUp(company, identity, random.pick(['No Response', 'Recycled']), later),
    )
}

/** A disposition, and what may follow it: a change of heart that changes nothing, a deletion, an old lead dug out. */
function giveUp(company: Company, identity: Identity, status: string, now: Instant): void {
  const { random, agenda } = company
  const rep = repOf(company, identity, now)
  changeStatus(company, identity, status, now, rep)
  if (random.chance(40))
    agenda.plan(workday(company, daysLater(random, now, 3, 20)), (later) => {
      if (identity.absorbed || identity.deleted || identity.deal || runningAt(identity.books, later)) return
      changeStatus(company, identity, 'Working', later, repOf(company, identity, later))
    })
  if (random.chance(45))
    agenda.plan(workday(company, daysLater(random, now, 30, 260)), (later) =>
      digOut(company, identity, later, enterByHand),
    )
  if (status === 'Disqualified' && random.chance(60))
    agenda.plan(workday(company, daysLater(random, now, 5, 40)), (later) => remove(company, identity, later))
}

/** A disqualified row is deleted, if its story is over. */
function remove(company: Company, identity: Identity, now: Instant): void {
  const { human, row } = identity
  const open = runningAt(identity.books, now) || runningAt(human.truth, now)
  const linked = identity.books.journeys.some((journey) => journey.primary)
  if (open || linked || human.identities.length > 1 || row.status !== 'Disqualified' || identity.rows.length > 1) return
  company.world.crm.remove(row, now, company.world.staff.operations)
  identity.deleted = true
  human.touchesLeft = 0
}

/** Whoever looks after the person now: development reps after leads, executives after contacts. */
export function repOf(company: Company, identity: Identity, now: Instant): Actor {
  const { staff } = company.world
  return identity.row.object === 'Lead'
    ? staff.bdr(company.territory, now, company.turn)
    : staff.executive(company.territory, now, company.turn)
}

function takeOver(company: Company, identity: Identity, rep: Actor, now: Instant): void {
  const { crm, staff } = company.world
  const { row } = identity
  const waits = row.owner.id === staff.queueOf(company.territory).id
  // A predecessor's people are handed over when somebody works them again; some contacts are kept by friends.
  const handedOver = row.owner.id !== rep.id && company.random.chance(row.object === 'Lead' ? 900 : 400)
  if (waits || handedOver) crm.setOwner(row, rep, now, staff.operations)
}

/** Calls and e-mails, logged as tasks; one in twenty people calls back. */
export function contactThem(company: Company, identity: Identity, from: Instant, rep: Actor): void {
  const { random, agenda, world } = company
  let at = from
  for (let turn = random.between(0, 3); turn > 0; turn--) {
    at = workday(company, minutesLater(random, at, 20, 5_760))
    const record = identity.row
    agenda.plan(at, (now) => {
      if (identity.absorbed || identity.deleted) return
      world.crm.logTask(liveRow(identity, record), null, activityOf(random), now, rep)
    })
  }
}

function liveRow(identity: Identity, record: PersonRecord): PersonRecord {
  return record.converted ? identity.row : record
}

/** What a logged activity was. */
export function activityOf(random: Random) {
  if (random.chance(50))
    return { subject: 'Inbound call', type: 'Inbound Call', disposition: 'Connected', seconds: 60 + random.below(1200) }
  if (random.chance(500)) return { subject: random.pick(LETTERS), type: 'Email', disposition: '', seconds: 0 }
  const reached = random.chance(350)
  const seconds = reached ? 60 + random.below(1500) : 15 + random.below(30)
  return { subject: random.pick(CALLS), type: 'Call', disposition: reached ? 'Connected' : 'No Answer', seconds }
}
