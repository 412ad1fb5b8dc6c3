import { DEFAULT_RULES, derive, directoryOf, type TraceEntry } from '@throughline/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crampedHistory, DIRECTORY, type History, rulesOf } from '../../core/testing/histories.ts'
import { SPECIFIED, told } from '../../core/testing/law.ts'
import { decisionOn } from '../src/decision.ts'
import { type Folded, fold, type Question, questionOf, type World } from '../src/explained-part.ts'
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

/** Every question about a history. */
function questions(history: History): string[] {
  const { facts, directory, rules, asOf } = worldOf(history)
  return questionsAbout(derive(facts, directory, rules, asOf), facts)
}

/** What an explanation lacks, and what deriving only its sufficient facts gives otherwise. */
function wrong(record: string, world: World): string[] {
  const why = explained(record, world)
  return why ? [...lacking(record, why), ...notGivenAgain(record, why, world)] : [`${record}: no explanation`]
}

function lacking(record: string, why: Explanation): string[] {
  const found: string[] = []
  if (!why.rule?.text) found.push(`${record}: SPEC.md has no rule ${why.rule?.id} (${why.statement})`)
  if (why.statement.trim() === '') found.push(`${record}: says nothing`)
  if (why.so && why.facts.length === 0) found.push(`${record}: is so by no fact (${why.statement})`)
  if (why.facts.some(({ source }) => source.trim() === '')) found.push(`${record}: a fact without its source`)
  for (const { rule } of why.alternatives)
    if (rule !== null && !SPECIFIED.has(rule)) found.push(`${record}: SPEC.md has no rule ${rule} (an alternative)`)
  return found
}

function notGivenAgain(record: string, why: Explanation, world: World): string[] {
  const question = questionOf(record) as Question
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

describe('explanations of random histories', () => {
  it('name a rule of SPEC.md, a fact of what is so, and facts that give the same again: of every record and part', {
    timeout: 600_000,
  }, () => {
    const { counterexample } = fc.check(
      fc.property(crampedHistory, (history) => {
        const world = worldOf(history)
        return questions(history).every((record) => wrong(record, world).length === 0)
      }),
      { numRuns: 50 },
    )
    const [history] = counterexample ?? []
    if (!history) return
    const found = questions(history).flatMap((record) => wrong(record, worldOf(history)))
    throw new Error(`${found.join('\n')}\n\n${told(history)}`)
  })

  it('there are none of what nobody reported, or of parts that no record has', () => {
    const world: World = { facts: [], directory: directoryOf([], 0), rules: DEFAULT_RULES, asOf: 0 }
    for (const record of ['eng:nothing', 'int:nothing', 'opportunity:O9', 'lead:L9', 'lead:L9#next', 'eng:', ''])
      expect(explained(record, world), record).toBeUndefined()
    for (const part of ['stage-7', 'constructor', 'next', 'stage-2#']) {
      const record = `opportunity:O1#${part}`
      expect(questionOf(record), record).toBeUndefined()
    }
  })
})
