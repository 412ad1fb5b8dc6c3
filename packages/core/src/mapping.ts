import { type FieldReader, meets } from './criteria.ts'
import type { Tags } from './facts.ts'
import { isPatternProblem, readPattern } from './pattern.ts'
import type { MappingRule, MappingTarget, Rules } from './rules.ts'

/**
 * What reports show of an engagement: its raw values as the company's mapping names and groups them. Worked out
 * anew whenever the engagement is, so a changed mapping re-labels all of history; raw values stay. [Q1]
 */
export type Reporting = Readonly<{
  /** Who gets the credit inside the company, such as `Marketing`; `Unmapped` where no rule says. */
  department: string
  mediumCategory: string
  medium: string | null
  source: string | null
  campaign: string | null
  content: string | null
  term: string | null
  engagementType: string | null
  engagementTypeCategory: string
}>

/** The category or department of what no rule matches. [Q3] */
export const UNMAPPED = 'Unmapped'

/** Raw values, of an engagement or as they would be. */
export type RawValues = Readonly<{ first: Tags; last: Tags; engagementType?: string | null | undefined }>

/** Fields that arrive with an engagement; the others are only ever mapped. */
const RAW_FIELDS = ['medium', 'source', 'campaign', 'content', 'term', 'engagement-type'] as const
type RawField = (typeof RAW_FIELDS)[number]

/** What a field without a value of its own is read from, nearest first. [Q5] */
const READ_FROM: Readonly<Partial<Record<MappingTarget, readonly MappingTarget[]>>> = {
  'medium-category': ['medium'],
  department: ['medium-category', 'medium'],
  'engagement-type-category': ['engagement-type'],
}

/** Every field a mapping can fill. */
export const MAPPING_TARGETS: readonly MappingTarget[] = [
  ...RAW_FIELDS,
  'medium-category',
  'department',
  'engagement-type-category',
]

/** The level of a rule that names none: categories come after what they group. [Q4] */
export function levelOf({ level, target }: MappingRule): number {
  return level ?? (target === 'department' ? 3 : target.endsWith('-category') ? 2 : 1)
}

/** The reporting values of raw ones. The mapping is prepared once for each rules value, and each combination mapped once. */
export function reportingOf(values: RawValues, rules: Rules): Reporting {
  let prepared = PREPARED.get(rules)
  if (!prepared) {
    prepared = prepare(rules)
    PREPARED.set(rules, prepared)
  }
  return prepared(values)
}

const PREPARED = new WeakMap<Rules, (values: RawValues) => Reporting>()

/** Combinations that are remembered before all are forgotten, so that free text does not fill the memory. */
const MOST_REMEMBERED = 50_000

type Values = Partial<Record<MappingTarget, string | undefined>>

/** Combinations by the values of the fields that the mapping reads, one map for each field. */
type Remembered = Map<string | undefined, Remembered | Values>

function prepare(rules: Rules): (values: RawValues) => Reporting {
  const levels = levelsOf(rules.mapping)
  const reads = RAW_FIELDS.filter((field) => isRead(field, rules.mapping))
  const last = rules.reporting.basis === 'last'
  let remembered: Remembered = new Map()
  let size = 0

  const mapped = (raw: Values): Values => {
    let at = remembered
    for (let i = 0; i < reads.length - 1; i++) {
      const value = raw[reads[i] as RawField]
      let next = at.get(value) as Remembered | undefined
      if (!next) {
        next = new Map()
        at.set(value, next)
      }
      at = next
    }
    const value = reads.length === 0 ? undefined : raw[reads[reads.length - 1] as RawField]
    let found = at.get(value) as Values | undefined
    if (!found) {
      found = apply(levels, raw)
      if (++size > MOST_REMEMBERED) {
        remembered = new Map()
        size = 0
      } else at.set(value, found)
    }
    return found
  }

  return (values) => {
    const { medium, source, campaign, content, term } = last ? values.last : values.first
    const type = values.engagementType ?? undefined
    const found = mapped({ medium, source, campaign, content, term, 'engagement-type': type })
    return {
      department: found.department ?? UNMAPPED,
      mediumCategory: found['medium-category'] ?? UNMAPPED,
      medium: found.medium ?? medium ?? null,
      source: found.source ?? source ?? null,
      campaign: found.campaign ?? campaign ?? null,
      content: found.content ?? content ?? null,
      term: found.term ?? term ?? null,
      engagementType: found['engagement-type'] ?? type ?? null,
      engagementTypeCategory: found['engagement-type-category'] ?? UNMAPPED,
    }
  }
}

type PreparedRule = Readonly<{ matches: (text: string) => boolean; rule: MappingRule }>
type Level = ReadonlyMap<MappingTarget, readonly PreparedRule[]>

/** The rules of each level in order, those of one field together. */
function levelsOf(mapping: readonly MappingRule[]): Level[] {
  const levels = new Map<number, Map<MappingTarget, PreparedRule[]>>()
  for (const rule of mapping) {
    const number = levelOf(rule)
    const level = levels.get(number) ?? new Map<MappingTarget, PreparedRule[]>()
    levels.set(number, level)
    const others = level.get(rule.target) ?? []
    level.set(rule.target, others)
    others.push({ rule, matches: matcherOf(rule) })
  }
  return [...levels].sort(([a], [b]) => a - b).map(([, level]) => level)
}

const plain = (text: string): string => text.trim().toLowerCase()

/** [X4] A pattern that cannot be read matches nothing; the rules document refuses it before it gets here. */
function matcherOf({ match, values }: MappingRule): (text: string) => boolean {
  const wanted = values.map(plain)
  switch (match) {
    case 'exact': {
      const all = new Set(wanted)
      return (text) => all.has(plain(text))
    }
    case 'starts-with':
      return (text) => wanted.some((one) => plain(text).startsWith(one))
    case 'contains':
      return (text) => wanted.some((one) => plain(text).includes(one))
    case 'pattern': {
      const patterns = values.map(readPattern).flatMap((read) => (isPatternProblem(read) ? [] : [read]))
      return (text) => patterns.some((pattern) => pattern(text))
    }
  }
}

/** [Q4] Level by level: the first rule that matches what the level before it left. Gives only what rules decided. */
function apply(levels: readonly Level[], raw: Values): Values {
  const decided: Values = {}
  for (const level of levels) {
    const before: Values = { ...raw, ...decided }
    const read: FieldReader = (field) =>
      field.startsWith('raw-') ? raw[field.slice(4) as RawField] : before[field as MappingTarget]
    for (const [target, rules] of level) {
      const text = inputOf(target, before)
      if (text === undefined) continue
      const rule = rules.find((one) => one.matches(text) && (!one.rule.when || meets(one.rule.when, read)))
      if (rule) decided[target] = rule.rule.output
    }
  }
  return decided
}

/** What rules for a field read: its own value so far, else the nearest one it is grouped from. */
function inputOf(target: MappingTarget, values: Values): string | undefined {
  if (values[target] !== undefined) return values[target]
  for (const from of READ_FROM[target] ?? []) if (values[from] !== undefined) return values[from]
  return undefined
}

/** Whether any rule depends on a raw field, through what it fills or what it asks. */
function isRead(field: RawField, mapping: readonly MappingRule[]): boolean {
  return mapping.some(({ target, when }) => {
    const asked = (when ?? []).flat().map((condition) => condition.field.replace(/^raw-/, '') as MappingTarget)
    return [target, ...asked].some((one) => one === field || READ_FROM[one]?.includes(field))
  })
}
