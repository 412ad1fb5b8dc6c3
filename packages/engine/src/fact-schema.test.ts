import { resolve } from 'node:path'
import type { Fact } from '@throughline/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FACT_KINDS, factJsonSchema, factSchema } from './fact-schema.ts'

const leadCreated: Fact = {
  kind: 'lead-created',
  id: 'salesforce/Lead/00Q1/created',
  occurredAt: 1_700_000_000_000,
  recordedAt: 1_700_000_000_000,
  lead: '00Q1',
  by: '005A',
  owner: '00GQ',
  status: 'Open',
  email: `email:${'0a'.repeat(16)}`,
  submission: { first: { medium: 'paid-search' }, engagementType: 'Demo Request' },
  fields: { region: 'EMEA', employees: 12, target: true, partner: null },
}

it('takes a fact as it is, changing nothing', () => {
  expect(factSchema.parse(leadCreated)).toEqual(leadCreated)
  const odd = { ...leadCreated, leadSource: '🔥 \u0002 \n "x", ünï' }
  expect(factSchema.parse(odd)).toEqual(odd)
})

it.each([
  ['an unknown kind', { ...leadCreated, kind: 'lead-made' }, ['kind']],
  ['an unknown field', { ...leadCreated, ownr: '005A' }, []],
  ['a blank tag', { ...leadCreated, submission: { last: { medium: '' } } }, ['submission', 'last', 'medium']],
  ['an address in clear', { ...leadCreated, email: 'email:sarah@example.com' }, ['email']],
  ['a date as text', { ...leadCreated, occurredAt: '2024-01-05' }, ['occurredAt']],
  ['a broken millisecond', { ...leadCreated, recordedAt: 0.5 }, ['recordedAt']],
  ['a NUL character', { ...leadCreated, leadSource: 'Web\0' }, ['leadSource']],
  [
    'half a character',
    { ...leadCreated, submission: { last: { medium: '\ud83d' } } },
    ['submission', 'last', 'medium'],
  ],
  ['half a character in a name', { ...leadCreated, fields: { '\udd25': 1 } }, ['fields']],
  ['a null where nothing was given', { ...leadCreated, score: null }, ['score']],
])('refuses %s, and names the place', (_what, fact, path) => {
  const result = factSchema.safeParse(fact)
  expect(result.error?.issues.map((issue) => issue.path)).toContainEqual(path)
})

it.each([
  ['2023-02-30', false],
  ['2024-02-29', true],
])('knows whether %s is a day: %s', (closeDate, valid) => {
  const base = { id: 'x', occurredAt: 0, recordedAt: 0, opportunity: '006', won: true }
  expect(factSchema.safeParse({ kind: 'opportunity-closed', ...base, closeDate }).success).toBe(valid)
})

it('never throws, whatever it is handed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...FACT_KINDS), (value, kind) => {
      const handed = typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, kind } : value
      expect(typeof factSchema.safeParse(handed).success).toBe('boolean')
    }),
    { numRuns: 200 },
  )
})

it('documents every kind of fact', () => {
  const { oneOf } = factJsonSchema() as { oneOf: { properties: { kind: { const: string } }; description: string }[] }
  expect(oneOf.map((variant) => variant.properties.kind.const)).toEqual(FACT_KINDS)
  for (const variant of oneOf) expect(variant.description).toMatch(/\.$/)
})

it('is published as it is (node scripts/schemas.mjs writes it)', async () => {
  const published = resolve(import.meta.dirname, '../../../schemas/fact.schema.json')
  await expect(`${JSON.stringify(factJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(published)
})
