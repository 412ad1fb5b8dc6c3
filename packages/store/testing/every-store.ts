import { describe } from 'vitest'
import { baselineTests } from './every-store/baselines.ts'
import { houseTests } from './every-store/house.ts'
import { logTests } from './every-store/log.ts'
import { mergeTests } from './every-store/merges.ts'
import { migrationTests } from './every-store/migrations.ts'
import { workTests } from './every-store/work.ts'
import { writerTests } from './every-store/writers.ts'
import type { Fresh, FreshPlace } from './places.ts'

/** What every store must do alike. */
export function everyStore(title: string, fresh: () => Promise<Fresh>): void {
  describe(title, () => {
    logTests(fresh)
    workTests(fresh)
    mergeTests(fresh)
    baselineTests(fresh)
    houseTests(fresh)
    writerTests(fresh)
  })
}

/** What every store in a database must do alike. */
export function everyDatabase(title: string, fresh: () => Promise<FreshPlace>): void {
  everyStore(title, fresh)
  describe(title, () => migrationTests(fresh))
}
