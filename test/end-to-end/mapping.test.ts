import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fact } from '@throughline/core'
import { createEngine, InvalidRulesError } from '@throughline/engine'
import { openMart } from '@throughline/mart'
import { openStore } from '@throughline/store'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'throughline-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const START = Date.UTC(2025, 2, 3, 9)
const DAY = 86_400_000

function lead(number: number, medium: string): Fact {
  const at = START + number * DAY
  return {
    id: `lead-${number}`,
    kind: 'lead-created',
    occurredAt: at,
    recordedAt: at,
    lead: `L${number}`,
    by: 'MAP',
    owner: 'MAP',
    submission: { first: { medium }, engagementType: 'Demo Request' },
  }
}

const rules = (label: string, pattern: string) => ({
  mapping: [
    { target: 'medium', match: 'pattern', values: [pattern], output: label },
    { target: 'medium-category', match: 'exact', values: [label], output: 'Paid Media' },
    { target: 'department', match: 'exact', values: ['Paid Media'], output: 'Marketing' },
  ],
})

it('[Q1] [R1] [X4] rules that cannot be used change nothing; usable ones label and correct all of history', async () => {
  const store = await openStore({ file: join(folder, 'facts.sqlite') })
  const mart = await openMart({ file: join(folder, 'mart.duckdb') })
  const clock = () => START + 20 * DAY
  const engine = createEngine({ store, mart, clock, workers: 0, ruleText: () => undefined })
  const shown = async () => {
    const rows = await mart.read('live', (ask) =>
      ask(
        `select first_medium, j.medium, j.medium_category, j.department, corrected_by
         from engagements e join journeys j using (id) order by j.id`,
      ),
    )
    return rows.map((row) => Object.values(row))
  }
  try {
    await engine.useRules(rules('Paid Search', '^(ppc|cpc)$'))
    await engine.catchUp()
    await engine.receive([lead(1, 'PPC')])
    const before = [['PPC', 'Paid Search', 'Paid Media', 'Marketing', null]]
    expect(await shown()).toEqual(before)

    const refused = engine.useRules(rules('Search', '(ppc'))
    await expect(refused).rejects.toThrow(InvalidRulesError)
    await expect(refused).rejects.toMatchObject({
      issues: [{ path: 'mapping.0.values.0', problem: expect.stringContaining('is never closed; add ")"') }],
    })
    await engine.receive([lead(2, 'cpc'), lead(3, 'skywriting')])
    const after = [
      ...before,
      ['cpc', 'Paid Search', 'Paid Media', 'Marketing', null],
      ['skywriting', 'skywriting', 'Unmapped', 'Unmapped', null],
    ]
    expect(await shown()).toEqual(after)

    await engine.useRules(rules('Search (Paid)', '^(ppc|cpc)$'))
    await engine.catchUp()
    expect(await shown()).toEqual(
      after.map(([raw, label, ...rest]) => [raw, label === 'Paid Search' ? 'Search (Paid)' : label, ...rest]),
    )

    const correction = {
      id: 'typo',
      reason: 'upload typo',
      author: 'Ada',
      at: new Date(START + 10 * DAY).toISOString(),
      field: 'first-medium',
      from: ['skywriting'],
      to: 'CPC',
    }
    await engine.useRules({ ...rules('Paid Search', '^(ppc|cpc)$'), corrections: [correction] })
    await engine.catchUp()
    expect(await shown()).toEqual([...after.slice(0, 2), ['CPC', 'Paid Search', 'Paid Media', 'Marketing', 'typo']])
    await engine.useRules({ ...rules('Paid Search', '^(ppc|cpc)$'), corrections: [{ ...correction, revoked: true }] })
    await engine.catchUp()
    expect(await shown()).toEqual(after)
    expect((await engine.verify()).differences).toEqual([])
  } finally {
    await mart.close()
    await store.close()
  }
})
