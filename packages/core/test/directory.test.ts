import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DirectoryFact, directoryOf, entryAt } from '../src/index.ts'

const FACTS: readonly DirectoryFact[] = [
  { id: '1', kind: 'user-recorded', occurredAt: 10, recordedAt: 10, user: 'bea', name: 'Bea Ito', role: 'BDR' },
  { id: '2', kind: 'user-recorded', occurredAt: 20, recordedAt: 25, user: 'bea', name: 'Bea Weber' },
  { id: '3', kind: 'user-recorded', occurredAt: 20, recordedAt: 20, user: 'inbound', name: 'Inbound', queue: true },
  { id: '4', kind: 'campaign-recorded', occurredAt: 5, recordedAt: 5, campaign: 'fair', name: 'Fair', type: 'Event' },
  {
    id: '5',
    kind: 'campaign-recorded',
    occurredAt: 5,
    recordedAt: 6,
    campaign: 'fair',
    name: 'Fair 2',
    fields: { on: true },
  },
  { id: '6', kind: 'account-recorded', occurredAt: 1, recordedAt: 1, account: 'acme', name: 'Acme', owner: 'bea' },
]

describe('the directory', () => {
  const directory = directoryOf(FACTS, 100)

  it('gives entries as they were at a moment, and what was known first for all time before', () => {
    const nameAt = (at: number) => entryAt(directory.users, 'bea', at)?.name
    expect([0, 10, 19, 20, 99].map(nameAt)).toEqual(['Bea Ito', 'Bea Ito', 'Bea Ito', 'Bea Weber', 'Bea Weber'])
  })

  it('has blanks where nothing was said, and nobody under an unknown id', () => {
    expect(entryAt(directory.users, 'bea', 50)).toEqual({ id: 'bea', name: 'Bea Weber', role: null, queue: false })
    expect(entryAt(directory.users, 'inbound', 50)?.queue).toBe(true)
    expect(entryAt(directory.accounts, 'acme', 50)).toEqual({ id: 'acme', name: 'Acme', owner: 'bea', industry: null })
    expect(entryAt(directory.users, 'nobody', 50)).toBeUndefined()
  })

  it('[W2] knows nothing that was recorded after the moment looked from', () => {
    expect(entryAt(directoryOf(FACTS, 24).users, 'bea', 50)?.name).toBe('Bea Ito')
    expect(entryAt(directoryOf(FACTS, 25).users, 'bea', 50)?.name).toBe('Bea Weber')
  })

  it('[W3] of two versions of one moment takes the one with the higher id', () => {
    expect(entryAt(directory.campaigns, 'fair', 50)).toEqual({
      id: 'fair',
      name: 'Fair 2',
      type: null,
      fields: { on: true },
    })
  })

  it('[W2] is the same in whatever order and however often its facts arrive', () => {
    const arrival = fc.shuffledSubarray([...FACTS, ...FACTS], { minLength: 2 * FACTS.length })
    fc.assert(
      fc.property(arrival, (facts) => {
        expect(directoryOf(facts, 100)).toEqual(directory)
      }),
    )
  })
})
