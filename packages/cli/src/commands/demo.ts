import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { formatDay } from '@throughline/core'
import { clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { openHouse } from '../house.ts'
import type { Progress } from '../progress.ts'
import { DEMO_RULES } from './demo-rules.ts'
import { generateOrg } from './generate.ts'
import { importPath } from './import.ts'
import { listen, type ServeOptions } from './start.ts'

export type DemoOptions = ServeOptions & Readonly<{ people: number; seed: string }>

const DAY_MS = 86_400_000

/**
 * Serves a generated company whose history ends yesterday. Made once; a later start serves the same company,
 * and one whose history has grown more than a month old is made anew.
 */
export async function demo(
  config: Config,
  options: DemoOptions,
  progress: Progress,
  say: (line: string) => void,
): Promise<void> {
  const yesterday = Math.floor(clock() / DAY_MS) - 1
  const kept = join(config.data, 'demo')
  const name = `people-${options.people}-seed-${options.seed.replace(/[^\w-]/g, '_')}`
  const month = Math.floor(yesterday / 30)
  const data = join(kept, `${name}-${month}`)
  const at: Config = {
    ...config,
    data,
    mart: join(data, 'mart.duckdb'),
    imports: join(data, 'imports'),
    store: { file: join(data, 'throughline.sqlite') },
  }
  const org = join(data, 'export')
  if (!isWhole(join(org, 'manifest.json'))) {
    rmSync(data, { recursive: true, force: true })
    say(`Generating a company that knows ${options.people.toLocaleString('en')} people …`)
    await generateOrg({ out: org, people: options.people, seed: options.seed, until: formatDay(yesterday) }, progress)
  }
  const house = await openHouse(at)
  try {
    await house.engine.useRules(DEMO_RULES)
    if (!(await house.store.baseline()) || (await house.store.rebuildDue())) {
      say('Importing its CRM export …')
      const { facts } = await importPath(house, org, { dryRun: false }, progress)
      say(`Deriving journeys from ${facts.toLocaleString('en')} facts …`)
    }
    await house.engine.catchUp(({ step, done, of }) => progress.at(step, done, of))
    progress.done()
    await listen(house, options, say)
  } catch (error) {
    await house.close()
    throw error
  }
}

/** A generated folder is whole once its manifest says what was written. */
function isWhole(manifest: string): boolean {
  if (!existsSync(manifest)) return false
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { unfinished?: boolean }).unfinished !== true
}
