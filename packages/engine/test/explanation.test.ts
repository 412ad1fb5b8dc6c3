import { derive, directoryOf, type TraceEntry } from '@throughline/core'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { crampedHistory, DIRECTORY, type History, rulesOf } from '../../core/testing/histories.ts'
import { SPECIFIED, told } from '../../core/testing/law.ts'
import { decisionOn } from '../src/decision.ts'
import { type Folded, fold, questionOf, type World } from '../src/explained-part.ts'
import { type Explanation, explain } from '../src/explanation.ts'
import { questionsAbout } from '../testing/questions.ts'

const UNLIMITED = () => ({ left: Number.POSITIVE_INFINITY })

const worldOf = ({ facts, settings, asOf }: History): World => ({
  facts,
  directory: directoryOf(DIRECTORY, asOf),
  rules: rulesOf(settings),
  asOf,
})

const explained = (record: string, { facts, directory, rules, asOf }: World): Explanation | undefined =>
  explain(record, facts, directory, rules, asOf, (id) => (SPECIFIED.has(id) ? `The rule ${id}.` : undefined))

/** Every question about a history, of which a few are asked: the same ones for the same history. */
function asked(history: History, most: number): string[] {
  const { facts, directory, rules, asOf } = worldOf(history)
  const all = questionsAbout(derive(facts, directory, rules, asOf), facts)
  const step = Math.max(1, Math.ceil(all.length / most))
  return all.filter((_, place) => place % step === history.salt % step)
}

/** What an explanation lacks. */
function lacking(record: string, world: World): string[] {
  const why = explained(record, world)
  if (!why) return [`${record}: no explanation`]
  const found: string[] = []
  if (!why.rule?.text) found.push(`${record}: SPEC.md has no rule ${why.rule?.id} (${why.statement})`)
  if (why.statement.trim() === '') found.push(`${record}: says nothing`)
  if (why.so && why.facts.length === 0) found.push(`${record}: is so by no fact (${why.statement})`)
  if (why.facts.some(({ source }) => source.trim() === '')) found.push(`${record}: a fact without its source`)
  for (const { rule } of why.alternatives)
    if (rule !== null && !SPECIFIED.has(rule)) found.push(`${record}: SPEC.md has no rule ${rule} (an alternative)`)
  return found
}

/** What deriving only the sufficient facts gives otherwise. */
function notGivenAgain(record: string, world: World): string[] {
  const why = explained(record, world)
  const question = questionOf(record)
  if (!why || !question) return [`${record}: no explanation`]
  const facts = world.facts.filter(({ id }) => why.sufficient.includes(id))
  const small = { ...world, facts }
  const trace: TraceEntry[] = []
  const before = fold(question, world, UNLIMITED()) as Folded
  const after = fold(question, small, UNLIMITED(), trace) as Folded
  const [was, is] = [before.part, after.part].map((part) => JSON.stringify(part ?? null))
  if (was !== is) return [`${record}: from ${why.sufficient.join(', ')} follows ${is}, not ${was}`]
  const { rule } = decisionOn(question, small, after, trace)
  if (!why.so && rule !== why.rule?.id) return [`${record}: is not so by ${rule}, not by ${why.rule?.id}`]
  return []
}

function holds(breaches: (record: string, world: World) => string[], runs: number, most: number): void {
  const { counterexample } = fc.check(
    fc.property(crampedHistory, (history) => {
      const world = worldOf(history)
      return asked(history, most).every((record) => breaches(record, world).length === 0)
    }),
    { numRuns: runs },
  )
  const [history] = counterexample ?? []
  if (!history) return
  const found = asked(history, most).flatMap((record) => breaches(record, worldOf(history)))
  throw new Error(`${found.join('\n')}\n\n${told(history)}`)
}

describe('explanations of random histories', () => {
  it('name a rule of SPEC.md and, of what is so, a fact: every record, every part, every missing thing', () => {
    holds(lacking, 150, Number.POSITIVE_INFINITY)
  })

  it('name facts that by themselves give the same again', () => {
    holds(notGivenAgain, 150, Number.POSITIVE_INFINITY)
  })
})
