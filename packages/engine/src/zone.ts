import type { Zone } from '@throughline/core'

const FIRST_YEAR = 1990
const LAST_YEAR = 2060
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A zone name that this platform does not know. */
export class UnknownZoneError extends Error {
  readonly code = 'unknown-zone'
  override readonly name = 'UnknownZoneError'
}

const zones = new Map<string, Zone>()

/**
 * A time zone as data, for rules: its offsets from UTC between 1990 and 2060, as the platform's zone database has
 * them. Before and after those years the nearest offset holds.
 * @throws UnknownZoneError where the platform knows no zone of that name.
 */
export function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
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
  } catch (cause) {
    throw new UnknownZoneError(`"${name}" is no time zone; use an IANA name such as Europe/London`, { cause })
  }
  const offsetAt = (at: number): number => {
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(at)) if (type !== 'literal') parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - at
  }
  const offsets: [number, number][] = []
  const end = Date.UTC(LAST_YEAR, 0, 1)
  let at = Date.UTC(FIRST_YEAR, 0, 1)
  let offset = offsetAt(at)
  offsets.push([at, offset])
  while (at < end) {
    const next = at + 7 * DAY
    const then = offsetAt(next)
    if (then !== offset) {
      // Offsets change at whole minutes; the moment lies in this week.
      let low = at
      let high = next
      while (high - low > 60_000) {
        const middle = low + Math.floor((high - low) / 120_000) * 60_000
        if (middle === low) break
        if (offsetAt(middle) === offset) low = middle
        else high = middle
      }
      offsets.push([high, then])
      offset = then
    }
    at = next
  }
  const zone: Zone = { name, offsets }
  zones.set(name, zone)
  return zone
}
