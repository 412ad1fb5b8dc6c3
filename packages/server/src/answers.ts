/**
 * What the API answers, as schemas: the OpenAPI document, the check of every answer and the types of the web
 * app all come from here. Instants are milliseconds since 1970 in UTC; days are days of the organisation's zone.
 */
import { z } from 'zod'
import { errorAnswer } from './errors.ts'

const instant = z.int().describe('Milliseconds since 1970-01-01T00:00:00Z.')
const day = z.string().describe("A day of the organisation's time zone, as YYYY-MM-DD.")
const currency = z.string().describe('ISO 4217 code.')
const rule = z.string().describe('Number of a rule in the specification, such as `A5`.')
const named = z.object({ id: z.string(), name: z.string() })
const tags = z.object({
  medium: z.string().optional(),
  source: z.string().optional(),
  campaign: z.string().optional(),
  content: z.string().optional(),
  term: z.string().optional(),
})

/** Where the data stands, and whose it is. */
export const statusAnswer = z.object({
  company: z.string(),
  zone: z.string().describe('IANA name of the time zone that days are days of.'),
  currency,
  stageLabels: z.array(z.string()).length(6),
  facts: z.int().describe('Facts in the log.'),
  asOf: instant.nullable().describe('The moment reports speak of; null before the first build.'),
  asOfDay: day.nullable(),
  rulesVersion: z.int().nullable(),
  checkpoint: z.int().nullable().describe('The last publication that reports have taken in.'),
  lag: z.int().describe('Publications that reports have not taken in yet.'),
  rebuildDue: z.boolean().describe('An import has added facts that no rebuild has covered.'),
  version: z.string(),
})

/** What a column of a report holds. */
export const columnAnswer = z.object({
  key: z.string(),
  label: z.string(),
  type: z
    .enum(['text', 'id', 'day', 'count', 'ratio', 'days', 'money'])
    .describe("Money is in minor units of the report's currency; ratios are 0 to 1; days are elapsed days."),
  description: z.string().optional(),
})

/** The reports there are. */
export const reportListAnswer = z.object({
  reports: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      takes: z.array(z.string()).describe('Parameters it heeds; others are refused.'),
      filters: z
        .array(
          z.object({
            field: z.string(),
            type: z.enum(['text', 'choice', 'count', 'money', 'day']),
            choices: z.array(z.string()).optional(),
            description: z.string(),
          }),
        )
        .describe('What `where` can speak of.'),
      columns: z.array(columnAnswer),
    }),
  ),
})

/** A report's table, and what the figures in it are. */
export const reportAnswer = z.object({
  name: z.string(),
  title: z.string(),
  columns: z.array(columnAnswer),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
  total: z.int().describe('Rows there are in all.'),
  about: z.object({
    parameters: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
      .describe('As understood, with defaults filled in.'),
    currency,
    asOf: instant,
    asOfDay: day,
    rulesVersion: z.int().nullable(),
    notes: z.array(z.string()).describe('What a reader must know to trust the figures: what was left out.'),
  }),
})

/** A person as a line in a list; the journey figures are those of the current journey. */
export const personLineAnswer = z.object({
  id: z.string(),
  name: z.string().nullable().describe('Null where no details are kept of the person.'),
  email: z.string().nullable(),
  company: z.string().nullable(),
  object: z.enum(['lead', 'contact']),
  status: z.string().nullable(),
  score: z.number().nullable(),
  owner: named,
  dormant: z.boolean().describe('The next interaction starts a new journey.'),
  engagements: z.int(),
  journeys: z.int(),
  lastEngagementDay: day.nullable(),
  createdDay: day,
  activationType: z.string().nullable(),
  medium: z.string().nullable(),
  source: z.string().nullable(),
  stage: z.int().min(1).max(6).nullable().describe('The highest stage the current journey reached.'),
})

/** One page of the list of people. */
export const peopleAnswer = z.object({
  people: z.array(personLineAnswer),
  total: z.int(),
  page: z.int(),
  size: z.int(),
  searchCut: z.boolean().describe('More people match the search than were looked at: narrow it.'),
})

/** Everybody who owns people, most people first. */
export const ownersAnswer = z.object({
  owners: z.array(z.object({ id: z.string(), name: z.string(), people: z.int() })),
})

