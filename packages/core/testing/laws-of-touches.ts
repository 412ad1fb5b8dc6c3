import type { ClusterFact, Derivation, Engagement, PersonKey } from '../src/index.ts'
import { crampedHistory } from './histories.ts'
import { differences, knownFacts, type Law, type Subject } from './law.ts'

/** A history, and the same with one more fact for every person, a moment after all others. */
type Next = Readonly<{ before: Derivation; after: Derivation }>

/** Laws about what happens next to people as they stand. */
export const LAWS_OF_TOUCHES: readonly Law[] = [
  {
    title: '[A4] [A5] [A6] [A12] the next touch influences an open journey, and starts one where there is none',
    histories: crampedHistory,
    breaches(subject) {
      const { before, after } = afterTouches(subject)
      const made = new Map(after.engagements.map((one) => [one.id as string, one]))
      return before.people.flatMap((person) => {
        const [first, second] = [made.get(`eng:next-${person.id}-1`), made.get(`eng:next-${person.id}-2`)]
        const { currentActivation } = person
        if (!first || !second) return [`${person.id}: a touch made no engagement`]
        const starts = currentActivation === null || person.dormant
        return starts
          ? [
              ...placed(first, 'Activation', null, currentActivation),
              ...placed(second, 'Influencing Engagement', first.id, null),
            ]
          : [first, second].flatMap((one) => placed(one, 'Influencing Engagement', currentActivation, null))
      })
    },
  },
  {
    title: '[A4] [J11] a touch changes nothing about journeys that were there, but their silence',
    histories: crampedHistory,
    breaches(subject) {
      const { before, after } = afterTouches(subject)
      const now = new Map(after.journeys.map((one) => [one.id, one]))
      return before.journeys.flatMap((then) => {
        const one = now.get(then.id)
        // Silence may have its moment in the same millisecond, and so may a grace period.
        if (then.completion === null && (then.dormantAt === subject.history.asOf + 1 || then.voided)) return []
        const { id, person, activationType, stages, completion, primaryOpportunity } = then
        return differences(
          then.id,
          { id, person, activationType, stages, completion, primaryOpportunity },
          one && {
            id: one.id,
            person: one.person,
            activationType: one.activationType,
            stages: one.stages,
            completion: one.completion,
            primaryOpportunity: one.primaryOpportunity,
          },
        )
      })
    },
  },
  {
    title: '[G4] [J11] a change of a dormant person’s record reaches no stage, ends nothing and opens nothing',
    histories: crampedHistory,
    breaches(subject) {
      const { history, result, derived } = subject
      const at = history.asOf + 1
      const dormant = result.people.filter((one) => one.dormant)
      // Where the company says so, a status brings people back. [J13]
      if (dormant.length === 0 || history.settings.variant.activeStatuses) return []
      const changes = dormant.flatMap((person) =>
        ['Routed', 'Working', 'Disqualified'].map(
          (to, index): ClusterFact => ({
            id: `next-${person.id}-${index}`,
            kind: 'status-changed',
            occurredAt: at,
            recordedAt: at,
            record: recordOf(person),
            to,
          }),
        ),
      )
      const after = derived({ facts: [...knownFacts(history), ...changes], asOf: at })
      const ids = new Set(dormant.map((one) => one.id))
      const own = (one: Derivation) => one.journeys.filter(({ person }) => person !== null && ids.has(person))
      return differences('journeys of dormant people', own(result), own(after))
    },
  },
]

/** Two touches of everybody, in the moment after the history's own. */
function afterTouches(subject: Subject): Next {
  return subject.shared('touches', () => {
    const { history, result, derived } = subject
    const at = history.asOf + 1
    const touches = result.people.flatMap((person) =>
      ['1', '2'].map(
        (which): ClusterFact => ({
          id: `next-${person.id}-${which}`,
          kind: 'interaction-recorded',
          occurredAt: at,
          recordedAt: at,
          person: recordOf(person),
          channel: 'form',
          // Not said before, so that nobody takes it for a double post. [D7]
          submission: { engagementType: `Next ${which}` },
        }),
      ),
    )
    return { before: result, after: derived({ facts: [...knownFacts(history), ...touches], asOf: at }) }
  })
}

/** A row that the person appears as now. */
function recordOf({ leads, contacts, id }: Derivation['people'][number]): PersonKey {
  if (contacts[0] !== undefined) return `contact:${contacts[0]}`
  return leads[0] === undefined ? id : `lead:${leads[0]}`
}

function placed(
  one: Engagement,
  recordType: Engagement['recordType'],
  parent: string | null,
  previous: string | null,
): string[] {
  return differences(
    one.id,
    { recordType, parent, previous },
    { recordType: one.recordType, parent: one.parent, previous: one.previous },
  )
}
