import { formatAmount, type Instant } from '@throughline/core'
import type { Campaign } from './campaigns.ts'
import type { RowSink } from './files.ts'
import { STAGE_PROBABILITY } from './market.ts'
import { dayText, salesforceTime } from './moments.ts'
import { idsOf } from './salesforce-id.ts'
import type { TagValues } from './touches.ts'

/** A user or a queue, as owner or author. */
export type Actor = Readonly<{ id: string; name: string }>

/** What a form or an upload brought along. */
export type Submitted = Readonly<{
  first: TagValues
  last: TagValues
  engagementType: string
  /** Null where the record's own time is meant. */
  happenedAt: Instant | null
}>

/** Who a row is about. */
export type Details = Readonly<{
  firstName: string
  lastName: string
  title: string
  company: string
  country: string
  phone: string
  email: string
}>

export type AccountRecord = Readonly<{
  id: string
  name: string
  industry: string
  employees: number
  country: string
  website: string
  currency: string
  owner: Actor
  createdAt: Instant
  createdBy: Actor
}>

/** A lead or contact row while its story is still going on. */
export type PersonRecord = {
  readonly object: 'Lead' | 'Contact'
  readonly id: string
  readonly details: Details
  readonly account: AccountRecord | null
  readonly leadSource: string
  readonly submitted: Submitted | null
  readonly createdAt: Instant
  readonly createdBy: Actor
  owner: Actor
  status: string
  score: number
  modifiedAt: Instant
  modifiedBy: Actor
  deleted: boolean
  master: PersonRecord | null
  converted: Readonly<{ at: Instant; contact: PersonRecord; opportunity: OpportunityRecord | null }> | null
  members: MemberRecord[]
}

type MemberRecord = Readonly<{ id: string; campaign: Campaign; responded: boolean; at: Instant; by: Actor }>

export type RoleRecord = {
  readonly id: string
  readonly contact: PersonRecord
  readonly role: string
  primary: boolean
  readonly at: Instant
  readonly by: Actor
}

export type OpportunityRecord = {
  readonly id: string
  readonly account: AccountRecord
  readonly name: string
  readonly type: string
  readonly leadSource: string
  readonly currency: string
  readonly createdAt: Instant
  readonly createdBy: Actor
  owner: Actor
  stage: string
  /** Minor units. */
  amount: number
  closeDay: string
  modifiedAt: Instant
  modifiedBy: Actor
  deleted: boolean
  roles: RoleRecord[]
}

/** The CRM as people and integrations use it: every call leaves the rows and the history Salesforce would. */
export type Crm = ReturnType<typeof openCrm>

const NOTHING_SUBMITTED: readonly string[] = Array(12).fill('')

