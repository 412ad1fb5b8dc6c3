import { readFileSync } from 'node:fs'
import { PARAMETERS, type ParameterName, readFilter } from '@throughline/engine'
import { REPORTS } from '@throughline/mart'
import { expect, it } from 'vitest'

const PAGE = readFileSync(new URL('../docs/reports.md', import.meta.url), 'utf8')

/** What stands in backquotes in the first cell of each row of a section's table. */
function firstCells(heading: string): string[] {
  const section = PAGE.split(/^## /m).find((one) => one.startsWith(heading)) ?? ''
  return [...section.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  )
}

it('the page about reports has every report, and no other', () => {
  expect(firstCells('The reports').sort()).toEqual(REPORTS.map(({ name }) => name).sort())
})

it('the page about reports has every parameter, and no other', () => {
  expect(firstCells('What can be asked').sort()).toEqual((Object.keys(PARAMETERS) as ParameterName[]).sort())
})

it('the page about reports shows every comparison, as it is read', () => {
  const read = firstCells('Conditions').map((text) => readFilter(text)?.comparison)
  expect(read).toEqual(['is', 'is-not', 'contains', 'from', 'to'])
})

it('every report offers what it can be filtered by, if it can be', () => {
  for (const { name, takes, filters, columns } of REPORTS) {
    expect([name, takes.includes('where')]).toEqual([name, filters.length > 0])
    expect([name, new Set(filters.map(({ field }) => field)).size]).toEqual([name, filters.length])
    expect([name, new Set(columns.map(({ key }) => key)).size]).toEqual([name, columns.length])
  }
})
