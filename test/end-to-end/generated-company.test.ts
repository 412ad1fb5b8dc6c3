import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startThroughline, temporaryFolder, throughline, throughlineJson, type Verified } from './command-line.ts'

const folder = temporaryFolder()
const org = join(folder, 'org')
const PEOPLE = '400'

const data = (name: string): string[] => ['--data', join(folder, name)]
const importOrg = (name: string, path = org) => throughline('import', path, ...data(name))
const verify = (name: string) => throughlineJson<Verified>('verify', ...data(name))

/** A pseudo-random number generator whose sequence is the same in every run (Park and Miller). */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Rows of a CSV file: lines, except inside quotes. */
function rowsOf(text: string): string[] {
  const rows: string[] = []
  let start = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    else if (text[i] === '\n' && !quoted) {
      rows.push(text.slice(start, i + 1))
      start = i + 1
    }
  }
  if (start < text.length) rows.push(`${text.slice(start)}\n`)
  return rows
}

describe('a generated company', () => {
  let once: Verified

  it('[W2] imports, and everything derived again is the same', () => {
    const made = throughline(
      'generate',
      'org',
      '--people',
      PEOPLE,
      '--seed',
      '7',
      '--until',
      '2025-12-31',
      '--out',
      org,
    )
    expect(made.status, made.err).toBe(0)
    const imported = importOrg('once')
    expect(imported.status, imported.err).toBe(0)
    once = verify('once')
    expect(once.differences).toEqual([])
    expect(once.tables.find(({ table }) => table === 'people')?.rows).toBeGreaterThan(300)
  })

  it('[W2] imported twice gives the same mart as once', () => {
    expect(importOrg('once').status).toBe(0)
    const twice = verify('once')
    expect(twice.differences).toEqual([])
    expect(twice.digest).toBe(once.digest)
  })

  it('[W1] imported with the rows of every file in another order gives the same mart', () => {
    const shuffled = join(folder, 'shuffled')
    mkdirSync(shuffled)
    const random = sequence(11)
    for (const file of readdirSync(org).filter((name) => name.endsWith('.csv'))) {
      const [header = '', ...rows] = rowsOf(readFileSync(join(org, file), 'utf8'))
      for (let i = rows.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1))
        ;[rows[i], rows[j]] = [rows[j] as string, rows[i] as string]
      }
      writeFileSync(join(shuffled, file), [header, ...rows].join(''))
    }
    const imported = importOrg('shuffled', shuffled)
    expect(imported.status, imported.err).toBe(0)
    const other = verify('shuffled')
    expect(other.differences).toEqual([])
    expect(other.digest).toBe(once.digest)
  })

  it('[W2] rows and their histories first, what people did and their roles later, gives the same mart', () => {
    const half = join(folder, 'half')
    mkdirSync(half)
    const later = ['CampaignMember.csv', 'Task.csv', 'Interaction.csv', 'OpportunityContactRole.csv']
    for (const file of readdirSync(org).filter((name) => name.endsWith('.csv') && !later.includes(name)))
      cpSync(join(org, file), join(half, file))
    expect(importOrg('half', half).status).toBe(0)
    expect(importOrg('half').status).toBe(0)
    const whole = verify('half')
    expect(whole.differences).toEqual([])
    expect(whole.digest).toBe(once.digest)
  })

  it('[W2] killed in the middle, again and again, and imported at last, gives the same mart', async () => {
    const random = sequence(23)
    let killed = 0
    for (let round = 0; round < 8; round++) {
      const child = startThroughline('import', org, ...data('killed'))
      const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)))
      const timer = setTimeout(() => child.kill('SIGKILL'), 250 + random() * 1500)
      if ((await ended) === 'SIGKILL') killed++
      clearTimeout(timer)
    }
    expect(killed).toBeGreaterThan(2)
    const imported = importOrg('killed')
    expect(imported.status, imported.err).toBe(0)
    const after = verify('killed')
    expect(after.differences).toEqual([])
    expect(after.digest).toBe(once.digest)
  }, 240_000)
})
