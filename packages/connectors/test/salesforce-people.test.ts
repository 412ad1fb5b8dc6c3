import { describe, expect, it } from 'vitest'
import {
  ACCOUNT,
  at,
  BEA,
  batchesOf,
  CONTACT,
  change,
  contact,
  factsOf,
  id,
  iso,
  JOHN,
  LEAD,
  lead,
  OPPORTUNITY,
  ofKind,
  QUEUE,
  type Row,
} from '../testing/salesforce-rows.ts'

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
