/**
 * The vocabulary of reports, the same for who answers them and who asks: what can be asked, what a table holds,
 * and the check of a question before anybody works on it.
 */
import { type Day, type Instant, parseDay } from '@throughline/core'

/** How figures may be split, and what every report over journeys and opportunities can be filtered by. */
export const DIMENSIONS = [
  'department',
  'medium-category',
  'medium',
  'source',
  'campaign',
  'engagement-type-category',
  'engagement-type',
  'activation-type',
  'triggered-by',
  'owner',
  'month',
  'quarter',
  'fiscal-quarter',
  'fiscal-year',
] as const
export type Dimension = (typeof DIMENSIONS)[number]

/**
 * Cohort: journeys that began in the period, however far they have come since. Period: what happened in the
 * period, whenever the journey began. [U2]
 */
export type View = 'cohort' | 'period'

/** What may be asked of a report. Each says in `takes` which of these it heeds; the others are refused. */
export type ReportParameters = Readonly<{
  /** First and last day, both included. Absent: no bound on that side. */
  from?: Day
  to?: Day
  view?: View
  by?: Dimension
  /** One option of `by`: only what has that value. */
  option?: string
  /** Conditions such as `medium:paid-search`; see `readFilter`. */
  where?: readonly string[]
  /** Only journeys that reached this stage, 1 to 6 (in the period, where `view` is `period`). */
  stage?: number
  /** Only journeys in this state; `dormant-soon`: open, and idle long enough to end within 14 days. */
  state?: 'open' | 'complete' | 'dormant-soon'
  outcome?: string
  /** Leaves out journeys that an opportunity's fallback began: they convert by construction. [U6] */
  withoutFallbacks?: boolean
  /** Keys of the columns wanted, in the order wanted. */
  columns?: readonly string[]
  /** How many levels of a hierarchy are shown, from the top. */
  levels?: number
  /** Only what lies under this option of the top level, then of the one below, and so on. */
  path?: readonly string[]
  sort?: string
  descending?: boolean
  offset?: number
  limit?: number
}>

export type ParameterName = keyof ReportParameters

/** A parameter as command line and API describe it. */
export type ParameterDescription = Readonly<{
  name: ParameterName
  /** A `list` can be given several times; `keys` are separated by commas. */
  type: 'day' | 'text' | 'integer' | 'flag' | 'choice' | 'list' | 'keys'
  choices?: readonly string[]
  least?: number
  most?: number
  description: string
}>

/** Every parameter there is. */
export const PARAMETERS: Readonly<Record<ParameterName, ParameterDescription>> = {
  from: { name: 'from', type: 'day', description: 'First day, included.' },
  to: { name: 'to', type: 'day', description: 'Last day, included.' },
  view: {
    name: 'view',
    type: 'choice',
    choices: ['cohort', 'period'],
    description: 'cohort: journeys that began in the period; period: what happened in the period.',
  },
  by: { name: 'by', type: 'choice', choices: DIMENSIONS, description: 'Splits the figures.' },
  option: { name: 'option', type: 'text', description: 'Only one option of `by`; `(none)` for no value.' },
  where: {
    name: 'where',
    type: 'list',
    description:
      'A condition, `field:value`; also `!:` (is not), `~:` (contains), `>=:` and `<=:`. ' +
      'Several on one field with `:` are alternatives; all others must hold together.',
  },
  stage: { name: 'stage', type: 'integer', least: 1, most: 6, description: 'Only journeys that reached this stage.' },
  state: {
    name: 'state',
    type: 'choice',
    choices: ['open', 'complete', 'dormant-soon'],
    description: 'Only journeys in this state; dormant-soon: they end within 14 days if nothing happens.',
  },
  outcome: { name: 'outcome', type: 'text', description: 'Only journeys that ended this way.' },
  withoutFallbacks: {
    name: 'withoutFallbacks',
    type: 'flag',
    description: 'Leaves out journeys that began with an opportunity nobody’s journey led to.',
  },
  columns: { name: 'columns', type: 'keys', description: 'Keys of the columns wanted, in the order wanted.' },
  levels: { name: 'levels', type: 'integer', least: 1, most: 5, description: 'How many levels are shown.' },
  path: { name: 'path', type: 'list', description: 'Only what lies under these options, the top level’s first.' },
  sort: { name: 'sort', type: 'text', description: 'Key of the column to sort by.' },
  descending: { name: 'descending', type: 'flag', description: 'Largest first.' },
  offset: { name: 'offset', type: 'integer', least: 0, most: 10_000_000, description: 'Rows to skip.' },
  limit: { name: 'limit', type: 'integer', least: 1, most: 100_000, description: 'Rows to give at most.' },
}

