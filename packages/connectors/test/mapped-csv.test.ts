import type { Fact } from '@throughline/core'
import { factSchema } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { type ImportBatch, type MappedCsvOptions, readMappedCsv, readMapping, SourceError } from '../src/index.ts'
import { memorySource } from './memory-source.ts'

const KEY = new Uint8Array(32).fill(7)

const minimal = {
  version: 1,
  source: 'fair',
  leads: { file: 'fair.csv', id: 'No', created: 'When', createdBy: { constant: 'upload' }, owner: 'Rep' },
}

async function read(
  files: Record<string, string>,
  document: unknown,
  options: Partial<MappedCsvOptions> = {},
): Promise<{ facts: Fact[]; batches: ImportBatch[] }> {
  const batches: ImportBatch[] = []
  for await (const batch of readMappedCsv(memorySource(files), readMapping(document), {
    pseudonymKey: KEY,
    ...options,
  }))
    batches.push(batch)
  const facts = batches.flatMap((batch) => batch.facts)
  for (const fact of facts) factSchema.parse(fact)
  return { facts, batches }
}

describe('a mapped lead file', () => {
  it('becomes leads with tags, a status of its own time, and details kept apart', async () => {
    const { facts, batches } = await read(
      { 'fair.csv': 'No;When;Rep;Art;Mail;Stand;Since\n7;21.11.2026 09:30;bea;PPC;Ann@X.org;Working;22.11.2026\n' },
      `
version: 1
source: fair
timeZone: Europe/Berlin
users: [{ id: bea, name: Bea Ito, role: BDR }]
leads:
  file: fair.csv
  id: No
  created: { column: When, format: 'dd.MM.yyyy HH:mm' }
  createdBy: { constant: upload }
  owner: Rep
  first: { medium: { column: Art, values: { ppc: Paid Search, none: null } } }
  engagementType: { constant: Fair }
  status: Stand
  statusSince: { column: Since, format: dd.MM.yyyy }
  email: Mail
`,
    )
    expect(facts).toEqual([
      {
        kind: 'user-recorded',
        id: 'fair/user/bea',
        occurredAt: Date.parse('2026-11-21T08:30:00Z'),
        recordedAt: Date.parse('2026-11-21T08:30:00Z'),
        user: 'bea',
        name: 'Bea Ito',
        role: 'BDR',
      },
      {
        kind: 'lead-created',
        id: 'fair/lead/7/created',
        occurredAt: Date.parse('2026-11-21T08:30:00Z'),
        recordedAt: Date.parse('2026-11-21T08:30:00Z'),
        lead: '7',
        by: 'upload',
        owner: 'bea',
        submission: { first: { medium: 'Paid Search' }, engagementType: 'Fair' },
        email: expect.stringMatching(/^email:/),
      },
      {
        kind: 'status-changed',
        id: `fair/lead/7/status/${Date.parse('2026-11-21T23:00:00Z')}`,
        occurredAt: Date.parse('2026-11-21T23:00:00Z'),
        recordedAt: Date.parse('2026-11-21T23:00:00Z'),
        inferred: 'day-only',
        record: 'lead:7',
        to: 'Working',
      },
    ])
    expect(batches[0]?.profiles).toEqual([{ key: 'lead:7', email: 'Ann@X.org' }])
  })

  it('marks a status whose time nobody knows', async () => {
    const { facts } = await read(
      { 'fair.csv': 'No,When,Rep,Stand\n7,2026-11-21T09:30:00Z,bea,Working\n' },
      { ...minimal, leads: { ...minimal.leads, status: 'Stand' } },
    )
    expect(facts.map((fact) => [fact.kind, fact.inferred])).toEqual([
      ['lead-created', undefined],
      ['status-changed', 'current-value'],
    ])
  })

  it('does not depend on the order of its rows', async () => {
    const rows = ['1,2026-11-21,bea', '2,2026-11-20,ann', '3,2026-11-22,bea', '2,2026-11-20,ann']
    const text = (lines: readonly string[]) => `No,When,Rep\n${lines.join('\n')}\n`
    const document = { ...minimal, users: [{ in: 'leads', column: 'Rep', role: 'BDR' }] }
    const sorted = (facts: readonly Fact[]) => facts.map((fact) => JSON.stringify(fact)).sort()
    const one = await read({ 'fair.csv': text(rows) }, document)
    const other = await read({ 'fair.csv': text(rows.toReversed()) }, document)
    expect(one.facts).toHaveLength(5)
    expect(sorted(other.facts)).toEqual(sorted(one.facts))
    expect(one.batches[0]?.notes).toContainEqual(expect.objectContaining({ code: 'repeated-rows', count: 1 }))
  })

  it('rejects rows whole, naming place and remedy', async () => {
    const { facts, batches } = await read(
      {
        'fair.csv': [
          'No,When,Rep,Art',
          '1,2026-11-21,bea,ppc',
          '2,21.11.2026,bea,ppc',
          ',2026-11-21,bea,ppc',
          '4,2026-11-21,,ppc',
          '5,2026-11-21,bea,skywriting',
          '6,2026-11-21,bea',
          '7,2026-11-21,bea,ppc',
          '7,2026-11-21,ann,ppc',
          '',
        ].join('\n'),
      },
      {
        ...minimal,
        leads: {
          ...minimal.leads,
          first: { medium: { column: 'Art', values: { ppc: 'Paid Search' }, others: 'reject' } },
        },
      },
    )
    expect(facts.map((fact) => fact.id)).toEqual(['fair/lead/1/created'])
    const rejects = batches.flatMap((batch) => batch.rejects)
    expect(rejects.map(({ file, row, column, code, value }) => [file, row, column, code, value])).toEqual([
      ['fair.csv', 3, 'When', 'invalid-date', '21.11.2026'],
      ['fair.csv', 4, 'No', 'missing-value', ''],
      ['fair.csv', 5, 'Rep', 'missing-value', ''],
      ['fair.csv', 6, 'Art', 'unmapped-value', 'skywriting'],
      ['fair.csv', 7, undefined, 'ragged-row', undefined],
      ['fair.csv', 8, 'No', 'duplicate-id', '7'],
      ['fair.csv', 9, 'No', 'duplicate-id', '7'],
    ])
    for (const reject of rejects) expect(reject.remedy).toMatch(/\w{3}.*\.$/)
  })

  it('goes on after any of its batches and loses nothing', async () => {
    const rows = Array.from({ length: 25 }, (_, i) => `${i},2026-11-${String(1 + (i % 28)).padStart(2, '0')},bea`)
    const files = { 'fair.csv': `No,When,Rep\n${rows.join('\n')}\n` }
    const { batches, facts } = await read(files, minimal, { batchSize: 4 })
    expect(batches.length).toBeGreaterThan(5)
    for (let done = 1; done <= batches.length; done++) {
      const rest = await read(files, minimal, {
        batchSize: 4,
        resumeFrom: structuredClone(batches[done - 1]?.position),
      })
      const before = batches.slice(0, done).flatMap((batch) => batch.facts)
      expect([...before, ...rest.facts]).toEqual(facts)
    }
    const elsewhere = await read({ 'fair.csv': 'No,When,Rep\n1,2026-01-01,x\n' }, minimal, {
      resumeFrom: batches[3]?.position,
    })
    expect(elsewhere.facts).toHaveLength(1)
  })
})

