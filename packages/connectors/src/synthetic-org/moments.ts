import { type Day, formatDay, type Instant } from '@throughline/core'
import type { Random } from './random.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Days as text, in a ring: a company has a few thousand of them and millions of rows. */
const RING = 1 << 13
const ringDays = new Int32Array(RING).fill(-1)
const ringTexts: string[] = Array(RING).fill('')

/** The calendar day of an instant, in UTC, as `YYYY-MM-DD`. */
export function dayText(at: Instant): Day {
  const number = Math.floor(at / DAY)
  const place = number & (RING - 1)
  if (ringDays[place] !== number) {
    ringDays[place] = number
    ringTexts[place] = formatDay(number)
  }
  return ringTexts[place] as string
}

/** An instant as Salesforce exports it: `2026-11-21T12:00:00.000+0000`. */
export function salesforceTime(at: Instant): string {
  return `${dayText(at)}T${clock(at)}.000+0000`
}

/** An instant as ISO 8601 in UTC: `2026-11-21T12:00:00.000Z`. */
export function isoTime(at: Instant): string {
  return `${dayText(at)}T${clock(at)}.000Z`
}

function clock(at: Instant): string {
  const seconds = Math.floor(at / SECOND) % 86_400
  const s = seconds % 60
  const m = Math.floor(seconds / 60) % 60
  const h = Math.floor(seconds / 3600)
  return `${h < 10 ? '0' : ''}${h}:${m < 10 ? '0' : ''}${m}:${s < 10 ? '0' : ''}${s}`
}

/** 0 is Sunday. */
export function weekdayOf(at: Instant): number {
  return (Math.floor(at / DAY) + 4) % 7
}

/** A whole second at some minutes' distance, `low` to `high`, from an instant. */
export function minutesLater(random: Random, from: Instant, low: number, high: number): Instant {
  return from + random.between(low, high) * MINUTE + random.below(60) * SECOND
}

/** Some days later, `low` to `high`, at any time of day. */
export function daysLater(random: Random, from: Instant, low: number, high: number): Instant {
  return minutesLater(random, from, low * 1440, high * 1440)
}

/**
 * The same moment if somebody is at work then, else a moment early in the next working day. Working days are
 * Monday to Friday, 8:00 to 17:30 at `zoneHours` from UTC.
 */
export function atWork(random: Random, at: Instant, zoneHours: number): Instant {
  const shift = zoneHours * HOUR
  let local = at + shift
  const time = local % DAY
  const opening = 8 * HOUR
  let arrived = false
  if (time < opening) {
    local = local - time + opening
    arrived = true
  } else if (time > 17 * HOUR + 30 * MINUTE) {
    local = local - time + DAY + opening
    arrived = true
  }
  const weekday = weekdayOf(local)
  const free = weekday === 6 ? 2 : weekday === 0 ? 1 : 0
  if (free) {
    local = local - (local % DAY) + free * DAY + opening
    arrived = true
  }
  if (arrived) local += random.below(3 * 3600) * SECOND
  return local - shift
}
