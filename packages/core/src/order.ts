import type { ClusterFact, FactKind, Instant } from './facts.ts'
import type { Rules } from './rules.ts'

/** A fact and the moment it is read at. */
export type Reading = Readonly<{ fact: ClusterFact; at: Instant }>

/**
 * What comes first among facts of one instant. [W3] One save in a CRM makes several facts with the same
 * second: rows first, then what was set on them, then what people did, then what happened to opportunities.
 */
const RANK: Readonly<Record<Exclude<FactKind, 'user-recorded' | 'campaign-recorded' | 'account-recorded'>, number>> = {
  'lead-created': 0,
  'records-merged': 1,
  'lead-converted': 2,
  'contact-created': 3,
  'owner-changed': 4,
  'fields-changed': 5,
  'score-changed': 6,
  'status-changed': 7,
  'interaction-recorded': 8,
  'campaign-member-set': 9,
  'task-recorded': 10,
  'opportunity-created': 11,
  'contact-role-added': 12,
  'opportunity-changed': 13,
  'opportunity-reopened': 14,
  'opportunity-closed': 15,
  'attribution-released': 16,
  'attribution-set': 17,
  'contact-role-removed': 18,
  'record-deleted': 19,
}

/**
 * Puts a cluster's facts in the one order they are read in.
 *
 * [W1] By when they happened, or by when they were recorded if the rules say so; what cannot have
 * happened before its record existed is read right after that record's creation. [W2] A fact given twice
 * counts once, and what was recorded after `asOf` is not known yet. [W3] Ties go by kind, then by id.
 */
export function inOrder(facts: readonly ClusterFact[], rules: Rules, asOf: Instant): Reading[] {
  const known = new Map<string, ClusterFact>()
  for (const fact of facts) if (fact.recordedAt <= asOf) known.set(fact.id, fact)

  const time = rules.order === 'recorded' ? recordedTime : occurredTime
  const created = new Map<string, Instant>()
  const begin = (key: string, at: Instant) => {
    const before = created.get(key)
    if (before === undefined || at < before) created.set(key, at)
  }
  for (const fact of known.values()) {
    if (fact.kind === 'lead-created') {
      begin(`lead:${fact.lead}`, time(fact))
      if (fact.email) begin(fact.email, time(fact))
    } else if (fact.kind === 'contact-created') {
      begin(`contact:${fact.contact}`, time(fact))
      if (fact.email) begin(fact.email, time(fact))
    } else if (fact.kind === 'opportunity-created') begin(`opportunity:${fact.opportunity}`, time(fact))
  }
  const notBefore = (at: Instant, key: string) => {
    const from = created.get(key)
    return from !== undefined && from > at ? from : at
  }

  const readings: Reading[] = []
  for (const fact of known.values()) readings.push({ fact, at: readAt(fact, time(fact), notBefore) })
  return readings.sort(compareReadings)
}

/**
 * Where a fact stands among those of its instant. Contacts are merged once all contacts are there, leads before any of
 * them is converted; an opportunity changes after it is created.
 */
function rankOf(fact: ClusterFact): number {
  switch (fact.kind) {
    case 'records-merged':
      return fact.survivor.startsWith('contact:') ? RANK['contact-created'] + 0.5 : RANK[fact.kind]
    case 'owner-changed':
    case 'fields-changed':
      return fact.record.startsWith('opportunity:') ? RANK['opportunity-created'] + 0.5 : RANK[fact.kind]
    default:
      return RANK[fact.kind]
  }
}

/** No two facts are equal in this order. */
export function compareReadings(a: Reading, b: Reading): number {
  if (a.at !== b.at) return a.at - b.at
  const byKind = rankOf(a.fact) - rankOf(b.fact)
  if (byKind !== 0) return byKind
  return a.fact.id < b.fact.id ? -1 : a.fact.id > b.fact.id ? 1 : 0
}

const recordedTime = (fact: ClusterFact): Instant => fact.recordedAt

/** Nothing can have happened after it was recorded: a later date is a mistake. [D3] */
const occurredTime = (fact: ClusterFact): Instant =>
  fact.occurredAt < fact.recordedAt ? fact.occurredAt : fact.recordedAt

function readAt(fact: ClusterFact, at: Instant, notBefore: (at: Instant, key: string) => Instant): Instant {
  switch (fact.kind) {
    case 'lead-created':
    case 'contact-created':
    case 'opportunity-created':
      return at
    case 'status-changed':
    case 'score-changed':
    case 'owner-changed':
    case 'fields-changed':
    case 'record-deleted':
      return notBefore(at, fact.record)
    case 'interaction-recorded':
    case 'campaign-member-set':
    case 'task-recorded':
      return notBefore(at, fact.person)
    case 'lead-converted':
      return notBefore(at, `lead:${fact.lead}`)
    case 'records-merged': {
      let latest = notBefore(at, fact.survivor)
      for (const key of fact.merged) latest = notBefore(latest, key)
      return latest
    }
    case 'contact-role-added':
    case 'contact-role-removed':
      return notBefore(notBefore(at, `opportunity:${fact.opportunity}`), `contact:${fact.contact}`)
    case 'attribution-set':
      return notBefore(notBefore(at, `opportunity:${fact.opportunity}`), fact.person)
    case 'opportunity-changed':
    case 'opportunity-closed':
    case 'opportunity-reopened':
    case 'attribution-released':
      return notBefore(at, `opportunity:${fact.opportunity}`)
  }
}
