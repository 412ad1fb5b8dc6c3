import { describe, expect, it } from 'vitest'
import { type ClusterFact, idOf, keysOf, objectOf } from '../src/index.ts'

const at = { id: 'f', occurredAt: 0, recordedAt: 0 }
const made = { by: 'u', owner: 'u' }

describe('keys', () => {
  it.each<[ClusterFact, readonly string[]]>([
    [{ ...at, kind: 'lead-created', lead: 'L', email: 'email:e', ...made }, ['lead:L', 'email:e']],
    [{ ...at, kind: 'contact-created', contact: 'C', account: 'A', ...made }, ['contact:C']],
    [
      { ...at, kind: 'lead-converted', lead: 'L', contact: 'C', opportunity: 'O' },
      ['lead:L', 'contact:C', 'opportunity:O'],
    ],
    [{ ...at, kind: 'lead-converted', lead: 'L', contact: 'C' }, ['lead:L', 'contact:C']],
    [
      { ...at, kind: 'records-merged', survivor: 'lead:L', merged: ['lead:M', 'lead:N'] },
      ['lead:L', 'lead:M', 'lead:N'],
    ],
    [{ ...at, kind: 'interaction-recorded', person: 'email:e', channel: 'form', submission: {} }, ['email:e']],
    [{ ...at, kind: 'campaign-member-set', member: 'm', campaign: 'c', person: 'contact:C' }, ['contact:C']],
    [{ ...at, kind: 'task-recorded', task: 't', person: 'lead:L', owner: 'u' }, ['lead:L']],
    [{ ...at, kind: 'opportunity-created', opportunity: 'O', account: 'A', ...made }, ['opportunity:O']],
    [
      { ...at, kind: 'contact-role-removed', contactRole: 'r', contact: 'C', opportunity: 'O' },
      ['opportunity:O', 'contact:C'],
    ],
    [{ ...at, kind: 'record-deleted', record: 'opportunity:O' }, ['opportunity:O']],
  ])('[ID1] of %j are the records and addresses it names, and no account, campaign or user', (fact, keys) => {
    expect(keysOf(fact)).toEqual(keys)
  })

  it('come apart into object and id', () => {
    expect([objectOf('opportunity:006:x'), idOf('opportunity:006:x')]).toEqual(['opportunity', '006:x'])
  })
})
