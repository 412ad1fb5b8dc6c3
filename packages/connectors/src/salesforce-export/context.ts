import type { EmailKey, Fact, Instant, Zone } from '@throughline/core'
import type { Profile } from '@throughline/engine'
import type { ColumnFinder } from '../csv/columns.ts'
import { emailHasher } from '../email.ts'
import { UTC } from '../zone.ts'
import type { HistoryTable } from './history-table.ts'
import {
  type CriteriaFields,
  DEFAULT_COLUMNS,
  DEFAULT_INITIAL_STATUSES,
  type SalesforceColumns,
  type SalesforceExportOptions,
} from './options.ts'

/** The objects of an export, in the order they are read. */
export const OBJECTS = [
  'UserRole',
  'User',
  'Group',
  'Account',
  'Campaign',
  'Lead',
  'Contact',
  'Opportunity',
  'OpportunityContactRole',
  'CampaignMember',
  'Task',
  'LeadHistory',
  'ContactHistory',
  'OpportunityFieldHistory',
  'Interaction',
] as const
export type SalesforceObject = (typeof OBJECTS)[number]

/** What the rows of other files say about an opportunity: needed to translate its history. */
export type OpportunityNow = Readonly<{
  createdAt: Instant
  closed: boolean
  won: boolean
  probability: number | undefined
  stage: string
  currency: string | undefined
}>

/** What has to be known from the whole export before a single row can be translated. */
export type Survey = Readonly<{
  leadHistory: HistoryTable | undefined
  contactHistory: HistoryTable | undefined
  opportunityHistory: HistoryTable | undefined
  /** When a contact or an opportunity was created; undefined where the export does not have it. */
  contactCreatedAt(contact: string): Instant | undefined
  opportunity(opportunity: string): OpportunityNow | undefined
  /** Names of roles by id, from UserRole.csv. */
  roleNames: ReadonlyMap<string, string>
}>

export const EMPTY_SURVEY: Survey = {
  leadHistory: undefined,
  contactHistory: undefined,
  opportunityHistory: undefined,
  contactCreatedAt: () => undefined,
  opportunity: () => undefined,
  roleNames: new Map(),
}

/** Everything a translation may depend on besides the row. */
export type Context = Readonly<{
  columns: SalesforceColumns
  fields: CriteriaFields
  initialStatuses: Readonly<{ lead: readonly string[]; contact: readonly string[] }>
  zone: Zone
  currency: string | undefined
  emailKey: (address: string) => EmailKey | undefined
  survey: Survey
  /** Counts something left out on purpose, for the notes. */
  leftOut: (what: string) => void
}>

/** What a row gives. */
export type Translated = Readonly<{ facts: readonly Fact[]; profile?: Profile | undefined }>

export const NOTHING: Translated = { facts: [] }

/** Finds its columns in a header once, then translates row after row. Faults are thrown as RowFault. */
export type Translator = (find: ColumnFinder, context: Context) => (cells: readonly string[]) => Translated

export function contextOf(
  options: SalesforceExportOptions,
  survey: Survey = EMPTY_SURVEY,
  leftOut: (what: string) => void = () => {},
): Context {
  return {
    columns: { ...DEFAULT_COLUMNS, ...options.columns },
    fields: { lead: [], contact: [], opportunity: [], ...options.fields },
    initialStatuses: { ...DEFAULT_INITIAL_STATUSES, ...options.initialStatuses },
    zone: options.zone ?? UTC,
    currency: options.currency,
    emailKey: emailHasher(options.pseudonymKey),
    survey,
    leftOut,
  }
}
