import type { Fact } from '@throughline/core'

/**
 * The source record a fact was read from, in words, such as `Salesforce Lead 00Q… created`. Fact ids are written
 * `system/object/id/what`; of any other id the record that the fact itself names is told.
 */
export function sourceOf(fact: Fact): string {
  const [system, object, id] = fact.id.split('/')
  const about = recordIn(fact)
  if (!system || !object || !id) return `${capital(about)} ${verbOf(fact)}`
  const row = `${SYSTEMS[system] ?? system} ${object} ${id}`
  // A row of a history has an id of its own: whose history it is must be told.
  return about.endsWith(id) ? `${row} ${verbOf(fact)}` : `${row}: ${about} ${verbOf(fact)}`
}

/** The record a fact is about, as `lead 00Q…`. */
export function recordIn(fact: Fact): string {
  switch (fact.kind) {
    case 'lead-created':
    case 'lead-converted':
      return `lead ${fact.lead}`
    case 'contact-created':
      return `contact ${fact.contact}`
    case 'records-merged':
      return spaced(fact.survivor)
    case 'interaction-recorded':
      return `interaction of ${fact.person.startsWith('email:') ? 'an e-mail address' : spaced(fact.person)}`
    case 'campaign-member-set':
      return `campaign member ${fact.member}`
    case 'task-recorded':
      return `task ${fact.task}`
    case 'contact-role-added':
    case 'contact-role-removed':
      return `contact role ${fact.contactRole}`
    case 'user-recorded':
      return `user ${fact.user}`
    case 'campaign-recorded':
      return `campaign ${fact.campaign}`
    case 'account-recorded':
      return `account ${fact.account}`
    default:
      return 'record' in fact ? spaced(fact.record) : `opportunity ${fact.opportunity}`
  }
}

const SYSTEMS: Readonly<Record<string, string>> = { salesforce: 'Salesforce', csv: 'CSV', api: 'API' }

/** What became of the record: the last word of the fact's kind, or what was set. */
export function verbOf(fact: Fact): string {
  switch (fact.kind) {
    case 'status-changed':
      return `status set to "${fact.to}"`
    case 'score-changed':
      return `score set to ${fact.to}`
    case 'owner-changed':
      return 'owner changed'
    case 'fields-changed':
      return 'fields changed'
    case 'records-merged':
      return 'merged'
    case 'attribution-set':
      return 'credited by hand'
    case 'attribution-released':
      return 'attribution released'
    case 'campaign-member-set':
      return fact.status === undefined ? 'set' : `set to "${fact.status}"`
    default:
      return fact.kind.slice(fact.kind.lastIndexOf('-') + 1)
  }
}

const spaced = (key: string): string => key.replace(':', ' ')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
