import type { Fact } from '@throughline/core'
import { z } from 'zod'

/** Longest text a fact may carry, in characters. Longer values are refused rather than cut. */
const LONGEST_TEXT = 4000

const id = z.string().min(1).max(255)
const text = z.string().min(1).max(LONGEST_TEXT)

const instant = z
  .int()
  .min(-62_135_596_800_000)
  .max(253_402_300_799_999)
  .describe('Milliseconds since 1970-01-01T00:00:00Z, from year 1 to year 9999.')

const day = z.iso.date().describe('A calendar day as YYYY-MM-DD.')
const user = id.describe('Id of a user or a queue in the source system.')
const lead = id.describe('Id of the lead in the source system.')
const contact = id.describe('Id of the contact in the source system.')
const account = id.describe('Id of the account in the source system.')
const opportunity = id.describe('Id of the opportunity in the source system.')
const campaign = id.describe('Id of the campaign in the source system.')
const status = text.describe("The status' name, as the source writes it.")
const stage = text.describe("The opportunity stage's name, as the source writes it.")
const probability = z.number().min(0).max(100).describe('Percent, 0 to 100.')
const closed = z.boolean().describe('Said by the source; left out where the rules know it from the stage.')
const won = z.boolean().describe('Said by the source; left out where the rules know it from the stage.')
const amount = z.int().describe('Integer minor units of `currency`, such as cents.')
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217 code, such as EUR.')
const score = z.number().describe('The score the source gives the person.')

const email = z
  .templateLiteral(['email:', z.string().regex(/^[0-9a-f]{32}$/)])
  .describe("A person's e-mail address as a keyed hash: `email:` and 32 hexadecimal digits. Never the address itself.")

const person = z
  .templateLiteral([z.enum(['lead', 'contact']), ':', z.string().min(1)])
  .describe('`lead:` or `contact:` and the id of the row the person appears as.')

const record = z
  .templateLiteral([
    z.enum(['lead', 'contact', 'opportunity', 'account', 'campaign', 'user', 'task']),
    ':',
    z.string().min(1),
  ])
  .describe("The object and id of the source's record, such as `opportunity:006…`.")

const tags = z
  .strictObject({
    medium: text.exactOptional(),
    source: text.exactOptional(),
    campaign: text.exactOptional(),
    content: text.exactOptional(),
    term: text.exactOptional(),
  })
  .describe('What a visit was tagged with. Leave out what was not given; blank values are refused.')

const submission = z
  .strictObject({
    first: tags.exactOptional().describe('Tags of the first click.'),
    last: tags.exactOptional().describe('Tags of the last click.'),
    engagementType: text.exactOptional().describe('What the person did, such as `Whitepaper - Buyer Guide`.'),
    engagementAt: instant.exactOptional().describe('When it happened, if that is not when its record was made.'),
  })
  .describe('The values that arrived with an interaction.')

const fields = z
  .record(z.string().min(1).max(255), z.union([z.string().max(LONGEST_TEXT), z.number(), z.boolean(), z.null()]))
  .describe("Custom field values that the company's own criteria may look at.")

const base = {
  id: z
    .string()
    .min(1)
    .max(512)
    .describe('Key of the fact in the system it came from. Unique; repeats change nothing.'),
  occurredAt: instant.describe('When it happened. Milliseconds since 1970-01-01T00:00:00Z.'),
  recordedAt: instant.describe('When the reporting system learned of it. Milliseconds since 1970-01-01T00:00:00Z.'),
  inferred: z
    .enum(['last-modified', 'day-only', 'current-value'])
    .exactOptional()
    .describe('How sure we are of `occurredAt`; left out where the source gave it.'),
}

const by = user.exactOptional().describe('Who did it.')

const personCreated = {
  ...base,
  by: user.describe('Who created the record.'),
  owner: user.describe('Who owns the record: a user or a queue.'),
  status: status.exactOptional(),
  score: score.exactOptional(),
  leadSource: text.exactOptional().describe('Lead Source as set at creation.'),
  email: email.exactOptional(),
  submission: submission.exactOptional(),
  fields: fields.exactOptional(),
}

