import { type Day, parseDay } from '@throughline/core'
import { ReportError } from './report-error.ts'

/** How figures may be split. `(none)` stands for no value. */
export const DIMENSIONS = [
  'medium',
  'source',
  'campaign',
  'engagement-type',
  'activation-type',
  'triggered-by',
  'owner',
  'month',
  'quarter',
] as const
export type Dimension = (typeof DIMENSIONS)[number]

/**
 * Cohort: journeys that began in the period, however far they have come since. Period: what happened in the
 * period, whenever the journey began.
 */
export type View = 'cohort' | 'period'

/** What may be asked of a report. Which of these it heeds is in its `takes`; the others are refused. */
export type ReportParameters = Readonly<{
  /** First and last day, both included. Absent: no bound on that side. */
  from?: Day
  to?: Day
  view?: View
  by?: Dimension
  /** One option of `by`: only what has that value. */
  option?: string
  /** Only journeys that reached this stage, 1 to 6 (in the period, where `view` is `period`). */
  stage?: number
  /** Only journeys in this state; `dormant-soon`: open, and idle long enough to end within 14 days. */
  state?: 'open' | 'complete' | 'dormant-soon'
  outcome?: string
  /** Leaves out journeys that an opportunity's fallback began: they convert by construction. [U6] */
  withoutFallbacks?: boolean
  sort?: string
  descending?: boolean
  offset?: number
  limit?: number
}>

export type ParameterName = keyof ReportParameters

/** A parameter as command line and API describe it. */
export type ParameterDescription = Readonly<{
  name: ParameterName
  type: 'day' | 'text' | 'integer' | 'flag' | 'choice'
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
  sort: { name: 'sort', type: 'text', description: 'Column to sort by.' },
  descending: { name: 'descending', type: 'flag', description: 'Largest first.' },
  offset: { name: 'offset', type: 'integer', least: 0, description: 'Rows to skip.' },
  limit: { name: 'limit', type: 'integer', least: 1, most: 10_000, description: 'Rows to give at most.' },
}

/**
 * Checks what a report was asked, and reads numbers and flags that arrive as text.
 * Throws `ReportError` with code `invalid-parameter` at the first one that is not right.
 */
export function readParameters(
  report: string,
  takes: readonly ParameterName[],
  given: Readonly<Record<string, unknown>>,
): ReportParameters {
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue
    if (!(takes as readonly string[]).includes(name)) {
      throw invalid(report, `takes no parameter "${name}". It takes: ${takes.join(', ') || 'none'}.`)
    }
    read[name] = readValue(report, PARAMETERS[name as ParameterName], value)
  }
  const parameters = read as ReportParameters
  if (parameters.from && parameters.to && parameters.from > parameters.to) {
    throw invalid(report, `"from" (${parameters.from}) is after "to" (${parameters.to}). Swap them.`)
  }
  if (parameters.option !== undefined && parameters.by === undefined) {
    throw invalid(report, '"option" needs "by": say which dimension it is an option of.')
  }
  return parameters
}

function readValue(report: string, parameter: ParameterDescription, value: unknown): unknown {
  const { name, type } = parameter
  const shown = JSON.stringify(value)
  switch (type) {
    case 'day':
      if (typeof value === 'string' && parseDay(value) !== undefined) return value
      throw invalid(report, `"${name}" is ${shown}, which is no day. Write it as YYYY-MM-DD.`)
    case 'text':
      if (typeof value === 'string') return value
      throw invalid(report, `"${name}" is ${shown}, which is no text.`)
    case 'choice':
      if (parameter.choices?.includes(value as string)) return value
      throw invalid(report, `"${name}" is ${shown}. It can be: ${parameter.choices?.join(', ')}.`)
    case 'flag':
      if (value === true || value === 'true') return true
      if (value === false || value === 'false') return false
      throw invalid(report, `"${name}" is ${shown}. It can be: true, false.`)
    case 'integer': {
      const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
      const { least = 0, most = Number.MAX_SAFE_INTEGER } = parameter
      if (Number.isSafeInteger(number) && (number as number) >= least && (number as number) <= most) return number
      throw invalid(
        report,
        `"${name}" is ${shown}. It can be a whole number from ${least}${parameter.most ? ` to ${most}` : ''}.`,
      )
    }
  }
}

function invalid(report: string, problem: string): ReportError {
  return new ReportError('invalid-parameter', `Report ${report}: ${problem}`)
}
