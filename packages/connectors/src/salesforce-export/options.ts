import type { Zone } from '@throughline/core'
import type { ReadingOptions } from '../import-batch.ts'

/** Names a column may have, best first. */
export type ColumnNames = readonly [string, ...string[]]

/** The columns of one set of tags. */
export type TagColumns = Readonly<Record<'medium' | 'source' | 'campaign' | 'content' | 'term', ColumnNames>>

/** The columns that differ from one Salesforce organisation to the next. */
export type SalesforceColumns = Readonly<{
  leadStatus: ColumnNames
  contactStatus: ColumnNames
  leadScore: ColumnNames
  contactScore: ColumnNames
  /** Processing fields on leads and contacts: first click, last click, what they did, when. */
  first: TagColumns
  last: TagColumns
  engagementType: ColumnNames
  engagementDate: ColumnNames
  /** The short role label of a user, such as BDR. Without it, the name of the user's role (UserRole.csv). */
  userRole: ColumnNames
}>

/** Further columns the company's own criteria look at, by object. */
export type CriteriaFields = Readonly<{
  lead: readonly string[]
  contact: readonly string[]
  opportunity: readonly string[]
  /** Undefined: every custom column (`…__c`). */
  campaign?: readonly string[]
  /** Undefined: every custom column (`…__c`), `TaskSubtype` and `CallType`. */
  task?: readonly string[]
}>

export type SalesforceExportOptions = ReadingOptions &
  Readonly<{
    columns?: Partial<SalesforceColumns>
    fields?: Partial<CriteriaFields>
    /** Statuses that records have when nobody has touched them yet. */
    initialStatuses?: Readonly<{ lead?: readonly string[]; contact?: readonly string[] }>
    /** The zone that days without a time are days of. Default UTC. */
    zone?: Zone
    /** ISO 4217 code of amounts in an export without CurrencyIsoCode. Default: two decimals, no code given. */
    currency?: string
  }>

const tagColumns = (click: 'FC' | 'LC'): TagColumns => ({
  medium: [`Processing_${click}_UTM_Medium__c`],
  source: [`Processing_${click}_UTM_Source__c`],
  campaign: [`Processing_${click}_UTM_Campaign__c`],
  content: [`Processing_${click}_UTM_Content__c`],
  term: [`Processing_${click}_UTM_Term__c`],
})

export const DEFAULT_COLUMNS: SalesforceColumns = {
  leadStatus: ['Status'],
  contactStatus: ['Status__c', 'Contact_Status__c', 'Lead_Status__c'],
  leadScore: ['Lead_Score__c', 'Score__c'],
  contactScore: ['Contact_Score__c', 'Lead_Score__c', 'Score__c'],
  first: tagColumns('FC'),
  last: tagColumns('LC'),
  engagementType: ['Processing_Engagement_Type__c'],
  engagementDate: ['Processing_Engagement_Date__c'],
  userRole: ['Role_Label__c', 'UserRole.Name', 'UserRoleName'],
}

export const DEFAULT_INITIAL_STATUSES = {
  lead: ['Open', 'New', 'Open - Not Contacted'],
  contact: ['Open', 'New'],
} as const