const variants = [
  z
    .strictObject({
      kind: z.literal('user-recorded'),
      ...base,
      user,
      name: text,
      role: text.exactOptional().describe('Short role label, such as BDR.'),
      queue: z.boolean().exactOptional().describe('True of a queue that owns records until somebody does.'),
      active: z.boolean().exactOptional(),
    })
    .describe('A user, or a queue. Later facts replace earlier ones.'),
  z
    .strictObject({
      kind: z.literal('campaign-recorded'),
      ...base,
      campaign,
      name: text,
      type: text.exactOptional(),
      fields: fields.exactOptional(),
    })
    .describe('A campaign as it is configured. Later facts replace earlier ones.'),
  z
    .strictObject({
      kind: z.literal('account-recorded'),
      ...base,
      account,
      name: text,
      owner: user.exactOptional(),
      industry: text.exactOptional(),
    })
    .describe('A company. Later facts replace earlier ones.'),
  z.strictObject({ kind: z.literal('lead-created'), ...personCreated, lead }).describe('A lead was created.'),
  z
    .strictObject({ kind: z.literal('contact-created'), ...personCreated, contact, account: account.exactOptional() })
    .describe('A contact was created.'),
  z
    .strictObject({
      kind: z.literal('status-changed'),
      ...base,
      record: person,
      from: status.exactOptional().describe('What the source says it was before.'),
      to: status,
      by,
    })
    .describe("A person's status was set."),
  z
    .strictObject({ kind: z.literal('owner-changed'), ...base, record, to: user, by })
    .describe('A person or an opportunity got another owner.'),
  z
    .strictObject({ kind: z.literal('score-changed'), ...base, record: person, to: score })
    .describe("A person's score was set."),
  z
    .strictObject({ kind: z.literal('fields-changed'), ...base, record, fields, by })
    .describe("Other fields of a lead, contact or opportunity changed that the company's criteria may look at."),
  z
    .strictObject({
      kind: z.literal('lead-converted'),
      ...base,
      lead,
      contact,
      account: account.exactOptional(),
      opportunity: opportunity.exactOptional(),
      by,
    })
    .describe('A lead became a contact, and perhaps an opportunity.'),
  z
    .strictObject({
      kind: z.literal('records-merged'),
      ...base,
      survivor: person,
      merged: z.array(person).min(1).max(1000).readonly(),
      by,
    })
    .describe('Rows of one object were merged into one of them.'),
  z
    .strictObject({
      kind: z.literal('interaction-recorded'),
      ...base,
      person: z
        .union([person, email])
        .describe('The person; the hash of an e-mail address where nothing else is known.'),
      channel: z.enum(['form', 'list-upload', 'api', 'manual']),
      submission,
      by,
    })
    .describe('A known person did something: filled in a form, was on an uploaded list, called, chatted.'),
  z
    .strictObject({
      kind: z.literal('campaign-member-set'),
      ...base,
      member: id.describe('Id of the campaign member in the source system.'),
      campaign,
      person,
      status: status.exactOptional(),
      responded: z.boolean().exactOptional(),
      by,
    })
    .describe('A person was put on a campaign, or their status in it was set.'),
  z
    .strictObject({
      kind: z.literal('task-recorded'),
      ...base,
      task: id.describe('Id of the task in the source system.'),
      person,
      owner: user,
      subject: text.exactOptional(),
      type: text.exactOptional(),
      status: status.exactOptional(),
      fields: fields.exactOptional(),
    })
    .describe('A call, e-mail or other activity with a person was logged or changed.'),
  z
    .strictObject({
      kind: z.literal('opportunity-created'),
      ...base,
      opportunity,
      name: text.exactOptional(),
      account: account.exactOptional(),
      by: user.describe('Who created it.'),
      owner: user.describe('Who owns it.'),
      leadSource: text.exactOptional(),
      stage: stage.exactOptional(),
      probability: probability.exactOptional(),
      closed: closed.exactOptional(),
      won: won.exactOptional(),
      closeDate: day.exactOptional(),
      amount: amount.exactOptional(),
      currency: currency.exactOptional(),
      fields: fields.exactOptional(),
    })
    .describe('An opportunity was created.'),
  z
    .strictObject({
      kind: z.literal('opportunity-changed'),
      ...base,
      opportunity,
      stage: stage.exactOptional(),
      probability: probability.exactOptional(),
      closed: closed.exactOptional(),
      won: won.exactOptional(),
      closeDate: day.exactOptional(),
      amount: amount.exactOptional(),
      currency: currency.exactOptional(),
      by,
    })
    .describe("An opportunity's stage, probability, amount or close date was set. Absent fields did not change."),
  z
    .strictObject({
      kind: z.literal('opportunity-closed'),
      ...base,
      opportunity,
      won: z.boolean(),
      stage: stage.exactOptional(),
      closeDate: day.exactOptional(),
      amount: amount.exactOptional(),
      currency: currency.exactOptional(),
      by,
    })
    .describe('An opportunity was won or lost, as the source says in so many words.'),
  z
    .strictObject({
      kind: z.literal('opportunity-reopened'),
      ...base,
      opportunity,
      stage: stage.exactOptional(),
      probability: probability.exactOptional(),
      by,
    })
    .describe('A closed opportunity is open again.'),
  z
    .strictObject({
      kind: z.literal('contact-role-added'),
      ...base,
      contactRole: id.describe('Id of the contact role in the source system.'),
      contact,
      opportunity,
      role: text.exactOptional(),
      primary: z.boolean().exactOptional(),
      by: user.describe('Who added it.'),
    })
    .describe('A contact got a role on an opportunity.'),
  z
    .strictObject({
      kind: z.literal('contact-role-removed'),
      ...base,
      contactRole: id.describe('Id of the contact role in the source system.'),
      contact,
      opportunity,
      by,
    })
    .describe('A contact no longer has a role on an opportunity.'),
  z
    .strictObject({
      kind: z.literal('attribution-set'),
      ...base,
      opportunity,
      person,
      activation: z
        .templateLiteral(['eng:', z.string().min(1)])
        .exactOptional()
        .describe("The activation's id; left out: the person's current one."),
      reason: text.describe('Why, in a sentence.'),
      by: user.describe('Who chose it.'),
    })
    .describe('Somebody chose by hand which activation an opportunity is credited to.'),
  z
    .strictObject({
      kind: z.literal('attribution-released'),
      ...base,
      opportunity,
      reason: text.exactOptional().describe('Why, in a sentence.'),
      by: user.describe('Who released it.'),
    })
    .describe("An opportunity's attribution is to be chosen again from its contact roles."),
  z
    .strictObject({ kind: z.literal('record-deleted'), ...base, record, by })
    .describe('A lead, contact or opportunity was deleted in the source.'),
] as const

