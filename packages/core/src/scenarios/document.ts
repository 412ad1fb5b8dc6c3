import { dayNumber, instantOf, parseDay } from '../calendar.ts'
import type { Instant, Submission, Tags } from '../facts.ts'
import type { Zone } from '../rules.ts'
import type { Clicks } from '../visits.ts'

/** A scenario that cannot be read: where, what is wrong, and what would be right. */
export type ScenarioProblem = Readonly<{ place: string; problem: string; remedy: string }>

/** Stops reading at the first thing that cannot be understood; caught by `readScenario`. */
export type Fail = (problem: string, remedy: string) => never

/** The details of one line, read by name; what was not asked for is a mistake. */
export type Details = Readonly<{
  text(name: string): string | undefined
  /** Several texts: a YAML list, or one text with commas. */
  texts(name: string): readonly string[] | undefined
  /** A day of the calendar, as `2025-01-31`. */
  day(name: string): string | undefined
  number(name: string): number | undefined
  flag(name: string): boolean | undefined
  object(name: string): Details | undefined
  fields(name: string): Readonly<Record<string, string | number | boolean | null>> | undefined
  /** Fails when a detail is left that nobody asked for. */
  done(): void
}>

/** Wraps the details under a line; `names` are offered as the remedy for an unknown one. */
export function detailsOf(value: unknown, fail: Fail): Details {
  if (value !== null && value !== undefined && (typeof value !== 'object' || Array.isArray(value)))
    return fail('the details are not a list of "name: value" lines', 'indent them under the sentence, one a line')
  const given = (value ?? {}) as Record<string, unknown>
  const asked = new Set<string>()
  const take = (name: string): unknown => {
    asked.add(name)
    const one = given[name]
    return one === null || one === '' ? undefined : one
  }
  const text = (name: string): string | undefined => {
    const one = take(name)
    if (one === undefined) return undefined
    if (typeof one === 'object') return fail(`"${name}" is not a text`, `write "${name}: …" on one line`)
    return String(one).trim()
  }
  return {
    text,
    texts(name) {
      const one = given[name]
      if (!Array.isArray(one)) return text(name)?.split(/,\s*/)
      asked.add(name)
      return one.map(String)
    },
    day(name) {
      const one = text(name)
      if (one !== undefined && parseDay(one) === undefined)
        return fail(`"${one}" is not a day of the calendar`, `write "${name}: 2025-01-31"`)
      return one
    },
    number(name) {
      const one = take(name)
      if (one === undefined) return undefined
      const value = Number(one)
      return Number.isFinite(value) ? value : fail(`"${name}" is not a number`, `write "${name}: 10"`)
    },
    flag(name) {
      const one = take(name)
      if (one === undefined) return undefined
      if (one === true || one === 'yes') return true
      if (one === false || one === 'no') return false
      return fail(`"${name}" is neither yes nor no`, `write "${name}: yes"`)
    },
    object(name) {
      const one = take(name)
      if (one === undefined) return undefined
      return detailsOf(typeof one === 'object' ? one : { id: one }, fail)
    },
    fields(name) {
      const one = take(name)
      if (one === undefined) return undefined
      if (typeof one !== 'object' || Array.isArray(one))
        return fail(`"${name}" is not a list of fields`, 'write them as "name: value"')
      return one as Record<string, string | number | boolean | null>
    },
    done() {
      for (const name of Object.keys(given))
        if (!asked.has(name)) fail(`"${name}" means nothing here`, `known here: ${[...asked].sort().join(', ')}`)
    },
  }
}

/** `2025-01-06`, `2025-01-06 09:30` or `2025-01-06 09:30:15` in the zone; a day alone means nine in the morning. */
export function parseMoment(text: string, zone: Zone): Instant | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim())
  if (!match || parseDay(text.trim().slice(0, 10)) === undefined) return undefined
  const [, year, month, day, hour = '09', minute = '00', second = '00'] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return (
    instantOf(zone, dayNumber(Number(year), Number(month), Number(day)), Number(hour) * 60 + Number(minute)) +
    Number(second) * 1000
  )
}

/** `medium | source | campaign | content | term`; `–`, `-` or nothing for a blank one. */
export function parseTags(text: string): Tags {
  const names = ['medium', 'source', 'campaign', 'content', 'term'] as const
  const tags: Record<string, string> = {}
  text.split('|').forEach((part, index) => {
    const value = part.trim()
    const name = names[index]
    if (name && value && value !== '–' && value !== '-') tags[name] = value
  })
  return tags
}

/** The submission details that several sentences share. `clicksOf` tells the clicks of a visitor by their name. */
export function submissionOf(
  details: Details,
  zone: Zone,
  fail: Fail,
  clicksOf: (visitor: string) => Clicks,
): Submission | undefined {
  const both = details.text('both clicks')
  const first = both ?? details.text('first click')
  const last = both ?? details.text('last click')
  const did = details.text('did')
  const date = details.text('engagement date')
  const engagementAt = date === undefined ? undefined : parseMoment(date, zone)
  if (date !== undefined && engagementAt === undefined)
    fail(`"${date}" is not a date`, 'write it as 2025-01-31 or 2025-01-31 14:05')
  const visitor = details.text('visitor')
  if (visitor !== undefined && (first !== undefined || last !== undefined))
    fail('it has both a visitor and clicks', 'leave one of them out: the visitor brings the clicks along')
  const clicks = visitor === undefined ? {} : clicksOf(visitor)
  if ([first, last, did, engagementAt, clicks.first].every((one) => one === undefined)) return undefined
  return {
    ...clicks,
    ...(first !== undefined && { first: parseTags(first) }),
    ...(last !== undefined && { last: parseTags(last) }),
    ...(did !== undefined && { engagementType: did }),
    ...(engagementAt !== undefined && { engagementAt }),
  }
}
