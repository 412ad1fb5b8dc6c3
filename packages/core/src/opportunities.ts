import { valuesOfContactRole, valuesOfOpportunity } from './attribution-values.ts'
import { completeByOpportunity, undoCompletions } from './completions.ts'
import { isSameName } from './criteria.ts'
import { engage, makeEngagement, openJourney } from './engagements.ts'
import type {
  ContactRoleAdded,
  ContactRoleRemoved,
  OpportunityChanged,
  OpportunityClosed,
  OpportunityCreated,
  OpportunityReopened,
} from './facts.ts'
import { recordOf } from './identity.ts'
import { idOf } from './keys.ts'
import { checkLeadSource } from './known-values.ts'
import { chooseAttribution, linkPrimary, relinkPrimary } from './opportunity-attribution.ts'
import { changeOpportunity, isLeadSourceOnly, noteOpportunityStage } from './stages.ts'
import { type EngagementState, find, isOpen, type OpportunityState, type RoleState, type State } from './state.ts'
import { addTimer } from './timers.ts'

type OpportunityFact = OpportunityCreated | OpportunityChanged | OpportunityClosed | OpportunityReopened

/** [G8] A new opportunity is at stage 4, by its owner. Its attribution is decided when its roles are in. [N5] */
export function createOpportunity(state: State, fact: OpportunityCreated): void {
  if (state.opportunities.has(fact.opportunity)) return
  const opportunity: OpportunityState = {
    id: fact.opportunity,
    created: fact,
    owner: fact.owner,
    stage: undefined,
    probability: undefined,
    closed: false,
    won: false,
    createdAt: state.now,
    closedAt: undefined,
    closedBecause: undefined,
    closedInferred: undefined,
    closeDate: fact.closeDate,
    amount: fact.amount,
    currency: fact.currency ?? state.rules.organisation.currency,
    fields: fact.fields ?? {},
    roles: [],
    newRoles: [],
    attribution: undefined,
    attributionBecause: undefined,
    fallback: undefined,
    released: undefined,
    stages: [{ at: state.now, owner: fact.owner, because: { rule: 'G8', fact: fact.id } }, undefined, undefined],
    primaryOf: new Set(),
    changed: { at: state.now, fact: fact.id },
    deleted: false,
  }
  state.opportunities.set(fact.opportunity, opportunity)
  checkLeadSource(state, `opportunity:${fact.opportunity}`, fact.leadSource, fact)
  noteOpportunityStage(state, opportunity, 4, 'G8', fact, 'Stage 4 is reached: the opportunity was created.')
  readStage(state, opportunity, fact)
  state.restaged.set(opportunity, fact)
  addTimer(state.timers, {
    at: state.now + state.rules.opportunityAttribution.graceMs,
    kind: 'fallback',
    id: fact.opportunity,
    fire: () => fallBack(state, opportunity),
  })
  state.touched.add(opportunity)
}

/** Stage, amount, probability or close date of an opportunity was set; it may have closed or reopened with that. */
export function updateOpportunity(
  state: State,
  fact: OpportunityChanged | OpportunityClosed | OpportunityReopened,
): void {
  const opportunity = state.opportunities.get(fact.opportunity)
  if (!opportunity) {
    find(
      state,
      'unknown-opportunity',
      `opportunity:${fact.opportunity}`,
      fact,
      'A change of an opportunity that was never created.',
    )
    return
  }
  const wasClosed = opportunity.closed
  const wasWon = opportunity.won
  changeOpportunity(state, opportunity, fact, () => readStage(state, opportunity, fact))
  if (wasClosed && !opportunity.closed) undoCompletions(state, opportunity, fact.id)
  else if (wasClosed && opportunity.won !== wasWon) {
    // A lost deal that turns out won was open again for a moment: its journeys end anew, with the other outcome. [J12]
    undoCompletions(state, opportunity, fact.id, true)
    opportunity.closedAt = state.now
    opportunity.closedBecause = { rule: 'J4', fact: fact.id }
    opportunity.closedInferred = fact.inferred
  }
  state.touched.add(opportunity)
}

