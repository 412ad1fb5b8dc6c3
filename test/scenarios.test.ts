import { readdirSync, readFileSync } from 'node:fs'
import { isProblem, runScenario } from '@throughline/core'
import { readScenarioDocument } from '@throughline/engine'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const folder = new URL('../scenarios/', import.meta.url)

describe('scenario files', () => {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    const scenario = readScenarioDocument(parse(readFileSync(new URL(file, folder), 'utf8')))
    const rules = isProblem(scenario) ? '' : scenario.tests.map((id) => `[${id}]`).join(' ')
    it(`${rules} ${file.replace('.yaml', '')}`, () => {
      if (isProblem(scenario))
        throw new Error(`${file}, ${scenario.place}: ${scenario.problem}. Remedy: ${scenario.remedy}.`)
      const lines = runScenario(scenario).differences.map(
        ({ place, record, field, expected, actual }) =>
          `${place}: ${record}, ${field}: expected ${expected}, got ${actual}`,
      )
      expect(lines).toEqual([])
    })
  }
})
