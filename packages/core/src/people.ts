import {
  type AttributionValues,
  campaignOf,
  isSubmission,
  labelOf,
  userOf,
  valuesOfInteraction,
  valuesOfNewPerson,
  valuesOfRule,
} from './attribution-values.ts'
import { correct } from './corrections.ts'
import { isNamedIn, isSameName, meets } from './criteria.ts'
import type { EngagementId, Finding, Interaction, RuleId } from './derivation.ts'
import { engage } from './engagements.ts'
import type {
  CampaignMemberSet,
  ClusterFact,
  ContactCreated,
  Instant,
  InteractionRecorded,
  LeadConverted,
  LeadCreated,
  RecordsMerged,
  StatusChanged,
  TaskRecorded,
} from './facts.ts'
import { addRecord, joinPeople, nameOf, recordOf, recordOfPerson, tellIdentity } from './identity.ts'
import { checkLeadSource, checkStatus } from './known-values.ts'
import { changeRecord, evaluateConverted, evaluateInsert, resetStatus } from './stages.ts'
import { type EngagementState, find, isOpen, objectOfPerson, type PersonState, type State } from './state.ts'
import type { TraceEntry } from './trace.ts'

/**
 * [A1] [A2] A new lead or contact starts a journey, unless [A3] a conversion made the contact. [ID4] Where addresses
 * make records one person, it is a touch of the person who had the address first.
 */
export function createPerson(state: State, fact: LeadCreated | ContactCreated): void {
  const key = fact.kind === 'lead-created' ? (`lead:${fact.lead}` as const) : (`contact:${fact.contact}` as const)
  const known = state.records.get(key)
  if (known?.exists && !known.fromConversion) return
  const twin =
    fact.email && state.rules.identity.email === 'records' ? state.byEmail.get(fact.email)?.person : undefined
  const record = known ?? addRecord(state, key, fact.owner, twin)
  const fromConversion = record.fromConversion
  record.exists = true
  record.fromConversion = false
  record.createdAt = state.now
  record.owner = fact.owner
  record.leadSource = fact.leadSource
  record.status = fact.status
  record.score = fact.score
  record.fields = fact.fields ?? {}
  if (fact.kind === 'contact-created') record.account = fact.account
  userOf(state, fact.owner)
  if (fact.email && !state.byEmail.has(fact.email)) state.byEmail.set(fact.email, record)
  checkStatus(state, record, fact.status, fact)
  checkLeadSource(state, key, fact.leadSource, fact)
  if (twin && twin !== record.person) joinPeople(state, [twin, record.person], fact)
  if (state.trace) {
    if (fromConversion) tellIdentity(state, record, 'A3', fact, `${nameOf(key)} is a converted lead.`)
    else if (twin)
      tellIdentity(state, record, 'ID4', fact, `${nameOf(key)} is ${record.person.id} by its e-mail address.`)
    else tellIdentity(state, record, 'ID2', fact, `${nameOf(key)} appeared as a person.`)
  }

  if (fromConversion) {
    if (state.trace && record.person.current)
      state.trace.push({
        record: record.person.current.id,
        subject: 'identity',
        rule: 'A3',
        facts: [fact.id],
        at: state.now,
        decided: 'The new contact makes no engagement: it is a converted lead.',
        instead: 'A contact created in any other way starts a journey of its own.',
        applied: false,
      })
    evaluateConverted(state, record, fact)
    return
  }

  const object = record.object
  const values = valuesOfNewPerson(state, object, fact.submission, fact.leadSource, fact.by)
  const engagement = engage(state, record.person, {
    fact,
    at: fact.submission?.engagementAt ?? fact.occurredAt,
    values,
    triggeredBy: object === 'lead' ? 'Lead Created' : 'Contact Created',
  })
  if (values.mediumInput === 'System Default')
    find(state, 'source-missing', engagement.id, fact, 'The record was created without tags and without a Lead Source.')
  rememberSubmission(record.person, fact)
  noteInteraction(state, record.person, fact, 'created', values.engagementType ?? 'Created', engagement, values.first)
  evaluateInsert(state, record, fact)
}

