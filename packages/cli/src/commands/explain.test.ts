import type { Explanation } from '@throughline/engine'
import { expect, it } from 'vitest'
import { linesOf } from './explain.ts'

const at = Date.UTC(2026, 2, 4, 9)

const explanation: Explanation = {
  record: 'eng:salesforce/Lead/00Q1/created#stage-3',
  so: false,
  statement: 'Stage 3 is not reached: no change made its criteria hold while the journey was open.',
  because: null,
  rule: { id: 'G2', text: 'Stage 2 or 3 of an open journey is reached when …' },
  facts: [
    {
      fact: {
        id: 'salesforce/Lead/00Q1/created',
        kind: 'lead-created',
        lead: '00Q1',
        by: 'bea',
        owner: 'bea',
        occurredAt: at,
        recordedAt: at,
        inferred: 'day-only',
      },
      role: 'set it off',
      source: 'Salesforce Lead 00Q1 created',
    },
  ],
  alternatives: [{ statement: 'Stage 2 keeps its first date.', rule: 'G3', lostBecause: 'The first one counts.' }],
  ranking: {
    strategy: 'began-the-process',
    candidates: [{ record: 'eng:one', label: 'Contact 0031', place: 1, reasons: ['the engagement is of 2026-03-02'] }],
  },
  flips: [{ change: 'Had lead 00Q1 been set to the status "Working"', fact: null, result: 'stage 3 would be reached' }],
  sufficient: ['salesforce/Lead/00Q1/created'],
  related: [{ record: 'eng:one', label: 'The journey before' }],
}

it('prints all of an explanation, each part under its heading', () => {
  expect(linesOf(explanation).join('\n')).toBe(`eng:salesforce/Lead/00Q1/created#stage-3
  No. Stage 3 is not reached: no change made its criteria hold while the journey was open.
  Rule G2: Stage 2 or 3 of an open journey is reached when …
  Facts (* are enough to give it again):
    * 2026-03-04 09:00 Salesforce Lead 00Q1 created (set it off, inferred: day-only) salesforce/Lead/00Q1/created
  Ranked by began-the-process:
    1. Contact 0031 (eng:one)
       - the engagement is of 2026-03-02
  What else could have been:
    Stage 2 keeps its first date. [G3]
      but: The first one counts.
  What would have made it otherwise:
    Had lead 00Q1 been set to the status "Working", stage 3 would be reached.
  See also:
    The journey before: eng:one`)
})

it('leaves out what there is none of', () => {
  const bare = { ...explanation, so: true, facts: [], alternatives: [], ranking: null, flips: [], related: [] }
  expect(linesOf(bare)).toHaveLength(3)
})