/**
 * What a fact says of an opportunity's stage: its own words first, else what the rules know of that stage.
 */
function readStage(state: State, opportunity: OpportunityState, fact: OpportunityFact): void {
  const wasClosed = opportunity.closed
  if (fact.stage !== undefined) {
    opportunity.stage = fact.stage
    const known = stageNamed(state, fact.stage)
    if (known) {
      opportunity.probability = known.probability
      opportunity.closed = known.closed
      opportunity.won = known.won
    } else if (!('closed' in fact) && fact.kind !== 'opportunity-closed')
      find(
        state,
        'unknown-opportunity-stage',
        `opportunity:${opportunity.id}`,
        fact,
        `The rules do not know the stage "${fact.stage}".`,
      )
  }
  if (fact.kind === 'opportunity-closed') {
    opportunity.closed = true
    opportunity.won = fact.won
    if (fact.stage === undefined) opportunity.probability = fact.won ? 100 : 0
  } else if (fact.kind === 'opportunity-reopened') {
    opportunity.closed = false
    opportunity.won = false
  } else {
    if (fact.closed !== undefined) opportunity.closed = fact.closed
    if (fact.won !== undefined) opportunity.won = fact.won
  }
  if ('probability' in fact && fact.probability !== undefined) opportunity.probability = fact.probability
  if ('closeDate' in fact && fact.closeDate !== undefined) opportunity.closeDate = fact.closeDate
  if ('currency' in fact && fact.currency !== undefined) opportunity.currency = fact.currency
  if ('amount' in fact && fact.amount !== undefined) opportunity.amount = fact.amount
  if (opportunity.closed && !wasClosed) {
    opportunity.closedAt = state.now
    opportunity.closedBecause = { rule: 'J4', fact: fact.id }
    opportunity.closedInferred = fact.inferred
  } else if (!opportunity.closed) {
    opportunity.closedAt = undefined
    opportunity.closedBecause = undefined
    opportunity.closedInferred = undefined
  }
}

/** What the rules know of a stage; of two names that differ in nothing but case the exact one. */
function stageNamed(state: State, name: string): State['rules']['opportunityStages'][number] | undefined {
  const { opportunityStages } = state.rules
  return (
    opportunityStages.find((one) => one.name === name) ?? opportunityStages.find((one) => isSameName(one.name, name))
  )
}

/**
 * A contact got a role on an opportunity. [M1] A dormant one put on an open opportunity starts a new journey
 * with it; [M3] an active one does not; [M4] on a closed opportunity nothing happens.
 */
export function addRole(state: State, fact: ContactRoleAdded): void {
  const opportunity = state.opportunities.get(fact.opportunity)
  if (!opportunity) {
    find(
      state,
      'unknown-opportunity',
      `opportunity:${fact.opportunity}`,
      fact,
      'A contact role on an opportunity that was never created.',
    )
    return
  }
  const contact = recordOf(state, `contact:${fact.contact}`, fact)
  const role: RoleState = {
    id: fact.contactRole,
    contact,
    role: fact.role,
    primary: fact.primary ?? false,
    by: fact.by,
    at: state.now,
    fact: fact.id,
  }
  const known = opportunity.roles.findIndex((one) => one.id === role.id && one.contact === contact)
  if (known >= 0) return updateRole(state, opportunity, known, fact)
  opportunity.roles = opportunity.roles.filter((one) => one.id !== role.id)
  opportunity.roles.push(role)
  opportunity.newRoles.push(role)
  opportunity.changed = { at: state.now, fact: fact.id }
  state.touched.add(opportunity)
  if (isLeadSourceOnly(state, opportunity)) {
    state.trace?.push({
      record: `int:${fact.id}`,
      subject: 'interaction',
      rule: 'Z28',
      facts: [fact.id],
      at: state.now,
      decided: 'It made no engagement: on such an opportunity contact roles start no journey and are not credited.',
      instead: 'On any other open opportunity a dormant contact would have started a journey.',
      applied: false,
    })
    return
  }

  const { person } = contact
  if (opportunity.closed || opportunity.deleted || contact.deleted || isOpen(person.current)) {
    if (state.trace) tellRole(state, opportunity, fact, person.current, contact.deleted)
    return
  }
  const values = valuesOfContactRole(state, fact.by)
  const engagement = engage(state, person, {
    fact,
    at: fact.occurredAt,
    values,
    triggeredBy: 'Opportunity Contact Role',
    fromContactRole: true,
  })
  state.interactions.push({
    id: `int:${fact.id}`,
    person: person.id,
    at: engagement.at,
    recordedAt: fact.recordedAt,
    kind: 'contact-role',
    label: values.engagementType ?? '',
    medium: values.first.medium ?? null,
    source: values.first.source ?? null,
    campaign: values.first.campaign ?? null,
    engagement: engagement.id,
    because: { rule: 'M1', fact: fact.id },
  })
  state.trace?.push({
    record: `int:${fact.id}`,
    subject: 'interaction',
    rule: 'M1',
    facts: [fact.id],
    at: state.now,
    decided: `It made ${engagement.id}: a contact without an open journey was put on an open opportunity.`,
    instead: 'With an open journey the contact would only have been linked.',
    applied: true,
  })
}

