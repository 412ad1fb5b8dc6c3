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

/** The reporting values of raw ones. The mapping is prepared once for each rules value, and what it says remembered. */
export function reportingOf(values: RawValues, rules: Rules): Reporting {
  let prepared = PREPARED.get(rules)
  if (!prepared) {
    prepared = prepare(rules)
    PREPARED.set(rules, prepared)
  }
  return prepared(values)
}

/** A rule that decided something: its place in the mapping, from 1, what it read and what it made of it. */
export type MappingStep = Readonly<{ rule: number; target: MappingTarget; read: string; output: string }>

/** Which rules make the reporting values of raw ones, in the order they are worked out. For explanations: not remembered. */
export function mappingSteps(values: RawValues, { mapping, reporting }: Rules): MappingStep[] {
  const { medium, source, campaign, content, term } = reporting.basis === 'last' ? values.last : values.first
  const raw = { medium, source, campaign, content, term, 'engagement-type': values.engagementType ?? undefined }
  const steps: MappingStep[] = []
  apply(levelsOf(mapping), raw, (rule, read) =>
    steps.push({ rule: mapping.indexOf(rule) + 1, target: rule.target, read, output: rule.output }),
  )
  return steps
}

const PREPARED = new WeakMap<Rules, (values: RawValues) => Reporting>()

/** Combinations that are remembered before all are forgotten, so that free text does not fill the memory. */
const MOST_REMEMBERED = 50_000

type Values = Partial<Record<MappingTarget, string | undefined>>

/** What a part of the mapping says of raw values: the fields it decides, and nothing of the others. */
type Part = (raw: Values) => Partial<Reporting>

const NOTHING: Partial<Reporting> = reportingFrom({})
const undecided: Part = () => NOTHING

function prepare({ mapping, reporting }: Rules): (values: RawValues) => Reporting {
  const last = reporting.basis === 'last'
  const parts = fieldsTogether(mapping).map((fields) => {
    const rules = mapping.filter((rule) => fieldsOf(rule).some((field) => fields.includes(field)))
    return { fields, part: remembering(fields, levelsOf(rules)) }
  })
  const partOf = (field: RawField) => parts.find(({ fields }) => fields.includes(field))?.part ?? undecided
  const ofMedium = partOf('medium')
  const ofSource = partOf('source')
  const ofCampaign = partOf('campaign')
  const ofContent = partOf('content')
  const ofTerm = partOf('term')
  const ofType = partOf('engagement-type')
  return (values) => {
    const { medium, source, campaign, content, term } = last ? values.last : values.first
    const type = values.engagementType ?? undefined
    const raw = { medium, source, campaign, content, term, 'engagement-type': type }
    const byMedium = ofMedium(raw)
    const byType = ofType === ofMedium ? byMedium : ofType(raw)
    const bySource = ofSource === ofMedium ? byMedium : ofSource(raw)
    return {
      department: byMedium.department ?? UNMAPPED,
      mediumCategory: byMedium.mediumCategory ?? UNMAPPED,
      medium: byMedium.medium ?? medium ?? null,
      source: bySource.source ?? source ?? null,
      campaign: ofCampaign(raw).campaign ?? campaign ?? null,
      content: ofContent(raw).content ?? content ?? null,
      term: ofTerm(raw).term ?? term ?? null,
      engagementType: byType.engagementType ?? type ?? null,
      engagementTypeCategory: byType.engagementTypeCategory ?? UNMAPPED,
    }
  }
}

/** What rules decided, by the names that results have. Every field is there, so that all such values are built alike. */
function reportingFrom(decided: Values): Partial<Reporting> {
  return {
    department: decided.department,
    mediumCategory: decided['medium-category'],
    medium: decided.medium,
    source: decided.source,
    campaign: decided.campaign,
    content: decided.content,
    term: decided.term,
    engagementType: decided['engagement-type'],
    engagementTypeCategory: decided['engagement-type-category'],
  } as Partial<Reporting>
}

/** The raw fields a rule depends on, through what it fills or what it asks. */
function fieldsOf({ target, when }: MappingRule): RawField[] {
  const asked = (when ?? []).flat().map(({ field }) => field.replace(/^raw-/, '') as MappingTarget)
  return RAW_FIELDS.filter((field) =>
    [target, ...asked].some((one) => one === field || READ_FROM[one]?.includes(field)),
  )
}

/** Raw fields that no rule connects are mapped apart, so that there are few combinations to remember. */
function fieldsTogether(mapping: readonly MappingRule[]): RawField[][] {
  let groups: RawField[][] = []
  for (const fields of mapping.map(fieldsOf)) {
    const apart = groups.filter((group) => !group.some((field) => fields.includes(field)))
    const joined = groups.filter((group) => !apart.includes(group))
    groups = [...apart, [...new Set([...joined.flat(), ...fields])]]
  }
  return groups
}

/** Combinations by the values of the fields, one map for each field. */
type Remembered = Map<string | undefined, Remembered | Partial<Reporting>>

/** A part of the mapping that works each combination of its fields out once. */
function remembering(fields: readonly RawField[], levels: readonly Level[]): Part {
  const lastField = fields.at(-1) as RawField
  const before = fields.slice(0, -1)
  let remembered: Remembered = new Map()
  let size = 0
  return (raw) => {
    let at = remembered
    for (const field of before) {
      let next = at.get(raw[field]) as Remembered | undefined
      if (!next) {
        next = new Map()
        at.set(raw[field], next)
      }
      at = next
    }
    let found = at.get(raw[lastField]) as Partial<Reporting> | undefined
    if (!found) {
      found = reportingFrom(apply(levels, raw))
      at.set(raw[lastField], found)
      size++
      if (size >= MOST_REMEMBERED) {
        remembered = new Map()
        size = 0
      }
    }
    return found
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
function apply(levels: readonly Level[], raw: Values, tell?: (rule: MappingRule, read: string) => void): Values {
  const decided: Values = {}
  for (const level of levels) {
    const before: Values = { ...raw, ...decided }
    const read: FieldReader = (field) =>
      field.startsWith('raw-') ? raw[field.slice(4) as RawField] : before[field as MappingTarget]
    for (const [target, rules] of level) {
      const text = inputOf(target, before)
      if (text === undefined) continue
      const rule = rules.find((one) => one.matches(text) && (!one.rule.when || meets(one.rule.when, read)))
      if (!rule) continue
      decided[target] = rule.rule.output
      tell?.(rule.rule, text)
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
