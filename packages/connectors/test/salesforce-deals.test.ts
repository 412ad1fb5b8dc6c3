import { describe, expect, it } from 'vitest'
import {
  ACCOUNT,
  at,
  BEA,
  batchesOf,
  CONTACT,
  change,
  factsOf,
  id,
  iso,
  JOHN,
  LEAD,
  lead,
  OPPORTUNITY,
  ofKind,
  opportunity,
  QUEUE,
  type Row,
} from '../testing/salesforce-rows.ts'

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