/** [L7] A role that is reported again may be the primary one by now; nobody joins by that. */
function updateRole(state: State, opportunity: OpportunityState, place: number, fact: ContactRoleAdded): void {
  const known = opportunity.roles[place] as RoleState
  const role = { ...known, role: fact.role ?? known.role, primary: fact.primary ?? known.primary }
  opportunity.roles = opportunity.roles.with(place, role)
  opportunity.newRoles = opportunity.newRoles.map((one) => (one === known ? role : one))
  opportunity.changed = { at: state.now, fact: fact.id }
  state.touched.add(opportunity)
  state.trace?.push({
    record: `int:${fact.id}`,
    subject: 'interaction',
    rule: 'L7',
    facts: [fact.id, known.fact],
    at: state.now,
    decided: 'It made no engagement: the contact had this role already.',
    instead: 'A role that had been removed before would have counted anew.',
    applied: false,
  })
}

/** [M3] [M4] [Z30] Why a contact role made no engagement. Only called with a trace. */
function tellRole(
  state: State,
  opportunity: OpportunityState,
  fact: ContactRoleAdded,
  current: EngagementState | undefined,
  gone: boolean,
): void {
  const closed = opportunity.closed || opportunity.deleted
  state.trace?.push({
    record: `int:${fact.id}`,
    subject: 'interaction',
    rule: closed ? 'M4' : gone ? 'Z30' : 'M3',
    facts: current ? [fact.id, current.because.fact] : [fact.id],
    at: state.now,
    decided: closed
      ? `It made no engagement: the opportunity was ${opportunity.deleted ? 'deleted' : 'closed'}.`
      : gone
        ? 'It made no engagement: the contact had been deleted.'
        : `It made no engagement: the contact's journey ${current?.id} was open, so they were only linked.`,
    instead: closed
      ? 'On an open opportunity a dormant contact would have started a journey.'
      : 'A dormant contact would have started a journey.',
    applied: false,
  })
}

/** [L10] A contact left the buying group: an influence moves to the next opportunity it joined, an attribution stays. */
export function removeRole(state: State, fact: ContactRoleRemoved): void {
  const opportunity = state.opportunities.get(fact.opportunity)
  if (!opportunity) return
  opportunity.changed = { at: state.now, fact: fact.id }
  const contact = recordOf(state, `contact:${fact.contact}`, fact)
  opportunity.roles = opportunity.roles.filter((one) => one.id !== fact.contactRole)
  opportunity.newRoles = opportunity.newRoles.filter((one) => one.id !== fact.contactRole)
  if (opportunity.roles.some((one) => one.contact.person === contact.person)) return
  // After a merge an open journey need not be the current one. [Z18]
  for (const engagement of [...opportunity.primaryOf])
    if (engagement.person === contact.person && isOpen(engagement) && opportunity.attribution !== engagement)
      relinkPrimary(state, engagement, opportunity, fact.id)
}

