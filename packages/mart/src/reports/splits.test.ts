import type { Dimension, Report, ReportParameters, ReportRow } from '@throughline/engine'
import { DIMENSIONS } from '@throughline/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { derivationOf, type JourneyGiven, type OpportunityGiven } from '../../testing/derivations.ts'
import { openReportWorld, type ReportWorld, userGiven } from '../../testing/report-world.ts'

const MEDIA = ['paid-search', 'event', "e'mail", undefined]
const SOURCES = ['google', 'bing', undefined]
const TYPES = ['Original Activation', 'Reactivated Lead', 'Reactivated Contact', 'Opportunity Creation'] as const
const OUTCOMES = ['Won Opportunity', 'Lead Dormancy', 'Disqualified Lead']

let world: ReportWorld

beforeAll(async () => {
  world = await openReportWorld([
    userGiven('u1', 'Bea Ito'),
    userGiven('u2', 'Ann Lee'),
    userGiven('q', 'Inbound', true),
  ])
  await world.given(company(400, 7))
})

afterAll(() => world.close())

/** A company of journeys and opportunities in every combination, dates that run backwards included. */
function company(size: number, seed: number) {
  let state = seed
  const below = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * limit)
  }
  const pick = <T>(from: readonly T[]) => from[below(from.length)] as T
  const dayAfter = (day: number) => new Date(Date.UTC(2024, 10, 1) + day * 86_400_000).toISOString().slice(0, 10)
  const journeys: JourneyGiven[] = []
  const opportunities: OpportunityGiven[] = []
  for (let i = 0; i < size; i++) {
    const began = below(200)
    const reached = below(7)
    const days = Array.from(
      { length: Math.max(1, reached) },
      (_, stage) => began + (stage === 0 ? 0 : stage * below(30) - 3),
    )
    const medium = pick(MEDIA)
    const source = pick(SOURCES)
    const ended = below(2) === 0
    const stages = days.map(dayAfter) as [string, ...string[]]
    journeys.push({
      id: `J${i}`,
      stages,
      type: pick(TYPES),
      owner: pick(['u1', 'u2', 'q']),
      ...(medium && { medium }),
      ...(source && { source }),
      ...(ended && { ended: [dayAfter(began + 40), pick(OUTCOMES)] as const }),
      ...(reached > 3 && { opportunity: [`O${i}`, 'Attribution Activation'] as const }),
      influencedBy: Array.from(
        { length: below(3) },
        () => [dayAfter(began + below(40)), pick(['event', 'web'])] as const,
      ),
    })
    if (reached > 3)
      opportunities.push({
        id: `O${i}`,
        stages: stages.slice(3) as [string, ...string[]],
        activation: `J${i}`,
        amount: below(5) === 0 ? null : below(1_000_000_000),
        won: reached > 5,
        owner: pick(['u1', 'u2']),
      })
    // Some opportunities are credited to a journey that shows another one, some to none.
    if (i % 11 === 0)
      opportunities.push({
        id: `X${i}`,
        stages: [dayAfter(began + 5), dayAfter(began + 20)],
        amount: below(1_000_000),
        ...(i % 2 === 0 && { activation: `J${i}` }),
      })
  }
  return derivationOf({ journeys, opportunities })
}

const day = fc
  .integer({ min: 0, max: 260 })
  .map((n) => new Date(Date.UTC(2024, 9, 20) + n * 86_400_000).toISOString().slice(0, 10))
const where = fc.constantFrom(
  [],
  ['medium:event'],
  ['medium:paid-search', "medium:e'mail"],
  ['owner!:Bea Ito'],
  ['activation-type:Original Activation', 'source!:(none)'],
  ['source~:G'],
  ['month:2025-01', 'month:2025-02'],
)

