import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDayNumber, parseInstant } from './instants.ts'

describe('dates and times', () => {
  it.each([
    ['2026-11-21T12:00:00.000+0000', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21T12:00:00.123Z', '2026-11-21T12:00:00.123Z'],
    ['2026-11-21T12:00:00+02:00', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21T12:00:00-0530', '2026-11-21T17:30:00.000Z'],
    ['2026-11-21 12:00:00', '2026-11-21T12:00:00.000Z'],
    ['2026-11-21 12:00', '2026-11-21T12:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, expected) => expect(new Date(parseInstant(text) as number).toISOString()).toBe(expected))

  it.each([
    '2026-11-21',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T12:60:00Z',
    '2026-11-21T12:00:00 PM',
    '21.11.2026 12:00',
    '11/21/2026 12:00',
    '2026-11-21T12:00:00+99:00',
    '0026-11-21T12:00:00Z',
    'yesterday',
    '',
  ])('%s is none', (text) => expect(parseInstant(text)).toBeUndefined())

  it('agree with the platform on every moment', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1901-01-01'), max: new Date('2199-01-01'), noInvalidDate: true }),
        (date) => {
          expect(parseInstant(date.toISOString())).toBe(date.getTime())
          expect(parseDayNumber(date.toISOString().slice(0, 10))).toBe(Math.floor(date.getTime() / 86_400_000))
        },
      ),
    )
  })
})
