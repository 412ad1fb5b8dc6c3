import type { Zone } from '@throughline/core'
import { UnknownZoneError, zoneOf } from '@throughline/engine'

/** Coordinated universal time. */
export const UTC: Zone = { name: 'UTC', offsets: [[0, 0]] }

/** A time zone by its IANA name, such as `America/Sao_Paulo`; undefined where there is no such zone. */
export function zoneNamed(name: string): Zone | undefined {
  try {
    return zoneOf(name)
  } catch (error) {
    if (error instanceof UnknownZoneError) return undefined
    throw error
  }
}
