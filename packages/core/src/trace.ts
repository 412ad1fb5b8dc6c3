import type { RuleId } from './derivation.ts'
import type { FactId, Instant } from './facts.ts'

/** What a decision was about. */
export type TraceSubject =
  | 'classification'
  | 'attribution-values'
  | 'stage-1'
  | 'stage-2'
  | 'stage-3'
  | 'stage-4'
  | 'stage-5'
  | 'stage-6'
  | 'completion'
  | 'primary-opportunity'
  | 'attribution-activation'
  | 'identity'
  | 'status-reset'
  | 'interaction'
  | 'current-activation'

/** Where one of several was chosen: all that could have been, the best first, and why each has its place. */
export type Ranking = Readonly<{
  /** What they were ranked by: a strategy of opportunity attribution, or the rule for merged journeys. */
  strategy: string
  candidates: readonly Readonly<{
    record: string
    facts: readonly FactId[]
    /** From 1. */
    place: number
    /** In the order of the strategy, as far as was needed; the last one says what put it behind the one above. */
    reasons: readonly string[]
  }>[]
}>

/**
 * One decision of the fold, told as it was taken: what was decided by which rule from which facts, and the
 * alternative that lost and why. Only collected when somebody asks; see `derive`.
 */
export type TraceEntry = Readonly<{
  /** The derived record decided about. */
  record: string
  subject: TraceSubject
  rule: RuleId
  facts: readonly FactId[]
  at: Instant
  /** What was decided, in one sentence. */
  decided: string
  /** What else could have been, and why it was not. */
  instead: string | null
  /** Whether this decision changed anything; a `false` entry tells why something did not happen. */
  applied: boolean
  /** It took back what an earlier decision had set, and set nothing in its place. */
  cleared?: true
  /** Present where one of several was chosen. */
  ranking?: Ranking
}>
