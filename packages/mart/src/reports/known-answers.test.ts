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

  test('[U2] why cohort and period differ: each cause, adding up', async () => {
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
