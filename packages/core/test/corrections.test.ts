import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CORRECTED_FIELDS,
  type Correction,
  type Derivation,
  derive,
  directoryOf,
  type MappingRule,
  previewCorrection,
  type Rules,
  reportingOf,
} from '../src/index.ts'
import { crampedHistory, DIRECTORY, FIRST_DAY, rulesOf } from '../testing/histories.ts'

const DAY = 86_400_000
const text = fc.constantFrom('email', 'paid', 'google', 'q1', 'Webinar', 'Demo Request', 'Marketing - Website', 'new')
const corrections = fc
  .array(
    fc.record({
      field: fc.constantFrom(...CORRECTED_FIELDS),
      from: fc.uniqueArray(text, { minLength: 3, maxLength: 6 }),
      to: fc.option(text),
      at: fc.nat(30).map((days) => FIRST_DAY + days * DAY),
      revoked: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.map((one, i): Correction => ({ ...one, id: `c${i}`, reason: 'wrong', author: 'Ada' })))

const MAPPING: readonly MappingRule[] = [
  { target: 'medium', match: 'exact', values: ['EMAIL', 'new'], output: 'Email' },
  { target: 'department', match: 'starts-with', values: ['e', 'marketing'], output: 'Marketing' },
]

/** The derivation without what corrections may change. */
function apartFromValues({ engagements, ...others }: Derivation) {
  return {
    ...others,
    engagements: engagements.map(
      ({
        first: _first,
        last: _last,
        engagementType: _type,
        corrected: _by,
        reporting: _shown,
        mediumInput: _input,
        ...rest
      }) => rest,
    ),
  }
}

describe('corrections', () => {
  test('[R1] change raw values and what reports make of them, and nothing else', () => {
    fc.assert(
      fc.property(crampedHistory, corrections, (history, made) => {
        const rules: Rules = { ...rulesOf(history.settings), mapping: MAPPING }
        const directory = directoryOf(DIRECTORY, history.asOf)
        const fold = (corrections: readonly Correction[]) =>
          derive(history.facts, directory, { ...rules, corrections }, history.asOf)
        const before = fold([])
        const after = fold(made)
        expect(apartFromValues(after)).toEqual(apartFromValues(before))
        for (const [i, one] of after.engagements.entries()) {
          const { first, last, engagementType } = before.engagements[i] ?? one
          if (one.corrected) expect(one.corrected).toMatchObject({ first, last, engagementType })
          else expect([one.first, one.last, one.engagementType]).toEqual([first, last, engagementType])
          expect(one.reporting).toEqual(reportingOf(one, rules))
        }
        expect(fold(made.map((one) => ({ ...one, revoked: true })))).toEqual(before)
      }),
      { numRuns: 150 },
    )
  })

  test('[R4] are told beforehand as they then come out', () => {
    let told = 0
    fc.assert(
      fc.property(crampedHistory, corrections, (history, made) => {
        const rules: Rules = { ...rulesOf(history.settings), mapping: MAPPING, corrections: made.slice(0, -1) }
        const next = made.at(-1) as Correction
        const directory = directoryOf(DIRECTORY, history.asOf)
        const before = derive(history.facts, directory, rules, history.asOf)
        const after = derive(history.facts, directory, { ...rules, corrections: made }, history.asOf)
        const preview = previewCorrection(next, before.engagements, rules)
        told += preview.length
        const changed = after.engagements.filter(({ corrected }) => corrected?.by.includes(next.id))
        expect(preview.map(({ engagement }) => engagement)).toEqual(changed.map(({ id }) => id))
        for (const { engagement, before: was, after: shown } of preview) {
          expect(before.engagements.find(({ id }) => id === engagement)?.reporting).toEqual(was)
          expect(after.engagements.find(({ id }) => id === engagement)?.reporting).toEqual(shown)
        }
      }),
      { numRuns: 150, seed: 7 },
    )
    expect(told).toBeGreaterThan(10)
  })
})
