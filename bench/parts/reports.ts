import { copyFileSync, rmSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { REPORTS, runReport } from '@throughline/mart'
import type { House } from '../../packages/cli/src/house.ts'
import { reportContext } from '../../packages/cli/src/server-parts.ts'
import { HAND_WRITTEN } from './hand-written.ts'
import { chosen, inHouse, millisecondsOf, type Place, sequence, taking } from './measured.ts'

/** Times of one question asked again and again, in milliseconds; by hand too, where it was written by hand. */
export type MeasuredReport = Readonly<{
  name: string
  asked: string
  times: number[]
  /** Processor milliseconds each time. */
  cpu: number[]
  byHand?: number[]
}>

/** What is asked: every report as it comes, and those that can be split or bounded so too. */
const QUESTIONS: readonly Readonly<{ name: string; parameters: Readonly<Record<string, string>> }>[] = [
  ...REPORTS.map(({ name }) => ({ name, parameters: {} })),
  { name: 'funnel', parameters: { by: 'source' } },
  { name: 'funnel', parameters: { view: 'period', from: '2026-01-01', to: '2026-03-31' } },
  { name: 'sources', parameters: { by: 'campaign' } },
  { name: 'sources', parameters: { by: 'owner' } },
  { name: 'overview', parameters: { from: '2026-04-01', to: '2026-06-30' } },
]

/** Asks every report of the live world; funnel and sources in turn with the same question written by hand. */
export async function measureReports({ asks, ...place }: Place & Readonly<{ asks: number }>) {
  const copy = `${place.data}/by-hand.duckdb`
  // Closing folds the write-ahead log into the file, so that the copy is whole.
  await inHouse(place, async (house) => house.mart.checkpoint())
  copyFileSync(`${place.data}/mart.duckdb`, copy)
  const plain = await DuckDBInstance.create(copy, { threads: '2' })
  const connection = await plain.connect()
  try {
    return await inHouse(place, async (house) => {
      const reports: MeasuredReport[] = []
      for (const { name, parameters } of QUESTIONS)
        reports.push(await measure(house, connection, name, parameters, asks))
      const [size] = await house.mart.read('live', (ask) => ask('select count(*) as engagements from engagements'))
      return { engagements: size?.engagements as number, reports }
    })
  } finally {
    connection.closeSync()
    plain.closeSync()
    rmSync(copy, { force: true })
  }
}

async function measure(
  house: House,
  connection: DuckDBConnection,
  name: string,
  parameters: Readonly<Record<string, string>>,
  asks: number,
): Promise<MeasuredReport> {
  const context = await reportContext(house)
  const run = () => runReport(house.mart, context, name, parameters)
  const byHand = Object.keys(parameters).length === 0 ? HAND_WRITTEN[name] : undefined
  const schema = await house.mart.read('live', (ask) => ask('select current_schema() as name'))
  await connection.run(`set schema = '${schema[0]?.name}'`)
  const report = await run()
  if (byHand) {
    const same = await byHand(connection)
    const told = JSON.stringify(report?.rows.map((row) => byHand.figures.map((figure) => row[figure])))
    if (JSON.stringify(same) !== told) throw new Error(`${name}: by hand ${JSON.stringify(same)}, reported ${told}`)
  }
  const times: number[] = []
  const cpus: number[] = []
  const handTimes: number[] = []
  for (let i = 0; i < asks; i++) {
    const { seconds, cpu } = await taking(run)
    times.push(seconds * 1000)
    cpus.push(cpu * 1000)
    if (byHand) handTimes.push(await millisecondsOf(() => byHand(connection)))
  }
  const asked = Object.entries(parameters)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')
  return { name, asked, times, cpu: cpus, ...(byHand && { byHand: handTimes }) }
}

/**
 * Explains records chosen at random: engagements, stages reached and not, open ends, opportunities, people, what their
 * next interaction would become, and interactions that made no engagement.
 */
export async function measureExplain({ asks, ...place }: Place & Readonly<{ asks: number }>) {
  return inHouse(place, async (house) => {
    const ids = async (sql: string) =>
      (await house.mart.read('live', (ask) => ask(`${sql} order by 1`))).map((row) => row.id as string)
    const random = sequence(5)
    const records = [
      ...chosen(await ids('select id from engagements'), asks, random),
      ...chosen(await ids(`select id || '#stage-2' as id from journeys where stage2_at is not null`), asks, random),
      ...chosen(await ids(`select 'opportunity:' || id as id from opportunities`), asks, random),
      ...chosen(await ids('select id from people'), asks, random),
      ...chosen(await ids(`select id || '#next' as id from people`), asks, random),
      ...chosen(await ids(`select id || '#stage-3' as id from journeys where stage3_at is null`), asks, random),
      ...chosen(await ids(`select id || '#completion' as id from journeys where completed_at is null`), asks, random),
      ...chosen(await ids('select id from interactions where engagement is null'), asks, random),
    ]
    const times: number[] = []
    const { cpu } = await taking(async () => {
      for (const record of records) {
        times.push(
          await millisecondsOf(async () => {
            if (!(await house.engine.explain(record))) throw new Error(`${record} cannot be explained`)
          }),
        )
      }
    })
    return { times, cpuEach: (cpu / records.length) * 1000 }
  })
}
