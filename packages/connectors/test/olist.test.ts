import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact } from '@throughline/core'
import { factSchema } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { openSource, readMappedCsv, readMapping } from '../src/index.ts'

const root = join(import.meta.dirname, '../../..')
const data = join(process.env.THROUGHLINE_SHARED_DATA ?? join(root, '../shared/data'), 'olist')
const missing = !existsSync(data)
if (missing)
  console.warn(`Olist tests skipped: no folder ${data}. Set THROUGHLINE_SHARED_DATA to the folder that holds olist/.`)

const mappingText = readFileSync(join(root, 'examples/olist/mapping.yaml'), 'utf8')

describe('the Olist mapping', () => {
  it('is under 40 lines', () => {
    expect(mappingText.trimEnd().split('\n').length).toBeLessThan(40)
    expect(readMapping(mappingText).source).toBe('olist')
  })

  // The data set is not ours to copy: it lies beside the repository, or where THROUGHLINE_SHARED_DATA says.
  it.skipIf(missing)('gives every lead by origin and every won deal of the CSVs', async () => {
    const source = await openSource(data)
    const facts: Fact[] = []
    for await (const batch of readMappedCsv(source, readMapping(mappingText), { pseudonymKey: new Uint8Array(32) })) {
      expect(batch.rejects).toEqual([])
      facts.push(...batch.facts)
    }
    await source.close()
    for (let i = 0; i < facts.length; i += 40) factSchema.parse(facts[i])
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(facts.length)

    const csvLines = readFileSync(join(data, 'olist_marketing_qualified_leads_dataset.csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
    const origins = new Map<string, number>()
    for (const line of csvLines) {
      const origin = line.split(',')[3]?.trim() ?? ''
      origins.set(origin, (origins.get(origin) ?? 0) + 1)
    }
    const media = new Map<string, number>()
    let dayOnly = 0
    for (const fact of facts) {
      if (fact.kind !== 'lead-created') continue
      const medium = fact.submission?.first?.medium ?? ''
      media.set(medium, (media.get(medium) ?? 0) + 1)
      if (fact.inferred === 'day-only') dayOnly++
    }
    expect(media).toEqual(origins)
    expect(dayOnly).toBe(8000)

    const count = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind).length
    expect(count('lead-created')).toBe(8000)
    expect(count('lead-converted')).toBe(842)
    expect(count('opportunity-created')).toBe(842)
    expect(facts.filter((fact) => fact.kind === 'opportunity-closed' && fact.won && !fact.inferred)).toHaveLength(842)
    // What the file does not say is marked, never invented: when the deal was made, and any amount.
    expect(
      facts.filter((fact) => fact.kind === 'opportunity-created' && fact.inferred === 'last-modified'),
    ).toHaveLength(842)
    expect(facts.some((fact) => 'amount' in fact)).toBe(false)
    const deal = facts.find((fact) => fact.id === 'olist/deal/5420aad7fec3549a85876ba1c529bd84/closed')
    expect(deal?.occurredAt).toBe(Date.parse('2018-02-26T19:58:54-03:00'))
  })
})
