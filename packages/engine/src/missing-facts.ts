import {
  type ClusterFact,
  type Condition,
  type Criteria,
  type Instant,
  type Journey,
  MINUTE_MS,
  type Opportunity,
  type Person,
  type PersonKey,
} from '@throughline/core'
import { journeyOf, personOf } from './explained-part.ts'
import { NEW } from './fact-sentences.ts'
import { added, altered, type Matter, type PossibleChange, SIZE } from './possible-change.ts'

/** Ids of facts that were never reported. No source writes such ids. */
const PREFIX = 'had-been'

/** Opportunities of the cluster that somebody could have been put on, the newest first. */
const TRIED = 3

/** Facts that were not reported and would have given another answer, by what is asked. */
export function* missing(matter: Matter): Generator<PossibleChange> {
  const { question, folded, world } = matter
  const { derivation } = folded
  const { about, part, id } = question
  if (about === 'opportunity') {
    const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
    if (!opportunity) return
    if (part === 'stage-5' || part === 'stage-6') yield* ofOpportunityStage(matter, opportunity, part)
    else if (part !== 'stage-4') yield* rolesOn(matter, opportunity)
    return
  }
  if (about === 'person') {
    const person = personOf(derivation, id)
    const current = journeyOf(derivation, person?.currentActivation)
    if (person && part === 'next') yield* ends(matter, person, current, world.asOf)
    return
  }
  const engagementId = about === 'interaction' ? `eng:${id.slice(4)}` : id
  const engagement = derivation.engagements.find((one) => one.id === engagementId)
  const journey = journeyOf(derivation, engagementId)
  const person = engagement?.person ? personOf(derivation, engagement.person) : undefined
  if (about === 'interaction' || part === '') {
    yield* ofTouch(matter, engagementId.slice(4))
    return
  }
  if (!journey) return
  const controlling = derivation.opportunities.find((one) => one.id === journey.primaryOpportunity)
  if (!person) {
    // A fallback is nobody's: only its opportunity can do something to it.
    if (controlling && part === 'completion') yield* closes(matter, controlling, world.asOf)
    else if (controlling && /^stage-[56]$/.test(part)) yield* ofOpportunityStage(matter, controlling, part)
    else if (controlling && /^stage-[23]$/.test(part)) yield* rolesOn(matter, controlling)
    return
  }
  const at = journey.completion
    ? Math.max(journey.completion.at - MINUTE_MS, journey.stages[0].at)
    : Math.max(world.asOf, journey.stages[0].at)
  if (part === 'stage-2' || part === 'stage-3') yield* ofStage(matter, person, part, at)
  else if (part === 'completion') yield* ends(matter, person, journey, at)
  else if (part === 'primary-opportunity') yield* joins(matter, person, at)
  else if (part !== 'values' && part !== 'stage-1') {
    if (!controlling) yield* joins(matter, person, at, part === 'stage-4' ? 'open' : 'won')
    else if (journey.primaryOpportunityType === 'Influencing Activation')
      yield* creditedByHand(matter, person, journey, controlling, part)
    else if (part !== 'stage-4') yield* ofOpportunityStage(matter, controlling, part)
  }
}

/** Stages 4 to 6 of an activation that only influenced: the opportunity would have to be credited to it. [G13] [L9] */
function* creditedByHand(
  matter: Matter,
  person: Person,
  { id }: Journey,
  opportunity: Opportunity,
  part: string,
): Generator<PossibleChange> {
  const at = matter.world.asOf
  const [record] = recordsOf(person)
  if (!record) return
  const set: ClusterFact = {
    kind: 'attribution-set',
    opportunity: opportunity.id,
    person: record,
    activation: id,
    reason: PREFIX,
    by: '',
    ...stated('credited', at),
  }
  yield added(matter, [set])
  if (part !== 'stage-4') yield added(matter, [set, closed(opportunity.id, true, at)])
}

/** Changes of a person's record that would meet a stage's criteria. */
function* ofStage(matter: Matter, person: Person, part: string, at: Instant): Generator<PossibleChange> {
  const { world } = matter
  const { stages } = world.rules
  for (const record of recordsOf(person)) {
    const object = record.startsWith('lead:') ? 'lead' : 'contact'
    const criteria = (part === 'stage-2' ? stages.routed : stages.accepted)[object]
    for (const facts of meeting(criteria, record, at)) {
      yield added(matter, facts)
      // Criteria that hold already must cease to hold first. [G12]
      const away = world.rules.statuses[object].find((status) => !mentions(criteria, status))
      if (away !== undefined) yield added(matter, [statusSet(record, away, at - MINUTE_MS, 'before'), ...facts])
    }
  }
}

