import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toCsv } from '../src/csv.ts'

const columns = [
  { key: 'name', label: 'Name', type: 'text' },
  { key: 'amount', label: 'Amount', type: 'money' },
] as const
const csv = (rows: { name: string | null; amount: number | null }[], currency = 'USD') =>
  toCsv({ columns, rows, currency })

it.each(['=1+1', '+1', '-2+3', '@SUM(A1)', '\t=1', '  =cmd', '＝1', '\r=1'])(
  'does not let %j run as a formula',
  (name) => {
    const [, row] = parse(csv([{ name, amount: null }]), { bom: true }) as string[][]
    expect(row?.[0]).toBe(`'${name}`)
  },
)

it('writes money as decimals of its currency, and negative money as a number', () => {
  expect(csv([{ name: 'a', amount: -123_450 }])).toBe('\uFEFFName,Amount (USD)\r\na,-1234.50\r\n')
  expect(csv([{ name: 'a', amount: 1200 }], 'JPY')).toContain('a,1200\r\n')
  expect(csv([{ name: null, amount: null }])).toContain('\r\n,\r\n')
})

it('gives back any text through a strict reader, guarded or not', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (names) => {
      const read = parse(csv(names.map((name) => ({ name, amount: 1 }))), { bom: true }) as string[][]
      expect(read.slice(1).map(([name]) => name?.replace(/^'(?=[\s=+\-@＝＋－＠])/, ''))).toEqual(
        names.map((name) => name.replace(/^'(?=[\s=+\-@＝＋－＠])/, '')),
      )
    }),
  )
})
