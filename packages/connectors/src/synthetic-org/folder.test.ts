import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ORG_FILE_NAMES, ORG_FILES } from './files.ts'
import { OrgFolderError, type OrgProgress, writeOrg } from './folder.ts'
import { type OrgOptions, OrgOptionsError } from './organisation.ts'

const OPTIONS: OrgOptions = { people: 120, seed: 5, until: '2026-11-20' }

describe('writing a generated company', () => {
  let parent: string
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'org-folder-'))
  })
  afterEach(() => rm(parent, { recursive: true }))

  it('makes the folder, and a manifest that counts and hashes every file', async () => {
    const folder = join(parent, 'new', 'org')
    const progress: OrgProgress[] = []
    const manifest = await writeOrg(folder, OPTIONS, (done) => progress.push(done))
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest)
    expect(manifest.asOf).toBe('2026-11-20T23:59:59.999Z')
    expect(manifest.options).toEqual(OPTIONS)
    let rows = 0
    for (const file of ORG_FILE_NAMES) {
      const bytes = await readFile(join(folder, file))
      const lines = parse(bytes) as string[][]
      expect(lines[0]).toEqual(ORG_FILES[file])
      expect(manifest.files[file]).toEqual({
        rows: lines.length - 1,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })
      rows += lines.length - 1
    }
    expect(manifest.rows).toBe(rows)
    expect(progress.at(-1)).toEqual({ rows, people: 120, ofPeople: 120 })
    const explained = await readFile(join(folder, 'truth', 'README.md'), 'utf8')
    for (const file of ORG_FILE_NAMES.filter((name) => name.startsWith('truth/')))
      expect(explained).toContain(`## ${file.slice('truth/'.length)}`)
    for (const { explained_by } of parse(await readFile(join(folder, 'truth/differences.csv')), { columns: true }) as {
      explained_by: string
    }[])
      expect(explained).toContain(`| ${explained_by} |`)
  })

  it('replaces what it has generated before, whole or not, with the same bytes for the same options', async () => {
    const first = await writeOrg(parent, OPTIONS)
    await writeFile(join(parent, 'manifest.json'), '{"generator":"throughline-synthetic-org","unfinished":true}')
    expect((await writeOrg(parent, { ...OPTIONS, people: 50 })).rows).toBeLessThan(first.rows)
    expect(await writeOrg(parent, OPTIONS)).toEqual(first)
  })

  it.each([
    ['somebody’s own file', async (at: string) => writeFile(join(at, 'letter.txt'), 'dear')],
    ['a real export', async (at: string) => writeFile(join(at, 'Lead.csv'), 'Id\n')],
    ['another manifest', async (at: string) => writeFile(join(at, 'manifest.json'), '{"name":"app"}')],
    ['a broken manifest', async (at: string) => writeFile(join(at, 'manifest.json'), '{')],
  ])('touches nothing in a folder with %s', async (_, prepare) => {
    await prepare(parent)
    const before = await readdir(parent)
    const refused = writeOrg(parent, OPTIONS)
    await expect(refused).rejects.toThrow(OrgFolderError)
    await expect(refused).rejects.toThrow(/Name an empty or a new folder/)
    expect(await readdir(parent)).toEqual(before)
  })

  it('keeps a stranger among generated files safe', async () => {
    await writeOrg(parent, OPTIONS)
    await mkdir(join(parent, 'truth'), { recursive: true })
    await writeFile(join(parent, 'truth', 'notes.md'), 'mine')
    await expect(writeOrg(parent, OPTIONS)).rejects.toThrow('truth/notes.md')
    expect(await readFile(join(parent, 'truth', 'notes.md'), 'utf8')).toBe('mine')
  })

  it('makes no folder for options that make no sense', async () => {
    await expect(writeOrg(join(parent, 'none'), { ...OPTIONS, people: 1 })).rejects.toThrow(OrgOptionsError)
    expect(await readdir(parent)).toEqual([])
  })
})
