import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { breaches, breachText } from '../scripts/fences.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MODULES = join(ROOT, 'node_modules')

/** A copy of the house, with the core's sources, to plant wrong code in. */
let copy = ''
/** Relative to the copy. */
let planted: string[] = []

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'throughline-fences-'))
  for (const file of ['biome.json', 'package.json', '.gitignore', 'tsconfig.base.json', 'tsconfig.json'])
    cpSync(join(ROOT, file), join(copy, file))
  for (const name of readdirSync(join(ROOT, 'packages'))) {
    mkdirSync(join(copy, 'packages', name, 'src'), { recursive: true })
    cpSync(join(ROOT, 'packages', name, 'package.json'), join(copy, 'packages', name, 'package.json'))
  }
  for (const part of ['src', 'tsconfig.json'])
    cpSync(join(ROOT, 'packages/core', part), join(copy, 'packages/core', part), { recursive: true })
  symlinkSync(MODULES, join(copy, 'node_modules'))
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

afterEach(() => {
  for (const file of planted) rmSync(join(copy, file))
  planted = []
})

/** Puts a file of wrong code into the copy. */
function plant(file: string, ...lines: string[]): void {
  writeFileSync(join(copy, file), `${lines.join('\n')}\n`)
  planted.push(file)
}

/** What one of the project's tools prints about the copy; the exit status says whether it objects. */
function look(program: string, ...args: string[]): { objects: boolean; says: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(MODULES, program), ...args], {
    cwd: copy,
    encoding: 'utf8',
  })
  return { objects: status !== 0, says: stdout + stderr }
}

const typesOfCore = () => look('typescript-native/bin/tsc', '--pretty', 'false', '-p', 'packages/core')
const lint = (file: string) => look('@biomejs/biome/bin/biome', 'lint', '--colors=off', file)
/** Breaches in what was planted, so that a real one elsewhere fails the one test that names it (in tidy.test.ts). */
const fences = (files = planted) =>
  breaches(copy)
    .filter(({ file }) => files.includes(file))
    .map(breachText)

describe('the fences', () => {
  test('stop an import against the arrows, of a value and of a type', () => {
    const file = 'packages/engine/src/planted.ts'
    plant(
      file,
      "import { openStore } from '@throughline/store'",
      "export type { Mart } from '@throughline/mart'",
      "export type Server = import('@throughline/server').Server",
      'export const later = () => import("@throughline/cli")',
      'export { openStore }',
    )
    expect(fences().map((text) => text.split('. ')[0])).toEqual([
      `${file}:1: engine must not import @throughline/store (allowed: core)`,
      `${file}:2: engine must not import @throughline/mart (allowed: core)`,
      `${file}:3: engine must not import @throughline/server (allowed: core)`,
      `${file}:4: engine must not import @throughline/cli (allowed: core)`,
    ])
    const { objects, says } = lint(file)
    expect(objects).toBe(true)
    expect(says).toContain('noUndeclaredDependencies')
  })

  test('stop an import that climbs over the fence by a path', () => {
    plant('packages/store/src/planted.ts', "export * from '../../mart/src/index.ts'")
    expect(fences()).toEqual([
      'packages/store/src/planted.ts:1: ../../mart/src/index.ts leaves the package: import the package by its name',
    ])
  })

  test('stop a dependency against the arrows before anything imports it', () => {
    const file = 'packages/engine/package.json'
    const before = readFileSync(join(copy, file), 'utf8')
    const manifest = JSON.parse(before)
    manifest.dependencies['@throughline/store'] = '0.1.0'
    writeFileSync(join(copy, file), JSON.stringify(manifest))
    const found = fences([file])
    writeFileSync(join(copy, file), before)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('engine must not import @throughline/store')
  })
})

describe('the core', () => {
  const file = 'packages/core/src/planted.ts'

  test('cannot be compiled when it touches files, the network, the environment, timers or the page', () => {
    plant(
      file,
      "import { readFileSync } from 'node:fs'",
      "export const answer = fetch('http://localhost')",
      'export const home = process.env.HOME',
      'export const timer = setTimeout(() => readFileSync, 1)',
      'export const title = document.title',
    )
    const { objects, says } = typesOfCore()
    expect(objects).toBe(true)
    const lines = [...says.matchAll(/planted\.ts\((\d),/g)].map(([, line]) => Number(line))
    expect(lines).toEqual([1, 2, 3, 4, 5])
  })

  test('cannot be linted when it reads the clock', () => {
    plant(file, 'export const now = () => new Date()')
    const { objects, says } = lint(file)
    expect(objects).toBe(true)
    expect(says).toContain('core has no clock')
  })

  test.each([
    ['the clock', 'export const now = () => new Date()'],
    ['the network', "export const answer = fetch('http://localhost')"],
    ['the environment', 'export const home = process.env.HOME'],
    ['files', "import { readFileSync } from 'node:fs'\nexport const read = readFileSync"],
    ['a package', "import { z } from 'zod'\nexport const text = z.string()"],
    ['chance', 'export const draw = () => Math.random()'],
    ['the locale', 'export const order = (a: string, b: string) => a.localeCompare(b)'],
    ['waiting', 'export const later = async () => 1'],
    ['state of the module', 'let count = 0\nexport const next = () => ++count'],
  ])('does not pass the fences when it touches %s', (_, code) => {
    plant(file, code)
    const found = fences()
    expect(found).not.toEqual([])
  })

  test('may mention a date in a comment, and name a field of its own so', () => {
    plant(
      file,
      '// new Date() and process.env are for others.',
      'export const row = { Date: 1, Intl: 2 }',
      'export const day = row.Date',
    )
    expect(fences()).toEqual([])
  })
})

describe('the world', () => {
  test.each([
    ['the environment', 'export const home = process.env.HOME'],
    ['the clock', 'export const now = Date.now()'],
    ['today', 'export const today = new Date()'],
  ])('is not read outside the command line: %s', (_, code) => {
    plant('packages/server/src/planted.ts', code)
    expect(fences()).toHaveLength(1)
  })

  test('may be read by the command line, and times may be converted anywhere', () => {
    plant('packages/cli/src/planted.ts', 'export const now = () => [Date.now(), process.env.HOME]')
    plant('packages/server/src/planted.ts', 'export const text = (at: number) => new Date(at).toISOString()')
    expect(fences()).toEqual([])
  })
})
