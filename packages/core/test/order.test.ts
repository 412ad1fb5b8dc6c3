import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClusterFact, compareReadings, DEFAULT_RULES, inOrder, type Rules } from '../src/index.ts'
import { crampedHistory, rulesOf } from '../testing/histories.ts'

const RECORDED: Rules = { ...DEFAULT_RULES, order: 'recorded' }
const LATER = 1_000_000

const made = { by: 'u', owner: 'u' }
const when = (occurredAt: number, recordedAt = occurredAt) => ({ occurredAt, recordedAt })
const idsOf = (facts: readonly ClusterFact[], rules = DEFAULT_RULES, asOf = LATER): string[] =>
  inOrder(facts, rules, asOf).map(({ fact }) => fact.id)

const lead = (id: string, times: { occurredAt: number; recordedAt: number }): ClusterFact => ({
  id,
  kind: 'lead-created',
  lead: 'L1',
  ...made,
  ...times,
})
const status = (id: string, times: { occurredAt: number; recordedAt: number }): ClusterFact => ({
  id,
  kind: 'status-changed',
  record: 'lead:L1',
  to: 'Open',
  ...times,
})

describe('the order of reading', () => {
  it('[W1] goes by when facts happened, or by when they were recorded', () => {
    const facts = [lead('a', when(1)), status('late', when(5, 20)), status('prompt', when(10))]
    expect(idsOf(facts)).toEqual(['a', 'late', 'prompt'])
    expect(idsOf(facts, RECORDED)).toEqual(['a', 'prompt', 'late'])
  })

  it('[W1] puts nothing before the creation of what it is about', () => {
    const facts = [status('before', when(1)), lead('a', when(5)), status('after', when(9))]
    expect(inOrder(facts, DEFAULT_RULES, LATER).map(({ fact, at }) => [fact.id, at])).toEqual([
      ['a', 5],
      ['before', 5],
      ['after', 9],
    ])
  })

  it('[W1] waits for the later of an opportunity and a contact before a role', () => {
    const facts: ClusterFact[] = [
      {
        id: 'role',
        kind: 'contact-role-added',
        contactRole: 'r',
        contact: 'C1',
        opportunity: 'O1',
        by: 'u',
        ...when(1),
      },
      { id: 'opportunity', kind: 'opportunity-created', opportunity: 'O1', ...made, ...when(4) },
      { id: 'contact', kind: 'contact-created', contact: 'C1', ...made, ...when(7) },
    ]
    expect(idsOf(facts)).toEqual(['opportunity', 'contact', 'role'])
  })

  it('[W1] waits for the record that has an address before an interaction that names only the address', () => {
    const facts: ClusterFact[] = [
      { id: 'form', kind: 'interaction-recorded', person: 'email:e', channel: 'form', submission: {}, ...when(1) },
      { id: 'lead', kind: 'lead-created', lead: 'L1', email: 'email:e', ...made, ...when(4) },
    ]
    expect(idsOf(facts)).toEqual(['lead', 'form'])
  })

  it('[W2] counts a fact once and leaves out what is not recorded yet', () => {
    const facts = [status('b', when(2)), lead('a', when(1)), status('b', when(2)), status('c', when(3, 30))]
    expect(idsOf(facts, DEFAULT_RULES, 29)).toEqual(['a', 'b'])
    expect(idsOf(facts, DEFAULT_RULES, 30)).toEqual(['a', 'b', 'c'])
  })

  it('[D3] reads what claims to happen later than it was recorded when it was recorded', () => {
    expect(idsOf([lead('a', when(1)), status('slip', when(900, 5)), status('b', when(7))])).toEqual(['a', 'slip', 'b'])
  })

  it('[W3] reads the facts of one save in an order that makes sense', () => {
    const at = when(5)
    const facts: ClusterFact[] = [
      { id: '01', kind: 'record-deleted', record: 'lead:L9', ...at },
      { id: '02', kind: 'contact-role-removed', contactRole: 'r', contact: 'C1', opportunity: 'O1', ...at },
      { id: '03', kind: 'opportunity-closed', opportunity: 'O1', won: true, ...at },
      { id: '04', kind: 'opportunity-reopened', opportunity: 'O1', ...at },
      { id: '05', kind: 'opportunity-changed', opportunity: 'O1', ...at },
      { id: '06', kind: 'contact-role-added', contactRole: 'r', contact: 'C1', opportunity: 'O1', by: 'u', ...at },
      { id: '07', kind: 'fields-changed', record: 'opportunity:O1', fields: {}, ...at },
      { id: '08', kind: 'opportunity-created', opportunity: 'O1', ...made, ...at },
      { id: '09', kind: 'task-recorded', task: 't', person: 'lead:L1', owner: 'u', ...at },
      { id: '10', kind: 'campaign-member-set', member: 'm', campaign: 'c', person: 'lead:L1', ...at },
      { id: '11', kind: 'interaction-recorded', person: 'lead:L1', channel: 'form', submission: {}, ...at },
      { id: '12', kind: 'status-changed', record: 'lead:L1', to: 'Open', ...at },
      { id: '13', kind: 'score-changed', record: 'lead:L1', to: 1, ...at },
      { id: '14', kind: 'fields-changed', record: 'lead:L1', fields: {}, ...at },
      { id: '15', kind: 'owner-changed', record: 'lead:L1', to: 'u', ...at },
      { id: '16', kind: 'records-merged', survivor: 'contact:C1', merged: ['contact:C2'], ...at },
      { id: '17', kind: 'contact-created', contact: 'C1', ...made, ...at },
      { id: '18', kind: 'lead-converted', lead: 'L1', contact: 'C1', ...at },
      { id: '19', kind: 'records-merged', survivor: 'lead:L1', merged: ['lead:L2'], ...at },
      { id: '20', kind: 'lead-created', lead: 'L1', ...made, ...at },
    ]
    expect(idsOf(facts)).toEqual(facts.map(({ id }) => id).reverse())
  })

  it('[W3] has no ties, and is an order', () => {
    fc.assert(
      fc.property(crampedHistory, ({ facts, settings, asOf }) => {
        const readings = inOrder(facts, rulesOf(settings), asOf)
        for (const [i, a] of readings.entries())
          for (const [j, b] of readings.entries()) expect(Math.sign(compareReadings(a, b))).toBe(Math.sign(i - j))
      }),
      { numRuns: 100 },
    )
  })
})
