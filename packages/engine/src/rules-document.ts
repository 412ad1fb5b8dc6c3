import {
  CORRECTED_FIELDS,
  DEFAULT_RULES,
  isPatternProblem,
  MAPPING_TARGETS,
  type Rules,
  readPattern,
} from '@throughline/core'
import { z } from 'zod'
import { UnknownZoneError, zoneOf } from './zone.ts'

const condition = z
  .strictObject({
    field: z
      .string()
      .min(1)
      .describe('status, score, owner, lead-source, probability, won, … or a field of the company’s own'),
    operator: z.enum([
      'equals',
      'not-equals',
      'in',
      'not-in',
      'contains',
      'starts-with',
      'greater-than',
      'at-least',
      'less-than',
      'at-most',
      'is-blank',
      'is-present',
    ]),
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]).optional(),
  })
  .refine((one) => one.value !== undefined || one.operator.startsWith('is-'), {
    message: 'this operator needs a value',
  })

const criteria = z
  .array(z.array(condition).min(1))
  .describe('Any of the sets must hold; a set holds when all its conditions do.')
const byObject = z.strictObject({ lead: criteria, contact: criteria }).partial()
const values = z
  .strictObject({
    medium: z.string(),
    source: z.string(),
    campaign: z.string(),
    content: z.string(),
    engagementType: z.string(),
  })
  .partial()

const correction = z.strictObject({
  id: z.string().trim().min(1).max(100),
  reason: z.string().trim().min(1, 'a reason is needed: somebody will ask').max(2000),
  author: z.string().trim().min(1).max(255),
  at: z
    .union([
      z.iso
        .datetime({ offset: true, error: 'a moment such as "2025-04-01T12:00:00Z"' })
        .transform((at) => Date.parse(at)),
      z.int(),
    ])
    .describe('When it was made: nothing that was recorded later is changed.'),
  field: z.enum(CORRECTED_FIELDS as [(typeof CORRECTED_FIELDS)[number], ...typeof CORRECTED_FIELDS]),
  from: z.array(z.string().min(1)).min(1).describe('Values to be replaced, to the letter.'),
  to: z.string().trim().min(1).max(255).nullable().describe('Null takes the value away.'),
  revoked: z.boolean().optional().describe('Taken back: the original values show again.'),
})

const hosts = z
  .array(
    z
      .string()
      .trim()
      .max(255)
      .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(\.\*)?$/i, 'a host such as example.com, *.example.com or example.*'),
  )
  .max(1000)

/** Fields a mapping rule may ask about: as mapped so far, or as they arrived. */
const MAPPING_FIELDS: readonly string[] = [
  ...MAPPING_TARGETS,
  ...MAPPING_TARGETS.filter((one) => one !== 'department' && !one.endsWith('-category')).map((one) => `raw-${one}`),
]

const mappingRule = z
  .strictObject({
    level: z.int().min(1).max(9).optional().describe('Each level reads what the one before it left.'),
    target: z.enum(MAPPING_TARGETS as [(typeof MAPPING_TARGETS)[number], ...typeof MAPPING_TARGETS]),
    match: z.enum(['exact', 'starts-with', 'contains', 'pattern']),
    values: z.array(z.string().trim().min(1, 'must not be blank: a blank value is never mapped').max(500)).min(1),
    output: z.string().trim().min(1).max(255),
    when: criteria.optional().describe('Must hold as well; fields: any target, or `raw-` and a field that arrives.'),
  })
  .superRefine(({ match, values: texts, when }, check) => {
    if (match === 'pattern')
      for (const [i, text] of texts.entries()) {
        const read = readPattern(text)
        if (isPatternProblem(read))
          check.addIssue({ code: 'custom', path: ['values', i], message: `${read.problem}; ${read.remedy}` })
      }
    for (const [i, set] of (when ?? []).entries())
      for (const [j, { field }] of set.entries())
        if (!MAPPING_FIELDS.includes(field))
          check.addIssue({
            code: 'custom',
            path: ['when', i, j, 'field'],
            message: `there is no field "${field}"; there are ${MAPPING_FIELDS.join(', ')}`,
          })
  })

