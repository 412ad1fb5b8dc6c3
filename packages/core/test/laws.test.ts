import fc from 'fast-check'
import { describe, it } from 'vitest'
import { derive } from '../src/index.ts'
import { FOUND } from '../testing/found-histories.ts'
import { crampedHistory, type History, withCrowded } from '../testing/histories.ts'
import { type Law, subjectOf, told } from '../testing/law.ts'
import { LAWS } from '../testing/laws.ts'

/** Histories per law; `THROUGHLINE_SOAK=20 npx vitest run packages/core/test/laws.test.ts` tries twenty times as many. */
const RUNS = 300 * Number(process.env.THROUGHLINE_SOAK ?? 1)

function check({ breaches }: Law, history: History, note: string): void {
  const found = breaches(subjectOf(derive, history))
  if (found.length > 0) throw new Error(`${found.join('\n')}\n\n${told(history)}\n\n${note}`)
}

describe('laws', () => {
  for (const law of LAWS)
    it(law.title, () => {
      const holds = fc.property(
        withCrowded(law.histories, 8),
        (history) => law.breaches(subjectOf(derive, history)).length === 0,
      )
      const { counterexample, seed } = fc.check(holds, { numRuns: RUNS })
      const [history] = counterexample ?? []
      if (history) check(law, history, `Found with seed ${seed}. Once repaired, keep it in found-histories.ts.`)
    })
})

describe('a history that once broke a law', () => {
  for (const [name, history] of Object.entries(FOUND))
    it(`keeps them all: ${name}`, () => {
      for (const law of LAWS) if (law.histories === crampedHistory) check(law, history, law.title)
    })
})
