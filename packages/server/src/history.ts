import {
  type ClusterFact,
  type Day,
  dayOf,
  type Fields,
  formatAmount,
  type Instant,
  idOf,
  objectOf,
  type PersonKey,
} from '@throughline/core'
import type { z } from 'zod'
import type { changeAnswer, historyAnswer } from './answers.ts'
import type { Names } from './parts.ts'
import type { Setting } from './presentation.ts'

type Entry = z.output<typeof historyAnswer>
type Change = z.output<typeof changeAnswer>

/** What an entry is about, for filtering. */
const GROUPS: Readonly<Record<ClusterFact['kind'], Entry['group']>> = {
  'lead-created': 'record',
  'contact-created': 'record',
  'status-changed': 'field',
  'owner-changed': 'field',
  'score-changed': 'field',
  'fields-changed': 'field',
  'lead-converted': 'record',
  'records-merged': 'record',
  'interaction-recorded': 'interaction',
  'campaign-member-set': 'campaign',
  'task-recorded': 'task',
  'opportunity-created': 'record',
  'opportunity-changed': 'field',
  'opportunity-closed': 'close',
  'opportunity-reopened': 'close',
  'contact-role-added': 'role',
  'contact-role-removed': 'role',
  'attribution-set': 'attribution',
  'attribution-released': 'attribution',
  'record-deleted': 'record',
}

/**
 * Facts as a history that people read: one entry each, with what it changed from and to. `facts` are in the order of
 * reading; what a value was before is what an earlier one of them set, or what the fact itself says.
 */
export function showHistory(facts: readonly ClusterFact[], told: Told, setting: Setting): Entry[] {
  const { names } = told
  const before = new Map<string, string>()
  const day = (at: Instant): Day => dayOf(setting.organisation.zone, at)
  return facts.map((fact) => ({
    fact: fact.id,
    kind: fact.kind,
    group: GROUPS[fact.kind],
    at: fact.occurredAt,
    day: day(fact.occurredAt),
    recordedDay: day(fact.recordedAt),
    inferred: fact.inferred ?? null,
    text: textOf(fact, told),
    changes: changesOf(fact, names, before, setting.organisation.currency),
    by: 'by' in fact && fact.by !== undefined ? { id: fact.by, name: names.users[fact.by] ?? fact.by } : null,
    reason: 'reason' in fact ? (fact.reason ?? null) : null,
  }))
}

/** Whose history it is, and what the records in it are called. */
type Told = Readonly<{
  of: 'person' | 'opportunity'
  names: Names
  /** A person's name by record; null where none is kept. */
  nameOf(key: PersonKey): string | null
  /** An opportunity's name. */
  opportunity(id: string): string
}>

/** What happened, in a few words; values that were set are told as changes beside it. */
function textOf(fact: ClusterFact, told: Told): string {
  const { names } = told
  switch (fact.kind) {
    case 'lead-created':
      return `Lead created${fact.leadSource ? ` with the Lead Source “${fact.leadSource}”` : ''}`
    case 'contact-created':
      return `Contact created${fact.leadSource ? ` with the Lead Source “${fact.leadSource}”` : ''}`
    case 'status-changed':
    case 'owner-changed':
    case 'score-changed':
    case 'fields-changed':
      return `${recordName(fact.record)} changed`
    case 'lead-converted':
      if (told.of === 'opportunity')
        return `${told.nameOf(`contact:${fact.contact}`) ?? told.nameOf(`lead:${fact.lead}`) ?? `Lead ${fact.lead}`} converted, with this opportunity`
      return `Lead ${fact.lead} converted to contact ${fact.contact}${fact.opportunity ? `, with ${opportunityIn(fact.opportunity, told)}` : ''}`
    case 'records-merged':
      return `${fact.merged.map((key) => `${objectOf(key)} ${idOf(key)}`).join(', ')} merged into ${objectOf(fact.survivor)} ${idOf(fact.survivor)}`
    case 'interaction-recorded':
      return [CHANNELS[fact.channel], fact.submission.engagementType].filter(Boolean).join(': ')
    case 'campaign-member-set':
      return `Campaign “${names.campaigns[fact.campaign] ?? fact.campaign}”: ${fact.status ?? 'added'}`
    case 'task-recorded':
      return `${fact.type ?? 'Task'}${fact.subject ? ` “${fact.subject}”` : ''}${fact.status ? `: ${fact.status}` : ''}`
    case 'opportunity-created':
      return 'Opportunity created'
    case 'opportunity-changed':
      return 'Opportunity changed'
    case 'opportunity-closed':
      return fact.won ? 'Closed as won' : 'Closed as lost'
    case 'opportunity-reopened':
      return 'Reopened'
    case 'contact-role-added':
      return [`Contact role added: ${otherEnd(fact, told)}`, fact.role, fact.primary && 'primary']
        .filter(Boolean)
        .join(', ')
    case 'contact-role-removed':
      return `Contact role removed: ${otherEnd(fact, told)}`
    case 'attribution-set':
      return 'Attribution set by hand'
    case 'attribution-released':
      return 'Attribution to be chosen by the rules again'
    case 'record-deleted':
      return `${recordName(fact.record)} deleted`
  }
}

