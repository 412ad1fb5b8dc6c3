import type {
  Because,
  ClusterFact,
  Derivation,
  Directory,
  Fact,
  FactId,
  RuleId,
  Rules,
  TraceEntry,
} from '@throughline/core'
import { type Decision, decisionOn } from './decision.ts'
import {
  type Folded,
  fold,
  personOf,
  type Question,
  questionOf,
  type ReadingBudget,
  type World,
} from './explained-part.ts'
import { type Flip, flipsOf } from './flips.ts'
import { rankingOf, type ShownRanking } from './ranking.ts'
import { sourceOf } from './source-records.ts'
import { sufficientFacts } from './sufficient-facts.ts'

export { EXPLAINABLE_PARTS } from './explained-part.ts'
export type { Flip } from './flips.ts'

/** Why something is so, or is not: the rule, the facts it rests on, what else could have been, what would change it. */
export type Explanation = Readonly<{
  record: string
  /** Whether the thing asked about is there: an engagement made, a stage reached, a journey ended, a link set. */
  so: boolean
  /** What is so, in a sentence or two. */
  statement: string
  because: Because | null
  rule: Readonly<{ id: RuleId; text: string }> | null
  /** What it rests on, each with the source record it was read from, in words. */
  facts: readonly Readonly<{ fact: Fact; role: string; source: string }>[]
  /** What did not happen, and what would have made it happen. */
  alternatives: readonly Readonly<{ statement: string; rule: RuleId | null; lostBecause: string }>[]
  /** Where one of several was chosen: all that could have been, the best first. Null where there was no choice. */
  ranking: ShownRanking | null
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

/** Facts that the search for sufficient facts and for changes may read: enough for any person, too few to be slow. */
export const FACTS_READ = Object.freeze({ sufficient: 3_000, flips: 6_000 })

/** Decisions that are told beside the one that holds; the latest count. */
const ALTERNATIVES = 20

/** Facts told of one answer; a large cluster may rest on hundreds. */
const FACTS_TOLD = 40

/**
 * Explains one derived record, a part of it, or why it is not there, by folding its cluster again and listening to the
 * decisions. The answer therefore comes from the very code that made the record. Undefined where there is no such
 * record and no fact that could have made one.
 */
export function explain(
  record: string,
  facts: readonly ClusterFact[],
  directory: Directory,
  rules: Rules,
  asOf: number,
  ruleText: (id: RuleId) => string | undefined,
): Explanation | undefined {
  const world: World = { facts, directory, rules, asOf }
  const asked = questionOf(record)
  if (!asked) return undefined
  const trace: TraceEntry[] = []
  const folded = fold(asked, world, { left: Number.POSITIVE_INFINITY }, trace) as Folded
  if (folded.part === undefined && !couldHaveBeen(asked, facts)) return undefined
  const decision = decisionOn(asked, world, folded, trace)
  const { derivation } = folded
  const cited = new Set(decision.facts)
  // What is not known yet can only matter where it is itself asked about.
  const known = facts.filter((fact) => fact.recordedAt <= asOf || fact.id === asked.id.slice(4))
  const sufficient = sufficientOf(asked, { ...world, facts: known }, folded, decision)
  const flips = flipsOf(
    {
      question: asked,
      world: { ...world, facts: known },
      folded,
      decision,
      trace,
      telling: telling(known, decision, sufficient),
    },
    // Of an influence's journey there is little to tell: it has none, and its activation can be asked.
    { left: decision.rule === 'A8' ? FACTS_READ.flips / 4 : FACTS_READ.flips },
  )
  return {
    record,
    so: decision.so,
    statement: decision.statement,
    because: decision.because,
    rule: { id: decision.rule, text: ruleText(decision.rule) ?? '' },
    facts: toldFacts(facts, decision, [...cited, ...sufficient.filter((id) => !cited.has(id))]),
    alternatives: alternativesTo(decision),
    ranking: rankingOf(asked, derivation, trace, decision.entry, rules),
    flips,
    sufficient,
    related: relatedTo(derivation, asked),
  }
}

/** A fact was reported that could have made what is asked about. */
function couldHaveBeen({ id, about, part }: Question, facts: readonly ClusterFact[]): boolean {
  return (
    (about === 'engagement' || about === 'interaction') && part === '' && facts.some((one) => one.id === id.slice(4))
  )
}

/** What must come out the same: all of the asked part; of what is not there, the rule that it is not there by. */
function sufficientOf(question: Question, world: World, folded: Folded, decision: Decision): FactId[] {
  const budget: ReadingBudget = { left: FACTS_READ.sufficient }
  const wanted = fingerprint(folded, decision)
  return sufficientFacts(question.id, world.facts, new Set(decision.facts), (subset) => {
    const trace: TraceEntry[] | undefined = decision.so ? undefined : []
    const again = fold(question, { ...world, facts: subset }, budget, trace)
    if (!again || (again.part === undefined) !== (folded.part === undefined)) return false
    return (
      fingerprint(
        again,
        decision.so ? decision : decisionOn(question, { ...world, facts: subset }, again, trace ?? []),
      ) === wanted
    )
  })
}

function fingerprint({ part }: Folded, { so, rule }: Decision): string {
  return JSON.stringify([part ?? null, so ? null : rule])
}

/** The decision's own facts, then those that give it again, then whatever else was looked at. */
function telling(facts: readonly ClusterFact[], decision: Decision, sufficient: readonly FactId[]): ClusterFact[] {
  const { entry, because, facts: cited } = decision
  const ranked = entry?.ranking?.candidates.slice(0, 2).flatMap((one) => one.facts) ?? []
  const ids = new Set([...(entry?.facts ?? []), ...(because ? [because.fact] : []), ...ranked, ...sufficient, ...cited])
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  return [...ids].flatMap((id) => byId.get(id) ?? [])
}

function toldFacts(
  facts: readonly ClusterFact[],
  { entry, because }: Decision,
  ids: readonly FactId[],
): Explanation['facts'] {
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  const looked = new Set(entry?.facts)
  return ids.slice(0, FACTS_TOLD).flatMap((id) => {
    const fact = byId.get(id)
    if (!fact) return []
    const role = id === because?.fact ? 'set it off' : looked.has(id) ? 'was looked at' : 'is part of how it came about'
    return [{ fact, role, source: sourceOf(fact) }]
  })
}

function alternativesTo({ entry, others }: Decision): Explanation['alternatives'] {
  const instead = entry?.instead ? [{ statement: entry.instead, rule: null, lostBecause: entry.decided }] : []
  return [
    ...instead,
    ...others.slice(-ALTERNATIVES).map((other) => ({
      statement: other.decided,
      rule: other.rule,
      lostBecause: other.instead ?? 'A later decision took its place.',
    })),
  ]
}

function relatedTo(derivation: Derivation, { id, part, about }: Question): Explanation['related'] {
  const related: { record: string; label: string }[] = []
  const add = (record: string, label: string) => void related.push({ record, label })
  const made = derivation.engagements.find((one) => one.id === (about === 'interaction' ? `eng:${id.slice(4)}` : id))
  if (made) {
    if (about === 'interaction') add(made.id, 'The engagement it made')
    else if (part !== '') add(id, 'The engagement itself')
    if (made.parent) add(made.parent, 'Activation it influences')
    if (made.previous) add(made.previous, 'The journey before')
    if (part === '') add(`${made.id}#values`, 'Where its values came from')
  }
  const journey = derivation.journeys.find((one) => one.id === made?.id)
  if (journey) {
    for (const [index, stamp] of journey.stages.entries())
      if (stamp && part !== `stage-${index + 1}`) add(`${journey.id}#stage-${index + 1}`, `Stage ${index + 1}`)
    const missing = journey.stages.findIndex((stamp) => !stamp)
    if (missing >= 0 && part !== `stage-${missing + 1}`)
      add(`${journey.id}#stage-${missing + 1}`, `Why not stage ${missing + 1}`)
    if (part !== 'completion') add(`${journey.id}#completion`, journey.completion ? 'How it ended' : 'Why it is open')
    if (journey.primaryOpportunity) add(`opportunity:${journey.primaryOpportunity}`, 'Its primary opportunity')
    else if (part !== 'primary-opportunity') add(`${journey.id}#primary-opportunity`, 'Why no primary opportunity')
  }
  const person = about === 'person' ? personOf(derivation, id) : undefined
  const whose = person?.id ?? made?.person
  if (whose && part !== 'next') add(`${whose}#next`, 'What the next interaction would become')
  if (person?.currentActivation) add(person.currentActivation, 'Current activation')
  const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
  if (opportunity?.attributionActivation) add(opportunity.attributionActivation, 'Attribution activation')
  for (const [index, stamp] of (opportunity?.stages ?? []).entries())
    if (part !== `stage-${index + 4}`)
      add(`${id}#stage-${index + 4}`, `${stamp ? 'Stage' : 'Why not stage'} ${index + 4}`)
  return related
}
