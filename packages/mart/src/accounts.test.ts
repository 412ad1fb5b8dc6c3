import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_RULES, type Fact } from '@throughline/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logInMemory } from '../testing/log-in-memory.ts'
import { readAccount } from './accounts.ts'
import { type DuckMart, openMart } from './mart.ts'
import { listPeople } from './people.ts'

const at = (day: string) => Date.parse(`${day}T12:00:00Z`)
const rules = {
  ...DEFAULT_RULES,
  organisation: { ...DEFAULT_RULES.organisation, currency: 'USD', rates: { EUR: '1.1' } },
}
const told = (id: string, day: string) => ({ id, occurredAt: at(day), recordedAt: at(day) })

/** Two contacts and a lead of Acme, three opportunities, and somebody of another company. */
const FACTS: readonly Fact[] = [
  { ...told('u1', '2024-01-01'), kind: 'user-recorded', user: 'u1', name: 'Bea Ito', role: 'BDR' },
  {
    ...told('a1', '2024-01-01'),
    kind: 'account-recorded',
    account: 'A1',
    name: 'Acme',
    owner: 'u1',
    industry: 'Steel',
  },
  { ...told('a2', '2024-01-01'), kind: 'account-recorded', account: 'A2', name: 'Other' },
  { ...told('c1', '2025-01-10'), kind: 'contact-created', contact: 'C1', account: 'A1', by: 'u1', owner: 'u1' },
  {
    ...told('f1', '2025-02-03'),
    kind: 'interaction-recorded',
    person: 'contact:C1',
    channel: 'form',
    submission: { first: { medium: 'email' }, engagementType: 'Newsletter' },
  },
  { ...told('c2', '2025-02-20'), kind: 'contact-created', contact: 'C2', account: 'A1', by: 'u1', owner: 'u1' },
  { ...told('c3', '2025-02-20'), kind: 'contact-created', contact: 'C3', account: 'A2', by: 'u1', owner: 'u1' },
  {
    ...told('o1', '2025-03-01'),
    kind: 'opportunity-created',
    opportunity: 'O1',
    name: 'Pilot',
    account: 'A1',
    by: 'u1',
    owner: 'u1',
    stage: 'Prospecting',
    amount: 100_000,
    currency: 'EUR',
  },
  {
    ...told('r1', '2025-03-01'),
    kind: 'contact-role-added',
    contactRole: 'R1',
    contact: 'C1',
    opportunity: 'O1',
    by: 'u1',
  },
  {
    ...told('o1/won', '2025-04-01'),
    kind: 'opportunity-closed',
    opportunity: 'O1',
    won: true,
    closeDate: '2025-04-01',
  },
  {
    ...told('o2', '2025-05-01'),
    kind: 'opportunity-created',
    opportunity: 'O2',
    account: 'A1',
    by: 'u1',
    owner: 'u1',
    amount: 50_000,
    currency: 'USD',
  },
  {
    ...told('o3', '2025-05-02'),
    kind: 'opportunity-created',
    opportunity: 'O3',
    account: 'A1',
    by: 'u1',
    owner: 'u1',
    amount: 7,
  },
  { ...told('o3/gone', '2025-05-03'), kind: 'record-deleted', record: 'opportunity:O3' },
  { ...told('o4', '2025-05-04'), kind: 'opportunity-created', opportunity: 'O4', account: 'A9', by: 'u1', owner: 'u1' },
]

describe('an account', () => {
  let folder: string
  let mart: DuckMart
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mart-account-'))
    mart = await openMart({ file: join(folder, 'mart.duckdb') })
    await mart.build('live', { store: logInMemory(FACTS), rules, asOf: at('2025-06-01'), workers: 0 })
  })
  afterAll(async () => {
    await mart.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('shows its people, journeys in the order of time, opportunities and what they add up to', async () => {
    const acme = await readAccount(mart, 'A1')
    expect(acme).toMatchObject({
      account: { id: 'A1', name: 'Acme', owner: 'u1', industry: 'Steel' },
      ownerName: 'Bea Ito',
      peopleTotal: 2,
      journeysTotal: 3,
      opportunitiesTotal: 2,
    })
    expect(acme?.people.map(({ person }) => person.id).sort()).toEqual(['contact:C1', 'contact:C2'])
    expect(acme?.journeys.map(({ id, outcome, opportunity }) => [id, outcome, opportunity])).toEqual([
      ['eng:c1', 'Won Opportunity', 'O1'],
      ['eng:c2', expect.anything(), null],
      [expect.stringMatching(/^eng:/), null, 'O2'],
    ])
    expect(acme?.journeys[0]?.influencing).toEqual([at('2025-02-03')])
    expect(acme?.journeys[0]?.stages[3]).toBe(at('2025-03-01'))
    expect(acme?.opportunities.map(({ id, won, closeDate }) => [id, won, closeDate])).toEqual([
      ['O1', true, '2025-04-01'],
      ['O2', false, null],
    ])
    expect(acme?.amounts).toEqual([
      { state: 'open', currency: 'USD', opportunities: 1, amount: 50_000, organisationAmount: 50_000 },
      { state: 'won', currency: 'EUR', opportunities: 1, amount: 100_000, organisationAmount: 110_000 },
    ])
  })

  test('counts its engagements by the month they happened, each once', async () => {
    const acme = await readAccount(mart, 'A1')
    expect(acme?.months).toEqual([
      { month: '2025-01', activations: 1, influencing: 0 },
      { month: '2025-02', activations: 1, influencing: 1 },
      { month: '2025-05', activations: 1, influencing: 0 },
    ])
    expect(acme?.engagements).toBe(4)
  })

  test('that only opportunities name goes by its id, and one nobody named is not there', async () => {
    expect((await readAccount(mart, 'A9'))?.account).toEqual({ id: 'A9', name: 'A9', owner: null, industry: null })
    expect(await readAccount(mart, 'A0')).toBeUndefined()
    expect(await readAccount(mart, "A1' or true --")).toBeUndefined()
  })

  test('filters the list of people', async () => {
    const query = { sort: 'created', descending: false, offset: 0, limit: 10 } as const
    const { lines, total } = await listPeople(mart, { ...query, account: 'A2' })
    expect([lines.map(({ person }) => person.id), total]).toEqual([['contact:C3'], 1])
  })
})
