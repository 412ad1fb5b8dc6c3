import type { Instant, Organisation, Rules } from '@throughline/core'
import type { Ask } from '../database.ts'
import type { World } from '../worlds.ts'
import type { ParameterName, ReportParameters } from './parameters.ts'

/** What a report takes from the rules that its world was derived with. */
export type ReportContext = Readonly<{
  organisation: Pick<Organisation, 'currency' | 'fiscalYearStart'>
  stageLabels: Rules['stages']['labels']
}>

/**
 * What a column holds. Money is in minor units of the report's currency; ratios are 0 to 1 where they are shares;
 * days are calendar days between two dates.
 */
export type ReportColumnType = 'text' | 'id' | 'day' | 'count' | 'ratio' | 'days' | 'money'

export type ReportColumn = Readonly<{ key: string; label: string; type: ReportColumnType; description?: string }>

export type ReportCell = string | number | null
export type ReportRow = Readonly<Record<string, ReportCell>>

/** What a report finds out; the rest of the answer is the same for all. */
export type Answer = Readonly<{
  rows: readonly ReportRow[]
  /** Rows there are in all, where `rows` is one page of them. */
  total?: number
  /** What a reader must know to trust the figures: what was left out, and how many. */
  notes?: readonly string[]
  /** The columns of this answer, where they depend on what was asked. */
  columns?: readonly ReportColumn[]
}>

/** A question the mart can answer. */
export type ReportDefinition = Readonly<{
  name: string
  title: string
  /** What it answers, in one sentence. */
  description: string
  takes: readonly ParameterName[]
  /** What holds where a parameter is not given. */
  defaults: ReportParameters
  columns: readonly ReportColumn[]
  answer(ask: Ask, parameters: ReportParameters, context: ReportContext, world: World): Promise<Answer>
}>

/** A report's answer: a table, and what the figures in it are. */
export type Report<P extends ReportParameters = ReportParameters> = Readonly<{
  name: string
  title: string
  world: string
  columns: readonly ReportColumn[]
  rows: readonly ReportRow[]
  total: number
  notes: readonly string[]
  /** As understood: what was asked, with defaults filled in. */
  parameters: P
  /** ISO 4217 code of every amount. */
  currency: string
  asOf: Instant
  /** 0 until it is known which saved version the rules were. */
  rulesVersion: number
}>