/** Any question that a report with these parameters can be asked, without a split. */
const asked = (views: readonly ('cohort' | 'period')[]) =>
  fc
    .record({
      period: fc.option(fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }))),
      where,
      withoutFallbacks: fc.option(fc.boolean()),
      view: fc.constantFrom(...views),
    })
    .map(({ period, withoutFallbacks, view, where: conditions }) => ({
      ...period,
      ...(withoutFallbacks !== null && { withoutFallbacks }),
      ...(view === 'period' && { view }),
      ...(conditions.length > 0 && { where: conditions }),
    }))

const isSum = (key: string, type: string) =>
  (type === 'count' || type === 'money') && !['fromStage', 'stage', 'level', 'groups'].includes(key)

/** Everything that can be added up in a report's rows, by what the other columns say. */
function sums({ columns, rows }: Report, by: (row: ReportRow) => string): Record<string, string> {
  const found: Record<string, bigint> = {}
  for (const row of rows)
    for (const { key, type } of columns) {
      if (!isSum(key, type) || row[key] === null || row[key] === undefined) continue
      const name = `${by(row)} ${key}`
      found[name] = (found[name] ?? 0n) + BigInt(row[key] as number | string)
    }
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, sum]) => sum !== 0n)
      .map(([name, sum]) => [name, String(sum)]),
  )
}

/** Reports that can be split, with what tells their rows apart beside the option. */
const SPLIT: Readonly<Record<string, (row: ReportRow) => string>> = {
  funnel: (row) => String(row.stage),
  velocity: (row) => `${row.fromStage}-${row.stage}`,
  'velocity-distribution': (row) => `${row.fromStage}-${row.stage} ${row.span}`,
  outcomes: (row) => `${row.state} ${row.outcome}`,
  reactivations: (row) => `${row.beginning} ${row.activationType}`,
  'opportunity-sources': (row) => String(row.way),
}

const RUNS = 8

test.each(Object.keys(SPLIT))('[U8] every split of %s adds up to the whole', async (name) => {
  const takes = (parameter: string) =>
    ['funnel', 'velocity', 'velocity-distribution'].includes(name) && parameter === 'view'
  await fc.assert(
    fc.asyncProperty(
      asked(takes('view') ? ['cohort', 'period'] : ['cohort']),
      fc.constantFrom(...DIMENSIONS),
      async (parameters, by) => {
        const { withoutFallbacks, ...rest } = parameters
        const question: ReportParameters = name === 'opportunity-sources' ? rest : parameters
        const whole = await world.ask(name, question)
        const split = await world.ask(name, { ...question, by })
        const of = SPLIT[name] as (row: ReportRow) => string
        expect(sums(split, of)).toEqual(sums(whole, of))
        // And one option alone gives the rows that the split has for it.
        const option = split.rows[0]?.option ?? split.rows[0]?.split
        if (typeof option !== 'string') return
        const alone = await world.ask(name, { ...question, by, option })
        expect(alone.rows).toEqual(split.rows.filter((row) => (row.option ?? row.split) === option))
      },
    ),
    { numRuns: RUNS, seed: 3 },
  )
})

test('[U1] [U8] sources add up to the same, by whatever they are split, level by level', async () => {
  const whole = () => ''
  await fc.assert(
    fc.asyncProperty(asked(['cohort', 'period']), fc.constantFrom(...DIMENSIONS), async (parameters, by: Dimension) => {
      const tree = await world.ask('source-hierarchy', { ...parameters, levels: 5, limit: 100_000 })
      const at = (level: number) => sums({ ...tree, rows: tree.rows.filter((row) => row.level === level) }, whole)
      for (const level of [1, 2, 3, 4, 5]) expect(at(level)).toEqual(at(0))
      expect(sums(await world.ask('sources', { ...parameters, by }), whole)).toEqual(at(0))
      expect(sums(await world.ask('engagement-types', parameters), whole)).toEqual(at(0))
    }),
    { numRuns: RUNS, seed: 4 },
  )
})

