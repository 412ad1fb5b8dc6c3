import {
  type Because,
  type ClusterFact,
  type Derivation,
  dayOf,
  type FactId,
  keysOf,
  type Person,
  type RuleId,
  type TraceEntry,
} from '@throughline/core'
import { whyNot } from './absences.ts'
import { type Folded, journeyOf, type Next, personOf, type Question, type World } from './explained-part.ts'

/** What was decided about the asked thing, and all that was said on the way. */
export type Decision = Readonly<{
  so: boolean
  statement: string
  rule: RuleId
  because: Because | null
  /** The decision itself; undefined where nothing was ever decided about it. */
  entry: TraceEntry | undefined
  /** What else was decided about it, applied or not, in order. */
  others: readonly TraceEntry[]
  /** Told in the statement, beside the decision. */
  besides: readonly TraceEntry[]
  /** What it rests on: of the decision first. */
  facts: readonly FactId[]
}>

/** True of decisions that took something back: a stage, an end, a link, an attribution. [G11] [J12] [L10] */
const tookBack = ({ rule, subject, cleared }: TraceEntry): boolean =>
  cleared === true || rule === 'G11' || rule === 'J12' || (rule === 'L10' && subject === 'attribution-activation')

/** Works out what one traced fold says about a question. */
export function decisionOn(question: Question, world: World, folded: Folded, trace: readonly TraceEntry[]): Decision {
  const { derivation, part } = folded
  const so = part !== null && part !== undefined && !(question.about === 'interaction' && !madeEngagement(part))
  const records = tracedRecords(derivation, question)
  const subjects = subjectsOf(question)
  const entries = trace.filter((one) => subjects.includes(one.subject) && records.includes(one.record))
  const besides = entries.filter(
    (one) =>
      one.applied && (one.subject === 'identity' || one.subject === 'status-reset') && question.about !== 'person',
  )
  const own = entries.filter((one) => !besides.includes(one))
  // An opportunity is there whatever it is attributed to; what is told of it is its attribution.
  const holds = so && !(question.about === 'opportunity' && question.part === '' && !isAttributed(part))
  const found = holds ? own.filter((one) => one.applied && !tookBack(one)).at(-1) : undefined
  if (question.part === 'next') return nextDecision(question, world, folded, trace)
  if (question.about === 'person' && so) return personDecision(question, folded, own)
  const entry = found ?? (holds ? undefined : lastSaidAgainst(own))
  const recorded = holds ? becauseOf(question, derivation) : null
  const [statement, rule] = entry
    ? [[entry, ...besides].map((one) => one.decided).join(' '), entry.rule]
    : recorded
      ? [`It is so by rule ${recorded.rule}.`, recorded.rule]
      : whyNot(question, world, derivation)
  const others = own.filter((one) => one !== entry)
  const fact = entry?.facts[0] ?? recorded?.fact ?? (so ? contextOf(question, derivation)[0] : undefined)
  return {
    so,
    statement,
    rule,
    because: fact === undefined ? null : { rule, fact },
    entry,
    others,
    besides,
    facts: [
      ...new Set([
        ...(entry?.facts ?? []),
        ...(recorded ? [recorded.fact] : []),
        ...besides.flatMap((one) => one.facts),
        ...others.flatMap((one) => one.facts),
        ...(holds ? [] : contextOf(question, derivation)),
      ]),
    ],
  }
}

const isAttributed = (part: unknown): boolean =>
  (part as Derivation['opportunities'][number]).attributionActivation !== null

const madeEngagement = (part: unknown): boolean =>
  (part as Derivation['interactions'][number] | null)?.engagement !== null

/** The last thing said where it is not so: what was taken back, or what did not count. */
function lastSaidAgainst(entries: readonly TraceEntry[]): TraceEntry | undefined {
  const last = entries.at(-1)
  return last && (!last.applied || tookBack(last)) ? last : undefined
}

function subjectsOf({ about, part }: Question): readonly TraceEntry['subject'][] {
  switch (about) {
    case 'interaction':
      return ['interaction']
    case 'person':
      return part === 'next' ? [] : ['identity', 'current-activation']
    case 'opportunity':
      return part.startsWith('stage-') ? [part as 'stage-4'] : ['attribution-activation']
    case 'engagement':
      if (part === '') return ['classification', 'identity', 'status-reset', 'interaction']
      return [part === 'values' ? 'attribution-values' : (part as 'completion')]
  }
}

/** Stages 4 to 6 are decided on the opportunity; what made no engagement was said of the interaction. */
function tracedRecords(derivation: Derivation, { id, part, about }: Question): readonly string[] {
  if (about === 'person') {
    const person = personOf(derivation, id)
    return person
      ? [person.id, ...person.leads.map((lead) => `lead:${lead}`), ...person.contacts.map((one) => `contact:${one}`)]
      : [id]
  }
  if (about !== 'engagement') return [id]
  if (part === '' && !derivation.engagements.some((one) => one.id === id)) return [`int:${id.slice(4)}`]
  if (!/^stage-[456]$/.test(part)) return [id]
  const journey = journeyOf(derivation, id)
  return journey?.primaryOpportunityType === 'Attribution Activation'
    ? [`opportunity:${journey.primaryOpportunity}`]
    : []
}

