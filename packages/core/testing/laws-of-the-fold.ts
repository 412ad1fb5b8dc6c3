import { type ClusterFact, DAY_MS, type Derivation, directoryOf, type TraceEntry } from '../src/index.ts'
import { crampedHistory, DIRECTORY, elsewhere } from './histories.ts'
import { differences, knownFacts, type Law, SPECIFIED, shuffled } from './law.ts'

/** Laws about deriving: what may matter to the result and what may not. */
export const LAWS_OF_THE_FOLD: readonly Law[] = [
  {
    title: '[W2] the same facts give the same bytes again',
    histories: crampedHistory,
    breaches: ({ result, derived }) =>
      JSON.stringify(derived({})) === JSON.stringify(result) ? [] : ['derived again it reads otherwise'],
  },
  {
    title: '[W2] [W3] arrival order and repeats change nothing',
    histories: crampedHistory,
    breaches({ history: { facts, salt }, result, derived }) {
      const other = shuffled([...facts, ...shuffled(facts, salt).slice(0, 5)], salt)
      return differences('in another order', result, derived({ facts: other }))
    },
  },
  {
    title: '[W2] what was recorded after asOf changes nothing',
    histories: crampedHistory,
    breaches({ history, result, derived }) {
      const facts = knownFacts(history)
      if (facts.length === history.facts.length) return []
      // They are waited for. [W4]
      return differences('with later facts', { ...derived({ facts }), wakeAt: 0 }, { ...result, wakeAt: 0 })
    },
  },
  {
    title: '[W4] before wakeAt time alone changes nothing, and at wakeAt it does',
    histories: crampedHistory,
    breaches({ history, result, derived }) {
      const { wakeAt } = result
      if (wakeAt === null) return differences('years later', result, derived({ asOf: history.asOf + 4000 * DAY_MS }))
      if (wakeAt <= history.asOf) return [`wakeAt ${wakeAt} is not after asOf ${history.asOf}`]
      const between = history.asOf + Math.floor((wakeAt - 1 - history.asOf) * (history.salt / 2 ** 31))
      const found = [wakeAt - 1, between].flatMap((asOf) =>
        differences(`at ${asOf}, before wakeAt`, result, derived({ asOf })),
      )
      const later = derived({ asOf: wakeAt })
      const told = history.facts.some((fact) => fact.recordedAt === wakeAt)
      // A fact that becomes known may change nothing.
      if (!told && differences('', { ...result, wakeAt: 0 }, { ...later, wakeAt: 0 }).length === 0)
        found.push(`nothing changes at wakeAt ${wakeAt}`)
      return found
    },
  },
  {
    title: '[ID1] facts that share no record and no address change nothing of each other',
    histories: crampedHistory,
    breaches({ history, result, derived }) {
      const others = elsewhere(shuffled(history.facts, history.salt).slice(0, 12))
      const both = derived({ facts: [...others, ...history.facts] })
      return differences(
        'beside other facts',
        { ...result, wakeAt: 0, mentions: 0 },
        { ...without(both, others), wakeAt: 0, mentions: 0 },
      )
    },
  },
  {
    title: 'a trace changes nothing, and names given facts and numbered rules only',
    histories: crampedHistory,
    breaches({ history, result, derived }) {
      const trace: TraceEntry[] = []
      const found = differences('with a trace', result, derived({ trace }))
      const given = new Set(history.facts.map((fact) => fact.id))
      for (const { record, rule, facts, decided } of trace) {
        if (!SPECIFIED.has(rule)) found.push(`${record}: SPEC.md has no rule ${rule} (${decided})`)
        for (const fact of facts) if (!given.has(fact)) found.push(`${record}: nobody reported ${fact} (${decided})`)
      }
      return found
    },
  },
  {
    title: 'directory entries that are not mentioned change nothing',
    histories: crampedHistory,
    breaches({ history, result, derived }) {
      const mentioned = new Set(result.mentions)
      const directory = DIRECTORY.filter((fact) =>
        mentioned.has(
          fact.kind === 'user-recorded'
            ? `user:${fact.user}`
            : fact.kind === 'campaign-recorded'
              ? `campaign:${fact.campaign}`
              : '',
        ),
      )
      if (directory.length === DIRECTORY.length) return []
      return differences(
        'without the unmentioned',
        result,
        derived({ directory: directoryOf(directory, history.asOf) }),
      )
    },
  },
]

/** A result without what follows from some of its facts. */
function without(result: Derivation, others: readonly ClusterFact[]): Derivation {
  const gone = new Set(others.map((fact) => fact.id))
  const mine = (one: { because: { fact: string } }) => !gone.has(one.because.fact)
  const engagements = result.engagements.filter(mine)
  const kept = new Set(engagements.map((one) => one.id))
  return {
    ...result,
    people: result.people.filter((one) => !one.id.endsWith('x')),
    engagements,
    journeys: result.journeys.filter((one) => kept.has(one.id)),
    opportunities: result.opportunities.filter((one) => !one.id.endsWith('x')),
    interactions: result.interactions.filter(mine),
    findings: result.findings.filter((one) => !gone.has(one.fact)),
  }
}
