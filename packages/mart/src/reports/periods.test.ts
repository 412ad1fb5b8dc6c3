import { DEFAULT_RULES, type Fact } from '@throughline/core'
import { zoneOf } from '@throughline/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReportWorld, type ReportWorld, userGiven } from '../../testing/report-world.ts'

const zone = zoneOf('America/New_York')
const rules = { ...DEFAULT_RULES, organisation: { ...DEFAULT_RULES.organisation, zone, fiscalYearStart: 2 } }

/** Moments around midnight in New York: at the turn of the year, of the fiscal year, and when clocks change. */
const CREATED = {
  L1: '2024-12-31T23:59:59-05:00',
  L2: '2025-01-01T00:00:00-05:00',
  L3: '2025-01-31T23:59:59-05:00',
  L4: '2025-02-01T00:00:00-05:00',
  // The day of 23 hours: from standard to daylight saving time.
  L5: '2025-03-09T00:30:00-05:00',
  L6: '2025-03-09T23:30:00-04:00',
  // The day of 25 hours, its hour that comes twice included.
  L7: '2025-11-02T01:30:00-04:00',
  L8: '2025-11-02T23:30:00-05:00',
} as const

let world: ReportWorld

beforeAll(async () => {
  world = await openReportWorld([userGiven('u1', 'Bea Ito')], rules)
  const facts: Fact[] = Object.entries(CREATED).flatMap(([lead, at]): Fact[] => {
    const occurredAt = Date.parse(at)
    const times = { occurredAt, recordedAt: occurredAt }
    return [
      {
        kind: 'lead-created',
        id: `${lead}/created`,
        ...times,
        lead,
        by: 'u1',
        owner: 'u1',
        leadSource: 'Marketing - Website',
      },
      {
        kind: 'status-changed',
        id: `${lead}/routed`,
        occurredAt: occurredAt + 86_400_000,
        recordedAt: occurredAt + 86_400_000,
        record: `lead:${lead}`,
        to: 'Routed',
      },
    ]
  })
  await world.told(facts, Date.parse('2025-12-01T00:00:00Z'))
})

afterAll(() => world.close())

const begun = async (by: 'month' | 'quarter' | 'fiscal-quarter' | 'fiscal-year') =>
  Object.fromEntries(
    (await world.column('funnel', { by }, 'stage', 'option', 'journeys'))
      .filter(([stage]) => stage === 1)
      .map(([, option, journeys]) => [option, journeys]),
  )

test('[U2] a day is a day of the organisation, at the turn of the year and when clocks change', async () => {
  const of = async (from: string, to: string) => (await world.ask('journeys', { from, to })).total
  expect(await of('2024-12-31', '2024-12-31')).toBe(1)
  expect(await of('2025-01-01', '2025-01-31')).toBe(2)
  expect(await of('2025-03-09', '2025-03-09')).toBe(2)
  expect(await of('2025-11-02', '2025-11-02')).toBe(2)
  expect(await of('2025-11-03', '2025-11-03')).toBe(0)
})

test('months, quarters, fiscal quarters and fiscal years', async () => {
  expect(await begun('month')).toEqual({ '2024-12': 1, '2025-01': 2, '2025-02': 1, '2025-03': 2, '2025-11': 2 })
  expect(await begun('quarter')).toEqual({ '2024-Q4': 1, '2025-Q1': 5, '2025-Q4': 2 })
  // The fiscal year begins in February and has the name of the year it ends in.
  expect(await begun('fiscal-quarter')).toEqual({ 'FY2025-Q4': 3, 'FY2026-Q1': 3, 'FY2026-Q4': 2 })
  expect(await begun('fiscal-year')).toEqual({ FY2025: 3, FY2026: 5 })
})

test('[U4] days between dates are counted on the calendar: a day of 23 hours is a day', async () => {
  // L5: 24 hours after half past midnight is half past one of the next day. L7: 24 hours later it is half past midnight.
  const rows = await world.column('journeys', { sort: 'began', descending: false }, 'began', 'stage2')
  expect(rows.slice(4)).toEqual([
    ['2025-03-09', '2025-03-10'],
    ['2025-03-09', '2025-03-10'],
    ['2025-11-02', '2025-11-03'],
    ['2025-11-02', '2025-11-03'],
  ])
  expect(await world.column('velocity', {}, 'median', 'mean')).toEqual([[1, 1]])
})

test('overview compares with as many days before, across the change of clocks', async () => {
  const { notes } = await world.ask('overview', { from: '2025-03-01', to: '2025-03-31' })
  expect(notes).toEqual(['Before: 2025-01-29 to 2025-02-28.'])
})