/**
 * Decides about every opportunity touched at this instant, when all its facts are read: one save in a CRM brings
 * an opportunity and its roles together. [L4] Then its close, if it has closed, ends journeys. [J4]
 */
export function settleOpportunities(state: State): void {
  if (state.touched.size === 0) return
  const touched = [...state.touched].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  state.touched.clear()
  linkNewRoles(state, touched)
  for (const opportunity of touched) {
    if (opportunity.deleted) continue
    chooseAttribution(state, opportunity)
    if (opportunity.released) settleReleased(state, opportunity, opportunity.released)
    opportunity.newRoles = []
  }
  for (const opportunity of touched)
    if (opportunity.closed && !opportunity.deleted) completeByOpportunity(state, opportunity)
}

/** [L2] [M2] [Z27] Whoever joined in this moment is linked; of several opportunities to the one with the lower id. */
function linkNewRoles(state: State, touched: readonly OpportunityState[]): void {
  for (const opportunity of touched.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (opportunity.deleted) continue
    for (const role of opportunity.newRoles) {
      const current = role.contact.person.current
      if (!isOpen(current) || current.journey.primary || !startedBeforeClose(current.at, opportunity)) continue
      const began = current.fromContactRole && current.because.fact === role.fact
      linkPrimary(state, current, opportunity, { rule: began ? 'M2' : 'L2', fact: role.fact })
    }
  }
}

/** [L10] After a release: without anybody eligible a fallback stands in again, and whoever has left is unlinked. */
function settleReleased(
  state: State,
  opportunity: OpportunityState,
  { fact, held }: NonNullable<OpportunityState['released']>,
): void {
  opportunity.released = undefined
  const graceEnds = opportunity.createdAt + state.rules.opportunityAttribution.graceMs
  if (!opportunity.attribution && state.now >= graceEnds) fallBack(state, opportunity)
  if (opportunity.attribution === held || held.journey?.primary !== opportunity || !isOpen(held)) return
  if (opportunity.roles.some((role) => role.contact.person === held.person)) return
  relinkPrimary(state, held, opportunity, fact)
}

/** [L11] An opportunity that closed before the engagement happened has nothing to do with it. */
function startedBeforeClose(at: number, opportunity: OpportunityState): boolean {
  return opportunity.closedAt === undefined || at <= opportunity.closedAt
}

/**
 * [N1] to [N4] No eligible contact role within the grace period: an activation stands in, so that every
 * opportunity is attributed through the same link.
 */
function fallBack(state: State, opportunity: OpportunityState): void {
  if (opportunity.attribution || opportunity.deleted) return
  // A merge or a reopening may have made a role eligible since it arrived.
  chooseAttribution(state, opportunity)
  if (opportunity.attribution) {
    state.touched.add(opportunity)
    return
  }
  const { created } = opportunity
  const former = state.engagements.get(`eng:${created.id}`)
  if (former) return standInAgain(state, opportunity, former)
  const values = valuesOfOpportunity(state, created.leadSource, opportunity.stages[0].owner ?? created.owner)
  const at = opportunity.createdAt
  const engagement = makeEngagement(
    state,
    undefined,
    { fact: created, at, values, triggeredBy: 'Opportunity Fallback' },
    { rule: 'N1', fact: created.id },
  )
  const first = opportunity.roles.find((one) => one.primary) ?? opportunity.roles[0]
  engagement.contact = first && idOf(first.contact.key)
  engagement.activationType = 'Opportunity Creation'
  const journey = openJourney(state, engagement, opportunity.stages[0].owner, created)
  const stamp = journey.stages[0]
  journey.stages = [
    stamp,
    { ...stamp, because: { rule: 'N4', fact: created.id } },
    { ...stamp, because: { rule: 'N4', fact: created.id } },
  ]
  state.trace?.push({
    record: engagement.id,
    subject: 'classification',
    rule: 'N1',
    facts: [created.id],
    at: state.now,
    decided: `Activation (Opportunity Creation): it stands in for whoever began opportunity ${opportunity.id}.`,
    instead: 'It would not have been made if a contact role had brought an open journey within the grace period.',
    applied: true,
  })
  for (const stage of [2, 3] as const)
    state.trace?.push({
      record: engagement.id,
      subject: `stage-${stage}`,
      rule: 'N4',
      facts: [created.id],
      at: state.now,
      decided: `Stage ${stage} is the creation of the opportunity that this activation stands in for.`,
      instead: null,
      applied: true,
    })
  linkPrimary(state, engagement, opportunity, { rule: 'N4', fact: created.id })
  opportunity.attribution = engagement
  opportunity.attributionBecause = { rule: 'N1', fact: created.id }
  opportunity.fallback = engagement
  if (values.mediumInput === 'System Default')
    find(
      state,
      'source-missing',
      engagement.id,
      created,
      'The opportunity was created without a Lead Source and without an eligible contact role.',
    )
  if (opportunity.roles.length === 0)
    find(
      state,
      'opportunity-without-contact-roles',
      `opportunity:${opportunity.id}`,
      created,
      'No contact role arrived with the opportunity; its source is a fallback.',
    )
  if (state.trace)
    state.trace.push({
      record: `opportunity:${opportunity.id}`,
      subject: 'attribution-activation',
      rule: 'N1',
      facts: [created.id],
      at: state.now,
      decided: `Attributed to the fallback ${engagement.id}: ${opportunity.roles.length === 0 ? 'it has no contact role' : 'no contact role has an eligible activation'}.`,
      instead: 'A contact role of somebody with an open journey, within the grace period, would have been attributed.',
      applied: true,
    })
  if (opportunity.closed) completeByOpportunity(state, opportunity)
}

