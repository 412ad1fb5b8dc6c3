import { userOf } from './attribution-values.ts'
import type { AttributionReleased, AttributionSet } from './facts.ts'
import { credit, linkPrimary, movePrimary, reportOlder, voidFallback } from './opportunity-attribution.ts'
import { type EngagementState, find, type OpportunityState, type State } from './state.ts'

/**
 * [L9] Somebody credits an opportunity to another activation. The former one keeps its primary opportunity and only
 * influences it from now on; the new one's moves here, unless another opportunity that controls it is credited to it.
 */
export function setAttribution(state: State, fact: AttributionSet): void {
  const opportunity = opportunityOf(state, fact)
  if (!opportunity) return
  const chosen = activationOf(state, fact)
  if (typeof chosen === 'string') {
    find(state, 'attribution-refused', `opportunity:${opportunity.id}`, fact, chosen)
    state.trace?.push({
      record: `opportunity:${opportunity.id}`,
      subject: 'attribution-activation',
      rule: 'L9',
      facts: [fact.id],
      at: state.now,
      decided: `Not changed: ${chosen}`,
      instead: 'A person with an activation could have been credited.',
      applied: false,
    })
    return
  }
  const held = opportunity.attribution
  const because = { rule: 'L9', fact: fact.id } as const
  const by = userOf(state, fact.by)
  opportunity.released = undefined
  state.trace?.push({
    record: `opportunity:${opportunity.id}`,
    subject: 'attribution-activation',
    rule: 'L9',
    facts: [fact.id, chosen.because.fact],
    at: state.now,
    decided: `Attributed to ${chosen.id} by hand, by ${by.name}: "${fact.reason}".`,
    instead: held && held !== chosen ? `${held.id} would have stayed.` : null,
    applied: true,
  })
  if (held && held === opportunity.fallback && held !== chosen) voidFallback(state, opportunity, chosen, because)
  credit(state, opportunity, chosen, because)
  if (held && held !== chosen && held.journey?.primary === opportunity)
    state.trace?.push({
      record: held.id,
      subject: 'primary-opportunity',
      rule: 'L9',
      facts: [fact.id],
      at: state.now,
      decided: `${opportunity.id} stays its primary opportunity, which it only influences now.`,
      instead: null,
      applied: true,
    })
  const primary = chosen.journey?.primary
  // [L11] What closed before the journey began cannot control it, whoever is credited.
  const controls = opportunity.closedAt === undefined || chosen.at <= opportunity.closedAt
  if (controls && !primary) linkPrimary(state, chosen, opportunity, because)
  else if (controls && primary !== opportunity && primary?.attribution !== chosen)
    movePrimary(state, chosen, opportunity, because)
  reportOlder(state, opportunity, chosen)
  opportunity.changed = { at: state.now, fact: fact.id }
  state.touched.add(opportunity)
}

/** [L10] Chosen again at the end of this instant, when everything that belongs to it is read. */
export function releaseAttribution(state: State, fact: AttributionReleased): void {
  const opportunity = opportunityOf(state, fact)
  const held = opportunity?.attribution
  if (!opportunity || !held) return
  const by = userOf(state, fact.by)
  opportunity.attribution = undefined
  opportunity.attributionBecause = undefined
  opportunity.released = { fact: fact.id, held }
  state.touched.add(opportunity)
  state.trace?.push({
    record: `opportunity:${opportunity.id}`,
    subject: 'attribution-activation',
    rule: 'L10',
    facts: [fact.id],
    at: state.now,
    decided: `To be chosen again: ${by.name} released it from ${held.id}${fact.reason === undefined ? '' : `, "${fact.reason}"`}.`,
    instead: `${held.id} would have stayed.`,
    applied: true,
    cleared: true,
  })
}

function opportunityOf(state: State, fact: AttributionSet | AttributionReleased): OpportunityState | undefined {
  const opportunity = state.opportunities.get(fact.opportunity)
  if (!opportunity) {
    const detail = 'The attribution of an opportunity that was never created.'
    find(state, 'unknown-opportunity', `opportunity:${fact.opportunity}`, fact, detail)
    return undefined
  }
  if (!opportunity.deleted) return opportunity
  find(state, 'attribution-refused', `opportunity:${opportunity.id}`, fact, 'The opportunity was deleted.')
  return undefined
}

/** The activation that is meant, or why there is none. [L1] */
function activationOf(state: State, fact: AttributionSet): EngagementState | string {
  const person = state.records.get(fact.person)?.person
  if (!person) return `Nobody is known as ${fact.person}.`
  if (fact.activation === undefined) return person.current ?? `${fact.person} has no activation.`
  const named = state.engagements.get(fact.activation)
  if (named?.person !== person) return `${fact.activation} is no engagement of ${fact.person}.`
  return named.journey ? named : `${fact.activation} is an influencing engagement.`
}
