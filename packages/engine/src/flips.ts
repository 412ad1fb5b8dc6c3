import { type FactId, type Instant, keysOf } from '@throughline/core'
import { answerOf, type Folded, fold, type ReadingBudget, tellAnswer, type World } from './explained-part.ts'
import { leftOut, moved } from './fact-edits.ts'
import { missing } from './missing-facts.ts'
import type { Matter, PossibleChange } from './possible-change.ts'
import { settings, timePassing } from './setting-changes.ts'
import { circlesOf } from './sufficient-facts.ts'
import { otherValues } from './value-changes.ts'

/**
 * Something that would have made it otherwise. `change` and `result` are two halves of one sentence: `Had lead L1 not
 * been converted on 2026-03-04`, `it would be an Activation (Original Activation)`.
 */
export type Flip = Readonly<{ change: string; fact: FactId | null; result: string }>

/** Changes that are told of one answer. */
const TOLD = 4

/** Where the facts around a question are fewer than this share of all, changes are first tried on those alone. */
const WORTH_A_TRIAL = 0.7

/**
 * The smallest changes that would give another answer, the smallest first. Each possible change is carried out and the
 * facts folded again; told are only those after which the answer is another. In a large cluster a change is tried on the
 * facts around the question first, and again on all of them before it is told. The search ends with its budget.
 */
export function flipsOf(matter: Matter, budget: ReadingBudget): Flip[] {
  return changesThatFlip(matter, budget).map(({ flip }) => flip)
}

/** The same with the changes themselves. */
export function changesThatFlip(
  matter: Matter,
  budget: ReadingBudget,
): Readonly<{ change: PossibleChange; flip: Flip }>[] {
  const { question, world, folded } = matter
  const was = answerOf(question, folded, world.rules)
  const around = trialWorld(matter, was, budget)
  const found: { change: PossibleChange; flip: Flip; answer: string }[] = []
  const ends: typeof found = []
  const changes = possibleChanges(matter, budget)
  for (const change of changes) {
    if (found.length === TOLD || budget.left < (around ?? world).facts.length) break
    if (around) {
      const trial = tried(matter, including(around, change.names, world), change, budget)
      if (!trial || answerOf(question, trial, world.rules) === was) continue
    }
    const other = tried(matter, world, change, budget)
    const answer = other && answerOf(question, other, world.rules)
    if (!other || answer === undefined || answer === was) continue
    // What is not there is no more there where its record is gone as well.
    if (folded.part === null && other.part === undefined) continue
    if (change.kind === 'moment' && changesByTime(matter, change.asOf, was, budget)) continue
    const flip = { change: change.change, fact: change.fact, result: tellAnswer(question, other, world.rules) }
    // That nothing is there without the fact that made it tells little.
    if (other.part === undefined) {
      if (ends.length === 0) ends.push({ change, flip, answer })
    } else if (!found.some((one) => one.change.kind === change.kind && one.answer === answer))
      found.push({ change, flip, answer })
  }
  return [...found, ...ends].slice(0, TOLD)
}

/** All that could have been otherwise, the smallest first. */
function possibleChanges(matter: Matter, budget: ReadingBudget): PossibleChange[] {
  return [
    ...timePassing(matter),
    ...moved(matter, withoutTheTouch(matter, budget)),
    ...otherValues(matter),
    ...leftOut(matter),
    ...missing(matter),
    ...settings(matter),
  ].sort((a, b) => a.size - b.size)
}

/**
 * When the journey that a touch influenced would have ended without it: the touch would have had to come after that.
 */
function withoutTheTouch({ question, world, folded }: Matter, budget: ReadingBudget): Instant[] {
  if (question.about !== 'engagement' && question.about !== 'interaction') return []
  const touch = question.id.slice(4)
  const parent = folded.derivation.engagements.find(({ id }) => id === `eng:${touch}`)?.parent
  if (question.part !== '' || !parent) return []
  const without = fold(question, { ...world, facts: world.facts.filter(({ id }) => id !== touch) }, budget)
  const journey = without?.derivation.journeys.find(({ id }) => id === parent)
  return [journey?.completion?.at, journey?.dormantAt].filter((at): at is number => at !== null && at !== undefined)
}

function tried({ question }: Matter, world: World, change: PossibleChange, budget: ReadingBudget): Folded | undefined {
  return fold(
    question,
    {
      facts: change.facts ? change.facts(world.facts) : world.facts,
      directory: world.directory,
      rules: change.rules ?? world.rules,
      asOf: change.asOf ?? world.asOf,
    },
    budget,
  )
}

/** A part of the facts together with all that is known of some records. */
function including(around: World, names: ReadonlySet<string> | undefined, { facts }: World): World {
  if (!names) return around
  const known = new Set(around.facts)
  const more = facts.filter((fact) => !known.has(fact) && keysOf(fact).some((key) => names.has(key)))
  return more.length === 0 ? around : { ...around, facts: [...around.facts, ...more] }
}

/** True where looking from a later moment gives another answer by itself. */
function changesByTime({ question, world }: Matter, asOf: Instant | undefined, was: string, budget: ReadingBudget) {
  if (asOf === undefined) return false
  const later = fold(question, { ...world, asOf }, budget)
  return !later || answerOf(question, later, world.rules) !== was
}

/** The facts around a question, where they are much fewer than all and give the same answer. */
function trialWorld({ question, world, telling }: Matter, was: string, budget: ReadingBudget): World | undefined {
  const around = circlesOf(question.id, world.facts, new Set(telling.map(({ id }) => id))).at(-1)
  if (!around || around.length > WORTH_A_TRIAL * world.facts.length) return undefined
  const smaller = { ...world, facts: around }
  const folded = fold(question, smaller, budget)
  return folded && answerOf(question, folded, world.rules) === was ? smaller : undefined
}
