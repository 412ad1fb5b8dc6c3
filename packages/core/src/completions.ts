import type { Because } from './derivation.ts'
import type { Inferred } from './facts.ts'
import { currentAmong } from './identity.ts'
import { type EngagementState, isOpen, type JourneyState, type OpportunityState, type State } from './state.ts'

/**
 * Ends an open journey now. Date and outcome are always set together. [J9] The person's current activation stays current
 * [J10], unless a merge had left another of theirs open [I8].
 */
export function complete(
  state: State,
  engagement: EngagementState,
  outcome: string,
  because: Because,
  inferred: Inferred | undefined,
): void {
  if (!isOpen(engagement)) return
  // A journey cannot end before what it reached, even where its activation, or one that a merge joined, is dated later.
  let at = state.now
  for (const stamp of engagement.journey.stages) if (stamp && stamp.at > at) at = stamp.at
  engagement.journey.completion = inferred ? { at, outcome, because, inferred } : { at, outcome, because }
  const { person } = engagement
  if (person?.current !== engagement) return
  const other = currentAmong(state, person)
  if (isOpen(other)) person.current = other
}

/**
 * [J4] A closed opportunity ends every open journey it is the primary opportunity of, whether it is
 * attributed to that activation or only influenced by it.
 */
export function completeByOpportunity(state: State, opportunity: OpportunityState): void {
  const { won, lost } = state.rules.outcomes
  const outcome = opportunity.won ? won : lost
  const because: Because = { rule: 'J4', fact: opportunity.closedBecause?.fact ?? opportunity.created.id }
  for (const engagement of opportunity.primaryOf) {
    if (!isOpen(engagement)) continue
    engagement.journey.completedBy = opportunity
    complete(state, engagement, outcome, because, opportunity.closedInferred)
    if (state.trace)
      state.trace.push({
        record: engagement.id,
        subject: 'completion',
        rule: 'J4',
        facts: [because.fact],
        at: state.now,
        decided: `Completed as "${outcome}" with its primary opportunity ${opportunity.id}.`,
        instead: 'Only the primary opportunity could end it: dispositions and silence do not while one is linked.',
        applied: true,
      })
  }
}

/**
 * [J12] A reopened (or deleted) opportunity takes back the completions it caused, except where the person's current
 * journey is another by now: what followed from the completion then stands.
 */
export function undoCompletions(state: State, opportunity: OpportunityState, fact: string, closesAgain = false): void {
  // A deleted opportunity has given up all it controlled, whatever is told of it afterwards. [L10]
  if (opportunity.deleted) return
  // By hand a journey may have got another primary opportunity since; what this one ended is still undone with it. [L9]
  for (const engagement of state.engagements.values()) {
    const { journey, person } = engagement
    if (!journey || journey.completedBy !== opportunity) continue
    if (journey.primary && journey.primary !== opportunity && journey.primary.closed) continue
    // What closes again in this moment ends anew only what it still controls: the rest stays as it ended.
    if (closesAgain && journey.primary !== opportunity) continue
    const newer = person && person.current !== engagement
    if (!newer) {
      journey.completion = undefined
      journey.completedBy = undefined
      if (!journey.primary) linkAgain(state, engagement, journey, opportunity, fact)
    } else if (!opportunity.deleted)
      state.findings.push({
        code: 'reopened-after-new-journey',
        record: `opportunity:${opportunity.id}`,
        fact,
        at: state.now,
        detail: `${engagement.id} stays complete: its person's current journey is ${person?.current?.id} by now.`,
      })
    if (state.trace)
      state.trace.push({
        record: engagement.id,
        subject: 'completion',
        rule: 'J12',
        facts: [fact],
        at: state.now,
        decided: newer
          ? `Stays complete although ${opportunity.id} reopened: the person's current journey is ${person.current?.id} by now.`
          : `Open again: its primary opportunity ${opportunity.id} reopened.`,
        instead: null,
        applied: !newer,
      })
  }
}

/** [J12] What controlled a journey before does so again, where it has lost the opportunity that came in its place. */
function linkAgain(
  state: State,
  engagement: EngagementState,
  journey: JourneyState,
  opportunity: OpportunityState,
  fact: string,
): void {
  journey.primary = opportunity
  journey.primaryBecause = { rule: 'J12', fact }
  opportunity.primaryOf.add(engagement)
  state.trace?.push({
    record: engagement.id,
    subject: 'primary-opportunity',
    rule: 'J12',
    facts: [fact],
    at: state.now,
    decided: `Primary opportunity ${opportunity.id} again: it reopened, and there is no other.`,
    instead: 'Another primary opportunity would have stayed.',
    applied: true,
  })
}