/** Values as reports show them, by the mapping in force; `first` and `last` hold what arrived. */
export const reportingAnswer = z.object({
  department: z.string().describe('`Unmapped` where no rule says, as the two categories.'),
  mediumCategory: z.string(),
  medium: z.string().nullable(),
  source: z.string().nullable(),
  campaign: z.string().nullable(),
  content: z.string().nullable(),
  term: z.string().nullable(),
  engagementType: z.string().nullable(),
  engagementTypeCategory: z.string(),
})

/** An interaction that matters, with its days. */
export const engagementAnswer = z.object({
  id: z.string(),
  recordType: z.enum(['Activation', 'Influencing Engagement']),
  activationType: z.string().nullable(),
  person: z.string().nullable(),
  at: instant,
  day,
  recordedDay: day,
  triggeredBy: z.string(),
  mediumInput: z.string().nullable(),
  first: tags,
  last: tags,
  engagementType: z.string().nullable(),
  corrected: z
    .object({ by: z.array(z.string()), first: tags, last: tags, engagementType: z.string().nullable() })
    .nullable()
    .describe('What the values were before corrections changed them, and the ids of these.'),
  reporting: reportingAnswer,
  backdated: z.boolean(),
  voided: z.boolean(),
  parent: z.string().nullable(),
  rule,
})

/** A stage of a journey or opportunity, reached or not. */
export const stampAnswer = z.object({
  record: z.string().describe('What to ask `explain` about.'),
  stage: z.int().min(1).max(6),
  label: z.string(),
  at: instant.nullable().describe('Null: not reached.'),
  day: day.nullable(),
  owner: named.nullable(),
  inferred: z.string().nullable().describe('Why the moment itself is an inference; null where it is known.'),
  filled: z.boolean().describe('The stage was skipped and took the date of a later one.'),
  rule: rule.nullable(),
})

/** An activation, its stages and end, and what influenced it. */
export const journeyAnswer = z.object({
  id: z.string(),
  activation: engagementAnswer,
  stages: z.array(stampAnswer).length(6),
  completion: z
    .object({
      record: z.string(),
      at: instant,
      day,
      outcome: z.string(),
      inferred: z.string().nullable(),
      rule,
    })
    .nullable()
    .describe('Null while the journey is open.'),
  primaryOpportunity: z.object({ id: z.string(), name: z.string(), role: z.string().nullable() }).nullable(),
  dormantDay: day.nullable().describe('When dormancy would end it if nothing more happened.'),
  voided: z.boolean(),
  influencing: z.array(engagementAnswer),
})

/** An opportunity as a line in a list. */
export const opportunityLineAnswer = z.object({
  id: z.string(),
  name: z.string(),
  account: named.nullable(),
  owner: named,
  stage: z.string().nullable(),
  probability: z.number().nullable(),
  closed: z.boolean(),
  won: z.boolean(),
  createdDay: day,
  closedDay: day.nullable(),
  closeDate: day.nullable(),
  amount: z.int().nullable().describe('Minor units of `currency`.'),
  currency,
  organisationAmount: z.int().nullable().describe("Minor units of the organisation's currency."),
  leadSource: z.string().nullable(),
  attributionActivation: z.string().nullable(),
  attributionRule: rule.nullable(),
  deleted: z.boolean(),
})

/** A value that was set, and what it was before. */
export const changeAnswer = z.object({
  field: z.string(),
  from: z.string().nullable().describe('Null: nothing is known of before.'),
  to: z.string(),
  type: z.enum(['text', 'day', 'money']).describe('Days are YYYY-MM-DD; money is a decimal amount and its currency.'),
})

/** A fact as an entry of a history. */
export const historyAnswer = z.object({
  fact: z.string(),
  kind: z.string(),
  group: z.enum(['record', 'field', 'interaction', 'campaign', 'task', 'role', 'close', 'attribution']),
  at: instant,
  day,
  recordedDay: day,
  inferred: z.string().nullable(),
  text: z.string().describe('What happened, in a few words.'),
  changes: z.array(changeAnswer),
  by: named.nullable().describe('Who did it; null where the source does not say.'),
  reason: z.string().nullable(),
})

/** Something odd in the data that a person should look at. */
export const findingAnswer = z.object({ code: z.string(), record: z.string(), day, detail: z.string() })

