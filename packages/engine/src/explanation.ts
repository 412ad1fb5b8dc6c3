import {
  type Because,
  type ClusterFact,
  type Derivation,
  type Directory,
  derive,
  type Fact,
  type FactId,
  type RuleId,
  type Rules,
  type TraceEntry,
} from '@throughline/core'
import { sourceOf } from './source-records.ts'

/** Why something is so: the rule, the facts it rests on, and what else could have been. */
export type Explanation = Readonly<{
  record: string
  /** Whether the thing asked about is there: an engagement made, a stage reached, a journey ended, a link set. */
  so: boolean
  /** What is so, in one sentence. */
  statement: string
  because: Because | null
  rule: Readonly<{ id: RuleId; text: string }> | null
  /** What it rests on, each with the source record it was read from, in words. */
  facts: readonly Readonly<{ fact: Fact; role: string; source: string }>[]
  /** What did not happen, and what would have made it happen. */
  alternatives: readonly Readonly<{ statement: string; rule: RuleId | null; lostBecause: string }>[]
  /** Where one of several was chosen: all that could have been, the best first. Null where there was no choice. */
  ranking: Readonly<{
    /** The order they were ranked by, such as `began-the-process`. */
    strategy: string
    candidates: readonly Readonly<{ record: string; label: string; place: number; reasons: readonly string[] }>[]
  }> | null
  /**
   * The smallest changes that would make it otherwise, the smallest first. Each was carried out and folded before it
   * is told. `change` and `result` are the two halves of one sentence without its comma and full stop.
   */
  flips: readonly Flip[]
  /** Facts that by themselves, under the same rules, give this very record (or this very absence) again. */
  sufficient: readonly FactId[]
  /** Other records that can be asked about from here. */
  related: readonly Readonly<{ record: string; label: string }>[]
}>

/** `Had the role been given by 2026-03-04 15:00`, `it would be attributed to eng:…`; `fact` is the one it is about. */
export type Flip = Readonly<{ change: string; fact: FactId | null; result: string }>

/** What can be asked about: a record, or a part of it such as `#stage-2` or `#completion`. */
const PARTS: Readonly<Record<string, readonly TraceEntry['subject'][]>> = {
  '': ['classification', 'attribution-activation', 'identity'],
  values: ['attribution-values'],
  'stage-1': ['stage-1'],
  'stage-2': ['stage-2'],
  'stage-3': ['stage-3'],
  'stage-4': ['stage-4'],
  'stage-5': ['stage-5'],
  'stage-6': ['stage-6'],
  completion: ['completion'],
  'primary-opportunity': ['primary-opportunity'],
  'attribution-activation': ['attribution-activation'],
}

/** The parts of a record that can be explained, for messages. */
export const EXPLAINABLE_PARTS: readonly string[] = Object.keys(PARTS).filter((part) => part !== '')

/**
 * Explains one derived record, or one part of it, by folding its cluster again and listening to the decisions.
 * The answer therefore comes from the very code that made the record. Undefined where there is no such record.
 */
export function explain(
  record: string,
  facts: readonly ClusterFact[],
  directory: Directory,
  rules: Rules,
  asOf: number,
  ruleText: (id: RuleId) => string | undefined,
): Explanation | undefined {
  const [id = '', part = ''] = record.split('#', 2)
  const trace: TraceEntry[] = []
  const derivation = derive(facts, directory, rules, asOf, trace)
  const subjects = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined
  if (!subjects || !exists(derivation, id)) return undefined
  const target = traceTarget(derivation, id, part)
  const entries = trace.filter((entry) => entry.record === target && subjects.includes(entry.subject))
  // A reset, a demotion or an upgrade comes after what it replaces: the last decision that changed anything holds.
  // That a lead became a contact is told beside that decision, not in its place.
  const applied = entries.filter((entry) => entry.applied)
  const decision = applied.filter((entry) => entry.subject !== 'identity').at(-1) ?? applied.at(-1)
  const besides = applied.filter((entry) => entry.subject === 'identity' && entry !== decision)
  const byId = new Map(facts.map((fact) => [fact.id, fact as Fact]))
  const roles = new Map<string, string>()
  for (const entry of entries)
    for (const [index, fact] of entry.facts.entries())
      if (!roles.has(fact)) roles.set(fact, entry === decision && index === 0 ? 'set it off' : 'was looked at')
  const [statement, rule] = decision
    ? [[decision, ...besides].map((entry) => entry.decided).join(' '), decision.rule]
    : (told(entries.at(-1)) ?? nothingHappened(derivation, id, part, rules))
  return {
    record,
    so: decision !== undefined,
    statement,
    because: decision && decision.facts[0] !== undefined ? { rule: decision.rule, fact: decision.facts[0] } : null,
    rule: { id: rule, text: ruleText(rule) ?? '' },
    facts: [...roles].flatMap(([factId, role]) => {
      const fact = byId.get(factId)
      return fact ? [{ fact, role, source: sourceOf(fact) }] : []
    }),
    alternatives: entries.flatMap((entry): Explanation['alternatives'] => {
      if (besides.includes(entry)) return []
      if (entry === decision)
        return entry.instead === null ? [] : [{ statement: entry.instead, rule: null, lostBecause: entry.decided }]
      return [
        {
          statement: entry.decided,
          rule: entry.rule,
          lostBecause: entry.instead ?? 'A later decision took its place.',
        },
      ]
    }),
    ranking: null,
    flips: [],
    sufficient: [...roles.keys()],
    related: relatedTo(derivation, id, part),
  }
}

