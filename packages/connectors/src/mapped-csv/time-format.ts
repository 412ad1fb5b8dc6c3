import { DAY_MS, dayNumber, formatDay, type Instant, instantOf, type Zone } from '@throughline/core'
import { parseDayNumber, parseInstant } from '../instants.ts'

/** A moment a row gives. `dayOnly`: the first minute of the day stands in. */
export type Moment = Readonly<{ at: Instant; dayOnly: boolean }>

/** Reads a text in one format; undefined where it does not have it. */
export type MomentReader = (text: string, zone: Zone) => Moment | undefined

const PARTS: Readonly<Record<string, readonly [name: string, expression: string]>> = {
  yyyy: ['year', '\\d{4}'],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  d: ['day', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  ss: ['second', '\\d{2}'],
}

/**
 * How to read a format: `iso`, `epoch-seconds`, `epoch-milliseconds`, or letters as in `dd.MM.yyyy HH:mm`.
 * Undefined where it is none of these, or lacks year, month or day.
 */
export function patternOf(format: string): MomentReader | undefined {
  if (format === 'iso') return isoMoment
  if (format === 'epoch-seconds') return epoch(1000)
  if (format === 'epoch-milliseconds') return epoch(1)
  const names: string[] = []
  let expression = ''
  for (const [token] of format.matchAll(/([A-Za-z])\1*|[^A-Za-z]/g)) {
    const part = PARTS[token]
    if (part) {
      if (names.includes(part[0])) return undefined
      names.push(part[0])
      expression += `(${part[1]})`
    } else if (/^[A-Za-z]/.test(token) && token !== 'T' && token !== 'Z') return undefined
    else expression += token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  }
  if (!['year', 'month', 'day'].every((name) => names.includes(name))) return undefined
  const whole = new RegExp(`^${expression}$`)
  const utc = format.endsWith('Z')
  return (text, zone) => {
    const match = whole.exec(text)
    if (!match) return undefined
    const value = (name: string) => {
      const index = names.indexOf(name)
      return index < 0 ? 0 : Number(match[index + 1])
    }
    const [hour, minute, second] = [value('hour'), value('minute'), value('second')]
    if (hour > 23 || minute > 59 || second > 59) return undefined
    const day = civilDay(value('year'), value('month'), value('day'))
    if (day === undefined) return undefined
    const dayOnly = !names.includes('hour')
    const at = utc
      ? day * DAY_MS + (hour * 60 + minute) * 60_000 + second * 1000
      : instantOf(zone, day, hour * 60 + minute) + second * 1000
    return { at, dayOnly }
  }
}

/** A day of the calendar between 1900 and 2199, as a day number. */
function civilDay(year: number, month: number, day: number): number | undefined {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const number = dayNumber(year, month, day)
  const text = formatDay(number)
  return Number(text.slice(5, 7)) === month ? number : undefined
}

/** A date and time with its zone, one without (of the mapping's zone), or a day. */
function isoMoment(text: string, zone: Zone): Moment | undefined {
  if (text.length === 10) {
    const day = parseDayNumber(text)
    return day === undefined ? undefined : { at: instantOf(zone, day), dayOnly: true }
  }
  const at = parseInstant(text)
  if (at === undefined) return undefined
  if (/(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(text.slice(11))) return { at, dayOnly: false }
  const day = Math.floor(at / DAY_MS)
  const inDay = at - day * DAY_MS
  const minute = Math.floor(inDay / 60_000)
  return { at: instantOf(zone, day, minute) + (inDay - minute * 60_000), dayOnly: false }
}

function epoch(unit: number): MomentReader {
  return (text) => {
    if (!/^-?\d{1,14}$/.test(text)) return undefined
    const at = Number(text) * unit
    return Math.abs(at) <= 7_258_118_400_000 ? { at, dayOnly: false } : undefined
  }
}
