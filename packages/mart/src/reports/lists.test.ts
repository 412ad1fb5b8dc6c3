import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { derivationOf } from '../../testing/derivations.ts'
import { accountGiven, openReportWorld, type ReportWorld, userGiven } from '../../testing/report-world.ts'

let world: ReportWorld

beforeAll(async () => {
  world = await openReportWorld([
    userGiven('u1', 'Bea Ito'),
    userGiven('u2', 'Ann Lee'),
    accountGiven('a1', 'Acme', 'u1'),
    accountGiven('a2', "Bolt's & Co: Köln", 'u2'),
    accountGiven('a3', 'Quiet'),
  ])
  await world.given(
    derivationOf({
      journeys: [
        {
          id: 'J1',
          stages: ['2025-01-02', '2025-01-04', '2025-01-05', '2025-02-01', null, '2025-02-20'],
          opportunity: ['O1', 'Attribution Activation'],
          ended: ['2025-02-20', 'Won Opportunity'],
          medium: 'paid-search',
          account: 'a1',
          influencedBy: [['2025-01-09', 'e-mail']],
        },
        { id: 'J2', stages: ['2025-03-01'], account: 'a1', medium: 'event' },
        { id: 'J3', stages: ['2025-03-02'], account: 'a2', medium: 'event', dormant: '2025-07-02' },
        {
          id: 'F1',
          stages: ['2025-03-10'],
          type: 'Opportunity Creation',
          person: null,
          opportunity: ['O2', 'Attribution Activation'],
          account: 'a2',
        },
      ],
      opportunities: [
        {
          id: 'O1',
          stages: ['2025-02-01', null, '2025-02-20'],
          activation: 'J1',
          amount: 1_000,
          won: true,
          roles: ['C1'],
          account: 'a1',
        },
        {
          id: 'O2',
          stages: ['2025-03-10'],
          activation: 'F1',
          amount: 500,
          account: 'a2',
          owner: 'u2',
          leadSource: 'Trade show',
        },
        { id: 'O3', stages: ['2025-03-11'], amount: 70, closed: true, account: 'a1' },
        { id: 'O4', stages: ['2025-03-12'], amount: 9, deleted: true, account: 'a1' },
      ],
      findings: [
        { code: 'unknown-status', record: 'lead:J1', fact: 'f1', at: 86_400_000, detail: 'Status "Foo" is not known.' },
        {
          code: 'unknown-status',
          record: 'lead:J1',
          fact: 'f2',
          at: 172_800_000,
          detail: 'Status "Bar" is not known.',
        },
        { code: 'missing-rate', record: 'opportunity:O2', fact: 'f3', at: 0, detail: 'No rate.' },
      ],
    }),
  )
})

afterAll(() => world.close())

describe('findings', () => {
  test('a line for each kind and record, with what to do and whose job it is', async () => {
    const { rows, total } = await world.ask('findings')
    expect(total).toBe(2)
    expect(rows[0]).toMatchObject({
      code: 'unknown-status',
      title: 'People with a status the rules do not know',
      severity: 'warning',
      owner: 'RevOps',
      record: 'lead:J1',
      person: 'lead:J1',
      detail: 'Status "Bar" is not known.',
      day: '1970-01-03',
      times: 2,
      fact: 'f2',
    })
    expect(rows[0]?.remedy).toMatch(/Add the status to the rules/)
  })

  test('filtered, sorted and paged', async () => {
    const codes = async (parameters: object) => (await world.column('findings', parameters, 'code')).flat()
    expect(await codes({ where: ['code:missing-rate'] })).toEqual(['missing-rate'])
    expect(await codes({ where: ['severity:problem', 'severity:note'] })).toEqual(['missing-rate'])
    expect(await codes({ where: ['owner!:RevOps'] })).toEqual([])
    expect(await codes({ from: '1970-01-02' })).toEqual(['unknown-status'])
    expect(await codes({ sort: 'severity', descending: false })).toEqual(['missing-rate', 'unknown-status'])
    const page = await world.ask('findings', { offset: 1, limit: 1 })
    expect([page.total, page.rows.map((row) => row.code)]).toEqual([2, ['missing-rate']])
    await expect(codes({ where: ['code:no-such-code'] })).rejects.toThrow(/It can be: unknown-status, /)
  })
})

describe('opportunities', () => {
  const ids = async (...where: string[]) =>
    (await world.column('opportunities', { where, sort: 'created', descending: false }, 'opportunity')).flat()

  test('what they are, whose, and what they are credited to', async () => {
    const { rows, total } = await world.ask('opportunities', { sort: 'amount', descending: true, limit: 2 })
    expect(total).toBe(3)
    expect(rows).toMatchObject([
      {
        opportunity: 'O1',
        accountName: 'Acme',
        owner: 'Bea Ito',
        state: 'won',
        amount: 1_000,
        activation: 'eng:J1',
        fallback: 'no',
        medium: 'paid-search',
        contactRoles: 1,
      },
      {
        opportunity: 'O2',
        accountName: "Bolt's & Co: Köln",
        owner: 'Ann Lee',
        state: 'open',
        fallback: 'yes',
        leadSource: 'Trade show',
      },
    ])
  })

  test('filtered by how they stand, whose they are, roles, fallback and money', async () => {
    expect(await ids('state:open')).toEqual(['O2'])
    expect(await ids('state:won', 'state:lost')).toEqual(['O1', 'O3'])
    expect(await ids('owner:Ann Lee')).toEqual(['O2'])
    expect(await ids('contact-roles:0')).toEqual(['O2', 'O3'])
    expect(await ids('contact-roles>=:1')).toEqual(['O1'])
    expect(await ids('fallback:yes')).toEqual(['O2'])
    expect(await ids('amount>=:70', 'amount<=:500')).toEqual(['O2', 'O3'])
    expect(await ids('created>=:2025-03-11')).toEqual(['O3'])
    expect(await ids('lead-source:Trade show')).toEqual(['O2'])
    expect(await ids('medium:paid-search')).toEqual(['O1'])
    expect(await ids('account:a1')).toEqual(['O1', 'O3'])
    expect(await ids('name~:o1')).toEqual(['O1'])
    await expect(ids('amount>=:10.50')).rejects.toThrow(/no whole number.*minor units/)
    await expect(ids('created>=:soon')).rejects.toThrow(/no day/)
  })
})

