import type { EngagementId } from '../derivation.ts'
import type { ClusterFact, EmailKey, Fact, Instant, PersonKey, RecordKey } from '../facts.ts'
import { parseAmount } from '../money.ts'
import type { Rules } from '../rules.ts'
import { type Arrival, type Clicks, clicksOfVisitor } from '../visits.ts'
import { type Details, type Fail, parseMoment, submissionOf } from './document.ts'

/** A line being read: when, with which details, and how its facts are named. */
type Line = Readonly<{
  number: number
  at: Instant
  details: Details
  rules: Rules
  fail: Fail
  user: (name: string) => string
  campaign: (name: string) => string
  /** The engagement that an earlier line names with `as`. */
  engagement: (label: string) => EngagementId
  /** Visits by the visitor's name, which sentences add to. */
  visits: Map<string, Arrival[]>
}>

type Sentence = Readonly<{
  /** How it is written, for the documentation and for remedies. */
  form: string
  pattern: RegExp
  read: (match: Record<string, string>, line: Line) => Fact[]
}>

const PERSON = '(?<object>lead|contact) (?<id>\\S+)'

/** Everything a scenario can say, in the order it is tried. */
export const SENTENCES: readonly Sentence[] = [
  {
    form: 'BEA creates lead L1 (or contact C1)',
    pattern: new RegExp(`^(?<user>.+) creates ${PERSON}$`),
    read: ({ user, object, id }, line) => [
      personCreated(object as 'lead' | 'contact', id as string, line.user(user as string), line),
    ],
  },
  {
    form: 'JOHN creates opportunity O1',
    pattern: /^(?<user>.+) creates opportunity (?<id>\S+)$/,
    read: ({ user, id }, line) => opportunityCreated(id as string, line.user(user as string), line, line.details),
  },
  {
    form: 'JOHN converts lead L1 into contact C1',
    pattern: /^(?<user>.+) converts lead (?<lead>\S+) into (?<existing>existing )?contact (?<contact>\S+)$/,
    read: conversion,
  },
  {
    form: 'JANE adds contact C1 to opportunity O1',
    pattern: /^(?<user>.+) adds contact (?<contact>\S+) to opportunity (?<opportunity>\S+)$/,
    read: ({ user, contact, opportunity }, line) => [
      {
        ...base(line, `role-${contact}`),
        kind: 'contact-role-added',
        contactRole: line.details.text('contact role') ?? `${opportunity}-${contact}`,
        contact: contact as string,
        opportunity: opportunity as string,
        by: line.user(user as string),
        ...optional('role', line.details.text('role')),
        ...optional('primary', line.details.flag('primary')),
      },
    ],
  },
  {
    form: 'contact C1 leaves opportunity O1',
    pattern: /^contact (?<contact>\S+) leaves opportunity (?<opportunity>\S+)$/,
    read: ({ contact, opportunity }, line) => [
      {
        ...base(line, 'role-removed'),
        kind: 'contact-role-removed',
        contactRole: line.details.text('contact role') ?? `${opportunity}-${contact}`,
        contact: contact as string,
        opportunity: opportunity as string,
      },
    ],
  },
  {
    form: 'opportunity O1 is won (or lost)',
    pattern: /^opportunity (?<id>\S+) is (?<how>won|lost)$/,
    read: ({ id, how }, line) => [
      {
        ...base(line, 'closed'),
        kind: 'opportunity-closed',
        opportunity: id as string,
        won: how === 'won',
        ...optional('closeDate', line.details.day('close date')),
        ...amountOf(line, line.details),
      },
    ],
  },
  {
    form: 'opportunity O1 is reopened',
    pattern: /^opportunity (?<id>\S+) is reopened$/,
    read: ({ id }, line) => [
      {
        ...base(line, 'reopened'),
        kind: 'opportunity-reopened',
        opportunity: id as string,
        ...optional('stage', line.details.text('stage')),
        ...optional('probability', line.details.number('probability')),
      },
    ],
  },
  {
    form: 'opportunity O1 changes',
    pattern: /^opportunity (?<id>\S+) changes$/,
    read: ({ id }, line) => [
      {
        ...base(line, 'changed'),
        kind: 'opportunity-changed',
        opportunity: id as string,
        ...optional('stage', line.details.text('stage')),
        ...optional('probability', line.details.number('probability')),
        ...optional('closeDate', line.details.day('close date')),
        ...amountOf(line, line.details),
      },
    ],
  },
  {
    form: 'leads L2, L3 are merged into lead L1 (or contacts)',
    pattern:
      /^(?<object>lead|contact)s? (?<merged>\S+(?:(?:, | and )\S+)*) (?:is|are) merged into \k<object> (?<survivor>\S+)$/,
    read: ({ object, merged, survivor }, line) => [
      {
        ...base(line, 'merged'),
        kind: 'records-merged',
        survivor: `${object}:${survivor}` as PersonKey,
        merged: (merged as string).split(/, | and /).map((id) => `${object}:${id}` as PersonKey),
      },
    ],
  },
  {
    form: 'lead L1 fills in a form (or contact C1, address sarah@example.com; is on an uploaded list, calls the API)',
    pattern:
      /^(?<object>lead|contact|address) (?<id>\S+) (?<how>fills in a form|is on an uploaded list|calls the API)$/,
    read: ({ object, id, how }, line) => {
      const submission = submissionOf(line.details, line.rules.organisation.zone, line.fail, clicksOf(line)) ?? {}
      return [
        {
          ...base(line, 'interaction', submission.engagementAt),
          kind: 'interaction-recorded',
          person: object === 'address' ? emailKey(id as string) : (`${object}:${id}` as PersonKey),
          channel: how === 'fills in a form' ? 'form' : how === 'calls the API' ? 'api' : 'list-upload',
          submission,
        },
      ]
    },
  },
  {
    form: 'visitor V1 arrives',
    pattern: /^visitor (?<id>\S+) arrives$/,
    read: ({ id }, line) => {
      const landing = line.details.text('at') ?? ''
      const referrer = line.details.text('from')
      const arrivals = line.visits.get(id as string) ?? []
      line.visits.set(id as string, [...arrivals, { at: line.at, landing, ...optional('referrer', referrer) }])
      return []
    },
  },
  {
    form: 'lead L1 is Attended in campaign Dinner (any member status)',
    pattern: new RegExp(`^${PERSON} is (?<status>.+) in campaign (?<campaign>.+)$`),
    read: ({ object, id, status, campaign }, line) => [
      {
        ...base(line, 'member'),
        kind: 'campaign-member-set',
        member: line.details.text('member') ?? `${campaign}/${id}`,
        campaign: line.campaign(campaign as string),
        person: `${object}:${id}` as PersonKey,
        status: status as string,
      },
    ],
  },
  {
    form: 'BEA logs a task with lead L1',
    pattern: new RegExp(`^(?<user>.+) logs a task with ${PERSON}$`),
    read: ({ user, object, id }, line) => [
      {
        ...base(line, 'task'),
        kind: 'task-recorded',
        task: line.details.text('task') ?? `task-${line.number}`,
        person: `${object}:${id}` as PersonKey,
        owner: line.user(user as string),
        ...optional('subject', line.details.text('subject')),
        ...optional('type', line.details.text('type')),
        ...optional('status', line.details.text('status')),
        ...optional('fields', line.details.fields('fields')),
      },
    ],
  },
  {
    form: 'lead L1 goes to BEA (or contact, opportunity): another owner',
    pattern: /^(?<object>lead|contact|opportunity) (?<id>\S+) goes to (?<user>.+)$/,
    read: ({ object, id, user }, line) => [
      {
        ...base(line, 'owner'),
        kind: 'owner-changed',
        record: `${object}:${id}` as RecordKey,
        to: line.user(user as string),
      },
    ],
  },
  {
    form: 'lead L1 has fields (or contact, opportunity): other fields a criterion may look at',
    pattern: /^(?<object>lead|contact|opportunity) (?<id>\S+) has fields$/,
    read: ({ object, id }, line) => [
      {
        ...base(line, 'fields'),
        kind: 'fields-changed',
        record: `${object}:${id}` as RecordKey,
        fields: line.details.fields('fields') ?? line.fail('no fields are given', 'write them under "fields:"'),
      },
    ],
  },
  {
    form: 'lead L1 scores 80',
    pattern: new RegExp(`^${PERSON} scores (?<score>-?\\d+)$`),
    read: ({ object, id, score }, line) => [
      { ...base(line, 'score'), kind: 'score-changed', record: `${object}:${id}` as PersonKey, to: Number(score) },
    ],
  },
  {
    form: 'ADA attributes opportunity O1 to contact C1 (or lead): by hand',
    pattern: /^(?<user>.+) attributes opportunity (?<opportunity>\S+) to (?<object>lead|contact) (?<id>\S+)$/,
    read: ({ user, opportunity, object, id }, line) => {
      const activation = line.details.text('activation')
      return [
        {
          ...base(line, 'attribution-set'),
          kind: 'attribution-set',
          opportunity: opportunity as string,
          person: `${object}:${id}` as PersonKey,
          ...optional('activation', activation === undefined ? undefined : line.engagement(activation)),
          reason: line.details.text('reason') ?? 'set by hand',
          by: line.user(user as string),
        },
      ]
    },
  },
  {
    form: 'ADA releases the attribution of opportunity O1',
    pattern: /^(?<user>.+) releases the attribution of opportunity (?<opportunity>\S+)$/,
    read: ({ user, opportunity }, line) => [
      {
        ...base(line, 'attribution-released'),
        kind: 'attribution-released',
        opportunity: opportunity as string,
        ...optional('reason', line.details.text('reason')),
        by: line.user(user as string),
      },
    ],
  },
  {
    form: 'lead L1 is deleted (or contact, opportunity)',
    pattern: /^(?<object>lead|contact|opportunity) (?<id>\S+) is deleted$/,
    read: ({ object, id }, line) => [
      { ...base(line, 'deleted'), kind: 'record-deleted', record: `${object}:${id}` as RecordKey },
    ],
  },
  {
    form: 'lead L1 becomes Routed (any status)',
    pattern: new RegExp(`^${PERSON} becomes (?<status>.+)$`),
    read: ({ object, id, status }, line) => [
      { ...base(line, 'status'), kind: 'status-changed', record: `${object}:${id}` as PersonKey, to: status as string },
    ],
  },
]