/** A person's page: details, journeys, interactions, opportunities, oddities. */
export const personAnswer = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  company: z.string().nullable(),
  country: z.string().nullable(),
  phone: z.string().nullable(),
  object: z.enum(['lead', 'contact']),
  leads: z.array(z.string()),
  contacts: z.array(z.string()),
  account: named.nullable(),
  owner: named,
  status: z.string().nullable(),
  score: z.number().nullable(),
  createdDay: day,
  deleted: z.boolean(),
  dormant: z.boolean(),
  next: z
    .object({
      recordType: z.enum(['Activation', 'Influencing Engagement']),
      because: z.string(),
      rule,
    })
    .describe('What the next interaction will be.'),
  journeys: z.array(journeyAnswer).describe('In the order of time.'),
  interactions: z.array(
    z.object({
      id: z.string(),
      at: instant,
      day,
      kind: z.string(),
      label: z.string(),
      medium: z.string().nullable(),
      source: z.string().nullable(),
      campaign: z.string().nullable(),
      engagement: z.string().nullable().describe('The engagement it became; null where it made none.'),
      rule,
    }),
  ),
  opportunities: z.array(opportunityLineAnswer),
  roles: z
    .array(
      z.object({
        opportunity: z.string(),
        opportunityName: z.string(),
        contact: z.string(),
        role: z.string().nullable(),
        primary: z.boolean(),
        day,
      }),
    )
    .describe('Opportunities that the person has a contact role on now.'),
  history: z.array(historyAnswer).describe("The facts about the person's records, in the order of reading."),
  findings: z.array(findingAnswer),
})

/** An activation that an opportunity could be attributed to by hand. */
const choiceAnswer = z.object({
  id: z.string(),
  activationType: z.string().nullable(),
  day,
  engagementType: z.string().nullable(),
  medium: z.string().nullable(),
  source: z.string().nullable(),
  open: z.boolean(),
  outcome: z.string().nullable(),
  current: z.boolean().describe("It is the person's current one."),
})

/** An opportunity's page: stages, attribution activation, buying group, journeys, history. */
export const opportunityAnswer = opportunityLineAnswer.extend({
  stages: z
    .array(stampAnswer)
    .length(6)
    .describe('Stages 1 to 3 of the attribution activation, and 4 to 6 of the opportunity.'),
  attribution: z
    .object({
      engagement: engagementAnswer,
      person: z.string().nullable(),
      personName: z.string().nullable(),
      contact: z.string().nullable().describe('The attribution contact.'),
      open: z.boolean(),
      outcome: z.string().nullable(),
      byHand: z
        .object({ by: named, day, reason: z.string() })
        .nullable()
        .describe('Who set it by hand, and why; null where the rules chose it.'),
    })
    .nullable()
    .describe('The attribution activation.'),
  contactRoles: z.array(
    z.object({
      contact: z.string(),
      person: z.string().nullable(),
      name: z.string().nullable(),
      role: z.string().nullable(),
      primary: z.boolean(),
      day,
      activations: z.array(choiceAnswer).describe('What the opportunity could be attributed to by hand, newest first.'),
    }),
  ),
  history: z.array(historyAnswer).describe('The facts about the opportunity, in the order of reading.'),
  findings: z.array(findingAnswer),
  journeys: z.array(
    z.object({
      id: z.string(),
      person: z.string().nullable(),
      personName: z.string().nullable(),
      activation: engagementAnswer,
      role: z.string().nullable(),
      open: z.boolean(),
    }),
  ),
})

/** An account's page: who is there, what they did, and what came of it. */
export const accountAnswer = z.object({
  id: z.string(),
  name: z.string(),
  owner: named.nullable(),
  industry: z.string().nullable(),
  people: z.array(personLineAnswer).describe('The most recently engaged ones.'),
  peopleTotal: z.int(),
  engagements: z.int(),
  journeys: z
    .array(
      z.object({
        id: z.string(),
        person: z.string().nullable(),
        personName: z.string().nullable(),
        activationType: z.string(),
        engagementType: z.string().nullable(),
        medium: z.string().nullable(),
        source: z.string().nullable(),
        day,
        stages: z.array(day.nullable()).length(6),
        completedDay: day.nullable(),
        outcome: z.string().nullable(),
        opportunity: z.string().nullable(),
        opportunityRole: z.string().nullable(),
        influencing: z.array(day).describe('Days of the influencing engagements.'),
      }),
    )
    .describe('The newest ones, in the order of time.'),
  journeysTotal: z.int(),
  opportunities: z.array(opportunityLineAnswer).describe('The newest ones, in the order of time.'),
  opportunitiesTotal: z.int(),
  amounts: z
    .array(
      z.object({
        state: z.enum(['open', 'won', 'lost']),
        currency,
        opportunities: z.int(),
        amount: z.int().nullable().describe('Minor units of `currency`; null where no opportunity has an amount.'),
        organisationAmount: z
          .int()
          .nullable()
          .describe("Minor units of the organisation's currency; null without rate."),
      }),
    )
    .describe('Opportunities that are not deleted, by state and currency.'),
  months: z
    .array(z.object({ month: z.string().describe('YYYY-MM.'), activations: z.int(), influencing: z.int() }))
    .describe('Engagements by month, months without any left out.'),
})

