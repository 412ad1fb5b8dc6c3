import type { Fact, FactKind } from '@throughline/core'
import { factSchema } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { type ImportBatch, readSalesforceExport, type SalesforceExportOptions, toId18 } from '../src/index.ts'
import { csv, memorySource } from './memory-source.ts'

const KEY = new Uint8Array(32).fill(7)
const at = (text: string) => Date.parse(text)
const iso = (text: string) => text.replace('Z', '.000+0000')
const id = (prefix: string, number: number) => toId18(`${prefix}5g00000${String(number).padStart(5, '0')}`) as string

const JOHN = id('005', 1)
const BEA = id('005', 2)
const QUEUE = id('00G', 1)
const LEAD = id('00Q', 1)
const CONTACT = id('003', 1)
const ACCOUNT = id('001', 1)
const OPPORTUNITY = id('006', 1)

type Row = Record<string, string>
type Files = Record<string, readonly Row[]>

const lead = (more: Row = {}): Row => ({
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

const contact = (more: Row = {}): Row => ({
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

const opportunity = (more: Row = {}): Row => ({
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
const change = (parent: Row, Field: string, OldValue: string, NewValue: string, when: string): Row => ({
  Id: id('017', ++historyNumber),
  IsDeleted: 'false',
  ...parent,
  CreatedById: BEA,
  CreatedDate: iso(when),
  Field,
  OldValue,
  NewValue,
})

async function batchesOf(files: Files, options: Partial<SalesforceExportOptions> = {}): Promise<ImportBatch[]> {
  const texts = Object.fromEntries(Object.entries(files).map(([name, rows]) => [`${name}.csv`, csv(rows)]))
  const batches: ImportBatch[] = []
  for await (const batch of readSalesforceExport(memorySource(texts), { pseudonymKey: KEY, ...options }))
    batches.push(batch)
  return batches
}

async function factsOf(files: Files, options: Partial<SalesforceExportOptions> = {}): Promise<Fact[]> {
  const batches = await batchesOf(files, options)
  expect(batches.flatMap((batch) => batch.rejects)).toEqual([])
  const facts = batches.flatMap((batch) => batch.facts)
  for (const fact of facts) factSchema.parse(fact)
  return facts
}

const ofKind = <K extends FactKind>(facts: readonly Fact[], kind: K) =>
  facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind)

describe('leads at their creation', () => {
  it('takes a never modified lead as it is, with its details kept apart', async () => {
    const [batch] = await batchesOf({ Lead: [lead()] })
    expect(batch?.facts).toEqual([
      {
        kind: 'lead-created',
        id: `salesforce/Lead/${LEAD}/created`,
        occurredAt: at('2026-01-05T09:00:00Z'),
        recordedAt: at('2026-01-05T09:00:00Z'),
        by: JOHN,
        owner: QUEUE,
        status: 'Open',
        leadSource: 'Marketing - Website',
        email: expect.stringMatching(/^email:[0-9a-f]{32}$/),
        lead: LEAD,
      },
    ])
    expect(batch?.profiles).toEqual([
      { key: `lead:${LEAD}`, firstName: 'Sarah', lastName: 'Ng', company: 'Acme', email: 'Sarah.Ng@Example.com' },
    ])
    expect(JSON.stringify(batch?.facts)).not.toMatch(/sarah|acme/i)
  })

  it('goes back to the first old value of status and owner, whatever the order of the rows', async () => {
    const LeadHistory = [
      change({ LeadId: LEAD }, 'Status', 'Routed', 'Working', '2026-01-07T09:00:00Z'),
      change({ LeadId: LEAD }, 'Owner', 'Inbound Queue', 'John Smith', '2026-01-06T09:00:00Z'),
      change({ LeadId: LEAD }, 'Owner', QUEUE, JOHN.slice(0, 15), '2026-01-06T09:00:00Z'),
      change({ LeadId: LEAD }, 'Status', 'Open', 'Routed', '2026-01-06T09:00:00Z'),
    ]
    const Lead = [lead({ Status: 'Working', OwnerId: JOHN, LastModifiedDate: iso('2026-01-07T09:00:00Z') })]
    const facts = await factsOf({ Lead, LeadHistory })
    expect(ofKind(facts, 'lead-created')[0]).toMatchObject({ status: 'Open', owner: QUEUE })
    expect(ofKind(facts, 'lead-created')[0]).not.toHaveProperty('inferred')
    expect(ofKind(facts, 'status-changed').map(({ from, to, by }) => [from, to, by])).toEqual([
      ['Routed', 'Working', BEA],
      ['Open', 'Routed', BEA],
    ])
    expect(ofKind(facts, 'owner-changed').map(({ to, record }) => [to, record])).toEqual([[JOHN, `lead:${LEAD}`]])
    const shuffled = await factsOf({ Lead, LeadHistory: LeadHistory.toReversed() })
    expect(new Set(shuffled.map((fact) => JSON.stringify(fact)))).toEqual(
      new Set(facts.map((fact) => JSON.stringify(fact))),
    )
  })

  it('orders changes of one second by their rows', async () => {
    const LeadHistory = [
      change({ LeadId: LEAD }, 'Status', 'Open', 'Routed', '2026-01-06T09:00:00Z'),
      change({ LeadId: LEAD }, 'Status', 'Routed', 'Working', '2026-01-06T09:00:00Z'),
    ]
    const Lead = [lead({ Status: 'Working', LastModifiedDate: iso('2026-01-06T09:00:00Z') })]
    for (const rows of [LeadHistory, LeadHistory.toReversed()]) {
      const facts = await factsOf({ Lead, LeadHistory: rows })
      expect(ofKind(facts, 'lead-created')[0]?.status).toBe('Open')
      expect(ofKind(facts, 'status-changed').some((fact) => fact.inferred)).toBe(false)
    }
  })

  it('infers what history does not tell, and says so', async () => {
    const modified = { LastModifiedDate: iso('2026-01-09T12:00:00Z') }
    const unknown = await factsOf({ Lead: [lead({ Status: 'Working', ...modified })] })
    expect(ofKind(unknown, 'lead-created')[0]).not.toHaveProperty('status')
    expect(ofKind(unknown, 'lead-created')[0]?.inferred).toBe('current-value')
    expect(ofKind(unknown, 'status-changed')).toEqual([
      {
        kind: 'status-changed',
        id: `salesforce/Lead/${LEAD}/status/${at('2026-01-09T12:00:00Z')}`,
        occurredAt: at('2026-01-09T12:00:00Z'),
        recordedAt: at('2026-01-09T12:00:00Z'),
        inferred: 'last-modified',
        record: `lead:${LEAD}`,
        to: 'Working',
      },
    ])
    const initial = await factsOf({ Lead: [lead({ Status: 'Open', ...modified })] })
    expect(ofKind(initial, 'lead-created')[0]?.status).toBe('Open')
    expect(ofKind(initial, 'status-changed')).toEqual([])

    const history = [change({ LeadId: LEAD }, 'Status', 'Open', 'Routed', '2026-01-06T09:00:00Z')]
    const broken = await factsOf({ Lead: [lead({ Status: 'Working', ...modified })], LeadHistory: history })
    expect(ofKind(broken, 'lead-created')[0]?.status).toBe('Open')
    expect(ofKind(broken, 'status-changed').map(({ to, inferred }) => [to, inferred])).toEqual([
      ['Working', 'last-modified'],
      ['Routed', undefined],
    ])
  })

  it('believes a status without history where history was kept when the lead was made', async () => {
    const other = id('00Q', 2)
    const facts = await factsOf({
      Lead: [
        lead({ Status: 'Working', LastModifiedDate: iso('2026-01-09T12:00:00Z') }),
        lead({ Id: other, Status: 'Routed', CreatedDate: iso('2025-12-01T00:00:00Z') }),
      ],
      LeadHistory: [change({ LeadId: other }, 'Status', 'Open', 'Routed', '2025-12-24T09:00:00Z')],
    })
    expect(ofKind(facts, 'lead-created').map((fact) => fact.status)).toEqual(['Working', 'Open'])
    expect(ofKind(facts, 'status-changed')).toHaveLength(1)
  })

  it('reads processing fields into a submission', async () => {
    const facts = await factsOf({
      Lead: [
        lead({
          Processing_FC_UTM_Medium__c: ' paid-social ',
          Processing_FC_UTM_Source__c: 'linkedin',
          Processing_LC_UTM_Medium__c: 'email',
          Processing_LC_UTM_Term__c: 'crm',
          Processing_Engagement_Type__c: 'Whitepaper - Buyer Guide',
          Processing_Engagement_Date__c: '2026-01-02',
        }),
      ],
    })
    expect(ofKind(facts, 'lead-created')[0]?.submission).toEqual({
      first: { medium: 'paid-social', source: 'linkedin' },
      last: { medium: 'email', term: 'crm' },
      engagementType: 'Whitepaper - Buyer Guide',
      engagementAt: at('2026-01-02T00:00:00Z'),
    })
  })

  it('reads other columns where an organisation names them otherwise, and fields its criteria need', async () => {
    const facts = await factsOf(
      {
        Lead: [
          {
            ...lead({ LastModifiedDate: iso('2026-01-08T00:00:00Z') }),
            Stage__c: 'Hot',
            UTM1__c: 'ppc',
            Rating: 'Warm',
            Employees: '0120',
          },
        ],
        LeadHistory: [change({ LeadId: LEAD }, 'Rating', 'Cold', 'Warm', '2026-01-08T00:00:00Z')],
      },
      {
        columns: {
          leadStatus: ['Stage__c'],
          first: { medium: ['UTM1__c'], source: ['x'], campaign: ['x'], content: ['x'], term: ['x'] },
        },
        fields: { lead: ['Rating', 'Employees'] },
      },
    )
    expect(ofKind(facts, 'lead-created')[0]).toMatchObject({
      submission: { first: { medium: 'ppc' } },
      fields: { Rating: 'Cold' },
    })
    expect(ofKind(facts, 'fields-changed').map(({ fields, inferred }) => [fields, inferred])).toEqual([
      [{ Employees: '0120' }, 'last-modified'],
      [{ Rating: 'Warm' }, undefined],
    ])
  })
})

describe('conversions', () => {
  const converted = (more: Row = {}) =>
    lead({
      Status: 'Qualified',
      IsConverted: 'true',
      ConvertedDate: '2026-02-01',
      ConvertedContactId: CONTACT,
      ConvertedAccountId: ACCOUNT,
      ConvertedOpportunityId: OPPORTUNITY,
      LastModifiedDate: iso('2026-02-01T10:00:21Z'),
      ...more,
    })

  it('happen when history says, or with the contact of the same save, whichever is earlier', async () => {
    const LeadHistory = [
      change({ LeadId: LEAD }, 'Status', 'Open', 'Qualified', '2026-02-01T10:00:21Z'),
      change({ LeadId: LEAD }, 'leadConverted', '', '', '2026-02-01T10:00:21Z'),
    ]
    const facts = await factsOf({ Lead: [converted()], Contact: [contact()], LeadHistory })
    expect(ofKind(facts, 'lead-converted')).toEqual([
      {
        kind: 'lead-converted',
        id: `salesforce/Lead/${LEAD}/converted`,
        occurredAt: at('2026-02-01T10:00:20Z'),
        recordedAt: at('2026-02-01T10:00:20Z'),
        lead: LEAD,
        contact: CONTACT,
        account: ACCOUNT,
        opportunity: OPPORTUNITY,
      },
    ])
    const older = contact({ CreatedDate: iso('2025-06-01T00:00:00Z') })
    const into = await factsOf({ Lead: [converted()], Contact: [older], LeadHistory })
    expect(ofKind(into, 'lead-converted')[0]?.occurredAt).toBe(at('2026-02-01T10:00:21Z'))
  })

  it('happen with the new contact where there is no history, else some time that day', async () => {
    const withContact = await factsOf({ Lead: [converted()], Contact: [contact()] })
    const [exact] = ofKind(withContact, 'lead-converted')
    expect(exact?.occurredAt).toBe(at('2026-02-01T10:00:20Z'))
    expect(exact).not.toHaveProperty('inferred')
    expect(ofKind(withContact, 'status-changed').map(({ to, occurredAt }) => [to, occurredAt])).toEqual([
      ['Qualified', at('2026-02-01T10:00:20Z')],
    ])
    const alone = await factsOf({ Lead: [converted()] })
    expect(ofKind(alone, 'lead-converted')[0]).toMatchObject({
      occurredAt: at('2026-02-01T00:00:00Z'),
      inferred: 'day-only',
    })
    const sameDay = await factsOf({ Lead: [converted({ CreatedDate: iso('2026-02-01T08:00:00Z') })] })
    expect(ofKind(sameDay, 'lead-converted')[0]?.occurredAt).toBe(at('2026-02-01T08:00:00Z'))
  })
})

describe('merges and deletions', () => {
  it('give the loser its own facts and then the merge', async () => {
    const loser = id('00Q', 2)
    const facts = await factsOf({
      Lead: [
        lead(),
        lead({
          Id: loser,
          IsDeleted: 'true',
          MasterRecordId: LEAD.slice(0, 15),
          LastModifiedById: BEA,
          SystemModstamp: iso('2026-01-20T09:00:00Z'),
        }),
        lead({ Id: id('00Q', 3), IsDeleted: 'true', SystemModstamp: iso('2026-01-21T09:00:00Z') }),
      ],
    })
    expect(ofKind(facts, 'lead-created')).toHaveLength(3)
    expect(ofKind(facts, 'records-merged')).toEqual([
      {
        kind: 'records-merged',
        id: `salesforce/Lead/${loser}/merged`,
        occurredAt: at('2026-01-20T09:00:00Z'),
        recordedAt: at('2026-01-20T09:00:00Z'),
        by: BEA,
        survivor: `lead:${LEAD}`,
        merged: [`lead:${loser}`],
      },
    ])
    expect(ofKind(facts, 'record-deleted').map(({ record }) => record)).toEqual([`lead:${id('00Q', 3)}`])
  })
})

describe('opportunities', () => {
  const won = opportunity({
    StageName: 'Closed Won',
    Probability: '100',
    IsClosed: 'true',
    IsWon: 'true',
    Amount: '2000',
    CloseDate: '2026-03-20',
    LastModifiedDate: iso('2026-03-20T16:00:00Z'),
  })
  const of = { OpportunityId: OPPORTUNITY }

  it('are taken back to their creation, and the last stage row says how it ended', async () => {
    const facts = await factsOf({
      Lead: [lead()],
      Opportunity: [won],
      OpportunityFieldHistory: [
        change(of, 'created', '', '', '2026-02-01T10:00:20Z'),
        change(of, 'StageName', 'Qualification', 'Closed Won', '2026-03-20T16:00:00Z'),
        change(of, 'StageName', 'Prospecting', 'Qualification', '2026-02-10T16:00:00Z'),
        change(of, 'Amount', '1234.5', '2000.0', '2026-03-20T16:00:00Z'),
        change(of, 'CloseDate', '2026-03-31', '2026-03-20', '2026-03-20T16:00:00Z'),
      ],
    })
    expect(ofKind(facts, 'opportunity-created')).toEqual([
      {
        kind: 'opportunity-created',
        id: `salesforce/Opportunity/${OPPORTUNITY}/created`,
        occurredAt: at('2026-02-01T10:00:20Z'),
        recordedAt: at('2026-02-01T10:00:20Z'),
        inferred: 'current-value',
        opportunity: OPPORTUNITY,
        name: 'Acme - 10 seats',
        account: ACCOUNT,
        by: JOHN,
        owner: JOHN,
        stage: 'Prospecting',
        amount: 123450,
        currency: 'EUR',
        closeDate: '2026-03-31',
      },
    ])
    const changes = ofKind(facts, 'opportunity-changed').map(
      ({ id: _, occurredAt, recordedAt, kind, by, ...rest }) => rest,
    )
    expect(changes).toEqual([
      { opportunity: OPPORTUNITY, stage: 'Closed Won', closed: true, won: true, probability: 100 },
      { opportunity: OPPORTUNITY, stage: 'Qualification' },
      { opportunity: OPPORTUNITY, amount: 200000, currency: 'EUR' },
      { opportunity: OPPORTUNITY, closeDate: '2026-03-20' },
    ])
  })

  it('without history end at their last modification, inferred', async () => {
    const facts = await factsOf({ Lead: [lead()], Opportunity: [won] })
    const [created] = ofKind(facts, 'opportunity-created')
    expect(created).not.toHaveProperty('stage')
    expect(created).not.toHaveProperty('won')
    expect(ofKind(facts, 'opportunity-changed')).toEqual([
      {
        kind: 'opportunity-changed',
        id: `salesforce/Opportunity/${OPPORTUNITY}/changed/${at('2026-03-20T16:00:00Z')}`,
        occurredAt: at('2026-03-20T16:00:00Z'),
        recordedAt: at('2026-03-20T16:00:00Z'),
        inferred: 'last-modified',
        opportunity: OPPORTUNITY,
        stage: 'Closed Won',
        closed: true,
        won: true,
        probability: 100,
        amount: 200000,
        currency: 'EUR',
        closeDate: '2026-03-20',
      },
    ])
  })

  it('never modified are what they were made as', async () => {
    const facts = await factsOf({ Lead: [lead()], Opportunity: [opportunity()] })
    expect(ofKind(facts, 'opportunity-created')[0]).toMatchObject({
      stage: 'Prospecting',
      probability: 10,
      closed: false,
      won: false,
      amount: 123450,
      closeDate: '2026-03-31',
    })
    expect(facts.some((fact) => fact.kind === 'opportunity-changed')).toBe(false)
  })

  it('have contact roles, also removed ones', async () => {
    const role = {
      Id: id('00K', 1),
      OpportunityId: OPPORTUNITY,
      ContactId: CONTACT,
      Role: 'Decision Maker',
      CreatedById: BEA,
    }
    const facts = await factsOf({
      Lead: [lead()],
      OpportunityContactRole: [
        {
          ...role,
          IsPrimary: 'true',
          IsDeleted: 'true',
          CreatedDate: iso('2026-02-01T10:00:20Z'),
          SystemModstamp: iso('2026-02-03T00:00:00Z'),
          LastModifiedById: JOHN,
        },
      ],
    })
    expect(facts.filter((fact) => fact.kind.startsWith('contact-role'))).toEqual([
      {
        kind: 'contact-role-added',
        id: `salesforce/OpportunityContactRole/${role.Id}/added`,
        occurredAt: at('2026-02-01T10:00:20Z'),
        recordedAt: at('2026-02-01T10:00:20Z'),
        contactRole: role.Id,
        contact: CONTACT,
        opportunity: OPPORTUNITY,
        by: BEA,
        role: 'Decision Maker',
        primary: true,
      },
      {
        kind: 'contact-role-removed',
        id: `salesforce/OpportunityContactRole/${role.Id}/removed`,
        occurredAt: at('2026-02-03T00:00:00Z'),
        recordedAt: at('2026-02-03T00:00:00Z'),
        contactRole: role.Id,
        contact: CONTACT,
        opportunity: OPPORTUNITY,
        by: JOHN,
      },
    ])
  })
})

describe('touches', () => {
  const campaign = id('701', 1)
  const member = (more: Row): Row => ({
    Id: id('00v', 1),
    CampaignId: campaign,
    LeadId: LEAD,
    ContactId: '',
    Status: 'Attended',
    HasResponded: 'true',
    FirstRespondedDate: '2026-01-12',
    CreatedDate: iso('2026-01-08T09:00:00Z'),
    CreatedById: BEA,
    LastModifiedDate: iso('2026-01-12T18:00:00Z'),
    ...more,
  })

  it('tell a response apart from being put on a campaign', async () => {
    const facts = await factsOf({ Lead: [lead()], CampaignMember: [member({ ContactId: CONTACT })] })
    const members = ofKind(facts, 'campaign-member-set').map(({ occurredAt, status, responded, inferred, person }) => ({
      occurredAt,
      status,
      responded,
      inferred,
      person,
    }))
    expect(members).toEqual([
      {
        occurredAt: at('2026-01-08T09:00:00Z'),
        status: undefined,
        responded: false,
        inferred: undefined,
        person: `lead:${LEAD}`,
      },
      {
        occurredAt: at('2026-01-12T00:00:00Z'),
        status: 'Attended',
        responded: true,
        inferred: 'day-only',
        person: `lead:${LEAD}`,
      },
    ])
  })

  it.each([
    ['responded the day they were added', { FirstRespondedDate: '2026-01-08' }, [['Attended', true, undefined]]],
    [
      'responded at an unknown time',
      { FirstRespondedDate: '' },
      [
        [undefined, false, undefined],
        ['Attended', true, 'last-modified'],
      ],
    ],
    [
      'never responded',
      { Status: 'Sent', HasResponded: 'false', FirstRespondedDate: '' },
      [['Sent', false, 'current-value']],
    ],
  ])('member who %s', async (_, more, expected) => {
    const facts = await factsOf({ Lead: [lead()], CampaignMember: [member(more)] })
    expect(ofKind(facts, 'campaign-member-set').map((fact) => [fact.status, fact.responded, fact.inferred])).toEqual(
      expected,
    )
  })

  it('tell a task logged as done from one that was completed later', async () => {
    const task = (number: number, more: Row): Row => ({
      Id: id('00T', number),
      WhoId: LEAD,
      OwnerId: BEA,
      Subject: 'Call',
      Type: 'Inbound Call',
      Status: 'Completed',
      IsDeleted: 'false',
      CreatedDate: iso('2026-01-06T09:00:00Z'),
      LastModifiedDate: iso('2026-01-06T09:00:00Z'),
      Topic__c: 'Pricing',
      ...more,
    })
    const batches = await batchesOf({
      Lead: [lead()],
      Task: [
        task(1, {}),
        task(2, { LastModifiedDate: iso('2026-01-07T09:00:00Z') }),
        task(3, { WhoId: '' }),
        task(4, { IsDeleted: 'true' }),
        task(5, { WhoId: CONTACT, Status: 'Open' }),
      ],
    })
    const tasks = ofKind(
      batches.flatMap((batch) => batch.facts),
      'task-recorded',
    )
    expect(
      tasks.map(({ task, status, inferred, person, fields }) => [
        task.slice(11, 15),
        status,
        inferred,
        person,
        fields?.Topic__c,
      ]),
    ).toEqual([
      ['0001', 'Completed', undefined, `lead:${LEAD}`, 'Pricing'],
      ['0002', undefined, undefined, `lead:${LEAD}`, 'Pricing'],
      ['0002', 'Completed', 'last-modified', `lead:${LEAD}`, 'Pricing'],
      ['0005', 'Open', undefined, `contact:${CONTACT}`, 'Pricing'],
    ])
    const leftOut = batches.flatMap((batch) => batch.notes).filter((note) => note.code === 'left-out')
    expect(leftOut.map(({ detail, count }) => [detail, count])).toEqual([
      ['deleted tasks', 1],
      ['tasks that are about no lead or contact', 1],
    ])
  })

  it('come from Interaction.csv, by record or by address', async () => {
    const interaction = (more: Row): Row => ({
      Id: 'a0I000000000001',
      LeadId: '',
      ContactId: '',
      Email: '',
      Channel: 'form',
      CreatedDate: iso('2026-02-05T09:00:00Z'),
      EngagementDate: '',
      CreatedById: '',
      FC_Medium: 'email',
      LC_Campaign: 'q1',
      EngagementType: 'Webinar - July',
      ...more,
    })
    const facts = await factsOf({
      Lead: [lead()],
      Interaction: [
        interaction({ LeadId: LEAD }),
        interaction({
          Id: 'a0I000000000002',
          Email: 'SARAH.NG@example.com',
          Channel: 'list-upload',
          EngagementDate: '2026-02-01',
        }),
      ],
    })
    const [first, second] = ofKind(facts, 'interaction-recorded')
    expect(first).toMatchObject({
      person: `lead:${LEAD}`,
      submission: { first: { medium: 'email' }, last: { campaign: 'q1' }, engagementType: 'Webinar - July' },
    })
    expect(second?.person).toBe(ofKind(facts, 'lead-created')[0]?.email)
    expect(second).toMatchObject({
      channel: 'list-upload',
      occurredAt: at('2026-02-01T00:00:00Z'),
      recordedAt: at('2026-02-05T09:00:00Z'),
      inferred: 'day-only',
    })
  })
})

describe('the directory', () => {
  it('has users with their roles, queues, accounts and campaigns', async () => {
    const stamps = { CreatedDate: iso('2025-01-01T00:00:00Z'), LastModifiedDate: iso('2025-06-01T00:00:00Z') }
    const facts = await factsOf({
      Lead: [lead()],
      UserRole: [{ Id: id('00E', 1), Name: 'BDR' }],
      User: [
        { Id: JOHN, FirstName: 'John', LastName: 'Smith', UserRoleId: id('00E', 1), IsActive: 'true', ...stamps },
        { Id: BEA, Name: 'Bea Ito', IsActive: 'false', ...stamps },
      ],
      Group: [
        { Id: QUEUE, Name: 'Inbound', Type: 'Queue', ...stamps },
        { Id: id('00G', 2), Name: '', Type: 'Role', ...stamps },
      ],
      Account: [{ Id: ACCOUNT, Name: 'Acme', OwnerId: JOHN, Industry: 'Retail', ...stamps }],
      Campaign: [{ Id: id('701', 1), Name: 'Dinner', Type: 'Event', Medium__c: 'event', ...stamps }],
    })
    const base = {
      occurredAt: at('2025-01-01T00:00:00Z'),
      recordedAt: at('2025-01-01T00:00:00Z'),
      inferred: 'current-value',
    }
    const stamp = at('2025-06-01T00:00:00Z')
    expect(facts.filter((fact) => fact.kind !== 'lead-created')).toEqual([
      {
        kind: 'user-recorded',
        id: `salesforce/User/${JOHN}/${stamp}`,
        ...base,
        user: JOHN,
        name: 'John Smith',
        role: 'BDR',
        active: true,
      },
      {
        kind: 'user-recorded',
        id: `salesforce/User/${BEA}/${stamp}`,
        ...base,
        user: BEA,
        name: 'Bea Ito',
        active: false,
      },
      {
        kind: 'user-recorded',
        id: `salesforce/Group/${QUEUE}/${stamp}`,
        ...base,
        user: QUEUE,
        name: 'Inbound',
        queue: true,
      },
      {
        kind: 'account-recorded',
        id: `salesforce/Account/${ACCOUNT}/${stamp}`,
        ...base,
        account: ACCOUNT,
        name: 'Acme',
        owner: JOHN,
        industry: 'Retail',
      },
      {
        kind: 'campaign-recorded',
        id: `salesforce/Campaign/${id('701', 1)}/${stamp}`,
        ...base,
        campaign: id('701', 1),
        name: 'Dinner',
        type: 'Event',
        fields: { Medium__c: 'event' },
      },
    ])
  })
})
