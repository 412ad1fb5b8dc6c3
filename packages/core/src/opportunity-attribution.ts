import { byStrategy, type Candidate, rankingOf } from './attribution-ranking.ts'
import type { Because } from './derivation.ts'
import { scheduleDormancy } from './dormancy.ts'
import type { Instant } from './facts.ts'
import { fillFromOpportunity, isLeadSourceOnly } from './stages.ts'
import {
  type EngagementState,
  find,
  isOpen,
  type OpportunityState,
  type RoleState,
  type State,
  survivorOf,
} from './state.ts'

/**
 * [L4] to [L7] An opportunity without an attribution activation takes the best of its contact roles' open journeys, and
 * keeps it. [N5] A fallback gives way to one that began no later than the opportunity was created.
 */
export function chooseAttribution(state: State, opportunity: OpportunityState): void {
  const held = opportunity.attribution
  if (held && (held !== opportunity.fallback || opportunity.closed || opportunity.newRoles.length === 0)) {
    if (state.trace) tellNoChoice(state, opportunity, held)
    return
  }
  if (isLeadSourceOnly(state, opportunity)) return

  const roles = held ? opportunity.newRoles : opportunity.roles
  const candidates = candidatesOf(roles, opportunity).filter(
    ({ engagement }) => !held || (!engagement.fromContactRole && engagement.at <= opportunity.createdAt),
  )
  const ranked = candidates.sort(byStrategy(state, opportunity))
  const best = ranked[0]
  if (!best) {
    if (state.trace) tellNoChoice(state, opportunity, held)
    return
  }

  const because: Because = { rule: held ? 'N5' : 'L4', fact: best.role.fact }
  if (state.trace) tellChoice(state, opportunity, ranked, held)
  if (opportunity.fallback) voidFallback(state, opportunity, best.engagement, because)
  credit(state, opportunity, best.engagement, because)
  const { journey } = best.engagement
  // [L3] Only an influence may move: to the opportunity that is now attributed to it.
  if (journey?.primary && journey.primary !== opportunity && journey.primary.attribution !== best.engagement)
    movePrimary(state, best.engagement, opportunity, { rule: 'L3', fact: best.role.fact })
  else if (!journey?.primary) linkPrimary(state, best.engagement, opportunity, { rule: 'L2', fact: best.role.fact })
  reportOlder(state, opportunity, best.engagement)
}

/** Credits an opportunity to an activation, which has passed stages 2 and 3 with that. [G7] */
export function credit(
  state: State,
  opportunity: OpportunityState,
  engagement: EngagementState,
  because: Because,
): void {
  opportunity.attribution = engagement
  opportunity.attributionBecause = because
  fillFromOpportunity(state, engagement, opportunity)
}

/** [N5] The fallback is void: kept, but left out of counts. */
export function voidFallback(
  state: State,
  opportunity: OpportunityState,
  instead: EngagementState,
  because: Because,
): void {
  const { fallback } = opportunity
  if (!fallback) return
  fallback.voided = true
  opportunity.primaryOf.delete(fallback)
  opportunity.fallback = undefined
  if (fallback.journey) {
    fallback.journey.primary = undefined
    fallback.journey.primaryBecause = undefined
    state.trace?.push({
      record: fallback.id,
      subject: 'primary-opportunity',
      rule: 'N5',
      facts: [because.fact],
      at: state.now,
      decided: `No primary opportunity any more: it does not stand in for ${opportunity.id} now.`,
      instead: null,
      applied: true,
      cleared: true,
    })
  }
  state.trace?.push({
    record: fallback.id,
    subject: 'classification',
    rule: 'N5',
    facts: [because.fact, instead.because.fact],
    at: state.now,
    decided: `Void: ${instead.id}${because.rule === 'N5' ? ', which began no later than the opportunity,' : ''} took its place.`,
    instead: 'It would still stand in for it if nobody with such a journey had joined.',
    applied: true,
  })
}

/** [Z22] The dates are kept; a finding says that they run backwards. */
export function reportOlder(state: State, opportunity: OpportunityState, engagement: EngagementState): void {
  if (opportunity.createdAt >= engagement.at) return
  const detail = 'The opportunity was created before the activation it is attributed to began.'
  find(state, 'stage-before-activation', engagement.id, opportunity.created, detail)
}

/** [L5] [L11] [Z30] Open current activations of the people who have a role, each once, if they began before the opportunity closed. */
function candidatesOf(roles: readonly RoleState[], opportunity: OpportunityState): Candidate[] {
  const candidates = new Map<EngagementState, Candidate>()
  for (const role of roles) {
    if (survivorOf(role.contact).deleted) continue
    const engagement = journeyFor(role, opportunity)
    if (!engagement) continue
    if (opportunity.closedAt !== undefined && engagement.at > opportunity.closedAt) continue
    const known = candidates.get(engagement)
    if (!known || (role.primary && !known.role.primary)) candidates.set(engagement, { engagement, role })
  }
  return [...candidates.values()]
}