/** A field that `where` can speak of. Money is compared in minor units of the organisation's currency. */
export type FilterDescription = Readonly<{
  field: string
  type: 'text' | 'choice' | 'count' | 'money' | 'day'
  choices?: readonly string[]
  description: string
}>

/**
 * What a column holds. Money is in minor units of the report's currency; ratios are 0 to 1 where they are shares;
 * days are calendar days between two dates.
 */
export type ReportColumnType = 'text' | 'id' | 'day' | 'count' | 'ratio' | 'days' | 'money'

/** A column of a report: `key` names it in each row, `label` on the page. */
export type ReportColumn = Readonly<{ key: string; label: string; type: ReportColumnType; description?: string }>

/** A value in a report's table; null where there is none. Integers beyond 2⁵³ are decimal text. */
export type ReportCell = string | number | null

/** A line of a report, by column key. */
export type ReportRow = Readonly<Record<string, ReportCell>>

/** What a report answers, and what it can be asked. */
export type ReportDescription = Readonly<{
  name: string
  title: string
  /** What it answers, in one sentence. */
  description: string
  takes: readonly ParameterName[]
  /** What `where` can speak of, where the report takes it. */
  filters: readonly FilterDescription[]
  /** Every column it can have; an answer may have fewer. */
  columns: readonly ReportColumn[]
}>

/** A report's answer: a table, and what the figures in it are. */
export type Report<P extends ReportParameters = ReportParameters> = Readonly<{
  name: string
  title: string
  world: string
  columns: readonly ReportColumn[]
  rows: readonly ReportRow[]
  /** Rows there are in all, where `rows` is one page of them. */
  total: number
  /** What a reader must know to trust the figures: what was left out, and how much. */
  notes: readonly string[]
  /** As understood: what was asked, with defaults filled in. */
  parameters: P
  /** ISO 4217 code of every amount. */
  currency: string
  asOf: Instant
  /** Null or 0 until it is known which saved version the rules were. */
  rulesVersion: number | null
}>

/** A report was asked for something that it does not know. The message says what is wrong and what can be asked. */
export class ReportError extends Error {
  readonly code = 'invalid-parameter'
  /** The parameter that is wrong. */
  readonly parameter: string
  /** What to do about it. */
  readonly remedy: string

  constructor(report: string, parameter: string, problem: string, remedy: string) {
    super(`Report ${report}: ${problem} ${remedy}`)
    this.name = 'ReportError'
    this.parameter = parameter
    this.remedy = remedy
  }
}

/** How a filter compares. `from` and `to` include the value. */
export type Comparison = 'is' | 'is-not' | 'contains' | 'from' | 'to'

/** A condition on one field. The value is as it was written, whatever characters it has. */
export type Filter = Readonly<{ field: string; comparison: Comparison; value: string }>

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '': 'is',
  '!': 'is-not',
  '~': 'contains',
  '>=': 'from',
  '<=': 'to',
}

/** Reads `field:value`, `field!:value`, `field~:text`, `field>=:least` or `field<=:most`; undefined for anything else. */
export function readFilter(text: string): Filter | undefined {
  const [, field, sign, value] = /^([a-z][a-z0-9-]*)(!|~|>=|<=|):(.*)$/s.exec(text) ?? []
  const comparison = COMPARISONS[sign ?? '']
  if (field === undefined || comparison === undefined || value === undefined) return undefined
  return { field, comparison, value }
}

/** Which comparisons make sense for each type of field. */
const COMPARABLE: Readonly<Record<FilterDescription['type'], readonly Comparison[]>> = {
  text: ['is', 'is-not', 'contains'],
  choice: ['is', 'is-not'],
  count: ['is', 'is-not', 'from', 'to'],
  money: ['is', 'is-not', 'from', 'to'],
  day: ['is', 'is-not', 'from', 'to'],
}

/** The most conditions one question may have. */
const MOST_FILTERS = 50

/**
 * Checks what a report was asked, and reads numbers, flags and lists that arrive as text.
 * Throws `ReportError` at the first parameter that is not right.
 */
