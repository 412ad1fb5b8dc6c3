/** A row as one line of CSV (RFC 4180, but with a bare line feed): quoted only where a value needs it. */
export function csvLine(row: readonly string[]): string {
  const plain = row.join(',')
  // Most rows need no quotes at all: then the only commas are those between the values.
  if (!SPECIAL.test(plain) && commasIn(plain) === row.length - 1) return `${plain}\n`
  return `${row.map(quoted).join(',')}\n`
}

const SPECIAL = /["\r\n]/
const NEEDS_QUOTES = /[",\r\n]/

function quoted(value: string): string {
  return NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function commasIn(text: string): number {
  let commas = 0
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) commas++
  return commas
}
