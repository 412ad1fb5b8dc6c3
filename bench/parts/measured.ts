import { resourceUsage } from 'node:process'
import { type House, openHouse } from '../../packages/cli/src/house.ts'

/** What a piece of work took: wall seconds, processor seconds of all threads of this process, and its largest memory so far. */
export type Taken = Readonly<{ seconds: number; cpu: number; peakMb: number }>

/** Does the work and measures it. */
export async function taking<T>(work: () => Promise<T>): Promise<Taken & Readonly<{ result: T }>> {
  const began = performance.now()
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - began) / 1000
  return { seconds, cpu: (user + system) / 1e6, peakMb: resourceUsage().maxRSS / 1024, result }
}

/** Milliseconds the work took. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Where a measured house keeps its things: a folder, and a PostgreSQL URL in place of the SQLite file if given. */
export type Place = Readonly<{ data: string; url?: string; workers?: number }>

/** Does something with the house of a data folder, as a command would. */
export async function inHouse<T>({ data, url, workers = 0 }: Place, work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse({
    data,
    store: url === undefined ? { file: `${data}/throughline.sqlite` } : { url },
    mart: `${data}/mart.duckdb`,
    imports: `${data}/imports`,
    workers,
  })
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}

/** Progress that nobody watches. */
export const SILENT = { at() {}, say() {}, done() {} }

/** Pseudo-random numbers from 0 to 1, the same in every run (Park and Miller). */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** `count` of the values, chosen at random, with repetition. */
export function chosen<T>(values: readonly T[], count: number, random: () => number): T[] {
  return Array.from({ length: count }, () => values[Math.floor(random() * values.length)] as T)
}