/**
 * The rules document as a company writes it: every part may be left out and takes its default. Unknown names are
 * refused, because a misspelt setting that is silently ignored is worse than an error.
 */
export const RulesDocument = z
  .strictObject({
    organisation: z
      .strictObject({
        name: z.string().min(1),
        zone: z.string().min(1).describe('IANA name; every date in a report is a day in this zone'),
        currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as USD'),
        rates: z.record(
          z.string().regex(/^[A-Z]{3}$/),
          z.string().regex(/^\d+(\.\d+)?$/, 'a decimal number as text, such as "1.08"'),
        ),
        fiscalYearStart: z.int().min(1).max(12),
      })
      .partial(),
    identity: z.strictObject({ email: z.enum(['none', 'interactions', 'records']) }).partial(),
    order: z.enum(['occurred', 'recorded']),
    stages: z
      .strictObject({
        labels: z.tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.string()]),
        routed: byObject,
        accepted: byObject,
        qualified: criteria,
        won: criteria,
        earlier: z.array(
          z
            .strictObject({ routed: byObject, accepted: byObject, qualified: criteria, won: criteria })
            .partial()
            .extend({ until: z.iso.date().describe('The first day on which these no longer hold.') }),
        ),
      })
      .partial(),
    opportunityStages: z.array(
      z.strictObject({
        name: z.string().min(1),
        probability: z.number().min(0).max(100),
        closed: z.boolean(),
        won: z.boolean(),
      }),
    ),
    dispositions: z.array(
      z.strictObject({
        object: z.enum(['lead', 'contact']),
        criteria,
        outcome: z.string().min(1),
        enabled: z.boolean().default(true),
      }),
    ),
    dormancy: z
      .strictObject({
        enabled: z.boolean(),
        days: z.int().min(1).max(3650),
        runAtMinute: z.int().min(0).max(1439),
        outcome: z.strictObject({ lead: z.string().min(1), contact: z.string().min(1) }).partial(),
      })
      .partial(),
    reactivation: z
      .strictObject({
        leadStatus: z.string().min(1),
        contactStatus: z.string().min(1),
        activeStatuses: z.strictObject({ lead: z.array(z.string()), contact: z.array(z.string()) }).partial(),
      })
      .partial(),
    opportunityAttribution: z
      .strictObject({
        strategy: z.enum(['began-the-process', 'primary-role-first', 'latest-activation', 'furthest-stage']),
        graceMs: z.int().min(0),
        linkExistingOpenRoles: z.boolean(),
        leadSourceOnly: criteria,
      })
      .partial(),
    outcomes: z.strictObject({ won: z.string().min(1), lost: z.string().min(1) }).partial(),
    campaigns: z.array(
      z.strictObject({ name: z.string().min(1), criteria, statuses: z.array(z.string()).default([]), values }),
    ),
    tasks: z.array(z.strictObject({ name: z.string().min(1), criteria, values })),
    corrections: z
      .array(correction)
      .max(5000)
      .superRefine((all, check) => {
        for (const [i, { id }] of all.entries())
          if (all.findIndex((one) => one.id === id) < i)
            check.addIssue({
              code: 'custom',
              path: [i, 'id'],
              message: `there is a correction "${id}" already; a correction is made once: give this one an id of its own, or revoke the other`,
            })
      })
      .describe('Raw values that were wrong, in the order they were put right.'),
    mapping: z
      .array(mappingRule)
      .max(5000)
      .describe('How raw values are named and grouped in reports; the first rule of a level that matches counts.'),
    reporting: z
      .strictObject({ basis: z.enum(['first', 'last']).describe('Which click’s values reports show.') })
      .partial(),
    visits: z
      .strictObject({
        retentionDays: z.int().min(1).max(400).describe('How many days a visit is remembered.'),
        ownDomains: z.array(z.hostname()).describe('The company’s own, with all that lie under them.'),
        searchHosts: hosts,
        socialHosts: hosts,
        clickIds: z
          .array(z.strictObject({ parameter: z.string().min(1), medium: z.string().min(1), source: z.string().min(1) }))
          .describe('Parameters of paid clicks, and what such a click counts as where there are no tags.'),
        keepLastNonDirect: z.boolean().describe('A visit without a source leaves the last click as it was.'),
      })
      .partial(),
    interactions: z.strictObject({ ignoreRepeatsWithinMs: z.int().min(0) }).partial(),
    campaignMembers: z
      .strictObject({
        once: z.enum(['member', 'status']),
        absorbNewPersonSeconds: z
          .int()
          .min(0)
          .max(86_400 * 366),
      })
      .partial(),
    taskEngagements: z.strictObject({ once: z.enum(['rule', 'task']) }).partial(),
    merges: z.strictObject({ demoteSingleCandidate: z.boolean() }).partial(),
    findings: z
      .strictObject({
        staleOpportunityDays: z.int().min(0).max(3650),
        unworkedReactivationDays: z.int().min(0).max(3650),
      })
      .partial(),
    statuses: z.strictObject({ lead: z.array(z.string()), contact: z.array(z.string()) }).partial(),
    leadSources: z.array(z.string()),
  })
  .partial()

