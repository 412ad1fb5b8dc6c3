import { type ClusterFact, type Derivation, type Instant, MINUTE_MS, type Rules } from '@throughline/core'
import { happeningOf, momentIn, spanOf } from './fact-sentences.ts'
import { type Matter, type PossibleChange, SIZE } from './possible-change.ts'

/** Facts that are left out, and that are moved, of those that an answer rests on. */
const LEFT_OUT = 12
const MOVED = 4

/** Moments before and after a fact that it is moved across. */
const NEAREST = 2

const YEAR_MS = 366 * 86_400_000

/** Without each of the facts that the answer rests on. */
export function* leftOut({ telling, world }: Matter): Generator<PossibleChange> {
  const { zone } = world.rules.organisation
  for (const [place, fact] of telling.slice(0, LEFT_OUT).entries()) {
    const [subject, participle] = happeningOf(fact)
    yield {
      kind: 'left-out',
      size: SIZE.fact + place / 100,
      change: `Had ${subject} not ${participle} on ${momentIn(zone, fact.occurredAt).slice(0, 10)}`,
      fact: fact.id,
      facts: (facts) => facts.filter((one) => one.id !== fact.id),
    }
  }
}

/** The same facts earlier or later, across the nearest moments at which something was decided. */
export function* moved(matter: Matter, more: readonly Instant[]): Generator<PossibleChange> {
  const moments = decisiveMoments(matter.folded.derivation, matter)
  for (const fact of matter.telling.slice(0, MOVED)) {
    const at = readingOf(fact, matter.world.rules)
    for (const to of new Set([...across(at, moments), ...across(at, more)])) {
      const change = movedTo(matter, fact, to)
      if (to <= matter.world.asOf || change.asOf !== undefined) yield change
    }
  }
}

/** A fact and what it says, as if all of it had been at another moment. */
function movedTo({ world, question }: Matter, fact: ClusterFact, to: Instant): PossibleChange {
  const shift = to - readingOf(fact, world.rules)
  const [subject, participle] = happeningOf(fact)
  const moment = momentIn(world.rules.organisation.zone, to)
  const moved = shifted(fact, shift)
  // Only what a touch became can be seen from later on without time itself changing the answer.
  const later = question.part === '' && (question.about === 'engagement' || question.about === 'interaction')
  return {
    kind: 'moment',
    size: SIZE.moment + Math.min(0.999, Math.abs(shift) / YEAR_MS),
    change: `Had ${subject} ${participle} ${shift < 0 ? 'by' : 'only on'} ${moment}, ${spanOf(Math.abs(shift))} ${shift < 0 ? 'earlier' : 'later'}`,
    fact: fact.id,
    facts: (facts) => facts.map((one) => (one.id === fact.id ? moved : one)),
    ...(later && moved.recordedAt > world.asOf && { asOf: moved.recordedAt }),
  }
}

function shifted(fact: ClusterFact, by: number): ClusterFact {
  const times = { occurredAt: fact.occurredAt + by, recordedAt: fact.recordedAt + by }
  const submission = 'submission' in fact ? fact.submission : undefined
  if (submission?.engagementAt === undefined) return { ...fact, ...times }
  return {
    ...fact,
    ...times,
    submission: { ...submission, engagementAt: submission.engagementAt + by },
  } as ClusterFact
}

/** When a fact is read, as far as it says so itself. */
export const readingOf = (fact: ClusterFact, rules: Rules): Instant =>
  rules.order === 'recorded' ? fact.recordedAt : Math.min(fact.occurredAt, fact.recordedAt)

/** A minute before the nearest moments up to a moment, and a minute after the nearest from it on. */
function across(at: Instant, moments: readonly Instant[]): Instant[] {
  const distinct = [...new Set(moments)]
  const before = distinct.filter((one) => one <= at).sort((a, b) => b - a)
  const after = distinct.filter((one) => one >= at).sort((a, b) => a - b)
  return [
    ...before.slice(0, NEAREST).map((one) => one - MINUTE_MS),
    ...after.slice(0, NEAREST).map((one) => one + MINUTE_MS),
  ]
}

/** Moments at which something was decided about the people, journeys and opportunities that the answer is about. */
function decisiveMoments(derivation: Derivation, { decision, trace, question, world }: Matter): Instant[] {
  const records = new Set<string>([question.id, ...(decision.entry ? [decision.entry.record] : [])])
  const asked = derivation.engagements.find(({ id }) => records.has(id))
  const person = asked?.person ?? (question.about === 'person' ? question.id : null)
  for (const one of derivation.engagements)
    if (person !== null && one.person === person && one.recordType === 'Activation') records.add(one.id)
  for (const candidate of decision.entry?.ranking?.candidates ?? []) records.add(candidate.record)
  const moments: Instant[] = []
  for (const entry of trace) if (entry.applied && records.has(entry.record)) moments.push(entry.at)
  for (const { id, completion, stages, dormantAt } of derivation.journeys) {
    if (!records.has(id)) continue
    moments.push(stages[0].at)
    if (completion) moments.push(completion.at)
    if (dormantAt !== null) moments.push(dormantAt)
  }
  for (const { id, createdAt, closedAt } of derivation.opportunities) {
    if (!records.has(`opportunity:${id}`)) continue
    moments.push(createdAt, createdAt + world.rules.opportunityAttribution.graceMs)
    if (closedAt !== null) moments.push(closedAt)
  }
  return moments
}
