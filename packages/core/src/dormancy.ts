import { DAY_MS, dayNumberOf, dayOf, instantOf } from './calendar.ts'
import { complete } from './completions.ts'
import type { Instant } from './facts.ts'
import { type EngagementState, isOpen, type JourneyState, objectOfPerson, type State } from './state.ts'
import { addTimer } from './timers.ts'

/**
 * When silence would end a journey: at the first daily run by which it has been idle for the full number of
 * days, and no earlier than the next one: a journey that lost its opportunity may have been idle long before. [J6] [J7] Null where it never would: dormancy is off, an opportunity is linked, or nobody belongs to it.
 */
export function dormantAt(state: State, engagement: EngagementState): Instant | null {
  const { dormancy, organisation } = state.rules
  const { journey, person } = engagement
  if (!dormancy.enabled || !person || !journey || journey.primary || !isOpen(engagement)) return null
  const due = journey.idleSince + dormancy.days * DAY_MS
  return firstRunFrom(organisation.zone, dormancy.runAtMinute, Math.max(due, state.now))
}

/** The first daily run at or after an instant. */
function firstRunFrom(zone: State['rules']['organisation']['zone'], minute: number, due: Instant): Instant {
  const day = dayNumberOf(zone, due)
  const today = instantOf(zone, day, minute)
  return today >= due ? today : instantOf(zone, day + 1, minute)
}

/** Sets the journey's clock. One timer is pending for it at a time; when it fires too early it sets itself again. */
export function scheduleDormancy(state: State, engagement: EngagementState): void {
  const at = dormantAt(state, engagement)
  if (at === null) return
  addTimer(state.timers, { at, kind: 'dormancy', id: engagement.id, fire: () => fire(state, engagement) })
}

function fire(state: State, engagement: EngagementState): void {
  const due = dormantAt(state, engagement)
  if (due === null) return
  if (due > state.now) return scheduleDormancy(state, engagement)
  const person = engagement.person
  const journey = engagement.journey as JourneyState
  const outcome = state.rules.dormancy.outcome[person ? objectOfPerson(person) : 'lead']
  complete(state, engagement, outcome, { rule: 'J6', fact: lastSignOfLife(engagement) }, undefined)
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: 'completion',
      rule: 'J6',
      facts: [lastSignOfLife(engagement)],
      at: state.now,
      decided: `Completed as "${outcome}": nothing happened for ${state.rules.dormancy.days} days.`,
      instead: `An engagement, a stage or an opportunity within ${state.rules.dormancy.days} days of ${dayOf(state.rules.organisation.zone, journey.idleSince)} would have kept it open.`,
      applied: true,
    })
}

/** The fact that last moved the journey: the latest of its engagements and stamps. */
function lastSignOfLife(engagement: EngagementState): string {
  const journey = engagement.journey as JourneyState
  let fact = engagement.because.fact
  let at = Math.max(engagement.at, engagement.recordedAt)
  for (const child of engagement.person?.engagements ?? []) {
    const when = Math.max(child.at, child.recordedAt)
    if (child.parent === engagement && when >= at) {
      at = when
      fact = child.because.fact
    }
  }
  for (const stamp of journey.stages) {
    if (stamp && stamp.at >= at) {
      at = stamp.at
      fact = stamp.because.fact
    }
  }
  return fact
}
