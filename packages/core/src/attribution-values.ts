import type { MediumInput, RuleId } from './derivation.ts'
import { type Campaign, entryAt, type User } from './directory.ts'
import type { Submission, Tags, UserId } from './facts.ts'
import type { EngagementValues } from './rules.ts'
import type { State } from './state.ts'

/** The raw values of an engagement, and the rule that decided where its medium came from. */
export type AttributionValues = Readonly<{
  first: Tags
  last: Tags
  engagementType: string | undefined
  mediumInput: MediumInput | null
  rule: RuleId
}>

const NO_TAGS: Tags = {}

/** True when no tag was given. */
function isEmpty(tags: Tags | undefined): tags is undefined {
  return !tags || !(tags.medium || tags.source || tags.campaign || tags.content || tags.term)
}

/** [C3] [C4] One set given: it counts for both clicks. Both given: each for its own, never mixed. */
function clicksOf(submission: Submission | undefined): readonly [first: Tags, last: Tags] {
  const first = submission?.first
  const last = submission?.last
  if (isEmpty(first)) return isEmpty(last) ? [NO_TAGS, NO_TAGS] : [last, last]
  return isEmpty(last) ? [first, first] : [first, last]
}

/** Which of the two sets the medium of the first click was read from. */
function clickInput(submission: Submission | undefined): MediumInput {
  return isEmpty(submission?.first) ? 'LC Processing' : 'FC Processing'
}

/** True when something arrived that makes an engagement: a tag or an engagement type; a date alone does not. [D2] */
export function isSubmission(submission: Submission | undefined): submission is Submission {
  return !!submission && !(isEmpty(submission.first) && isEmpty(submission.last) && !submission.engagementType)
}

/**
 * [C1] to [C6] A new lead's or contact's values: what came with it, else its Lead Source, else a text that
 * says who made it without either.
 */
export function valuesOfNewPerson(
  state: State,
  object: 'lead' | 'contact',
  submission: Submission | undefined,
  leadSource: string | undefined,
  by: UserId,
): AttributionValues {
  const [first, last] = clicksOf(submission)
  const creator = userOf(state, by)
  const literal = `${object === 'lead' ? 'Lead' : 'Contact'} Created without UTMs or Lead Source by ${creator.name}`
  const fallback = leadSource ?? literal
  const fill = (tags: Tags): Tags =>
    tags.medium ? tags : { ...tags, medium: fallback, source: tags.source ?? labelOf(creator) }
  return {
    first: fill(first),
    last: first === last ? fill(first) : fill(last),
    engagementType: submission?.engagementType ?? fallback,
    mediumInput: first.medium ? clickInput(submission) : leadSource ? 'Lead Source' : 'System Default',
    rule: first.medium ? 'C1' : leadSource ? 'C5' : 'C2',
  }
}

/** [D4] An existing person's values are what arrived: their Lead Source says how the record was born, not what happened now. */
export function valuesOfInteraction(submission: Submission): AttributionValues {
  const [first, last] = clicksOf(submission)
  return {
    first,
    last,
    engagementType: submission.engagementType,
    mediumInput: first.medium ? clickInput(submission) : null,
    rule: isEmpty(submission.first) === isEmpty(submission.last) ? 'C4' : 'C3',
  }
}

/** [M1] A dormant contact put on an open opportunity: credited to whoever put them there. */
export function valuesOfContactRole(state: State, by: UserId): AttributionValues {
  const creator = userOf(state, by)
  const what = 'Dormant Contact Added to Opportunity'
  const tags = { medium: `${creator.role ?? 'User'} Engagement`, source: labelOf(creator), campaign: what }
  return { first: tags, last: tags, engagementType: what, mediumInput: 'Contact Role Creator', rule: 'M1' }
}

/** [N2] [N3] An opportunity without an eligible contact role: its Lead Source, else a text that says so. */
export function valuesOfOpportunity(state: State, leadSource: string | undefined, owner: UserId): AttributionValues {
  const medium = leadSource ?? 'Opportunity Created without eligible Contact Role or Lead Source'
  const tags = { medium, source: labelOf(userOf(state, owner)) }
  return {
    first: tags,
    last: tags,
    engagementType: medium,
    mediumInput: leadSource ? 'Opportunity Lead Source' : 'System Default',
    rule: 'N2',
  }
}

/** What a campaign or task rule stamps, with its tokens filled in. [O2] [P1] */
export function valuesOfRule(
  values: EngagementValues,
  mediumInput: MediumInput,
  tokens: Readonly<Record<string, string | undefined>>,
): AttributionValues {
  const fill = (text: string | undefined) =>
    text?.replace(/\{(\w+)\}/g, (_, token: string) => tokens[token] ?? '').trim()
  const tags = present({
    medium: fill(values.medium),
    source: fill(values.source),
    campaign: fill(values.campaign),
    content: fill(values.content),
  })
  return {
    first: tags,
    last: tags,
    engagementType: fill(values.engagementType) || undefined,
    mediumInput: tags.medium ? mediumInput : null,
    rule: mediumInput === 'Task Rule' ? 'O2' : mediumInput === 'Status Change' ? 'J13' : 'P1',
  }
}

/** The user as they were at the moment being read; an unknown one goes by their id. */
export function userOf(state: State, id: UserId): User {
  state.mentions.add(`user:${id}`)
  return entryAt(state.directory.users, id, state.now) ?? { id, name: id, role: null, queue: false }
}

/** The campaign as it was at the moment being read. */
export function campaignOf(state: State, id: string): Campaign | undefined {
  state.mentions.add(`campaign:${id}`)
  return entryAt(state.directory.campaigns, id, state.now)
}

/** `BDR - Jane Doe`: how a user is named as a source; a queue is `Queue: Inbound`. [Z23] */
export function labelOf(user: User): string {
  return user.queue ? `Queue: ${user.name}` : `${user.role ?? 'User'} - ${user.name}`
}

function present(
  tags: Readonly<Record<keyof Tags & string, string | undefined>> | Record<string, string | undefined>,
): Tags {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(tags)) if (value) given[name] = value
  return given
}
