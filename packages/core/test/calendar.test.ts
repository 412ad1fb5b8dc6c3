import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  civilOf,
  DAY_MS,
  dayNumber,
  dayNumberOf,
  dayOf,
  formatDay,
  instantOf,
  offsetAt,
  parseDay,
  type Zone,
} from '../src/index.ts'

const HOUR = 3_600_000
const at = (text: string): number => Date.parse(text)

/** Three zones in 2025, their changes written down by hand. The last one changes by half an hour. */
const ZONES: readonly Zone[] = [
  {
    name: 'Europe/Berlin',
    offsets: [
      [0, HOUR],
      [at('2025-03-30T01:00Z'), 2 * HOUR],
      [at('2025-10-26T01:00Z'), HOUR],
    ],
  },
  {
    name: 'America/New_York',
    offsets: [
      [0, -5 * HOUR],
      [at('2025-03-09T07:00Z'), -4 * HOUR],
      [at('2025-11-02T06:00Z'), -5 * HOUR],
    ],
  },
  {
    name: 'Australia/Lord_Howe',
    offsets: [
      [0, 11 * HOUR],
      [at('2025-04-05T15:00Z'), 10.5 * HOUR],
      [at('2025-10-04T15:30Z'), 11 * HOUR],
    ],
  },
]
const [BERLIN, NEW_YORK] = ZONES as [Zone, Zone, Zone]

const zone = fc.constantFrom(...ZONES)
const moment2025 = fc.integer({ min: at('2025-01-02T00:00Z'), max: at('2025-12-30T00:00Z') })
const minute2025 = fc.record({ day: fc.integer({ min: 2, max: 360 }), minute: fc.integer({ min: 0, max: 1439 }) })
const NEW_YEAR = dayNumber(2025, 1, 1)

/** What the runtime's own zone data says a clock shows: `2025-03-30 03:30`. */
function clockOf(name: string, instant: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: name,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).formatToParts(instant)
  const part = (type: string) => parts.find((one) => one.type === type)?.value
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
}

const wallOf = (day: number, minute: number): string =>
  `${formatDay(day)} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

describe('days', () => {
  it('agree with the Gregorian calendar for four thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 800_000 }), (number) => {
        const date = new Date(number * DAY_MS)
        const [year, month, day] = civilOf(number)
        expect([year, month, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()])
        expect(dayNumber(year, month, day)).toBe(number)
      }),
    )
  })

  it.each([
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['2025-02-29', false],
    ['1900-02-29', false],
    ['2025-01-31', true],
    ['2025-04-31', false],
    ['2025-12-31', true],
    ['2025-13-01', false],
    ['2025-00-10', false],
    ['2025-06-00', false],
    ['2025-6-01', false],
    ['2025-06-01T00:00', false],
    ['', false],
  ])('know whether %s is one: %s', (text, is) => {
    const number = parseDay(text)
    expect(number !== undefined).toBe(is)
    if (number !== undefined) expect(formatDay(number)).toBe(text)
  })

  it('follow each other over the ends of months and years', () => {
    const after = (text: string) => formatDay((parseDay(text) ?? Number.NaN) + 1)
    expect(['2024-02-28', '2024-02-29', '2025-02-28', '2025-12-31', '1999-12-31'].map(after)).toEqual([
      '2024-02-29',
      '2024-03-01',
      '2025-03-01',
      '2026-01-01',
      '2000-01-01',
    ])
  })
})

describe('zones', () => {
  it('show the day that the clocks of the place show', () => {
    fc.assert(
      fc.property(zone, moment2025, (zone, instant) => {
        expect(dayOf(zone, instant)).toBe(clockOf(zone.name, instant).slice(0, 10))
        expect(dayNumberOf(zone, instant)).toBe(parseDay(dayOf(zone, instant)))
      }),
    )
  })

  it('hold their first offset for all time before', () => {
    expect(offsetAt(BERLIN, at('1920-01-01T00:00Z'))).toBe(HOUR)
    expect(offsetAt({ name: 'nowhere', offsets: [] }, 0)).toBe(0)
  })

  it('change at the very instant they say', () => {
    const change = at('2025-03-30T01:00Z')
    expect([change - 1, change].map((instant) => offsetAt(BERLIN, instant))).toEqual([HOUR, 2 * HOUR])
  })

  it('find the instant at which a clock shows a minute, wherever it shows it', () => {
    fc.assert(
      fc.property(zone, minute2025, (zone, { day, minute }) => {
        const instant = instantOf(zone, NEW_YEAR + day, minute)
        const shown = clockOf(zone.name, instant)
        const wanted = wallOf(NEW_YEAR + day, minute)
        // A skipped minute moves on by the hour, or half hour, that was skipped.
        if (shown !== wanted)
          expect([wallOf(NEW_YEAR + day, minute + 60), wallOf(NEW_YEAR + day, minute + 30)]).toContain(shown)
        else
          expect(
            clockOf(zone.name, instant - HOUR) === wanted || clockOf(zone.name, instant - HOUR / 2) === wanted,
          ).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['Berlin, before the gap', BERLIN, '2025-03-30', 119, '2025-03-30T00:59Z'],
    ['Berlin, in the gap', BERLIN, '2025-03-30', 150, '2025-03-30T01:30Z'],
    ['Berlin, after the gap', BERLIN, '2025-03-30', 180, '2025-03-30T01:00Z'],
    ['Berlin, the first of two', BERLIN, '2025-10-26', 150, '2025-10-26T00:30Z'],
    ['Berlin, after both', BERLIN, '2025-10-26', 180, '2025-10-26T02:00Z'],
    ['New York, in the gap', NEW_YORK, '2025-03-09', 150, '2025-03-09T07:30Z'],
    ['New York, the first of two', NEW_YORK, '2025-11-02', 90, '2025-11-02T05:30Z'],
    ['New York, midnight', NEW_YORK, '2025-07-01', 0, '2025-07-01T04:00Z'],
  ] as const)('%s', (_, zone, day, minute, expected) => {
    expect(instantOf(zone, parseDay(day) ?? Number.NaN, minute)).toBe(at(expected))
  })
})
