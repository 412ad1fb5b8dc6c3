import {
  type ClusterFact,
  type Derivation,
  type Directory,
  dayOf,
  derive,
  type Engagement,
  type EngagementId,
  type Instant,
  type Journey,
  type Person,
  type PersonKey,
  type Rules,
  type TraceEntry,
} from '@throughline/core'
import { NEW } from './fact-sentences.ts'

/** Everything an answer is worked out from. */
export type World = Readonly<{
  facts: readonly ClusterFact[]
  directory: Directory
  rules: Rules
  asOf: Instant
}>

/** What somebody asks about: a derived record, or a part of it. */
export type Question = Readonly<{
  /** As asked, such as `eng:…#stage-2`. */
  record: string
  id: string
  part: string
  about: 'engagement' | 'opportunity' | 'person' | 'interaction'
}>

/** What can be asked of each kind of record; the empty part is the record itself. */
const PARTS: Readonly<Record<Question['about'], readonly string[]>> = {
  engagement: [
    '',
    'values',
    'stage-1',
    'stage-2',
    'stage-3',
    'stage-4',
    'stage-5',
    'stage-6',
    'completion',
    'primary-opportunity',
  ],
  opportunity: ['', 'attribution-activation', 'stage-4', 'stage-5', 'stage-6'],
  person: ['', 'next'],
  interaction: [''],
}

/** The parts of a record that can be explained, for messages. */
export const EXPLAINABLE_PARTS: readonly string[] = [...new Set(Object.values(PARTS).flat())].filter(
  (part) => part !== '',
)

const ABOUT: Readonly<Record<string, Question['about']>> = {
  eng: 'engagement',
  opportunity: 'opportunity',
  lead: 'person',
  contact: 'person',
  int: 'interaction',
}

/** Reads what was asked; undefined where nothing of that name can be asked about. */
export function questionOf(record: string): Question | undefined {
  const [id = '', part = ''] = record.split('#', 2)
  const prefix = id.slice(0, id.indexOf(':'))
  const about = Object.hasOwn(ABOUT, prefix) ? ABOUT[prefix] : undefined
  return about && PARTS[about].includes(part) ? { record, id, part, about } : undefined
}

/** How many facts an answer may still read. One fold reads every fact it is given. */
export type ReadingBudget = { left: number }

/** One fold, seen from a question. */
export type Folded = Readonly<{
  derivation: Derivation
  /** The asked part; null where its record is there and it is not, undefined where the record is not. */
  part: unknown
}>

/** The id of the interaction that is added to see what the next one would become. */
const NEXT = 'next-interaction'

/**
 * Folds a world for a question. Undefined where the budget does not allow it. What the next interaction would become is
 * found by adding one, right after the moment looked from.
 */
export function fold(
  question: Question,
  world: World,
  budget: ReadingBudget,
  trace?: TraceEntry[],
): Folded | undefined {
  const { facts, directory, rules, asOf } = world
  const cost = question.part === 'next' ? 2 * facts.length + 1 : facts.length
  if (cost > budget.left) return undefined
  budget.left -= cost
  const derivation = derive(facts, directory, rules, asOf, trace)
  if (question.part !== 'next') return { derivation, part: partOf(derivation, question) }
  const person = personOf(derivation, question.id)
  if (!person) return { derivation, part: undefined }
  const at = asOf + 1
  const known = facts.filter((fact) => fact.recordedAt <= asOf)
  const next: ClusterFact = {
    id: NEXT,
    kind: 'interaction-recorded',
    occurredAt: at,
    recordedAt: at,
    person: question.id as PersonKey,
    channel: 'form',
    submission: { engagementType: NEXT },
  }
  const after = derive([...known, next], directory, rules, at)
  const made = after.engagements.find((one) => one.id === `eng:${NEXT}`)
  const current = derivation.journeys.find((one) => one.id === person.currentActivation)
  const part = made && {
    recordType: made.recordType,
    activationType: made.activationType,
    parent: made.parent,
    previous: made.previous,
    dormantAt: current?.dormantAt ?? null,
  }
  return { derivation, part }
}

/** What the next interaction of a person would become. */
export type Next = Readonly<{
  recordType: Engagement['recordType']
  activationType: Engagement['activationType']
  parent: EngagementId | null
  previous: EngagementId | null
  /** When silence ends the current journey, and the next interaction starts a new one; null where it does not. */
  dormantAt: Instant | null
}>

/** The person that a record's key belongs to. */
export function personOf(derivation: Derivation, key: string): Person | undefined {
  return derivation.people.find(
    (one) =>
      one.id === key ||
      one.leads.some((lead) => `lead:${lead}` === key) ||
      one.contacts.some((contact) => `contact:${contact}` === key),
  )
}

export const journeyOf = (derivation: Derivation, id: string | null | undefined): Journey | undefined =>
  derivation.journeys.find((one) => one.id === id)

/** All fields of what was asked about, as the fold gave them. */
export function partOf(derivation: Derivation, { id, part, about }: Question): unknown {
  switch (about) {
    case 'interaction':
      return derivation.interactions.find((one) => one.id === id)
    case 'person':
      return personOf(derivation, id)
    case 'opportunity': {
      const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
      if (!opportunity || part === '') return opportunity
      if (part !== 'attribution-activation') return opportunity.stages[Number(part.slice(-1)) - 4] ?? null
      const { attributionActivation, attributionContact, attributionBecause } = opportunity
      return attributionActivation && { attributionActivation, attributionContact, attributionBecause }
    }
    case 'engagement': {
      const engagement = derivation.engagements.find((one) => one.id === id)
      if (!engagement || part === '') return engagement
      if (part === 'values') {
        const { first, last, engagementType, mediumInput, triggeredBy } = engagement
        return { first, last, engagementType, mediumInput, triggeredBy }
      }
      const journey = journeyOf(derivation, id)
      if (!journey) return null
      if (part === 'completion') return journey.completion
      if (part !== 'primary-opportunity') return journey.stages[Number(part.slice(-1)) - 1] ?? null
      const { primaryOpportunity, primaryOpportunityType } = journey
      return primaryOpportunity && { primaryOpportunity, primaryOpportunityType }
    }
  }
}