describe('deals joined to leads', () => {
  const document = {
    ...minimal,
    currency: 'EUR',
    deals: {
      file: 'deals.csv',
      lead: 'Lead',
      opportunity: 'Deal',
      contact: 'Customer',
      created: 'Opened',
      closed: 'Closed',
      won: { column: 'Result', values: { won: true, lost: false } },
      owner: 'Seller',
      leadOwner: 'Caller',
      amount: 'Value',
    },
  }
  const leads = 'No,When,Rep\n1,2026-01-05T09:00:00Z,web\n'
  const header = 'Lead,Deal,Customer,Opened,Closed,Result,Seller,Caller,Value'

  it('convert the lead, and open and close an opportunity with a role on it', async () => {
    const { facts } = await read(
      {
        'fair.csv': leads,
        'deals.csv': `${header}\n1,d1,c1,2026-02-01T10:00:00Z,2026-03-01T12:00:00Z,Lost,sam,cai,99.5\n`,
      },
      document,
    )
    expect(facts.slice(1).map((fact) => [fact.kind, fact.occurredAt, fact.inferred])).toEqual([
      ['lead-converted', Date.parse('2026-02-01T10:00:00Z'), undefined],
      ['contact-created', Date.parse('2026-02-01T10:00:00Z'), undefined],
      ['owner-changed', Date.parse('2026-02-01T10:00:00Z'), 'last-modified'],
      ['opportunity-created', Date.parse('2026-02-01T10:00:00Z'), undefined],
      ['contact-role-added', Date.parse('2026-02-01T10:00:00Z'), undefined],
      ['opportunity-closed', Date.parse('2026-03-01T12:00:00Z'), undefined],
    ])
    expect(facts.at(-1)).toMatchObject({ won: false, amount: 9950, currency: 'EUR', closeDate: '2026-03-01' })
  })

  it('never begin before their lead where their beginning is inferred', async () => {
    const { facts } = await read(
      { 'fair.csv': leads, 'deals.csv': `${header}\n1,d1,c1,,2026-01-01T12:00:00Z,won,sam,,\n` },
      document,
    )
    const at = (kind: Fact['kind']) => facts.find((fact) => fact.kind === kind)
    expect(at('lead-converted')?.occurredAt).toBe(Date.parse('2026-01-05T09:00:00Z'))
    expect(at('lead-converted')?.inferred).toBe('last-modified')
    expect(at('opportunity-closed')?.occurredAt).toBe(Date.parse('2026-01-01T12:00:00Z'))
    expect(at('opportunity-closed')).not.toHaveProperty('amount')
  })

  it('of a lead that is rejected are rejected too', async () => {
    const { facts, batches } = await read(
      {
        'fair.csv': 'No,When,Rep,Art\n1,2026-01-05T09:00:00Z,web,skywriting\n',
        'deals.csv': `${header}\n1,d1,c1,,2026-03-01,won,sam,,\n`,
      },
      { ...document, leads: { ...document.leads, first: { medium: { column: 'Art', values: {}, others: 'reject' } } } },
    )
    expect(facts).toEqual([])
    expect(batches.flatMap((batch) => batch.rejects).map((reject) => reject.code)).toEqual([
      'unmapped-value',
      'unknown-lead',
    ])
  })

  it.each([
    ['a lead that is not there', '9,d1,c1,,2026-03-01,won,sam,,', 'Lead', 'unknown-lead'],
    ['no time at all', '1,d1,c1,,,won,sam,,', 'Closed', 'missing-value'],
    ['a close without a result', '1,d1,c1,,2026-03-01,,sam,,', 'Result', 'missing-value'],
    ['an unknown result', '1,d1,c1,,2026-03-01,draw,sam,,', 'Result', 'unmapped-value'],
    ['an amount that is no number', '1,d1,c1,,2026-03-01,won,sam,,€ 5', 'Value', 'invalid-number'],
    ['nobody who owns it', '1,d1,c1,,2026-03-01,won,,,', 'Seller', 'missing-value'],
  ])('are rejected for %s', async (_, row, column, code) => {
    const { batches } = await read({ 'fair.csv': leads, 'deals.csv': `${header}\n${row}\n` }, document)
    expect(batches.flatMap((batch) => batch.rejects)).toMatchObject([{ file: 'deals.csv', row: 2, column, code }])
  })
})

