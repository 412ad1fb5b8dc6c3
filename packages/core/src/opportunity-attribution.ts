import type { Because } from './derivation.ts'
import { scheduleDormancy } from './dormancy.ts'
import { fillFromOpportunity } from './stages.ts'
import {
  type EngagementState,
  find,
  isOpen,
  type OpportunityState,
  type RoleState,
  type State,
  survivorOf,
} from './state.ts'

/** An activation that could be an opportunity's attribution activation, through a contact role. */
type Candidate = Readonly<{ engagement: EngagementState; role: RoleState }>

/**
 * [L4] to [L7] An opportunity without an attribution activation takes the best of its contact roles' open journeys, and
 * keeps it. [N5] A fallback gives way to one that began no later than the opportunity was created.
 */
export function chooseAttribution(state: State, opportunity: OpportunityState): void {
  const held = opportunity.attribution
  if (held && held !== opportunity.fallback) return
  if (held && (opportunity.closed || opportunity.newRoles.length === 0)) return

  const roles = held ? opportunity.newRoles : opportunity.roles
  const candidates = candidatesOf(roles, opportunity).filter(
    ({ engagement }) => !held || (!engagement.fromContactRole && engagement.at <= opportunity.createdAt),
  )
  const ranked = candidates.sort(byStrategy(state, opportunity))
  const best = ranked[0]
  if (!best) return

  opportunity.attribution = best.engagement
  opportunity.attributionBecause = { rule: held ? 'N5' : 'L4', fact: best.role.fact }
  if (state.trace) tellChoice(state, opportunity, ranked, held)
  if (held) {
    held.voided = true
    state.trace?.push({
      record: held.id,
      subject: 'classification',
      rule: 'N5',
      facts: [best.role.fact, best.engagement.because.fact],
      at: state.now,
      decided: `Void: ${best.engagement.id}, which began no later than the opportunity, took its place.`,
      instead: 'It would still stand in for it if nobody with such a journey had joined.',
      applied: true,
    })
    opportunity.primaryOf.delete(held)
    opportunity.fallback = undefined
  }
  const { journey } = best.engagement
  // [L3] Only an influence may move: to the opportunity that is now attributed to it.
  if (journey?.primary && journey.primary !== opportunity && journey.primary.attribution !== best.engagement)
    movePrimary(state, best.engagement, opportunity, { rule: 'L3', fact: best.role.fact })
  else if (!journey?.primary) linkPrimary(state, best.engagement, opportunity, { rule: 'L2', fact: best.role.fact })
  fillFromOpportunity(state, best.engagement, opportunity)
  if (opportunity.createdAt < best.engagement.at)
    find(
      state,
      'stage-before-activation',
      best.engagement.id,
      opportunity.created,
      'The opportunity was created before the activation it is attributed to began.',
    )
}

/** [L5] [L11] [Z30] Open current activations of the people who have a role, each once, if they began before the opportunity closed. */
function candidatesOf(roles: readonly RoleState[], opportunity: OpportunityState): Candidate[] {
  const candidates = new Map<EngagementState, Candidate>()
  for (const role of roles) {
    const engagement = role.contact.person.current
    if (!isOpen(engagement) || survivorOf(role.contact).deleted) continue
    if (opportunity.closedAt !== undefined && engagement.at > opportunity.closedAt) continue
    const known = candidates.get(engagement)
    if (!known || (role.primary && !known.role.primary)) candidates.set(engagement, { engagement, role })
  }
  return [...candidates.values()]
}

