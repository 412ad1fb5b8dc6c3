import { readFileSync } from 'node:fs'
import { type Fact, isProblem } from '@throughline/core'
import { readScenarioDocument } from '@throughline/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { noon } from '../../testing/derivations.ts'
import { openReportWorld, type ReportWorld } from '../../testing/report-world.ts'
import { REPORTS } from './index.ts'

let world: ReportWorld

beforeAll(async () => {
  world = await openReportWorld()
})

afterAll(() => world.close())

/** The facts of a scenario file: those of its story, and of the users it speaks of. */
function factsOf(file: string): readonly Fact[] {
  const scenario = readScenarioDocument(
    parse(readFileSync(new URL(`../../../../scenarios/${file}.yaml`, import.meta.url), 'utf8')),
  )
  if (isProblem(scenario)) throw new Error(`${file}, ${scenario.place}: ${scenario.problem}`)
  return scenario.expectations.at(-1)?.facts ?? []
}

const january = { from: '2025-01-01', to: '2025-01-31' }
const february = { from: '2025-02-01', to: '2025-02-28' }
const both = { from: '2025-01-01', to: '2025-02-28' }

describe('S46 from its facts to its figures', () => {
  beforeAll(() => world.told(factsOf('S46-cohort-and-period'), noon('2025-03-10')))

  test('[U2] [U3] the cohort of January', async () => {
    expect(
      await world.column(
        'funnel',
        january,
        'stage',
        'journeys',
        'fromPrevious',
        'fromFirst',
        'medianDays',
        'opportunities',
        'amount',
      ),
    ).toEqual([
      [1, 4, null, null, null, null, null],
      [2, 3, 0.75, 0.75, 2, null, null],
      [3, 2, 2 / 3, 0.5, 2.5, null, null],
      [4, 1, 0.5, 0.25, 27, 1, 1_000_000],
      [5, 1, 1, 0.25, 2, 1, 1_000_000],
      [6, 1, 1, 0.25, 17, 1, 1_000_000],
    ])
  })

  test('[U2] the period of January and February counts every opportunity', async () => {
    expect(
      await world.column(
        'funnel',
        { ...both, view: 'period' },
        'stage',
        'journeys',
        'opportunities',
        'connected',
        'amount',
      ),
    ).toEqual([
      [1, 5, null, null, null],
      [2, 4, null, null, null],
      [3, 3, null, null, null],
      [4, 2, 2, 1, 1_500_000],
      [5, 1, 1, 1, 1_000_000],
      [6, 1, 1, 1, 1_000_000],
    ])
    expect(await world.column('overview', both, 'figure', 'value')).toEqual([
      ['activations', 4],
      ['opportunities', 2],
      ['pipeline', 500_000],
      ['won', 1],
      ['wonAmount', 1_000_000],
      ['conversion', 0.25],
    ])
  })

  test('[U6] the cohort of February is empty, unless fallbacks are asked for', async () => {
    const begun = async (withoutFallbacks?: boolean) =>
      (
        await world.column(
          'funnel',
          { ...february, ...(withoutFallbacks !== undefined && { withoutFallbacks }) },
          'journeys',
        )
      )[0]
    expect(await begun()).toEqual([0])
    expect(await begun(true)).toEqual([0])
    expect(await begun(false)).toEqual([1])
  })

  test('[U9] why cohort and period differ: each cause, adding up', async () => {
    expect(await world.column('funnel-difference', february, 'stage', 'cohort', 'period', 'cause', 'effect')).toEqual([
      [1, 0, 1, 'fallback', 1],
      [2, 0, 1, 'fallback', 1],
      [3, 0, 1, 'fallback', 1],
      [4, 0, 2, 'began-before', 1],
      [4, 0, 2, 'fallback', 1],
      [5, 0, 1, 'began-before', 1],
      [6, 0, 1, 'began-before', 1],
    ])
    expect(await world.column('funnel-difference', january, 'stage', 'cohort', 'period', 'cause', 'effect')).toEqual([
      [1, 4, 4, null, 0],
      [2, 3, 3, null, 0],
      [3, 2, 2, null, 0],
      [4, 1, 0, 'reached-after', -1],
      [5, 1, 0, 'reached-after', -1],
      [6, 1, 0, 'reached-after', -1],
    ])
  })

  test('cohorts month by month', async () => {
    const keys = [
      'cohort',
      'stage1',
      'stage2',
      'stage3',
      'stage4',
      'stage5',
      'stage6',
      'rate2',
      'open',
      'won',
      'wonAmount',
    ]
    expect(await world.column('cohorts', {}, ...keys)).toEqual([['2025-01', 4, 3, 2, 1, 1, 1, 0.75, 1, 1, 1_000_000]])
    expect(await world.column('cohorts', { withoutFallbacks: false, by: 'quarter' }, ...keys)).toEqual([
      ['2025-Q1', 5, 4, 3, 2, 1, 1, 0.8, 2, 1, 1_000_000],
    ])
    await expect(world.ask('cohorts', { by: 'medium' })).rejects.toThrow(/no span of time\. It can be: month, quarter/)
  })

  test('[U4] how the days are spread', async () => {
    expect(
      await world.column(
        'velocity-distribution',
        january,
        'fromStage',
        'stage',
        'span',
        'fromDays',
        'toDays',
        'journeys',
        'share',
        'cumulative',
      ),
    ).toEqual([
      [1, 2, '1', 1, 1, 1, 1 / 3, 1 / 3],
      [1, 2, '2 to 3', 2, 3, 1, 1 / 3, 2 / 3],
      [1, 2, '4 to 7', 4, 7, 1, 1 / 3, 1],
      [2, 3, '1', 1, 1, 1, 1 / 2, 1 / 2],
      [2, 3, '4 to 7', 4, 7, 1, 1 / 2, 1],
      [3, 4, '15 to 30', 15, 30, 1, 1, 1],
      [4, 5, '2 to 3', 2, 3, 1, 1, 1],
      [5, 6, '15 to 30', 15, 30, 1, 1, 1],
      [1, 6, '31 to 60', 31, 60, 1, 1, 1],
    ])
    expect(
      await world.column('velocity-distribution', { ...january, stage: 3, by: 'owner' }, 'option', 'span', 'journeys'),
    ).toEqual([
      ['Bea Ito', '1', 1],
      ['Jane Doe', '4 to 7', 1],
    ])
  })
})

