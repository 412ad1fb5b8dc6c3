import { readdirSync, readFileSync } from 'node:fs'
import { DEFAULT_RULES, isProblem, readScenario, runScenario, SENTENCES, viewOf } from '@throughline/core'
import { readScenarioDocument } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const PAGE = readFileSync(new URL('../docs/scenarios.md', import.meta.url), 'utf8')
const CODE = new Set([...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code))
const BLOCKS = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block)

const EXPECTATION: unknown = parse('then: { E1: absent }')

/** Sections of the page that tell a sentence: its form and the lines that show it. */
const SECTIONS = PAGE.split(/^### /m)
  .slice(1)
  .map((section) => ({
    form: /^`(.+)`$/m.exec(section)?.[1] ?? '',
    text: section,
    lines: [...section.matchAll(/^- `(\d{4}-.+)`$/gm)].map(([, line = '']) => line),
  }))

function sentencesOf(line: string): string[] {
  return SENTENCES.filter(({ pattern }) => pattern.test(line.replace(/^\S+ /, ''))).map(({ form }) => form)
}

describe('the page about scenarios', () => {
  it('shows a whole one that is true', () => {
    const [whole = ''] = BLOCKS
    const scenario = readScenario(parse(whole))
    if (isProblem(scenario)) throw new Error(JSON.stringify(scenario))
    expect(runScenario(scenario).differences).toEqual([])
    expect(scenario.expectations.length).toBeGreaterThan(2)
  })

  it('has settings that the rules know', () => {
    const settings = BLOCKS.slice(1).map((block) => (parse(block) as { settings?: object }).settings)
    expect(settings.length).toBeGreaterThan(0)
    for (const given of settings)
      expect(
        readScenarioDocument({
          scenario: 'x',
          settings: given,
          story: ['2025-01-01 nothing more happens', EXPECTATION],
        }),
      ).toHaveProperty('rules')
    for (const name of Object.keys(DEFAULT_RULES)) expect(CODE).toContain(name)
  })

  it('tells every sentence, in the words that remedies use', () => {
    const told = SECTIONS.map(({ form }) => form).filter((form) => form !== 'nothing more happens')
    expect([...told].sort()).toEqual(SENTENCES.map(({ form }) => form).sort())
  })

  for (const { form, lines, text } of SECTIONS.filter(({ form }) => form !== 'nothing more happens'))
    it(`shows ${form} by lines that mean it, with all its details`, () => {
      expect(lines.length).toBeGreaterThan(0)
      for (const line of lines) {
        expect(sentencesOf(line)[0]).toBe(form)
        const scenario = readScenario({
          scenario: 'x',
          campaigns: { fair: { name: 'Spring Fair' } },
          story: [{ [line]: { fields: { a: 1 }, nonsense: 1 } }, EXPECTATION],
        })
        const remedy = isProblem(scenario) ? scenario.remedy : ''
        const known = /^known here: (.+)$/.exec(remedy)?.[1]?.split(', ') ?? []
        expect(known).toContain('as')
        for (const detail of known)
          if (!['as', 'recorded'].includes(detail)) {
            const told = ['first click', 'last click', 'both clicks', 'visitor', 'did', 'engagement date'].includes(
              detail,
            )
              ? PAGE
              : text
            expect(told).toContain(`\`${detail}\``)
          }
      }
    })

  it('names every field and every total that can be expected', () => {
    const scenario = readScenario(parse(BLOCKS[0] ?? ''))
    if (isProblem(scenario)) throw new Error(JSON.stringify(scenario))
    const { derivation } = runScenario(scenario)
    const { records, totals } = viewOf(derivation, scenario.rules, scenario.names)
    const fields = new Set([...records.values()].flatMap((fields) => Object.keys(fields)))
    expect(fields.size).toBeGreaterThan(30)
    const tables = PAGE.slice(PAGE.indexOf('## What can be expected'))
    for (const field of [...fields, ...Object.keys(totals)]) expect(tables).toContain(`\`${field}\``)
  })

  it('stands beside scenarios that each name a rule', () => {
    const folder = new URL('../scenarios/', import.meta.url)
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
    expect(files.length).toBeGreaterThan(50)
    for (const file of files) {
      const { tests } = parse(readFileSync(new URL(file, folder), 'utf8')) as { tests?: unknown[] }
      expect(tests ?? [], file).not.toHaveLength(0)
    }
  })
})