/** Reads one sentence into facts. */
export function readSentence(sentence: string, line: Line): Fact[] {
  for (const one of SENTENCES) {
    const match = one.pattern.exec(sentence)
    if (match) {
      const facts = one.read((match.groups ?? {}) as Record<string, string>, line)
      line.details.done()
      return facts
    }
  }
  return line.fail(
    `"${sentence}" is no sentence a scenario knows`,
    `like it are: ${formsLike(sentence).join('; ')}; docs/scenarios.md lists them all`,
  )
}

/** The three forms that share most words with what was written, for their length. */
function formsLike(sentence: string): string[] {
  const words = new Set(wordsOf(sentence))
  const likeness = (form: string) => {
    const all = wordsOf(form)
    return all.filter((word) => words.has(word)).length / Math.sqrt(all.length)
  }
  return SENTENCES.map(({ form }) => ({ form, like: likeness(form) }))
    .sort((a, b) => b.like - a.like)
    .slice(0, 3)
    .map(({ form }) => form)
}

/** Its words in lower case and singular, each once. */
function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[a-z]+/g) ?? [])].map((word) => word.replace(/s$/, ''))
}

/** What a form that a visitor fills in now brings along. [F3] */
function clicksOf({ at, rules, visits, fail }: Line): (visitor: string) => Clicks {
  return (visitor) => {
    const arrivals = visits.get(visitor)
    if (!arrivals)
      return fail(
        `nobody saw a visitor "${visitor}"`,
        `write "visitor ${visitor} arrives" before, with where and from where`,
      )
    return clicksOfVisitor(arrivals, at, rules.visits)
  }
}