/** [H1] [H2] A lead became a contact: one person, everything kept; the contact may already have a life of its own. */
export function convertLead(state: State, fact: LeadConverted): void {
  const lead = recordOf(state, `lead:${fact.lead}`, fact)
  const contactKey = `contact:${fact.contact}` as const
  const known = state.records.get(contactKey)
  lead.convertedAt = state.now
  const contact = known ?? addRecord(state, contactKey, lead.owner, lead.person)
  if (!contact.exists) {
    contact.fromConversion = true
    contact.exists = true
    contact.account = fact.account
    if (!contact.owner) contact.owner = lead.owner
  }
  if (known) joinPeople(state, [lead.person, known.person], fact)
  if (state.trace)
    tellIdentity(
      state,
      contact,
      known ? 'H2' : 'H1',
      fact,
      `${nameOf(lead.key)} was converted into contact ${fact.contact}: they are one person.`,
    )
  for (const engagement of lead.person.engagements)
    if (engagement.lead && !engagement.contact) engagement.contact = fact.contact
  if (state.trace && lead.person.current)
    state.trace.push({
      record: lead.person.current.id,
      subject: 'identity',
      rule: known ? 'H2' : 'H1',
      facts: [fact.id],
      at: state.now,
      decided: `Lead ${fact.lead} is contact ${fact.contact} from now on; its engagements are kept.`,
      instead: null,
      applied: true,
    })
  if (fact.opportunity) {
    const leads = state.convertedInto.get(fact.opportunity)
    if (leads) leads.push(lead)
    else state.convertedInto.set(fact.opportunity, [lead])
  }
}

/** [I1] Rows of one object are one row from now on. */
export function mergeRecords(state: State, fact: RecordsMerged): void {
  const survivor = recordOf(state, fact.survivor, fact)
  const merged = fact.merged.map((key) => recordOf(state, key, fact)).filter((record) => record !== survivor)
  joinPeople(state, [survivor.person, ...merged.map((record) => record.person)], fact)
  for (const record of merged) record.mergedInto = survivor
  if (state.trace)
    for (const record of merged)
      tellIdentity(
        state,
        survivor,
        'I1',
        fact,
        `${nameOf(record.key)} was merged into ${survivor.key.replace(':', ' ')}.`,
      )
}

/** A known person did something: tags or an engagement type arrived. [D1] to [D7] */
export function interact(state: State, fact: InteractionRecorded): void {
  const record = recordOfPerson(state, fact.person, fact)
  if (!record) return
  const { person } = record
  const { submission } = fact
  const label = submission.engagementType ?? (submission.last ?? submission.first)?.medium ?? fact.channel
  if (!isSubmission(submission)) {
    noteInteraction(state, person, fact, fact.channel, label, undefined, undefined, 'D2')
    return
  }
  if (isRepeat(state, person, fact)) {
    find(
      state,
      'repeated-interaction',
      person.id,
      fact,
      'The same values arrived twice within the repeat window; the second is ignored.',
    )
    noteInteraction(state, person, fact, fact.channel, label, undefined, submission.last ?? submission.first, 'D7')
    return
  }
  const values = valuesOfInteraction(submission)
  reportSameSave(state, person, fact)
  const engagement = engage(state, person, {
    fact,
    at: submission.engagementAt ?? fact.occurredAt,
    values,
    triggeredBy: objectOfPerson(person) === 'lead' ? 'Lead Processing Fields' : 'Contact Processing Fields',
  })
  noteInteraction(state, person, fact, fact.channel, label, engagement, values.first)
  afterReactivation(state, engagement, fact)
}

/** [Z25] A status that ended the journey in the very save that brought the submission: it came first, and both count. */
function reportSameSave(state: State, person: PersonState, fact: ClusterFact): void {
  const completion = person.current?.journey?.completion
  if (completion?.because.rule !== 'J1' || completion.at !== state.now) return
  const detail = `The status ended the journey as "${completion.outcome}", and the submission of the same moment began a new one.`
  find(state, 'disposition-with-submission', person.id, fact, detail)
}

/** [P1] [P2] A campaign member becomes an engagement where a campaign rule says so, once per member. */
export function setCampaignMember(state: State, fact: CampaignMemberSet): void {
  const { person } = recordOf(state, fact.person, fact)
  const campaign = campaignOf(state, fact.campaign)
  const label = `${campaign?.name ?? fact.campaign}${fact.status ? `: ${fact.status}` : ''}`
  const rule = state.rules.campaigns.find(
    (one) =>
      (one.statuses.length === 0 || (fact.status !== undefined && isNamedIn(one.statuses, fact.status))) &&
      meets(one.criteria, (field) => {
        if (field === 'id') return fact.campaign
        if (field === 'name') return campaign?.name
        if (field === 'type') return campaign?.type
        return campaign?.fields[field]
      }),
  )
  const once = `campaign-member:${fact.member}${state.rules.campaignMembers.once === 'status' ? `:${fact.status ?? ''}` : ''}`
  if (!rule || state.engaged.has(once)) {
    noteInteraction(
      state,
      person,
      fact,
      'campaign-member',
      label,
      undefined,
      { campaign: campaign?.name ?? fact.campaign },
      rule ? 'P2' : 'P1',
    )
    return
  }
  state.engaged.add(once)
  const values = valuesOfRule(rule.values, 'Campaign Fields', { Campaign: campaign?.name, Status: fact.status })
  const absorbing = absorb(state, person, values, fact)
  if (absorbing) return noteInteraction(state, person, fact, 'campaign-member', label, absorbing, values.first, 'P3')
  const engagement = engage(state, person, { fact, at: fact.occurredAt, values, triggeredBy: 'Campaign Member' })
  noteInteraction(state, person, fact, 'campaign-member', label, engagement, values.first)
  afterReactivation(state, engagement, fact)
}

