import { DAY_MS, dayNumberOf } from './calendar.ts'
import type { Instant } from './facts.ts'
import { type EngagementState, isOpen, type OpportunityState, type State } from './state.ts'

/**
 * Notes what is odd as things stand at the moment looked from, and no longer when somebody has seen to it: stale
 * opportunities [Z35], unworked reactivations [K6], second opportunities of a finished journey [Z10], stage dates that
 * run backwards [Z22]. Gives the moment at which time alone would next bring one; null: never. [W4]
 */
export function standingFindings(state: State): Instant | null {
  const { staleOpportunityDays, unworkedReactivationDays } = state.rules.findings
  let wakeAt: Instant | null = null
  const wake = (at: Instant) => {
    if (wakeAt === null || at < wakeAt) wakeAt = at
  }
  for (const opportunity of state.opportunities.values()) {
    if (opportunity.deleted) continue
    noteStageOrder(state, opportunity)
    if (opportunity.closed) continue
    noteSecondOpportunity(state, opportunity)
    if (staleOpportunityDays === 0) continue
    const due = opportunity.changed.at + staleOpportunityDays * DAY_MS
    if (due > state.now) wake(due)
    else
      state.findings.push({
        code: 'stale-open-opportunity',
        record: `opportunity:${opportunity.id}`,
        fact: opportunity.changed.fact,
        at: due,
        detail: `It is open, and nothing happened to it for ${staleOpportunityDays} days.`,
      })
  }
  if (unworkedReactivationDays > 0)
    for (const person of state.people) {
      const { current } = person
      if (!isUnworked(current)) continue
      const due = Math.max(current.at, current.recordedAt) + unworkedReactivationDays * DAY_MS
      if (due > state.now) wake(due)
      else
        state.findings.push({
          code: 'unworked-reactivation',
          record: current.id,
          fact: current.because.fact,
          at: due,
          detail: `Nobody has worked it for ${unworkedReactivationDays} days: no stage 2, no other owner, no opportunity.`,
        })
    }
  return wakeAt
}

/** [K6] A reactivation that nothing has come of: worked is one with a stage 2, another owner or an opportunity. */
function isUnworked(engagement: EngagementState | undefined): engagement is EngagementState {
  if (!isOpen(engagement) || engagement.activationType === 'Original Activation') return false
  const { stages, primary, handedOver } = engagement.journey
  return !stages[1] && !primary && !handedOver
}

/** [Z10] The journey it is attributed to ended with another opportunity, its primary one. */
function noteSecondOpportunity(state: State, opportunity: OpportunityState): void {
  const { attribution } = opportunity
  const journey = attribution?.journey
  if (!attribution || !journey?.completion || journey.primary === opportunity) return
  state.findings.push({
    code: 'second-opportunity-open',
    record: `opportunity:${opportunity.id}`,
    fact: journey.completion.because.fact,
    at: journey.completion.at,
    detail: `${attribution.id}, which it is attributed to, ended as "${journey.completion.outcome}" while it is open.`,
  })
}

/** [Z22] By calendar day: won before it was created, or created before the journey it is attributed to was accepted. */
function noteStageOrder(state: State, opportunity: OpportunityState): void {
  const { zone } = state.rules.organisation
  const [created, , won] = opportunity.stages
  const accepted = opportunity.attribution?.journey?.stages[2]
  const day = dayNumberOf(zone, created.at)
  const note = (fact: string, at: Instant, detail: string) =>
    state.findings.push({
      code: 'stages-out-of-order',
      record: `opportunity:${opportunity.id}`,
      fact,
      at: Math.min(at, state.now),
      detail,
    })
  if (won && dayNumberOf(zone, won.at) < day)
    note(won.because.fact, created.at, 'Its close date, which is stage 6, lies before the day it was created.')
  if (accepted && !accepted.filled && dayNumberOf(zone, accepted.at) > day)
    note(accepted.because.fact, accepted.at, 'It was created before the journey it is attributed to reached stage 3.')
}
