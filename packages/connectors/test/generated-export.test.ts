import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fact } from '@throughline/core'
import { factSchema } from '@throughline/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSource, readSalesforceExport, writeOrg } from '../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-generated-'))
beforeAll(async () => {
  await writeOrg(folder, { people: 400, seed: 'connectors', until: '2026-06-30' })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function factsOf(path: string): Promise<Map<string, Fact>> {
  const source = await openSource(path)
  const facts = new Map<string, Fact>()
  for await (const batch of readSalesforceExport(source, { pseudonymKey: new Uint8Array(32) })) {
    expect(batch.rejects).toEqual([])
    for (const fact of batch.facts) {
      expect(facts.has(fact.id)).toBe(false)
      facts.set(fact.id, fact)
    }
  }
  return facts
}

describe('a generated company', () => {
  it('is read without rejects into facts of every kind an export can give', async () => {
    const facts = await factsOf(folder)
    for (const fact of facts.values()) factSchema.parse(fact)
    const kinds = new Set([...facts.values()].map((fact) => fact.kind))
    for (const kind of [
      'lead-created',
      'contact-created',
      'lead-converted',
      'records-merged',
      'status-changed',
      'owner-changed',
      'opportunity-created',
      'opportunity-changed',
      'contact-role-added',
      'campaign-member-set',
      'task-recorded',
      'interaction-recorded',
      'user-recorded',
    ])
      expect(kinds).toContain(kind)
  })

  it('gives the same facts with the rows of every file shuffled', async () => {
    const shuffled = mkdtempSync(join(tmpdir(), 'throughline-shuffled-'))
    try {
      for (const name of readdirSync(folder).filter((file) => file.endsWith('.csv'))) {
        const [header, ...rows] = readFileSync(join(folder, name), 'utf8').trimEnd().split(/\r?\n/)
        // A stride that visits every row once, far from its neighbours.
        const stride = [7919, 104_729, 1].find((prime) => rows.length % prime !== 0) ?? 1
        const order = rows.map((_, i) => rows[(i * stride) % rows.length])
        expect(new Set(order).size).toBe(new Set(rows).size)
        writeFileSync(join(shuffled, name), `${[header, ...order].join('\n')}\n`)
      }
      expect(await factsOf(shuffled)).toEqual(await factsOf(folder))
    } finally {
      rmSync(shuffled, { recursive: true, force: true })
    }
  })
})
