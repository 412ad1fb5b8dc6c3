import { dayOf, offsetAt } from '../calendar.ts'
import type { Derivation, Engagement, Journey, Opportunity, Person, Stamp } from '../derivation.ts'
import type { Fact, Instant, Tags } from '../facts.ts'
import type { Rules } from '../rules.ts'
import type { Expectation } from './scenario.ts'

/** One thing that is not as expected. */
export type Difference = Readonly<{ place: string; record: string; field: string; expected: string; actual: string }>

/** How a story names things: labels given to lines with `as:`, and all its facts in order. */
export type Names = Readonly<{ given: ReadonlyMap<string, string>; facts: readonly Fact[] }>

const NONE = '–'

/** Compares what followed with what was expected; names that do not exist and fields nobody knows are differences too. */
export function compareExpectations(
  expectation: Expectation,
  derivation: Derivation,
  rules: Rules,
  names: Names,
): Difference[] {
  const view = viewOf(derivation, rules, names)
  const differences: Difference[] = []
  const differ = (record: string, field: string, expected: string, actual: string) =>
    differences.push({ place: expectation.place, record, field, expected, actual })

  for (const [record, wanted] of Object.entries(expectation.expected)) {
    if (record in view.totals) {
      const actual = view.totals[record] as string
      const expected = Array.isArray(wanted) ? [...wanted].map(String).sort().join(', ') || NONE : textOf(wanted)
      if (actual !== expected) differ(record, 'total', expected, actual)
      continue
    }
    if (record.startsWith('findings of ')) {
      const expected = Array.isArray(wanted) ? [...wanted].map(String).sort().join(', ') || NONE : textOf(wanted)
      const found = findingsOf(record.slice('findings of '.length), view, derivation)
      if (found !== expected) differ(record, 'codes', expected, found)
      continue
    }
    const actual = view.records.get(record)
    if (wanted === 'absent' || wanted === 'nothing') {
      if (actual) differ(record, 'exists', 'absent', 'present')
      continue
    }
    if (!actual) {
      differ(record, 'exists', 'present', `absent; there are ${[...view.records.keys()].join(', ')}`)
      continue
    }
    if (typeof wanted !== 'object' || wanted === null) {
      differ(record, 'fields', 'a list of fields', textOf(wanted))
      continue
    }
    for (const [field, value] of Object.entries(wanted as Record<string, unknown>)) {
      const shown = actual[field]
      if (shown === undefined)
        differ(record, field, textOf(value), `no such field; there are ${Object.keys(actual).join(', ')}`)
      else if (!matches(shown, textOf(value))) differ(record, field, textOf(value), shown)
    }
  }
  return differences
}

/** The codes of the findings about an engagement, a lead, a contact or an opportunity, by the name a story uses. */
function findingsOf(name: string, view: View, derivation: Derivation): string {
  const about = new Set<string>([view.ids.get(name) ?? '', `lead:${name}`, `contact:${name}`, `opportunity:${name}`])
  const codes = derivation.findings.filter((one) => about.has(one.record)).map((one) => one.code)
  return [...new Set(codes)].sort().join(', ') || NONE
}

/** Dates may be expected without their time, and stages without their owner. */
function matches(actual: string, expected: string): boolean {
  if (actual === expected) return true
  const [, day, time, rest] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(.*)$/.exec(actual) ?? []
  // A stage may be expected without its owner, too.
  return day !== undefined && [`${day}${rest}`, day, `${day} ${time}`].includes(expected)
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '' || value === '-' || value === 'none') return NONE
  if (value === true) return 'yes'
  if (value === false) return 'no'
  return String(value)
}

/** What is derived, field by field in the words of a scenario, by the names a story gives things. */
export type View = Readonly<{
  records: ReadonlyMap<string, Readonly<Record<string, string>>>
  totals: Readonly<Record<string, string>>
  /** The id behind each name, such as `eng:…` or `opportunity:…`. */
  ids: ReadonlyMap<string, string>
}>

