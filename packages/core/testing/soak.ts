import fc from 'fast-check'
import { derive } from '../src/index.ts'
import { type History, withCrowded } from './histories.ts'
import { type Derive, type Law, subjectOf, told } from './law.ts'
import { LAWS } from './laws.ts'

/** A part of a soak: so many histories of each kind, always the same ones for the same seed. */
export type Batch = Readonly<{ seed: number; histories: number }>

/** A law that a history breaks, shrunk to what matters, in words. */
export type Breach = Readonly<{ law: string; seed: number; found: readonly string[]; history: string }>

export type Tally = Readonly<{
  histories: number
  /** Facts of the histories. Each history is put before every law of its kind, whole. */
  steps: number
  /** How often something was derived, and the facts folded for that. */
  folds: number
  folded: number
  /** Steps of each law, in the order of `LAWS`. */
  stepsOfLaws: readonly number[]
  breach: Breach | undefined
}>

/** Puts a batch of cramped random histories before all laws, and stops at the first breach. */
export function soak({ seed, histories }: Batch, fold: Derive = derive): Tally {
  const stepsOfLaws = LAWS.map(() => 0)
  const total = { histories: 0, steps: 0, folds: 0, folded: 0 }
  const counted: Derive = (facts, ...rest) => {
    total.folds++
    total.folded += facts.length
    return fold(facts, ...rest)
  }
  for (const kind of new Set(LAWS.map((law) => law.histories))) {
    const laws = [...LAWS.entries()].filter(([, law]) => law.histories === kind)
    let broken: Law | undefined
    const holds = (history: History): boolean => {
      if (broken) return !breaks(broken, fold, history)
      total.histories++
      total.steps += history.facts.length
      const subject = subjectOf(counted, history)
      for (const [index, law] of laws) {
        stepsOfLaws[index] = (stepsOfLaws[index] ?? 0) + history.facts.length
        if (foundBy(() => law.breaches(subject)).length === 0) continue
        broken = law
        return false
      }
      return true
    }
    const arbitrary = withCrowded(kind, 2)
    const { counterexample } = fc.check(fc.property(arbitrary, holds), { seed, numRuns: histories })
    const first = counterexample?.[0]
    if (!broken || !first) continue
    const law: Law = broken
    const history = withoutNeedless(first, (one) => breaks(law, fold, one))
    const found = foundBy(() => law.breaches(subjectOf(fold, history)))
    return { ...total, stepsOfLaws, breach: { law: law.title, seed, found, history: told(history) } }
  }
  return { ...total, stepsOfLaws, breach: undefined }
}

/** The history without every fact that it can do without. */
function withoutNeedless(history: History, still: (history: History) => boolean): History {
  let kept = history
  for (let smaller = true; smaller; ) {
    smaller = false
    for (const fact of kept.facts) {
      const facts = kept.facts.filter((one) => one !== fact)
      // What a law draws by the salt may be another fact now: with another salt it may be the same one.
      const salts = [kept.salt, ...facts.keys()]
      const fewer = salts.map((salt) => ({ ...kept, facts, salt })).find(still)
      if (!fewer) continue
      kept = fewer
      smaller = true
    }
  }
  return kept
}

const breaks = (law: Law, fold: Derive, history: History): boolean =>
  foundBy(() => law.breaches(subjectOf(fold, history))).length > 0

/** What a law finds; a fold that fails breaks every law. */
function foundBy(look: () => readonly string[]): readonly string[] {
  try {
    return look()
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
}
