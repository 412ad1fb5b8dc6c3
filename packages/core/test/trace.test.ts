import fc from 'fast-check'
import { describe, it } from 'vitest'
import { type Derivation, derive, directoryOf, type TraceEntry, type TraceSubject } from '../src/index.ts'
import { crampedHistory, DIRECTORY, type History, rulesOf } from '../testing/histories.ts'
import { told } from '../testing/law.ts'

/** What a derivation says and its trace does not tell, or tells otherwise. */
function untold({ facts, settings, asOf }: History): string[] {
  const trace: TraceEntry[] = []
  const derivation = derive(facts, directoryOf(DIRECTORY, asOf), rulesOf(settings), asOf, trace)
  const last = (record: string, subject: TraceSubject) =>
    trace.filter((entry) => entry.record === record && entry.subject === subject && entry.applied).at(-1)
  return [...ofJourneys(derivation, last), ...ofOpportunities(derivation, last), ...ofPeople(derivation, trace)]
}

/** Every interaction by its own rule, and every record of a person as what made it one. */
function ofPeople({ interactions, people }: Derivation, trace: readonly TraceEntry[]): string[] {
  const rules = new Map<string, string>()
  const identified = new Set<string>()
  for (const { record, subject, rule } of trace) {
    if (subject === 'interaction') rules.set(record, rule)
    if (subject === 'identity') identified.add(record)
  }
  return [
    ...interactions
      .filter(({ id, because }) => rules.get(id) !== because.rule)
      .map(({ id, because }) => `${id}: interaction by ${because.rule}, told by ${rules.get(id)}`),
    ...people.filter(({ id }) => !identified.has(id)).map(({ id }) => `${id}: nobody told who that is`),
  ]
}

type Last = (record: string, subject: TraceSubject) => TraceEntry | undefined

function ofJourneys({ engagements, journeys }: Derivation, last: Last): string[] {
  const missing: string[] = []
  for (const { id, recordType, activationType, voided } of engagements) {
    const decided = last(id, 'classification')?.decided ?? ''
    if (!decided.includes(voided ? 'Void' : (activationType ?? recordType)))
      if (!(voided && decided.includes('Opportunity Creation'))) missing.push(`${id}: classified by "${decided}"`)
    if (!last(id, 'attribution-values')) missing.push(`${id}: values`)
  }
  for (const { id, stages, completion, primaryOpportunity } of journeys) {
    for (const stage of [1, 2, 3] as const)
      if ((stages[stage - 1] !== null) !== (last(id, `stage-${stage}`) !== undefined))
        missing.push(`${id}: stage ${stage}`)
    const end = last(id, 'completion')
    if ((completion !== null) !== (end !== undefined && end.rule !== 'J12'))
      missing.push(`${id}: completion ${completion?.outcome}, told by ${end?.rule}`)
    const link = last(id, 'primary-opportunity')
    if ((primaryOpportunity !== null) !== (link !== undefined && !link.cleared))
      missing.push(`${id}: primary opportunity ${primaryOpportunity}, told by ${link?.rule}`)
  }
  return missing
}

function ofOpportunities({ opportunities }: Derivation, last: Last): string[] {
  const missing: string[] = []
  for (const { id, stages, attributionActivation, deleted } of opportunities) {
    const record = `opportunity:${id}`
    for (const stage of [4, 5, 6] as const) {
      const decision = last(record, `stage-${stage}`)
      if ((stages[stage - 4] !== null) !== (decision !== undefined && decision.rule !== 'G11'))
        missing.push(`${record}: stage ${stage}, told by ${decision?.rule}`)
    }
    const choice = last(record, 'attribution-activation')
    if ((attributionActivation !== null || deleted) !== (choice !== undefined && !choice.cleared))
      missing.push(`${record}: attribution ${attributionActivation}, told by ${choice?.rule}`)
  }
  return missing
}

describe('a trace', () => {
  it('tells every decision that a derivation shows, and what took it back', () => {
    const { counterexample } = fc.check(
      fc.property(crampedHistory, (history) => untold(history).length === 0),
      { numRuns: 500 },
    )
    const [history] = counterexample ?? []
    if (history) throw new Error(`${untold(history).join('\n')}\n\n${told(history)}`)
  })
})