test('[U2] [U8] [U9] cohorts, owners and the difference of the views add up to the funnel', async () => {
  await fc.assert(
    fc.asyncProperty(asked(['cohort']), async (parameters) => {
      const column = (report: Report, key: string) => report.rows.map((row) => Number(row[key] ?? 0))
      const total = (report: Report, key: string) => column(report, key).reduce((sum, one) => sum + one, 0)
      const cohort = await world.ask('funnel', parameters)
      const period = await world.ask('funnel', { ...parameters, view: 'period' })

      const months = await world.ask('cohorts', parameters)
      expect([1, 2, 3, 4, 5, 6].map((stage) => total(months, `stage${stage}`))).toEqual(column(cohort, 'journeys'))
      expect(total(months, 'wonAmount')).toBe(Number(cohort.rows[5]?.amount ?? 0))

      // An owner is one stage's own: conditions on it hold for the stage, not for the beginning.
      if (!parameters.where?.some((one) => one.startsWith('owner'))) {
        const keys = ['activations', 'routed', 'accepted', 'stage4', 'stage5', 'stage6']
        for (const funnel of [cohort, period]) {
          const owners = await world.ask('owners', {
            ...parameters,
            ...(funnel === period && { view: 'period' as const }),
          })
          expect(keys.map((key) => total(owners, key))).toEqual(column(funnel, 'journeys'))
          expect(total(owners, 'wonAmount')).toBe(Number(funnel.rows[5]?.amount ?? 0))
        }
      }

      const difference = await world.ask('funnel-difference', parameters)
      for (const stage of [1, 2, 3, 4, 5, 6]) {
        const causes = difference.rows.filter((row) => row.stage === stage)
        const counted = [cohort.rows[stage - 1]?.journeys, period.rows[stage - 1]?.journeys]
        expect(causes.map((row) => [row.cohort, row.period])).toEqual(causes.map(() => counted))
        expect(causes.reduce((sum, row) => sum + Number(row.effect), 0)).toBe(Number(counted[1]) - Number(counted[0]))
      }
    }),
    { numRuns: RUNS, seed: 5 },
  )
})

test('[U2] the opportunities behind a figure of the funnel are as many as it says, in either view', async () => {
  await fc.assert(
    fc.asyncProperty(asked(['cohort', 'period']), fc.constantFrom(...DIMENSIONS), async (parameters, by) => {
      const funnel = await world.ask('funnel', { ...parameters, by })
      for (const row of funnel.rows.filter((one) => Number(one.stage) > 3).slice(0, 6)) {
        const drill = {
          view: 'cohort' as const,
          ...parameters,
          by,
          option: row.option as string,
          stage: row.stage as number,
          limit: 1,
        }
        // What the cohort leaves out by default, the list is told to leave out.
        const list = await world.ask('opportunities', { withoutFallbacks: drill.view === 'cohort', ...drill })
        expect([row.option, row.stage, list.total]).toEqual([row.option, row.stage, Number(row.opportunities)])
      }
    }),
    { numRuns: RUNS, seed: 6 },
  )
})

test('[U2] the journeys behind a figure of the funnel are as many as it says, in either view', async () => {
  await fc.assert(
    fc.asyncProperty(asked(['cohort', 'period']), fc.constantFrom(...DIMENSIONS), async (parameters, by) => {
      const funnel = await world.ask('funnel', { ...parameters, by })
      const ofJourneys = funnel.rows.filter((one) => parameters.view !== 'period' || Number(one.stage) < 4)
      for (const row of ofJourneys.slice(0, 12)) {
        const list = await world.ask('journeys', {
          view: 'cohort',
          ...parameters,
          by,
          option: row.option as string,
          stage: row.stage as number,
          limit: 1,
        })
        expect([row.option, row.stage, list.total]).toEqual([row.option, row.stage, Number(row.journeys)])
      }
    }),
    { numRuns: RUNS, seed: 8 },
  )
})