describe('S46: who, how and from where', () => {
  beforeAll(() => world.told(factsOf('S46-cohort-and-period'), noon('2025-03-10')))

  test('[U7] owners at each stage', async () => {
    const keys = [
      'owner',
      'activations',
      'waiting',
      'routed',
      'accepted',
      'stage4',
      'stage6',
      'responseMedian',
      'acceptanceMedian',
      'created',
      'wonAmount',
    ]
    expect(await world.column('owners', january, ...keys)).toEqual([
      ['Bea Ito', 3, 1, 2, 1, 0, 0, 1.5, 1, 0, 0],
      ['Jane Doe', 1, 0, 1, 1, 0, 0, 6, 4, 0, 0],
      ['John Smith', 0, 0, 0, 0, 1, 1, null, null, 1_000_000, 1_000_000],
    ])
    expect((await world.column('owners', { ...february, view: 'period' }, ...keys)).at(0)).toEqual([
      'John Smith',
      1,
      0,
      1,
      1,
      2,
      1,
      0,
      0,
      1_500_000,
      1_000_000,
    ])
  })

  test('[U3] originals, reactivations and fallbacks', async () => {
    const keys = [
      'beginning',
      'activationType',
      'activations',
      'converted',
      'conversion',
      'won',
      'daysToOpportunity',
      'wonAmount',
      'pipeline',
    ]
    expect(await world.column('reactivations', { withoutFallbacks: false }, ...keys)).toEqual([
      ['original', null, 4, 1, 0.25, 1, 30, 1_000_000, 0],
      ['original', 'Original Activation', 4, 1, 0.25, 1, 30, 1_000_000, 0],
      ['fallback', null, 1, 1, 1, 0, 0, 0, 500_000],
      ['fallback', 'Opportunity Creation', 1, 1, 1, 0, 0, 0, 500_000],
    ])
  })

  test('[L12] [N1] where opportunities came from', async () => {
    const keys = ['way', 'opportunities', 'share', 'amount', 'openThen', 'won', 'pipeline']
    const { rows, notes } = await world.ask('opportunity-sources', both)
    expect(rows.map((row) => keys.map((key) => row[key]))).toEqual([
      ['original', 1, 0.5, 1_000_000, 1, 1, 0],
      ['fallback-lead-source', 1, 0.5, 500_000, 1, 0, 500_000],
    ])
    expect(notes).toEqual(['Of 2 opportunities 1 (50.0 %) came from nobody’s journey.'])
  })

  test('[U1] what people did', async () => {
    expect(
      await world.column('engagement-types', both, 'option', 'activations', 'influencing', 'converted', 'wonAmount'),
    ).toEqual([
      ['Booth Scan', 1, 0, 0, 0],
      ['Demo Request', 1, 0, 1, 1_000_000],
      ['Sales - Inside Sales', 1, 0, 0, 0],
      ['Whitepaper', 1, 0, 0, 0],
      ['Webinar', 0, 1, 0, 0],
    ])
  })

  test('engagements with any columns, activations alone or all', async () => {
    const report = await world.ask('engagements', {
      columns: ['day', 'medium', 'recordType', 'stage', 'opportunityState', 'owner', 'opportunityAmount'],
      sort: 'day',
      descending: false,
    })
    expect(report.columns.map(({ key }) => key)).toEqual([
      'day',
      'medium',
      'recordType',
      'stage',
      'opportunityState',
      'owner',
      'opportunityAmount',
    ])
    expect(report.rows.map((row) => Object.values(row))).toEqual([
      ['2025-01-02', 'paid-search', 'Activation', 6, 'won', 'Bea Ito', 1_000_000],
      ['2025-01-10', 'paid-search', 'Activation', 3, 'won', 'Jane Doe', 1_000_000],
      ['2025-01-11', 'event', 'Activation', 2, null, 'Bea Ito', null],
      ['2025-01-31', 'Sales - Inside Sales', 'Activation', 1, null, 'Bea Ito', null],
      ['2025-02-05', 'email', 'Influencing Engagement', 3, 'won', 'Jane Doe', 1_000_000],
      ['2025-02-10', 'Sales - Outside Sales', 'Activation', 4, 'open', 'John Smith', 500_000],
    ])
    const days = async (...where: string[]) =>
      (await world.column('engagements', { where, sort: 'day', descending: false }, 'day')).flat()
    expect(await days('record-type:Influencing Engagement')).toEqual(['2025-02-05'])
    expect(await days('opportunity-state:won', 'owner:Jane Doe')).toEqual(['2025-01-10', '2025-02-05'])
    expect(await days('activation-type:Opportunity Creation')).toEqual(['2025-02-10'])
    expect(await days('stage>=:3', 'opportunity-amount>=:1000000', 'month:2025-01')).toEqual([
      '2025-01-02',
      '2025-01-10',
    ])
    expect(await days('person-status:Disqualified')).toEqual(['2025-01-11'])
    await expect(world.ask('engagements', { columns: ['email'] })).rejects.toThrow(
      /has no column "email"\. It has: engagement, /,
    )
  })

  test('every column of engagements can be shown, sorted and filtered by', async () => {
    const { columns, filters } = REPORTS.find(({ name }) => name === 'engagements') as (typeof REPORTS)[number]
    const all = await world.ask('engagements', { columns: columns.map(({ key }) => key) })
    expect(all.rows).toHaveLength(6)
    for (const { key } of columns)
      expect((await world.ask('engagements', { sort: key, columns: ['engagement'] })).total).toBe(6)
    const value = { text: '(none)', choice: 'Activation', count: '1', money: '1', day: '2025-01-02' }
    for (const { field, type } of filters)
      expect((await world.ask('engagements', { where: [`${field}!:${value[type]}`] })).total).toBeLessThanOrEqual(6)
  })
})

test('[C1] S47: a Lead Source edited later changes no figure of any report', async () => {
  const facts = factsOf('S47-lead-source-edited')
  const edit = facts.find(({ kind }) => kind === 'fields-changed')
  expect(edit).toBeDefined()
  const asked = async (told: readonly Fact[]) => {
    await world.told(told, noon('2025-02-01'))
    const answers: Record<string, unknown> = {}
    for (const { name } of REPORTS) answers[name] = (await world.ask(name)).rows
    return answers
  }
  const edited = await asked(facts)
  expect(edited).toEqual(await asked(facts.filter((fact) => fact !== edit)))
  expect(await world.column('sources', {}, 'option', 'activations')).toEqual([['Sales - Inside Sales', 1]])
})
