import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fact } from '@throughline/core'
import { afterAll, describe, expect, it } from 'vitest'
import {
  fingerprint,
  type ImportBatch,
  inspectSalesforceExport,
  openSource,
  readSalesforceExport,
  type SalesforceExportOptions,
  type Source,
  SourceError,
} from '../src/index.ts'
import { memorySource } from './memory-source.ts'
import { zipArchive } from './zip-archive.ts'

const KEY = new Uint8Array(32).fill(7)
const folder = mkdtempSync(join(tmpdir(), 'throughline-messy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEADER = 'Id,CreatedDate,CreatedById,OwnerId,LastModifiedDate,Status,Email'
const T = '2026-01-05T09:00:00.000+0000'
const USER = '0055g0000000001AAA'
const leadId = (n: number) => `00Q5g000000${String(n).padStart(4, '0')}`
const lead = (n: number, more: Partial<Record<'Id' | 'CreatedDate' | 'OwnerId' | 'Status' | 'Email', string>> = {}) =>
  [
    more.Id ?? leadId(n),
    more.CreatedDate ?? T,
    USER,
    more.OwnerId ?? USER,
    T,
    more.Status ?? 'Open',
    more.Email ?? '',
  ].join(',')

async function read(source: Source, options: Partial<SalesforceExportOptions> = {}): Promise<ImportBatch[]> {
  const batches: ImportBatch[] = []
  for await (const batch of readSalesforceExport(source, { pseudonymKey: KEY, ...options })) batches.push(batch)
  return batches
}
const factsOf = (batches: readonly ImportBatch[]): Fact[] => batches.flatMap((batch) => [...batch.facts])

describe('a file that is wrong as a whole stops everything before the first batch', () => {
  const good = `${HEADER}\n${lead(1)}\n`
  it.each<[string, Record<string, string | Uint8Array>, object]>([
    [
      'no Lead.csv',
      { 'Contact.csv': 'Id\n' },
      { code: 'missing-file', problem: expect.stringContaining('Contact.csv') },
    ],
    [
      'a missing column',
      { 'Lead.csv': `${HEADER.replace('OwnerId,', '')}\n` },
      {
        code: 'missing-column',
        file: 'Lead.csv',
        row: 1,
        column: 'OwnerId',
        remedy: expect.stringContaining('OwnerId'),
      },
    ],
    [
      'a missing column of the last file',
      { 'Lead.csv': good, 'Task.csv': 'Id,WhoId,CreatedDate\n' },
      { code: 'missing-column', file: 'Task.csv', column: 'OwnerId' },
    ],
    [
      'a column twice',
      { 'Lead.csv': `${HEADER},status\n` },
      { code: 'duplicate-column', file: 'Lead.csv', row: 1, column: 'Status' },
    ],
    ['an empty file', { 'Lead.csv': good, 'Task.csv': '' }, { code: 'empty-file', file: 'Task.csv' }],
    [
      'a byte that is not UTF-8 on the last line of the last file',
      {
        'Lead.csv': good,
        'Task.csv': Buffer.concat([
          Buffer.from(`Id,WhoId,CreatedDate,OwnerId\n${'x,y,z,w\n'.repeat(50_000)}`),
          Buffer.from([0xe9]),
        ]),
      },
      { code: 'not-utf8', file: 'Task.csv', row: 50_002 },
    ],
    [
      'a row without end, deep inside',
      { 'Lead.csv': `${good}${lead(2, { Email: '"' })}\n${lead(3)}\n` },
      { code: 'unclosed-quote', file: 'Lead.csv', row: 3 },
    ],
    [
      'a row that is too long, deep inside',
      { 'Lead.csv': `${good}${lead(2, { Email: 'x'.repeat(2 << 20) })}\n` },
      { code: 'record-too-large', file: 'Lead.csv', row: 3 },
    ],
  ])('%s', async (_, files, expected) => {
    const given: ImportBatch[] = []
    const run = async () => {
      for await (const batch of readSalesforceExport(memorySource(files), { pseudonymKey: KEY })) given.push(batch)
    }
    const error = await run().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(SourceError)
    expect(error).toMatchObject(expected)
    expect(given).toEqual([])
  })
})

describe('a row that is wrong is rejected whole, and the others are read', () => {
  it('names file, row, column, value and remedy', async () => {
    const rows = [
      lead(1),
      lead(2, { Id: '00Q5g0000' }),
      lead(3, { Id: '' }),
      lead(4, { CreatedDate: '21/11/2026' }),
      lead(5, { CreatedDate: '2026-02-30T00:00:00Z' }),
      lead(6, { OwnerId: 'John Smith' }),
      `${lead(7)},surplus`,
      '00Q5g00000000008,short',
      lead(9, { Email: '"a"b' }),
      lead(10, { Email: 'x'.repeat(5000) }),
      lead(11, { Status: 'Nobody Knows This One' }),
      lead(12, { Email: 'no address' }),
    ]
    const [batch] = await read(memorySource({ 'Lead.csv': `${HEADER}\n${rows.join('\n')}\n` }))
    expect(batch?.rejects.map(({ row, column, value, code }) => [row, column, value, code])).toEqual([
      [3, 'Id', '00Q5g0000', 'invalid-id'],
      [4, 'Id', '', 'missing-value'],
      [5, 'CreatedDate', '21/11/2026', 'invalid-date'],
      [6, 'CreatedDate', '2026-02-30T00:00:00Z', 'invalid-date'],
      [7, 'OwnerId', 'John Smith', 'invalid-id'],
      [8, undefined, undefined, 'ragged-row'],
      [9, undefined, undefined, 'ragged-row'],
      [10, undefined, undefined, 'stray-quote'],
      [11, 'Email', `${'x'.repeat(79)}…`, 'too-long'],
    ])
    for (const reject of batch?.rejects ?? []) {
      expect(reject.file).toBe('Lead.csv')
      expect(reject.columns).toEqual(HEADER.split(','))
      expect(reject.reason).toMatch(/\.$/)
      expect(reject.remedy).toMatch(/\.$/)
    }
    expect(batch?.facts.map((fact) => (fact.kind === 'lead-created' ? fact.status : fact.kind))).toEqual([
      'Open',
      'Nobody Knows This One',
      'Open',
    ])
  })

  it('counts repeats to the letter and rejects all rows of an id that differ, in whatever order and file', async () => {
    const same = lead(1)
    const files = (parts: readonly string[][]) =>
      Object.fromEntries(parts.map((rows, i) => [`part-${i}/Lead.csv`, `${HEADER}\n${rows.join('\n')}\n`]))
    const rows = [same, lead(2), lead(3, { Status: 'Working' }), same, lead(3), lead(3)]
    const seen = []
    for (const parts of [[rows], [rows.toReversed()], [rows.slice(0, 3), rows.slice(3)]]) {
      const batches = await read(memorySource(files(parts)))
      seen.push(new Set(factsOf(batches).map((fact) => fact.id)))
      const rejects = batches.flatMap((batch) => batch.rejects)
      expect(rejects.map(({ code, column, reason }) => [code, column, reason])).toEqual(
        Array.from({ length: 3 }, () => ['duplicate-id', 'Id', expect.stringContaining('3 rows')]),
      )
      expect(batches.flatMap((batch) => batch.notes)).toContainEqual(
        expect.objectContaining({ code: 'repeated-rows', count: 1 }),
      )
    }
    expect(seen[0]?.size).toBe(2)
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
  })

  it('takes nothing from history rows that contradict each other', async () => {
    const header = 'Id,LeadId,CreatedById,CreatedDate,Field,OldValue,NewValue'
    const row = (id: string, from: string, to: string) =>
      [id, leadId(1), USER, '2026-01-06T09:00:00Z', 'Status', from, to].join(',')
    const history = [
      header,
      row('017000000000001', 'New', 'Open'),
      row('017000000000002', 'x', 'y'),
      row('017000000000002', 'y', 'z'),
    ]
    const batches = await read(
      memorySource({ 'Lead.csv': `${HEADER}\n${lead(1)}\n`, 'LeadHistory.csv': `${history.join('\n')}\n` }),
    )
    expect(factsOf(batches).map((fact) => [fact.kind, fact.kind === 'lead-created' && fact.status])).toEqual([
      ['lead-created', 'New'],
      ['status-changed', false],
    ])
    expect(batches.flatMap((batch) => batch.rejects).map(({ row: number, code }) => [number, code])).toEqual([
      [3, 'duplicate-id'],
      [4, 'duplicate-id'],
    ])
  })

  it('a lead merged into itself, a member who is nobody, an amount that is no number', async () => {
    const contact = 'Id,CreatedDate,CreatedById,OwnerId,LastModifiedDate,IsDeleted,MasterRecordId'
    const batches = await read(
      memorySource({
        'Lead.csv': `${HEADER}\n`,
        'Contact.csv': `${contact}\n0035g0000000001,${T},${USER},${USER},${T},true,0035g0000000001\n`,
        'CampaignMember.csv': `Id,CampaignId,LeadId,ContactId,CreatedDate\n00v5g0000000001,7015g0000000001,,,${T}\n`,
        'Opportunity.csv': `Id,CreatedDate,CreatedById,OwnerId,LastModifiedDate,StageName,CloseDate,IsClosed,IsWon,Amount\n0065g0000000001,${T},${USER},${USER},${T},New,2026-03-01,false,false,"1,5 Mio"\n0065g0000000002,${T},${USER},${USER},${T},New,2026-03-01,perhaps,false,1\n`,
        'Interaction.csv': `Id,Email,Channel,CreatedDate\na0I000000000001,nobody,form,${T}\na0I000000000002,a@b.org,fax,${T}\n7,a@b.org,form,${T}\n`,
      }),
    )
    expect(batches.flatMap((batch) => batch.rejects).map(({ file, column, code }) => [file, column, code])).toEqual([
      ['Contact.csv', 'MasterRecordId', 'merged-into-itself'],
      ['Opportunity.csv', 'Amount', 'invalid-number'],
      ['Opportunity.csv', 'IsClosed', 'invalid-boolean'],
      ['CampaignMember.csv', 'LeadId', 'nobody-named'],
      ['Interaction.csv', 'Email', 'nobody-named'],
      ['Interaction.csv', 'Channel', 'unmapped-value'],
      ['Interaction.csv', 'Id', 'invalid-id'],
    ])
    expect(factsOf(batches)).toEqual([])
  })
})

describe('reading in batches', () => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    i % 9 === 4 ? lead(i, { Id: 'bad' }) : lead(i, { Email: `p${i}@x.org` }),
  )
  const task = (n: number) => `00T5g0000000${String(n).padStart(3, '0')},${leadId(n)},${USER},${T}`
  const files = {
    'a/Lead.csv': `${HEADER}\n${rows.slice(0, 25).join('\n')}\n`,
    'b/Lead.csv': `${HEADER}\n${rows.slice(25).join('\n')}\n${rows[0]}\n`,
    'Task.csv': `Id,WhoId,OwnerId,CreatedDate\n${Array.from({ length: 20 }, (_, i) => task(i)).join('\n')}\n`,
  }

  it('goes on after any batch, loses and doubles nothing', async () => {
    const whole = await read(memorySource(files), { batchSize: 7 })
    expect(whole.length).toBeGreaterThan(9)
    const flat = (batches: readonly ImportBatch[]) => ({
      facts: factsOf(batches),
      rejects: batches.flatMap((batch) => batch.rejects),
      profiles: batches.flatMap((batch) => batch.profiles),
    })
    for (let done = 1; done <= whole.length; done++) {
      const resumeFrom = JSON.parse(JSON.stringify(whole[done - 1]?.position))
      const rest = await read(memorySource(files, 100), { batchSize: 7, resumeFrom })
      expect(flat([...whole.slice(0, done), ...rest])).toEqual(flat(whole))
    }
    const changed = { ...files, 'Task.csv': `${files['Task.csv']}${task(99)}\n` }
    const anew = await read(memorySource(changed), { resumeFrom: whole.at(-1)?.position })
    expect(factsOf(anew)).toHaveLength(factsOf(whole).length + 1)
  })

  it('does not depend on the pieces a file arrives in', async () => {
    const one = await read(memorySource(files, 13), { batchSize: 7 })
    const other = await read(memorySource(files), { batchSize: 7 })
    const { progress: _, ...last } = one.at(-1) as ImportBatch
    expect(other.at(-1)).toMatchObject(last)
    expect(one.map((batch) => batch.facts)).toEqual(other.map((batch) => batch.facts))
  })

  it('tells how far it has come, and stops when told to', async () => {
    const seen: string[] = []
    const source = memorySource(files)
    const total = source.files.reduce((sum, file) => sum + file.bytes, 0)
    let last = { bytesDone: 0, bytesTotal: 0, rowsDone: 0 }
    await read(source, {
      onProgress: (at) => {
        seen.push(at.phase)
        last = at
      },
    })
    expect(new Set(seen)).toEqual(new Set(['check', 'translate']))
    expect(last).toMatchObject({ bytesDone: total, bytesTotal: total, rowsDone: 81 })

    const stop = new AbortController()
    const run = async () => {
      for await (const _ of readSalesforceExport(memorySource(files, 50), {
        pseudonymKey: KEY,
        batchSize: 7,
        signal: stop.signal,
      }))
        stop.abort()
    }
    await expect(run()).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is the same from a folder and from a zip', async () => {
    const path = join(folder, 'export.zip')
    writeFileSync(path, zipArchive(Object.entries(files).map(([name, content]) => ({ name, content }))))
    const zip = await openSource(path)
    expect(factsOf(await read(zip))).toEqual(factsOf(await read(memorySource(files))))
    expect(await fingerprint(zip)).toBe(await fingerprint(memorySource(files)))
    await zip.close()
  })

  it('says what is not there and what is not used', async () => {
    const extra = { 'Lead.csv': `${HEADER},Colour__c\n`, 'Widget.csv': 'x\n' }
    const { notes } = await inspectSalesforceExport(memorySource(extra), { pseudonymKey: KEY })
    expect(notes).toContainEqual({ code: 'ignored-file', file: 'Widget.csv', detail: 'no object of this name is read' })
    expect(notes).toContainEqual({ code: 'ignored-columns', file: 'Lead.csv', detail: 'Colour__c', count: 1 })
    expect(notes.filter((note) => note.code === 'absent-file').map((note) => note.file)).toContain(
      'OpportunityFieldHistory.csv',
    )
  })
})