/** What the record itself says it is so by. */
function becauseOf({ id, part, about }: Question, derivation: Derivation): Because | null {
  const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
  switch (about) {
    case 'interaction':
      return derivation.interactions.find((one) => one.id === id)?.because ?? null
    case 'person':
      return null
    case 'opportunity':
      if (part.startsWith('stage-')) return opportunity?.stages[Number(part.slice(-1)) - 4]?.because ?? null
      return opportunity?.attributionBecause ?? opportunity?.stages[0].because ?? null
    case 'engagement': {
      const journey = journeyOf(derivation, id)
      if (part === 'completion') return journey?.completion?.because ?? null
      if (part.startsWith('stage-')) return journey?.stages[Number(part.slice(-1)) - 1]?.because ?? null
      return derivation.engagements.find((one) => one.id === id)?.because ?? null
    }
  }
}

/** Facts that show what there is where the asked thing is not: the activation, the opportunity, the interaction. */
function contextOf({ id, about }: Question, derivation: Derivation): FactId[] {
  if (about === 'engagement' || about === 'interaction') {
    const engagement = derivation.engagements.find((one) => one.id === id)
    const journey = journeyOf(derivation, id)
    const primary = derivation.opportunities.find((one) => one.id === journey?.primaryOpportunity)
    return [engagement?.because.fact ?? id.slice(4), ...(primary ? [primary.stages[0].because.fact] : [])]
  }
  const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
  return opportunity ? [opportunity.stages[0].because.fact] : []
}

const JOINING: ReadonlySet<RuleId> = new Set(['H1', 'H2', 'I1', 'ID4'])

/** A person is whoever their records make them; their current journey is told beside that. */
function personDecision(question: Question, { derivation }: Folded, own: readonly TraceEntry[]): Decision {
  const person = personOf(derivation, question.id)
  const said = own.filter(({ applied }) => applied)
  const identified = said.filter(({ subject }) => subject === 'identity')
  // What joined records says more of who somebody is than that a record appeared.
  const entry = identified.filter(({ rule }) => JOINING.has(rule)).at(-1) ?? identified.at(-1) ?? said.at(-1)
  const current = journeyOf(derivation, person?.currentActivation)
  const activation = derivation.engagements.find((one) => one.id === current?.id)
  const journey = !current
    ? 'They never had a journey.'
    : `Their current activation is ${current.id}; its journey is ${current.completion ? `complete ("${current.completion.outcome}")` : 'open'}.`
  const facts = [...new Set([...said.flatMap((one) => one.facts), ...(activation ? [activation.because.fact] : [])])]
  const rule = entry?.rule ?? 'ID2'
  const decided = [...new Set(said.map((one) => one.decided))]
  return {
    so: true,
    statement: [...(entry ? decided.filter((one) => one !== entry.decided).slice(-2) : []), entry?.decided, journey]
      .filter(Boolean)
      .join(' '),
    rule,
    because: entry?.facts[0] === undefined ? null : { rule, fact: entry.facts[0] },
    entry,
    others: [],
    besides: own.filter((one) => one !== entry),
    facts,
  }
}

/** What the next interaction would become: by the state of the current journey, seen by adding one. [A4] [A5] [A6] */
function nextDecision(
  question: Question,
  world: World,
  { derivation, part }: Folded,
  trace: readonly TraceEntry[],
): Decision {
  const none = { entry: undefined, others: [], besides: [] } as const
  if (!part) return { ...none, so: false, statement: 'There is no such person.', rule: 'ID2', because: null, facts: [] }
  const { recordType, activationType, parent, previous, dormantAt } = part as Next
  const { zone } = world.rules.organisation
  const current = journeyOf(derivation, parent ?? previous)
  const activation = derivation.engagements.find((one) => one.id === current?.id)
  const told = trace.filter((one) => one.record === current?.id && one.subject === 'completion' && one.applied).at(-1)
  const silence =
    dormantAt === null
      ? current?.primaryOpportunity && !current.completion
        ? ` Silence does not end that journey: its primary opportunity ${current.primaryOpportunity} alone can.`
        : ''
      : ` Without a sign of life it ends on ${dayOf(zone, dormantAt)}, in ${Math.max(0, Math.ceil((dormantAt - world.asOf) / 86_400_000))} days, and an interaction after that starts a new journey.`
  const rule = recordType === 'Influencing Engagement' ? 'A4' : previous ? 'A5' : 'A6'
  const statement =
    rule === 'A4'
      ? `The next interaction would be an Influencing Engagement of ${parent}: that journey is open.${silence}`
      : `The next interaction would be an Activation (${activationType}): ${rule === 'A5' ? `the journey ${previous} is complete (${current?.completion?.outcome ?? 'voided'})` : 'there is no journey yet'}.`
  const facts = [
    ...(told ? told.facts : []),
    ...(current?.completion ? [current.completion.because.fact] : []),
    ...(activation ? [activation.because.fact] : []),
  ]
  const fact = facts[0] ?? firstFactOf(world.facts, personOf(derivation, question.id))
  return {
    ...none,
    so: true,
    statement,
    rule,
    because: fact === undefined ? null : { rule, fact },
    facts: [...new Set(fact === undefined ? facts : [...facts, fact])],
  }
}

/** The fact by which a person without a journey is known at all. */
function firstFactOf(facts: readonly ClusterFact[], person: Person | undefined): FactId | undefined {
  const keys = new Set<string>([
    ...(person?.leads ?? []).map((lead) => `lead:${lead}`),
    ...(person?.contacts ?? []).map((contact) => `contact:${contact}`),
  ])
  return facts.find((fact) => keysOf(fact).some((key) => keys.has(key)))?.id
}
