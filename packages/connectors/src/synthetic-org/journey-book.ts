/**
 * The generator's own account of journeys, in which every life is written down as it is lived.
 *
 * It is kept twice. The *true* book follows human beings and who really began a deal. The *CRM's* book
 * follows rows, as far as the CRM can tell whose they are, and sees only the contact roles that somebody
 * entered. Where the two agree the derived result must agree with both; where they differ a numbered rule
 * says why.
 */
import type { ActivationType, Instant } from '@throughline/core'
import { DAY, MINUTE } from './moments.ts'

/** The record that made something happen. */
export type Cause = Readonly<{
  object: 'Lead' | 'Contact' | 'Interaction' | 'OpportunityContactRole' | 'Opportunity'
  id: string
}>

/** An interaction that falls inside a journey. */
export type Influence = Readonly<{ cause: Cause; at: Instant; recordedAt: Instant; weight: number }>

/** What one activation began. */
export type Journey = {
  readonly cause: Cause
  /** When the interaction happened, and when the CRM learned of it. */
  readonly at: Instant
  readonly recordedAt: Instant
  readonly type: ActivationType
  readonly weight: number
  /** Began because a dormant contact was put on an open opportunity. */
  readonly fromRole: boolean
  /** Null for an opportunity that nobody began. */
  follower: Follower | null
  influences: Influence[]
  stage2: Instant | null
  stage3: Instant | null
  completedAt: Instant | null
  outcome: string
  /** The deal whose close completed it. */
  endedBy: Deal | null
  primary: Deal | null
  /** A fallback that a real activation took the place of. */
  voided: boolean
}

/** Somebody whose journeys a book follows. */
export type Follower = {
  object: 'Lead' | 'Contact'
  current: Journey | null
  journeys: Journey[]
}

/** An opportunity as a book sees it. */
export type Deal = {
  readonly opportunity: string
  readonly createdAt: Instant
  open: boolean
  attribution: Journey | null
  fallback: Journey | null
  /** Journeys whose primary opportunity this is, or was at some time. */
  linked: Journey[]
}

const DORMANCY = 90 * DAY
const DAILY_RUN = 5 * MINUTE

/** Somebody nothing is known of yet. */
export function newFollower(object: Follower['object']): Follower {
  return { object, current: null, journeys: [] }
}

/** An opportunity at its creation. */
export function newDeal(opportunity: string, createdAt: Instant): Deal {
  return { opportunity, createdAt, open: true, attribution: null, fallback: null, linked: [] }
}

/** The journey that is running; null where the person is dormant or was never active. */
export function running(follower: Follower): Journey | null {
  return follower.current && follower.current.completedAt === null ? follower.current : null
}

/** The journey that is running at a moment, once silence has been given its due. */
export function runningAt(follower: Follower, now: Instant): Journey | null {
  settle(follower, now)
  return running(follower)
}

/** Ends a journey that silence has ended by `now`: at the first daily run with 90 idle days and no opportunity. */
export function settle(follower: Follower, now: Instant): void {
  const journey = running(follower)
  if (!journey || journey.primary) return
  const due = firstRunFrom(idleSince(journey) + DORMANCY)
  if (due <= now) end(journey, due, `${follower.object} Dormancy`)
}

/** The latest of its engagements' dates and record times and its stage stamps. */
export function idleSince(journey: Journey): Instant {
  let latest = Math.max(journey.at, journey.recordedAt, journey.stage2 ?? 0, journey.stage3 ?? 0)
  for (const influence of journey.influences) latest = Math.max(latest, influence.at, influence.recordedAt)
  return latest
}

function firstRunFrom(at: Instant): Instant {
  const today = at - (at % DAY) + DAILY_RUN
  return today >= at ? today : today + DAY
}

/** Somebody interacts: inside the journey that is running, or beginning one. Gives the journey if it began. */
export function touch(follower: Follower, touched: Influence): Journey | null {
  settle(follower, touched.recordedAt)
  const journey = running(follower)
  if (journey) {
    journey.influences.push(touched)
    return null
  }
  return begin(follower, touched, false)
}