/** [N1] The fallback that was void is needed again: there is one for an opportunity, not several. */
function standInAgain(state: State, opportunity: OpportunityState, fallback: EngagementState): void {
  const because = { rule: 'N1', fact: opportunity.created.id } as const
  const { journey } = fallback
  fallback.voided = false
  opportunity.attribution = fallback
  opportunity.attributionBecause = because
  opportunity.fallback = fallback
  linkPrimary(state, fallback, opportunity, { rule: 'N4', fact: opportunity.created.id })
  if (journey?.completion && !opportunity.closed) {
    state.trace?.push({
      record: fallback.id,
      subject: 'completion',
      rule: 'J12',
      facts: [opportunity.created.id],
      at: state.now,
      decided: `Open again: its primary opportunity ${opportunity.id} is open.`,
      instead: null,
      applied: true,
    })
    journey.completion = undefined
    journey.completedBy = undefined
  }
  if (state.trace) {
    const told = {
      rule: 'N1',
      facts: [opportunity.created.id],
      at: state.now,
      instead: 'A contact role of somebody with an open journey would have been attributed.',
      applied: true,
    }
    const why = 'no contact role has an eligible activation'
    state.trace.push(
      {
        ...told,
        record: fallback.id,
        subject: 'classification',
        decided: `Activation (Opportunity Creation): it stands in again, ${why}.`,
      },
      {
        ...told,
        record: `opportunity:${opportunity.id}`,
        subject: 'attribution-activation',
        decided: `Attributed to the fallback ${fallback.id} again: ${why}.`,
      },
    )
  }
  if (opportunity.closed) completeByOpportunity(state, opportunity)
}

/** [L10] A deleted opportunity leaves no trace on journeys: links are cleared and the completions it caused undone. */
export function deleteOpportunity(state: State, opportunity: OpportunityState, fact: string): void {
  opportunity.deleted = true
  undoCompletions(state, opportunity, fact)
  opportunity.attribution = undefined
  opportunity.attributionBecause = undefined
  if (opportunity.fallback) opportunity.fallback.voided = true
  state.trace?.push({
    record: `opportunity:${opportunity.id}`,
    subject: 'attribution-activation',
    rule: 'L10',
    facts: [fact],
    at: state.now,
    decided: 'It is attributed to nothing: it was deleted.',
    instead: null,
    applied: true,
  })
  for (const engagement of [...opportunity.primaryOf]) relinkPrimary(state, engagement, opportunity, fact)
}
