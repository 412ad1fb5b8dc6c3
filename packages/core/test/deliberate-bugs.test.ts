import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUGS_IN_RECORDS } from '../testing/bugs-in-records.ts'
import { BUGS_IN_THE_FOLD } from '../testing/bugs-in-the-fold.ts'
import { withCrowded } from '../testing/histories.ts'
import { subjectOf } from '../testing/law.ts'
import { LAWS } from '../testing/laws.ts'

const BUGS = [...BUGS_IN_THE_FOLD, ...BUGS_IN_RECORDS]

const lawsThatBegin = (beginning: string) => LAWS.filter(({ title }) => title.startsWith(beginning))

describe('every law', () => {
  it('has a mistake that it must notice', () => {
    const tried = new Set(BUGS.flatMap(({ laws }) => laws.flatMap(lawsThatBegin)))
    expect(LAWS.filter((law) => !tried.has(law)).map(({ title }) => title)).toEqual([])
  })

  it('is meant by one beginning of a title', () => {
    const vague = BUGS.flatMap(({ laws }) => laws).filter((beginning) => lawsThatBegin(beginning).length !== 1)
    expect(vague).toEqual([])
  })
})

describe('laws notice', () => {
  for (const { bug, laws, derive: broken } of BUGS)
    it(`that ${bug}`, () => {
      for (const { title, histories, breaches } of laws.flatMap(lawsThatBegin)) {
        const holds = fc.property(
          withCrowded(histories, 4),
          (history) => breaches(subjectOf(broken, history)).length === 0,
        )
        // The seed is fixed: whether a bug is found must not be a matter of luck.
        const { failed } = fc.check(holds, { numRuns: 3000, seed: 7, endOnFailure: true })
        expect(failed, `${title} did not notice`).toBe(true)
      }
    })
})
