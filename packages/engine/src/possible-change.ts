import { type ClusterFact, type FactId, type Instant, keysOf, type Rules, type TraceEntry } from '@throughline/core'
import type { Decision } from './decision.ts'
import type { Folded, Question, World } from './explained-part.ts'
import { happeningOf, momentIn } from './fact-sentences.ts'

/** All that is known of a question when changes are sought that would give another answer. */
export type Matter = Readonly<{
  question: Question
  /** With the facts that are known at its moment only. */
  world: World
  folded: Folded
  decision: Decision
  trace: readonly TraceEntry[]
  /** What the decision rests on and what gives it again, the most telling first. */
  telling: readonly ClusterFact[]
}>

/** Something that could have been otherwise. It is told only if a fold shows that the answer would be another. */
export type PossibleChange = Readonly<{
  kind: 'time' | 'moment' | 'value' | 'left-out' | 'added' | 'setting'
  /** What is compared when the smallest is sought; see `SIZE`. */
  size: number
  /** The first half of a sentence, such as `Had lead L1 not been converted`. */
  change: string
  /** The fact it is about; null where there is none. */
  fact: FactId | null
  facts?: (facts: readonly ClusterFact[]) => readonly ClusterFact[]
  /** Records that facts which were not reported name: what is known of them matters too. */
  names?: ReadonlySet<string>
  rules?: Rules
  asOf?: Instant
}>

/**
 * How large a change is. Time that passes needs nobody; then a fact at another moment (the nearer the smaller), one with
 * another value, one that is missing or more, each further one again as much; last a setting, which is everybody's.
 */
export const SIZE = Object.freeze({ time: 0, moment: 1, value: 2, fact: 3, setting: 10 })

/** Facts that were not reported, at a moment. */
export function added(matter: Matter, facts: readonly ClusterFact[]): PossibleChange {
  // There is no such touch: it is any, not the one.
  const told = facts.map((fact) => happeningOf(fact).join(' ').replace(/^the /, 'another '))
  const at = Math.max(...facts.map((fact) => fact.occurredAt))
  return {
    kind: 'added',
    // A fact there is has more to it than one that was never reported.
    size: SIZE.fact * facts.length + 0.5,
    change: `Had ${told.join(' and ')} by ${momentIn(matter.world.rules.organisation.zone, at)}`,
    fact: null,
    facts: (given) => [...given, ...facts],
    names: new Set(facts.flatMap((fact) => keysOf(fact))),
  }
}

/** One fact with other values. */
export function altered(was: ClusterFact, is: ClusterFact, change: string): PossibleChange {
  return {
    kind: 'value',
    size: SIZE.value,
    change,
    fact: was.id,
    facts: (given) => given.map((fact) => (fact.id === was.id ? is : fact)),
  }
}

/** Other rules; `weight` above 0 for settings that are less to the point. */
export function setting(rules: Rules, change: string, weight = 0): PossibleChange {
  return { kind: 'setting', size: SIZE.setting + weight, change, fact: null, rules }
}
