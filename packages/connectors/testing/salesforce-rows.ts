/** Rows of a small Salesforce export, and what is read from them: shared by the tests of the reader. */
import type { Fact, FactKind } from '@throughline/core'
import { factSchema } from '@throughline/engine'
import { expect } from 'vitest'
import { type ImportBatch, readSalesforceExport, type SalesforceExportOptions, toId18 } from '../src/index.ts'
import { csv, memorySource } from '../test/memory-source.ts'

export const KEY = new Uint8Array(32).fill(7)
export const at = (text: string) => Date.parse(text)
export const iso = (text: string) => text.replace('Z', '.000+0000')
export const id = (prefix: string, number: number) =>
  toId18(`${prefix}5g00000${String(number).padStart(5, '0')}`) as string

export const JOHN = id('005', 1)
export const BEA = id('005', 2)
export const QUEUE = id('00G', 1)
export const LEAD = id('00Q', 1)
export const CONTACT = id('003', 1)
export const ACCOUNT = id('001', 1)
export const OPPORTUNITY = id('006', 1)

export type Row = Record<string, string>
export type Files = Record<string, readonly Row[]>

export const lead = (more: Row = {}): Row => ({
  Id: LEAD,
  IsDeleted: 'false',
  MasterRecordId: '',
  FirstName: 'Sarah',
  LastName: 'Ng',
  Company: 'Acme',
  Email: ' Sarah.Ng@Example.com ',
  LeadSource: 'Marketing - Website',
  Status: 'Open',
  Score__c: '',
  OwnerId: QUEUE,
  IsConverted: 'false',
  ConvertedDate: '',
  ConvertedAccountId: '',
  ConvertedContactId: '',
  ConvertedOpportunityId: '',
  CreatedDate: iso('2026-01-05T09:00:00Z'),
  CreatedById: JOHN,
  LastModifiedDate: iso('2026-01-05T09:00:00Z'),
  LastModifiedById: JOHN,
  SystemModstamp: iso('2026-01-05T09:00:00Z'),
  ...more,
})

export const contact = (more: Row = {}): Row => ({
  Id: CONTACT,
  IsDeleted: 'false',
  MasterRecordId: '',
  AccountId: ACCOUNT,
  Email: 'sarah.ng@example.com',
  Status__c: 'Open',
  OwnerId: JOHN,
  CreatedDate: iso('2026-02-01T10:00:20Z'),
  CreatedById: JOHN,
  LastModifiedDate: iso('2026-02-01T10:00:20Z'),
  ...more,
})

export const opportunity = (more: Row = {}): Row => ({
  Id: OPPORTUNITY,
  IsDeleted: 'false',
  AccountId: ACCOUNT,
  Name: 'Acme - 10 seats',
  StageName: 'Prospecting',
  Probability: '10',
  IsClosed: 'false',
  IsWon: 'false',
  Amount: '1234.5',
  CurrencyIsoCode: 'EUR',
  CloseDate: '2026-03-31',
  LeadSource: '',
  OwnerId: JOHN,
  CreatedDate: iso('2026-02-01T10:00:20Z'),
  CreatedById: JOHN,
  LastModifiedDate: iso('2026-02-01T10:00:20Z'),
  ...more,
})

let historyNumber = 0
export const change = (parent: Row, Field: string, OldValue: string, NewValue: string, when: string): Row => ({
  Id: id('017', ++historyNumber),
  IsDeleted: 'false',
  ...parent,
  CreatedById: BEA,
  CreatedDate: iso(when),
  Field,
  OldValue,
  NewValue,
})

export async function batchesOf(files: Files, options: Partial<SalesforceExportOptions> = {}): Promise<ImportBatch[]> {
  const texts = Object.fromEntries(Object.entries(files).map(([name, rows]) => [`${name}.csv`, csv(rows)]))
  const batches: ImportBatch[] = []
  for await (const batch of readSalesforceExport(memorySource(texts), { pseudonymKey: KEY, ...options }))
    batches.push(batch)
  return batches
}

export async function factsOf(files: Files, options: Partial<SalesforceExportOptions> = {}): Promise<Fact[]> {
  const batches = await batchesOf(files, options)
  expect(batches.flatMap((batch) => batch.rejects)).toEqual([])
  const facts = batches.flatMap((batch) => batch.facts)
  for (const fact of facts) factSchema.parse(fact)
  return facts
}

export const ofKind = <K extends FactKind>(facts: readonly Fact[], kind: K) =>
  facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind)