/** What would end a person's journey: a disposition, or the close of its primary opportunity; or what would re-open it. */
function* ends(matter: Matter, person: Person, journey: Journey | undefined, at: Instant): Generator<PossibleChange> {
  const { world, folded } = matter
  const opportunity = folded.derivation.opportunities.find((one) => one.id === journey?.primaryOpportunity)
  if (opportunity) yield* closes(matter, opportunity, at)
  yield* dispositions(matter, person, at)
  if (!journey?.completion) return
  // A touch just before the end begins the silence anew; an opportunity takes the end out of anybody else's hands.
  const before = Math.max(journey.completion.at - MINUTE_MS, journey.stages[0].at)
  const [record] = recordsOf(person)
  if (record) yield added(matter, [touchOf(record, before)])
  if (!opportunity) yield* joins(matter, person, Math.min(before, world.asOf))
}

function* closes(matter: Matter, { id, closed: isClosed }: Opportunity, at: Instant): Generator<PossibleChange> {
  if (isClosed)
    yield added(matter, [{ kind: 'opportunity-reopened', opportunity: id, ...stated('reopened', matter.world.asOf) }])
  else for (const won of [false, true]) yield added(matter, [closed(id, won, at)])
}

function* dispositions(matter: Matter, person: Person, at: Instant): Generator<PossibleChange> {
  const { dispositions } = matter.world.rules
  for (const object of ['contact', 'lead'] as const) {
    const record = recordsOf(person).find((one) => one.startsWith(object))
    const some = dispositions.filter((one) => one.enabled && one.object === object).slice(0, 2)
    if (record)
      for (const { criteria } of some) for (const facts of meeting(criteria, record, at)) yield added(matter, facts)
  }
}

/** A contact role on an open opportunity there is, or on a new one; a lead is converted for it. */
function* joins(
  matter: Matter,
  person: Person,
  at: Instant,
  outcome: 'open' | 'won' = 'open',
): Generator<PossibleChange> {
  // The same save brings the role and the close; what was won in one stroke has reached all stages.
  const end = (opportunity: string) => (outcome === 'won' ? [closed(opportunity, true, at)] : [])
  const { opportunities } = matter.folded.derivation
  const there = opportunities
    .filter((one) => !one.deleted && one.createdAt <= at && (one.closedAt === null || one.closedAt > at))
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, TRIED)
  const contact = person.contacts.at(-1)
  const made: ClusterFact = {
    kind: 'opportunity-created',
    opportunity: NEW,
    by: '',
    owner: person.owner,
    ...stated('opportunity', at),
  }
  if (contact !== undefined) {
    for (const { id } of there) yield added(matter, [role(contact, id, at, person.owner), ...end(id)])
    yield added(matter, [made, role(contact, NEW, at, person.owner), ...end(NEW)])
  }
  const lead = person.leads.at(-1)
  if (lead === undefined) return
  const converted: ClusterFact = {
    kind: 'lead-converted',
    lead,
    contact: NEW,
    opportunity: NEW,
    ...stated('converted', at),
  }
  yield added(matter, [converted, made, role(NEW, NEW, at, person.owner), ...end(NEW)])
}

/** Who could have been put on an opportunity in time: people with an open journey, else a new contact. */
function* rolesOn(matter: Matter, opportunity: Opportunity): Generator<PossibleChange> {
  const { world, folded } = matter
  const { people, journeys } = folded.derivation
  const { graceMs } = world.rules.opportunityAttribution
  const moments = [Math.min(opportunity.createdAt + graceMs, world.asOf), opportunity.createdAt]
  const engaged = people.filter(
    (one) =>
      one.contacts.length > 0 &&
      !opportunity.contactRoles.some(({ contact }) => one.contacts.includes(contact)) &&
      journeys.some(({ id }) => id === one.currentActivation),
  )
  for (const at of new Set(moments)) {
    for (const person of engaged.slice(0, TRIED))
      yield added(matter, [role(person.contacts.at(-1) as string, opportunity.id, at, person.owner)])
    yield added(matter, [
      {
        kind: 'contact-created',
        contact: NEW,
        by: opportunity.owner,
        owner: opportunity.owner,
        ...stated('contact', opportunity.createdAt - MINUTE_MS),
      },
      role(NEW, opportunity.id, at, opportunity.owner),
    ])
  }
  // Of those who are on it: the primary role, where another has it.
  for (const fact of world.facts)
    if (fact.kind === 'contact-role-added' && fact.opportunity === opportunity.id)
      yield altered(
        fact,
        { ...fact, primary: !fact.primary },
        `Had contact ${fact.contact} been put on opportunity ${fact.opportunity} ${fact.primary ? 'as one of several, not' : ''}${fact.primary ? ' ' : ''}as the primary contact`,
      )
}

