import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_RULES, type Derivation, directoryOf } from '@throughline/core'
import type { ReportParameters } from '@throughline/engine'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { derivationOf, type JourneyGiven, noon } from '../../testing/derivations.ts'
import { logInMemory } from '../../testing/log-in-memory.ts'
import { type DuckMart, openMart } from '../mart.ts'
import { listOwners, listPeople, type PeopleQuery } from '../people.ts'
import { REPORTS, runReport } from './index.ts'

const asOf = noon('2025-07-01')
const rules = DEFAULT_RULES
const context = { organisation: rules.organisation, stageLabels: rules.stages.labels }
const user = (id: string, name: string, queue = false) => ({
  kind: 'user-recorded' as const,
  id: `user/${id}`,
  occurredAt: 0,
  recordedAt: 0,
  user: id,
  name,
  queue,
})
const directory = directoryOf([user('u1', 'Bea Ito'), user('u2', 'Inbound', true)], asOf)
let folder: string
let mart: DuckMart

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mart-reports-'))
  mart = await openMart({ file: join(folder, 'mart.duckdb') })
})

afterAll(async () => {
  await mart.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Makes the live world hold just this. */
async function given(derivation: Derivation): Promise<void> {
  await mart.build('live', { store: logInMemory(), rules, asOf, workers: 0 })
  await mart.replace(
    [{ cluster: 1, derivation }],
    { baselineId: 1, publishedSeq: 1, asOf, rulesVersion: 3 },
    { rules, directory },
  )
}

async function answer(name: string, parameters: ReportParameters = {}) {
  const report = await runReport(mart, context, name, parameters)
  if (!report) throw new Error(`There is no report ${name}.`)
  return report
}

/** Just these columns of a report's rows. */
async function column(name: string, parameters: ReportParameters, ...keys: string[]) {
  const { rows } = await answer(name, parameters)
  return rows.map((row) => keys.map((key) => row[key]))
}

/** Scenario S46 of the reference: four activations of January, and an opportunity that began by itself in February. */
const JANUARY: readonly JourneyGiven[] = [
  {
    id: 'A1',
    stages: ['2025-01-02', '2025-01-04', '2025-01-05', '2025-02-01', '2025-02-03', '2025-02-20'],
    opportunity: ['O1', 'Attribution Activation'],
    ended: ['2025-02-20', 'Won Opportunity'],
    medium: 'paid-search',
    source: 'google',
    campaign: 'spring',
  },
  {
    id: 'A2',
    stages: ['2025-01-10', '2025-01-16', '2025-01-20'],
    opportunity: ['O1', 'Influencing Activation'],
    ended: ['2025-02-20', 'Won Opportunity'],
    medium: 'paid-search',
    source: 'bing',
    owner: 'u2',
    influencedBy: [
      ['2025-01-12', 'e-mail'],
      ['2025-02-02', 'e-mail'],
    ],
  },
  {
    id: 'A3',
    stages: ['2025-01-11', '2025-01-12'],
    ended: ['2025-03-01', 'Disqualified Lead'],
    medium: 'event',
  },
  { id: 'A4', stages: ['2025-01-31'], dormant: '2025-07-10' },
]

const S46 = derivationOf({
  journeys: [
    ...JANUARY,
    {
      id: 'F1',
      stages: ['2025-02-10', '2025-02-10', '2025-02-10', '2025-02-10'],
      type: 'Opportunity Creation',
      person: null,
      opportunity: ['O2', 'Attribution Activation'],
    },
    // A fallback that a real activation took the place of is counted nowhere.
    { id: 'F0', stages: ['2025-01-05'], type: 'Opportunity Creation', person: null, voided: true },
  ],
  opportunities: [
    {
      id: 'O1',
      stages: ['2025-02-01', '2025-02-03', '2025-02-20'],
      activation: 'A1',
      amount: 1_000_000,
      won: true,
      roles: ['C1', 'C2'],
    },
    { id: 'O2', stages: ['2025-02-10'], activation: 'F1', amount: 500_000 },
    { id: 'O3', stages: ['2025-02-11'], amount: 77, deleted: true },
  ],
  findings: [
    { code: 'unknown-status', record: 'lead:A1', fact: 'f1', at: 0, detail: 'Status "Foo" is not known.' },
    { code: 'unknown-status', record: 'lead:A1', fact: 'f2', at: 0, detail: 'Status "Foo" is not known.' },
    { code: 'unknown-status', record: 'lead:A2', fact: 'f3', at: 0, detail: 'Status "Bar" is not known.' },
  ],
})

const january = { from: '2025-01-01', to: '2025-01-31' }
const february = { from: '2025-02-01', to: '2025-02-28' }

describe('the numbers of S46', () => {
  beforeEach(() => given(S46))

  test('[U2] [U3] the January cohort: who began, how far they came, what they brought', async () => {
    expect(
      await column(
        'funnel',
        january,
        'stage',
        'label',
        'journeys',
        'fromPrevious',
        'fromFirst',
        'opportunities',
        'amount',
      ),
    ).toEqual([
      [1, 'Activated', 4, null, null, null, null],
      [2, 'Routed', 3, 0.75, 0.75, null, null],
      [3, 'Accepted', 2, 2 / 3, 0.5, null, null],
      [4, 'Opportunity', 1, 0.5, 0.25, 1, 1_000_000],
      [5, 'Qualified pipeline', 1, 1, 0.25, 1, 1_000_000],
      [6, 'Won', 1, 1, 0.25, 1, 1_000_000],
    ])
  })

  test('days from stage to stage in the cohort are medians', async () => {
    expect(await column('funnel', january, 'medianDays')).toEqual([[null], [2], [2.5], [27], [2], [17]])
  })

  test('[U6] the February cohort is empty, unless fallbacks are asked for', async () => {
    expect(await column('funnel', february, 'stage', 'journeys')).toEqual([1, 2, 3, 4, 5, 6].map((stage) => [stage, 0]))
    expect((await answer('funnel', february)).notes).toEqual([
      'Journeys that began with an opportunity (Opportunity Creation) are left out: 1. They convert by construction.',
    ])
    expect((await column('funnel', { ...february, withoutFallbacks: false }, 'journeys'))[0]).toEqual([1])
  })

  test('by period, every opportunity counts, however it came about', async () => {
    const both = { from: '2025-01-01', to: '2025-02-28', view: 'period' } as const
    expect(await column('funnel', both, 'stage', 'journeys', 'connected', 'amount')).toEqual([
      [1, 5, null, null],
      [2, 4, null, null],
      [3, 3, null, null],
      [4, 2, 1, 1_500_000],
      [5, 1, 1, 1_000_000],
      [6, 1, 1, 1_000_000],
    ])
    expect(await column('funnel', { ...january, view: 'period' }, 'journeys')).toEqual([[4], [3], [2], [0], [0], [0]])
  })

  test('a funnel by a dimension has one funnel for each option, the largest first', async () => {
    const rows = await column('funnel', { ...january, by: 'medium' }, 'option', 'stage', 'journeys', 'amount')
    expect(rows.filter(([, stage]) => stage === 1 || stage === 6)).toEqual([
      ['paid-search', 1, 2, null],
      ['paid-search', 6, 1, 1_000_000],
      ['(none)', 1, 1, null],
      ['(none)', 6, 0, 0],
      ['event', 1, 1, null],
      ['event', 6, 0, 0],
    ])
    expect(await column('funnel', { ...january, by: 'medium', option: 'event' }, 'option', 'journeys')).toEqual(
      [1, 1, 0, 0, 0, 0].map((count) => ['event', count]),
    )
  })

  test('owners go by their names, queues as queues', async () => {
    const rows = await column('funnel', { ...january, by: 'owner' }, 'option', 'stage', 'journeys')
    expect(rows.filter(([, stage]) => stage === 1)).toEqual([
      ['Bea Ito', 1, 3],
      ['Queue: Inbound', 1, 1],
    ])
    expect(await column('journeys', { by: 'owner', option: 'Queue: Inbound' }, 'journey')).toEqual([['eng:A2']])
  })

  test('months and quarters are options too', async () => {
    const begun = async (by: 'month' | 'quarter' | 'fiscal-quarter' | 'fiscal-year', fiscalYearStart = 1) => {
      const report = await runReport(
        mart,
        { ...context, organisation: { ...rules.organisation, fiscalYearStart } },
        'funnel',
        { by, withoutFallbacks: false },
      )
      return report?.rows.filter((row) => row.stage === 1).map((row) => [row.option, row.journeys])
    }
    expect(await begun('month')).toEqual([
      ['2025-01', 4],
      ['2025-02', 1],
    ])
    expect(await begun('quarter')).toEqual([['2025-Q1', 5]])
    expect(await begun('quarter', 2)).toEqual([['2025-Q1', 5]])
    expect(await begun('fiscal-quarter')).toEqual([['FY2025-Q1', 5]])
    expect(await begun('fiscal-quarter', 2)).toEqual([
      ['FY2025-Q4', 4],
      ['FY2026-Q1', 1],
    ])
    expect(await begun('fiscal-year', 2)).toEqual([
      ['FY2025', 4],
      ['FY2026', 1],
    ])
  })

  test('[U1] sources: what each medium began, influenced and brought', async () => {
    expect(
      await column(
        'sources',
        january,
        'option',
        'activations',
        'influencing',
        'accepted',
        'opportunities',
        'won',
        'wonAmount',
      ),
    ).toEqual([
      ['paid-search', 2, 0, 2, 1, 1, 1_000_000],
      ['(none)', 1, 0, 0, 0, 0, 0],
      ['event', 1, 0, 0, 0, 0, 0],
      ['e-mail', 0, 1, 0, 0, 0, 0],
    ])
    expect(await column('sources', january, 'conversion')).toEqual([[0.5], [0], [0], [null]])
  })

  test('a campaign lies under its source, a source under its medium', async () => {
    const report = await answer('sources', { ...january, by: 'campaign', option: 'spring' })
    expect(report.columns.slice(0, 3).map((known) => known.key)).toEqual(['medium', 'source', 'option'])
    expect(report.rows.map((row) => [row.medium, row.source, row.option, row.activations])).toEqual([
      ['paid-search', 'google', 'spring', 1],
    ])
    expect(await column('sources', { ...january, by: 'source' }, 'medium', 'option', 'activations')).toEqual([
      ['(none)', '(none)', 1],
      ['event', '(none)', 1],
      ['paid-search', 'bing', 1],
      ['paid-search', 'google', 1],
      ['e-mail', '(none)', 0],
    ])
  })

  test('sources by period: opportunities by creation, won by stage 6', async () => {
    const rows = await column(
      'sources',
      { ...february, view: 'period' },
      'option',
      'activations',
      'influencing',
      'opportunities',
      'pipeline',
      'wonAmount',
    )
    expect(rows).toEqual([
      ['(none)', 1, 0, 1, 500_000, 0],
      ['e-mail', 0, 1, 0, 0, 0],
      ['paid-search', 0, 0, 1, 0, 1_000_000],
    ])
  })

  test('[U4] velocity: both stages must be there', async () => {
    expect(await column('velocity', january, 'fromStage', 'stage', 'journeys', 'median', 'mean')).toEqual([
      [1, 2, 3, 2, 3],
      [2, 3, 2, 2.5, 2.5],
      [3, 4, 1, 27, 27],
      [4, 5, 1, 2, 2],
      [5, 6, 1, 17, 17],
      [1, 6, 1, 49, 49],
    ])
  })

  test('[U5] outcomes: the mix of what ended in the period, and what is open', async () => {
    expect(await column('outcomes', february, 'state', 'outcome', 'journeys', 'share', 'medianDays')).toEqual([
      ['complete', 'Won Opportunity', 2, 1, 45],
      ['open', null, 1, null, null],
      ['dormant-soon', null, 1, null, null],
    ])
    expect(await column('outcomes', {}, 'outcome', 'journeys', 'share')).toEqual([
      ['Won Opportunity', 2, 2 / 3],
      ['Disqualified Lead', 1, 1 / 3],
      [null, 1, null],
      [null, 1, null],
    ])
  })

  test('overview: a period against the one before', async () => {
    const report = await answer('overview', february)
    expect(report.rows.map((row) => [row.figure, row.value, row.before])).toEqual([
      ['activations', 0, 3],
      ['opportunities', 2, 0],
      ['pipeline', 500_000, 0],
      ['won', 1, 0],
      ['wonAmount', 1_000_000, 0],
      ['conversion', null, 0],
    ])
    expect(report.notes).toEqual(['Before: 2025-01-04 to 2025-01-31.'])
    expect((await answer('overview')).rows[0]).toMatchObject({ value: 4, before: null })
  })

  test('trend: each thing in the month it happened', async () => {
    expect(await column('trend', {}, 'month', 'activations', 'opportunities', 'created', 'won', 'wonAmount')).toEqual([
      ['2025-01', 4, 0, 0, 0, 0],
      ['2025-02', 0, 2, 1_500_000, 1, 1_000_000],
    ])
  })

  test('health: findings by record, and what is about to be lost', async () => {
    expect(await column('health', {}, 'code', 'count', 'example', 'severity', 'owner')).toEqual([
      ['dormant-soon', 1, 'eng:A4', 'warning', 'sales operations'],
      ['fallback-without-source', 1, 'opportunity:O2', 'warning', 'Salesforce administrator'],
      ['opportunity-without-contact-roles', 1, 'opportunity:O2', 'warning', 'sales operations'],
      ['unknown-status', 2, 'lead:A1', 'warning', 'RevOps'],
      ['unmapped-medium', 5, 'eng:A1', 'note', 'marketing operations'],
    ])
  })

  test('each line of health leads to a report that lists as many records as it says', async () => {
    const { rows } = await answer('health')
    for (const row of rows.filter(({ report }) => REPORTS.some(({ name }) => name === report))) {
      const list = await answer(row.report as string, { where: (row.where as string).split('\n') })
      expect([row.code, list.total]).toEqual([row.code, row.count])
    }
  })

  test('the journeys behind a figure are as many as the figure says', async () => {
    for (const parameters of [january, { ...january, by: 'medium' as const }]) {
      const funnel = await answer('funnel', parameters)
      for (const row of funnel.rows) {
        const list = await answer('journeys', {
          ...parameters,
          stage: row.stage as number,
          ...('by' in parameters ? { option: row.option as string } : {}),
        })
        expect([row.option, row.stage, list.total]).toEqual([row.option, row.stage, row.journeys])
        expect(list.rows).toHaveLength(list.total)
      }
    }
  })

  test('journeys can be filtered, sorted and paged', async () => {
    const ids = (parameters: ReportParameters) => column('journeys', parameters, 'journey')
    expect(await ids({})).toEqual([['eng:A4'], ['eng:A3'], ['eng:A2'], ['eng:A1']])
    expect(await ids({ sort: 'stage', descending: true })).toEqual([['eng:A1'], ['eng:A2'], ['eng:A3'], ['eng:A4']])
    expect(await ids({ state: 'open' })).toEqual([['eng:A4']])
    expect(await ids({ state: 'dormant-soon' })).toEqual([['eng:A4']])
    expect(await ids({ outcome: 'Won Opportunity' })).toEqual([['eng:A2'], ['eng:A1']])
    expect(await ids({ view: 'period', outcome: 'Disqualified Lead', from: '2025-03-01' })).toEqual([['eng:A3']])
    expect(await ids({ view: 'period', stage: 4, ...february })).toEqual([['eng:F1'], ['eng:A1']])
    const page = await answer('journeys', { offset: 1, limit: 2 })
    expect([page.total, page.rows.map((row) => row.journey)]).toEqual([4, ['eng:A3', 'eng:A2']])
    expect((await answer('journeys', { sort: 'began', descending: false, limit: 1 })).rows[0]).toMatchObject({
      journey: 'eng:A1',
      person: 'lead:A1',
      began: '2025-01-02',
      stage: 6,
      stageDay: '2025-02-20',
      owner: 'Bea Ito',
      outcome: 'Won Opportunity',
      ended: '2025-02-20',
      opportunity: 'O1',
      amount: 1_000_000,
    })
  })

  test('a report says what it is: moment, rules, currency, and what was asked', async () => {
    expect(await answer('trend', january)).toMatchObject({
      asOf,
      rulesVersion: 3,
      currency: 'USD',
      world: 'live',
      parameters: january,
    })
  })

  test('people: who they are, whose, and where their journey stands', async () => {
    const query: PeopleQuery = { sort: 'created', descending: false, offset: 0, limit: 10 }
    const { lines, total } = await listPeople(mart, query)
    expect(total).toBe(4)
    expect(lines.map((line) => [line.person.id, line.engagements, line.journeys, line.stage, line.medium])).toEqual([
      ['lead:A1', 1, 1, 6, 'paid-search'],
      ['lead:A2', 3, 1, 3, 'paid-search'],
      ['lead:A3', 1, 1, 2, 'event'],
      ['lead:A4', 1, 1, 1, null],
    ])
    expect(lines[1]).toMatchObject({
      person: { leads: ['A2'], contacts: [], dormant: true, currentActivation: 'eng:A2', owner: 'u2' },
      ownerName: 'Queue: Inbound',
      lastEngagementAt: noon('2025-02-02'),
    })
    const ids = async (more: Partial<PeopleQuery>) =>
      (await listPeople(mart, { ...query, ...more })).lines.map((line) => line.person.id)
    expect(await ids({ state: 'active' })).toEqual(['lead:A4'])
    expect(await ids({ owner: 'u2' })).toEqual(['lead:A2'])
    expect(await ids({ records: ['lead:A3', 'lead:A1', 'contact:none'] })).toEqual(['lead:A1', 'lead:A3'])
    expect(await ids({ records: [] })).toEqual([])
    expect(await ids({ sort: 'last-engagement', descending: true, limit: 2 })).toEqual(['lead:A2', 'lead:A4'])
    expect(await ids({ sort: 'engagements', descending: true, offset: 1, limit: 1 })).toEqual(['lead:A1'])
    expect(await listOwners(mart)).toEqual([
      { id: 'u1', name: 'Bea Ito', people: 3 },
      { id: 'u2', name: 'Queue: Inbound', people: 1 },
    ])
  })
})

test('times that run backwards count as 0 days and are said', async () => {
  await given(derivationOf({ journeys: [{ id: 'B', stages: ['2025-01-10', '2025-01-02'] }] }))
  const report = await answer('velocity')
  expect(report.rows.map((row) => [row.stage, row.median, row.negative])).toEqual([[2, 0, 1]])
  expect(report.notes).toEqual(['Times that run backwards in the data and count as 0 days: 1.'])
})

test('an opportunity counts once in each sum of money, however many journeys touch it', async () => {
  await given(
    derivationOf({
      journeys: [
        { id: 'E1', stages: ['2025-01-01', null, null, '2025-01-05'], opportunity: ['OA', 'Attribution Activation'] },
        { id: 'E2', stages: ['2025-01-02'], opportunity: ['OA', 'Influencing Activation'] },
      ],
      // E1 is credited with both, and shows the stages of its primary opportunity only.
      opportunities: [
        { id: 'OA', stages: ['2025-01-05'], activation: 'E1', amount: 300 },
        { id: 'OB', stages: ['2025-01-06'], activation: 'E1', amount: 50 },
      ],
    }),
  )
  expect((await column('funnel', {}, 'journeys', 'opportunities', 'amount'))[3]).toEqual([1, 2, 350])
  expect(await column('sources', {}, 'activations', 'converted', 'opportunities', 'pipeline')).toEqual([[2, 1, 2, 350]])
})

test('amounts without a rate are left out of sums, and said', async () => {
  await given(
    derivationOf({
      journeys: [{ id: 'E', stages: ['2025-01-01'] }],
      opportunities: [
        { id: 'O1', stages: ['2025-01-05'], activation: 'E', amount: 100, currency: 'USD' },
        { id: 'O2', stages: ['2025-01-05'], activation: 'E', amount: 100, currency: 'CHF', organisationAmount: null },
        { id: 'O3', stages: ['2025-01-05'], activation: 'E', amount: null, currency: 'CHF' },
      ],
    }),
  )
  const note = '1 opportunity in CHF is missing from the amounts: the rules have no rate from CHF to USD.'
  for (const name of ['funnel', 'sources', 'trend', 'overview']) {
    const report = await answer(name)
    expect([name, report.notes]).toEqual([name, [note]])
  }
  expect((await column('sources', {}, 'opportunities', 'pipeline'))[0]).toEqual([3, 100])
})

test('sums beyond what a number holds stay exact', async () => {
  const large = Number.MAX_SAFE_INTEGER
  await given(
    derivationOf({
      opportunities: [
        { id: 'O1', stages: ['2025-01-05'], amount: large },
        { id: 'O2', stages: ['2025-01-05'], amount: large },
      ],
    }),
  )
  expect(await column('trend', {}, 'created')).toEqual([['18014398509481982']])
})

test('every report answers an empty world', async () => {
  await given(derivationOf({}))
  for (const { name } of REPORTS) {
    const { rows } = await answer(name)
    for (const row of rows)
      for (const [key, value] of Object.entries(row)) expect([name, key, typeof value]).not.toContain('boolean')
    expect([
      name,
      rows.every((row) => Object.values(row).every((value) => typeof value !== 'number' || value <= 6)),
    ]).toEqual([name, true])
  }
})

test('every report gives the columns it declares', async () => {
  await given(S46)
  for (const { name } of REPORTS) {
    const { rows, columns } = await answer(name)
    const keys = columns.map((known) => known.key)
    for (const row of rows) expect([name, Object.keys(row).filter((key) => !keys.includes(key))]).toEqual([name, []])
  }
})

test.each([
  [{ from: '2025-02-30' }, /Report funnel: "from" is "2025-02-30", which is no day\. Write it as YYYY-MM-DD/],
  [{ from: '2025-03-01', to: '2025-02-01' }, /"from" \(2025-03-01\) is after "to" \(2025-02-01\)/],
  [{ by: 'colour' }, /"by" is "colour"\. It can be: department, /],
  [{ option: 'x' }, /"option" needs "by"/],
  [{ stage: 3 }, /takes no parameter "stage"\. It takes: from, to, /],
  [{ withoutFallbacks: 'perhaps' }, /It can be: true, false/],
])('parameters that are not right are refused: %j', async (parameters, message) => {
  const asking = runReport(mart, context, 'funnel', parameters as ReportParameters)
  await expect(asking).rejects.toThrow(message)
  await expect(asking).rejects.toMatchObject({ code: 'invalid-parameter' })
})

test.each([
  ['medium', /"where" is "medium", which is no condition\. Write it as field:value/],
  ['colour:red', /"colour", which the report cannot be filtered by\. It can be filtered by: department, /],
  ['medium>=:a', /compares "medium" in a way that a text cannot be compared\. Use medium: or medium!: or medium~:\./],
])('conditions that are not right are refused: %s', async (condition, message) => {
  const asking = runReport(mart, context, 'funnel', { where: [condition] })
  await expect(asking).rejects.toThrow(message)
  await expect(asking).rejects.toMatchObject({ code: 'invalid-parameter', parameter: 'where' })
})

test('conditions on one field are alternatives, on several they hold together', async () => {
  await given(S46)
  const ids = async (...where: string[]) =>
    (await column('journeys', { where, sort: 'began', descending: false }, 'journey')).flat()
  expect(await ids('medium:event')).toEqual(['eng:A3'])
  expect(await ids('medium:event', 'medium:paid-search')).toEqual(['eng:A1', 'eng:A2', 'eng:A3'])
  expect(await ids('medium:paid-search', 'owner:Bea Ito')).toEqual(['eng:A1'])
  expect(await ids('medium!:paid-search', 'medium!:event')).toEqual(['eng:A4'])
  expect(await ids('medium:(none)')).toEqual(['eng:A4'])
  expect(await ids('source~:GOO')).toEqual(['eng:A1'])
  expect((await column('funnel', { where: ['medium:paid-search'] }, 'journeys')).flat()).toEqual([2, 2, 2, 1, 1, 1])
  expect(await column('sources', { where: ['medium:e-mail'] }, 'option', 'activations', 'influencing')).toEqual([
    ['e-mail', 0, 2],
  ])
})

test('numbers and flags may come as text, and values can never be SQL', async () => {
  await given(S46)
  const asked = { limit: '1', descending: 'false', by: 'medium', option: "' or 1=1 --" }
  expect((await answer('journeys', asked as unknown as ReportParameters)).rows).toEqual([])
  for (const value of ["' or 1=1 --", '$from', '%', ':', "a:b';"])
    expect((await answer('journeys', { where: [`medium:${value}`, `source~:${value}`] })).rows).toEqual([])
  await expect(answer('journeys', { sort: 'began; drop table people' })).rejects.toThrow(/to sort by\. Sort by one of/)
  expect(await runReport(mart, context, 'no-such-report', {})).toBeUndefined()
})
