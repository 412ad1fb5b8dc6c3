import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateOrg } from '../../cli/src/commands/generate.ts'
import { importPath } from '../../cli/src/commands/import.ts'
import { openHouse } from '../../cli/src/house.ts'
import { progressOn } from '../../cli/src/progress.ts'
import { serverParts } from '../../cli/src/server-parts.ts'
import type { Parts } from '../../server/src/parts.ts'

/** A company that was generated, imported and derived as any other, to be served to a browser. */
export type GeneratedCompany = Readonly<{ parts: Parts; close(): Promise<void> }>

const QUIET = progressOn(process.stderr, () => 0, true)

/** Generates a company of that many people, always the same one, imports its export, and derives everything. */
export async function generatedCompany(people: number, rules: object = {}): Promise<GeneratedCompany> {
  const data = await mkdtemp(join(tmpdir(), 'throughline-company-'))
  await generateOrg({ out: join(data, 'export'), people, seed: 'pages', until: '2025-12-31' }, QUIET)
  const house = await openHouse({
    data,
    store: { file: join(data, 'throughline.sqlite') },
    mart: join(data, 'mart.duckdb'),
    imports: join(data, 'imports'),
    workers: 0,
  })
  const close = async () => {
    await house.close()
    await rm(data, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    const { useRules: decide } = house.engine
    await decide({
      organisation: {
        name: 'Generated',
        zone: 'UTC',
        currency: 'USD',
        rates: { EUR: '1.08', GBP: '1.27', JPY: '0.0067' },
      },
      ...rules,
    })
    await importPath(house, join(data, 'export'), { dryRun: false }, QUIET)
    await house.engine.catchUp()
    return { parts: serverParts(house, '0.1.0'), close }
  } catch (error) {
    await close()
    throw error
  }
}