describe('accounts', () => {
  const keys = [
    'account',
    'people',
    'engagements',
    'journeys',
    'openJourneys',
    'opportunities',
    'openOpportunities',
    'pipeline',
    'won',
    'wonAmount',
    'lastEngagement',
  ]

  test('people, journeys, opportunities, money and the last engagement of each', async () => {
    expect(await world.column('accounts', {}, ...keys)).toEqual([
      ['a1', 2, 3, 2, 1, 2, 0, 0, 1, 1_000, '2025-03-01'],
      ['a2', 1, 2, 2, 2, 1, 1, 500, 0, 0, '2025-03-10'],
      ['a3', 0, 0, 0, 0, 0, 0, 0, 0, 0, null],
    ])
  })

  test('filtered and sorted', async () => {
    const ids = async (...where: string[]) =>
      (await world.column('accounts', { where, sort: 'title', descending: false }, 'account')).flat()
    expect(await ids()).toEqual(['a1', 'a2', 'a3'])
    expect(await ids("name:Bolt's & Co: Köln")).toEqual(['a2'])
    expect(await ids('open-opportunities>=:1')).toEqual(['a2'])
    expect(await ids('owner:(none)')).toEqual(['a3'])
    expect((await world.ask('accounts', { limit: 1, offset: 5 })).total).toBe(3)
  })
})

describe('journeys', () => {
  test('filtered by what they are', async () => {
    const ids = async (...where: string[]) =>
      (await world.column('journeys', { where, sort: 'began', descending: false }, 'journey')).flat()
    expect(await ids('dormant-soon:yes')).toEqual(['eng:J3'])
    expect(await ids('complete:yes')).toEqual(['eng:J1'])
    expect(await ids('stage>=:2')).toEqual(['eng:J1'])
    expect(await ids('outcome:(none)', 'medium:event')).toEqual(['eng:J2', 'eng:J3'])
    expect(await ids('ended<=:2025-02-20')).toEqual(['eng:J1'])
    expect(await ids('opportunity:O1')).toEqual(['eng:J1'])
  })
})

describe('sources by hierarchy', () => {
  test('each group adds up to those under it, and the first row is everything', async () => {
    expect(
      await world.column(
        'source-hierarchy',
        { levels: 5 },
        'level',
        'department',
        'category',
        'medium',
        'source',
        'groups',
        'activations',
        'influencing',
        'wonAmount',
      ),
    ).toEqual([
      [0, null, null, null, null, 1, 3, 1, 1_000],
      [1, 'Unmapped', null, null, null, 1, 3, 1, 1_000],
      [2, 'Unmapped', 'Unmapped', null, null, 3, 3, 1, 1_000],
      [3, 'Unmapped', 'Unmapped', 'event', null, 1, 2, 0, 0],
      [4, 'Unmapped', 'Unmapped', 'event', '(none)', 1, 2, 0, 0],
      [5, 'Unmapped', 'Unmapped', 'event', '(none)', 0, 2, 0, 0],
      [3, 'Unmapped', 'Unmapped', 'paid-search', null, 1, 1, 0, 1_000],
      [4, 'Unmapped', 'Unmapped', 'paid-search', '(none)', 1, 1, 0, 1_000],
      [5, 'Unmapped', 'Unmapped', 'paid-search', '(none)', 0, 1, 0, 1_000],
      [3, 'Unmapped', 'Unmapped', 'e-mail', null, 1, 0, 1, 0],
      [4, 'Unmapped', 'Unmapped', 'e-mail', '(none)', 1, 0, 1, 0],
      [5, 'Unmapped', 'Unmapped', 'e-mail', '(none)', 0, 0, 1, 0],
    ])
  })

  test('under a path', async () => {
    const path = ['Unmapped', 'Unmapped']
    expect(
      await world.column(
        'source-hierarchy',
        { path, levels: 1, sort: 'medium', descending: false },
        'level',
        'medium',
        'activations',
      ),
    ).toEqual([
      [2, null, 3],
      [3, 'e-mail', 0],
      [3, 'event', 2],
      [3, 'paid-search', 1],
    ])
    expect(await world.column('source-hierarchy', { path: ['Sales'] }, 'level')).toEqual([])
    await expect(world.ask('source-hierarchy', { path: ['a', 'b', 'c', 'd', 'e'] })).rejects.toThrow(
      /nothing under a campaign/,
    )
  })
})