function begin(follower: Follower, touched: Influence, fromRole: boolean): Journey {
  const type: ActivationType = follower.current
    ? follower.object === 'Lead'
      ? 'Reactivated Lead'
      : 'Reactivated Contact'
    : 'Original Activation'
  const journey = newJourney(follower, touched, type, fromRole)
  follower.current = journey
  follower.journeys.push(journey)
  return journey
}

function newJourney(follower: Follower | null, touched: Influence, type: ActivationType, fromRole: boolean): Journey {
  const { cause, at, recordedAt, weight } = touched
  return {
    cause,
    at,
    recordedAt,
    weight,
    type,
    fromRole,
    follower,
    influences: [],
    stage2: null,
    stage3: null,
    completedAt: null,
    outcome: '',
    endedBy: null,
    primary: null,
    voided: false,
  }
}

/** A person's status was set to a value it did not have: stages are stamped the first time, dispositions end. */
export function setStatus(follower: Follower, status: string, now: Instant): void {
  settle(follower, now)
  const journey = running(follower)
  if (!journey) return
  const moment = Math.max(now, journey.at)
  if (status === 'Routed') journey.stage2 ??= moment
  else if (status === 'Working') {
    journey.stage3 ??= moment
    journey.stage2 ??= moment
  } else if (isDisposition(status) && !journey.primary) end(journey, now, `${status} ${follower.object}`)
}

/** The statuses by which sales gives a person up. */
export function isDisposition(status: string): boolean {
  return status === 'Disqualified' || status === 'No Response' || status === 'Recycled'
}

/**
 * A contact joins an open opportunity. Somebody dormant begins a journey by it; whoever is in a journey has
 * it linked. An opportunity that still has only the fallback, or nothing, may find its beginning this way.
 */
export function join(deal: Deal, follower: Follower, role: Influence): void {
  const journey = readyToJoin(follower, role)
  if (!deal.attribution) attribute(deal, journey)
  else if (deal.attribution === deal.fallback && !journey.fromRole && journey.at <= deal.createdAt) {
    deal.fallback.voided = true
    attribute(deal, journey)
  }
  link(deal, journey)
}

/** As {@link join}, where it is known already whether anybody began the opportunity. */
export function accompany(deal: Deal, follower: Follower, role: Influence): void {
  link(deal, readyToJoin(follower, role))
}

/** Contacts that join in the same save as the opportunity is created: whoever began first is credited. */
export function joinAtCreation(deal: Deal, joining: readonly (readonly [Follower, Influence])[]): void {
  const journeys = joining.map(([follower, role]) => readyToJoin(follower, role))
  const best = [...journeys].sort((a, b) => Number(a.fromRole) - Number(b.fromRole) || a.at - b.at)[0]
  if (best && !deal.attribution) attribute(deal, best)
  for (const journey of journeys) link(deal, journey)
}

function readyToJoin(follower: Follower, role: Influence): Journey {
  settle(follower, role.recordedAt)
  return running(follower) ?? begin(follower, role, true)
}

/** Credits an opportunity to a journey, which has then passed stages 2 and 3. */
export function attribute(deal: Deal, journey: Journey): void {
  deal.attribution = journey
  const passed = Math.max(deal.createdAt, journey.at)
  journey.stage2 ??= passed
  journey.stage3 ??= Math.max(passed, journey.stage2)
}

/** Makes an opportunity the journey's primary one, unless an earlier one has a better claim. */
export function link(deal: Deal, journey: Journey): void {
  const before = journey.primary
  if (before === deal) return
  if (before && !(deal.attribution === journey && before.attribution !== journey)) return
  journey.primary = deal
  deal.linked.push(journey)
}