/**
 * A fact as it may be handed in from outside: exactly the shape of core's `Fact`, with unknown fields, blank
 * texts and impossible dates refused. Published as `schemas/fact.schema.json`.
 */
export const factSchema = z
  .discriminatedUnion('kind', variants)
  .superRefine((fact, ctx) => refuseUnstorable(fact, ctx))
  .describe('Something that happened, as it was reported. Appended once, never changed.') satisfies z.ZodType<Fact>

/** Half of a surrogate pair is no character, and databases cannot keep NUL: refused here, at the very place. */
function refuseUnstorable(value: unknown, ctx: z.RefinementCtx, path: readonly (string | number)[] = []): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) ctx.addIssue({ code: 'custom', path: [...path], message: 'holds a NUL character' })
    else if (LONE_SURROGATE.test(value))
      ctx.addIssue({ code: 'custom', path: [...path], message: 'holds half of a surrogate pair' })
  } else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      refuseUnstorable(name, ctx, path)
      refuseUnstorable(inner, ctx, [...path, Array.isArray(value) ? Number(name) : name])
    }
}

const LONE_SURROGATE = /\p{Surrogate}/u

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
type Accepted = z.output<typeof factSchema>

/** Compiles only while schema and type say the same, kind by kind. */
const SCHEMA_IS_THE_TYPE: {
  [Kind in Fact['kind']]: Same<Extract<Accepted, { kind: Kind }>, Extract<Fact, { kind: Kind }>>
} = {
  'user-recorded': true,
  'campaign-recorded': true,
  'account-recorded': true,
  'lead-created': true,
  'contact-created': true,
  'status-changed': true,
  'owner-changed': true,
  'score-changed': true,
  'fields-changed': true,
  'lead-converted': true,
  'records-merged': true,
  'interaction-recorded': true,
  'campaign-member-set': true,
  'task-recorded': true,
  'opportunity-created': true,
  'opportunity-changed': true,
  'opportunity-closed': true,
  'opportunity-reopened': true,
  'contact-role-added': true,
  'contact-role-removed': true,
  'attribution-set': true,
  'attribution-released': true,
  'record-deleted': true,
}

/** Every kind of fact there is, in the order of the vocabulary. */
export const FACT_KINDS = Object.keys(SCHEMA_IS_THE_TYPE) as readonly Fact['kind'][]

/** `factSchema` as a JSON Schema document (draft 2020-12). */
export function factJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(factSchema, { target: 'draft-2020-12' })
  return { $schema, title: 'Throughline fact', ...schema }
}