/** [L6] The order of candidates under the company's strategy; every strategy ends in the same tie-breaks. */
function byStrategy(state: State, opportunity: OpportunityState): (a: Candidate, b: Candidate) => number {
  const { strategy } = state.rules.opportunityAttribution
  const converted = new Set(state.convertedInto.get(opportunity.id)?.map((record) => record.person))
  const isConverted = ({ engagement }: Candidate) => (engagement.person && converted.has(engagement.person) ? 0 : 1)
  const isFromRole = ({ engagement }: Candidate) => (engagement.fromContactRole ? 1 : 0)
  const isPrimary = ({ role }: Candidate) => (role.primary ? 0 : 1)
  const stage = ({ engagement }: Candidate) =>
    engagement.journey?.stages.filter((stamp) => stamp && !stamp.filled).length ?? 0
  const beganTheProcess = (a: Candidate, b: Candidate) =>
    isConverted(a) - isConverted(b) ||
    isFromRole(a) - isFromRole(b) ||
    a.engagement.at - b.engagement.at ||
    isPrimary(a) - isPrimary(b) ||
    a.role.at - b.role.at ||
    (a.engagement.id < b.engagement.id ? -1 : 1)
  switch (strategy) {
    case 'began-the-process':
      return beganTheProcess
    case 'primary-role-first':
      return (a, b) => isPrimary(a) - isPrimary(b) || beganTheProcess(a, b)
    case 'latest-activation':
      return (a, b) => b.engagement.at - a.engagement.at || beganTheProcess(a, b)
    case 'furthest-stage':
      return (a, b) => stage(b) - stage(a) || beganTheProcess(a, b)
  }
}

/** [L2] The first opportunity a person joins during a journey controls how it ends. */
export function linkPrimary(
  state: State,
  engagement: EngagementState,
  opportunity: OpportunityState,
  because: Because,
): void {
  const { journey } = engagement
  if (!journey || journey.primary) return
  journey.primary = opportunity
  journey.primaryBecause = because
  opportunity.primaryOf.add(engagement)
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: 'primary-opportunity',
      rule: because.rule,
      facts: [because.fact],
      at: state.now,
      decided: `Primary opportunity ${opportunity.id}: the first joined during this journey.`,
      instead: 'Had the person joined another opportunity earlier in this journey, that would control it.',
      applied: true,
    })
}

function movePrimary(state: State, engagement: EngagementState, opportunity: OpportunityState, because: Because): void {
  const { journey } = engagement
  if (!journey) return
  journey.primary?.primaryOf.delete(engagement)
  journey.primary = undefined
  linkPrimary(state, engagement, opportunity, because)
}

/** [L10] An activation loses its primary opportunity: the next open one joined since it began takes its place, or none. */
export function relinkPrimary(state: State, engagement: EngagementState, from: OpportunityState, fact: string): void {
  const { journey, person } = engagement
  if (!journey) return
  from.primaryOf.delete(engagement)
  journey.primary = undefined
  journey.primaryBecause = undefined
  state.trace?.push({
    record: engagement.id,
    subject: 'primary-opportunity',
    rule: 'L10',
    facts: [fact],
    at: state.now,
    decided: `No primary opportunity any more: the link to ${from.id} was taken back.`,
    instead: 'Another open opportunity joined during this journey would have taken its place.',
    applied: true,
  })
  if (!person || !isOpen(engagement)) return
  let next: { opportunity: OpportunityState; role: RoleState } | undefined
  for (const opportunity of state.opportunities.values()) {
    if (opportunity === from || opportunity.deleted || opportunity.closed) continue
    for (const role of opportunity.roles)
      if (
        role.contact.person === person &&
        role.at >= engagement.at &&
        (!next || role.at < next.role.at || (role.at === next.role.at && opportunity.id < next.opportunity.id))
      )
        next = { opportunity, role }
  }
  if (next) linkPrimary(state, engagement, next.opportunity, { rule: 'L10', fact })
  else scheduleDormancy(state, engagement)
}

function tellChoice(
  state: State,
  opportunity: OpportunityState,
  ranked: readonly Candidate[],
  held: EngagementState | undefined,
): void {
  const [best, second] = ranked as [Candidate, Candidate | undefined]
  state.trace?.push({
    record: `opportunity:${opportunity.id}`,
    subject: 'attribution-activation',
    rule: held ? 'N5' : second ? 'L6' : 'L4',
    facts: [best.role.fact, best.engagement.because.fact],
    at: state.now,
    decided: `Attributed to ${best.engagement.id} of contact ${best.role.contact.key.slice(8)}, best of ${ranked.length} by "${state.rules.opportunityAttribution.strategy}".`,
    instead: second
      ? `${second.engagement.id} came second.`
      : held
        ? 'The fallback would have stayed if this journey had begun after the opportunity.'
        : 'Nobody else with a contact role had an open journey.',
    applied: true,
  })
}
