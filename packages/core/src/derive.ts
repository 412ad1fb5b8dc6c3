import { userOf } from './attribution-values.ts'
import type { Derivation } from './derivation.ts'
import type { Directory } from './directory.ts'
import { dormantAt } from './dormancy.ts'
import type { ClusterFact, Instant, PersonKey } from './facts.ts'
import { recordOf } from './identity.ts'
import { idOf, objectOf } from './keys.ts'
import { releaseAttribution, setAttribution } from './manual-attribution.ts'
import {
  addRole,
  createOpportunity,
  deleteOpportunity,
  removeRole,
  settleOpportunities,
  updateOpportunity,
} from './opportunities.ts'
import { inOrder } from './order.ts'
import {
  convertLead,
  createPerson,
  interact,
  mergeRecords,
  recordTask,
  setCampaignMember,
  setStatus,
} from './people.ts'
import { results } from './results.ts'
import type { Rules } from './rules.ts'
import { changeOpportunity, changeRecord, settleOpportunityStages, settleRecords } from './stages.ts'
import { standingFindings } from './standing-findings.ts'
import { find, isOpen, type State } from './state.ts'
import { takeTimer } from './timers.ts'
import type { TraceEntry } from './trace.ts'

/**
 * Works out everything that follows from one cluster's facts, as things stood at `asOf`.
 *
 * The same facts, directory and rules give the same answer, in whatever order the facts arrive and however
 * often they are repeated. Live processing, rebuilds, plans, checks and distributed runs all call this; there
 * is no other way from facts to results.
 *
 * Facts are read in one order (see `inOrder`). Timers (silence, grace periods) are events in that order: they
 * fire when all facts of earlier moments and of their own moment are read. What is decided about opportunities
 * waits for the end of the moment, because one save in a CRM makes several facts.
 *
 * With a `trace`, every decision is added to it as it is taken, with the alternative that lost.
 */
export function derive(
  facts: readonly ClusterFact[],
  directory: Directory,
  rules: Rules,
  asOf: Instant,
  trace?: TraceEntry[],
): Derivation {
  const state: State = {
    rules,
    directory,
    asOf,
    now: Number.NEGATIVE_INFINITY,
    records: new Map(),
    byEmail: new Map(),
    people: new Set(),
    opportunities: new Map(),
    engagements: new Map(),
    convertedInto: new Map(),
    interactions: [],
    findings: [],
    mentions: new Set(),
    timers: [],
    changed: new Map(),
    restaged: new Map(),
    touched: new Set(),
    engaged: new Set(),
    trace,
  }
  const readings = inOrder(facts, rules, asOf)
  for (let i = 0; i < readings.length; ) {
    const at = (readings[i] as (typeof readings)[number]).at
    fireTimers(state, at, false)
    state.now = at
    for (; i < readings.length && readings[i]?.at === at; i++) {
      const { fact } = readings[i] as (typeof readings)[number]
      // What people did in a moment comes after all that was set in it. [A10]
      if (state.changed.size > 0 && !SETS_VALUES.has(fact.kind)) settleRecords(state)
      read(state, fact)
    }
    settleRecords(state)
    settleOpportunityStages(state)
    settleOpportunities(state)
  }
  fireTimers(state, asOf, true)
  state.now = asOf
  const standing = standingFindings(state)
  return results(state, earliest(wakeAt(state, facts), standing))
}

/** Facts that set values of records: those of one moment are judged together. [W3] */
const SETS_VALUES: ReadonlySet<ClusterFact['kind']> = new Set([
  'owner-changed',
  'fields-changed',
  'score-changed',
  'status-changed',
])

/** Lets time pass up to a moment, which is included once its own facts are read. */
function fireTimers(state: State, until: Instant, included: boolean): void {
  for (let next = state.timers[0]; next && (included ? next.at <= until : next.at < until); next = state.timers[0]) {
    takeTimer(state.timers)
    state.now = next.at
    next.fire()
    settleOpportunities(state)
  }
}

const earliest = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

