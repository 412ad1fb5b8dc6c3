import { rmSync } from 'node:fs'
import { inHouse, type Place, type Taken, taking } from './measured.ts'

export type MeasuredRebuild = Taken & Readonly<{ facts: number; clusters: number; records: number }>

/**
 * Derives everything from the store's facts. `fresh` without a mart file, as after an import: the facts are
 * copied first. Otherwise with the copy of the log in place, as after a change of rules.
 */
export async function measureRebuild({
  fresh,
  ...place
}: Place & Readonly<{ fresh: boolean }>): Promise<MeasuredRebuild> {
  if (fresh) for (const end of ['', '.wal']) rmSync(`${place.data}/mart.duckdb${end}`, { force: true })
  return inHouse(place, async (house) => {
    const { result, ...taken } = await taking(() => house.engine.rebuild())
    return { ...taken, facts: result.facts, clusters: result.clusters, records: result.records }
  })
}
