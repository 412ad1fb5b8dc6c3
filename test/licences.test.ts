import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Licences that ask for no more than to be named, so that Throughline may be passed on with what it is built from. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

type Locked = Readonly<{ dev?: boolean; devOptional?: boolean; link?: boolean; optional?: boolean; license?: string }>

/** Whether an SPDX expression leaves a choice of permissive licences: one of those joined by OR, all of those joined by AND. */
function isPermissive(expression: string): boolean {
  return expression
    .replace(/[()]/g, ' ')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => PERMISSIVE.has(licence.trim())))
}

/** What the package says its licence is: in its own package.json, or in the lock for another platform's binary. */
function licenceOf(path: string, locked: Locked): string {
  const manifest = join(ROOT, path, 'package.json')
  if (!existsSync(manifest)) return locked.optional === true ? (locked.license ?? 'none') : 'not installed'
  const { license, licenses } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    license?: string | { type: string }
    licenses?: { type: string }[]
  }
  if (typeof license === 'object') return license.type
  return license ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none'
}

describe('licences', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  const shipped = Object.entries(lock.packages).filter(
    ([path, { dev, link }]) => path.startsWith('node_modules/') && dev !== true && link !== true,
  )

  test('of everything that is shipped with Throughline are permissive', () => {
    expect(shipped.length).toBeGreaterThan(50)
    const others = shipped
      .map(([path, locked]) => ({ path, licence: licenceOf(path, locked) }))
      .filter(({ licence }) => !isPermissive(licence))
      .map(({ path, licence }) => `${path}: ${licence}`)
    expect(others).toEqual([])
  })

  test('of Throughline’s own packages are Apache-2.0, the text of which is there', () => {
    const own = Object.entries(lock.packages).filter(([path]) => path === '' || path.startsWith('packages/'))
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter(([, { license }]) => license !== 'Apache-2.0')).toEqual([])
    const text = readFileSync(join(ROOT, 'LICENSE'), 'utf8')
    expect(text).toContain('Version 2.0, January 2004')
    expect(text).toContain('9. Accepting Warranty or Additional Liability.')
    expect(readFileSync(join(ROOT, 'NOTICE'), 'utf8')).toContain('Throughline')
  })

  test('are told apart: copyleft is refused, a choice is taken', () => {
    expect(
      ['GPL-3.0', 'LGPL-2.1-or-later', 'MPL-2.0', 'SEE LICENSE IN terms.txt', 'none'].map(isPermissive),
    ).not.toContain(true)
    expect(isPermissive('(MIT OR GPL-3.0)')).toBe(true)
    expect(isPermissive('MIT AND GPL-3.0')).toBe(false)
  })
})
