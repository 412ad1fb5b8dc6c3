import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PARAMETERS, type ReportDescription, ReportError, readFilter, readParameters } from './reports.ts'

const report: Pick<ReportDescription, 'name' | 'takes' | 'filters' | 'columns'> = {
  name: 'deals',
  takes: ['from', 'to', 'where', 'columns', 'sort', 'limit'],
  filters: [
    { field: 'name', type: 'text', description: 'Name.' },
    { field: 'state', type: 'choice', choices: ['open', 'won'], description: 'State.' },
    { field: 'amount', type: 'money', description: 'Amount.' },
    { field: 'closed', type: 'day', description: 'Day.' },
  ],
  columns: [
    { key: 'deal', label: 'Deal', type: 'id' },
    { key: 'amount', label: 'Amount', type: 'money' },
  ],
}

test('any value is read as it was written, whatever characters it has', () => {
  fc.assert(
    fc.property(fc.constantFrom('', '!', '~', '>=', '<='), fc.string({ unit: 'binary' }), (sign, value) => {
      expect(readFilter(`name${sign}:${value}`)).toMatchObject({ field: 'name', value })
    }),
  )
  for (const text of ['', 'name', ':value', 'Name:x', 'na me:x', 'name=:x', '1:x'])
    expect([text, readFilter(text)]).toEqual([text, undefined])
})

test('numbers and lists may come as text', () => {
  expect(readParameters(report, { limit: '5', where: 'name:a', columns: 'deal,amount' })).toEqual({
    limit: 5,
    where: ['name:a'],
    columns: ['deal', 'amount'],
  })
})

test.each([
  [{ where: 'state:lost' }, 'where', /"state" "lost"\. It can be: open, won\./],
  [{ where: 'state~:op' }, 'where', /a choice cannot be compared\. Use state: or state!:\./],
  [{ where: 'amount>=:1.5' }, 'where', /no whole number\. Write the amount in minor units/],
  [{ where: 'closed<=:2025-02-30' }, 'where', /no day\. Write it as YYYY-MM-DD/],
  [{ where: ['name:a', 7] }, 'where', /no list of texts/],
  [{ where: Array(51).fill('name:a') }, 'where', /51 conditions\. Give 50 at most/],
  [{ columns: 'deal,price' }, 'columns', /has no column "price"\. It has: deal, amount\./],
  [{ sort: 'price' }, 'sort', /Sort by one of: deal, amount\./],
  [{ limit: 0 }, 'limit', /a whole number from 1 to 100000/],
  [{ colour: 'red' }, 'colour', /takes no parameter "colour"\. It takes: from, to, where/],
])('%j is refused at its place, with the remedy', (given, parameter, message) => {
  const reading = () => readParameters(report, given)
  expect(reading).toThrow(message)
  expect(reading).toThrow(ReportError)
  try {
    reading()
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid-parameter', parameter })
  }
})

test('every parameter is described under its own name', () => {
  for (const [name, description] of Object.entries(PARAMETERS)) expect(description.name).toBe(name)
})