/**
 * [P3] A campaign that brought somebody new says more than their Lead Source: where the rules allow it, its values go into
 * the activation their creation has just made, instead of a second engagement.
 */
function absorb(
  state: State,
  person: PersonState,
  values: AttributionValues,
  fact: CampaignMemberSet,
): EngagementState | undefined {
  const { absorbNewPersonSeconds } = state.rules.campaignMembers
  const { current } = person
  if (absorbNewPersonSeconds === 0 || !isOpen(current) || current.activationType !== 'Original Activation')
    return undefined
  if (!current.fellBack) return undefined
  const born = current.triggeredBy === 'Lead Created' || current.triggeredBy === 'Contact Created'
  if (!born || state.now - person.createdAt > absorbNewPersonSeconds * 1000) return undefined
  const was = current.first.medium
  const raw = current.corrected ?? current
  const tags = values.first.medium ? values.first : { ...raw.first, ...values.first }
  const given = { first: tags, last: tags, engagementType: values.engagementType ?? raw.engagementType }
  const { values: now, corrected } = correct(given, current.recordedAt, state.rules)
  current.first = now.first
  current.last = now.last
  current.engagementType = now.engagementType
  current.corrected = corrected
  current.fellBack = !values.first.medium
  if (!current.fellBack) dropFinding(state, 'source-missing', current.id)
  if (now.first.medium !== tags.medium) current.mediumInput = 'Data Correction'
  else if (values.first.medium) current.mediumInput = values.mediumInput
  current.journey.idleSince = Math.max(current.journey.idleSince, fact.recordedAt)
  state.trace?.push({
    record: current.id,
    subject: 'attribution-values',
    rule: 'P3',
    facts: [fact.id],
    at: state.now,
    decided: `Medium "${now.first.medium ?? '(not set)'}" from the campaign, in place of "${was ?? '(not set)'}": the person had just been created.`,
    instead: 'Later, it would have made an engagement of its own.',
    applied: true,
  })
  return current
}

/** What was odd about a record is not so any more. */
function dropFinding(state: State, code: Finding['code'], record: string): void {
  const place = state.findings.findIndex((one) => one.code === code && one.record === record)
  if (place >= 0) state.findings.splice(place, 1)
}

/** [O1] [O2] A task becomes an engagement where a task rule says so, once per task. */
export function recordTask(state: State, fact: TaskRecorded): void {
  const { person } = recordOf(state, fact.person, fact)
  const label = [fact.type, fact.subject].filter(Boolean).join(': ') || 'Task'
  const place = state.rules.tasks.findIndex((one) =>
    meets(one.criteria, (field) => {
      if (field === 'subject') return fact.subject
      if (field === 'type') return fact.type
      if (field === 'status') return fact.status
      return fact.fields?.[field]
    }),
  )
  const rule = state.rules.tasks[place]
  const once = `task:${fact.task}${state.rules.taskEngagements.once === 'rule' ? `:${place}` : ''}`
  if (!rule || state.engaged.has(once)) {
    noteInteraction(state, person, fact, 'task', label, undefined, undefined, rule ? 'O2' : 'O1')
    return
  }
  state.engaged.add(once)
  const owner = userOf(state, fact.owner)
  const values = valuesOfRule(rule.values, 'Task Rule', {
    Role: owner.role ?? 'User',
    OwnerName: owner.name,
    Owner: labelOf(owner),
    Subject: fact.subject,
    Type: fact.type,
  })
  const engagement = engage(state, person, { fact, at: fact.occurredAt, values, triggeredBy: 'Task' })
  noteInteraction(state, person, fact, 'task', label, engagement, values.first)
  afterReactivation(state, engagement, fact)
}

/**
 * A status was set. [J11] That starts no journey, [J13] unless the rules name it as one that brings a dormant person back;
 * the change then counts for the stages of the journey it began.
 */
export function setStatus(state: State, fact: StatusChanged): void {
  const record = recordOf(state, fact.record, fact)
  checkStatus(state, record, fact.to, fact)
  const { person } = record
  const active = state.rules.reactivation.activeStatuses?.[record.object]
  if (
    active &&
    person.current &&
    !isOpen(person.current) &&
    record.convertedAt === undefined &&
    isNamedIn(active, fact.to) &&
    !isSameName(record.status ?? '', fact.to)
  ) {
    const by = userOf(state, fact.by ?? record.owner)
    const values = valuesOfRule(STATUS_VALUES, 'Status Change', {
      Role: by.role ?? 'User',
      OwnerName: by.name,
      Status: fact.to,
    })
    const engagement = engage(state, person, { fact, at: fact.occurredAt, values, triggeredBy: 'Status Change' })
    noteInteraction(state, person, fact, 'status', fact.to, engagement, values.first)
  }
  changeRecord(state, record, fact, () => {
    record.status = fact.to
  })
}

