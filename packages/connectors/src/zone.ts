import type { Instant, Zone } from '@throughline/core'

const HOUR_MS = 3_600_000
const STEP_MS = 24 * HOUR_MS
const FROM = Date.UTC(1970, 0, 1)
const UNTIL = Date.UTC(2100, 0, 1)

const known = new Map<string, Zone>()

/** Coordinated universal time. */
export const UTC: Zone = { name: 'UTC', offsets: [[0, 0]] }

/**
 * A time zone by its IANA name, such as `America/Sao_Paulo`, with its offsets from 1970 to 2099 taken from
 * the platform's zone data. Undefined where there is no such zone.
 */
export function zoneNamed(name: string): Zone | undefined {
  if (name === 'UTC') return UTC
  const cached = known.get(name)
  if (cached) return cached
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return undefined
  }
  const offsets: [Instant, number][] = [[FROM, offsetOf(format, FROM)]]
  for (let at = FROM; at < UNTIL; at += 14 * STEP_MS) {
    const before = (offsets.at(-1) as [Instant, number])[1]
    const next = at + 14 * STEP_MS
    if (offsetOf(format, next) === before) continue
    let low = at
    let high = next
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000
      if (offsetOf(format, middle) === before) low = middle
      else high = middle
    }
    offsets.push([high, offsetOf(format, high)])
  }
  const zone: Zone = { name, offsets }
  known.set(name, zone)
  return zone
}

function offsetOf(format: Intl.DateTimeFormat, at: Instant): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - at
}