/** Nobody is known to have begun it: the opportunity itself stands in. */
export function fallBack(deal: Deal): void {
  if (deal.attribution) return
  const cause: Cause = { object: 'Opportunity', id: deal.opportunity }
  const created = deal.createdAt
  const journey = newJourney(
    null,
    { cause, at: created, recordedAt: created, weight: 0 },
    'Opportunity Creation',
    false,
  )
  deal.fallback = journey
  attribute(deal, journey)
  link(deal, journey)
}

/** An opportunity is won or lost, and with it every open journey that it is the primary opportunity of. */
export function close(deal: Deal, won: boolean, now: Instant): void {
  deal.open = false
  for (const journey of deal.linked) {
    if (journey.primary !== deal || journey.completedAt !== null || journey.voided) continue
    end(journey, now, won ? 'Won Opportunity' : 'Lost Opportunity')
    journey.endedBy = deal
  }
}

/** A closed opportunity is open again: what it ended runs on, unless the person has begun anew since. */
export function reopen(deal: Deal): void {
  deal.open = true
  for (const journey of deal.linked) {
    if (journey.endedBy !== deal || (journey.follower && journey.follower.current !== journey)) continue
    journey.completedAt = null
    journey.outcome = ''
    journey.endedBy = null
  }
}

/**
 * True where joining two followers leaves no doubt: neither has had a deal, and the last sign of life is
 * one that the surviving journey keeps.
 */
export function canUnite(kept: Follower, other: Follower, now: Instant): boolean {
  settle(kept, now)
  settle(other, now)
  for (const journey of [...kept.journeys, ...other.journeys]) if (journey.primary) return false
  const [a, b] = [running(kept), running(other)]
  if (!a || !b) return true
  const last = Math.max(idleSince(a), idleSince(b))
  const [winner, loser] = a.at <= b.at ? [a, b] : [b, a]
  if (a.at === b.at) return false
  const stages = bestStages(winner, loser)
  const survives = [...signsOfLife(winner), ...signsOfLife(loser), stages.stage2 ?? 0, stages.stage3 ?? 0]
  return survives.includes(last)
}

/** Two rows turn out to be one person. Of two open journeys the earlier lives on; the other becomes part of it. */
export function unite(kept: Follower, other: Follower, now: Instant): void {
  settle(kept, now)
  settle(other, now)
  const [a, b] = [running(kept), running(other)]
  const newest = !kept.current || (other.current && other.current.recordedAt > kept.current.recordedAt) ? other : kept
  kept.current = a ?? b ?? newest.current
  kept.journeys.push(...other.journeys)
  for (const journey of kept.journeys) journey.follower = kept
  if (!a || !b) return
  const [winner, loser] = a.at <= b.at ? [a, b] : [b, a]
  Object.assign(winner, bestStages(winner, loser))
  const { cause, at, recordedAt, weight } = loser
  winner.influences.push({ cause, at, recordedAt, weight }, ...loser.influences)
  kept.current = winner
  kept.journeys = kept.journeys.filter((journey) => journey !== loser)
}

/** Stages 2 and 3 go together, from whichever reached 3 first; without a 3, from whichever reached 2 first. */
function bestStages(winner: Journey, loser: Journey): Pick<Journey, 'stage2' | 'stage3'> {
  const third = earlier(winner, loser, 'stage3')
  if (third) return { stage2: third.stage2, stage3: third.stage3 }
  return { stage2: earlier(winner, loser, 'stage2')?.stage2 ?? null, stage3: null }
}

function earlier(winner: Journey, loser: Journey, stage: 'stage2' | 'stage3'): Journey | null {
  const [own, others] = [winner[stage], loser[stage]]
  if (own === null) return others === null ? null : loser
  return others !== null && others < own ? loser : winner
}

function signsOfLife(journey: Journey): Instant[] {
  return [journey.at, journey.recordedAt, ...journey.influences.flatMap((one) => [one.at, one.recordedAt])]
}

function end(journey: Journey, at: Instant, outcome: string): void {
  journey.completedAt = Math.max(at, journey.at)
  journey.outcome = outcome
}
