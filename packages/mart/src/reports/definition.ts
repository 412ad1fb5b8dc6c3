import type { Organisation, Rules } from '@throughline/core'
import type { ReportColumn, ReportDescription, ReportParameters, ReportRow } from '@throughline/engine'
import type { Ask } from '../database.ts'
import type { World } from '../worlds.ts'

/** What a report takes from the rules that its world was derived with. */
export type ReportContext = Readonly<{
  organisation: Pick<Organisation, 'currency' | 'fiscalYearStart'>
  stageLabels: Rules['stages']['labels']
}>

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
export type ReportDefinition = ReportDescription &
  Readonly<{
    /** What holds where a parameter is not given. */
    defaults: ReportParameters
    answer(ask: Ask, parameters: ReportParameters, context: ReportContext, world: World): Promise<Answer>
  }>