/** Everything derived, in the words of a scenario. */
export function viewOf(derivation: Derivation, rules: Rules, names: Names): View {
  const { zone } = rules.organisation
  const moment = (at: Instant | null | undefined) => (at === null || at === undefined ? NONE : momentOf(at, zone))
  const stamp = (one: Stamp | null | undefined) =>
    one ? `${moment(one.at)}${one.owner === null ? '' : ` by ${one.owner}`}${one.inferred ? ' (inferred)' : ''}` : NONE
  const labels = labelEngagements(derivation, names)
  const label = (id: string | null | undefined) => (id ? (labels.get(id) ?? id) : NONE)
  const journeys = new Map(derivation.journeys.map((one) => [one.id as string, one]))
  const records = new Map<string, Record<string, string>>()
  const ids = new Map<string, string>()
  const add = (name: string, id: string, view: Record<string, string>) => {
    records.set(name, view)
    ids.set(name, id)
  }

  for (const engagement of derivation.engagements)
    add(label(engagement.id), engagement.id, engagementView(engagement, journeys.get(engagement.id)))
  for (const opportunity of derivation.opportunities)
    add(opportunity.id, `opportunity:${opportunity.id}`, opportunityView(opportunity))
  for (const person of derivation.people)
    for (const id of [...person.leads, ...person.contacts]) add(id, person.id, personView(person))

  const counted = derivation.engagements.filter((one) => !one.voided)
  return {
    records,
    ids,
    totals: {
      engagements: String(counted.length),
      activations: String(counted.filter((one) => one.recordType === 'Activation').length),
      people: String(derivation.people.length),
      findings: [...new Set(derivation.findings.map((one) => one.code))].sort().join(', ') || NONE,
    },
  }

  function engagementView(one: Engagement, journey: Journey | undefined): Record<string, string> {
    const view: Record<string, string> = {
      'record type': one.recordType,
      'activation type': one.activationType ?? NONE,
      lead: one.lead ?? NONE,
      contact: one.contact ?? NONE,
      account: one.account ?? NONE,
      'engagement date': moment(one.at),
      created: moment(one.recordedAt),
      'activation parent': label(one.parent),
      'previous activation': label(one.previous),
      'first click': tagsText(one.first),
      'last click': tagsText(one.last),
      'engagement type': one.engagementType ?? NONE,
      'reporting medium': one.reporting.medium ?? NONE,
      'medium category': one.reporting.mediumCategory,
      department: one.reporting.department,
      'reporting source': one.reporting.source ?? NONE,
      'reporting campaign': one.reporting.campaign ?? NONE,
      'reporting content': one.reporting.content ?? NONE,
      'reporting term': one.reporting.term ?? NONE,
      'reporting type': one.reporting.engagementType ?? NONE,
      'type category': one.reporting.engagementTypeCategory,
      'corrected by': one.corrected?.by.join(', ') ?? NONE,
      'original first click': one.corrected ? tagsText(one.corrected.first) : NONE,
      'original last click': one.corrected ? tagsText(one.corrected.last) : NONE,
      'original type': one.corrected?.engagementType ?? NONE,
      'triggered by': one.triggeredBy,
      'medium input': one.mediumInput ?? NONE,
      backdated: one.backdated ? 'yes' : 'no',
      'demoted on': moment(one.demotedFromActivationAt),
      voided: one.voided ? 'yes' : 'no',
      rule: one.because.rule,
    }
    for (let stage = 1; stage <= 6; stage++) view[`stage ${stage}`] = stamp(journey?.stages[stage - 1])
    view.completed = moment(journey?.completion?.at)
    view.outcome = journey?.completion?.outcome ?? NONE
    view['primary opportunity'] = journey?.primaryOpportunity ?? NONE
    view['primary opportunity type'] = journey?.primaryOpportunityType ?? NONE
    view['dormant on'] = moment(journey?.dormantAt)
    return view
  }

  function opportunityView(one: Opportunity): Record<string, string> {
    const journey = one.attributionActivation ? journeys.get(one.attributionActivation) : undefined
    const view: Record<string, string> = {
      'attribution activation': label(one.attributionActivation),
      'attribution contact': one.attributionContact ?? NONE,
      'attribution rule': one.attributionBecause?.rule ?? NONE,
      owner: one.owner,
      created: moment(one.createdAt),
      stage: one.stage ?? NONE,
      probability: one.probability === null ? NONE : String(one.probability),
      state: one.deleted ? 'deleted' : one.closed ? (one.won ? 'won' : 'lost') : 'open',
      'close date': one.closeDate ?? NONE,
      amount: one.amount === null ? NONE : String(one.amount),
    }
    for (let stage = 1; stage <= 3; stage++) view[`stage ${stage}`] = stamp(journey?.stages[stage - 1])
    for (let stage = 4; stage <= 6; stage++) view[`stage ${stage}`] = stamp(one.stages[stage - 4])
    return view
  }

  function personView(one: Person): Record<string, string> {
    return {
      'current activation': label(one.currentActivation),
      dormant: one.dormant ? 'yes' : 'no',
      status: one.status ?? NONE,
      owner: one.owner,
      created: moment(one.createdAt),
      person: one.id.slice(one.id.indexOf(':') + 1),
      leads: one.leads.join(', ') || NONE,
      contacts: one.contacts.join(', ') || NONE,
    }
  }
}

/** E1, E2, … in the order of the lines that caused them, unless a line says `as: E5`. */
function labelEngagements(derivation: Derivation, { given, facts }: Names): Map<string, string> {
  const labels = new Map<string, string>()
  const ids = new Set(derivation.engagements.map((one) => one.id as string))
  const taken = new Set(given.values())
  let next = 1
  for (const fact of facts) {
    const id = `eng:${fact.id}`
    if (!ids.has(id)) continue
    const named = given.get(fact.id)
    if (named !== undefined) {
      labels.set(id, named)
      const number = /^E(\d+)$/.exec(named)
      if (number) next = Math.max(next, Number(number[1]) + 1)
      continue
    }
    while (taken.has(`E${next}`)) next++
    labels.set(id, `E${next++}`)
  }
  return labels
}

function tagsText(tags: Tags): string {
  const values = [tags.medium, tags.source, tags.campaign, tags.content, tags.term].map((one) => one ?? NONE)
  while (values.length > 3 && values.at(-1) === NONE) values.pop()
  return values.every((one) => one === NONE) ? NONE : values.join(' | ')
}

function momentOf(at: Instant, zone: Rules['organisation']['zone']): string {
  const minutes = Math.floor(((((at + offsetAt(zone, at)) % 86_400_000) + 86_400_000) % 86_400_000) / 60_000)
  return `${dayOf(zone, at)} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
