import { DAY_MS, dayNumber, formatDay, type Instant } from '@throughline/core'

const ZERO = 48

/**
 * Reads a date and time as exports write it: `2026-11-21T12:00:00.000+0000`, `…Z`, `…+01:00`, or
 * `2026-11-21 12:00:00` (UTC). Undefined for anything else and for moments that do not exist.
 */
export function parseInstant(text: string): Instant | undefined {
  const day = dayAt(text)
  if (day === undefined) return undefined
  const separator = text.charCodeAt(10)
  // T, t or a blank
  if (separator !== 84 && separator !== 116 && separator !== 32) return undefined
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  if (hour < 0 || minute < 0 || hour > 23 || minute > 59 || text[13] !== ':') return undefined
  let at = 16
  let second = 0
  let fraction = 0
  if (text[at] === ':') {
    second = digits(text, 17, 2)
    if (second < 0 || second > 59) return undefined
    at = 19
    if (text[at] === '.') {
      let scale = 100
      for (at += 1; text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= 57; at++) {
        fraction += (text.charCodeAt(at) - ZERO) * scale
        scale = Math.floor(scale / 10)
      }
    }
  }
  const offset = offsetAtEnd(text, at)
  if (offset === undefined) return undefined
  return day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - offset
}

/** Reads `2026-11-21`, also where a time follows it, as a day number. */
export function parseDayNumber(text: string): number | undefined {
  const day = dayAt(text)
  if (day === undefined || text.length === 10) return day
  return parseInstant(text) === undefined ? undefined : day
}

/** The zone at the end of a date and time, as milliseconds ahead of UTC: nothing, `Z`, `+hhmm`, `+hh:mm`, `+hh`. */
function offsetAtEnd(text: string, at: number): number | undefined {
  const length = text.length - at
  if (length === 0) return 0
  const sign = text[at]
  if (length === 1) return sign === 'Z' || sign === 'z' ? 0 : undefined
  if (sign !== '+' && sign !== '-') return undefined
  const hours = digits(text, at + 1, 2)
  const minutes =
    length === 3
      ? 0
      : length === 5
        ? digits(text, at + 3, 2)
        : length === 6 && text[at + 3] === ':'
          ? digits(text, at + 4, 2)
          : -1
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return undefined
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** The calendar day a text starts with, years 1900 to 2199: others are typing mistakes. */
function dayAt(text: string): number | undefined {
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return undefined
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined
  const number = dayNumber(year, month, day)
  return day <= 28 || formatDay(number) === text.slice(0, 10) ? number : undefined
}

/** `count` decimal digits as a number, or -1. */
function digits(text: string, from: number, count: number): number {
  let value = 0
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}
