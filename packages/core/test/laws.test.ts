import fc from 'fast-check'
import { describe, it } from 'vitest'
import { derive } from '../src/index.ts'
import { told } from '../testing/law.ts'
import { LAWS } from '../testing/laws.ts'

/** Histories per law; `THROUGHLINE_SOAK=20 npx vitest run packages/core/test/laws.test.ts` tries twenty times as many. */
const RUNS = 300 * Number(process.env.THROUGHLINE_SOAK ?? 1)

describe('laws', () => {
  for (const { title, histories, breaches } of LAWS)
    it(title, () => {
      const holds = fc.property(histories, (history) => breaches(derive, history).length === 0)
      const { counterexample, seed } = fc.check(holds, { numRuns: RUNS })
      const [history] = counterexample ?? []
      if (history)
        throw new Error(
          `${breaches(derive, history).join('\n')}\n\n${told(history)}\n\nkeep it; found with seed ${seed}`,
        )
    })
})
