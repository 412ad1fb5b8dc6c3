import type { ClusterFact, EmailKey, PersonKey, RecordKey } from './facts.ts'

/** What ties facts into clusters: a record, or somebody's e-mail address. */
export type ClusterKey = RecordKey | EmailKey

/**
 * The records and addresses a fact is about, most telling first. [ID1]
 *
 * Facts that share a key, directly or through others, belong to one cluster and are folded together.
 * The first key is the fact's *subject*: the one it is filed under. Never empty. Accounts, campaigns and
 * users tie nobody together: a cluster would grow to half the company.
 */
export function keysOf(fact: ClusterFact): readonly [ClusterKey, ...ClusterKey[]] {
  switch (fact.kind) {
    case 'lead-created':
      return fact.email ? [`lead:${fact.lead}`, fact.email] : [`lead:${fact.lead}`]
    case 'contact-created':
      return fact.email ? [`contact:${fact.contact}`, fact.email] : [`contact:${fact.contact}`]
    case 'status-changed':
    case 'score-changed':
      return [fact.record]
    case 'owner-changed':
    case 'fields-changed':
    case 'record-deleted':
      return [fact.record]
    case 'lead-converted':
      return fact.opportunity
        ? [`lead:${fact.lead}`, `contact:${fact.contact}`, `opportunity:${fact.opportunity}`]
        : [`lead:${fact.lead}`, `contact:${fact.contact}`]
    case 'records-merged':
      return [fact.survivor, ...fact.merged]
    case 'interaction-recorded':
    case 'campaign-member-set':
    case 'task-recorded':
      return [fact.person]
    case 'opportunity-created':
    case 'opportunity-changed':
    case 'opportunity-closed':
    case 'opportunity-reopened':
    case 'attribution-released':
      return [`opportunity:${fact.opportunity}`]
    case 'attribution-set':
      return [`opportunity:${fact.opportunity}`, fact.person]
    case 'contact-role-added':
    case 'contact-role-removed':
      return [`opportunity:${fact.opportunity}`, `contact:${fact.contact}`]
  }
}

/** The object part of a key: `lead`, `contact`, `opportunity`, … */
export function objectOf(key: RecordKey | PersonKey | EmailKey): string {
  return key.slice(0, key.indexOf(':'))
}

/** The source id inside a key. */
export function idOf(key: RecordKey | PersonKey | EmailKey): string {
  return key.slice(key.indexOf(':') + 1)
}