/** What an engagement is made of that a status began. [J13] */
const STATUS_VALUES = {
  medium: 'Status Change',
  source: '{Role} - {OwnerName}',
  engagementType: 'Status Set to {Status}',
}

/** [K2] [K3] [K4] Journey, then status reset, then the stage criteria; a first journey resets nothing. */
function afterReactivation(state: State, engagement: EngagementState, fact: ClusterFact): void {
  if (!engagement.journey) return
  if (engagement.activationType === 'Original Activation') return
  resetStatus(state, engagement, fact)
}

/** [D7] The same values recorded again within the window: a double post, whatever came in between. */
function isRepeat(state: State, person: PersonState, { submission, recordedAt }: InteractionRecorded): boolean {
  const signature = signatureOf(submission)
  const window = state.rules.interactions.ignoreRepeatsWithinMs
  const repeated = person.recentSubmissions.some(
    (one) => one.signature === signature && Math.abs(recordedAt - one.recordedAt) <= window,
  )
  if (!repeated) remember(person, signature, recordedAt)
  return repeated
}

function rememberSubmission(person: PersonState, { submission, recordedAt }: LeadCreated | ContactCreated): void {
  if (isSubmission(submission)) remember(person, signatureOf(submission), recordedAt)
}

/** All are kept: what is read later may have been recorded earlier. */
function remember(person: PersonState, signature: string, recordedAt: Instant): void {
  person.recentSubmissions.push({ signature, recordedAt })
}

/** All values, the date among them: rows of one upload about two days are two touches. */
function signatureOf({ first, last, engagementType, engagementAt }: InteractionRecorded['submission']): string {
  const tags = (set: InteractionRecorded['submission']['first']) =>
    [set?.medium, set?.source, set?.campaign, set?.content, set?.term].map((value) => value ?? '').join('\u0000')
  return [tags(first), tags(last), engagementType ?? '', engagementAt ?? ''].join('\u0001')
}

function noteInteraction(
  state: State,
  person: PersonState,
  fact: ClusterFact,
  kind: Interaction['kind'],
  label: string,
  engagement: EngagementState | undefined,
  tags: { medium?: string; source?: string; campaign?: string } | undefined,
  rule = engagement?.because.rule ?? 'A9',
): void {
  state.interactions.push({
    id: `int:${fact.id}`,
    person: person.id,
    at: fact.occurredAt < fact.recordedAt ? fact.occurredAt : fact.recordedAt,
    recordedAt: fact.recordedAt,
    kind,
    label,
    medium: tags?.medium ?? null,
    source: tags?.source ?? null,
    campaign: tags?.campaign ?? null,
    engagement: (engagement?.id as EngagementId | undefined) ?? null,
    because: { rule, fact: fact.id },
  })
  if (state.trace)
    state.trace.push({
      record: `int:${fact.id}`,
      subject: 'interaction',
      rule,
      facts: [fact.id],
      at: state.now,
      ...(engagement
        ? {
            decided:
              rule === 'P3'
                ? `Its values went into ${engagement.id}, which the person's creation had just made.`
                : `It made ${engagement.id}, ${engagement.journey ? `an Activation (${engagement.activationType})` : `an Influencing Engagement of ${engagement.parent?.id}`}.`,
            instead: null,
            applied: true,
          }
        : { ...WITHOUT_ENGAGEMENT[rule], applied: false }),
    } as TraceEntry)
}

/** Why an interaction made no engagement, and what would have made one. */
const WITHOUT_ENGAGEMENT: Readonly<Record<RuleId, Pick<TraceEntry, 'decided' | 'instead'>>> = {
  D2: {
    decided: 'It made no engagement: neither a tag nor an engagement type arrived with it.',
    instead: 'One tag or an engagement type would have made one.',
  },
  D7: {
    decided: 'It made no engagement: the same values had arrived within the repeat window.',
    instead: 'Other values, or the same ones after the window, would have made one.',
  },
  O1: {
    decided: 'It made no engagement: no task rule names such a task.',
    instead: 'A task rule whose criteria it meets would have made one.',
  },
  O2: {
    decided: 'It made no engagement: this task had made one before.',
    instead: 'A task makes one engagement, however often it is changed.',
  },
  P1: {
    decided: 'It made no engagement: no campaign rule names this campaign with this status.',
    instead: 'A campaign rule whose criteria and statuses it meets would have made one.',
  },
  P2: {
    decided: 'It made no engagement: this campaign member had made one before.',
    instead: 'A member makes one engagement, whatever statuses follow.',
  },
}
