import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTimer, type Timer, type Timers, takeTimer } from '../src/timers.ts'

const timer = fc.record({
  at: fc.nat(5),
  kind: fc.constantFrom('fallback' as const, 'dormancy' as const),
  id: fc.constantFrom('a', 'b', 'c'),
  fire: fc.constant(() => undefined),
})

/** The order in words: by time, then fallbacks before silence, then by id. */
const placeOf = ({ at, kind, id }: Timer): string => `${at} ${kind === 'fallback' ? 0 : 1} ${id}`

describe('timers', () => {
  it('[W4] come out in the order of their moments, fallbacks first, however they were set', () => {
    fc.assert(
      fc.property(fc.array(timer, { maxLength: 40 }), (given) => {
        const timers: Timers = []
        for (const one of given) addTimer(timers, one)
        const taken = given.map(() => takeTimer(timers) as Timer)
        expect(taken.map(placeOf)).toEqual(given.map(placeOf).sort())
        expect(takeTimer(timers)).toBeUndefined()
      }),
    )
  })

  it('[W4] keep their order while others are set in between', () => {
    fc.assert(
      fc.property(fc.array(fc.option(timer, { nil: 'take' as const }), { maxLength: 60 }), (steps) => {
        const timers: Timers = []
        let model: Timer[] = []
        for (const step of steps) {
          if (step !== 'take') {
            addTimer(timers, step)
            model = [...model, step].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
          } else {
            const expected = model.shift()
            const actual = takeTimer(timers)
            expect(actual && placeOf(actual)).toBe(expected && placeOf(expected))
          }
          expect(timers[0] && placeOf(timers[0])).toBe(model[0] && placeOf(model[0]))
        }
      }),
    )
  })
})
