import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, throughline, throughlineJson } from './command-line.ts'

const shared = process.env.THROUGHLINE_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const olist = join(shared, 'olist')
const missing = existsSync(olist) ? '' : ` (skipped: the Olist data set is not at ${olist})`
const mapping = fileURLToPath(new URL('../../examples/olist/mapping.yaml', import.meta.url))

type Report = { rows: { option: string; activations: number; stage: number; journeys: number; won: number }[] }

describe(`Olist's marketing funnel${missing}`, () => {
  it.skipIf(missing)('imports with a mapping of under 40 lines, and its counts are those of the files', () => {
    expect(readFileSync(mapping, 'utf8').trimEnd().split('\n').length).toBeLessThan(40)
    const data = ['--data', join(temporaryFolder(), 'data')]
    const imported = throughline('import', olist, '--mapping', mapping, ...data)
    expect(imported.status, imported.err).toBe(0)

    const leads = readFileSync(join(olist, 'olist_marketing_qualified_leads_dataset.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    const byOrigin = new Map<string, number>()
    for (const line of leads) {
      const origin = (line.split(',')[3] as string).trim()
      byOrigin.set(origin, (byOrigin.get(origin) ?? 0) + 1)
    }
    const deals = readFileSync(join(olist, 'olist_closed_deals_dataset.csv'), 'utf8').trim().split('\n').length - 1

    const sources = throughlineJson<Report>('report', 'sources', ...data).rows
    for (const [origin, count] of byOrigin)
      if (origin !== '') expect(sources.find(({ option }) => option === origin)?.activations, origin).toBe(count)
    // Leads without an origin are named for what they are, after whoever made them. [C2]
    const nameless = sources.filter(({ option }) => option.startsWith('Lead Created without UTMs'))
    expect(nameless.reduce((sum, { activations }) => sum + activations, 0)).toBe(byOrigin.get(''))

    const funnel = throughlineJson<Report>('report', 'funnel', '--view', 'period', ...data).rows
    expect(funnel.find(({ stage }) => stage === 6)?.journeys).toBe(deals)
    expect(sources.reduce((sum, { won }) => sum + won, 0)).toBe(deals)
  })
})