function* ofOpportunityStage(
  matter: Matter,
  { id, ...opportunity }: Opportunity,
  part: string,
): Generator<PossibleChange> {
  const { world } = matter
  const at = world.asOf
  if (part === 'stage-6') {
    yield added(matter, [closed(id, opportunity.stages[2] === null, at)])
    return
  }
  for (const probability of [50, 100])
    yield added(matter, [{ kind: 'opportunity-changed', opportunity: id, probability, ...stated('changed', at) }])
  for (const { name } of world.rules.opportunityStages.filter((one) => !one.closed).slice(-1))
    yield added(matter, [{ kind: 'opportunity-changed', opportunity: id, stage: name, ...stated('changed', at) }])
  yield added(matter, [closed(id, true, at)])
}

/** What would have made another thing of a touch, or something of one that made nothing. */
function* ofTouch(matter: Matter, factId: string): Generator<PossibleChange> {
  const { world, folded } = matter
  const fact = world.facts.find((one) => one.id === factId)
  if (!fact) return
  const { derivation } = folded
  const made = derivation.engagements.find((one) => one.id === `eng:${factId}`)
  const before = Math.min(fact.occurredAt, fact.recordedAt) - MINUTE_MS
  const key = personKeyOf(fact)
  const person = made?.person ? personOf(derivation, made.person) : key ? personOf(derivation, key) : undefined
  const parent = journeyOf(derivation, made?.parent)
  const controlling = derivation.opportunities.find((one) => one.id === parent?.primaryOpportunity)
  if (controlling && !controlling.closed) yield* closes(matter, controlling, before)
  if (person) {
    yield* dispositions(matter, person, before)
    const [record] = recordsOf(person)
    if (record) yield added(matter, [touchOf(record, before - MINUTE_MS)])
  }
  if (fact.kind === 'opportunity-created') {
    const opportunity = derivation.opportunities.find((one) => one.id === fact.opportunity)
    if (opportunity) yield* rolesOn(matter, opportunity)
  }
  if (fact.kind === 'contact-role-added' && !derivation.opportunities.some((one) => one.id === fact.opportunity)) {
    const { opportunity, by } = fact
    yield added(matter, [{ kind: 'opportunity-created', opportunity, by, owner: by, ...stated('opportunity', before) }])
  }
  if (fact.kind === 'interaction-recorded') {
    if (fact.person.startsWith('email:')) {
      const email = fact.person as `email:${string}`
      const lead = added(matter, [
        { kind: 'lead-created', lead: NEW, by: '', owner: '', email, ...stated('lead', before) },
      ])
      yield lead
      if (world.rules.identity.email === 'none')
        yield {
          ...lead,
          kind: 'setting',
          size: SIZE.setting + SIZE.fact,
          change: `Did an e-mail address join interactions to records, and had ${lead.change.slice(4)} with that address`,
          rules: { ...world.rules, identity: { email: 'interactions' } },
        }
    }
    yield altered(
      fact,
      { ...fact, submission: { ...fact.submission, engagementType: 'Another engagement type' } },
      'Had another engagement type arrived with it',
    )
  }
  if (fact.kind === 'campaign-member-set') {
    const statuses = new Set(world.rules.campaigns.flatMap((rule) => rule.statuses))
    for (const status of [...statuses].filter((one) => one !== fact.status).slice(0, 2 * TRIED))
      yield altered(fact, { ...fact, status }, `Had the status in campaign ${fact.campaign} been "${status}"`)
  }
  if (fact.kind === 'task-recorded')
    for (const { criteria } of world.rules.tasks)
      for (const values of wanted(criteria)) {
        const told = Object.entries(values).map(([name, value]) => `the ${name} "${value}"`)
        const { subject, type, status, ...fields } = values as Record<string, string>
        const is = {
          ...fact,
          ...(subject !== undefined && { subject: String(subject) }),
          ...(type !== undefined && { type: String(type) }),
          ...(status !== undefined && { status: String(status) }),
          fields: { ...fact.fields, ...fields },
        }
        yield altered(fact, is, `Had the task had ${told.join(' and ')}`)
      }
}