/** A rules document that cannot be used. Each issue names the path, the problem and, where known, the remedy. */
export class InvalidRulesError extends Error {
  readonly code = 'invalid-rules'
  override readonly name = 'InvalidRulesError'
  readonly issues: readonly Readonly<{ path: string; problem: string }>[]
  constructor(issues: readonly Readonly<{ path: string; problem: string }>[]) {
    super(
      `the rules document cannot be used: ${issues.map(({ path, problem }) => `${path || 'document'}: ${problem}`).join('; ')}`,
    )
    this.issues = issues
  }
}

/** Rules ready for the core, with the canonical text that is stored. */
export type ReadRules = Readonly<{ rules: Rules; document: string }>

/**
 * Checks a parsed rules document and lays it over the defaults. Equal documents, however written, give equal text.
 * @throws InvalidRulesError
 */
export function readRules(parsed: unknown): ReadRules {
  const result = RulesDocument.safeParse(parsed ?? {})
  if (!result.success)
    throw new InvalidRulesError(
      result.error.issues.map((issue) => ({ path: issue.path.join('.'), problem: problemOf(issue) })),
    )
  const given = result.data
  const { organisation, ...rest } = given
  let zone = DEFAULT_RULES.organisation.zone
  try {
    if (organisation?.zone) zone = zoneOf(organisation.zone)
  } catch (error) {
    if (error instanceof UnknownZoneError)
      throw new InvalidRulesError([{ path: 'organisation.zone', problem: error.message }])
    throw error
  }
  const rules = overlay(DEFAULT_RULES, { ...rest, organisation: { ...organisation, zone } }) as Rules
  const document = JSON.stringify(sorted(given))
  return { rules, document }
}

/** A name that is not known is told with those that are. */
function problemOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message
  let there: unknown = DEFAULT_RULES
  for (const step of issue.path) there = isObject(there) ? there[String(step)] : undefined
  const known = isObject(there) ? Object.keys(there) : []
  return `${issue.message}${known.length > 0 ? `; there are ${known.join(', ')}` : ''}`
}

/** Objects are laid over each other; lists and plain values are replaced. */
function overlay(base: unknown, over: unknown): unknown {
  if (over === undefined) return base
  if (!isObject(base) || !isObject(over)) return over
  const merged: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(over)) merged[name] = overlay(base[name], value)
  return merged
}

/** The same value with the names of objects in order, so that equal documents have equal text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .filter((name) => value[name] !== undefined)
      .map((name) => [name, sorted(value[name])]),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
