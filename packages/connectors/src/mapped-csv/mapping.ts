import { parse, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { SourceError } from '../source-error.ts'
import { zoneNamed } from '../zone.ts'
import { patternOf } from './time-format.ts'

const column = z.string().trim().min(1)
const word = z.union([z.string().trim().min(1), z.number().transform(String)])

/** A text taken from a column, or the same for every row. */
const text = z.union([
  column,
  z.strictObject({ constant: word }),
  z.strictObject({
    column,
    /** Rewrites values, without regard to case; null leaves the value out. */
    values: z.record(z.string(), z.union([word, z.null()])).optional(),
    /** What becomes of values that `values` does not have: kept as they are, or the row is rejected. */
    others: z.enum(['keep', 'reject']).default('keep'),
    /** Stands where the cell is blank. */
    blank: word.optional(),
  }),
])

const flag = z.union([z.boolean(), z.strictObject({ column, values: z.record(z.string(), z.boolean()) })])

const time = z.union([
  column,
  z.strictObject({
    column,
    format: z.string().refine((format) => patternOf(format) !== undefined, {
      message: 'is not a format: use iso, epoch-seconds, epoch-milliseconds, or letters such as yyyy-MM-dd HH:mm:ss',
    }),
  }),
])

const tags = z.strictObject({
  medium: text.optional(),
  source: text.optional(),
  campaign: text.optional(),
  content: text.optional(),
  term: text.optional(),
})

const user = z.union([
  z.strictObject({
    id: word,
    name: z.string().trim().min(1),
    role: z.string().optional(),
    queue: z.boolean().optional(),
  }),
  /** Everybody named in a column. Their names are not known: their ids stand in. */
  z.strictObject({ in: z.enum(['leads', 'deals']), column, role: z.string().optional() }),
])

const leads = z.strictObject({
  file: z.string().min(1),
  id: column,
  created: time,
  createdBy: text,
  owner: text,
  /** A constant is the status at creation; a column's value is the status now, since `statusSince` if that is given. */
  status: text.optional(),
  statusSince: time.optional(),
  score: column.optional(),
  leadSource: text.optional(),
  first: tags.optional(),
  last: tags.optional(),
  engagementType: text.optional(),
  engagementDate: time.optional(),
  email: column.optional(),
  firstName: column.optional(),
  lastName: column.optional(),
  company: column.optional(),
  title: column.optional(),
  phone: column.optional(),
  country: column.optional(),
  /** Further values for the company's criteria: their name, and the column they are in. */
  fields: z.record(z.string().min(1), column).optional(),
})

const deals = z.strictObject({
  file: z.string().min(1),
  /** The column that holds the lead's id. */
  lead: column,
  /** The deal's own id; the lead's where there is none. */
  opportunity: column.optional(),
  /** Id of the contact the lead became; the lead's where there is none. */
  contact: column.optional(),
  name: column.optional(),
  created: time.optional(),
  createdBy: text.optional(),
  owner: text,
  /** Who had the lead before: set when the deal was made, at the latest. */
  leadOwner: text.optional(),
  stage: text.optional(),
  role: text.optional(),
  leadSource: text.optional(),
  amount: column.optional(),
  currency: text.optional(),
  /** When it was won or lost; blank: it is open. */
  closed: time.optional(),
  won: flag.default(true),
})

const mapping = z.strictObject({
  version: z.literal(1),
  /** Begins the ids of all facts, so that two sources never meet by accident. */
  source: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits, dots and dashes'),
  timeZone: z
    .string()
    .refine((name) => zoneNamed(name) !== undefined, 'is not a time zone such as Europe/Berlin or UTC')
    .optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')
    .optional(),
  users: z.array(user).default([]),
  leads,
  deals: deals.optional(),
})

/** How any lead CSV, and perhaps a file of its deals, is to be read. */
export type Mapping = z.infer<typeof mapping>
export type LeadMapping = z.infer<typeof leads>
export type DealMapping = z.infer<typeof deals>
export type TextFrom = z.infer<typeof text>
export type TimeFrom = z.infer<typeof time>
export type FlagFrom = z.infer<typeof flag>
export type TagsFrom = z.infer<typeof tags>

/**
 * Checks a mapping document. A text is read as YAML first.
 *
 * @throws SourceError `invalid-mapping`, naming the place in the document, what is wrong there and the remedy.
 */
export function readMapping(document: unknown, name = 'mapping'): Mapping {
  const plain = typeof document === 'string' ? parseYaml(document, name) : document
  const result = mapping.safeParse(plain)
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => describe(issue, plain))
  const first = issues[0] as Issue
  const more = issues.slice(1, 6).map(({ path, problem }) => `${path || 'document'} ${problem}`)
  throw new SourceError(
    'invalid-mapping',
    { file: name, column: first.path || 'document' },
    `${first.problem}.${more.length > 0 ? ` Also: ${more.join('; ')}.` : ''}`,
    first.remedy,
  )
}

function parseYaml(text: string, name: string): unknown {
  try {
    return parse(text, { prettyErrors: true })
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    const row = error.linePos?.[0].line
    throw new SourceError(
      'invalid-mapping',
      { file: name, ...(row === undefined ? {} : { row }) },
      `the document is not YAML: ${(error.message.split('\n')[0] ?? '').replace(/ at line .*$/, '')}.`,
      'Correct the line; a value with a colon or a leading special character goes between quotation marks.',
    )
  }
}

type Issue = Readonly<{ path: string; problem: string; remedy: string }>

function describe(issue: z.core.$ZodIssue, document: unknown): Issue {
  const path = issue.path.map(String).join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return {
        path: [path, issue.keys[0]].filter(Boolean).join('.'),
        problem: `is not known here (${issue.keys.join(', ')})`,
        remedy: 'Correct the spelling or remove it; the mapping guide lists every entry.',
      }
    case 'invalid_union': {
      // The form that came closest tells most.
      const closest = [...issue.errors].sort((a, b) => (b[0]?.path.length ?? 0) - (a[0]?.path.length ?? 0))[0]?.[0]
      if (closest && closest.path.length > 0)
        return describe({ ...closest, path: [...issue.path, ...closest.path] }, document)
      return {
        path,
        problem: valueAt(document, issue.path) === undefined ? 'is missing' : 'has none of the forms it may have',
        remedy: 'Give the name of a column, or { column: …, values: … }, or { constant: … }.',
      }
    }
    case 'invalid_type':
      return valueAt(document, issue.path) === undefined
        ? { path, problem: 'is missing', remedy: `Add ${path || 'the mapping'} to the mapping.` }
        : { path, problem: `must be a ${issue.expected}`, remedy: `Write a ${issue.expected} there.` }
    default:
      return { path, problem: issue.message, remedy: 'Correct the value.' }
  }
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