function base(line: Line, what: string, occurredAt?: Instant) {
  const recorded = line.details.text('recorded')
  const recordedAt = recorded === undefined ? line.at : parseMoment(recorded, line.rules.organisation.zone)
  if (recordedAt === undefined) return line.fail(`"${recorded}" is not a date`, 'write it as 2025-01-31 14:05')
  return { id: factId(line.number, what), occurredAt: occurredAt ?? line.at, recordedAt }
}

/** Ids sort like the lines, so that facts of one moment and kind are read in the order they are written. */
export function factId(line: number, what: string): string {
  return `line-${String(line).padStart(4, '0')}/${what}`
}

function personCreated(
  object: 'lead' | 'contact',
  id: string,
  by: string,
  line: Line,
  owner?: string,
  account?: string,
): ClusterFact {
  const { details } = line
  const named = owner ?? details.text('owner')
  const submission = submissionOf(details, line.rules.organisation.zone, line.fail, clicksOf(line))
  const email = details.text('email')
  details.text('name')
  const common = {
    ...base(line, `${object}-created`),
    by,
    owner: named === undefined ? by : line.user(named),
    ...optional('status', details.text('status') ?? 'Open'),
    ...optional('score', details.number('score')),
    ...optional('leadSource', details.text('lead source')),
    ...optional('fields', details.fields('fields')),
    ...optional('submission', submission),
    ...optional('email', email === undefined ? undefined : emailKey(email)),
  }
  return object === 'lead'
    ? { ...common, kind: 'lead-created', lead: id }
    : { ...common, kind: 'contact-created', contact: id, ...optional('account', account ?? details.text('account')) }
}

