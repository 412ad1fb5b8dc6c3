/**
 * Currencies whose minor unit is not a hundredth (ISO 4217). Everything else has two decimals.
 */
const DECIMALS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
}

/** How many decimals a currency's amounts are written with. */
export function decimalsOf(currency: string): number {
  return DECIMALS[currency] ?? 2
}

/**
 * Reads a decimal amount such as `1234.5` exactly, as integer minor units of the currency. Further digits are
 * rounded half away from zero. Undefined where the text is not a number or does not fit a safe integer.
 */
export function parseAmount(text: string, currency: string): number | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const shift = decimalsOf(currency) - fraction.length + Number(exponent)
  let units = BigInt(whole + fraction)
  if (shift >= 0) units *= 10n ** BigInt(shift)
  else units = divideRounded(units, 10n ** BigInt(-shift))
  const value = Number(sign === '-' ? -units : units)
  return Number.isSafeInteger(value) ? (value === 0 ? 0 : value) : undefined
}

/** Minor units as a decimal amount with the currency's decimals, such as `1234.50`. */
export function formatAmount(units: number, currency: string): string {
  const decimals = decimalsOf(currency)
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0')
  const sign = units < 0 ? '-' : ''
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/**
 * Converts minor units of one currency to another at a decimal rate (units of `to` for one unit of `from`),
 * rounding half away from zero once. Undefined where the rate is not a positive decimal number.
 */
export function convertAmount(units: number, from: string, to: string, rate: string): number | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(rate.trim())
  if (!match) return undefined
  const fraction = match[2] ?? ''
  const scaled = BigInt(match[1] + fraction)
  if (scaled === 0n) return undefined
  const numerator = BigInt(Math.abs(units)) * scaled * 10n ** BigInt(decimalsOf(to))
  const denominator = 10n ** BigInt(fraction.length + decimalsOf(from))
  const value = Number(divideRounded(numerator, denominator))
  return Number.isSafeInteger(value) ? (units < 0 && value !== 0 ? -value : value) : undefined
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  return (numerator * 2n + denominator) / (denominator * 2n)
}
