import { readdirSync, readFileSync } from 'node:fs'
import { FINDINGS } from '@throughline/core'
import { describe, expect, it } from 'vitest'

const FOLDER = new URL('../scenarios/', import.meta.url)
const SCENARIOS = readdirSync(FOLDER).map((file) => readFileSync(new URL(file, FOLDER), 'utf8'))

describe('the catalogue of findings', () => {
  it('has no kind that no scenario shows', () => {
    const expected = new Set(
      SCENARIOS.flatMap((text) => [...text.matchAll(/findings[^:\n]*: \[([^\]]*)\]/g)])
        .flatMap(([, codes = '']) => codes.split(','))
        .map((code) => code.trim()),
    )
    expect(Object.keys(FINDINGS).filter((code) => !expected.has(code))).toEqual([])
  })

  it('calls each kind by a name of its own and says what to do about it', () => {
    const kinds = Object.values(FINDINGS)
    expect(new Set(kinds.map(({ title }) => title)).size).toBe(kinds.length)
    for (const { title, remedy } of kinds) {
      expect(title).toMatch(/^[A-Z].+[^.]$/)
      expect(remedy).toMatch(/^[A-Z].+\.$/s)
    }
  })
})
