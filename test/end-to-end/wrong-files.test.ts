import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Ran, temporaryFolder, throughline } from './command-line.ts'

const folder = temporaryFolder()
let made = 0

const LEADS = 'Id,Status,OwnerId,CreatedById,CreatedDate,LastModifiedDate,SystemModstamp,LastName,Company\n'
const lead = (id: string, over: Partial<Record<'status' | 'created', string>> = {}): string =>
  `${id},${over.status ?? 'Open'},005000000000001,005000000000001,${over.created ?? '2025-01-06T09:00:00.000+0000'},2025-01-06T09:00:00.000+0000,2025-01-06T09:00:00.000+0000,Ito,Acme\n`
const GOOD = lead('00Q000000000001')

/** Imports files written on the spot, into a data folder of their own. */
function importFiles(files: Readonly<Record<string, string | Buffer>>): Ran & { data: string; facts: number } {
  const export_ = join(folder, `export-${made}`)
  mkdirSync(export_)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(export_, name), content)
  return importPath(export_)
}

function importPath(path: string): Ran & { data: string; facts: number } {
  const data = join(folder, `data-${made++}`)
  const ran = throughline('import', path, '--data', data)
  return { ...ran, data, facts: factsIn(data) }
}

/** How many facts about leads a data folder holds. */
function factsIn(data: string): number {
  if (!existsSync(join(data, 'throughline.sqlite'))) return 0
  const verified = throughline('verify', '--data', data, '--json')
  const { tables } = JSON.parse(verified.out) as { tables: { table: string; rows: number }[] }
  return tables.find(({ table }) => table === 'people')?.rows ?? 0
}

const rejectsOf = (err: string): string => {
  const file = /Rejected rows, with reasons and remedies: (.+)/.exec(err)?.[1]
  return file ? readFileSync(file.trim(), 'utf8') : ''
}

/** A zip of one stored or deflated file, written by hand so that its header can lie. */
function zip(name: string, content: Buffer, declaredSize = content.length): Buffer {
  const data = deflateRawSync(content)
  const crc = Buffer.alloc(4)
  crc.writeUInt32LE(crc32(content))
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  crc.copy(local, 14)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt32LE(declaredSize, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  crc.copy(central, 16)
  central.writeUInt32LE(data.length, 20)
  central.writeUInt32LE(declaredSize, 24)
  central.writeUInt16LE(name.length, 28)
  const offset = local.length + name.length + data.length
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + name.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end])
}

function crc32(buffer: Buffer): number {
  let crc = 0xffffffff
  for (const byte of buffer) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

describe('a file that is wrong as a whole is refused, and nothing of the import is stored', () => {
  it('a missing column', () => {
    const ran = importFiles({ 'Lead.csv': 'Id,Status\n00Q000000000001,Open\n' })
    expect(ran.status).toBe(1)
    expect(ran.err).toMatch(/Lead\.csv/)
    expect(ran.err).toMatch(/CreatedDate|OwnerId/)
    expect(ran.facts).toBe(0)
  })

  it('not UTF-8, deep inside', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => lead(`00Q0000000${String(i).padStart(5, '0')}`)).join('')
    const bad = Buffer.concat([Buffer.from(LEADS + rows), Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x0a])])
    const ran = importFiles({ 'Lead.csv': bad })
    expect(ran.status).toBe(1)
    expect(ran.err).toMatch(/Lead\.csv/)
    expect(ran.err).toMatch(/UTF-8/)
    expect(ran.facts).toBe(0)
  })

  it('a line of 200 MB, in bounded memory', async () => {
    const export_ = join(folder, 'long-line')
    mkdirSync(export_)
    const file = createWriteStream(join(export_, 'Lead.csv'))
    file.write(LEADS + GOOD)
    const piece = Buffer.alloc(1 << 20, 0x61)
    for (let i = 0; i < 200; i++) if (!file.write(piece)) await once(file, 'drain')
    file.end('\n')
    await once(file, 'close')
    const ran = importPath(export_)
    expect(ran.status).toBe(1)
    expect(ran.err).toMatch(/Lead\.csv, row 3/)
    expect(ran.facts).toBe(0)
  })

  it('an empty zip', () => {
    const path = join(folder, 'empty.zip')
    writeFileSync(path, Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]))
    const ran = importPath(path)
    expect(ran.status).toBe(1)
    expect(ran.err).toMatch(/empty/)
    expect(ran.facts).toBe(0)
  })

  it('a zip bomb, honest or lying about its size', () => {
    const zeros = Buffer.alloc(64 << 20)
    for (const [name, bytes] of [
      ['honest.zip', zip('Lead.csv', zeros)],
      ['lying.zip', zip('Lead.csv', zeros, 1000)],
    ] as const) {
      const path = join(folder, name)
      writeFileSync(path, bytes)
      const ran = importPath(path)
      expect(ran.status, name).toBe(1)
      expect(ran.err, name).toMatch(/Error \((zip-bomb|zip-too-large|damaged-zip)\)/)
      expect(ran.facts, name).toBe(0)
    }
  })

  it('no such path is misuse', () => {
    const ran = throughline('import', join(folder, 'nowhere'), '--data', join(folder, 'none'))
    expect(ran.status).toBe(2)
    expect(ran.err).toMatch(/nowhere/)
  })
})

describe('a row that is wrong is left out whole, named with its remedy, and the others land', () => {
  it('a bad date', () => {
    const ran = importFiles({ 'Lead.csv': LEADS + GOOD + lead('00Q000000000002', { created: '31/31/2025' }) })
    expect(ran.status).toBe(1)
    expect(rejectsOf(ran.err)).toMatch(/"Lead\.csv","3","3","CreatedDate","31\/31\/2025","invalid-date"/)
    expect(ran.facts).toBe(1)
  })

  it('a ragged row', () => {
    const ran = importFiles({ 'Lead.csv': `${LEADS}${GOOD}00Q000000000002,Open\n` })
    expect(ran.status).toBe(1)
    expect(rejectsOf(ran.err)).toMatch(/"Lead\.csv","3","3","","","ragged-row"/)
    expect(ran.facts).toBe(1)
  })

  it('one id on two different rows', () => {
    const ran = importFiles({
      'Lead.csv': LEADS + GOOD + lead('00Q000000000001', { status: 'Working' }) + lead('00Q000000000003'),
    })
    expect(ran.status).toBe(1)
    expect(rejectsOf(ran.err)).toMatch(/duplicate-id/)
    expect(ran.facts).toBe(1)
  })

  it('an unknown status is no fault of the row: it lands, and is reported as a finding', () => {
    const ran = importFiles({ 'Lead.csv': LEADS + lead('00Q000000000001', { status: 'Snoozed' }) })
    expect(ran.status, ran.err).toBe(0)
    expect(ran.facts).toBe(1)
    const health = throughline('report', 'health', '--data', ran.data, '--format', 'csv')
    expect(health.out).toMatch(/unknown-status/)
  })
})

describe('a sound zip', () => {
  it('imports like the folder it holds', () => {
    const path = join(folder, 'export.zip')
    writeFileSync(path, zip('Lead.csv', Buffer.from(LEADS + GOOD)))
    const ran = importPath(path)
    expect(ran.status, ran.err).toBe(0)
    expect(ran.facts).toBe(1)
  })
})
