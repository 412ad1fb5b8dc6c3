import type { Day, Instant } from './facts.ts'
import type { Zone } from './rules.ts'

/** A day of elapsed time, in milliseconds. Calendar days may be shorter or longer. */
export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000

/** The zone's offset from UTC at an instant, in milliseconds. */
export function offsetAt(zone: Zone, at: Instant): number {
  const { offsets } = zone
  let low = 0
  let high = offsets.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((offsets[middle] as readonly [number, number])[0] <= at) low = middle
    else high = middle - 1
  }
  return offsets[low]?.[1] ?? 0
}

/** The calendar day an instant falls on in the zone, as days since 1970-01-01. */
export function dayNumberOf(zone: Zone, at: Instant): number {
  return Math.floor((at + offsetAt(zone, at)) / DAY_MS)
}

/** The calendar day an instant falls on in the zone. */
export function dayOf(zone: Zone, at: Instant): Day {
  return formatDay(dayNumberOf(zone, at))
}

/**
 * The instant at which a calendar day's clock shows the given minute after midnight in the zone. Where the clock skips
 * that minute (the spring change), the minute moves on by what was skipped; where the clock shows it twice, the first.
 */
export function instantOf(zone: Zone, dayNumber: number, minute = 0): Instant {
  const wall = dayNumber * DAY_MS + minute * MINUTE_MS
  const before = wall - offsetAt(zone, wall - DAY_MS)
  if (before + offsetAt(zone, before) === wall) return before
  const after = wall - offsetAt(zone, wall + DAY_MS)
  return after + offsetAt(zone, after) === wall ? after : Math.max(before, after)
}

/** Days since 1970-01-01 of a day in the proleptic Gregorian calendar. Algorithm: H. Hinnant, "days_from_civil". */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Year, month (1 to 12) and day of a day number. Algorithm: H. Hinnant, "civil_from_days". */
export function civilOf(number: number): readonly [year: number, month: number, day: number] {
  const z = number + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1]
}

/** A day number as `YYYY-MM-DD`. */
export function formatDay(number: number): Day {
  const [year, month, day] = civilOf(number)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The day number of `YYYY-MM-DD`; undefined where that is not a day of the calendar. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return undefined
  const number = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]))
  return formatDay(number) === text ? number : undefined
}
