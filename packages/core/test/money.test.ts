import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertAmount, decimalsOf, formatAmount, parseAmount } from '../src/index.ts'

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF')
const units = fc.integer({ min: -(2 ** 45), max: 2 ** 45 })

describe('amounts', () => {
  it.each([
    ['1234.5', 'USD', 123450],
    ['1234.5', 'JPY', 1235],
    ['1234.4999', 'JPY', 1234],
    ['-0.005', 'USD', -1],
    ['-0.0049', 'USD', 0],
    ['0', 'USD', 0],
    ['+7', 'EUR', 700],
    ['7.', 'EUR', 700],
    ['1.2345', 'KWD', 1235],
    ['1.5e3', 'USD', 150000],
    ['15e-3', 'USD', 2],
    [' 12 ', 'USD', 1200],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
    ['90071992547409.92', 'USD', undefined],
    ['1e999', 'USD', undefined],
    ['1,234.00', 'USD', undefined],
    ['USD 5', 'USD', undefined],
    ['', 'USD', undefined],
    ['NaN', 'USD', undefined],
    ['--1', 'USD', undefined],
  ])('reads %j %s as %s', (text, currency, expected) => {
    expect(parseAmount(text, currency)).toBe(expected)
  })

  it('are read as they are written, in every currency', () => {
    fc.assert(
      fc.property(units, currency, (units, currency) => {
        expect(parseAmount(formatAmount(units, currency), currency)).toBe(units)
      }),
    )
  })

  it.each([
    [123450, 'USD', '1234.50'],
    [5, 'USD', '0.05'],
    [-5, 'USD', '-0.05'],
    [1235, 'JPY', '1235'],
    [-1, 'JPY', '-1'],
    [1, 'KWD', '0.001'],
    [0, 'CLF', '0.0000'],
  ])('writes %s of %s as %s', (units, currency, expected) => {
    expect(formatAmount(units, currency)).toBe(expected)
    expect(expected.split('.')[1]?.length ?? 0).toBe(decimalsOf(currency))
  })
})

describe('conversion', () => {
  it.each([
    [10_000, 'EUR', 'USD', '1.08', 10_800],
    [1, 'EUR', 'USD', '0.5', 1],
    [-1, 'EUR', 'USD', '0.5', -1],
    [1, 'EUR', 'USD', '0.4999', 0],
    [1000, 'JPY', 'USD', '0.0067', 670],
    [670, 'USD', 'JPY', '149.25', 1000],
    [1234, 'KWD', 'USD', '3.25', 401],
    [100, 'EUR', 'USD', '0', undefined],
    [100, 'EUR', 'USD', '-1', undefined],
    [100, 'EUR', 'USD', 'about one', undefined],
    [Number.MAX_SAFE_INTEGER, 'EUR', 'USD', '2', undefined],
  ])('%s %s to %s at %s is %s', (units, from, to, rate, expected) => {
    expect(convertAmount(units, from, to, rate)).toBe(expected)
  })

  it('at one to one changes nothing', () => {
    fc.assert(
      fc.property(units, currency, (units, currency) => {
        expect(convertAmount(units, currency, currency, '1')).toBe(units)
      }),
    )
  })

  it('is never more than half a unit away from the exact amount', () => {
    fc.assert(
      fc.property(units, currency, currency, fc.integer({ min: 1, max: 99_999 }), (units, from, to, rate) => {
        const converted = convertAmount(units, from, to, `0.${String(rate).padStart(5, '0')}`)
        const exact = BigInt(units) * BigInt(rate) * 10n ** BigInt(decimalsOf(to))
        const scale = 10n ** BigInt(5 + decimalsOf(from))
        const absolute = (value: bigint) => (value < 0n ? -value : value)
        // Nothing is given where the amount would not be exact as a number.
        if (converted === undefined) expect(absolute(exact) > BigInt(Number.MAX_SAFE_INTEGER) * scale).toBe(true)
        else expect(2n * absolute(exact - BigInt(converted) * scale) <= scale).toBe(true)
      }),
    )
  })
})