function exists(derivation: Derivation, id: string): boolean {
  return (
    derivation.engagements.some((one) => one.id === id) ||
    derivation.opportunities.some((one) => `opportunity:${one.id}` === id) ||
    derivation.people.some((one) => one.id === id || personKeys(one).includes(id))
  )
}

const personKeys = (person: Derivation['people'][number]): string[] => [
  ...person.leads.map((lead) => `lead:${lead}`),
  ...person.contacts.map((contact) => `contact:${contact}`),
]

/** Stages 4 to 6 are decided on the opportunity; a person is explained by their current activation. */
function traceTarget(derivation: Derivation, id: string, part: string): string {
  const journey = derivation.journeys.find((one) => one.id === id)
  if (journey && /^stage-[456]$/.test(part))
    return journey.primaryOpportunity ? `opportunity:${journey.primaryOpportunity}` : id
  const person = derivation.people.find((one) => one.id === id || personKeys(one).includes(id))
  return person?.currentActivation ?? id
}

type Told = readonly [statement: string, rule: RuleId]

const told = (entry: TraceEntry | undefined): Told | undefined => entry && [entry.decided, entry.rule]

/** Why something is not there: said of parts that no decision was ever about. */
function nothingHappened(derivation: Derivation, id: string, part: string, rules: Rules): Told {
  const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
  if (opportunity) return nothingOfOpportunity(opportunity, part)
  const person = derivation.people.find((one) => one.id === id || personKeys(one).includes(id))
  if (person && person.currentActivation === null)
    return ['This person has no journey: nothing they did started one.', 'A9']
  const journeyId = person?.currentActivation ?? id
  const journey = derivation.journeys.find((one) => one.id === journeyId)
  if (!journey) return ['An Influencing Engagement has no journey of its own: its activation has.', 'A8']
  if (part === 'completion')
    return journey.primaryOpportunity
      ? [`The journey is open: only its primary opportunity ${journey.primaryOpportunity} can end it.`, 'J3']
      : [`The journey is open: no disposition was set, and it has not been idle for ${rules.dormancy.days} days.`, 'J6']
  if (/^stage-[23]$/.test(part))
    return [`Stage ${part.slice(-1)} is not reached: its criteria have not been met while the journey was open.`, 'G2']
  if (/^stage-[456]$/.test(part))
    return journey.primaryOpportunityType === 'Influencing Activation'
      ? [
          'Stages 4 to 6 are shown on the activation that the opportunity is attributed to; this one only influenced it.',
          'G13',
        ]
      : [`Stage ${part.slice(-1)} is not reached.`, 'G13']
  if (part === 'primary-opportunity') return ['No opportunity was joined during this journey.', 'L2']
  return ['Opportunities are attributed to activations; ask about the opportunity.', 'L1']
}

function nothingOfOpportunity(opportunity: Derivation['opportunities'][number], part: string): Told {
  if (/^stage-[123]$/.test(part))
    return ['Stages 1 to 3 are those of the activation that the opportunity is attributed to.', 'G13']
  if (part === 'stage-5') return ['Stage 5 is not reached: its criteria have not been met.', 'G9']
  if (part === 'stage-6') return ['Stage 6 is not reached: the opportunity is not won.', 'G10']
  if (part === 'completion') return ['A close ends the journeys that the opportunity is the primary one of.', 'J4']
  if (part === 'primary-opportunity') return ['Journeys have a primary opportunity, opportunities have none.', 'L2']
  if (opportunity.deleted) return ['It is attributed to nothing: it was deleted.', 'L10']
  if (part === 'values') return ['An opportunity has the values of the activation that it is attributed to.', 'L4']
  return ['It is not attributed yet: its contact roles may still arrive until its grace period ends.', 'N5']
}

function relatedTo(derivation: Derivation, id: string, part: string): Readonly<{ record: string; label: string }>[] {
  const related: { record: string; label: string }[] = []
  const engagement = derivation.engagements.find((one) => one.id === id)
  if (engagement) {
    if (engagement.parent) related.push({ record: engagement.parent, label: 'Activation it influences' })
    if (engagement.previous) related.push({ record: engagement.previous, label: 'The journey before' })
    if (part === '') related.push({ record: `${id}#values`, label: 'Where its values came from' })
  }
  const journey = derivation.journeys.find((one) => one.id === id)
  if (journey) {
    for (const [index, stamp] of journey.stages.entries())
      if (stamp && part !== `stage-${index + 1}`)
        related.push({ record: `${id}#stage-${index + 1}`, label: `Stage ${index + 1}` })
    if (part !== 'completion')
      related.push({ record: `${id}#completion`, label: journey.completion ? 'How it ended' : 'Why it is open' })
    if (journey.primaryOpportunity)
      related.push({ record: `opportunity:${journey.primaryOpportunity}`, label: 'Its primary opportunity' })
  }
  const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
  if (opportunity?.attributionActivation)
    related.push({ record: opportunity.attributionActivation, label: 'Attribution activation' })
  return related
}