describe('a wrong mapping', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['no version', { ...minimal, version: undefined }, 'version', /./],
    [
      'an entry nobody knows',
      { ...minimal, leads: { ...minimal.leads, colour: 'x' } },
      'leads.colour',
      /not known.*Correct the spelling/s,
    ],
    ['no owner', { ...minimal, leads: { ...minimal.leads, owner: undefined } }, 'leads.owner', /is missing/],
    [
      'a format that is none',
      { ...minimal, leads: { ...minimal.leads, created: { column: 'When', format: 'DD/MM' } } },
      'leads.created.format',
      /yyyy-MM-dd/,
    ],
    ['a zone that is none', { ...minimal, timeZone: 'Mars/Olympus' }, 'timeZone', /Europe\/Berlin/],
    ['a number for a file', { ...minimal, leads: { ...minimal.leads, file: 7 } }, 'leads.file', /must be a string/],
    ['nothing', undefined, 'document', /./],
    ['no YAML', 'leads: [', 'undefined', /not YAML/],
  ])('with %s is refused, naming the place', (_, document, column, message) => {
    const error = failure(() => readMapping(document, 'map.yaml'))
    expect(error.code).toBe('invalid-mapping')
    expect(error.file).toBe('map.yaml')
    expect(String(error.column)).toBe(column)
    expect(error.message).toMatch(message)
    expect(error.remedy).not.toBe('')
  })

  it('that names a file or column that is not there writes nothing', async () => {
    await expect(read({ 'other.csv': 'No\n1\n' }, minimal)).rejects.toMatchObject({ code: 'missing-file' })
    await expect(read({ 'fair.csv': 'No,When\n1,2026-01-01\n' }, minimal)).rejects.toMatchObject({
      code: 'missing-column',
      file: 'fair.csv',
      column: 'Rep',
    })
  })
})

function failure(run: () => unknown): SourceError {
  try {
    run()
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