/** The open current activation; for an opportunity that is closed also one that its own close has ended. [L10] */
function journeyFor(role: RoleState, opportunity: OpportunityState): EngagementState | undefined {
  const { current } = role.contact.person
  if (isOpen(current)) return current
  if (!opportunity.closed) return undefined
  for (const one of opportunity.primaryOf)
    if (one.person === role.contact.person && one.journey?.completedBy === opportunity) return one
  return undefined
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
      decided: `Primary opportunity ${opportunity.id}: ${WHY_PRIMARY[because.rule] ?? 'the first joined during this journey'}.`,
      instead:
        because.rule === 'L2'
          ? 'Had the person joined another opportunity earlier in this journey, that would control it.'
          : null,
      applied: true,
    })
}

/** Why an opportunity came to control a journey, by rule. */
const WHY_PRIMARY: Readonly<Record<string, string>> = {
  L3: 'it is attributed to this journey, which only influenced the one before',
  L9: 'it was attributed to this journey by hand',
  L10: 'the next one joined during this journey',
  Z11: 'the first open one the contact is on',
  M2: 'this journey began when its contact was put on it',
  N4: 'this activation stands in for it',
}

/** [L3] [L9] A journey that only influenced one opportunity comes to be controlled by another. */
export function movePrimary(
  state: State,
  engagement: EngagementState,
  opportunity: OpportunityState,
  because: Because,
): void {
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
    cleared: true,
  })
  if (!person || !isOpen(engagement)) return
  const next = firstJoined(state, engagement, engagement.at, from)
  if (next) linkPrimary(state, engagement, next.opportunity, { rule: 'L10', fact })
  else scheduleDormancy(state, engagement)
}

/** [Z11] Whoever comes back while they have roles on open opportunities is linked to the first joined, if the rules say so. */
export function linkExistingRole(state: State, engagement: EngagementState): void {
  const first = firstJoined(state, engagement, Number.NEGATIVE_INFINITY)
  if (first) linkPrimary(state, engagement, first.opportunity, { rule: 'Z11', fact: first.role.fact })
}

/** The open opportunity that an activation's person joined first since a moment; of two the one with the lower id. [Z27] */
function firstJoined(
  state: State,
  { person }: EngagementState,
  since: Instant,
  except?: OpportunityState,
): { opportunity: OpportunityState; role: RoleState } | undefined {
  let first: { opportunity: OpportunityState; role: RoleState } | undefined
  for (const opportunity of state.opportunities.values()) {
    if (opportunity === except || opportunity.deleted || opportunity.closed) continue
    for (const role of opportunity.roles)
      if (
        role.contact.person === person &&
        role.at >= since &&
        (!first || role.at < first.role.at || (role.at === first.role.at && opportunity.id < first.opportunity.id))
      )
        first = { opportunity, role }
  }
  return first
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
    ranking: rankingOf(state, opportunity, ranked),
  })
}

/** [L5] [L7] [L11] [N6] Why a contact role changed nothing about an opportunity's attribution. Only called with a trace. */
function tellNoChoice(state: State, opportunity: OpportunityState, held: EngagementState | undefined): void {
  const tell = (role: RoleState, rule: string, decided: string, instead: string) =>
    state.trace?.push({
      record: `opportunity:${opportunity.id}`,
      subject: 'attribution-activation',
      rule,
      facts: [role.fact],
      at: state.now,
      decided: `Contact ${role.contact.key.slice(8)} did not count: ${decided}.`,
      instead,
      applied: false,
    })
  for (const role of opportunity.newRoles) {
    const { current } = role.contact.person
    if (!isOpen(current))
      tell(role, 'L5', 'their journey was not open', 'With an open journey they would have been a candidate.')
    else if (survivorOf(role.contact).deleted)
      tell(role, 'Z30', 'the contact was deleted', 'A contact that is there would have been a candidate.')
    else if (opportunity.closedAt !== undefined && current.at > opportunity.closedAt)
      tell(
        role,
        'L11',
        'the opportunity closed before their engagement happened',
        'An engagement before the close would have been a candidate.',
      )
    else if (held && held !== opportunity.fallback)
      tell(
        role,
        'L7',
        `it was attributed to ${held.id} already`,
        'Before there was an attribution, or after it is released, they would have been a candidate.',
      )
    else if (held && current.fromContactRole)
      tell(
        role,
        'N6',
        'a contact role made their journey',
        'A journey that began in any other way, no later than the opportunity, would have taken the place of the fallback.',
      )
    else if (held)
      tell(
        role,
        'N5',
        opportunity.closed ? 'the opportunity is closed' : 'their journey began after the opportunity was created',
        'A journey that began no later than the opportunity, while it was open, would have taken the place of the fallback.',
      )
  }
}