/** The earliest pending timer that would still do something, or the recording of a fact that is not known yet. [W4] */
function wakeAt(state: State, facts: readonly ClusterFact[]): Instant | null {
  let earliest: Instant | null = null
  const consider = (at: Instant | null) => {
    if (at !== null && (earliest === null || at < earliest)) earliest = at
  }
  for (const { recordedAt } of facts) if (recordedAt > state.asOf) consider(recordedAt)
  for (const timer of state.timers) {
    if (timer.kind === 'fallback') {
      const opportunity = state.opportunities.get(timer.id)
      if (opportunity && !opportunity.attribution && !opportunity.deleted) consider(timer.at)
    } else {
      const engagement = state.engagements.get(timer.id)
      if (engagement) consider(dormantAt(state, engagement))
    }
  }
  return earliest
}

/** What one fact means. */
function read(state: State, fact: ClusterFact): void {
  switch (fact.kind) {
    case 'lead-created':
    case 'contact-created':
      return createPerson(state, fact)
    case 'status-changed':
      return setStatus(state, fact)
    case 'score-changed': {
      const record = recordOf(state, fact.record, fact)
      return changeRecord(state, record, fact, () => {
        record.score = fact.to
      })
    }
    case 'owner-changed':
    case 'fields-changed':
      return objectOf(fact.record) === 'opportunity' ? changeOpportunityRow(state, fact) : changePersonRow(state, fact)
    case 'lead-converted':
      return convertLead(state, fact)
    case 'records-merged':
      return mergeRecords(state, fact)
    case 'interaction-recorded':
      return interact(state, fact)
    case 'campaign-member-set':
      return setCampaignMember(state, fact)
    case 'task-recorded':
      return recordTask(state, fact)
    case 'opportunity-created':
      return createOpportunity(state, fact)
    case 'opportunity-changed':
    case 'opportunity-closed':
    case 'opportunity-reopened':
      return updateOpportunity(state, fact)
    case 'contact-role-added':
      return addRole(state, fact)
    case 'contact-role-removed':
      return removeRole(state, fact)
    case 'attribution-set':
      return setAttribution(state, fact)
    case 'attribution-released':
      return releaseAttribution(state, fact)
    case 'record-deleted':
      return deleteRecord(state, fact)
  }
}

type RowChange = Extract<ClusterFact, { kind: 'owner-changed' | 'fields-changed' }>

function changePersonRow(state: State, fact: RowChange): void {
  const object = objectOf(fact.record)
  if (object !== 'lead' && object !== 'contact') return
  const record = recordOf(state, fact.record as PersonKey, fact)
  changeRecord(state, record, fact, () => {
    if (fact.kind === 'owner-changed') {
      const { current } = record.person
      if (isOpen(current) && fact.to !== record.owner && record.convertedAt === undefined)
        current.journey.handedOver = true
      record.owner = fact.to
      userOf(state, fact.to)
    } else record.fields = { ...record.fields, ...fact.fields }
  })
}

function changeOpportunityRow(state: State, fact: RowChange): void {
  const opportunity = state.opportunities.get(idOf(fact.record))
  if (!opportunity) {
    find(state, 'unknown-opportunity', fact.record, fact, 'A change of an opportunity that was never created.')
    return
  }
  changeOpportunity(state, opportunity, fact, () => {
    if (fact.kind === 'owner-changed') {
      opportunity.owner = fact.to
      userOf(state, fact.to)
    } else opportunity.fields = { ...opportunity.fields, ...fact.fields }
  })
}

/** [Z30] A deleted person keeps their engagements, out of sight. [L10] A deleted opportunity gives up its links. */
function deleteRecord(state: State, fact: Extract<ClusterFact, { kind: 'record-deleted' }>): void {
  const object = objectOf(fact.record)
  if (object === 'opportunity') {
    const opportunity = state.opportunities.get(idOf(fact.record))
    if (opportunity) deleteOpportunity(state, opportunity, fact.id)
  } else if (object === 'lead' || object === 'contact') {
    const record = state.records.get(fact.record as PersonKey)
    if (record) record.deleted = true
  }
}
