import { decimalsOf, formatAmount } from '@throughline/core'

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const tenth = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const shortDayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const shortMonthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' })

/** A count, such as `1,204`. */
export const count = (value: number): string => whole.format(value)

/** A ratio as percent, such as `12.5%`. */
export const ratio = (value: number): string => percent.format(value)

/** Elapsed days, such as `3.5 d`. */
export const days = (value: number): string => `${tenth.format(value)} d`

/** A day such as `12 Mar 2025`. */
export const day = (text: string): string => dayFormat.format(Date.parse(text))

/** A day without its year, such as `12 Mar`. */
export const shortDay = (text: string): string => shortDayFormat.format(Date.parse(text))

/** A month such as `Mar 2025`, from `2025-03`. */
export const month = (text: string): string => monthFormat.format(Date.parse(`${text}-01`))

/** A month without its year, such as `Mar`, from `2025-03`. */
export const shortMonth = (text: string): string => shortMonthFormat.format(Date.parse(`${text}-01`))

/** From the first day to the last, as short as it can be said. */
export function period(from: string | undefined, to: string | undefined): string {
  if (from && to) return `${from.slice(0, 4) === to.slice(0, 4) ? shortDay(from) : day(from)} – ${day(to)}`
  if (from) return `since ${day(from)}`
  return to ? `until ${day(to)}` : 'all time'
}

/** Minor units exactly, with the currency's sign, such as `$1,234.50`. */
export function money(units: number, currency: string): string {
  const amount = formatAmount(units, currency) as `${number}`
  return moneyFormat(currency, { minimumFractionDigits: decimalsOf(currency) }).format(amount)
}

/** Minor units in round figures for a headline, such as `$1.2M`; the exact amount belongs beside it. */
export function roundMoney(units: number, currency: string): string {
  const amount = Number(formatAmount(units, currency))
  const options =
    Math.abs(amount) < 10_000 ? { maximumFractionDigits: 0 } : { notation: 'compact', maximumFractionDigits: 1 }
  return moneyFormat(currency, options as Intl.NumberFormatOptions).format(amount)
}

function moneyFormat(currency: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...options })
  } catch {
    return new Intl.NumberFormat('en', options)
  }
}

/** An instant as date and time in the organisation's zone. */
export function moment(at: number, zone: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short' } as const
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(at)
  } catch {
    return `${new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(at)} UTC`
  }
}

/** A sentence of the server's with its days written as everywhere on the page. */
export const withDays = (sentence: string): string => sentence.replaceAll(/\b\d{4}-\d\d-\d\d\b/g, day)

/** A count with its noun, such as `1 journey` or `3 journeys`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`