export function readParameters(
  report: Pick<ReportDescription, 'name' | 'takes' | 'filters' | 'columns'>,
  given: Readonly<Record<string, unknown>>,
): ReportParameters {
  const { name: asked, takes } = report
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue
    if (!(takes as readonly string[]).includes(name))
      throw new ReportError(asked, name, `takes no parameter "${name}".`, `It takes: ${takes.join(', ') || 'none'}.`)
    read[name] = readValue(asked, PARAMETERS[name as ParameterName], value)
  }
  const parameters = read as ReportParameters
  const { from, to, by, option, sort, where = [], columns = [] } = parameters
  if (from && to && from > to)
    throw new ReportError(asked, 'to', `"from" (${from}) is after "to" (${to}).`, 'Swap them.')
  if (option !== undefined && by === undefined)
    throw new ReportError(asked, 'by', '"option" needs "by".', 'Say which dimension it is an option of.')
  const keys = report.columns.map(({ key }) => key)
  const unknown = columns.find((key) => !keys.includes(key))
  if (unknown !== undefined)
    throw new ReportError(asked, 'columns', `has no column "${unknown}".`, `It has: ${keys.join(', ')}.`)
  if (sort !== undefined && !keys.includes(sort))
    throw new ReportError(asked, 'sort', `has no column "${sort}" to sort by.`, `Sort by one of: ${keys.join(', ')}.`)
  if (where.length > MOST_FILTERS)
    throw new ReportError(asked, 'where', `has ${where.length} conditions.`, `Give ${MOST_FILTERS} at most.`)
  for (const text of where) checkFilter(report, text)
  return parameters
}

/** The conditions of a question that `readParameters` has read. */
export function filtersOf({ where = [] }: ReportParameters): Filter[] {
  return where.flatMap((text) => readFilter(text) ?? [])
}

function checkFilter({ name, filters }: Pick<ReportDescription, 'name' | 'filters'>, text: string): void {
  const refuse = (problem: string, remedy: string) => new ReportError(name, 'where', problem, remedy)
  const filter = readFilter(text)
  if (!filter)
    throw refuse(
      `"where" is ${JSON.stringify(text)}, which is no condition.`,
      'Write it as field:value, such as medium:paid-search; also field!:value, field~:text, field>=:least, field<=:most.',
    )
  const { field, comparison, value } = filter
  const known = filters.find((one) => one.field === field)
  if (!known)
    throw refuse(
      `"where" speaks of "${field}", which the report cannot be filtered by.`,
      `It can be filtered by: ${filters.map((one) => one.field).join(', ')}.`,
    )
  if (!COMPARABLE[known.type].includes(comparison)) {
    const signs = Object.entries(COMPARISONS).filter(([, one]) => COMPARABLE[known.type].includes(one))
    throw refuse(
      `"where" compares "${field}" in a way that a ${known.type} cannot be compared.`,
      `Use ${signs.map(([sign]) => `${field}${sign}:`).join(' or ')}.`,
    )
  }
  const shown = JSON.stringify(value)
  if (known.type === 'choice' && !known.choices?.includes(value))
    throw refuse(`"where" asks for "${field}" ${shown}.`, `It can be: ${known.choices?.join(', ')}.`)
  if (known.type === 'day' && parseDay(value) === undefined)
    throw refuse(`"where" asks for "${field}" ${shown}, which is no day.`, 'Write it as YYYY-MM-DD.')
  if ((known.type === 'count' || known.type === 'money') && !/^-?\d{1,15}$/.test(value))
    throw refuse(
      `"where" asks for "${field}" ${shown}, which is no whole number.`,
      known.type === 'money' ? 'Write the amount in minor units, such as 150000 for 1500.00.' : 'Write a whole number.',
    )
}

function readValue(report: string, parameter: ParameterDescription, value: unknown): unknown {
  const { name, type } = parameter
  const refuse = (problem: string, remedy: string) =>
    new ReportError(report, name, `"${name}" is ${JSON.stringify(value)}${problem}.`, remedy)
  switch (type) {
    case 'day':
      if (typeof value === 'string' && parseDay(value) !== undefined) return value
      throw refuse(', which is no day', 'Write it as YYYY-MM-DD.')
    case 'text':
      if (typeof value === 'string') return value
      throw refuse(', which is no text', 'Give it once, as text.')
    case 'choice':
      if (parameter.choices?.includes(value as string)) return value
      throw refuse('', `It can be: ${parameter.choices?.join(', ')}.`)
    case 'flag':
      if (value === true || value === 'true') return true
      if (value === false || value === 'false') return false
      throw refuse('', 'It can be: true, false.')
    case 'integer': {
      const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
      const { least = 0, most = Number.MAX_SAFE_INTEGER } = parameter
      if (Number.isSafeInteger(number) && (number as number) >= least && (number as number) <= most) return number
      throw refuse('', `It can be a whole number from ${least}${parameter.most ? ` to ${most}` : ''}.`)
    }
    case 'list':
    case 'keys': {
      const given = typeof value === 'string' ? [value] : value
      if (!Array.isArray(given) || !given.every((one) => typeof one === 'string'))
        throw refuse(', which is no list of texts', 'Give texts.')
      return type === 'list' ? given : given.flatMap((one) => one.split(',')).filter((one) => one !== '')
    }
  }
}