/** Users and queues, for choosing one. */
export const usersAnswer = z.object({
  users: z.array(z.object({ id: z.string(), name: z.string(), role: z.string().nullable(), queue: z.boolean() })),
})

/** Why a record is as it is. */
export const explanationAnswer = z.object({
  record: z.string(),
  so: z.boolean().describe('Whether the thing asked about is there: a stage reached, a journey ended, a link set.'),
  statement: z.string().describe('What is so, in one sentence.'),
  rule: z.object({ id: rule, text: z.string() }).nullable(),
  facts: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      role: z.string().describe('What it has to do with the matter.'),
      source: z.string().describe('The source record it was read from, such as `Salesforce Lead 00Q… created`.'),
      at: instant,
      day,
      recordedDay: day,
      inferred: z.string().nullable(),
      values: z.record(z.string(), z.unknown()).describe('The other fields of the fact.'),
    }),
  ),
  alternatives: z.array(z.object({ statement: z.string(), rule: rule.nullable(), lostBecause: z.string() })),
  ranking: z
    .object({
      strategy: z.string().describe('The order they were ranked by, such as `began-the-process`.'),
      candidates: z.array(
        z.object({
          record: z.string().describe('What to ask `explain` about.'),
          label: z.string(),
          place: z.int().min(1),
          reasons: z.array(z.string()).describe('In the order of the strategy; the last says what decided its place.'),
        }),
      ),
    })
    .nullable()
    .describe('Where one of several was chosen: all that could have been, the best first.'),
  flips: z
    .array(
      z.object({
        change: z.string().describe('What would have changed, such as `Had the role been given by 2026-03-04 15:00`.'),
        fact: z.string().nullable().describe('The fact it is about; null where none is.'),
        result: z.string().describe('What would then be so, such as `it would be attributed to eng:…`.'),
      }),
    )
    .describe(
      'The smallest changes that would make it otherwise, the smallest first; each was carried out before it is told. ' +
        'A sentence is `change`, a comma, `result`, a full stop.',
    ),
  sufficient: z
    .array(z.string())
    .describe('Ids of facts that by themselves, under the same rules, give this very record again.'),
  related: z.array(z.object({ record: z.string(), label: z.string() })),
  names: z
    .record(z.string(), z.string())
    .describe('Names of the people and users whose records are mentioned, by `lead:…`, `contact:…` or `user:…`.'),
})

/** What came of facts that were handed in. */
export const receivedAnswer = z.object({
  added: z.int().describe('Facts that were new.'),
  repeated: z.int().describe('Facts whose id the log already had: nothing was changed by them.'),
})

/** The server answers. */
export const healthAnswer = z.object({ status: z.literal('ok') })

/** Names under which the answers appear in the OpenAPI document. */
const NAMES: Readonly<Record<string, z.ZodType>> = {
  Status: statusAnswer,
  Column: columnAnswer,
  ReportList: reportListAnswer,
  Report: reportAnswer,
  PersonLine: personLineAnswer,
  People: peopleAnswer,
  Owners: ownersAnswer,
  Engagement: engagementAnswer,
  Stamp: stampAnswer,
  Journey: journeyAnswer,
  OpportunityLine: opportunityLineAnswer,
  Finding: findingAnswer,
  Person: personAnswer,
  Change: changeAnswer,
  History: historyAnswer,
  Opportunity: opportunityAnswer,
  Account: accountAnswer,
  Users: usersAnswer,
  Explanation: explanationAnswer,
  Received: receivedAnswer,
  Health: healthAnswer,
  Error: errorAnswer,
}

for (const [id, schema] of Object.entries(NAMES)) z.globalRegistry.add(schema, { ...schema.meta(), id })