function opportunityCreated(id: string, by: string, line: Line, details: Details): Fact[] {
  const owner = details.text('owner')
  const contacts = details.texts('contacts')
  const facts: Fact[] = [
    {
      ...base({ ...line, details: line.details }, `opportunity-${id}`),
      kind: 'opportunity-created',
      opportunity: id,
      by,
      owner: owner === undefined ? by : line.user(owner),
      ...optional('name', details.text('name')),
      ...optional('account', details.text('account')),
      ...optional('leadSource', details.text('lead source')),
      ...optional('stage', details.text('stage')),
      ...optional('probability', details.number('probability')),
      ...optional('closed', details.flag('closed')),
      ...optional('won', details.flag('won')),
      ...optional('fields', details.fields('fields')),
      ...optional('closeDate', details.day('close date')),
      ...amountOf(line, details),
    },
  ]
  const primary = details.text('primary contact')
  for (const contact of contacts ?? [])
    facts.push({
      ...base(line, `role-${contact}`),
      kind: 'contact-role-added',
      contactRole: `${id}-${contact}`,
      contact,
      opportunity: id,
      by,
      primary: contact === primary,
    })
  return facts
}

/** One save: the lead is converted, the contact and the opportunity appear, and the contact gets its role. */
function conversion(match: Record<string, string>, line: Line): Fact[] {
  const { details } = line
  const by = line.user(match.user as string)
  const lead = match.lead as string
  const contact = match.contact as string
  const account = details.text('account')
  const opportunity = details.object('opportunity')
  const opportunityId = opportunity?.text('id')
  if (opportunity && opportunityId === undefined)
    line.fail('the opportunity has no id', 'write "opportunity: O1", or "id: O1" under it')
  const facts: Fact[] = [
    {
      ...base(line, 'converted'),
      kind: 'lead-converted',
      lead,
      contact,
      by,
      ...optional('account', account),
      ...optional('opportunity', opportunityId),
    },
  ]
  if (!match.existing) {
    const owner = details.text('contact owner')
    facts.push({
      ...base(line, 'contact-created'),
      kind: 'contact-created',
      contact,
      by,
      owner: owner === undefined ? by : line.user(owner),
      status: details.text('contact status') ?? 'Open',
      ...optional('account', account),
    })
  }
  if (opportunity && opportunityId !== undefined) {
    facts.push(...opportunityCreated(opportunityId, by, line, opportunity))
    opportunity.done()
    facts.push({
      ...base(line, `role-${contact}`),
      kind: 'contact-role-added',
      contactRole: `${opportunityId}-${contact}`,
      contact,
      opportunity: opportunityId,
      by,
      primary: true,
    })
  }
  return facts
}

/** Addresses are compared without regard to case, as importers do. */
function emailKey(address: string): EmailKey {
  return `email:${address.toLowerCase()}`
}

function amountOf(line: Line, details: Details): { amount?: number; currency?: string } {
  const text = details.text('amount')
  if (text === undefined) return {}
  const match = /^([\d.,]+)(?: ([A-Z]{3}))?$/.exec(text)
  const currency = match?.[2] ?? line.rules.organisation.currency
  const amount = match && parseAmount((match[1] as string).replaceAll(',', ''), currency)
  if (amount === undefined || amount === null)
    return line.fail(`"${text}" is not an amount`, 'write it as 9,000.00 EUR')
  return { amount, currency }
}

function optional<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: V }
}
