import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ZipEntry, zipArchive } from '../../test/zip-archive.ts'
import { fingerprint } from './fingerprint.ts'
import { openSource } from './open-source.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-source-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

const textOf = async (file: { read(): AsyncIterable<Uint8Array> }) => {
  const pieces: Uint8Array[] = []
  for await (const piece of file.read()) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

describe('a source', () => {
  it('is a folder with folders in it', async () => {
    write('export/part 2/Task.csv', 'Id\n')
    write('export/Lead.CSV', 'Id\n1\n')
    write('export/readme.txt', 'hello')
    write('export/.hidden.csv', 'Id\n')
    symlinkSync(join(folder, 'export/Lead.CSV'), join(folder, 'export/Link.csv'))
    const source = await openSource(join(folder, 'export'))
    expect(source.kind).toBe('folder')
    expect(source.files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['Lead.CSV', 5],
      ['part 2/Task.csv', 3],
    ])
    expect(source.ignored).toEqual(['readme.txt'])
  })

  it('is one file', async () => {
    const source = await openSource(write('fair.csv', 'No\n1\n'))
    expect(source.files.map((file) => file.name)).toEqual(['fair.csv'])
    expect(await textOf(source.files[0] as never)).toBe('No\n1\n')
  })

  it('is a zip, whatever its name, read as often as needed', async () => {
    const path = write(
      'export.dat',
      zipArchive([
        { name: 'org/Lead.csv', content: 'Id\n1\n' },
        { name: 'org/', content: '' },
        { name: '__MACOSX/org/._Lead.csv', content: 'x' },
        { name: 'notes.txt', content: 'x' },
      ]),
    )
    const source = await openSource(path)
    expect(source.kind).toBe('zip')
    expect(source.files.map((file) => file.name)).toEqual(['org/Lead.csv'])
    expect(source.ignored).toEqual(['notes.txt'])
    const file = source.files[0] as NonNullable<(typeof source.files)[0]>
    expect(await Promise.all([textOf(file), textOf(file)])).toEqual(['Id\n1\n', 'Id\n1\n'])
    await source.close()
  })

  it('has the same fingerprint as folder and as zip, and another one when anything changes', async () => {
    write('a/Lead.csv', 'Id\n1\n')
    write('b/Lead.csv', 'Id\n2\n')
    const zip = write('a.zip', zipArchive([{ name: 'Lead.csv', content: 'Id\n1\n' }]))
    const of = async (path: string) => fingerprint(await openSource(path))
    expect(await of(join(folder, 'a'))).toBe(await of(zip))
    expect(await of(join(folder, 'a'))).not.toBe(await of(join(folder, 'b')))
  })
})

describe('a source is refused', () => {
  it.each<[string, () => string, string, RegExp]>([
    ['that is not there', () => join(folder, 'nowhere'), 'not-found', /nowhere/],
    ['without CSV files', () => join(write('x/readme.txt', ''), '..'), 'no-csv-files', /only readme\.txt/],
    ['that is an empty folder', () => mkdtempSync(join(folder, 'x-')), 'no-csv-files', /no files/],
    ['that is an empty zip', () => write('x.zip', zipArchive([])), 'empty-zip', /empty/],
    ['that is a zip of no bytes', () => write('x.zip', ''), 'damaged-zip', /cannot be read/],
    [
      'that is a zip cut short',
      () => write('x.zip', zipArchive([{ name: 'Lead.csv', content: 'Id\n' }]).subarray(0, 40)),
      'damaged-zip',
      /cannot be read/,
    ],
    [
      'with a path outside itself',
      () => write('x.zip', zipArchive([{ name: '../Lead.csv', content: 'Id\n' }])),
      'zip-unsafe-name',
      /outside itself/,
    ],
    [
      'with an absolute path',
      () => write('x.zip', zipArchive([{ name: '/etc/Lead.csv', content: 'Id\n' }])),
      'zip-unsafe-name',
      /outside itself/,
    ],
    [
      'that is encrypted',
      () => write('x.zip', zipArchive([{ name: 'Lead.csv', content: 'Id\n', encrypted: true }])),
      'zip-encrypted',
      /password/,
    ],
    [
      'packed in an unknown way',
      () => write('x.zip', zipArchive([{ name: 'Lead.csv', content: 'Id\n', method: 99 }])),
      'zip-unsupported',
      /method 99/,
    ],
    [
      'with two files of one name',
      () =>
        write(
          'x.zip',
          zipArchive([
            { name: 'Lead.csv', content: 'a' },
            { name: 'Lead.csv', content: 'b' },
          ]),
        ),
      'damaged-zip',
      /two entries/,
    ],
    [
      'that is a workbook',
      () => write('x.csv', zipArchive([{ name: 'xl/workbook.xml', content: '<x/>' }])),
      'not-a-source',
      /CSV UTF-8/,
    ],
    [
      'that swells when unpacked',
      () => write('x.zip', zipArchive([{ name: 'Lead.csv', content: Buffer.alloc(3 << 20, 'a') }])),
      'zip-bomb',
      /swell/,
    ],
    [
      'whose entries overlap',
      () => write('x.zip', zipArchive(overlapping(), { overlapping: true })),
      'zip-bomb',
      /overlap/,
    ],
    [
      'with too many files',
      () => write('x.zip', zipArchive(Array.from({ length: 11 }, (_, i) => ({ name: `${i}.csv`, content: 'a' })))),
      'zip-too-many-files',
      /11 files/,
    ],
    [
      'that is too large unpacked',
      () => write('x.zip', zipArchive([{ name: 'Lead.csv', content: 'a', declaredSize: 2 ** 21 }])),
      'zip-too-large',
      /Unpack it yourself/,
    ],
  ])('%s', async (_, make, code, message) => {
    const limits = {
      files: 10,
      totalBytes: code === 'zip-too-large' ? 2 ** 20 : 2 ** 34,
      ratio: code === 'zip-too-large' ? 1e9 : 200,
    }
    await expect(openSource(make(), limits)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  it('that unpacks to more than it declares, while it is read', async () => {
    const content = Buffer.alloc(1 << 20, 'a')
    const source = await openSource(write('x.zip', zipArchive([{ name: 'Lead.csv', content, declaredSize: 5000 }])))
    await expect(textOf(source.files[0] as never)).rejects.toMatchObject({ code: 'zip-bomb', file: 'Lead.csv' })
    await source.close()
  })

  it('whose file vanished, while it is read', async () => {
    const path = write('x/Lead.csv', 'Id\n')
    const source = await openSource(join(path, '..'))
    rmSync(path)
    await expect(textOf(source.files[0] as never)).rejects.toMatchObject({ code: 'unreadable-file', file: 'Lead.csv' })
  })

  it('that unpacks to less than it declares, while it is read', async () => {
    const source = await openSource(
      write('x.zip', zipArchive([{ name: 'Lead.csv', content: 'Id\n', declaredSize: 5000 }])),
    )
    await expect(textOf(source.files[0] as never)).rejects.toMatchObject({ code: 'damaged-zip', file: 'Lead.csv' })
    await source.close()
  })
})

function overlapping(): ZipEntry[] {
  const content = Array.from({ length: 2000 }, (_, i) => `${i * 7919}`).join('\n')
  return Array.from({ length: 5 }, (_, i) => ({ name: `${i}.csv`, content }))
}
