import { expect, it } from 'vitest'
import { REPORTS } from '../../mart/src/reports/index.ts'
import { DESCRIPTIONS } from './fake-reports.ts'

it.each(DESCRIPTIONS.map((description) => [description.name, description] as const))(
  'the fake %s report is shaped as the real one: pages built on it work on the mart',
  (name, { takes, columns }) => {
    const real = REPORTS.find((report) => report.name === name)
    const shape = (of: typeof columns | undefined) => of?.map(({ key, type }) => `${key}: ${type}`)
    const parents = name === 'sources' ? ['medium: text', 'source: text'] : []
    expect([...parents, ...(shape(columns) ?? [])]).toEqual(shape(real?.columns))
    expect([...takes].sort()).toEqual([...(real?.takes ?? [])].sort())
  },
)
