/** What may be asked of the API, as schemas. Unknown parameters are refused, so that a misspelt one is noticed. */
import { DIMENSIONS, factSchema, PARAMETERS, type ParameterName } from '@throughline/engine'
import { z } from 'zod'

/** Most facts one request may hand in. */
export const MOST_FACTS = 5000

/** Most rows one answer holds. */
export const MOST_ROWS = 500

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
const recordId = z.string().min(1).max(1000)
const texts = z.union([z.string().max(2000), z.array(z.string().max(2000)).max(50)])
const about = (name: ParameterName): string => PARAMETERS[name].description

/** What may be asked of a report; each heeds some of these. */
export const reportQuery = z.strictObject({
  from: z.iso.date().optional().describe("First day, in the organisation's zone. Absent: from the beginning."),
  to: z.iso.date().optional().describe('Last day, included. Absent: until now.'),
  view: z
    .enum(['cohort', 'period'])
    .optional()
    .describe('`cohort`: journeys that began in the period. `period`: what happened in the period.'),
  by: z.enum(DIMENSIONS).optional().describe('Splits the figures by this dimension.'),
  option: z.string().max(1000).optional().describe('Only this option of the dimension.'),
  where: texts.optional().describe(about('where')),
  stage: whole(1, 6).optional().describe('Only journeys that reached this stage.'),
  state: z.enum(['open', 'complete', 'dormant-soon']).optional(),
  outcome: z.string().max(1000).optional(),
  withoutFallbacks: flag.optional().describe("Leaves out journeys that an opportunity's fallback began."),
  columns: texts.optional().describe(about('columns')),
  levels: whole(1, 5).optional().describe(about('levels')),
  path: texts.optional().describe(about('path')),
  sort: z.string().max(100).optional().describe('Key of the column to sort by.'),
  descending: flag.optional(),
  offset: whole(0, 10_000_000).optional(),
  limit: whole(1, 100_000).optional(),
  format: z.enum(['json', 'csv']).optional().describe('`csv` answers a file for spreadsheets.'),
})

/** What may be asked of the list of people. */
export const peopleQuery = z.strictObject({
  q: z.string().trim().max(200).optional().describe('Part of a name, an e-mail address or a company.'),
  state: z.enum(['active', 'dormant']).optional(),
  owner: z.string().max(255).optional().describe('Id of the user or queue that owns the person.'),
  account: z.string().max(255).optional().describe('Id of the account that the person belongs to.'),
  sort: z.enum(['last-engagement', 'created', 'score', 'engagements', 'owner', 'status']).default('last-engagement'),
  descending: flag.default(true),
  page: whole(1, 1_000_000).default(1),
  size: whole(1, MOST_ROWS).default(50),
})

/** A person, by the key of any of their records. */
export const personPath = z.strictObject({
  id: z
    .string()
    .max(1000)
    .regex(/^(lead|contact):./, 'must be `lead:` or `contact:` and an id')
    .transform((id) => id as `lead:${string}` | `contact:${string}`),
})

/** A record, by its id. */
export const recordPath = z.strictObject({ id: recordId })

/** A choice of attribution by hand. */
export const attributionBody = z.strictObject({
  key: z
    .string()
    .regex(/^[\w-]{8,100}$/, 'must be 8 to 100 letters, digits, underscores or hyphens')
    .describe('Drawn by the sender, such as a UUID: the same choice sent twice counts once.'),
  person: z
    .string()
    .max(1000)
    .regex(/^(lead|contact):./, 'must be `lead:` or `contact:` and an id')
    .transform((id) => id as `lead:${string}` | `contact:${string}`)
    .optional()
    .describe('Whose activation; left out: the rules choose again.'),
  activation: z
    .string()
    .max(1000)
    .regex(/^eng:./, 'must be `eng:` and an id')
    .transform((id) => id as `eng:${string}`)
    .optional()
    .describe("Which of the person's activations; left out: the current one."),
  reason: z.string().trim().min(3, 'must say why, in at least 3 characters').max(1000),
  by: z.string().min(1).max(255).describe('Id of the user who decides.'),
})

/** A report, by its name. */
export const reportPath = z.strictObject({ name: z.string().min(1).max(100) })

/** Facts that are handed in. */
export const factsBody = z.strictObject({
  facts: z.array(factSchema).min(1).max(MOST_FACTS).describe('Facts to add. One whose id is known changes nothing.'),
})