/** Facts that set a record's fields so that criteria hold, one list for each set of conditions. */
function* meeting(criteria: Criteria, record: PersonKey, at: Instant): Generator<ClusterFact[]> {
  for (const { status, score, owner, ...fields } of wanted(criteria)) {
    if ('lead-source' in fields) continue
    const facts: ClusterFact[] = []
    if (status !== undefined) facts.push(statusSet(record, String(status), at, 'status'))
    if (score !== undefined) facts.push({ kind: 'score-changed', record, to: Number(score), ...stated('score', at) })
    if (owner !== undefined) facts.push({ kind: 'owner-changed', record, to: String(owner), ...stated('owner', at) })
    if (Object.keys(fields).length > 0) facts.push({ kind: 'fields-changed', record, fields, ...stated('fields', at) })
    if (facts.length > 0) yield facts
  }
}

type Value = string | number | boolean

/** For each set of conditions the values that would meet it, as far as one value can be named. */
function wanted(criteria: Criteria): Record<string, Value>[] {
  return criteria.slice(0, TRIED).map((set) => {
    const values: Record<string, Value> = {}
    for (const condition of set) {
      const value = valueMeeting(condition)
      if (value !== undefined) values[condition.field] = value
    }
    return values
  })
}

function valueMeeting({ operator, value }: Condition): Value | undefined {
  const one = Array.isArray(value) ? (value[0] as Value | undefined) : (value as Value | undefined)
  switch (operator) {
    case 'equals':
    case 'in':
    case 'contains':
    case 'starts-with':
    case 'at-least':
    case 'at-most':
      return one
    case 'greater-than':
      return Number(one) + 1
    case 'less-than':
      return Number(one) - 1
    case 'is-present':
      return 'something'
    default:
      return undefined
  }
}

const mentions = (criteria: Criteria, status: string): boolean =>
  wanted(criteria).some((values) => values.status === status) ||
  criteria.some((set) => set.some(({ value }) => (Array.isArray(value) ? value.includes(status) : value === status)))

/** The rows of a person: contacts first, and of each the newest; before its conversion a person was their lead. */
function recordsOf({ leads, contacts }: Pick<Person, 'leads' | 'contacts'>): PersonKey[] {
  return [
    ...[...contacts].reverse().map((one) => `contact:${one}` as const),
    ...[...leads].reverse().map((one) => `lead:${one}` as const),
  ].slice(0, TRIED)
}

function personKeyOf(fact: ClusterFact): PersonKey | undefined {
  switch (fact.kind) {
    case 'interaction-recorded':
    case 'campaign-member-set':
    case 'task-recorded':
      return fact.person.startsWith('email:') ? undefined : (fact.person as PersonKey)
    case 'contact-role-added':
      return `contact:${fact.contact}`
    default:
      return undefined
  }
}

const stated = (name: string, at: Instant) => ({ id: `${PREFIX}/${name}`, occurredAt: at, recordedAt: at })

const statusSet = (record: PersonKey, to: string, at: Instant, name: string): ClusterFact => ({
  kind: 'status-changed',
  record,
  to,
  ...stated(name, at),
})

const closed = (opportunity: string, won: boolean, at: Instant): ClusterFact => ({
  kind: 'opportunity-closed',
  opportunity,
  won,
  ...stated('closed', at),
})

const role = (contact: string, opportunity: string, at: Instant, by: string): ClusterFact => ({
  kind: 'contact-role-added',
  contactRole: `${PREFIX}/${contact}`,
  contact,
  opportunity,
  by,
  ...stated('role', at),
})

const touchOf = (person: PersonKey, at: Instant): ClusterFact => ({
  kind: 'interaction-recorded',
  person,
  channel: 'form',
  submission: { engagementType: 'An interaction' },
  ...stated('touch', at),
})