/** Of a contact role, the end that the reader is not looking at. */
function otherEnd({ contact, opportunity }: Readonly<{ contact: string; opportunity: string }>, told: Told): string {
  if (told.of === 'person') return opportunityIn(opportunity, told)
  return told.nameOf(`contact:${contact}`) ?? `contact ${contact}`
}

function opportunityIn(id: string, { of, opportunity }: Told): string {
  return of === 'opportunity' ? 'this opportunity' : `“${opportunity(id)}”`
}

const CHANNELS = { form: 'Form', 'list-upload': 'List upload', api: 'API', manual: 'By hand' } as const

function recordName(key: Parameters<typeof objectOf>[0]): string {
  const object = objectOf(key)
  return `${object.charAt(0).toUpperCase()}${object.slice(1)}`
}

/** The values a fact set, each with what it was before; `before` remembers them by record and field. */
function changesOf(
  fact: ClusterFact,
  names: Names,
  before: Map<string, string>,
  organisationCurrency: string,
): Change[] {
  const record = recordOf(fact)
  if (record === undefined) return []
  const changes: Change[] = []
  const set = (field: string, to: string | undefined, type: Change['type'] = 'text', said?: string) => {
    if (to === undefined) return
    const key = `${record} ${field}`
    const from = said ?? before.get(key) ?? null
    before.set(key, to)
    if (from !== to) changes.push({ field, from, to, type })
  }
  const user = (id: string) => names.users[id] ?? id
  switch (fact.kind) {
    case 'lead-created':
    case 'contact-created':
      set('Status', fact.status)
      set('Owner', user(fact.owner))
      set('Score', fact.score === undefined ? undefined : String(fact.score))
      break
    case 'status-changed':
      set('Status', fact.to, 'text', fact.from)
      break
    case 'owner-changed':
      set('Owner', user(fact.to))
      break
    case 'score-changed':
      set('Score', String(fact.to))
      break
    case 'fields-changed':
      for (const [name, value] of Object.entries<Fields[string]>(fact.fields))
        set(name, value === null ? 'blank' : String(value))
      break
    case 'opportunity-created':
    case 'opportunity-changed':
    case 'opportunity-closed':
    case 'opportunity-reopened': {
      set('Stage', fact.stage)
      if ('probability' in fact && fact.probability !== undefined) set('Probability', `${fact.probability} %`)
      if ('currency' in fact && fact.currency !== undefined) before.set(`${record} currency`, fact.currency)
      if ('amount' in fact && fact.amount !== undefined) {
        const currency = before.get(`${record} currency`) ?? organisationCurrency
        set('Amount', `${formatAmount(fact.amount, currency)} ${currency}`, 'money')
      }
      if ('closeDate' in fact) set('Close date', fact.closeDate, 'day')
      if (fact.kind === 'opportunity-created') set('Owner', user(fact.owner))
      break
    }
  }
  return changes
}

/** The record whose values a fact sets; undefined for facts that set none. */
function recordOf(fact: ClusterFact): string | undefined {
  if (fact.kind === 'lead-created') return `lead:${fact.lead}`
  if (fact.kind === 'contact-created') return `contact:${fact.contact}`
  if ('record' in fact) return fact.record
  return 'opportunity' in fact && fact.opportunity ? `opportunity:${fact.opportunity}` : undefined
}