/**
 * What of a part must differ for a change to have made it otherwise: whether it is there and of what kind, its owner, its
 * outcome. A stage or an end some days earlier or later is no other answer, except where silence sets the day.
 */
export function answerOf(question: Question, folded: Folded, rules: Rules): string {
  const { part } = folded
  // What is not there is not there, whether its journey is open or there is none.
  if (part === null) return 'none'
  if (part === undefined || question.about === 'person') return tellAnswer(question, folded, rules)
  if (question.part === 'completion') {
    const { outcome, because, at } = part as NonNullable<Journey['completion']>
    return JSON.stringify([outcome, because.rule === 'J6' ? at : null])
  }
  if (!question.part.startsWith('stage-')) return tellAnswer(question, folded, rules)
  const { owner, filled } = part as NonNullable<Journey['stages'][number]>
  return JSON.stringify([owner, filled ?? false])
}

/** The answer as a clause that goes with "Had it been otherwise, …". */
export function tellAnswer({ id, part: asked, about }: Question, { derivation, part }: Folded, rules: Rules): string {
  const day = (at: Instant) => dayOf(rules.organisation.zone, at)
  if (about === 'interaction') {
    const made = derivation.engagements.find((one) => one.id === `eng:${id.slice(4)}`)
    if (!part && !made) return 'it would be nobody’s interaction and make no engagement'
    return made ? `it would make ${kindOf(made)}` : 'it would make no engagement'
  }
  if (about === 'person') return tellPerson(asked, part)
  if (about === 'opportunity' && (asked === '' || asked === 'attribution-activation')) {
    const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
    if (!opportunity) return 'there would be no such opportunity'
    const credited = derivation.engagements.find((one) => one.id === opportunity.attributionActivation)
    if (!credited) return 'it would be attributed to nothing'
    return `it would be attributed to ${credited.activationType === 'Opportunity Creation' ? 'the fallback ' : ''}${nameOf(credited.id)}`
  }
  if (about === 'engagement' && asked === '') {
    const engagement = part as Engagement | undefined
    return engagement ? `it would be ${kindOf(engagement)}` : 'there would be no such engagement'
  }
  if (part === undefined) return `there would be no such ${about}`
  if (asked === 'values') {
    const { first, last, engagementType, mediumInput } = part as Engagement
    const tags = (given: Engagement['first']) =>
      Object.entries(given)
        .map(([name, value]) => `${name} "${value}"`)
        .join(', ') || 'no tags'
    const same = JSON.stringify(first) === JSON.stringify(last)
    return `its values would be ${tags(first)}${same ? '' : ` (last click ${tags(last)})`}, engagement type "${engagementType ?? ''}", medium from ${mediumInput ?? 'nothing'}`
  }
  if (asked === 'completion') {
    const end = part as Journey['completion']
    if (!end) return journeyOf(derivation, id) ? 'the journey would be open' : 'it would have no journey to end'
    return `the journey would have ended on ${day(end.at)} as "${end.outcome}"`
  }
  if (asked === 'primary-opportunity') {
    const link = part as Pick<Journey, 'primaryOpportunity' | 'primaryOpportunityType'> | null
    return link
      ? `its primary opportunity would be ${link.primaryOpportunity === NEW ? 'a new opportunity' : link.primaryOpportunity} (${link.primaryOpportunityType})`
      : 'it would have no primary opportunity'
  }
  const stage = asked.slice(-1)
  const stamp = part as Journey['stages'][number]
  if (!stamp) return `stage ${stage} would not be reached`
  return `stage ${stage} would be reached on ${day(stamp.at)}${stamp.owner ? ` by ${stamp.owner}` : ''}${stamp.filled ? ', as a skipped one' : ''}`
}

/** An engagement by its id; one that a fact would have made that was never reported has none to ask about. */
const nameOf = (id: string | null): string =>
  id?.startsWith('eng:had-been/') ? 'the engagement which that makes' : `${id}`

function kindOf({ recordType, activationType, parent, voided }: Engagement): string {
  if (recordType === 'Influencing Engagement') return `an Influencing Engagement of ${nameOf(parent)}`
  return `${voided ? 'a void' : 'an'} Activation (${activationType})`
}

function tellPerson(asked: string, part: unknown): string {
  if (!part) return 'there would be no such person'
  if (asked === 'next') {
    const { recordType, activationType, parent } = part as Next
    return recordType === 'Activation'
      ? `the next interaction would be an Activation (${activationType})`
      : `the next interaction would be an Influencing Engagement of ${nameOf(parent)}`
  }
  const { id, leads, contacts, currentActivation, dormant } = part as Person
  const rows = [...leads.map((lead) => `lead ${lead}`), ...contacts.map((contact) => `contact ${contact}`)]
  return `the person ${id} would be ${rows.join(', ')}, ${currentActivation ? `current activation ${nameOf(currentActivation)}, ${dormant ? 'dormant' : 'open'}` : 'without a journey'}`
}
