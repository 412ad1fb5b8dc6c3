import { readFileSync } from 'node:fs'
import type fc from 'fast-check'
import type { ClusterFact, Directory, derive, Engagement, Journey, Opportunity, Rules } from '../src/index.ts'
import { type Derivation, directoryOf, type Instant, MINUTE_MS, type TraceEntry } from '../src/index.ts'
import { DIRECTORY, FIRST_DAY, type History, rulesOf } from './histories.ts'

/** The fold, or something that claims to be it. */
export type Derive = typeof derive

/** Something that holds for every history. */
export type Law = Readonly<{
  /** Numbers of the rules it rests on, and the law in one sentence. */
  title: string
  histories: fc.Arbitrary<History>
  /** Every breach that one history shows, in words; none where the law holds. */
  breaches: (subject: Subject) => readonly string[]
}>

/** What a derivation is given otherwise than the history says. */
export type Variation = Readonly<{
  facts?: readonly ClusterFact[]
  asOf?: Instant
  rules?: Rules
  directory?: Directory
  trace?: TraceEntry[]
}>

/** A result with its records by id. */
export type Books = Derivation &
  Readonly<{
    history: History
    rules: Rules
    engagement: ReadonlyMap<string, Engagement>
    journey: ReadonlyMap<string, Journey>
    opportunity: ReadonlyMap<string, Opportunity>
  }>

/** A history under examination. Laws that look at the same derivation share it: deriving is what costs time. */
export type Subject = Readonly<{
  history: History
  rules: Rules
  /** What follows from the history as it is. */
  result: Derivation
  books: Books
  /** What would follow from it otherwise. */
  derived: (variation: Variation) => Derivation
  /** Keeps what `make` gives under a name, for the other laws about this history. */
  shared: <T>(name: string, make: () => T) => T
}>

/** Puts a history before the laws, as this fold derives it. */
export function subjectOf(derive: Derive, history: History): Subject {
  const rules = rulesOf(history.settings)
  const directory = directoryOf(DIRECTORY, history.asOf)
  const kept = new Map<string, unknown>()
  const shared = <T>(name: string, make: () => T): T => {
    if (!kept.has(name)) kept.set(name, make())
    return kept.get(name) as T
  }
  const derived = (variation: Variation): Derivation =>
    derive(
      variation.facts ?? history.facts,
      variation.directory ?? directory,
      variation.rules ?? rules,
      variation.asOf ?? history.asOf,
      variation.trace,
    )
  return {
    history,
    rules,
    derived,
    shared,
    get result() {
      return shared('result', () => derived({}))
    },
    get books() {
      return shared('books', () =>
        booksOf(
          shared('result', () => derived({})),
          history,
          rules,
        ),
      )
    },
  }
}

/** A result with its records by id. */
export function booksOf(result: Derivation, history: History, rules: Rules): Books {
  return {
    ...result,
    history,
    rules,
    engagement: new Map(result.engagements.map((one) => [one.id, one])),
    journey: new Map(result.journeys.map((one) => [one.id, one])),
    opportunity: new Map(result.opportunities.map((one) => [one.id, one])),
  }
}

/** What a source could have told by the history's moment. */
export function knownFacts({ facts, asOf }: History): ClusterFact[] {
  return facts.filter((fact) => fact.recordedAt <= asOf)
}

/** Rules that SPEC.md numbers. */
export const SPECIFIED: ReadonlySet<string> = new Set(
  [
    ...readFileSync(new URL('../../../SPEC.md', import.meta.url), 'utf8').matchAll(/^- \*\*([A-Z]{1,2}\d{1,2})\*\*/gm),
  ].map(([, id = '']) => id),
)

/** Where two results first differ, as a list of one sentence; empty where they are equal. */
export function differences(what: string, expected: unknown, actual: unknown): string[] {
  // Nearly always they are equal, and the same text is seen sooner than the same tree.
  if (textOf(expected) === textOf(actual)) return []
  const path = firstDifference(expected, actual, '')
  return path === undefined ? [] : [`${what}: ${path}`]
}

const texts = new WeakMap<object, string>()

/** A thing as JSON, made once: several laws compare with the same result, and nobody changes it. */
function textOf(thing: unknown): string {
  if (typeof thing !== 'object' || thing === null) return String(JSON.stringify(thing))
  const known = texts.get(thing) ?? JSON.stringify(thing)
  texts.set(thing, known)
  return known
}

function firstDifference(a: unknown, b: unknown, path: string): string | undefined {
  if (Object.is(a, b)) return undefined
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return `${path || 'it'} is ${JSON.stringify(b)} and not ${JSON.stringify(a)}`
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  for (const name of names) {
    const found = firstDifference(
      (a as Record<string, unknown>)[name],
      (b as Record<string, unknown>)[name],
      `${path}/${name}`,
    )
    if (found) return found
  }
  return undefined
}

/** Another order of the same things, the same one for the same salt. */
export function shuffled<T>(things: readonly T[], salt: number): T[] {
  const result = [...things]
  let state = (salt % 2_147_483_646) + 1
  for (let i = result.length - 1; i > 0; i--) {
    // Lehmer's generator: good enough to reach every order of a handful of facts.
    state = (state * 48_271) % 2_147_483_647
    const j = state % (i + 1)
    const held = result[i] as T
    result[i] = result[j] as T
    result[j] = held
  }
  return result
}

/** A history to read: one fact a line, with its day and minute. */
export function told({ facts, settings, asOf, salt }: History): string {
  const when = (at: Instant) => {
    const minutes = (at - FIRST_DAY) / MINUTE_MS
    return `day ${Math.floor(minutes / 1440)} minute ${minutes - Math.floor(minutes / 1440) * 1440}`
  }
  const lines = facts.map(({ id, kind, occurredAt, recordedAt, ...rest }) => {
    const late = recordedAt === occurredAt ? '' : ` (recorded ${when(recordedAt)})`
    return `${when(occurredAt)}${late}: ${id} ${kind} ${JSON.stringify(rest)}`
  })
  return [...lines, `as of ${when(asOf)}, ${JSON.stringify({ ...settings, salt })}`].join('\n')
}