/** Opens an empty CRM whose rows go to `sink`: history at once, records when they are filed. */
export function openCrm(sink: RowSink) {
  const ids = {
    account: idsOf('account'),
    Lead: idsOf('lead'),
    Contact: idsOf('contact'),
    opportunity: idsOf('opportunity'),
    role: idsOf('contactRole'),
    member: idsOf('campaignMember'),
    task: idsOf('task'),
    personHistory: idsOf('personHistory'),
    opportunityHistory: idsOf('opportunityHistory'),
    interaction: idsOf('interaction'),
  }

  const note = (record: PersonRecord, at: Instant, by: Actor, field: string, from: string, to: string) => {
    const file = record.object === 'Lead' ? 'LeadHistory.csv' : 'ContactHistory.csv'
    sink(file, [ids.personHistory(), 'false', record.id, by.id, salesforceTime(at), field, from, to])
  }
  const noteDeal = (deal: OpportunityRecord, at: Instant, by: Actor, field: string, from: string, to: string) => {
    const row = [ids.opportunityHistory(), 'false', deal.id, by.id, salesforceTime(at), field, from, to]
    sink('OpportunityFieldHistory.csv', row)
  }
  const touchUp = (record: PersonRecord | OpportunityRecord, at: Instant, by: Actor) => {
    record.modifiedAt = at
    record.modifiedBy = by
  }

  return {
    createAccount(values: Omit<AccountRecord, 'id'>): AccountRecord {
      const account = { id: ids.account(), ...values }
      const { owner, createdAt, createdBy } = account
      sink('Account.csv', [
        account.id,
        'false',
        '',
        account.name,
        'Prospect',
        account.industry,
        String(account.employees),
        account.country,
        account.website,
        account.currency,
        owner.id,
        ...stamps(createdAt, createdBy, createdAt, createdBy),
      ])
      return account
    },

    /** A row appears. A contact that a conversion makes says so in its history. */
    createPerson(
      object: PersonRecord['object'],
      values: Pick<PersonRecord, 'details' | 'account' | 'leadSource' | 'submitted' | 'owner' | 'status' | 'score'>,
      at: Instant,
      by: Actor,
      fromLead = false,
    ): PersonRecord {
      const record: PersonRecord = {
        object,
        id: ids[object](),
        ...values,
        createdAt: at,
        createdBy: by,
        modifiedAt: at,
        modifiedBy: by,
        deleted: false,
        master: null,
        converted: null,
        members: [],
      }
      note(record, at, by, fromLead ? 'contactCreatedFromLead' : 'created', '', '')
      return record
    },

    /** Sets the status; gives false where it was that already. */
    setStatus(record: PersonRecord, status: string, at: Instant, by: Actor): boolean {
      if (record.status === status) return false
      note(record, at, by, record.object === 'Lead' ? 'Status' : 'Status__c', record.status, status)
      record.status = status
      touchUp(record, at, by)
      return true
    },

    /** Gives the row to somebody else: Salesforce notes the names and the ids. */
    setOwner(record: PersonRecord, owner: Actor, at: Instant, by: Actor): void {
      if (record.owner.id === owner.id) return
      note(record, at, by, 'Owner', record.owner.name, owner.name)
      note(record, at, by, 'Owner', record.owner.id, owner.id)
      record.owner = owner
      touchUp(record, at, by)
    },

    raiseScore(record: PersonRecord, points: number, at: Instant, by: Actor): void {
      const score = Math.min(100, record.score + points)
      if (score === record.score) return
      note(record, at, by, 'Score__c', String(record.score), String(score))
      record.score = score
      touchUp(record, at, by)
    },

    /** The lead is converted; its members and its history stay with it. */
    convert(lead: PersonRecord, contact: PersonRecord, opportunity: OpportunityRecord | null, at: Instant, by: Actor) {
      note(lead, at, by, 'leadConverted', '', '')
      lead.converted = { at, contact, opportunity }
      touchUp(lead, at, by)
    },

    /** One row is merged into another and goes to the recycle bin. */
    merge(survivor: PersonRecord, loser: PersonRecord, at: Instant, by: Actor): void {
      note(survivor, at, by, survivor.object === 'Lead' ? 'leadMerged' : 'contactMerged', '', '')
      touchUp(survivor, at, by)
      loser.deleted = true
      loser.master = survivor
      touchUp(loser, at, by)
    },

    remove(record: PersonRecord | OpportunityRecord, at: Instant, by: Actor): void {
      record.deleted = true
      touchUp(record, at, by)
    },

    addMember(record: PersonRecord, campaign: Campaign, responded: boolean, at: Instant, by: Actor): void {
      record.members.push({ id: ids.member(), campaign, responded, at, by })
    },

    /** An interaction of somebody known, by row or, where the reporter knows no row, by address. Gives its id. */
    recordInteraction(
      record: PersonRecord,
      byAddress: boolean,
      channel: string,
      submitted: Submitted,
      at: Instant,
      by: Actor,
    ): string {
      const id = ids.interaction()
      sink('Interaction.csv', [
        id,
        byAddress || record.object !== 'Lead' ? '' : record.id,
        byAddress || record.object !== 'Contact' ? '' : record.id,
        record.details.email,
        channel,
        salesforceTime(at),
        submitted.happenedAt === null ? '' : salesforceTime(submitted.happenedAt),
        by.id,
        ...submitted.first,
        ...submitted.last,
        submitted.engagementType,
      ])
      return id
    },

    logTask(
      record: PersonRecord,
      deal: OpportunityRecord | null,
      activity: Readonly<{ subject: string; type: string; disposition: string; seconds: number }>,
      at: Instant,
      by: Actor,
    ): void {
      const call = activity.type !== 'Email'
      sink('Task.csv', [
        ids.task(),
        'false',
        record.id,
        deal?.id ?? '',
        activity.subject,
        activity.type,
        call ? 'Call' : 'Email',
        'Completed',
        'Normal',
        dayText(at),
        activity.disposition,
        activity.seconds ? String(activity.seconds) : '',
        by.id,
        ...stamps(at, by, at, by),
      ])
    },

    createOpportunity(
      values: Pick<
        OpportunityRecord,
        'account' | 'name' | 'type' | 'leadSource' | 'currency' | 'owner' | 'stage' | 'amount' | 'closeDay'
      >,
      at: Instant,
      by: Actor,
      fromLead: boolean,
    ): OpportunityRecord {
      const deal: OpportunityRecord = {
        id: ids.opportunity(),
        ...values,
        createdAt: at,
        createdBy: by,
        modifiedAt: at,
        modifiedBy: by,
        deleted: false,
        roles: [],
      }
      noteDeal(deal, at, by, fromLead ? 'opportunityCreatedFromLead' : 'created', '', '')
      return deal
    },

    addRole(deal: OpportunityRecord, contact: PersonRecord, role: string, primary: boolean, at: Instant, by: Actor) {
      const added: RoleRecord = { id: ids.role(), contact, role, primary, at, by }
      // Salesforce keeps one primary role: a new one takes the flag over.
      if (primary) for (const other of deal.roles) other.primary = false
      deal.roles.push(added)
      return added
    },

    setStage(deal: OpportunityRecord, stage: string, at: Instant, by: Actor): void {
      if (deal.stage === stage) return
      noteDeal(deal, at, by, 'StageName', deal.stage, stage)
      const [before, after] = [STAGE_PROBABILITY[deal.stage], STAGE_PROBABILITY[stage]]
      if (before !== after) noteDeal(deal, at, by, 'Probability', String(before), String(after))
      deal.stage = stage
      touchUp(deal, at, by)
    },

    setAmount(deal: OpportunityRecord, amount: number, at: Instant, by: Actor): void {
      if (deal.amount === amount) return
      const { currency } = deal
      noteDeal(deal, at, by, 'Amount', formatAmount(deal.amount, currency), formatAmount(amount, currency))
      deal.amount = amount
      touchUp(deal, at, by)
    },

    setCloseDay(deal: OpportunityRecord, day: string, at: Instant, by: Actor): void {
      if (deal.closeDay === day) return
      noteDeal(deal, at, by, 'CloseDate', deal.closeDay, day)
      deal.closeDay = day
      touchUp(deal, at, by)
    },

    setDealOwner(deal: OpportunityRecord, owner: Actor, at: Instant, by: Actor): void {
      if (deal.owner.id === owner.id) return
      noteDeal(deal, at, by, 'Owner', deal.owner.name, owner.name)
      noteDeal(deal, at, by, 'Owner', deal.owner.id, owner.id)
      deal.owner = owner
      touchUp(deal, at, by)
    },

    /** Writes a row as it stands at the end of its story. */
    filePerson(record: PersonRecord): void {
      const { details, submitted, converted } = record
      const { firstName, lastName } = details
      const processing = submitted
        ? [
            ...submitted.first,
            ...submitted.last,
            submitted.engagementType,
            submitted.happenedAt === null ? '' : salesforceTime(submitted.happenedAt),
          ]
        : NOTHING_SUBMITTED
      const changed = stamps(record.createdAt, record.createdBy, record.modifiedAt, record.modifiedBy)
      const head = [record.id, String(record.deleted), record.master?.id ?? '']
      const name = [lastName, firstName, `${firstName} ${lastName}`, details.title]
      const reach = [details.country, details.phone, details.email, record.leadSource]
      const state = [record.status, String(record.score), record.owner.id]
      if (record.object === 'Lead')
        sink('Lead.csv', [
          ...head,
          ...name,
          details.company,
          ...reach,
          ...state,
          String(converted !== null),
          converted ? dayText(converted.at) : '',
          converted?.contact.account?.id ?? '',
          converted?.contact.id ?? '',
          converted?.opportunity?.id ?? '',
          ...changed,
          ...processing,
        ])
      else
        sink('Contact.csv', [...head, record.account?.id ?? '', ...name, ...reach, ...state, ...changed, ...processing])
      for (const member of record.members) {
        const { campaign, responded, at, by } = member
        const lead = record.object === 'Lead'
        sink('CampaignMember.csv', [
          member.id,
          'false',
          campaign.id,
          lead ? record.id : '',
          lead ? (converted?.contact.id ?? '') : record.id,
          responded ? campaign.responded : campaign.notResponded,
          String(responded),
          responded ? dayText(at) : '',
          ...stamps(at, by, at, by),
        ])
      }
    },

    fileOpportunity(deal: OpportunityRecord): void {
      const probability = STAGE_PROBABILITY[deal.stage] as number
      const won = deal.stage === 'Closed Won'
      sink('Opportunity.csv', [
        deal.id,
        String(deal.deleted),
        deal.account.id,
        deal.name,
        deal.stage,
        String(probability),
        String(won || deal.stage === 'Closed Lost'),
        String(won),
        formatAmount(deal.amount, deal.currency),
        deal.currency,
        deal.closeDay,
        deal.leadSource,
        deal.type,
        deal.owner.id,
        ...stamps(deal.createdAt, deal.createdBy, deal.modifiedAt, deal.modifiedBy),
      ])
      for (const role of deal.roles)
        sink('OpportunityContactRole.csv', [
          role.id,
          'false',
          deal.id,
          role.contact.id,
          role.role,
          String(role.primary),
          ...stamps(role.at, role.by, role.at, role.by),
        ])
    },
  }
}

function stamps(createdAt: Instant, createdBy: Actor, modifiedAt: Instant, modifiedBy: Actor): string[] {
  const modified = salesforceTime(modifiedAt)
  return [salesforceTime(createdAt), createdBy.id, modified, modifiedBy.id, modified]
}
